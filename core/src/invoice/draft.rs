use std::collections::BTreeMap;

use super::collapse::{is_part, subtotals};
use super::{
    Deposit, DiscountRow, GroupValue, Header, PaymentSchedule, PaymentTerms, PriceAdjustment, ReferenceRule,
    Subtotal, Totals, TypeCode, UnitCode, Unscheduled, adjusted,
};
use crate::calendar::Date;
use crate::canon::{Digest, sha256, shape, to_bytes, words};
use crate::id::Id;
use crate::money::{Currency, Minor, MoneyError, Price, split};
use crate::rating::{Article, Charge, ChargeSource, Unit};
use crate::tax::{LineTax, TaxRole};

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
        /// Its own allowances and charges.
        pub adjustments: Vec<PriceAdjustment>,
        /// The charges' amounts and its adjustments, as prices are stated.
        pub amount: Minor,
        /// What it was made from, every cent.
        pub charges: Vec<Charge>,
        /// Charge code.
        pub code: Id,
        /// The customer the work was for.
        pub customer: Id,
        /// What was delivered, where all charges are for one article; else the name of the charge code.
        pub description: String,
        /// Id of the line, unique in its account.
        pub id: Id,
        /// Before tax: the amount where prices are stated so.
        pub net: Minor,
        /// Unit price, where all charges share one.
        pub price: Option<Price>,
        /// Sum of the charges' quantities: seconds or pieces.
        pub quantity: Price,
        /// The stock-keeping unit, where all charges are for one article.
        pub sku: Option<Id>,
        /// The taxes it bears; untaxed when left out.
        pub taxes: Vec<LineTax>,
        /// The ticket.
        pub ticket: Option<Id>,
        /// What the quantity counts.
        pub unit: Unit,
        /// What is priced, as electronic invoices call it.
        pub unit_code: UnitCode,
    }
}

shape! {
    /// An invoice as it is approved and issued; nothing of it changes afterwards.
    pub struct Draft {
        /// Its own allowances and charges.
        pub adjustments: Vec<PriceAdjustment>,
        /// The currency of every amount.
        pub currency: Currency,
        /// Down payments deducted from what is to be paid.
        pub deposits: Vec<Deposit>,
        /// What all its lines have in common, where the policy groups by it.
        pub grouping: Vec<GroupValue>,
        /// What it says besides lines and sums.
        pub header: Box<Header>,
        /// Id of the invoice, unique in its account.
        pub id: Id,
        /// Its lines.
        pub lines: Vec<Line>,
        /// Who pays.
        pub payer: Id,
        /// The days whose work it bills.
        pub period: Period,
        /// How its payment reference is made of its number.
        pub reference: Option<ReferenceRule>,
        /// The number series it will draw from.
        pub series: Id,
        /// Nets of its lines by customer and agreement; they add up to the sum of its lines.
        pub subtotals: Vec<Subtotal>,
        /// The last date of supply of its charges; the tax rates and adjustments of each stand on its own.
        pub supply: Date,
        /// When it will fall due, in how many parts, and what paying early leaves out.
        pub terms: Box<PaymentTerms>,
        /// The sums.
        pub totals: Totals,
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

    /// Whether it bills a down payment and nothing else.
    #[must_use]
    pub fn is_deposit(&self) -> bool {
        self.lines.iter().flat_map(|line| &line.charges).any(|charge| charge.source == ChargeSource::Deposit)
    }

    /// The nets by tax category and rate that an early-payment discount is judged on, less what was paid ahead; what
    /// is untaxed without a category.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn discount_rows(&self) -> Result<Vec<DiscountRow>, MoneyError> {
        let mut nets: BTreeMap<(Option<Id>, Price), Minor> = BTreeMap::new();
        for portion in self.portions()? {
            let tax = portion.taxes.into_iter().find(|tax| tax.role == TaxRole::Tax);
            let key = tax.map_or((None, Price::ZERO), |tax| (Some(tax.category), tax.percent));
            let net = nets.entry(key).or_default();
            *net = net.plus(portion.net)?;
        }
        for deposit in &self.deposits {
            let (tax, withheld) = deposit.tax()?;
            let mut untaxed = deposit.amount.minus(tax)?.plus(withheld)?;
            for row in deposit.taxes.iter().filter(|row| row.role == TaxRole::Tax) {
                untaxed = untaxed.minus(row.base)?;
                let net = nets.entry((Some(row.category.clone()), row.percent)).or_default();
                *net = net.minus(row.base)?;
            }
            let rest = nets.entry((None, Price::ZERO)).or_default();
            *rest = rest.minus(untaxed)?;
        }
        let row = |((category, percent), net)| DiscountRow { category, net, percent };
        Ok(nets.into_iter().map(row).collect())
    }

    /// When it falls due, in which parts, and what paying early leaves out, when it is issued on a date.
    ///
    /// # Errors
    /// [`Unscheduled`].
    pub fn schedule(&self, issued: Date) -> Result<PaymentSchedule, Unscheduled> {
        let rows = self.discount_rows()?;
        let schedule = self.terms.schedule(issued, self.totals.payable, self.currency, &rows)?;
        // A down payment is deducted as it was billed: nothing of it is left out.
        Ok(PaymentSchedule { discount: schedule.discount.filter(|_| !self.is_deposit()), ..schedule })
    }

    /// Whether header, lines, adjustments and sums follow from each other.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn follows(&self) -> Result<bool, MoneyError> {
        let type_code = if self.is_deposit() { TypeCode::Prepayment } else { TypeCode::Invoice };
        if self.header.buyer.id != self.payer || self.header.type_code != type_code {
            return Ok(false);
        }
        for line in &self.lines {
            if line.unit_code != UnitCode::of(line.unit) {
                return Ok(false);
            }
            let charged = Minor::sum(line.charges.iter().map(|charge| charge.net))?;
            if adjusted(charged, &line.adjustments)? != line.amount {
                return Ok(false);
            }
        }
        let nets: Vec<Minor> = self.lines.iter().map(|line| line.net).collect();
        let en16931 = self.totals.meets_en16931(self.currency, &nets, &self.adjustments);
        let of_line = |id: &Id| self.lines.iter().any(|line| line.id == *id);
        if !self.adjustments.iter().flat_map(|adjustment| &adjustment.lines).all(of_line) {
            return Ok(false);
        }
        let parts = subtotals(self.lines.iter())? == self.subtotals;
        Ok(parts && en16931 == self.totals.en16931 && self.totals.follow(&nets, &self.adjustments))
    }

    /// What can be credited: the net of each line after the document's own allowances and charges, each
    /// share of which falls on the lines of its taxes by largest remainder; and the shares that no line bears,
    /// each by itself. Together they are the net of the document.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn portions(&self) -> Result<Vec<Portion<'_>>, MoneyError> {
        let mut portions: Vec<Portion<'_>> = self.lines.iter().map(Portion::of).collect();
        let mut unborne = Vec::new();
        for (adjustment, share) in self
            .adjustments
            .iter()
            .flat_map(|adjustment| adjustment.shares.iter().map(move |s| (adjustment, s)))
        {
            let weight = |line: &Line| {
                let bears = adjustment.lines.is_empty() || adjustment.lines.contains(&line.id);
                if bears && line.taxes == share.taxes { line.net.units().max(0) } else { 0 }
            };
            let weights: Vec<i64> = self.lines.iter().map(weight).collect();
            if weights.iter().all(|&weight| weight == 0) {
                // It is numbered on behind the lines.
                let number = self.lines.len().saturating_add(unborne.len()).saturating_add(1);
                unborne.push(Portion {
                    description: &adjustment.reason,
                    falls: Vec::new(),
                    id: crate::audit::numbered_id(&self.id, number),
                    line: None,
                    net: adjustment.kind.signed(share.net),
                    quantity: Price::whole(1)?,
                    taxes: share.taxes.clone(),
                    unit_code: UnitCode::Piece,
                });
                continue;
            }
            let parts = split(share.net.units(), &weights)?;
            for (portion, part) in portions.iter_mut().zip(parts).filter(|(_, part)| *part != 0) {
                let net = adjustment.kind.signed(Minor::new(part)?);
                portion.net = portion.net.plus(net)?;
                portion.falls.push((adjustment, net));
            }
        }
        portions.append(&mut unborne);
        Ok(portions)
    }
}

/// A part of a document that can be credited by itself: a line, or the share of an allowance or charge of
/// the document that no line bears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portion<'d> {
    /// What it is for.
    pub description: &'d str,
    /// What falls on it of the document's own allowances and charges: before tax, below 0 for an allowance.
    pub falls: Vec<(&'d PriceAdjustment, Minor)>,
    /// Id of the line; one made for a share.
    pub id: Id,
    /// The line.
    pub line: Option<&'d Line>,
    /// Before tax; below 0 for an allowance.
    pub net: Minor,
    /// What it counts.
    pub quantity: Price,
    /// The taxes it bears.
    pub taxes: Vec<LineTax>,
    /// The unit, as electronic invoices name it.
    pub unit_code: UnitCode,
}

impl<'d> Portion<'d> {
    fn of(line: &'d Line) -> Self {
        Self {
            description: &line.description,
            falls: Vec::new(),
            id: line.id.clone(),
            line: Some(line),
            net: line.net,
            quantity: line.quantity,
            taxes: line.taxes.clone(),
            unit_code: line.unit_code,
        }
    }
}

pub(super) fn sum_quantities(charges: &[Charge]) -> Result<Price, MoneyError> {
    let overflow = MoneyError::Overflow { limit: Price::LIMIT };
    let mut sum = rust_decimal::Decimal::ZERO;
    for charge in charges {
        sum = sum.checked_add(charge.quantity.to_decimal()).ok_or_else(|| overflow.clone())?;
    }
    Price::from_decimal(sum)
}

/// What was delivered, where all charges are for one article.
pub(super) fn shared_article(charges: &[Charge]) -> Option<&Article> {
    let first = charges.first()?.article.as_ref()?;
    charges.iter().all(|charge| charge.article.as_ref() == Some(first)).then_some(first)
}

/// The unit price, where all charges share one.
pub(super) fn shared_price(charges: &[Charge]) -> Option<Price> {
    let first = charges.first()?.price;
    charges.iter().all(|charge| charge.price == first && !is_part(charge)).then_some(first)
}
