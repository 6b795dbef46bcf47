use super::action::RequestNumber;
use super::apply::{Change, Done, mismatch};
use super::decide::{Events, because, refuse, ruling};
use super::event::{AccountEvent, Issued, NumberRequested};
use super::state::{Account, Invoice};
use crate::approval::ApprovalStatus;
use crate::audit::{Intent, LogAddress, LogKind, Ruling, Stamp};
use crate::calendar::Date;
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;
use crate::invoice::{DocumentState, Draft, InvoiceCommand, InvoiceError, allow, allow_credit};
use crate::ledger::{ItemKind, ItemTerms};
use crate::series::{Assign, Assigned, SeriesAction};

impl Account {
    /// Freezes an approved invoice and asks its series for a number, under an id made of the invoice
    /// and the date.
    pub(super) fn request_number(&self, draft: &Draft, stamp: &Stamp) -> Result<[AccountEvent; 2], Refusal> {
        let date = stamp.effective;
        let drafted = self.invoices.get(&draft.id).and_then(|invoice| invoice.states.since());
        check_drafted(&draft.id, drafted, date).map_err(because)?;
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
            return ruling(Vec::from(self.request_credit_number(&credit.note, stamp)?));
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
        let events = vec![AccountEvent::Issued(Box::new(Issued { invoice: number.invoice.clone(), item }))];
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

impl Change<'_> {
    fn invoice(&self, id: &Id, command: InvoiceCommand) -> Result<Invoice, Refusal> {
        let invoice = self.account.invoice(id).map_err(because)?;
        allow(id, invoice.state, command).map_err(because)?;
        Ok(invoice.clone())
    }

    /// Nothing is asked for but what the approved draft says, once for each date.
    pub(super) fn number_requested(&mut self, requested: &NumberRequested) -> Done {
        let id = &requested.invoice;
        let mut invoice = self.account.invoice(id).map_err(because)?.clone();
        let request = self.account.request(id).map_err(because)?;
        let complete = request.status() == ApprovalStatus::Approved;
        let again = invoice.state == DocumentState::Approved
            && invoice.asked.iter().all(|asked| asked.date != requested.date);
        if !complete || !(again || invoice.state == DocumentState::AwaitingApproval) {
            return mismatch("invoice", id, "lacks approvals or asked for its number before");
        }
        let draft = &invoice.draft;
        let schedule = draft.schedule(requested.date).map_err(because)?;
        let asked = (requested.due, &requested.instalments, &requested.discount);
        self.dated("invoice", id, requested.date, None)?;
        check_drafted(id, invoice.states.since(), requested.date).map_err(because)?;
        if (&requested.series, requested.currency) != (&draft.series, draft.currency)
            || asked != (schedule.due, &schedule.instalments, &schedule.discount)
        {
            return mismatch("invoice", id, "asked for another number than its draft says");
        }
        if invoice.state != DocumentState::Approved {
            invoice.enter(DocumentState::Approved, self.moment(requested.date));
        }
        invoice.asked.push(requested.clone());
        self.set(|account| &mut account.invoices, id, Some(invoice));
        self.tell(self.account.ask_number(id, &requested.series, self.stamp));
        Ok(())
    }

    /// The number came: what is owed is open from its date.
    pub(super) fn issued(&mut self, issued: &Issued) -> Done {
        let mut invoice = self.invoice(&issued.invoice, InvoiceCommand::Issue)?;
        let item = &issued.item;
        let asked = invoice.asked.iter().any(|asked| {
            (asked.date, asked.due, &asked.instalments, &asked.discount)
                == (item.issued, item.due, &item.instalments, &item.discount)
        });
        let referenced = reference(&invoice.draft, &item.number).ok().flatten() == item.payment_reference;
        let whole = (item.open, item.total, item.currency)
            == (invoice.draft.totals.payable, invoice.draft.totals.payable, invoice.draft.currency);
        let payer = item.customer == invoice.draft.payer;
        if !asked || !whole || !payer || !referenced || item.id != issued.invoice {
            return mismatch("invoice", &issued.invoice, "was issued as something else than was asked for");
        }
        let moment = self.moment(item.issued);
        invoice.enter(DocumentState::Issued, moment);
        invoice.number = Some(item.number.clone());
        self.item(&item.id, |ledger| ledger.open(ItemKind::Invoice, item.clone(), moment))?;
        self.set(|account| &mut account.invoices, &issued.invoice, Some(invoice));
        Ok(())
    }
}

/// A request is made once for each date; the one that was made is delivered again instead.
fn check_date(id: &Id, mut asked: impl Iterator<Item = Date>, date: Date) -> Result<(), Refusal> {
    if asked.any(|asked| asked == date) {
        return refuse(&InvoiceError::NumberAsked { document: id.to_string(), got: date.to_string() });
    }
    Ok(())
}

/// A document is not issued before it was drafted: it states work and money that were not there yet.
pub(super) fn check_drafted(id: &Id, drafted: Option<Date>, date: Date) -> Result<(), InvoiceError> {
    match drafted.filter(|drafted| date < *drafted) {
        None => Ok(()),
        Some(drafted) => Err(InvoiceError::NumberBeforeDraft {
            document: id.to_string(),
            drafted: drafted.to_string(),
            got: date.to_string(),
        }),
    }
}

/// The payment reference of an invoice by the rule that its draft froze.
///
/// # Errors
/// What [`ReferenceRule::make`](crate::invoice::ReferenceRule::make) refuses.
pub(super) fn reference(draft: &Draft, number: &Id) -> Result<Option<Id>, InvoiceError> {
    draft.reference.as_ref().map(|rule| rule.make(number)).transpose()
}
