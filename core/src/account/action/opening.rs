//! Moving in.

use crate::approval::ForeignDecision;
use crate::calendar::Date;
use crate::canon::shape;
use crate::id::Id;
use crate::ledger::ItemTerms;
use crate::money::{Currency, Minor};

shape! {
    /// Money that waited for this account in the system it moves in from.
    pub struct OpeningCash {
        /// How much.
        pub amount: Minor,
        /// The cash book it goes to.
        pub book: Id,
        /// Its currency.
        pub currency: Currency,
        /// Whose it is.
        pub customer: Id,
        /// The bank's transaction id.
        pub id: Id,
        /// When it came in.
        pub value_date: Date,
    }
}

shape! {
    /// What was bought and drawn of a prepaid block before the account moved in.
    pub struct OpeningBalance {
        /// The agreement.
        pub agreement: Id,
        /// Its customer.
        pub customer: Id,
        /// Seconds drawn.
        pub drawn: u64,
        /// Seconds bought.
        pub purchased: u64,
    }
}

shape! {
    /// How far reminding had gone on an item when it moved in.
    pub struct OpeningLevel {
        /// The item.
        pub item: Id,
        /// The level.
        pub level: u32,
        /// Since when.
        pub since: Date,
    }
}

shape! {
    /// An invoice that was paid before the account moved in: for forecasts and audits only.
    pub struct PaidInvoice {
        /// What it was for.
        pub amount: Minor,
        /// Its currency.
        pub currency: Currency,
        /// Its customer.
        pub customer: Id,
        /// What was decided on it, in the order of that system.
        pub decisions: Vec<ForeignDecision>,
        /// When it was due.
        pub due: Date,
        /// When it was issued.
        pub issued: Date,
        /// Its number.
        pub number: Id,
        /// When it was paid in full.
        pub paid: Date,
    }
}

shape! {
    /// Moves an account in at a cut-over date. Importing the same again has no effect.
    pub struct ImportOpening {
        /// Prepaid blocks.
        pub balances: Vec<OpeningBalance>,
        /// Ids of work that was billed before and never is again.
        pub billed_elsewhere: Vec<Id>,
        /// Unapplied cash.
        pub cash: Vec<OpeningCash>,
        /// The date its balances count from.
        pub cutover: Date,
        /// How far reminding had gone.
        pub dunning: Vec<OpeningLevel>,
        /// Invoices that were paid before.
        pub history: Vec<PaidInvoice>,
        /// Open invoices and credits, under their own numbers; amounts of a credit are below 0.
        pub items: Vec<ItemTerms>,
    }
}
