use crate::approval::Verdict;
use crate::audit::{Seal, Sealer};
use crate::calendar::Date;
use crate::canon::{Digest, shape, union, words};
use crate::id::Id;
use crate::invoice::Period;
use crate::ledger::ItemTerms;
use crate::money::{Currency, Minor};
use crate::payment::Reservation;
use crate::series;
use crate::work::{Entry, Ticket};

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
    /// Moves an account in at a cut-over date.
    pub struct ImportOpening {
        /// Ids of work that was billed before and never is again.
        pub billed_elsewhere: Vec<Id>,
        /// Unapplied cash.
        pub cash: Vec<OpeningCash>,
        /// The date its balances count from.
        pub cutover: Date,
        /// Open invoices, under their own numbers.
        pub items: Vec<ItemTerms>,
    }
}

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
        /// Whether what is below the minimum is billed too.
        pub below_minimum: bool = false,
        /// Most late periods of each fee; what the fee says when left out.
        pub catch_up: Option<u32>,
        /// The period.
        pub period: Period,
        /// Names the run, such as `monthly`; part of the invoice ids.
        pub run: Id,
    }
}

shape! {
    /// Bills what a plan found due: the question `plans` lists it, and it is done once.
    pub struct CommitPlan {
        /// The digest of what was shown; what is due now must be the same where it is given.
        pub digest: Option<Digest>,
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
    /// A project reached a milestone: its work up to the effective date is due under plans on milestones.
    pub struct ReachMilestone {
        /// The milestone.
        pub milestone: Id,
        /// The project.
        pub project: Id,
    }
}

shape! {
    /// Decides on an invoice, bound to the digest of what was shown.
    pub struct DecideApproval {
        /// Digest of the draft that was shown.
        pub digest: Digest,
        /// The invoice.
        pub invoice: Id,
        /// The decision.
        pub verdict: Verdict,
    }
}

shape! {
    /// Voids an invoice: its work is billable again.
    pub struct VoidInvoice {
        /// The invoice.
        pub invoice: Id,
    }
}

shape! {
    /// Disputes a part of an open item.
    pub struct OpenDispute {
        /// How much.
        pub amount: Minor,
        /// Its currency.
        pub currency: Currency,
        /// Id of the dispute.
        pub dispute: Id,
        /// The invoice or opening item.
        pub invoice: Id,
        /// Reason code.
        pub reason_code: Id,
    }
}

words! {
    /// How a dispute ends without a change of the amount.
    pub enum DisputeOutcome {
        /// The seller says no.
        Rejected = "rejected",
        /// The customer takes it back.
        Withdrawn = "withdrawn",
    }
}

shape! {
    /// Ends a dispute.
    pub struct CloseDispute {
        /// The dispute.
        pub dispute: Id,
        /// How.
        pub outcome: DisputeOutcome,
    }
}

union! {
    /// What a host asks of an account.
    pub enum AccountAction {
        /// Move in.
        ImportOpening(ImportOpening) = "import_opening",
        /// Capture work.
        Capture(Capture) = "capture",
        /// Sell a prepaid block.
        SellBlock(SellBlock) = "sell_block",
        /// Draft invoices.
        Bill(Bill) = "bill",
        /// Draft what a plan found due.
        CommitPlan(CommitPlan) = "commit_plan",
        /// Leave out a period of a fee.
        SkipFee(SkipFee) = "skip_fee",
        /// Take that back.
        RestoreFee(RestoreFee) = "restore_fee",
        /// Reach a milestone.
        ReachMilestone(ReachMilestone) = "reach_milestone",
        /// Approve or reject.
        DecideApproval(DecideApproval) = "decide_approval",
        /// Take a number; the answer of the series.
        Issue(series::Assigned) = "issue",
        /// Void an invoice.
        Void(VoidInvoice) = "void",
        /// Dispute a part.
        OpenDispute(OpenDispute) = "open_dispute",
        /// End a dispute.
        CloseDispute(CloseDispute) = "close_dispute",
        /// Apply reserved money; the request of a cash book.
        Allocate(Reservation) = "allocate",
    }
}

impl Seal for AccountAction {
    fn seal(&mut self, sealer: &mut Sealer) {
        match self {
            Self::Capture(capture) => {
                for entry in &mut capture.entries {
                    sealer.seal(&mut entry.note);
                }
                for ticket in &mut capture.tickets {
                    sealer.seal(&mut ticket.subject);
                }
            }
            Self::ImportOpening(_)
            | Self::SellBlock(_)
            | Self::Bill(_)
            | Self::CommitPlan(_)
            | Self::SkipFee(_)
            | Self::RestoreFee(_)
            | Self::ReachMilestone(_)
            | Self::DecideApproval(_)
            | Self::Issue(_)
            | Self::Void(_)
            | Self::OpenDispute(_)
            | Self::CloseDispute(_)
            | Self::Allocate(_) => {}
        }
    }
}
