use std::collections::BTreeSet;

use super::LogAddress;
use super::merkle::{MerkleTree, is_included, leaf_hash};
use crate::canon::{Digest, sha256_joined, shape, to_bytes};
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
        /// The first 16 hexadecimal digits of SHA-256 of a byte for its kind, 0 for a document, and its id.
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
        let key = shown(key(Matter::Document, &self.document));
        let leaf = TrailLeaf { key, records: self.records.clone() };
        is_included(leaf_hash(&to_bytes(&leaf)), self.place, head.count, &self.path, &head.root)
    }
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

    /// What commits a log of so many records to its trails.
    #[must_use]
    pub fn head(&self, size: u64) -> TrailsHead {
        let (tree, _) = self.tree(size, None);
        TrailsHead { count: tree.size(), root: tree.root_at(tree.size()).unwrap_or(Digest::ZERO) }
    }

    /// Proves which of the first records of a log are about a document; `None` where none is.
    #[must_use]
    pub fn prove(&self, log: &LogAddress, document: &Id, size: u64) -> Option<TrailProof> {
        let (tree, found) = self.tree(size, Some(key(Matter::Document, document)));
        let (place, records) = found?;
        let path = tree.path(place, tree.size())?;
        Some(TrailProof { document: document.clone(), log: log.clone(), path, place, records })
    }

    /// The tree over the trails of the first records, and the place and records of one of them.
    fn tree(&self, size: u64, wanted: Option<u64>) -> (MerkleTree, Option<(u64, Vec<u64>)>) {
        let (mut tree, mut found) = (MerkleTree::new(), None);
        let mut known = self.0.iter().filter(|(_, seq)| *seq <= size).peekable();
        while let Some((key, first)) = known.next() {
            let mut records = vec![*first];
            while let Some((_, seq)) = known.next_if(|(other, _)| other == key) {
                records.push(*seq);
            }
            if wanted == Some(*key) {
                found = Some((tree.size(), records.clone()));
            }
            tree.push(leaf_hash(&to_bytes(&TrailLeaf { key: shown(*key), records })));
        }
        (tree, found)
    }
}

fn shown(key: u64) -> String {
    format!("{key:016x}")
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
