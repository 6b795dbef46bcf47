//! Words that stand beside the records of a log without files, and the holds that keep them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    About, AboutKind, Candidate, ContentKind, EraseSubject, LegalHoldLifted, LegalHoldPlaced, LiftLegalHold,
    PersonalText, PlaceLegalHold, PlanItem, Purge, RetentionError, RetentionEvent, RetentionPolicy,
    check_stated, class, erase_subject, plan, purge,
};
use crate::audit::{AuditError, Chain, Note, Ruling, Stamp};
use crate::calendar::Date;
use crate::canon::Digest;
use crate::finding::Refusal;
use crate::id::Id;

/// What a host asks of the words of a log.
#[derive(Debug, Clone, Copy)]
pub enum WordsAction<'a> {
    /// Keep words whatever their rule says.
    Place(&'a PlaceLegalHold),
    /// End such a hold.
    Lift(&'a LiftLegalHold),
    /// Erase what is due.
    Purge(&'a Purge),
    /// Erase what holds personal data of a person.
    Erase(&'a EraseSubject),
}

/// What happened to the words of a log; each log has it among its own events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordsEvent {
    /// A hold was placed.
    Placed(Box<LegalHoldPlaced>),
    /// A hold was lifted.
    Lifted(LegalHoldLifted),
    /// Words were erased, or not.
    Erased(RetentionEvent),
}

/// Words by their commitment, and the holds that keep them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// Holds that stand.
    holds: BTreeMap<Id, LegalHoldPlaced>,
    /// Holds that were lifted; an id is used once.
    lifted: BTreeSet<Id>,
    texts: BTreeMap<Id, PersonalText>,
}

impl Words {
    /// Takes over what a record, just checked, says of words and holds, and where its own words stand; gives the
    /// commitments of all that are gone with it.
    pub fn keep(&mut self, events: Vec<WordsEvent>, texts: Vec<PersonalText>) -> Vec<Digest> {
        let mut gone = Vec::new();
        for text in texts {
            let kept = self.texts.entry(text.id()).or_insert(text);
            // The same words under the same salt do not come back.
            gone.extend(kept.erased.then_some(kept.commitment));
        }
        for event in events {
            match event {
                WordsEvent::Placed(placed) => drop(self.holds.insert(placed.hold.clone(), *placed)),
                WordsEvent::Lifted(lifted) => {
                    self.holds.remove(&lifted.hold);
                    self.lifted.insert(lifted.hold);
                }
                WordsEvent::Erased(RetentionEvent::Purged(item) | RetentionEvent::Anonymised(item)) => {
                    if let Some(text) = self.texts.get_mut(&item.id) {
                        text.erased = true;
                        gone.push(text.commitment);
                    }
                }
                WordsEvent::Erased(RetentionEvent::ErasureRequested(_) | RetentionEvent::PurgeRefused(_)) => {
                }
            }
        }
        gone
    }
}

/// Gathers the words of one record.
#[derive(Debug)]
pub struct Gather<'r> {
    seq: u64,
    stamp: &'r Stamp,
    texts: Vec<PersonalText>,
}

impl<'r> Gather<'r> {
    /// Nothing yet of the record with a sequence and a stamp.
    #[must_use]
    pub const fn new(seq: u64, stamp: &'r Stamp) -> Self {
        Self { seq, stamp, texts: Vec::new() }
    }

    /// Adds words.
    pub fn add(&mut self, note: Option<&Note>, class: &str, about: &About, person: Option<&Id>) {
        if let Some(Note::Sealed(commitment)) = note {
            self.texts.push(PersonalText {
                about: about.clone(),
                class: Id::of_digits(class),
                commitment: *commitment,
                erased: false,
                person: person.cloned(),
                recorded: self.stamp.effective,
                seq: self.seq,
            });
        }
    }

    /// All words, with why holds were placed and what the stamp says of its actor.
    #[must_use]
    pub fn all(mut self, events: &[WordsEvent]) -> Vec<PersonalText> {
        let itself = About { id: Id::of_digits(&self.seq.to_string()), kind: AboutKind::Record };
        for event in events {
            if let WordsEvent::Placed(placed) = event {
                let about = placed.about.as_ref().unwrap_or(&itself);
                self.add(placed.note.as_ref(), class::ACTOR_TRACE, about, Some(&placed.by));
            }
        }
        let stamp = self.stamp;
        for note in [&stamp.reason, &stamp.ip, &stamp.user_agent] {
            self.add(note.as_ref(), class::ACTOR_TRACE, &itself, Some(&stamp.actor));
        }
        self.texts
    }
}

/// A log that keeps words and no files: a cash book, a series, a publication log.
pub trait KeepsWords {
    /// Its words and holds.
    fn kept(&self) -> &Words;

    /// Its chain.
    fn log(&self) -> &Chain;

    /// Whether something stands here that a hold can be about: one of its records.
    fn stands(&self, about: &About) -> bool {
        about.kind == AboutKind::Record && self.log().holds(&about.id)
    }

    /// Whose personal data words hold.
    fn person_of<'a>(&'a self, text: &'a PersonalText) -> Option<&'a Id> {
        text.person.as_ref()
    }

    /// From when nothing is left of the money that words are about.
    fn spent(&self, _: &PersonalText, _: Date) -> Option<Date> {
        None
    }

    /// Words themselves, where the state holds them; elsewhere they stand beside their record only.
    fn said(&self, _: &PersonalText) -> Option<&str> {
        None
    }

    /// Every personal text, by commitment, those that were erased among them.
    fn personal_texts(&self) -> impl Iterator<Item = &PersonalText> {
        self.kept().texts.values()
    }

    /// Every legal hold that stands, by id.
    fn legal_holds(&self) -> impl Iterator<Item = &LegalHoldPlaced> {
        self.kept().holds.values()
    }

    /// What becomes of all words as of a date, by commitment.
    #[must_use]
    fn retention_plan(&self, policy: &RetentionPolicy, as_of: Date) -> Vec<PlanItem> {
        plan(policy, &self.contents(as_of), as_of)
    }

    /// Everything that could be erased, as it stands on a date, by commitment.
    #[must_use]
    fn contents(&self, as_of: Date) -> Vec<Candidate> {
        let kept = self.personal_texts().filter(|text| !text.erased);
        let one = |text: &PersonalText| Candidate {
            about: text.about.clone(),
            class: text.class.clone(),
            closed: None,
            content: ContentKind::Text,
            decided: Some(text.recorded),
            // A dispute is about an invoice: whoever needs these words for one places a hold.
            disputes: Vec::new(),
            hash: None,
            holds: self.holds_on(text),
            id: text.id(),
            issued: None,
            name: None,
            person: self.person_of(text).cloned(),
            settled: None,
            spent: self.spent(text, as_of),
        };
        kept.map(one).collect()
    }

    /// Holds on what words are about, on their person, or on everything.
    #[must_use]
    fn holds_on(&self, text: &PersonalText) -> Vec<Id> {
        let holds = |hold: &&LegalHoldPlaced| {
            hold.about.as_ref().is_none_or(|about| *about == text.about)
                && hold.person.as_ref().is_none_or(|held| self.person_of(text) == Some(held))
        };
        self.legal_holds().filter(holds).map(|hold| hold.hold.clone()).collect()
    }

    /// Decides what becomes of words.
    ///
    /// # Errors
    /// [`RetentionError`].
    fn decide_words(
        &self,
        policy: &RetentionPolicy,
        action: WordsAction<'_>,
        stamp: &Stamp,
    ) -> Result<Ruling<WordsEvent>, Refusal> {
        let because = |error: RetentionError| Refusal::because(&error);
        let one = |event| Ok(Ruling { events: vec![event], findings: Vec::new() });
        let erased = |Ruling { events, findings }: Ruling<RetentionEvent>| Ruling {
            events: events.into_iter().map(WordsEvent::Erased).collect(),
            findings,
        };
        match action {
            WordsAction::Place(place) => {
                policy.check_hold_role(&stamp.role).map_err(because)?;
                let placed = LegalHoldPlaced::of(place, stamp);
                self.check_placed(&placed).map_err(because)?;
                one(WordsEvent::Placed(Box::new(placed)))
            }
            WordsAction::Lift(lift) => {
                policy.check_hold_role(&stamp.role).map_err(because)?;
                let lifted = LegalHoldLifted::of(lift, stamp);
                self.check_lifted(&lifted).map_err(because)?;
                one(WordsEvent::Lifted(lifted))
            }
            WordsAction::Purge(asked) => {
                let known = |id: &Id| self.kept().texts.contains_key(id);
                purge(policy, &self.contents(stamp.at.day()), known, asked, stamp).map(erased)
            }
            WordsAction::Erase(asked) => {
                erase_subject(policy, &self.contents(stamp.at.day()), asked, stamp).map(erased)
            }
        }
    }

    /// Whether a hold can be placed.
    ///
    /// # Errors
    /// [`RetentionError::HoldTwice`] and [`RetentionError::AboutUnknown`].
    fn check_placed(&self, placed: &LegalHoldPlaced) -> Result<(), RetentionError> {
        let Words { holds, lifted, .. } = self.kept();
        if holds.contains_key(&placed.hold) || lifted.contains(&placed.hold) {
            return Err(RetentionError::HoldTwice { got: placed.hold.to_string() });
        }
        match &placed.about {
            Some(About { id, kind }) if !self.stands(&About { id: id.clone(), kind: *kind }) => {
                Err(RetentionError::AboutUnknown { id: id.to_string(), kind: kind.word() })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Whether a hold stands and can be lifted.
    ///
    /// # Errors
    /// [`RetentionError::HoldUnknown`].
    fn check_lifted(&self, lifted: &LegalHoldLifted) -> Result<(), RetentionError> {
        let unknown = || RetentionError::HoldUnknown { got: lifted.hold.to_string() };
        self.kept().holds.contains_key(&lifted.hold).then_some(()).ok_or_else(unknown)
    }

    /// Whether what a record of so many events says of words is what deciding says, and nothing else happens in it.
    ///
    /// # Errors
    /// What deciding refuses, and [`AuditError::StateMismatch`].
    fn check_words(&self, stated: &[WordsEvent], events: usize, stamp: &Stamp) -> Result<(), Refusal> {
        let mismatch = |what, id: &Id, reason| {
            Err(Refusal::because(&AuditError::StateMismatch { what, id: id.to_string(), reason }))
        };
        let by_actor = |by: &Id, effective: Date| (by, effective) == (&stamp.actor, stamp.effective);
        let other = "is placed or lifted by somebody else, on another day, or beside something else";
        match stated {
            [] => Ok(()),
            [WordsEvent::Placed(placed)] if events == 1 && by_actor(&placed.by, placed.effective) => {
                self.check_placed(placed).map_err(|error| Refusal::because(&error))
            }
            [WordsEvent::Lifted(lifted)] if events == 1 && by_actor(&lifted.by, lifted.effective) => {
                self.check_lifted(lifted).map_err(|error| Refusal::because(&error))
            }
            [WordsEvent::Placed(placed), ..] => mismatch("hold", &placed.hold, other),
            [WordsEvent::Lifted(lifted), ..] => mismatch("hold", &lifted.hold, other),
            [WordsEvent::Erased(first), ..] => {
                let erased = |event: &WordsEvent| {
                    if let WordsEvent::Erased(event) = event { Some(event.clone()) } else { None }
                };
                let erased: Vec<RetentionEvent> = stated.iter().filter_map(erased).collect();
                if erased.len() != events {
                    return mismatch("content", first.id(), "is erased beside something else");
                }
                check_stated(&self.contents(stamp.at.day()), &erased, stamp)
            }
        }
    }
}
