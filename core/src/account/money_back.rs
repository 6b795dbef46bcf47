use std::collections::BTreeMap;

use super::action::Unapply;
use super::decide::{Events, because, refuse, ruling};
use super::error::AccountError;
use super::event::{AccountEvent, AllocationUndone, ItemBalance, ReservationWithdrawn};
use super::state::{Account, Applied};
use crate::audit::{Intent, Ruling, Stamp};
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;
use crate::money::Minor;
use crate::payment::{BookAction, Reservation, Unapplied, Withdraw};

impl Account {
    /// Somebody takes applied money back: the mirror of applying it.
    pub(super) fn unapply(&self, unapply: &Unapply, stamp: &Stamp) -> Events {
        let unknown = || AccountError::ReservationUnknown { got: unapply.reservation.to_string() };
        let applied = self.applied.get(&unapply.reservation).ok_or_else(unknown).map_err(because)?;
        if applied.unapplied.is_some() {
            return refuse(&AccountError::ReservationUnapplied { got: unapply.reservation.to_string() });
        }
        self.undo(applied, &unapply.reason, stamp)
    }

    /// The bank took back what a reservation had spent. Every order of delivery ends the same: what was
    /// applied is taken back, what comes later is declined.
    pub(super) fn withdraw(&self, withdraw: &Withdraw, stamp: &Stamp) -> Events {
        let id = &withdraw.reservation;
        if self.refused.contains_key(id) {
            return Ok(known(id));
        }
        match self.applied.get(id) {
            Some(applied) if applied.unapplied.is_some() => Ok(known(id)),
            Some(applied) => self.undo(applied, &withdraw.reason, stamp),
            None => {
                let (book, reason) = (withdraw.book.clone(), withdraw.reason.clone());
                let withdrawn = ReservationWithdrawn { book, reason, reservation: id.clone() };
                let intent = self.released(&withdraw.book, id, stamp);
                ruling(vec![AccountEvent::ReservationWithdrawn(withdrawn), AccountEvent::Intent(intent)])
            }
        }
    }

    fn undo(&self, applied: &Applied, reason: &Id, stamp: &Stamp) -> Events {
        let reservation = &applied.reservation;
        // Nothing is taken back before it was given.
        let effective = stamp.effective.max(applied.applied.effective);
        let undone = AllocationUndone {
            balances: self.balances_without(reservation)?,
            effective,
            reason: reason.clone(),
            reservation: reservation.id.clone(),
        };
        let intent = self.unapplied(&undone, applied, stamp);
        ruling(vec![AccountEvent::AllocationUndone(undone), AccountEvent::Intent(intent)])
    }

    /// The ready command that tells a cash book that a reservation was taken back.
    pub(super) fn unapplied(&self, undone: &AllocationUndone, applied: &Applied, stamp: &Stamp) -> Intent {
        let told = Unapplied {
            applied: applied.applied.effective,
            effective: undone.effective,
            reservation: undone.reservation.clone(),
        };
        self.tell_book(&applied.reservation.book, told.ready_id(), stamp, BookAction::Unapplied(told))
    }

    /// What is open when the allocations of a reservation no longer stand.
    fn balances_without(&self, reservation: &Reservation) -> Result<Vec<ItemBalance>, Refusal> {
        let mut risen: BTreeMap<&Id, Minor> = BTreeMap::new();
        for (place, allocation) in reservation.allocations.iter().enumerate() {
            let sum = risen.entry(&allocation.item).or_default();
            *sum = self.rise(reservation, place).and_then(|rise| sum.plus(rise)).map_err(because)?;
        }
        let balance = |(item, rise): (&Id, Minor)| self.balance(item, rise.negated());
        risen.into_iter().map(balance).collect::<Result<_, _>>().map_err(because)
    }

    /// Checks that a reservation can be taken back as a record says it was; returns what was applied.
    pub(super) fn check_undone(&self, undone: &AllocationUndone) -> Result<Applied, Refusal> {
        let unknown = || AccountError::ReservationUnknown { got: undone.reservation.to_string() };
        let applied = self.applied.get(&undone.reservation).ok_or_else(unknown).map_err(because)?;
        if applied.unapplied.is_some() {
            return refuse(&AccountError::ReservationUnapplied { got: undone.reservation.to_string() });
        }
        let follows = self.balances_without(&applied.reservation)? == undone.balances;
        if follows && undone.effective >= applied.applied.effective {
            return Ok(applied.clone());
        }
        Err(because(crate::audit::AuditError::StateMismatch {
            what: "reservation",
            id: undone.reservation.to_string(),
            reason: "leaves other balances or is taken back before it was applied",
        }))
    }
}

/// What was taken back before needs nothing more.
fn known(id: &Id) -> Ruling<AccountEvent> {
    let error = AccountError::ReservationUnapplied { got: id.to_string() };
    let finding = Finding::new(Severity::Info, &error).about(id);
    Ruling { events: Vec::new(), findings: vec![finding] }
}
