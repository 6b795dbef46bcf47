//! The lines of an invoice, each with what stands behind it.

use std::collections::BTreeSet;

use super::sums::adjustment_word;
use super::{RenderCell, RenderEntry, RenderKey as K, RenderRow, RenderSection, RenderValue as V};
use crate::calendar::Date;
use crate::id::Id;
use crate::invoice::{Draft, Header, Line, Subtotal, UnitCode};
use crate::money::{FACTOR_ONE, Price};
use crate::rating::{Charge, ChargeSource};
use crate::tax::LineTax;

/// Quantity in the unit it is invoiced in.
pub(super) fn quantity(quantity: Price, unit: UnitCode) -> V {
    match unit {
        UnitCode::Hour => V::duration(quantity),
        UnitCode::Piece => V::number(quantity),
    }
}

const fn per(unit: UnitCode) -> K {
    match unit {
        UnitCode::Hour => K::PerHour,
        UnitCode::Piece => K::PerPiece,
    }
}

pub(super) fn rates(taxes: &[LineTax]) -> RenderCell {
    RenderCell { values: taxes.iter().map(|tax| V::percent(tax.percent)).collect() }
}

pub(super) fn place(place: usize) -> RenderCell {
    V::count(u64::try_from(place).unwrap_or(u64::MAX).saturating_add(1)).into()
}

pub(super) fn lines(draft: &Draft) -> RenderSection {
    // Prices that contain their tax are shown as they are stated, beside the net that is summed.
    let stated = draft.totals.rule.prices_include_tax;
    let mut columns = vec![K::Position, K::Description, K::Quantity, K::UnitPrice, K::TaxRate];
    columns.extend(stated.then_some(K::LineStated));
    columns.push(K::LineNet);
    let row = |(number, line): (usize, &Line)| {
        let mut cells = vec![
            place(number),
            V::text(&line.description).into(),
            quantity(line.quantity, line.unit_code).into(),
            line.price.map(|price| V::price(price, Some(per(line.unit_code)), draft.currency)).into(),
            rates(&line.taxes),
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

/// What else is said of a line: whose, where, when, what of it was worked, covered, free, taken off; and the id
/// under which its receipt is asked for.
fn facts(draft: &Draft, line: &Line) -> Vec<RenderEntry> {
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
    let worked = line.charges.iter().fold(0_i64, |sum, charge| sum.saturating_add(charge.raw_seconds.into()));
    let worked = Price::whole(worked).ok().filter(|worked| !worked.to_decimal().is_zero());
    say(
        K::WorkedTime,
        worked.filter(|worked| line.unit_code == UnitCode::Hour && *worked != line.quantity).map(V::duration),
    );
    for factor in line.charges.iter().map(|charge| charge.factor).collect::<BTreeSet<u32>>() {
        let price = Price::of_parts(factor.into(), 4).ok().filter(|_| factor != FACTOR_ONE);
        say(K::Multiplier, price.map(V::number));
    }
    let covered = line.charges.iter().filter(|charge| charge.coverage.is_some());
    let covered = covered.fold(0_u64, |sum, charge| sum.saturating_add(charge.billed_seconds()));
    let covered = i64::try_from(covered).ok().filter(|seconds| *seconds > 0);
    say(K::CoveredTime, covered.and_then(|seconds| Price::whole(seconds).ok()).map(V::duration));
    let free = line.charges.iter().any(|charge| charge.no_charge);
    say(K::Remark, free.then(|| V::word(K::NoCharge)));
    for one in &line.adjustments {
        let percent = one.percent.map(V::percent);
        let amount = V::amount(one.kind.signed(one.amount), draft.currency);
        let values = core::iter::once(V::text(&one.reason)).chain(percent).chain([amount]).collect();
        facts.push(RenderEntry { key: adjustment_word(one.kind), strong: false, values });
    }
    facts.push(RenderEntry::new(K::LineReceipt, V::code(&line.id)));
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
            subtotal.agreement.as_ref().map(V::code).into(),
            V::amount(subtotal.net, draft.currency).into(),
        ])
    };
    let several = draft.subtotals.len() > 1;
    let rows = draft.subtotals.iter().filter(|_| several).map(row).collect();
    RenderSection::table(K::Subtotals, vec![K::ForCustomer, K::Agreement, K::LineNet], rows)
}
