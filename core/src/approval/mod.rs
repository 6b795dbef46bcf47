//! Approvals: who must agree before something is issued, bound to exactly what they were shown.
//!
//! Rules are judged over a [`Subject`], which any room can make; this room knows no invoice. What a
//! rule asks is written down whole as a [`Requirement`], so that a later policy changes nothing about
//! it. A [`Decision`] quotes the digest of the content it was made on; the author never approves; one
//! person counts once, delegations included.

mod asks;
mod decision;
mod error;
mod judge;
mod look;
mod request;
mod rule;
mod signature;
mod subject;
mod when;

pub(crate) use asks::{Known, KnownFact, value};
pub use decision::{Carried, Decision, Delegation, Evidence, ForeignDecision, Verdict};
pub use error::ApprovalError;
pub use judge::{Asked, Requirement, holds, requirements};
pub use request::{ApprovalStatus, Lapsed, OpenStep, Request};
pub use rule::{ApprovalRule, ApprovalStep, Escalation, Expiry, Lapse, StepOrder};
pub use signature::{Signature, Signer, Statement};
pub use subject::{Earlier, Fact, Since, Subject, SubjectKind, SubjectLine, is_within};
pub use when::{Conditions, ExchangeRate, HasFact, NetAbove, NetOf, OneOf, Seen, When};
