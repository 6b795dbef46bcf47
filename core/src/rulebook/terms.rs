use std::sync::Arc;

use crate::agreement::Agreement;
use crate::calendar::Calendar;
use crate::canon::Digest;
use crate::id::Id;
use crate::invoice::{AdjustmentTerm, Party, PaymentTerms};
use crate::money::Currency;
use crate::rates::RateTable;
use crate::rating::TimeRounding;

/// The compiled terms of one customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    pub(super) adjustments: Vec<AdjustmentTerm>,
    pub(super) agreements: Vec<Agreement>,
    pub(super) bank_accounts: Vec<Id>,
    pub(super) buyer_reference: Option<String>,
    pub(super) calendar: Arc<Calendar>,
    pub(super) contract: Option<String>,
    pub(super) currency: Currency,
    pub(super) customer: Id,
    pub(super) digest: Digest,
    pub(super) name: String,
    pub(super) notes: Vec<String>,
    pub(super) own_account: bool,
    pub(super) parent: Option<Id>,
    pub(super) party: Party,
    pub(super) payment_terms: PaymentTerms,
    pub(super) plans: Vec<Id>,
    pub(super) purchase_order: Option<Id>,
    pub(super) rates: RateTable,
    pub(super) rounding: TimeRounding,
    pub(super) tax_scheme: Option<Id>,
    pub(super) surcharged: bool,
    pub(super) tax_category: Option<Id>,
    pub(super) withholding: Option<Id>,
}

impl Terms {
    /// The customer.
    #[must_use]
    pub const fn customer(&self) -> &Id {
        &self.customer
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its currency.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// The allowances and charges of its invoices in a currency: amounts stand in its own.
    #[must_use]
    pub fn adjustments_in(&self, currency: Currency) -> Vec<AdjustmentTerm> {
        let stands = |term: &&AdjustmentTerm| term.amount.is_none() || currency == self.currency;
        self.adjustments.iter().filter(stands).cloned().collect()
    }

    /// Its agreements.
    #[must_use]
    pub fn agreements(&self) -> &[Agreement] {
        &self.agreements
    }

    /// The customer above it.
    #[must_use]
    pub const fn parent(&self) -> Option<&Id> {
        self.parent.as_ref()
    }

    /// When its invoices fall due.
    #[must_use]
    pub const fn payment_terms(&self) -> &PaymentTerms {
        &self.payment_terms
    }

    /// The language of its invoices.
    #[must_use]
    pub const fn language(&self) -> Option<&Id> {
        self.party.language.as_ref()
    }

    /// Who it is in law, and where.
    #[must_use]
    pub const fn party(&self) -> &Party {
        &self.party
    }

    /// What it asked to have on its documents.
    #[must_use]
    pub fn buyer_reference(&self) -> Option<&str> {
        self.buyer_reference.as_deref()
    }

    /// The contract it is billed under.
    #[must_use]
    pub fn contract(&self) -> Option<&str> {
        self.contract.as_deref()
    }

    /// Words that stand on its documents.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The purchase order it is billed under.
    #[must_use]
    pub const fn purchase_order(&self) -> Option<&Id> {
        self.purchase_order.as_ref()
    }

    /// How it is taxed, where that keeps its lines off the invoices of others.
    #[must_use]
    pub const fn tax_scheme(&self) -> Option<&Id> {
        self.tax_scheme.as_ref()
    }

    /// Whether a billing plan of the policy bills it.
    #[must_use]
    pub fn is_billed_by(&self, plan: &Id) -> bool {
        self.plans.is_empty() || self.plans.contains(plan)
    }

    /// Its working calendar.
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// How its time is rounded.
    #[must_use]
    pub const fn rounding(&self) -> &TimeRounding {
        &self.rounding
    }

    /// Its own rates.
    #[must_use]
    pub const fn rates(&self) -> &RateTable {
        &self.rates
    }

    /// Digest of its section.
    #[must_use]
    pub const fn digest(&self) -> Digest {
        self.digest
    }
}
