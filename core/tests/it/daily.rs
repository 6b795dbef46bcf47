//! Daily heads: the tree is that of RFC 6962, and no log under it is lost, cut or rewritten unseen.

use duebill::audit::{MerkleTree, is_extension, is_included, leaf_hash};
use duebill::canon::Digest;
use duebill::wire::{self, Log};
use serde_json::{Value, json};

use super::golden::everything;
use super::month::{Host, address, january};

/// Leaves, roots and proofs of Certificate Transparency, as its Go reference publishes them
/// (github.com/transparency-dev/merkle: testonly/constants.go, testonly/reference_test.go).
const LEAVES: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const PATHS: [(u64, u64, &[&str]); 4] = [
    (0, 1, &[]),
    (2, 3, &["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        &[
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
    (
        5,
        8,
        &[
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
];
const EXTENSIONS: [(u64, u64, &[&str]); 4] = [
    (1, 1, &[]),
    (
        1,
        8,
        &[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        2,
        5,
        &[
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
    (
        6,
        8,
        &[
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
];

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn digests(hex: &[&str]) -> Vec<Digest> {
    hex.iter().map(|one| Digest::parse(one).unwrap()).collect()
}

#[test]
fn the_tree_is_that_of_certificate_transparency() {
    let mut tree = MerkleTree::new();
    let roots = digests(&ROOTS);
    for leaf in LEAVES {
        tree.push(leaf_hash(&bytes(leaf)));
    }
    for (size, root) in (0..).zip(&roots) {
        assert_eq!(tree.root_at(size).unwrap(), *root, "{size} leaves");
    }
    assert_eq!(tree.root_at(9), None);
    for (place, size, path) in PATHS {
        assert_eq!(tree.path(place, size).unwrap(), digests(path), "{place} of {size}");
    }
    for (from, to, path) in EXTENSIONS {
        assert_eq!(tree.extension(from, to).unwrap(), digests(path), "{from} to {to}");
    }
}

/// Of every tree up to 40 leaves: every proof holds, and none for another place, size, leaf or root.
#[test]
fn every_proof_holds_and_no_other_does() {
    let leaves: Vec<Digest> = (0_u32..40).map(|n| leaf_hash(&n.to_be_bytes())).collect();
    let mut tree = MerkleTree::new();
    for leaf in &leaves {
        tree.push(*leaf);
    }
    let root = |size: u64| tree.root_at(size).unwrap();
    for size in 1..=40_u64 {
        for place in 0..size {
            let path = tree.path(place, size).unwrap();
            let leaf = leaves[usize::try_from(place).unwrap()];
            assert!(is_included(leaf, place, size, &path, &root(size)), "{place} of {size}");
            assert!(!is_included(leaf, place + 1, size, &path, &root(size)));
            assert!(!is_included(leaf, place, size, &path, &root(size - 1)));
            assert!(!is_included(root(size), place, size, &path, &root(size)) || size == 1);
            if !path.is_empty() {
                assert!(!is_included(leaf, place, size, &path[1..], &root(size)), "{place} of {size}");
            }
            assert!(!is_included(leaf, place, size, &[path.clone(), vec![leaf]].concat(), &root(size)));
        }
        assert_eq!(tree.path(size, size), None);
        for from in 0..=size {
            let path = tree.extension(from, size).unwrap();
            assert!(is_extension((from, &root(from)), (size, &root(size)), &path), "{from} to {size}");
            if from > 0 && from < size {
                assert!(!is_extension((from, &root(size)), (size, &root(size)), &path));
                assert!(!is_extension((from, &root(from)), (size, &root(from)), &path));
                assert!(!is_extension((from, &root(from)), (size, &root(size)), &path[1..]));
                assert!(!is_extension((size, &root(size)), (from, &root(from)), &path));
                for place in 0..path.len() {
                    let mut other = path.clone();
                    other[place] = leaf_hash(b"other");
                    assert!(!is_extension((from, &root(from)), (size, &root(size)), &other));
                }
            }
        }
    }
    assert_eq!(tree.extension(3, 41), None);
    assert_eq!(tree.extension(5, 3), None);
    // Nothing but the empty tree has no leaves, and trees of one size are one tree or not.
    assert!(!is_extension((0, &root(1)), (3, &root(3)), &[]));
    assert!(!is_extension((0, &root(0)), (3, &root(3)), &[root(1)]));
    assert!(!is_extension((3, &root(3)), (3, &root(4)), &[]));
    assert!(!is_extension((3, &root(3)), (3, &root(3)), &[root(1)]));
    assert!(!is_extension((4, &root(3)), (3, &root(3)), &[]));
}

/// The daily head of a host on a day, with proofs of some logs.
pub fn daily(host: &Host, day: &str, prove: &[Value]) -> Value {
    let logs: Vec<&Log> = host.logs.values().collect();
    let request = json!({ "day": day, "prove": prove, "seller": "northwind" }).to_string();
    serde_json::from_slice(&wire::daily_head(&logs, request.as_bytes()).unwrap()).unwrap()
}

fn logs(daily: &Value) -> Value {
    json!({ "head": daily["head"], "logs": daily["logs"] })
}

/// Names of what is found between two daily heads, with the log each is about.
fn found(earlier: &Value, later: &Value, extensions: &[Value]) -> Vec<(String, String)> {
    let request = json!({ "earlier": logs(earlier), "extensions": extensions, "later": logs(later) });
    let answer: Value =
        serde_json::from_slice(&wire::compare_daily(request.to_string().as_bytes()).unwrap()).unwrap();
    let findings = answer["findings"].as_array().unwrap();
    assert_eq!(answer["sound"], findings.iter().all(|finding| finding["severity"] != "block"));
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    findings.iter().map(|finding| (word(&finding["name"]), word(&finding["subject"]))).collect()
}

/// A daily head made of other log heads than those of an answer.
fn of_heads(day: &str, heads: &[Value]) -> Value {
    let request = json!({ "day": day, "heads": heads, "seller": "northwind" }).to_string();
    serde_json::from_slice(&wire::daily_head(&[], request.as_bytes()).unwrap()).unwrap()
}

#[test]
fn what_became_of_logs_between_two_days_is_named() {
    let mut host = Host::new();
    january(&mut host);
    let first = daily(&host, "2026-01-31", &[]);
    let later = everything();
    let second = daily(&later, "2026-04-01", &[]);
    // Grown, and proved to have only grown.
    let grown: Vec<Value> = first["logs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|head| {
            let question = json!({ "from": head["seq"], "kind": "extension" });
            later.report(head["log"]["kind"].as_str().unwrap(), head["log"]["id"].as_str().unwrap(), question)
        })
        .collect();
    // `everything` starts with an import, so the account of acme is another one than that of January.
    let acme = "northwind/account/acme".to_owned();
    assert_eq!(found(&first, &second, &grown), [("log-rewritten".to_owned(), acme.clone())]);
    let names: Vec<String> = found(&first, &second, &[]).into_iter().map(|(name, _)| name).collect();
    assert!(names.iter().all(|name| name == "extension-missing") && !names.is_empty(), "{names:?}");
    // What another log proves of the same records is no proof of this one.
    let of_others: Vec<Value> = grown
        .iter()
        .map(|extension| {
            let mut other = extension.clone();
            other["log"]["id"] = json!("another");
            other
        })
        .collect();
    assert_eq!(found(&first, &second, &of_others), found(&first, &second, &[]));
    // The same day again, whatever the order of the heads.
    let mut heads = second["logs"].as_array().unwrap().clone();
    heads.reverse();
    assert_eq!(of_heads("2026-04-01", &heads), second);
    assert_eq!(found(&second, &second, &[]), []);
    // An account vanishes; one goes back; one is rewritten at its head.
    let without: Vec<Value> = heads.iter().filter(|head| head["log"]["id"] != "acme").cloned().collect();
    let found_of = |heads: &[Value]| found(&second, &of_heads("2026-04-02", heads), &[]);
    assert_eq!(found_of(&without), [("log-vanished".to_owned(), acme.clone())]);
    let changed = |field: &str, value: Value| {
        let mut heads = heads.clone();
        heads.iter_mut().find(|head| head["log"]["id"] == "acme").unwrap()[field] = value;
        heads
    };
    assert_eq!(found_of(&changed("seq", json!(3))), [("log-went-back".to_owned(), acme.clone())]);
    assert_eq!(found_of(&changed("hash", json!("ab".repeat(32)))), [("log-rewritten".to_owned(), acme)]);
}

#[test]
fn a_log_is_proved_to_stand_under_the_daily_head() {
    let host = everything();
    let addresses: Vec<Value> =
        host.logs.keys().map(|address| serde_json::from_str(address).unwrap()).collect();
    let daily = daily(&host, "2026-04-01", &addresses);
    let sound = |proof: &Value| {
        let request = json!({ "daily": daily["head"], "proof": proof }).to_string();
        let answer: Value =
            serde_json::from_slice(&wire::check_inclusion(request.as_bytes()).unwrap()).unwrap();
        answer["sound"].as_bool().unwrap()
    };
    let proofs = daily["proofs"].as_array().unwrap();
    assert_eq!(proofs.len(), host.logs.len());
    for proof in proofs {
        assert!(sound(proof));
        for (pointer, value) in [
            ("/head/seq", json!(1)),
            ("/head/hash", json!("00".repeat(32))),
            ("/head/log/id", json!("other")),
            ("/head/root", json!("00".repeat(32))),
            ("/place", json!(7)),
            ("/path/0", json!("00".repeat(32))),
        ] {
            let mut other = proof.clone();
            *other.pointer_mut(pointer).unwrap() = value;
            assert!(!sound(&other), "{pointer}");
        }
    }
}

#[test]
fn heads_that_do_not_belong_under_a_daily_head_are_refused() {
    let host = everything();
    let daily = daily(&host, "2026-04-01", &[]);
    let heads = daily["logs"].as_array().unwrap();
    let refused =
        |request: Value| wire::daily_head(&[], request.to_string().as_bytes()).unwrap_err().code().name;
    let twice = [heads.clone(), heads[..1].to_vec()].concat();
    assert_eq!(refused(json!({ "day": "2026-04-01", "heads": twice, "seller": "northwind" })), "daily-twice");
    assert_eq!(refused(json!({ "day": "2026-04-01", "heads": heads, "seller": "other" })), "daily-seller");
    let prove = json!([address("account", "nobody")]);
    let unknown = json!({ "day": "2026-04-01", "heads": heads, "prove": prove, "seller": "northwind" });
    assert_eq!(refused(unknown), "daily-unknown");
    let compare = |earlier: &Value, later: &Value| {
        let request = json!({ "earlier": earlier, "later": later }).to_string();
        wire::compare_daily(request.as_bytes()).unwrap_err().code().name
    };
    let mut other = logs(&daily);
    other["logs"].as_array_mut().unwrap().pop();
    assert_eq!(compare(&logs(&daily), &other), "daily-root");
    let mut before = logs(&daily);
    before["head"]["day"] = json!("2026-03-31");
    assert_eq!(compare(&logs(&daily), &before), "daily-order");
    let log = &host.logs[&address("account", "acme").to_string()];
    let grown = json!({ "from": 1, "kind": "extension", "to": 100_000 }).to_string();
    let refusal = wire::report(log, &host.rulebook, grown.as_bytes()).unwrap_err();
    assert_eq!(refusal.code().name, "sequence-unknown");
}
