//! Disputes, from opened to closed.

use crate::calendar::Date;
use crate::canon::{Digest, shape};
use crate::id::Id;
use crate::invoice::{DisputeEvidence, DisputeOutcome, DisputeStep};
use crate::ledger::DueExtension;
use crate::money::{Currency, Minor};

shape! {
    /// A dispute moved on.
    pub struct DisputeAdvanced {
        /// The dispute.
        pub dispute: Id,
        /// The date it takes effect.
        pub effective: Date,
        /// Where to.
        pub to: DisputeStep,
    }
}

shape! {
    /// A dispute ended.
    pub struct DisputeClosed {
        /// How much the seller agreed to.
        pub accepted: Minor,
        /// The currency.
        pub currency: Currency,
        /// The dispute.
        pub dispute: Id,
        /// What is still disputed on the item.
        pub disputed: Minor,
        /// The date it takes effect.
        pub effective: Date,
        /// By how much later what is owed again is due; not at all when left out.
        pub extension: Option<DueExtension>,
        /// The invoice or opening item.
        pub invoice: Id,
        /// How.
        pub outcome: DisputeOutcome,
        /// The credit note or write-off that took the accepted part back.
        pub remedy: Option<Id>,
    }
}

shape! {
    /// A part of an item is disputed from a date; neither what is open nor the total changes.
    pub struct DisputeOpened {
        /// How much.
        pub amount: Minor,
        /// Who says so.
        pub by: Id,
        /// The currency.
        pub currency: Currency,
        /// The dispute.
        pub dispute: Id,
        /// What is disputed on the item, by all disputes.
        pub disputed: Minor,
        /// The date it takes effect.
        pub effective: Date,
        /// What proves it.
        pub evidence: Vec<DisputeEvidence>,
        /// Digest of exactly this evidence.
        pub frozen: Digest,
        /// The invoice or opening item.
        pub invoice: Id,
        /// The lines that are named.
        pub lines: Vec<Id>,
        /// Reason code.
        pub reason_code: Id,
    }
}
