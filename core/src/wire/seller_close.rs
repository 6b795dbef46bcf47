//! Closing a period of a seller: all its logs, a ready command for each.

use std::collections::BTreeMap;

use super::Log;
use super::answer::{Answer, document};
use super::reconcile::under_way;
use crate::audit::{
    ClosePeriod, ClosedPack, Closeness, Command, Document, LogAddress, LogKind, Stamp, derived_id,
    numbered_id,
};
use crate::calendar::Date;
use crate::canon::{Digest, from_bytes, sha256, shape, to_bytes, union};
use crate::finding::{Finding, Refusal};
use crate::id::Id;
use crate::invoice::InvoiceError;
use crate::report::{Closable, LogPack, ReportError, log_pack};
use crate::rulebook::Rulebook;

shape! {
    /// Asks what closes a period of a seller.
    pub struct CloseRunRequest {
        /// The first day of the period.
        pub from: Date,
        /// How firmly it is to be closed.
        pub how: Closeness,
        /// Whether what each log comes to is given beside its digest.
        pub packs: bool = false,
        /// The stamp of the ready commands.
        pub stamp: Stamp,
        /// The last day of the period.
        pub through: Date,
    }
}

shape! {
    /// A log whose days are closed, or are to be.
    pub struct LogClose {
        /// Whether they are closed, as firmly as is asked.
        pub closed: bool,
        /// The ready command that closes them; left out where they are closed, or cannot be yet.
        pub command: Option<Document>,
        /// Digest of what the log comes to.
        pub digest: Digest,
        /// Why they cannot be closed yet, or what somebody should look at.
        pub findings: Vec<Finding>,
        /// The log.
        pub log: LogAddress,
        /// What the log comes to, where it is asked for.
        pub pack: Option<LogPack>,
        /// The digest that the record which closed exactly these days hard states.
        pub stated: Option<Digest>,
    }
}

shape! {
    /// What closes a period of a seller.
    pub struct CloseRun {
        /// Whether logs were given and all of them have closed it, as firmly as is asked.
        pub closed: bool,
        /// One digest over the logs with their digests, in their order.
        pub digest: Digest,
        /// The first day.
        pub from: Date,
        /// How firmly.
        pub how: Closeness,
        /// Accounts, cash books and series, by kind and id; a publication of rules has no days to be closed.
        pub logs: Vec<LogClose>,
        /// Whether nothing is under way between the logs.
        pub settled: bool,
        /// The last day.
        pub through: Date,
    }
}

shape! {
    /// A log with the digest of what it comes to.
    pub struct PackOf {
        /// The digest.
        pub digest: Digest,
        /// The log.
        pub log: LogAddress,
    }
}

union! {
    /// The action that closes a log of any kind.
    enum Closing {
        /// Close days.
        ClosePeriod(ClosePeriod) = "close_period",
    }
}

impl Log {
    /// The log where it has days that can be closed.
    pub(super) fn closable(&self) -> Option<Closable<'_>> {
        match self {
            Self::Account(account) => Some(Closable::Account(account)),
            Self::CashBook(book) => Some(Closable::CashBook(book)),
            Self::Series(series) => Some(Closable::Series(series)),
            Self::Rulebook(_) => None,
        }
    }
}

/// Says what closes a period of a seller: each of its logs with the digest of what it comes to and, where it is open,
/// the ready command that closes it and states that digest. Delivering the commands and asking again until all are
/// closed closes the seller; a log that cannot be closed yet says why and holds up no other.
///
/// # Errors
/// Every shape error, a log of another seller, [`InvoiceError::PeriodOrder`] for days that end before they start, and
/// sums beyond every limit.
pub fn close_run(rulebook: &Rulebook, logs: &[&Log], request: &[u8]) -> Result<Vec<u8>, Refusal> {
    let request: CloseRunRequest = from_bytes(request)?;
    let (from, through) = (request.from, request.through);
    if through < from {
        let (from, to) = (from.to_string(), through.to_string());
        return Err(Refusal::because(&InvoiceError::PeriodOrder { from, to }));
    }
    let settled = under_way(rulebook, logs)?.settled;
    let mut closes: BTreeMap<(LogKind, &Id), LogClose> = BTreeMap::new();
    for log in logs {
        let address = log.chain().address();
        if let Some(closable) = log.closable() {
            let pack = log_pack(closable, (from, through)).map_err(|error| Refusal::because(&error))?;
            closes.insert((address.kind, &address.id), close_of(rulebook, log, &request, pack));
        }
    }
    let logs: Vec<LogClose> = closes.into_values().collect();
    let packs = logs.iter().map(|one| PackOf { digest: one.digest, log: one.log.clone() });
    Ok(document(&CloseRun {
        closed: !logs.is_empty() && logs.iter().all(|one| one.closed),
        digest: sha256(&to_bytes(&packs.collect::<Vec<_>>())),
        from,
        how: request.how,
        logs,
        settled,
        through,
    }))
}

fn close_of(rulebook: &Rulebook, log: &Log, request: &CloseRunRequest, pack: LogPack) -> LogClose {
    let (chain, digest) = (log.chain(), pack.digest());
    let closed = chain.closed();
    let last = closed.and_then(|closed| match request.how {
        Closeness::Hard => closed.hard,
        Closeness::Soft => closed.through(),
    });
    let is_closed = last.is_some_and(|last| last >= request.through);
    let stated = closed.and_then(|closed| closed.pack_of(request.from, request.through));
    let mut findings = Vec::new();
    if let Some(got) = stated.filter(|stated| *stated != digest) {
        let (expected, got) = (digest.to_string(), got.to_string());
        findings.push(Finding::block(&ReportError::PackOther { expected, got }));
    }
    let command = if is_closed { None } else { Some(command(log, request, digest)) };
    let command = command.filter(|command| match log.decide(rulebook, command.bytes()) {
        Ok(Answer::Recorded(answered)) => {
            findings.extend(answered.findings);
            true
        }
        Ok(Answer::Repeated(_)) => true,
        Err(refusal) => {
            findings.extend(refusal.findings().cloned());
            false
        }
    });
    let (log, pack) = (chain.address().clone(), request.packs.then_some(pack));
    LogClose { closed: is_closed, command, digest, findings, log, pack, stated }
}

/// The ready command that closes a log, under an id that counts on where days were opened again.
fn command(log: &Log, request: &CloseRunRequest, digest: Digest) -> Document {
    let base = derived_id(&["close", request.how.word(), &request.through.to_string()]);
    let mut id = base.clone();
    let mut count = 1_usize;
    while log.chain().recorded(&id).is_some() {
        count = count.saturating_add(1);
        id = numbered_id(&base, count);
    }
    let pack = Some(ClosedPack { digest, from: request.from });
    let close = ClosePeriod { how: request.how, pack, through: request.through };
    Document::of(&Command {
        action: Closing::ClosePeriod(close),
        expect: None,
        id,
        log: log.chain().address().clone(),
        salt: None,
        stamp: request.stamp.clone(),
    })
}
