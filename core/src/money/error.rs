use crate::error_code::errors;

errors! {
    /// What can be wrong with an amount, a price or a currency.
    pub enum MoneyError {
        101 "currency-unknown" "expected an ISO 4217 currency code in capitals, got `{got}`"
        /// The code is not in the ISO 4217 table, or is a test or metal code.
        CurrencyUnknown {
            /// The text that came.
            got: String
        },
        102 "currency-mixed" "expected one currency in a sum, got {left} and {right}"
        /// Two currencies met in one sum; they never add without a given rate.
        CurrencyMixed {
            /// Currency of the sum so far.
            left: String,
            /// Currency of the amount that came.
            right: String,
        },
        103 "number-form" "expected a decimal in plain notation such as -12.50, got `{got}`"
        /// Not the plain grammar `-?digits(.digits)?`.
        NumberForm {
            /// The text that came, cut to a readable length.
            got: String
        },
        104 "number-range" "expected at most {limit}, got `{got}`"
        /// More digits or a larger value than the domain allows.
        NumberRange {
            /// The limit in words.
            limit: &'static str,
            /// The text that came, cut to a readable length.
            got: String,
        },
        105 "precision" "expected at most {digits} decimals, got `{got}`"
        /// More decimals than the currency has, or than a price may have; nothing is rounded at the door.
        Precision {
            /// Decimals allowed.
            digits: u8,
            /// The text that came.
            got: String,
        },
        106 "amount-overflow" "expected a result within the amount limit of {limit} minor units"
        /// A sum or product left the domain limit; nothing wraps or saturates.
        Overflow {
            /// The limit in minor units.
            limit: i64
        },
        107 "split-weights" "expected at least one positive weight, got weights that add up to {sum}"
        /// Nothing to split by: no weight is positive, or one is negative.
        SplitWeights {
            /// Sum of the weights that came.
            sum: i128
        },
        108 "amount-without-currency" "expected a currency in the object that holds the amount, found none"
        /// An amount stands where no currency says what its digits mean.
        NoCurrency,
    }
}
