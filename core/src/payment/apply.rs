use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::action::{PaidOut, Refunded, Reversed, TakenBack};
use super::cash_book::{CashBook, ReceiptState, ReservationState, ReservationStatus};
use super::decide::refuse;
use super::refund::pay_back_id;
use super::{BookEvent, Booked, Confirm, Debit, MatchDecision, PaymentError, Received, Release, Reservation};
use crate::audit::{AuditError, Passage, PeriodEvent, Recorded, Stamp};
use crate::calendar::{Dated, Instant};
use crate::finding::Refusal;
use crate::id::Id;
use crate::ledger::Moment;
use crate::money::Amount;
use crate::retention::{KeepsWords, WordsEvent};

type Done = Result<(), Refusal>;

fn because(error: &impl crate::error_code::Coded) -> Refusal {
    Refusal::because(error)
}

impl CashBook {
    /// Applies a record, wholly or not at all.
    ///
    /// # Errors
    /// What [`Chain::check`](crate::audit::Chain::check) refuses, and the [`PaymentError`] of an event
    /// that does not fit.
    pub fn apply(&mut self, recorded: &Recorded<BookEvent>) -> Result<(), Refusal> {
        let continues = self.chain.check(recorded.record(), &self.sender(recorded.record()))?;
        let record = recorded.record();
        let words: Vec<WordsEvent> = record.events.iter().filter_map(BookEvent::of_words).collect();
        self.check_words(&words, record.events.len(), &record.stamp)?;
        // What a record touches is small: it is changed in a copy of just that, then put in place.
        let mut touched = Touched::new(&recorded.record().stamp);
        for event in &recorded.record().events {
            touched.event(self, event)?;
        }
        touched.all_said()?;
        if let Some(event) = &touched.period {
            self.chain.change_period(event, recorded.record().stamp.at).map_err(|error| because(&error))?;
        }
        // One by one: `append` would build the whole map again for each record.
        self.entries.extend(touched.entries);
        self.settled.extend(touched.settled);
        self.receipts.extend(touched.receipts);
        for reservation in touched.reserved {
            self.by_receipt.entry(reservation.receipt).or_default().push(reservation.id);
        }
        self.reservations.extend(touched.reservations);
        for refund in touched.refunds {
            self.refunds_of.entry(refund.receipt.clone()).or_default().push(refund.id.clone());
            self.refunds.insert(refund.id.clone(), (refund, touched.at));
        }
        let at = touched.at;
        self.payouts.extend(touched.payouts.into_iter().map(|(id, paid_out)| (id, (paid_out, at))));
        self.declined.extend(touched.declined);
        self.texts.extend(&recorded.stored().detached);
        self.keep(words, recorded.record());
        self.passages.push(Passage::of(recorded.record(), super::passed::deeds));
        self.chain.advance(recorded, continues, BookEvent::intent);
        Ok(())
    }
}

/// Copies of what a record changes.
struct Touched<'r> {
    at: Instant,
    stamp: &'r Stamp,
    entries: BTreeMap<Id, Booked>,
    settled: BTreeMap<Id, Id>,
    receipts: BTreeMap<Id, ReceiptState>,
    reservations: BTreeMap<Id, ReservationState>,
    reserved: Vec<Reservation>,
    refunds: Vec<Refunded>,
    payouts: BTreeMap<Id, PaidOut>,
    declined: BTreeMap<Id, ()>,
    period: Option<PeriodEvent>,
    /// What follows from the events so far and the record has not stated: ready commands, and what a line brings about.
    told: VecDeque<BookEvent>,
    /// The last thing that the command did.
    done: Option<&'static str>,
    /// Whether it did something before that.
    batch: bool,
    /// The receipts whose plan is kept.
    planned: BTreeSet<Id>,
}

impl<'r> Touched<'r> {
    fn new(stamp: &'r Stamp) -> Self {
        Self {
            at: stamp.at,
            stamp,
            entries: BTreeMap::new(),
            settled: BTreeMap::new(),
            receipts: BTreeMap::new(),
            reservations: BTreeMap::new(),
            reserved: Vec::new(),
            refunds: Vec::new(),
            payouts: BTreeMap::new(),
            declined: BTreeMap::new(),
            period: None,
            told: VecDeque::new(),
            done: None,
            batch: false,
            planned: BTreeSet::new(),
        }
    }

    fn event(&mut self, book: &CashBook, event: &BookEvent) -> Done {
        let foretold = self.told.front() == Some(event);
        if foretold {
            self.told.pop_front();
        } else {
            self.in_order(event)?;
        }
        match event {
            BookEvent::Intent(_) if foretold => Ok(()),
            BookEvent::Intent(_) => unsaid(event, "does not follow from the event before it"),
            BookEvent::Received(received) => self.received(book, received),
            BookEvent::Assigned(assigned) => {
                book.assign(assigned)?;
                let (at, customer) = (self.at, assigned.customer.clone());
                let batch = self.batch;
                let receipt = self.receipt(book, &assigned.receipt)?;
                if batch && receipt.customer.is_some() {
                    let (what, id) = ("receipt", assigned.receipt.to_string());
                    return refuse(&AuditError::StateMismatch { what, id, reason: "has a customer already" });
                }
                receipt.assigned.push((at, customer.clone()));
                receipt.customer = Some(customer);
                Ok(())
            }
            BookEvent::Matched(matched) => {
                let receipt = self.receipt(book, &matched.plan.receipt)?;
                let foreign = matched.plan.currency != receipt.currency;
                let unassigned = matched.plan.customer.is_some() && receipt.customer.is_none();
                if matched.plan.decision == MatchDecision::Auto || foreign || unassigned {
                    let (what, id) = ("receipt", matched.plan.receipt.to_string());
                    let reason =
                        "was to be applied, is of another currency than its plan, or was not assigned";
                    return refuse(&AuditError::StateMismatch { what, id, reason });
                }
                receipt.plan = Some(matched.plan.clone());
                if !self.planned.insert(matched.plan.receipt.clone()) {
                    return refuse(&PaymentError::PlanTwice { receipt: matched.plan.receipt.to_string() });
                }
                Ok(())
            }
            BookEvent::Reserved(reservation) => self.reserved(book, reservation),
            BookEvent::Confirmed(confirm) => self.confirmed(book, confirm),
            BookEvent::Released(Release { reservation }) => self.released(book, reservation),
            BookEvent::Unapplied(taken) => self.unapplied(book, taken),
            BookEvent::Refunded(refund) if foretold => self.paid_back(book, refund),
            BookEvent::Refunded(refund) => self.refunded(book, refund),
            BookEvent::Reversed(reversed) if foretold => self.taken_back(book, reversed),
            BookEvent::Reversed(reversed) => self.reversed(book, reversed),
            BookEvent::PaidOut(paid_out) => self.paid_out(book, paid_out),
            BookEvent::RefundDeclined(declined) => {
                book.check_declined(declined, self.stamp)?;
                let id = pay_back_id(&declined.order);
                if self.declined.insert(id.clone(), ()).is_some() {
                    return refuse(&PaymentError::RefundTwice { id: id.to_string() });
                }
                self.told.push_back(BookEvent::Intent(book.decline_refund(declined, self.stamp)));
                Ok(())
            }
            BookEvent::PeriodClosed(closed) => self.period(PeriodEvent::Closed(closed.clone())),
            BookEvent::ReopenAsked(asked) => self.period(PeriodEvent::ReopenAsked(asked.clone())),
            BookEvent::PeriodReopened(reopened) => self.period(PeriodEvent::Reopened(reopened.clone())),
            // Words were looked at before, and are kept behind all else.
            BookEvent::LegalHoldPlaced(_)
            | BookEvent::LegalHoldLifted(_)
            | BookEvent::Purged(_)
            | BookEvent::ErasureRequested(_)
            | BookEvent::PurgeRefused(_) => Ok(()),
        }
    }

    /// What follows from an event stands behind it to the last byte, before any other event.
    fn all_said(&self) -> Done {
        self.told.front().map_or(Ok(()), |told| unsaid(told, "is left out"))
    }

    /// A record is one command, which does one thing, or several of a batch.
    fn in_order(&mut self, event: &BookEvent) -> Done {
        if event.intent().is_some() {
            return Ok(());
        }
        self.all_said()?;
        let kind = event.kind();
        self.batch = self.done.is_some();
        match self.done.replace(kind) {
            Some(before) if !is_batch(before, kind) => {
                let reason = "does not follow from what its command did";
                refuse(&AuditError::StateMismatch { what: "event", id: kind.to_owned(), reason })
            }
            _ => Ok(()),
        }
    }

    fn paid_out(&mut self, book: &CashBook, paid_out: &PaidOut) -> Done {
        book.check_pay_out(&paid_out.order).map_err(|error| because(&error))?;
        if book.paid_out(&paid_out.order) != *paid_out {
            let (what, id) = ("refund", paid_out.id.to_string());
            let reason = "is not what was ordered, or of another day";
            return refuse(&AuditError::StateMismatch { what, id, reason });
        }
        if self.payouts.insert(paid_out.id.clone(), paid_out.clone()).is_some() {
            return refuse(&PaymentError::RefundTwice { id: paid_out.id.to_string() });
        }
        Ok(())
    }

    fn period(&mut self, event: PeriodEvent) -> Done {
        if self.period.replace(event).is_none() {
            return Ok(());
        }
        let (what, id) = ("period", "closed".to_owned());
        refuse(&AuditError::StateMismatch { what, id, reason: "is changed twice in one record" })
    }

    fn received(&mut self, book: &CashBook, received: &Received) -> Done {
        let entry = &received.entry;
        // The same checks as when it was decided: the whole line is new and adds up.
        let booked = book.received(entry).map_err(|error| because(&error))?;
        if booked.as_ref() != Some(received) || self.entries.contains_key(&entry.id) {
            return refuse(&AuditError::StateMismatch {
                what: "bank transaction",
                id: entry.id.to_string(),
                reason: "was received before",
            });
        }
        self.told.extend(book.follows(received, self.stamp).map_err(|error| because(&error))?);
        for receipt in &entry.receipts {
            self.receipts.insert(receipt.id.clone(), ReceiptState::new(received, receipt, self.at));
        }
        for debit in entry.debits() {
            match debit {
                Debit::Chargeback(one) => {
                    self.receipt(book, &one.receipt)?.charged_back = Some(entry.id.clone());
                }
                Debit::Refund(one) => drop(self.settled.insert(one.id.clone(), entry.id.clone())),
                Debit::Settled(one) => drop(self.settled.insert(one.refund.clone(), entry.id.clone())),
            }
        }
        let moment = Moment { effective: received.counts_from, recorded: self.at };
        self.entries.insert(entry.id.clone(), Booked { entry: entry.clone(), moment });
        Ok(())
    }

    fn reserved(&mut self, book: &CashBook, reservation: &Reservation) -> Done {
        let id = &reservation.id;
        if book.reservations.contains_key(id) || self.reservations.contains_key(id) {
            return refuse(&PaymentError::ReservationTwice { id: id.to_string() });
        }
        book.check_reserved(reservation, self.stamp)?;
        self.told.push_back(BookEvent::Intent(book.ask_account(reservation, self.stamp)));
        let cash = reservation.cash().map_err(|error| because(&error))?;
        let receipt = self.receipt(book, &reservation.receipt)?;
        // Within what is left now, and on every day from which it counts.
        let free = receipt.left().min(book.free_from(receipt, reservation.effective));
        if cash > free || !cash.is_positive() {
            let shown = |minor| Amount::new(minor, receipt.currency).to_string();
            return refuse(&PaymentError::Overspent {
                receipt: reservation.receipt.to_string(),
                left: shown(free),
                got: shown(cash),
            });
        }
        receipt.spent = receipt.spent.plus(cash).map_err(|error| because(&error))?;
        receipt.reservations = receipt.reservations.saturating_add(1);
        receipt.plan = None;
        let made = Moment { effective: reservation.effective, recorded: self.at };
        let state = ReservationState {
            reservation: reservation.clone(),
            status: ReservationStatus::Pending,
            statuses: Dated::new(made, ReservationStatus::Pending),
            confirmed: None,
            unapplied: None,
        };
        self.reservations.insert(id.clone(), state);
        self.reserved.push(reservation.clone());
        Ok(())
    }

    fn confirmed(&mut self, book: &CashBook, confirm: &Confirm) -> Done {
        let recorded = self.at;
        let state = self.reservation(book, &confirm.reservation)?;
        if state.status != ReservationStatus::Pending || confirm.effective < state.reservation.effective {
            return settled(state);
        }
        let moment = Moment { effective: confirm.effective, recorded };
        state.enter(ReservationStatus::Confirmed, moment);
        state.confirmed = Some(moment);
        Ok(())
    }

    fn released(&mut self, book: &CashBook, id: &Id) -> Done {
        let from = Moment { effective: self.stamp.effective, recorded: self.at };
        let state = self.reservation(book, id)?;
        if state.status != ReservationStatus::Pending {
            return settled(state);
        }
        state.enter(ReservationStatus::Released, from);
        let (receipt, cash) = (state.reservation.receipt.clone(), state.cash());
        let receipt = self.receipt(book, &receipt)?;
        receipt.spent = receipt.spent.minus(cash).map_err(|error| because(&error))?;
        Ok(())
    }

    fn unapplied(&mut self, book: &CashBook, taken: &TakenBack) -> Done {
        let recorded = self.at;
        let (unapplied, counts_from) = (&taken.unapplied, taken.counts_from);
        let state = self.reservation(book, &unapplied.reservation)?;
        // The same checks as when it was decided, on what this record has left of it.
        let decided = book.take_back(unapplied)?.events;
        if !state.is_live() || decided != [BookEvent::Unapplied(taken.clone())] {
            return settled(state);
        }
        let moment = Moment { effective: counts_from, recorded };
        state.enter(ReservationStatus::Unapplied, moment);
        let applied = Moment { effective: unapplied.applied, recorded };
        state.confirmed = state.confirmed.or(Some(applied));
        state.unapplied = Some(moment);
        let (receipt, cash) = (state.reservation.receipt.clone(), state.cash());
        let receipt = self.receipt(book, &receipt)?;
        receipt.spent = receipt.spent.minus(cash).map_err(|error| because(&error))?;
        receipt.freed = receipt.freed.max(Some(counts_from));
        Ok(())
    }

    fn refunded(&mut self, book: &CashBook, refund: &Refunded) -> Done {
        book.check_refunded(refund, self.stamp)?;
        if self.refunds.iter().any(|other| other.id == refund.id) {
            return refuse(&PaymentError::RefundTwice { id: refund.id.to_string() });
        }
        let receipt = self.receipt(book, &refund.receipt)?;
        if refund.amount > receipt.left() {
            let shown = |minor| Amount::new(minor, receipt.currency).to_string();
            let (left, got) = (shown(receipt.left()), shown(refund.amount));
            return refuse(&PaymentError::Overspent { receipt: refund.receipt.to_string(), left, got });
        }
        self.paid_back(book, refund)
    }

    fn paid_back(&mut self, book: &CashBook, refund: &Refunded) -> Done {
        let receipt = self.receipt(book, &refund.receipt)?;
        receipt.refunded = receipt.refunded.plus(refund.amount).map_err(|error| because(&error))?;
        self.refunds.push(refund.clone());
        Ok(())
    }

    fn reversed(&mut self, book: &CashBook, reversed: &Reversed) -> Done {
        let effective = self.stamp.effective;
        let receipt = self.receipt(book, &reversed.receipt)?;
        if receipt.reversed.is_some() {
            return refuse(&PaymentError::Reversed { receipt: reversed.receipt.to_string() });
        }
        let whole = (reversed.amount, reversed.currency) == (receipt.receipt.amount, receipt.currency);
        let own = reversed.entry.is_none() && reversed.effective == effective.max(receipt.value_date);
        if !whole || !own {
            return refuse(&AuditError::StateMismatch {
                what: "receipt",
                id: reversed.receipt.to_string(),
                reason: "came with another amount, or is taken back on another day",
            });
        }
        let told = book.withdrawals(&reversed.receipt, &reversed.reason, self.stamp);
        self.told.extend(told.into_iter().map(BookEvent::Intent));
        self.taken_back(book, reversed)
    }

    fn taken_back(&mut self, book: &CashBook, reversed: &Reversed) -> Done {
        let moment = Moment { effective: reversed.effective, recorded: self.at };
        let receipt = self.receipt(book, &reversed.receipt)?;
        receipt.reversed = Some(moment);
        receipt.plan = None;
        Ok(())
    }

    fn receipt(&mut self, book: &CashBook, id: &Id) -> Result<&mut ReceiptState, Refusal> {
        if !self.receipts.contains_key(id) {
            let state = book.receipt(id).map_err(|error| because(&error))?.clone();
            self.receipts.insert(id.clone(), state);
        }
        let unknown = PaymentError::Unknown { got: id.to_string() };
        self.receipts.get_mut(id).ok_or_else(|| because(&unknown))
    }

    fn reservation(&mut self, book: &CashBook, id: &Id) -> Result<&mut ReservationState, Refusal> {
        let unknown = PaymentError::ReservationUnknown { got: id.to_string() };
        if !self.reservations.contains_key(id) {
            let state = book.reservations.get(id).ok_or_else(|| because(&unknown))?.clone();
            self.reservations.insert(id.clone(), state);
        }
        self.reservations.get_mut(id).ok_or_else(|| because(&unknown))
    }
}

/// What one command does beside something else that it does.
fn is_batch(before: &str, kind: &str) -> bool {
    match before {
        "assigned" | "matched" | "reserved" => matches!(kind, "assigned" | "matched" | "reserved"),
        "erasure_requested" | "purged" | "purge_refused" => matches!(kind, "purged" | "purge_refused"),
        _ => false,
    }
}

fn unsaid(event: &BookEvent, reason: &'static str) -> Done {
    let (what, id) = match event.intent() {
        Some(intent) => ("intent", intent.id.to_string()),
        None => ("event", event.kind().to_owned()),
    };
    refuse(&AuditError::StateMismatch { what, id, reason })
}

fn settled(state: &ReservationState) -> Done {
    let id = state.reservation.id.to_string();
    refuse(&PaymentError::ReservationSettled { id, status: state.status.word() })
}
