use std::collections::BTreeMap;

use super::draft::{shared_article, shared_price, sum_quantities};
use super::{Draft, Unassembled};
use crate::calendar::Date;
use crate::id::Id;
use crate::money::{Minor, MoneyError, Price};
use crate::rating::{Article, Charge};
use crate::tax::{GroupId, Prices, Tally, TaxRole, TaxRow, TaxRule, Treatment};

/// What bears taxes: its amount as prices are stated, its net, its taxes.
type Bearer<'d> = (Minor, Minor, Vec<(TaxRole, &'d Id, Price)>);

impl Draft {
    /// Whether the tax rows are what the lines and the shares of the document's own allowances and charges
    /// come to by the rule of the document, and every net is the base of its amount.
    ///
    /// # Errors
    /// What adding them up refuses.
    pub fn taxes_follow(&self) -> Result<bool, Unassembled> {
        let rule = &self.totals.rule;
        let prices = match (rule.prices_include_tax, rule.en16931) {
            (false, _) => Prices::Exclusive,
            (true, false) => Prices::Inclusive,
            (true, true) => Prices::InclusiveByBase,
        };
        let mut within = Tally::new(prices, rule.tax_rounding).discounted(rule.discount);
        let mut beside = Tally::new(Prices::Exclusive, rule.tax_rounding).discounted(rule.discount);
        let mut groups: Vec<(GroupId, Vec<Minor>, Vec<Minor>)> = Vec::new();
        for (amount, net, taxes) in self.bearers() {
            if taxes.iter().all(|(role, ..)| *role != TaxRole::Tax) && amount != net {
                return Ok(false);
            }
            for (role, category, percent) in taxes {
                let rule = bare(category, percent);
                if role != TaxRole::Tax {
                    let group = beside.group(role, &rule, percent);
                    beside.add(group, net)?;
                    continue;
                }
                let group = within.group(role, &rule, percent);
                within.add(group, amount)?;
                match groups.iter_mut().find(|(known, ..)| *known == group) {
                    Some((_, amounts, nets)) => {
                        amounts.push(amount);
                        nets.push(net);
                    }
                    None => groups.push((group, vec![amount], vec![net])),
                }
            }
        }
        for (group, amounts, nets) in &groups {
            if within.bases(*group, amounts)? != *nets {
                return Ok(false);
            }
        }
        let mut rows = within.rows()?;
        rows.extend(beside.rows()?);
        let same = |(own, row): (&TaxRow, &TaxRow)| {
            own.is_of(row) && own.is_treated() && (own.base, own.tax) == (row.base, row.tax)
        };
        Ok(rows.len() == self.totals.taxes.len() && self.totals.taxes.iter().zip(&rows).all(same))
    }

    /// Whether quantities, prices, articles and tickets of the lines are those of their charges.
    ///
    /// # Errors
    /// [`MoneyError::NumberRange`] when a quantity leaves its limit.
    pub fn lines_follow(&self) -> Result<bool, MoneyError> {
        for line in &self.lines {
            let of_ticket = |charge: &Charge| line.ticket.is_none() || charge.ticket == line.ticket;
            let of_line = |charge: &Charge| (&charge.code, charge.unit) == (&line.code, line.unit);
            let counted = (sum_quantities(&line.charges)?, shared_price(&line.charges));
            let article = shared_article(&line.charges);
            let delivered = |article: &Article| {
                (&article.name, Some(&article.sku)) == (&line.description, line.sku.as_ref())
            };
            if counted != (line.quantity, line.price)
                || !article.map_or(line.sku.is_none(), delivered)
                || !line.charges.iter().all(|charge| of_ticket(charge) && of_line(charge))
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether the date of supply is the last of its charges, as an invoice of a day has them, and on one date of
    /// supply a category has one rate.
    #[must_use]
    pub fn supply_follows(&self, on: Date) -> bool {
        let mut rates: BTreeMap<(TaxRole, &Id, Date), Price> = BTreeMap::new();
        let mut last = None;
        for line in &self.lines {
            for day in line.charges.iter().map(|charge| charge.supplied(on)) {
                last = last.max(Some(day));
                for tax in &line.taxes {
                    let known = rates.insert((tax.role, &tax.category, day), tax.percent);
                    if known.is_some_and(|known| known != tax.percent) {
                        return false;
                    }
                }
            }
        }
        last.unwrap_or(on) == self.supply
    }

    fn bearers(&self) -> impl Iterator<Item = Bearer<'_>> {
        let lines = self.lines.iter().map(|line| {
            let taxes = line.taxes.iter().map(|tax| (tax.role, &tax.category, tax.percent));
            (line.amount, line.net, taxes.collect())
        });
        let shares = self.adjustments.iter().flat_map(|adjustment| {
            adjustment.shares.iter().map(move |share| {
                let signed = |amount| adjustment.kind.signed(amount);
                let taxes = share.taxes.iter().map(|tax| (tax.role, &tax.category, tax.percent));
                (signed(share.amount), signed(share.net), taxes.collect())
            })
        });
        lines.chain(shares)
    }
}

/// A rule of a category and rate alone.
fn bare(category: &Id, percent: Price) -> TaxRule {
    TaxRule {
        category: category.clone(),
        exemption: None,
        exemption_code: None,
        from: None,
        percent,
        surcharge: None,
        to: None,
        treatment: Treatment::Standard,
    }
}
