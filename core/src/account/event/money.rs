//! What moves open items: allocations, credits applied or paid out, write-offs.

use crate::account::action::{AskedRefund, WriteOff};
use crate::approval::Asked;
use crate::calendar::Date;
use crate::canon::shape;
use crate::id::Id;
use crate::money::{Currency, Minor};
use crate::payment::Reservation;

shape! {
    /// What is open on an item after an allocation.
    pub struct ItemBalance {
        /// The currency.
        pub currency: Currency,
        /// The item.
        pub item: Id,
        /// What is open.
        pub open: Minor,
    }
}

shape! {
    /// Reserved money was applied.
    pub struct Allocated {
        /// What is open afterwards.
        pub balances: Vec<ItemBalance>,
        /// The date it takes effect: that of the reservation, or the first open day where that is closed.
        pub effective: Date,
        /// The reservation with its allocations.
        pub reservation: Reservation,
    }
}

shape! {
    /// Reserved money could not be applied; the cash book is told to release it.
    pub struct AllocationDeclined {
        /// The cash book.
        pub book: Id,
        /// Number of the code of the first reason.
        pub code: u16,
        /// Name of that code.
        pub name: String,
        /// Key of the reservation.
        pub reservation: Id,
    }
}

shape! {
    /// Applied money was taken back: what it had paid is open again, and the money is unapplied.
    pub struct AllocationUndone {
        /// What is open afterwards.
        pub balances: Vec<ItemBalance>,
        /// The date it takes effect; never before the money was applied.
        pub effective: Date,
        /// Why: a code of the host, or of the bank's reversal.
        pub reason: Id,
        /// Key of the reservation.
        pub reservation: Id,
    }
}

shape! {
    /// The bank took money back before it was applied here; it never will be.
    pub struct ReservationWithdrawn {
        /// The cash book.
        pub book: Id,
        /// Why: the code of the reversal.
        pub reason: Id,
        /// Key of the reservation.
        pub reservation: Id,
    }
}

shape! {
    /// Unused credit was set against an item.
    pub struct CreditApplied {
        /// How much.
        pub amount: Minor,
        /// What is open on both afterwards.
        pub balances: Vec<ItemBalance>,
        /// The currency.
        pub currency: Currency,
        /// The date it takes effect.
        pub effective: Date,
        /// The credit.
        pub from: Id,
        /// What it was set against.
        pub to: Id,
    }
}

shape! {
    /// Somebody wants money to go back.
    pub struct RefundProposed {
        /// The request for its approval: by whom, on which digest, what is needed and why.
        pub approval: Asked,
        /// What is to be paid.
        pub refund: AskedRefund,
    }
}

shape! {
    /// Unused credit is paid out; the cash book is told.
    pub struct CreditRefunded {
        /// How much.
        pub amount: Minor,
        /// What is left of the credit.
        pub balances: Vec<ItemBalance>,
        /// The cash book.
        pub book: Id,
        /// The currency.
        pub currency: Currency,
        /// The date it takes effect.
        pub effective: Date,
        /// Id of the refund.
        pub id: Id,
        /// The credit.
        pub item: Id,
        /// Why.
        pub reason: Id,
    }
}

shape! {
    /// Somebody wants to write a part of an item off.
    pub struct WriteOffProposed {
        /// The request for its approval: by whom, on which digest, what is needed and why.
        pub approval: Asked,
        /// The write-off.
        pub write_off: WriteOff,
    }
}

shape! {
    /// A part of an item was written off.
    pub struct WrittenOff {
        /// How much.
        pub amount: Minor,
        /// What is open afterwards.
        pub balances: Vec<ItemBalance>,
        /// The currency.
        pub currency: Currency,
        /// The date it takes effect.
        pub effective: Date,
        /// Why.
        pub reason: Id,
        /// The write-off.
        pub write_off: Id,
    }
}

shape! {
    /// What was written off is owed again.
    pub struct Recovered {
        /// How much.
        pub amount: Minor,
        /// What is open afterwards.
        pub balances: Vec<ItemBalance>,
        /// The currency.
        pub currency: Currency,
        /// The date it takes effect.
        pub effective: Date,
        /// Why.
        pub reason: Id,
        /// The write-off.
        pub write_off: Id,
    }
}
