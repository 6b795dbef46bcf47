use super::{InvoiceError, Unscheduled};
use crate::calendar::Date;
use crate::canon::{shape, words};
use crate::id::Id;
use crate::money::{Minor, Price, Rounding};
use crate::tax::percent_of;

words! {
    /// What an early-payment discount does to the tax.
    pub enum DiscountTax {
        /// Paying early cuts net and tax alike.
        Included = "included",
        /// Paying early cuts the net only; the tax stays.
        Excluded = "excluded",
        /// The tax was computed on the discounted net from the start, whether or not it is taken.
        Mixed = "mixed",
    }
}

shape! {
    /// A discount for paying early, such as 2 percent within 10 days.
    pub struct EarlyDiscount {
        /// Days after the issue date; the last of them still counts.
        pub days: u32,
        /// The percent.
        pub percent: Price,
        /// What it does to the tax.
        pub tax: DiscountTax = DiscountTax::Included,
    }
}

shape! {
    /// What may be left out of an invoice that is paid early: it stands on the invoice from its issue.
    pub struct DiscountOffer {
        /// What may be left out: net and tax.
        pub amount: Minor,
        /// Of that, net.
        pub net: Minor,
        /// The percent.
        pub percent: Price,
        /// Of that, tax.
        pub tax: Minor,
        /// The same by category and rate; they add up.
        pub taxes: Vec<DiscountTaxShare>,
        /// What it does to the tax.
        pub treatment: DiscountTax,
        /// The last day to pay.
        pub until: Date,
    }
}

shape! {
    /// What paying early leaves out of the tax of one category and rate.
    pub struct DiscountTaxShare {
        /// The tax category; unknown when left out.
        pub category: Option<Id>,
        /// The rate in percent.
        pub percent: Price,
        /// The tax.
        pub tax: Minor,
    }
}

/// The net of one tax category and rate, as far as a discount concerns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiscountRow {
    /// The tax category; none where it is untaxed, or not told.
    pub category: Option<Id>,
    /// The net before any discount.
    pub net: Minor,
    /// The rate in percent.
    pub percent: Price,
}

impl EarlyDiscount {
    /// Most days.
    pub const LIMIT: u32 = 3_650;

    /// Whether the discount is within its limits.
    ///
    /// # Errors
    /// [`InvoiceError::DiscountPercent`] or [`InvoiceError::TermsDays`].
    pub fn check(&self) -> Result<(), InvoiceError> {
        let hundred = Price::whole(100).unwrap_or_default();
        if self.percent <= Price::ZERO || self.percent > hundred {
            return Err(InvoiceError::DiscountPercent { got: self.percent.to_string() });
        }
        if self.days > Self::LIMIT {
            return Err(InvoiceError::TermsDays { limit: Self::LIMIT, got: self.days });
        }
        Ok(())
    }

    /// The base that a rate's tax is computed on: the discounted net where the discount is mixed, else the
    /// net.
    ///
    /// # Errors
    /// [`Unscheduled::Money`].
    pub fn tax_base(&self, net: Minor) -> Result<Minor, Unscheduled> {
        match self.tax {
            DiscountTax::Mixed => Ok(net.minus(percent_of(net, self.percent, Rounding::HalfUp)?)?),
            DiscountTax::Included | DiscountTax::Excluded => Ok(net),
        }
    }

    /// The tax of an invoice under this discount: a row's tax is rounded once, half up.
    ///
    /// # Errors
    /// [`Unscheduled::Money`].
    pub fn tax(&self, rows: &[DiscountRow]) -> Result<Minor, Unscheduled> {
        let mut tax = Minor::ZERO;
        for row in rows {
            tax = tax.plus(percent_of(self.tax_base(row.net)?, row.percent, Rounding::HalfUp)?)?;
        }
        Ok(tax)
    }

    /// What may be left out of an invoice by paying early, rounded half up for each tax rate.
    ///
    /// # Errors
    /// [`Unscheduled`].
    ///
    /// ```
    /// use duebill::{calendar::Date, canon, invoice::{DiscountRow, EarlyDiscount}, money::{Minor, Price}};
    /// let terms: EarlyDiscount = canon::from_bytes(br#"{"days":10,"percent":"10"}"#)?;
    /// let rows = [DiscountRow { category: None, net: Minor::new(100_000)?, percent: Price::parse("15")? }];
    /// let offer = terms.offer(Date::parse("2026-01-31")?, &rows)?;
    /// assert_eq!((offer.net.units(), offer.tax.units()), (10_000, 1_500));
    /// assert_eq!(offer.until.to_string(), "2026-02-10");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn offer(&self, issued: Date, rows: &[DiscountRow]) -> Result<DiscountOffer, Unscheduled> {
        let (mut net, mut tax, mut taxes) = (Minor::ZERO, Minor::ZERO, Vec::new());
        for row in rows {
            let cut = percent_of(row.net, self.percent, Rounding::HalfUp)?;
            net = net.plus(cut)?;
            if self.tax == DiscountTax::Included {
                let whole = percent_of(row.net, row.percent, Rounding::HalfUp)?;
                let rest = percent_of(row.net.minus(cut)?, row.percent, Rounding::HalfUp)?;
                let less = whole.minus(rest)?;
                tax = tax.plus(less)?;
                if !less.is_zero() {
                    let (category, percent) = (row.category.clone(), row.percent);
                    taxes.push(DiscountTaxShare { category, percent, tax: less });
                }
            }
        }
        Ok(DiscountOffer {
            amount: net.plus(tax)?,
            net,
            percent: self.percent,
            tax,
            taxes,
            treatment: self.tax,
            until: issued.plus_days(self.days)?,
        })
    }
}
