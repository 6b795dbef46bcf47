//! Approvals: who must agree before something is issued, bound to exactly what they were shown.
//!
//! Rules are judged over a [`Subject`], which any room can make; this room knows no invoice. A
//! decision quotes the digest of the content it was made on; the author never approves; one person
//! counts once.

mod error;
mod request;
mod rule;

pub use error::ApprovalError;
pub use request::{ApprovalStatus, Decision, Request, Verdict};
pub use rule::{ApprovalRule, Requirement, Subject, SubjectKind, requirements};
