use super::action::RequestNumber;
use super::decide::{Events, because, refuse, ruling};
use super::event::{AccountEvent, Issued, NumberRequested};
use super::state::{Account, Invoice};
use crate::audit::{Intent, LogAddress, LogKind, Ruling, Stamp};
use crate::calendar::Date;
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;
use crate::invoice::{Draft, InvoiceCommand, InvoiceError, allow, allow_credit};
use crate::ledger::ItemTerms;
use crate::series::{Assign, Assigned, SeriesAction};

impl Account {
    /// Freezes an approved invoice and asks its series for a number, under an id made of the invoice
    /// and the date.
    pub(super) fn request_number(&self, draft: &Draft, stamp: &Stamp) -> Result<[AccountEvent; 2], Refusal> {
        let date = stamp.effective;
        let schedule = draft.schedule(date).map_err(because)?;
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

    /// Asks again for the number of an approved document, on the date of the command: its series refused the
    /// earlier requests, or did not answer. Whichever of them it answers is taken, once.
    pub(super) fn request_again(&self, again: &RequestNumber, stamp: &Stamp) -> Events {
        let id = &again.document;
        if let Some(credit) = self.credits.get(id) {
            allow_credit(id, credit.state, InvoiceCommand::RequestNumber).map_err(because)?;
            check_date(id, credit.asked.iter().map(|asked| asked.date), stamp.effective)?;
            return ruling(Vec::from(self.request_credit_number(&credit.note, stamp)));
        }
        let invoice = self.invoice(id).map_err(because)?;
        allow(id, invoice.state, InvoiceCommand::RequestNumber).map_err(because)?;
        check_date(id, invoice.asked.iter().map(|asked| asked.date), stamp.effective)?;
        ruling(Vec::from(self.request_number(&invoice.draft, stamp)?))
    }

    /// Asks a series for the number of an invoice or credit note, under an id made of it and the date.
    pub(super) fn ask_number(&self, document: &Id, series: &Id, stamp: &Stamp) -> Intent {
        let date = stamp.effective;
        let seller = self.chain.address().seller.clone();
        let log = LogAddress { id: series.clone(), kind: LogKind::Series, seller };
        let ask = Assign { account: self.payer().clone(), date, invoice: document.clone() };
        Intent::new(ask.ready_id(), SeriesAction::Assign(ask), log, stamp.as_system())
    }

    /// Takes a number: the answer to one of the requests for it.
    pub(super) fn issue(&self, number: &Assigned) -> Events {
        if self.credits.contains_key(&number.invoice) {
            return self.issue_credit(number);
        }
        let invoice = self.invoice(&number.invoice).map_err(because)?;
        allow(&number.invoice, invoice.state, InvoiceCommand::Issue).map_err(because)?;
        let item = self.item_of(invoice, number).map_err(because)?;
        self.ledger.check_open(&item).map_err(because)?;
        // The number is given: an invoice without a reference is better than none.
        let unmade = reference(&invoice.draft, &number.number).err();
        let finding = unmade.map(|error| Finding::new(Severity::Warn, &error).about(&number.invoice));
        let events = vec![AccountEvent::Issued(Issued { invoice: number.invoice.clone(), item })];
        Ok(Ruling { events, findings: finding.into_iter().collect() })
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
        let asked = invoice.asked.iter().find(answers).ok_or_else(mismatch)?;
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
            payment_reference: reference(&invoice.draft, &number.number).ok().flatten(),
            total: invoice.draft.totals.payable,
        })
    }
}

/// A request is made once for each date; the one that was made is delivered again instead.
fn check_date(id: &Id, mut asked: impl Iterator<Item = Date>, date: Date) -> Result<(), Refusal> {
    if asked.any(|asked| asked == date) {
        return refuse(&InvoiceError::NumberAsked { document: id.to_string(), got: date.to_string() });
    }
    Ok(())
}

/// The payment reference of an invoice by the rule that its draft froze.
///
/// # Errors
/// What [`ReferenceRule::make`](crate::invoice::ReferenceRule::make) refuses.
pub(super) fn reference(draft: &Draft, number: &Id) -> Result<Option<Id>, InvoiceError> {
    draft.reference.as_ref().map(|rule| rule.make(number)).transpose()
}
