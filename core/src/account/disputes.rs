use super::action::{AdvanceDispute, CloseDispute, OpenDispute};
use super::decide::{Events, because, refuse, ruling};
use super::event::{AccountEvent, DisputeAdvanced, DisputeClosed, DisputeOpened};
use super::state::{Account, Dispute};
use crate::audit::Stamp;
use crate::calendar::Date;
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{
    CreditEffect, CreditLines, CreditScope, DisputeClock, DisputeOutcome, DocumentState, InvoiceCommand,
    InvoiceError, allow, allow_step, frozen,
};
use crate::ledger::{DueExtension, LedgerError, OpenItem};
use crate::money::Minor;
use crate::rulebook::Rulebook;

impl Account {
    pub(super) fn open_dispute(&self, open: &OpenDispute, stamp: &Stamp) -> Events {
        if self.disputes.contains_key(&open.dispute) {
            return refuse(&InvoiceError::DisputeTwice { got: open.dispute.to_string() });
        }
        self.allow_on_item(&open.invoice, InvoiceCommand::OpenDispute).map_err(because)?;
        let item = self.ledger.item(&open.invoice).map_err(because)?;
        if item.terms().currency != open.currency {
            return refuse(&LedgerError::Currency {
                item: open.invoice.to_string(),
                expected: item.terms().currency.to_string(),
                got: open.currency.to_string(),
            });
        }
        self.ledger.check_date(&open.invoice, stamp.effective).map_err(because)?;
        let amount = self.disputed_amount(item, open).map_err(because)?;
        self.ledger.check_dispute(&open.invoice, amount).map_err(because)?;
        ruling(vec![AccountEvent::DisputeOpened(Box::new(DisputeOpened {
            amount,
            by: open.by.clone().unwrap_or_else(|| stamp.actor.clone()),
            currency: open.currency,
            dispute: open.dispute.clone(),
            disputed: item.disputed_now().plus(amount).map_err(because)?,
            effective: stamp.effective,
            evidence: open.evidence.clone(),
            frozen: frozen(&open.evidence),
            invoice: open.invoice.clone(),
            lines: open.lines.clone(),
            reason_code: open.reason_code.clone(),
        }))])
    }

    /// The amount that is named, or what can still be credited of the lines that are.
    fn disputed_amount(&self, item: &OpenItem, open: &OpenDispute) -> Result<Minor, InvoiceError> {
        let extent = || InvoiceError::DisputeExtent { dispute: open.dispute.to_string() };
        match (open.amount, open.lines.is_empty()) {
            (Some(amount), true) => Ok(amount),
            (None, false) => {
                let scope = CreditScope::Lines(CreditLines { lines: open.lines.clone() });
                if !self.invoices.contains_key(&open.invoice) {
                    return Err(InvoiceError::CreditWithoutLines { item: open.invoice.to_string() });
                }
                self.credit_sums(item, &scope, CreditEffect::Forgive).map(|sums| sums.totals.payable)
            }
            (Some(_), false) | (None, true) => Err(extent()),
        }
    }

    /// Whether a dispute as a record says it was opened is about what is there.
    pub(super) fn check_opened(&self, opened: &DisputeOpened) -> Result<(), Refusal> {
        let item = self.ledger.item(&opened.invoice).map_err(because)?;
        let disputed = item.disputed_now().plus(opened.amount).map_err(because)?;
        let scope = CreditScope::Lines(CreditLines { lines: opened.lines.clone() });
        let amount = match opened.lines.is_empty() {
            true => opened.amount,
            false => self.credit_sums(item, &scope, CreditEffect::Forgive).map_err(because)?.totals.payable,
        };
        if (opened.currency, opened.disputed, opened.amount) == (item.terms().currency, disputed, amount) {
            return Ok(());
        }
        Err(because(crate::audit::AuditError::StateMismatch {
            what: "dispute",
            id: opened.dispute.to_string(),
            reason: "is about another amount than its lines",
        }))
    }

    pub(super) fn advance_dispute(&self, advance: &AdvanceDispute, stamp: &Stamp) -> Events {
        let dispute = self.live_dispute(&advance.dispute).map_err(because)?;
        self.allow_on_item(&dispute.opened.invoice, InvoiceCommand::AdvanceDispute).map_err(because)?;
        allow_step(&advance.dispute, dispute.state, advance.to).map_err(because)?;
        ruling(vec![AccountEvent::DisputeAdvanced(DisputeAdvanced {
            dispute: advance.dispute.clone(),
            effective: stamp.effective.max(dispute.opened.effective),
            to: advance.to,
        })])
    }

    pub(super) fn close_dispute(&self, rulebook: &Rulebook, close: &CloseDispute, stamp: &Stamp) -> Events {
        let dispute = self.live_dispute(&close.dispute).map_err(because)?;
        let opened = &dispute.opened;
        self.allow_on_item(&opened.invoice, InvoiceCommand::CloseDispute).map_err(because)?;
        let (accepted, outcome) = self.accepted(dispute, close).map_err(because)?;
        let item = self.ledger.item(&opened.invoice).map_err(because)?;
        // Nothing ends before it began.
        let effective = stamp.effective.max(opened.effective);
        let clock = rulebook.policy().disputes().clock;
        let extension = self.extension(opened, accepted, clock, effective)?;
        ruling(vec![AccountEvent::DisputeClosed(DisputeClosed {
            accepted,
            currency: opened.currency,
            dispute: close.dispute.clone(),
            disputed: item.disputed_now().minus(opened.amount).map_err(because)?,
            effective,
            extension,
            invoice: opened.invoice.clone(),
            outcome,
            remedy: close.remedy.clone(),
        })])
    }

    /// How much is accepted, and whether that is all: what the credit note or write-off named takes back.
    fn accepted(
        &self,
        dispute: &Dispute,
        close: &CloseDispute,
    ) -> Result<(Minor, DisputeOutcome), InvoiceError> {
        let item = &dispute.opened.invoice;
        match (close.outcome, &close.remedy) {
            (DisputeOutcome::Accepted | DisputeOutcome::AcceptedInPart, Some(remedy)) => {
                let whole = self.remedy(dispute, remedy)?;
                let accepted = whole.min(dispute.opened.amount);
                let part = accepted < dispute.opened.amount;
                Ok((accepted, if part { DisputeOutcome::AcceptedInPart } else { DisputeOutcome::Accepted }))
            }
            (DisputeOutcome::Rejected | DisputeOutcome::Withdrawn, None) => Ok((Minor::ZERO, close.outcome)),
            (DisputeOutcome::Accepted | DisputeOutcome::AcceptedInPart, None) => {
                Err(InvoiceError::DisputeRemedy { invoice: item.to_string(), got: "none".to_owned() })
            }
            (DisputeOutcome::Rejected | DisputeOutcome::Withdrawn, Some(remedy)) => {
                Err(InvoiceError::DisputeRemedy { invoice: item.to_string(), got: remedy.to_string() })
            }
        }
    }

    /// The amount of a credit note or write-off that stands on the item since the dispute was opened, and
    /// settles no other: what was given before nobody gave because of it.
    fn remedy(&self, dispute: &Dispute, remedy: &Id) -> Result<Minor, InvoiceError> {
        let item = &dispute.opened.invoice;
        let none = || InvoiceError::DisputeRemedy { invoice: item.to_string(), got: remedy.to_string() };
        if self.remedies.contains_key(remedy) {
            return Err(none());
        }
        let since = |seq: Option<u64>| seq.is_some_and(|seq| seq > dispute.opened_in);
        let credit = self.credits.get(remedy).filter(|credit| {
            credit.state == DocumentState::Issued && credit.note.invoice == *item && since(credit.issued_in)
        });
        let written = self
            .write_offs
            .get(remedy)
            .filter(|written| since(written.done_in) && written.write_off.item == *item);
        let amount = credit.map(|credit| credit.note.totals.payable);
        amount.or_else(|| written.map(|written| written.write_off.amount)).ok_or_else(none)
    }

    /// By how much later what was not accepted is due, as the clock of the policy says.
    fn extension(
        &self,
        opened: &DisputeOpened,
        accepted: Minor,
        clock: DisputeClock,
        ended: Date,
    ) -> Result<Option<DueExtension>, Refusal> {
        let amount = opened.amount.minus(accepted).map_err(because)?;
        let terms = self.ledger.item(&opened.invoice).map_err(because)?.terms();
        let own = self.invoices.get(&opened.invoice).filter(|_| terms.instalments.is_empty());
        let days = match (clock, own) {
            (DisputeClock::Running, _) => 0,
            (DisputeClock::Paused, _) => ended.days_since(opened.effective),
            // What it was issued with gives the same term from that day.
            (DisputeClock::Restarted, Some(own)) => {
                own.draft.terms.due(ended).map_err(because)?.days_since(terms.due)
            }
            (DisputeClock::Restarted, None) => ended.days_since(terms.issued),
        };
        let days = u32::try_from(days).unwrap_or(0);
        Ok((amount.is_positive() && days > 0).then_some(DueExtension { amount, clock, days }))
    }

    /// Checks an end of a dispute as a record says it was.
    pub(super) fn check_closed(&self, closed: &DisputeClosed) -> Result<Dispute, Refusal> {
        let dispute = self.live_dispute(&closed.dispute).map_err(because)?;
        let close = CloseDispute {
            dispute: closed.dispute.clone(),
            outcome: closed.outcome,
            remedy: closed.remedy.clone(),
        };
        let item = self.ledger.item(&dispute.opened.invoice).map_err(because)?;
        let left = item.disputed_now().minus(dispute.opened.amount).map_err(because)?;
        let follows = self.accepted(dispute, &close).map_err(because)? == (closed.accepted, closed.outcome)
            && (closed.currency, closed.disputed) == (dispute.opened.currency, left);
        // Which clock it was is the policy's to say.
        let extended = match &closed.extension {
            Some(said) => {
                let extension =
                    self.extension(&dispute.opened, closed.accepted, said.clock, closed.effective);
                extension?.as_ref() == Some(said)
            }
            None => true,
        };
        if follows
            && extended
            && closed.invoice == dispute.opened.invoice
            && closed.effective >= dispute.opened.effective
        {
            return Ok(dispute.clone());
        }
        Err(because(crate::audit::AuditError::StateMismatch {
            what: "dispute",
            id: closed.dispute.to_string(),
            reason: "is about another invoice or ended in another way",
        }))
    }

    /// A dispute that has not ended.
    pub(super) fn live_dispute(&self, id: &Id) -> Result<&Dispute, InvoiceError> {
        let live = self.disputes.get(id).filter(|dispute| dispute.closed.is_none());
        live.ok_or_else(|| InvoiceError::DisputeUnknown { got: id.to_string() })
    }

    /// Asks the table for an invoice of ours; an item that moved in has no document here and allows
    /// what an issued invoice allows.
    pub(super) fn allow_on_item(&self, id: &Id, command: InvoiceCommand) -> Result<(), InvoiceError> {
        match self.invoices.get(id) {
            Some(invoice) => allow(id, invoice.state, command),
            None => Ok(()),
        }
    }
}
