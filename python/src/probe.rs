//! A panic on purpose, in debug builds only: with it the tests prove what a defect would do.

use pyo3::prelude::*;

use crate::failure::detached;
use crate::guard::Failure;
use crate::log::Log;

/// Adds `_panic` without naming it among the module's exports.
pub(crate) fn install(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.setattr("_panic", wrap_pyfunction!(_panic, module)?)
}

/// Panics inside a guarded call, while writing to `log` where one is given.
#[pyfunction]
#[pyo3(signature = (log=None))]
#[expect(clippy::panic, reason = "it is what the probe is for")]
fn _panic(py: Python<'_>, log: Option<&Log>) -> Result<(), Failure> {
    detached(py, || {
        let _held = log.map(Log::write).transpose()?;
        panic!("probed")
    })
}
