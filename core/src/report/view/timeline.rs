use super::page::{no_token, page};
use super::viewer::Viewer;
use crate::account::{Area, Happening, Passed, Step};
use crate::calendar::{Date, Instant};
use crate::canon::{Digest, shape};
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::DeliveryStatus;
use crate::money::{Currency, Minor};
use crate::role::{Capability, Reach};

shape! {
    /// Asks for a page of what happened in an account.
    pub struct TimelineAsked {
        /// Further roles in which the viewer decides.
        pub acting: Vec<Id>,
        /// The token that ended the page before.
        pub after: Option<String>,
        /// What it is about; everything when empty.
        pub areas: Vec<Area>,
        /// What takes effect later is left out.
        pub as_of: Date,
        /// The document, ticket or estimate; all when left out.
        pub document: Option<Id>,
        /// What took effect earlier is left out.
        pub from: Option<Date>,
        /// Most entries of the page: 1 to 1,000.
        pub limit: u32 = 100,
        /// Whether the last comes first.
        pub newest_first: bool = false,
        /// The role.
        pub role: Id,
        /// Who looks: a person, or the customer whose documents are looked at.
        pub viewer: Id,
    }
}

shape! {
    /// One thing that happened.
    pub struct TimelineEntry {
        /// How much.
        pub amount: Option<Minor>,
        /// What it is about.
        pub area: Area,
        /// When it was recorded.
        pub at: Instant,
        /// Who did it.
        pub by: Id,
        /// Currency of the amount.
        pub currency: Option<Currency>,
        /// The document or ticket it belongs to.
        pub document: Option<Id>,
        /// From when it counts.
        pub effective: Date,
        /// Hash of its record.
        pub hash: Digest,
        /// What happened.
        pub kind: String,
        /// Who worked, is decided for or recorded the payment.
        pub person: Option<Id>,
        /// Its place: the sequence of its record and its place in it.
        pub place: String,
        /// In which role it was done.
        pub role: Id,
        /// Sequence of its record.
        pub seq: u64,
        /// What it happened to.
        pub subject: Id,
    }
}

shape! {
    /// A page of what happened in an account.
    pub struct Timeline {
        /// The payer.
        pub account: Id,
        /// What happened, in the order in which it was recorded.
        pub entries: Vec<TimelineEntry>,
        /// The token of the next page; none after the last.
        pub next: Option<String>,
        /// The role.
        pub role: Id,
    }
}

/// A page of what happened in an account, as far as a viewer sees it.
///
/// # Errors
/// [`ReportError::PageLimit`](crate::report::ReportError::PageLimit) and
/// [`ReportError::PageToken`](crate::report::ReportError::PageToken).
pub fn timeline(viewer: &Viewer<'_>, asked: &TimelineAsked) -> Result<Timeline, Refusal> {
    let because = |error| Refusal::because(&error);
    let limit = page(asked.limit).map_err(because)?;
    let after = asked.after.as_deref();
    let after = after.map(|text| place(viewer, text).ok_or_else(|| because(no_token(text)))).transpose()?;
    let account = viewer.account.payer().clone();
    let mut answer = Timeline { account, entries: Vec::new(), next: None, role: viewer.role.id.clone() };
    let history = viewer.account.history();
    let records = history.records();
    let mut take = |seq: usize, number: usize, passed: &Passed, happening: &Happening| -> bool {
        let step = &*happening.step();
        if !asked.fits(viewer, passed, step) || !is_seen(viewer, step) {
            return true;
        }
        if answer.entries.len() == limit {
            answer.next = answer.entries.last().map(|last| last.place.clone());
            return false;
        }
        answer.entries.push(entry(viewer, seq, number, passed, step));
        true
    };
    if asked.newest_first {
        let end = after.map_or(records.len(), |(seq, _)| seq.saturating_add(1));
        for (seq, passed) in records.iter().enumerate().take(end).rev() {
            let steps = history.steps(passed);
            let before = after.filter(|(last, _)| *last == seq).map_or(steps.len(), |(_, number)| number);
            let steps = steps.iter().enumerate().take(before).rev();
            if !steps.into_iter().all(|(number, step)| take(seq, number, passed, step)) {
                break;
            }
        }
    } else {
        let begin = after.map_or(0, |(seq, _)| seq);
        for (seq, passed) in records.iter().enumerate().skip(begin) {
            let from =
                after.filter(|(last, _)| *last == seq).map_or(0, |(_, number)| number.saturating_add(1));
            let steps = history.steps(passed).iter().enumerate().skip(from);
            if !steps.into_iter().all(|(number, step)| take(seq, number, passed, step)) {
                break;
            }
        }
    }
    Ok(answer)
}

impl TimelineAsked {
    fn fits(&self, viewer: &Viewer<'_>, passed: &Passed, step: &Step) -> bool {
        let about = |id: &Id| document(viewer, step) == Some(id) || step.subject == *id;
        (self.areas.is_empty() || self.areas.contains(&step.area))
            && passed.effective <= self.as_of
            && self.from.is_none_or(|from| passed.effective >= from)
            && self.document.as_ref().is_none_or(about)
    }
}

/// The place that a token names, counted from 0, where the viewer sees something there.
fn place(viewer: &Viewer<'_>, text: &str) -> Option<(usize, usize)> {
    let (seq, number) = text.split_once(':')?;
    let (seq, number): (usize, usize) = (seq.parse().ok()?, number.parse().ok()?);
    let (seq, number) = (seq.checked_sub(1)?, number.checked_sub(1)?);
    let history = viewer.account.history();
    let step = &*history.steps(history.records().get(seq)?).get(number)?.step();
    // A token has one spelling: blanks, signs and zeros are somebody's own.
    (token(seq, number) == text && is_seen(viewer, step)).then_some((seq, number))
}

fn token(seq: usize, number: usize) -> String {
    format!("{}:{}", seq.saturating_add(1), number.saturating_add(1))
}

/// The document or ticket that a step belongs to; what became of a task belongs to the document it was asked for.
fn document<'v>(viewer: &Viewer<'v>, step: &'v Step) -> Option<&'v Id> {
    let of_task = || viewer.account.task(&step.subject).map(|life| &life.task.document);
    step.document.as_ref().or_else(|| if step.area == Area::Task { of_task() } else { None })
}

/// What a role needs to see things of an area.
const fn needs(area: Area) -> Capability {
    match area {
        Area::Ticket | Area::Agreement | Area::Estimate => Capability::Scope,
        Area::Work => Capability::Time,
        Area::Invoice | Area::Fact | Area::Books => Capability::Documents,
        Area::Credit => Capability::Totals,
        Area::Payment => Capability::Payments,
        Area::Dispute => Capability::Disputes,
        Area::Task => Capability::Documents,
        Area::Decision => Capability::Approvals,
        Area::Retention => Capability::Audit,
    }
}

/// Whether a viewer sees a step: its area, whose it is, and of what a customer sees only what was said
/// to it.
fn is_seen(viewer: &Viewer<'_>, step: &Step) -> bool {
    let role = viewer.role;
    if !role.may(needs(step.area)) {
        return false;
    }
    if role.reach == Reach::Account {
        return true;
    }
    let account = viewer.account;
    if step.area == Area::Work {
        return account.entry(&step.subject).is_some_and(|(entry, _)| viewer.sees_entry(entry));
    }
    if role.reach == Reach::OwnWork {
        return false;
    }
    let document = step.document.as_ref();
    let dispute = || account.dispute(&step.subject).map(|dispute| &dispute.opened.invoice);
    match step.area {
        Area::Ticket => viewer.sees_ticket(&step.subject),
        Area::Estimate | Area::Payment => document.is_some_and(|id| viewer.sees(id)),
        Area::Invoice => is_issued_or_void(step.kind) && document.is_some_and(|id| viewer.sees(id)),
        Area::Credit => is_credited(step.kind) && document.is_some_and(|id| viewer.sees(id)),
        Area::Dispute => document.or_else(dispute).is_some_and(|id| viewer.sees(id)),
        Area::Fact => is_said_to_customer(step.kind) && document.is_some_and(|id| viewer.sees(id)),
        // What the seller's people decided, agreed, closed, send and keep is theirs.
        Area::Decision | Area::Agreement | Area::Books | Area::Task | Area::Retention | Area::Work => false,
    }
}

fn is_issued_or_void(kind: &str) -> bool {
    matches!(kind, "issued" | "voided")
}

fn is_credited(kind: &str) -> bool {
    matches!(kind, "credit_issued" | "credit_applied" | "credit_refunded")
}

/// Facts that the customer made or was told, rather than what the seller's people say of it.
fn is_said_to_customer(kind: &str) -> bool {
    let delivered = [DeliveryStatus::Sent, DeliveryStatus::Delivered, DeliveryStatus::Viewed];
    delivered.map(DeliveryStatus::word).contains(&kind) || matches!(kind, "accepted" | "promised")
}

fn entry(viewer: &Viewer<'_>, seq: usize, number: usize, passed: &Passed, step: &Step) -> TimelineEntry {
    // The key of a reservation names whoever pays; a customer knows a payment by what it paid.
    let of_document = viewer.is_customer() && step.area == Area::Payment;
    let subject = step.document.as_ref().filter(|_| of_document).unwrap_or(&step.subject);
    let sequence = u64::try_from(seq).unwrap_or(u64::MAX).saturating_add(1);
    TimelineEntry {
        amount: step.amount.map(|(amount, _)| amount),
        area: step.area,
        at: passed.at,
        by: passed.by.clone(),
        currency: step.amount.map(|(_, currency)| currency),
        document: document(viewer, step).cloned(),
        effective: passed.effective,
        hash: viewer.account.chain().hash(sequence).unwrap_or(Digest::ZERO),
        kind: step.kind.to_owned(),
        person: step.person.clone(),
        place: token(seq, number),
        role: passed.role.clone(),
        seq: sequence,
        subject: subject.clone(),
    }
}
