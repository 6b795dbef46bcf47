//! What each record did, small enough to keep: for timelines, and for whoever looks for exceptions.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::event::{
    AccountEvent, Allocated, AllocationUndone, ApprovalDecided, Captured, ConsentLapsed, CreditDrafted,
    Drafted, FactRecorded, FeeSkipped, HoldReleased, OpeningImported, Voided, WriteOffProposed, WrittenOff,
};
use crate::approval::{Asked, Lapse, Verdict};
use crate::audit::Record;
use crate::calendar::{Date, Instant};
use crate::canon::words;
use crate::id::Id;
use crate::invoice::{CreditEffect, DocumentFact};
use crate::money::{Currency, Minor};
use crate::rating::{Charge, ChargeSource};
use crate::retention::{About, AboutKind};
use crate::work::{Billable, Entry};

words! {
    /// What something that happened is about.
    pub enum Area {
        /// Tickets.
        Ticket = "ticket",
        /// Worked time and parts.
        Work = "work",
        /// Agreements, blocks, fees, plans and milestones.
        Agreement = "agreement",
        /// Estimates.
        Estimate = "estimate",
        /// Invoices.
        Invoice = "invoice",
        /// Credit notes and write-offs.
        Credit = "credit",
        /// Payments.
        Payment = "payment",
        /// Disputes.
        Dispute = "dispute",
        /// Deliveries, acceptances, promises, holds and remarks.
        Fact = "fact",
        /// Decisions on what needs approval.
        Decision = "decision",
        /// Days that are closed, customers and balances that move.
        Books = "books",
        /// What the outside world should do.
        Task = "task",
        /// Files, legal holds and erasure.
        Retention = "retention",
    }
}

words! {
    /// How something left the ordinary way.
    pub enum OverrideKind {
        /// It was recorded long after the day it counts from.
        Backdated = "backdated",
        /// A decision on another document stood for this one.
        CarriedDecision = "carried_decision",
        /// Somebody decided for another.
        Delegated = "delegated",
        /// Work to which nobody consented is billable again.
        HoldReleased = "hold_released",
        /// Work to which nobody consented was given up or billed at no charge.
        ConsentLapsed = "consent_lapsed",
        /// Closed days were opened again.
        PeriodReopened = "period_reopened",
        /// Nobody reminds of a document.
        CollectionHeld = "collection_held",
        /// A period of a fee is not billed.
        FeeSkipped = "fee_skipped",
        /// Work was captured as not to be charged.
        NoCharge = "no_charge",
        /// Money was put on items by hand.
        ManualMatch = "manual_match",
        /// A price came with the work and not from the rates.
        RateOverride = "rate_override",
        /// An allowance or charge was given on one bill, and not agreed in terms.
        OneOffAdjustment = "one_off_adjustment",
        /// Work was credited and is never billed again.
        ForgivenCredit = "forgiven_credit",
        /// What is owed was written off.
        WriteOff = "write_off",
        /// What was issued was voided by one person alone.
        VoidedAlone = "voided_alone",
        /// One person held duties that belong apart.
        Duties = "duties",
        /// What another system had was taken in: open items, money, hours, work that is billed there.
        OpeningImported = "opening_imported",
        /// Approval was judged by a rate between currencies that came with the command.
        ExchangeRate = "exchange_rate",
        /// A number of another system was taken in.
        NumberImported = "number_imported",
        /// A payment provider paid money back that nobody had recorded.
        ProviderRefund = "provider_refund",
    }
}

/// An amount with its currency.
type Sum = Option<(Minor, Currency)>;

/// One thing that a record did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// How much, where it has an amount.
    pub amount: Sum,
    /// What it is about.
    pub area: Area,
    /// The customer, where its documents do not say.
    pub customer: Option<Id>,
    /// The document or ticket that it belongs to.
    pub document: Option<Id>,
    /// The kind of event; of a fact its own.
    pub kind: &'static str,
    /// The person who worked, decided or recorded the payment, where that is another than the actor.
    pub person: Option<Id>,
    /// What happened to what.
    pub subject: Id,
}

/// One thing that a record did, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// Work was captured; the entry as it stands in the record says all of it.
    Captured(Arc<Entry>),
    /// Anything else.
    Step(Box<Step>),
}

impl Happening {
    /// It as a step.
    #[must_use]
    pub fn step(&self) -> Cow<'_, Step> {
        match self {
            Self::Step(step) => Cow::Borrowed(step),
            Self::Captured(entry) => Cow::Owned(Step {
                amount: None,
                area: Area::Work,
                customer: entry.customer.clone(),
                document: entry.ticket.clone(),
                kind: "captured",
                person: entry.agent.clone(),
                subject: entry.id.clone(),
            }),
        }
    }
}

/// One way in which a record left the ordinary way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// How much, where it has an amount.
    pub amount: Sum,
    /// The document it belongs to.
    pub document: Option<Id>,
    /// How.
    pub kind: OverrideKind,
    /// Who did it, where that is another than the actor.
    pub person: Option<Id>,
    /// Of what.
    pub subject: Id,
}

/// Who made one record and when; what it did stands in the [`History`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// When it was recorded.
    pub at: Instant,
    /// Who did it.
    pub by: Id,
    /// From when it counts.
    pub effective: Date,
    /// The day it belongs to, where that was closed and it counts later.
    pub occurred: Option<Date>,
    /// In which role.
    pub role: Id,
    /// Whether it carries out what another log recorded.
    pub system: bool,
    exceptions: Range<usize>,
    steps: Range<usize>,
}

/// What each record of an account did, who did it and when: all of them one behind the other, because most records do
/// one thing, for which lists of their own would be larger than what stands in them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    exceptions: Vec<Exception>,
    records: Vec<Passed>,
    steps: Vec<Happening>,
}

impl History {
    /// The records, by sequence from 1.
    #[must_use]
    pub fn records(&self) -> &[Passed] {
        &self.records
    }

    /// What happened in a record, in order.
    #[must_use]
    pub fn steps(&self, passed: &Passed) -> &[Happening] {
        self.steps.get(passed.steps.clone()).unwrap_or_default()
    }

    /// How a record left the ordinary way.
    #[must_use]
    pub fn exceptions(&self, passed: &Passed) -> &[Exception] {
        self.exceptions.get(passed.exceptions.clone()).unwrap_or_default()
    }

    /// Adds what a record did.
    pub(super) fn push(&mut self, record: &Record<AccountEvent>) {
        let (steps, exceptions) = (self.steps.len(), self.exceptions.len());
        for event in &record.events {
            self.event(event);
        }
        self.records.push(Passed {
            at: record.stamp.at,
            by: record.stamp.actor.clone(),
            effective: record.stamp.effective,
            exceptions: exceptions..self.exceptions.len(),
            occurred: record.stamp.occurred,
            role: record.stamp.role.clone(),
            steps: steps..self.steps.len(),
            system: record.stamp.is_system(),
        });
    }

    fn step(&mut self, area: Area, kind: &'static str, subject: &Id, document: Option<&Id>, amount: Sum) {
        self.step_of(Step {
            amount,
            area,
            customer: None,
            document: document.cloned(),
            kind,
            person: None,
            subject: subject.clone(),
        });
    }

    fn step_of(&mut self, step: Step) {
        self.steps.push(Happening::Step(Box::new(step)));
    }

    fn except(&mut self, kind: OverrideKind, subject: &Id, document: Option<&Id>, amount: Sum) {
        self.exceptions.push(Exception {
            amount,
            document: document.cloned(),
            kind,
            person: None,
            subject: subject.clone(),
        });
    }

    /// Rates by which thresholds in another currency were judged.
    fn exchanged(&mut self, asked: &Asked, subject: &Id, document: &Id, amount: Sum) {
        if !asked.exchange.is_empty() {
            self.except(OverrideKind::ExchangeRate, subject, Some(document), amount);
        }
    }

    fn event(&mut self, event: &AccountEvent) {
        use AccountEvent as E;
        use Area as A;
        let kind = event.kind();
        match event {
            E::Captured(e) => self.captured(e),
            E::Drafted(e) => self.drafted(e),
            E::NumberRequested(e) => self.step(A::Invoice, kind, &e.invoice, Some(&e.invoice), None),
            E::Issued(e) => {
                self.step(A::Invoice, kind, &e.invoice, Some(&e.invoice), sum(e.item.total, e.item.currency));
            }
            E::DepositRequested(e) => {
                self.step(A::Invoice, kind, &e.id, Some(&e.id), sum(e.amount, e.currency));
            }
            E::VoidProposed(e) => {
                let voiding = &e.voiding;
                let amount = sum(voiding.gross, voiding.currency);
                self.step(A::Invoice, kind, &voiding.id, Some(&voiding.invoice), amount);
                self.exchanged(&e.approval, &voiding.id, &voiding.invoice, amount);
            }
            E::Voided(e) => self.voided(e),
            E::ApprovalDecided(e) => self.decided(e),
            E::ApprovalExpired(e) => self.step(A::Decision, kind, &e.subject, Some(&e.subject), None),
            E::ApprovalEscalated(e) => self.step(A::Decision, kind, &e.subject, Some(&e.subject), None),
            E::ConsentLapsed(e) => self.lapsed(e),
            E::HoldReleased(e) => self.hold_released(e),
            E::FactRecorded(e) => self.fact(e),
            E::Allocated(e) => self.allocated(e),
            E::AllocationUndone(e) => self.undone(e),
            E::DisputeOpened(e) => {
                self.step(A::Dispute, kind, &e.dispute, Some(&e.invoice), sum(e.amount, e.currency));
            }
            E::DisputeAdvanced(e) => self.step(A::Dispute, kind, &e.dispute, None, None),
            E::DisputeClosed(e) => {
                self.step(A::Dispute, kind, &e.dispute, Some(&e.invoice), sum(e.accepted, e.currency));
            }
            E::EstimateProposed(e) => {
                let (id, amount) = (&e.estimate.estimate, sum(e.estimate.cap, e.estimate.currency));
                self.step(A::Estimate, kind, id, Some(id), amount);
                self.exchanged(&e.approval, id, id, amount);
            }
            E::EstimateWithdrawn(e) => self.step(A::Estimate, kind, &e.estimate, Some(&e.estimate), None),
            E::CreditDrafted(e) => self.credit_drafted(e),
            E::CreditIssued(e) => {
                self.step(A::Credit, kind, &e.credit, Some(&e.credit), sum(e.item.total, e.currency));
            }
            E::CreditVoided(e) => self.step(A::Credit, kind, &e.credit, Some(&e.credit), None),
            E::CreditApplied(e) => {
                self.step(A::Credit, kind, &e.from, Some(&e.to), sum(e.amount, e.currency))
            }
            E::CreditRefunded(e) => {
                self.step(A::Credit, kind, &e.id, Some(&e.item), sum(e.amount, e.currency))
            }
            E::RefundProposed(e) => {
                let (id, (amount, currency)) = (e.refund.id(), e.refund.amount());
                self.step(A::Credit, kind, id, e.refund.item(), sum(amount, currency));
                self.exchanged(&e.approval, id, e.refund.item().unwrap_or(id), sum(amount, currency));
            }
            E::RefundDeclined(e) => self.step(A::Credit, kind, &e.order.refund, None, None),
            E::WriteOffProposed(proposed) => {
                let WriteOffProposed { approval, write_off: e } = proposed.as_ref();
                self.step(A::Credit, kind, &e.id, Some(&e.item), sum(e.amount, e.currency));
                self.exchanged(approval, &e.id, &e.item, sum(e.amount, e.currency));
            }
            E::WrittenOff(e) => self.written_off(e),
            E::Recovered(e) => {
                let item = e.balances.first().map(|balance| &balance.item);
                self.step(A::Credit, kind, &e.write_off, item, sum(e.amount, e.currency));
            }
            E::BlockSold(e) => self.step(A::Agreement, kind, &e.sale, None, sum(e.charge.net, e.currency)),
            E::PlanCommitted(e) => self.step(A::Agreement, kind, &e.key, None, None),
            E::FeeSkipped(e) => self.fee_skipped(e),
            E::FeeRestored(e) => self.step(A::Agreement, kind, &e.fee, None, None),
            E::MilestoneReached(e) => self.step(A::Agreement, kind, &e.milestone, None, None),
            E::OpeningImported(e) => self.imported(e),
            E::CustomerReleased(e) => self.step(A::Books, kind, &e.customer, None, None),
            E::CustomerAdmitted(e) => self.step(A::Books, kind, &e.customer, None, None),
            E::PeriodReopened(e) => self.except(OverrideKind::PeriodReopened, &e.asked_by, None, None),
            E::TaskEmitted(e) => self.step(A::Task, kind, &e.id, Some(&e.document), None),
            E::TaskConfirmed(e) => self.step(A::Task, kind, &e.task, None, None),
            E::TaskFailed(e) => self.step(A::Task, kind, &e.task, None, None),
            E::TaskRetried(e) => self.step(A::Task, kind, &e.task, None, None),
            E::AttachmentsRegistered(e) => {
                e.attachments.iter().for_each(|one| self.content(kind, &one.id, Some(&one.about)));
            }
            E::LegalHoldPlaced(e) => self.content(kind, &e.hold, e.about.as_ref()),
            E::LegalHoldLifted(e) => self.content(kind, &e.hold, None),
            E::ErasureRequested(e) => self.content(kind, &e.person, None),
            E::Purged(e) | E::Anonymised(e) => self.content(kind, &e.id, Some(&e.about)),
            E::PurgeRefused(e) => self.content(kind, &e.item.id, Some(&e.item.about)),
            // What another log is told or could not do is no step of the account's own.
            E::Intent(_)
            | E::DecisionRefused(_)
            | E::CreditNumberRequested(_)
            | E::AllocationDeclined(_)
            | E::ReservationWithdrawn(_)
            | E::PeriodClosed(_)
            | E::ReopenAsked(_) => {}
        }
    }

    fn captured(&mut self, captured: &Captured) {
        for ticket in &captured.tickets {
            self.step(Area::Ticket, "captured", &ticket.id, Some(&ticket.id), None);
        }
        for entry in &captured.entries {
            self.steps.push(Happening::Captured(Arc::clone(entry)));
            if entry.billable == Billable::NoCharge {
                self.except(OverrideKind::NoCharge, &entry.id, entry.ticket.as_ref(), None);
            }
        }
    }

    fn drafted(&mut self, drafted: &Drafted) {
        let draft = &drafted.draft;
        let amount = sum(draft.totals.gross, draft.currency);
        self.step(Area::Invoice, "drafted", &draft.id, Some(&draft.id), amount);
        self.exchanged(&drafted.approval, &draft.id, &draft.id, amount);
        if !drafted.approval.carried.is_empty() {
            self.except(OverrideKind::CarriedDecision, &draft.id, Some(&draft.id), amount);
        }
        for one in draft.adjustments.iter().filter(|one| one.one_off) {
            let given = Some((one.kind.signed(one.net), draft.currency));
            self.except(OverrideKind::OneOffAdjustment, &draft.id, Some(&draft.id), given);
        }
        let overridden = |charge: &Charge| {
            let priced = !charge.no_charge && charge.coverage.is_none();
            priced && charge.rate.is_none() && charge.source == ChargeSource::Entry
        };
        for line in draft.lines.iter().filter(|line| line.charges.iter().any(overridden)) {
            self.except(
                OverrideKind::RateOverride,
                &line.id,
                Some(&draft.id),
                Some((line.net, draft.currency)),
            );
        }
    }

    fn voided(&mut self, voided: &Voided) {
        let (invoice, amount) = (&voided.invoice, sum(voided.gross, voided.currency));
        self.step(Area::Invoice, "voided", invoice, Some(invoice), amount);
        if let Some(voiding) = &voided.voiding {
            // Whether others decided stands in the request.
            self.except(OverrideKind::VoidedAlone, voiding, Some(invoice), amount);
        }
    }

    /// What is kept or erased, with the document or ticket that it is about.
    fn content(&mut self, kind: &'static str, subject: &Id, about: Option<&About>) {
        let document = about.and_then(|about| match about.kind {
            AboutKind::Approval | AboutKind::Document | AboutKind::Ticket => Some(&about.id),
            AboutKind::Dispute | AboutKind::Entry | AboutKind::Receipt | AboutKind::Record => None,
        });
        self.step(Area::Retention, kind, subject, document, None);
    }

    fn decided(&mut self, decided: &ApprovalDecided) {
        let (subject, decision) = (&decided.subject, &decided.decision);
        let kind = match decision.verdict {
            Verdict::Approve => "approved",
            Verdict::Reject => "rejected",
        };
        let person = decision.delegation.as_ref().map(|delegation| delegation.from.clone());
        self.step_of(Step {
            amount: None,
            area: Area::Decision,
            customer: None,
            document: Some(subject.clone()),
            kind,
            person,
            subject: subject.clone(),
        });
        if decision.delegation.is_some() {
            self.except(OverrideKind::Delegated, subject, Some(subject), None);
        }
    }

    fn fact(&mut self, recorded: &FactRecorded) {
        let fact = &recorded.known.fact;
        let kind = fact.delivered().map_or_else(|| fact.kind(), crate::invoice::DeliveryStatus::word);
        self.step(Area::Fact, kind, &recorded.document, Some(&recorded.document), None);
        if let DocumentFact::Held(_) = fact {
            self.except(OverrideKind::CollectionHeld, &recorded.document, Some(&recorded.document), None);
        }
    }

    fn allocated(&mut self, allocated: &Allocated) {
        let reservation = &allocated.reservation;
        for allocation in &reservation.allocations {
            let amount = sum(allocation.cash, allocation.currency);
            self.step_of(Step {
                amount,
                area: Area::Payment,
                customer: None,
                document: Some(allocation.item.clone()),
                kind: "allocated",
                person: reservation.by.clone(),
                subject: reservation.id.clone(),
            });
            if reservation.method.is_none() {
                self.exceptions.push(Exception {
                    amount,
                    document: Some(allocation.item.clone()),
                    kind: OverrideKind::ManualMatch,
                    person: reservation.by.clone(),
                    subject: reservation.id.clone(),
                });
            }
        }
    }

    fn undone(&mut self, undone: &AllocationUndone) {
        for balance in &undone.balances {
            self.step(Area::Payment, "allocation_undone", &undone.reservation, Some(&balance.item), None);
        }
    }

    fn credit_drafted(&mut self, drafted: &CreditDrafted) {
        let note = &drafted.credit;
        let amount = sum(note.totals.payable, note.currency);
        self.step(Area::Credit, "credit_drafted", &note.id, Some(&note.invoice), amount);
        self.exchanged(&drafted.approval, &note.id, &note.invoice, amount);
        if note.effect == CreditEffect::Forgive {
            self.except(OverrideKind::ForgivenCredit, &note.id, Some(&note.invoice), amount);
        }
    }

    fn written_off(&mut self, written: &WrittenOff) {
        let item = written.balances.first().map(|balance| &balance.item);
        let amount = sum(written.amount, written.currency);
        self.step(Area::Credit, "written_off", &written.write_off, item, amount);
        self.except(OverrideKind::WriteOff, &written.write_off, item, amount);
    }

    fn hold_released(&mut self, released: &HoldReleased) {
        let subject = &released.subject;
        self.step(Area::Decision, "hold_released", subject, Some(subject), None);
        self.except(OverrideKind::HoldReleased, subject, Some(subject), None);
    }

    fn fee_skipped(&mut self, skipped: &FeeSkipped) {
        self.step(Area::Agreement, "fee_skipped", &skipped.fee, None, None);
        self.except(OverrideKind::FeeSkipped, &skipped.fee, None, None);
    }

    fn imported(&mut self, opening: &OpeningImported) {
        for item in &opening.items {
            let amount = sum(item.open, item.currency);
            self.step(Area::Books, "opening_imported", &item.id, Some(&item.id), amount);
            self.except(OverrideKind::OpeningImported, &item.id, Some(&item.id), amount);
        }
        for cash in &opening.cash {
            self.except(OverrideKind::OpeningImported, &cash.id, None, sum(cash.amount, cash.currency));
        }
        for balance in &opening.balances {
            self.except(OverrideKind::OpeningImported, &balance.agreement, None, None);
        }
        for work in &opening.billed_elsewhere {
            self.except(OverrideKind::OpeningImported, work, None, None);
        }
    }

    fn lapsed(&mut self, lapsed: &ConsentLapsed) {
        let subject = &lapsed.subject;
        self.step(Area::Decision, "consent_lapsed", subject, Some(subject), None);
        match lapsed.lapse {
            Lapse::Return | Lapse::Hold => {}
            Lapse::BillCovered | Lapse::WriteOff => {
                self.except(OverrideKind::ConsentLapsed, subject, Some(subject), None);
            }
        }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the field is none where nothing has an amount")]
const fn sum(amount: Minor, currency: Currency) -> Sum {
    Some((amount, currency))
}
