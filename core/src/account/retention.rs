//! What is erased of an account, and what is kept and why.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::decide::{Events, because, refuse, ruling};
use super::event::AccountEvent;
use super::related::Links;
use super::state::Account;
use crate::audit::{Ruling, Stamp};
use crate::calendar::Date;
use crate::canon::Digest;
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;
use crate::retention::{
    Attachment, AttachmentsRegistered, Candidate, ContentKind, EraseSubject, ErasureRequested, KeepReason,
    LegalHoldLifted, LegalHoldPlaced, LiftLegalHold, PlaceLegalHold, PlanItem, Purge, PurgeRefused,
    RegisterAttachments, RetentionAction, RetentionError, RetentionPolicy, plan, plan_digest, select,
};
use crate::rulebook::Rulebook;

impl Account {
    pub(super) fn register_attachments(&self, rulebook: &Rulebook, register: &RegisterAttachments) -> Events {
        let mut new: Vec<Attachment> = Vec::new();
        let mut findings = Vec::new();
        for (place, attachment) in register.attachments.iter().enumerate() {
            let checked = self.attachment_is_new(rulebook.policy().retention(), attachment, &new);
            match checked {
                Ok(true) => new.push(attachment.clone()),
                Ok(false) => {}
                Err(error) => {
                    let path = format!("/action/attachments/{place}");
                    findings.push(Finding::block(&error).about(&attachment.id).at(path));
                }
            }
        }
        Refusal::unless_empty(findings)?;
        if new.is_empty() {
            return ruling(Vec::new());
        }
        ruling(vec![AccountEvent::AttachmentsRegistered(AttachmentsRegistered { attachments: new })])
    }

    fn attachment_is_new(
        &self,
        policy: &RetentionPolicy,
        attachment: &Attachment,
        before: &[Attachment],
    ) -> Result<bool, RetentionError> {
        policy.rule(&attachment.class)?;
        let here = self.custody.attachments.get(&attachment.id).map(|known| known.attachment.as_ref());
        let known = here.or_else(|| before.iter().find(|other| other.id == attachment.id));
        let Some(known) = known else {
            return self.check_about(&attachment.about).map(|()| true);
        };
        // The name is sealed anew each time it comes, so it cannot be compared.
        let same = Attachment { name: known.name.clone(), ..attachment.clone() } == *known;
        let twice = || RetentionError::AttachmentTwice { got: attachment.id.to_string() };
        if same { Ok(false) } else { Err(twice()) }
    }

    pub(super) fn place_legal_hold(
        &self,
        rulebook: &Rulebook,
        place: &PlaceLegalHold,
        stamp: &Stamp,
    ) -> Events {
        check_hold_role(rulebook, stamp).map_err(because)?;
        if self.custody.holds.contains_key(&place.hold) || self.custody.lifted.contains_key(&place.hold) {
            return refuse(&RetentionError::HoldTwice { got: place.hold.to_string() });
        }
        if let Some(about) = &place.about {
            self.check_about(about).map_err(because)?;
        }
        ruling(vec![AccountEvent::LegalHoldPlaced(LegalHoldPlaced {
            about: place.about.clone(),
            by: stamp.actor.clone(),
            effective: stamp.effective,
            hold: place.hold.clone(),
            note: place.note.clone(),
            person: place.person.clone(),
            reason_code: place.reason_code.clone(),
        })])
    }

    pub(super) fn lift_legal_hold(&self, rulebook: &Rulebook, lift: &LiftLegalHold, stamp: &Stamp) -> Events {
        check_hold_role(rulebook, stamp).map_err(because)?;
        if !self.custody.holds.contains_key(&lift.hold) {
            return refuse(&RetentionError::HoldUnknown { got: lift.hold.to_string() });
        }
        ruling(vec![AccountEvent::LegalHoldLifted(LegalHoldLifted {
            by: stamp.actor.clone(),
            effective: stamp.effective,
            hold: lift.hold.clone(),
            reason_code: lift.reason_code.clone(),
        })])
    }

    /// What becomes of all content as of a date, in order of attachments and then words.
    #[must_use]
    pub fn retention_plan(&self, policy: &RetentionPolicy, as_of: Date) -> Vec<PlanItem> {
        plan(policy, &self.contents(as_of), as_of)
    }

    /// Erases what is due: what was shown, or some of it by name.
    pub(super) fn purge(&self, rulebook: &Rulebook, purge: &Purge, stamp: &Stamp) -> Events {
        let (policy, as_of) = (rulebook.policy().retention(), stamp.effective);
        let nothing = || RetentionError::Nothing { date: as_of.to_string() };
        check_erase_role(policy, stamp).map_err(because)?;
        match (purge.digest, purge.items.is_empty()) {
            (Some(digest), true) => {
                let mut items = self.retention_plan(policy, as_of);
                if plan_digest(&items) != digest {
                    return refuse(&RetentionError::PlanChanged);
                }
                // What would be due but for a hold, a dispute or shared bytes is refused, and recorded so.
                let is_blocked =
                    |item: &PlanItem| !item.blockers.is_empty() && item.due.is_some_and(|due| due <= as_of);
                items.retain(|item| item.is_erased() || is_blocked(item));
                erase(items, vec![Finding::block(&nothing())])
            }
            (None, false) => {
                let mut findings = Vec::new();
                for (place, id) in purge.items.iter().enumerate() {
                    let texts = &self.custody.texts;
                    if !self.custody.attachments.contains_key(id) && !texts.contains_key(id) {
                        let error = RetentionError::ContentUnknown { got: id.to_string() };
                        let path = format!("/action/items/{place}");
                        findings.push(Finding::block(&error).about(id).at(path));
                    }
                }
                Refusal::unless_empty(findings)?;
                let wanted: BTreeSet<Id> = purge.items.iter().cloned().collect();
                erase(select(policy, &self.contents(as_of), as_of, &wanted, false), Vec::new())
            }
            (Some(_), false) | (None, true) => refuse(&RetentionError::PurgeWhat),
        }
    }

    /// Erases what holds personal data of a person, and records what must be kept and why.
    pub(super) fn erase_subject(&self, rulebook: &Rulebook, erase: &EraseSubject, stamp: &Stamp) -> Events {
        let (policy, as_of) = (rulebook.policy().retention(), stamp.effective);
        check_erase_role(policy, stamp).map_err(because)?;
        let candidates = self.contents(as_of);
        let of_person = |candidate: &&Candidate| candidate.person.as_ref() == Some(&erase.person);
        let wanted: BTreeSet<Id> = candidates.iter().filter(of_person).map(|one| one.id.clone()).collect();
        if wanted.is_empty() {
            return refuse(&RetentionError::PersonUnknown { got: erase.person.to_string() });
        }
        let (mut events, findings) = outcomes(select(policy, &candidates, as_of, &wanted, true));
        let requested = ErasureRequested { person: erase.person.clone() };
        // The request is on record also where everything must be kept: it was asked, and this is the answer.
        events.insert(0, AccountEvent::ErasureRequested(requested));
        Ok(Ruling { events, findings })
    }

    /// Whether content is here, not erased, under no hold and needed for no open dispute.
    pub(super) fn check_erasable(&self, id: &Id) -> Result<(), Refusal> {
        let attached = self.custody.attachments.get(id).filter(|one| one.erased.is_none());
        let text = self.custody.texts.get(id).filter(|one| !one.erased);
        let (about, person) = match (attached, text) {
            (Some(attached), _) => (&attached.attachment.about, attached.attachment.person.as_ref()),
            (None, Some(text)) => (&text.about, text.person.as_ref()),
            (None, None) => return refuse(&RetentionError::ContentUnknown { got: id.to_string() }),
        };
        if self.custody.holds.is_empty() && self.disputes.values().all(|one| one.closed.is_some()) {
            return Ok(());
        }
        let related = Links::of(self).related(self, about);
        if let Some(hold) = self.holds_on(&related, person).first() {
            return refuse(&RetentionError::Held { hold: format!("`{hold}`"), id: id.to_string() });
        }
        if let Some(dispute) = self.disputes_on(&related).first() {
            return refuse(&RetentionError::Disputed { dispute: format!("`{dispute}`"), id: id.to_string() });
        }
        Ok(())
    }

    /// Everything that could be erased, as it stands on a date: attachments by id, then words by commitment.
    fn contents(&self, as_of: Date) -> Vec<Candidate> {
        let links = Links::of(self);
        let attached = self.custody.attachments.values().filter(|one| one.erased.is_none());
        let attached = attached.map(|one| {
            let Attachment { about, class, hash, id, person, .. } = one.attachment.as_ref();
            let content = (ContentKind::Attachment, id.clone(), Some(*hash));
            self.candidate(&links, content, about, class, person.as_ref(), as_of)
        });
        // The name of an attachment goes with it.
        let kept = self.custody.attachments.values().filter(|one| one.erased.is_none());
        let names: BTreeSet<Digest> =
            kept.filter_map(|one| super::personal::sealed(one.attachment.name.as_ref()?)).collect();
        let texts = self.custody.texts.values();
        let texts = texts.filter(|one| !one.erased && !names.contains(&one.commitment));
        let texts = texts.map(|text| {
            let content = (ContentKind::Text, text.id(), None);
            let person = text.person.as_ref();
            let mut one = self.candidate(&links, content, &text.about, &text.class, person, as_of);
            // What is about a command alone counts from that command.
            one.decided = one.decided.or(Some(text.recorded));
            one
        });
        attached.chain(texts).collect()
    }
}

fn check_hold_role(rulebook: &Rulebook, stamp: &Stamp) -> Result<(), RetentionError> {
    let allowed = &rulebook.policy().retention().hold_roles;
    if allowed.contains(&stamp.role) {
        return Ok(());
    }
    Err(RetentionError::HoldRole { got: stamp.role.to_string(), roles: listed(allowed) })
}

fn check_erase_role(policy: &RetentionPolicy, stamp: &Stamp) -> Result<(), RetentionError> {
    let allowed = &policy.erase_roles;
    if allowed.is_empty() || allowed.contains(&stamp.role) {
        return Ok(());
    }
    Err(RetentionError::EraseRole { got: stamp.role.to_string(), roles: listed(allowed) })
}

fn listed(roles: &[Id]) -> String {
    roles.iter().map(Id::as_str).collect::<Vec<_>>().join(", ")
}

/// What happens to each piece: it is erased, or refused with its reason.
fn outcomes(items: Vec<PlanItem>) -> (Vec<AccountEvent>, Vec<Finding>) {
    let (mut events, mut findings) = (Vec::new(), Vec::new());
    for item in items {
        if let Some(error) = item.refusal() {
            let (code, id) = (error.code(), item.id.clone());
            findings.push(Finding::new(Severity::Warn, &error).about(&id));
            let (number, name) = (code.number, code.name.to_owned());
            let (blockers, until) = (item.blockers, item.due);
            events.push(AccountEvent::PurgeRefused(PurgeRefused { blockers, code: number, id, name, until }));
        } else if item.action == RetentionAction::Anonymise {
            events.push(AccountEvent::Anonymised(item));
        } else {
            events.push(AccountEvent::Purged(item));
        }
    }
    (events, findings)
}

/// Erases what can be. Where nothing can, the command is refused for every reason; where nothing is left to
/// do, because all of it is gone, nothing happens.
fn erase(items: Vec<PlanItem>, mut otherwise: Vec<Finding>) -> Events {
    let any = items.iter().any(|item| item.because == KeepReason::Due);
    let refusals = items.iter().filter_map(|item| Some(Finding::block(&item.refusal()?).about(&item.id)));
    if !any {
        otherwise.extend(refusals);
        Refusal::unless_empty(otherwise)?;
        return ruling(Vec::new());
    }
    let (events, findings) = outcomes(items);
    Ok(Ruling { events, findings })
}

/// The placed holds that keep something.
impl Account {
    /// Holds on what content is about, on its person, or on everything.
    pub(super) fn holds_on(&self, related: &super::related::Related, person: Option<&Id>) -> Vec<Id> {
        let holds = |hold: &&Arc<LegalHoldPlaced>| {
            hold.about.as_ref().is_none_or(|about| related.covers(about))
                && hold.person.as_ref().is_none_or(|held| person == Some(held))
        };
        self.custody.holds.values().filter(holds).map(|hold| hold.hold.clone()).collect()
    }

    /// Disputes on what content is about that have not ended.
    pub(super) fn disputes_on(&self, related: &super::related::Related) -> Vec<Id> {
        let open = self.disputes.values().filter(|dispute| dispute.closed.is_none());
        let open = open.filter(|dispute| related.documents.contains(&dispute.opened.invoice));
        open.map(|dispute| dispute.opened.dispute.clone()).collect()
    }
}
