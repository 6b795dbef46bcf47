use std::collections::BTreeMap;
use std::sync::Arc;

use super::action::{ProposeEstimate, WithdrawEstimate};
use super::asking::{Asking, needs};
use super::decide::{Events, because, refuse, ruling};
use super::event::{AccountEvent, Draw, EstimateProposed};
use super::facts::{fact, is_outside};
use super::state::Account;
use crate::approval::{
    ApprovalError, ApprovalRule, ApprovalStatus, Fact, Request, Requirement, Subject, SubjectKind,
    SubjectLine,
};
use crate::audit::{Ruling, Stamp};
use crate::calendar::Date;
use crate::canon::{Digest, sha256, to_bytes};
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{Draft, Line};
use crate::money::{Currency, Minor};
use crate::rating::Charge;
use crate::rulebook::Rulebook;

/// An estimate with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    /// What was proposed.
    pub proposed: Arc<ProposeEstimate>,
    /// What live invoices drew.
    pub drawn: Minor,
    /// What was drawn when it left with its customer; none while it is here.
    pub moved: Option<Minor>,
    /// Whether it was taken back.
    pub withdrawn: bool,
}

impl Estimate {
    /// What is left to draw.
    #[must_use]
    pub fn left(&self) -> Minor {
        self.proposed.cap.minus(self.drawn).unwrap_or_default()
    }
}

impl ProposeEstimate {
    /// The digest of exactly this content: what consent is bound to.
    #[must_use]
    pub fn digest(&self) -> Digest {
        sha256(&to_bytes(self))
    }

    /// Whether a charge is work that the estimate is about.
    pub(super) fn is_about(&self, charge: &Charge, customer: &Id) -> bool {
        let names = |ids: &[Id], id: Option<&Id>| ids.is_empty() || id.is_some_and(|id| ids.contains(id));
        names(&self.scope.agreements, charge.agreement.as_ref())
            && names(&self.scope.codes, Some(&charge.code))
            && names(&self.scope.customers, Some(customer))
            && names(&self.scope.tickets, charge.ticket.as_ref())
    }
}

/// What of a line no estimate takes.
pub(super) struct Beyond {
    /// All of it.
    pub(super) all: Minor,
    /// Of that, what a customer consented to an estimate of.
    pub(super) consented: Minor,
}

impl Account {
    pub(super) fn propose_estimate(
        &self,
        rulebook: &Rulebook,
        proposed: &ProposeEstimate,
        stamp: &Stamp,
    ) -> Events {
        self.check_estimate(proposed, stamp.effective).map_err(because)?;
        let subject = Subject {
            author: stamp.actor.clone(),
            currency: proposed.currency,
            digest: proposed.digest(),
            earlier: Vec::new(),
            facts: self.scope_facts(rulebook, proposed)?,
            id: proposed.estimate.clone(),
            kind: SubjectKind::Estimate,
            lines: scope_lines(rulebook, proposed),
            month: Minor::ZERO,
            net: proposed.cap,
            payer: self.payer().clone(),
        };
        let mut approval = match Asking::new(rulebook, stamp, &[])?.of(&subject) {
            Ok(approval) => approval,
            Err(findings) => {
                return Err(Refusal::unless_empty(findings).err().unwrap_or_else(|| {
                    because(ApprovalError::Unknown { got: proposed.estimate.to_string() })
                }));
            }
        };
        if !approval.needed.iter().any(|one| one.rule.asks_customer()) {
            // Whatever the policy says of estimates, one that no customer consented to would be no consent.
            let rule = ApprovalRule::customer_consent(SubjectKind::Estimate);
            approval.needed.push(Requirement { rule, seen: Vec::new() });
        }
        let findings = needs(&proposed.estimate, &approval.needed).collect();
        let event = EstimateProposed { approval, estimate: proposed.clone() };
        Ok(Ruling { events: vec![AccountEvent::EstimateProposed(Box::new(event))], findings })
    }

    /// What an estimate is about, as rules see it: where it names nothing, it is about everything.
    fn scope_facts(&self, rulebook: &Rulebook, proposed: &ProposeEstimate) -> Result<Vec<Fact>, Refusal> {
        let (scope, family) = (&proposed.scope, rulebook.family(self.payer()).map_err(because)?);
        let named = |ids: &[Id], all: Vec<Id>| if ids.is_empty() { all } else { ids.to_vec() };
        let terms = family.iter().filter_map(|customer| rulebook.terms(customer).ok());
        let agreements = terms.flat_map(|terms| terms.agreements()).map(|one| one.id.clone()).collect();
        let agreements = named(&scope.agreements, agreements).into_iter();
        let customers = named(&scope.customers, family.iter().cloned().collect()).into_iter();
        let facts = agreements.map(|id| fact("agreement", Some(id)));
        let facts = facts.chain(customers.map(|id| fact("customer", Some(id))));
        Ok(facts.chain(scope.tickets.iter().map(|id| fact("ticket", Some(id.clone())))).collect())
    }

    /// Whether an estimate can be proposed.
    pub(super) fn check_estimate(&self, proposed: &ProposeEstimate, on: Date) -> Result<(), ApprovalError> {
        if !self.is_new_subject(&proposed.estimate) {
            return Err(ApprovalError::SubjectTwice { got: proposed.estimate.to_string() });
        }
        if !proposed.cap.is_positive() {
            return Err(ApprovalError::EstimateCap { got: proposed.cap.units() });
        }
        if proposed.expires < on {
            let (date, got) = (on.to_string(), proposed.expires.to_string());
            return Err(ApprovalError::EstimateExpiry { date, got });
        }
        Ok(())
    }

    /// Whether an id can be given to something new that can be approved.
    pub(super) fn is_new_subject(&self, id: &Id) -> bool {
        !self.requests.contains_key(id)
            && !self.invoices.contains_key(id)
            && !self.estimates.contains_key(id)
            && self.ledger.item(id).is_err()
    }

    pub(super) fn withdraw_estimate(&self, withdraw: &WithdrawEstimate) -> Events {
        self.standing_estimate(&withdraw.estimate).map_err(because)?;
        ruling(vec![AccountEvent::EstimateWithdrawn(withdraw.clone())])
    }

    /// An estimate.
    ///
    /// # Errors
    /// [`ApprovalError::EstimateUnknown`].
    pub fn estimate(&self, id: &Id) -> Result<&Estimate, ApprovalError> {
        self.estimates.get(id).ok_or_else(|| ApprovalError::EstimateUnknown { got: id.to_string() })
    }

    /// An estimate that was not taken back.
    pub(super) fn standing_estimate(&self, id: &Id) -> Result<&Estimate, ApprovalError> {
        let estimate = self.estimate(id)?;
        if estimate.withdrawn {
            return Err(ApprovalError::EstimateWithdrawn { got: id.to_string() });
        }
        if estimate.moved.is_some() {
            return Err(ApprovalError::EstimateMoved { got: id.to_string() });
        }
        Ok(estimate)
    }

    /// Whether an estimate has the consent of everybody it needs.
    pub(super) fn is_consented(&self, id: &Id) -> bool {
        self.request(id).is_ok_and(|request: &Request| request.status() == ApprovalStatus::Approved)
    }

    /// Draws what a line bills outside the agreement on estimates that the customer consented to, the
    /// one that ends first before others; gives what no estimate takes.
    pub(super) fn draw(
        &self,
        rulebook: &Rulebook,
        estimates: &[&Estimate],
        draft: &Draft,
        line: &Line,
        drawn: &mut BTreeMap<Id, Minor>,
        draws: &mut Vec<Draw>,
    ) -> Beyond {
        let mut beyond = Beyond { all: Minor::ZERO, consented: Minor::ZERO };
        let outside = line.charges.iter().filter(|charge| is_outside(rulebook, &line.customer, charge));
        for charge in outside.filter(|charge| charge.net.is_positive()) {
            let mut rest = charge.net;
            for estimate in
                estimates.iter().filter(|estimate| estimate.proposed.is_about(charge, &line.customer))
            {
                let id = &estimate.proposed.estimate;
                let here = drawn.get(id).copied().unwrap_or_default();
                let amount = estimate.left().minus(here).unwrap_or_default().min(rest);
                if !amount.is_positive() {
                    continue;
                }
                rest = rest.minus(amount).unwrap_or_default();
                drawn.insert(id.clone(), here.plus(amount).unwrap_or(here));
                add(
                    draws,
                    Draw { amount, currency: draft.currency, estimate: id.clone(), line: line.id.clone() },
                );
            }
            // Charges of one line stay within an amount's limit, and so does a part of them.
            beyond.all = beyond.all.plus(rest).unwrap_or(beyond.all);
            if rest.is_positive() && self.was_estimated(charge, &line.customer, draft.currency) {
                beyond.consented = beyond.consented.plus(rest).unwrap_or(beyond.consented);
            }
        }
        beyond
    }

    /// Whether a customer consented to an estimate of a charge for its day, however much is left of it: also
    /// to one that was taken back since, because that was no consent to more.
    fn was_estimated(&self, charge: &Charge, customer: &Id, currency: Currency) -> bool {
        let about = |estimate: &&Estimate| {
            let proposed = &estimate.proposed;
            let here = estimate.moved.is_none() && proposed.currency == currency;
            here && charge.date <= proposed.expires && proposed.is_about(charge, customer)
        };
        self.estimates.values().filter(about).any(|one| self.is_consented(&one.proposed.estimate))
    }

    /// Estimates that a draft may draw on, the one that ends first before others.
    pub(super) fn drawable(&self, currency: Currency, on: Date) -> Vec<&Estimate> {
        // The empty id sorts before every other.
        let from = (currency, on, Id::of_digits(""));
        let unexpired = self.open_estimates.range(from..).take_while(|(other, ..)| *other == currency);
        unexpired
            .filter(|(.., id)| self.is_consented(id))
            .filter_map(|(.., id)| self.estimates.get(id))
            .collect()
    }

    /// Whether draws fit what is left of estimates that were consented to.
    pub(super) fn check_draws(&self, draft: &Draft, draws: &[Draw]) -> Result<(), Refusal> {
        let mut drawn: BTreeMap<&Id, Minor> = BTreeMap::new();
        for draw in draws {
            let estimate = self.standing_estimate(&draw.estimate).map_err(because)?;
            let sum = drawn.entry(&draw.estimate).or_default();
            *sum = sum.plus(draw.amount).map_err(because)?;
            let fits = *sum <= estimate.left()
                && draw.amount.is_positive()
                && draw.currency == estimate.proposed.currency
                && draw.currency == draft.currency
                && draft.lines.iter().any(|line| line.id == draw.line)
                && self.is_consented(&draw.estimate);
            if !fits {
                return refuse(&ApprovalError::EstimateOverdrawn { got: draw.estimate.to_string() });
            }
        }
        Ok(())
    }
}

/// The charge codes that an estimate is about, each as a line up to the cap.
fn scope_lines(rulebook: &Rulebook, proposed: &ProposeEstimate) -> Vec<SubjectLine> {
    let codes = &proposed.scope.codes;
    let all = || rulebook.policy().codes().codes().map(|code| code.id.clone()).collect();
    let codes: Vec<Id> = if codes.is_empty() { all() } else { codes.clone() };
    let line = |code: Id| SubjectLine {
        code: code.clone(),
        currency: proposed.currency,
        facts: Vec::new(),
        id: code,
        net: proposed.cap,
        ticket: None,
    };
    codes.into_iter().map(line).collect()
}

/// Adds a draw, joined with another of the same line on the same estimate.
fn add(draws: &mut Vec<Draw>, draw: Draw) {
    let same = |other: &&mut Draw| other.estimate == draw.estimate && other.line == draw.line;
    match draws.iter_mut().find(same) {
        Some(other) => other.amount = other.amount.plus(draw.amount).unwrap_or(other.amount),
        None => draws.push(draw),
    }
}
