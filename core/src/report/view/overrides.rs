use std::collections::{BTreeMap, BTreeSet};

use super::page::{no_token, page};
use super::viewer::Viewer;
use crate::account::{Exception, Happening, OverrideKind, Passed, Step};
use crate::approval::Request;
use crate::calendar::{Date, Instant};
use crate::canon::{Digest, shape, words};
use crate::finding::Refusal;
use crate::id::Id;
use crate::money::{Currency, Minor};
use crate::role::Capability;

words! {
    /// Duties that belong apart.
    pub enum Duty {
        /// Did work that is billed.
        Worked = "worked",
        /// Made the invoice.
        Authored = "authored",
        /// Approved it, or that money goes back.
        Approved = "approved",
        /// Had it issued.
        Issued = "issued",
        /// Recorded the money that paid it.
        RecordedPayment = "recorded_payment",
        /// Put the money on items by hand.
        Matched = "matched",
        /// Asked for money to go back.
        AskedBack = "asked_back",
        /// Paid the money back.
        PaidBack = "paid_back",
    }
}

shape! {
    /// A duty that a person held.
    pub struct HeldDuty {
        /// The duty.
        pub duty: Duty,
        /// Hash of the record that says so.
        pub hash: Digest,
        /// Its sequence.
        pub seq: u64,
    }
}

shape! {
    /// Asks for what left the ordinary way.
    pub struct OverridesAsked {
        /// Further roles in which the viewer decides.
        pub acting: Vec<Id>,
        /// The token that ended the page before.
        pub after: Option<String>,
        /// Days between when something counts and when it was recorded that are ordinary.
        pub backdated_days: u32 = 3,
        /// The first day on which something was recorded, in UTC.
        pub from: Date,
        /// What is looked for; everything when empty.
        pub kinds: Vec<OverrideKind>,
        /// Most rows of the page: 1 to 1,000.
        pub limit: u32 = 100,
        /// The role.
        pub role: Id,
        /// The last day on which something was recorded, in UTC.
        pub through: Date,
        /// Who looks.
        pub viewer: Id,
    }
}

shape! {
    /// One thing that left the ordinary way, with the record that says so.
    pub struct OverrideRow {
        /// How much it is about.
        pub amount: Option<Minor>,
        /// When it was recorded.
        pub at: Instant,
        /// Who did it.
        pub by: Id,
        /// Currency of the amount.
        pub currency: Option<Currency>,
        /// How many days after the day it counts from it was recorded.
        pub days: Option<u32>,
        /// The document it belongs to.
        pub document: Option<Id>,
        /// Duties that one person held.
        pub duties: Vec<HeldDuty>,
        /// From when it counts.
        pub effective: Date,
        /// Hash of the record.
        pub hash: Digest,
        /// How.
        pub kind: OverrideKind,
        /// In which role it was done.
        pub role: Id,
        /// Sequence of the record.
        pub seq: u64,
        /// What it is about.
        pub subject: Id,
    }
}

shape! {
    /// What left the ordinary way.
    pub struct Overrides {
        /// The payer.
        pub account: Id,
        /// The first day.
        pub from: Date,
        /// The token of the next page; none after the last.
        pub next: Option<String>,
        /// What left it, in the order in which it was recorded.
        pub rows: Vec<OverrideRow>,
        /// The last day.
        pub through: Date,
    }
}

/// What left the ordinary way over some days, each with the record that says so.
///
/// # Errors
/// [`RoleError::Capability`](crate::role::RoleError::Capability) for a role that does not audit;
/// [`ReportError`](crate::report::ReportError) for a page of no or too many rows and a token of none.
pub fn overrides(viewer: &Viewer<'_>, asked: &OverridesAsked) -> Result<Overrides, Refusal> {
    viewer.needs(Capability::Audit)?;
    let wants = |kind: OverrideKind| asked.wants(kind);
    let mut rows = Vec::new();
    let history = viewer.account.history();
    for (index, passed) in history.records().iter().enumerate() {
        let Some(day) = is_between(asked, passed.at, passed.effective) else { continue };
        let seq = sequence(index);
        // What another log recorded is backdated here only where its day was closed.
        let own = passed.occurred.or((!passed.system).then_some(passed.effective));
        let late = own.and_then(|own| u32::try_from(day.days_since(own)).ok()).unwrap_or(0);
        if late > asked.backdated_days && wants(OverrideKind::Backdated) {
            let first = history.steps(passed).first();
            rows.extend(first.map(|one| backdated(viewer, passed, &one.step(), seq, late)));
        }
        let wanted = history.exceptions(passed).iter().filter(|one| wants(one.kind) && is_one(viewer, one));
        rows.extend(wanted.map(|exception| row(viewer, passed, exception, seq)));
    }
    if wants(OverrideKind::Duties) {
        rows.extend(duties(viewer, asked));
    }
    let (rows, next) = paged(rows, asked, viewer.account.chain().head().seq)?;
    let (account, from, through) = (viewer.account.payer().clone(), asked.from, asked.through);
    Ok(Overrides { account, from, next, rows, through })
}

impl OverridesAsked {
    pub(super) fn wants(&self, kind: OverrideKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }
}

/// The day on which something was recorded, where it is asked for.
pub(super) fn is_between(asked: &OverridesAsked, at: Instant, effective: Date) -> Option<Date> {
    let day = Date::new(at.utc().date_naive()).unwrap_or(effective);
    (asked.from <= day && day <= asked.through).then_some(day)
}

/// A page of rows, and the token of the next one.
pub(super) fn paged(
    mut rows: Vec<OverrideRow>,
    asked: &OverridesAsked,
    last: u64,
) -> Result<(Vec<OverrideRow>, Option<String>), Refusal> {
    let because = |error| Refusal::because(&error);
    let limit = page(asked.limit).map_err(because)?;
    rows.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut numbered: Vec<((u64, u64), OverrideRow)> = Vec::with_capacity(rows.len());
    for row in rows {
        let before = numbered.last().map(|(place, _)| *place).filter(|(seq, _)| *seq == row.seq);
        let number = before.map_or(1, |(_, number)| number.saturating_add(1));
        numbered.push(((row.seq, number), row));
    }
    let after = match asked.after.as_deref() {
        None => None,
        Some(text) => Some(place(last, text).ok_or_else(|| because(no_token(text)))?),
    };
    let mut left = numbered.into_iter().skip_while(|(place, _)| after.is_some_and(|after| *place <= after));
    let shown: Vec<((u64, u64), OverrideRow)> = left.by_ref().take(limit).collect();
    let more = left.next().is_some();
    let next = shown.last().filter(|_| more).map(|((seq, number), _)| format!("{seq}:{number}"));
    Ok((shown.into_iter().map(|(_, row)| row).collect(), next))
}

/// The order of rows: by record, and in it by kind; duties come last, because they alone move on to a
/// later record.
fn key(row: &OverrideRow) -> (u64, OverrideKind, &Id, Option<&Id>, &Id) {
    (row.seq, row.kind, &row.subject, row.document.as_ref(), &row.by)
}

/// The place that a token names: a record, and the number of a row in it.
fn place(last: u64, text: &str) -> Option<(u64, u64)> {
    let (seq, number) = text.split_once(':')?;
    let (seq, number): (u64, u64) = (seq.parse().ok()?, number.parse().ok()?);
    // A token has one spelling.
    let plain = format!("{seq}:{number}") == text;
    (plain && number > 0 && (1..=last).contains(&seq)).then_some((seq, number))
}

fn sequence(place: usize) -> u64 {
    u64::try_from(place).unwrap_or(u64::MAX).saturating_add(1)
}

/// Whether it left the ordinary way after all: a void does where nobody but its author decided on it.
fn is_one(viewer: &Viewer<'_>, exception: &Exception) -> bool {
    let alone = |request: &Request| {
        let author = &request.asked().author;
        request.decisions().iter().all(|decision| decision.actor == *author)
    };
    exception.kind != OverrideKind::VoidedAlone || viewer.account.request(&exception.subject).is_ok_and(alone)
}

fn row(viewer: &Viewer<'_>, passed: &Passed, exception: &Exception, seq: u64) -> OverrideRow {
    let amount = exception.amount;
    OverrideRow {
        amount: amount.map(|(amount, _)| amount),
        at: passed.at,
        by: exception.person.as_ref().unwrap_or(&passed.by).clone(),
        currency: amount.map(|(_, currency)| currency),
        days: None,
        document: exception.document.clone(),
        duties: Vec::new(),
        effective: passed.effective,
        hash: hash(viewer, seq),
        kind: exception.kind,
        role: passed.role.clone(),
        seq,
        subject: exception.subject.clone(),
    }
}

fn backdated(viewer: &Viewer<'_>, passed: &Passed, step: &Step, seq: u64, late: u32) -> OverrideRow {
    let (document, subject) = (step.document.clone(), step.subject.clone());
    let kind = OverrideKind::Backdated;
    let exception = Exception { amount: step.amount, document, kind, person: None, subject };
    OverrideRow { days: Some(late), ..row(viewer, passed, &exception, seq) }
}

fn hash(viewer: &Viewer<'_>, seq: u64) -> Digest {
    viewer.account.chain().hash(seq).unwrap_or(Digest::ZERO)
}

/// The first record in which each person held each duty, by document and person.
type Held<'h> = BTreeMap<&'h Id, BTreeMap<&'h Id, BTreeMap<Duty, u64>>>;

/// People who held duties that belong apart over one document: whoever worked, made, approved or
/// recorded the money of it is each another. Having it issued follows from the last of these.
fn duties(viewer: &Viewer<'_>, asked: &OverridesAsked) -> Vec<OverrideRow> {
    let account = viewer.account;
    let mut held: Held<'_> = BTreeMap::new();
    let history = account.history();
    for (place, passed) in history.records().iter().enumerate() {
        let seq = sequence(place);
        for happening in history.steps(passed) {
            // Who worked counts once the work is drafted.
            let Happening::Step(step) = happening else { continue };
            let Some(document) = &step.document else { continue };
            let people = held.entry(document).or_default();
            for (person, duty) in holders(passed, step) {
                people.entry(person).or_default().entry(duty).or_insert(seq);
            }
            if step.kind == "drafted" {
                let lines = account.invoice(document).map(|invoice| invoice.draft.lines.as_slice());
                let charges = lines.unwrap_or_default().iter().flat_map(|line| &line.charges);
                for agent in charges.filter_map(|charge| charge.agent.as_ref()) {
                    people.entry(agent).or_default().entry(Duty::Worked).or_insert(seq);
                }
            }
        }
    }
    let mut rows = Vec::new();
    for (document, people) in held {
        for (person, duties) in people {
            let apart: BTreeSet<&Duty> = duties.keys().filter(|duty| **duty != Duty::Issued).collect();
            let last = duties.values().max().copied().unwrap_or_default();
            let passed =
                usize::try_from(last).ok().and_then(|last| history.records().get(last.checked_sub(1)?));
            let Some(passed) = passed.filter(|_| apart.len() > 1) else { continue };
            if is_between(asked, passed.at, passed.effective).is_none() {
                continue;
            }
            let (kind, subject) = (OverrideKind::Duties, document.clone());
            let exception =
                Exception { amount: None, document: Some(document.clone()), kind, person: None, subject };
            let held = duties.iter();
            rows.push(OverrideRow {
                by: person.clone(),
                duties: held
                    .map(|(duty, seq)| HeldDuty { duty: *duty, hash: hash(viewer, *seq), seq: *seq })
                    .collect(),
                ..row(viewer, passed, &exception, last)
            });
        }
    }
    rows
}

/// Who held which duty with a step.
fn holders<'h>(passed: &'h Passed, step: &'h Step) -> Vec<(&'h Id, Duty)> {
    let duty = match step.kind {
        "drafted" => Duty::Authored,
        "approved" => Duty::Approved,
        "number_requested" => Duty::Issued,
        "allocated" => Duty::RecordedPayment,
        "refund_proposed" => Duty::AskedBack,
        _ => return Vec::new(),
    };
    // A payment is carried out by the system; who recorded it stands in the reservation.
    let actor = Some(&passed.by).filter(|_| !passed.system);
    actor.into_iter().chain(&step.person).map(|person| (person, duty)).collect()
}
