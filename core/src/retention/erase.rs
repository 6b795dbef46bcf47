use std::collections::BTreeSet;

use super::{
    Candidate, EraseSubject, ErasureRequested, KeepReason, PlanItem, Purge, PurgeRefused, RetentionAction,
    RetentionError, RetentionPolicy, plan, plan_digest, select,
};
use crate::audit::{Ruling, Stamp};
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;

/// What a log records of erasing; each log has it among its own events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RetentionEvent {
    /// Everything personal was taken out of a piece of content.
    Anonymised(PlanItem),
    /// A person asked for erasure.
    ErasureRequested(ErasureRequested),
    /// A piece of content was erased.
    Purged(PlanItem),
    /// Something could not be erased.
    PurgeRefused(PurgeRefused),
}

/// Erases what is due: what was shown, or some of it by name; `known` says which names are content at all.
///
/// # Errors
/// [`RetentionError`] for a role that may not, a plan that changed, and everything that cannot be erased where
/// nothing can.
pub fn purge(
    policy: &RetentionPolicy,
    candidates: &[Candidate],
    known: impl Fn(&Id) -> bool,
    purge: &Purge,
    stamp: &Stamp,
) -> Result<Ruling<RetentionEvent>, Refusal> {
    let as_of = stamp.effective;
    policy.check_erase_role(&stamp.role).map_err(|error| Refusal::because(&error))?;
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
/// [`RetentionError`] for a role that may not, and for a person of whom nothing is kept.
pub fn erase_subject(
    policy: &RetentionPolicy,
    candidates: &[Candidate],
    erase: &EraseSubject,
    stamp: &Stamp,
) -> Result<Ruling<RetentionEvent>, Refusal> {
    policy.check_erase_role(&stamp.role).map_err(|error| Refusal::because(&error))?;
    let of_person = |candidate: &&Candidate| candidate.person.as_ref() == Some(&erase.person);
    let wanted: BTreeSet<Id> = candidates.iter().filter(of_person).map(|one| one.id.clone()).collect();
    if wanted.is_empty() {
        let error = RetentionError::PersonUnknown { got: erase.person.to_string() };
        return Err(Refusal::because(&error));
    }
    let Ruling { mut events, findings } =
        outcomes(select(policy, candidates, stamp.effective, &wanted, true));
    let requested = ErasureRequested { person: erase.person.clone() };
    // The request is on record also where everything must be kept: it was asked, and this is the answer.
    events.insert(0, RetentionEvent::ErasureRequested(requested));
    Ok(Ruling { events, findings })
}

/// What happens to each piece: it is erased, or refused with its reason.
fn outcomes(items: Vec<PlanItem>) -> Ruling<RetentionEvent> {
    let (mut events, mut findings) = (Vec::new(), Vec::new());
    for item in items {
        if let Some(error) = item.refusal() {
            let (code, id) = (error.code(), item.id.clone());
            findings.push(Finding::new(Severity::Warn, &error).about(&id));
            let (number, name) = (code.number, code.name.to_owned());
            let (blockers, until) = (item.blockers, item.due);
            events.push(RetentionEvent::PurgeRefused(PurgeRefused {
                blockers,
                code: number,
                id,
                name,
                until,
            }));
        } else if item.action == RetentionAction::Anonymise {
            events.push(RetentionEvent::Anonymised(item));
        } else {
            events.push(RetentionEvent::Purged(item));
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
