//! Down payments: billed ahead of the work, deducted from what bills it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::apply::{Change, Done, mismatch};
use super::asking::Asking;
use super::assembly::untaxed;
use super::decide::{Events, because, refuse};
use super::event::AccountEvent;
use super::state::Account;
use super::telling::Next;
use crate::agreement::AgreementError;
use crate::approval::{ApprovalError, ExchangeRate};
use crate::audit::{Ruling, Stamp};
use crate::calendar::Date;
use crate::canon::shape;
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;
use crate::invoice::{
    AmountPolicy, Collapse, CreditNote, CreditRoom, Creditable, Deposit, DocumentState, Draft, Frame, Header,
    InvoiceError, Period, Totals, TypeCode, Unassembled, assemble,
};
use crate::ledger::{MovementKind, OpenItem};
use crate::money::{Amount, Currency, FACTOR_ONE, Minor, MoneyError, Price};
use crate::rating::{Charge, ChargeSource, Unit};
use crate::rulebook::{Policy, Rulebook, Terms};
use crate::tax::{LineTax, TaxRow};
use crate::work::WorkError;

shape! {
    /// Bills a down payment: an invoice that is deducted, once it is paid in full, from later ones of the same
    /// payer and currency, as far as these are of the agreement, the estimate and the project it names.
    pub struct RequestDeposit {
        /// The agreement whose work it is for.
        pub agreement: Option<Id>,
        /// How much.
        pub amount: Minor,
        /// The charge code: for its name and tax category.
        pub code: Id,
        /// Its currency.
        pub currency: Currency,
        /// The customer whose work it is for.
        pub customer: Id,
        /// The estimate whose work it is for.
        pub estimate: Option<Id>,
        /// Exchange rates for approval rules in another currency.
        pub exchange: Vec<ExchangeRate>,
        /// Id of the invoice, and of the down payment.
        pub id: Id,
        /// Whether the amount contains its tax.
        pub includes_tax: bool = false,
        /// The project whose work it is for.
        pub project: Option<Id>,
    }
}

/// A down payment with the invoices that deduct it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DownPayment {
    /// What was asked for.
    pub asked: Arc<RequestDeposit>,
    /// The live invoices that deduct of it, in the order they were drafted.
    pub deducted_on: Vec<Id>,
}

/// What the work of an invoice must be of for a down payment to be deducted from it.
type Purpose<'d> = (Option<&'d Id>, Option<&'d Id>, Option<&'d Id>);

impl DownPayment {
    fn purpose(&self) -> Purpose<'_> {
        (self.asked.agreement.as_ref(), self.asked.estimate.as_ref(), self.asked.project.as_ref())
    }
}

/// Whether a movement pays an item, or takes a payment back.
const fn is_payment(kind: MovementKind) -> bool {
    match kind {
        MovementKind::Allocation
        | MovementKind::Unapplied
        | MovementKind::DiscountReversed
        | MovementKind::Credit => true,
        MovementKind::Refund
        | MovementKind::WriteOff
        | MovementKind::Recovery
        | MovementKind::Transfer
        | MovementKind::Void => false,
    }
}

impl Account {
    /// Bills a down payment: an invoice of one line that goes the way of every invoice.
    pub(super) fn request_deposit(
        &self,
        rulebook: &Rulebook,
        asked: &RequestDeposit,
        stamp: &Stamp,
    ) -> Events {
        self.check_deposit(asked).map_err(because)?;
        if !rulebook.family(self.payer()).map_err(because)?.contains(&asked.customer) {
            return refuse(&WorkError::CustomerUnknown { got: asked.customer.to_string() });
        }
        let terms = rulebook.terms(&asked.customer).map_err(because)?;
        if let Some(named) = &asked.agreement
            && !terms.agreements().iter().any(|agreement| agreement.id == *named)
        {
            return refuse(&AgreementError::Unknown { got: named.to_string() });
        }
        if let Some(named) = &asked.estimate {
            let estimate = self.standing_estimate(named).map_err(because)?;
            if estimate.proposed.currency != asked.currency || !self.is_consented(named) {
                return refuse(&ApprovalError::EstimateUnknown { got: named.to_string() });
            }
        }
        rulebook.policy().codes().code(&asked.code).map_err(because)?;
        let payer = rulebook.terms(self.payer()).map_err(because)?;
        let customers = [&asked.customer].into_iter().collect();
        let agreements = asked.agreement.iter().collect();
        let header = self
            .header(rulebook, TypeCode::Prepayment, asked.currency, customers, &agreements)
            .map_err(because)?;
        let draft = self.deposit_draft((rulebook.policy(), payer), asked, header, stamp).map_err(because)?;
        let mut events = vec![AccountEvent::DepositRequested(Box::new(asked.clone()))];
        let mut findings: Vec<Finding> = untaxed(rulebook.policy(), &draft).collect();
        let mut asking = Asking::new(rulebook, stamp, &asked.exchange)?;
        asking.deposit = Some(asked);
        let draft = (draft.digest(), draft);
        self.request_approval(&mut asking, draft, &mut events, &mut findings)?;
        if events.len() == 1 {
            // Its approval could not be judged.
            Refusal::unless_empty(findings.clone())?;
        }
        Ok(Ruling { events, findings })
    }

    /// Whether a charge is that of a down payment which was asked for.
    pub(super) fn is_asked_for(&self, charge: &Charge, customer: &Id) -> bool {
        self.deposits.get(&charge.entry).is_some_and(|deposit| {
            let asked = &deposit.asked;
            asked.customer == *customer && charge_of(asked, charge.date).as_ref() == Ok(charge)
        })
    }

    /// Whether a down payment can be billed.
    fn check_deposit(&self, asked: &RequestDeposit) -> Result<(), InvoiceError> {
        self.check_new(&asked.id)?;
        if !asked.amount.is_positive() {
            return Err(InvoiceError::DepositAmount { got: asked.amount.units() });
        }
        Ok(())
    }

    fn deposit_draft(
        &self,
        (policy, payer): (&Policy, &Terms),
        asked: &RequestDeposit,
        header: Header,
        stamp: &Stamp,
    ) -> Result<Draft, Unassembled> {
        let date = stamp.effective;
        // An amount is meant as it is stated, whatever the prices of work contain.
        let amounts = AmountPolicy { prices_include_tax: asked.includes_tax, ..policy.amounts().clone() };
        let frame = Frame {
            adjustments: &[],
            amounts: &amounts,
            buyer: policy.buyer(payer),
            collapse: Collapse::None,
            codes: policy.codes(),
            currency: asked.currency,
            deposits: &[],
            discount: None,
            id: asked.id.clone(),
            grouping: Vec::new(),
            header,
            on: date,
            one_off: &[],
            period: Period { from: date, to: date },
            prepaid: Minor::ZERO,
            references: &policy.billing().payment_references,
            series: &policy.billing().series,
            taxes: policy.taxes(),
            terms: payer.payment_terms(),
        };
        assemble(&frame, vec![(asked.customer.clone(), charge_of(asked, date)?)])
    }

    /// Every down payment that was billed, by id.
    pub fn deposits(&self) -> impl Iterator<Item = &DownPayment> {
        self.deposits.values()
    }

    /// What live invoices deduct of a down payment.
    pub fn deductions<'a>(&'a self, deposit: &'a Id) -> impl Iterator<Item = (&'a Id, &'a Deposit)> {
        let on = self.deposits.get(deposit).into_iter().flat_map(|deposit| &deposit.deducted_on);
        on.filter_map(|id| self.invoices.get(id)).flat_map(move |invoice| {
            let own = invoice.draft.deposits.iter().filter(move |part| part.document == *deposit);
            own.map(|part| (&invoice.draft.id, part))
        })
    }

    /// What credit notes, and invoices that deduct it where it is a down payment, leave of an invoice.
    ///
    /// # Errors
    /// Where they take more than there is.
    pub fn credit_room<'d>(&self, draft: &'d Draft) -> Result<CreditRoom<'d>, Unassembled> {
        let notes = self.credits_of(&draft.id).map(|credit| -> &CreditNote { credit.note.as_ref() });
        let mut room = CreditRoom::new(draft, notes)?;
        for (_, part) in self.deductions(&draft.id) {
            room.deduct(part)?;
        }
        Ok(room)
    }

    /// Whether a down payment is issued and settled by nothing but money and credit.
    #[must_use]
    pub fn is_paid_down(&self, deposit: &Id) -> bool {
        let issued = self.invoices.get(deposit).is_some_and(|one| one.state == DocumentState::Issued);
        let Ok(item) = self.ledger.item(deposit) else { return false };
        let paid = item.movements().iter().filter(|movement| is_payment(movement.kind));
        issued && Minor::sum(paid.map(|movement| movement.fall)) == Ok(item.terms().open)
    }

    /// What a draft deducts of the down payments of its payer, the oldest first: what is paid in full, as far
    /// as the draft is of its agreement, estimate or project. Drafts of the same command come before.
    pub(super) fn deducted(
        &self,
        draft: &Draft,
        before: &[Draft],
        findings: &mut Vec<Finding>,
    ) -> Result<Vec<Deposit>, Unassembled> {
        let mut fitting: Vec<(&DownPayment, &super::state::Invoice)> = Vec::new();
        for deposit in self.deposits.values().filter(|deposit| deposit.asked.currency == draft.currency) {
            let Some(invoice) = self.invoices.get(&deposit.asked.id) else { continue };
            let is_for = draft.lines.iter().any(|line| self.is_for(deposit.purpose(), line));
            if invoice.state == DocumentState::Issued && is_for {
                fitting.push((deposit, invoice));
            }
        }
        let issued = |id: &Id| self.ledger.item(id).map(|item| item.terms().issued).ok();
        fitting.sort_by_key(|(deposit, _)| (issued(&deposit.asked.id), &deposit.asked.id));
        let mut whole = Creditable::new(draft.currency, &draft.totals);
        let mut rooms: BTreeMap<Purpose<'_>, Creditable> = BTreeMap::new();
        let mut deducted = Vec::new();
        for (deposit, invoice) in fitting {
            let id = &deposit.asked.id;
            let mut room = self.credit_room(&invoice.draft)?;
            for part in before.iter().flat_map(|draft| &draft.deposits).filter(|part| part.document == *id) {
                room.deduct(part)?;
            }
            let left = room.rest();
            if !left.payable.is_positive() {
                continue;
            }
            if !self.is_paid_down(id) {
                findings.push(self.unpaid(id, draft)?);
                continue;
            }
            let purpose = deposit.purpose();
            let own = match rooms.remove(&purpose) {
                Some(own) => own,
                None => Creditable::new(draft.currency, &self.part_for(purpose, draft)?),
            };
            let rest = within(whole.rest(), &own.rest());
            match Deposit::between(id, invoice.number.as_ref(), &left, &rest)? {
                Some(part) => {
                    let taken = part.taken(&rest)?;
                    whole.take(&taken)?;
                    let mut own = own;
                    own.take(&taken)?;
                    rooms.insert(purpose, own);
                    deducted.push(part);
                }
                None => {
                    if rest.payable.is_positive() {
                        findings.push(taxed_otherwise(id, draft.currency, &left, &rest)?);
                    }
                    rooms.insert(purpose, own);
                }
            }
        }
        Ok(deducted)
    }

    /// What is said of a down payment that is not settled. One of which a part was paid blocks: that part could
    /// not be deducted, and the whole work would be asked for on top of it.
    fn unpaid(&self, id: &Id, draft: &Draft) -> Result<Finding, Unassembled> {
        let item = self.ledger.item(id).ok();
        let shown = |minor| Amount::new(minor, draft.currency).to_string();
        let (document, open) = (id.to_string(), shown(item.map_or(Minor::ZERO, OpenItem::open)));
        let paid = item.into_iter().flat_map(OpenItem::movements);
        let paid = Minor::sum(paid.filter(|one| is_payment(one.kind)).map(|one| one.fall))?;
        // A credit note gives back what it is not set against.
        let issued = self.credits_of(id).filter(|credit| credit.state == DocumentState::Issued);
        let paid = paid.minus(Minor::sum(issued.map(|credit| credit.note.totals.payable))?)?;
        if paid.is_positive() {
            let paid = shown(paid);
            return Err(Unassembled::Invoice(InvoiceError::DepositPartPaid { document, open, paid }));
        }
        let unpaid = InvoiceError::DepositUnpaid { document, open };
        Ok(Finding::new(Severity::Warn, &unpaid).about(id))
    }

    /// Whether a line bills what a down payment was made for.
    fn is_for(&self, (agreement, estimate, project): Purpose<'_>, line: &crate::invoice::Line) -> bool {
        let ticket = line.ticket.as_ref().and_then(|id| self.ticket(id));
        let of_project = project.is_none_or(|id| ticket.is_some_and(|one| one.project.as_ref() == Some(id)));
        let of_charge = |charge: &Charge| {
            let about = |id: &Id| {
                self.estimates.get(id).is_some_and(|one| one.proposed.is_about(charge, &line.customer))
            };
            agreement.is_none_or(|id| charge.agreement.as_ref() == Some(id)) && estimate.is_none_or(about)
        };
        of_project && line.charges.iter().all(of_charge)
    }

    /// The sums of the lines that a down payment was made for.
    fn part_for(&self, purpose: Purpose<'_>, draft: &Draft) -> Result<Totals, Unassembled> {
        if purpose == (None, None, None) {
            return Ok(draft.totals.clone());
        }
        let portions = draft.portions()?;
        let own = portions.iter().filter(|one| one.line.is_some_and(|line| self.is_for(purpose, line)));
        let parts: Vec<(Minor, &[LineTax])> = own.map(|one| (one.net, one.taxes.as_slice())).collect();
        // Lines of less than nothing leave no room.
        let none = Totals::stated(draft.currency, Minor::ZERO, Vec::new(), Minor::ZERO, Minor::ZERO);
        Ok(Creditable::new(draft.currency, &draft.totals).of_parts(&parts).unwrap_or(none))
    }

    /// Whether a draft deducts no more than what is paid and left of its down payments.
    fn check_deducted(&self, draft: &Draft) -> Result<(), Unassembled> {
        for part in &draft.deposits {
            let unknown =
                || Unassembled::Invoice(InvoiceError::DepositUnknown { got: part.document.to_string() });
            let deposit = self.deposits.get(&part.document).ok_or_else(unknown)?;
            let invoice = self.invoices.get(&part.document).ok_or_else(unknown)?;
            let fits = self.is_paid_down(&part.document)
                && part.amount.is_positive()
                && part.number == invoice.number
                && deposit.asked.currency == draft.currency
                && draft.lines.iter().any(|line| self.is_for(deposit.purpose(), line));
            if !fits || draft.totals.payable < Minor::ZERO {
                return Err(unknown());
            }
            self.credit_room(&invoice.draft)?.deduct(part)?;
            part.check(&draft.totals.taxes, &draft.deposits)?;
        }
        let sum = Minor::sum(draft.deposits.iter().map(|part| part.amount))?;
        // A down payment deducts none; of every other document it is worked out again.
        let again = match draft.totals.undeducted()? {
            Some(totals) if !draft.is_deposit() && !self.deposits.is_empty() => {
                let whole = Draft { deposits: Vec::new(), totals, ..draft.clone() };
                self.deducted(&whole, &[], &mut Vec::new())? == draft.deposits
            }
            _ => true,
        };
        if sum != draft.totals.prepaid || !again {
            return Err(Unassembled::Invoice(InvoiceError::DepositUnknown { got: draft.id.to_string() }));
        }
        Ok(())
    }

    /// A down payment that an invoice deducts is not taken back.
    pub(super) fn check_undeducted(&self, id: &Id) -> Result<(), InvoiceError> {
        match self.deductions(id).next() {
            None => Ok(()),
            Some((invoice, _)) => {
                let (document, invoice) = (id.to_string(), invoice.to_string());
                Err(InvoiceError::DepositDeducted { document, invoice })
            }
        }
    }
}

/// What is said of a paid down payment that shares no rate with what is billed. Where the rate of its category has
/// changed it blocks, because its work would be asked for on top of it; what is of another category waits for its own.
fn taxed_otherwise(
    id: &Id,
    currency: Currency,
    left: &Totals,
    rest: &Totals,
) -> Result<Finding, Unassembled> {
    let (document, shown) = (id.to_string(), Amount::new(left.payable, currency).to_string());
    let taxed = |totals: &Totals| -> Vec<TaxRow> {
        totals.taxes.iter().filter(|row| row.base.is_positive()).cloned().collect()
    };
    let (before, now) = (taxed(left), taxed(rest));
    let changed = |row: &TaxRow, one: &TaxRow| {
        (one.role, &one.category) == (row.role, &row.category) && one.percent != row.percent
    };
    if before.iter().any(|row| now.iter().any(|one| changed(row, one))) {
        return Err(Unassembled::Invoice(InvoiceError::DepositRateChanged { document, left: shown }));
    }
    let error = InvoiceError::DepositOtherRate { document, left: shown };
    Ok(Finding::new(Severity::Warn, &error).about(id))
}

/// The sums that two rooms of one document share.
fn within(whole: Totals, own: &Totals) -> Totals {
    let taxes = whole.taxes.iter().filter_map(|row| {
        let other = own.taxes.iter().find(|other| other.is_of(row))?;
        let (base, tax) = (row.base.min(other.base), row.tax.min(other.tax));
        Some(TaxRow { base, tax, ..row.clone() })
    });
    let (net, payable) = (whole.net.min(own.net), whole.payable.min(own.payable));
    Totals { net, payable, taxes: taxes.collect(), ..whole }
}

impl Change<'_> {
    pub(super) fn deposit_requested(&mut self, asked: &RequestDeposit) -> Done {
        self.account.check_deposit(asked).map_err(because)?;
        if self.account.deposits.contains_key(&asked.id) {
            return mismatch("down payment", &asked.id, "was billed before");
        }
        let deposit = DownPayment { asked: Arc::new(asked.clone()), deducted_on: Vec::new() };
        self.set(|account| &mut account.deposits, &asked.id, Some(deposit));
        self.next.push_back(Next::Draft(asked.id.clone()));
        Ok(())
    }

    /// The line of a down payment stands on its own invoice, as it was asked for.
    pub(super) fn bill_deposit(&mut self, charge: &Charge, invoice: &Id) -> Done {
        let asked = self.account.deposits.get(&charge.entry).map(|deposit| &deposit.asked);
        if charge.entry != *invoice || asked.is_none_or(|asked| asked.amount != charge.net) {
            return mismatch("down payment", &charge.entry, "was not asked for like this");
        }
        Ok(())
    }

    /// Takes what a draft deducts off its down payments.
    pub(super) fn deduct(&mut self, draft: &Draft) -> Done {
        self.account.check_deducted(draft).map_err(because)?;
        for part in &draft.deposits {
            let Some(mut deposit) = self.account.deposits.get(&part.document).cloned() else { continue };
            deposit.deducted_on.push(draft.id.clone());
            self.set(|account| &mut account.deposits, &part.document, Some(deposit));
        }
        Ok(())
    }

    /// Gives back what an invoice deducted that was voided, or whose deduction was credited.
    pub(super) fn undeduct(&mut self, draft: &Draft) {
        for part in &draft.deposits {
            let Some(mut deposit) = self.account.deposits.get(&part.document).cloned() else { continue };
            deposit.deducted_on.retain(|id| *id != draft.id);
            self.set(|account| &mut account.deposits, &part.document, Some(deposit));
        }
    }
}

/// The one charge of a down payment.
fn charge_of(asked: &RequestDeposit, date: Date) -> Result<Charge, MoneyError> {
    Ok(Charge {
        agreement: asked.agreement.clone(),
        agent: None,
        article: None,
        band: None,
        code: asked.code.clone(),
        coverage: None,
        date,
        end: None,
        entry: asked.id.clone(),
        factor: FACTOR_ONE,
        fee: None,
        multiplier: None,
        net: asked.amount,
        no_charge: false,
        price: Price::from_decimal(Amount::new(asked.amount, asked.currency).to_decimal())?,
        quantity: Price::whole(1)?,
        rate: None,
        raw_seconds: 0,
        rounding: None,
        source: ChargeSource::Deposit,
        start: None,
        ticket: None,
        unit: Unit::Unit,
    })
}
