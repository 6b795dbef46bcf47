//! What CANONICAL.md publishes: the form of documents, and a vector for each rule by which something is hashed.

use duebill::audit::{
    DailyLogs, LogAddress, LogHead, LogKind, Matter, MerkleTree, Opened, Trail, fork_hash, leaf_hash,
    node_hash,
};
use duebill::calendar::Date;
use duebill::canon::sha256;
use duebill::id::Id;

use super::blessed;
use super::evidence::python;

#[test]
fn the_canonical_form_is_written_by_others_too() {
    let program = blessed::path("../examples/python/canonical.py");
    let vectors = blessed::path("cases/canonical.json");
    let output = python(&[program.as_os_str(), vectors.as_os_str()], None);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The table of vectors in CANONICAL.md: what stands after `0x` is bytes, the rest is text.
#[test]
fn the_published_vectors_of_hashes_hold() {
    let published = std::fs::read_to_string(blessed::path("CANONICAL.md")).unwrap();
    let table = published.split("| what | bytes | SHA-256 |\n|---|---|---|\n").nth(1).unwrap();
    let hex = |text: &str| -> Vec<u8> {
        let digit = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
        (0..text.len()).step_by(2).map(digit).collect()
    };
    let mut digests = std::collections::BTreeMap::new();
    for row in table.lines().take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [what, spans, digest] = cells.as_slice() else { panic!("{row}") };
        let spans = spans.split('`').skip(1).step_by(2);
        let bytes: Vec<u8> = spans
            .flat_map(|span| span.strip_prefix("0x").map_or_else(|| span.as_bytes().to_vec(), hex))
            .collect();
        assert_eq!(sha256(&bytes).to_string(), digest.trim_matches('`'), "{what}");
        digests.insert((*what).to_owned(), sha256(&bytes));
    }
    // The rules behind the rows are those of the library.
    let leaf = leaf_hash(digests["a record"].bytes());
    let next = leaf_hash(digests["the next one"].bytes());
    let root = digests["node over both: the root of a log of two records"];
    assert_eq!((leaf, next), (digests["leaf of a record"], digests["leaf of the next"]));
    assert_eq!(node_hash(&leaf, &next), root);
    let mut trail = Trail::new();
    for seq in [1, 2] {
        trail.note(Matter::Document, &Id::new("INV-1").unwrap(), seq);
    }
    assert_eq!(trail.clone().root(2), digests["leaf of a trail"]);
    trail.note(Matter::Document, &Id::new("INV-2").unwrap(), 2);
    let (one, other) = (digests["leaf of a trail"], digests["leaf of its trail"]);
    assert_eq!(fork_hash(9, &one, &other), digests["fork over both: the root of these two trails"]);
    let head = LogHead {
        hash: digests["the next one"],
        log: LogAddress {
            id: Id::new("acme").unwrap(),
            kind: LogKind::Account,
            seller: Id::new("northwind").unwrap(),
        },
        root,
        seq: 2,
        trails: Some(trail.root(2)),
    };
    assert_eq!(head.trails.unwrap(), digests["fork over both: the root of these two trails"]);
    let day = Date::parse("2026-01-31").unwrap();
    let daily = DailyLogs::of(day, head.log.seller.clone(), vec![head]).unwrap();
    assert_eq!(daily.head.root, digests["leaf of a log head"]);
    let words = Opened { salt: "0123456789abcdef".repeat(4), text: "seen to T-1".to_owned() };
    assert_eq!(words.commitment(), digests["words, the salt before them"]);
    assert_eq!(MerkleTree::new().root_at(0), Some(digests["root over nothing"]));
}
