use std::collections::{BTreeMap, BTreeSet};

use super::action::{ImportOpening, OpeningBalance, OpeningCash, OpeningLevel, PaidInvoice};
use super::decide::{Events, because};
use super::error::AccountError;
use super::event::{AccountEvent, ControlTotal, OpeningImported, OpeningNumber};
use super::state::Account;
use crate::agreement::AgreementError;
use crate::audit::{Intent, LogAddress, LogKind, Ruling, Stamp, derived_id};
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;
use crate::ledger::{ItemKind, ItemTerms, LedgerError};
use crate::money::{Amount, Currency, Minor, MoneyError};
use crate::payment::{BookAction, PaymentError, Receipt, Receive, StatementEntry};
use crate::rulebook::Rulebook;
use crate::series::{ImportNumbers, LegacyNumber, Numbering, SeriesAction};
use crate::work::WorkError;

/// What of an import is new, or why it cannot be.
type Checked = Result<bool, Box<Finding>>;

fn block(error: &impl crate::error_code::Coded) -> Box<Finding> {
    Box::new(Finding::block(error))
}

/// Takes what is new of a part of an import; what is known already is left, what cannot be is found.
fn take<'p, T: Clone>(
    list: &'static str,
    parts: &'p [T],
    findings: &mut Vec<Finding>,
    mut check: impl FnMut(&'p T) -> Checked,
) -> Vec<T> {
    let mut new = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        match check(part) {
            Ok(true) => new.push(part.clone()),
            Ok(false) => {}
            Err(finding) => {
                let path = format!("/action/{list}/{place}{}", finding.path);
                findings.push(finding.at(path));
            }
        }
    }
    new
}

impl Account {
    /// Moves in. What was imported before, in the same words, is left as it is; in other words it is refused.
    pub(super) fn import_opening(
        &self,
        rulebook: &Rulebook,
        opening: &ImportOpening,
        stamp: &Stamp,
    ) -> Events {
        let family = rulebook.family(self.payer()).map_err(because)?;
        self.chain.check_open(opening.cutover).map_err(because)?;
        let outside = |customer: &Id| {
            let error = WorkError::CustomerUnknown { got: customer.to_string() };
            if family.contains(customer) { Ok(()) } else { Err(block(&error)) }
        };
        let living = self.living();
        let fresh = |checked: Result<(), AccountError>| checked.map_err(|error| block(&error));
        let mut findings = Vec::new();
        let mut seen = BTreeSet::new();
        let items = take("items", &opening.items, &mut findings, |item| {
            let about = |finding: Box<Finding>| Box::new(finding.about(&item.id));
            if !seen.insert(&item.id) {
                return Err(about(block(&LedgerError::Twice { got: item.id.to_string() })));
            }
            let new = self.check_opening(item).map_err(|error| about(block(&error)))?;
            outside(&item.customer).map_err(about)?;
            if new {
                fresh(living.is_new(&item.customer)).map_err(about)?;
                fresh(living.is_foreign(&item.number)).map_err(about)?;
            }
            Ok(new)
        });
        let mut lines = BTreeSet::new();
        let cash = take("cash", &opening.cash, &mut findings, |cash| {
            let about = |finding: Box<Finding>| Box::new(finding.about(&cash.id));
            if !lines.insert((&cash.book, &cash.id)) {
                return Err(about(block(&PaymentError::Conflict { id: cash.id.to_string() })));
            }
            if !cash.amount.is_positive() {
                let got = Amount::new(cash.amount, cash.currency).to_string();
                return Err(about(block(&PaymentError::Amount { got })));
            }
            outside(&cash.customer).map_err(|finding| Box::new(about(finding).at("/customer")))?;
            let new = known(self.opening.cash.get(&cash_key(cash)), cash, "bank transaction", &cash.id)?;
            if new {
                fresh(living.is_new(&cash.customer)).map_err(about)?;
            }
            Ok(new)
        });
        let balances = take("balances", &opening.balances, &mut findings, |balance| {
            self.check_balance(rulebook, balance)?;
            outside(&balance.customer)?;
            let before = self.opening.balances.get(&balance.agreement);
            let new = known(before, balance, "agreement", &balance.agreement)?;
            if new {
                fresh(living.is_new(&balance.customer).and_then(|()| living.is_unsold(balance)))?;
            }
            Ok(new)
        });
        let dunning = take("dunning", &opening.dunning, &mut findings, |level| {
            if !seen.contains(&level.item) {
                self.ledger.item(&level.item).map_err(|error| block(&error))?;
            }
            fresh(living.is_opening(&level.item))?;
            let new = known(self.opening.dunning.get(&level.item), level, "dunning level", &level.item)?;
            if new {
                fresh(living.is_new(self.payer()))?;
            }
            Ok(new)
        });
        let history = take("history", &opening.history, &mut findings, |paid| {
            outside(&paid.customer)?;
            let new = known(self.opening.history.get(&paid.number), paid, "paid invoice", &paid.number)?;
            if new {
                fresh(living.is_new(&paid.customer).and_then(|()| living.is_foreign(&paid.number)))?;
            }
            Ok(new)
        });
        let elsewhere = take("billed_elsewhere", &opening.billed_elsewhere, &mut findings, |id| {
            let about = |finding: Box<Finding>| Box::new(finding.about(id));
            fresh(living.is_absent(id)).map_err(about)?;
            let new = !self.elsewhere.contains_key(id);
            if new {
                fresh(living.is_new(self.payer())).map_err(about)?;
            }
            Ok(new)
        });
        Refusal::unless_empty(findings)?;
        let numbers = numbers(rulebook.policy().numberings(), &items, &history);
        let imported = OpeningImported {
            balances,
            billed_elsewhere: elsewhere,
            cutover: opening.cutover,
            dunning,
            history,
            numbers,
            totals: totals(&items, &cash).map_err(because)?,
            items,
            cash,
        };
        Ok(self.imported(imported, stamp))
    }

    fn imported(&self, imported: OpeningImported, stamp: &Stamp) -> Ruling<AccountEvent> {
        let parts = [
            imported.balances.len(),
            imported.billed_elsewhere.len(),
            imported.cash.len(),
            imported.dunning.len(),
            imported.history.len(),
            imported.items.len(),
        ];
        if parts.iter().all(|&count| count == 0) {
            let error = AccountError::OpeningKnown { cutover: imported.cutover.to_string() };
            return Ruling { events: Vec::new(), findings: vec![Finding::new(Severity::Info, &error)] };
        }
        let told = self.told_of(&imported, stamp);
        let mut events = vec![AccountEvent::OpeningImported(Box::new(imported))];
        events.extend(told.into_iter().map(AccountEvent::Intent));
        Ruling { events, findings: Vec::new() }
    }

    /// An item that moves in has something open, is new here, and collides with no document.
    fn check_opening(&self, item: &ItemTerms) -> Result<bool, LedgerError> {
        if let Ok(known) = self.ledger.item(&item.id)
            && known.kind() == ItemKind::Opening
            && known.terms() == item
        {
            return Ok(false);
        }
        if self.check_new(&item.id).is_err() {
            return Err(LedgerError::Twice { got: item.id.to_string() });
        }
        if item.open == Minor::ZERO {
            let shown = |minor| Amount::new(minor, item.currency).to_string();
            let (open, total) = (shown(item.open), shown(item.total));
            return Err(LedgerError::Opening { item: item.id.to_string(), open, total });
        }
        self.ledger.check_open(item).map(|()| true)
    }

    fn check_balance(&self, rulebook: &Rulebook, balance: &OpeningBalance) -> Result<(), Box<Finding>> {
        let terms = rulebook.terms(&balance.customer).map_err(|error| block(&error))?;
        if !terms.agreements().iter().any(|agreement| agreement.id == balance.agreement) {
            return Err(block(&AgreementError::Unknown { got: balance.agreement.to_string() }));
        }
        if balance.drawn > balance.purchased {
            return Err(block(&AgreementError::Overdrawn { id: balance.agreement.to_string() }));
        }
        Ok(())
    }

    /// The ready commands that hand over what moved in: cash to its books, numbers to the series that could
    /// give them.
    pub(super) fn told_of(&self, imported: &OpeningImported, stamp: &Stamp) -> Vec<Intent> {
        let cash = imported.cash.iter().map(|cash| self.hand_over(stamp, cash));
        let mut series: BTreeMap<&Id, Vec<LegacyNumber>> = BTreeMap::new();
        for one in &imported.numbers {
            let legacy = LegacyNumber { date: one.date, number: one.number.clone() };
            series.entry(&one.series).or_default().push(legacy);
        }
        let numbers = series.into_iter().map(|(series, numbers)| self.hand_numbers(stamp, series, numbers));
        cash.chain(numbers).collect()
    }

    /// The ready command that tells a series which numbers it never gives.
    fn hand_numbers(&self, stamp: &Stamp, series: &Id, numbers: Vec<LegacyNumber>) -> Intent {
        let seller = self.chain.address().seller.clone();
        let log = LogAddress { id: series.clone(), kind: LogKind::Series, seller };
        let import = ImportNumbers { numbers };
        Intent::new(import.ready_id(), SeriesAction::ImportNumbers(import), log, stamp.as_system())
    }

    /// The ready command that puts opening cash where all unapplied money stands.
    pub(super) fn hand_over(&self, stamp: &Stamp, cash: &OpeningCash) -> Intent {
        let receipt = Receipt {
            amount: cash.amount,
            customer: Some(cash.customer.clone()),
            fee: None,
            id: cash.id.clone(),
            payer_account: None,
            payer_name: None,
            references: Vec::new(),
            text: None,
        };
        let entry = StatementEntry {
            amount: cash.amount,
            currency: cash.currency,
            id: cash.id.clone(),
            receipts: vec![receipt],
            settlement: None,
            value_date: cash.value_date,
        };
        let told = Receive { entry };
        self.tell_book(&cash.book, told.ready_id(), stamp, BookAction::Receive(told))
    }

    /// The dunning level that an item came with.
    #[must_use]
    pub fn dunning_level(&self, item: &Id) -> Option<&OpeningLevel> {
        self.opening.dunning.get(item)
    }

    /// Invoices that were paid before the account moved in, by number: for forecasts and audits only.
    pub fn paid_history(&self) -> impl Iterator<Item = &PaidInvoice> {
        self.opening.history.values()
    }
}

/// The numbers of what moves in that a series could give, each once.
fn numbers(series: &[Numbering], items: &[ItemTerms], history: &[PaidInvoice]) -> Vec<OpeningNumber> {
    let items = items.iter().map(|item| (&item.number, item.issued));
    let known: BTreeSet<_> = items.chain(history.iter().map(|paid| (&paid.number, paid.issued))).collect();
    let mut numbers: Vec<OpeningNumber> = Vec::new();
    for (number, date) in known {
        let again = numbers.last().is_some_and(|last| last.number == *number);
        for one in series.iter().filter(|one| !again && one.gives(number, date)) {
            numbers.push(OpeningNumber { date, number: number.clone(), series: one.series.clone() });
        }
    }
    numbers
}

/// Whether something is new; in other words than those known it is a conflict.
fn known<T: PartialEq>(before: Option<&T>, now: &T, what: &'static str, id: &Id) -> Checked {
    match before {
        None => Ok(true),
        Some(before) if before == now => Ok(false),
        Some(_) => {
            let error = AccountError::OpeningConflict { what, id: id.to_string() };
            Err(Box::new(block(&error).about(id)))
        }
    }
}

/// The bank and its transaction: two banks may use the same transaction ids.
pub(super) fn cash_key(cash: &OpeningCash) -> Id {
    derived_id(&[cash.book.as_str(), cash.id.as_str()])
}

/// What an import adds to each currency, to be checked against the system it moves in from.
pub(super) fn totals(items: &[ItemTerms], cash: &[OpeningCash]) -> Result<Vec<ControlTotal>, MoneyError> {
    let mut totals: BTreeMap<Currency, ControlTotal> = BTreeMap::new();
    let empty = |currency| ControlTotal {
        cash: Minor::ZERO,
        control: Minor::ZERO,
        credits: Minor::ZERO,
        currency,
        invoices: Minor::ZERO,
    };
    for item in items {
        let total = totals.entry(item.currency).or_insert_with(|| empty(item.currency));
        let side = if item.open < Minor::ZERO { &mut total.credits } else { &mut total.invoices };
        *side = side.plus(item.open)?;
        total.control = total.control.plus(item.open)?;
    }
    for cash in cash {
        let total = totals.entry(cash.currency).or_insert_with(|| empty(cash.currency));
        total.cash = total.cash.plus(cash.amount)?;
        total.control = total.control.minus(cash.amount)?;
    }
    Ok(totals.into_values().collect())
}
