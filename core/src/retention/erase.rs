use std::collections::{BTreeMap, BTreeSet};

use super::{
    Candidate, EraseSubject, ErasureRequested, KeepReason, PlanItem, Purge, PurgeRefused, RetentionAction,
    RetentionError, RetentionPolicy, RetentionRule, plan, plan_digest, select,
};
use crate::audit::{AuditError, Ruling, Stamp};
use crate::calendar::Date;
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;

/// What a log records of erasing; each log has it among its own events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RetentionEvent {
    /// Everything personal was taken out of a piece of content.
    Anonymised(Box<PlanItem>),
    /// A person asked for erasure.
    ErasureRequested(ErasureRequested),
    /// A piece of content was erased.
    Purged(Box<PlanItem>),
    /// Something could not be erased.
    PurgeRefused(Box<PurgeRefused>),
}

impl RetentionEvent {
    /// The content, or the person who asked.
    #[must_use]
    pub fn id(&self) -> &Id {
        match self {
            Self::Anonymised(item) | Self::Purged(item) => &item.id,
            Self::ErasureRequested(requested) => &requested.person,
            Self::PurgeRefused(refused) => &refused.item.id,
        }
    }
}

/// The day by which content is due: that on which its erasure takes effect, unless that has not come when it is recorded. A
/// day that lies ahead would erase now what must be kept until then.
fn due_by(stamp: &Stamp) -> Result<Date, Refusal> {
    let (today, got) = (stamp.at.day(), stamp.effective);
    if got > today {
        let (today, got) = (today.to_string(), got.to_string());
        return Err(Refusal::because(&RetentionError::Ahead { got, today }));
    }
    Ok(got)
}

/// Erases what is due: what was shown, or some of it by name; `known` says which names are content at all. The candidates
/// are as they stand on the day of the record: what is needed again is not erased as of a day on which it was not.
///
/// # Errors
/// [`RetentionError`] for a role that may not, a date that has not come, a plan that changed, and everything that cannot
/// be erased where nothing can.
pub fn purge(
    policy: &RetentionPolicy,
    candidates: &[Candidate],
    known: impl Fn(&Id) -> bool,
    purge: &Purge,
    stamp: &Stamp,
) -> Result<Ruling<RetentionEvent>, Refusal> {
    policy.check_erase_role(&stamp.role).map_err(|error| Refusal::because(&error))?;
    let as_of = due_by(stamp)?;
    match (purge.digest, purge.items.is_empty()) {
        (Some(digest), true) => {
            let mut items = plan(policy, candidates, as_of);
            if plan_digest(&items) != digest {
                return Err(Refusal::because(&RetentionError::PlanChanged));
            }
            // What would be due but for a hold, a dispute or shared bytes is refused, and recorded so.
            let is_blocked =
                |item: &PlanItem| !item.blockers.is_empty() && item.due.is_some_and(|due| due <= as_of);
            items.retain(|item| item.is_erased() || is_blocked(item));
            erase(items, vec![Finding::block(&RetentionError::Nothing { date: as_of.to_string() })])
        }
        (None, false) => {
            let mut findings = Vec::new();
            for (place, id) in purge.items.iter().enumerate().filter(|(_, id)| !known(id)) {
                let error = RetentionError::ContentUnknown { got: id.to_string() };
                findings.push(Finding::block(&error).about(id).at(format!("/action/items/{place}")));
            }
            Refusal::unless_empty(findings)?;
            let wanted: BTreeSet<Id> = purge.items.iter().cloned().collect();
            erase(select(policy, candidates, as_of, &wanted, false), Vec::new())
        }
        (Some(_), false) | (None, true) => Err(Refusal::because(&RetentionError::PurgeWhat)),
    }
}

/// Erases what holds personal data of a person, and records what must be kept and why.
///
/// # Errors
/// [`RetentionError`] for a role that may not, a date that has not come, and a person of whom nothing is kept.
pub fn erase_subject(
    policy: &RetentionPolicy,
    candidates: &[Candidate],
    erase: &EraseSubject,
    stamp: &Stamp,
) -> Result<Ruling<RetentionEvent>, Refusal> {
    policy.check_erase_role(&stamp.role).map_err(|error| Refusal::because(&error))?;
    let as_of = due_by(stamp)?;
    let of_person = |candidate: &&Candidate| candidate.person.as_ref() == Some(&erase.person);
    let wanted: BTreeSet<Id> = candidates.iter().filter(of_person).map(|one| one.id.clone()).collect();
    if wanted.is_empty() {
        let error = RetentionError::PersonUnknown { got: erase.person.to_string() };
        return Err(Refusal::because(&error));
    }
    let Ruling { mut events, findings } = outcomes(select(policy, candidates, as_of, &wanted, true));
    let requested = ErasureRequested { person: erase.person.clone() };
    // The request is on record also where everything must be kept: it was asked, and this is the answer.
    events.insert(0, RetentionEvent::ErasureRequested(requested));
    Ok(Ruling { events, findings })
}

/// Whether a record says of erasing what deciding says: by the rules that it states, of everything that is here. Which
/// pieces were named is the command's to say; what a person asks for is all of theirs.
///
/// # Errors
/// What [`purge`] refuses of a piece that is said to be erased, and [`AuditError::StateMismatch`].
pub fn check_stated(
    candidates: &[Candidate],
    stated: &[RetentionEvent],
    stamp: &Stamp,
) -> Result<(), Refusal> {
    let as_of = due_by(stamp)?;
    let (mut wanted, mut person) = (BTreeSet::new(), None);
    let mut rules: BTreeMap<&Id, &RetentionRule> = BTreeMap::new();
    for event in stated {
        let item = match event {
            RetentionEvent::ErasureRequested(requested) if person.is_none() && wanted.is_empty() => {
                person = Some(&requested.person);
                continue;
            }
            RetentionEvent::ErasureRequested(requested) => {
                return mismatch(&requested.person, "asks twice, or behind what became of it");
            }
            RetentionEvent::Anonymised(item) | RetentionEvent::Purged(item) => item.as_ref(),
            RetentionEvent::PurgeRefused(refused) => &refused.item,
        };
        let rule = rules.entry(&item.rule.class).or_insert(&item.rule);
        if **rule != item.rule || item.rule.check().is_err() {
            return mismatch(&item.id, "is kept by another rule than its class, or by none that may be");
        }
        wanted.insert(item.id.clone());
    }
    if let Some(person) = person {
        let of_person = candidates.iter().filter(|one| one.person.as_ref() == Some(person));
        if of_person.map(|one| &one.id).collect::<BTreeSet<_>>() != wanted.iter().collect() {
            return mismatch(person, "is answered with more or less than is theirs");
        }
    }
    let rules = rules.into_values().cloned().collect();
    let policy = RetentionPolicy { rules, ..RetentionPolicy::default() };
    let follows = select(&policy, candidates, as_of, &wanted, person.is_some());
    let by_id: BTreeMap<&Id, &PlanItem> = follows.iter().map(|item| (&item.id, item)).collect();
    for event in stated {
        if let RetentionEvent::Anonymised(said) | RetentionEvent::Purged(said) = event {
            let unknown = || RetentionError::ContentUnknown { got: said.id.to_string() };
            let item = by_id.get(&said.id).copied().ok_or_else(unknown);
            let refused = item.map_or_else(Some, PlanItem::refusal);
            refused.map_or(Ok(()), |error| Err(Refusal::because(&error)))?;
        }
    }
    let follows = outcomes(follows).events;
    let is_refused = |event: &RetentionEvent| matches!(event, RetentionEvent::PurgeRefused(_));
    let outcomes = stated.iter().skip(usize::from(person.is_some()));
    match wanted.first() {
        Some(first) if !outcomes.eq(&follows) => {
            mismatch(first, "is erased or kept otherwise than follows from what is here")
        }
        Some(first) if person.is_none() && follows.iter().all(is_refused) => {
            mismatch(first, "is refused where nothing is erased")
        }
        Some(_) | None => Ok(()),
    }
}

fn mismatch(id: &Id, reason: &'static str) -> Result<(), Refusal> {
    let (what, id) = ("content", id.to_string());
    Err(Refusal::because(&AuditError::StateMismatch { what, id, reason }))
}

/// What happens to each piece: it is erased, or refused with its reason.
fn outcomes(items: Vec<PlanItem>) -> Ruling<RetentionEvent> {
    let (mut events, mut findings) = (Vec::new(), Vec::new());
    for item in items {
        if let Some(error) = item.refusal() {
            let (code, name) = (error.code().number, error.code().name.to_owned());
            findings.push(Finding::new(Severity::Warn, &error).about(&item.id));
            events.push(RetentionEvent::PurgeRefused(Box::new(PurgeRefused { code, item, name })));
        } else if item.action == RetentionAction::Anonymise {
            events.push(RetentionEvent::Anonymised(Box::new(item)));
        } else {
            events.push(RetentionEvent::Purged(Box::new(item)));
        }
    }
    Ruling { events, findings }
}

/// Erases what can be. Where nothing can, the command is refused for every reason; where nothing is left to
/// do, because all of it is gone, nothing happens.
fn erase(items: Vec<PlanItem>, mut otherwise: Vec<Finding>) -> Result<Ruling<RetentionEvent>, Refusal> {
    let any = items.iter().any(|item| item.because == KeepReason::Due);
    let refusals = items.iter().filter_map(|item| Some(Finding::block(&item.refusal()?).about(&item.id)));
    if !any {
        otherwise.extend(refusals);
        Refusal::unless_empty(otherwise)?;
        return Ok(Ruling { events: Vec::new(), findings: Vec::new() });
    }
    Ok(outcomes(items))
}
