use std::collections::BTreeMap;

use super::decide::{Events, because, refuse, ruling};
use super::error::AccountError;
use super::event::{AccountEvent, Allocated, AllocationDeclined, ItemBalance};
use super::state::Account;
use crate::audit::{Intent, LogAddress, LogKind, Ruling, Stamp};
use crate::calendar::Date;
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;
use crate::invoice::InvoiceCommand;
use crate::ledger::{LedgerError, OpenItem};
use crate::money::{Amount, Minor};
use crate::payment::{BookAction, Confirm, MatchMethod, PaymentError, Release, Reservation};
use crate::rulebook::Rulebook;

impl Account {
    /// Whether a reservation was declined, or taken back before it was applied: it never is.
    #[must_use]
    pub fn has_refused(&self, reservation: &Id) -> bool {
        self.refused.contains_key(reservation)
    }

    pub(super) fn allocate(&self, rulebook: &Rulebook, reservation: &Reservation, stamp: &Stamp) -> Events {
        if reservation.account != *self.payer() {
            let (expected, got) = (self.payer().to_string(), reservation.account.to_string());
            return refuse(&AccountError::ReservationAccount { expected, got });
        }
        if self.applied.contains_key(&reservation.id) {
            return refuse(&AccountError::ReservationApplied { got: reservation.id.to_string() });
        }
        if self.refused.contains_key(&reservation.id) {
            // The book was told then; this record only answers the late request.
            let error = AccountError::ReservationRefused { got: reservation.id.to_string() };
            let declined = declined(reservation, &because(error));
            return ruling(vec![AccountEvent::AllocationDeclined(declined)]);
        }
        // Money that was reserved on a day that is closed here counts from the first open one.
        let effective = stamp.effective.max(reservation.effective);
        let balances = match self
            .check_adjustments(rulebook, reservation)
            .and_then(|()| self.balances_after(reservation, effective))
        {
            Ok(balances) => balances,
            // The answer is a record, so that a second delivery cannot get another one.
            Err(refusal) => return Ok(self.decline(reservation, stamp, &refusal)),
        };
        let allocated = Allocated { balances, effective, reservation: reservation.clone() };
        let intent = self.confirmed(&allocated, stamp);
        ruling(vec![AccountEvent::Allocated(Box::new(allocated)), AccountEvent::Intent(intent)])
    }

    /// What is open after every allocation of a reservation from a date on, each checked after the ones before.
    fn balances_after(
        &self,
        reservation: &Reservation,
        effective: Date,
    ) -> Result<Vec<ItemBalance>, Refusal> {
        let mut findings = Vec::new();
        let mut fallen: BTreeMap<&Id, Minor> = BTreeMap::new();
        for (place, allocation) in reservation.allocations.iter().enumerate() {
            let path = format!("/action/allocations/{place}");
            let before = fallen.get(&allocation.item).copied().unwrap_or(Minor::ZERO);
            if let Err(error) = self.allow_on_item(&allocation.item, InvoiceCommand::Allocate) {
                findings.push(Finding::block(&error).about(&allocation.item).at(path));
                continue;
            }
            if let Err(error) = self.check_named(reservation, &allocation.item) {
                findings.push(Finding::block(&error).about(&allocation.item).at(path));
                continue;
            }
            match self.ledger.check_allocation(allocation, before, effective) {
                Ok(fall) => {
                    if let Err(error) = self.check_amount(reservation.method, &allocation.item, fall) {
                        findings.push(Finding::block(&error).about(&allocation.item).at(path));
                        continue;
                    }
                    // The sum was checked against what is open.
                    fallen.insert(&allocation.item, before.plus(fall).unwrap_or(before));
                }
                Err(error) => findings.push(Finding::block(&error).about(&allocation.item).at(path)),
            }
        }
        Refusal::unless_empty(findings)?;
        let balance = |(item, fall): (&Id, Minor)| self.balance(item, fall);
        fallen.into_iter().map(balance).collect::<Result<_, _>>().map_err(because)
    }

    /// Money that came by a number is put on the item of that number.
    fn check_named(&self, reservation: &Reservation, item: &Id) -> Result<(), PaymentError> {
        let names = reservation.method.is_some_and(MatchMethod::names);
        let number = self.ledger.item(item).ok().map(|item| &item.terms().number).filter(|_| names);
        match number.filter(|number| !reservation.named.contains(number)) {
            None => Ok(()),
            Some(number) => {
                Err(PaymentError::NamedOther { item: item.to_string(), number: number.to_string() })
            }
        }
    }

    /// Money that was explained by its amount closes its item; where nothing but the amount explains it, no
    /// other item is open by as much.
    fn check_amount(&self, method: Option<MatchMethod>, item: &Id, fall: Minor) -> Result<(), PaymentError> {
        let (Some(method), Ok(known)) = (method, self.ledger.item(item)) else { return Ok(()) };
        let shown = |minor| Amount::new(minor, known.terms().currency).to_string();
        if method.closes() && fall != known.open() {
            return Err(PaymentError::MatchAmount {
                got: shown(fall),
                item: item.to_string(),
                method: method.word(),
                open: shown(known.open()),
            });
        }
        let as_open = |other: &&OpenItem| {
            let terms = other.terms();
            other.open() == fall && terms.currency == known.terms().currency && terms.id != *item
        };
        match self.ledger.items().find(|other| method == MatchMethod::PayerAmount && as_open(other)) {
            None => Ok(()),
            Some(other) => Err(PaymentError::MatchAmbiguous {
                item: item.to_string(),
                open: shown(fall),
                other: other.terms().id.to_string(),
            }),
        }
    }

    /// What is open on an item after a fall; a negative fall is a rise.
    pub(super) fn balance(&self, item: &Id, fall: Minor) -> Result<ItemBalance, LedgerError> {
        let item = self.ledger.item(item)?;
        let open = item.open().minus(fall).unwrap_or(Minor::ZERO);
        Ok(ItemBalance { currency: item.terms().currency, item: item.terms().id.clone(), open })
    }

    /// Records that money could not be applied, and why; the book releases it.
    fn decline(&self, reservation: &Reservation, stamp: &Stamp, refusal: &Refusal) -> Ruling<AccountEvent> {
        let declined = declined(reservation, refusal);
        let intent = self.released(&reservation.book, &reservation.id, stamp);
        let seen = |finding: &Finding| Finding { severity: Severity::Warn, ..finding.clone() };
        Ruling {
            events: vec![AccountEvent::AllocationDeclined(declined), AccountEvent::Intent(intent)],
            findings: refusal.findings().map(seen).collect(),
        }
    }

    /// The ready command that confirms a reservation.
    pub(super) fn confirmed(&self, allocated: &Allocated, stamp: &Stamp) -> Intent {
        let reservation = &allocated.reservation;
        let confirm = Confirm { effective: allocated.effective, reservation: reservation.id.clone() };
        self.tell_book(&reservation.book, confirm.ready_id(), stamp, BookAction::Confirm(confirm))
    }

    /// The ready command that releases a reservation of a cash book.
    pub(super) fn released(&self, book: &Id, reservation: &Id, stamp: &Stamp) -> Intent {
        let release = Release { reservation: reservation.clone() };
        self.tell_book(book, release.ready_id(), stamp, BookAction::Release(release))
    }

    /// The ready command that tells a cash book.
    pub(super) fn tell_book(&self, book: &Id, id: Id, stamp: &Stamp, action: BookAction) -> Intent {
        let seller = self.chain.address().seller.clone();
        let log = LogAddress { id: book.clone(), kind: LogKind::CashBook, seller };
        Intent::new(id, action, log, stamp.as_system())
    }

    /// Checks that a reservation can be applied as a record says it was.
    pub(super) fn check_applied(&self, allocated: &Allocated) -> Result<(), Refusal> {
        let reservation = &allocated.reservation;
        let known = self.applied.contains_key(&reservation.id);
        if known || self.refused.contains_key(&reservation.id) {
            return refuse(&AccountError::ReservationApplied { got: reservation.id.to_string() });
        }
        let own = reservation.account == *self.payer();
        if own && self.balances_after(reservation, allocated.effective)? == allocated.balances {
            return Ok(());
        }
        Err(because(crate::audit::AuditError::StateMismatch {
            what: "reservation",
            id: reservation.id.to_string(),
            reason: "leaves other balances",
        }))
    }
}

/// That money could not be applied, by the first reason.
fn declined(reservation: &Reservation, refusal: &Refusal) -> AllocationDeclined {
    AllocationDeclined {
        book: reservation.book.clone(),
        code: refusal.code().number,
        name: refusal.code().name.to_owned(),
        reservation: reservation.id.clone(),
    }
}
