use crate::approval::Verdict;
use crate::audit::{Document, Seal, Sealer};
use crate::calendar::Date;
use crate::canon::{Digest, shape, union};
use crate::id::Id;
use crate::invoice::{CreditEffect, CreditScope, DisputeEvidence, DisputeOutcome, DisputeStep, Period};
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
    /// An invoice that was paid before the account moved in: for forecasts only.
    pub struct PaidInvoice {
        /// What it was for.
        pub amount: Minor,
        /// Its currency.
        pub currency: Currency,
        /// Its customer.
        pub customer: Id,
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
        /// How much; left out where lines are named.
        pub amount: Option<Minor>,
        /// Who says so, such as a contact of the customer; the actor of the command when left out.
        pub by: Option<Id>,
        /// Its currency.
        pub currency: Currency,
        /// Id of the dispute.
        pub dispute: Id,
        /// What proves it, frozen as it is now.
        pub evidence: Vec<DisputeEvidence>,
        /// The invoice or opening item.
        pub invoice: Id,
        /// Lines of the invoice; what can still be credited of them is disputed.
        pub lines: Vec<Id>,
        /// Reason code.
        pub reason_code: Id,
    }
}

shape! {
    /// Moves a dispute on.
    pub struct AdvanceDispute {
        /// The dispute.
        pub dispute: Id,
        /// Where to.
        pub to: DisputeStep,
    }
}

shape! {
    /// Ends a dispute.
    pub struct CloseDispute {
        /// The dispute.
        pub dispute: Id,
        /// How.
        pub outcome: DisputeOutcome,
        /// What takes the accepted part back: a credit note that is issued, or a write-off that is done.
        pub remedy: Option<Id>,
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

shape! {
    /// Lets a customer go to another payer.
    pub struct ReleaseCustomer {
        /// The customer.
        pub customer: Id,
        /// The account it goes to.
        pub to: Id,
        /// Key of the transfer, unique in this account.
        pub transfer: Id,
    }
}

shape! {
    /// Takes a customer in from another payer.
    pub struct AdmitCustomer {
        /// Hash of the record of its release.
        pub hash: Digest,
        /// That record, whole.
        pub release: Document,
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
        /// Move a dispute on.
        AdvanceDispute(AdvanceDispute) = "advance_dispute",
        /// End a dispute.
        CloseDispute(CloseDispute) = "close_dispute",
        /// Let a customer go.
        ReleaseCustomer(ReleaseCustomer) = "release_customer",
        /// Take a customer in.
        AdmitCustomer(AdmitCustomer) = "admit_customer",
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
            | Self::AdvanceDispute(_)
            | Self::CloseDispute(_)
            | Self::ReleaseCustomer(_)
            | Self::AdmitCustomer(_)
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
