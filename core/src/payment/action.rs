use super::receipt::{Plan, Reservation, StatementEntry};
use crate::audit::{
    ClosePeriod, Intent, PeriodClosed, PeriodEvent, PeriodReopened, ReopenAsked, ReopenPeriod, Seal, Sealer,
};
use crate::canon::{shape, union};
use crate::id::Id;

shape! {
    /// A bank line came in.
    pub struct Receive {
        /// The line.
        pub entry: StatementEntry,
    }
}

shape! {
    /// A receipt belongs to a customer.
    pub struct Assigned {
        /// The customer.
        pub customer: Id,
        /// The receipt.
        pub receipt: Id,
    }
}

shape! {
    /// Applies what matching says of several receipts, in one record.
    pub struct Matches {
        /// One plan per receipt.
        pub plans: Vec<Plan>,
    }
}

shape! {
    /// Reserves money of a receipt for an account, by hand.
    pub struct Reserve {
        /// The account.
        pub account: Id,
        /// What goes where.
        pub allocations: Vec<crate::ledger::Allocation>,
        /// The receipt.
        pub receipt: Id,
    }
}

shape! {
    /// What matching said of a receipt that is not applied.
    pub struct Matched {
        /// The plan.
        pub plan: Plan,
    }
}

shape! {
    /// The account applied a reservation.
    pub struct Confirm {
        /// The reservation.
        pub reservation: Id,
    }
}

shape! {
    /// The account refused a reservation: its money is free again.
    pub struct Release {
        /// The reservation.
        pub reservation: Id,
    }
}

union! {
    /// What a host asks of a cash book.
    pub enum BookAction {
        /// Book a bank line.
        Receive(Receive) = "receive",
        /// Say whose a receipt is.
        Assign(Assigned) = "assign",
        /// Apply what matching says.
        Match(Matches) = "match",
        /// Reserve by hand.
        Reserve(Reserve) = "reserve",
        /// The account applied it.
        Confirm(Confirm) = "confirm",
        /// The account refused it.
        Release(Release) = "release",
        /// Close days: nothing takes effect on them any more.
        ClosePeriod(ClosePeriod) = "close_period",
        /// Reopen closed days.
        ReopenPeriod(ReopenPeriod) = "reopen_period",
    }
}

union! {
    /// What happened in a cash book.
    pub enum BookEvent {
        /// A bank line was booked.
        Received(Receive) = "received",
        /// A receipt got its customer.
        Assigned(Assigned) = "assigned",
        /// A receipt waits for somebody's choice, or for more to be known.
        Matched(Matched) = "matched",
        /// Money was reserved for an account.
        Reserved(Reservation) = "reserved",
        /// The account applied it.
        Confirmed(Confirm) = "confirmed",
        /// The account refused it.
        Released(Release) = "released",
        /// An account is told.
        Intent(Intent) = "intent",
        /// Days were closed.
        PeriodClosed(PeriodClosed) = "period_closed",
        /// Days are open again.
        PeriodReopened(PeriodReopened) = "period_reopened",
        /// Somebody asked to reopen days.
        ReopenAsked(ReopenAsked) = "reopen_asked",
    }
}

impl From<PeriodEvent> for BookEvent {
    fn from(event: PeriodEvent) -> Self {
        match event {
            PeriodEvent::Closed(closed) => Self::PeriodClosed(closed),
            PeriodEvent::ReopenAsked(asked) => Self::ReopenAsked(asked),
            PeriodEvent::Reopened(reopened) => Self::PeriodReopened(reopened),
        }
    }
}

impl BookEvent {
    /// The ready command that it carries.
    #[must_use]
    pub const fn intent(&self) -> Option<&Intent> {
        if let Self::Intent(intent) = self { Some(intent) } else { None }
    }
}

impl Seal for BookAction {
    fn seal(&mut self, sealer: &mut Sealer) {
        match self {
            Self::Receive(receive) => {
                for receipt in &mut receive.entry.receipts {
                    sealer.seal(&mut receipt.payer_name);
                    sealer.seal(&mut receipt.text);
                }
            }
            Self::Assign(_)
            | Self::Match(_)
            | Self::Reserve(_)
            | Self::Confirm(_)
            | Self::Release(_)
            | Self::ClosePeriod(_)
            | Self::ReopenPeriod(_) => {}
        }
    }
}

union! {
    /// What a cash book tells an account.
    pub(super) enum ToAccount {
        Allocate(Reservation) = "allocate",
    }
}

impl Seal for ToAccount {}
