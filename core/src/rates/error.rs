use crate::error_code::errors;

errors! {
    /// What can be wrong with rates.
    pub enum RateError {
        801 "rates-equal" "expected rows that can be told apart, got `{first}` and `{second}` with the same dimensions, precedence and start"
        /// Two rows would apply equally.
        Equal {
            /// The row that stands first.
            first: String,
            /// The row that came.
            second: String,
        },
        802 "rate-period" "expected a row that ends on or after its start, got {from} to {to}"
        /// A row that is never in force.
        Period {
            /// Its first date.
            from: String,
            /// Its last date.
            to: String,
        },
        803 "rate-negative" "expected a rate of at least 0, got {got}"
        /// A negative price or multiplier.
        Negative {
            /// The value.
            got: String
        },
        804 "rate-multiplier" "expected a multiplier of at most 100 with at most 4 decimals, got {got}"
        /// A multiplier that is not a count of ten-thousandths.
        Multiplier {
            /// The value.
            got: String
        },
        805 "rate-missing" "expected a rate in {currency} for this work on {date}, found none"
        /// No price row applies: a finding, never a zero price.
        Missing {
            /// The currency of the customer's terms.
            currency: String,
            /// The rate date.
            date: String,
        },
        806 "rate-id-twice" "expected each rate row id once, got `{id}` again"
        /// Two rows share an id, so a receipt could not name one.
        IdTwice {
            /// The id.
            id: String
        },
    }
}
