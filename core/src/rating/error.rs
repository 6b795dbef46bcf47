use crate::error_code::errors;

errors! {
    /// What can be wrong with rating rules or a charge.
    pub enum RatingError {
        1101 "rounding-increment" "expected an increment of 1 to 86400 seconds, got {got}"
        /// An increment that divides by nothing, or by more than a day.
        Increment {
            /// Seconds.
            got: u32
        },
        1102 "rounding-limits" "expected a maximum of at least the minimum {minimum}, got {maximum}"
        /// The maximum lies below the minimum.
        Limits {
            /// Least seconds.
            minimum: u32,
            /// Most seconds.
            maximum: u32,
        },
        1103 "rounding-grace" "expected a grace below the increment of {increment} seconds, got {got}"
        /// A grace that would swallow whole increments.
        Grace {
            /// Seconds of the increment.
            increment: u32,
            /// Seconds of grace.
            got: u32,
        },
        1104 "charge-mismatch" "expected {expected} from the charge's own facts, got {got}"
        /// A charge whose amount does not follow from what it says it was made from.
        Mismatch {
            /// The recomputed amount in minor units.
            expected: i64,
            /// The amount it states.
            got: i64,
        },
        1105 "charge-rounding" "expected {expected} billed seconds from the charge's own rounding, got {got}"
        /// A charge whose billed time does not follow from the rounding it states.
        Rounding {
            /// What the scope rounds to, less what was billed before.
            expected: u64,
            /// What it states.
            got: u64,
        },
    }
}
