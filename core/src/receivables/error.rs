use crate::error_code::errors;
use crate::money::MoneyError;

errors! {
    /// What can be wrong with a question about receivables.
    pub enum ReceivablesError {
        1601 "aging-limits" "expected 1 to 12 ascending limits above 0, got {got}"
        /// Boundaries that make no buckets.
        Limits {
            /// The limits.
            got: String
        },
        1602 "control-total" "expected columns that add up to the control total {control}, got {columns}"
        /// The columns do not tie to the open items: an error, never a rounding note.
        Control {
            /// Signed open items less unapplied cash.
            control: String,
            /// Sum of the columns.
            columns: String,
        },
        1603 "aging-overflow" "expected sums within the amount limit, got {reason}"
        /// A sum left the amount limit.
        Overflow {
            /// What the money room says.
            reason: MoneyError
        },
    }
}

impl From<MoneyError> for ReceivablesError {
    fn from(reason: MoneyError) -> Self {
        Self::Overflow { reason }
    }
}
