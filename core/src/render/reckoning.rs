//! From quantity and price of a line to its net: what a reader needs to reckon it again.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::{per, quantity};
use super::sums::{adjustment, adjustment_word};
use super::{RenderEntry, RenderKey as K, RenderValue as V};
use crate::invoice::{CreditLine, Line, Portion, PriceAdjustment, UnitCode, share_of};
use crate::money::{Currency, FACTOR_ONE, Factor, Minor, Per, Price, Rounding, extend};
use crate::rating::Charge;

/// What of a line is charged at one price and factor: neither covered nor free, and no part of a period.
struct Part {
    factor: Factor,
    price: Price,
    quantity: Price,
}

impl Part {
    /// The product, rounded once.
    fn comes_to(&self, quantity: Price, unit: UnitCode, currency: Currency) -> Option<Minor> {
        let per = match unit {
            UnitCode::Hour => Per::HOUR,
            UnitCode::Piece => Per::UNIT,
        };
        extend(self.price, quantity, self.factor, per, currency, Rounding::HalfUp).ok()
    }
}

/// The parts of a line, by price and factor; none where a sum leaves its limit.
fn parts(line: &Line) -> Option<Vec<Part>> {
    let mut sums: BTreeMap<(Price, Factor), Price> = BTreeMap::new();
    for charge in line.charges.iter().filter(|charge| is_charged(charge) && !is_part_of_period(charge)) {
        let sum = sums.entry((charge.price, charge.factor)).or_default();
        *sum = plus(*sum, charge.quantity)?;
    }
    Some(sums.into_iter().map(|((price, factor), quantity)| Part { factor, price, quantity }).collect())
}

const fn is_charged(charge: &Charge) -> bool {
    charge.coverage.is_none() && !charge.no_charge
}

/// No quantity times price gives the amount of some days of a period.
fn is_part_of_period(charge: &Charge) -> bool {
    charge.fee.as_ref().is_some_and(|part| part.start > 0 || part.end < part.of)
}

fn plus(a: Price, b: Price) -> Option<Price> {
    Price::from_decimal(a.to_decimal().checked_add(b.to_decimal())?).ok()
}

/// The quantities of some charges together, where they are any.
fn together<'c>(charges: impl Iterator<Item = &'c Charge>) -> Option<Price> {
    let sum = charges.map(|charge| charge.quantity).try_fold(Price::ZERO, plus)?;
    (sum > Price::ZERO).then_some(sum)
}

/// What was worked, covered, free, dearer, rounded, taken off and added.
pub(super) fn reckoned(currency: Currency, line: &Line) -> Vec<RenderEntry> {
    let parts = parts(line).unwrap_or_default();
    let mut facts = worked(line);
    if parts.len() <= usize::from(line.price.is_some()) {
        // What is covered or free has its factor as well.
        let charged = parts.iter().map(|part| part.factor);
        let others = line.charges.iter().map(|charge| charge.factor).filter(|_| parts.is_empty());
        let factors: BTreeSet<Factor> = charged.chain(others).collect();
        facts.extend(factors.into_iter().filter_map(factor).map(|one| RenderEntry::new(K::Multiplier, one)));
    } else {
        facts.extend(parts.iter().map(|part| {
            let price = V::price(part.price, Some(per(line.unit_code)), currency);
            let values = [quantity(part.quantity, line.unit_code), price].into_iter();
            RenderEntry {
                key: K::LinePart,
                strong: false,
                values: values.chain(factor(part.factor)).collect(),
            }
        }));
    }
    let covered = together(line.charges.iter().filter(|charge| charge.coverage.is_some()));
    let covered = covered.map(|covered| quantity(covered, line.unit_code));
    facts.extend(covered.map(|covered| RenderEntry::new(K::CoveredTime, covered)));
    let free = line.charges.iter().filter(|charge| charge.no_charge && charge.coverage.is_none());
    if let Some(free) = together(free) {
        let some = (free != line.quantity).then(|| quantity(free, line.unit_code));
        let values = core::iter::once(V::word(K::NoCharge)).chain(some).collect();
        facts.push(RenderEntry { key: K::Remark, strong: false, values });
    }
    for charge in line.charges.iter().filter(|charge| is_charged(charge)) {
        facts.extend(days(charge, currency));
    }
    facts.extend(rounding(currency, line, &parts));
    let adjusted = line.adjustments.iter().map(|one| (one, one.kind.signed(one.amount)));
    facts.extend(adjusted.filter_map(|(one, signed)| unless_zero(one, signed, currency)));
    facts
}

/// An allowance or charge that takes or adds anything.
fn unless_zero(one: &PriceAdjustment, signed: Minor, currency: Currency) -> Option<RenderEntry> {
    (!signed.is_zero()).then(|| adjustment(adjustment_word(one.kind), one, signed, currency))
}

/// The hours worked, where they are not those billed.
fn worked(line: &Line) -> Vec<RenderEntry> {
    let worked = line.charges.iter().fold(0_i64, |sum, charge| sum.saturating_add(charge.raw_seconds.into()));
    let worked = Price::whole(worked).ok().filter(|worked| *worked > Price::ZERO);
    let other = worked.filter(|worked| line.unit_code == UnitCode::Hour && *worked != line.quantity);
    other.map(|worked| RenderEntry::new(K::WorkedTime, V::duration(worked))).into_iter().collect()
}

fn factor(factor: Factor) -> Option<V> {
    Price::of_parts(factor.into(), 4).ok().filter(|_| factor != FACTOR_ONE).map(V::number)
}

/// What some days of a period are a part of.
fn days(charge: &Charge, currency: Currency) -> Vec<RenderEntry> {
    let Some(part) = charge.fee.as_ref().filter(|_| is_part_of_period(charge)) else { return Vec::new() };
    let days = part.end.saturating_sub(part.start);
    vec![
        RenderEntry::new(K::PeriodPrice, V::price(charge.price, None, currency)),
        RenderEntry::new(K::DaysBilled, V::count(days.into())),
        RenderEntry::new(K::DaysOfPeriod, V::count(part.of.into())),
    ]
}

/// What rounding every charge by itself makes of the sum.
fn rounding(currency: Currency, line: &Line, parts: &[Part]) -> Option<RenderEntry> {
    if line.charges.iter().any(is_part_of_period) {
        return None;
    }
    let mut sum = Minor::sum(line.charges.iter().map(|charge| charge.net)).ok()?;
    for part in parts {
        sum = sum.minus(part.comes_to(part.quantity, line.unit_code, currency)?).ok()?;
    }
    (!sum.is_zero()).then(|| RenderEntry::new(K::LineRounding, V::amount(sum, currency)))
}

/// From the quantity that a credit takes back of a line, at the line's price, to what it credits: the part of
/// every allowance and charge that falls on it, and what rounding and other credits make of it.
pub(super) fn credited(currency: Currency, taken: &CreditLine, portion: &Portion<'_>) -> Vec<RenderEntry> {
    partly(currency, taken, portion).unwrap_or_default()
}

fn partly(currency: Currency, taken: &CreditLine, portion: &Portion<'_>) -> Option<Vec<RenderEntry>> {
    let (line, quantity, parts) = (portion.line?, taken.quantity?, parts(portion.line?)?);
    let [only] = parts.as_slice() else { return None };
    if only.quantity != line.quantity {
        return None;
    }
    let mut facts: Vec<RenderEntry> = Vec::new();
    facts.extend(factor(only.factor).map(|factor| RenderEntry::new(K::Multiplier, factor)));
    let mut sum = only.comes_to(quantity, line.unit_code, currency)?;
    for one in &line.adjustments {
        let share = share_of(one.kind.signed(one.amount), quantity, line.quantity).ok()?;
        sum = sum.plus(share).ok()?;
        facts.extend(unless_zero(one, share, currency));
    }
    for (one, whole) in &portion.falls {
        let share = share_of(*whole, quantity, line.quantity).ok()?;
        sum = sum.plus(share).ok()?;
        facts.extend((!share.is_zero()).then(|| adjustment(K::DocumentShare, one, share, currency)));
    }
    let rest = taken.net.minus(sum).ok().filter(|rest| !rest.is_zero());
    facts.extend(rest.map(|rest| RenderEntry::new(K::CreditDifference, V::amount(rest, currency))));
    Some(facts)
}
