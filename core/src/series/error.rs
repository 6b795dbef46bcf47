use crate::error_code::errors;

errors! {
    /// What can be wrong with a number series.
    pub enum SeriesError {
        601 "number-pattern" "expected a pattern with one {{counter}} or {{counter:width}} and no other placeholders than {{year}}, {{fiscal_year}} and {{month}}, got `{got}`"
        /// A pattern that cannot be read, or that would give one number twice.
        Pattern {
            /// The pattern.
            got: String
        },
        602 "number-reset" "expected {{year}} (and {{month}} for a monthly, {{fiscal_year}} for a fiscal reset) in the pattern of a series that starts again, got `{got}`"
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
        605 "number-exhausted" "expected a counter of at most {limit}"
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
        608 "fiscal-start" "expected a fiscal year that starts in a month from 1 to 12, got {got}"
        /// No month has this number.
        FiscalStart {
            /// The month.
            got: u8
        },
        609 "number-foreign" "expected a number of the pattern `{pattern}`, got `{number}`"
        /// A finding: a number that the pattern does not give on its date.
        Foreign {
            /// The pattern.
            pattern: String,
            /// The number.
            number: String,
        },
        610 "number-imported-otherwise" "expected the number `{number}` as it was imported, on {known}, got {got}"
        /// An import says something else of a number than an earlier one.
        ImportedOtherwise {
            /// The number.
            number: String,
            /// Its date here.
            known: String,
            /// Its date in the import.
            got: String,
        },
        611 "number-import-late" "expected the legacy number `{number}` before the counter {last} of its period, which was given out here"
        /// The series has counted on: an imported number would stand before or among its own.
        ImportLate {
            /// The number.
            number: String,
            /// The last counter that the series gave out in the period.
            last: u32,
        },
        612 "number-import-period" "expected the legacy number `{number}` on a date of its period {period}, got {got}; it counts in its period"
        /// A finding: the number says another period than its date does.
        ImportPeriod {
            /// The number.
            number: String,
            /// The period that it says, in which it counts.
            period: String,
            /// Its date.
            got: String,
        },
        697 "number-asked-date" "expected a request of {date}, the date of the number, got one of {got}"
        /// An account asks for a number on its date: another date is not what a document asked for.
        AskedDate {
            /// The date of the number.
            date: String,
            /// The date of the request.
            got: String,
        },
        698 "number-shared" "expected numbers that no other series gives, those of `{first}` and `{second}` can be equal"
        /// Two documents would get one number.
        Shared {
            /// The series that stands first.
            first: String,
            /// The series that came.
            second: String,
        },
        699 "number-import-last" "expected a number that leaves a next one, got `{number}`; the period `{period}` is over and used up"
        /// A finding: no number is given in the period any more.
        LastOfPeriod {
            /// The number.
            number: String,
            /// Its period.
            period: String,
        },
    }
}
