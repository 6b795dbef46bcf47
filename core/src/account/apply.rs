use std::collections::BTreeMap;
use std::sync::Arc;

use super::decide::{because, refuse};
use super::error::AccountError;
use super::event::{
    AccountEvent, Allocated, AllocationUndone, BlockSold, Captured, DisputeAdvanced, DisputeClosed,
    DisputeOpened, Drafted, Issued, NumberRequested, ReservationWithdrawn, Voided,
};
use super::state::{Account, Applied, Billed, Dispute, Invoice, Sale};
use super::trail::Passed;
use crate::agreement::AgreementError;
use crate::approval::ApprovalStatus;
use crate::audit::{AuditError, PeriodEvent, Recorded};
use crate::calendar::{Date, Instant};
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{
    DisputeState, DocumentState, Draft, InvoiceCommand, InvoiceError, allow, allow_step, frozen,
};
use crate::ledger::{ItemKind, Moment, MovementKind};
use crate::rating::{Charge, ChargeSource};

/// Puts one thing back as it was.
type Undo = Box<dyn FnOnce(&mut Account)>;

/// Gives one of the account's maps.
type Field<V> = fn(&mut Account) -> &mut BTreeMap<Id, V>;

impl Account {
    /// Applies a record, wholly or not at all: an event that does not fit undoes those before it.
    /// Applying is total on what [`Account::decide`] gave.
    ///
    /// # Errors
    /// What [`Chain::check`](crate::audit::Chain::check) refuses, and why an event does not fit.
    pub fn apply(&mut self, recorded: &Recorded<AccountEvent>) -> Result<(), Refusal> {
        self.chain.check(recorded.record())?;
        let mut change = Change { account: self, undo: Vec::new(), at: recorded.record().stamp.at };
        for event in &recorded.record().events {
            if let Err(refusal) = change.event(event) {
                change.take_back();
                return Err(refusal);
            }
        }
        self.texts.extend(&recorded.stored().detached);
        self.trail.push(Passed::of(recorded.record()));
        self.chain.advance(recorded);
        Ok(())
    }
}

/// A change under way, with what it takes to take it back.
pub(super) struct Change<'a> {
    pub(super) account: &'a mut Account,
    undo: Vec<Undo>,
    /// When the record was made.
    at: Instant,
}

pub(super) type Done = Result<(), Refusal>;

pub(super) fn mismatch<T>(what: &'static str, id: &Id, reason: &'static str) -> Result<T, Refusal> {
    refuse(&AuditError::StateMismatch { what, id: id.to_string(), reason })
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

    /// Sets or removes one value of a map.
    pub(super) fn set<V: 'static>(&mut self, field: Field<V>, id: &Id, value: Option<V>) {
        let map = field(self.account);
        let before = match value {
            Some(value) => map.insert(id.clone(), value),
            None => map.remove(id),
        };
        let id = id.clone();
        self.undo.push(Box::new(move |account| {
            let map = field(account);
            match before {
                Some(before) => drop(map.insert(id, before)),
                None => drop(map.remove(&id)),
            }
        }));
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
        Moment { effective, recorded: self.at }
    }

    fn event(&mut self, event: &AccountEvent) -> Done {
        match event {
            AccountEvent::Intent(_) => Ok(()),
            AccountEvent::OpeningImported(opening) => self.opening(opening),
            AccountEvent::Captured(captured) => self.captured(captured),
            AccountEvent::BlockSold(sold) => self.block_sold(sold),
            AccountEvent::Drafted(drafted) => self.drafted(drafted),
            AccountEvent::PlanCommitted(plan) => self.plan_committed(plan),
            AccountEvent::FeeSkipped(skipped) => self.fee_skipped(skipped),
            AccountEvent::FeeRestored(restored) => self.fee_restored(restored),
            AccountEvent::MilestoneReached(reached) => self.milestone_reached(reached),
            AccountEvent::ApprovalDecided(decided) => self.approval_decided(decided),
            // Nothing became of it; the record is there so that the answer stays the same.
            AccountEvent::DecisionRefused(_) => Ok(()),
            AccountEvent::ApprovalExpired(expired) => self.approval_expired(expired),
            AccountEvent::ConsentLapsed(lapsed) => self.consent_lapsed(lapsed),
            AccountEvent::HoldReleased(released) => self.hold_released(released),
            AccountEvent::EstimateProposed(proposed) => self.estimate_proposed(proposed),
            AccountEvent::EstimateWithdrawn(withdraw) => self.estimate_withdrawn(withdraw),
            AccountEvent::NumberRequested(requested) => self.number_requested(requested),
            AccountEvent::Issued(issued) => self.issued(issued),
            AccountEvent::Voided(voided) => self.voided(voided),
            AccountEvent::CreditDrafted(drafted) => self.credit_drafted(drafted),
            AccountEvent::CreditNumberRequested(requested) => self.credit_number_requested(requested),
            AccountEvent::CreditIssued(issued) => self.credit_issued(issued),
            AccountEvent::CreditVoided(voided) => self.credit_voided(voided),
            AccountEvent::CreditApplied(applied) => self.credit_applied(applied),
            AccountEvent::CreditRefunded(refunded) => self.credit_refunded(refunded),
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
            // No money moved; the answer is remembered, so that it stays the same.
            AccountEvent::AllocationDeclined(declined) => {
                self.set(|account| &mut account.refused, &declined.reservation, Some(()));
                Ok(())
            }
            AccountEvent::AllocationUndone(undone) => self.allocation_undone(undone),
            AccountEvent::ReservationWithdrawn(withdrawn) => self.withdrawn(withdrawn),
        }
    }

    fn period(&mut self, event: &PeriodEvent) -> Done {
        let before = self.account.chain.change_period(event).map_err(because)?;
        self.undo.push(Box::new(move |account| account.chain.restore_period(before)));
        Ok(())
    }

    fn captured(&mut self, captured: &Captured) -> Done {
        for ticket in &captured.tickets {
            self.set(|account| &mut account.tickets, &ticket.id, Some(Arc::new(ticket.clone())));
        }
        for entry in &captured.entries {
            if self.account.billed.contains_key(&entry.id) {
                return mismatch("entry", &entry.id, "stands on a live invoice");
            }
            entry.check().map_err(because)?;
            self.set(|account| &mut account.unbilled, &entry.id, Some(Arc::new(entry.clone())));
        }
        Ok(())
    }

    fn block_sold(&mut self, sold: &BlockSold) -> Done {
        if self.account.sales.contains_key(&sold.sale) {
            return refuse(&AccountError::SaleTwice { got: sold.sale.to_string() });
        }
        let mut standing = self.account.standings.get(&sold.agreement).copied().unwrap_or_default();
        standing.purchased = standing.purchased.saturating_add(sold.seconds);
        self.set(|account| &mut account.standings, &sold.agreement, Some(standing));
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
        for charge in draft.lines.iter().flat_map(|line| &line.charges) {
            charge.check(draft.currency).map_err(because)?;
            self.bill(charge, &draft.id)?;
        }
        if drafted.approval.digest != draft.digest() {
            return mismatch("invoice", &draft.id, "states the digest of other content");
        }
        self.draft_asked(&drafted.approval, draft)?;
        self.drawn(draft, &drafted.draws)?;
        let invoice = Invoice {
            draft: Arc::new(draft.clone()),
            draws: drafted.draws.clone(),
            state: DocumentState::AwaitingApproval,
            asked: None,
            number: None,
        };
        self.set(|account| &mut account.invoices, &draft.id, Some(invoice));
        Ok(())
    }

    /// Puts the work of a charge on an invoice: an entry with several charges once, a sale once.
    fn bill(&mut self, charge: &Charge, invoice: &Id) -> Done {
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
            ChargeSource::Fee => self.bill_fee(charge, invoice)?,
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

    fn invoice(&self, id: &Id, command: InvoiceCommand) -> Result<Invoice, Refusal> {
        let invoice = self.account.invoice(id).map_err(because)?;
        allow(id, invoice.state, command).map_err(because)?;
        Ok(invoice.clone())
    }

    fn number_requested(&mut self, requested: &NumberRequested) -> Done {
        let id = &requested.invoice;
        let mut invoice = self.account.invoice(id).map_err(because)?.clone();
        let request = self.account.request(id).map_err(because)?;
        let complete = request.status() == ApprovalStatus::Approved;
        if invoice.state != DocumentState::AwaitingApproval || !complete {
            return mismatch("invoice", id, "lacks approvals or asked for its number before");
        }
        let draft = &invoice.draft;
        if (&requested.series, requested.currency) != (&draft.series, draft.currency)
            || requested.due < requested.date
        {
            return mismatch("invoice", id, "asked for another number than its draft says");
        }
        invoice.state = DocumentState::Approved;
        invoice.asked = Some(requested.clone());
        self.set(|account| &mut account.invoices, id, Some(invoice));
        Ok(())
    }

    fn issued(&mut self, issued: &Issued) -> Done {
        let mut invoice = self.invoice(&issued.invoice, InvoiceCommand::Issue)?;
        let item = &issued.item;
        let asked = invoice.asked.as_ref().is_some_and(|asked| {
            (asked.date, asked.due, &asked.instalments, &asked.discount)
                == (item.issued, item.due, &item.instalments, &item.discount)
        });
        let whole = (item.open, item.total, item.currency)
            == (invoice.draft.totals.payable, invoice.draft.totals.payable, invoice.draft.currency);
        if !asked || !whole || item.id != issued.invoice {
            return mismatch("invoice", &issued.invoice, "was issued as something else than was asked for");
        }
        invoice.state = DocumentState::Issued;
        invoice.number = Some(item.number.clone());
        let moment = self.moment(item.issued);
        self.item(&item.id, |ledger| ledger.open(ItemKind::Invoice, item.clone(), moment))?;
        self.set(|account| &mut account.invoices, &issued.invoice, Some(invoice));
        Ok(())
    }

    /// Releases the work of a voided invoice, its sales and what it drew.
    fn voided(&mut self, voided: &Voided) -> Done {
        let mut invoice = self.invoice(&voided.invoice, InvoiceCommand::Void)?;
        self.account.check_uncredited(&voided.invoice).map_err(because)?;
        self.account.check_unallocated(&voided.invoice).map_err(because)?;
        self.account.check_void_date(&voided.invoice, voided.effective).map_err(because)?;
        if invoice.number.is_some() {
            let moment = self.moment(voided.effective);
            self.item(&voided.invoice, |ledger| ledger.void(&voided.invoice, moment))?;
        }
        for charge in invoice.draft.lines.iter().flat_map(|line| &line.charges) {
            self.release(charge, &voided.invoice);
        }
        self.uncount(&voided.invoice);
        self.undrawn(&invoice.draws)?;
        self.remember_shown(&invoice.draft);
        invoice.state = DocumentState::Void;
        self.set(|account| &mut account.invoices, &voided.invoice, Some(invoice));
        Ok(())
    }

    pub(super) fn release(&mut self, charge: &Charge, invoice: &Id) {
        let id = &charge.entry;
        match charge.source {
            ChargeSource::Entry => {
                let billed = self.account.billed.get(id).filter(|billed| billed.invoice == *invoice);
                if let Some(entry) = billed.map(|billed| Arc::clone(&billed.entry)) {
                    self.set(|account| &mut account.billed, id, None);
                    self.set(|account| &mut account.unbilled, id, Some(entry));
                }
            }
            ChargeSource::Sale => {
                let sale = self.account.sales.get(id).filter(|sale| sale.invoice.as_ref() == Some(invoice));
                if let Some(sale) = sale.cloned() {
                    self.set(|account| &mut account.sales, id, Some(Sale { invoice: None, ..sale }));
                }
            }
            ChargeSource::Fee => self.release_fee(charge, invoice),
        }
        if let Some(coverage) = &charge.coverage {
            let mut standing = self.account.standings.get(&coverage.agreement).copied().unwrap_or_default();
            standing.drawn = standing.drawn.saturating_sub(charge.billed_seconds());
            self.set(|account| &mut account.standings, &coverage.agreement, Some(standing));
        }
    }

    fn dispute_opened(&mut self, opened: &DisputeOpened) -> Done {
        if self.account.disputes.contains_key(&opened.dispute) {
            return refuse(&InvoiceError::DisputeTwice { got: opened.dispute.to_string() });
        }
        self.account.allow_on_item(&opened.invoice, InvoiceCommand::OpenDispute).map_err(because)?;
        self.account.ledger.check_date(&opened.invoice, opened.effective).map_err(because)?;
        if opened.frozen != frozen(&opened.evidence) {
            return mismatch("dispute", &opened.dispute, "states the digest of other evidence");
        }
        let moment = self.moment(opened.effective);
        self.item(&opened.invoice, |ledger| {
            ledger.dispute(&opened.invoice, opened.dispute.clone(), opened.amount, moment)
        })?;
        let state = Dispute { opened: opened.clone(), state: DisputeState::Opened, closed: None };
        self.set(|account| &mut account.disputes, &opened.dispute, Some(state));
        Ok(())
    }

    fn dispute_advanced(&mut self, advanced: &DisputeAdvanced) -> Done {
        let mut dispute = self.account.live_dispute(&advanced.dispute).map_err(because)?.clone();
        allow_step(&advanced.dispute, dispute.state, advanced.to).map_err(because)?;
        dispute.state = advanced.to.state();
        self.set(|account| &mut account.disputes, &advanced.dispute, Some(dispute));
        Ok(())
    }

    fn dispute_closed(&mut self, closed: &DisputeClosed) -> Done {
        let mut dispute = self.account.check_closed(closed)?;
        dispute.state = DisputeState::Closed;
        dispute.closed = Some(closed.clone());
        let moment = self.moment(closed.effective);
        self.item(&closed.invoice, |ledger| {
            ledger.settle(&closed.invoice, &closed.dispute, moment);
            Ok::<(), InvoiceError>(())
        })?;
        self.set(|account| &mut account.disputes, &closed.dispute, Some(dispute));
        Ok(())
    }

    fn allocated(&mut self, allocated: &Allocated) -> Done {
        self.account.check_applied(allocated)?;
        let reservation = &allocated.reservation;
        let moment = self.moment(reservation.effective);
        for allocation in &reservation.allocations {
            let (id, fall) = (&allocation.item, allocation.fall().map_err(because)?);
            self.item(id, |ledger| {
                ledger.lower(id, MovementKind::Allocation, fall, &reservation.id, moment)
            })?;
        }
        let reservation = Arc::new(reservation.clone());
        let id = reservation.id.clone();
        let applied = Applied { reservation, recorded: self.at, unapplied: None };
        self.set(|account| &mut account.applied, &id, Some(applied));
        Ok(())
    }

    /// Every open amount that the reservation had paid is open again.
    fn allocation_undone(&mut self, undone: &AllocationUndone) -> Done {
        let mut applied = self.account.check_undone(undone)?;
        let moment = self.moment(undone.effective);
        for allocation in &applied.reservation.allocations {
            let (id, fall) = (&allocation.item, allocation.fall().map_err(because)?);
            self.item(id, |ledger| {
                ledger.raise(id, MovementKind::Unapplied, fall, &undone.reservation, moment)
            })?;
        }
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
