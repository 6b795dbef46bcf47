use crate::approval::Verdict;
use crate::audit::{Seal, Sealer};
use crate::calendar::Date;
use crate::canon::{Digest, shape, union, words};
use crate::id::Id;
use crate::invoice::{CreditEffect, CreditScope, Period};
use crate::ledger::ItemTerms;
use crate::money::{Currency, Minor};
use crate::payment::{Reservation, Withdraw};
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
    /// Drafts invoices of all billable work up to the end of a period, one per currency.
    pub struct Bill {
        /// The period.
        pub period: Period,
        /// Names the run, such as `monthly`; part of the invoice ids.
        pub run: Id,
    }
}

shape! {
    /// Decides on whatever waits for approval, bound to the digest of what was shown.
    pub struct DecideApproval {
        /// Digest of the content that was shown.
        pub digest: Digest,
        /// What waits: an invoice, credit note, write-off or estimate of this account.
        pub subject: Id,
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
    /// Credits a part or the whole of an invoice, or of an item that moved in.
    pub struct Credit {
        /// What becomes of the work.
        pub effect: CreditEffect,
        /// Id of the credit note.
        pub id: Id,
        /// The invoice or opening item.
        pub invoice: Id,
        /// Why: a code of the host.
        pub reason: Id,
        /// How much.
        pub scope: CreditScope,
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
        /// Id of the refund.
        pub id: Id,
        /// The credit.
        pub item: Id,
        /// Why: a code of the host.
        pub reason: Id,
    }
}

shape! {
    /// Writes a part of an item off.
    pub struct WriteOff {
        /// How much.
        pub amount: Minor,
        /// Its currency.
        pub currency: Currency,
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
        /// Approve or reject.
        DecideApproval(DecideApproval) = "decide_approval",
        /// Take a number; the answer of the series.
        Issue(series::Assigned) = "issue",
        /// Void an invoice.
        Void(VoidInvoice) = "void",
        /// Credit an invoice.
        Credit(Credit) = "credit",
        /// Use credit.
        ApplyCredit(ApplyCredit) = "apply_credit",
        /// Pay credit out.
        RefundCredit(RefundCredit) = "refund_credit",
        /// Write a part off.
        WriteOff(WriteOff) = "write_off",
        /// Owe again what was written off.
        Recover(Recover) = "recover",
        /// Dispute a part.
        OpenDispute(OpenDispute) = "open_dispute",
        /// End a dispute.
        CloseDispute(CloseDispute) = "close_dispute",
        /// Apply reserved money; the request of a cash book.
        Allocate(Reservation) = "allocate",
        /// Take applied money back.
        Unapply(Unapply) = "unapply",
        /// The bank took money back; the request of a cash book.
        Withdraw(Withdraw) = "withdraw",
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
            | Self::DecideApproval(_)
            | Self::Issue(_)
            | Self::Void(_)
            | Self::OpenDispute(_)
            | Self::CloseDispute(_)
            | Self::Allocate(_)
            | Self::Credit(_)
            | Self::ApplyCredit(_)
            | Self::RefundCredit(_)
            | Self::WriteOff(_)
            | Self::Recover(_)
            | Self::Unapply(_)
            | Self::Withdraw(_) => {}
        }
    }
}
