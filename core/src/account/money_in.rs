use super::decide::{Events, because, refuse, ruling};
use super::error::AccountError;
use super::event::{AccountEvent, Allocated, AllocationDeclined, ItemBalance};
use super::state::Account;
use crate::audit::{Command, Document, Intent, LogAddress, LogKind, Ruling, Stamp, derived_id};
use crate::finding::{Finding, Refusal, Severity};
use crate::invoice::InvoiceCommand;
use crate::ledger::Ledger;
use crate::payment::{BookAction, Confirm, Release, Reservation};

impl Account {
    pub(super) fn allocate(&self, reservation: &Reservation, stamp: &Stamp) -> Events {
        if reservation.account != *self.payer() {
            let (expected, got) = (self.payer().to_string(), reservation.account.to_string());
            return refuse(&AccountError::ReservationAccount { expected, got });
        }
        if self.applied.contains_key(&reservation.id) {
            return refuse(&AccountError::ReservationApplied { got: reservation.id.to_string() });
        }
        let balances = match self.balances_after(reservation) {
            Ok(balances) => balances,
            // The answer is a record, so that a second delivery cannot get another one.
            Err(refusal) => return Ok(self.decline(reservation, stamp, &refusal)),
        };
        let allocated = Allocated { balances, reservation: reservation.clone() };
        let confirm = BookAction::Confirm(Confirm { reservation: reservation.id.clone() });
        let intent = self.tell_book(reservation, stamp, "confirm", confirm);
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

    /// Records that money could not be applied, and why; the book releases it.
    fn decline(&self, reservation: &Reservation, stamp: &Stamp, refusal: &Refusal) -> Ruling<AccountEvent> {
        let declined = AllocationDeclined {
            code: refusal.code().number,
            name: refusal.code().name.to_owned(),
            reservation: reservation.id.clone(),
        };
        let release = BookAction::Release(Release { reservation: reservation.id.clone() });
        let intent = self.tell_book(reservation, stamp, "release", release);
        let seen = |finding: &Finding| Finding { severity: Severity::Warn, ..finding.clone() };
        Ruling {
            events: vec![AccountEvent::AllocationDeclined(declined), AccountEvent::Intent(intent)],
            findings: refusal.findings().map(seen).collect(),
        }
    }

    /// The ready command that tells the cash book.
    fn tell_book(&self, reservation: &Reservation, stamp: &Stamp, what: &str, action: BookAction) -> Intent {
        let seller = self.chain.address().seller.clone();
        let log = LogAddress { id: reservation.book.clone(), kind: LogKind::CashBook, seller };
        let id = derived_id(&[what, reservation.id.as_str()]);
        let command = Command {
            action,
            expect: None,
            id: id.clone(),
            log: log.clone(),
            salt: None,
            stamp: stamp.as_system(),
        };
        Intent { command: Document::of(&command), id, log }
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
