use std::collections::BTreeSet;

use crate::canon::sha256_joined;
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
pub struct Trail(BTreeSet<(u64, u64)>);

impl Trail {
    /// An empty trail.
    #[must_use]
    pub const fn new() -> Self {
        Self(BTreeSet::new())
    }

    /// Notes that a record is about something.
    pub fn note(&mut self, matter: Matter, id: &Id, seq: u64) {
        self.0.insert((key(matter, id), seq));
    }

    /// Adds the sequences of the records that are about something. Two ids may share a key by chance; then a
    /// record too many is found, and never one too few.
    pub fn find(&self, matter: Matter, id: &Id, found: &mut BTreeSet<u64>) {
        let key = key(matter, id);
        found.extend(self.0.range((key, 0)..=(key, u64::MAX)).map(|(_, seq)| *seq));
    }
}

/// A quarter of a digest: the trail is as large as the log is long, and a record too many does no harm.
fn key(matter: Matter, id: &Id) -> u64 {
    let kind = match matter {
        Matter::Document => 0,
        Matter::Ticket => 1,
        Matter::Work => 2,
    };
    let digest = sha256_joined(&[&[kind], id.as_str().as_bytes()]);
    digest.bytes().first_chunk().map_or(0, |quarter| u64::from_be_bytes(*quarter))
}
