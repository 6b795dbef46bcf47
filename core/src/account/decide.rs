use super::action::{AccountAction, VoidInvoice};
use super::event::{AccountEvent, Issued, NumberRequested, Voided};
use super::state::{Account, Invoice};
use crate::audit::{
    Basis, Command, Decided, Document, Intent, LogAddress, LogKind, Ruling, Stamp, decide, derived_id,
};
use crate::calendar::Date;
use crate::error_code::Coded;
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{Draft, InvoiceCommand, InvoiceError, allow};
use crate::ledger::{ItemTerms, LedgerError};
use crate::rulebook::Rulebook;
use crate::series::{Assign, Assigned, SeriesAction};

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
        decide(&self.chain, command, basis, |command| self.rule(rulebook, &command.action, &command.stamp))
    }

    /// What was recorded is repeated whatever the rulebook says since, and what is under way comes home
    /// even when the payer has moved: these actions ask for no terms.
    fn basis(&self, rulebook: &Rulebook, action: &AccountAction) -> Result<Basis, Refusal> {
        match (action, rulebook.basis(self.payer())) {
            (_, Ok(basis)) => Ok(basis),
            (
                AccountAction::Issue(_)
                | AccountAction::Void(_)
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
                | AccountAction::WithdrawEstimate(_),
                Err(_),
            ) => Ok(rulebook.policy().basis()),
            (_, Err(error)) => Err(because(error)),
        }
    }

    fn rule(&self, rulebook: &Rulebook, action: &AccountAction, stamp: &Stamp) -> Events {
        match action {
            AccountAction::ImportOpening(opening) => self.import_opening(rulebook, opening, stamp),
            AccountAction::Capture(capture) => self.capture(rulebook, capture),
            AccountAction::SellBlock(sell) => self.sell_block(rulebook, sell, stamp),
            AccountAction::Bill(bill) => self.bill(rulebook, bill, stamp),
            AccountAction::CommitPlan(commit) => self.commit_plan(rulebook, commit, stamp),
            AccountAction::SkipFee(skip) => self.skip_fee(rulebook, skip),
            AccountAction::RestoreFee(restore) => self.restore_fee(restore),
            AccountAction::ReachMilestone(reach) => self.reach_milestone(reach, stamp),
            AccountAction::DecideApproval(decision) => self.decide_approval(rulebook, decision, stamp),
            AccountAction::DecideApprovals(batch) => self.decide_approvals(rulebook, batch, stamp),
            AccountAction::ExpireApproval(expire) => self.expire_approval(expire, stamp),
            AccountAction::ReleaseHold(release) => self.release_hold(release),
            AccountAction::ProposeEstimate(proposed) => self.propose_estimate(rulebook, proposed, stamp),
            AccountAction::WithdrawEstimate(withdraw) => self.withdraw_estimate(withdraw),
            AccountAction::Issue(number) => self.issue(number),
            AccountAction::Void(void) => self.void(void, stamp),
            AccountAction::Credit(credit) => self.credit(rulebook, credit, stamp),
            AccountAction::ApplyCredit(apply) => self.apply_credit(apply, stamp),
            AccountAction::RefundCredit(refund) => self.refund_credit(refund, stamp),
            AccountAction::WriteOff(write_off) => self.propose_write_off(rulebook, write_off, stamp),
            AccountAction::Recover(recover) => self.recover(recover, stamp),
            AccountAction::OpenDispute(open) => self.open_dispute(open, stamp),
            AccountAction::AdvanceDispute(advance) => self.advance_dispute(advance, stamp),
            AccountAction::CloseDispute(close) => self.close_dispute(close, stamp),
            AccountAction::RecordFact(record) => self.record_fact(rulebook, record, stamp),
            AccountAction::ClosePeriod(close) => self.close_period(close),
            AccountAction::ReopenPeriod(reopen) => self.reopen_period(rulebook, reopen, stamp),
            AccountAction::ReleaseCustomer(release) => self.release_customer(rulebook, release, stamp),
            AccountAction::AdmitCustomer(admit) => self.admit_customer(rulebook, admit),
            AccountAction::Allocate(reservation) => self.allocate(rulebook, reservation, stamp),
            AccountAction::Unapply(unapply) => self.unapply(unapply, stamp),
            AccountAction::Withdraw(withdraw) => self.withdraw(withdraw, stamp),
        }
    }

    /// Freezes an approved invoice and asks its series for a number, under an id made of the invoice.
    pub(super) fn request_number(
        &self,
        rulebook: &Rulebook,
        draft: &Draft,
        stamp: &Stamp,
    ) -> Result<[AccountEvent; 2], Refusal> {
        // The terms that the draft names, also when the payer has others by now.
        let named = rulebook.policy().payment_terms(&draft.terms);
        let terms = match named {
            Some(terms) => terms,
            None => rulebook.terms(self.payer()).map_err(because)?.payment_terms(),
        };
        let date = stamp.effective;
        let schedule = terms.schedule(
            date,
            draft.totals.payable,
            draft.currency,
            &draft.discount_rows().map_err(because)?,
        );
        let schedule = schedule.map_err(because)?;
        let requested = NumberRequested {
            currency: draft.currency,
            date,
            discount: schedule.discount,
            due: schedule.due,
            instalments: schedule.instalments,
            invoice: draft.id.clone(),
            series: draft.series.clone(),
        };
        let intent = self.ask_number(&draft.id, &draft.series, stamp);
        Ok([AccountEvent::NumberRequested(requested), AccountEvent::Intent(intent)])
    }

    /// Asks a series for the number of an invoice or credit note, under an id made of it.
    pub(super) fn ask_number(&self, document: &Id, series: &Id, stamp: &Stamp) -> Intent {
        let date = stamp.effective;
        let seller = self.chain.address().seller.clone();
        let log = LogAddress { id: series.clone(), kind: LogKind::Series, seller };
        let id = derived_id(&["number", self.payer().as_str(), document.as_str()]);
        let ask = Assign { account: self.payer().clone(), date, invoice: document.clone() };
        let command = Command {
            action: SeriesAction::Assign(ask),
            expect: None,
            id: id.clone(),
            log: log.clone(),
            salt: None,
            stamp: stamp.as_system(),
        };
        Intent { command: Document::of(&command), id, log }
    }

    fn issue(&self, number: &Assigned) -> Events {
        if self.credits.contains_key(&number.invoice) {
            return self.issue_credit(number);
        }
        let invoice = self.invoice(&number.invoice).map_err(because)?;
        allow(&number.invoice, invoice.state, InvoiceCommand::Issue).map_err(because)?;
        let item = self.item_of(invoice, number).map_err(because)?;
        self.ledger.check_open(&item).map_err(because)?;
        ruling(vec![AccountEvent::Issued(Issued { invoice: number.invoice.clone(), item })])
    }

    /// The receivable of an invoice whose series answered what it asked.
    fn item_of(&self, invoice: &Invoice, number: &Assigned) -> Result<ItemTerms, InvoiceError> {
        let answers = |asked: &&NumberRequested| {
            asked.series == number.series && asked.date == number.date && number.account == *self.payer()
        };
        let mismatch = || InvoiceError::NumberMismatch {
            invoice: number.invoice.to_string(),
            got: format!("{} of {} for {}", number.series, number.date, number.account),
        };
        let asked = invoice.asked.as_ref().filter(answers).ok_or_else(mismatch)?;
        Ok(ItemTerms {
            currency: invoice.draft.currency,
            customer: invoice.draft.payer.clone(),
            discount: asked.discount.clone(),
            due: asked.due,
            id: number.invoice.clone(),
            instalments: asked.instalments.clone(),
            issued: asked.date,
            number: number.number.clone(),
            open: invoice.draft.totals.payable,
            total: invoice.draft.totals.payable,
        })
    }

    fn void(&self, void: &VoidInvoice, stamp: &Stamp) -> Events {
        if self.credits.contains_key(&void.invoice) {
            return self.void_credit(&void.invoice);
        }
        let invoice = self.invoice(&void.invoice).map_err(because)?;
        allow(&void.invoice, invoice.state, InvoiceCommand::Void).map_err(because)?;
        self.check_uncredited(&void.invoice).map_err(because)?;
        self.check_unallocated(&void.invoice).map_err(because)?;
        self.check_void_date(&void.invoice, stamp.effective).map_err(because)?;
        // What stands in closed books is credited, not taken away.
        if let Ok(item) = self.ledger.item(&void.invoice) {
            self.chain.check_open(item.opened()).map_err(because)?;
        }
        ruling(vec![AccountEvent::Voided(Voided {
            invoice: void.invoice.clone(),
            effective: stamp.effective,
        })])
    }

    /// A void takes effect on or after the day its item was opened.
    pub(super) fn check_void_date(&self, id: &Id, effective: Date) -> Result<(), LedgerError> {
        match self.ledger.item(id) {
            // On no later day may less than nothing be open.
            Ok(item) if item.open().is_positive() => self.ledger.check_fall(id, item.open(), effective),
            Ok(_) => self.ledger.check_date(id, effective),
            Err(_) => Ok(()),
        }
    }

    /// No money stands on an invoice; one that is not issued has no item and no money.
    pub(super) fn check_unallocated(&self, id: &Id) -> Result<(), InvoiceError> {
        let Ok(item) = self.ledger.item(id) else {
            return Ok(());
        };
        if item.open() == item.terms().open {
            return Ok(());
        }
        let fallen = item.terms().open.minus(item.open()).unwrap_or_default();
        Err(InvoiceError::Allocated {
            invoice: id.to_string(),
            fallen: crate::money::Amount::new(fallen, item.terms().currency).to_string(),
        })
    }
}
