//! The account: a payer with the customers it pays for, as one log.
//!
//! [`Account::decide`] turns a command into one record of computed facts, or refuses it with every
//! finding; it is pure, so it is also the dry run. [`Account::apply`] copies the facts of a record,
//! wholly or not at all, and holds no policy: replaying the log under any later rulebook gives the
//! same account.

mod action;
mod apply;
mod assembly;
mod bill;
mod capture;
mod decide;
mod error;
mod event;
mod money_in;
mod settle;
mod state;

pub use action::{
    AccountAction, Bill, Capture, CloseDispute, CommitPlan, DecideApproval, DisputeOutcome, FeeOutcome,
    ImportOpening, OpenDispute, OpeningCash, ReachMilestone, RestoreFee, SellBlock, SkipFee, VoidInvoice,
};
pub use assembly::{DuePlan, PlanBook, WaitReason, Waiting, fee_entry};
pub use error::AccountError;
pub use event::{
    AccountEvent, Allocated, AllocationDeclined, ApprovalDecided, BlockSold, Captured, CarriedForward,
    DisputeClosed, DisputeOpened, Drafted, FeeRestored, FeeSkipped, Issued, ItemBalance, MilestoneReached,
    NumberRequested, OpeningImported, PlanCommitted, PlanKind, Voided,
};
pub use state::{Account, Billed, Dispute, FeeDays, Invoice, Sale};
