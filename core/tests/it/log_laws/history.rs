//! Random histories, with what the logs were on the way.

use std::collections::BTreeMap;

use duebill::finding::Refusal;
use duebill::rulebook::Rulebook;
use duebill::wire::{self, Log};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use crate::model::rules::{RulesRun, RulesWish, rules_wish};
use crate::model::run::Run;
use crate::model::wish::{DAYS, Wish, before, wish};
use crate::month::{Host, address};
use crate::wide::{Step, Wide, step};

/// What is asked in the course of a history, valid and not.
#[derive(Debug, Clone)]
pub enum Story {
    /// An account, its cash book and its numbers.
    Owed(u8, Vec<(Wish, usize)>),
    /// Everything that can be billed.
    Billed(u8, Vec<Step>),
    /// Publications, and logs that decide under them.
    Published(Vec<RulesWish>),
}

/// Logs as they were at some moment.
pub type Logs = BTreeMap<String, Log>;

/// A history that came to its end.
pub struct History {
    pub rulebook: Rulebook,
    pub logs: Logs,
    /// What the host stored, by log: record, hash, words.
    pub stored: BTreeMap<String, Vec<Value>>,
    /// The commands that made the records, by log.
    pub commands: BTreeMap<String, Vec<Value>>,
    /// The logs after every step.
    pub moments: Vec<Logs>,
}

pub fn story() -> impl Strategy<Value = Story> {
    prop_oneof![
        2 => (0..3_u8, prop::collection::vec((wish(), 0..DAYS.len()), 1..50)).prop_map(|(start, wishes)| Story::Owed(start, wishes)),
        1 => (0..3_u8, prop::collection::vec(step(), 1..50)).prop_map(|(policy, steps)| Story::Billed(policy, steps)),
        1 => prop::collection::vec(rules_wish(), 5..40).prop_map(Story::Published),
    ]
}

impl Story {
    pub fn tell(&self) -> History {
        let mut moments = Vec::new();
        let mut note = |host: &Host| moments.push(host.logs.clone());
        let host = match self {
            Self::Owed(start, wishes) => {
                let mut run = Run::new();
                for wish in &before(*start) {
                    run.grant(wish, DAYS[0]);
                }
                for (wish, day) in wishes {
                    run.grant(wish, DAYS[*day]);
                    note(&run.host);
                }
                run.host
            }
            Self::Billed(policy, steps) => {
                let mut wide = Wide::new(*policy);
                for step in steps {
                    wide.take(*step);
                    note(&wide.host);
                }
                wide.host
            }
            Self::Published(wishes) => {
                let mut run = RulesRun::new();
                for wish in wishes {
                    run.grant(wish);
                    note(&run.host);
                }
                run.host
            }
        };
        let Host { rulebook, logs, stored, commands, .. } = host;
        History { rulebook, logs, stored, commands, moments }
    }
}

/// Checks a law over so many histories, the same ones on every run.
pub fn over<T: core::fmt::Debug>(cases: u32, told: impl Strategy<Value = T>, law: impl Fn(T)) {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let check = |told| {
        law(told);
        Ok(())
    };
    TestRunner::new_with_rng(config, rng).run(&told, check).unwrap();
}

pub fn empty(at: &str) -> Log {
    wire::open(at.as_bytes()).unwrap()
}

/// Applies what a host stored of one record.
pub fn load(log: &mut Log, stored: &Value) -> Result<(), Refusal> {
    let (record, hash) = (stored["record"].to_string(), stored["hash"].as_str().unwrap());
    wire::apply(log, record.as_bytes(), hash.as_bytes(), stored["detached"].to_string().as_bytes())
}

/// A log from what a host stored of it.
pub fn replayed(at: &str, stored: &[Value]) -> Log {
    let mut log = empty(at);
    for one in stored {
        load(&mut log, one).unwrap();
    }
    log
}

/// An exported log: a line per record.
pub fn lines(stored: &[Value]) -> Vec<String> {
    stored.iter().map(|one| format!("{} {}\n", one["hash"].as_str().unwrap(), one["record"])).collect()
}

pub fn seq(log: &Log) -> u64 {
    log.chain().head().seq
}

/// What a log answers to the questions that show all of it.
pub fn answers(log: &Log, rulebook: &Rulebook) -> Vec<Vec<u8>> {
    let look = json!({ "as_of": "2026-03-31", "limit": 1000, "role": "auditor", "viewer": "vera" });
    let looked = |kind: &str| {
        let mut question = look.clone();
        question["kind"] = json!(kind);
        question
    };
    let as_of = |kind: &str| json!({ "kind": kind, "as_of": "2026-03-31" });
    let questions = match log {
        Log::Account(_) => ["account", "tasks", "retention", "plans"]
            .map(as_of)
            .into_iter()
            .chain([looked("timeline")])
            .collect(),
        Log::CashBook(_) => vec![as_of("cash_book")],
        Log::Rulebook(_) => vec![json!({ "kind": "publications" })],
        Log::Series(_) => vec![json!({ "kind": "numbers" })],
    };
    let answer = |question: &Value| match wire::report(log, rulebook, question.to_string().as_bytes()) {
        Ok(answer) => answer,
        Err(refusal) => refusal.to_string().into_bytes(),
    };
    questions.iter().map(answer).collect()
}

/// The address of a log of the seller of every history.
pub fn at(kind: &str, id: &str) -> String {
    address(kind, id).to_string()
}
