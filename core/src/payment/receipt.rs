use super::ProviderSettlement;
use crate::audit::Note;
use crate::calendar::Date;
use crate::canon::{shape, words};
use crate::id::Id;
use crate::ledger::Allocation;
use crate::money::{Currency, Minor, MoneyError};

shape! {
    /// What one payer paid in a bank line.
    pub struct Receipt {
        /// How much the payer paid, whatever a payment provider kept back of it.
        pub amount: Minor,
        /// The customer, where the host knows.
        pub customer: Option<Id>,
        /// What a payment provider kept back of it: an expense of the seller, never of the customer.
        pub fee: Option<Minor>,
        /// Id of the receipt.
        pub id: Id,
        /// The payer's bank account.
        pub payer_account: Option<Id>,
        /// The payer's name as the bank gives it, sealed.
        pub payer_name: Option<Note>,
        /// Structured references.
        pub references: Vec<Id>,
        /// Remittance text, sealed.
        pub text: Option<Note>,
    }
}

shape! {
    /// A line of a bank statement: one or several receipts that add up to it, less what a payment provider kept and
    /// took back.
    pub struct StatementEntry {
        /// What came in; below nothing where a payment provider drew money.
        pub amount: Minor,
        /// Its currency.
        pub currency: Currency,
        /// The bank's transaction id: the same one again has no effect.
        pub id: Id,
        /// Who paid what.
        pub receipts: Vec<Receipt>,
        /// What a payment provider kept and took back, beside the fees of receipts.
        pub settlement: Option<ProviderSettlement>,
        /// When the money counts.
        pub value_date: Date,
    }
}

shape! {
    /// Allocations of a receipt to one account, reserved under one key.
    pub struct Reservation {
        /// The account.
        pub account: Id,
        /// What goes where.
        pub allocations: Vec<Allocation>,
        /// The cash book.
        pub book: Id,
        /// Who reserved it.
        pub by: Option<Id>,
        /// The date it counts from.
        pub effective: Date,
        /// Key of the reservation.
        pub id: Id,
        /// How matching explained it; left out when somebody chose by hand.
        pub method: Option<MatchMethod>,
        /// The numbers by which matching found its items in the words of the receipt.
        pub named: Vec<Id>,
        /// When the money came: the value date of its bank line, which an early-payment discount goes by.
        pub paid: Date,
        /// The receipt.
        pub receipt: Id,
    }
}

impl Reservation {
    /// Cash of all allocations.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn cash(&self) -> Result<Minor, MoneyError> {
        Minor::sum(self.allocations.iter().map(|allocation| allocation.cash))
    }
}

words! {
    /// What matching says of a receipt.
    pub enum MatchDecision {
        /// Reference, payer and amount leave one explanation: applied.
        Auto = "auto",
        /// Somebody should choose.
        Propose = "propose",
        /// Nothing explains it: it waits.
        None = "none",
    }
}

words! {
    /// What explained a receipt.
    pub enum MatchMethod {
        /// References name items whose open amounts add up to it.
        ReferenceExact = "reference_exact",
        /// A reference, and a shortage within the fee tolerance.
        ReferenceFee = "reference_fee",
        /// A reference, and less money than is open: the rest stays open.
        ReferencePartial = "reference_partial",
        /// A reference, and more money than is open: the rest stays on account.
        ReferenceSurplus = "reference_surplus",
        /// No reference, a known payer, one item of exactly the amount.
        PayerAmount = "payer_amount",
        /// A reference to somebody else's item, or one whose amount explains nothing.
        Contradiction = "contradiction",
        /// Several explanations of equal rank.
        Ambiguous = "ambiguous",
        /// The item named is in another currency.
        CurrencyMismatch = "currency_mismatch",
        /// A known payer, nothing else.
        PayerOnly = "payer_only",
        /// Not even the payer is known.
        UnknownPayer = "unknown_payer",
    }
}

impl MatchMethod {
    /// Whether it goes by numbers that the words of the receipt name.
    #[must_use]
    pub const fn names(self) -> bool {
        match self {
            Self::ReferenceExact | Self::ReferenceFee | Self::ReferencePartial | Self::ReferenceSurplus => {
                true
            }
            Self::PayerAmount
            | Self::Contradiction
            | Self::Ambiguous
            | Self::CurrencyMismatch
            | Self::PayerOnly
            | Self::UnknownPayer => false,
        }
    }

    /// Whether it says that the money, with what a bank kept back, closes every item it goes to.
    #[must_use]
    pub const fn closes(self) -> bool {
        match self {
            Self::ReferenceExact | Self::ReferenceFee | Self::ReferenceSurplus | Self::PayerAmount => true,
            Self::ReferencePartial
            | Self::Contradiction
            | Self::Ambiguous
            | Self::CurrencyMismatch
            | Self::PayerOnly
            | Self::UnknownPayer => false,
        }
    }
}

shape! {
    /// Where matching would put money.
    pub struct Target {
        /// The account of the item.
        pub account: Id,
        /// The allocation.
        pub allocation: Allocation,
    }
}

shape! {
    /// An item that a receipt could be meant for.
    pub struct Meant {
        /// Its account.
        pub account: Id,
        /// Its id, unique in its account.
        pub item: Id,
        /// The number that payers quote.
        pub number: Id,
    }
}

shape! {
    /// What matching says of one receipt, with its evidence.
    pub struct Plan {
        /// Items that could be meant, by account and id.
        pub candidates: Vec<Meant>,
        /// The currency of the receipt.
        pub currency: Currency,
        /// The customer it found.
        pub customer: Option<Id>,
        /// What is to be done.
        pub decision: MatchDecision,
        /// What explained it.
        pub method: MatchMethod,
        /// The receipt.
        pub receipt: Id,
        /// What stays unapplied.
        pub residual: Minor,
        /// What goes where, when it is applied.
        pub targets: Vec<Target>,
    }
}
