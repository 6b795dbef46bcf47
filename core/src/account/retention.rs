//! What is erased of an account, and what is kept and why.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::apply::mismatch;
use super::custody::Custody;
use super::decide::{Events, because, refuse, ruling};
use super::event::AccountEvent;
use super::personal::sealed;
use super::related::Links;
use super::state::Account;
use crate::audit::{Record, Ruling, Stamp};
use crate::calendar::Date;
use crate::canon::Digest;
use crate::finding::{Finding, Refusal};
use crate::id::Id;
use crate::retention::{
    self, Attachment, AttachmentsRegistered, Candidate, ContentKind, EraseSubject, LegalHoldLifted,
    LegalHoldPlaced, LiftLegalHold, PlaceLegalHold, PlanItem, Purge, RegisterAttachments, RetentionError,
    RetentionEvent, RetentionPolicy, check_stated, plan,
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
        rulebook.policy().retention().check_hold_role(&stamp.role).map_err(because)?;
        if self.custody.holds.contains_key(&place.hold) || self.custody.lifted.contains_key(&place.hold) {
            return refuse(&RetentionError::HoldTwice { got: place.hold.to_string() });
        }
        if let Some(about) = &place.about {
            self.check_about(about).map_err(because)?;
        }
        ruling(vec![AccountEvent::LegalHoldPlaced(Box::new(LegalHoldPlaced::of(place, stamp)))])
    }

    pub(super) fn lift_legal_hold(&self, rulebook: &Rulebook, lift: &LiftLegalHold, stamp: &Stamp) -> Events {
        rulebook.policy().retention().check_hold_role(&stamp.role).map_err(because)?;
        if !self.custody.holds.contains_key(&lift.hold) {
            return refuse(&RetentionError::HoldUnknown { got: lift.hold.to_string() });
        }
        ruling(vec![AccountEvent::LegalHoldLifted(LegalHoldLifted::of(lift, stamp))])
    }

    /// What becomes of all content as of a date, in order of attachments and then words.
    #[must_use]
    pub fn retention_plan(&self, policy: &RetentionPolicy, as_of: Date) -> Vec<PlanItem> {
        plan(policy, &self.contents(as_of), as_of)
    }

    /// Erases what is due: what was shown, or some of it by name.
    pub(super) fn purge(&self, rulebook: &Rulebook, purge: &Purge, stamp: &Stamp) -> Events {
        let (policy, custody) = (rulebook.policy().retention(), &self.custody);
        let known = |id: &Id| custody.attachments.contains_key(id) || custody.texts.contains_key(id);
        own(retention::purge(policy, &self.contents(stamp.at.day()), known, purge, stamp))
    }

    /// Erases what holds personal data of a person, and records what must be kept and why.
    pub(super) fn erase_subject(&self, rulebook: &Rulebook, erase: &EraseSubject, stamp: &Stamp) -> Events {
        let policy = rulebook.policy().retention();
        own(retention::erase_subject(policy, &self.contents(stamp.at.day()), erase, stamp))
    }

    /// Whether a record erases what deciding would have, and nothing else happens in it.
    pub(super) fn check_erased(&self, record: &Record<AccountEvent>) -> Result<(), Refusal> {
        let stated: Vec<RetentionEvent> = record.events.iter().filter_map(AccountEvent::erasing).collect();
        let Some(first) = stated.first() else { return Ok(()) };
        let events = stated.iter().cloned().map(AccountEvent::from).collect();
        if self.with_erasures(events, &record.stamp) != record.events {
            return mismatch(
                "content",
                first.id(),
                "is erased beside something else, or the host is told otherwise",
            );
        }
        check_stated(&self.contents(record.stamp.at.day()), &stated, &record.stamp)
    }

    /// Whether content was here and is erased.
    pub(super) fn is_gone(&self, id: &Id) -> bool {
        let Custody { attachments, texts, .. } = &self.custody;
        attachments.get(id).is_some_and(|one| one.erased.is_some())
            || texts.get(id).is_some_and(|one| one.erased)
    }

    /// Everything that could be erased, as it stands on a date: attachments by id, then words by commitment.
    fn contents(&self, as_of: Date) -> Vec<Candidate> {
        let links = Links::of(self);
        let attached = self.custody.attachments.values().filter(|one| one.erased.is_none());
        let attached = attached.map(|one| {
            let Attachment { about, class, hash, id, name, person, .. } = one.attachment.as_ref();
            let content = (ContentKind::Attachment, id.clone(), Some(*hash));
            let candidate = self.candidate(&links, content, about, class, person.as_ref(), as_of);
            Candidate { name: name.as_ref().and_then(sealed), ..candidate }
        });
        // The name of an attachment goes with it.
        let kept = self.custody.attachments.values().filter(|one| one.erased.is_none());
        let names: BTreeSet<Digest> = kept.filter_map(|one| sealed(one.attachment.name.as_ref()?)).collect();
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

/// What was decided, as events of an account.
fn own(decided: Result<Ruling<RetentionEvent>, Refusal>) -> Events {
    let Ruling { events, findings } = decided?;
    Ok(Ruling { events: events.into_iter().map(AccountEvent::from).collect(), findings })
}

impl From<RetentionEvent> for AccountEvent {
    fn from(event: RetentionEvent) -> Self {
        match event {
            RetentionEvent::Anonymised(item) => Self::Anonymised(item),
            RetentionEvent::ErasureRequested(requested) => Self::ErasureRequested(requested),
            RetentionEvent::Purged(item) => Self::Purged(item),
            RetentionEvent::PurgeRefused(refused) => Self::PurgeRefused(refused),
        }
    }
}

impl AccountEvent {
    /// What it says of erasing.
    fn erasing(&self) -> Option<RetentionEvent> {
        if let Self::Anonymised(item) = self {
            Some(RetentionEvent::Anonymised(item.clone()))
        } else if let Self::ErasureRequested(requested) = self {
            Some(RetentionEvent::ErasureRequested(requested.clone()))
        } else if let Self::Purged(item) = self {
            Some(RetentionEvent::Purged(item.clone()))
        } else if let Self::PurgeRefused(refused) = self {
            Some(RetentionEvent::PurgeRefused(refused.clone()))
        } else {
            None
        }
    }
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
