//! Shadow runs: our plans beside the invoices of another system.

use super::Log;
use super::answer::document;
use super::question::wrong_kind;
use crate::audit::LogKind;
use crate::canon::from_bytes;
use crate::finding::Refusal;
use crate::report::{self, ShadowRequest};
use crate::rulebook::Rulebook;

/// Compares what would be billed on a day with the invoices of another system, by payer and line by line: what is equal,
/// what differs and in which field, what is only here or only there. A pure dry run: nothing changes, and one account
/// that cannot be planned holds up no other.
///
/// # Errors
/// Every shape error, [`WireError::LogKind`](super::WireError::LogKind) for a log that is no account, a log of another
/// seller, and what [`report::shadow_run`] refuses.
pub fn shadow_run(rulebook: &Rulebook, logs: &[&Log], request: &[u8]) -> Result<Vec<u8>, Refusal> {
    let request: ShadowRequest = from_bytes(request)?;
    let mut accounts = Vec::with_capacity(logs.len());
    for log in logs {
        let Log::Account(account) = log else {
            return wrong_kind(LogKind::Account, log);
        };
        let checked = rulebook.check_seller(account.chain().address());
        checked.map_err(|error| Refusal::because(&error))?;
        accounts.push(account.as_ref());
    }
    report::shadow_run(&accounts, rulebook, &request).map(|run| document(&run))
}
