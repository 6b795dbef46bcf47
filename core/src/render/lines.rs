//! The lines of an invoice, each with what stands behind it.

use super::header::called;
use super::reckoning::reckoned;
use super::{RenderCell, RenderEntry, RenderKey as K, RenderRow, RenderSection, RenderValue as V};
use crate::calendar::Date;
use crate::id::Id;
use crate::invoice::{Draft, Header, Line, Subtotal, UnitCode};
use crate::money::Price;
use crate::rating::{Charge, ChargeSource};
use crate::tax::{LineTax, TaxRow};

/// Quantity in the unit it is invoiced in.
pub(super) fn quantity(quantity: Price, unit: UnitCode) -> V {
    match unit {
        UnitCode::Hour => V::duration(quantity),
        UnitCode::Piece => V::number(quantity),
    }
}

pub(super) const fn per(unit: UnitCode) -> K {
    match unit {
        UnitCode::Hour => K::PerHour,
        UnitCode::Piece => K::PerPiece,
    }
}

/// The taxes that a line bears.
pub(super) fn rates(taxes: &[LineTax], rows: &[TaxRow]) -> RenderCell {
    let one = |tax: &LineTax| rate(tax, rows);
    RenderCell { values: taxes.iter().flat_map(one).collect() }
}

/// A rate as it stands beside what bears it: with its category, where another category of the document has the
/// same rate.
fn rate(tax: &LineTax, rows: &[TaxRow]) -> Vec<V> {
    let like =
        |row: &TaxRow| (row.role, row.percent) == (tax.role, tax.percent) && row.category != tax.category;
    let category = rows.iter().any(like).then(|| V::code(&tax.category));
    core::iter::once(V::percent(tax.percent)).chain(category).collect()
}

pub(super) fn place(place: usize) -> RenderCell {
    V::count(u64::try_from(place).unwrap_or(u64::MAX).saturating_add(1)).into()
}

pub(super) fn lines(draft: &Draft) -> RenderSection {
    // Prices that contain their tax are shown as they are stated, beside the net that is summed.
    let stated = draft.totals.rule.prices_include_tax;
    let price = if stated { K::StatedPrice } else { K::UnitPrice };
    let mut columns = vec![K::Position, K::Description, K::Quantity, price, K::TaxRate];
    columns.extend(stated.then_some(K::LineStated));
    columns.push(K::LineNet);
    let row = |(number, line): (usize, &Line)| {
        let mut cells = vec![
            place(number),
            V::text(&line.description).into(),
            quantity(line.quantity, line.unit_code).into(),
            line.price.map(|price| V::price(price, Some(per(line.unit_code)), draft.currency)).into(),
            rates(&line.taxes, &draft.totals.taxes),
        ];
        cells.extend(stated.then(|| V::amount(line.amount, draft.currency).into()));
        cells.push(V::amount(line.net, draft.currency).into());
        RenderRow { facts: facts(draft, line), ..RenderRow::line(cells) }
    };
    RenderSection::table(K::Lines, columns, draft.lines.iter().enumerate().map(row).collect())
}

/// Name of a customer, where it is not the buyer.
fn customer(header: &Header, customer: &Id) -> Option<V> {
    let named = header.customers.iter().find(|named| named.customer == *customer);
    named.map(|named| V::text(&named.name))
}

/// What else is said of a line: what it is about, what it is reckoned from, and the id under which its receipt is
/// asked for.
pub(super) fn facts(draft: &Draft, line: &Line) -> Vec<RenderEntry> {
    let mut facts = about(draft, line);
    facts.extend(reckoned(draft.currency, line));
    facts.push(RenderEntry::new(K::LineReceipt, V::code(&line.id)));
    facts
}

/// Whose a line is, and where and when it was worked or delivered.
pub(super) fn about(draft: &Draft, line: &Line) -> Vec<RenderEntry> {
    let mut facts = Vec::new();
    let mut say = |key: K, value: Option<V>| facts.extend(value.map(|value| RenderEntry::new(key, value)));
    say(K::ForCustomer, customer(&draft.header, &line.customer));
    say(K::Ticket, line.ticket.as_ref().map(V::code));
    say(K::ArticleNumber, line.sku.as_ref().map(V::code));
    say(
        if line.unit_code == UnitCode::Hour { K::WorkedOn } else { K::DeliveredOn },
        worked_on(&line.charges),
    );
    say(K::ForPeriod, fee_days(&line.charges));
    facts
}

fn worked_on(charges: &[Charge]) -> Option<V> {
    let worked = |charge: &&Charge| charge.source == ChargeSource::Entry;
    let days: Vec<Date> = charges.iter().filter(worked).map(|charge| charge.date).collect();
    Some(V::period(*days.iter().min()?, *days.iter().max()?))
}

fn fee_days(charges: &[Charge]) -> Option<V> {
    let days: Vec<(Date, Date)> =
        charges.iter().filter_map(|charge| charge.fee.as_ref()).map(|fee| (fee.from, fee.to)).collect();
    Some(V::period(days.iter().map(|day| day.0).min()?, days.iter().map(|day| day.1).max()?))
}

/// What the customers and agreements of an invoice come to, where it bills several.
pub(super) fn subtotals(draft: &Draft) -> RenderSection {
    let row = |subtotal: &Subtotal| {
        let name = customer(&draft.header, &subtotal.customer);
        RenderRow::line(vec![
            name.unwrap_or_else(|| V::text(&draft.header.buyer.legal_name)).into(),
            subtotal.agreement.as_ref().map(|own| called(draft.header.names(), own)).into(),
            V::amount(subtotal.net, draft.currency).into(),
        ])
    };
    let several = draft.subtotals.len() > 1;
    let rows = draft.subtotals.iter().filter(|_| several).map(row).collect();
    RenderSection::table(K::Subtotals, vec![K::ForCustomer, K::Agreement, K::LineNet], rows)
}
