use super::receipt::{Plan, Reservation, StatementEntry};
use crate::audit::{Intent, Seal, Sealer};
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
            Self::Assign(_) | Self::Match(_) | Self::Reserve(_) | Self::Confirm(_) | Self::Release(_) => {}
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
