//! Documents: the one surface that the C and Python shells call, bytes in and bytes out.
//!
//! Every document is UTF-8 JSON, every answer canonical. This room knows documents and nothing
//! else; each function reads its input, calls one function of a room below, and writes the answer.

mod answer;
pub mod calculation;
mod codes;
pub mod daily;
pub mod evidence;
mod log;
pub mod overview;
pub mod plans;
pub mod pricing;
pub mod question;
mod reconcile;
mod schemas;
pub mod seller_close;
mod shadow_run;
pub mod stored;
mod views;

pub use answer::{Answer, Answered, refusal};
pub use calculation::calculate;
pub use codes::codes;
pub use daily::{check_inclusion, compare_daily, daily_head};
pub use error::WireError;
pub use evidence::{check_evidence, evidence};
pub use log::{AnyRecorded, Log, apply, decide, head, open, recorded};
pub use overview::{aging, closing, match_receipts, summary};
pub use plans::plan_run;
pub use pricing::rate;
pub use question::report;
pub use reconcile::reconcile;
pub use schemas::schemas;
pub use seller_close::close_run;
pub use shadow_run::shadow_run;
pub use stored::{rows, verify};

mod error;

use crate::audit::LogKind;
use crate::canon::judge_bytes;
use crate::finding::Refusal;
use crate::rulebook::{Rulebook, RulebookError};

/// Compiles a rulebook document.
///
/// # Errors
/// Every error of the shape and, where the rules could be read past them, of the rules, each with its
/// JSON pointer.
pub fn compile(document: &[u8]) -> Result<Rulebook, Refusal> {
    judge_bytes(document, Rulebook::compile)
}

/// The same rulebook, knowing what the publication log of its seller says: see [`Rulebook::published`].
///
/// # Errors
/// [`WireError::LogKind`] for a log of another kind, and [`RulebookError`] for one of another seller.
pub fn published(rulebook: &Rulebook, log: &Log) -> Result<Rulebook, Refusal> {
    let Log::Rulebook(publication) = log else {
        let (expected, got) = (LogKind::Rulebook.word(), log.kind().word());
        return Err(Refusal::because(&WireError::LogKind { expected, got }));
    };
    rulebook.published(publication).map_err(|error: RulebookError| Refusal::because(&error))
}

/// The same rulebook with one customer's terms added or replaced.
///
/// # Errors
/// Every error of the shape and, where the terms could be read past them, of the terms, each with its
/// JSON pointer.
pub fn add_terms(rulebook: &Rulebook, document: &[u8]) -> Result<Rulebook, Refusal> {
    judge_bytes(document, |terms| rulebook.add_terms(terms))
}
