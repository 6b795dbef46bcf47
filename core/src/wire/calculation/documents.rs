//! Documents: taxes and totals.

use super::money::per;
use crate::canon::shape;
use crate::finding::{Finding, Refusal};
use crate::money::{Currency, FACTOR_ONE, Minor, MoneyError, Price, Rounding, extend};
use crate::rates::RatePer;
use crate::tax::{TaxError, TaxRow, TaxRule, rows};

shape! {
    /// One line to be taxed.
    pub struct TaxLine {
        /// Its tax rule.
        pub rule: TaxRule,
        /// Its net.
        pub net: Minor,
    }
}

shape! {
    /// Lines to be taxed.
    pub struct TaxIn {
        /// The currency of the nets.
        pub currency: Currency,
        /// The lines.
        pub lines: Vec<TaxLine>,
    }
}

shape! {
    /// Tax rows with their sum.
    pub struct TaxOut {
        /// The currency.
        pub currency: Currency,
        /// The rows.
        pub rows: Vec<TaxRow>,
        /// Sum of the rows' taxes.
        pub tax: Minor,
    }
}

shape! {
    /// One line of a document, priced and taxed.
    pub struct TotalsLine {
        /// The multiplier in ten-thousandths.
        pub factor: u32 = FACTOR_ONE,
        /// What the price is for; an hour takes the quantity in seconds.
        pub per: RatePer = RatePer::Unit,
        /// The unit price.
        pub price: Price,
        /// The quantity.
        pub quantity: Price,
        /// Its tax rule; untaxed when left out.
        pub rule: Option<TaxRule>,
    }
}

shape! {
    /// A document to be summed.
    pub struct TotalsIn {
        /// The currency of the prices.
        pub currency: Currency,
        /// The lines.
        pub lines: Vec<TotalsLine>,
        /// How lines are rounded.
        pub rounding: Rounding = Rounding::HalfUp,
    }
}

shape! {
    /// The sums of a document.
    pub struct TotalsOut {
        /// The currency.
        pub currency: Currency,
        /// What is to be paid: net and tax.
        pub gross: Minor,
        /// Sum of the lines before tax.
        pub net: Minor,
        /// The net of each line.
        pub nets: Vec<Minor>,
        /// Tax by category and rate.
        pub rows: Vec<TaxRow>,
        /// Sum of the rows' taxes.
        pub tax: Minor,
    }
}

/// Sums a document as an invoice is summed: lines rounded one by one, taxes once per category and rate.
pub(super) fn document_totals(asked: TotalsIn) -> Result<TotalsOut, Refusal> {
    check_percents(asked.lines.iter().filter_map(|line| line.rule.as_ref()))?;
    let because = |error: MoneyError| Refusal::because(&error);
    let net_of = |line: &TotalsLine| {
        extend(line.price, line.quantity, line.factor, per(line.per), asked.currency, asked.rounding)
    };
    let nets: Vec<Minor> = asked.lines.iter().map(net_of).collect::<Result<_, _>>().map_err(because)?;
    let taxed = asked.lines.iter().zip(&nets).filter_map(|(line, &net)| Some((line.rule.as_ref()?, net)));
    let rows = rows(taxed).map_err(because)?;
    let net = Minor::sum(nets.iter().copied()).map_err(because)?;
    let tax = Minor::sum(rows.iter().map(|row| row.tax)).map_err(because)?;
    let gross = net.plus(tax).map_err(because)?;
    Ok(TotalsOut { currency: asked.currency, gross, net, nets, rows, tax })
}

pub(super) fn tax_rows(asked: TaxIn) -> Result<TaxOut, Refusal> {
    check_percents(asked.lines.iter().map(|line| &line.rule))?;
    let lines = asked.lines.iter().map(|line| (&line.rule, line.net));
    let rows = rows(lines).map_err(|error| Refusal::because(&error))?;
    let tax = Minor::sum(rows.iter().map(|row| row.tax)).map_err(|error| Refusal::because(&error))?;
    Ok(TaxOut { currency: asked.currency, rows, tax })
}

/// Rules of different lines may overlap here; each must still be a percentage.
fn check_percents<'r>(rules: impl Iterator<Item = &'r TaxRule>) -> Result<(), Refusal> {
    let is_percent_error = |error: &TaxError| matches!(error, TaxError::Percent { .. });
    let errors = rules.flat_map(|rule| crate::tax::check(core::slice::from_ref(rule)));
    let findings = errors
        .filter(|(_, error)| is_percent_error(error))
        .map(|(_, error)| Finding::block(&error))
        .collect();
    Refusal::unless_empty(findings)
}
