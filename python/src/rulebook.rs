//! The handle of a compiled rulebook.

use duebill::wire;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::failure::detached;
use crate::guard::Failure;
use crate::log::Log;

/// A compiled rulebook: immutable, so one serves every thread.
#[pyclass(frozen, module = "duebill._native")]
pub(crate) struct Rulebook {
    compiled: duebill::rulebook::Rulebook,
}

impl Rulebook {
    pub(crate) fn compiled(&self) -> &duebill::rulebook::Rulebook {
        &self.compiled
    }
}

#[pymethods]
impl Rulebook {
    /// Compiles a whole rulebook document.
    #[staticmethod]
    fn compile(py: Python<'_>, document: &[u8]) -> Result<Self, Failure> {
        detached(py, || Ok(Self { compiled: wire::compile(document)? }))
    }

    /// A new rulebook with the terms of one customer added or replaced.
    fn add_terms(&self, py: Python<'_>, document: &[u8]) -> Result<Self, Failure> {
        detached(py, || Ok(Self { compiled: wire::add_terms(&self.compiled, document)? }))
    }

    /// A new rulebook that knows what the publication log of its seller says.
    fn published(&self, py: Python<'_>, log: &Log) -> Result<Self, Failure> {
        detached(py, || Ok(Self { compiled: wire::published(&self.compiled, &*log.read()?)? }))
    }

    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err(
            "a compiled rulebook is not pickled: send its document and compile it there",
        ))
    }
}
