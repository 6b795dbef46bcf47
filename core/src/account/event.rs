use super::action::{
    AskedRefund, FeeOutcome, OpeningBalance, OpeningCash, OpeningLevel, PaidInvoice, ProposeEstimate,
    WithdrawEstimate, WriteOff,
};
use super::deposit::RequestDeposit;
use super::moves::{CustomerAdmitted, CustomerReleased};
use super::tasks::ApprovalEscalated;
use crate::approval::{ApprovalStatus, Asked, Decision, Lapse, SubjectKind};
use crate::audit::{Intent, PeriodClosed, PeriodEvent, PeriodReopened, ReopenAsked};
use crate::calendar::{Date, Instant};
use crate::canon::{Digest, shape, union, words};
use crate::id::Id;
use crate::invoice::{
    CreditNote, CreditScope, DiscountOffer, DisputeEvidence, DisputeOutcome, DisputeStep, Draft, GroupValue,
    Instalment, KnownFact, Period,
};
use crate::ledger::ItemTerms;
use crate::money::{Currency, Minor, Price};
use crate::payment::{RefundDeclined, Reservation};
use crate::rating::{Charge, ChargeSource};
use crate::retention::{
    AttachmentsRegistered, ErasureRequested, LegalHoldLifted, LegalHoldPlaced, PlanItem, PurgeRefused,
};
use crate::task::{Task, TaskConfirmed, TaskFailed, TaskRetried};
use crate::work::{Entry, Ticket};

shape! {
    /// What an import adds in one currency, to be checked against the system it moves in from.
    pub struct ControlTotal {
        /// Unapplied cash.
        pub cash: Minor,
        /// Invoices and credits less cash.
        pub control: Minor,
        /// Open credits, below 0.
        pub credits: Minor,
        /// The currency.
        pub currency: Currency,
        /// Open invoices.
        pub invoices: Minor,
    }
}

shape! {
    /// The account moved in.
    pub struct OpeningImported {
        /// Prepaid blocks.
        pub balances: Vec<OpeningBalance>,
        /// Ids of work that was billed before.
        pub billed_elsewhere: Vec<Id>,
        /// Unapplied cash; the cash books are told.
        pub cash: Vec<OpeningCash>,
        /// The date its balances count from.
        pub cutover: Date,
        /// How far reminding had gone.
        pub dunning: Vec<OpeningLevel>,
        /// Invoices that were paid before.
        pub history: Vec<PaidInvoice>,
        /// Open invoices and credits.
        pub items: Vec<ItemTerms>,
        /// What that adds, by currency.
        pub totals: Vec<ControlTotal>,
    }
}

shape! {
    /// New or changed work.
    pub struct Captured {
        /// Time and parts.
        pub entries: Vec<Entry>,
        /// Tickets.
        pub tickets: Vec<Ticket>,
    }
}

shape! {
    /// A prepaid block was sold, or an amount that was agreed for a milestone fell due.
    pub struct BlockSold {
        /// The agreement.
        pub agreement: Id,
        /// What will be billed for it.
        pub charge: Charge,
        /// The currency of the charge.
        pub currency: Currency,
        /// The customer.
        pub customer: Id,
        /// The sale.
        pub sale: Id,
        /// Seconds that can be drawn; none for a milestone.
        pub seconds: u64,
    }
}

shape! {
    /// A part of an estimate that a line takes.
    pub struct Draw {
        /// Net before tax.
        pub amount: Minor,
        /// The currency of the amount.
        pub currency: Currency,
        /// The estimate.
        pub estimate: Id,
        /// The line.
        pub line: Id,
    }
}

words! {
    /// What set a billing off.
    pub enum PlanKind {
        /// Somebody, by hand.
        Manual = "manual",
        /// An anchored day.
        Schedule = "schedule",
        /// The unbilled balance.
        Balance = "balance",
        /// A ticket.
        Ticket = "ticket",
        /// A milestone.
        Milestone = "milestone",
    }
}

shape! {
    /// What stayed unbilled because it was less than the minimum of an invoice.
    pub struct CarriedForward {
        /// The currency of the net.
        pub currency: Currency,
        /// What its lines have in common.
        pub grouping: Vec<GroupValue>,
        /// The minimum.
        pub minimum: Price,
        /// What it came to before tax.
        pub net: Minor,
    }
}

shape! {
    /// A plan was carried out: its key is used up, whatever becomes of its invoices.
    pub struct PlanCommitted {
        /// What set it off.
        pub by: PlanKind,
        /// What was carried forward.
        pub carried: Vec<CarriedForward>,
        /// The invoices that it drafted; what their lines have in common stands on them.
        pub invoices: Vec<Id>,
        /// Its key: account, trigger and period.
        pub key: Id,
        /// The days it billed.
        pub period: Period,
        /// The plan of the policy, or the name of a run by hand.
        pub trigger: Id,
    }
}

shape! {
    /// Days of a fee were taken off it.
    pub struct FeeSkipped {
        /// The agreement.
        pub agreement: Id,
        /// The customer of the agreement.
        pub customer: Id,
        /// The fee.
        pub fee: Id,
        /// The first day.
        pub from: Date,
        /// Why.
        pub outcome: FeeOutcome,
        /// The last day.
        pub to: Date,
    }
}

shape! {
    /// Skipped days of a fee are due again.
    pub struct FeeRestored {
        /// The agreement.
        pub agreement: Id,
        /// The fee.
        pub fee: Id,
        /// The first day.
        pub from: Date,
        /// The last day.
        pub to: Date,
    }
}

shape! {
    /// A project reached a milestone.
    pub struct MilestoneReached {
        /// The last day of work that is due with it.
        pub effective: Date,
        /// The milestone.
        pub milestone: Id,
        /// The project.
        pub project: Id,
    }
}

shape! {
    /// An invoice was drafted; its work is on no other live line.
    pub struct Drafted {
        /// The request for its approval: by whom, on which digest, what is needed and why.
        pub approval: Asked,
        /// The invoice, whole.
        pub draft: Draft,
        /// What it draws on estimates that the customer consented to.
        pub draws: Vec<Draw>,
    }
}

shape! {
    /// Somebody decided on what waits for approval.
    pub struct ApprovalDecided {
        /// The decision.
        pub decision: Decision,
        /// Where its request stands after that.
        pub status: ApprovalStatus,
        /// What was decided on.
        pub subject: Id,
        /// What kind of thing that is.
        pub subject_kind: SubjectKind,
    }
}

shape! {
    /// A decision of a batch was refused; the others stand.
    pub struct DecisionRefused {
        /// Number of the code of the first reason.
        pub code: u16,
        /// Name of that code.
        pub name: String,
        /// Its place in the batch.
        pub place: u32,
        /// What was to be decided on.
        pub subject: Id,
    }
}

shape! {
    /// A request ended because nobody decided in time.
    pub struct ApprovalExpired {
        /// When it was recorded.
        pub at: Instant,
        /// The rule whose time was over.
        pub rule: Id,
        /// What waited.
        pub subject: Id,
        /// What kind of thing that is.
        pub subject_kind: SubjectKind,
    }
}

shape! {
    /// Work that consent was asked for.
    pub struct LapsedWork {
        /// The entry or sale.
        pub id: Id,
        /// What it is.
        pub source: ChargeSource,
    }
}

shape! {
    /// What became of work to which consent was denied, or not given in time.
    pub struct ConsentLapsed {
        /// What became of it.
        pub lapse: Lapse,
        /// The rule that says so.
        pub rule: Id,
        /// What consent was asked for.
        pub subject: Id,
        /// The work.
        pub work: Vec<LapsedWork>,
    }
}

shape! {
    /// Held work is billable again.
    pub struct HoldReleased {
        /// What consent was asked for.
        pub subject: Id,
        /// The work.
        pub work: Vec<LapsedWork>,
    }
}

shape! {
    /// A customer is asked to consent to work up to a cap.
    pub struct EstimateProposed {
        /// The request for consent.
        pub approval: Asked,
        /// What is proposed.
        pub estimate: ProposeEstimate,
    }
}

shape! {
    /// An invoice has all approvals; its number is under way and its content frozen.
    pub struct NumberRequested {
        /// The currency of every amount.
        pub currency: Currency,
        /// The issue date.
        pub date: Date,
        /// What may be left out when it is paid early.
        pub discount: Option<DiscountOffer>,
        /// The due date.
        pub due: Date,
        /// Its instalments; empty when it is due in one sum.
        pub instalments: Vec<Instalment>,
        /// The invoice.
        pub invoice: Id,
        /// The series.
        pub series: Id,
    }
}

shape! {
    /// An invoice has its number and became a receivable.
    pub struct Issued {
        /// The invoice.
        pub invoice: Id,
        /// What is owed.
        pub item: ItemTerms,
    }
}

shape! {
    /// What is shown of an issued invoice that somebody wants to void.
    pub struct Voiding {
        /// The currency of every amount.
        pub currency: Currency,
        /// Its net and tax.
        pub gross: Minor,
        /// What is approved: an id made of the invoice.
        pub id: Id,
        /// The invoice.
        pub invoice: Id,
        /// Its net before tax.
        pub net: Minor,
        /// Its number.
        pub number: Option<Id>,
        /// Why.
        pub reason: Id,
    }
}

shape! {
    /// Somebody wants to void an issued invoice.
    pub struct VoidProposed {
        /// The request for its approval: by whom, on which digest, what is needed and why.
        pub approval: Asked,
        /// What is to be voided.
        pub voiding: Voiding,
    }
}

shape! {
    /// An invoice was voided.
    pub struct Voided {
        /// The currency of every amount.
        pub currency: Currency,
        /// The date it takes effect.
        pub effective: Date,
        /// Net and tax that it took away.
        pub gross: Minor,
        /// The invoice.
        pub invoice: Id,
        /// Net before tax that it took away.
        pub net: Minor,
        /// Why.
        pub reason: Id,
        /// What was approved, where the invoice was issued.
        pub voiding: Option<Id>,
    }
}

shape! {
    /// A dispute moved on.
    pub struct DisputeAdvanced {
        /// The dispute.
        pub dispute: Id,
        /// The date it takes effect.
        pub effective: Date,
        /// Where to.
        pub to: DisputeStep,
    }
}

shape! {
    /// A dispute ended.
    pub struct DisputeClosed {
        /// How much the seller agreed to.
        pub accepted: Minor,
        /// The currency.
        pub currency: Currency,
        /// The dispute.
        pub dispute: Id,
        /// What is still disputed on the item.
        pub disputed: Minor,
        /// The date it takes effect.
        pub effective: Date,
        /// The invoice or opening item.
        pub invoice: Id,
        /// How.
        pub outcome: DisputeOutcome,
        /// The credit note or write-off that took the accepted part back.
        pub remedy: Option<Id>,
    }
}

shape! {
    /// What is open on an item after an allocation.
    pub struct ItemBalance {
        /// The currency.
        pub currency: Currency,
        /// The item.
        pub item: Id,
        /// What is open.
        pub open: Minor,
    }
}

shape! {
    /// Reserved money was applied.
    pub struct Allocated {
        /// What is open afterwards.
        pub balances: Vec<ItemBalance>,
        /// The reservation with its allocations.
        pub reservation: Reservation,
    }
}

shape! {
    /// Reserved money could not be applied; the cash book is told to release it.
    pub struct AllocationDeclined {
        /// Number of the code of the first reason.
        pub code: u16,
        /// Name of that code.
        pub name: String,
        /// Key of the reservation.
        pub reservation: Id,
    }
}

shape! {
    /// Applied money was taken back: what it had paid is open again, and the money is unapplied.
    pub struct AllocationUndone {
        /// What is open afterwards.
        pub balances: Vec<ItemBalance>,
        /// The date it takes effect; never before the money was applied.
        pub effective: Date,
        /// Why: a code of the host, or of the bank's reversal.
        pub reason: Id,
        /// Key of the reservation.
        pub reservation: Id,
    }
}

shape! {
    /// The bank took money back before it was applied here; it never will be.
    pub struct ReservationWithdrawn {
        /// Why: the code of the reversal.
        pub reason: Id,
        /// Key of the reservation.
        pub reservation: Id,
    }
}

shape! {
    /// A credit note was drafted; what it takes can be credited by no other.
    pub struct CreditDrafted {
        /// The request for its approval: by whom, on which digest, what is needed and why.
        pub approval: Asked,
        /// The credit note, whole.
        pub credit: CreditNote,
        /// How much of its invoice was asked to be credited: what its lines and sums follow from.
        pub scope: CreditScope,
    }
}

shape! {
    /// A credit note has all approvals; its number is under way and its content frozen.
    pub struct CreditNumberRequested {
        /// The credit note.
        pub credit: Id,
        /// The issue date.
        pub date: Date,
        /// The series.
        pub series: Id,
    }
}

shape! {
    /// Seconds of a block whose sale was forgiven, as far as they were left.
    pub struct TakenSeconds {
        /// The agreement.
        pub agreement: Id,
        /// The sale.
        pub sale: Id,
        /// How many.
        pub seconds: u64,
    }
}

shape! {
    /// A credit note has its number; it is set against its invoice up to what is open.
    pub struct CreditIssued {
        /// What of it was set against its invoice.
        pub applied: Minor,
        /// What is open on both afterwards.
        pub balances: Vec<ItemBalance>,
        /// The credit note.
        pub credit: Id,
        /// The currency.
        pub currency: Currency,
        /// The date from which it is set against its invoice.
        pub effective: Date,
        /// What is owed to the customer, below 0.
        pub item: ItemTerms,
        /// What of forgiven blocks can be drawn no more.
        pub taken: Vec<TakenSeconds>,
    }
}

shape! {
    /// A credit note that was not issued is given up.
    pub struct CreditVoided {
        /// The credit note.
        pub credit: Id,
        /// Why.
        pub reason: Id,
    }
}

shape! {
    /// Unused credit was set against an item.
    pub struct CreditApplied {
        /// How much.
        pub amount: Minor,
        /// What is open on both afterwards.
        pub balances: Vec<ItemBalance>,
        /// The currency.
        pub currency: Currency,
        /// The date it takes effect.
        pub effective: Date,
        /// The credit.
        pub from: Id,
        /// What it was set against.
        pub to: Id,
    }
}

shape! {
    /// Somebody wants money to go back.
    pub struct RefundProposed {
        /// The request for its approval: by whom, on which digest, what is needed and why.
        pub approval: Asked,
        /// What is to be paid.
        pub refund: AskedRefund,
    }
}

shape! {
    /// Unused credit is paid out; the cash book is told.
    pub struct CreditRefunded {
        /// How much.
        pub amount: Minor,
        /// What is left of the credit.
        pub balances: Vec<ItemBalance>,
        /// The cash book.
        pub book: Id,
        /// The currency.
        pub currency: Currency,
        /// The date it takes effect.
        pub effective: Date,
        /// Id of the refund.
        pub id: Id,
        /// The credit.
        pub item: Id,
        /// Why.
        pub reason: Id,
    }
}

shape! {
    /// Somebody wants to write a part of an item off.
    pub struct WriteOffProposed {
        /// The request for its approval: by whom, on which digest, what is needed and why.
        pub approval: Asked,
        /// The write-off.
        pub write_off: WriteOff,
    }
}

shape! {
    /// A part of an item was written off.
    pub struct WrittenOff {
        /// How much.
        pub amount: Minor,
        /// What is open afterwards.
        pub balances: Vec<ItemBalance>,
        /// The currency.
        pub currency: Currency,
        /// The date it takes effect.
        pub effective: Date,
        /// Why.
        pub reason: Id,
        /// The write-off.
        pub write_off: Id,
    }
}

shape! {
    /// What was written off is owed again.
    pub struct Recovered {
        /// How much.
        pub amount: Minor,
        /// What is open afterwards.
        pub balances: Vec<ItemBalance>,
        /// The currency.
        pub currency: Currency,
        /// The date it takes effect.
        pub effective: Date,
        /// Why.
        pub reason: Id,
        /// The write-off.
        pub write_off: Id,
    }
}

shape! {
    /// A part of an item is disputed from a date; neither what is open nor the total changes.
    pub struct DisputeOpened {
        /// How much.
        pub amount: Minor,
        /// Who says so.
        pub by: Id,
        /// The currency.
        pub currency: Currency,
        /// The dispute.
        pub dispute: Id,
        /// What is disputed on the item, by all disputes.
        pub disputed: Minor,
        /// The date it takes effect.
        pub effective: Date,
        /// What proves it.
        pub evidence: Vec<DisputeEvidence>,
        /// Digest of exactly this evidence.
        pub frozen: Digest,
        /// The invoice or opening item.
        pub invoice: Id,
        /// The lines that are named.
        pub lines: Vec<Id>,
        /// Reason code.
        pub reason_code: Id,
    }
}

shape! {
    /// A fact of a document became known.
    pub struct FactRecorded {
        /// The document.
        pub document: Id,
        /// The fact, with who made it known and when.
        pub known: KnownFact,
    }
}

union! {
    /// What happened in an account.
    pub enum AccountEvent {
        /// The account moved in.
        OpeningImported(OpeningImported) = "opening_imported",
        /// Work was captured.
        Captured(Captured) = "captured",
        /// A prepaid block was sold.
        BlockSold(BlockSold) = "block_sold",
        /// A down payment is billed.
        DepositRequested(RequestDeposit) = "deposit_requested",
        /// An invoice was drafted.
        Drafted(Drafted) = "drafted",
        /// A plan was carried out.
        PlanCommitted(PlanCommitted) = "plan_committed",
        /// Days of a fee were taken off it.
        FeeSkipped(FeeSkipped) = "fee_skipped",
        /// They are due again.
        FeeRestored(FeeRestored) = "fee_restored",
        /// A milestone was reached.
        MilestoneReached(MilestoneReached) = "milestone_reached",
        /// Somebody decided on it.
        ApprovalDecided(ApprovalDecided) = "approval_decided",
        /// A decision of a batch was refused.
        DecisionRefused(DecisionRefused) = "decision_refused",
        /// Nobody decided in time.
        ApprovalExpired(ApprovalExpired) = "approval_expired",
        /// Consent was denied or not given.
        ConsentLapsed(ConsentLapsed) = "consent_lapsed",
        /// Held work is billable again.
        HoldReleased(HoldReleased) = "hold_released",
        /// An estimate was proposed.
        EstimateProposed(EstimateProposed) = "estimate_proposed",
        /// An estimate was withdrawn.
        EstimateWithdrawn(WithdrawEstimate) = "estimate_withdrawn",
        /// Its number is under way.
        NumberRequested(NumberRequested) = "number_requested",
        /// It was issued.
        Issued(Issued) = "issued",
        /// It should be voided.
        VoidProposed(VoidProposed) = "void_proposed",
        /// It was voided.
        Voided(Voided) = "voided",
        /// A credit note was drafted.
        CreditDrafted(CreditDrafted) = "credit_drafted",
        /// Its number is under way.
        CreditNumberRequested(CreditNumberRequested) = "credit_number_requested",
        /// It was issued.
        CreditIssued(CreditIssued) = "credit_issued",
        /// It was given up.
        CreditVoided(CreditVoided) = "credit_voided",
        /// Unused credit was set against an item.
        CreditApplied(CreditApplied) = "credit_applied",
        /// Unused credit is paid out.
        CreditRefunded(CreditRefunded) = "credit_refunded",
        /// Somebody wants money to go back.
        RefundProposed(RefundProposed) = "refund_proposed",
        /// The cash book could not pay a refund.
        RefundDeclined(RefundDeclined) = "refund_declined",
        /// A part of an item should be written off.
        WriteOffProposed(WriteOffProposed) = "write_off_proposed",
        /// It was written off.
        WrittenOff(WrittenOff) = "written_off",
        /// It is owed again.
        Recovered(Recovered) = "recovered",
        /// A part of it is disputed.
        DisputeOpened(DisputeOpened) = "dispute_opened",
        /// The dispute moved on.
        DisputeAdvanced(DisputeAdvanced) = "dispute_advanced",
        /// The dispute ended.
        DisputeClosed(DisputeClosed) = "dispute_closed",
        /// A customer left.
        CustomerReleased(CustomerReleased) = "customer_released",
        /// A customer came.
        CustomerAdmitted(CustomerAdmitted) = "customer_admitted",
        /// Money was applied.
        Allocated(Allocated) = "allocated",
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
        TaskEmitted(Task) = "task_emitted",
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
        LegalHoldPlaced(LegalHoldPlaced) = "legal_hold_placed",
        /// It was lifted.
        LegalHoldLifted(LegalHoldLifted) = "legal_hold_lifted",
        /// A person asked for erasure.
        ErasureRequested(ErasureRequested) = "erasure_requested",
        /// Content was erased.
        Purged(PlanItem) = "purged",
        /// Everything personal was taken out of content.
        Anonymised(PlanItem) = "anonymised",
        /// Content must be kept.
        PurgeRefused(PurgeRefused) = "purge_refused",
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
    /// The ready command that it carries.
    #[must_use]
    pub const fn intent(&self) -> Option<&Intent> {
        if let Self::Intent(intent) = self { Some(intent) } else { None }
    }
}
