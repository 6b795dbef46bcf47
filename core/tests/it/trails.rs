//! The tree over trails: it follows from them alone, whatever was asked before, and leads to one list for each thing.

use std::collections::{BTreeMap, BTreeSet};

use duebill::audit::{Fork, LogAddress, LogKind, Matter, Trail, TrailLeaf, TrailProof, fork_hash, leaf_hash};
use duebill::canon::{Digest, sha256, to_bytes};
use duebill::id::Id;
use proptest::prelude::*;

/// What records are about, each by its kind and the number of its id; a record is about up to three things.
type Records = Vec<Vec<(usize, u32)>>;

const MATTERS: [Matter; 3] = [Matter::Document, Matter::Ticket, Matter::Work];

fn name(number: u32) -> Id {
    Id::new(&format!("T-{number}")).unwrap()
}

fn trail(records: &Records) -> Trail {
    let mut trail = Trail::new();
    for (seq, things) in (1_u64..).zip(records) {
        things.iter().for_each(|(matter, number)| trail.note(MATTERS[*matter], &name(*number), seq));
    }
    trail
}

/// The leaves over the first records, by the bits of their keys.
fn leaves(records: &Records, size: usize) -> BTreeMap<String, Digest> {
    let mut lists: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    for (seq, things) in (1_u64..).zip(&records[..size]) {
        for (matter, number) in things {
            let half = &sha256(name(*number).as_str().as_bytes()).to_string()[..32];
            lists.entry(format!("0{matter}{half}")).or_default().insert(seq);
        }
    }
    let leaf = |(key, records): (String, BTreeSet<u64>)| {
        let bits = key.chars().map(|digit| format!("{:04b}", digit.to_digit(16).unwrap())).collect();
        let records = records.into_iter().collect();
        (bits, leaf_hash(&to_bytes(&TrailLeaf { key, records })))
    };
    lists.into_iter().map(leaf).collect()
}

/// The hash over leaves whose bits are equal before one: as the format says it, one bit after the other.
fn naive(leaves: &BTreeMap<String, Digest>, bit: usize) -> Digest {
    if leaves.len() < 2 {
        return leaves.values().next().copied().unwrap_or_else(|| sha256(b""));
    }
    let (one, zero): (BTreeMap<_, _>, BTreeMap<_, _>) =
        leaves.clone().into_iter().partition(|(bits, _)| &bits[bit..=bit] == "1");
    if one.is_empty() || zero.is_empty() {
        return naive(leaves, bit + 1);
    }
    fork_hash(u8::try_from(bit).unwrap(), &naive(&zero, bit + 1), &naive(&one, bit + 1))
}

fn log() -> LogAddress {
    LogAddress { id: name(0), kind: LogKind::Account, seller: name(0) }
}

proptest! {
    #[test]
    fn a_tree_follows_from_its_trails_and_each_way_leads_to_one_list(
        records in prop::collection::vec(prop::collection::vec((0_usize..3, 0_u32..12), 0..4), 1..20),
        asked in prop::collection::vec(0_usize..20, 1..8),
    ) {
        let trail = trail(&records);
        for size in asked.into_iter().map(|size| size.min(records.len())) {
            let leaves = leaves(&records, size);
            let (root, size) = (trail.root(u64::try_from(size).unwrap()), size);
            prop_assert_eq!(root, naive(&leaves, 0), "{} of {}", size, records.len());
            for number in 0..12 {
                let about = (1_u64..).zip(&records[..size]).filter(|(_, about)| about.contains(&(0, number)));
                let about: Vec<u64> = about.map(|(seq, _)| seq).collect();
                let proof = trail.prove(&log(), &name(number), u64::try_from(size).unwrap());
                prop_assert_eq!(proof.is_some(), !about.is_empty());
                let Some(proof) = proof else { continue };
                prop_assert_eq!(&proof.records, &about);
                prop_assert!(proof.holds(&root));
                for other in others(&proof) {
                    prop_assert!(!other.holds(&root), "{:?} instead of {:?}", other, proof);
                }
            }
        }
    }
}

/// Proofs that differ from one in one thing.
fn others(proof: &TrailProof) -> Vec<TrailProof> {
    let mut others = vec![
        TrailProof { document: name(99), ..proof.clone() },
        TrailProof { records: proof.records[1..].to_vec(), ..proof.clone() },
        TrailProof { records: [proof.records.clone(), vec![99]].concat(), ..proof.clone() },
    ];
    let mut with = |change: &dyn Fn(&mut Vec<Fork>)| {
        let mut path = proof.path.clone();
        change(&mut path);
        others.push(TrailProof { path, ..proof.clone() });
    };
    with(&|path| path.push(Fork { bit: 0, other: sha256(b"") }));
    with(&|path| path.insert(0, Fork { bit: 136, other: sha256(b"") }));
    for place in 0..proof.path.len() {
        with(&|path| {
            path.remove(place);
        });
        with(&|path| path[place].bit += 1);
        with(&|path| path[place].bit += 256);
        with(&|path| path[place].other = sha256(b"other"));
    }
    others
}

/// Whoever makes a tree may lie, and a way follows its key all the same: of two leaves about one thing only one is led to.
#[test]
fn a_false_tree_has_no_room_for_a_second_list() {
    let half = &sha256(name(1).as_str().as_bytes()).to_string()[..32];
    let leaf = |records: &[u64]| {
        leaf_hash(&to_bytes(&TrailLeaf { key: format!("00{half}"), records: records.to_vec() }))
    };
    let (whole, short) = (leaf(&[1, 2, 3]), leaf(&[1, 3]));
    let root = fork_hash(9, &whole, &short);
    let shown = |records: &[u64], other| {
        let (document, path) = (name(1), vec![Fork { bit: 9, other }]);
        TrailProof { document, log: log(), path, records: records.to_vec() }.holds(&root)
    };
    assert_ne!(shown(&[1, 2, 3], short), shown(&[1, 3], whole));
}
