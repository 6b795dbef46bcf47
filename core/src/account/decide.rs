use super::action::{AccountAction, VoidInvoice};
use super::event::{AccountEvent, Issued, NumberRequested, Voided};
use super::state::{Account, Invoice};
use crate::audit::{
    Command, Decided, Document, Intent, LogAddress, LogKind, Ruling, Stamp, decide, derived_id,
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
        // What was recorded is repeated whatever the rulebook says since, and what is under way comes home
        // even when the payer has moved: these actions ask for no terms.
        let basis = || match (&command.action, rulebook.basis(self.payer())) {
            (_, Ok(basis)) => Ok(basis),
            (
                AccountAction::Issue(_)
                | AccountAction::Void(_)
                | AccountAction::CloseDispute(_)
                | AccountAction::ExpireApproval(_)
                | AccountAction::ReleaseHold(_)
                | AccountAction::WithdrawEstimate(_)
                | AccountAction::Allocate(_),
                Err(_),
            ) => Ok(rulebook.policy().basis()),
            (_, Err(error)) => Err(because(error)),
        };
        decide(&self.chain, command, basis, |command| self.rule(rulebook, &command.action, &command.stamp))
    }

    fn rule(&self, rulebook: &Rulebook, action: &AccountAction, stamp: &Stamp) -> Events {
        match action {
            AccountAction::ImportOpening(opening) => self.import_opening(rulebook, opening, stamp),
            AccountAction::Capture(capture) => self.capture(rulebook, capture),
            AccountAction::SellBlock(sell) => self.sell_block(rulebook, sell, stamp),
            AccountAction::Bill(bill) => self.bill(rulebook, bill, stamp),
            AccountAction::DecideApproval(decision) => self.decide_approval(rulebook, decision, stamp),
            AccountAction::DecideApprovals(batch) => self.decide_approvals(rulebook, batch, stamp),
            AccountAction::ExpireApproval(expire) => self.expire_approval(expire, stamp),
            AccountAction::ReleaseHold(release) => self.release_hold(release),
            AccountAction::ProposeEstimate(proposed) => self.propose_estimate(rulebook, proposed, stamp),
            AccountAction::WithdrawEstimate(withdraw) => self.withdraw_estimate(withdraw),
            AccountAction::Issue(number) => self.issue(number),
            AccountAction::Void(void) => self.void(void, stamp),
            AccountAction::OpenDispute(open) => self.open_dispute(open, stamp),
            AccountAction::CloseDispute(close) => self.close_dispute(close, stamp),
            AccountAction::Allocate(reservation) => self.allocate(reservation, stamp),
        }
    }

    /// Freezes an approved invoice and asks its series for a number, under an id made of the invoice.
    pub(super) fn request_number(
        &self,
        rulebook: &Rulebook,
        draft: &Draft,
        stamp: &Stamp,
    ) -> Result<[AccountEvent; 2], Refusal> {
        let terms = rulebook.terms(self.payer()).map_err(because)?.payment_terms();
        let date = stamp.effective;
        let due = terms.due(date).map_err(because)?;
        let seller = self.chain.address().seller.clone();
        let log = LogAddress { id: draft.series.clone(), kind: LogKind::Series, seller };
        let id = derived_id(&["number", self.payer().as_str(), draft.id.as_str()]);
        let ask = Assign { account: self.payer().clone(), date, invoice: draft.id.clone() };
        let command = Command {
            action: SeriesAction::Assign(ask),
            expect: None,
            id: id.clone(),
            log: log.clone(),
            salt: None,
            stamp: stamp.as_system(),
        };
        let requested =
            NumberRequested { date, due, invoice: draft.id.clone(), series: draft.series.clone() };
        let intent = Intent { command: Document::of(&command), id, log };
        Ok([AccountEvent::NumberRequested(requested), AccountEvent::Intent(intent)])
    }

    fn issue(&self, number: &Assigned) -> Events {
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
            due: asked.due,
            id: number.invoice.clone(),
            issued: asked.date,
            number: number.number.clone(),
            open: invoice.draft.gross,
            total: invoice.draft.gross,
        })
    }

    fn void(&self, void: &VoidInvoice, stamp: &Stamp) -> Events {
        let invoice = self.invoice(&void.invoice).map_err(because)?;
        allow(&void.invoice, invoice.state, InvoiceCommand::Void).map_err(because)?;
        self.check_unallocated(&void.invoice).map_err(because)?;
        self.check_void_date(&void.invoice, stamp.effective).map_err(because)?;
        ruling(vec![AccountEvent::Voided(Voided {
            invoice: void.invoice.clone(),
            effective: stamp.effective,
        })])
    }

    /// A void takes effect on or after the day its item was opened.
    pub(super) fn check_void_date(&self, id: &Id, effective: Date) -> Result<(), LedgerError> {
        let Ok(item) = self.ledger.item(id) else { return Ok(()) };
        if effective >= item.opened() {
            return Ok(());
        }
        Err(LedgerError::Early {
            item: id.to_string(),
            opened: item.opened().to_string(),
            got: effective.to_string(),
        })
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
