//! From what an account holds to drafts: what is ready, what it costs, how it is grouped, which plan is due.

mod applied;
mod decisions;
mod fees;
mod gather;
mod plan;
mod ready;

pub use fees::fee_entry;
pub(super) use gather::untaxed;
pub(super) use gather::{Scope, Selection};
pub use plan::{DuePlan, PlanAdjustments, PlanBook, WaitReason, Waiting};
