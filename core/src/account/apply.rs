use std::collections::VecDeque;
use std::sync::Arc;

use super::capture::agreed;
use super::decide::{because, refuse};
use super::error::AccountError;
use super::event::{
    AccountEvent, Allocated, AllocationDeclined, AllocationUndone, BlockSold, Captured, DisputeAdvanced,
    DisputeClosed, DisputeOpened, Drafted, ReservationWithdrawn,
};
use super::occasions::AskedFor;
use super::register::Shelf;
use super::reparent::Passing;
use super::state::{Account, Applied, Billed, Dispute, Invoice, Sale};
use super::telling::Next;
use crate::agreement::AgreementError;
use crate::audit::{AuditError, Intent, PeriodEvent, Recorded, Stamp};
use crate::calendar::{Date, Dated};
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{DisputeState, DocumentState, Draft, InvoiceCommand, InvoiceError, allow_step, frozen};
use crate::ledger::{Moment, MovementKind};
use crate::money::Minor;
use crate::rating::{Charge, ChargeSource};

/// Puts one thing back as it was.
type Undo = Box<dyn FnOnce(&mut Account)>;

/// Gives what the account keeps of one kind.
type Field<S> = fn(&mut Account) -> &mut S;

impl Account {
    /// Applies a record, wholly or not at all: an event that does not fit undoes those before it.
    /// Applying is total on what [`Account::decide`] gave.
    ///
    /// # Errors
    /// What [`Chain::check`](crate::audit::Chain::check) refuses, and why an event does not fit.
    pub fn apply(&mut self, recorded: &Recorded<AccountEvent>) -> Result<(), Refusal> {
        let continues = self.chain.check(recorded.record(), &self.sender(recorded.record()))?;
        self.check_erased(recorded.record())?;
        let stamp = &recorded.record().stamp;
        let mut change = Change::of(self, stamp);
        let mut events = recorded.record().events.iter();
        if let Err(refusal) = events.try_for_each(|event| change.event(event)).and_then(|()| change.ended()) {
            change.take_back();
            return Err(refusal);
        }
        change.personal(recorded.record());
        self.texts.extend(&recorded.stored().detached);
        self.forget_erased(&recorded.stored().detached);
        self.history.push(recorded.record());
        self.chain.advance(recorded, continues, AccountEvent::intent);
        self.follow(recorded);
        Ok(())
    }

    /// What applying an event would say, said of a copy: for what depends on every table that is here, of which
    /// a second list of checks would miss some.
    pub(super) fn try_event(&self, event: &AccountEvent, stamp: &Stamp) -> Done {
        self.clone().go_on(core::slice::from_ref(event), stamp)
    }
}

impl Account {
    /// The account as it stands after events that are still decided.
    pub(super) fn after(&self, events: &[AccountEvent], stamp: &Stamp) -> Result<Self, Refusal> {
        let mut next = self.clone();
        next.go_on(events, stamp)?;
        Ok(next)
    }

    /// Lets a copy go on by events that are still decided: by all of them, or by none.
    pub(super) fn go_on(&mut self, events: &[AccountEvent], stamp: &Stamp) -> Done {
        let mut change = Change::of(self, stamp);
        let done = events.iter().try_for_each(|event| change.event(event));
        if done.is_err() {
            change.take_back();
        }
        done
    }
}

/// A change under way, with what it takes to take it back.
pub(super) struct Change<'a> {
    pub(super) account: &'a mut Account,
    undo: Vec<Undo>,
    /// Who made the record, when, and from when it counts.
    pub(super) stamp: &'a Stamp,
    /// The drafts of the record that no plan of it has named yet.
    pub(super) drafted: Vec<Id>,
    /// What is said of a customer that came with the record to go on.
    pub(super) came: Option<Passing>,
    /// Ready commands that follow from the events so far and that the record has not stated.
    pub(super) told: VecDeque<Intent>,
    /// What else follows from them.
    pub(super) next: VecDeque<Next>,
    /// The last thing that the command did by itself.
    pub(super) done: Option<&'static str>,
    /// How many decisions of a batch were made or refused.
    pub(super) decisions: u32,
    /// What the last event can ask tasks for.
    pub(super) asking: Vec<AskedFor>,
}

pub(super) type Done = Result<(), Refusal>;

pub(super) fn mismatch<T>(what: &'static str, id: &Id, reason: &'static str) -> Result<T, Refusal> {
    refuse(&AuditError::StateMismatch { what, id: id.to_string(), reason })
}

impl<'a> Change<'a> {
    const fn of(account: &'a mut Account, stamp: &'a Stamp) -> Self {
        Self {
            account,
            undo: Vec::new(),
            stamp,
            drafted: Vec::new(),
            came: None,
            told: VecDeque::new(),
            next: VecDeque::new(),
            done: None,
            decisions: 0,
            asking: Vec::new(),
        }
    }
}

impl Change<'_> {
    fn take_back(self) {
        for undo in self.undo.into_iter().rev() {
            undo(self.account);
        }
    }

    /// Says how to take back what was just done.
    pub(super) fn undo(&mut self, undo: impl FnOnce(&mut Account) + 'static) {
        self.undo.push(Box::new(undo));
    }

    /// Sets or takes out one value.
    pub(super) fn set<S>(&mut self, field: Field<S>, id: &Id, value: Option<S::Value>)
    where
        S: Shelf<Value: 'static> + 'static,
    {
        let before = field(self.account).set(id, value);
        let id = id.clone();
        self.undo.push(Box::new(move |account| drop(field(account).set(&id, before))));
    }

    /// Changes an item of the ledger.
    pub(super) fn item<E: crate::error_code::Coded>(
        &mut self,
        id: &Id,
        change: impl FnOnce(&mut crate::ledger::Ledger) -> Result<(), E>,
    ) -> Done {
        let mark = self.account.ledger.mark(id);
        let id = id.clone();
        self.undo.push(Box::new(move |account| account.ledger.restore(&id, mark)));
        change(&mut self.account.ledger).map_err(because)
    }

    /// What counts from a date, recorded now.
    pub(super) const fn moment(&self, effective: Date) -> Moment {
        Moment { effective, recorded: self.stamp.at }
    }

    /// Something counts from the effective date of its record, or from a later one where that says so.
    pub(super) fn dated(&self, what: &'static str, id: &Id, got: Date, least: Option<Date>) -> Done {
        let expected = least.map_or(self.stamp.effective, |least| least.max(self.stamp.effective));
        if got == expected { Ok(()) } else { mismatch(what, id, "counts from another day than its record") }
    }

    /// Something is done by who gives the command, from the day it takes effect.
    pub(super) fn done_by(&self, what: &'static str, id: &Id, by: &Id, effective: Date) -> Done {
        self.dated(what, id, effective, None)?;
        if *by == self.stamp.actor { Ok(()) } else { mismatch(what, id, "was done by somebody else") }
    }

    /// Every draft is named by the plan that made it, and nothing that follows is left out.
    fn ended(&self) -> Done {
        self.all_said()?;
        match self.drafted.first() {
            None => Ok(()),
            Some(draft) => mismatch("invoice", draft, "was drafted by no plan"),
        }
    }

    /// Sequence of the record that is applied.
    pub(super) const fn seq(&self) -> u64 {
        self.account.chain.head().seq.saturating_add(1)
    }

    fn event(&mut self, event: &AccountEvent) -> Done {
        self.in_order(event)?;
        if event.is_told() && !self.stamp.is_system() {
            return mismatch("record of", &self.stamp.actor, "says what another log recorded");
        }
        match event {
            AccountEvent::Intent(intent) => self.said(intent),
            AccountEvent::OpeningImported(opening) => self.opening(opening),
            AccountEvent::Captured(captured) => self.captured(captured),
            AccountEvent::BlockSold(sold) => self.block_sold(sold),
            AccountEvent::DepositRequested(asked) => self.deposit_requested(asked),
            AccountEvent::Drafted(drafted) => self.drafted(drafted),
            AccountEvent::PlanCommitted(plan) => self.plan_committed(plan),
            AccountEvent::FeeSkipped(skipped) => self.fee_skipped(skipped),
            AccountEvent::FeeRestored(restored) => self.fee_restored(restored),
            AccountEvent::MilestoneReached(reached) => self.milestone_reached(reached),
            AccountEvent::ApprovalDecided(decided) => self.approval_decided(decided),
            AccountEvent::DecisionRefused(refused) => self.decision_refused(refused),
            AccountEvent::ApprovalExpired(expired) => self.approval_expired(expired),
            AccountEvent::ConsentLapsed(lapsed) => self.consent_lapsed(lapsed),
            AccountEvent::HoldReleased(released) => self.hold_released(released),
            AccountEvent::EstimateProposed(proposed) => self.estimate_proposed(proposed),
            AccountEvent::EstimateWithdrawn(withdraw) => self.estimate_withdrawn(withdraw),
            AccountEvent::NumberRequested(requested) => self.number_requested(requested),
            AccountEvent::Issued(issued) => self.issued(issued),
            AccountEvent::VoidProposed(proposed) => self.void_proposed(proposed),
            AccountEvent::Voided(voided) => self.voided(voided),
            AccountEvent::CreditDrafted(drafted) => self.credit_drafted(drafted),
            AccountEvent::CreditNumberRequested(requested) => self.credit_number_requested(requested),
            AccountEvent::CreditIssued(issued) => self.credit_issued(issued),
            AccountEvent::CreditVoided(voided) => self.credit_voided(voided),
            AccountEvent::CreditApplied(applied) => self.credit_applied(applied),
            AccountEvent::CreditRefunded(refunded) => self.credit_refunded(refunded),
            AccountEvent::RefundProposed(proposed) => self.refund_proposed(proposed),
            AccountEvent::RefundDeclined(declined) => self.refund_declined(declined),
            AccountEvent::WriteOffProposed(proposed) => self.write_off_proposed(proposed),
            AccountEvent::WrittenOff(written) => self.written_off(written),
            AccountEvent::Recovered(recovered) => self.recovered(recovered),
            AccountEvent::DisputeOpened(opened) => self.dispute_opened(opened),
            AccountEvent::DisputeAdvanced(advanced) => self.dispute_advanced(advanced),
            AccountEvent::DisputeClosed(closed) => self.dispute_closed(closed),
            AccountEvent::CustomerReleased(released) => self.customer_released(released),
            AccountEvent::CustomerAdmitted(admitted) => self.customer_admitted(admitted),
            AccountEvent::Allocated(allocated) => self.allocated(allocated),
            AccountEvent::FactRecorded(recorded) => self.fact_recorded(recorded),
            AccountEvent::PeriodClosed(closed) => self.period(&PeriodEvent::Closed(closed.clone())),
            AccountEvent::ReopenAsked(asked) => self.period(&PeriodEvent::ReopenAsked(asked.clone())),
            AccountEvent::PeriodReopened(reopened) => self.period(&PeriodEvent::Reopened(reopened.clone())),
            AccountEvent::AllocationDeclined(declined) => self.allocation_declined(declined),
            AccountEvent::AllocationUndone(undone) => self.allocation_undone(undone),
            AccountEvent::ReservationWithdrawn(withdrawn) => self.withdrawn(withdrawn),
            AccountEvent::TaskEmitted(task) => self.task_emitted(task),
            AccountEvent::TaskConfirmed(confirmed) => self.task_confirmed(confirmed),
            AccountEvent::TaskFailed(failed) => self.task_failed(failed),
            AccountEvent::TaskRetried(retried) => self.task_retried(retried),
            AccountEvent::ApprovalEscalated(escalated) => self.approval_escalated(escalated),
            AccountEvent::AttachmentsRegistered(registered) => self.attachments_registered(registered),
            AccountEvent::LegalHoldPlaced(placed) => self.legal_hold_placed(placed),
            AccountEvent::LegalHoldLifted(lifted) => self.legal_hold_lifted(lifted),
            AccountEvent::Purged(item) | AccountEvent::Anonymised(item) => {
                self.erased(item);
                let said = self.account.with_erasures(vec![event.clone()], self.stamp);
                self.follow(&item.id, said.into_iter().skip(1).collect());
                Ok(())
            }
            // They are on record and change nothing: what follows does.
            AccountEvent::ErasureRequested(_) | AccountEvent::PurgeRefused(_) => Ok(()),
        }
    }

    fn period(&mut self, event: &PeriodEvent) -> Done {
        let before = self.account.chain.change_period(event, self.stamp.at).map_err(because)?;
        self.undo.push(Box::new(move |account| account.chain.restore_period(before)));
        Ok(())
    }

    fn captured(&mut self, captured: &Captured) -> Done {
        for ticket in &captured.tickets {
            if self.account.ticket(&ticket.id) == Some(ticket.as_ref())
                || self.account.left(&ticket.customer).is_some()
            {
                return mismatch("ticket", &ticket.id, "is known or its customer left");
            }
            self.set(|account| &mut account.tickets, &ticket.id, Some(Arc::clone(ticket)));
        }
        for entry in &captured.entries {
            let account = &self.account;
            if account.elsewhere.contains_key(&entry.id) {
                return mismatch("entry", &entry.id, "stands elsewhere");
            }
            if account.latest(&entry.id).is_some_and(|known| known.revision >= entry.revision) {
                return mismatch("entry", &entry.id, "is known as it is or later");
            }
            let waits = account.billed.contains_key(&entry.id);
            if entry.ticket.as_ref().is_some_and(|ticket| account.ticket(ticket).is_none()) {
                return mismatch("entry", &entry.id, "is of a ticket that was not captured");
            }
            entry.check().map_err(because)?;
            self.note_entry(entry);
            let (id, entry) = (&entry.id, Some(Arc::clone(entry)));
            if waits {
                self.set(|account| &mut account.revised, id, entry);
            } else {
                self.set(|account| &mut account.unbilled, id, entry);
            }
        }
        Ok(())
    }

    fn block_sold(&mut self, sold: &BlockSold) -> Done {
        let account = &self.account;
        if account.sales.contains_key(&sold.sale) || account.sold_elsewhere.contains_key(&sold.sale) {
            return refuse(&AccountError::SaleTwice { got: sold.sale.to_string() });
        }
        let charge = &sold.charge;
        let expected = agreed(sold).map_err(because)?;
        self.dated("sale", &sold.sale, charge.date, None)?;
        if *sold != expected || charge.net < Minor::ZERO {
            return mismatch("sale", &sold.sale, "does not follow from its price");
        }
        self.own(&sold.agreement, &sold.customer)?;
        if sold.seconds > 0 {
            let mut standing = self.account.standings.get(&sold.agreement).copied().unwrap_or_default();
            standing.purchased = standing.purchased.saturating_add(sold.seconds);
            self.set(|account| &mut account.standings, &sold.agreement, Some(standing));
        }
        let sale = Sale { sold: Arc::new(sold.clone()), invoice: None };
        self.set(|account| &mut account.sales, &sold.sale, Some(sale));
        Ok(())
    }

    fn drafted(&mut self, drafted: &Drafted) -> Done {
        let draft = &drafted.draft;
        if self.account.invoices.contains_key(&draft.id) {
            return mismatch("invoice", &draft.id, "stands already");
        }
        check_sums(draft)?;
        // A down payment was asked for in the same record; every other draft is a plan's.
        if !self.account.deposits.contains_key(&draft.id) {
            self.drafted.push(draft.id.clone());
        }
        for line in &draft.lines {
            for charge in &line.charges {
                charge.check(draft.currency).map_err(because)?;
                self.check_charge(charge, line)?;
                self.bill(charge, &line.customer, &draft.id)?;
            }
        }
        self.check_draft(draft)?;
        if drafted.approval.digest != draft.digest() {
            return mismatch("invoice", &draft.id, "states the digest of other content");
        }
        self.draft_asked(&drafted.approval, draft)?;
        self.drawn(draft, &drafted.draws)?;
        self.deduct(draft)?;
        self.note_draft(draft);
        let invoice = Invoice {
            draft: Arc::clone(draft),
            draws: drafted.draws.clone(),
            state: DocumentState::AwaitingApproval,
            states: Dated::new(self.moment(self.stamp.effective), DocumentState::AwaitingApproval),
            asked: Vec::new(),
            number: None,
            voided: None,
        };
        self.set(|account| &mut account.invoices, &draft.id, Some(invoice));
        self.number_next(&draft.id)
    }

    /// Puts the work of a charge on an invoice: an entry with several charges once, a sale once.
    fn bill(&mut self, charge: &Charge, customer: &Id, invoice: &Id) -> Done {
        let id = &charge.entry;
        match charge.source {
            ChargeSource::Entry => {
                if let Some(entry) = self.account.unbilled.get(id).cloned() {
                    self.set(|account| &mut account.unbilled, id, None);
                    let billed = Billed { entry, invoice: invoice.clone() };
                    self.set(|account| &mut account.billed, id, Some(billed));
                } else if self.account.billed.get(id).is_none_or(|billed| billed.invoice != *invoice) {
                    return mismatch("entry", id, "is not there or stands on another live line");
                }
            }
            ChargeSource::Sale => match self.account.sales.get(id).cloned() {
                Some(sale) if sale.invoice.is_none() => {
                    let sale = Sale { invoice: Some(invoice.clone()), ..sale };
                    self.set(|account| &mut account.sales, id, Some(sale));
                }
                _ => return mismatch("sale", id, "is not there or stands on another live line"),
            },
            ChargeSource::Fee => self.bill_fee(charge, customer, invoice)?,
            ChargeSource::Deposit => self.bill_deposit(charge, invoice)?,
        }
        if let Some(coverage) = &charge.coverage {
            let agreement = &coverage.agreement;
            let mut standing = self.account.standings.get(agreement).copied().unwrap_or_default();
            if standing.draw(charge.billed_seconds()) != charge.billed_seconds() {
                return refuse(&AgreementError::Overdrawn { id: agreement.to_string() });
            }
            self.set(|account| &mut account.standings, agreement, Some(standing));
        }
        Ok(())
    }

    fn dispute_opened(&mut self, opened: &DisputeOpened) -> Done {
        if self.account.disputes.contains_key(&opened.dispute) {
            return refuse(&InvoiceError::DisputeTwice { got: opened.dispute.to_string() });
        }
        self.account.allow_on_item(&opened.invoice, InvoiceCommand::OpenDispute).map_err(because)?;
        self.account.ledger.check_date(&opened.invoice, opened.effective).map_err(because)?;
        self.dated("dispute", &opened.dispute, opened.effective, None)?;
        self.account.check_opened(opened)?;
        if opened.frozen != frozen(&opened.evidence) {
            return mismatch("dispute", &opened.dispute, "states the digest of other evidence");
        }
        let moment = self.moment(opened.effective);
        self.item(&opened.invoice, |ledger| {
            ledger.dispute(&opened.invoice, opened.dispute.clone(), opened.amount, moment)
        })?;
        let (opened_in, state) = (self.seq(), DisputeState::Opened);
        let states = Dated::new(moment, state);
        let state = Dispute { opened: opened.clone(), opened_in, state, states, closed: None };
        self.set(|account| &mut account.disputes, &opened.dispute, Some(state));
        self.evidence(opened);
        Ok(())
    }

    fn dispute_advanced(&mut self, advanced: &DisputeAdvanced) -> Done {
        let mut dispute = self.account.live_dispute(&advanced.dispute).map_err(because)?.clone();
        allow_step(&advanced.dispute, dispute.state, advanced.to).map_err(because)?;
        self.dated("dispute", &advanced.dispute, advanced.effective, Some(dispute.opened.effective))?;
        dispute.enter(advanced.to.state(), self.moment(advanced.effective));
        self.set(|account| &mut account.disputes, &advanced.dispute, Some(dispute));
        Ok(())
    }

    fn dispute_closed(&mut self, closed: &DisputeClosed) -> Done {
        let mut dispute = self.account.check_closed(closed)?;
        self.dated("dispute", &closed.dispute, closed.effective, Some(dispute.opened.effective))?;
        let moment = self.moment(closed.effective);
        dispute.enter(DisputeState::Closed, moment);
        dispute.closed = Some(closed.clone());
        if let Some(remedy) = &closed.remedy {
            self.set(|account| &mut account.remedies, remedy, Some(()));
        }
        self.item(&closed.invoice, |ledger| {
            ledger.settle(&closed.invoice, &closed.dispute, moment, closed.extension.as_ref());
            Ok::<(), InvoiceError>(())
        })?;
        self.set(|account| &mut account.disputes, &closed.dispute, Some(dispute));
        Ok(())
    }

    fn allocated(&mut self, allocated: &Allocated) -> Done {
        self.account.check_applied(allocated)?;
        let reservation = &allocated.reservation;
        let least = reservation.effective;
        self.dated("reservation", &reservation.id, allocated.effective, Some(least))?;
        let moment = self.moment(allocated.effective);
        for allocation in &reservation.allocations {
            let (id, fall) = (&allocation.item, allocation.fall().map_err(because)?);
            self.item(id, |ledger| {
                ledger.lower(id, MovementKind::Allocation, fall, &reservation.id, moment)
            })?;
        }
        self.tell(self.account.confirmed(allocated, self.stamp));
        let reservation = Arc::new(reservation.clone());
        let id = reservation.id.clone();
        let applied = Applied { reservation, applied: moment, unapplied: None };
        self.set(|account| &mut account.applied, &id, Some(applied));
        Ok(())
    }

    /// Every open amount that the reservation had paid is open again.
    fn allocation_undone(&mut self, undone: &AllocationUndone) -> Done {
        let mut applied = self.account.check_undone(undone)?;
        let least = applied.applied.effective;
        self.dated("reservation", &undone.reservation, undone.effective, Some(least))?;
        let moment = self.moment(undone.effective);
        for (place, allocation) in applied.reservation.allocations.iter().enumerate() {
            let id = &allocation.item;
            let rise = self.account.rise(&applied.reservation, place).map_err(because)?;
            self.item(id, |ledger| {
                ledger.raise(id, MovementKind::Unapplied, rise, &undone.reservation, moment)
            })?;
        }
        self.tell(self.account.unapplied(undone, &applied, self.stamp));
        applied.unapplied = Some(moment);
        self.set(|account| &mut account.applied, &undone.reservation, Some(applied));
        Ok(())
    }

    fn withdrawn(&mut self, withdrawn: &ReservationWithdrawn) -> Done {
        let id = &withdrawn.reservation;
        if self.account.applied.contains_key(id) || self.account.refused.contains_key(id) {
            return refuse(&AccountError::ReservationApplied { got: id.to_string() });
        }
        self.set(|account| &mut account.refused, id, Some(()));
        self.tell(self.account.released(&withdrawn.book, id, self.stamp));
        Ok(())
    }

    /// No money moved; the answer is remembered, so that it stays the same, and the book is told once.
    fn allocation_declined(&mut self, declined: &AllocationDeclined) -> Done {
        let id = &declined.reservation;
        if self.account.applied.contains_key(id) {
            return mismatch("reservation", id, "was applied before");
        }
        if !self.account.refused.contains_key(id) {
            self.set(|account| &mut account.refused, id, Some(()));
            self.tell(self.account.released(&declined.book, id, self.stamp));
        }
        Ok(())
    }
}

/// Lines, taxes and totals of a draft follow from each other.
fn check_sums(draft: &Draft) -> Done {
    match draft.follows() {
        Ok(true) => Ok(()),
        _ => refuse(&AccountError::DraftSums { invoice: draft.id.to_string() }),
    }
}
