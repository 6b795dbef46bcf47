//! An ordinary command, decided, hashed and applied: on an account with few records and with many.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement prints its figures, and stops when something is wrong"
)]

use cpu_time::ProcessTime;
use duebill::account::{Account, AccountAction, Capture};
use duebill::audit::{Command, Decided, LogAddress, LogKind, Stamp};
use duebill::calendar::{Date, Instant};
use duebill::id::Id;
use duebill::rulebook::Rulebook;
use duebill::wire;
use duebill::work::{Billable, Entry, Time, Work};

const RULEBOOK: &[u8] = include_bytes!("../../core/golden/rulebook.json");
const COMMANDS: usize = 2_000;
const ROUNDS: usize = 15;

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn command(number: usize) -> Command<AccountAction> {
    let start = Instant::from_micros((1_767_600_000 + number as i64 * 600) * 1_000_000).unwrap();
    let entry = Entry {
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
    };
    Command {
        action: AccountAction::Capture(Capture { entries: vec![entry], tickets: Vec::new() }),
        expect: None,
        id: id(&format!("c{number:07}")),
        log: LogAddress { id: id("acme"), kind: LogKind::Account, seller: id("northwind") },
        salt: None,
        stamp: Stamp {
            actor: id("clara"),
            assurance: None,
            at: start,
            effective: Date::parse("2026-01-31").unwrap(),
            ip: None,
            occurred: None,
            reason: None,
            role: id("billing"),
            user_agent: None,
        },
    }
}

fn run(account: &mut Account, rulebook: &Rulebook, commands: &[Command<AccountAction>]) {
    for command in commands {
        if let Decided::New { recorded, .. } = account.decide(rulebook, command).unwrap() {
            account.apply(&recorded).unwrap();
        }
    }
}

fn account(rulebook: &Rulebook, records: usize) -> Account {
    let mut account = Account::new(id("northwind"), id("acme"));
    let commands: Vec<_> = (0..records).map(|number| command(1_000_000 + number)).collect();
    run(&mut account, rulebook, &commands);
    account
}

/// CPU nanoseconds a command of each round: the account grows by a round's commands, none twice.
fn rounds(rulebook: &Rulebook, records: usize, fresh: bool) -> Vec<u128> {
    let mut grown = account(rulebook, records);
    // Kept, so that young and old accounts alike grow into memory that nobody used before.
    let mut kept = Vec::new();
    let mut times = Vec::with_capacity(ROUNDS);
    for round in 0..=ROUNDS {
        if fresh {
            kept.push(core::mem::replace(&mut grown, account(rulebook, records)));
        }
        let commands: Vec<_> = (0..COMMANDS).map(|number| command(round * COMMANDS + number)).collect();
        let (before, start) = (grown.chain().head().seq, ProcessTime::now());
        run(&mut grown, rulebook, &commands);
        let taken = start.elapsed().as_nanos();
        assert_eq!(grown.chain().head().seq, before + COMMANDS as u64);
        // The first round is the warming up.
        if round > 0 {
            times.push(taken / COMMANDS as u128);
        }
    }
    times.sort_unstable();
    times
}

fn main() {
    let rulebook = wire::compile(RULEBOOK).unwrap();
    for (name, records, fresh) in [("100 records", 100, true), ("100,000 records", 100_000, false)] {
        let times = rounds(&rulebook, records, fresh);
        println!("{name:<16} {:>6} ns a command (best {} ns)", times[ROUNDS / 2], times[0]);
    }
}
