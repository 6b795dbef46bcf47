//! What an auditor asks: daily heads and evidence.

use duebill::wire;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::failure::document;
use crate::guard::Failure;
use crate::log::{Log, Readers};

/// One digest over all logs of a seller at a day.
#[pyfunction]
pub(crate) fn daily_head<'py>(
    py: Python<'py>,
    logs: Vec<Py<Log>>,
    request: &[u8],
) -> Result<Bound<'py, PyBytes>, Failure> {
    document(py, || {
        let logs = || logs.iter().map(Py::get);
        let readers = Readers::of(logs())?;
        Ok(wire::daily_head(&readers.in_order(logs()), request)?)
    })
}

/// Checks that a log stood under a daily head.
#[pyfunction]
pub(crate) fn check_inclusion<'py>(py: Python<'py>, request: &[u8]) -> Result<Bound<'py, PyBytes>, Failure> {
    document(py, || Ok(wire::check_inclusion(request)?))
}

/// Compares two daily heads of a seller.
#[pyfunction]
pub(crate) fn compare_daily<'py>(py: Python<'py>, request: &[u8]) -> Result<Bound<'py, PyBytes>, Failure> {
    document(py, || Ok(wire::compare_daily(request)?))
}

/// Puts the evidence of documents together.
#[pyfunction]
pub(crate) fn evidence<'py>(
    py: Python<'py>,
    logs: Vec<Py<Log>>,
    request: &[u8],
) -> Result<Bound<'py, PyBytes>, Failure> {
    document(py, || {
        let logs = || logs.iter().map(Py::get);
        let readers = Readers::of(logs())?;
        Ok(wire::evidence(&readers.in_order(logs()), request)?)
    })
}

/// Checks evidence against the daily head that was published.
#[pyfunction]
pub(crate) fn check_evidence<'py>(
    py: Python<'py>,
    package: &[u8],
    daily: &[u8],
) -> Result<Bound<'py, PyBytes>, Failure> {
    document(py, || Ok(wire::check_evidence(package, daily)?))
}
