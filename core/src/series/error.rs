use crate::error_code::errors;

errors! {
    /// What can be wrong with a number series.
    pub enum SeriesError {
        601 "number-pattern" "expected a pattern with one {{counter}} or {{counter:width}} and no other placeholders than {{year}} and {{month}}, got `{got}`"
        /// A pattern that cannot be read, or that would give one number twice.
        Pattern {
            /// The pattern.
            got: String
        },
        602 "number-reset" "expected {{year}} (and {{month}} for a monthly reset) in the pattern of a series that starts again, got `{got}`"
        /// The counter starts again, but the number does not say in which period it counts.
        Reset {
            /// The pattern.
            got: String
        },
        603 "number-length" "expected a number that is a valid id of at most 128 bytes, got one of {got}"
        /// The pattern gives numbers that are no ids: too long, or with outer blanks or hidden characters.
        Length {
            /// Bytes of the number.
            got: usize
        },
        604 "number-date-order" "expected a date on or after {last}, the last in this series, got {got}"
        /// The dates of a series run backwards here; numbers stay gapless.
        DateOrder {
            /// The last date.
            last: String,
            /// The date that came.
            got: String,
        },
        605 "number-exhausted" "expected a counter below {limit}"
        /// The series is full.
        Exhausted {
            /// The largest counter.
            limit: u32
        },
        606 "series-unknown" "expected a series of the rulebook, got `{got}`"
        /// The rulebook has no such series.
        Unknown {
            /// The series.
            got: String
        },
        607 "number-taken" "expected a number that was not given out, got `{number}`"
        /// The pattern changed so that the series would give a number again.
        Taken {
            /// The number.
            number: String
        },
    }
}
