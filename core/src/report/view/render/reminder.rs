use std::collections::BTreeMap;

use super::owed::{customer, days, items, overdue};
use super::{ReminderOf, parties};
use crate::calendar::Date;
use crate::finding::Refusal;
use crate::ledger::{OpenItem, Viewpoint};
use crate::money::{Currency, Minor};
use crate::render::{
    RenderCell, RenderEntry, RenderKey as K, RenderKind, RenderModel, RenderRow, RenderSection, RenderStage,
    RenderValue as V, VERSION, payment,
};
use crate::report::ReportError;
use crate::report::view::viewer::Viewer;

/// An item of which something is late: since when, and how much.
type Late<'l> = (&'l OpenItem, Date, Minor);

/// The model of a reminder: what is overdue and neither disputed nor held, and how it can be paid.
pub(super) fn reminder(viewer: &Viewer<'_>, of: &ReminderOf, at: Viewpoint) -> Result<RenderModel, Refusal> {
    let because = |error| Refusal::because(&error);
    let customer = customer(viewer, of.customer.as_ref())?;
    let (mut sections, buyer) = parties(viewer, &customer)?;
    let mut late: BTreeMap<Currency, Vec<Late<'_>>> = BTreeMap::new();
    let mut level = of.level;
    for item in items(viewer.account, &customer).filter(|item| !item.is_credit()) {
        let (id, life) = (&item.terms().id, viewer.account.life(&item.terms().id));
        let held = life.is_some_and(|life| life.held(at).is_some());
        if held || !(of.documents.is_empty() || of.documents.contains(id)) {
            continue;
        }
        if let Some((since, sum)) = overdue(item, at).map_err(because)? {
            late.entry(item.terms().currency).or_default().push((item, since, sum));
            level = of.level.or(level.max(viewer.account.dunning_level(id).map(|level| level.level)));
        }
    }
    if late.is_empty() {
        return Err(Refusal::because(&ReportError::NothingOverdue { as_of: at.date.to_string() }));
    }
    sections.push(
        RenderSection::new(K::References)
            .with(K::AsOf, V::date(at.date))
            .with(K::ReminderLevel, level.map(|level| V::count(level.into()))),
    );
    for (currency, items) in &late {
        sections.push(open(items, *currency, at).map_err(because)?);
        let means = viewer.rulebook.policy().issuer().payment_means.iter();
        let means: Vec<_> =
            means.filter(|means| means.currency.is_none_or(|own| own == *currency)).cloned().collect();
        sections.extend(payment(&means, None));
    }
    Ok(RenderModel {
        document: customer,
        kind: RenderKind::Reminder,
        language: buyer.language,
        sections,
        stage: RenderStage::AsOf,
        title: K::Reminder,
        version: VERSION,
    })
}

fn open(
    items: &[Late<'_>],
    currency: Currency,
    at: Viewpoint,
) -> Result<RenderSection, crate::money::MoneyError> {
    let amount = |minor: Minor| V::amount(minor, currency);
    let row = |(item, since, late): &Late<'_>| {
        let (terms, disputed) = (item.terms(), item.disputed_at(at));
        let mut row = RenderRow::line(vec![
            V::code(&terms.number).into(),
            V::date(terms.issued).into(),
            V::date(*since).into(),
            V::count(days(*since, at.date)).into(),
            amount(item.open_at(at)).into(),
            amount(*late).into(),
        ]);
        let reference = terms.payment_reference.as_ref();
        row.facts.extend(reference.map(|own| RenderEntry::new(K::PaymentReference, V::code(own))));
        if !disputed.is_zero() {
            row.facts.push(RenderEntry::new(K::DisputedAmount, amount(disputed)));
        }
        row
    };
    let mut rows: Vec<RenderRow> = items.iter().map(row).collect();
    let sum = Minor::sum(items.iter().map(|(_, _, late)| *late))?;
    let mut cells = vec![RenderCell::from(V::word(K::TotalOverdue))];
    cells.resize(5, RenderCell::EMPTY);
    cells.push(amount(sum).into());
    rows.push(RenderRow::total(cells));
    let columns =
        vec![K::DocumentNumber, K::DocumentDate, K::DueDate, K::DaysOverdue, K::OpenAmount, K::OverdueAmount];
    Ok(RenderSection::table(K::OverdueItems, columns, rows))
}
