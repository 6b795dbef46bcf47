use super::action::{OpeningBalance, ProposeEstimate};
use super::event::{AccountEvent, BlockSold, LapsedWork, MilestoneReached};
use crate::approval::{Asked, Decision, Lapse};
use crate::audit::{Document, Record};
use crate::calendar::Date;
use crate::canon::{Digest, from_bytes, shape};
use crate::id::Id;
use crate::ledger::ItemTerms;
use crate::money::{Currency, Minor};
use crate::rating::ChargeSource;
use crate::work::{Entry, Ticket};

shape! {
    /// Work that stands on a document, or was billed before an account moved in: nobody bills it again.
    pub struct StandingWork {
        /// The account of the document; left out where no account has it.
        pub account: Option<Id>,
        /// The entry or sale.
        pub id: Id,
        /// What it is.
        pub source: ChargeSource,
    }
}

shape! {
    /// Days of a fee that are not due.
    pub struct StandingFee {
        /// The account on whose document they stand; left out where they were skipped.
        pub account: Option<Id>,
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
    /// Seconds of a block that a document gave back after the block had left.
    pub struct ReturnedSeconds {
        /// The agreement.
        pub agreement: Id,
        /// How many.
        pub seconds: u64,
    }
}

shape! {
    /// What a document gave back to an estimate after the estimate had left.
    pub struct ReturnedDraw {
        /// How much.
        pub amount: Minor,
        /// Its currency.
        pub currency: Currency,
        /// The estimate.
        pub estimate: Id,
    }
}

shape! {
    /// An estimate that the customer consented to, with what was drawn.
    pub struct MovedEstimate {
        /// The request for consent.
        pub approval: Asked,
        /// The currency of what was drawn.
        pub currency: Currency,
        /// The decisions.
        pub decisions: Vec<Decision>,
        /// What was drawn.
        pub drawn: Minor,
        /// The estimate.
        pub estimate: ProposeEstimate,
    }
}

shape! {
    /// Work without consent, and what became of it.
    pub struct MovedLapse {
        /// What became of it.
        pub lapse: Lapse,
        /// What consent was asked for.
        pub subject: Id,
        /// The work.
        pub work: LapsedWork,
    }
}

shape! {
    /// All that goes with a customer to another payer.
    pub struct Belongings {
        /// Prepaid blocks.
        pub balances: Vec<OpeningBalance>,
        /// Unbilled work; never billed where it was again.
        pub entries: Vec<Entry>,
        /// Estimates about its work alone.
        pub estimates: Vec<MovedEstimate>,
        /// Days of its fees that are not due.
        pub fees: Vec<StandingFee>,
        /// Open items, with what is open of them.
        pub items: Vec<ItemTerms>,
        /// Its unbilled work to which consent was denied or not given.
        pub lapsed: Vec<MovedLapse>,
        /// Milestones of its projects.
        pub milestones: Vec<MilestoneReached>,
        /// What documents gave back to estimates that left before.
        pub returned_draws: Vec<ReturnedDraw>,
        /// What documents gave back to blocks that left before.
        pub returned_seconds: Vec<ReturnedSeconds>,
        /// Sales of blocks that no document bills; their hours are in the balances.
        pub sales: Vec<BlockSold>,
        /// Work that stays on documents: nobody bills it again.
        pub standing: Vec<StandingWork>,
        /// Its tickets.
        pub tickets: Vec<Ticket>,
    }
}

shape! {
    /// A customer left for another payer.
    pub struct CustomerReleased {
        /// The transfer of the same customer to the same account before this one: it is admitted first.
        pub after: Option<Id>,
        /// What goes with it.
        pub belongings: Belongings,
        /// The customer.
        pub customer: Id,
        /// The date it takes effect.
        pub effective: Date,
        /// Whether the customer had left before: what came up here since follows it.
        pub follows: bool,
        /// Accounts whose releases this one hands on, the first first, where the customer only passes through:
        /// what they said of their documents is as new as this.
        pub hands_on: Vec<Id>,
        /// The account it goes to.
        pub to: Id,
        /// Key of the transfer.
        pub transfer: Id,
    }
}

shape! {
    /// A customer came from another payer. What came with it stands in the record of its release, quoted
    /// whole; where the customer goes on in the same record, only what was released is quoted, beside the
    /// hash, so that no quotation stands within another however often a customer is sent on. Open items
    /// stand here under ids that name the account they came from.
    pub struct CustomerAdmitted {
        /// The customer.
        pub customer: Id,
        /// The date it takes effect: that of its release.
        pub effective: Date,
        /// The account it came from.
        pub from: Id,
        /// Hash of the record of its release.
        pub hash: Digest,
        /// Open items as they stand here.
        pub items: Vec<ItemTerms>,
        /// That record; left out where the customer goes on.
        pub release: Option<Document>,
        /// What that record says left, where the customer goes on.
        pub released: Option<Box<CustomerReleased>>,
        /// Its sequence.
        pub seq: u64,
        /// Key of the transfer.
        pub transfer: Id,
    }
}

impl CustomerAdmitted {
    /// The accounts that speak by the release of this customer: those that it passed through, and the last.
    pub(super) fn hands_on(&self, released: &CustomerReleased) -> Vec<Id> {
        released.hands_on.iter().chain([&self.from]).cloned().collect()
    }

    /// What the quoted record says left.
    #[must_use]
    pub fn released(&self) -> Option<CustomerReleased> {
        if let Some(released) = &self.released {
            return Some(released.as_ref().clone());
        }
        let record: Record<AccountEvent> = from_bytes(self.release.as_ref()?.bytes()).ok()?;
        record.events.into_iter().find_map(|event| {
            if let AccountEvent::CustomerReleased(released) = event { Some(*released) } else { None }
        })
    }
}
