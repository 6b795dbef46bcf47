use super::action::{Reverse, Reversed, TakenBack, ToAccount, Unapplied, Withdraw};
use super::cash_book::{CashBook, ReservationState};
use super::decide::{Events, refuse, ruling};
use super::{BookEvent, PaymentError, Reservation};
use crate::audit::{Intent, Ruling, Stamp};
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;
use crate::money::Amount;

impl CashBook {
    /// The bank took a receipt back. Its money is gone at once; what accounts applied of it they take
    /// back on their own, and until they have said so the receipt stands below nothing, so that the
    /// control total holds at every step.
    pub(super) fn reverse(&self, reverse: &Reverse, stamp: &Stamp) -> Events {
        let receipt = self.receipt(&reverse.receipt).map_err(|error| Refusal::because(&error))?;
        if receipt.reversed.is_some() {
            return refuse(&PaymentError::Reversed { receipt: reverse.receipt.to_string() });
        }
        let reversed = Reversed {
            amount: receipt.receipt.amount,
            currency: receipt.currency,
            effective: stamp.effective.max(receipt.value_date),
            entry: None,
            reason: reverse.reason.clone(),
            receipt: reverse.receipt.clone(),
        };
        let mut events = vec![BookEvent::Reversed(reversed)];
        let told = self.withdrawals(&reverse.receipt, &reverse.reason, stamp);
        events.extend(told.into_iter().map(BookEvent::Intent));
        let findings = self.below_zero(&reverse.receipt).into_iter().collect();
        Ok(Ruling { events, findings })
    }

    /// A finding where money of a receipt was paid back before the bank takes it back.
    pub(super) fn below_zero(&self, id: &Id) -> Option<Finding> {
        let receipt = self.receipts.get(id).filter(|receipt| receipt.refunded.is_positive())?;
        let got = Amount::new(receipt.refunded, receipt.currency).to_string();
        let error = PaymentError::BelowZero { receipt: id.to_string(), got };
        Some(Finding::new(Severity::Warn, &error).about(id))
    }

    /// The ready commands that tell accounts that the bank took back what they applied of a receipt.
    pub(super) fn withdrawals(&self, receipt: &Id, reason: &Id, stamp: &Stamp) -> Vec<Intent> {
        let live = self.reservations_of(receipt).filter(|state| state.is_live());
        let told = live.map(|ReservationState { reservation, .. }| {
            let (book, reason) = (reservation.book.clone(), reason.clone());
            let withdraw = Withdraw { book, reason, reservation: reservation.id.clone() };
            let id = withdraw.ready_id();
            self.tell_account(&reservation.account, id, stamp, ToAccount::Withdraw(withdraw))
        });
        told.collect()
    }

    /// The account took a reservation back, perhaps before its confirmation came here.
    pub(super) fn take_back(&self, unapplied: &Unapplied) -> Events {
        match self.reservations.get(&unapplied.reservation) {
            None => refuse(&PaymentError::ReservationUnknown { got: unapplied.reservation.to_string() }),
            Some(state) if !state.is_live() || !in_order(unapplied, &state.reservation) => {
                let (id, status) = (unapplied.reservation.to_string(), state.status.word());
                refuse(&PaymentError::ReservationSettled { id, status })
            }
            Some(_) => {
                let counts_from = self.counts_from(unapplied.effective);
                ruling(vec![BookEvent::Unapplied(TakenBack { counts_from, unapplied: unapplied.clone() })])
            }
        }
    }
}

/// Money is applied from when it is reserved, and taken back from when it is applied.
fn in_order(unapplied: &Unapplied, reservation: &Reservation) -> bool {
    reservation.effective <= unapplied.applied && unapplied.applied <= unapplied.effective
}
