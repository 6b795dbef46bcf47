use core::ops::Range;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::LogAddress;
use super::kept::Kept;
use super::key::Key;
use super::merkle::{MerkleTree, is_included, leaf_hash};
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
    /// Commits a log to which of its records are about what: whoever knows it sees when one is left out.
    pub struct TrailsHead {
        /// How many things its records are about.
        pub count: u64,
        /// Merkle root (RFC 6962) over the trails of all of them, ordered by key.
        pub root: Digest,
    }
}

shape! {
    /// All records of a log that are about one thing; its canonical bytes are a leaf under a [`TrailsHead`].
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
        /// Hashes beside the way up to the root of the trails, from the leaf.
        pub path: Vec<Digest>,
        /// The place of its trail among all, from 0.
        pub place: u64,
        /// Sequences of the records, ascending.
        pub records: Vec<u64>,
    }
}

impl TrailProof {
    /// Whether these are the records that a log is committed to.
    #[must_use]
    pub fn holds(&self, head: &TrailsHead) -> bool {
        let leaf = leaf(&place_key(Matter::Document, &Key::of(&self.document)), &self.records);
        is_included(leaf, self.place, head.count, &self.path, &head.root)
    }
}

/// Which records of a log are about what: kept while records are applied, so that the few records of one
/// document are found among a million.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trail {
    /// In the order of the records.
    notes: Vec<Note>,
    sorted: Kept<Sorted>,
    committed: Kept<Option<(u64, Arc<Trees>)>>,
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
        if !self.notes.iter().rev().take(4).any(|last| *last == note) {
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

    /// What commits a log of so many records to its trails.
    #[must_use]
    pub fn head(&self, size: u64) -> TrailsHead {
        let (_, tree) = &*self.commit(size);
        TrailsHead { count: tree.size(), root: tree.root_at(tree.size()).unwrap_or(Digest::ZERO) }
    }

    /// Proves which of the first records of a log are about a document; `None` where none is.
    #[must_use]
    pub fn prove(&self, log: &LogAddress, document: &Id, size: u64) -> Option<TrailProof> {
        let (keys, tree) = &*self.commit(size);
        let key = place_key(Matter::Document, &Key::of(document));
        let place = u64::try_from(keys.binary_search(&key).ok()?).ok()?;
        let mut records = BTreeSet::new();
        self.find(Matter::Document, document, &mut records);
        let records = records.into_iter().take_while(|seq| *seq <= size).collect();
        let path = tree.path(place, tree.size())?;
        Some(TrailProof { document: document.clone(), log: log.clone(), path, place, records })
    }

    /// The tree over the trails of the first records. The last one is kept: what a daily head commits to is asked
    /// for many times, and never changes.
    fn commit(&self, size: u64) -> Arc<Trees> {
        self.committed.with(|kept| match kept {
            Some((of, trees)) if *of == size => Arc::clone(trees),
            _ => {
                let trees = Arc::new(self.sorted(|notes| trees(notes, size)));
                *kept = Some((size, Arc::clone(&trees)));
                trees
            }
        })
    }
}

/// The keys of all trails in order, and the tree over them.
type Trees = (Vec<PlaceKey>, MerkleTree);

/// The kind of what a trail is about, and half the digest of its id.
type PlaceKey = [u8; 17];

/// The tree over the trails of the first records.
fn trees(notes: &BTreeSet<Note>, size: u64) -> Trees {
    // The notes of a thing stand side by side, and each trail is a part of all sequences: few vectors are made.
    let notes = notes.iter().filter(|(_, _, seq)| *seq <= size);
    let records: Vec<u64> = notes.clone().map(|(_, _, seq)| *seq).collect();
    let mut trails: Vec<(PlaceKey, Range<usize>)> = Vec::new();
    let mut last: Option<(Matter, &Key)> = None;
    for (place, (matter, key, _)) in notes.enumerate() {
        let end = place.saturating_add(1);
        match trails.last_mut().filter(|_| last == Some((*matter, key))) {
            Some((_, trail)) => trail.end = end,
            None => trails.push((place_key(*matter, key), place..end)),
        }
        last = Some((*matter, key));
    }
    trails.sort_unstable_by_key(|(key, _)| *key);
    let mut tree = MerkleTree::with_room(trails.len());
    let of = |trail: &Range<usize>| records.get(trail.clone()).unwrap_or(&[]);
    trails.iter().for_each(|(key, trail)| tree.push(leaf(key, of(trail))));
    (trails.into_iter().map(|(key, _)| key).collect(), tree)
}

fn place_key(matter: Matter, key: &Key) -> PlaceKey {
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

fn leaf(key: &PlaceKey, records: &[u64]) -> Digest {
    leaf_hash(&to_bytes(&TrailLeaf { key: hexadecimal(key), records: records.to_vec() }))
}
