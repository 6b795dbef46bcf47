use std::sync::Arc;

use super::action::VoidInvoice;
use super::apply::{Change, Done, mismatch};
use super::asking::Asking;
use super::decide::{Events, because, ruling};
use super::event::{AccountEvent, DisputeClosed, VoidProposed, Voided, Voiding};
use super::facts::{fact, lines_of};
use super::state::{Account, Invoice};
use super::subject::About;
use crate::approval::{ApprovalStatus, SubjectKind};
use crate::audit::{Ruling, Stamp, derived_id, numbered_id};
use crate::calendar::Date;
use crate::canon::{sha256, to_bytes};
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{CreditEffect, DisputeOutcome, DocumentState, InvoiceCommand, InvoiceError, allow};
use crate::ledger::LedgerError;
use crate::money::Amount;
use crate::rulebook::Rulebook;

impl Account {
    /// Voids what nobody was sent; proposes to void what is issued, which is done at once where no rule asks
    /// for approval.
    pub(super) fn void(&self, rulebook: &Rulebook, void: &VoidInvoice, stamp: &Stamp) -> Events {
        let (id, effective) = (&void.invoice, stamp.effective);
        if self.credits.contains_key(id) {
            return self.void_credit(void);
        }
        let invoice = self.invoice(id).map_err(because)?;
        if invoice.state != DocumentState::Issued {
            allow(id, invoice.state, InvoiceCommand::Void).map_err(because)?;
            let voided = invoice.voided_on(effective, &void.reason, None);
            return ruling(vec![AccountEvent::Voided(voided)]);
        }
        self.check_void(id, effective, None)?;
        let voiding = self.voiding_of(invoice, &void.reason);
        let asking = Asking::new(rulebook, stamp, &void.exchange)?;
        let mut facts = self.facts_of_item(id, &void.reason);
        // All of its work can be billed again.
        facts.push(fact("effect", Some(Id::of_digits(CreditEffect::Rebill.word()))));
        let about = About {
            currency: voiding.currency,
            facts,
            id: &voiding.id,
            item: id,
            kind: SubjectKind::Void,
            lines: lines_of(rulebook, &invoice.draft, |line| Some(line.net)),
            net: voiding.net,
        };
        let judged = self.judge(&asking, about, voiding.digest())?;
        let done = judged.complete.then(|| self.carry_out_void(invoice, &voiding, effective)).transpose()?;
        let mut events =
            vec![AccountEvent::VoidProposed(Box::new(VoidProposed { approval: judged.approval, voiding }))];
        events.extend(done.into_iter().flatten());
        Ok(Ruling { events, findings: judged.findings })
    }

    /// What is to be approved, under an id made of the invoice.
    fn voiding_of(&self, invoice: &Invoice, reason: &Id) -> Voiding {
        let base = derived_id(&["void", invoice.draft.id.as_str()]);
        let (mut id, mut count) = (base.clone(), 1_usize);
        while !self.is_new_subject(&id) {
            count = count.saturating_add(1);
            id = numbered_id(&base, count);
        }
        let totals = &invoice.draft.totals;
        Voiding {
            currency: invoice.draft.currency,
            gross: totals.gross,
            id,
            invoice: invoice.draft.id.clone(),
            net: totals.net,
            number: invoice.number.clone(),
            reason: reason.clone(),
        }
    }

    /// Voids an issued invoice that has all approvals.
    pub(super) fn approved_void(&self, id: &Id, effective: Date) -> Result<Vec<AccountEvent>, Refusal> {
        let voiding = self.voiding(id).map_err(because)?;
        self.check_void(&voiding.invoice, effective, Some(id))?;
        self.carry_out_void(self.invoice(&voiding.invoice).map_err(because)?, voiding, effective)
    }

    /// The invoice is void, and what was disputed of it is withdrawn: there is nothing left to agree on.
    fn carry_out_void(
        &self,
        invoice: &Invoice,
        voiding: &Voiding,
        effective: Date,
    ) -> Result<Vec<AccountEvent>, Refusal> {
        let item = self.ledger.item(&voiding.invoice).map_err(because)?;
        let mut disputed = item.disputed_now();
        let mut events = Vec::new();
        for dispute in self.open_disputes(&voiding.invoice) {
            let opened = &dispute.opened;
            disputed = disputed.minus(opened.amount).map_err(because)?;
            events.push(AccountEvent::DisputeClosed(DisputeClosed {
                accepted: crate::money::Minor::ZERO,
                currency: opened.currency,
                dispute: opened.dispute.clone(),
                disputed,
                effective: effective.max(opened.effective),
                extension: None,
                invoice: opened.invoice.clone(),
                outcome: DisputeOutcome::Withdrawn,
                remedy: None,
            }));
        }
        events.push(AccountEvent::Voided(invoice.voided_on(effective, &voiding.reason, Some(&voiding.id))));
        Ok(events)
    }

    fn open_disputes<'a>(&'a self, item: &Id) -> impl Iterator<Item = &'a super::state::Dispute> {
        let own = self.disputes.values().filter(|dispute| dispute.closed.is_none());
        own.filter(move |dispute| dispute.opened.invoice == *item)
    }

    /// Whether an issued invoice can be voided: nothing was paid, credited or written off, or waits to be, and
    /// the books of its day are open. What stands in closed books is credited, not taken away. The proposal that
    /// is carried out does not stand in its own way.
    ///
    /// # Errors
    /// What stands in the way, the first that applies.
    pub fn check_void(&self, id: &Id, effective: Date, own: Option<&Id>) -> Result<(), Refusal> {
        let invoice = self.invoice(id).map_err(because)?;
        allow(id, invoice.state, InvoiceCommand::Void).map_err(because)?;
        self.check_uncredited(id).map_err(because)?;
        self.check_undeducted(id).map_err(because)?;
        self.check_undecided(id, own).map_err(because)?;
        self.check_unallocated(id).map_err(because)?;
        self.check_void_date(id, effective).map_err(because)?;
        let item = self.ledger.item(id).map_err(because)?;
        self.chain.check_open(item.opened()).map_err(because)
    }

    /// Nothing else that would take the invoice away waits for a decision.
    fn check_undecided(&self, id: &Id, own: Option<&Id>) -> Result<(), InvoiceError> {
        let written = self.write_offs.values().filter(|one| one.write_off.item == *id);
        let written = written.map(|one| &one.write_off.id);
        let voidings = self.voidings.values().filter(|one| one.invoice == *id).map(|one| &one.id);
        let waits = |subject: &&Id| {
            let request = self.requests.get(*subject);
            own != Some(*subject) && request.is_some_and(|one| one.status() == ApprovalStatus::Pending)
        };
        match written.chain(voidings).find(waits) {
            None => Ok(()),
            Some(waiting) => {
                let (invoice, waiting) = (id.to_string(), waiting.to_string());
                Err(InvoiceError::VoidUndecided { invoice, waiting })
            }
        }
    }

    /// A void takes effect on or after the day its item was opened.
    fn check_void_date(&self, id: &Id, effective: Date) -> Result<(), LedgerError> {
        let item = self.ledger.item(id)?;
        // On no later day may less than nothing be open.
        if item.open().is_positive() {
            self.ledger.check_fall(id, item.open(), effective)
        } else {
            self.ledger.check_date(id, effective)
        }
    }

    /// No money stands on an invoice.
    fn check_unallocated(&self, id: &Id) -> Result<(), InvoiceError> {
        let Ok(item) = self.ledger.item(id) else {
            return Ok(());
        };
        if item.open() == item.terms().open {
            return Ok(());
        }
        let fallen = item.terms().open.minus(item.open()).unwrap_or_default();
        let fallen = Amount::new(fallen, item.terms().currency).to_string();
        Err(InvoiceError::Allocated { invoice: id.to_string(), fallen })
    }

    /// What is proposed to void an issued invoice.
    ///
    /// # Errors
    /// [`InvoiceError::VoidUnknown`].
    pub fn voiding(&self, id: &Id) -> Result<&Voiding, InvoiceError> {
        let known = self.voidings.get(id).map(AsRef::as_ref);
        known.ok_or_else(|| InvoiceError::VoidUnknown { got: id.to_string() })
    }
}

impl Voiding {
    /// The digest of exactly this content: what approvals are bound to.
    #[must_use]
    pub fn digest(&self) -> crate::canon::Digest {
        sha256(&to_bytes(self))
    }
}

impl Invoice {
    /// What a void takes away.
    pub(super) fn voided_on(&self, effective: Date, reason: &Id, voiding: Option<&Id>) -> Voided {
        let totals = &self.draft.totals;
        Voided {
            currency: self.draft.currency,
            effective,
            gross: totals.gross,
            invoice: self.draft.id.clone(),
            net: totals.net,
            reason: reason.clone(),
            voiding: voiding.cloned(),
        }
    }
}

impl Change<'_> {
    pub(super) fn void_proposed(&mut self, proposed: &VoidProposed) -> Done {
        let (voiding, asked) = (&proposed.voiding, &proposed.approval);
        self.account.check_new(&voiding.id).map_err(because)?;
        let invoice = self.account.invoice(&voiding.invoice).map_err(because)?;
        if invoice.state != DocumentState::Issued
            || self.account.voiding_of(invoice, &voiding.reason) != *voiding
            || (asked.digest, asked.currency, asked.net) != (voiding.digest(), voiding.currency, voiding.net)
        {
            return mismatch("void", &voiding.id, "asks for the approval of other content");
        }
        self.asked(SubjectKind::Void, &voiding.id, asked, &[])?;
        self.set(|account| &mut account.voidings, &voiding.id, Some(Arc::new(voiding.clone())));
        if self.is_approved(&voiding.id)? {
            let invoice = self.account.invoice(&voiding.invoice).map_err(because)?;
            let follows = self.account.carry_out_void(invoice, voiding, self.stamp.effective)?;
            self.follow(&voiding.id, follows);
        }
        Ok(())
    }

    /// Releases the work of a voided invoice, its sales and what it drew.
    pub(super) fn voided(&mut self, voided: &Voided) -> Done {
        let id = &voided.invoice;
        let mut invoice = self.account.invoice(id).map_err(because)?.clone();
        allow(id, invoice.state, InvoiceCommand::Void).map_err(because)?;
        if invoice.voided_on(voided.effective, &voided.reason, voided.voiding.as_ref()) != *voided {
            return mismatch("invoice", id, "is voided with other amounts");
        }
        self.dated("invoice", id, voided.effective, None)?;
        match (&voided.voiding, invoice.state == DocumentState::Issued) {
            (None, false) => {}
            (Some(voiding), true) => self.void_issued(voiding, voided)?,
            (Some(_), false) | (None, true) => {
                return mismatch("invoice", id, "is voided without being asked for, or asked for in vain");
            }
        }
        for charge in invoice.draft.lines.iter().flat_map(|line| &line.charges) {
            self.release(charge, id);
        }
        self.uncount(id);
        self.undrawn(&invoice.draws)?;
        self.undeduct(&invoice.draft);
        self.remember_shown(&invoice.draft);
        invoice.enter(DocumentState::Void, self.moment(voided.effective));
        invoice.voided = Some(voided.clone());
        self.set(|account| &mut account.invoices, id, Some(invoice));
        Ok(())
    }

    /// Takes what is owed away, as it was approved.
    fn void_issued(&mut self, voiding: &Id, voided: &Voided) -> Done {
        let id = &voided.invoice;
        self.account.check_void(id, voided.effective, Some(voiding))?;
        let asked = self.account.voiding(voiding).map_err(because)?;
        let complete = self.account.request(voiding).map_err(because)?.status() == ApprovalStatus::Approved;
        let disputed = self.account.open_disputes(id).next().is_some();
        if !complete || disputed || (&asked.invoice, &asked.reason) != (id, &voided.reason) {
            return mismatch(
                "void",
                voiding,
                "lacks approvals, is of another invoice, or leaves a dispute open",
            );
        }
        let moment = self.moment(voided.effective);
        self.item(id, |ledger| ledger.void(id, moment))
    }
}
