use std::collections::BTreeMap;

use super::collapse::{gather, is_part, subtotals};
use super::{DiscountRow, GroupValue, Subtotal};
use crate::calendar::Date;
use crate::canon::{Digest, sha256, shape, to_bytes, words};
use crate::error_code::{Code, Coded};
use crate::id::Id;
use crate::money::{Currency, Minor, MoneyError, Price};
use crate::rating::{Charge, Unit};
use crate::tax::{TaxError, TaxRow, TaxRule, rows, rule_on};
use crate::work::CodeMap;

words! {
    /// How charges are gathered into lines; every line keeps its charges.
    pub enum Collapse {
        /// One line per charge.
        None = "none",
        /// One line per ticket and charge code.
        Ticket = "ticket",
        /// One line per ticket, charge code, price, factor and coverage.
        TicketRate = "ticket_rate",
        /// The same per day.
        TicketRateDay = "ticket_rate_day",
        /// One line per agent and charge code.
        Agent = "agent",
        /// One line per charge code.
        Code = "code",
    }
}

shape! {
    /// The days whose work an invoice bills.
    pub struct Period {
        /// First day.
        pub from: Date,
        /// Last day.
        pub to: Date,
    }
}

shape! {
    /// One line of an invoice.
    pub struct Line {
        /// What it was made from, every cent.
        pub charges: Vec<Charge>,
        /// Charge code.
        pub code: Id,
        /// The customer the work was for.
        pub customer: Id,
        /// Name of the charge code when the invoice was drafted.
        pub description: String,
        /// Id of the line, unique in its account.
        pub id: Id,
        /// Sum of the charges' nets.
        pub net: Minor,
        /// Unit price, where all charges share one.
        pub price: Option<Price>,
        /// Sum of the charges' quantities: seconds or pieces.
        pub quantity: Price,
        /// Tax category; untaxed when left out.
        pub tax_category: Option<Id>,
        /// Tax rate in percent.
        pub tax_percent: Option<Price>,
        /// The ticket.
        pub ticket: Option<Id>,
        /// What the quantity counts.
        pub unit: Unit,
    }
}

shape! {
    /// An invoice as it is approved and issued; nothing of it changes afterwards.
    pub struct Draft {
        /// The currency of every amount.
        pub currency: Currency,
        /// What is to be paid: net and tax.
        pub gross: Minor,
        /// What all its lines have in common, where the policy groups by it.
        pub grouping: Vec<GroupValue>,
        /// Id of the invoice, unique in its account.
        pub id: Id,
        /// Its lines.
        pub lines: Vec<Line>,
        /// Sum of the lines before tax.
        pub net: Minor,
        /// Who pays.
        pub payer: Id,
        /// The days whose work it bills.
        pub period: Period,
        /// The number series it will draw from.
        pub series: Id,
        /// Its nets by customer and agreement; they add up to its net.
        pub subtotals: Vec<Subtotal>,
        /// Sum of the tax rows.
        pub tax: Minor,
        /// Tax by category and rate.
        pub taxes: Vec<TaxRow>,
        /// When it will fall due.
        pub terms: Id,
        /// Release of the time-zone data that the work was cut with.
        pub zone_data: String,
    }
}

impl Draft {
    /// The digest of exactly this content: what approvals are bound to.
    #[must_use]
    pub fn digest(&self) -> Digest {
        sha256(&to_bytes(self))
    }

    /// The nets by tax rate that an early-payment discount is judged on; what is untaxed at a rate of 0.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn discount_rows(&self) -> Result<Vec<DiscountRow>, MoneyError> {
        let mut nets: BTreeMap<Price, Minor> = BTreeMap::new();
        for line in &self.lines {
            let net = nets.entry(line.tax_percent.unwrap_or_default()).or_default();
            *net = net.plus(line.net)?;
        }
        Ok(nets.into_iter().map(|(percent, net)| DiscountRow { net, percent }).collect())
    }
}

/// What a draft is assembled from besides its charges.
#[derive(Debug, Clone)]
pub struct Frame<'f> {
    /// How lines are gathered.
    pub collapse: Collapse,
    /// Charge codes, for names and tax categories.
    pub codes: &'f CodeMap,
    /// Currency of the invoice.
    pub currency: Currency,
    /// What all its lines have in common.
    pub grouping: Vec<GroupValue>,
    /// Id of the invoice.
    pub id: Id,
    /// Who pays.
    pub payer: &'f Id,
    /// The period.
    pub period: Period,
    /// The number series.
    pub series: &'f Id,
    /// The date of supply for taxes.
    pub supply: Date,
    /// Tax rules; none means nothing is taxed.
    pub taxes: &'f [TaxRule],
    /// Payment terms.
    pub terms: &'f Id,
}

/// Why a draft could not be assembled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unassembled {
    /// A sum left its limit.
    Money(MoneyError),
    /// A tax rate is missing.
    Tax(TaxError),
}

impl core::fmt::Display for Unassembled {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Money(error) => error.fmt(f),
            Self::Tax(error) => error.fmt(f),
        }
    }
}

impl Coded for Unassembled {
    fn code(&self) -> Code {
        match self {
            Self::Money(error) => error.code(),
            Self::Tax(error) => error.code(),
        }
    }
}

impl From<MoneyError> for Unassembled {
    fn from(error: MoneyError) -> Self {
        Self::Money(error)
    }
}

/// Assembles an invoice from charges with the customer of each: lines in the order of customer,
/// ticket, code; taxes by category and rate; sums.
///
/// # Errors
/// [`Unassembled`].
pub fn assemble(frame: &Frame<'_>, charges: Vec<(Id, Charge)>) -> Result<Draft, Unassembled> {
    let groups = gather(frame.collapse, charges);
    let mut lines = Vec::with_capacity(groups.len());
    let mut taxed: Vec<(&TaxRule, Minor)> = Vec::new();
    for (key, charges) in groups {
        let (customer, ticket, code, unit) = (key.customer, key.ticket, key.code, key.unit);
        let number = lines.len().saturating_add(1);
        let net = Minor::sum(charges.iter().map(|charge| charge.net))?;
        let category = frame.codes.tax_category(&code).filter(|_| !frame.taxes.is_empty());
        let rule = match category {
            Some(category) => Some(rule_on(frame.taxes, category, frame.supply).map_err(Unassembled::Tax)?),
            None => None,
        };
        taxed.extend(rule.map(|rule| (rule, net)));
        let quantity = sum_quantities(&charges)?;
        let description = frame.codes.code(&code).map_or_else(|_| code.to_string(), |code| code.name.clone());
        lines.push(Line {
            price: shared_price(&charges),
            charges,
            code,
            customer,
            description,
            id: crate::audit::numbered_id(&frame.id, number),
            net,
            quantity,
            tax_category: rule.map(|rule| rule.category.clone()),
            tax_percent: rule.map(|rule| rule.percent),
            ticket,
            unit,
        });
    }
    let taxes = rows(taxed)?;
    let net = Minor::sum(lines.iter().map(|line| line.net))?;
    let tax = Minor::sum(taxes.iter().map(|row| row.tax))?;
    let parts = lines.iter().flat_map(|line| line.charges.iter().map(|charge| (&line.customer, charge)));
    let subtotals = subtotals(parts)?;
    Ok(Draft {
        currency: frame.currency,
        gross: net.plus(tax)?,
        grouping: frame.grouping.clone(),
        id: frame.id.clone(),
        lines,
        net,
        payer: frame.payer.clone(),
        period: frame.period.clone(),
        series: frame.series.clone(),
        subtotals,
        tax,
        taxes,
        terms: frame.terms.clone(),
        zone_data: crate::calendar::Zone::data_version().to_owned(),
    })
}

fn sum_quantities(charges: &[Charge]) -> Result<Price, MoneyError> {
    let overflow = MoneyError::Overflow { limit: Price::LIMIT };
    let mut sum = rust_decimal::Decimal::ZERO;
    for charge in charges {
        sum = sum.checked_add(charge.quantity.to_decimal()).ok_or_else(|| overflow.clone())?;
    }
    Price::from_decimal(sum)
}

/// The unit price, where all charges share one.
fn shared_price(charges: &[Charge]) -> Option<Price> {
    let first = charges.first()?.price;
    charges.iter().all(|charge| charge.price == first && !is_part(charge)).then_some(first)
}
