//! Publication: which rules a seller decides under, proposed by one person and agreed to by others.

mod action;
mod retention;
mod state;

pub use action::{
    DecideRules, Proposal, ProposeRules, ProposedSection, PublicationAction, PublicationEvent,
    PublicationRequirement, RulesDecided, RulesProposed, RulesPublished, SectionChange,
};
pub use state::{Pending, Publication};
