use super::action::{DisputeOutcome, OpenDispute};
use crate::approval::{Decision, Requirement};
use crate::audit::Intent;
use crate::calendar::Date;
use crate::canon::{Digest, shape, union};
use crate::id::Id;
use crate::invoice::{DiscountOffer, Draft, Instalment};
use crate::ledger::ItemTerms;
use crate::money::{Currency, Minor};
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
