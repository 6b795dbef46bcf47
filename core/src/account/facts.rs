//! What is the case with documents, as approval and task rules can ask.

use rust_decimal::Decimal;

use crate::agreement::AgreementKind;
use crate::approval::{Fact, Subject, SubjectKind, SubjectLine};
use crate::id::Id;
use crate::invoice::{AdjustmentKind, Draft, Line, PriceAdjustment};
use crate::money::{Amount, Minor, Price};
use crate::rating::{Charge, ChargeSource};
use crate::rulebook::Rulebook;

pub(super) fn fact(name: &'static str, value: Option<Id>) -> Fact {
    Fact { amount: None, name: Id::of_digits(name), value }
}

/// Whether a charge is work that no agreement takes: neither under terms of time and materials nor
/// covered by a block, and not free.
pub(super) fn is_outside(rulebook: &Rulebook, customer: &Id, charge: &Charge) -> bool {
    let hourly = |id: &Id| {
        let rules = rulebook.rules(customer).into_iter();
        let mut agreements = rules.flat_map(|rules| rules.agreements).flatten();
        agreements.any(|one| one.id == *id && one.kind == AgreementKind::TimeAndMaterials)
    };
    charge.source == ChargeSource::Entry
        && !charge.net.is_zero()
        && charge.coverage.is_none()
        && !charge.agreement.as_ref().is_some_and(hourly)
}

/// What is the case with a line, each fact once.
pub(super) fn facts(rulebook: &Rulebook, draft: &Draft, line: &Line, beyond: Minor) -> Vec<Fact> {
    let mut facts = vec![fact("customer", Some(line.customer.clone()))];
    for charge in &line.charges {
        facts.extend(charge.agreement.iter().map(|agreement| fact("agreement", Some(agreement.clone()))));
        facts.extend(charge.multiplier.iter().map(|row| fact("multiplier", Some(row.clone()))));
        if charge.no_charge {
            facts.push(fact("no_charge", None));
        }
        if is_outside(rulebook, &line.customer, charge) {
            facts.push(fact("out_of_scope", None));
        }
        if charge.source == ChargeSource::Entry && charge.rate.is_none() && !charge.net.is_zero() {
            facts.push(fact("rate_override", None));
        }
    }
    let before = Minor::sum(line.charges.iter().map(|charge| charge.net)).unwrap_or(line.amount);
    facts.extend(line.adjustments.iter().flat_map(|one| reduction(one, before)));
    if !beyond.is_zero() {
        let amount = Price::from_decimal(Amount::new(beyond, draft.currency).to_decimal()).ok();
        facts.push(Fact { amount, ..fact("beyond_estimate", None) });
    }
    let mut seen = Vec::with_capacity(facts.len());
    for one in facts {
        if !seen.contains(&one) {
            seen.push(one);
        }
    }
    seen
}

/// What is the case with an invoice as a whole: its terms, and what is taken off it or may be.
pub(super) fn document_facts(draft: &Draft) -> Vec<Fact> {
    let terms = &draft.terms;
    let mut facts = vec![fact("terms", Some(terms.id.clone()))];
    let early = terms.discount.as_ref().filter(|_| !draft.is_deposit());
    facts.extend(
        early.map(|early| Fact { amount: Some(early.percent), ..fact("discount", Some(terms.id.clone())) }),
    );
    let lines = draft.totals.lines;
    let taken = draft.adjustments.iter().map(|one| reduction(one, lines)).filter(|facts| !facts.is_empty());
    let taken: Vec<Vec<Fact>> = taken.collect();
    if taken.len() > 1 {
        // Several small ones are one large: what they come to together is a fact too.
        let amount = percent(draft.totals.allowance, lines);
        facts.extend(["allowance", "discount"].map(|name| Fact { amount, ..fact(name, None) }));
    }
    facts.extend(taken.into_iter().flatten());
    facts
}

/// An allowance, which is a discount too, with its size in percent of what it is taken off.
fn reduction(adjustment: &PriceAdjustment, of: Minor) -> Vec<Fact> {
    if adjustment.kind != AdjustmentKind::Allowance || !adjustment.amount.is_positive() {
        return Vec::new();
    }
    let amount = adjustment.percent.or_else(|| percent(adjustment.amount, of));
    let named = |name| Fact { amount, ..fact(name, adjustment.reason_code.clone()) };
    vec![named("allowance"), named("discount")]
}

/// A part in percent, never said smaller than it is; all of nothing is everything.
fn percent(part: Minor, of: Minor) -> Option<Price> {
    let (part, of) = (i128::from(part.magnitude().units()), i128::from(of.magnitude().units()));
    if of == 0 {
        return Price::whole(100).ok();
    }
    let scaled = part.checked_mul(1_000_000)?.checked_add(of.checked_sub(1)?)?.checked_div(of)?;
    Price::from_decimal(Decimal::try_from_i128_with_scale(scaled, 4).ok()?).ok()
}

/// The lines of an invoice as rules see them that look at what is taken back of it, or written off: each with
/// the net that is given for it.
pub(super) fn lines_of(
    rulebook: &Rulebook,
    draft: &Draft,
    net: impl Fn(&Line) -> Option<Minor>,
) -> Vec<SubjectLine> {
    let lines = draft.lines.iter().filter_map(|line| {
        let net = net(line)?;
        Some(SubjectLine { net, ..subject_line(draft, line, facts(rulebook, draft, line, Minor::ZERO)) })
    });
    // Nothing is taken off what is taken back: that was judged when it was billed.
    let taken = lines.map(|mut line| {
        line.facts.retain(|fact| !matches!(fact.name.as_str(), "allowance" | "discount"));
        line
    });
    taken.collect()
}

/// A line as rules see it.
pub(super) fn subject_line(draft: &Draft, line: &Line, facts: Vec<Fact>) -> SubjectLine {
    SubjectLine {
        code: line.code.clone(),
        currency: draft.currency,
        facts,
        id: line.id.clone(),
        net: line.net,
        ticket: line.ticket.clone(),
    }
}

/// An invoice as rules see it that look at nothing but its own content.
pub(super) fn draft_subject(rulebook: &Rulebook, draft: &Draft, author: &Id, payer: &Id) -> Subject {
    let lines = draft.lines.iter();
    let lines = lines.map(|line| subject_line(draft, line, facts(rulebook, draft, line, Minor::ZERO)));
    Subject {
        author: author.clone(),
        currency: draft.currency,
        digest: draft.digest(),
        earlier: Vec::new(),
        facts: document_facts(draft),
        id: draft.id.clone(),
        kind: SubjectKind::Invoice,
        lines: lines.collect(),
        month: Minor::ZERO,
        net: draft.totals.net,
        payer: payer.clone(),
    }
}
