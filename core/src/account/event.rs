use super::action::{DisputeOutcome, FeeOutcome, OpenDispute, ProposeEstimate, WithdrawEstimate};
use crate::approval::{ApprovalStatus, Asked, Decision, Lapse, SubjectKind};
use crate::audit::{Intent, PeriodClosed, PeriodEvent, PeriodReopened, ReopenAsked};
use crate::calendar::{Date, Instant};
use crate::canon::{shape, union, words};
use crate::id::Id;
use crate::invoice::{DiscountOffer, Draft, GroupValue, Instalment, Period};
use crate::ledger::ItemTerms;
use crate::money::{Currency, Minor, Price};
use crate::payment::Reservation;
use crate::rating::{Charge, ChargeSource};
use crate::work::{Entry, Ticket};

shape! {
    /// The account moved in.
    pub struct OpeningImported {
        /// Ids of work that was billed before.
        pub billed_elsewhere: Vec<Id>,
        /// The date its balances count from.
        pub cutover: Date,
        /// Open invoices.
        pub items: Vec<ItemTerms>,
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
    /// A prepaid block was sold.
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
        /// Seconds that can be drawn.
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
    /// An invoice was voided.
    pub struct Voided {
        /// The invoice.
        pub invoice: Id,
        /// The date it takes effect.
        pub effective: Date,
    }
}

shape! {
    /// A dispute ended.
    pub struct DisputeClosed {
        /// The dispute.
        pub dispute: Id,
        /// The date it takes effect.
        pub effective: Date,
        /// The invoice or opening item.
        pub invoice: Id,
        /// How.
        pub outcome: DisputeOutcome,
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
    /// A part of an item is disputed from a date.
    pub struct DisputeOpened {
        /// The dispute.
        pub dispute: OpenDispute,
        /// The date it takes effect.
        pub effective: Date,
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
        /// An invoice was drafted.
        Drafted(Drafted) = "drafted",
        /// Somebody decided on what waits for approval.
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
        /// It was voided.
        Voided(Voided) = "voided",
        /// A part of it is disputed.
        DisputeOpened(DisputeOpened) = "dispute_opened",
        /// The dispute ended.
        DisputeClosed(DisputeClosed) = "dispute_closed",
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
