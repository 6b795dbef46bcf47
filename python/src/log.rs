//! The handle of an event log.

use std::collections::BTreeMap;
use std::ptr;
use std::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use duebill::wire;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::failure::{detached, document};
use crate::guard::Failure;
use crate::rulebook::Rulebook;

/// One log. Readers share it, `apply` has it alone; a thread that waits has released the interpreter.
#[pyclass(frozen, module = "duebill._native")]
pub(crate) struct Log {
    state: RwLock<wire::Log>,
}

type Reader<'a> = RwLockReadGuard<'a, wire::Log>;

impl Log {
    pub(crate) fn read(&self) -> Result<Reader<'_>, Failure> {
        self.state.read().map_err(|_| unusable())
    }

    pub(crate) fn write(&self) -> Result<RwLockWriteGuard<'_, wire::Log>, Failure> {
        self.state.write().map_err(|_| unusable())
    }
}

fn unusable() -> Failure {
    Failure::Broken(
        "this log was left unusable by an earlier internal error: replay its records into a new one"
            .to_owned(),
    )
}

/// Read access to several logs at once.
///
/// Each log is locked once, however often it is named, and all callers lock in the same order, so two
/// of them with writers waiting between can not wait for each other.
pub(crate) struct Readers<'a>(BTreeMap<*const Log, Reader<'a>>);

impl<'a> Readers<'a> {
    pub(crate) fn of(logs: impl IntoIterator<Item = &'a Log>) -> Result<Self, Failure> {
        let distinct: BTreeMap<*const Log, &Log> =
            logs.into_iter().map(|log| (ptr::from_ref(log), log)).collect();
        let readers = distinct.into_iter().map(|(key, log)| Ok((key, log.read()?)));
        readers.collect::<Result<_, Failure>>().map(Self)
    }

    /// The logs in the caller's order; all of them were given to [`Readers::of`].
    pub(crate) fn in_order(&self, logs: impl IntoIterator<Item = &'a Log>) -> Vec<&wire::Log> {
        logs.into_iter().filter_map(|log| self.0.get(&ptr::from_ref(log))).map(|reader| &**reader).collect()
    }
}

#[pymethods]
impl Log {
    /// An empty log of one address.
    #[staticmethod]
    fn open(py: Python<'_>, address: &[u8]) -> Result<Self, Failure> {
        detached(py, || Ok(Self { state: RwLock::new(wire::open(address)?) }))
    }

    /// What a command would record; nothing changes.
    fn decide<'py>(
        &self,
        py: Python<'py>,
        rulebook: &Rulebook,
        command: &[u8],
    ) -> Result<Bound<'py, PyBytes>, Failure> {
        document(py, || Ok(wire::decide(&*self.read()?, rulebook.compiled(), command)?))
    }

    /// Takes up one stored record.
    fn apply(
        &self,
        py: Python<'_>,
        record: &[u8],
        hash: &[u8],
        detached_content: &[u8],
    ) -> Result<(), Failure> {
        detached(py, || Ok(wire::apply(&mut *self.write()?, record, hash, detached_content)?))
    }

    /// Sequence and hash of the last record.
    fn head<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyBytes>, Failure> {
        document(py, || Ok(wire::head(&*self.read()?)))
    }

    /// The sequence of the record of a command, if it has one.
    fn recorded(&self, py: Python<'_>, command_id: &str) -> Result<Option<u64>, Failure> {
        detached(py, || Ok(wire::recorded(&*self.read()?, command_id)))
    }

    /// Answers one read-only question.
    fn report<'py>(
        &self,
        py: Python<'py>,
        rulebook: &Rulebook,
        request: &[u8],
    ) -> Result<Bound<'py, PyBytes>, Failure> {
        document(py, || Ok(wire::report(&*self.read()?, rulebook.compiled(), request)?))
    }

    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err("a log is not pickled: store its records and apply them to a new one"))
    }
}
