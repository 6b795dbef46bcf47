use super::{TaxError, TaxRole, TaxRow, TaxRule, Untallied};
use crate::canon::words;
use crate::money::{Minor, MoneyError, Power, Price, Rounding, decimal, divide, divide_by_power};

words! {
    /// What tax is rounded once for.
    pub enum TaxRounding {
        /// Every category and rate of the document, as EN 16931 wants it.
        Group = "group",
        /// Every line.
        Line = "line",
    }
}

/// What prices contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Prices {
    /// No tax: it is added.
    Exclusive,
    /// The tax: it is rounded, and what is left is the base.
    Inclusive,
    /// The tax: the base is rounded, and its tax computed from it, as EN 16931 wants it; the two may
    /// differ from the price, which is stated.
    InclusiveByBase,
}

/// A group of a [`Tally`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(u16);

/// A rate as a fraction: coefficient / 10^digits.
#[derive(Debug, Clone, Copy)]
struct Rate {
    coefficient: i64,
    digits: u8,
    /// 10^digits with what divides by it.
    power: Option<Power>,
}

/// What was added to a group.
#[derive(Debug, Clone, Copy)]
struct Sum {
    rate: Rate,
    /// Minor units; the limit of an amount is looked at when all is added, so that the order is free.
    amount: i64,
    tax: i64,
    used: bool,
    /// Whether what may be left out by paying early is not taxed.
    discounted: bool,
}

/// Base and tax of a group, with what they miss of prices that contained them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Taxes {
    /// Before tax.
    pub base: Minor,
    /// The tax.
    pub tax: Minor,
    /// Prices less base and tax; only where the base was rounded first.
    pub difference: Minor,
}

/// Adds amounts up by category and rate, and taxes them: the one place where a tax is rounded.
///
/// Groups are interned once, so that adding a line neither compares ids nor allocates; a tally is
/// cleared and used again for the next document of the same rates.
///
/// ```
/// use duebill::{canon, money::Minor, tax::{Prices, Tally, TaxRole, TaxRounding, TaxRule}};
/// let vat: TaxRule = canon::from_bytes(br#"{"category":"vat","percent":"20"}"#)?;
/// let mut tally = Tally::new(Prices::Exclusive, TaxRounding::Group);
/// let group = tally.group(TaxRole::Tax, &vat, vat.percent);
/// tally.add(group, Minor::new(333)?)?;
/// tally.add(group, Minor::new(333)?)?;
/// let sum = tally.taxes()?;
/// assert_eq!((sum.base.units(), sum.tax.units()), (666, 133)); // not 67 + 67
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Tally {
    discount: Option<Rate>,
    prices: Prices,
    rounding: TaxRounding,
    rows: Vec<TaxRow>,
    sums: Vec<Sum>,
}

impl Tally {
    /// A tally without groups.
    #[must_use]
    pub const fn new(prices: Prices, rounding: TaxRounding) -> Self {
        Self { discount: None, prices, rounding, rows: Vec::new(), sums: Vec::new() }
    }

    /// The same where tax is computed on what paying early leaves: the amounts less a percentage. What a
    /// buyer keeps back is computed on the whole. For prices that do not contain their tax.
    #[must_use]
    pub fn discounted(mut self, discount: Option<Price>) -> Self {
        self.discount = discount.map(Rate::of);
        self
    }

    /// The group of a category and rate; rates are compared by value.
    pub fn group(&mut self, role: TaxRole, rule: &TaxRule, percent: Price) -> GroupId {
        let key = (role, &rule.category, percent);
        let found = self.rows.iter().position(|row| row.key() == key);
        let place = found.unwrap_or_else(|| {
            self.rows.push(TaxRow {
                base: Minor::ZERO,
                category: rule.category.clone(),
                exemption: rule.exemption.clone(),
                exemption_code: rule.exemption_code.clone(),
                percent,
                role,
                tax: Minor::ZERO,
                treatment: rule.treatment,
            });
            let rate = Rate::of(percent);
            let discounted = self.discount.is_some() && role != TaxRole::Withheld;
            self.sums.push(Sum { rate, amount: 0, tax: 0, used: false, discounted });
            self.sums.len().saturating_sub(1)
        });
        // A document has a handful of rates; the last number stands for all beyond, and is no group.
        GroupId(u16::try_from(place).unwrap_or(u16::MAX))
    }

    /// Adds an amount to a group.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`]; [`TaxError::GroupUnknown`] for a group that only another tally has.
    #[inline]
    pub fn add(&mut self, group: GroupId, amount: Minor) -> Result<(), Untallied> {
        let sum = of_group(&mut self.sums, group)?;
        sum.add(amount)?;
        match (self.rounding, self.prices) {
            (TaxRounding::Group, _) => Ok(()),
            (TaxRounding::Line, Prices::Exclusive) => {
                let taxed = sum.taxed(self.discount.as_ref(), amount)?;
                sum.add_tax(taxed)
            }
            (TaxRounding::Line, prices) => {
                let tax = sum.rate.of_line(prices, amount)?;
                sum.tax = sum.tax.checked_add(tax).ok_or_else(overflow)?;
                Ok(())
            }
        }
    }

    /// Adds the lines of a document, as [`Tally::add`] does one by one.
    ///
    /// # Errors
    /// What the lines or adding them refuse.
    #[inline]
    pub fn add_all<E: From<Untallied>>(
        &mut self,
        lines: impl IntoIterator<Item = Result<(GroupId, Minor), E>>,
    ) -> Result<(), E> {
        let sums = self.sums.as_mut_slice();
        if self.prices == Prices::Exclusive && self.rounding == TaxRounding::Group {
            for line in lines {
                let (group, amount) = line?;
                of_group(sums, group)?.add(amount)?;
            }
        } else if self.prices == Prices::Exclusive && self.discount.is_none() {
            for line in lines {
                let (group, amount) = line?;
                let sum = of_group(sums, group)?;
                sum.add(amount)?;
                sum.add_tax(amount)?;
            }
        } else {
            for line in lines {
                let (group, amount) = line?;
                self.add(group, amount)?;
            }
        }
        Ok(())
    }

    /// Base and tax of all groups.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    #[inline]
    pub fn taxes(&self) -> Result<Taxes, MoneyError> {
        if self.prices == Prices::Exclusive {
            return self.plain_taxes().ok_or(MoneyError::Overflow { limit: Minor::LIMIT });
        }
        let mut all = Taxes::default();
        for sum in &self.sums {
            let taxes = self.finish(sum)?;
            all.base = all.base.plus(taxes.base)?;
            all.tax = all.tax.plus(taxes.tax)?;
            all.difference = all.difference.plus(taxes.difference)?;
        }
        Ok(all)
    }

    /// Base and tax of all groups where nothing is contained in prices.
    #[inline]
    fn plain_taxes(&self) -> Option<Taxes> {
        let (mut base, mut tax) = (0_i64, 0_i64);
        for sum in &self.sums {
            base = base.checked_add(sum.amount)?;
            let own = match self.rounding {
                TaxRounding::Line => sum.tax,
                TaxRounding::Group => {
                    let taxed = sum.taxed(self.discount.as_ref(), Minor::new(sum.amount).ok()?).ok()?;
                    match sum.rate.quick(taxed) {
                        Some(tax) => tax.units(),
                        None => sum.rate.of_line(self.prices, taxed).ok()?,
                    }
                }
            };
            tax = tax.checked_add(own)?;
        }
        let (base, tax) = (Minor::new(base).ok()?, Minor::new(tax).ok()?);
        Some(Taxes { base, tax, difference: Minor::ZERO })
    }

    #[inline]
    fn finish(&self, sum: &Sum) -> Result<Taxes, MoneyError> {
        let (amount, added) = (Minor::new(sum.amount)?, Minor::new(sum.tax)?);
        match (self.prices, self.rounding) {
            (Prices::Exclusive, TaxRounding::Group) => {
                let tax = sum.rate.of_base(sum.taxed(self.discount.as_ref(), amount)?)?;
                Ok(Taxes { base: amount, tax, difference: Minor::ZERO })
            }
            (Prices::Exclusive, TaxRounding::Line) => {
                Ok(Taxes { base: amount, tax: added, difference: Minor::ZERO })
            }
            (Prices::Inclusive, TaxRounding::Group) => {
                let tax = sum.rate.within(amount)?;
                Ok(Taxes { base: amount.minus(tax)?, tax, difference: Minor::ZERO })
            }
            (Prices::Inclusive | Prices::InclusiveByBase, TaxRounding::Line) => {
                Ok(Taxes { base: amount.minus(added)?, tax: added, difference: Minor::ZERO })
            }
            (Prices::InclusiveByBase, TaxRounding::Group) => {
                let base = sum.rate.base_within(amount)?;
                let tax = sum.rate.of_base(base)?;
                Ok(Taxes { base, tax, difference: amount.minus(base)?.minus(tax)? })
            }
        }
    }

    /// The bases before tax of the amounts that were added to a group whose prices contain their tax:
    /// each within one unit of its exact share, together exactly the base of the group.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn bases(&self, group: GroupId, amounts: &[Minor]) -> Result<Vec<Minor>, MoneyError> {
        let Some(sum) = self.sums.get(usize::from(group.0)).filter(|_| self.prices != Prices::Exclusive)
        else {
            return Ok(amounts.to_vec());
        };
        if self.rounding == TaxRounding::Line {
            let base = |&amount: &Minor| amount.minus(sum.rate.within(amount)?);
            return amounts.iter().map(base).collect();
        }
        sum.rate.spread(self.finish(sum)?.base, amounts)
    }

    /// The rows of the groups that anything was added to, by role, category and rate.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn rows(&self) -> Result<Vec<TaxRow>, MoneyError> {
        let mut rows = Vec::with_capacity(self.rows.len());
        for (row, sum) in self.rows.iter().zip(&self.sums).filter(|(_, sum)| sum.used) {
            let taxes = self.finish(sum)?;
            rows.push(TaxRow { base: taxes.base, tax: taxes.tax, ..row.clone() });
        }
        rows.sort_by(|a, b| a.key().cmp(&b.key()));
        Ok(rows)
    }

    /// Forgets the amounts and keeps the groups.
    #[inline]
    pub fn clear(&mut self) {
        for sum in &mut self.sums {
            (sum.amount, sum.tax, sum.used) = (0, 0, false);
        }
    }
}

#[cold]
fn overflow() -> Untallied {
    Untallied::Money(MoneyError::Overflow { limit: Minor::LIMIT })
}

#[inline]
fn of_group(sums: &mut [Sum], group: GroupId) -> Result<&mut Sum, Untallied> {
    let unknown = || Untallied::Tax(TaxError::GroupUnknown { got: group.0.into() });
    sums.get_mut(usize::from(group.0)).ok_or_else(unknown)
}

impl Sum {
    #[inline]
    fn add(&mut self, amount: Minor) -> Result<(), Untallied> {
        self.used = true;
        self.amount = self.amount.checked_add(amount.units()).ok_or_else(overflow)?;
        Ok(())
    }

    /// What of an amount is taxed.
    #[inline]
    fn taxed(&self, discount: Option<&Rate>, amount: Minor) -> Result<Minor, MoneyError> {
        match discount {
            Some(cut) if self.discounted => amount.minus(cut.of_base(amount)?),
            Some(_) | None => Ok(amount),
        }
    }

    /// Adds the tax of what is taxed of a line that does not contain it.
    #[inline]
    fn add_tax(&mut self, taxed: Minor) -> Result<(), Untallied> {
        let tax = match self.rate.quick(taxed) {
            Some(tax) => tax.units(),
            None => self.rate.of_line(Prices::Exclusive, taxed)?,
        };
        self.tax = self.tax.checked_add(tax).ok_or_else(overflow)?;
        Ok(())
    }
}

impl Rate {
    fn of(percent: Price) -> Self {
        let digits = percent.scale().saturating_add(2);
        Self { coefficient: percent.coefficient(), digits, power: Power::new(digits) }
    }

    /// The rate on what is left of an amount after a discount.
    fn less(self, discount: Option<Price>) -> Result<Self, MoneyError> {
        let Some(discount) = discount.map(Self::of) else { return Ok(self) };
        let overflow = || MoneyError::Overflow { limit: Price::LIMIT };
        let left = decimal::power(discount.digits).saturating_sub(discount.coefficient.into());
        let product = i128::from(self.coefficient).checked_mul(left).ok_or_else(overflow)?;
        let digits = self.digits.saturating_add(discount.digits);
        let coefficient = i64::try_from(product).map_err(|_| overflow())?;
        Ok(Self { coefficient, digits, power: Power::new(digits) })
    }

    /// The tax of a line that the quick way does not give.
    #[inline(never)]
    fn of_line(&self, prices: Prices, amount: Minor) -> Result<i64, MoneyError> {
        let tax = match prices {
            Prices::Exclusive => self.of_base(amount),
            Prices::Inclusive | Prices::InclusiveByBase => self.within(amount),
        };
        tax.map(Minor::units)
    }

    /// The tax on a base, half up, where the product is above zero and no larger than an amount may be.
    #[inline]
    fn quick(&self, base: Minor) -> Option<Minor> {
        self.power.as_ref()?.above_zero(base.units().checked_mul(self.coefficient)?)
    }

    /// The tax on a base, half up.
    #[inline]
    fn of_base(&self, base: Minor) -> Result<Minor, MoneyError> {
        match self.quick(base) {
            Some(tax) => Ok(tax),
            None => self.of_any_base(base),
        }
    }

    /// The same below zero, where 64 bits do, and for what needs more.
    #[inline(never)]
    fn of_any_base(&self, base: Minor) -> Result<Minor, MoneyError> {
        let product = base.units().checked_mul(self.coefficient);
        match product.and_then(|product| divide_by_power(product, self.digits, Rounding::HalfUp)) {
            Some(units) => Minor::new(units),
            None => self.part(base, self.coefficient.into(), decimal::power(self.digits)),
        }
    }

    /// The tax in a price that contains it, half up.
    fn within(&self, price: Minor) -> Result<Minor, MoneyError> {
        self.part(price, self.coefficient.into(), self.whole())
    }

    /// The base in a price that contains its tax, half up.
    fn base_within(&self, price: Minor) -> Result<Minor, MoneyError> {
        self.part(price, decimal::power(self.digits), self.whole())
    }

    /// Base and tax together: 10^digits + coefficient.
    fn whole(&self) -> i128 {
        decimal::power(self.digits).saturating_add(self.coefficient.into())
    }

    #[cold]
    fn part(&self, amount: Minor, numerator: i128, denominator: i128) -> Result<Minor, MoneyError> {
        let overflow = || MoneyError::Overflow { limit: Minor::LIMIT };
        let product = i128::from(amount.units()).checked_mul(numerator).ok_or_else(overflow)?;
        divide(product, denominator, Rounding::HalfUp).ok_or_else(overflow).and_then(Minor::from_wide)
    }

    /// Spreads a base over the prices that contain it: each gets its exact share rounded down, the
    /// rest goes by largest remainder, ties to the earlier. The mirrored prices get mirrored bases.
    fn spread(&self, base: Minor, prices: &[Minor]) -> Result<Vec<Minor>, MoneyError> {
        let overflow = || MoneyError::Overflow { limit: Minor::LIMIT };
        let sign: i128 = if base < Minor::ZERO { -1 } else { 1 };
        let (ten, whole) = (decimal::power(self.digits), self.whole());
        let mut left = i128::from(base.units()).saturating_mul(sign);
        let mut shares = Vec::with_capacity(prices.len());
        for (place, price) in prices.iter().enumerate() {
            let product =
                i128::from(price.units()).checked_mul(ten).ok_or_else(overflow)?.saturating_mul(sign);
            let floor = divide(product, whole, Rounding::Floor).ok_or_else(overflow)?;
            let remainder = product.saturating_sub(floor.saturating_mul(whole));
            left = left.saturating_sub(floor);
            shares.push((place, floor, remainder));
        }
        shares.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
        // The shares rounded down miss the base by less than one unit each.
        let extra = usize::try_from(left).unwrap_or(0);
        for share in shares.iter_mut().take(extra) {
            share.1 = share.1.saturating_add(1);
        }
        shares.sort_by_key(|share| share.0);
        shares.into_iter().map(|(_, share, _)| Minor::from_wide(share.saturating_mul(sign))).collect()
    }
}

/// A percentage of an amount, rounded once.
///
/// # Errors
/// [`MoneyError::Overflow`].
pub fn percent_of(base: Minor, percent: Price, rounding: Rounding) -> Result<Minor, MoneyError> {
    let overflow = || MoneyError::Overflow { limit: Minor::LIMIT };
    let rate = Rate::of(percent);
    let product = i128::from(base.units()).checked_mul(rate.coefficient.into()).ok_or_else(overflow)?;
    divide(product, decimal::power(rate.digits), rounding).ok_or_else(overflow).and_then(Minor::from_wide)
}

/// The tax in a price that contains it, half up; computed on what a discount leaves, where there is one.
///
/// # Errors
/// [`MoneyError::Overflow`].
pub fn tax_within(price: Minor, percent: Price, discount: Option<Price>) -> Result<Minor, MoneyError> {
    Rate::of(percent).less(discount)?.within(price)
}

/// The tax on a base, half up; computed on what a discount leaves, itself rounded half up, where there is one.
///
/// # Errors
/// [`MoneyError::Overflow`].
pub fn tax_on(base: Minor, percent: Price, discount: Option<Price>) -> Result<Minor, MoneyError> {
    let taxed = match discount {
        Some(discount) => base.minus(percent_of(base, discount, Rounding::HalfUp)?)?,
        None => base,
    };
    percent_of(taxed, percent, Rounding::HalfUp)
}
