//! Under which ids cash books and accounts tell each other.

use super::action::{
    BookAction, BookEvent, Confirm, PayBack, PayOut, Receive, RefundDeclined, Release, Unapplied, Withdraw,
};
use super::receipt::Reservation;
use crate::audit::{Ready, ready_id};
use crate::id::Id;

impl Ready for BookAction {
    /// What became of reserved money, and what is to be paid back, accounts tell. Bank lines come from people
    /// too.
    fn is_told(&self) -> bool {
        let answer = matches!(self, Self::Confirm(_) | Self::Release(_) | Self::Unapplied(_));
        answer || matches!(self, Self::PayOut(_) | Self::PayBack(_))
    }

    fn ready_id(&self) -> Option<Id> {
        match self {
            Self::Receive(receive) => Some(receive.ready_id()),
            Self::Confirm(confirm) => Some(confirm.ready_id()),
            Self::Release(release) => Some(release.ready_id()),
            Self::Unapplied(unapplied) => Some(unapplied.ready_id()),
            Self::PayOut(order) => Some(order.ready_id()),
            Self::PayBack(order) => Some(order.ready_id()),
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
            | Self::EraseSubject(_) => None,
        }
    }
}

impl BookEvent {
    /// Whether it stands in the record of a ready command alone.
    pub(super) fn is_told(&self) -> bool {
        let answer = matches!(self, Self::Confirmed(_) | Self::Released(_) | Self::Unapplied(_));
        let ordered = matches!(self, Self::Refunded(refunded) if refunded.order.is_some());
        answer || ordered || matches!(self, Self::PaidOut(_) | Self::RefundDeclined(_))
    }
}

impl Receive {
    /// The id under which an account hands over the cash that it moved in with.
    pub(crate) fn ready_id(&self) -> Id {
        ready_id(&["receive", self.entry.id.as_str()])
    }
}

impl Confirm {
    /// The id under which an account says that it applied a reservation.
    pub(crate) fn ready_id(&self) -> Id {
        ready_id(&["confirm", self.reservation.as_str()])
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
        ready_id(&["pay_back", self.account.as_str(), self.refund.as_str()])
    }
}

impl Reservation {
    /// The id under which a book asks an account to apply it.
    pub(crate) fn ready_id(&self) -> Id {
        ready_id(&["allocate", self.id.as_str()])
    }
}

impl Withdraw {
    /// The id under which a book says that the bank took back what a reservation had spent.
    pub(crate) fn ready_id(&self) -> Id {
        ready_id(&["withdraw", self.reservation.as_str()])
    }
}

impl RefundDeclined {
    /// The id under which a book answers an order that it cannot pay.
    pub(crate) fn ready_id(&self) -> Id {
        let order = &self.order;
        ready_id(&["decline_refund", self.book.as_str(), order.account.as_str(), order.refund.as_str()])
    }
}
