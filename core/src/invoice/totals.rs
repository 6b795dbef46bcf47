//! The sums of a document: its lines, its own allowances and charges, its taxes, what is to be paid.

use super::adjustment::AdjustmentShare;
use super::{AdjustmentKind, AdjustmentTerm, Deposit, InvoiceError, PriceAdjustment, Unassembled};
use crate::canon::shape;
use crate::money::{Currency, Minor, MoneyError, Price, Rounding, divide, split};
use crate::tax::{
    GroupId, Prices, Statement, SumRule, Tally, TaxError, TaxRole, TaxRounding, TaxRow, Taxed, violated,
};

shape! {
    /// The step that cash payments of a currency are rounded to.
    pub struct CashStep {
        /// The currency.
        pub currency: Currency,
        /// How.
        pub rounding: Rounding = Rounding::HalfUp,
        /// The smallest coin.
        pub step: Minor,
    }
}

shape! {
    /// How the sums of documents are made.
    pub struct AmountPolicy {
        /// Steps that what is to be paid is rounded to; currencies without one are not rounded.
        pub cash: Vec<CashStep>,
        /// Whether prices that contain their tax are taken apart as EN 16931 wants it.
        pub en16931: bool = false,
        /// Whether prices contain their tax.
        pub prices_include_tax: bool = false,
        /// What tax is rounded once for.
        pub tax_rounding: TaxRounding = TaxRounding::Group,
    }
}

impl Default for AmountPolicy {
    fn default() -> Self {
        Self { cash: Vec::new(), en16931: false, prices_include_tax: false, tax_rounding: TaxRounding::Group }
    }
}

shape! {
    /// The rule that the sums of one document were made by.
    pub struct AmountRule {
        /// How what is to be paid was rounded to the step.
        pub cash_rounding: Rounding = Rounding::HalfUp,
        /// The step that what is to be paid was rounded to.
        pub cash_step: Option<Minor>,
        /// The percentage that paying early leaves out and that is not taxed, whether or not it is taken.
        pub discount: Option<Price>,
        /// Whether prices that contain their tax are taken apart as EN 16931 wants it.
        pub en16931: bool = false,
        /// Whether prices contain their tax.
        pub prices_include_tax: bool = false,
        /// What tax was rounded once for.
        pub tax_rounding: TaxRounding = TaxRounding::Group,
    }
}

shape! {
    /// The sums of a document, by the names of EN 16931 where it has them.
    pub struct Totals {
        /// Sum of the document's allowances before tax (BT-107).
        pub allowance: Minor,
        /// Sum of the document's charges before tax (BT-108).
        pub charge: Minor,
        /// Whether BR-CO-10 to 17 hold to the last minor unit, and all of the net stands in a tax row.
        pub en16931: bool,
        /// Net and tax (BT-112).
        pub gross: Minor,
        /// Sum of the lines before tax (BT-106).
        pub lines: Minor,
        /// Lines less allowances plus charges (BT-109).
        pub net: Minor,
        /// What is to be paid: gross less withheld and prepaid, plus rounding (BT-115).
        pub payable: Minor,
        /// What was paid ahead (BT-113).
        pub prepaid: Minor,
        /// What was added to round what is to be paid, or to meet prices that contained their tax (BT-114).
        pub rounding: Minor,
        /// The rule they were made by.
        pub rule: AmountRule,
        /// Sum of the taxes that are added (BT-110).
        pub tax: Minor,
        /// Tax by role, category and rate.
        pub taxes: Vec<TaxRow>,
        /// Sum of the taxes that the buyer keeps back.
        pub withheld: Minor,
    }
}

impl AmountPolicy {
    /// Faults of the policy, each with the field it stands in.
    #[must_use]
    pub fn check(&self) -> Vec<(String, Unassembled)> {
        let mut errors = Vec::new();
        if self.en16931 && self.tax_rounding == TaxRounding::Line {
            errors.push(("/tax_rounding".to_owned(), Unassembled::Tax(TaxError::Rounding)));
        }
        for (place, cash) in self.cash.iter().enumerate() {
            let twice = self.cash.iter().take(place).any(|other| other.currency == cash.currency);
            if !cash.step.is_positive() || twice {
                let error = InvoiceError::CashStep { currency: cash.currency.to_string() };
                errors.push((format!("/cash/{place}"), Unassembled::Invoice(error)));
            }
        }
        errors
    }

    /// The rule for a document of a currency without a discount that is not taxed.
    #[must_use]
    pub fn rule(&self, currency: Currency) -> AmountRule {
        let cash = self.cash.iter().find(|cash| cash.currency == currency);
        AmountRule {
            cash_rounding: cash.map_or(Rounding::HalfUp, |cash| cash.rounding),
            cash_step: cash.map(|cash| cash.step),
            discount: None,
            en16931: self.en16931,
            prices_include_tax: self.prices_include_tax,
            tax_rounding: self.tax_rounding,
        }
    }
}

impl AmountRule {
    /// Whether the parts of the rule go together.
    ///
    /// # Errors
    /// [`TaxError::Rounding`]; [`InvoiceError::DiscountPrices`] for prices that contain the tax of a discounted net.
    pub fn check(&self) -> Result<(), Unassembled> {
        if self.en16931 && self.tax_rounding == TaxRounding::Line {
            return Err(Unassembled::Tax(TaxError::Rounding));
        }
        if self.discount.is_some() && self.prices_include_tax {
            return Err(Unassembled::Invoice(InvoiceError::DiscountPrices));
        }
        Ok(())
    }

    const fn prices(&self) -> Prices {
        match (self.prices_include_tax, self.en16931) {
            (false, _) => Prices::Exclusive,
            (true, false) => Prices::Inclusive,
            (true, true) => Prices::InclusiveByBase,
        }
    }
}

/// What a document's own allowance or charge falls on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Falls<'d> {
    /// On everything that is positive, by largest remainder; where nothing is, what is charged falls on every
    /// line alike.
    Spread,
    /// On these taxes alone; a percentage is taken of what bears them.
    On(Taxed<'d>),
    /// The same, and what is taken off is no more than what stands there: no tax is charged below nothing.
    Within(Taxed<'d>),
}

/// An allowance or charge of a document, and what it falls on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjusting<'d> {
    /// The taxes.
    pub falls: Falls<'d>,
    /// Places of the lines, ascending; every line when left out.
    pub lines: Option<Vec<usize>>,
    /// Whether it was given on this document alone.
    pub one_off: bool,
    /// What was agreed or given.
    pub term: &'d AdjustmentTerm,
}

/// What a document is summed from.
#[derive(Debug, Clone)]
pub struct Unsummed<'d> {
    /// Its own allowances and charges.
    pub adjustments: Vec<Adjusting<'d>>,
    /// The currency of every amount.
    pub currency: Currency,
    /// Down payments to be deducted, with their taxes.
    pub deposits: &'d [Deposit],
    /// The amount of each line, as prices are stated and after its own adjustments, with its taxes.
    pub lines: Vec<(Minor, Taxed<'d>)>,
    /// Paid ahead without a document that taxed it.
    pub prepaid: Minor,
    /// The rule to sum by.
    pub rule: AmountRule,
}

impl Totals {
    /// The sums of a document that was made elsewhere, as they were stated: rows that add up to the tax.
    #[must_use]
    pub(crate) fn stated(
        currency: Currency,
        net: Minor,
        taxes: Vec<TaxRow>,
        tax: Minor,
        gross: Minor,
    ) -> Self {
        let mut stated = Self {
            allowance: Minor::ZERO,
            charge: Minor::ZERO,
            en16931: false,
            gross,
            lines: net,
            net,
            payable: gross,
            prepaid: Minor::ZERO,
            rounding: Minor::ZERO,
            rule: AmountPolicy::default().rule(currency),
            tax,
            taxes,
            withheld: Minor::ZERO,
        };
        stated.en16931 = stated.is_broken_down() && stated.violated_alone(currency).is_empty();
        stated
    }
}

/// A document summed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summed {
    /// Its own allowances and charges, with amounts and shares.
    pub adjustments: Vec<PriceAdjustment>,
    /// The net of each line, before tax.
    pub nets: Vec<Minor>,
    /// The sums.
    pub totals: Totals,
}

/// Everything that bears the same taxes.
struct Cell<'d> {
    taxed: Taxed<'d>,
    /// Its group among the prices.
    group: Option<GroupId>,
    /// Its groups among the nets: surcharge and withholding.
    beside: Vec<GroupId>,
}

/// Lines of a cell: their sum, and how many.
type Own = (Minor, i64);

/// An amount of a cell: a line, or the share of an adjustment.
struct Part {
    cell: usize,
    amount: Minor,
    net: Minor,
}

struct Summing<'d> {
    rule: AmountRule,
    cells: Vec<Cell<'d>>,
    parts: Vec<Part>,
    prices: Tally,
    beside: Tally,
}

/// Sums a document: the one way from the amounts of lines to what is to be paid.
///
/// # Errors
/// Every [`Unassembled`]: an amount beyond its limit, an adjustment that nothing bears, a deposit
/// that was taxed otherwise.
pub fn totals(document: &Unsummed<'_>) -> Result<Summed, Unassembled> {
    let rule = &document.rule;
    rule.check()?;
    let mut summing = Summing {
        rule: rule.clone(),
        cells: Vec::new(),
        parts: Vec::with_capacity(document.lines.len()),
        prices: Tally::new(rule.prices(), rule.tax_rounding).discounted(rule.discount),
        beside: Tally::new(Prices::Exclusive, rule.tax_rounding).discounted(rule.discount),
    };
    for &(amount, taxed) in &document.lines {
        let cell = summing.cell(taxed);
        summing.add(cell, amount)?;
    }
    let mut adjustments = Vec::with_capacity(document.adjustments.len());
    for adjusting in &document.adjustments {
        adjustments.push(summing.adjust(adjusting, document.lines.len())?);
    }
    summing.net()?;
    let nets = summing.parts.iter().take(document.lines.len()).map(|part| part.net).collect::<Vec<_>>();
    let mut parts = summing.parts.iter().skip(document.lines.len());
    for adjustment in &mut adjustments {
        let mut net = Minor::ZERO;
        for (share, part) in adjustment.shares.iter_mut().zip(parts.by_ref()) {
            share.net = adjustment.kind.signed(part.net);
            net = net.plus(share.net)?;
        }
        adjustment.net = net;
    }
    let totals = summing.totals(document, &nets, &adjustments)?;
    Ok(Summed { adjustments, nets, totals })
}

impl<'d> Summing<'d> {
    /// The cell of taxes; categories and rates are compared by value.
    fn cell(&mut self, taxed: Taxed<'d>) -> usize {
        if let Some(place) = self.cells.iter().position(|cell| cell.taxed.is_like(taxed)) {
            return place;
        }
        let mut cell = Cell { taxed, group: None, beside: Vec::new() };
        for (role, rule, percent) in taxed.taxes() {
            match role {
                TaxRole::Tax => cell.group = Some(self.prices.group(role, rule, percent)),
                TaxRole::Surcharge | TaxRole::Withheld => {
                    cell.beside.push(self.beside.group(role, rule, percent));
                }
            }
        }
        self.cells.push(cell);
        self.cells.len().saturating_sub(1)
    }

    fn add(&mut self, cell: usize, amount: Minor) -> Result<(), Unassembled> {
        if let Some(group) = self.cells.get(cell).and_then(|cell| cell.group) {
            self.prices.add(group, amount)?;
        }
        self.parts.push(Part { cell, amount, net: amount });
        Ok(())
    }

    /// The lines of each cell that an adjustment falls on, of so many.
    fn own(&self, lines: Option<&[usize]>, count: usize) -> Result<Vec<Own>, MoneyError> {
        let mut own = vec![(Minor::ZERO, 0_i64); self.cells.len()];
        for (place, part) in self.parts.iter().take(count).enumerate() {
            if lines.is_some_and(|lines| lines.binary_search(&place).is_err()) {
                continue;
            }
            if let Some((sum, count)) = own.get_mut(part.cell) {
                (*sum, *count) = (sum.plus(part.amount)?, count.saturating_add(1));
            }
        }
        Ok(own)
    }

    /// Applies an adjustment of the document to the lines it falls on, of so many.
    fn adjust(&mut self, adjusting: &Adjusting<'d>, count: usize) -> Result<PriceAdjustment, Unassembled> {
        let falls = adjusting.falls;
        let alone = match falls {
            Falls::Spread => None,
            Falls::On(taxed) | Falls::Within(taxed) => Some(self.cell(taxed)),
        };
        let own = self.own(adjusting.lines.as_deref(), count)?;
        let cells = alone.map_or_else(|| (0..own.len()).collect(), |place| vec![place]);
        let whole = Minor::sum(cells.iter().filter_map(|place| own.get(*place)).map(|(sum, _)| *sum))?;
        let mut adjustment = PriceAdjustment { one_off: adjusting.one_off, ..adjusting.term.of(whole)? };
        let takes = adjustment.kind.signed(adjustment.amount) < Minor::ZERO;
        let weights = match falls {
            Falls::Spread => {
                let weights: Vec<i64> = own.iter().map(|(sum, _)| sum.units().max(0)).collect();
                // A fixed allowance takes no more than there is: a document of nothing stays one of nothing.
                let there = weights.iter().fold(0_i64, |sum, weight| sum.saturating_add(*weight));
                if adjustment.kind == AdjustmentKind::Allowance {
                    adjustment.amount = adjustment.amount.min(Minor::new(there)?);
                }
                match (takes, there) {
                    (true, 0) => {
                        adjustment.amount = Minor::ZERO;
                        weights
                    }
                    (true, _) => self.room(&mut adjustment, weights)?,
                    (false, 0) => own.iter().map(|(_, count)| *count).collect(),
                    (false, _) => weights,
                }
            }
            Falls::Within(_) if takes => {
                let standing = cells.iter().map(|place| self.standing(*place));
                let standing = Minor::sum(standing.collect::<Result<Vec<_>, _>>()?)?;
                let most = adjustment.amount.magnitude().min(standing.max(Minor::ZERO));
                adjustment.amount = adjustment.kind.signed(most.negated());
                vec![1]
            }
            Falls::On(_) | Falls::Within(_) => vec![1],
        };
        for (place, share) in cells.into_iter().zip(split(adjustment.amount.units(), &weights)?) {
            let Some(cell) = self.cells.get(place).filter(|_| share != 0) else { continue };
            let (amount, taxes) = (Minor::new(share)?, cell.taxed.line_taxes());
            self.add(place, adjustment.kind.signed(amount))?;
            adjustment.shares.push(AdjustmentShare { amount, net: amount, taxes });
        }
        Ok(adjustment)
    }

    /// What stands in a cell so far: its lines, and what was charged and allowed before.
    fn standing(&self, place: usize) -> Result<Minor, MoneyError> {
        Minor::sum(self.parts.iter().filter(|part| part.cell == place).map(|part| part.amount))
    }

    /// How what is taken off everything is spread: by the lines, or by what is left where earlier allowances
    /// leave less of one than falls on it, and then no more than that.
    fn room(&self, adjustment: &mut PriceAdjustment, weights: Vec<i64>) -> Result<Vec<i64>, Unassembled> {
        let mut left = Vec::with_capacity(weights.len());
        for place in 0..weights.len() {
            left.push(self.standing(place)?.units().max(0));
        }
        let shares = split(adjustment.amount.magnitude().units(), &weights)?;
        if shares.iter().zip(&left).all(|(share, left)| share <= left) {
            return Ok(weights);
        }
        let all = left.iter().fold(0_i64, |sum, one| sum.saturating_add(*one));
        let most = adjustment.amount.magnitude().min(Minor::new(all)?);
        adjustment.amount = adjustment.kind.signed(most.negated());
        Ok(left)
    }

    /// Finds the net of every part, and what is taxed beside.
    fn net(&mut self) -> Result<(), Unassembled> {
        if self.rule.prices_include_tax {
            let mut groups: Vec<GroupId> = self.cells.iter().filter_map(|cell| cell.group).collect();
            groups.sort_unstable();
            groups.dedup();
            for group in groups {
                let of = |part: &&mut Part| self.cells.get(part.cell).is_some_and(|c| c.group == Some(group));
                let mut parts: Vec<&mut Part> = self.parts.iter_mut().filter(of).collect();
                let amounts: Vec<Minor> = parts.iter().map(|part| part.amount).collect();
                for (part, net) in parts.iter_mut().zip(self.prices.bases(group, &amounts)?) {
                    part.net = net;
                }
            }
        }
        for part in &self.parts {
            for &group in self.cells.get(part.cell).map_or(&[][..], |cell| &cell.beside) {
                self.beside.add(group, part.net)?;
            }
        }
        Ok(())
    }

    fn totals(
        &self,
        document: &Unsummed<'_>,
        nets: &[Minor],
        adjustments: &[PriceAdjustment],
    ) -> Result<Totals, Unassembled> {
        let mut taxes = self.prices.rows()?;
        taxes.extend(self.beside.rows()?);
        let of_kind = |kind| adjustments.iter().filter(move |adjustment| adjustment.kind == kind);
        let sum_of = |kind| Minor::sum(of_kind(kind).map(|adjustment| adjustment.net));
        let lines = Minor::sum(nets.iter().copied())?;
        let (allowance, charge) = (sum_of(AdjustmentKind::Allowance)?, sum_of(AdjustmentKind::Charge)?);
        let net = lines.minus(allowance)?.plus(charge)?;
        let (tax, withheld) = sums_of(&taxes)?;
        let gross = net.plus(tax)?;
        let mut prepaid = document.prepaid;
        for deposit in document.deposits {
            deposit.check(&taxes, document.deposits)?;
            prepaid = prepaid.plus(deposit.amount)?;
        }
        // What prices that contained their tax promised, and cannot be base and tax of one rate.
        let difference = self.prices.taxes()?.difference;
        let exact = gross.minus(withheld)?.minus(prepaid)?.plus(difference)?;
        let payable = match self.rule.cash_step {
            Some(step) => cash_round(exact, step, self.rule.cash_rounding)?,
            None => exact,
        };
        let mut totals = Totals {
            allowance,
            charge,
            en16931: false,
            gross,
            lines,
            net,
            payable,
            prepaid,
            rounding: payable.minus(exact)?.plus(difference)?,
            rule: self.rule.clone(),
            tax,
            taxes,
            withheld,
        };
        totals.en16931 = totals.meets_en16931(document.currency, nets, adjustments);
        Ok(totals)
    }
}

/// Sums of the taxes that are added and of those that are kept back.
fn sums_of(rows: &[TaxRow]) -> Result<(Minor, Minor), MoneyError> {
    let sum = |withheld: bool| {
        let rows = rows.iter().filter(|row| (row.role == TaxRole::Withheld) == withheld);
        Minor::sum(rows.map(|row| row.tax))
    };
    Ok((sum(false)?, sum(true)?))
}

impl Totals {
    /// Whether all of the net stands in a tax row: an invoice has at least one (BR-CO-18), and every line its
    /// category (BR-CO-4).
    pub(crate) fn is_broken_down(&self) -> bool {
        let mut rows = self.taxes.iter().filter(|row| row.role == TaxRole::Tax).peekable();
        rows.peek().is_some() && Minor::sum(rows.map(|row| row.base)) == Ok(self.net)
    }

    /// What `en16931` says of a document with these lines and adjustments.
    #[must_use]
    pub fn meets_en16931(&self, currency: Currency, nets: &[Minor], adjustments: &[PriceAdjustment]) -> bool {
        self.is_broken_down() && self.violated(currency, nets, adjustments).is_empty()
    }

    /// The rules of EN 16931 about sums that the document misses; none where `en16931` stands.
    #[must_use]
    pub fn violated(
        &self,
        currency: Currency,
        nets: &[Minor],
        adjustments: &[PriceAdjustment],
    ) -> Vec<SumRule> {
        let of_kind = |kind| {
            let shares = adjustments.iter().filter(|adjustment| adjustment.kind == kind);
            shares.flat_map(|adjustment| &adjustment.shares).map(|share| share.net).collect()
        };
        violated(&Statement {
            currency,
            allowance: self.allowance,
            allowances: of_kind(AdjustmentKind::Allowance),
            charge: self.charge,
            charges: of_kind(AdjustmentKind::Charge),
            gross: self.gross,
            lines: self.lines,
            net: self.net,
            nets: nets.to_vec(),
            payable: self.payable,
            prepaid: self.prepaid,
            rounding: self.rounding,
            rows: Statement::rows_of(&self.taxes),
            tax: self.tax,
        })
    }

    /// The same for a document that states its sums and no lines: one line of its net, one allowance
    /// and one charge.
    pub(crate) fn violated_alone(&self, currency: Currency) -> Vec<SumRule> {
        violated(&Statement {
            currency,
            allowance: self.allowance,
            allowances: vec![self.allowance],
            charge: self.charge,
            charges: vec![self.charge],
            gross: self.gross,
            lines: self.lines,
            net: self.net,
            nets: vec![self.lines],
            payable: self.payable,
            prepaid: self.prepaid,
            rounding: self.rounding,
            rows: Statement::rows_of(&self.taxes),
            tax: self.tax,
        })
    }

    /// The sums as they would be if nothing had been paid ahead; `None` where prices contained their tax and what is
    /// to be paid was rounded to a step, because what each of them rounded is not stated.
    ///
    /// # Errors
    /// [`InvoiceError::CashStep`], or an overflow.
    pub fn undeducted(&self) -> Result<Option<Self>, Unassembled> {
        let exact = self.gross.minus(self.withheld)?;
        let payable = match self.rule.cash_step {
            None => self.payable.plus(self.prepaid)?,
            Some(_) if self.rule.prices_include_tax => return Ok(None),
            Some(step) => cash_round(exact, step, self.rule.cash_rounding)?,
        };
        let rounding = payable.minus(exact)?;
        Ok(Some(Self { payable, prepaid: Minor::ZERO, rounding, ..self.clone() }))
    }

    /// Whether the sums follow from the nets of the lines, the adjustments and the tax rows.
    #[must_use]
    pub fn follow(&self, nets: &[Minor], adjustments: &[PriceAdjustment]) -> bool {
        let check = || -> Result<bool, MoneyError> {
            let lines = Minor::sum(nets.iter().copied())?;
            let mut net = lines;
            for adjustment in adjustments {
                net = net.plus(adjustment.kind.signed(adjustment.net))?;
                if adjustment.net != Minor::sum(adjustment.shares.iter().map(|share| share.net))? {
                    return Ok(false);
                }
            }
            let (tax, withheld) = sums_of(&self.taxes)?;
            let gross = net.plus(tax)?;
            let payable = gross.minus(withheld)?.minus(self.prepaid)?.plus(self.rounding)?;
            let adjusted = self.lines.minus(self.allowance)?.plus(self.charge)?;
            Ok((lines, net, adjusted) == (self.lines, self.net, net)
                && (tax, withheld) == (self.tax, self.withheld)
                && (gross, payable) == (self.gross, self.payable))
        };
        check() == Ok(true)
    }
}

/// Rounds what is to be paid to a step.
///
/// # Errors
/// [`InvoiceError::CashStep`] for a step that is not positive, or an overflow.
///
/// ```
/// use duebill::{invoice::cash_round, money::{Minor, Rounding}};
/// let payable = cash_round(Minor::new(2_018)?, Minor::new(5)?, Rounding::HalfUp)?;
/// assert_eq!(payable.units(), 2_020);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn cash_round(amount: Minor, step: Minor, rounding: Rounding) -> Result<Minor, Unassembled> {
    let steps = divide(amount.units().into(), step.units().into(), rounding);
    let Some(steps) = steps else {
        return Err(Unassembled::Invoice(InvoiceError::CashStep { currency: step.units().to_string() }));
    };
    Ok(Minor::from_wide(steps.saturating_mul(step.units().into()))?)
}

/// The amount of a line: quantity times price for a base quantity, rounded once to the currency.
///
/// # Errors
/// [`InvoiceError::BaseQuantity`] unless the base quantity is positive, or an overflow.
pub fn line_amount(
    price: Price,
    quantity: Price,
    base_quantity: Price,
    currency: Currency,
    rounding: Rounding,
) -> Result<Minor, Unassembled> {
    let overflow = || MoneyError::Overflow { limit: Minor::LIMIT };
    if base_quantity <= Price::ZERO {
        let got = base_quantity.to_string();
        return Err(Unassembled::Invoice(InvoiceError::BaseQuantity { got }));
    }
    let product = i128::from(price.coefficient()).checked_mul(quantity.coefficient().into());
    let up = currency.digits().saturating_add(base_quantity.scale());
    let down = price.scale().saturating_add(quantity.scale());
    let power = crate::money::decimal::power;
    let numerator = product.and_then(|p| p.checked_mul(power(up.saturating_sub(down))));
    let denominator = i128::from(base_quantity.coefficient()).checked_mul(power(down.saturating_sub(up)));
    let units = match (numerator, denominator) {
        (Some(numerator), Some(denominator)) => divide(numerator, denominator, rounding),
        _ => None,
    };
    Ok(units.ok_or_else(overflow).and_then(Minor::from_wide)?)
}
