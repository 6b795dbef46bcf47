//! An allowance or charge of one bill alone: given with the command that bills, not agreed in terms.

use super::{AdjustmentKind, AdjustmentTerm, Draft, InvoiceError};
use crate::canon::shape;
use crate::id::Id;
use crate::money::{Currency, Minor, Price};

shape! {
    /// An allowance or charge that somebody gives on one bill: an amount, or a percentage of what it falls on.
    pub struct OneOffAdjustment {
        /// The amount, above 0, as prices are stated.
        pub amount: Option<Minor>,
        /// The currency of the amount and of its invoice; a percentage falls on any when left out.
        pub currency: Option<Currency>,
        /// The invoice of the bill on which it stands; the only one when left out.
        pub invoice: Option<Id>,
        /// Which way it goes.
        pub kind: AdjustmentKind,
        /// The percentage, above 0, at most 100 for an allowance.
        pub percent: Option<Price>,
        /// Why, as the document says.
        pub reason: String,
        /// The same as a code of UNTDID 5189 (allowances) or 7161 (charges).
        pub reason_code: Option<Id>,
        /// The tax category it falls on; spread over all groups when left out.
        pub tax_category: Option<Id>,
    }
}

impl OneOffAdjustment {
    /// The same as a term that stands on every date.
    #[must_use]
    pub fn term(&self) -> AdjustmentTerm {
        AdjustmentTerm {
            amount: self.amount,
            codes: Vec::new(),
            from: None,
            kind: self.kind,
            percent: self.percent,
            reason: self.reason.clone(),
            reason_code: self.reason_code.clone(),
            tax_category: self.tax_category.clone(),
            to: None,
        }
    }

    /// Whether it is one amount or one percentage above 0, and says why.
    ///
    /// # Errors
    /// What [`AdjustmentTerm::check`] refuses, [`InvoiceError::OneOffAmount`], [`InvoiceError::OneOffReason`].
    pub fn check(&self) -> Result<(), InvoiceError> {
        self.term().check()?;
        // One below 0 would go the other way than rules for allowances look.
        let positive = self.amount.is_none_or(Minor::is_positive)
            && self.percent.is_none_or(|percent| percent > Price::ZERO);
        if !positive {
            return Err(InvoiceError::OneOffAmount);
        }
        if self.reason.trim().is_empty() {
            return Err(InvoiceError::OneOffReason);
        }
        Ok(())
    }

    /// Whether it may stand on an invoice.
    #[must_use]
    pub fn names(&self, invoice: &Id, currency: Currency) -> bool {
        self.invoice.as_ref().is_none_or(|own| own == invoice)
            && self.currency.is_none_or(|own| own == currency)
    }

    /// Whether it stands on exactly one of the invoices of a bill.
    ///
    /// # Errors
    /// [`InvoiceError::OneOffInvoice`].
    pub fn check_stands(&self, drafts: &[Draft]) -> Result<(), InvoiceError> {
        match drafts.iter().filter(|draft| self.names(&draft.id, draft.currency)).count() {
            1 => Ok(()),
            got => Err(InvoiceError::OneOffInvoice { reason: self.reason.clone(), got }),
        }
    }
}
