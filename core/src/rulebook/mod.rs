//! The rulebook: one document in two parts, compiled once, passed as an argument.
//!
//! The policy is shared by all customers of a seller; the terms are a section per customer. Each
//! part has a digest of its own, so a new customer changes no other account's record. Loading
//! checks everything together and lists every error by path. [`Publication`] is the log of which rules
//! were agreed to, and from when.

mod check;
mod compile;
mod conditions;
mod document;
mod error;
mod parties;
mod plan;
mod policy;
mod publication;
mod published;
mod references;
mod terms;
mod warnings;

pub use compile::Rulebook;
pub use document::{
    BandDocument, BillingPolicy, CalendarDocument, ClosingPolicy, DisputePolicy, Holiday, PolicyDocument,
    RULEBOOK_SCHEMA, RulebookDocument, Seller, TermsDocument, Trigger, Weekday,
};
pub use error::RulebookError;
pub use plan::{BillingPlan, OnBalance, OnMilestone, OnSchedule, OnTicket, PlanWhen};
pub use policy::Policy;
pub use publication::{
    DecideRules, Pending, Proposal, ProposeRules, ProposedSection, Publication, PublicationAction,
    PublicationEvent, PublicationRequirement, RulesDecided, RulesProposed, RulesPublished, SectionChange,
};
pub use terms::Terms;
