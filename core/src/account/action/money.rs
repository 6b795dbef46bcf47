//! What moves open items.

use crate::approval::ExchangeRate;
use crate::canon::{shape, union};
use crate::id::Id;
use crate::money::{Currency, Minor};

shape! {
    /// Takes applied money back, a whole reservation at once; what it had paid is open again.
    pub struct Unapply {
        /// Why: a code of the host.
        pub reason: Id,
        /// Key of the reservation.
        pub reservation: Id,
    }
}

shape! {
    /// Sets unused credit against another item of the same customer and currency.
    pub struct ApplyCredit {
        /// How much.
        pub amount: Minor,
        /// Its currency.
        pub currency: Currency,
        /// The credit.
        pub from: Id,
        /// What it is set against.
        pub to: Id,
    }
}

shape! {
    /// Pays unused credit out.
    pub struct RefundCredit {
        /// How much.
        pub amount: Minor,
        /// The cash book of the bank account it is paid from.
        pub book: Id,
        /// Its currency.
        pub currency: Currency,
        /// Exchange rates for approval rules in another currency.
        pub exchange: Vec<ExchangeRate>,
        /// Id of the refund.
        pub id: Id,
        /// The credit.
        pub item: Id,
        /// Why: a code of the host.
        pub reason: Id,
    }
}

shape! {
    /// Pays money of a receipt back that belongs to a customer and was not applied.
    pub struct RefundReceipt {
        /// How much.
        pub amount: Minor,
        /// The cash book of the receipt.
        pub book: Id,
        /// Its currency.
        pub currency: Currency,
        /// Whose money it is.
        pub customer: Id,
        /// Exchange rates for approval rules in another currency.
        pub exchange: Vec<ExchangeRate>,
        /// Id of the refund.
        pub id: Id,
        /// Who gets it: a customer, or the bank account it came from.
        pub payee: Id,
        /// Why: a code of the host.
        pub reason: Id,
        /// The receipt.
        pub receipt: Id,
    }
}

union! {
    /// Money that is to go back.
    pub enum AskedRefund {
        /// Unused credit.
        Credit(RefundCredit) = "credit",
        /// Money of a receipt.
        Receipt(RefundReceipt) = "receipt",
    }
}

shape! {
    /// Writes a part of an item off.
    pub struct WriteOff {
        /// How much.
        pub amount: Minor,
        /// Its currency.
        pub currency: Currency,
        /// Exchange rates for approval rules in another currency.
        pub exchange: Vec<ExchangeRate>,
        /// Id of the write-off.
        pub id: Id,
        /// The item.
        pub item: Id,
        /// Why: a code of the host.
        pub reason: Id,
    }
}

shape! {
    /// Owes again what was written off, so that money that comes after all can be applied.
    pub struct Recover {
        /// How much.
        pub amount: Minor,
        /// Its currency.
        pub currency: Currency,
        /// Why: a code of the host.
        pub reason: Id,
        /// The write-off.
        pub write_off: Id,
    }
}
