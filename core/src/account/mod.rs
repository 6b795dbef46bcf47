//! The account: a payer with the customers it pays for, as one log.
//!
//! [`Account::decide`] turns a command into one record of computed facts, or refuses it with every
//! finding; it is pure, so it is also the dry run. [`Account::apply`] copies the facts of a record,
//! wholly or not at all, and holds no policy: replaying the log under any later rulebook gives the
//! same account.

mod action;
mod adjust;
mod apply;
mod asking;
mod assembly;
mod bill;
mod capture;
mod close;
mod consent;
mod consented;
mod decide;
mod error;
mod estimate;
mod event;
mod money_back;
mod money_in;
mod running;
mod settle;
mod state;

pub use action::{
    AccountAction, Bill, Capture, CloseDispute, CommitPlan, DecideApproval, DecideApprovals, DisputeOutcome,
    EstimateScope, ExpireApproval, FeeOutcome, ImportOpening, OpenDispute, OpeningCash, ProposeEstimate,
    ReachMilestone, ReleaseHold, RestoreFee, SellBlock, SkipFee, Unapply, VoidInvoice, WithdrawEstimate,
};
pub use assembly::{DuePlan, PlanBook, WaitReason, Waiting, fee_entry};
pub use consent::Lapsed;
pub use error::AccountError;
pub use estimate::Estimate;
pub use event::{
    AccountEvent, Allocated, AllocationDeclined, AllocationUndone, ApprovalDecided, ApprovalExpired,
    BlockSold, Captured, CarriedForward, ConsentLapsed, DecisionRefused, DisputeClosed, DisputeOpened,
    Drafted, Draw, EstimateProposed, FeeRestored, FeeSkipped, HoldReleased, Issued, ItemBalance, LapsedWork,
    MilestoneReached, NumberRequested, OpeningImported, PlanCommitted, PlanKind, ReservationWithdrawn,
    Voided,
};
pub use state::{Account, Applied, Billed, Dispute, FeeDays, Invoice, Sale};
