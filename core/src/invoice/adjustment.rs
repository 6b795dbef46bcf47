use super::InvoiceError;
use crate::calendar::Date;
use crate::canon::{shape, words};
use crate::id::Id;
use crate::money::{Minor, MoneyError, Price, Rounding};
use crate::tax::{LineTax, percent_of};

words! {
    /// Which way an adjustment goes.
    pub enum AdjustmentKind {
        /// Taken off.
        Allowance = "allowance",
        /// Added.
        Charge = "charge",
    }
}

shape! {
    /// An allowance or charge as it is agreed: an amount, or a percentage of what it is applied to.
    pub struct AdjustmentTerm {
        /// The amount, as prices are stated; a negative one corrects an earlier.
        pub amount: Option<Minor>,
        /// Charge codes of the lines it applies to one by one; the whole document when left out.
        pub codes: Vec<Id>,
        /// First date of supply; open when left out.
        pub from: Option<Date>,
        /// Which way it goes.
        pub kind: AdjustmentKind,
        /// The percentage, from 0 to 100 for an allowance.
        pub percent: Option<Price>,
        /// Why, as the document says.
        pub reason: String,
        /// The same as a code of UNTDID 5189 (allowances) or 7161 (charges).
        pub reason_code: Option<Id>,
        /// The tax category of an adjustment of the document; spread over all groups when left out.
        pub tax_category: Option<Id>,
        /// Last date of supply; open when left out.
        pub to: Option<Date>,
    }
}

shape! {
    /// An allowance or charge of a line or a document, with its amount.
    pub struct PriceAdjustment {
        /// The amount, as prices are stated; a negative one corrects an earlier.
        pub amount: Minor,
        /// What a percentage was taken of.
        pub base: Option<Minor>,
        /// Which way it goes.
        pub kind: AdjustmentKind,
        /// The lines that one of a document falls on, where it stands on their days of supply alone.
        pub lines: Vec<Id>,
        /// Before tax; that of a line is taxed with it, and stands here as prices are stated.
        pub net: Minor,
        /// Whether it was given on this document alone, and not agreed in terms.
        pub one_off: bool = false,
        /// The percentage.
        pub percent: Option<Price>,
        /// Why.
        pub reason: String,
        /// The same as a code.
        pub reason_code: Option<Id>,
        /// How that of a document falls on its taxes; that of a line is taxed with it.
        pub shares: Vec<AdjustmentShare>,
    }
}

shape! {
    /// The part of an adjustment that is taxed alike.
    pub struct AdjustmentShare {
        /// The amount, as prices are stated.
        pub amount: Minor,
        /// Before tax.
        pub net: Minor,
        /// The taxes it bears; untaxed when left out.
        pub taxes: Vec<LineTax>,
    }
}

impl AdjustmentKind {
    /// An amount with the sign it has in a sum.
    #[must_use]
    pub const fn signed(self, amount: Minor) -> Minor {
        match self {
            Self::Allowance => amount.negated(),
            Self::Charge => amount,
        }
    }
}

impl AdjustmentTerm {
    /// Whether it is one amount or one percentage, within its limits.
    ///
    /// # Errors
    /// [`InvoiceError::AdjustmentForm`] or [`InvoiceError::AdjustmentRange`].
    pub fn check(&self) -> Result<(), InvoiceError> {
        let hundred = Price::whole(100).unwrap_or_default();
        let range = |got: String| Err(InvoiceError::AdjustmentRange { got });
        match (self.amount, self.percent) {
            (None, Some(percent)) if percent < Price::ZERO => range(format!("{percent} percent")),
            (None, Some(percent)) if percent > hundred && self.kind == AdjustmentKind::Allowance => {
                range(format!("{percent} percent"))
            }
            (Some(_), None) | (None, Some(_)) => Ok(()),
            (Some(_), Some(_)) | (None, None) => Err(InvoiceError::AdjustmentForm),
        }
    }

    /// Whether it stands on a date of supply.
    #[must_use]
    pub fn stands_on(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }

    /// The adjustment of what it is applied to, its shares still to be found.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn of(&self, whole: Minor) -> Result<PriceAdjustment, MoneyError> {
        let (amount, base) = match (self.amount, self.percent) {
            (Some(amount), _) => (amount, None),
            (None, Some(percent)) => (percent_of(whole, percent, Rounding::HalfUp)?, Some(whole)),
            (None, None) => (Minor::ZERO, None),
        };
        Ok(PriceAdjustment {
            amount,
            base,
            kind: self.kind,
            lines: Vec::new(),
            net: amount,
            one_off: false,
            percent: self.percent,
            reason: self.reason.clone(),
            reason_code: self.reason_code.clone(),
            shares: Vec::new(),
        })
    }
}

impl PriceAdjustment {
    /// What it would be if nothing limited it: all of its percentage, or its amount. None where it has a base
    /// without a percentage, or the reverse.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub(super) fn whole(&self) -> Result<Option<Minor>, MoneyError> {
        match (self.base, self.percent) {
            (None, None) => Ok(Some(self.amount)),
            (Some(base), Some(percent)) => percent_of(base, percent, Rounding::HalfUp).map(Some),
            (None, Some(_)) | (Some(_), None) => Ok(None),
        }
    }
}

/// Whether the adjustments of a line are what they come to on what is charged in it: a percentage is of all of it, and
/// allowances take no more than stands there.
///
/// # Errors
/// [`MoneyError::Overflow`].
pub(super) fn of_line(charged: Minor, adjustments: &[PriceAdjustment]) -> Result<bool, MoneyError> {
    let mut expected = adjustments.to_vec();
    for adjustment in &mut expected {
        let Some(whole) = adjustment.whole()? else { return Ok(false) };
        (adjustment.amount, adjustment.net) = (whole, whole);
        adjustment.base = adjustment.base.map(|_| charged);
        (adjustment.lines, adjustment.shares) = (Vec::new(), Vec::new());
    }
    within(charged, &mut expected)?;
    Ok(expected == adjustments)
}

/// Lets the allowances of a line take no more than stands on it after its charges: money goes back by credit note,
/// not by terms.
pub(super) fn within(amount: Minor, adjustments: &mut [PriceAdjustment]) -> Result<(), MoneyError> {
    let charges = adjustments.iter().filter(|one| one.kind == AdjustmentKind::Charge);
    let mut standing = Minor::sum(charges.map(|one| one.amount))?.plus(amount)?;
    for allowance in adjustments.iter_mut().filter(|one| one.kind == AdjustmentKind::Allowance) {
        allowance.amount = allowance.amount.min(standing.max(Minor::ZERO));
        allowance.net = allowance.amount;
        standing = standing.minus(allowance.amount)?;
    }
    Ok(())
}

/// What is left of an amount after its adjustments.
///
/// # Errors
/// [`MoneyError::Overflow`].
pub fn adjusted(amount: Minor, adjustments: &[PriceAdjustment]) -> Result<Minor, MoneyError> {
    adjustments.iter().try_fold(amount, |sum, adjustment| sum.plus(adjustment.kind.signed(adjustment.amount)))
}
