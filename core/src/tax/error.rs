use crate::error_code::{Code, Coded, errors};
use crate::money::MoneyError;

errors! {
    /// What can be wrong with taxes.
    pub enum TaxError {
        701 "tax-rate-missing" "expected a rate of the tax category `{category}` on {date}, found none"
        /// No rule of the category is in force on the date of supply.
        RateMissing {
            /// The category.
            category: String,
            /// The date of supply.
            date: String,
        },
        702 "tax-rules-overlap" "expected one rate of the tax category `{category}` at a time, got two from {from}"
        /// Two rules of one category are in force on one date.
        RulesOverlap {
            /// The category.
            category: String,
            /// First date on which both are.
            from: String,
        },
        703 "tax-percent" "expected a tax rate from 0 to 100 percent, got {got}"
        /// A rate that is no percentage.
        Percent {
            /// The rate.
            got: String
        },
        704 "tax-category-unknown" "expected a tax category of the rulebook, got `{got}`"
        /// A charge code or customer names a category that no rule defines.
        CategoryUnknown {
            /// The category.
            got: String
        },
        705 "tax-rounding" "expected tax rounded per group where EN 16931 is asked for, got it per line"
        /// EN 16931 knows no tax per line.
        Rounding,
        706 "tax-treatment" "expected 0 percent of `{category}`, which is {treatment}, got {got}"
        /// What is exempt, reverse charged or out of scope bears no tax.
        Treatment {
            /// The category.
            category: String,
            /// Its treatment.
            treatment: &'static str,
            /// The rate.
            got: String,
        },
        707 "exemption-missing" "expected the reason why `{category}` is {treatment}, found none"
        /// The document must say why nothing is charged.
        ExemptionMissing {
            /// The category.
            category: String,
            /// Its treatment.
            treatment: &'static str,
        },
        708 "tax-group-unknown" "expected a group of this tally, got number {got}"
        /// A group of another tally.
        GroupUnknown {
            /// Its number.
            got: usize
        },
        709 "tax-category-missing" "expected a tax category of the charge code `{code}`, found none: it is not taxed"
        /// A code without a category, of its own or of those above it, where others are taxed.
        CategoryMissing {
            /// The charge code.
            code: String,
        },
    }
}

/// Why an amount could not be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Untallied {
    /// A sum left its limit.
    Money(MoneyError),
    /// The group is of another tally.
    Tax(TaxError),
}

impl From<MoneyError> for Untallied {
    fn from(error: MoneyError) -> Self {
        Self::Money(error)
    }
}

impl From<TaxError> for Untallied {
    fn from(error: TaxError) -> Self {
        Self::Tax(error)
    }
}

impl core::fmt::Display for Untallied {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Money(error) => error.fmt(f),
            Self::Tax(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for Untallied {}

impl Coded for Untallied {
    fn code(&self) -> Code {
        match self {
            Self::Money(error) => error.code(),
            Self::Tax(error) => error.code(),
        }
    }
}
