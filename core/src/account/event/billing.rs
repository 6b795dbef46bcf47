//! Work, fees and plans: what was captured, sold, committed, drafted.

use std::sync::Arc;

use crate::account::action::{FeeOutcome, ProposeEstimate};
use crate::approval::Asked;
use crate::calendar::Date;
use crate::canon::{shape, words};
use crate::id::Id;
use crate::invoice::{Draft, GroupValue, Period};
use crate::money::{Currency, Minor, Price};
use crate::rating::Charge;
use crate::work::{Entry, Ticket};

shape! {
    /// New or changed work.
    pub struct Captured {
        /// Time and parts.
        pub entries: Vec<Arc<Entry>>,
        /// Tickets.
        pub tickets: Vec<Arc<Ticket>>,
    }
}

shape! {
    /// A prepaid block was sold, or an amount that was agreed for a milestone fell due.
    pub struct BlockSold {
        /// The agreement.
        pub agreement: Id,
        /// What will be billed for it.
        pub charge: Charge,
        /// The currency of the charge.
        pub currency: Currency,
        /// The customer.
        pub customer: Id,
        /// The sale.
        pub sale: Id,
        /// Seconds that can be drawn; none for a milestone.
        pub seconds: u64,
    }
}

shape! {
    /// A part of an estimate that a line takes.
    pub struct Draw {
        /// Net before tax.
        pub amount: Minor,
        /// The currency of the amount.
        pub currency: Currency,
        /// The estimate.
        pub estimate: Id,
        /// The line.
        pub line: Id,
    }
}

words! {
    /// What set a billing off.
    pub enum PlanKind {
        /// Somebody, by hand.
        Manual = "manual",
        /// An anchored day.
        Schedule = "schedule",
        /// The unbilled balance.
        Balance = "balance",
        /// A ticket.
        Ticket = "ticket",
        /// A milestone.
        Milestone = "milestone",
    }
}

shape! {
    /// What stayed unbilled because it was less than the minimum of an invoice.
    pub struct CarriedForward {
        /// The currency of the net.
        pub currency: Currency,
        /// What its lines have in common.
        pub grouping: Vec<GroupValue>,
        /// The minimum.
        pub minimum: Price,
        /// What it came to before tax.
        pub net: Minor,
    }
}

shape! {
    /// A plan was carried out: its key is used up, whatever becomes of its invoices.
    pub struct PlanCommitted {
        /// What set it off.
        pub by: PlanKind,
        /// What was carried forward.
        pub carried: Vec<CarriedForward>,
        /// The invoices that it drafted; what their lines have in common stands on them.
        pub invoices: Vec<Id>,
        /// Its key: account, trigger and period.
        pub key: Id,
        /// The days it billed.
        pub period: Period,
        /// The plan of the policy, or the name of a run by hand.
        pub trigger: Id,
    }
}

shape! {
    /// Days of a fee were taken off it.
    pub struct FeeSkipped {
        /// The agreement.
        pub agreement: Id,
        /// The customer of the agreement.
        pub customer: Id,
        /// The fee.
        pub fee: Id,
        /// The first day.
        pub from: Date,
        /// Why.
        pub outcome: FeeOutcome,
        /// The last day.
        pub to: Date,
    }
}

shape! {
    /// Skipped days of a fee are due again.
    pub struct FeeRestored {
        /// The agreement.
        pub agreement: Id,
        /// The fee.
        pub fee: Id,
        /// The first day.
        pub from: Date,
        /// The last day.
        pub to: Date,
    }
}

shape! {
    /// A project reached a milestone.
    pub struct MilestoneReached {
        /// The last day of work that is due with it.
        pub effective: Date,
        /// The milestone.
        pub milestone: Id,
        /// The project.
        pub project: Id,
    }
}

shape! {
    /// An invoice was drafted; its work is on no other live line.
    pub struct Drafted {
        /// The request for its approval: by whom, on which digest, what is needed and why.
        pub approval: Asked,
        /// The invoice, whole.
        pub draft: Arc<Draft>,
        /// What it draws on estimates that the customer consented to.
        pub draws: Vec<Draw>,
    }
}

shape! {
    /// A customer is asked to consent to work up to a cap.
    pub struct EstimateProposed {
        /// The request for consent.
        pub approval: Asked,
        /// What is proposed.
        pub estimate: ProposeEstimate,
    }
}
