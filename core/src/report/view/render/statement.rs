use std::collections::BTreeSet;

use super::owed::{customer, days, items, overdue};
use super::{StatementOf, parties};
use crate::calendar::{Date, Instant};
use crate::finding::Refusal;
use crate::id::Id;
use crate::ledger::{ItemKind, MovementKind, OpenItem, Viewpoint};
use crate::money::{Currency, Minor, MoneyError};
use crate::receivables::{AgeBasis, AgingPolicy};
use crate::render::{
    RenderCell, RenderEntry, RenderKey as K, RenderKind, RenderModel, RenderRow, RenderSection, RenderStage,
    RenderValue as V, VERSION,
};
use crate::report::view::viewer::Viewer;

/// Something that happened to what is owed.
struct Step {
    date: Date,
    recorded: Instant,
    number: Id,
    what: K,
    amount: Minor,
}

/// The items of one currency between two days.
struct Page<'p> {
    at: Viewpoint,
    before: Option<Viewpoint>,
    currency: Currency,
    items: Vec<&'p OpenItem>,
}

/// The model of a statement: by currency what was owed, what happened, what is owed and how old it is.
pub(super) fn statement(
    viewer: &Viewer<'_>,
    of: &StatementOf,
    at: Viewpoint,
) -> Result<RenderModel, Refusal> {
    let customer = customer(viewer, of.customer.as_ref())?;
    let (mut sections, buyer) = parties(viewer, &customer)?;
    let days = of.from.map_or_else(|| V::date(at.date), |from| V::period(from, at.date));
    sections.push(RenderSection::new(K::References).with(K::StatementPeriod, days));
    let own: Vec<&OpenItem> = items(viewer.account, &customer).collect();
    let currencies: BTreeSet<Currency> = own.iter().map(|item| item.terms().currency).collect();
    let before = of.from.and_then(|from| from.minus_days(1).ok());
    for currency in currencies {
        let items = own.iter().copied().filter(|item| item.terms().currency == currency).collect();
        let before = before.map(|date| Viewpoint { date, ..at });
        let page = Page { at, before, currency, items };
        let parts = page.sections(viewer.rulebook.policy().aging());
        sections.extend(parts.map_err(|error| Refusal::because(&error))?);
    }
    sections.retain(|section| !section.is_empty());
    Ok(RenderModel {
        document: customer,
        kind: RenderKind::Statement,
        language: buyer.language,
        sections,
        stage: RenderStage::AsOf,
        title: K::AccountStatement,
        version: VERSION,
    })
}

impl Page<'_> {
    fn amount(&self, minor: Minor) -> V {
        V::amount(minor, self.currency)
    }

    fn sections(&self, policy: &AgingPolicy) -> Result<Vec<RenderSection>, MoneyError> {
        let sum = |at: Viewpoint| Minor::sum(self.items.iter().map(|item| item.open_at(at)));
        let opening = self.before.map(sum).transpose()?.unwrap_or(Minor::ZERO);
        let closing = sum(self.at)?;
        let mut late = Minor::ZERO;
        for item in self.items.iter().filter(|item| !item.is_credit()) {
            late = late.plus(overdue(item, self.at)?.map_or(Minor::ZERO, |(_, late)| late))?;
        }
        let summary = RenderSection::new(K::Balance)
            .with(K::OpeningBalance, self.amount(opening))
            .strong(K::ClosingBalance, self.amount(closing))
            .with(K::OverdueBalance, self.amount(late));
        Ok(vec![summary, self.movements(opening)?, self.open_items()?, self.aging(policy)?])
    }

    /// What happened, in order, with what was owed after each.
    fn movements(&self, opening: Minor) -> Result<RenderSection, MoneyError> {
        let mut steps = Vec::new();
        let in_days = |date: Date| self.before.is_none_or(|before| date > before.date);
        for item in &self.items {
            let (terms, opened) = (item.terms(), item.opened_at());
            if self.at.sees(opened) && in_days(opened.effective) {
                let (date, recorded) = (opened.effective, opened.recorded);
                let (what, number) = (opening_word(item.kind()), terms.number.clone());
                steps.push(Step { date, recorded, number, what, amount: terms.open });
            }
            for movement in item.movements() {
                let moment = movement.moment();
                if self.at.sees(opened) && self.at.sees(moment) && in_days(moment.effective) {
                    let (date, recorded) = (moment.effective, moment.recorded);
                    let (what, amount) = (movement_word(movement.kind), movement.fall.negated());
                    steps.push(Step { date, recorded, number: terms.number.clone(), what, amount });
                }
            }
        }
        // What one record did stays in the order of the items.
        steps.sort_by_key(|step| (step.date, step.recorded));
        let mut balance = opening;
        let mut rows = Vec::new();
        for step in steps {
            balance = balance.plus(step.amount)?;
            rows.push(RenderRow::line(vec![
                V::date(step.date).into(),
                V::word(step.what).into(),
                V::code(&step.number).into(),
                self.amount(step.amount).into(),
                self.amount(balance).into(),
            ]));
        }
        let columns = vec![K::Date, K::Event, K::DocumentNumber, K::Change, K::BalanceAfter];
        Ok(RenderSection::table(K::Movements, columns, rows))
    }

    fn open_items(&self) -> Result<RenderSection, MoneyError> {
        let mut rows = Vec::new();
        for item in self.items.iter().filter(|item| !item.open_at(self.at).is_zero()) {
            let (terms, disputed) = (item.terms(), item.disputed_at(self.at));
            let due = item.due_at(self.at);
            let late = if item.is_credit() { 0 } else { days(due, self.at.date) };
            let mut row = RenderRow::line(vec![
                V::code(&terms.number).into(),
                V::date(terms.issued).into(),
                (!item.is_credit()).then(|| V::date(due)).into(),
                (late > 0).then(|| V::count(late)).into(),
                self.amount(terms.total).into(),
                self.amount(item.open_at(self.at)).into(),
            ]);
            row.facts = (!disputed.is_zero())
                .then(|| RenderEntry::new(K::DisputedAmount, self.amount(disputed)))
                .into_iter()
                .collect();
            rows.push(row);
        }
        let columns = vec![
            K::DocumentNumber,
            K::DocumentDate,
            K::DueDate,
            K::DaysOverdue,
            K::DocumentTotal,
            K::OpenAmount,
        ];
        Ok(RenderSection::table(K::OpenItems, columns, rows))
    }

    /// What is owed by age, and what is owed to the customer.
    fn aging(&self, policy: &AgingPolicy) -> Result<RenderSection, MoneyError> {
        let mut buckets = vec![Minor::ZERO; policy.bucket_names().len()];
        let mut credits = Minor::ZERO;
        for item in &self.items {
            if item.is_credit() {
                credits = credits.plus(item.open_at(self.at))?;
                continue;
            }
            for part in item.parts_at(self.at) {
                let from = match policy.basis {
                    AgeBasis::Due => part.due,
                    AgeBasis::Invoice => item.terms().issued,
                };
                if let Some(bucket) = buckets.get_mut(policy.bucket(self.at.date.days_since(from))) {
                    *bucket = bucket.plus(part.open)?;
                }
            }
        }
        let name = |place: usize| self.bucket_name(policy, place);
        let row =
            |(place, sum): (usize, &Minor)| RenderRow::line(vec![name(place), self.amount(*sum).into()]);
        let mut rows: Vec<RenderRow> = buckets.iter().enumerate().map(row).collect();
        if !credits.is_zero() {
            rows.push(RenderRow::line(vec![V::word(K::UnusedCredits).into(), self.amount(credits).into()]));
        }
        let total = Minor::sum(buckets.iter().copied())?.plus(credits)?;
        rows.push(RenderRow::total(vec![V::word(K::Total).into(), self.amount(total).into()]));
        let age = match policy.basis {
            AgeBasis::Due => K::AgeAfterDue,
            AgeBasis::Invoice => K::AgeAfterIssue,
        };
        Ok(RenderSection::table(K::Aging, vec![age, K::OpenAmount], rows))
    }

    fn bucket_name(&self, policy: &AgingPolicy, place: usize) -> RenderCell {
        let names = policy.bucket_names();
        let limit = policy.limits.last().copied().unwrap_or(0);
        match names.get(place) {
            _ if place == 0 => V::word(K::NotDue).into(),
            Some(name) if place.saturating_add(1) < names.len() => V::coded(name).into(),
            Some(_) | None => RenderCell { values: vec![V::word(K::MoreThan), V::count(limit.into())] },
        }
    }
}

const fn opening_word(kind: ItemKind) -> K {
    match kind {
        ItemKind::Invoice => K::Invoice,
        ItemKind::CreditNote => K::CreditNote,
        ItemKind::Opening => K::MovedIn,
        ItemKind::Admitted => K::TakenOver,
    }
}

const fn movement_word(kind: MovementKind) -> K {
    match kind {
        MovementKind::Allocation => K::Payment,
        MovementKind::Unapplied => K::PaymentTakenBack,
        MovementKind::Credit => K::CreditUsed,
        MovementKind::Refund => K::Refund,
        MovementKind::WriteOff => K::WriteOff,
        MovementKind::Recovery => K::Recovery,
        MovementKind::DiscountReversed => K::EarlyDiscount,
        MovementKind::Transfer => K::Transfer,
        MovementKind::Void => K::Void,
    }
}
