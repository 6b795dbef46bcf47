//! What happened in an account: the facts that its records hold.

mod billing;
mod consent;
mod dispute;
mod document;
mod money;
mod opening;

pub use billing::{
    BlockSold, Captured, CarriedForward, Drafted, Draw, EstimateProposed, FeeRestored, FeeSkipped,
    MilestoneReached, PlanCommitted, PlanKind,
};
pub use consent::{
    ApprovalDecided, ApprovalExpired, ConsentLapsed, DecisionRefused, HoldReleased, LapsedWork,
};
pub use dispute::{DisputeAdvanced, DisputeClosed, DisputeOpened};
pub use document::{
    CreditDrafted, CreditIssued, CreditNumberRequested, CreditVoided, FactRecorded, Issued, NumberRequested,
    Reversal, TakenSeconds, VoidProposed, Voided, Voiding,
};
pub use money::{
    Allocated, AllocationDeclined, AllocationUndone, CreditApplied, CreditRefunded, ItemBalance, Recovered,
    RefundProposed, ReservationWithdrawn, WriteOffProposed, WrittenOff,
};
pub use opening::{ControlTotal, OpeningImported, OpeningNumber};

use crate::account::action::WithdrawEstimate;
use crate::account::deposit::RequestDeposit;
use crate::account::moves::{CustomerAdmitted, CustomerReleased};
use crate::account::tasks::ApprovalEscalated;
use crate::audit::{Intent, PeriodClosed, PeriodEvent, PeriodReopened, ReopenAsked};
use crate::canon::union;
use crate::payment::RefundDeclined;
use crate::retention::{
    AttachmentsRegistered, ErasureRequested, LegalHoldLifted, LegalHoldPlaced, PlanItem, PurgeRefused,
};
use crate::task::{Task, TaskConfirmed, TaskFailed, TaskRetried};

union! {
    /// What happened in an account.
    pub enum AccountEvent {
        /// The account moved in.
        OpeningImported(Box<OpeningImported>) = "opening_imported",
        /// Work was captured.
        Captured(Captured) = "captured",
        /// A prepaid block was sold.
        BlockSold(Box<BlockSold>) = "block_sold",
        /// A down payment is billed.
        DepositRequested(Box<RequestDeposit>) = "deposit_requested",
        /// An invoice was drafted.
        Drafted(Box<Drafted>) = "drafted",
        /// A plan was carried out.
        PlanCommitted(PlanCommitted) = "plan_committed",
        /// Days of a fee were taken off it.
        FeeSkipped(FeeSkipped) = "fee_skipped",
        /// They are due again.
        FeeRestored(FeeRestored) = "fee_restored",
        /// A milestone was reached.
        MilestoneReached(MilestoneReached) = "milestone_reached",
        /// Somebody decided on it.
        ApprovalDecided(Box<ApprovalDecided>) = "approval_decided",
        /// A decision of a batch was refused.
        DecisionRefused(DecisionRefused) = "decision_refused",
        /// Nobody decided in time.
        ApprovalExpired(ApprovalExpired) = "approval_expired",
        /// Consent was denied or not given.
        ConsentLapsed(ConsentLapsed) = "consent_lapsed",
        /// Held work is billable again.
        HoldReleased(HoldReleased) = "hold_released",
        /// An estimate was proposed.
        EstimateProposed(Box<EstimateProposed>) = "estimate_proposed",
        /// An estimate was withdrawn.
        EstimateWithdrawn(WithdrawEstimate) = "estimate_withdrawn",
        /// Its number is under way.
        NumberRequested(NumberRequested) = "number_requested",
        /// It was issued.
        Issued(Box<Issued>) = "issued",
        /// It should be voided.
        VoidProposed(Box<VoidProposed>) = "void_proposed",
        /// It was voided.
        Voided(Voided) = "voided",
        /// A credit note was drafted.
        CreditDrafted(Box<CreditDrafted>) = "credit_drafted",
        /// Its number is under way.
        CreditNumberRequested(CreditNumberRequested) = "credit_number_requested",
        /// It was issued.
        CreditIssued(Box<CreditIssued>) = "credit_issued",
        /// It was given up.
        CreditVoided(CreditVoided) = "credit_voided",
        /// Unused credit was set against an item.
        CreditApplied(CreditApplied) = "credit_applied",
        /// Unused credit is paid out.
        CreditRefunded(CreditRefunded) = "credit_refunded",
        /// Somebody wants money to go back.
        RefundProposed(Box<RefundProposed>) = "refund_proposed",
        /// The cash book could not pay a refund.
        RefundDeclined(Box<RefundDeclined>) = "refund_declined",
        /// A part of an item should be written off.
        WriteOffProposed(Box<WriteOffProposed>) = "write_off_proposed",
        /// It was written off.
        WrittenOff(WrittenOff) = "written_off",
        /// It is owed again.
        Recovered(Recovered) = "recovered",
        /// A part of it is disputed.
        DisputeOpened(Box<DisputeOpened>) = "dispute_opened",
        /// The dispute moved on.
        DisputeAdvanced(DisputeAdvanced) = "dispute_advanced",
        /// The dispute ended.
        DisputeClosed(DisputeClosed) = "dispute_closed",
        /// A customer left.
        CustomerReleased(Box<CustomerReleased>) = "customer_released",
        /// A customer came.
        CustomerAdmitted(Box<CustomerAdmitted>) = "customer_admitted",
        /// Money was applied.
        Allocated(Box<Allocated>) = "allocated",
        /// Money could not be applied.
        AllocationDeclined(AllocationDeclined) = "allocation_declined",
        /// Applied money was taken back.
        AllocationUndone(AllocationUndone) = "allocation_undone",
        /// Money was taken back before it was applied.
        ReservationWithdrawn(ReservationWithdrawn) = "reservation_withdrawn",
        /// Another log is told.
        Intent(Intent) = "intent",
        /// A fact of a document became known.
        FactRecorded(FactRecorded) = "fact_recorded",
        /// Somebody outside should do something.
        TaskEmitted(Box<Task>) = "task_emitted",
        /// It was done.
        TaskConfirmed(TaskConfirmed) = "task_confirmed",
        /// It could not be done.
        TaskFailed(TaskFailed) = "task_failed",
        /// It should be tried again.
        TaskRetried(TaskRetried) = "task_retried",
        /// Others may decide, too.
        ApprovalEscalated(ApprovalEscalated) = "approval_escalated",
        /// Files were registered.
        AttachmentsRegistered(AttachmentsRegistered) = "attachments_registered",
        /// A legal hold was placed.
        LegalHoldPlaced(Box<LegalHoldPlaced>) = "legal_hold_placed",
        /// It was lifted.
        LegalHoldLifted(LegalHoldLifted) = "legal_hold_lifted",
        /// A person asked for erasure.
        ErasureRequested(ErasureRequested) = "erasure_requested",
        /// Content was erased.
        Purged(Box<PlanItem>) = "purged",
        /// Everything personal was taken out of content.
        Anonymised(Box<PlanItem>) = "anonymised",
        /// Content must be kept.
        PurgeRefused(Box<PurgeRefused>) = "purge_refused",
        /// Days were closed.
        PeriodClosed(PeriodClosed) = "period_closed",
        /// Days are open again.
        PeriodReopened(PeriodReopened) = "period_reopened",
        /// Somebody asked to reopen days.
        ReopenAsked(ReopenAsked) = "reopen_asked",
    }
}

impl From<PeriodEvent> for AccountEvent {
    fn from(event: PeriodEvent) -> Self {
        match event {
            PeriodEvent::Closed(closed) => Self::PeriodClosed(closed),
            PeriodEvent::ReopenAsked(asked) => Self::ReopenAsked(asked),
            PeriodEvent::Reopened(reopened) => Self::PeriodReopened(reopened),
        }
    }
}

impl AccountEvent {
    /// Whether it stands in the record of a ready command alone.
    pub(super) const fn is_told(&self) -> bool {
        let number = matches!(self, Self::Issued(_) | Self::CreditIssued(_));
        let money = matches!(self, Self::Allocated(_) | Self::AllocationDeclined(_));
        number || money || matches!(self, Self::ReservationWithdrawn(_) | Self::RefundDeclined(_))
    }

    /// The ready command that it carries.
    #[must_use]
    pub const fn intent(&self) -> Option<&Intent> {
        if let Self::Intent(intent) = self { Some(intent) } else { None }
    }
}
