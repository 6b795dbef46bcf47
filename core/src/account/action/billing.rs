//! Work, fees and plans.

use crate::account::capture::FixedPrice;
use crate::approval::ExchangeRate;
use crate::calendar::Date;
use crate::canon::{Digest, shape, words};
use crate::id::Id;
use crate::invoice::{OneOffAdjustment, Period};
use crate::money::{Currency, Minor};
use crate::work::{Entry, Ticket};

shape! {
    /// Captures work; what is known already has no effect.
    pub struct Capture {
        /// Time and parts.
        pub entries: Vec<Entry>,
        /// Tickets, as they stand now.
        pub tickets: Vec<Ticket>,
    }
}

shape! {
    /// Sells a prepaid block: its hours can be drawn at once, its price goes on the next invoice.
    pub struct SellBlock {
        /// The agreement.
        pub agreement: Id,
        /// The customer of the agreement.
        pub customer: Id,
        /// Id of the sale.
        pub sale: Id,
    }
}

shape! {
    /// Bills by hand: drafts invoices of all billable work, sales and fees up to the end of a period, one
    /// per currency and group.
    pub struct Bill {
        /// Allowances and charges of this bill alone, each on one of its invoices.
        pub adjustments: Vec<OneOffAdjustment>,
        /// Whether what is below the minimum is billed too.
        pub below_minimum: bool = false,
        /// Most late periods of each fee; what the fee says when left out.
        pub catch_up: Option<u32>,
        /// Exchange rates for approval rules in another currency.
        pub exchange: Vec<ExchangeRate>,
        /// The period.
        pub period: Period,
        /// Names the run, such as `monthly`; part of the invoice ids.
        pub run: Id,
    }
}

shape! {
    /// Bills what a plan found due: the question `plans` lists it, and it is done once.
    pub struct CommitPlan {
        /// Allowances and charges of this bill alone, each on one of its invoices.
        pub adjustments: Vec<OneOffAdjustment>,
        /// The digest of what was shown; what it comes to now, with these adjustments, must be the same where it is given.
        pub digest: Option<Digest>,
        /// Exchange rates for approval rules in another currency.
        pub exchange: Vec<ExchangeRate>,
        /// Key of the plan.
        pub plan: Id,
    }
}

words! {
    /// Why a period of a fee is not billed.
    pub enum FeeOutcome {
        /// The service paused.
        Skipped = "skipped",
        /// The customer need not pay.
        Cancelled = "cancelled",
    }
}

shape! {
    /// Takes the days of a period off a fee that are not billed yet.
    pub struct SkipFee {
        /// The agreement.
        pub agreement: Id,
        /// The customer of the agreement.
        pub customer: Id,
        /// The fee.
        pub fee: Id,
        /// Why.
        pub outcome: FeeOutcome = FeeOutcome::Skipped,
        /// First day of the period.
        pub period: Date,
    }
}

shape! {
    /// Takes a skip back: the days are due again.
    pub struct RestoreFee {
        /// The agreement.
        pub agreement: Id,
        /// The fee.
        pub fee: Id,
        /// First day of what was skipped.
        pub from: Date,
    }
}

shape! {
    /// A project reached a milestone: its work up to the effective date is due under plans on milestones, or
    /// the amount that was agreed for it.
    pub struct ReachMilestone {
        /// What was agreed for it; its work is billed by time when left out.
        pub fixed: Option<FixedPrice>,
        /// The milestone.
        pub milestone: Id,
        /// The project.
        pub project: Id,
    }
}

shape! {
    /// The work that an estimate is about: what one of each list names; an empty list names all.
    pub struct EstimateScope {
        /// Agreements.
        pub agreements: Vec<Id>,
        /// Charge codes.
        pub codes: Vec<Id>,
        /// Customers of the account.
        pub customers: Vec<Id>,
        /// Tickets.
        pub tickets: Vec<Id>,
    }
}

shape! {
    /// Asks a customer to consent to work outside the agreement, up to a cap.
    pub struct ProposeEstimate {
        /// Most net before tax that may be billed.
        pub cap: Minor,
        /// The currency of the cap.
        pub currency: Currency,
        /// Id of the estimate.
        pub estimate: Id,
        /// Last day on which an invoice may draw on it.
        pub expires: Date,
        /// The work.
        pub scope: EstimateScope,
    }
}

shape! {
    /// Takes an estimate back; what was drawn stays drawn.
    pub struct WithdrawEstimate {
        /// The estimate.
        pub estimate: Id,
    }
}
