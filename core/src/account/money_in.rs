use super::decide::{Events, because, refuse, ruling};
use super::error::AccountError;
use super::event::{AccountEvent, Allocated, ItemBalance};
use super::state::Account;
use crate::audit::{Command, Document, Intent, LogAddress, LogKind, Stamp, derived_id};
use crate::finding::{Finding, Refusal};
use crate::invoice::InvoiceCommand;
use crate::ledger::Ledger;
use crate::payment::{BookAction, Confirm, Reservation};

impl Account {
    pub(super) fn allocate(&self, reservation: &Reservation, stamp: &Stamp) -> Events {
        if reservation.account != *self.payer() {
            let (expected, got) = (self.payer().to_string(), reservation.account.to_string());
            return refuse(&AccountError::ReservationAccount { expected, got });
        }
        if self.applied.contains_key(&reservation.id) {
            return refuse(&AccountError::ReservationApplied { got: reservation.id.to_string() });
        }
        let balances = self.balances_after(reservation)?;
        let allocated = Allocated { balances, reservation: reservation.clone() };
        let intent = self.confirm(reservation, stamp);
        ruling(vec![AccountEvent::Allocated(allocated), AccountEvent::Intent(intent)])
    }

    /// What is open after every allocation of a reservation, each checked after the ones before.
    pub(super) fn balances_after(&self, reservation: &Reservation) -> Result<Vec<ItemBalance>, Refusal> {
        let mut findings = Vec::new();
        let mut after: Ledger =
            self.ledger.only(reservation.allocations.iter().map(|allocation| &allocation.item));
        for (place, allocation) in reservation.allocations.iter().enumerate() {
            let path = format!("/action/allocations/{place}");
            if let Err(error) = self.allow_on_item(&allocation.item, InvoiceCommand::Allocate) {
                findings.push(Finding::block(&error).about(&allocation.item).at(path));
            } else if let Err(error) =
                after.allocate(allocation, reservation.id.clone(), reservation.effective)
            {
                findings.push(Finding::block(&error).about(&allocation.item).at(path));
            }
        }
        Refusal::unless_empty(findings)?;
        let balance = |item: &crate::ledger::OpenItem| ItemBalance {
            currency: item.terms().currency,
            item: item.terms().id.clone(),
            open: item.open(),
        };
        Ok(after.items().map(balance).collect())
    }

    /// The ready command that tells the cash book.
    fn confirm(&self, reservation: &Reservation, stamp: &Stamp) -> Intent {
        let seller = self.chain.address().seller.clone();
        let log = LogAddress { id: reservation.book.clone(), kind: LogKind::CashBook, seller };
        let id = derived_id(&["confirm", reservation.id.as_str()]);
        let command = Command {
            action: BookAction::Confirm(Confirm { reservation: reservation.id.clone() }),
            expect: None,
            id: id.clone(),
            log: log.clone(),
            salt: None,
            stamp: stamp.as_system(),
        };
        Intent { command: Document::of(&command), id, log, otherwise: None }
    }

    /// Checks that a reservation can be applied as a record says it was.
    pub(super) fn check_applied(&self, allocated: &Allocated) -> Result<(), Refusal> {
        let reservation = &allocated.reservation;
        if self.applied.contains_key(&reservation.id) {
            return refuse(&AccountError::ReservationApplied { got: reservation.id.to_string() });
        }
        if self.balances_after(reservation)? == allocated.balances {
            return Ok(());
        }
        Err(because(crate::audit::AuditError::StateMismatch {
            what: "reservation",
            id: reservation.id.to_string(),
            reason: "leaves other balances",
        }))
    }
}
