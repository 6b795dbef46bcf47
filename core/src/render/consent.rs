//! The page on which somebody agrees: what, why they are asked, and the words.

use super::header::called;
use super::{
    RenderCell, RenderKey as K, RenderKind, RenderModel, RenderRow, RenderSection, RenderStage,
    RenderValue as V, VERSION,
};
use crate::approval::{ApprovalRule, Asked, NetOf, Requirement, Seen, SubjectKind};
use crate::id::Id;
use crate::invoice::CodeName;

/// What the codes of a page are called; a code without a name stands there itself.
#[derive(Debug, Clone)]
pub struct ConsentNames<'c> {
    /// The charge codes.
    pub codes: Vec<CodeName>,
    /// The customers.
    pub customers: Vec<CodeName>,
    /// Rules, reasons, agreements, cash books.
    pub others: &'c [CodeName],
}

impl ConsentNames<'_> {
    /// A part of what is approved, with the names of its codes.
    fn named(&self, mut section: RenderSection) -> RenderSection {
        for entry in &mut section.entries {
            let names = if entry.key == K::ChargeCode {
                &self.codes
            } else if entry.key == K::ForCustomer {
                &self.customers
            } else if [K::Agreement, K::CashBook, K::Reason].contains(&entry.key) {
                self.others
            } else {
                continue;
            };
            for value in &mut entry.values {
                let found = names.iter().find(|name| *value == V::code(&name.code));
                if let Some(name) = found {
                    *value = V::text(&name.name);
                }
            }
        }
        section
    }
}

/// What a page of consent is made of.
#[derive(Debug, Clone)]
pub struct Consent<'c> {
    /// The request.
    pub asked: &'c Asked,
    /// What is approved, part by part: who, what, how much.
    pub content: Vec<RenderSection>,
    /// What its codes are called.
    pub names: &'c ConsentNames<'c>,
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
    let by = hours.and_then(|hours| asked.at.plus_seconds(i64::from(hours).saturating_mul(3_600)).ok());
    let request = RenderSection::new(K::Request)
        .with(K::SubjectKind, V::word(word))
        .with(K::Subject, V::code(page.subject))
        .with(K::RequestedAt, V::instant(asked.at))
        .with(K::DecideWithin, hours.map(V::span))
        .with(K::DecideBy, by.map(V::instant))
        .strong(K::NetToApprove, V::amount(asked.net, asked.currency));
    let rows = needed.iter().flat_map(|one| one.seen.iter().map(|seen| reason(&one.rule, seen, &page)));
    let columns = vec![K::Rule, K::AskedBecause, K::AmountSeen, K::Threshold];
    let reasons = RenderSection::table(K::Reasons, columns, rows.collect());
    let agreed = RenderSection::new(K::ConsentWords)
        .strong(K::ConsentStatement, V::word(statement))
        .with(K::SubjectDigest, V::digest(asked.digest));
    let mut content: Vec<RenderSection> =
        page.content.into_iter().map(|section| page.names.named(section)).collect();
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

/// A rule with what it saw. A line is named by its place.
fn reason(rule: &ApprovalRule, seen: &Seen, page: &Consent<'_>) -> RenderRow {
    let of = seen.of.map(|of| match of {
        NetOf::Subject => K::NetOfSubject,
        NetOf::Line => K::NetOfLine,
        NetOf::Ticket => K::NetOfTicket,
        NetOf::Job => K::NetOfJob,
        NetOf::Month => K::NetOfMonth,
    });
    let facts = [&seen.fact, &seen.value].into_iter().flatten().map(|fact| called(page.names.others, fact));
    let code = seen.code.iter().map(|code| called(&page.names.codes, code));
    let line = seen.line.iter().map(|line| place_of(line, &page.content));
    let codes = facts.chain(code).chain(seen.ticket.iter().map(V::code)).chain(line);
    let because = of.map(V::word).into_iter().chain(codes).chain(seen.size.map(V::number)).collect();
    let currency = rule.currency.unwrap_or(seen.currency);
    RenderRow::line(vec![
        called(page.names.others, &rule.id).into(),
        RenderCell { values: because },
        seen.net.map(|net| V::amount(net, seen.currency)).into(),
        seen.above.map(|above| V::price(above, None, currency)).into(),
    ])
}

/// The place of a line among those of the page.
fn place_of(line: &Id, content: &[RenderSection]) -> V {
    let tables = content.iter().filter(|section| section.key == K::Lines).flat_map(|section| &section.table);
    let mut rows = tables.flat_map(|table| &table.rows);
    let is_of = |row: &RenderRow| {
        row.facts.iter().any(|fact| fact.key == K::LineReceipt && fact.values == [V::code(line)])
    };
    let place = rows.find(|row| is_of(row)).and_then(|row| row.cells.first()?.values.first().cloned());
    place.unwrap_or_else(|| V::code(line))
}
