use super::action::{ApplyCredit, Credit, VoidInvoice};
use super::asking::Asking;
use super::decide::{Events, because, refuse, ruling};
use super::event::{
    AccountEvent, CreditApplied, CreditDrafted, CreditIssued, CreditNumberRequested, CreditVoided,
    ItemBalance, TakenSeconds,
};
use super::facts::{fact, lines_of};
use super::number::check_drafted;
use super::state::{Account, Credited};
use super::subject::About;
use crate::approval::SubjectKind;
use crate::audit::{Ruling, Stamp};
use crate::calendar::Date;
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;
use crate::invoice::{
    CreditEffect, CreditNote, CreditScope, CreditSums, InvoiceCommand, InvoiceError, Line, Totals,
    allow_credit,
};
use crate::ledger::{ItemTerms, LedgerError, OpenItem};
use crate::money::{Amount, Currency, Minor};
use crate::rating::ChargeSource;
use crate::rulebook::Rulebook;
use crate::series::Assigned;

impl Account {
    /// Drafts a credit note; one that needs no approval asks for its number at once.
    pub(super) fn credit(&self, rulebook: &Rulebook, credit: &Credit, stamp: &Stamp) -> Events {
        self.check_new(&credit.id).map_err(because)?;
        self.check_creditable(&credit.invoice).map_err(because)?;
        let item = self.ledger.item(&credit.invoice).map_err(because)?;
        self.ledger.check_date(&credit.invoice, stamp.effective).map_err(because)?;
        let sums = self.credit_sums(item, &credit.scope, credit.effect).map_err(because)?;
        if sums.totals.payable < Minor::ZERO {
            // What is owed to the customer already has nothing to be credited.
            return refuse(&InvoiceError::CreditNothing { invoice: credit.invoice.to_string() });
        }
        let billing = rulebook.policy().billing();
        let header = self.credit_header(rulebook, item, &credit.reason).map_err(because)?;
        let note = CreditNote {
            currency: item.terms().currency,
            effect: credit.effect,
            header: Box::new(header),
            id: credit.id.clone(),
            invoice: credit.invoice.clone(),
            keeps_hours: credit.keeps_hours,
            lines: sums.lines,
            payer: self.payer().clone(),
            preceding: item.terms().number.clone(),
            preceding_issued: item.terms().issued,
            reason: credit.reason.clone(),
            series: billing.credit_series.clone().unwrap_or_else(|| billing.series.clone()),
            totals: sums.totals,
        };
        let digest = note.digest();
        let asking = Asking::new(rulebook, stamp, &credit.exchange)?;
        let mut judged = self.judge(&asking, self.about_credit(rulebook, &note), digest)?;
        if note.lines.is_empty() && note.totals.taxes.is_empty() {
            let (item, gross) =
                (note.invoice.to_string(), Amount::new(note.totals.gross, note.currency).to_string());
            let finding = Finding::new(Severity::Warn, &InvoiceError::CreditUntaxed { item, gross });
            judged.findings.push(finding.about(&note.invoice));
        }
        let ask = judged.complete.then(|| self.request_credit_number(&note, stamp)).transpose()?;
        let drafted = CreditDrafted { approval: judged.approval, credit: note, scope: credit.scope.clone() };
        let mut events = vec![AccountEvent::CreditDrafted(Box::new(drafted))];
        events.extend(ask.into_iter().flatten());
        Ok(Ruling { events, findings: judged.findings })
    }

    /// A credit note as rules see it: what it takes back of each line of its invoice.
    fn about_credit<'n>(&self, rulebook: &Rulebook, note: &'n CreditNote) -> About<'n> {
        let taken = |line: &Line| note.lines.iter().find(|own| own.line == line.id).map(|own| own.net);
        let invoice = self.invoices.get(&note.invoice);
        let mut facts = self.facts_of_item(&note.invoice, &note.reason);
        facts.push(fact("effect", Some(Id::of_digits(note.effect.word()))));
        About {
            currency: note.currency,
            facts,
            id: &note.id,
            item: &note.invoice,
            kind: SubjectKind::CreditNote,
            lines: invoice.map(|one| lines_of(rulebook, &one.draft, taken)).unwrap_or_default(),
            net: note.totals.net,
        }
    }

    /// Whether the state of what is to be credited allows it.
    pub(super) fn check_creditable(&self, id: &Id) -> Result<(), InvoiceError> {
        self.allow_on_item(id, InvoiceCommand::Credit)
    }

    /// Freezes an approved credit note and asks its series for a number.
    pub(super) fn request_credit_number(
        &self,
        note: &CreditNote,
        stamp: &Stamp,
    ) -> Result<[AccountEvent; 2], Refusal> {
        let (credit, date, series) = (note.id.clone(), stamp.effective, note.series.clone());
        let drafted = self.credits.get(&note.id).and_then(|credit| credit.states.since());
        check_drafted(&note.id, drafted, date).map_err(because)?;
        let requested = CreditNumberRequested { credit, date, series };
        let intent = self.ask_number(&note.id, &note.series, stamp);
        Ok([AccountEvent::CreditNumberRequested(requested), AccountEvent::Intent(intent)])
    }

    /// The sums of a credit: of an invoice by its lines, of an item that moved in up to what is open.
    /// What was written off is owed by nobody and credited to nobody; an early discount goes with what is credited,
    /// and a remainder with the credit of all that is left.
    pub(super) fn credit_sums(
        &self,
        item: &OpenItem,
        scope: &CreditScope,
        effect: CreditEffect,
    ) -> Result<CreditSums, InvoiceError> {
        let id = &item.terms().id;
        let shown = |minor| Amount::new(minor, item.terms().currency).to_string();
        let over = |left: Minor, got: String| InvoiceError::CreditOver {
            line: id.to_string(),
            left: shown(left),
            got,
        };
        let Some(invoice) = self.invoices.get(id) else {
            return self.opening_sums(item, scope, effect);
        };
        let left = self.credit_room(&invoice.draft).map_err(|error| over(Minor::ZERO, error.to_string()))?;
        let (sums, rest) = (left.sums(scope, effect)?, left.rest());
        let mut owed = rest.payable.minus(self.written_off(id)).unwrap_or(Minor::ZERO);
        // Who credits all that is left takes back what payments left out of it.
        if sums.totals != rest {
            let left_out = self.remainder(item).map_err(|error| over(Minor::ZERO, error.to_string()))?;
            owed = owed.minus(left_out).unwrap_or(Minor::ZERO);
        }
        if sums.totals.payable > owed { Err(over(owed, shown(sums.totals.payable))) } else { Ok(sums) }
    }

    /// An item that moved in has no lines: it is credited in whole or by an amount.
    fn opening_sums(
        &self,
        item: &OpenItem,
        scope: &CreditScope,
        effect: CreditEffect,
    ) -> Result<CreditSums, InvoiceError> {
        let ItemTerms { id, currency, .. } = item.terms();
        let shown = |minor| Amount::new(minor, *currency).to_string();
        let waiting = self.credits_of(id).filter(|credit| credit.number.is_none());
        let waiting =
            waiting.fold(0_i64, |sum, credit| sum.saturating_add(credit.note.totals.payable.units()));
        let left = Minor::new(item.open().units().saturating_sub(waiting)).unwrap_or(Minor::ZERO);
        let (gross, taxes) = match scope {
            CreditScope::Whole(_) => (left, Vec::new()),
            CreditScope::Gross(gross) if gross.currency == *currency => (gross.amount, gross.taxes.clone()),
            CreditScope::Gross(gross) => {
                let (expected, got) = (currency.to_string(), gross.currency.to_string());
                return Err(InvoiceError::CreditCurrency { invoice: id.to_string(), expected, got });
            }
            CreditScope::Lines(_) | CreditScope::Quantities(_) | CreditScope::Amounts(_) => {
                return Err(InvoiceError::CreditWithoutLines { item: id.to_string() });
            }
        };
        if effect == CreditEffect::Rebill {
            return Err(InvoiceError::CreditWithoutLines { item: id.to_string() });
        }
        if !gross.is_positive() || gross > left {
            return Err(InvoiceError::CreditOver {
                line: id.to_string(),
                left: shown(left),
                got: shown(gross),
            });
        }
        let tax = Minor::sum(taxes.iter().map(|row| row.tax)).unwrap_or(Minor::ZERO);
        let net = gross.minus(tax).unwrap_or(gross);
        let base = Minor::sum(taxes.iter().map(|row| row.base)).unwrap_or(Minor::ZERO);
        if !taxes.is_empty() && base != net {
            let got = shown(base.plus(tax).unwrap_or(base));
            return Err(InvoiceError::CreditTaxes { expected: shown(gross), got });
        }
        Ok(CreditSums { lines: Vec::new(), totals: Totals::stated(*currency, net, taxes, tax, gross) })
    }

    /// Invoices, credit notes, write-offs, estimates and items share one namespace.
    pub(super) fn check_new(&self, id: &Id) -> Result<(), InvoiceError> {
        let taken = !self.is_new_subject(id);
        if taken { Err(InvoiceError::IdTaken { got: id.to_string() }) } else { Ok(()) }
    }

    /// The number of a credit note came: it counts from the date it asked for.
    pub(super) fn issue_credit(&self, number: &Assigned) -> Events {
        let credit = self.credit_note(&number.invoice).map_err(because)?;
        allow_credit(&number.invoice, credit.state, InvoiceCommand::Issue).map_err(because)?;
        let item = self.credit_item(credit, number).map_err(because)?;
        self.ledger.check_open(&item).map_err(because)?;
        let issued = self.issued(&credit.note, item).map_err(because)?;
        ruling(vec![AccountEvent::CreditIssued(Box::new(issued))])
    }

    /// What is owed to the customer by a credit note whose series answered what it asked.
    fn credit_item(&self, credit: &Credited, number: &Assigned) -> Result<ItemTerms, InvoiceError> {
        let note = &credit.note;
        let answers = credit.asked.iter().any(|asked| {
            asked.series == number.series && asked.date == number.date && number.account == *self.payer()
        });
        if !answers {
            return Err(InvoiceError::NumberMismatch {
                invoice: number.invoice.to_string(),
                got: format!("{} of {} for {}", number.series, number.date, number.account),
            });
        }
        Ok(self.credit_terms(note, number.date, &number.number))
    }

    /// What is owed to the customer by a credit note of a number and date.
    pub(super) fn credit_terms(&self, note: &CreditNote, date: Date, number: &Id) -> ItemTerms {
        let customer = self.ledger.item(&note.invoice).map(|item| item.terms().customer.clone());
        ItemTerms {
            currency: note.currency,
            customer: customer.unwrap_or_else(|_| note.payer.clone()),
            discount: None,
            due: date,
            id: note.id.clone(),
            instalments: Vec::new(),
            issued: date,
            number: number.clone(),
            open: note.totals.payable.negated(),
            payment_reference: None,
            total: note.totals.payable.negated(),
        }
    }

    /// A credit note is set against its invoice up to what is open from its date on.
    pub(super) fn issued(&self, note: &CreditNote, item: ItemTerms) -> Result<CreditIssued, LedgerError> {
        let invoice = self.ledger.item(&note.invoice)?;
        // The sums were checked when the note was drafted.
        let reversals = self.reversals(note).unwrap_or_default();
        let reversed = Minor::sum(reversals.iter().map(|one| one.amount)).unwrap_or(Minor::ZERO);
        let paid = reversals.iter().filter_map(|one| self.applied.get(&one.reservation));
        let paid = paid.map(|applied| applied.reservation.effective).max();
        let effective = item.issued.max(invoice.opened()).max(paid.unwrap_or(item.issued));
        let open = invoice.available_from(effective).plus(reversed).unwrap_or(Minor::ZERO);
        let applied = note.totals.payable.min(open);
        let left = item.open.plus(applied).unwrap_or(Minor::ZERO);
        let own = ItemBalance { currency: note.currency, item: note.id.clone(), open: left };
        Ok(CreditIssued {
            applied,
            balances: vec![self.balance(&note.invoice, applied.minus(reversed).unwrap_or(applied))?, own],
            credit: note.id.clone(),
            currency: note.currency,
            effective,
            item,
            reversals,
            taken: self.taken_back(note),
        })
    }

    /// What is left of the blocks whose sale is forgiven in whole: hours that were drawn stay drawn, and a
    /// gift stays with the customer. One that is billed again keeps its hours.
    fn taken_back(&self, note: &CreditNote) -> Vec<TakenSeconds> {
        let mut taken: Vec<TakenSeconds> = Vec::new();
        let forgiven = note.effect == CreditEffect::Forgive && !note.keeps_hours;
        let Some(invoice) = self.invoices.get(&note.invoice).filter(|_| forgiven) else { return taken };
        let whole = |line: &&Line| note.lines.iter().any(|own| own.line == line.id && own.whole);
        for charge in invoice.draft.lines.iter().filter(whole).flat_map(|line| &line.charges) {
            let sale = self.sales.get(&charge.entry).filter(|_| charge.source == ChargeSource::Sale);
            let Some(sale) = sale.filter(|sale| sale.invoice.as_ref() == Some(&note.invoice)) else {
                continue;
            };
            let agreement = &sale.sold.agreement;
            let before = taken.iter().filter(|one| one.agreement == *agreement);
            let before = before.fold(0_u64, |sum, one| sum.saturating_add(one.seconds));
            let left = self.standings.get(agreement).map_or(0, |standing| standing.left());
            let seconds = sale.sold.seconds.min(left.saturating_sub(before));
            if seconds > 0 {
                taken.push(TakenSeconds {
                    agreement: agreement.clone(),
                    sale: charge.entry.clone(),
                    seconds,
                });
            }
        }
        taken
    }

    pub(super) fn void_credit(&self, void: &VoidInvoice) -> Events {
        let (id, reason) = (&void.invoice, void.reason.clone());
        let credit = self.credit_note(id).map_err(because)?;
        allow_credit(id, credit.state, InvoiceCommand::Void).map_err(because)?;
        ruling(vec![AccountEvent::CreditVoided(CreditVoided { credit: id.clone(), reason })])
    }

    /// No credit note stands on an invoice, or waits to: voiding it would release its work twice.
    pub(super) fn check_uncredited(&self, id: &Id) -> Result<(), InvoiceError> {
        match self.credits_of(id).next() {
            None => Ok(()),
            Some(credit) => {
                let (invoice, credit) = (id.to_string(), credit.note.id.to_string());
                Err(InvoiceError::Credited { invoice, credit })
            }
        }
    }

    pub(super) fn apply_credit(&self, apply: &ApplyCredit, stamp: &Stamp) -> Events {
        let effective = stamp.effective;
        let applied = CreditApplied {
            amount: apply.amount,
            balances: self.balances_of_credit(
                &apply.from,
                &apply.to,
                apply.amount,
                apply.currency,
                effective,
            )?,
            currency: apply.currency,
            effective,
            from: apply.from.clone(),
            to: apply.to.clone(),
        };
        ruling(vec![AccountEvent::CreditApplied(applied)])
    }

    /// What is open on a credit and an item after one is set against the other.
    pub(super) fn balances_of_credit(
        &self,
        from: &Id,
        to: &Id,
        amount: Minor,
        currency: Currency,
        effective: Date,
    ) -> Result<Vec<ItemBalance>, Refusal> {
        self.allow_on_item(to, InvoiceCommand::ApplyCredit).map_err(because)?;
        let (credit, item) =
            (self.ledger.item(from).map_err(because)?, self.ledger.item(to).map_err(because)?);
        let one_customer = credit.terms().customer == item.terms().customer;
        let one_currency = credit.terms().currency == currency && item.terms().currency == currency;
        if !credit.is_credit() || item.is_credit() || !one_customer || !one_currency {
            return refuse(&InvoiceError::CreditTarget { from: from.to_string(), to: to.to_string() });
        }
        self.ledger.check_fall(from, amount, effective).map_err(because)?;
        self.ledger.check_fall(to, amount, effective).map_err(because)?;
        let balances = [self.balance(from, amount.negated()), self.balance(to, amount)];
        balances.into_iter().collect::<Result<_, _>>().map_err(because)
    }
}
