use super::action::AccountAction;
use super::event::AccountEvent;
use super::state::Account;
use crate::audit::{Basis, Command, Decided, Ruling, Stamp, decide};
use crate::error_code::Coded;
use crate::finding::Refusal;
use crate::rulebook::Rulebook;

/// What deciding gives.
pub(super) type Events = Result<Ruling<AccountEvent>, Refusal>;

pub(super) fn refuse<T>(error: &impl Coded) -> Result<T, Refusal> {
    Err(Refusal::because(error))
}

/// Turns an error into a refusal.
pub(super) fn because<E: Coded>(error: E) -> Refusal {
    Refusal::because(&error)
}

pub(super) fn ruling(events: Vec<AccountEvent>) -> Events {
    Ok(Ruling { events, findings: Vec::new() })
}

impl Account {
    /// Decides a command under a rulebook. Pure: it is also the dry run.
    ///
    /// # Errors
    /// The refusal of the room that the command concerns, with every finding; nothing is changed.
    pub fn decide(
        &self,
        rulebook: &Rulebook,
        command: &Command<AccountAction>,
    ) -> Result<Decided<AccountEvent>, Refusal> {
        rulebook.check_seller(self.chain.address()).map_err(because)?;
        let basis = || {
            rulebook.check_published(Some(self.payer()), &command.stamp).map_err(because)?;
            self.basis(rulebook, &command.action)
        };
        decide(&self.chain, command, basis, |command| {
            let ruling = self.rule(rulebook, &command.action, &command.stamp)?;
            Ok(self.with_tasks(rulebook, ruling, &command.stamp))
        })
    }

    /// What was recorded is repeated whatever the rulebook says since, and what is under way comes home and
    /// what was issued is settled even when the payer has moved: these actions ask for no terms.
    fn basis(&self, rulebook: &Rulebook, action: &AccountAction) -> Result<Basis, Refusal> {
        match (action, rulebook.basis(self.payer())) {
            (_, Ok(basis)) => Ok(basis),
            (
                AccountAction::Issue(_)
                | AccountAction::RequestNumber(_)
                | AccountAction::Void(_)
                | AccountAction::Credit(_)
                | AccountAction::ApplyCredit(_)
                | AccountAction::RefundCredit(_)
                | AccountAction::DeclineRefund(_)
                | AccountAction::WriteOff(_)
                | AccountAction::Recover(_)
                | AccountAction::DecideApproval(_)
                | AccountAction::DecideApprovals(_)
                | AccountAction::OpenDispute(_)
                | AccountAction::AdvanceDispute(_)
                | AccountAction::ReleaseCustomer(_)
                | AccountAction::CloseDispute(_)
                | AccountAction::Allocate(_)
                | AccountAction::RecordFact(_)
                | AccountAction::ClosePeriod(_)
                | AccountAction::ReopenPeriod(_)
                | AccountAction::Unapply(_)
                | AccountAction::Withdraw(_)
                | AccountAction::ExpireApproval(_)
                | AccountAction::ReleaseHold(_)
                | AccountAction::WithdrawEstimate(_)
                | AccountAction::ConfirmTask(_)
                | AccountAction::FailTask(_)
                | AccountAction::RetryTask(_)
                | AccountAction::EscalateApproval(_)
                | AccountAction::RegisterAttachments(_)
                | AccountAction::PlaceLegalHold(_)
                | AccountAction::LiftLegalHold(_)
                | AccountAction::Purge(_)
                | AccountAction::EraseSubject(_),
                Err(_),
            ) => Ok(rulebook.policy().basis()),
            (AccountAction::AdmitCustomer(admit), Err(_)) if admit.send_on.is_some() => {
                Ok(rulebook.policy().basis())
            }
            (_, Err(error)) => Err(because(error)),
        }
    }

    fn rule(&self, rulebook: &Rulebook, action: &AccountAction, stamp: &Stamp) -> Events {
        match action {
            AccountAction::ImportOpening(opening) => self.import_opening(rulebook, opening, stamp),
            AccountAction::Capture(capture) => self.capture(rulebook, capture),
            AccountAction::SellBlock(sell) => self.sell_block(rulebook, sell, stamp),
            AccountAction::RequestDeposit(asked) => self.request_deposit(rulebook, asked, stamp),
            AccountAction::Bill(bill) => self.bill(rulebook, bill, stamp),
            AccountAction::CommitPlan(commit) => self.commit_plan(rulebook, commit, stamp),
            AccountAction::SkipFee(skip) => self.skip_fee(rulebook, skip),
            AccountAction::RestoreFee(restore) => self.restore_fee(restore),
            AccountAction::ReachMilestone(reach) => self.reach_milestone(rulebook, reach, stamp),
            AccountAction::DecideApproval(decision) => self.decide_approval(rulebook, decision, stamp),
            AccountAction::DecideApprovals(batch) => self.decide_approvals(rulebook, batch, stamp),
            AccountAction::ExpireApproval(expire) => self.expire_approval(expire, stamp),
            AccountAction::ReleaseHold(release) => self.release_hold(release),
            AccountAction::ProposeEstimate(proposed) => self.propose_estimate(rulebook, proposed, stamp),
            AccountAction::WithdrawEstimate(withdraw) => self.withdraw_estimate(withdraw),
            AccountAction::Issue(number) => self.issue(number),
            AccountAction::RequestNumber(request) => self.request_again(request, stamp),
            AccountAction::Void(void) => self.void(rulebook, void, stamp),
            AccountAction::Credit(credit) => self.credit(rulebook, credit, stamp),
            AccountAction::ApplyCredit(apply) => self.apply_credit(apply, stamp),
            AccountAction::RefundCredit(refund) => self.refund_credit(rulebook, refund, stamp),
            AccountAction::RefundReceipt(refund) => self.refund_receipt(rulebook, refund, stamp),
            AccountAction::DeclineRefund(declined) => self.decline_refund(declined),
            AccountAction::WriteOff(write_off) => self.propose_write_off(rulebook, write_off, stamp),
            AccountAction::Recover(recover) => self.recover(recover, stamp),
            AccountAction::OpenDispute(open) => self.open_dispute(open, stamp),
            AccountAction::AdvanceDispute(advance) => self.advance_dispute(advance, stamp),
            AccountAction::CloseDispute(close) => self.close_dispute(close, stamp),
            AccountAction::RecordFact(record) => self.record_fact(rulebook, record, stamp),
            AccountAction::ClosePeriod(close) => self.close_period(close),
            AccountAction::ReopenPeriod(reopen) => self.reopen_period(rulebook, reopen, stamp),
            AccountAction::ReleaseCustomer(release) => self.release_customer(release, stamp),
            AccountAction::AdmitCustomer(admit) => self.admit_customer(rulebook, admit, stamp),
            AccountAction::Allocate(reservation) => self.allocate(rulebook, reservation, stamp),
            AccountAction::Unapply(unapply) => self.unapply(unapply, stamp),
            AccountAction::Withdraw(withdraw) => self.withdraw(withdraw, stamp),
            AccountAction::ConfirmTask(confirm) => self.confirm_task(confirm, stamp),
            AccountAction::FailTask(fail) => self.fail_task(fail, stamp),
            AccountAction::RetryTask(retry) => self.retry_task(retry, stamp),
            AccountAction::EscalateApproval(escalate) => self.escalate_approval(escalate, stamp),
            AccountAction::RegisterAttachments(register) => self.register_attachments(rulebook, register),
            AccountAction::PlaceLegalHold(place) => self.place_legal_hold(rulebook, place, stamp),
            AccountAction::LiftLegalHold(lift) => self.lift_legal_hold(rulebook, lift, stamp),
            AccountAction::Purge(purge) => self.purge(rulebook, purge, stamp),
            AccountAction::EraseSubject(erase) => self.erase_subject(rulebook, erase, stamp),
        }
    }
}
