//! What moved in.

use crate::account::action::{OpeningBalance, OpeningCash, OpeningLevel, PaidInvoice};
use crate::calendar::Date;
use crate::canon::shape;
use crate::id::Id;
use crate::ledger::ItemTerms;
use crate::money::{Currency, Minor};

shape! {
    /// What an import adds in one currency, to be checked against the system it moves in from.
    pub struct ControlTotal {
        /// Unapplied cash.
        pub cash: Minor,
        /// Invoices and credits less cash.
        pub control: Minor,
        /// Open credits, below 0.
        pub credits: Minor,
        /// The currency.
        pub currency: Currency,
        /// Open invoices.
        pub invoices: Minor,
    }
}

shape! {
    /// A number that moved in and that a series could give.
    pub struct OpeningNumber {
        /// Its date.
        pub date: Date,
        /// The number.
        pub number: Id,
        /// The series.
        pub series: Id,
    }
}

shape! {
    /// The account moved in.
    pub struct OpeningImported {
        /// Prepaid blocks.
        pub balances: Vec<OpeningBalance>,
        /// Ids of work that was billed before.
        pub billed_elsewhere: Vec<Id>,
        /// Unapplied cash; the cash books are told.
        pub cash: Vec<OpeningCash>,
        /// The date its balances count from.
        pub cutover: Date,
        /// How far reminding had gone.
        pub dunning: Vec<OpeningLevel>,
        /// Invoices that were paid before.
        pub history: Vec<PaidInvoice>,
        /// Open invoices and credits.
        pub items: Vec<ItemTerms>,
        /// Numbers that a series of the policy could give; it is told, and never gives them.
        pub numbers: Vec<OpeningNumber>,
        /// What that adds, by currency.
        pub totals: Vec<ControlTotal>,
    }
}
