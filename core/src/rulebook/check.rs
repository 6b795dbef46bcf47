//! Checks of a rulebook as a whole; every error with its path.

use std::collections::BTreeMap;

use super::document::{BandDocument, CalendarDocument, PolicyDocument, TermsDocument};
use super::{Policy, RulebookError, Weekday, conditions, references};
use crate::calendar::{Calendar, CalendarError, WeekRule, Zone};
use crate::error_code::Coded;
use crate::finding::{Finding, Refusal};
use crate::id::Id;
use crate::money::Price;
use crate::payment::PaymentError;
use crate::rates::{RateKind, RateRow};
use crate::series::SeriesError;
use crate::{tax, work};

/// Gathers errors by path.
#[derive(Default)]
pub(super) struct Errors(pub(super) Vec<Finding>);

impl Errors {
    pub(super) fn add(&mut self, path: impl Into<String>, error: &impl Coded) {
        self.0.push(Finding::block(error).at(path));
    }

    /// Finds ids that stand twice in a list.
    pub(super) fn unique<'i>(
        &mut self,
        path: &str,
        field: &str,
        what: &'static str,
        ids: impl Iterator<Item = &'i Id>,
    ) {
        let mut seen = std::collections::BTreeSet::new();
        for (place, id) in ids.enumerate() {
            if !seen.insert(id) {
                self.add(
                    format!("{path}/{place}/{field}"),
                    &RulebookError::IdTwice { what, id: id.to_string() },
                );
            }
        }
    }
}

/// Checks what tasks are asked for and how long content is kept.
fn tasks_and_retention(document: &PolicyDocument, errors: &mut Errors) {
    for (place, rule) in document.tasks.iter().enumerate() {
        for error in rule.check() {
            errors.add(format!("/policy/tasks/{place}"), &error);
        }
    }
    errors.unique("/policy/tasks", "id", "task rule", document.tasks.iter().map(|rule| &rule.id));
    let rules = &document.retention.rules;
    for (place, rule) in rules.iter().enumerate() {
        if let Err(error) = rule.check() {
            errors.add(format!("/policy/retention/rules/{place}"), &error);
        }
    }
    errors.unique("/policy/retention/rules", "class", "retention rule", rules.iter().map(|rule| &rule.class));
}

/// Checks the parts of a policy that need nothing but themselves and each other.
pub(super) fn policy(document: &PolicyDocument, errors: &mut Errors) {
    tasks_and_retention(document, errors);
    if let Err(error) = document.aging.check() {
        errors.add("/policy/aging/limits", &error);
    }
    conditions::check(document, errors);
    for (place, delegation) in document.delegations.iter().enumerate() {
        if let Err(error) = delegation.check() {
            errors.add(format!("/policy/delegations/{place}"), &error);
        }
    }
    for (place, signer) in document.signers.iter().enumerate() {
        if let Err(error) = signer.check() {
            errors.add(format!("/policy/signers/{place}/key"), &error);
        }
    }
    errors.unique(
        "/policy/calendars",
        "id",
        "calendar",
        document.calendars.iter().map(|calendar| &calendar.id),
    );
    errors.unique(
        "/policy/numbering",
        "series",
        "series",
        document.numbering.iter().map(|series| &series.series),
    );
    errors.unique(
        "/policy/payment_terms",
        "id",
        "payment terms",
        document.payment_terms.iter().map(|terms| &terms.id),
    );
    errors.unique("/policy/roles", "id", "role", document.roles.iter().map(|role| &role.id));
    for (place, role) in document.roles.iter().enumerate() {
        for error in role.check() {
            errors.add(format!("/policy/roles/{place}"), &error);
        }
    }
    errors.unique("/policy/rounding", "id", "rounding rule", document.rounding.iter().map(|rule| &rule.id));
    for (place, rule) in document.rounding.iter().enumerate() {
        for error in rule.check() {
            errors.add(format!("/policy/rounding/{place}"), &error);
        }
    }
    for (place, terms) in document.payment_terms.iter().enumerate() {
        if let Err(error) = terms.check() {
            errors.add(format!("/policy/payment_terms/{place}"), &error);
        }
        if terms.untaxed_discount().is_some() && document.amounts.prices_include_tax {
            let error = RulebookError::DiscountMixed { id: terms.id.to_string() };
            errors.add(format!("/policy/payment_terms/{place}/discount/tax"), &error);
        }
    }
    for (place, numbering) in document.numbering.iter().enumerate() {
        if let Err(error) = numbering.check() {
            errors.add(format!("/policy/numbering/{place}/pattern"), &error);
        }
        let before = document.numbering.iter().take(place);
        for other in before.filter(|other| other.series != numbering.series && other.shares(numbering)) {
            let (first, second) = (other.series.to_string(), numbering.series.to_string());
            errors.add(format!("/policy/numbering/{place}/pattern"), &SeriesError::Shared { first, second });
        }
    }
    if !document.numbering.iter().any(|numbering| numbering.series == document.billing.series) {
        let id = document.billing.series.to_string();
        errors.add("/policy/billing/series", &RulebookError::ReferenceUnknown { what: "series", id });
    }
    if let Some(series) = &document.billing.credit_series
        && !document.numbering.iter().any(|numbering| numbering.series == *series)
    {
        let id = series.to_string();
        errors.add("/policy/billing/credit_series", &RulebookError::ReferenceUnknown { what: "series", id });
    }
    if let Err(error) = document.adjustments.check() {
        errors.add("/policy/adjustments", &error);
    }
    if document.matching.fee_tolerance < Price::ZERO {
        let got = document.matching.fee_tolerance.to_string();
        errors.add("/policy/matching/fee_tolerance", &PaymentError::Tolerance { got });
    }
    billing(document, errors);
    references::check(document, errors);
    for (path, error) in document.amounts.check() {
        errors.add(format!("/policy/amounts{path}"), &error);
    }
    taxes(document, errors);
    rates("/policy/rates", &document.rates, errors);
}

/// Most days that work waits after its ticket became billable.
const MAX_WAIT: u32 = 366;

fn billing(document: &PolicyDocument, errors: &mut Errors) {
    let billing = &document.billing;
    errors.unique("/policy/billing/plans", "id", "billing plan", billing.plans.iter().map(|plan| &plan.id));
    for (place, plan) in billing.plans.iter().enumerate() {
        if let Err(error) = plan.check() {
            errors.add(format!("/policy/billing/plans/{place}"), &error);
        }
    }
    let mut wait = |field: &str, got: String| {
        errors.add(format!("/policy/billing/{field}"), &RulebookError::BillingWait { limit: MAX_WAIT, got });
    };
    for (field, days) in
        [("delay_days", billing.delay_days), ("reopen_grace_days", billing.reopen_grace_days)]
    {
        if days > MAX_WAIT {
            wait(field, days.to_string());
        }
    }
    if let Some(minimum) = billing.minimum.filter(|minimum| *minimum < Price::ZERO) {
        wait("minimum", minimum.to_string());
    }
}

fn taxes(document: &PolicyDocument, errors: &mut Errors) {
    for (place, error) in tax::check(&document.taxes) {
        errors.add(format!("/policy/taxes/{place}"), &error);
    }
    for (place, error) in tax::check(&document.withholdings) {
        errors.add(format!("/policy/withholdings/{place}"), &error);
    }
    for (place, code) in document.codes.iter().enumerate() {
        if let Some(category) = &code.tax_category
            && !document.taxes.iter().any(|rule| rule.category == *category)
        {
            let error = tax::TaxError::CategoryUnknown { got: category.to_string() };
            errors.add(format!("/policy/codes/{place}/tax_category"), &error);
        }
    }
}

/// Checks the tax status of a customer and the adjustments that its invoices get.
pub(super) fn buyer(path: &str, policy: &Policy, document: &TermsDocument, errors: &mut Errors) {
    let known = |rules: &[tax::TaxRule], category: &Id| rules.iter().any(|rule| rule.category == *category);
    let unknown = |category: &Id| tax::TaxError::CategoryUnknown { got: category.to_string() };
    for category in document.tax_category.iter().filter(|category| !known(policy.taxes(), category)) {
        errors.add(format!("{path}/tax_category"), &unknown(category));
    }
    for category in document.withholding.iter().filter(|category| !known(policy.withholdings(), category)) {
        errors.add(format!("{path}/withholding"), &unknown(category));
    }
    for (place, term) in document.adjustments.iter().enumerate() {
        let path = format!("{path}/adjustments/{place}");
        if let Err(error) = term.check() {
            errors.add(path.clone(), &error);
        }
        for code in &term.codes {
            if let Err(error) = policy.codes().code(code) {
                errors.add(format!("{path}/codes"), &error);
            }
        }
        for category in term.tax_category.iter().filter(|category| !known(policy.taxes(), category)) {
            errors.add(format!("{path}/tax_category"), &unknown(category));
        }
    }
}

/// Every price row needs a currency.
pub(super) fn rates(path: &str, rows: &[RateRow], errors: &mut Errors) {
    for (place, row) in rows.iter().enumerate() {
        if row.kind == RateKind::Price && row.currency.is_none() {
            let error = RulebookError::PriceCurrencyMissing { id: row.id.to_string() };
            errors.add(format!("{path}/{place}/currency"), &error);
        }
    }
}

/// Compiles the charge codes with their mapping.
pub(super) fn codes(document: &PolicyDocument, errors: &mut Errors) -> Option<work::CodeMap> {
    match work::CodeMap::new(document.codes.clone(), document.mapping.clone()) {
        Ok(codes) => Some(codes),
        Err(found) => {
            for (list, place, error) in found {
                errors.add(format!("/policy/{list}/{place}"), &error);
            }
            None
        }
    }
}

impl CalendarDocument {
    /// The calendar of the document.
    ///
    /// # Errors
    /// Every fault of its zone and its bands, by path.
    pub fn compile(&self) -> Result<Calendar, Refusal> {
        let mut errors = Errors::default();
        let compiled = calendar("", self, &mut errors);
        Refusal::unless_empty(errors.0)?;
        // A calendar that is not compiled always says why; this keeps that promise checkable.
        let zone = || CalendarError::ZoneUnknown { got: self.zone.clone() };
        compiled.ok_or_else(|| Refusal::because(&zone()))
    }
}

/// Compiles one calendar.
pub(super) fn calendar(path: &str, document: &CalendarDocument, errors: &mut Errors) -> Option<Calendar> {
    let zone = match Zone::new(&document.zone) {
        Ok(zone) => Some(zone),
        Err(error) => {
            errors.add(format!("{path}/zone"), &error);
            None
        }
    };
    let mut rules = Vec::new();
    let mut readable = true;
    for (place, band) in document.bands.iter().enumerate() {
        match week_rules(band) {
            Ok(mut week) => rules.append(&mut week),
            Err(error) => {
                readable = false;
                errors.add(format!("{path}/bands/{place}"), &error);
            }
        }
    }
    let holidays: Vec<_> =
        document.holidays.iter().map(|holiday| (holiday.date, holiday.band.clone())).collect();
    let days_off = document.days_off.iter().map(|name| day(*name)).collect();
    let built = Calendar::new(zone.unwrap_or(Zone::UTC), document.otherwise.clone(), &rules, &holidays)
        .and_then(|calendar| calendar.with_days_off(days_off).map_err(|error| vec![error]));
    match built {
        Ok(calendar) => zone.filter(|_| readable).map(|_| calendar),
        Err(found) => {
            for error in found {
                errors.add(format!("{path}/bands"), &error);
            }
            None
        }
    }
}

fn week_rules(band: &BandDocument) -> Result<Vec<WeekRule>, CalendarError> {
    let (from, to) = (minute(&band.from)?, minute(&band.to)?);
    Ok(band.days.iter().map(|name| WeekRule { band: band.band.clone(), day: day(*name), from, to }).collect())
}

/// The number of a day of the week; 1 is Monday.
const fn day(name: Weekday) -> u8 {
    match name {
        Weekday::Mon => 1,
        Weekday::Tue => 2,
        Weekday::Wed => 3,
        Weekday::Thu => 4,
        Weekday::Fri => 5,
        Weekday::Sat => 6,
        Weekday::Sun => 7,
    }
}

/// The minute of the day of a time written HH:MM, from 00:00 to 24:00.
fn minute(text: &str) -> Result<u16, CalendarError> {
    let form = || CalendarError::ClockTimeForm { got: text.chars().take(20).collect() };
    let number = |part: &str| {
        let digits = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        part.parse::<u16>().ok().filter(|_| digits)
    };
    let (hours, minutes) = text.split_once(':').ok_or_else(form)?;
    match (number(hours), number(minutes)) {
        (Some(24), Some(0)) => Ok(1_440),
        (Some(hours @ 0..=23), Some(minutes @ 0..=59)) => {
            Ok(hours.saturating_mul(60).saturating_add(minutes))
        }
        _ => Err(form()),
    }
}

/// The payer of every customer: the first on the way up that has an account of its own.
pub(super) fn payers(
    parents: &BTreeMap<Id, (Option<Id>, bool)>,
) -> (BTreeMap<Id, Id>, Vec<(Id, RulebookError)>) {
    let mut payers = BTreeMap::new();
    let mut errors = Vec::new();
    for customer in parents.keys() {
        match climb(parents, customer) {
            Ok(payer) => drop(payers.insert(customer.clone(), payer.clone())),
            Err(error) => errors.push((customer.clone(), error)),
        }
    }
    (payers, errors)
}

/// Most customers above another.
const MAX_DEPTH: usize = 32;

/// Climbs from a customer to the top, whoever pays: every parent is there and none comes twice. The
/// payer is the first on the way that has an account of its own.
fn climb<'p>(
    parents: &'p BTreeMap<Id, (Option<Id>, bool)>,
    customer: &'p Id,
) -> Result<&'p Id, RulebookError> {
    let mut payer = None;
    let mut at = customer;
    for _ in 0..=MAX_DEPTH {
        let unknown = || RulebookError::ReferenceUnknown { what: "customer", id: at.to_string() };
        let (parent, own_account) = parents.get(at).ok_or_else(unknown)?;
        if *own_account && payer.is_none() {
            payer = Some(at);
        }
        match parent {
            None => return Ok(payer.unwrap_or(at)),
            Some(parent) if parent == customer => {
                return Err(RulebookError::ParentCircular { id: customer.to_string() });
            }
            Some(parent) => at = parent,
        }
    }
    Err(RulebookError::ParentDepth { limit: MAX_DEPTH, id: customer.to_string() })
}
