//! The one way from the amounts of lines to what is to be paid.

use super::adjustment::AdjustmentShare;
use super::totals::{cash_round, sums_of};
use super::{AdjustmentKind, AdjustmentTerm, AmountRule, Deposit, PriceAdjustment, Totals, Unassembled};
use crate::money::{Currency, Minor, MoneyError, split};
use crate::tax::{GroupId, Prices, Tally, TaxRole, Taxed};

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
