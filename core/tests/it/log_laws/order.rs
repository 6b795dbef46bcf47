//! Where the order of things is said not to matter, it does not.

use std::collections::BTreeMap;

use duebill::wire::{self, Log};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::history::{History, Logs, at, over, seq, story};
use crate::month::{Host, approve, command, january, pay};

const CLERK: (&str, &str) = ("clara", "billing");

/// Numbers that shuffle something: the place of each in turn.
fn shuffle<T>(mut things: Vec<T>, turns: &[usize]) -> Vec<T> {
    let mut mixed = Vec::with_capacity(things.len());
    for turn in turns.iter().cycle() {
        if things.is_empty() {
            break;
        }
        mixed.push(things.remove(turn % things.len()));
    }
    mixed
}

fn turns() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0..100_usize, 5..9)
}

/// Logs know nothing of each other: however the commands of several come between each other, each is the same.
#[test]
fn what_happens_between_changes_no_other_log() {
    over(12, (story(), turns()), |(story, turns)| {
        // Publications change the rules on the way.
        if matches!(story, super::history::Story::Published(_)) {
            return;
        }
        let History { rulebook, stored, commands, .. } = story.tell();
        let mut left: BTreeMap<&String, std::collections::VecDeque<&Value>> =
            commands.iter().map(|(at, commands)| (at, commands.iter().collect())).collect();
        let mut host = Host { rulebook, ..Host::new() };
        for turn in turns.iter().cycle() {
            left.retain(|_, commands| !commands.is_empty());
            let Some(at) = left.keys().nth(turn % left.len().max(1)).copied() else { break };
            host.step(left.get_mut(at).unwrap().pop_front().unwrap()).unwrap();
        }
        assert!(host.stored == stored, "the order between logs shows");
    });
}

/// Questions about several logs are answered alike in whatever order the logs are given.
#[test]
fn answers_about_several_logs_do_not_depend_on_their_order() {
    let mut host = Host::new();
    january(&mut host);
    approve(&mut host, "acme");
    pay(&mut host);
    over(24, turns(), |turns| {
        let all: Vec<&Log> = host.logs.values().collect();
        let of = |wanted: fn(&Log) -> bool| -> Vec<&Log> {
            all.iter().copied().filter(|log| wanted(log)).collect()
        };
        let accounts = of(|log| matches!(log, Log::Account(_)));
        let money = of(|log| matches!(log, Log::Account(_) | Log::CashBook(_)));
        let ask = |logs: [Vec<&Log>; 3]| -> Vec<Vec<u8>> {
            let [accounts, money, all] = logs;
            let days = json!({ "from": "2026-01-01", "through": "2026-02-28" }).to_string();
            let daily = json!({ "day": "2026-03-01", "prove": [], "seller": "northwind" }).to_string();
            let book = &host.logs[&at("cash_book", "bank")];
            vec![
                wire::aging(&host.rulebook, &money, br#"{"as_of":"2026-03-10"}"#).unwrap(),
                wire::summary(&host.rulebook, &accounts, b"{}").unwrap(),
                wire::closing(&host.rulebook, &all, days.as_bytes()).unwrap(),
                wire::daily_head(&all, daily.as_bytes()).unwrap(),
                wire::match_receipts(&host.rulebook, book, &accounts, b"{}").unwrap(),
            ]
        };
        let mixed = [accounts.clone(), money.clone(), all.clone()].map(|logs| shuffle(logs, &turns));
        for (answer, mixed) in ask([accounts, money, all]).into_iter().zip(ask(mixed)) {
            assert_eq!(String::from_utf8(answer).unwrap(), String::from_utf8(mixed).unwrap());
        }
    });
}

/// Work makes the same invoice in whatever order it came, in one command or in many.
#[test]
fn work_makes_the_same_invoice_in_whatever_order_it_came() {
    let entries = prop::collection::vec((0..3_u8, 5..9_u8, 8..14_u8, 1..120_u8), 2..8);
    over(32, (entries, turns(), any::<bool>()), |(entries, turns, whole)| {
        let entries: Vec<Value> = entries
            .iter()
            .enumerate()
            .map(|(place, (ticket, day, hour, minutes))| {
                let end = u32::from(*minutes);
                let start = format!("2026-01-{day:02}T{hour:02}:00:00Z");
                let end = format!("2026-01-{day:02}T{:02}:{:02}:00Z", u32::from(*hour) + end / 60, end % 60);
                json!({ "id": format!("E{place}"), "ticket": format!("T{ticket}"), "agent": "anna",
                    "work": { "kind": "time", "start": start, "end": end } })
            })
            .collect();
        let billed = |batches: Vec<Vec<Value>>| -> Value {
            let mut host = Host::new();
            let sale =
                json!({ "kind": "sell_block", "agreement": "acme-block", "customer": "acme", "sale": "S" });
            host.deliver(command("account", "acme", "sale", "2026-01-02", CLERK, sale)).unwrap();
            let tickets: Vec<Value> = (0..3)
                .map(|ticket| json!({ "id": format!("T{ticket}"), "customer": "acme", "closed": "2026-01-20T10:00:00Z" }))
                .collect();
            let tickets = json!({ "kind": "capture", "tickets": shuffle(tickets, &turns) });
            host.deliver(command("account", "acme", "tickets", "2026-01-31", CLERK, tickets)).unwrap();
            for (place, entries) in batches.into_iter().enumerate() {
                let action = json!({ "kind": "capture", "entries": entries });
                host.deliver(command("account", "acme", &format!("c{place}"), "2026-01-31", CLERK, action))
                    .unwrap();
            }
            let bill =
                json!({ "kind": "bill", "run": "m", "period": { "from": "2026-01-01", "to": "2026-01-31" } });
            host.deliver(command("account", "acme", "bill", "2026-01-31", CLERK, bill)).unwrap();
            let stored = host.stored[&at("account", "acme")].last().unwrap();
            stored["record"]["events"].clone()
        };
        let one_by_one = entries.iter().map(|entry| vec![entry.clone()]).collect();
        let mixed = shuffle(entries, &turns);
        let other = if whole { vec![mixed] } else { mixed.into_iter().map(|entry| vec![entry]).collect() };
        assert_eq!(billed(one_by_one), billed(other));
    });
}

/// Nothing that is done in one account changes another, or what is asked of it.
#[test]
fn one_account_knows_nothing_of_another() {
    over(12, story(), |story| {
        let told = story.tell();
        let mut host = Host { rulebook: told.rulebook.clone(), ..Host::new() };
        let own = at("account", "acme");
        for command in told
            .commands
            .get(&own)
            .into_iter()
            .flatten()
            .filter(|_| !matches!(story, super::history::Story::Published(_)))
        {
            host.step(command).unwrap();
        }
        if let Some(log) = host.logs.get(&own) {
            assert!(*log == told.logs[&own], "the account alone is another than beside others");
            assert!(seq(log) > 0);
        }
        let alone: Logs = host.logs;
        assert!(alone.len() <= 1);
    });
}
