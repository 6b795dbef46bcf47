//! The account: a payer with the customers it pays for, as one log.
//!
//! [`Account::decide`] turns a command into one record of computed facts, or refuses it with every
//! finding; it is pure, so it is also the dry run. [`Account::apply`] copies the facts of a record,
//! wholly or not at all, and holds no policy: replaying the log under any later rulebook gives the
//! same account.

mod action;
mod adjust;
mod apply;
mod apply_credit;
mod apply_opening;
mod asking;
mod assembly;
mod bill;
mod capture;
mod close;
mod consent;
mod consented;
mod credit;
mod decide;
mod disputes;
mod error;
mod estimate;
mod event;
mod life;
mod money_back;
mod money_in;
mod opening;
mod reparent;
mod running;
mod state;
mod subject;
mod trail;
mod write_off;

pub use action::{
    AccountAction, AdmitCustomer, AdvanceDispute, ApplyCredit, ApprovalDecision, Bill, Capture, CloseDispute,
    CommitPlan, Credit, DecideApprovals, EstimateScope, ExpireApproval, FeeOutcome, ImportOpening,
    OpenDispute, OpeningBalance, OpeningCash, OpeningLevel, PaidInvoice, ProposeEstimate, ReachMilestone,
    RecordFact, Recover, RefundCredit, ReleaseCustomer, ReleaseHold, RestoreFee, SellBlock, SkipFee, Unapply,
    VoidInvoice, WithdrawEstimate, WriteOff,
};
pub use assembly::{DuePlan, PlanBook, WaitReason, Waiting, fee_entry};
pub use consent::Lapsed;
pub use error::AccountError;
pub use estimate::Estimate;
pub use event::{
    AccountEvent, Allocated, AllocationDeclined, AllocationUndone, ApprovalDecided, ApprovalExpired,
    BlockSold, Captured, CarriedForward, ConsentLapsed, CustomerAdmitted, CustomerReleased, DecisionRefused,
    DisputeAdvanced, DisputeClosed, DisputeOpened, Drafted, Draw, EstimateProposed, FactRecorded,
    FeeRestored, FeeSkipped, HoldReleased, Issued, ItemBalance, LapsedWork, MilestoneReached,
    NumberRequested, OpeningImported, PlanCommitted, PlanKind, Recovered, ReservationWithdrawn, Voided,
    WriteOffProposed, WrittenOff,
};
pub use reparent::Transfer;
pub use state::{Account, Applied, Billed, Credited, Dispute, FeeDays, Invoice, Sale, WrittenDown};
pub use trail::{Area, Exception, OverrideKind, Passed, Step};
