//! `duebill._native`: the core's document surface for the Python package `duebill`.
//!
//! Bytes in, bytes out. Every call releases the interpreter, none changes anything on failure, and a
//! panic becomes `duebill.InternalError`. What Python programs see is written in Python, in `duebill/`.

mod evidence;
mod failure;
mod guard;
mod log;
mod probe;
mod questions;
mod rulebook;

/// The extension module.
#[pyo3::pymodule]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::evidence::{check_evidence, check_inclusion, compare_daily, daily_head, evidence};
    #[pymodule_export]
    use crate::log::Log;
    #[pymodule_export]
    use crate::questions::{
        aging, calculate, close_run, closing, codes, match_receipts, plan_run, rate, reconcile, rows,
        schemas, shadow_run, summary, verify,
    };
    #[pymodule_export]
    use crate::rulebook::Rulebook;

    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "the name Python gives it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_init]
    fn with_probe(module: &Bound<'_, PyModule>) -> PyResult<()> {
        if cfg!(debug_assertions) {
            crate::probe::install(module)?;
        }
        Ok(())
    }
}
