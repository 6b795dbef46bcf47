//! What a role sees of an account with ten thousand invoices: pages, a receipt, the timeline.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement prints its figures, and stops when something is wrong"
)]

use std::collections::{BTreeMap, VecDeque};

use cpu_time::ProcessTime;
use duebill::rulebook::Rulebook;
use duebill::wire::{self, Log};
use serde_json::{Value, json};

const BILLS: usize = 100;
const INVOICES: usize = 100;
const ROUNDS: u32 = 200;

fn rulebook() -> Value {
    let mut rulebook: Value =
        serde_json::from_slice(include_bytes!("../../core/golden/rulebook.json")).unwrap();
    rulebook["policy"]["approvals"] = json!([]);
    rulebook["policy"]["billing"]["grouping"] = json!(["ticket"]);
    rulebook["policy"]["numbering"][0]["pattern"] = json!("INV-{year}-{counter:6}");
    rulebook
}

struct Host {
    rulebook: Rulebook,
    logs: BTreeMap<String, Log>,
}

impl Host {
    fn deliver(&mut self, command: Value) {
        let mut queue = VecDeque::from([command]);
        while let Some(command) = queue.pop_front() {
            let address = command["log"].to_string();
            let opened = || wire::open(address.as_bytes()).unwrap();
            let log = self.logs.entry(address.clone()).or_insert_with(opened);
            let answer = log.decide(&self.rulebook, command.to_string().as_bytes()).unwrap();
            if let wire::Answer::Recorded(answered) = answer {
                log.apply(&answered.recorded).unwrap();
                let told = answered.intents.iter();
                queue.extend(
                    told.map(|intent| serde_json::from_slice::<Value>(intent.command.bytes()).unwrap()),
                );
            }
        }
    }

    fn ask(&self, question: &Value) -> Vec<u8> {
        let log = &self.logs[&address().to_string()];
        wire::report(log, &self.rulebook, question.to_string().as_bytes()).unwrap()
    }
}

fn address() -> Value {
    json!({ "id": "globex", "kind": "account", "seller": "northwind" })
}

fn command(id: &str, action: Value) -> Value {
    json!({ "action": action, "id": id, "log": address(), "schema": "duebill/command/1", "stamp": {
        "actor": "clara", "role": "billing", "at": "2026-01-31T12:00:00Z", "effective": "2026-01-31" } })
}

fn main() {
    let rulebook = wire::compile(rulebook().to_string().as_bytes()).unwrap();
    let mut host = Host { rulebook, logs: BTreeMap::new() };
    for bill in 0..BILLS {
        let name = |number: usize| format!("{bill:03}-{number:03}");
        let tickets: Vec<Value> = (0..INVOICES)
            .map(|one| json!({ "id": name(one), "customer": "globex", "closed": "2026-01-20T10:00:00Z" }))
            .collect();
        let entries: Vec<Value> = (0..INVOICES)
            .map(|one| {
                json!({ "id": format!("E{}", name(one)), "ticket": name(one), "agent": "anna", "work": {
                    "kind": "time", "start": "2026-01-12T09:00:00Z", "end": "2026-01-12T10:00:00Z" } })
            })
            .collect();
        host.deliver(command(
            &format!("c{bill}"),
            json!({ "kind": "capture", "tickets": tickets, "entries": entries }),
        ));
        let period = json!({ "from": "2026-01-01", "to": "2026-01-31" });
        host.deliver(command(
            &format!("b{bill}"),
            json!({ "kind": "bill", "run": format!("r{bill:03}"), "period": period }),
        ));
    }
    let account = match &host.logs[&address().to_string()] {
        Log::Account(account) => account,
        Log::CashBook(_) | Log::Rulebook(_) | Log::Series(_) => return,
    };
    let ids: Vec<String> = account.invoices().map(|invoice| invoice.draft.id.to_string()).collect();
    let line = account.invoices().nth(5_000).unwrap().draft.lines[0].id.to_string();
    assert_eq!(ids.len(), BILLS * INVOICES);
    let view = |role: &str, viewer: &str, after: Option<&String>| {
        let mut asked =
            json!({ "kind": "view", "as_of": "2026-03-31", "role": role, "viewer": viewer, "limit": 100 });
        if let Some(after) = after {
            asked["after"] = json!(after);
        }
        asked
    };
    let asked =
        |kind: &str| json!({ "kind": kind, "as_of": "2026-03-31", "role": "auditor", "viewer": "otto" });
    let mut receipt = asked("line_receipt");
    receipt["line"] = json!(line);
    let mut late = view("billing_specialist", "clara", Some(&ids[4_999]));
    late["filter"] = json!({ "buckets": ["overdue"] });
    let mut balances = view("billing_specialist", "clara", None);
    balances["balances"] = json!(true);
    let questions = [
        ("page in the middle, billing", view("billing_specialist", "clara", Some(&ids[4_999]))),
        ("page in the middle, customer", view("customer", "globex", Some(&ids[4_999]))),
        ("page of what is overdue", late),
        ("first page", view("billing_specialist", "clara", None)),
        ("first page, with balances", balances),
        ("receipt of a line", receipt),
        ("page of the timeline", asked("timeline")),
    ];
    println!("{} invoices, pages of 100; us per answer", ids.len());
    for (name, question) in questions {
        let answer: Value = serde_json::from_slice(&host.ask(&question)).unwrap();
        let page = answer["documents"].as_array().or(answer["entries"].as_array());
        assert!(page.is_none_or(|page| page.len() == 100), "{name}");
        let started = ProcessTime::now();
        for _ in 0..ROUNDS {
            drop(host.ask(&question));
        }
        println!("{name:<30} {:>8.1}", started.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS));
    }
}
