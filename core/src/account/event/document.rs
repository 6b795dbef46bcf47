//! Invoices and credit notes, from the number asked for to void.

use super::ItemBalance;
use crate::approval::Asked;
use crate::calendar::Date;
use crate::canon::shape;
use crate::id::Id;
use crate::invoice::{CreditNote, CreditScope, DiscountOffer, Instalment, KnownFact};
use crate::ledger::{AdjustmentKind, ItemTerms};
use crate::money::{Currency, Minor};

shape! {
    /// An invoice has all approvals; its number is under way and its content frozen.
    pub struct NumberRequested {
        /// The currency of every amount.
        pub currency: Currency,
        /// The issue date.
        pub date: Date,
        /// What may be left out when it is paid early.
        pub discount: Option<DiscountOffer>,
        /// The due date.
        pub due: Date,
        /// Its instalments; empty when it is due in one sum.
        pub instalments: Vec<Instalment>,
        /// The invoice.
        pub invoice: Id,
        /// The series.
        pub series: Id,
    }
}

shape! {
    /// An invoice has its number and became a receivable.
    pub struct Issued {
        /// The invoice.
        pub invoice: Id,
        /// What is owed.
        pub item: ItemTerms,
    }
}

shape! {
    /// What is shown of an issued invoice that somebody wants to void.
    pub struct Voiding {
        /// The currency of every amount.
        pub currency: Currency,
        /// Its net and tax.
        pub gross: Minor,
        /// What is approved: an id made of the invoice.
        pub id: Id,
        /// The invoice.
        pub invoice: Id,
        /// Its net before tax.
        pub net: Minor,
        /// Its number.
        pub number: Option<Id>,
        /// Why.
        pub reason: Id,
    }
}

shape! {
    /// Somebody wants to void an issued invoice.
    pub struct VoidProposed {
        /// The request for its approval: by whom, on which digest, what is needed and why.
        pub approval: Asked,
        /// What is to be voided.
        pub voiding: Voiding,
    }
}

shape! {
    /// An invoice was voided.
    pub struct Voided {
        /// The currency of every amount.
        pub currency: Currency,
        /// The date it takes effect.
        pub effective: Date,
        /// Net and tax that it took away.
        pub gross: Minor,
        /// The invoice.
        pub invoice: Id,
        /// Net before tax that it took away.
        pub net: Minor,
        /// Why.
        pub reason: Id,
        /// What was approved, where the invoice was issued.
        pub voiding: Option<Id>,
    }
}

shape! {
    /// A credit note was drafted; what it takes can be credited by no other.
    pub struct CreditDrafted {
        /// The request for its approval: by whom, on which digest, what is needed and why.
        pub approval: Asked,
        /// The credit note, whole.
        pub credit: CreditNote,
        /// How much of its invoice was asked to be credited: what its lines and sums follow from.
        pub scope: CreditScope,
    }
}

shape! {
    /// A credit note has all approvals; its number is under way and its content frozen.
    pub struct CreditNumberRequested {
        /// The credit note.
        pub credit: Id,
        /// The issue date.
        pub date: Date,
        /// The series.
        pub series: Id,
    }
}

shape! {
    /// Seconds of a block whose sale was forgiven, as far as they were left.
    pub struct TakenSeconds {
        /// The agreement.
        pub agreement: Id,
        /// The sale.
        pub sale: Id,
        /// How many.
        pub seconds: u64,
    }
}

shape! {
    /// What of an early discount or a remainder a credit note takes back: it is owed again.
    pub struct Reversal {
        /// How much.
        pub amount: Minor,
        /// The currency.
        pub currency: Currency,
        /// Discount or remainder.
        pub kind: AdjustmentKind,
        /// The reservation whose money left it out.
        pub reservation: Id,
    }
}

shape! {
    /// A credit note has its number; it is set against its invoice up to what is open.
    pub struct CreditIssued {
        /// What of it was set against its invoice.
        pub applied: Minor,
        /// What is open on both afterwards.
        pub balances: Vec<ItemBalance>,
        /// The credit note.
        pub credit: Id,
        /// The currency.
        pub currency: Currency,
        /// The date from which it is set against its invoice.
        pub effective: Date,
        /// What is owed to the customer, below 0.
        pub item: ItemTerms,
        /// Discounts and remainders that it takes back: the customer gets back what was paid.
        pub reversals: Vec<Reversal>,
        /// What of forgiven blocks can be drawn no more.
        pub taken: Vec<TakenSeconds>,
    }
}

shape! {
    /// A credit note that was not issued is given up.
    pub struct CreditVoided {
        /// The credit note.
        pub credit: Id,
        /// Why.
        pub reason: Id,
    }
}

shape! {
    /// A fact of a document became known.
    pub struct FactRecorded {
        /// The document.
        pub document: Id,
        /// The fact, with who made it known and when.
        pub known: KnownFact,
    }
}
