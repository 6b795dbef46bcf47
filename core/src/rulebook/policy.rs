use std::collections::BTreeMap;
use std::sync::Arc;

use super::check::{self, Errors};
use super::document::{BillingPolicy, ClosingPolicy, DisputePolicy, PolicyDocument, Seller};
use super::{Terms, conditions, parties};
use crate::approval::{ApprovalRule, Delegation, Signer, SubjectKind};
use crate::audit::Basis;
use crate::calendar::Calendar;
use crate::canon::{Digest, sha256, to_bytes};
use crate::id::Id;
use crate::invoice::{AmountPolicy, Buyer, CodeName, HostLabel, PaymentTerms, Wording};
use crate::payment::{AdjustmentPolicy, MatchPolicy};
use crate::rates::{RateRow, RateTable};
use crate::rating::TimeRounding;
use crate::receivables::AgingPolicy;
use crate::retention::RetentionPolicy;
use crate::role::{Role, RoleError};
use crate::series::Numbering;
use crate::task::TaskRule;
use crate::tax::TaxRule;
use crate::work::CodeMap;

/// The compiled rules shared by all customers of a seller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    amounts: AmountPolicy,
    aging: AgingPolicy,
    approvals: Vec<ApprovalRule>,
    billing: BillingPolicy,
    pub(super) calendars: BTreeMap<Id, Arc<Calendar>>,
    closing: ClosingPolicy,
    codes: CodeMap,
    delegations: Vec<Delegation>,
    digest: Digest,
    adjustments: AdjustmentPolicy,
    exchange_rate_days: u16,
    labels: Vec<HostLabel>,
    disputes: DisputePolicy,
    matching: MatchPolicy,
    numbering: Vec<Numbering>,
    payment_terms: BTreeMap<Id, PaymentTerms>,
    rates: RateTable,
    retention: RetentionPolicy,
    pub(super) roles: BTreeMap<Id, Role>,
    pub(super) rounding: BTreeMap<Id, TimeRounding>,
    seller: Seller,
    signers: Vec<Signer>,
    tasks: Vec<TaskRule>,
    taxes: Vec<TaxRule>,
    withholdings: Vec<TaxRule>,
    wording: Option<Wording>,
}

impl Policy {
    /// Compiles the policy of a rulebook; its faults are added to the others.
    pub(super) fn compile(document: &PolicyDocument, errors: &mut Errors) -> Option<Self> {
        check::policy(document, errors);
        parties::seller(&document.seller, errors);
        parties::names(document.wording.as_ref(), errors);
        let codes = check::codes(document, errors);
        let rates = rate_table("/policy/rates", document.rates.clone(), errors);
        let mut calendars = BTreeMap::new();
        for (place, calendar) in document.calendars.iter().enumerate() {
            let path = format!("/policy/calendars/{place}");
            if let Some(compiled) = check::calendar(&path, calendar, errors) {
                calendars.insert(calendar.id.clone(), Arc::new(compiled));
            }
        }
        if !errors.0.is_empty() {
            return None;
        }
        let codes = codes?;
        let (approvals, tasks) =
            (conditions::approval_rules(document, &codes), conditions::task_rules(document, &codes));
        Some(Self {
            aging: document.aging.clone(),
            amounts: document.amounts.clone(),
            approvals,
            billing: document.billing.clone(),
            calendars,
            closing: document.closing.clone(),
            codes,
            delegations: document.delegations.clone(),
            digest: sha256(&to_bytes(document)),
            adjustments: document.adjustments.clone(),
            exchange_rate_days: document.exchange_rate_days.unwrap_or(7),
            labels: document.labels.clone(),
            disputes: document.disputes.clone(),
            matching: document.matching.clone(),
            numbering: document.numbering.clone(),
            payment_terms: document
                .payment_terms
                .iter()
                .map(|terms| (terms.id.clone(), terms.clone()))
                .collect(),
            rates: rates?,
            retention: document.retention.clone(),
            roles: Role::built_in()
                .into_iter()
                .chain(document.roles.iter().cloned())
                .map(|role| (role.id.clone(), role))
                .collect(),
            rounding: document.rounding.iter().map(|rule| (rule.id.clone(), rule.clone())).collect(),
            seller: document.seller.clone(),
            signers: document.signers.clone(),
            tasks,
            taxes: document.taxes.clone(),
            withholdings: document.withholdings.clone(),
            wording: document.wording.clone(),
        })
    }

    /// Buckets of receivables.
    #[must_use]
    pub const fn aging(&self) -> &AgingPolicy {
        &self.aging
    }

    /// How the sums of documents are made.
    #[must_use]
    pub const fn amounts(&self) -> &AmountPolicy {
        &self.amounts
    }

    /// Approval rules.
    #[must_use]
    pub fn approvals(&self) -> &[ApprovalRule] {
        &self.approvals
    }

    /// Whether any approval rule is for a kind.
    #[must_use]
    pub fn approves(&self, kind: SubjectKind) -> bool {
        self.approvals.iter().any(|rule| rule.kinds.contains(&kind))
    }

    /// How work is gathered into invoices.
    #[must_use]
    pub const fn billing(&self) -> &BillingPolicy {
        &self.billing
    }

    /// Who may reopen days that were closed.
    #[must_use]
    pub const fn closing(&self) -> &ClosingPolicy {
        &self.closing
    }

    /// Charge codes.
    #[must_use]
    pub const fn codes(&self) -> &CodeMap {
        &self.codes
    }

    /// Who decides for whom, and when.
    #[must_use]
    pub fn delegations(&self) -> &[Delegation] {
        &self.delegations
    }

    /// Digest of the policy.
    #[must_use]
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// How far a payment may close an item with less cash than was open.
    #[must_use]
    pub const fn adjustments(&self) -> &AdjustmentPolicy {
        &self.adjustments
    }

    /// For how many days a rate between currencies is good for judging an amount.
    #[must_use]
    pub const fn exchange_rate_days(&self) -> u16 {
        self.exchange_rate_days
    }

    /// Labels of the host's own.
    #[must_use]
    pub fn labels(&self) -> &[HostLabel] {
        &self.labels
    }

    /// What disputes do to due dates.
    #[must_use]
    pub const fn disputes(&self) -> &DisputePolicy {
        &self.disputes
    }

    /// How far matching may go.
    #[must_use]
    pub const fn matching(&self) -> &MatchPolicy {
        &self.matching
    }

    /// What codes are called on documents.
    #[must_use]
    pub fn names(&self) -> &[CodeName] {
        self.wording.as_ref().map_or(&[], |wording| &wording.names)
    }

    /// The numbering of every series.
    #[must_use]
    pub fn numberings(&self) -> &[Numbering] {
        &self.numbering
    }

    /// The numbering of a series.
    #[must_use]
    pub fn numbering(&self, series: &Id) -> Option<&Numbering> {
        self.numbering.iter().find(|numbering| numbering.series == *series)
    }

    /// Payment terms by their id.
    #[must_use]
    pub fn payment_terms(&self, id: &Id) -> Option<&PaymentTerms> {
        self.payment_terms.get(id)
    }

    /// Prices and multipliers for all customers.
    #[must_use]
    pub const fn rates(&self) -> &RateTable {
        &self.rates
    }

    /// A role of the library or of the policy.
    ///
    /// # Errors
    /// [`RoleError::Unknown`].
    pub fn role(&self, id: &Id) -> Result<&Role, RoleError> {
        self.roles.get(id).ok_or_else(|| RoleError::Unknown { got: id.to_string() })
    }

    /// The seller.
    #[must_use]
    pub const fn seller(&self) -> &Id {
        &self.seller.id
    }

    /// Who sells, with what stands on its documents.
    #[must_use]
    pub const fn issuer(&self) -> &Seller {
        &self.seller
    }

    /// Keys with which people sign decisions.
    #[must_use]
    pub fn signers(&self) -> &[Signer] {
        &self.signers
    }

    /// How long attachments and personal words are kept.
    #[must_use]
    pub const fn retention(&self) -> &RetentionPolicy {
        &self.retention
    }

    /// Which events ask whom to do what.
    #[must_use]
    pub fn tasks(&self) -> &[TaskRule] {
        &self.tasks
    }

    /// Tax rules.
    #[must_use]
    pub fn taxes(&self) -> &[TaxRule] {
        &self.taxes
    }

    /// Taxes that buyers keep back.
    #[must_use]
    pub fn withholdings(&self) -> &[TaxRule] {
        &self.withholdings
    }

    /// The tax status of who pays.
    #[must_use]
    pub fn buyer<'p>(&'p self, payer: &'p Terms) -> Buyer<'p> {
        Buyer {
            category: payer.tax_category.as_ref(),
            surcharged: payer.surcharged,
            withholding: payer.withholding.as_ref(),
            withholdings: &self.withholdings,
        }
    }

    /// The charge codes that no tax category covers, where anything is taxed: an electronic invoice wants one of
    /// every line.
    pub fn untaxed_codes(&self) -> impl Iterator<Item = &Id> {
        let codes = self.codes.codes().map(|code| &code.id);
        codes.filter(|code| !self.taxes.is_empty() && self.codes.tax_category(code).is_none())
    }

    /// The basis of a decision that concerns no customer.
    #[must_use]
    pub const fn basis(&self) -> Basis {
        Basis { policy: self.digest, terms: None }
    }
}

/// The table of some rows; its faults are added to the others.
pub(super) fn rate_table(path: &str, rows: Vec<RateRow>, errors: &mut Errors) -> Option<RateTable> {
    match RateTable::new(rows) {
        Ok(table) => Some(table),
        Err(found) => {
            for (place, error) in found {
                errors.add(format!("{path}/{place}"), &error);
            }
            None
        }
    }
}
