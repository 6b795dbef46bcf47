use super::action::{CloseDispute, OpenDispute};
use super::decide::{Events, because, refuse, ruling};
use super::event::{AccountEvent, DisputeClosed, DisputeOpened};
use super::state::{Account, Dispute};
use crate::audit::Stamp;
use crate::id::Id;
use crate::invoice::{InvoiceCommand, InvoiceError, allow};
use crate::ledger::LedgerError;

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
        self.ledger.check_dispute(&open.invoice, open.amount).map_err(because)?;
        let opened = DisputeOpened { dispute: open.clone(), effective: stamp.effective };
        ruling(vec![AccountEvent::DisputeOpened(opened)])
    }

    pub(super) fn close_dispute(&self, close: &CloseDispute, stamp: &Stamp) -> Events {
        let dispute = self.live_dispute(&close.dispute).map_err(because)?;
        self.allow_on_item(&dispute.opened.dispute.invoice, InvoiceCommand::CloseDispute).map_err(because)?;
        ruling(vec![AccountEvent::DisputeClosed(DisputeClosed {
            dispute: close.dispute.clone(),
            effective: stamp.effective,
            invoice: dispute.opened.dispute.invoice.clone(),
            outcome: close.outcome,
        })])
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
