//! What an account keeps beside money: tasks, attachments, legal holds, and where personal words stand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::apply::{Change, Done, mismatch};
use super::decide::{because, refuse};
use super::event::{AccountEvent, DisputeOpened};
use super::personal::texts_of;
use super::state::Account;
use crate::audit::{Detached, Record, derived_id, numbered_id};
use crate::id::Id;
use crate::retention::{
    About, AboutKind, Attachment, AttachmentsRegistered, ContentKind, LegalHoldLifted, LegalHoldPlaced,
    PersonalText, PlanItem, RetentionAction, RetentionError, class,
};
use crate::task::TaskLife;

/// An attachment with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// The attachment.
    pub attachment: Arc<Attachment>,
    /// How it was erased, once it was.
    pub erased: Option<RetentionAction>,
}

/// Everything that an account keeps beside money.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Custody {
    pub(super) attachments: BTreeMap<Id, Attached>,
    /// Requests with the rules whose escalation was recorded.
    pub(super) escalated: BTreeMap<Id, BTreeSet<Id>>,
    /// Holds that stand.
    pub(super) holds: BTreeMap<Id, Arc<LegalHoldPlaced>>,
    /// Holds that were lifted; an id is used once.
    pub(super) lifted: BTreeMap<Id, Arc<LegalHoldLifted>>,
    pub(super) tasks: BTreeMap<Id, TaskLife>,
    /// Personal words by their commitment.
    pub(super) texts: BTreeMap<Id, PersonalText>,
}

impl Account {
    /// Every attachment, by id, those that were erased among them.
    pub fn attachments(&self) -> impl Iterator<Item = &Attached> {
        self.custody.attachments.values()
    }

    /// Every personal text, by commitment, those that were erased among them.
    pub fn personal_texts(&self) -> impl Iterator<Item = &PersonalText> {
        self.custody.texts.values()
    }

    /// Every legal hold that stands, by id.
    pub fn legal_holds(&self) -> impl Iterator<Item = &LegalHoldPlaced> {
        self.custody.holds.values().map(AsRef::as_ref)
    }

    /// What was erased stays so, also where a host still has the words beside a record.
    pub(super) fn forget_erased(&mut self, detached: &Detached) {
        for commitment in detached.commitments() {
            let id = Id::of_digits(&commitment.to_string());
            if self.custody.texts.get(&id).is_some_and(|text| text.erased) {
                self.texts.erase(commitment);
            }
        }
    }

    /// Whether something stands here that content or a hold can be about.
    pub(super) fn check_about(&self, about: &About) -> Result<(), RetentionError> {
        let id = &about.id;
        let known = match about.kind {
            AboutKind::Approval => self.requests.contains_key(id),
            AboutKind::Dispute => self.disputes.contains_key(id),
            AboutKind::Document => {
                self.invoices.contains_key(id)
                    || self.credits.contains_key(id)
                    || self.ledger.item(id).is_ok()
            }
            AboutKind::Entry => {
                self.unbilled.contains_key(id)
                    || self.billed.contains_key(id)
                    || self.elsewhere.contains_key(id)
            }
            AboutKind::Record => self.chain.holds(id),
            // Money stands in cash books.
            AboutKind::Receipt => false,
            AboutKind::Ticket => self.tickets.contains_key(id),
        };
        let unknown = || RetentionError::AboutUnknown { id: id.to_string(), kind: about.kind.word() };
        known.then_some(()).ok_or_else(unknown)
    }
}

impl Change<'_> {
    pub(super) fn attachments_registered(&mut self, registered: &AttachmentsRegistered) -> Done {
        for attachment in &registered.attachments {
            if self.account.custody.attachments.contains_key(&attachment.id) {
                return mismatch("attachment", &attachment.id, "was registered before");
            }
            self.account.check_about(&attachment.about).map_err(because)?;
            self.attach(attachment.clone());
        }
        Ok(())
    }

    fn attach(&mut self, attachment: Attachment) {
        let id = attachment.id.clone();
        let attached = Attached { attachment: Arc::new(attachment), erased: None };
        self.set(|account| &mut account.custody.attachments, &id, Some(attached));
    }

    /// What was shown when a dispute was opened is kept as its evidence.
    pub(super) fn evidence(&mut self, opened: &DisputeOpened) {
        for (place, evidence) in (1_usize..).zip(&opened.evidence) {
            let base = derived_id(&["evidence", opened.dispute.as_str(), &place.to_string()]);
            let (mut id, mut count) = (base.clone(), 1_usize);
            // An id that the host used for something else is counted on.
            while self.account.custody.attachments.contains_key(&id) {
                count = count.saturating_add(1);
                id = numbered_id(&base, count);
            }
            self.attach(Attachment {
                about: About { id: opened.dispute.clone(), kind: AboutKind::Dispute },
                class: Id::of_digits(class::DISPUTE_EVIDENCE),
                hash: evidence.hash,
                id,
                media_type: evidence.media_type.clone(),
                name: None,
                person: None,
                size: evidence.size,
            });
        }
    }

    pub(super) fn legal_hold_placed(&mut self, placed: &LegalHoldPlaced) -> Done {
        let custody = &self.account.custody;
        if custody.holds.contains_key(&placed.hold) || custody.lifted.contains_key(&placed.hold) {
            return refuse(&RetentionError::HoldTwice { got: placed.hold.to_string() });
        }
        if let Some(about) = &placed.about {
            self.account.check_about(about).map_err(because)?;
        }
        self.done_by("hold", &placed.hold, &placed.by, placed.effective)?;
        let placed = Arc::new(placed.clone());
        let id = placed.hold.clone();
        self.set(|account| &mut account.custody.holds, &id, Some(placed));
        Ok(())
    }

    pub(super) fn legal_hold_lifted(&mut self, lifted: &LegalHoldLifted) -> Done {
        if !self.account.custody.holds.contains_key(&lifted.hold) {
            return refuse(&RetentionError::HoldUnknown { got: lifted.hold.to_string() });
        }
        self.done_by("hold", &lifted.hold, &lifted.by, lifted.effective)?;
        self.set(|account| &mut account.custody.holds, &lifted.hold, None);
        self.set(|account| &mut account.custody.lifted, &lifted.hold, Some(Arc::new(lifted.clone())));
        Ok(())
    }

    /// Content is gone: words are forgotten here, bytes by the host.
    pub(super) fn erased(&mut self, item: &PlanItem) {
        if let Some(attached) = self.account.custody.attachments.get(&item.id).cloned() {
            let attached = Attached { erased: Some(item.action), ..attached };
            self.set(|account| &mut account.custody.attachments, &item.id, Some(attached));
        }
        match item.content {
            ContentKind::Attachment => {
                item.name.iter().for_each(|name| self.forget(&Id::of_digits(&name.to_string())));
            }
            ContentKind::Text => self.forget(&item.id),
        }
    }

    /// Forgets words, wherever they stand.
    fn forget(&mut self, id: &Id) {
        let Some(text) = self.account.custody.texts.get(id).cloned() else { return };
        if let Some(opened) = self.account.texts.erase(&text.commitment) {
            self.undo(move |account| account.texts.restore(opened));
        }
        self.set(|account| &mut account.custody.texts, id, Some(PersonalText { erased: true, ..text }));
    }

    /// Remembers where the personal words of a record stand; the first place of the same words counts.
    pub(super) fn personal(&mut self, record: &Record<AccountEvent>) {
        for text in texts_of(record) {
            let id = text.id();
            if !self.account.custody.texts.contains_key(&id) {
                self.set(|account| &mut account.custody.texts, &id, Some(text));
            }
        }
    }
}
