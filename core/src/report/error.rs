use crate::error_code::errors;

errors! {
    /// Why a question cannot be answered.
    pub enum ReportError {
        2001 "line-unknown" "expected a line of an invoice of this account, got `{got}`"
        /// No such line.
        LineUnknown {
            /// The line.
            got: String
        },
    }
}
