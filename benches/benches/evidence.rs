//! Replay and verification of a log, and the evidence of one invoice among a million records.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unreachable,
    clippy::unwrap_used,
    reason = "a measurement prints its figures, and stops when something is wrong"
)]

mod helpdesk;

use cpu_time::ProcessTime;
use duebill::account::{Account, AccountAction, AccountEvent, Capture};
use duebill::audit::{Command, Decided, Head, LogAddress, LogKind, Recorded, Stamp, Stored, Verdict, verify};
use duebill::calendar::{Date, Instant};
use duebill::id::Id;
use duebill::rulebook::Rulebook;
use duebill::wire::{self, Log};
use duebill::work::{Billable, Entry, Time, Work};
use serde_json::{Value, json};

const RULEBOOK: &[u8] = include_bytes!("../../core/golden/rulebook.json");
const RECORDS: usize = 100_000;
const LONG: usize = 1_000_000;
/// Records of one day, and how many days.
const DAY: usize = 1000;
const DAYS: usize = 7;

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn command(number: usize, entries: Vec<Entry>) -> Command<AccountAction> {
    Command {
        action: AccountAction::Capture(Capture { entries, tickets: Vec::new() }),
        expect: None,
        id: id(&format!("c{number:07}")),
        log: LogAddress { id: id("acme"), kind: LogKind::Account, seller: id("northwind") },
        salt: None,
        stamp: Stamp {
            actor: id("clara"),
            assurance: None,
            at: Instant::from_micros(1_769_860_800_000_000).unwrap(),
            effective: Date::parse("2026-01-31").unwrap(),
            ip: None,
            occurred: None,
            reason: None,
            role: id("billing"),
            user_agent: None,
        },
    }
}

fn entry(number: usize) -> Entry {
    let start = Instant::from_micros((1_767_600_000 + number as i64 * 600) * 1_000_000).unwrap();
    Entry {
        agent: Some(id("anna")),
        billable: Billable::Default,
        code: None,
        customer: Some(id("acme")),
        id: id(&format!("E{number:07}")),
        note: None,
        note_class: None,
        priority: None,
        revision: 1,
        role: None,
        ticket: None,
        work: Work::Time(Time { start, end: start.plus_seconds(540).unwrap() }),
        work_type: None,
    }
}

fn recorded(
    account: &Account,
    rulebook: &Rulebook,
    command: &Command<AccountAction>,
) -> Recorded<AccountEvent> {
    match account.decide(rulebook, command).unwrap() {
        Decided::New { recorded, .. } => *recorded,
        Decided::Repeated(_) => unreachable!("every command is new"),
    }
}

/// Records of one event each: as many as can be.
fn single(rulebook: &Rulebook) -> Vec<Stored> {
    let mut account = Account::new(id("northwind"), id("acme"));
    let mut records = Vec::with_capacity(RECORDS);
    for number in 0..RECORDS {
        let record = recorded(&account, rulebook, &command(number, vec![entry(number)]));
        account.apply(&record).unwrap();
        records.push(record.stored().clone());
    }
    records
}

/// Events per second of logs that are replayed, typed and from bytes, and verified.
fn replay(what: &str, logs: &[Vec<Stored>]) {
    let load = |stored: &Stored| Recorded::<AccountEvent>::load(stored.clone()).unwrap();
    let typed: Vec<Vec<Recorded<AccountEvent>>> =
        logs.iter().map(|log| log.iter().map(load).collect()).collect();
    let records = typed.iter().flatten().count();
    let events: usize = typed.iter().flatten().map(|record| record.record().events.len()).sum();
    let lines: Vec<Vec<u8>> = logs
        .iter()
        .map(|log| {
            let line = |one: &Stored| [format!("{} ", one.hash).as_bytes(), &one.bytes, b"\n"].concat();
            log.iter().flat_map(line).collect()
        })
        .collect();
    let bytes: usize = lines.iter().map(Vec::len).sum();
    let empty = |address: &LogAddress| Account::new(address.seller.clone(), address.id.clone());
    let heads = || -> Vec<Head> {
        let replayed = typed.iter().map(|log| {
            let mut account = empty(&log[0].record().log);
            log.iter().for_each(|record| account.apply(record).unwrap());
            account.chain().head().clone()
        });
        replayed.collect()
    };
    let from_bytes = || -> Vec<Head> {
        let replayed = logs.iter().zip(&typed).map(|(log, typed)| {
            let mut account = empty(&typed[0].record().log);
            log.iter().for_each(|stored| account.apply(&load(stored)).unwrap());
            account.chain().head().clone()
        });
        replayed.collect()
    };
    let saved = heads();
    let verified = || -> Vec<Head> {
        let verified = lines.iter().zip(&saved).map(|(lines, head)| {
            let verdict = verify(lines, Some(head));
            let Verdict::Consistent { head, anchored: true } = verdict else { panic!("{verdict:?}") };
            head
        });
        verified.collect()
    };
    let figures = duebill_benches::medians(
        7,
        events,
        &[("replay, typed", &heads), ("replay, from bytes", &from_bytes), ("verify, from bytes", &verified)],
    );
    println!(
        "{what}: {events} events in {records} records of {} bytes each; CPU time, medians",
        bytes / records
    );
    for (name, nanos) in figures.unwrap() {
        println!("{name:<20} {nanos:>6} ns an event  {:>9} a second", 1_000_000_000 / nanos.max(1));
    }
}

/// Applies a command document; gives what a host keeps of its record.
fn deliver(log: &mut Log, rulebook: &Rulebook, id: &str, action: &Value) -> Value {
    let stamp = json!({ "actor": "clara", "role": "billing", "at": "2026-01-31T12:00:00Z", "effective": "2026-01-31" });
    let address = json!({ "id": "acme", "kind": "account", "seller": "northwind" });
    let command =
        json!({ "action": action, "id": id, "log": address, "schema": "duebill/command/1", "stamp": stamp });
    let wire::Answer::Recorded(answered) = log.decide(rulebook, command.to_string().as_bytes()).unwrap()
    else {
        unreachable!("every command is new")
    };
    log.apply(&answered.recorded).unwrap();
    let record: Value = serde_json::from_slice(&answered.recorded.stored().bytes).unwrap();
    json!({ "record": record })
}

/// Memory of the process in KiB; 0 where nobody says.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or(0)
}

/// The time of the evidence of one invoice in the middle of a long log.
fn evidence(rulebook: &Rulebook) {
    let mut log = Log::Account(Box::new(Account::new(id("northwind"), id("acme"))));
    let fill = |log: &mut Log, from: usize, to: usize| {
        let Log::Account(account) = log else { unreachable!("an account") };
        for number in from..to {
            // Each is about an entry of its own, so that there are as many trails as records; none is of the month
            // that is billed.
            let record = recorded(account, rulebook, &command(number, vec![entry(LONG + number)]));
            account.apply(&record).unwrap();
        }
    };
    fill(&mut log, 0, LONG / 2);
    let work = |number: usize| {
        json!({ "id": format!("E{number}"), "ticket": "T", "work": { "kind": "time",
        "start": "2026-01-12T09:00:00Z", "end": "2026-01-12T10:00:00Z" } })
    };
    let ticket = json!({ "id": "T", "customer": "acme", "closed": "2026-01-20T10:00:00Z" });
    let mut records: Vec<Value> = (0..20)
        .map(|number| {
            let capture = json!({ "kind": "capture", "tickets": [ticket], "entries": [work(number)] });
            deliver(&mut log, rulebook, &format!("capture-{number}"), &capture)
        })
        .collect();
    let bill = json!({ "kind": "bill", "run": "r", "period": { "from": "2026-01-01", "to": "2026-01-31" } });
    records.push(deliver(&mut log, rulebook, "bill", &bill));
    fill(&mut log, LONG / 2, LONG - records.len());
    let address = json!({ "id": "acme", "kind": "account", "seller": "northwind" });
    let asked = json!({ "day": "2026-02-01", "prove": [address], "seller": "northwind" }).to_string();
    // Nobody asked before: the trees over records and trails are made here, and kept.
    let (before, start) = (resident(), ProcessTime::now());
    let daily = wire::daily_head(&[&log], asked.as_bytes()).unwrap();
    println!("daily head, first    {:>6} us", start.elapsed().as_micros());
    println!("kept for it          {:>6} KiB", resident().saturating_sub(before));
    let daily: Value = serde_json::from_slice(&daily).unwrap();
    let documents = json!(["r:2026-01-31:EUR"]);
    let book: Value = serde_json::from_slice(RULEBOOK).unwrap();
    let request = json!({ "daily": daily["head"], "documents": documents, "proofs": daily["proofs"],
        "records": records, "rulebooks": [book] })
    .to_string();
    let trail = json!({ "documents": documents, "kind": "trail" }).to_string();
    let head = daily["head"].to_string();
    let timed = |name: &str, run: &dyn Fn() -> usize| {
        let mut times: Vec<u128> = (0..21)
            .map(|_| {
                let start = ProcessTime::now();
                assert!(run() > 0);
                start.elapsed().as_micros()
            })
            .collect();
        times.sort_unstable();
        println!("{name:<20} {:>6} us", times[times.len() / 2]);
    };
    let package = wire::evidence(&[&log], request.as_bytes()).unwrap();
    println!(
        "{} records; a package of {} records and {} bytes",
        log.chain().head().seq,
        records.len(),
        package.len()
    );
    timed("daily head, kept", &|| wire::daily_head(&[&log], asked.as_bytes()).unwrap().len());
    timed("trail", &|| wire::report(&log, rulebook, trail.as_bytes()).unwrap().len());
    timed("evidence", &|| wire::evidence(&[&log], request.as_bytes()).unwrap().len());
    timed("check", &|| {
        let checked = wire::check_evidence(&package, head.as_bytes()).unwrap();
        usize::from(String::from_utf8_lossy(&checked).contains("true"))
    });
    // The log goes on: each next head goes on from the last one, and evidence under an earlier head goes back to it.
    let mut heads: Vec<u128> = (0..DAYS)
        .map(|day| {
            fill(&mut log, LONG + day * DAY, LONG + (day + 1) * DAY);
            let start = ProcessTime::now();
            assert!(!wire::daily_head(&[&log], asked.as_bytes()).unwrap().is_empty());
            start.elapsed().as_micros()
        })
        .collect();
    heads.sort_unstable();
    println!("daily head, {DAY} records later {:>6} us", heads[DAYS / 2]);
    let start = ProcessTime::now();
    assert_eq!(wire::evidence(&[&log], request.as_bytes()).unwrap(), package);
    println!("evidence, {} records earlier {:>6} us", DAYS * DAY, start.elapsed().as_micros());
}

fn main() {
    let rulebook = wire::compile(RULEBOOK).unwrap();
    replay("one event a record", &[single(&rulebook)]);
    replay("a year of a helpdesk", &helpdesk::logs(RULEBOOK));
    evidence(&rulebook);
}
