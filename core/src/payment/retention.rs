//! What is kept of the words of bank lines, and of those who acted on a cash book.

use std::collections::{BTreeMap, BTreeSet};

use super::BookEvent;
use super::cash_book::{CashBook, ReceiptState, ReservationStatus};
use super::decide::{Events, refuse, ruling};
use crate::audit::{AuditError, Note, Record, Ruling, Stamp};
use crate::calendar::Date;
use crate::finding::Refusal;
use crate::id::Id;
use crate::retention::{
    self, About, AboutKind, Candidate, ContentKind, EraseSubject, LegalHoldLifted, LegalHoldPlaced,
    LiftLegalHold, PersonalText, PlaceLegalHold, PlanItem, Purge, RetentionError, RetentionEvent,
    RetentionPolicy, check_stated, class, plan,
};

/// Words by their commitment, and the holds that keep them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Custody {
    /// Holds that stand.
    pub(super) holds: BTreeMap<Id, LegalHoldPlaced>,
    /// Holds that were lifted; an id is used once.
    pub(super) lifted: BTreeSet<Id>,
    pub(super) texts: BTreeMap<Id, PersonalText>,
}

/// What one record changes of it.
#[derive(Default)]
pub(super) struct CustodyChange {
    erased: BTreeSet<Id>,
    lifted: Option<Id>,
    placed: Option<LegalHoldPlaced>,
}

impl CashBook {
    /// Every personal text, by commitment, those that were erased among them.
    pub fn personal_texts(&self) -> impl Iterator<Item = &PersonalText> {
        self.custody.texts.values()
    }

    /// Every legal hold that stands, by id.
    pub fn legal_holds(&self) -> impl Iterator<Item = &LegalHoldPlaced> {
        self.custody.holds.values()
    }

    /// Whose personal data words hold: of a bank line, the customer that its receipt was assigned to.
    #[must_use]
    pub fn person_of<'a>(&'a self, text: &'a PersonalText) -> Option<&'a Id> {
        if text.class.as_str() == class::BANK_LINE {
            return self.receipts.get(&text.about.id)?.customer.as_ref();
        }
        text.person.as_ref()
    }

    /// What becomes of all words as of a date, by commitment.
    #[must_use]
    pub fn retention_plan(&self, policy: &RetentionPolicy, as_of: Date) -> Vec<PlanItem> {
        plan(policy, &self.contents(as_of), as_of)
    }

    pub(super) fn purge(&self, policy: &RetentionPolicy, purge: &Purge, stamp: &Stamp) -> Events {
        let known = |id: &Id| self.custody.texts.contains_key(id);
        own(retention::purge(policy, &self.contents(stamp.effective), known, purge, stamp))
    }

    pub(super) fn erase_subject(
        &self,
        policy: &RetentionPolicy,
        erase: &EraseSubject,
        stamp: &Stamp,
    ) -> Events {
        own(retention::erase_subject(policy, &self.contents(stamp.effective), erase, stamp))
    }

    pub(super) fn place_legal_hold(
        &self,
        policy: &RetentionPolicy,
        place: &PlaceLegalHold,
        stamp: &Stamp,
    ) -> Events {
        policy.check_hold_role(&stamp.role).map_err(|error| Refusal::because(&error))?;
        let placed = LegalHoldPlaced::of(place, stamp);
        self.check_placed(&placed).map_err(|error| Refusal::because(&error))?;
        ruling(vec![BookEvent::LegalHoldPlaced(placed)])
    }

    pub(super) fn lift_legal_hold(
        &self,
        policy: &RetentionPolicy,
        lift: &LiftLegalHold,
        stamp: &Stamp,
    ) -> Events {
        policy.check_hold_role(&stamp.role).map_err(|error| Refusal::because(&error))?;
        if !self.custody.holds.contains_key(&lift.hold) {
            return refuse(&RetentionError::HoldUnknown { got: lift.hold.to_string() });
        }
        ruling(vec![BookEvent::LegalHoldLifted(LegalHoldLifted::of(lift, stamp))])
    }

    fn check_placed(&self, placed: &LegalHoldPlaced) -> Result<(), RetentionError> {
        let Custody { holds, lifted, .. } = &self.custody;
        if holds.contains_key(&placed.hold) || lifted.contains(&placed.hold) {
            return Err(RetentionError::HoldTwice { got: placed.hold.to_string() });
        }
        let Some(about) = &placed.about else { return Ok(()) };
        let known = match about.kind {
            AboutKind::Receipt => self.receipts.contains_key(&about.id),
            AboutKind::Record => self.chain.holds(&about.id),
            AboutKind::Approval
            | AboutKind::Dispute
            | AboutKind::Document
            | AboutKind::Entry
            | AboutKind::Ticket => false,
        };
        let unknown = || RetentionError::AboutUnknown { id: about.id.to_string(), kind: about.kind.word() };
        known.then_some(()).ok_or_else(unknown)
    }

    /// Everything that could be erased, as it stands on a date, by commitment.
    fn contents(&self, as_of: Date) -> Vec<Candidate> {
        let kept = self.custody.texts.values().filter(|text| !text.erased);
        kept.map(|text| self.candidate(text, as_of)).collect()
    }

    fn candidate(&self, text: &PersonalText, as_of: Date) -> Candidate {
        let receipt = self.receipts.get(&text.about.id).filter(|_| text.about.kind == AboutKind::Receipt);
        Candidate {
            about: text.about.clone(),
            class: text.class.clone(),
            closed: None,
            content: ContentKind::Text,
            decided: Some(text.recorded),
            // A dispute is about an invoice: whoever needs a bank line for one places a hold.
            disputes: Vec::new(),
            hash: None,
            holds: self.holds_on(text),
            id: text.id(),
            issued: None,
            name: None,
            person: self.person_of(text).cloned(),
            settled: None,
            spent: receipt.and_then(|receipt| self.spent_on(receipt, as_of)),
        }
    }

    /// Holds on what words are about, on their person, or on everything.
    fn holds_on(&self, text: &PersonalText) -> Vec<Id> {
        let holds = |hold: &&LegalHoldPlaced| {
            hold.about.as_ref().is_none_or(|about| *about == text.about)
                && hold.person.as_ref().is_none_or(|held| self.person_of(text) == Some(held))
        };
        self.custody.holds.values().filter(holds).map(|hold| hold.hold.clone()).collect()
    }

    /// From when nothing of a receipt is left: all of it is applied, paid back or taken back by the bank.
    fn spent_on(&self, receipt: &ReceiptState, as_of: Date) -> Option<Date> {
        let id = &receipt.receipt.id;
        let pending = self.reservations_of(id).any(|reserved| reserved.status == ReservationStatus::Pending);
        // What the bank took back after some was paid back stays below nothing: no more of it will be applied.
        let open = match receipt.reversed.filter(|moment| moment.effective <= as_of) {
            Some(_) => {
                self.reservations_of(id).any(|reserved| reserved.status == ReservationStatus::Confirmed)
            }
            None => !self.unapplied_at(receipt, as_of, &BTreeMap::new()).is_zero(),
        };
        if pending || open {
            return None;
        }
        let applied = self.reservations_of(id).filter(|one| one.confirmed.is_some());
        let applied = applied.flat_map(|one| {
            let taken_back = one.unapplied.map(|moment| moment.effective);
            one.confirmed.map(|moment| moment.effective).into_iter().chain(taken_back)
        });
        let paid_back = self.refunds_of(id).map(|refund| refund.effective);
        let reversed = receipt.reversed.map(|moment| moment.effective);
        let days = core::iter::once(receipt.value_date).chain(applied).chain(paid_back).chain(reversed);
        days.filter(|day| *day <= as_of).max()
    }
}

impl CustodyChange {
    pub(super) fn place(
        &mut self,
        book: &CashBook,
        placed: &LegalHoldPlaced,
        stamp: &Stamp,
    ) -> Result<(), Refusal> {
        if (&placed.by, placed.effective) != (&stamp.actor, stamp.effective) || self.placed.is_some() {
            return mismatch("hold", &placed.hold, "is placed by somebody else, on another day, or twice");
        }
        book.check_placed(placed).map_err(|error| Refusal::because(&error))?;
        self.placed = Some(placed.clone());
        Ok(())
    }

    pub(super) fn lift(
        &mut self,
        book: &CashBook,
        lifted: &LegalHoldLifted,
        stamp: &Stamp,
    ) -> Result<(), Refusal> {
        if (&lifted.by, lifted.effective) != (&stamp.actor, stamp.effective) || self.lifted.is_some() {
            return mismatch("hold", &lifted.hold, "is lifted by somebody else, on another day, or twice");
        }
        if !book.custody.holds.contains_key(&lifted.hold) {
            return refuse(&RetentionError::HoldUnknown { got: lifted.hold.to_string() });
        }
        self.lifted = Some(lifted.hold.clone());
        Ok(())
    }

    pub(super) fn purge(&mut self, item: &PlanItem) {
        self.erased.insert(item.id.clone());
    }
}

impl CashBook {
    /// Whether a record erases what deciding would have, and nothing else happens in it.
    pub(super) fn check_erased(&self, record: &Record<BookEvent>) -> Result<(), Refusal> {
        let stated: Vec<RetentionEvent> = record.events.iter().filter_map(BookEvent::erasing).collect();
        let Some(first) = stated.first() else { return Ok(()) };
        if stated.len() != record.events.len() {
            return mismatch("content", first.id(), "is erased beside what is no erasing");
        }
        let effective = record.stamp.effective;
        check_stated(&self.contents(effective), &stated, effective)
    }

    /// Takes over what a record, just checked, says of holds and words, and where its own words stand.
    pub(super) fn keep(&mut self, change: CustodyChange, record: &Record<BookEvent>) {
        if let Some(placed) = change.placed {
            self.custody.holds.insert(placed.hold.clone(), placed);
        }
        if let Some(hold) = change.lifted {
            self.custody.holds.remove(&hold);
            self.custody.lifted.insert(hold);
        }
        for text in texts_of(record) {
            let kept = self.custody.texts.entry(text.id()).or_insert(text);
            // The same words under the same salt do not come back.
            if kept.erased {
                self.texts.erase(&kept.commitment);
            }
        }
        for id in change.erased {
            if let Some(text) = self.custody.texts.get_mut(&id) {
                text.erased = true;
                self.texts.erase(&text.commitment);
            }
        }
    }
}

/// Every personal text of a record, those of its events before those of its stamp.
fn texts_of(record: &Record<BookEvent>) -> Vec<PersonalText> {
    let mut texts = Vec::new();
    let mut add = |note: Option<&Note>, class: &str, about: &About, person: Option<&Id>| {
        if let Some(Note::Sealed(commitment)) = note {
            texts.push(PersonalText {
                about: about.clone(),
                class: Id::of_digits(class),
                commitment: *commitment,
                erased: false,
                person: person.cloned(),
                recorded: record.stamp.effective,
                seq: record.seq,
            });
        }
    };
    let itself = About { id: Id::of_digits(&record.seq.to_string()), kind: AboutKind::Record };
    for event in &record.events {
        if let BookEvent::Received(received) = event {
            for receipt in &received.entry.receipts {
                let about = About { id: receipt.id.clone(), kind: AboutKind::Receipt };
                for note in [&receipt.payer_name, &receipt.text] {
                    add(note.as_ref(), class::BANK_LINE, &about, receipt.customer.as_ref());
                }
            }
        } else if let BookEvent::LegalHoldPlaced(placed) = event {
            let about = placed.about.as_ref().unwrap_or(&itself);
            add(placed.note.as_ref(), class::ACTOR_TRACE, about, Some(&placed.by));
        }
    }
    let stamp = &record.stamp;
    for note in [&stamp.reason, &stamp.ip, &stamp.user_agent] {
        add(note.as_ref(), class::ACTOR_TRACE, &itself, Some(&stamp.actor));
    }
    texts
}

fn mismatch(what: &'static str, id: &Id, reason: &'static str) -> Result<(), Refusal> {
    refuse(&AuditError::StateMismatch { what, id: id.to_string(), reason })
}

/// What was decided, as events of a cash book.
fn own(decided: Result<Ruling<RetentionEvent>, Refusal>) -> Events {
    let Ruling { events, findings } = decided?;
    Ok(Ruling { events: events.into_iter().map(BookEvent::from).collect(), findings })
}

impl BookEvent {
    /// What it says of erasing.
    fn erasing(&self) -> Option<RetentionEvent> {
        if let Self::ErasureRequested(requested) = self {
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

impl From<RetentionEvent> for BookEvent {
    fn from(event: RetentionEvent) -> Self {
        match event {
            // Words have nothing in them that is not personal: they are never less than purged.
            RetentionEvent::Anonymised(item) | RetentionEvent::Purged(item) => Self::Purged(item),
            RetentionEvent::ErasureRequested(requested) => Self::ErasureRequested(requested),
            RetentionEvent::PurgeRefused(refused) => Self::PurgeRefused(refused),
        }
    }
}
