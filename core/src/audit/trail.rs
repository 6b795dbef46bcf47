use std::collections::BTreeSet;

use super::key::Key;
use crate::id::Id;

/// What kind of thing a record is about; ids of different kinds may be equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// An invoice, credit note, write-off, estimate or opening item.
    Document,
    /// A ticket.
    Ticket,
    /// An entry, a sale or the days of a fee.
    Work,
}

/// Which records of a log are about what: kept while records are applied, so that the few records of one
/// document are found among a million.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trail(BTreeSet<(Matter, Key, u64)>);

impl Trail {
    /// An empty trail.
    #[must_use]
    pub const fn new() -> Self {
        Self(BTreeSet::new())
    }

    /// Notes that a record is about something.
    pub fn note(&mut self, matter: Matter, id: &Id, seq: u64) {
        self.0.insert((matter, Key::of(id), seq));
    }

    /// Adds the sequences of the records that are about something.
    pub fn find(&self, matter: Matter, id: &Id, found: &mut BTreeSet<u64>) {
        let key = Key::of(id);
        found
            .extend(self.0.range((matter, key.clone(), 0)..=(matter, key, u64::MAX)).map(|(_, _, seq)| *seq));
    }
}
