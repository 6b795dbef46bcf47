//! How a failure becomes an exception of the package `duebill.errors`.

use duebill::wire;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyBytes;

use crate::guard::{Failure, guarded};

static REFUSED: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
static BROKEN: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

/// Runs `core` with the interpreter released to other threads.
pub(crate) fn detached<T: Send>(
    py: Python<'_>,
    core: impl FnOnce() -> Result<T, Failure> + Send,
) -> Result<T, Failure> {
    py.detach(|| guarded(core))
}

/// As [`detached`], for the calls that answer with a document.
pub(crate) fn document(
    py: Python<'_>,
    core: impl FnOnce() -> Result<Vec<u8>, Failure> + Send,
) -> Result<Bound<'_, PyBytes>, Failure> {
    detached(py, core).map(|answer| PyBytes::new(py, &answer))
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> Self {
        Python::attach(|py| raised(py, failure).unwrap_or_else(|error| error))
    }
}

/// The exception object, made by `duebill.errors`: there its class and its pickling are defined once.
fn raised(py: Python<'_>, failure: Failure) -> PyResult<PyErr> {
    let exception = match failure {
        Failure::Refused(refusal) => REFUSED
            .import(py, "duebill.errors", "from_refusal")?
            .call1((PyBytes::new(py, &wire::refusal(&refusal)),))?,
        Failure::Broken(message) => {
            BROKEN.import(py, "duebill.errors", "InternalError")?.call1((message,))?
        }
    };
    Ok(PyErr::from_value(exception))
}
