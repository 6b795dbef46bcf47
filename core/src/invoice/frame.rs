//! An invoice is assembled: charges become lines, each taxed and adjusted by its date of supply.

use super::adjustment::within;
use super::collapse::{Gathered, Supplied, gather, subtotals};
use super::draft::{shared_article, shared_price, sum_quantities};
use super::summing::totals;
use super::{
    Adjusting, AdjustmentKind, AdjustmentTerm, AmountPolicy, AmountRule, Collapse, Deposit, Draft, Falls,
    GroupValue, Header, InvoiceError, Line, PaymentTerms, Period, PriceAdjustment, ReferenceRule, UnitCode,
    Unsummed, adjusted,
};
use crate::calendar::Date;
use crate::error_code::{Code, Coded};
use crate::id::Id;
use crate::money::{Amount, Currency, Minor, MoneyError, Price};
use crate::rating::Charge;
use crate::tax::{TaxError, TaxRule, Taxed, Untallied, rule_on};
use crate::work::CodeMap;

/// What a draft is assembled from besides its charges.
#[derive(Debug, Clone)]
pub struct Frame<'f> {
    /// Allowances and charges that were agreed.
    pub adjustments: &'f [AdjustmentTerm],
    /// How sums are made.
    pub amounts: &'f AmountPolicy,
    /// The tax status of who pays.
    pub buyer: Buyer<'f>,
    /// How lines are gathered.
    pub collapse: Collapse,
    /// Charge codes, for names and tax categories.
    pub codes: &'f CodeMap,
    /// Currency of the invoice.
    pub currency: Currency,
    /// Down payments to be deducted.
    pub deposits: &'f [Deposit],
    /// The percentage that paying early leaves out and that is not taxed.
    pub discount: Option<Price>,
    /// What all its lines have in common.
    pub grouping: Vec<GroupValue>,
    /// What it says besides lines and sums; its buyer pays.
    pub header: Header,
    /// Id of the invoice.
    pub id: Id,
    /// The day of the invoice: nothing is supplied later.
    pub on: Date,
    /// Allowances and charges that are given on this invoice alone, behind those that were agreed.
    pub one_off: &'f [AdjustmentTerm],
    /// The period.
    pub period: Period,
    /// How payment references are made of numbers.
    pub references: &'f [ReferenceRule],
    /// The number series.
    pub series: &'f Id,
    /// Paid ahead without a document that taxed it.
    pub prepaid: Minor,
    /// Tax rules; none means nothing is taxed.
    pub taxes: &'f [TaxRule],
    /// Payment terms.
    pub terms: &'f PaymentTerms,
}

/// What the taxes of an invoice need to know of who pays it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Buyer<'f> {
    /// The category of everything it buys, whatever the charge code says.
    pub category: Option<&'f Id>,
    /// Whether it bears the surcharges of tax rules.
    pub surcharged: bool,
    /// The category of the tax it keeps back.
    pub withholding: Option<&'f Id>,
    /// The rates of taxes that buyers keep back.
    pub withholdings: &'f [TaxRule],
}

/// Why a draft could not be assembled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unassembled {
    /// A sum left its limit.
    Money(MoneyError),
    /// A tax rate is missing.
    Tax(TaxError),
    /// An adjustment, a deposit or a credit does not fit.
    Invoice(InvoiceError),
}

impl core::fmt::Display for Unassembled {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Money(error) => error.fmt(f),
            Self::Tax(error) => error.fmt(f),
            Self::Invoice(error) => error.fmt(f),
        }
    }
}

impl Coded for Unassembled {
    fn code(&self) -> Code {
        match self {
            Self::Money(error) => error.code(),
            Self::Tax(error) => error.code(),
            Self::Invoice(error) => error.code(),
        }
    }
}

impl From<TaxError> for Unassembled {
    fn from(error: TaxError) -> Self {
        Self::Tax(error)
    }
}

impl From<MoneyError> for Unassembled {
    fn from(error: MoneyError) -> Self {
        Self::Money(error)
    }
}

impl From<Untallied> for Unassembled {
    fn from(error: Untallied) -> Self {
        match error {
            Untallied::Money(error) => Self::Money(error),
            Untallied::Tax(error) => Self::Tax(error),
        }
    }
}

impl core::error::Error for Unassembled {}

/// Assembles an invoice from charges with the customer of each: lines in the order of customer,
/// ticket, code; taxes by category and rate; sums. Charges that are taxed or adjusted unlike never share a line.
///
/// # Errors
/// [`Unassembled`].
pub fn assemble(frame: &Frame<'_>, charges: Vec<(Id, Charge)>) -> Result<Draft, Unassembled> {
    let days = charges.iter().map(|(_, charge)| charge.supplied(frame.on));
    let supply = days.max().unwrap_or(frame.on);
    let mut supplied = Vec::with_capacity(charges.len());
    for (_, charge) in &charges {
        supplied.push(frame.supplied(&charge.code, charge.supplied(frame.on))?);
    }
    let groups = gather(frame.collapse, charges, supplied);
    let mut lines = Vec::with_capacity(groups.len());
    let mut bearing = Vec::with_capacity(groups.len());
    for group in groups {
        let line = frame.line(lines.len().saturating_add(1), &group)?;
        bearing.push((line.amount, group.supplied));
        lines.push(Line { charges: group.charges, ..line });
    }
    let unsummed = frame.unsummed(bearing, supply)?;
    let summed = totals(&unsummed)?;
    for (line, net) in lines.iter_mut().zip(summed.nets) {
        line.net = net;
    }
    let mut adjustments = summed.adjustments;
    for (adjustment, adjusting) in adjustments.iter_mut().zip(&unsummed.adjustments) {
        frame.check_given(adjustment, adjusting.term)?;
        adjustment.lines = lines_of(adjustment, adjusting, &lines);
    }
    let subtotals = subtotals(lines.iter())?;
    Ok(Draft {
        adjustments,
        currency: frame.currency,
        deposits: frame.deposits.to_vec(),
        grouping: frame.grouping.clone(),
        header: Box::new(frame.header.clone()),
        id: frame.id.clone(),
        lines,
        payer: frame.header.buyer.id.clone(),
        period: frame.period.clone(),
        reference: frame.references.iter().find(|rule| rule.series == *frame.series).cloned(),
        series: frame.series.clone(),
        subtotals,
        supply,
        terms: Box::new(frame.terms.clone()),
        totals: summed.totals,
        zone_data: crate::calendar::Zone::data_version().to_owned(),
    })
}

/// The lines that an adjustment falls on, where its taxes stand on others too.
fn lines_of(adjustment: &PriceAdjustment, adjusting: &Adjusting<'_>, lines: &[Line]) -> Vec<Id> {
    let Some(places) = &adjusting.lines else { return Vec::new() };
    let alike = |line: &Line| adjustment.shares.iter().any(|share| share.taxes == line.taxes);
    let falls = |place: &usize| places.binary_search(place).is_ok();
    let others = lines.iter().enumerate().any(|(place, line)| alike(line) && !falls(&place));
    let own = lines.iter().enumerate().filter(|(place, line)| others && falls(place) && alike(line));
    own.map(|(_, line)| line.id.clone()).collect()
}

impl<'f> Frame<'f> {
    /// What stands on the day on which something of a charge code was supplied: its taxes, and which of the
    /// allowances and charges concern it.
    fn supplied(&self, code: &Id, day: Date) -> Result<Supplied<'f>, TaxError> {
        let category = match self.codes.tax_category(code) {
            Some(own) if !self.taxes.is_empty() => Some(self.buyer.category.unwrap_or(own)),
            _ => None,
        };
        let concerns = |term: &AdjustmentTerm| {
            let of_code = term.codes.is_empty() || term.codes.contains(code);
            // What names a category falls on a line of it; that of a line is taxed with it.
            let own = term.tax_category.as_ref().filter(|_| term.codes.is_empty());
            of_code && own.is_none_or(|own| Some(own) == category)
        };
        let standing = self.terms().filter(|(_, term)| term.stands_on(day) && concerns(term));
        let adjustments = standing.map(|(place, _)| place).collect();
        Ok(Supplied { adjustments, taxed: self.taxed_as(category, day)? })
    }

    /// What was agreed and then what is given, with its place.
    fn terms(&self) -> impl Iterator<Item = (usize, &'f AdjustmentTerm)> + use<'f> {
        self.adjustments.iter().chain(self.one_off).enumerate()
    }

    /// Whether what is given on this invoice alone has its whole effect: who orders it is told where it has none,
    /// while what was agreed takes what it can.
    fn check_given(&self, adjustment: &PriceAdjustment, term: &AdjustmentTerm) -> Result<(), Unassembled> {
        let meant = term.of(adjustment.base.unwrap_or_default())?.amount;
        if !adjustment.one_off || (meant == adjustment.amount && !meant.is_zero()) {
            return Ok(());
        }
        let shown = |amount| Amount::new(amount, self.currency).to_string();
        let percent = adjustment.percent.map(|percent| format!("{percent} percent"));
        Err(Unassembled::Invoice(InvoiceError::OneOffOver {
            invoice: self.id.to_string(),
            reason: adjustment.reason.clone(),
            most: shown(adjustment.amount),
            got: percent.unwrap_or_else(|| shown(meant)),
        }))
    }

    fn taxed_as(&self, category: Option<&Id>, day: Date) -> Result<Taxed<'f>, TaxError> {
        let Some(category) = category else { return Ok(Taxed::default()) };
        let Buyer { surcharged, withholding, withholdings, .. } = self.buyer;
        let withholding = withholding.map(|kept| rule_on(withholdings, kept, day)).transpose()?;
        Ok(Taxed { rule: Some(rule_on(self.taxes, category, day)?), surcharged, withholding })
    }

    /// A line of charges that are still to be moved into it.
    fn line(&self, number: usize, group: &Gathered<'_>) -> Result<Line, Unassembled> {
        let charges = &group.charges;
        let charged = Minor::sum(charges.iter().map(|charge| charge.net))?;
        let own = group.supplied.adjustments.iter().filter_map(|place| self.adjustments.get(*place));
        let adjustments = own.filter(|term| !term.codes.is_empty()).map(|term| term.of(charged));
        let mut adjustments = adjustments.collect::<Result<Vec<_>, _>>()?;
        within(charged, &mut adjustments)?;
        let amount = adjusted(charged, &adjustments)?;
        let (name, sku) = shared_article(charges).cloned().map(|article| (article.name, article.sku)).unzip();
        let code = &group.code;
        let named = || self.codes.code(code).map_or_else(|_| code.to_string(), |code| code.name.clone());
        Ok(Line {
            adjustments,
            amount,
            price: shared_price(charges),
            charges: Vec::new(),
            code: code.clone(),
            customer: group.customer.clone(),
            description: name.unwrap_or_else(named),
            id: crate::audit::numbered_id(&self.id, number),
            net: amount,
            quantity: sum_quantities(charges)?,
            sku,
            taxes: group.supplied.taxed.line_taxes(),
            ticket: group.ticket.clone(),
            unit: group.unit,
            unit_code: UnitCode::of(group.unit),
        })
    }

    /// The document to be summed, with the adjustments that fall on all of it: each on the lines on whose day of
    /// supply it stands. One of a category that no line bears is taxed by the last of these days.
    fn unsummed(&self, lines: Vec<(Minor, Supplied<'f>)>, supply: Date) -> Result<Unsummed<'f>, TaxError> {
        let mut adjustments = Vec::new();
        for (place, term) in self.terms().filter(|(_, term)| term.codes.is_empty()) {
            let stands = |(_, (_, supplied)): &(usize, &(Minor, Supplied<'f>))| {
                supplied.adjustments.binary_search(&place).is_ok()
            };
            let own: Vec<usize> = lines.iter().enumerate().filter(stands).map(|(at, _)| at).collect();
            let mut taxes = own.iter().filter_map(|at| lines.get(*at)).map(|(_, supplied)| supplied.taxed);
            let falls = match (&term.tax_category, taxes.next()) {
                (None, Some(_)) => Falls::Spread,
                // A category of one rate bears no more than what stands in it.
                (Some(_), Some(first)) if taxes.all(|other| other.is_like(first)) => Falls::Within(first),
                (Some(_), Some(_)) => Falls::Spread,
                (Some(category), None) if term.stands_on(supply) => {
                    Falls::Within(self.taxed_as(Some(category), supply)?)
                }
                (_, None) => continue,
            };
            let one_off = place >= self.adjustments.len();
            adjustments.push(Adjusting { falls, lines: Some(own), one_off, term });
        }
        // What is taken off one category comes after all that is charged in it.
        adjustments
            .sort_by_key(|one| one.term.tax_category.is_some() && one.term.kind == AdjustmentKind::Allowance);
        Ok(Unsummed {
            adjustments,
            currency: self.currency,
            deposits: self.deposits,
            lines: lines.into_iter().map(|(amount, supplied)| (amount, supplied.taxed)).collect(),
            prepaid: self.prepaid,
            rule: AmountRule { discount: self.discount, ..self.amounts.rule(self.currency) },
        })
    }
}
