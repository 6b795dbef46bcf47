//! Documents: the one surface that the C and Python shells call, bytes in and bytes out.
//!
//! Every document is UTF-8 JSON, every answer canonical. This room knows documents and nothing
//! else; each function reads its input, calls one function of a room below, and writes the answer.

mod answer;
pub mod calculation;
mod codes;
mod log;
pub mod plans;
pub mod question;
mod schemas;
mod views;

pub use answer::{Answer, Answered, refusal};
pub use calculation::calculate;
pub use codes::codes;
pub use error::WireError;
pub use log::{AnyRecorded, Log, apply, decide, head, open, recorded};
pub use plans::plan_run;
pub use question::{aging, closing, match_receipts, rate, report, summary, verify};
pub use schemas::schemas;

mod error;

use crate::canon::judge_bytes;
use crate::finding::Refusal;
use crate::rulebook::Rulebook;

/// Compiles a rulebook document.
///
/// # Errors
/// Every error of the shape and, where the rules could be read past them, of the rules, each with its
/// JSON pointer.
pub fn compile(document: &[u8]) -> Result<Rulebook, Refusal> {
    judge_bytes(document, Rulebook::compile)
}

/// The same rulebook with one customer's terms added or replaced.
///
/// # Errors
/// Every error of the shape and, where the terms could be read past them, of the terms, each with its
/// JSON pointer.
pub fn add_terms(rulebook: &Rulebook, document: &[u8]) -> Result<Rulebook, Refusal> {
    judge_bytes(document, |terms| rulebook.add_terms(terms))
}
