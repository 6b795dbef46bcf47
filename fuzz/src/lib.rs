//! What the fuzz targets share: the rulebook and logs they start from, and the promises every answer keeps.

use std::fmt::Debug;
use std::sync::OnceLock;

use duebill::canon::{Canonical, Limits, Node, from_bytes, from_canonical, from_node};
use duebill::finding::Refusal;
use duebill::rulebook::Rulebook;
use duebill::wire::{self, Log};
use sha2::{Digest, Sha256};

const RULEBOOK: &[u8] = include_bytes!("../seeds/compile/rulebook.json");

const ADDRESSES: [&[u8]; 3] = [
    include_bytes!("../seeds/ask/account.json"),
    include_bytes!("../seeds/ask/cash_book.json"),
    include_bytes!("../seeds/ask/series.json"),
];

/// The seed rulebook, compiled once.
pub fn rulebook() -> &'static Rulebook {
    static COMPILED: OnceLock<Rulebook> = OnceLock::new();
    COMPILED.get_or_init(|| match wire::compile(RULEBOOK) {
        Ok(rulebook) => rulebook,
        Err(refusal) => panic!("the seed rulebook must compile: {}", text(&refusal)),
    })
}

/// One empty log of each kind: account, cash book, series.
pub fn logs() -> [Log; 3] {
    ADDRESSES.map(|address| match wire::open(address) {
        Ok(log) => log,
        Err(refusal) => panic!("the seed addresses must open: {}", text(&refusal)),
    })
}

/// The hash that a host stores beside these record bytes.
pub fn hash(record: &[u8]) -> String {
    Sha256::digest(record).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Asserts that bytes that can be read where they stand give what their tree gives, and all others its faults.
pub fn read_alike<T: Canonical + PartialEq + Debug>(bytes: &[u8]) {
    // What the library writes has no blank before it.
    let spaced = [b" ", bytes].concat();
    let careful = Node::parse(&spaced, Limits::default()).and_then(|tree| from_node::<T>(&tree));
    if let Some(direct) = from_canonical::<T>(bytes) {
        assert_eq!(Ok(&direct), careful.as_ref(), "read where it stands, and otherwise as a tree");
    }
    assert_eq!(from_bytes::<T>(bytes).ok(), careful.ok(), "read in two ways");
}

/// Asserts that asking twice gives the same bytes, and that they are an answer or a refusal in good form.
pub fn answered(ask: impl Fn() -> Result<Vec<u8>, Refusal>) -> Option<Vec<u8>> {
    match (ask(), ask()) {
        (Ok(answer), Ok(again)) => {
            assert_eq!(answer, again, "same input, other bytes");
            compact(&answer);
            Some(answer)
        }
        (Err(refusal), Err(again)) => {
            assert_eq!(wire::refusal(&refusal), wire::refusal(&again), "same input, other refusal");
            refused(&refusal);
            None
        }
        (Ok(_), Err(_)) | (Err(_), Ok(_)) => panic!("same input, answered once and refused once"),
    }
}

/// Asserts that a refusal says why: a code, at least one finding, and paths that are JSON pointers.
pub fn refused(refusal: &Refusal) {
    let json = wire::refusal(refusal);
    compact(&json);
    assert_eq!(
        Some(refusal.code().number),
        refusal.findings().next().map(|first| first.code.number),
        "not the first finding's code"
    );
    for finding in refusal.findings() {
        assert!(
            finding.path.is_empty() || finding.path.starts_with('/'),
            "not a JSON pointer: {}",
            finding.path
        );
    }
}

/// Asserts that the bytes are JSON in its shortest form, without a repeated key.
///
/// Lengths are compared, not bytes: canonical keys are sorted by UTF-16 and those of the parsed tree by UTF-8.
fn compact(json: &[u8]) {
    let tree: serde_json::Value = match serde_json::from_slice(json) {
        Ok(tree) => tree,
        Err(error) => panic!("not JSON: {error}: {}", String::from_utf8_lossy(json)),
    };
    assert_eq!(tree.to_string().len(), json.len(), "not canonical: {}", String::from_utf8_lossy(json));
}

fn text(refusal: &Refusal) -> String {
    String::from_utf8_lossy(&wire::refusal(refusal)).into_owned()
}
