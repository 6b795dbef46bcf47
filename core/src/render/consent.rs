//! The page on which somebody agrees: what, why they are asked, and the words.

use super::{
    RenderCell, RenderKey as K, RenderKind, RenderModel, RenderRow, RenderSection, RenderStage,
    RenderValue as V, VERSION,
};
use crate::approval::{ApprovalRule, Asked, NetOf, Requirement, Seen, SubjectKind};
use crate::id::Id;
use crate::money::Price;

/// What a page of consent is made of.
#[derive(Debug, Clone)]
pub struct Consent<'c> {
    /// The request.
    pub asked: &'c Asked,
    /// What is approved, part by part: who, what, how much.
    pub content: Vec<RenderSection>,
    /// The person who reads it.
    pub person: &'c Id,
    /// What kind of thing is approved.
    pub kind: SubjectKind,
    /// The language its reader wants.
    pub language: Option<&'c Id>,
    /// The role in which they read it: only rules that ask this role or person are told.
    pub role: &'c Id,
    /// What is approved.
    pub subject: &'c Id,
}

/// The model of a page of consent. It holds the digest that a decision quotes, and stays the same whatever
/// others decide.
#[must_use]
pub fn consent(page: Consent<'_>) -> RenderModel {
    let asked = page.asked;
    let (word, statement) = match page.kind {
        SubjectKind::Invoice => (K::Invoice, K::ConsentInvoice),
        SubjectKind::CreditNote => (K::CreditNote, K::ConsentCreditNote),
        SubjectKind::Refund => (K::Refund, K::ConsentRefund),
        SubjectKind::WriteOff => (K::WriteOff, K::ConsentWriteOff),
        SubjectKind::Void => (K::Void, K::ConsentVoid),
        SubjectKind::Estimate => (K::Estimate, K::ConsentEstimate),
    };
    let needed: Vec<&Requirement> = asked.needed.iter().filter(|one| asks(&one.rule, &page)).collect();
    let hours =
        needed.iter().filter_map(|one| one.rule.expiry.as_ref()).map(|expiry| expiry.after_hours).min();
    let seconds = hours.and_then(|hours| Price::whole(i64::from(hours).saturating_mul(3_600)).ok());
    let request = RenderSection::new(K::Request)
        .with(K::SubjectKind, V::word(word))
        .with(K::Subject, V::code(page.subject))
        .with(K::RequestedAt, V::instant(asked.at))
        .with(K::DecideWithin, seconds.map(V::duration))
        .strong(K::NetToApprove, V::amount(asked.net, asked.currency));
    let rows = needed.iter().flat_map(|one| one.seen.iter().map(|seen| reason(&one.rule, seen)));
    let columns = vec![K::Rule, K::AskedBecause, K::AmountSeen, K::Threshold];
    let reasons = RenderSection::table(K::Reasons, columns, rows.collect());
    let agreed = RenderSection::new(K::ConsentWords)
        .strong(K::ConsentStatement, V::word(statement))
        .with(K::SubjectDigest, V::digest(asked.digest));
    let mut content = page.content;
    let rest = content.split_off(content.len().min(2));
    let sections = content.into_iter().chain([request, reasons]).chain(rest).chain([agreed]);
    RenderModel {
        document: page.subject.clone(),
        kind: RenderKind::Consent,
        language: page.language.cloned(),
        sections: sections.filter(|section| !section.is_empty()).collect(),
        stage: RenderStage::Draft,
        title: K::Consent,
        version: VERSION,
    }
}

/// Whether a rule asks the reader.
fn asks(rule: &ApprovalRule, page: &Consent<'_>) -> bool {
    let escalated = rule.escalation.iter().any(|escalation| escalation.roles.contains(page.role));
    let steps = rule.steps();
    escalated || steps.iter().any(|step| step.roles.contains(page.role) || step.people.contains(page.person))
}

fn reason(rule: &ApprovalRule, seen: &Seen) -> RenderRow {
    let of = seen.of.map(|of| match of {
        NetOf::Subject => K::NetOfSubject,
        NetOf::Line => K::NetOfLine,
        NetOf::Ticket => K::NetOfTicket,
        NetOf::Job => K::NetOfJob,
        NetOf::Month => K::NetOfMonth,
    });
    let codes = [&seen.fact, &seen.value, &seen.code, &seen.ticket, &seen.line];
    let codes = codes.into_iter().flatten().map(V::code);
    let because = of.map(V::word).into_iter().chain(codes).chain(seen.size.map(V::number)).collect();
    let currency = rule.currency.unwrap_or(seen.currency);
    RenderRow::line(vec![
        V::code(&rule.id).into(),
        RenderCell { values: because },
        seen.net.map(|net| V::amount(net, seen.currency)).into(),
        seen.above.map(|above| V::price(above, None, currency)).into(),
    ])
}
