//! The sums of a document, and the rules that they are made and checked by.

use super::{AdjustmentKind, InvoiceError, PriceAdjustment, Unassembled};
use crate::canon::shape;
use crate::money::{Currency, Minor, MoneyError, Price, Rounding, divide};
use crate::tax::{Prices, Statement, SumRule, TaxError, TaxRole, TaxRounding, TaxRow, violated};

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

    pub(super) const fn prices(&self) -> Prices {
        match (self.prices_include_tax, self.en16931) {
            (false, _) => Prices::Exclusive,
            (true, false) => Prices::Inclusive,
            (true, true) => Prices::InclusiveByBase,
        }
    }
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

/// Sums of the taxes that are added and of those that are kept back.
pub(super) fn sums_of(rows: &[TaxRow]) -> Result<(Minor, Minor), MoneyError> {
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
