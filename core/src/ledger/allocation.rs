use crate::canon::{shape, words};
use crate::id::Id;
use crate::money::{Currency, Minor, MoneyError};

words! {
    /// Why an item falls by more, or less, than the cash that came.
    pub enum AdjustmentKind {
        /// Early-payment discount.
        Discount = "discount",
        /// Exchange difference; below 0 where the rate was to the seller's favour.
        ExchangeDifference = "exchange_difference",
        /// Bank fee kept back on the way.
        Fee = "fee",
        /// Tax withheld by the payer.
        Withholding = "withholding",
        /// A remainder written off.
        WriteOff = "write_off",
    }
}

shape! {
    /// One explained difference.
    pub struct Adjustment {
        /// The amount by which the open balance falls.
        pub amount: Minor,
        /// What it is.
        pub kind: AdjustmentKind,
        /// Why: a code of the host, such as the rule or the certificate that gave it.
        pub reason: Option<Id>,
    }
}

shape! {
    /// The fall of an item's open balance by one receipt.
    pub struct Allocation {
        /// Explained differences.
        pub adjustments: Vec<Adjustment>,
        /// The cash that goes to the item.
        pub cash: Minor,
        /// The currency of all amounts.
        pub currency: Currency,
        /// The item.
        pub item: Id,
    }
}

impl Adjustment {
    /// The kinds of what nobody paid: a discount or a remainder that was let go.
    pub const LEFT_OUT: [AdjustmentKind; 2] = [AdjustmentKind::Discount, AdjustmentKind::WriteOff];
}

impl Allocation {
    /// What one kind of adjustment comes to.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn adjusted(&self, kind: AdjustmentKind) -> Result<Minor, MoneyError> {
        Minor::sum(self.adjustments.iter().filter(|one| one.kind == kind).map(|one| one.amount))
    }

    /// The fall of the open balance: cash plus every adjustment.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn fall(&self) -> Result<Minor, MoneyError> {
        self.adjustments.iter().try_fold(self.cash, |fall, adjustment| fall.plus(adjustment.amount))
    }
}
