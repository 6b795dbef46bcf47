//! The rulebook: one document in two parts, compiled once, passed as an argument.
//!
//! The policy is shared by all customers of a seller; the terms are a section per customer. Each
//! part has a digest of its own, so a new customer changes no other account's record. Loading
//! checks everything together and lists every error by path.

mod check;
mod compile;
mod document;
mod error;
mod parties;
mod plan;
mod references;
mod terms;

pub use compile::{Policy, Rulebook};
pub use document::{
    BandDocument, BillingPolicy, CalendarDocument, ClosingPolicy, Holiday, PolicyDocument, RULEBOOK_SCHEMA,
    RulebookDocument, Seller, TermsDocument, Trigger, Weekday,
};
pub use error::RulebookError;
pub use plan::{BillingPlan, OnBalance, OnMilestone, OnSchedule, OnTicket, PlanWhen};
pub use terms::Terms;
