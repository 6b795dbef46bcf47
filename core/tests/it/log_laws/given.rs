//! What is asked twice is done once; what is refused is not done at all; what is given is given once.

use std::collections::{BTreeMap, BTreeSet};

use duebill::wire::{self, Log};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::history::{Story, answers, at, over, story};
use crate::model::check::date;
use crate::month::{Host, command, number_asked};

const CLERK: (&str, &str) = ("clara", "billing");

/// A command that was recorded, again at any later moment: with the same content it gets the same answer and
/// nothing is recorded; with another it is a conflict.
#[test]
fn the_same_command_gets_the_same_answer_for_ever() {
    over(16, story(), |story: Story| {
        let told = story.tell();
        for (at, commands) in &told.commands {
            let log = &told.logs[at];
            for (command, stored) in commands.iter().zip(&told.stored[at]) {
                let ask = |change: &dyn Fn(&mut Value)| {
                    let mut again = command.clone();
                    change(&mut again);
                    let answer = wire::decide(log, &told.rulebook, again.to_string().as_bytes());
                    answer.map(|answer| serde_json::from_slice::<Value>(&answer).unwrap())
                };
                let same: [&dyn Fn(&mut Value); 4] = [
                    &|_| {},
                    &|again| again["stamp"]["at"] = json!("2027-01-01T00:00:00Z"),
                    &|again| again["stamp"]["ip"] = json!("10.1.1.1"),
                    &|again| again["stamp"]["user_agent"] = json!("lynx"),
                ];
                for change in same {
                    let change_salted = |again: &mut Value| {
                        again["salt"] = json!("00112233445566778899aabbccddeeff");
                        change(again);
                    };
                    let answer = {
                        let mut again = command.clone();
                        change_salted(&mut again);
                        let answer = wire::decide(log, &told.rulebook, again.to_string().as_bytes()).unwrap();
                        serde_json::from_slice::<Value>(&answer).unwrap()
                    };
                    assert_eq!(answer["outcome"], "repeated", "{command}");
                    assert_eq!(
                        (&answer["hash"], &answer["seq"]),
                        (&stored["hash"], &stored["record"]["seq"])
                    );
                }
                let others: [&dyn Fn(&mut Value); 5] = [
                    &|again| again["stamp"]["actor"] = json!("mallory"),
                    &|again| again["stamp"]["role"] = json!("other"),
                    &|again| again["stamp"]["effective"] = json!("2026-12-31"),
                    &|again| again["stamp"]["occurred"] = json!("2026-01-01"),
                    &|again| again["stamp"]["assurance"] = json!("high"),
                ];
                for (place, change) in others.into_iter().enumerate() {
                    // The id of a ready command is of nobody but the system.
                    let reserved = command["id"].as_str().unwrap().starts_with("ready:") && place < 2;
                    let expected = if reserved { "ready-reserved" } else { "command-conflict" };
                    assert_eq!(ask(change).unwrap_err().code().name, expected, "{command}");
                }
            }
        }
    });
}

/// Whatever is refused in a history leaves each log as it is, to the last bit of what it says.
#[test]
fn what_is_refused_changes_nothing() {
    over(16, (story(), 0..10_000_usize), |(story, one): (Story, usize)| {
        let told = story.tell();
        let said = |logs: &BTreeMap<String, Log>| -> Vec<_> {
            logs.values().map(|log| (wire::head(log), answers(log, &told.rulebook))).collect()
        };
        let before = (told.logs.clone(), said(&told.logs));
        let mut refused = 0;
        for (at, commands) in &told.commands {
            for (place, command) in commands.iter().enumerate().skip(one % 5).step_by(5) {
                // The same again under another id, on another head, of another seller, in another log, torn.
                let mut sent = command.clone();
                sent["id"] = json!(format!("again-{place}"));
                let mut elsewhere = sent.clone();
                elsewhere["log"]["id"] = json!("nobody");
                let mut late = sent.clone();
                late["expect"] = json!({ "hash": "ab".repeat(32), "seq": 1 });
                let torn = sent.to_string();
                let torn = &torn[..torn.len() / 2];
                let log = &told.logs[at];
                for bytes in [sent.to_string().as_str(), &elsewhere.to_string(), &late.to_string(), torn] {
                    refused += usize::from(wire::decide(log, &told.rulebook, bytes.as_bytes()).is_err());
                }
            }
        }
        assert!(refused > 0 || told.commands.values().all(|commands| commands.len() < 5));
        assert!(told.logs == before.0, "a refusal left a trace");
        assert_eq!(said(&told.logs), before.1);
    });
}

/// A line of a statement: id, cents, day, of whom.
type Line = (u8, u16, i64, bool);

fn statement() -> impl Strategy<Value = Vec<Line>> {
    let amount = prop_oneof![Just(5_000_u16), Just(10_000), 1..20_000_u16];
    prop::collection::vec((0..8_u8, amount, 1..28_i64, any::<bool>()), 1..12)
}

fn receive(host: &mut Host, id: &str, (line, cents, day, acme): Line) -> Result<(), &'static str> {
    let (line, amount) = (format!("L{line}"), format!("{}.{:02}", cents / 100, cents % 100));
    let mut receipt = json!({ "id": line, "amount": amount, "text": "thanks" });
    if acme {
        receipt["customer"] = json!("acme");
    }
    let entry = json!({ "id": line, "amount": amount, "currency": "EUR", "value_date": date(day), "receipts": [receipt] });
    let action = json!({ "kind": "receive", "entry": entry });
    let sent = command("cash_book", "bank", id, "2026-02-01", CLERK, action);
    host.deliver(sent).map_err(|refusal| refusal.code().name)
}

/// A statement that is read twice counts once; two payments that are equal but for their ids are two.
#[test]
fn what_is_imported_twice_counts_once_and_equal_payments_are_two() {
    over(48, statement(), |statement: Vec<Line>| {
        let mut host = Host::new();
        let mut known: BTreeMap<u8, Line> = BTreeMap::new();
        for (place, line) in statement.iter().enumerate() {
            let said = receive(&mut host, &format!("a{place}"), *line);
            match known.get(&line.0) {
                Some(earlier) if earlier != line => assert_eq!(said, Err("receipt-conflict")),
                _ => assert_eq!(said, Ok(())),
            }
            known.entry(line.0).or_insert(*line);
        }
        let shown = |host: &Host| {
            host.report("cash_book", "bank", json!({ "kind": "cash_book", "as_of": "2026-03-01" }))
        };
        let once = shown(&host);
        let receipts = once["receipts"].as_array().unwrap();
        assert_eq!(receipts.len(), known.len());
        let cents = |shown: &Value| shown.as_str().unwrap().replace('.', "").parse::<u64>().unwrap();
        let sum: u64 = receipts.iter().map(|receipt| cents(&receipt["unapplied"])).sum();
        assert_eq!(sum, known.values().map(|line| u64::from(line.1)).sum::<u64>());
        // The same statement again, read by another command.
        for (place, line) in known.values().enumerate() {
            receive(&mut host, &format!("b{place}"), *line).unwrap();
        }
        assert_eq!(shown(&host), once);
    });
}

/// Balances, numbers and work that move in twice are there once.
#[test]
fn what_moves_in_twice_is_there_once() {
    let numbers = prop::collection::vec((1..30_u16, 1..28_i64), 1..8);
    over(24, (statement(), numbers), |(items, numbers): (Vec<Line>, Vec<(u16, i64)>)| {
        let mut host = Host::new();
        let unique: BTreeMap<u8, Line> = items.iter().map(|line| (line.0, *line)).collect();
        let items: Vec<Value> = unique
            .values()
            .map(|(id, cents, ..)| {
                let amount = format!("{}.{:02}", cents / 100, cents % 100);
                json!({ "id": format!("I{id}"), "number": format!("N{id}"), "customer": "acme", "currency": "EUR",
                    "issued": "2025-12-01", "due": "2025-12-31", "open": amount, "total": amount })
            })
            .collect();
        let unique: BTreeMap<u16, i64> = numbers.into_iter().collect();
        let numbers: Vec<Value> = unique
            .iter()
            .map(|(counter, day)| json!({ "number": format!("INV-2026-{counter:04}"), "date": date(*day) }))
            .collect();
        let tickets = json!([{ "id": "T", "customer": "acme" }]);
        let work = json!({ "kind": "time", "start": "2026-01-12T09:00:00Z", "end": "2026-01-12T10:10:00Z" });
        let entries = json!([{ "id": "E", "ticket": "T", "work": work }]);
        let asked = [
            ("account", "acme", json!({ "kind": "import_opening", "cutover": "2026-01-01", "items": items })),
            ("account", "acme", json!({ "kind": "capture", "tickets": tickets, "entries": entries })),
            ("series", "invoices", json!({ "kind": "import_numbers", "numbers": numbers })),
        ];
        let mut once = None;
        for turn in 0..3 {
            for (place, (kind, id, action)) in asked.iter().enumerate() {
                let sent =
                    command(kind, id, &format!("t{turn}-{place}"), "2026-02-01", CLERK, action.clone());
                let said = host.deliver(sent).map_err(|refusal| refusal.code().name);
                // What is known already is refused by name or left as it is.
                assert!(turn > 0 || said.is_ok(), "{said:?}");
            }
            let account = host.report("account", "acme", json!({ "kind": "account", "as_of": "2026-03-01" }));
            let series = host.report("series", "invoices", json!({ "kind": "numbers" }));
            let shown = (
                account["opening_items"].clone(),
                account["unbilled"].clone(),
                series,
                host.aging("2026-03-01"),
            );
            assert_eq!(shown.0.as_array().unwrap().len(), items.len());
            assert_eq!(*once.get_or_insert(shown.clone()), shown);
        }
        let Log::Series(series) = &host.logs[&at("series", "invoices")] else { panic!("no series") };
        assert_eq!(series.numbers().count(), numbers.len());
    });
}

/// Numbers are without gaps in each period and never given twice; what is refused uses up none.
#[test]
fn numbers_are_gapless_and_unique_and_a_refusal_uses_none() {
    let ask = (0..12_u8, 0..3_u8, 0..3_u8, 1..28_u8, prop::bool::weighted(0.1), any::<bool>());
    let policy = (0..3_usize, any::<bool>(), prop::option::of(2..6_u32));
    over(64, (policy, prop::collection::vec(ask, 1..40)), |((reset, refuse, last), asks)| {
        let mut document: Value =
            serde_json::from_slice(include_bytes!("../../../golden/rulebook.json")).unwrap();
        let reset = ["never", "year", "month"][reset];
        let numbering = &mut document["policy"]["numbering"][0];
        numbering["pattern"] = json!("N{year}-{month}-{counter:4}");
        (numbering["reset"], numbering["dates"]) =
            (json!(reset), json!(if refuse { "refuse" } else { "warn" }));
        if let Some(last) = last {
            numbering["last"] = json!(last);
        }
        let mut host = Host::new();
        host.rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
        // Period and counter, by account and invoice.
        let mut given: BTreeMap<(String, String), Value> = BTreeMap::new();
        let mut asked: Vec<Value> = Vec::new();
        let (mut counters, mut latest, mut closed) =
            (BTreeMap::<String, u32>::new(), String::new(), String::new());
        for (place, (invoice, account, month, day, close, again)) in asks.into_iter().enumerate() {
            let day = format!("2026-{:02}-{day:02}", 1 + month);
            let id = format!("s{place}");
            if close {
                let action = json!({ "kind": "close_period", "how": "hard", "through": day });
                let done =
                    host.deliver(command("series", "invoices", &id, "2026-12-01", CLERK, action)).is_ok();
                assert_eq!(done, closed < day);
                closed = closed.max(day);
                continue;
            }
            let (account, invoice) = (format!("A{account}"), format!("I{invoice}"));
            let sent = number_asked(&account, &invoice, &day);
            // Asked again on the same date it is the same command.
            if asked.contains(&sent["id"]) {
                assert_eq!(host.step(&sent).unwrap(), Vec::<Value>::new(), "{sent}");
                continue;
            }
            let before = host.logs.get(&at("series", "invoices")).cloned();
            let period = match reset {
                "never" => "",
                "year" => "2026",
                _ => &day[..7],
            };
            let next = counters.get(period).copied().unwrap_or(0) + 1;
            let key = (account, invoice);
            let expected = if given.contains_key(&key) {
                Ok(())
            } else if day <= closed {
                Err("period-closed")
            } else if last.is_some_and(|last| next > last) {
                Err("number-exhausted")
            } else if refuse && day < latest {
                Err("number-date-order")
            } else {
                Ok(())
            };
            let told = host.step(&sent).map_err(|refusal| refusal.code().name);
            match (&told, expected) {
                (Ok(told), Ok(())) => {
                    asked.push(sent["id"].clone());
                    let number = told[0]["command"]["action"]["number"].clone();
                    let known = given.entry(key).or_insert_with(|| {
                        counters.insert(period.to_owned(), next);
                        latest = latest.clone().max(day.clone());
                        number.clone()
                    });
                    assert_eq!(*known, number, "one invoice, one number");
                }
                (Err(name), Err(expected)) => {
                    assert_eq!(*name, expected, "{sent}");
                    assert!(
                        host.logs
                            .get(&at("series", "invoices"))
                            .is_none_or(|log| before.is_none_or(|before| before == *log))
                    );
                }
                _ => panic!("{sent}: {told:?}, expected {expected:?}"),
            }
            if again {
                host.step(&sent).map(drop).unwrap_or_default();
            }
            gapless(&host, &given, &counters);
        }
    });
}

fn gapless(host: &Host, given: &BTreeMap<(String, String), Value>, counters: &BTreeMap<String, u32>) {
    let Some(Log::Series(series)) = host.logs.get(&at("series", "invoices")) else { return };
    let mut seen: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    for one in series.assigned() {
        assert!(seen.entry(one.period.as_str()).or_default().insert(one.counter), "{one:?} twice");
    }
    let expected: Vec<BTreeSet<u32>> = counters.values().map(|last| (1..=*last).collect()).collect();
    assert_eq!(seen.into_values().collect::<Vec<_>>(), expected, "{counters:?}");
    let numbers: BTreeSet<String> = given.values().map(Value::to_string).collect();
    assert_eq!((numbers.len(), series.numbers().count()), (given.len(), given.len()));
}
