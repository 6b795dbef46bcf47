//! Documents: taxes and totals.

use super::money::per;
use crate::canon::shape;
use crate::finding::{Finding, Refusal};
use crate::invoice::{
    Adjusting, AdjustmentTerm, AmountRule, Creditable, Deposit, Falls, PriceAdjustment, Totals, Unassembled,
    Unsummed, adjusted, cash_round, line_amount, totals,
};
use crate::money::{Currency, FACTOR_ONE, Minor, MoneyError, Price, Rounding, extend};
use crate::rates::RatePer;
use crate::tax::{
    LineTax, Prices, Statement, SumRule, Tally, TaxRole, TaxRounding, TaxRow, TaxRule, Taxed, violated,
};

shape! {
    /// One line to be taxed.
    pub struct TaxLine {
        /// Its net.
        pub net: Minor,
        /// Its tax rule.
        pub rule: TaxRule,
    }
}

shape! {
    /// Lines to be taxed.
    pub struct TaxIn {
        /// The currency of the nets.
        pub currency: Currency,
        /// The lines.
        pub lines: Vec<TaxLine>,
        /// What tax is rounded once for.
        pub rounding: TaxRounding = TaxRounding::Group,
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
        /// Its own allowances and charges.
        pub adjustments: Vec<AdjustmentTerm>,
        /// How many pieces the price is for.
        pub base_quantity: Option<Price>,
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
        /// Whether the buyer bears the rule's surcharge.
        pub surcharged: bool = false,
        /// What the buyer keeps back.
        pub withholding: Option<TaxRule>,
    }
}

shape! {
    /// An allowance or charge of a document.
    pub struct TotalsAdjustment {
        /// The taxes it falls on alone; spread over everything when left out.
        pub on: Option<TotalsTaxed>,
        /// What was agreed.
        pub term: AdjustmentTerm,
    }
}

shape! {
    /// The taxes that something bears; untaxed when all is left out.
    pub struct TotalsTaxed {
        /// Its tax rule.
        pub rule: Option<TaxRule>,
        /// Whether the buyer bears the rule's surcharge.
        pub surcharged: bool = false,
        /// What the buyer keeps back.
        pub withholding: Option<TaxRule>,
    }
}

shape! {
    /// A document to be summed.
    pub struct TotalsIn {
        /// Its own allowances and charges.
        pub adjustments: Vec<TotalsAdjustment>,
        /// How sums are made.
        pub amounts: AmountRule = AmountRule {
            cash_rounding: Rounding::HalfUp,
            cash_step: None,
            en16931: false,
            discount: None,
            prices_include_tax: false,
            tax_rounding: TaxRounding::Group,
        },
        /// The currency of the prices.
        pub currency: Currency,
        /// Down payments to be deducted.
        pub deposits: Vec<Deposit>,
        /// The lines.
        pub lines: Vec<TotalsLine>,
        /// Paid ahead without a document that taxed it.
        pub prepaid: Minor = Minor::ZERO,
        /// How lines are rounded.
        pub rounding: Rounding = Rounding::HalfUp,
    }
}

shape! {
    /// A document summed.
    pub struct TotalsOut {
        /// Its own allowances and charges.
        pub adjustments: Vec<PriceAdjustment>,
        /// The currency.
        pub currency: Currency,
        /// The net of each line.
        pub nets: Vec<Minor>,
        /// The sums.
        pub totals: Totals,
    }
}

shape! {
    /// The sums of a document and the rules to hold them against.
    pub struct SumsIn {
        /// The rules; all when left out.
        pub rules: Vec<SumRule>,
        /// The sums.
        pub stated: Statement,
    }
}

shape! {
    /// Rules that sums violate.
    pub struct SumsOut {
        /// The rules, ascending.
        pub violated: Vec<SumRule>,
    }
}

shape! {
    /// What is to be paid, to be rounded to a step.
    pub struct CashIn {
        /// What is to be paid.
        pub amount: Minor,
        /// The currency.
        pub currency: Currency,
        /// How.
        pub rounding: Rounding = Rounding::HalfUp,
        /// The step.
        pub step: Minor,
    }
}

shape! {
    /// What is to be paid, rounded.
    pub struct CashOut {
        /// The currency.
        pub currency: Currency,
        /// What is to be paid.
        pub payable: Minor,
        /// What was added.
        pub rounding: Minor,
    }
}

shape! {
    /// A part of a line to be credited.
    pub struct CreditPart {
        /// Before tax, after the document's own allowances and charges.
        pub net: Minor,
        /// The taxes of its line.
        pub taxes: Vec<LineTax>,
    }
}

shape! {
    /// A credit: parts of lines, an amount with its tax, or everything that is left.
    pub struct CreditStep {
        /// With its tax.
        pub amount: Option<Minor>,
        /// Parts of lines.
        pub parts: Vec<CreditPart>,
    }
}

shape! {
    /// A document with its credits, one after the other.
    pub struct CreditsIn {
        /// The credits; one that names nothing takes the rest.
        pub credits: Vec<CreditStep>,
        /// The currency of the credits, which is the document's.
        pub currency: Currency,
        /// The document.
        pub document: TotalsIn,
    }
}

shape! {
    /// The sums of credits, and what they leave.
    pub struct CreditsOut {
        /// The sums of each credit.
        pub credits: Vec<Totals>,
        /// The currency.
        pub currency: Currency,
        /// What is left to be credited.
        pub left: Totals,
    }
}

fn because(error: impl Into<Unassembled>) -> Refusal {
    Refusal::because(&error.into())
}

/// Sums a document as an invoice is summed.
pub(super) fn document_totals(asked: TotalsIn) -> Result<TotalsOut, Refusal> {
    let currency = asked.currency;
    let summed = sum(&asked)?;
    Ok(TotalsOut { currency, adjustments: summed.adjustments, nets: summed.nets, totals: summed.totals })
}

fn sum(asked: &TotalsIn) -> Result<crate::invoice::Summed, Refusal> {
    let rules = asked.lines.iter().flat_map(|line| line.rule.iter().chain(&line.withholding));
    let on = asked.adjustments.iter().filter_map(|adjustment| adjustment.on.as_ref());
    check_percents(rules.chain(on.flat_map(|on| on.rule.iter().chain(&on.withholding))))?;
    check_rule(&asked.amounts)?;
    let terms = asked.lines.iter().flat_map(|line| &line.adjustments);
    for term in terms.chain(asked.adjustments.iter().map(|adjustment| &adjustment.term)) {
        term.check().map_err(|error| Refusal::because(&error))?;
    }
    let lines = asked.lines.iter().map(|line| {
        let taxed = Taxed {
            rule: line.rule.as_ref(),
            surcharged: line.surcharged,
            withholding: line.withholding.as_ref(),
        };
        Ok((amount_of(asked, line).map_err(because)?, taxed))
    });
    let adjustments = asked.adjustments.iter().map(|adjustment| {
        let on = adjustment.on.as_ref().map(|on| Taxed {
            rule: on.rule.as_ref(),
            surcharged: on.surcharged,
            withholding: on.withholding.as_ref(),
        });
        let falls = on.map_or(Falls::Spread, Falls::On);
        Adjusting { falls, lines: None, one_off: false, term: &adjustment.term }
    });
    totals(&Unsummed {
        adjustments: adjustments.collect(),
        currency: asked.currency,
        deposits: &asked.deposits,
        lines: lines.collect::<Result<_, Refusal>>()?,
        prepaid: asked.prepaid,
        rule: asked.amounts.clone(),
    })
    .map_err(because)
}

/// The amount of a line after its own allowances and charges.
fn amount_of(asked: &TotalsIn, line: &TotalsLine) -> Result<Minor, Unassembled> {
    let (currency, rounding) = (asked.currency, asked.rounding);
    let whole = match line.base_quantity {
        // A price for several pieces knows neither hours nor multipliers.
        Some(base) => line_amount(line.price, line.quantity, base, currency, rounding)?,
        None => extend(line.price, line.quantity, line.factor, per(line.per), currency, rounding)?,
    };
    let adjustments: Vec<PriceAdjustment> =
        line.adjustments.iter().map(|term| term.of(whole)).collect::<Result<_, _>>()?;
    Ok(adjusted(whole, &adjustments)?)
}

pub(super) fn tax_rows(asked: TaxIn) -> Result<TaxOut, Refusal> {
    check_percents(asked.lines.iter().map(|line| &line.rule))?;
    let mut tally = Tally::new(Prices::Exclusive, asked.rounding);
    for line in &asked.lines {
        let group = tally.group(TaxRole::Tax, &line.rule, line.rule.percent);
        tally.add(group, line.net).map_err(because)?;
    }
    let rows = tally.rows().map_err(because)?;
    let tax = Minor::sum(rows.iter().map(|row| row.tax)).map_err(because)?;
    Ok(TaxOut { currency: asked.currency, rows, tax })
}

/// Holds the sums that a document states against the rules of EN 16931.
pub(super) fn document_sums(asked: SumsIn) -> Result<SumsOut, Refusal> {
    let mut violated = violated(&asked.stated);
    violated.retain(|rule| asked.rules.is_empty() || asked.rules.contains(rule));
    Ok(SumsOut { violated })
}

pub(super) fn cash(asked: CashIn) -> Result<CashOut, Refusal> {
    let payable = cash_round(asked.amount, asked.step, asked.rounding).map_err(because)?;
    let rounding = payable.minus(asked.amount).map_err(because)?;
    Ok(CashOut { currency: asked.currency, payable, rounding })
}

/// Sums a document and credits it step by step.
pub(super) fn credits(asked: CreditsIn) -> Result<CreditsOut, Refusal> {
    let currency = asked.currency;
    if asked.document.currency != currency {
        let (left, right) = (asked.document.currency.to_string(), currency.to_string());
        return Err(Refusal::because(&MoneyError::CurrencyMixed { left, right }));
    }
    let document = sum(&asked.document).map_err(|refusal| refusal.below("/document"))?;
    let mut left = Creditable::new(currency, &document.totals);
    let mut credits = Vec::with_capacity(asked.credits.len());
    for step in &asked.credits {
        let parts: Vec<(Minor, &[LineTax])> =
            step.parts.iter().map(|part| (part.net, part.taxes.as_slice())).collect();
        let credit = match step.amount {
            Some(amount) => left.of_amount(amount).map_err(because)?,
            None if parts.is_empty() => left.rest(),
            None => left.of_parts(&parts).map_err(because)?,
        };
        left.take(&credit).map_err(because)?;
        credits.push(credit);
    }
    Ok(CreditsOut { currency, credits, left: left.rest() })
}

/// Rules of different lines may overlap here; each must still be a rate of its treatment.
fn check_percents<'r>(rules: impl Iterator<Item = &'r TaxRule>) -> Result<(), Refusal> {
    let errors = rules.flat_map(|rule| crate::tax::check(core::slice::from_ref(rule)));
    Refusal::unless_empty(errors.map(|(_, error)| Finding::block(&error)).collect())
}

fn check_rule(rule: &AmountRule) -> Result<(), Refusal> {
    rule.check().map_err(|error| because(error).below("/amounts"))
}
