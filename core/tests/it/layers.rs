//! The rooms form a layered graph: each uses only the rooms that it is allowed to, all of them
//! before it in reading order.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::blessed;

/// The rooms in reading order with what each may use. An arrow that is not here is a decision to
/// be made, not an import to be added.
const HOUSE: &[(&str, &[&str])] = &[
    ("error_code", &[]),
    ("money", &["error_code"]),
    ("id", &["error_code"]),
    ("finding", &["error_code"]),
    ("calendar", &["error_code", "id"]),
    ("canon", &["error_code", "money", "id", "finding", "calendar"]),
    ("audit", &["error_code", "id", "finding", "calendar", "canon"]),
    ("retention", &["error_code", "id", "finding", "calendar", "canon", "audit"]),
    ("series", &["error_code", "id", "finding", "calendar", "canon", "audit", "retention"]),
    ("tax", &["error_code", "money", "id", "calendar", "canon"]),
    ("rates", &["error_code", "money", "id", "calendar", "canon"]),
    ("agreement", &["error_code", "money", "id", "calendar", "canon"]),
    ("work", &["error_code", "money", "id", "calendar", "canon", "audit"]),
    ("rating", &["error_code", "money", "id", "finding", "calendar", "canon", "rates", "agreement", "work"]),
    ("approval", &["error_code", "money", "id", "calendar", "canon", "audit"]),
    ("task", &["error_code", "money", "id", "calendar", "canon", "audit", "approval"]),
    ("invoice", &["error_code", "money", "id", "calendar", "canon", "audit", "tax", "work", "rating"]),
    ("ledger", &["error_code", "money", "id", "calendar", "canon", "invoice"]),
    ("render", &["money", "id", "calendar", "canon", "tax", "rating", "approval", "invoice", "ledger"]),
    (
        "payment",
        &["error_code", "money", "id", "finding", "calendar", "canon", "audit", "ledger", "retention"],
    ),
    ("receivables", &["error_code", "money", "id", "calendar", "canon"]),
    ("role", &["error_code", "id", "canon"]),
    (
        "rulebook",
        &[
            "error_code",
            "money",
            "id",
            "finding",
            "calendar",
            "canon",
            "audit",
            "series",
            "tax",
            "rates",
            "agreement",
            "work",
            "rating",
            "approval",
            "task",
            "invoice",
            "payment",
            "receivables",
            "retention",
            "role",
        ],
    ),
    (
        "account",
        &[
            "error_code",
            "money",
            "id",
            "finding",
            "calendar",
            "canon",
            "audit",
            "series",
            "tax",
            "agreement",
            "work",
            "rating",
            "approval",
            "task",
            "invoice",
            "ledger",
            "render",
            "payment",
            "retention",
            "rulebook",
        ],
    ),
    (
        "report",
        &[
            "error_code",
            "money",
            "id",
            "finding",
            "calendar",
            "canon",
            "audit",
            "series",
            "tax",
            "agreement",
            "work",
            "rating",
            "approval",
            "task",
            "invoice",
            "ledger",
            "render",
            "payment",
            "receivables",
            "retention",
            "role",
            "rulebook",
            "account",
        ],
    ),
    (
        "wire",
        &[
            "error_code",
            "money",
            "id",
            "finding",
            "calendar",
            "canon",
            "audit",
            "series",
            "tax",
            "rates",
            "agreement",
            "work",
            "rating",
            "approval",
            "task",
            "invoice",
            "ledger",
            "payment",
            "receivables",
            "retention",
            "role",
            "rulebook",
            "account",
            "report",
        ],
    ),
];

/// Every room that a file names after `crate::`, single or in braces.
fn named(source: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    let code: String =
        source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    for (_, after) in code.match_indices("crate::").map(|(at, _)| code.split_at(at + "crate::".len())) {
        if let Some(group) = after.strip_prefix('{') {
            let group = group.split('}').next().unwrap_or_default();
            rooms.extend(
                group.split(',').map(|item| item.trim().split("::").next().unwrap_or_default().to_owned()),
            );
        } else {
            rooms.insert(after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    rooms
}

fn sources(room: &str) -> Vec<(String, String)> {
    let single = blessed::path(&format!("src/{room}.rs"));
    if single.exists() {
        return vec![(room.to_owned(), std::fs::read_to_string(single).unwrap())];
    }
    let mut files = Vec::new();
    let mut folders = vec![blessed::path(&format!("src/{room}"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).unwrap();
                files.push((path.display().to_string(), text));
            }
        }
    }
    files
}

#[test]
fn each_room_uses_only_what_it_may() {
    let order: Vec<&str> = HOUSE.iter().map(|(room, _)| *room).collect();
    let place: BTreeMap<&str, usize> = order.iter().enumerate().map(|(place, room)| (*room, place)).collect();
    let mut wrong = Vec::new();
    for (room, allowed) in HOUSE {
        assert!(allowed.iter().all(|other| place[other] < place[room]), "{room} may use a room after it");
        let mut used = BTreeSet::new();
        for (file, text) in sources(room) {
            for other in
                named(&text).into_iter().filter(|other| other != room && place.contains_key(other.as_str()))
            {
                if !allowed.contains(&other.as_str()) {
                    wrong.push(format!("{file} uses {other}"));
                }
                used.insert(other);
            }
        }
        let idle: Vec<_> = allowed.iter().filter(|other| !used.contains(**other)).collect();
        if !idle.is_empty() {
            wrong.push(format!("{room} may use {idle:?} but does not"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_library_lists_its_rooms_in_reading_order() {
    let library = std::fs::read_to_string(blessed::path("src/lib.rs")).unwrap();
    let listed: Vec<&str> =
        library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(listed, HOUSE.iter().map(|(room, _)| *room).collect::<Vec<_>>());
    let folders: BTreeSet<String> = std::fs::read_dir(blessed::path("src"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_stem().is_some_and(|stem| stem != "lib"))
        .map(|path| Path::new(&path).file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(folders, HOUSE.iter().map(|(room, _)| (*room).to_owned()).collect());
}

/// What the core never does, looked for in its own source.
#[test]
fn the_absences_hold() {
    let forbidden = [
        "f32",
        "f64",
        "SystemTime",
        "Utc::now",
        "Local::now",
        "std::fs",
        "std::net",
        "std::env",
        "std::thread",
        "thread_rng",
        "rand::",
        "HashMap",
        "HashSet",
        "static mut",
        "OnceLock",
        "LazyLock",
        "thread_local",
        "async fn",
        "println!",
        "tracing::",
        "unsafe",
        ".unwrap()",
        ".expect(",
        "panic!",
        "todo!",
        "unimplemented!",
        "unreachable!",
    ];
    let mut found = Vec::new();
    for (room, _) in HOUSE {
        for (file, text) in sources(room) {
            let shipped = text.split("#[cfg(test)]").next().unwrap_or_default();
            for (number, line) in
                shipped.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"))
            {
                // The one place that must name a float type is the visitor that refuses it.
                let refuses = line.contains("fn visit_f64");
                for word in forbidden.iter().filter(|word| line.contains(**word) && !refuses) {
                    found.push(format!("{file}:{}: {word}", number + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
