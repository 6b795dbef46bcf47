//! How records of credit notes and write-offs change an account.

use std::sync::Arc;

use super::action::Recover;
use super::apply::{Change, Done, mismatch};
use super::decide::because;
use super::event::{
    AccountEvent, CreditApplied, CreditDrafted, CreditIssued, CreditNumberRequested, CreditVoided, Draw,
    Recovered, WriteOffProposed, WrittenOff,
};
use super::left_out::reversal_key;
use super::number::check_drafted;
use super::running::Job;
use super::state::{Credited, WrittenDown};
use crate::approval::{ApprovalStatus, SubjectKind};
use crate::calendar::Dated;
use crate::canon::{sha256, to_bytes};
use crate::id::Id;
use crate::invoice::{
    CreditEffect, CreditNote, DocumentState, InvoiceCommand, InvoiceError, TypeCode, allow_credit,
};
use crate::ledger::{AdjustmentKind, ItemKind, MovementKind};
use crate::money::Minor;

impl Change<'_> {
    pub(super) fn credit_drafted(&mut self, drafted: &CreditDrafted) -> Done {
        let note = &drafted.credit;
        self.account.check_new(&note.id).map_err(because)?;
        self.check_note(drafted)?;
        let asked = &drafted.approval;
        if (asked.digest, asked.currency, asked.net) != (note.digest(), note.currency, note.totals.net) {
            return mismatch("credit note", &note.id, "asks for the approval of other content");
        }
        let job = Job::of_item(SubjectKind::CreditNote, note.currency, &note.invoice, note.totals.net);
        self.asked(SubjectKind::CreditNote, &note.id, asked, &[job])?;
        let mut own = self.account.credits_of.get(&note.invoice).cloned().unwrap_or_default();
        own.push(note.id.clone());
        self.set(|account| &mut account.credits_of, &note.invoice, Some(own));
        let state = DocumentState::AwaitingApproval;
        let note = Arc::new(note.clone());
        let id = note.id.clone();
        let states = Dated::new(self.moment(self.stamp.effective), state);
        let credit = Credited { note, state, states, asked: Vec::new(), issued_in: None, number: None };
        self.set(|account| &mut account.credits, &id, Some(credit));
        self.number_next(&id)
    }

    /// Lines, tax and totals follow from what was asked to be credited, and take no more than is left.
    fn check_note(&self, drafted: &CreditDrafted) -> Done {
        let note = &drafted.credit;
        self.account.check_creditable(&note.invoice).map_err(because)?;
        let item = self.account.ledger.item(&note.invoice).map_err(because)?;
        let terms = item.terms();
        let sums = self.account.credit_sums(item, &drafted.scope, note.effect).map_err(because)?;
        let follows = sums.lines == note.lines && sums.totals == note.totals;
        let preceding = (&note.preceding, note.preceding_issued) == (&terms.number, terms.issued);
        let seller = note.header.seller.id == self.account.chain.address().seller;
        let header =
            seller && note.header.buyer.id == note.payer && note.header.type_code == TypeCode::CreditNote;
        let names = (note.currency, &note.payer) == (terms.currency, self.account.payer());
        if !preceding || !header {
            return mismatch("credit note", &note.id, "says of another invoice or payer that it is credited");
        }
        if !follows || !names || note.totals.payable < Minor::ZERO {
            return mismatch("credit note", &note.id, "does not follow from what it credits");
        }
        Ok(())
    }

    pub(super) fn credit_rejected(&mut self, id: &Id) -> Done {
        let mut credit = self.account.credit_note(id).map_err(because)?.clone();
        credit.enter(DocumentState::Rejected, self.moment(self.stamp.effective));
        self.uncount(id);
        self.set(|account| &mut account.credits, id, Some(credit));
        Ok(())
    }

    pub(super) fn credit_number_requested(&mut self, requested: &CreditNumberRequested) -> Done {
        let id = &requested.credit;
        let mut credit = self.account.credit_note(id).map_err(because)?.clone();
        let complete = self.account.request(id).map_err(because)?.status() == ApprovalStatus::Approved;
        self.dated("credit note", id, requested.date, None)?;
        check_drafted(id, credit.states.since(), requested.date).map_err(because)?;
        let again = credit.state == DocumentState::Approved
            && credit.asked.iter().all(|asked| asked.date != requested.date);
        if !complete || !(again || credit.state == DocumentState::AwaitingApproval) {
            return mismatch("credit note", id, "lacks approvals or asked for its number before");
        }
        if requested.series != credit.note.series {
            return mismatch("credit note", id, "asked another series than its draft says");
        }
        if credit.state != DocumentState::Approved {
            credit.enter(DocumentState::Approved, self.moment(requested.date));
        }
        credit.asked.push(requested.clone());
        self.set(|account| &mut account.credits, id, Some(credit));
        self.tell(self.account.ask_number(id, &requested.series, self.stamp));
        Ok(())
    }

    /// Opens what is owed, sets it against the invoice, and releases the work that is billed again.
    pub(super) fn credit_issued(&mut self, issued: &CreditIssued) -> Done {
        let id = &issued.credit;
        let mut credit = self.account.credit_note(id).map_err(because)?.clone();
        allow_credit(id, credit.state, InvoiceCommand::Issue).map_err(because)?;
        let (note, item) = (Arc::clone(&credit.note), &issued.item);
        let asked = credit.asked.iter().any(|asked| asked.date == item.issued)
            && *item == self.account.credit_terms(&note, item.issued, &item.number);
        let whole = (item.total, item.open, item.currency, &item.id)
            == (note.totals.payable.negated(), note.totals.payable.negated(), note.currency, id);
        if !asked || !whole || self.account.issued(&note, item.clone()).map_err(because)? != *issued {
            return mismatch("credit note", id, "was issued as something else than was asked for");
        }
        let opened = self.moment(item.issued);
        credit.enter(DocumentState::Issued, opened);
        credit.number = Some(item.number.clone());
        credit.issued_in = Some(self.seq());
        self.item(id, |ledger| ledger.open(ItemKind::CreditNote, item.clone(), opened))?;
        self.reverse(&note.invoice, issued)?;
        if issued.applied.is_positive() {
            let moment = self.moment(issued.effective);
            for item in [&note.invoice, id] {
                self.item(item, |ledger| {
                    ledger.lower(item, MovementKind::Credit, issued.applied, id, moment)
                })?;
            }
        }
        if note.effect == CreditEffect::Rebill {
            self.rebill(&note)?;
        }
        for taken in &issued.taken {
            let mut standing = self.account.standings.get(&taken.agreement).copied().unwrap_or_default();
            standing.purchased = standing.purchased.saturating_sub(taken.seconds);
            self.set(|account| &mut account.standings, &taken.agreement, Some(standing));
        }
        if note.totals.prepaid.is_positive() {
            // It takes the rest of its invoice, what was deducted included.
            let draft = Arc::clone(&self.account.invoice(&note.invoice).map_err(because)?.draft);
            self.undeduct(&draft);
        }
        self.set(|account| &mut account.credits, id, Some(credit));
        Ok(())
    }

    /// What payments left out of an invoice is owed again, before the credit is set against it.
    fn reverse(&mut self, invoice: &Id, issued: &CreditIssued) -> Done {
        let moment = self.moment(issued.effective);
        for reversal in &issued.reversals {
            let kind = match reversal.kind {
                AdjustmentKind::Discount => MovementKind::DiscountReversed,
                AdjustmentKind::WriteOff
                | AdjustmentKind::ExchangeDifference
                | AdjustmentKind::Fee
                | AdjustmentKind::Withholding => MovementKind::Recovery,
            };
            self.item(invoice, |ledger| {
                ledger.raise(invoice, kind, reversal.amount, &issued.credit, moment)
            })?;
            let key = reversal_key(&reversal.reservation, invoice, reversal.kind);
            let before = self.account.reversed.get(&key).copied().unwrap_or(Minor::ZERO);
            let sum = before.plus(reversal.amount).map_err(because)?;
            self.set(|account| &mut account.reversed, &key, Some(sum));
        }
        Ok(())
    }

    /// The work of credited lines is billable again, once, and draws on its estimates no more.
    fn rebill(&mut self, note: &CreditNote) -> Done {
        let invoice = self.account.invoice(&note.invoice).map_err(because)?;
        let draft = Arc::clone(&invoice.draft);
        let credited = |draw: &&Draw| note.lines.iter().any(|own| own.line == draw.line);
        let draws: Vec<Draw> = invoice.draws.iter().filter(credited).cloned().collect();
        self.undrawn(&draws)?;
        for line in draft.lines.iter().filter(|line| note.lines.iter().any(|own| own.line == line.id)) {
            if self.account.rebilled.contains_key(&line.id) {
                return mismatch("line", &line.id, "was released before");
            }
            for charge in &line.charges {
                self.release(charge, &note.invoice);
            }
            self.set(|account| &mut account.rebilled, &line.id, Some(()));
        }
        Ok(())
    }

    pub(super) fn credit_voided(&mut self, voided: &CreditVoided) -> Done {
        let id = &voided.credit;
        let mut credit = self.account.credit_note(id).map_err(because)?.clone();
        allow_credit(id, credit.state, InvoiceCommand::Void).map_err(because)?;
        credit.enter(DocumentState::Void, self.moment(self.stamp.effective));
        self.uncount(id);
        self.set(|account| &mut account.credits, id, Some(credit));
        Ok(())
    }

    pub(super) fn credit_applied(&mut self, applied: &CreditApplied) -> Done {
        let CreditApplied { amount, balances, currency, effective, from, to } = applied;
        self.dated("credit", from, *effective, None)?;
        if self.account.balances_of_credit(from, to, *amount, *currency, *effective)? != *balances {
            return mismatch("credit", from, "leaves other balances");
        }
        let moment = self.moment(*effective);
        for item in [from, to] {
            self.item(item, |ledger| ledger.lower(item, MovementKind::Credit, *amount, from, moment))?;
        }
        Ok(())
    }

    pub(super) fn write_off_proposed(&mut self, proposed: &WriteOffProposed) -> Done {
        let write_off = &proposed.write_off;
        self.account.check_new(&write_off.id).map_err(because)?;
        let written = self.account.written_off_on(write_off, self.stamp.effective)?;
        let asked = &proposed.approval;
        let content = (sha256(&to_bytes(write_off)), write_off.currency, write_off.amount);
        if (asked.digest, asked.currency, asked.net) != content {
            return mismatch("write-off", &write_off.id, "asks for the approval of other content");
        }
        let (kind, amount) = (SubjectKind::WriteOff, write_off.amount);
        let job = Job::of_item(kind, write_off.currency, &write_off.item, amount);
        self.asked(kind, &write_off.id, asked, &[job])?;
        let state = WrittenDown {
            write_off: Arc::new(write_off.clone()),
            done: None,
            done_in: None,
            recovered: Minor::ZERO,
        };
        let mut own = self.account.write_offs_of.get(&write_off.item).cloned().unwrap_or_default();
        own.push(write_off.id.clone());
        self.set(|account| &mut account.write_offs_of, &write_off.item, Some(own));
        self.set(|account| &mut account.write_offs, &write_off.id, Some(state));
        if self.is_approved(&write_off.id)? {
            self.follow(&write_off.id, vec![AccountEvent::WrittenOff(written)]);
        }
        Ok(())
    }

    pub(super) fn written_off(&mut self, written: &WrittenOff) -> Done {
        let id = &written.write_off;
        let mut state = self.account.write_off(id).map_err(because)?.clone();
        let complete = self.account.request(id).map_err(because)?.status() == ApprovalStatus::Approved;
        if state.done.is_some() || !complete {
            return mismatch("write-off", id, "lacks approvals or was done before");
        }
        self.dated("write-off", id, written.effective, None)?;
        if self.account.written_off_on(&state.write_off, written.effective)? != *written {
            return mismatch("write-off", id, "leaves other balances");
        }
        let (moment, write_off) = (self.moment(written.effective), Arc::clone(&state.write_off));
        self.item(&write_off.item, |ledger| {
            ledger.lower(&write_off.item, MovementKind::WriteOff, write_off.amount, id, moment)
        })?;
        state.done = Some(written.effective);
        state.done_in = Some(self.seq());
        self.set(|account| &mut account.write_offs, id, Some(state));
        Ok(())
    }

    pub(super) fn recovered(&mut self, recovered: &Recovered) -> Done {
        let id = &recovered.write_off;
        let mut state = self.account.write_off(id).map_err(because)?.clone();
        let recover = Recover {
            amount: recovered.amount,
            currency: recovered.currency,
            reason: recovered.reason.clone(),
            write_off: id.clone(),
        };
        let follows = self.account.balances_recovered(&state, &recover)? == recovered.balances;
        self.dated("write-off", id, recovered.effective, state.done)?;
        if !follows {
            return mismatch("write-off", id, "leaves other balances");
        }
        let (moment, write_off) = (self.moment(recovered.effective), Arc::clone(&state.write_off));
        self.item(&write_off.item, |ledger| {
            ledger.raise(&write_off.item, MovementKind::Recovery, recovered.amount, id, moment)
        })?;
        let over = |_| because(InvoiceError::WriteOffUnknown { got: id.to_string() });
        state.recovered = state.recovered.plus(recovered.amount).map_err(over)?;
        self.recount(id, state.write_off.amount.minus(state.recovered).unwrap_or_default());
        self.set(|account| &mut account.write_offs, id, Some(state));
        Ok(())
    }
}
