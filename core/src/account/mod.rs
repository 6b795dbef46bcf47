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
mod apply_draft;
mod apply_move;
mod apply_opening;
mod asking;
mod assembly;
mod bill;
mod capture;
mod close;
mod consent;
mod consented;
mod credit;
mod custody;
mod decide;
mod deposit;
mod disputes;
mod error;
mod estimate;
mod event;
mod facts;
mod header;
mod left_out;
mod life;
mod living;
mod money_back;
mod money_in;
mod moves;
mod number;
mod occasions;
mod opening;
mod page;
mod passed;
mod personal;
mod register;
mod related;
mod released;
mod reparent;
mod retention;
mod running;
mod sender;
mod state;
mod subject;
mod tasks;
mod telling;
mod trail;
mod trails;
mod void;
mod whereabouts;
mod refund;
mod write_off;

pub use action::{
    AccountAction, AdmitCustomer, AdvanceDispute, ApplyCredit, ApprovalDecision, AskedRefund, Bill, Capture,
    CloseDispute, CommitPlan, Credit, DecideApprovals, EstimateScope, ExpireApproval, FeeOutcome,
    ImportOpening, OpenDispute, OpeningBalance, OpeningCash, OpeningLevel, PaidInvoice, ProposeEstimate,
    ReachMilestone, RecordFact, Recover, RefundCredit, RefundReceipt, ReleaseCustomer, ReleaseHold,
    RequestNumber, RestoreFee, SellBlock, SendOn, SkipFee, Unapply, VoidInvoice, WithdrawEstimate, WriteOff,
};
pub use assembly::{DuePlan, PlanAdjustments, PlanBook, WaitReason, Waiting, fee_entry};
pub use capture::FixedPrice;
pub use consent::Lapsed;
pub use custody::Attached;
pub use deposit::{DownPayment, RequestDeposit};
pub use error::AccountError;
pub use estimate::Estimate;
pub use event::{
    AccountEvent, Allocated, AllocationDeclined, AllocationUndone, ApprovalDecided, ApprovalExpired,
    BlockSold, Captured, CarriedForward, ConsentLapsed, ControlTotal, CreditApplied, CreditDrafted,
    CreditIssued, CreditNumberRequested, CreditRefunded, CreditVoided, DecisionRefused, DisputeAdvanced,
    DisputeClosed, DisputeOpened, Drafted, Draw, EstimateProposed, FactRecorded, FeeRestored, FeeSkipped,
    HoldReleased, Issued, ItemBalance, LapsedWork, MilestoneReached, NumberRequested, OpeningImported,
    OpeningNumber, PlanCommitted, PlanKind, Recovered, RefundProposed, ReservationWithdrawn, Reversal,
    TakenSeconds, VoidProposed, Voided, Voiding, WriteOffProposed, WrittenOff,
};
pub use moves::{
    Belongings, CustomerAdmitted, CustomerReleased, MovedEstimate, MovedLapse, ReturnedDraw, ReturnedSeconds,
    StandingFee, StandingWork,
};
pub use passed::{Area, Exception, Happening, History, OverrideKind, Passed, Step};
pub use refund::Refunding;
pub use reparent::Transfer;
pub use state::{Account, Applied, Billed, Credited, Dispute, FeeDays, FeePlace, Invoice, Sale, WrittenDown};
pub use tasks::{ApprovalEscalated, EscalateApproval};
pub use trail::DocumentTrail;
