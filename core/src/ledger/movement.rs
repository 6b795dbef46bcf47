use crate::calendar::{Date, Instant, Moment};
use crate::canon::words;
use crate::id::Id;
use crate::money::Minor;

words! {
    /// Why an open balance moved.
    pub enum MovementKind {
        /// A receipt was allocated.
        Allocation = "allocation",
        /// An allocation was taken back.
        Unapplied = "unapplied",
        /// A credit note was set against it, or used up.
        Credit = "credit",
        /// Unused credit was paid out.
        Refund = "refund",
        /// It was written off.
        WriteOff = "write_off",
        /// What was written off is owed again.
        Recovery = "recovery",
        /// An early discount was taken back.
        DiscountReversed = "discount_reversed",
        /// It moved to another account.
        Transfer = "transfer",
        /// The invoice was voided.
        Void = "void",
    }
}

/// One dated fall of an open balance; a rise is a negative fall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// Why.
    pub kind: MovementKind,
    /// The date it counts from.
    pub effective: Date,
    /// When it was recorded.
    pub recorded: Instant,
    /// By how much the open balance falls.
    pub fall: Minor,
    /// What caused it: the reservation, credit note, write-off, transfer or invoice.
    pub cause: Id,
}

impl Movement {
    /// When it counts, and when it was recorded.
    #[must_use]
    pub const fn moment(&self) -> Moment {
        Moment { effective: self.effective, recorded: self.recorded }
    }
}
