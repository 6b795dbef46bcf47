use super::action::{DisputeOutcome, FeeOutcome, OpenDispute};
use crate::approval::{Decision, Requirement};
use crate::audit::Intent;
use crate::calendar::Date;
use crate::canon::{Digest, shape, union, words};
use crate::id::Id;
use crate::invoice::{DiscountOffer, Draft, GroupValue, Instalment, Period};
use crate::ledger::ItemTerms;
use crate::money::{Currency, Minor, Price};
use crate::payment::Reservation;
use crate::rating::Charge;
use crate::work::{Entry, Ticket};

shape! {
    /// The account moved in.
    pub struct OpeningImported {
        /// Ids of work that was billed before.
        pub billed_elsewhere: Vec<Id>,
        /// The date its balances count from.
        pub cutover: Date,
        /// Open invoices.
        pub items: Vec<ItemTerms>,
    }
}

shape! {
    /// New or changed work.
    pub struct Captured {
        /// Time and parts.
        pub entries: Vec<Entry>,
        /// Tickets.
        pub tickets: Vec<Ticket>,
    }
}

shape! {
    /// A prepaid block was sold.
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
        /// Seconds that can be drawn.
        pub seconds: u64,
    }
}

shape! {
    /// An invoice was drafted; its work is on no other live line.
    pub struct Drafted {
        /// Who drafted it.
        pub author: Id,
        /// Digest of exactly this draft: what approvals are bound to.
        pub digest: Digest,
        /// The invoice, whole.
        pub draft: Draft,
        /// Approvals it needs.
        pub needed: Vec<Requirement>,
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
    /// Somebody decided on an invoice.
    pub struct ApprovalDecided {
        /// The decision.
        pub decision: Decision,
        /// The invoice.
        pub invoice: Id,
    }
}

shape! {
    /// An invoice has all approvals; its number is under way and its content frozen.
    pub struct NumberRequested {
        /// The currency of every amount.
        pub currency: Currency,
        /// The issue date.
        pub date: Date,
        /// What may be left out when it is paid early.
        pub discount: Option<DiscountOffer>,
        /// The due date.
        pub due: Date,
        /// Its instalments; empty when it is due in one sum.
        pub instalments: Vec<Instalment>,
        /// The invoice.
        pub invoice: Id,
        /// The series.
        pub series: Id,
    }
}

shape! {
    /// An invoice has its number and became a receivable.
    pub struct Issued {
        /// The invoice.
        pub invoice: Id,
        /// What is owed.
        pub item: ItemTerms,
    }
}

shape! {
    /// An invoice was voided.
    pub struct Voided {
        /// The invoice.
        pub invoice: Id,
        /// The date it takes effect.
        pub effective: Date,
    }
}

shape! {
    /// A dispute ended.
    pub struct DisputeClosed {
        /// The dispute.
        pub dispute: Id,
        /// The date it takes effect.
        pub effective: Date,
        /// The invoice or opening item.
        pub invoice: Id,
        /// How.
        pub outcome: DisputeOutcome,
    }
}

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
        /// The reservation with its allocations.
        pub reservation: Reservation,
    }
}

shape! {
    /// Reserved money could not be applied; the cash book is told to release it.
    pub struct AllocationDeclined {
        /// Number of the code of the first reason.
        pub code: u16,
        /// Name of that code.
        pub name: String,
        /// Key of the reservation.
        pub reservation: Id,
    }
}

shape! {
    /// A part of an item is disputed from a date.
    pub struct DisputeOpened {
        /// The dispute.
        pub dispute: OpenDispute,
        /// The date it takes effect.
        pub effective: Date,
    }
}

union! {
    /// What happened in an account.
    pub enum AccountEvent {
        /// The account moved in.
        OpeningImported(OpeningImported) = "opening_imported",
        /// Work was captured.
        Captured(Captured) = "captured",
        /// A prepaid block was sold.
        BlockSold(BlockSold) = "block_sold",
        /// An invoice was drafted.
        Drafted(Drafted) = "drafted",
        /// A plan was carried out.
        PlanCommitted(PlanCommitted) = "plan_committed",
        /// Days of a fee were taken off it.
        FeeSkipped(FeeSkipped) = "fee_skipped",
        /// They are due again.
        FeeRestored(FeeRestored) = "fee_restored",
        /// A milestone was reached.
        MilestoneReached(MilestoneReached) = "milestone_reached",
        /// Somebody decided on it.
        ApprovalDecided(ApprovalDecided) = "approval_decided",
        /// Its number is under way.
        NumberRequested(NumberRequested) = "number_requested",
        /// It was issued.
        Issued(Issued) = "issued",
        /// It was voided.
        Voided(Voided) = "voided",
        /// A part of it is disputed.
        DisputeOpened(DisputeOpened) = "dispute_opened",
        /// The dispute ended.
        DisputeClosed(DisputeClosed) = "dispute_closed",
        /// Money was applied.
        Allocated(Allocated) = "allocated",
        /// Money could not be applied.
        AllocationDeclined(AllocationDeclined) = "allocation_declined",
        /// Another log is told.
        Intent(Intent) = "intent",
    }
}

impl AccountEvent {
    /// The ready command that it carries.
    #[must_use]
    pub const fn intent(&self) -> Option<&Intent> {
        if let Self::Intent(intent) = self { Some(intent) } else { None }
    }
}
