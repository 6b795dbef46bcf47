//! Under which ids cash books and accounts tell each other.

use super::action::{
    BookAction, BookEvent, Confirm, PayBack, PayOut, Receive, RefundDeclined, RefundOrder, Release,
    Unapplied, Withdraw,
};
use super::cash_book::{CashBook, ReservationStatus};
use super::receipt::Reservation;
use crate::audit::{Ready, Record, Sender, ready_id};
use crate::id::Id;

impl Ready for BookAction {
    fn sender(&self) -> Sender {
        match self {
            // A bank line comes from its bank, and cash that an account moved in with from the account.
            Self::Receive(receive) => Sender::Either(receive.ready_id()),
            Self::Confirm(confirm) => Sender::Log(confirm.ready_id()),
            Self::Release(release) => Sender::Log(release.ready_id()),
            Self::Unapplied(unapplied) => Sender::Log(unapplied.ready_id()),
            Self::PayOut(order) => Sender::Log(order.ready_id()),
            Self::PayBack(order) => Sender::Log(order.ready_id()),
            Self::Assign(_)
            | Self::Match(_)
            | Self::Reserve(_)
            | Self::Refund(_)
            | Self::Reverse(_)
            | Self::ClosePeriod(_)
            | Self::ReopenPeriod(_)
            | Self::PlaceLegalHold(_)
            | Self::LiftLegalHold(_)
            | Self::Purge(_)
            | Self::EraseSubject(_) => Sender::Person,
        }
    }
}

impl CashBook {
    /// Who sends a command that is recorded like this.
    pub(super) fn sender(&self, record: &Record<BookEvent>) -> Sender {
        let Some(event) = record.events.first() else { return self.of_nothing(&record.command.id) };
        match event {
            BookEvent::Received(received) => Sender::Either(receive_id(&received.entry.id)),
            BookEvent::Confirmed(confirm) => Sender::Log(confirm.ready_id()),
            BookEvent::Released(release) => Sender::Log(release.ready_id()),
            BookEvent::Unapplied(taken) => Sender::Log(taken.unapplied.ready_id()),
            BookEvent::Refunded(refunded) => {
                refunded.order.as_ref().map_or(Sender::Person, |order| Sender::Log(order.ready_id()))
            }
            BookEvent::PaidOut(paid_out) => Sender::Log(paid_out.order.ready_id()),
            BookEvent::RefundDeclined(declined) => Sender::Log(declined.order.ready_id()),
            BookEvent::Assigned(_)
            | BookEvent::Matched(_)
            | BookEvent::Reserved(_)
            | BookEvent::Reversed(_)
            | BookEvent::Intent(_)
            | BookEvent::PeriodClosed(_)
            | BookEvent::PeriodReopened(_)
            | BookEvent::ReopenAsked(_)
            | BookEvent::LegalHoldPlaced(_)
            | BookEvent::LegalHoldLifted(_)
            | BookEvent::ErasureRequested(_)
            | BookEvent::Purged(_)
            | BookEvent::PurgeRefused(_) => Sender::Person,
        }
    }

    /// Of the ready commands those come to nothing that say what the book knows: cash that is here, and that
    /// money was applied of which more is known.
    fn of_nothing(&self, command: &Id) -> Sender {
        let known = |status| matches!(status, ReservationStatus::Confirmed | ReservationStatus::Unapplied);
        let settled = self.reservations.iter().filter(|(_, state)| known(state.status));
        let mut ids = settled.map(|(id, _)| confirm_id(id)).chain(self.entries.keys().map(receive_id));
        ids.find(|id| id == command).map_or(Sender::Person, Sender::Either)
    }
}

/// The id under which an account hands over a bank line.
fn receive_id(entry: &Id) -> Id {
    ready_id(&["receive", entry.as_str()])
}

/// The id under which an account says that it applied a reservation.
fn confirm_id(reservation: &Id) -> Id {
    ready_id(&["confirm", reservation.as_str()])
}

/// The id under which an account orders that money of a receipt is paid back.
fn pay_back_id(account: &Id, refund: &Id) -> Id {
    ready_id(&["pay_back", account.as_str(), refund.as_str()])
}

/// The id under which a book asks an account to apply a reservation.
pub(crate) fn allocate_id(reservation: &Id) -> Id {
    ready_id(&["allocate", reservation.as_str()])
}

/// The id under which a book says that the bank took back what a reservation had spent.
pub(crate) fn withdraw_id(reservation: &Id) -> Id {
    ready_id(&["withdraw", reservation.as_str()])
}

impl RefundOrder {
    /// The id of the ready command that it came by.
    fn ready_id(&self) -> Id {
        pay_back_id(&self.account, &self.refund)
    }
}

impl Receive {
    /// The id under which an account hands over the cash that it moved in with.
    pub(crate) fn ready_id(&self) -> Id {
        receive_id(&self.entry.id)
    }
}

impl Confirm {
    /// The id under which an account says that it applied a reservation.
    pub(crate) fn ready_id(&self) -> Id {
        confirm_id(&self.reservation)
    }
}

impl Release {
    /// The id under which an account says that it will not apply a reservation.
    pub(crate) fn ready_id(&self) -> Id {
        ready_id(&["release", self.reservation.as_str()])
    }
}

impl Unapplied {
    /// The id under which an account says that it took a reservation back.
    pub(crate) fn ready_id(&self) -> Id {
        ready_id(&["unapplied", self.reservation.as_str()])
    }
}

impl PayOut {
    /// The id under which an account orders that credit is paid out.
    pub(crate) fn ready_id(&self) -> Id {
        ready_id(&["pay_out", self.account.as_str(), self.refund.as_str()])
    }
}

impl PayBack {
    /// The id under which an account orders that money of a receipt is paid back.
    pub(crate) fn ready_id(&self) -> Id {
        pay_back_id(&self.account, &self.refund)
    }
}

impl Reservation {
    /// The id under which a book asks an account to apply it.
    pub(crate) fn ready_id(&self) -> Id {
        allocate_id(&self.id)
    }
}

impl Withdraw {
    /// The id under which a book says that the bank took back what a reservation had spent.
    pub(crate) fn ready_id(&self) -> Id {
        withdraw_id(&self.reservation)
    }
}

impl RefundDeclined {
    /// The id under which a book answers an order that it cannot pay.
    pub(crate) fn ready_id(&self) -> Id {
        let order = &self.order;
        ready_id(&["decline_refund", self.book.as_str(), order.account.as_str(), order.refund.as_str()])
    }
}
