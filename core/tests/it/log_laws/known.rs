//! What was known at a moment is what a log of today says was known then.

use std::collections::BTreeMap;

use duebill::wire::{self, Log};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::history::{Logs, at, load, over};
use crate::model::check::date;
use crate::model::run::Run;
use crate::model::wish::{DAYS, Wish, before, wish};
use crate::month::Host;
use crate::wide::{Wide, step};

/// Days of which is asked: in the midst of what happened, and after it.
const ASKED: [i64; 4] = [20, 36, 46, 80];

/// What is asked at a moment, now or later: what is open, what waits, and what should be done.
fn said(host: &Host, known: Option<&str>) -> BTreeMap<String, Value> {
    let ask = |day: i64, kind: Option<&str>| {
        let mut question = json!({ "as_of": date(day) });
        for (key, value) in [("known", known), ("kind", kind)] {
            if let Some(value) = value {
                question[key] = json!(value);
            }
        }
        question.to_string()
    };
    let report = |log: &Log, question: String| -> Value {
        serde_json::from_slice(&wire::report(log, &host.rulebook, question.as_bytes()).unwrap()).unwrap()
    };
    let mut said = BTreeMap::new();
    for day in ASKED {
        let money = host.logs.values().filter(|log| matches!(log, Log::Account(_) | Log::CashBook(_)));
        let aging =
            wire::aging(&host.rulebook, &money.collect::<Vec<_>>(), ask(day, None).as_bytes()).unwrap();
        said.insert(format!("aging {day}"), serde_json::from_slice(&aging).unwrap());
        for (at, log) in &host.logs {
            let mut say = |what: &str, answer| drop(said.insert(format!("{what} {day} {at}"), answer));
            match log {
                Log::Account(_) => {
                    let view = report(log, ask(day, Some("account")));
                    say("open", open(&[&view["invoices"], &view["opening_items"], &view["credits"]]));
                    say("tasks", report(log, ask(day, Some("tasks"))));
                    say("account", stood(view));
                    for (role, viewer) in [("auditor", "vera"), ("customer", "acme")] {
                        let look = |kind: &str| {
                            let mut look: Value = serde_json::from_str(&ask(day, Some(kind))).unwrap();
                            (look["role"], look["viewer"], look["limit"]) =
                                (json!(role), json!(viewer), json!(1000));
                            without_actions(report(log, look.to_string()))
                        };
                        say(&format!("view of {viewer}"), look("view"));
                        if role == "customer" {
                            say("home", look("customer_home"));
                        }
                    }
                }
                Log::CashBook(_) => {
                    let view = report(log, ask(day, Some("cash_book")));
                    say("unapplied", unapplied(&view));
                    say("book", without(view, "plan"));
                }
                Log::Rulebook(_) | Log::Series(_) => {}
            }
        }
    }
    said
}

/// What an account says of documents and decisions, which are shown as they stood.
fn stood(view: Value) -> Value {
    let parts = ["approvals", "credits", "disputes", "invoices", "opening_items", "refunds", "write_offs"];
    json!(parts.map(|part| (part, view[part].clone())))
}

/// An answer without what is said as things stand now: what may be done.
fn without_actions(view: Value) -> Value {
    without(view, "actions")
}

fn without(mut view: Value, key: &str) -> Value {
    match &mut view {
        Value::Object(fields) => {
            fields.remove(key);
            fields.values_mut().for_each(|value| *value = without(value.take(), key));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| *value = without(value.take(), key)),
        _ => {}
    }
    view
}

/// What is open of what, and what of it is disputed; what is not known of has nothing open.
fn open(rows: &[&Value]) -> Value {
    let rows = rows.iter().flat_map(|rows| rows.as_array().unwrap());
    let open = rows.map(|row| (row["id"].to_string(), json!([row["open"], row["disputed"]])));
    json!(open.filter(|(_, open)| open[0] != "0.00").collect::<BTreeMap<_, _>>())
}

fn unapplied(view: &Value) -> Value {
    let rows = view["receipts"].as_array().unwrap().iter();
    let rows = rows.map(|row| (row["id"].to_string(), row["unapplied"].clone()));
    json!(rows.filter(|(_, left)| left != "0.00").collect::<BTreeMap<_, _>>())
}

/// When the last thing was recorded.
fn now(host: &Host) -> String {
    let stamps = host.stored.values().flatten().map(|one| one["record"]["stamp"]["at"].as_str().unwrap());
    stamps.max().unwrap_or("2026-01-01T00:00:00Z").to_owned()
}

/// The first day on which something counts that was recorded after a moment.
fn first_later(host: &Host, moment: &str) -> String {
    let later = host.stored.values().flatten().map(|one| &one["record"]);
    let later = later.filter(|record| record["stamp"]["at"].as_str().unwrap() > moment);
    let days = later.flat_map(|record| {
        let events = record["events"].as_array().unwrap().iter();
        // Whose money it is counts from the day it came, whenever it was assigned.
        let counted = events.filter_map(|event| match event["kind"].as_str() {
            Some("assigned") => Some("0000-01-01"),
            _ => event["counts_from"].as_str(),
        });
        counted.chain(record["stamp"]["effective"].as_str()).map(ToOwned::to_owned).collect::<Vec<_>>()
    });
    days.min().unwrap_or_else(|| "9999-12-31".to_owned())
}

/// What was said on the way is what is said of it at the end; a log up to a moment is the log of that moment.
fn keeps_its_answers(host: &Host, then: &[(String, BTreeMap<String, Value>, Logs)]) {
    let now = said(host, None);
    for (moment, answers, logs) in then {
        let again = said(host, Some(moment));
        let first = first_later(host, moment);
        for day in ASKED.iter().filter(|day| date(**day) < first) {
            let of_day = |what: &&String| what.split(' ').any(|word| word == day.to_string());
            for what in answers.keys().filter(of_day) {
                assert_eq!(now[what], answers[what], "{what}, before anything of what came after {moment}");
            }
        }
        for (what, answer) in answers {
            assert_eq!(again[what], *answer, "{what} as known at {moment}");
        }
        for (at, log) in logs {
            let mut read = super::history::empty(at);
            for one in host.stored.get(at).into_iter().flatten() {
                if one["record"]["stamp"]["at"].as_str().unwrap() <= moment.as_str() {
                    load(&mut read, one).unwrap();
                }
            }
            assert!(read == *log, "{at} at {moment}");
        }
    }
}

#[test]
fn what_was_known_is_what_is_said_to_have_been_known() {
    let wishes = prop::collection::vec((wish(), 0..DAYS.len()), 1..40);
    over(16, (0..3_u8, wishes), |(start, wishes)| {
        let mut run = Run::new();
        for wish in &before(start) {
            run.grant(wish, DAYS[0]);
        }
        let mut then = Vec::new();
        for (wish, day) in &wishes {
            run.grant(wish, DAYS[*day]);
            // A message that comes late says the time of what caused it; here none does.
            run.grant(&Wish::DeliverAll, DAYS[*day]);
            if !run.waiting.is_empty() {
                break;
            }
            then.push((now(&run.host), said(&run.host, None), run.host.logs.clone()));
        }
        // What a message that waits did came later than its cause, so only whole histories are looked back on.
        if run.waiting.is_empty() {
            keeps_its_answers(&run.host, &then);
        }
    });
    over(8, (0..3_u8, prop::collection::vec(step(), 1..40)), |(policy, steps)| {
        let mut wide = Wide::new(policy);
        let mut then = Vec::new();
        for step in steps {
            wide.take(step);
            then.push((now(&wide.host), said(&wide.host, None), wide.host.logs.clone()));
        }
        assert!(wide.host.logs.contains_key(&at("account", "acme")));
        keeps_its_answers(&wide.host, &then);
    });
}
