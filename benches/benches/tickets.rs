//! One plan per ticket on one account: what a commit costs while the account grows.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::float_arithmetic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement prints its figures, and stops when something is wrong"
)]

use cpu_time::ProcessTime;
use duebill::rulebook::Rulebook;
use duebill::wire::{self, Answer, Log};
use serde_json::{Value, json};

const SIZES: [usize; 3] = [100, 1_000, 10_000];

fn rulebook() -> Rulebook {
    let mut rulebook: Value =
        serde_json::from_slice(include_bytes!("../../core/golden/rulebook.json")).unwrap();
    rulebook["policy"]["approvals"] = json!([]);
    rulebook["policy"]["billing"]["plans"] = json!([{ "id": "each", "when": { "kind": "ticket" } }]);
    for rule in rulebook["policy"]["rounding"].as_array_mut().unwrap() {
        rule["scope"] = json!("ticket");
    }
    wire::compile(rulebook.to_string().as_bytes()).unwrap()
}

fn command(id: &str, action: &Value) -> Value {
    let address = json!({ "id": "acme", "kind": "account", "seller": "northwind" });
    json!({ "action": action, "id": id, "log": address, "schema": "duebill/command/1", "stamp":
        { "actor": "clock", "role": "system", "at": "2026-01-31T12:00:00Z", "effective": "2026-01-31" } })
}

fn deliver(log: &mut Log, rulebook: &Rulebook, command: &Value) {
    if let Answer::Recorded(answered) = log.decide(rulebook, command.to_string().as_bytes()).unwrap() {
        log.apply(&answered.recorded).unwrap();
    }
}

/// An account with closed tickets of two entries each.
fn account(tickets: usize, rulebook: &Rulebook) -> Log {
    let ids: Vec<usize> = (0..tickets).collect();
    let address = json!({ "id": "acme", "kind": "account", "seller": "northwind" }).to_string();
    let mut log = wire::open(address.as_bytes()).unwrap();
    for (count, ids) in ids.chunks(500).enumerate() {
        let closed: Vec<Value> = ids
            .iter()
            .map(|id| json!({ "id": format!("T{id}"), "customer": "acme", "closed": "2026-01-20T10:00:00Z" }))
            .collect();
        let entries = ids.iter().flat_map(|id| ["09", "13"].map(|hour| (id, hour)));
        let entries: Vec<Value> = entries
            .map(|(id, hour)| {
                json!({ "id": format!("E{id}-{hour}"), "ticket": format!("T{id}"), "agent": "anna",
                    "work": { "kind": "time", "start": format!("2026-01-15T{hour}:00:00Z"),
                        "end": format!("2026-01-15T{hour}:20:00Z") } })
            })
            .collect();
        let action = json!({ "kind": "capture", "tickets": closed, "entries": entries });
        deliver(&mut log, rulebook, &command(&format!("c{count}"), &action));
    }
    log
}

fn main() {
    let rulebook = rulebook();
    let mut first = None;
    println!("one plan per ticket, two entries each: every plan committed, decided and applied");
    for size in SIZES {
        let mut log = account(size, &rulebook);
        let started = ProcessTime::now();
        for ticket in 0..size {
            let key = format!("acme:each:T{ticket}:2026-01-20");
            deliver(&mut log, &rulebook, &command(&key, &json!({ "kind": "commit_plan", "plan": key })));
        }
        let each = started.elapsed().as_secs_f64() * 1e6 / size as f64;
        let Log::Account(account) = &log else { continue };
        assert_eq!(account.invoices().count(), size);
        let ratio = each / *first.get_or_insert(each);
        println!("{size:>6} tickets {each:>8.1} us per commit, {ratio:.2} x");
    }
}
