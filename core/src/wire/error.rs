use crate::error_code::errors;

errors! {
    /// What can be wrong with a call, besides what its documents say.
    pub enum WireError {
        2101 "log-kind" "expected {expected}, got {got}"
        /// A log of another kind than the call is for.
        LogKind {
            /// The kind it is for.
            expected: &'static str,
            /// The kind that came.
            got: &'static str,
        },
        2102 "calculation-unknown" "expected one of {known}, got `{got}`"
        /// No such calculation.
        CalculationUnknown {
            /// What can be calculated.
            known: String,
            /// What was asked.
            got: String,
        },
        2103 "simulation-limit" "expected at most {limit} commands with what they cause"
        /// A simulation that does more than one call should.
        SimulationLimit {
            /// Commands allowed.
            limit: usize
        },
    }
}
