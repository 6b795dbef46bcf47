//! What is under way between the logs of a seller.

use super::Log;
use super::answer::document;
use super::question::Everything;
use crate::canon::from_bytes;
use crate::finding::Refusal;
use crate::report::{self, Reconciled, Reconciliation};
use crate::rulebook::Rulebook;

/// Shows what is under way between logs: every ready command that was handed on and not recorded where it is for, to be
/// delivered again as it stands, money between books and accounts, and numbers that stand on no document. A host that
/// keeps nothing but records asks this after a crash, delivers the commands, and asks again until there are none, or
/// those alone that their logs refuse.
///
/// # Errors
/// Every shape error, and a log of another seller.
pub fn reconcile(rulebook: &Rulebook, logs: &[&Log], request: &[u8]) -> Result<Vec<u8>, Refusal> {
    from_bytes::<Everything>(request)?;
    under_way(rulebook, logs).map(|shown| document(&shown))
}

/// The same as data.
pub(super) fn under_way(rulebook: &Rulebook, logs: &[&Log]) -> Result<Reconciliation, Refusal> {
    let (mut accounts, mut books, mut series, mut others) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for log in logs {
        rulebook.check_seller(log.chain().address()).map_err(|error| Refusal::because(&error))?;
        match log {
            Log::Account(account) => accounts.push(account.as_ref()),
            Log::CashBook(book) => books.push(book.as_ref()),
            Log::Rulebook(publication) => others.push(publication.chain()),
            Log::Series(one) => series.push(one.as_ref()),
        }
    }
    let (accounts, books, series) = (&accounts, &books, &series);
    Ok(report::reconcile(Reconciled { accounts, books, others: &others, series }))
}
