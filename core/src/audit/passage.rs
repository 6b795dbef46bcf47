use super::Record;
use crate::calendar::{Date, Instant};
use crate::id::Id;

/// One thing that a record did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// What was done.
    pub kind: &'static str,
    /// Who asked for it, where that is another than the actor.
    pub person: Option<Id>,
    /// To what.
    pub subject: Id,
}

impl Deed {
    /// Something that the actor did.
    #[must_use]
    pub fn new(kind: &'static str, subject: &Id) -> Self {
        Self { kind, person: None, subject: subject.clone() }
    }
}

/// Who did what with a record and when, small enough to keep: for whoever looks for exceptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// When it was recorded.
    pub at: Instant,
    /// Who did it.
    pub by: Id,
    /// What happened, in order.
    pub deeds: Vec<Deed>,
    /// From when it counts.
    pub effective: Date,
    /// The day it belongs to, where that was closed and it counts later.
    pub occurred: Option<Date>,
    /// In which role.
    pub role: Id,
    /// Whether it carries out what another log recorded.
    pub system: bool,
}

impl Passage {
    /// What a record did, as far as its events say.
    #[must_use]
    pub fn of<E>(record: &Record<E>, deeds: impl Fn(&E) -> Vec<Deed>) -> Self {
        Self {
            at: record.stamp.at,
            by: record.stamp.actor.clone(),
            deeds: record.events.iter().flat_map(deeds).collect(),
            effective: record.stamp.effective,
            occurred: record.stamp.occurred,
            role: record.stamp.role.clone(),
            system: record.stamp.is_system(),
        }
    }
}
