//! Daily heads: one digest over all logs of a seller, proofs under it, and what became of logs between two.

use super::Log;
use super::answer::document;
use crate::audit::{DailyHead, DailyLogs, Extension, LogAddress, LogHead, LogProof, compare};
use crate::calendar::Date;
use crate::canon::{from_bytes, shape};
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;

shape! {
    /// Asks for the daily head over logs.
    pub struct DailyRequest {
        /// The day.
        pub day: Date,
        /// Heads of logs that are not loaded, as an earlier answer gave them.
        pub heads: Vec<LogHead>,
        /// Logs whose place under the head is to be proved.
        pub prove: Vec<LogAddress>,
        /// The seller.
        pub seller: Id,
    }
}

shape! {
    /// A daily head, what it was made of, and the proofs that were asked for.
    pub struct DailyAnswer {
        /// What is published.
        pub head: DailyHead,
        /// The heads of all logs; keep them for the next day.
        pub logs: Vec<LogHead>,
        /// A proof for each log that was named.
        pub proofs: Vec<LogProof>,
    }
}

shape! {
    /// A proof and the daily head that it should lead to.
    pub struct InclusionRequest {
        /// The daily head.
        pub daily: DailyHead,
        /// The proof.
        pub proof: LogProof,
    }
}

shape! {
    /// Two daily heads of a seller to be compared.
    pub struct CompareRequest {
        /// The earlier.
        pub earlier: DailyLogs,
        /// Proofs that logs only grew: the question `extension` gives them.
        pub extensions: Vec<Extension>,
        /// The later.
        pub later: DailyLogs,
    }
}

shape! {
    /// What a check found.
    pub struct Checked {
        /// What is wrong, and what is not shown.
        pub findings: Vec<Finding>,
        /// Whether nothing is wrong.
        pub sound: bool,
    }
}

impl Checked {
    /// The outcome of a check.
    #[must_use]
    pub fn of(findings: Vec<Finding>) -> Self {
        let sound = findings.iter().all(|finding| finding.severity != Severity::Block);
        Self { findings, sound }
    }
}

/// The daily head over logs that are loaded and heads of others.
///
/// # Errors
/// Every shape error, and what [`DailyLogs::of`] and [`DailyLogs::prove`] refuse.
pub fn daily_head(logs: &[&Log], request: &[u8]) -> Result<Vec<u8>, Refusal> {
    let DailyRequest { day, mut heads, prove, seller } = from_bytes(request)?;
    heads.extend(logs.iter().map(|log| log.log_head()));
    let daily = DailyLogs::of(day, seller, heads)?;
    let proofs = daily.prove(&prove)?;
    Ok(document(&DailyAnswer { head: daily.head, logs: daily.logs, proofs }))
}

/// Checks that a log stood so in a daily head.
///
/// # Errors
/// Shape errors; a broken proof is an answer, not an error.
pub fn check_inclusion(request: &[u8]) -> Result<Vec<u8>, Refusal> {
    let InclusionRequest { daily, proof } = from_bytes(request)?;
    let broken = proof.check(&daily).err();
    Ok(document(&Checked::of(broken.iter().map(Finding::block).collect())))
}

/// Compares two daily heads: names every log that vanished, went back, was rewritten, or grew unproved.
///
/// # Errors
/// Shape errors, and what [`compare`] refuses; what became of logs is an answer, not an error.
pub fn compare_daily(request: &[u8]) -> Result<Vec<u8>, Refusal> {
    let CompareRequest { earlier, extensions, later } = from_bytes(request)?;
    compare(&earlier, &later, &extensions).map(|findings| document(&Checked::of(findings)))
}
