//! Stored records that were changed, removed, swapped or cut.

use duebill::wire;
use serde_json::Value;

use super::super::month::{address, approve};
use super::trial::{Run, Trial, billed};

/// Titles and their checks.
pub const CHECKS: &[(&str, Run)] = &[("audit record changed / removed / swapped / cut at tail", damaged)];

/// What verifying says of damaged records, and at which sequence.
fn verdict(lines: &[u8], head: Option<&[u8]>) -> (String, Option<u64>) {
    let answer: Value = serde_json::from_slice(&wire::verify(lines, head).unwrap()).unwrap();
    (answer["finding"]["name"].as_str().unwrap_or("consistent").to_owned(), answer["seq"].as_u64())
}

fn damaged(trial: &Trial) {
    let mut host = billed();
    approve(&mut host, "acme");
    let key = address("account", "acme").to_string();
    let head = wire::head(&host.logs[&key]);
    let lines: Vec<String> = host.stored[&key]
        .iter()
        .map(|one| format!("{} {}\n", one["hash"].as_str().unwrap(), one["record"]))
        .collect();
    let count = u64::try_from(lines.len()).unwrap();
    let expect = |what: &str, lines: &[String], name: &str, seq: u64| {
        let (got, at) = verdict(lines.concat().as_bytes(), Some(&head));
        trial.named(what, name, &got);
        trial.holds(&format!("{what}: expected sequence {seq}, got {at:?}"), at == Some(seq));
    };
    trial.holds(
        "whole records are damaged",
        verdict(lines.concat().as_bytes(), Some(&head)).0 == "consistent",
    );
    expect("removed", &[&lines[..1], &lines[2..]].concat(), "sequence-gap", 2);
    let mut swapped = lines.clone();
    swapped.swap(1, 2);
    expect("swapped", &swapped, "sequence-gap", 2);
    expect("cut", &lines[..lines.len() - 1], "log-truncated", count);
    // Every bit of one byte in seven of the second record, which is as good as any.
    let start = lines[0].len();
    let whole = lines.concat().into_bytes();
    for place in (start..start + lines[1].len()).step_by(7) {
        for bit in 0..8 {
            let mut flipped = whole.clone();
            flipped[place] ^= 1 << bit;
            let (name, at) = verdict(&flipped, Some(&head));
            trial.holds(
                &format!("bit {bit} of byte {place}: {name} at {at:?}"),
                name != "consistent" && at == Some(2),
            );
        }
    }
}
