use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::check::{self, Errors};
use super::document::{RulebookDocument, TermsDocument};
use super::policy::{Policy, rate_table};
use super::published::Published;
use super::{RulebookError, Terms, conditions, parties};
use crate::agreement::AgreementError;
use crate::audit::{Basis, LogAddress};
use crate::canon::{Digest, sha256, to_bytes};
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::FrozenParty;
use crate::payment::Payers;
use crate::rates::RateTable;
use crate::rating::Rules;

/// The customers that an account pays for, the payer among them, and the digest of their terms.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Family {
    members: BTreeSet<Id>,
    digest: Digest,
}

impl Family {
    /// The terms of one customer have their own digest; those of several have the digest of theirs.
    fn of(members: BTreeSet<Id>, terms: &BTreeMap<Id, Arc<Terms>>) -> Self {
        let digests: Vec<u8> =
            members.iter().filter_map(|id| terms.get(id)).flat_map(|terms| *terms.digest.bytes()).collect();
        let alone = members.iter().next().filter(|_| digests.len() == 32);
        let digest = match alone.and_then(|id| terms.get(id)) {
            Some(terms) => terms.digest,
            None => sha256(&digests),
        };
        Self { members, digest }
    }
}

/// A compiled rulebook: immutable, cheap to clone, shared between threads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rulebook {
    policy: Arc<Policy>,
    pub(super) terms: BTreeMap<Id, Arc<Terms>>,
    /// Customers by who pays for them.
    families: BTreeMap<Id, Family>,
    payers: Arc<Payers>,
    pub(super) published: Option<Arc<Published>>,
}

impl Rulebook {
    /// Compiles a document.
    ///
    /// # Errors
    /// Every error of every room, each with its path.
    pub fn compile(document: &RulebookDocument) -> Result<Self, Refusal> {
        let mut errors = Errors::default();
        let policy = Policy::compile(&document.policy, &mut errors);
        conditions::check_payers(document, &mut errors);
        let own: Vec<_> = document
            .terms
            .iter()
            .enumerate()
            .map(|(place, terms)| (format!("/terms/{place}"), terms))
            .collect();
        errors.unique("/terms", "customer", "customer", document.terms.iter().map(|terms| &terms.customer));
        match policy {
            Some(policy) => Self::with(Arc::new(policy), BTreeMap::new(), &own, errors),
            None => {
                // Without a policy the terms can still be checked for what they are alone.
                check_terms_alone(&own, &mut errors);
                Err(Refusal::unless_empty(errors.0).err().unwrap_or_else(|| unreadable("policy")))
            }
        }
    }

    /// The same rulebook with one customer's terms added or replaced; nothing else is compiled again.
    ///
    /// # Errors
    /// Every error of the terms, each with its path.
    pub fn add_terms(&self, document: &TermsDocument) -> Result<Self, Refusal> {
        let own = [(String::new(), document)];
        let changed = Self::with(Arc::clone(&self.policy), self.terms.clone(), &own, Errors::default())?;
        Ok(Self { published: self.published.clone(), ..changed })
    }

    fn with(
        policy: Arc<Policy>,
        mut terms: BTreeMap<Id, Arc<Terms>>,
        added: &[(String, &TermsDocument)],
        mut errors: Errors,
    ) -> Result<Self, Refusal> {
        for (path, document) in added {
            if let Some(compiled) = compile_terms(path, &policy, document, &mut errors) {
                terms.insert(document.customer.clone(), Arc::new(compiled));
            }
        }
        check_agreements(&terms, added, &mut errors);
        let parents =
            terms.iter().map(|(id, terms)| (id.clone(), (terms.parent.clone(), terms.own_account))).collect();
        let (billed_to, circles) = check::payers(&parents);
        for (customer, error) in circles {
            let path = added.iter().find(|(_, document)| document.customer == customer);
            errors.add(format!("{}/parent", path.map_or("", |(path, _)| path)), &error);
        }
        let payers = index_payers(&terms, billed_to, added, &mut errors);
        Refusal::unless_empty(errors.0)?;
        let mut families: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
        for (customer, payer) in &payers.billed_to {
            families.entry(payer.clone()).or_default().insert(customer.clone());
        }
        let families =
            families.into_iter().map(|(payer, members)| (payer, Family::of(members, &terms))).collect();
        Ok(Self { policy, terms, families, payers: Arc::new(payers), published: None })
    }

    /// The shared rules.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The terms of a customer.
    ///
    /// # Errors
    /// [`RulebookError::CustomerUnknown`].
    pub fn terms(&self, customer: &Id) -> Result<&Terms, RulebookError> {
        let found = self.terms.get(customer).map(AsRef::as_ref);
        found.ok_or_else(|| RulebookError::CustomerUnknown { id: customer.to_string() })
    }

    /// The seller and a customer as they stand on documents now.
    ///
    /// # Errors
    /// [`RulebookError::CustomerUnknown`].
    pub fn parties(&self, customer: &Id) -> Result<(FrozenParty, FrozenParty), RulebookError> {
        let (seller, terms) = (self.policy.issuer(), self.terms(customer)?);
        let buyer = terms.party().freeze(terms.customer(), terms.name());
        Ok((seller.party.freeze(&seller.id, &seller.name), buyer))
    }

    /// Who pays from which bank account or under which name, and for whom.
    #[must_use]
    pub fn payers(&self) -> &Payers {
        &self.payers
    }

    /// Every customer that pays, by id: each has an account.
    pub fn accounts(&self) -> impl Iterator<Item = &Id> {
        self.families.keys()
    }

    /// The customers that an account pays for, the payer among them.
    ///
    /// # Errors
    /// [`RulebookError::CustomerUnknown`], or [`RulebookError::NotPayer`] for a customer that is
    /// billed to another.
    pub fn family(&self, payer: &Id) -> Result<&BTreeSet<Id>, RulebookError> {
        self.household(payer).map(|family| &family.members)
    }

    fn household(&self, payer: &Id) -> Result<&Family, RulebookError> {
        self.families.get(payer).ok_or_else(|| match self.payers.billed_to.get(payer) {
            Some(other) => RulebookError::NotPayer { id: payer.to_string(), payer: other.to_string() },
            None => RulebookError::CustomerUnknown { id: payer.to_string() },
        })
    }

    /// The basis of a decision about an account: the policy and the terms of its customers, so that
    /// another customer's terms change nothing here.
    ///
    /// # Errors
    /// What [`Rulebook::family`] refuses.
    pub fn basis(&self, payer: &Id) -> Result<Basis, RulebookError> {
        let terms = self.household(payer)?.digest;
        Ok(Basis { policy: self.policy.digest(), terms: Some(terms) })
    }

    /// Whether a log is of this rulebook's seller.
    ///
    /// # Errors
    /// [`RulebookError::SellerMismatch`].
    pub fn check_seller(&self, log: &LogAddress) -> Result<(), RulebookError> {
        if log.seller == *self.policy.seller() {
            return Ok(());
        }
        Err(RulebookError::SellerMismatch {
            expected: self.policy.seller().to_string(),
            got: log.seller.to_string(),
        })
    }

    /// The rules that the work of a customer is rated under.
    ///
    /// # Errors
    /// [`RulebookError::CustomerUnknown`].
    pub fn rules(&self, customer: &Id) -> Result<Rules<'_>, RulebookError> {
        let terms = self.terms(customer)?;
        let mut agreements = vec![terms.agreements()];
        let mut above = terms.parent();
        // Circles were refused when the rulebook was compiled.
        while let Some(parent) = above {
            let parent = self.terms(parent)?;
            agreements.push(parent.agreements());
            above = parent.parent();
        }
        Ok(Rules {
            agreements,
            calendar: &terms.calendar,
            codes: self.policy.codes(),
            currency: terms.currency,
            customer: &terms.customer,
            own_rates: &terms.rates,
            rates: self.policy.rates(),
            rounding: &terms.rounding,
        })
    }
}

fn unreadable(what: &'static str) -> Refusal {
    Refusal::because(&RulebookError::ReferenceUnknown { what, id: String::new() })
}

fn compile_terms(
    path: &str,
    policy: &Policy,
    document: &TermsDocument,
    errors: &mut Errors,
) -> Option<Terms> {
    let unknown = |what, id: &Id| RulebookError::ReferenceUnknown { what, id: id.to_string() };
    let calendar = policy.calendars.get(&document.calendar);
    if calendar.is_none() {
        errors.add(format!("{path}/calendar"), &unknown("calendar", &document.calendar));
    }
    let rounding = policy.rounding.get(&document.rounding);
    if rounding.is_none() {
        errors.add(format!("{path}/rounding"), &unknown("rounding rule", &document.rounding));
    }
    let payment_terms = policy.payment_terms(&document.payment_terms);
    if payment_terms.is_none() {
        errors.add(format!("{path}/payment_terms"), &unknown("payment terms", &document.payment_terms));
    }
    for (place, plan) in document.plans.iter().enumerate() {
        if !policy.billing().plans.iter().any(|known| known.id == *plan) {
            errors.add(format!("{path}/plans/{place}"), &unknown("billing plan", plan));
        }
    }
    for (place, agreement) in document.agreements.iter().enumerate() {
        for error in agreement.check() {
            errors.add(format!("{path}/agreements/{place}"), &error);
        }
        let fees = agreement.fees.iter().map(|fee| &fee.code);
        for code in agreement.covers.iter().chain(&agreement.code).chain(fees) {
            if let Err(error) = policy.codes().code(code) {
                errors.add(format!("{path}/agreements/{place}"), &error);
            }
        }
    }
    let rates = own_rates(path, policy, document, errors);
    check::buyer(path, policy, document, errors);
    parties::customer(path, document, errors);
    Some(Terms {
        adjustments: document.adjustments.clone(),
        agreements: document.agreements.clone(),
        bank_accounts: document.bank_accounts.clone(),
        buyer_reference: document.buyer_reference.clone(),
        calendar: Arc::clone(calendar?),
        contract: document.contract.clone(),
        currency: document.currency,
        customer: document.customer.clone(),
        digest: sha256(&to_bytes(document)),
        name: document.name.clone(),
        notes: document.notes.clone(),
        own_account: document.own_account,
        parent: document.parent.clone(),
        party: document.party.clone(),
        payment_terms: payment_terms?.clone(),
        plans: document.plans.clone(),
        purchase_order: document.purchase_order.clone(),
        rates: rates?,
        rounding: rounding?.clone(),
        tax_scheme: document.tax_scheme.clone(),
        surcharged: document.surcharged,
        tax_category: document.tax_category.clone(),
        withholding: document.withholding.clone(),
    })
}

/// A customer's own rows, each with the customer as a dimension; rows that a shared one equals are
/// errors as they are among the shared.
fn own_rates(
    path: &str,
    policy: &Policy,
    document: &TermsDocument,
    errors: &mut Errors,
) -> Option<RateTable> {
    let path = format!("{path}/rates");
    let mut rows = document.rates.clone();
    check::rates(&path, &rows, errors);
    for (place, row) in rows.iter_mut().enumerate() {
        if row.customer.is_some() {
            let (id, customer) = (row.id.to_string(), document.customer.to_string());
            errors.add(format!("{path}/{place}/customer"), &RulebookError::OwnRateCustomer { id, customer });
        }
        row.customer = Some(document.customer.clone());
        if let Some(error) = policy.rates().conflict(row) {
            errors.add(format!("{path}/{place}"), &error);
        }
    }
    rate_table(&path, rows, errors)
}

/// Agreement ids are unique over all customers, because a parent's block covers its children.
fn check_agreements(
    terms: &BTreeMap<Id, Arc<Terms>>,
    added: &[(String, &TermsDocument)],
    errors: &mut Errors,
) {
    let mut seen: BTreeMap<&Id, usize> = BTreeMap::new();
    for agreement in terms.values().flat_map(|terms| &terms.agreements) {
        let count = seen.entry(&agreement.id).or_default();
        *count = count.saturating_add(1);
    }
    for (path, document) in added {
        for (place, agreement) in document.agreements.iter().enumerate() {
            if seen.get(&agreement.id).is_some_and(|&count| count > 1) {
                let error = AgreementError::IdTwice { got: agreement.id.to_string() };
                errors.add(format!("{path}/agreements/{place}/id"), &error);
            }
        }
    }
}

/// What can be said of terms when the policy they refer to could not be compiled.
fn check_terms_alone(added: &[(String, &TermsDocument)], errors: &mut Errors) {
    let parents = added
        .iter()
        .map(|(_, terms)| (terms.customer.clone(), (terms.parent.clone(), terms.own_account)))
        .collect();
    for (customer, error) in check::payers(&parents).1 {
        if let Some((path, _)) = added.iter().find(|(_, terms)| terms.customer == customer) {
            errors.add(format!("{path}/parent"), &error);
        }
    }
    for (path, terms) in added {
        for (place, agreement) in terms.agreements.iter().enumerate() {
            for error in agreement.check() {
                errors.add(format!("{path}/agreements/{place}"), &error);
            }
        }
        parties::customer(path, terms, errors);
        check::rates(&format!("{path}/rates"), &terms.rates, errors);
        rate_table(&format!("{path}/rates"), terms.rates.clone(), errors);
    }
}

fn index_payers(
    terms: &BTreeMap<Id, Arc<Terms>>,
    billed_to: BTreeMap<Id, Id>,
    added: &[(String, &TermsDocument)],
    errors: &mut Errors,
) -> Payers {
    let mut payers = Payers { billed_to, ..Payers::default() };
    for (customer, terms) in terms {
        for account in &terms.bank_accounts {
            let Some(first) = payers.accounts.insert(account.clone(), customer.clone()) else {
                continue;
            };
            let error = RulebookError::BankAccountShared {
                id: account.to_string(),
                first: first.to_string(),
                second: customer.to_string(),
            };
            let path = added
                .iter()
                .find(|(_, document)| document.customer == *customer || document.customer == first);
            errors.add(format!("{}/bank_accounts", path.map_or("", |(path, _)| path)), &error);
        }
        payers.names.entry(terms.name.trim().to_uppercase()).or_default().insert(customer.clone());
    }
    payers
}
