//! A host that keeps nothing but records, and loses everything else at any moment: what is under way is seen in the
//! logs, and delivering it leads to where the host would have come without a crash.

use std::cell::Cell;
use std::collections::{BTreeSet, VecDeque};

use duebill::rulebook::Rulebook;
use duebill::wire::{self, Log};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::crashed::asked;
use super::history::{Logs, Story, at, empty, over, replayed, story};

/// A host without an outbox.
pub struct Host {
    pub rulebook: Rulebook,
    pub logs: Logs,
    stored: std::collections::BTreeMap<String, Vec<Value>>,
    /// After which of its records it crashes.
    crashes: BTreeSet<usize>,
    records: usize,
}

impl Host {
    pub fn new(rulebook: &Rulebook, crashes: BTreeSet<usize>) -> Self {
        Self {
            rulebook: rulebook.clone(),
            logs: Logs::new(),
            stored: Default::default(),
            crashes,
            records: 0,
        }
    }

    /// Decides, stores and applies one command; what follows from it, where it was recorded.
    pub fn record(&mut self, command: &Value) -> Option<Vec<Value>> {
        let at = command["log"].to_string();
        let log = self.logs.entry(at.clone()).or_insert_with(|| empty(&at));
        let answer = wire::decide(log, &self.rulebook, command.to_string().as_bytes()).ok()?;
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        if answer["outcome"] == "repeated" {
            return None;
        }
        super::history::load(log, &answer).unwrap();
        let intents = answer["intents"].as_array().unwrap().iter();
        let intents = intents.map(|intent| intent["command"].clone()).collect();
        self.stored.entry(at).or_default().push(answer);
        self.records += 1;
        Some(intents)
    }

    /// What is under way, as the logs say it.
    fn under_way(&self) -> Value {
        let logs: Vec<&Log> = self.logs.values().collect();
        serde_json::from_slice(&wire::reconcile(&self.rulebook, &logs, b"{}").unwrap()).unwrap()
    }

    /// Everything but the records is lost.
    fn crash(&mut self) {
        self.logs = self.stored.iter().map(|(at, stored)| (at.clone(), replayed(at, stored))).collect();
    }

    /// Delivers what is under way until there is nothing left, or only what is refused; crashing on the way too.
    fn recover(&mut self) {
        loop {
            let mut recorded = false;
            for one in self.under_way()["commands"].as_array().unwrap() {
                recorded |= self.record(&one["command"]).is_some();
                if self.crashes.remove(&self.records) {
                    self.crash();
                    break;
                }
            }
            if !recorded {
                return;
            }
        }
    }

    /// Runs commands and what follows from them; gives how often something was lost.
    pub fn run(&mut self, commands: &[Value]) -> usize {
        let mut lost = 0;
        for command in commands {
            let mut queue = VecDeque::from([command.clone()]);
            while let Some(command) = queue.pop_front() {
                queue.extend(self.record(&command).into_iter().flatten());
                if self.crashes.remove(&self.records) {
                    lost += usize::from(!queue.is_empty());
                    self.crash();
                    self.recover();
                    break;
                }
            }
        }
        lost
    }
}

#[test]
fn what_a_crash_left_under_way_is_seen_in_the_logs_and_goes_on() {
    let (lost, shown) = (Cell::new(0), Cell::new(0));
    over(20, (story(), prop::collection::btree_set(1..80_usize, 15..50)), |(story, crashes)| {
        if matches!(story, Story::Published(_)) {
            return;
        }
        let told = story.tell();
        let commands = asked(&told);
        let mut whole = Host::new(&told.rulebook, BTreeSet::new());
        whole.run(&commands);
        whole.recover();
        let mut host = Host::new(&told.rulebook, crashes);
        lost.set(lost.get() + host.run(&commands));
        host.recover();
        assert!(host.stored == whole.stored, "another end");
        assert!(host.logs == whole.logs);
        let left = host.under_way();
        shown.set(shown.get() + 1);
        // What is left is refused by the log it is for, and nothing else is.
        for one in left["commands"].as_array().unwrap() {
            let log = &host.logs[&one["to"].to_string()];
            let refused = wire::decide(log, &host.rulebook, one["command"].to_string().as_bytes());
            assert!(refused.is_err(), "{one}");
        }
        assert_eq!(left["settled"], json!(left["commands"] == json!([]) && left["reserved"] == json!([])));
        assert!(host.logs.contains_key(&at("account", "acme")));
    });
    assert!(lost.get() > 10, "only {} crashes lost anything", lost.get());
}

/// Step by step of one payment: what is under way is named where it is, and nothing once all is said.
#[test]
fn each_step_between_bank_and_invoice_is_named() {
    let mut host = crate::month::Host::new();
    crate::month::january(&mut host);
    crate::month::approve(&mut host, "acme");
    let look = |host: &crate::month::Host| -> Value {
        let logs: Vec<&Log> = host.logs.values().collect();
        serde_json::from_slice(&wire::reconcile(&host.rulebook, &logs, b"{}").unwrap()).unwrap()
    };
    assert_eq!(look(&host)["settled"], true);
    let receive = json!({ "kind": "receive", "entry": { "id": "TX", "amount": "38.24", "currency": "EUR",
        "value_date": "2026-02-20", "receipts": [{ "id": "TX", "amount": "38.24", "customer": "acme" }] } });
    let clerk = ("clara", "billing");
    host.deliver(crate::month::command("cash_book", "bank", "in", "2026-02-20", clerk, receive)).unwrap();
    let item = "monthly:2026-01-31:EUR";
    let reserve = json!({ "kind": "reserve", "account": "acme", "receipt": "TX",
        "allocations": [{ "item": item, "cash": "38.24", "currency": "EUR" }] });
    let reserve = crate::month::command("cash_book", "bank", "out", "2026-02-21", clerk, reserve);
    let mut next = host.step(&reserve).unwrap();
    for (action, to, stage) in [("allocate", "account", "reserved"), ("confirm", "cash_book", "applied")] {
        let seen = look(&host);
        assert_eq!(seen["commands"].as_array().unwrap().len(), 1);
        let one = &seen["commands"][0];
        assert_eq!((&one["action"], &one["to"]["kind"]), (&json!(action), &json!(to)));
        assert_eq!(one["command"], next[0]["command"]);
        assert_eq!(
            (&one["since"], &one["effective"]),
            (&json!("2026-02-21T12:00:00Z"), &json!("2026-02-21"))
        );
        let money = &seen["reserved"][0];
        assert_eq!((&money["stage"], &money["amount"]), (&json!(stage), &json!("38.24")));
        assert_eq!(seen["settled"], false);
        next = host.step(&next[0]["command"]).unwrap();
    }
    assert!(next.is_empty());
    let seen = look(&host);
    assert_eq!(
        seen,
        json!({ "commands": [], "missing": [], "numbers": [], "reserved": [], "settled": true })
    );
    // Without the account nobody knows whether it did its part.
    let books: Vec<&Log> = host.logs.values().filter(|log| !matches!(log, Log::Account(_))).collect();
    let seen = wire::reconcile(&host.rulebook, &books, b"{}").unwrap();
    let seen: Value = serde_json::from_slice(&seen).unwrap();
    assert_eq!(seen["missing"].as_array().unwrap().len(), 2);
    assert_eq!((&seen["numbers"][0]["reason"], &seen["settled"]), (&json!("unknown"), &json!(false)));
}
