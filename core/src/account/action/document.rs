//! Invoices and credit notes.

use crate::approval::ExchangeRate;
use crate::canon::shape;
use crate::id::Id;
use crate::invoice::{CreditEffect, CreditScope, DocumentFact};

shape! {
    /// Asks again for the number of an approved invoice or credit note, on another date.
    pub struct RequestNumber {
        /// The invoice or credit note.
        pub document: Id,
    }
}

shape! {
    /// Voids an invoice, or a credit note that is not issued: its work is billable again. What is issued is
    /// voided once it has the approvals that the policy asks for.
    pub struct VoidInvoice {
        /// Exchange rates for approval rules in another currency.
        pub exchange: Vec<ExchangeRate>,
        /// The invoice or credit note.
        pub invoice: Id,
        /// Why: a code of the host.
        pub reason: Id,
    }
}

shape! {
    /// Credits a part or the whole of an invoice, or of an item that moved in.
    pub struct Credit {
        /// What becomes of the work.
        pub effect: CreditEffect,
        /// Exchange rates for approval rules in another currency.
        pub exchange: Vec<ExchangeRate>,
        /// Id of the credit note.
        pub id: Id,
        /// The invoice or opening item.
        pub invoice: Id,
        /// Whether hours of a block that is forgiven stay with the customer, as a gift.
        pub keeps_hours: bool = false,
        /// Why: a code of the host.
        pub reason: Id,
        /// How much.
        pub scope: CreditScope,
    }
}

shape! {
    /// Makes a fact of a document known: its delivery, its acceptance, a hold, a remark, a label.
    pub struct RecordFact {
        /// The invoice, credit note or opening item.
        pub document: Id,
        /// The fact.
        pub fact: DocumentFact,
    }
}
