//! The calls that need no log of their own, or several.

use std::iter;

use duebill::wire;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::failure::{detached, document};
use crate::guard::Failure;
use crate::log::{Log, Readers};
use crate::rulebook::Rulebook;

/// Prices work without an account.
#[pyfunction]
pub(crate) fn rate<'py>(
    py: Python<'py>,
    rulebook: &Rulebook,
    work: &[u8],
) -> Result<Bound<'py, PyBytes>, Failure> {
    document(py, || Ok(wire::rate(rulebook.compiled(), work)?))
}

/// Proposes which open items the receipts of a cash book pay.
#[pyfunction]
pub(crate) fn match_receipts<'py>(
    py: Python<'py>,
    rulebook: &Rulebook,
    book: &Log,
    accounts: Vec<Py<Log>>,
    request: &[u8],
) -> Result<Bound<'py, PyBytes>, Failure> {
    document(py, || {
        let logs = || iter::once(book).chain(accounts.iter().map(Py::get));
        let readers = Readers::of(logs())?;
        let logs = readers.in_order(logs());
        let Some((book, accounts)) = logs.split_first() else {
            return Err(Failure::Broken("the cash book was not locked".to_owned()));
        };
        Ok(wire::match_receipts(rulebook.compiled(), book, accounts, request)?)
    })
}

/// Ages the open items of several accounts.
#[pyfunction]
pub(crate) fn aging<'py>(
    py: Python<'py>,
    rulebook: &Rulebook,
    logs: Vec<Py<Log>>,
    request: &[u8],
) -> Result<Bound<'py, PyBytes>, Failure> {
    document(py, || {
        let logs = || logs.iter().map(Py::get);
        let readers = Readers::of(logs())?;
        Ok(wire::aging(rulebook.compiled(), &readers.in_order(logs()), request)?)
    })
}

/// Says what some days come to over several logs.
#[pyfunction]
pub(crate) fn closing<'py>(
    py: Python<'py>,
    rulebook: &Rulebook,
    logs: Vec<Py<Log>>,
    request: &[u8],
) -> Result<Bound<'py, PyBytes>, Failure> {
    document(py, || {
        let logs = || logs.iter().map(Py::get);
        let readers = Readers::of(logs())?;
        Ok(wire::closing(rulebook.compiled(), &readers.in_order(logs()), request)?)
    })
}

/// Says what the billing plans of accounts would bill: one outcome per plan, each with a ready command.
#[pyfunction]
pub(crate) fn plan_run<'py>(
    py: Python<'py>,
    rulebook: &Rulebook,
    accounts: Vec<Py<Log>>,
    request: &[u8],
) -> Result<Bound<'py, PyBytes>, Failure> {
    document(py, || {
        let logs = || accounts.iter().map(Py::get);
        let readers = Readers::of(logs())?;
        Ok(wire::plan_run(rulebook.compiled(), &readers.in_order(logs()), request)?)
    })
}

/// Says what closes a period of a seller: each log with its pack, and the ready command that it still needs.
#[pyfunction]
pub(crate) fn close_run<'py>(
    py: Python<'py>,
    rulebook: &Rulebook,
    logs: Vec<Py<Log>>,
    request: &[u8],
) -> Result<Bound<'py, PyBytes>, Failure> {
    document(py, || {
        let logs = || logs.iter().map(Py::get);
        let readers = Readers::of(logs())?;
        Ok(wire::close_run(rulebook.compiled(), &readers.in_order(logs()), request)?)
    })
}

/// Shows what is under way between logs.
#[pyfunction]
pub(crate) fn reconcile<'py>(
    py: Python<'py>,
    rulebook: &Rulebook,
    logs: Vec<Py<Log>>,
    request: &[u8],
) -> Result<Bound<'py, PyBytes>, Failure> {
    document(py, || {
        let logs = || logs.iter().map(Py::get);
        let readers = Readers::of(logs())?;
        Ok(wire::reconcile(rulebook.compiled(), &readers.in_order(logs()), request)?)
    })
}

/// Compares what would be billed with the invoices of another system, line by line.
#[pyfunction]
pub(crate) fn shadow_run<'py>(
    py: Python<'py>,
    rulebook: &Rulebook,
    accounts: Vec<Py<Log>>,
    request: &[u8],
) -> Result<Bound<'py, PyBytes>, Failure> {
    document(py, || {
        let logs = || accounts.iter().map(Py::get);
        let readers = Readers::of(logs())?;
        Ok(wire::shadow_run(rulebook.compiled(), &readers.in_order(logs()), request)?)
    })
}

/// Sums accounts up: how much work became how many invoices, and where it stands.
#[pyfunction]
pub(crate) fn summary<'py>(
    py: Python<'py>,
    rulebook: &Rulebook,
    accounts: Vec<Py<Log>>,
    request: &[u8],
) -> Result<Bound<'py, PyBytes>, Failure> {
    document(py, || {
        let logs = || accounts.iter().map(Py::get);
        let readers = Readers::of(logs())?;
        Ok(wire::summary(rulebook.compiled(), &readers.in_order(logs()), request)?)
    })
}

/// Gives the rows and ready commands of stored records again.
#[pyfunction]
pub(crate) fn rows<'py>(py: Python<'py>, lines: &[u8]) -> Result<Bound<'py, PyBytes>, Failure> {
    document(py, || Ok(wire::rows(lines)?))
}

/// Checks stored records against their hashes and a saved head.
#[pyfunction]
#[pyo3(signature = (lines, head=None))]
pub(crate) fn verify<'py>(
    py: Python<'py>,
    lines: &[u8],
    head: Option<&[u8]>,
) -> Result<Bound<'py, PyBytes>, Failure> {
    document(py, || Ok(wire::verify(lines, head)?))
}

/// Does one pure calculation.
#[pyfunction]
pub(crate) fn calculate<'py>(py: Python<'py>, request: &[u8]) -> Result<Bound<'py, PyBytes>, Failure> {
    document(py, || Ok(wire::calculate(request)?))
}

/// File name and text of every JSON Schema.
#[pyfunction]
pub(crate) fn schemas(py: Python<'_>) -> Result<Vec<(&'static str, String)>, Failure> {
    detached(py, || Ok(wire::schemas()))
}

/// Number and name of every code, ascending.
#[pyfunction]
pub(crate) fn codes(py: Python<'_>) -> Result<Vec<(u16, &'static str)>, Failure> {
    detached(py, || Ok(wire::codes().iter().map(|code| (code.number, code.name)).collect()))
}
