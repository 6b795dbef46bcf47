//! A purge on real files: killed between any two steps and run again, it ends as if nothing had happened.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Command;

use duebill::canon::sha256;
use duebill::wire;
use serde_json::Value;

use super::program::{retention, run, scratch};

const SIGKILL: i32 = 9;

fn program(folder: &Path) -> Command {
    let mut program = retention();
    program.arg(folder).args(["--as-of", "2026-06-01", "--erase", "anna"]);
    program
}

/// Every file with its bytes, but for what a write left beside.
fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for part in ["files", "hansa", "invoices", "bank"] {
        for file in fs::read_dir(folder.join(part)).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if name != "new" {
                found.insert(format!("{part}/{name}"), fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn file(bytes: &[u8]) -> String {
    format!("files/{}", sha256(bytes))
}

/// What a failing comparison can show.
fn hashes(folder: &Path) -> BTreeMap<String, String> {
    content(folder).into_iter().map(|(name, bytes)| (name, sha256(&bytes).to_string())).collect()
}

#[test]
fn what_is_due_is_deleted_and_what_is_needed_stays() {
    let folder = scratch("retention");
    run(&mut program(&folder));
    let found = content(&folder);
    assert!(!found.contains_key(&file(b"what anna saw")), "the photo was due");
    for kept in [&b"the deed of the house"[..], b"what the lawsuit is about", b"the invoice as it was sent"] {
        assert_eq!(found[&file(kept)], kept);
    }
    // The words of the held work stay, the others are nowhere on the disk.
    let anywhere = |words: &str| found.values().any(|bytes| String::from_utf8_lossy(bytes).contains(words));
    assert!(anywhere("anna saw to T-2") && !anywhere("anna saw to T-1"));
    assert!(!anywhere("photo of anna.txt") && anywhere("proof of anna.txt"));
    // Who paid, and what they wrote, goes a quarter after the money was spent.
    assert!(!anywhere("Greta"));
    let early = scratch("retention_early");
    run(retention().arg(&early).args(["--as-of", "2026-05-19"]));
    assert_eq!(
        content(&early).values().filter(|bytes| String::from_utf8_lossy(bytes).contains("Greta")).count(),
        1
    );
    // The logs verify as they stand on the disk.
    for log in ["hansa/", "bank/"] {
        let records = found.iter().filter(|(name, _)| name.starts_with(log) && name.ends_with(".record"));
        let lines: Vec<u8> = records.flat_map(|(_, line)| line.iter().copied().chain([b'\n'])).collect();
        let verdict: Value = serde_json::from_slice(&wire::verify(&lines, None).unwrap()).unwrap();
        assert_eq!(verdict["verdict"], "consistent", "{log}");
    }
    // Again and nothing changes.
    run(&mut program(&folder));
    assert!(content(&folder) == found, "a second run changed something");
}

#[test]
fn killed_between_any_two_steps() {
    let folder = scratch("retention_killed");
    let whole = folder.join("whole");
    run(&mut program(&whole));
    let expected = hashes(&whole);
    let mut point = 0;
    loop {
        point += 1;
        let own = folder.join(point.to_string());
        let output = program(&own).env("DUEBILL_CRASH_AT", point.to_string()).output().unwrap();
        if output.status.success() {
            break;
        }
        assert_eq!(output.status.signal(), Some(SIGKILL), "point {point}: {output:?}");
        run(&mut program(&own));
        assert_eq!(hashes(&own), expected, "killed at point {point}");
    }
    assert!(point > 60, "only {point} points were passed");
}

#[test]
fn a_file_that_cannot_be_deleted_is_told_and_tried_again() {
    let folder = scratch("retention_stuck");
    let stuck = folder.join(file(b"what anna saw"));
    // Made before the purge: a folder of that name is not deleted as a file.
    let mut early = retention();
    run(early.arg(&folder).args(["--as-of", "2026-03-01"]));
    fs::remove_file(&stuck).unwrap();
    fs::create_dir(&stuck).unwrap();
    let said = run(&mut program(&folder));
    assert!(said.lines().any(|line| line.starts_with("failed") && line.contains("photo")), "{said}");
    fs::remove_dir(&stuck).unwrap();
    let said = run(&mut program(&folder));
    assert!(said.lines().any(|line| line.starts_with("done") && line.contains("photo")), "{said}");
}
