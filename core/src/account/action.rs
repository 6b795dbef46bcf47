use super::capture::FixedPrice;
use super::deposit::RequestDeposit;
use super::tasks::EscalateApproval;
use crate::approval::{Evidence, ExchangeRate, ForeignDecision, Verdict};
use crate::audit::{ClosePeriod, Document, Note, ReopenPeriod, Seal, Sealer};
use crate::calendar::Date;
use crate::canon::{Digest, shape, union, words};
use crate::id::Id;
use crate::invoice::{
    CreditEffect, CreditScope, DisputeEvidence, DisputeOutcome, DisputeStep, DocumentFact, Period,
};
use crate::ledger::ItemTerms;
use crate::money::{Currency, Minor};
use crate::payment::{Reservation, Withdraw};
use crate::retention::{EraseSubject, LiftLegalHold, PlaceLegalHold, Purge, RegisterAttachments};
use crate::series;
use crate::task::{ConfirmTask, FailTask, RetryTask};
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
        /// Exchange rates for approval rules in another currency.
        pub exchange: Vec<ExchangeRate>,
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
    /// Decides on whatever waits for approval, bound to the digest of what was shown.
    pub struct ApprovalDecision {
        /// The words of consent.
        pub consent: Option<Note>,
        /// Digest of the content that was shown.
        pub digest: Digest,
        /// What proves the decision.
        pub evidence: Option<Evidence>,
        /// How it reached the seller, such as `portal` or `mail`.
        pub method: Option<Id>,
        /// Who is decided for, under a delegation of the policy.
        pub on_behalf_of: Option<Id>,
        /// Ed25519 signature of the statement: 128 hexadecimal digits.
        pub signature: Option<String>,
        /// What waits: an invoice, credit note, write-off or estimate of this account.
        pub subject: Id,
        /// The decision.
        pub verdict: Verdict,
    }
}

shape! {
    /// Decides on several things at once: each has its own outcome.
    pub struct DecideApprovals {
        /// The decisions.
        pub decisions: Vec<ApprovalDecision>,
    }
}

shape! {
    /// Ends a request for approval that nobody decided in time.
    pub struct ExpireApproval {
        /// What waited.
        pub subject: Id,
    }
}

shape! {
    /// Makes work billable again that waited because consent was denied or not given.
    pub struct ReleaseHold {
        /// What consent was asked for.
        pub subject: Id,
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

shape! {
    /// Asks again for the number of an approved invoice or credit note, on another date.
    pub struct RequestNumber {
        /// The invoice or credit note.
        pub document: Id,
    }
}

shape! {
    /// Voids an invoice, or a credit note that is not issued: its work is billable again. What is issued is
    /// voided once it has the approvals that the policy asks for.
    pub struct VoidInvoice {
        /// Exchange rates for approval rules in another currency.
        pub exchange: Vec<ExchangeRate>,
        /// The invoice or credit note.
        pub invoice: Id,
        /// Why: a code of the host.
        pub reason: Id,
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
        /// Exchange rates for approval rules in another currency.
        pub exchange: Vec<ExchangeRate>,
        /// Id of the credit note.
        pub id: Id,
        /// The invoice or opening item.
        pub invoice: Id,
        /// Whether hours of a block that is forgiven stay with the customer, as a gift.
        pub keeps_hours: bool = false,
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
        /// Exchange rates for approval rules in another currency.
        pub exchange: Vec<ExchangeRate>,
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

shape! {
    /// Makes a fact of a document known: its delivery, its acceptance, a hold, a remark, a label.
    pub struct RecordFact {
        /// The invoice, credit note or opening item.
        pub document: Id,
        /// The fact.
        pub fact: DocumentFact,
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
        /// Bill a down payment.
        RequestDeposit(RequestDeposit) = "request_deposit",
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
        DecideApproval(ApprovalDecision) = "decide_approval",
        /// Decide on several things at once.
        DecideApprovals(DecideApprovals) = "decide_approvals",
        /// End a request that nobody decided in time.
        ExpireApproval(ExpireApproval) = "expire_approval",
        /// Make held work billable again.
        ReleaseHold(ReleaseHold) = "release_hold",
        /// Ask for consent to work up to a cap.
        ProposeEstimate(ProposeEstimate) = "propose_estimate",
        /// Take an estimate back.
        WithdrawEstimate(WithdrawEstimate) = "withdraw_estimate",
        /// Take a number; the answer of the series.
        Issue(series::Assigned) = "issue",
        /// Ask again for a number.
        RequestNumber(RequestNumber) = "request_number",
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
        /// Make a fact of a document known.
        RecordFact(RecordFact) = "record_fact",
        /// Say that a task was done.
        ConfirmTask(ConfirmTask) = "confirm_task",
        /// Say that it could not be done.
        FailTask(FailTask) = "fail_task",
        /// Try it again.
        RetryTask(RetryTask) = "retry_task",
        /// Let others decide, too.
        EscalateApproval(EscalateApproval) = "escalate_approval",
        /// Register files.
        RegisterAttachments(RegisterAttachments) = "register_attachments",
        /// Place a legal hold.
        PlaceLegalHold(PlaceLegalHold) = "place_legal_hold",
        /// Lift it.
        LiftLegalHold(LiftLegalHold) = "lift_legal_hold",
        /// Erase what is due.
        Purge(Purge) = "purge",
        /// Erase what is of a person.
        EraseSubject(EraseSubject) = "erase_subject",
        /// Close days: nothing takes effect on them any more.
        ClosePeriod(ClosePeriod) = "close_period",
        /// Reopen closed days.
        ReopenPeriod(ReopenPeriod) = "reopen_period",
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
            Self::RecordFact(record) => {
                if let Some(note) = record.fact.note() {
                    sealer.seal(note);
                }
            }
            Self::RegisterAttachments(register) => {
                for attachment in &mut register.attachments {
                    sealer.seal(&mut attachment.name);
                }
            }
            Self::PlaceLegalHold(place) => sealer.seal(&mut place.note),
            Self::DecideApproval(decision) => sealer.seal(&mut decision.consent),
            Self::DecideApprovals(batch) => {
                for decision in &mut batch.decisions {
                    sealer.seal(&mut decision.consent);
                }
            }
            Self::ImportOpening(_)
            | Self::SellBlock(_)
            | Self::RequestDeposit(_)
            | Self::Bill(_)
            | Self::ExpireApproval(_)
            | Self::ReleaseHold(_)
            | Self::ProposeEstimate(_)
            | Self::WithdrawEstimate(_)
            | Self::CommitPlan(_)
            | Self::SkipFee(_)
            | Self::RestoreFee(_)
            | Self::ReachMilestone(_)
            | Self::Issue(_)
            | Self::RequestNumber(_)
            | Self::Void(_)
            | Self::OpenDispute(_)
            | Self::AdvanceDispute(_)
            | Self::CloseDispute(_)
            | Self::ReleaseCustomer(_)
            | Self::AdmitCustomer(_)
            | Self::Allocate(_)
            | Self::ClosePeriod(_)
            | Self::ReopenPeriod(_)
            | Self::Credit(_)
            | Self::ApplyCredit(_)
            | Self::RefundCredit(_)
            | Self::WriteOff(_)
            | Self::Recover(_)
            | Self::Unapply(_)
            | Self::ConfirmTask(_)
            | Self::FailTask(_)
            | Self::RetryTask(_)
            | Self::EscalateApproval(_)
            | Self::LiftLegalHold(_)
            | Self::Purge(_)
            | Self::EraseSubject(_)
            | Self::Withdraw(_) => {}
        }
    }

    /// Work comes in often, and mostly without words.
    fn is_bare(&self) -> bool {
        if let Self::Capture(capture) = self {
            capture.entries.iter().all(|entry| entry.note.is_none())
                && capture.tickets.iter().all(|ticket| ticket.subject.is_none())
        } else {
            false
        }
    }
}
