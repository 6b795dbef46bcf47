use std::collections::{BTreeSet, VecDeque};

use super::kept::Kept;
use super::key::Key;
use super::merkle::leaf_hash;
use super::prefix::{self, Change, PrefixTree, is_under};
use super::{Fork, LogAddress};
use crate::canon::{Digest, shape, to_bytes};
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

shape! {
    /// All records of a log that are about one thing; its canonical bytes are a leaf of the tree over all trails.
    pub struct TrailLeaf {
        /// Two hexadecimal digits for its kind, 00 for a document, and the first 32 of the SHA-256 of its id.
        pub key: String,
        /// Sequences of the records, ascending.
        pub records: Vec<u64>,
    }
}

shape! {
    /// Proves which records of a log are about a document, all of them.
    pub struct TrailProof {
        /// The document.
        pub document: Id,
        /// The log.
        pub log: LogAddress,
        /// The forks on the way up to the root of the trails, from the leaf.
        pub path: Vec<Fork>,
        /// Sequences of the records, ascending.
        pub records: Vec<u64>,
    }
}

impl TrailProof {
    /// Whether these are the records that a log is committed to by the root over its trails.
    #[must_use]
    pub fn holds(&self, root: &Digest) -> bool {
        let key = place_key(Matter::Document, &Key::of(&self.document));
        is_under(&key, leaf(&key, self.records.clone()), &self.path, root)
    }
}

/// Which records of a log are about what: kept while records are applied, so that the few records of one
/// document are found among a million.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trail {
    /// In the order of the records.
    notes: Vec<Note>,
    sorted: Kept<Sorted>,
    /// In the order in which they were asked for.
    committed: Kept<VecDeque<Committed>>,
}

/// That a record is about something.
type Note = (Matter, Key, u64);

/// The notes by what they are about, as far as somebody asked: sorting them costs as much as all else of a short record,
/// and most who decide never ask.
#[derive(Debug, Clone, Default)]
struct Sorted {
    notes: BTreeSet<Note>,
    /// How many of the notes were sorted.
    taken: usize,
}

/// How many trees over trails are kept: those under the daily heads of a month, since evidence is asked for under an
/// earlier head as well.
const HEADS: usize = 31;
/// By one of how many of its records a log may have gone on since a tree that is kept: trees that lie so near share most.
const SHARED: u64 = 64;

/// The tree over the trails of the first records, and how many these are.
#[derive(Debug, Clone, Default)]
struct Committed {
    size: u64,
    tree: PrefixTree,
}

impl Trail {
    /// An empty trail.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes that a record is about something.
    pub fn note(&mut self, matter: Matter, id: &Id, seq: u64) {
        let note = (matter, Key::of(id), seq);
        // The events of a record are mostly about the same few things.
        let of_record = self.notes.iter().rev().take_while(|(_, _, last)| *last == seq);
        if !of_record.take(4).any(|last| *last == note) {
            self.notes.push(note);
        }
    }

    /// Adds the sequences of the records that are about something.
    pub fn find(&self, matter: Matter, id: &Id, found: &mut BTreeSet<u64>) {
        let key = Key::of(id);
        self.sorted(|notes| {
            let own = notes.range((matter, key.clone(), 0)..=(matter, key, u64::MAX));
            found.extend(own.map(|(_, _, seq)| *seq));
        });
    }

    /// Looks at the notes by what they are about; those that came since somebody last asked are sorted in.
    fn sorted<R>(&self, look: impl FnOnce(&BTreeSet<Note>) -> R) -> R {
        self.sorted.with(|sorted| {
            sorted.notes.extend(self.notes.iter().skip(sorted.taken).cloned());
            sorted.taken = self.notes.len();
            look(&sorted.notes)
        })
    }

    /// What commits a log of so many records to its trails: the root of the tree over them.
    #[must_use]
    pub fn root(&self, size: u64) -> Digest {
        self.commit(size).root()
    }

    /// Proves which of the first records of a log are about a document; `None` where none is.
    #[must_use]
    pub fn prove(&self, log: &LogAddress, document: &Id, size: u64) -> Option<TrailProof> {
        let path = self.commit(size).path(&place_key(Matter::Document, &Key::of(document)))?;
        let mut records = BTreeSet::new();
        self.find(Matter::Document, document, &mut records);
        let records = records.into_iter().take_while(|seq| *seq <= size).collect();
        Some(TrailProof { document: document.clone(), log: log.clone(), path, records })
    }

    /// The tree over the trails of the first records. It is made from the nearest one that is kept; those that are kept
    /// share all in which they are equal.
    fn commit(&self, size: u64) -> PrefixTree {
        self.committed.with(|kept| {
            let nothing = Committed::default();
            let known = kept.iter().chain(core::iter::once(&nothing));
            let near = known.min_by_key(|known| known.size.abs_diff(size)).cloned().unwrap_or_default();
            if near.size == size {
                return near.tree;
            }
            // One that is far away shares little, and would be as large as this one.
            let near_by = near.size.max(size).div_euclid(SHARED).max(SHARED);
            kept.retain(|known| known.size.abs_diff(size) <= near_by);
            if kept.len() >= HEADS {
                kept.pop_front();
            }
            let Committed { size: from, mut tree } = near;
            tree.change(&self.changes(from, size));
            kept.push_back(Committed { size, tree: tree.clone() });
            tree
        })
    }

    /// The trails that differ between two sizes of the log, as they are at the second.
    fn changes(&self, from: u64, to: u64) -> Vec<Change> {
        let after = |size| self.notes.partition_point(|(_, _, seq)| *seq <= size);
        let touched = self.notes.get(after(from.min(to))..after(from.max(to))).unwrap_or(&[]);
        let mut things: Vec<(Matter, &Key)> = touched.iter().map(|(matter, key, _)| (*matter, key)).collect();
        things.sort_unstable();
        things.dedup();
        let of = |notes: &BTreeSet<Note>, (matter, key): (Matter, &Key)| {
            let place = place_key(matter, key);
            let own = notes.range((matter, key.clone(), 0)..=(matter, key.clone(), to));
            let records: Vec<u64> = own.map(|(_, _, seq)| *seq).collect();
            (place, (!records.is_empty()).then(|| leaf(&place, records)))
        };
        let mut changes: Vec<Change> =
            self.sorted(|notes| things.into_iter().map(|thing| of(notes, thing)).collect());
        changes.sort_unstable_by_key(|(place, _)| *place);
        changes
    }
}

fn place_key(matter: Matter, key: &Key) -> prefix::Key {
    let kind = match matter {
        Matter::Document => 0,
        Matter::Ticket => 1,
        Matter::Work => 2,
    };
    let mut place = [kind; 17];
    if let Some(half) = place.last_chunk_mut() {
        *half = key.half_digest();
    }
    place
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or_default();
    let mut text = String::with_capacity(bytes.len().saturating_mul(2));
    text.extend(bytes.iter().flat_map(|byte| [digit(byte.wrapping_shr(4)), digit(byte & 15)]));
    text
}

fn leaf(key: &prefix::Key, records: Vec<u64>) -> Digest {
    leaf_hash(&to_bytes(&TrailLeaf { key: hexadecimal(key), records }))
}
