//! What a log stated when its days were closed is what it comes to ever after.

use std::cell::Cell;
use std::collections::BTreeSet;

use duebill::wire::{self, Log};
use serde_json::{Value, json};

use super::crashed::asked;
use super::history::{Story, over, story};
use super::reconciled::Host;

/// The last days of the periods that are closed.
const CLOSED: [&str; 3] = ["2026-01-31", "2026-02-15", "2026-02-28"];

fn close_run(host: &Host, at: &Value, through: &str) -> Value {
    let stamp = json!({ "actor": "clara", "at": at, "effective": "2026-12-31", "role": "billing" });
    let request = json!({ "from": "2025-12-01", "how": "hard", "stamp": stamp, "through": through });
    let logs: Vec<&Log> = host.logs.values().collect();
    let answer = wire::close_run(&host.rulebook, &logs, request.to_string().as_bytes()).unwrap();
    serde_json::from_slice(&answer).unwrap()
}

#[test]
fn a_log_comes_to_what_its_close_stated_whatever_comes_later() {
    let compared = Cell::new(0);
    over(12, (story(), 0..40_usize), |(story, start): (Story, usize)| {
        if matches!(story, Story::Published(_)) {
            return;
        }
        let told = story.tell();
        let mut host = Host::new(&told.rulebook, BTreeSet::new());
        for (place, command) in asked(&told).iter().enumerate() {
            host.run(std::slice::from_ref(command));
            let at = &command["stamp"]["at"];
            for (nth, through) in CLOSED.iter().enumerate() {
                if place == start + nth * 8 {
                    for log in close_run(&host, at, through)["logs"].as_array().unwrap() {
                        // What is under way in a log holds up its close and no other.
                        if let Some(command) = log.get("command") {
                            assert!(host.record(command).is_some(), "{log}");
                        }
                    }
                }
                for log in close_run(&host, at, through)["logs"].as_array().unwrap() {
                    let Some(stated) = log.get("stated") else { continue };
                    assert_eq!(*stated, log["digest"], "{through} after {command}");
                    assert_eq!(log["closed"], true);
                    compared.set(compared.get() + 1);
                }
            }
        }
    });
    assert!(compared.get() > 200, "only {} digests were compared", compared.get());
}
