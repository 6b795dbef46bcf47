//! Billing plans over thousands of accounts: the dry run of all, and one commit each.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement prints its figures, and stops when something is wrong"
)]

use std::collections::BTreeMap;

use cpu_time::ProcessTime;
use duebill::wire::{self, Log};
use serde_json::{Value, json};

const ACCOUNTS: usize = 5_000;
const TICKETS: usize = 4;
const ENTRIES: usize = 5;

fn rulebook() -> Value {
    let mut rulebook: Value =
        serde_json::from_slice(include_bytes!("../../core/golden/rulebook.json")).unwrap();
    rulebook["policy"]["approvals"] = json!([]);
    rulebook["policy"]["billing"]["plans"] =
        json!([{ "id": "monthly", "when": { "kind": "schedule", "anchor": "2026-01-31" } }]);
    let sample = rulebook["terms"][2].clone();
    let customers = (0..ACCOUNTS).map(|number| {
        let mut terms = sample.clone();
        let name = format!("customer-{number:05}");
        terms["agreements"] = json!([{ "id": format!("care-{number}"), "kind": "time_and_materials",
            "fees": [{ "id": "care", "anchor": "2026-01-01", "code": "prepaid", "price": "99.00" }] }]);
        (terms["customer"], terms["name"]) = (json!(name), json!(name));
        terms
    });
    rulebook["terms"] = customers.collect();
    rulebook
}

fn deliver(log: &mut Log, rulebook: &duebill::rulebook::Rulebook, command: &Value) {
    let answer = log.decide(rulebook, command.to_string().as_bytes()).unwrap();
    if let wire::Answer::Recorded(answered) = answer {
        log.apply(&answered.recorded).unwrap();
    }
}

fn stamp() -> Value {
    json!({ "actor": "clock", "role": "system", "at": "2026-01-31T12:00:00Z", "effective": "2026-01-31" })
}

fn main() {
    let rulebook = wire::compile(rulebook().to_string().as_bytes()).unwrap();
    let mut accounts: BTreeMap<String, Log> = BTreeMap::new();
    for number in 0..ACCOUNTS {
        let name = format!("customer-{number:05}");
        let address = json!({ "id": name, "kind": "account", "seller": "northwind" });
        let tickets: Vec<Value> = (0..TICKETS)
            .map(|ticket| json!({ "id": format!("T{ticket}"), "customer": name, "closed": "2026-01-20T10:00:00Z" }))
            .collect();
        let entries: Vec<Value> = (0..TICKETS * ENTRIES)
            .map(|entry| {
                let start = format!("2026-01-{:02}T09:00:00Z", 5 + entry % 5);
                let end = format!("2026-01-{:02}T09:{:02}:00Z", 5 + entry % 5, 10 + entry);
                json!({ "id": format!("E{entry}"), "ticket": format!("T{}", entry % TICKETS),
                    "work": { "kind": "time", "start": start, "end": end } })
            })
            .collect();
        let command = json!({ "action": { "kind": "capture", "tickets": tickets, "entries": entries }, "id": "c",
            "log": address, "schema": "duebill/command/1", "stamp": stamp() });
        let mut log = wire::open(address.to_string().as_bytes()).unwrap();
        deliver(&mut log, &rulebook, &command);
        accounts.insert(name, log);
    }
    let started = ProcessTime::now();
    let (mut after, mut plans, mut commands) = (Value::Null, 0, Vec::new());
    loop {
        let logs: Vec<&Log> = accounts.values().collect();
        let mut request = json!({ "limit": 1_000, "stamp": stamp() });
        if !after.is_null() {
            request["after"] = after;
        }
        let answer = wire::plan_run(&rulebook, &logs, request.to_string().as_bytes()).unwrap();
        let run: Value = serde_json::from_slice(&answer).unwrap();
        let outcomes = run["outcomes"].as_array().unwrap();
        plans += outcomes.len();
        commands.extend(outcomes.iter().map(|outcome| outcome["command"].clone()));
        after = run["last"].clone();
        if after.is_null() {
            break;
        }
    }
    let planned = started.elapsed();
    assert_eq!(plans, ACCOUNTS);
    let started = ProcessTime::now();
    for command in &commands {
        deliver(accounts.get_mut(command["log"]["id"].as_str().unwrap()).unwrap(), &rulebook, command);
    }
    let committed = started.elapsed();
    let invoices: usize = accounts
        .values()
        .map(|log| if let Log::Account(account) = log { account.invoices().count() } else { 0 })
        .sum();
    assert_eq!(invoices, ACCOUNTS);
    println!("{ACCOUNTS} accounts, {} entries and a fee each", TICKETS * ENTRIES);
    println!("dry run of all plans   {:>8.1} us per account", planned.as_secs_f64() * 1e6 / ACCOUNTS as f64);
    println!(
        "commit of each plan    {:>8.1} us per account",
        committed.as_secs_f64() * 1e6 / ACCOUNTS as f64
    );
}
