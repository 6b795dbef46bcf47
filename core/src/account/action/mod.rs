//! What an account is asked to do: the commands that it decides.

mod billing;
mod consent;
mod dispute;
mod document;
mod money;
mod moves;
mod opening;

pub use billing::{
    Bill, Capture, CommitPlan, EstimateScope, FeeOutcome, ProposeEstimate, ReachMilestone, RestoreFee,
    SellBlock, SkipFee, WithdrawEstimate,
};
pub use consent::{ApprovalDecision, DecideApprovals, ExpireApproval, ReleaseHold};
pub use dispute::{AdvanceDispute, CloseDispute, OpenDispute};
pub use document::{Credit, RecordFact, RequestNumber, VoidInvoice};
pub use money::{ApplyCredit, AskedRefund, Recover, RefundCredit, RefundReceipt, Unapply, WriteOff};
pub use moves::{AdmitCustomer, ReleaseCustomer, SendOn};
pub use opening::{ImportOpening, OpeningBalance, OpeningCash, OpeningLevel, PaidInvoice};

use crate::account::deposit::RequestDeposit;
use crate::account::tasks::EscalateApproval;
use crate::audit::{ClosePeriod, Ready, ReopenPeriod, Seal, Sealer, Sender};
use crate::canon::union;
use crate::payment::{RefundDeclined, Reservation, Withdraw};
use crate::retention::{EraseSubject, LiftLegalHold, PlaceLegalHold, Purge, RegisterAttachments};
use crate::series;
use crate::task::{ConfirmTask, FailTask, RetryTask};

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
        /// Pay money of a receipt back.
        RefundReceipt(RefundReceipt) = "refund_receipt",
        /// A refund cannot be paid; the answer of a cash book.
        DeclineRefund(RefundDeclined) = "decline_refund",
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

impl Ready for AccountAction {
    fn sender(&self) -> Sender {
        match self {
            Self::Issue(number) => Sender::Log(number.ready_id()),
            Self::Allocate(reservation) => Sender::Log(reservation.ready_id()),
            Self::Withdraw(withdraw) => Sender::Log(withdraw.ready_id()),
            Self::DeclineRefund(declined) => Sender::Log(declined.ready_id()),
            Self::ImportOpening(_)
            | Self::Capture(_)
            | Self::SellBlock(_)
            | Self::RequestDeposit(_)
            | Self::Bill(_)
            | Self::CommitPlan(_)
            | Self::SkipFee(_)
            | Self::RestoreFee(_)
            | Self::ReachMilestone(_)
            | Self::DecideApproval(_)
            | Self::DecideApprovals(_)
            | Self::ExpireApproval(_)
            | Self::ReleaseHold(_)
            | Self::ProposeEstimate(_)
            | Self::WithdrawEstimate(_)
            | Self::RequestNumber(_)
            | Self::Void(_)
            | Self::Credit(_)
            | Self::ApplyCredit(_)
            | Self::RefundCredit(_)
            | Self::RefundReceipt(_)
            | Self::WriteOff(_)
            | Self::Recover(_)
            | Self::OpenDispute(_)
            | Self::AdvanceDispute(_)
            | Self::CloseDispute(_)
            | Self::ReleaseCustomer(_)
            | Self::AdmitCustomer(_)
            | Self::RecordFact(_)
            | Self::ConfirmTask(_)
            | Self::FailTask(_)
            | Self::RetryTask(_)
            | Self::EscalateApproval(_)
            | Self::RegisterAttachments(_)
            | Self::PlaceLegalHold(_)
            | Self::LiftLegalHold(_)
            | Self::Purge(_)
            | Self::EraseSubject(_)
            | Self::ClosePeriod(_)
            | Self::ReopenPeriod(_)
            | Self::Unapply(_) => Sender::Person,
        }
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
            | Self::RefundReceipt(_)
            | Self::DeclineRefund(_)
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
