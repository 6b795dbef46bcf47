//! An ordinary command, decided, hashed and applied: on an account with few records and with many, under ids that
//! were made one after another and under ids in no order.
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

/// The text of an id: a number, or one that is spread over all numbers.
type Naming = fn(usize) -> String;

fn ascending(number: usize) -> String {
    format!("{number:07}")
}

fn scattered(number: usize) -> String {
    let spread = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    format!("{:016x}", (spread ^ (spread >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9))
}

fn command(number: usize, name: Naming) -> Command<AccountAction> {
    let start = Instant::from_micros((1_767_600_000 + number as i64 * 600) * 1_000_000).unwrap();
    let entry = Entry {
        agent: Some(id("anna")),
        billable: Billable::Default,
        code: None,
        customer: Some(id("acme")),
        id: id(&format!("E{}", name(number))),
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
        id: id(&format!("c{}", name(number))),
        log: LogAddress { id: id("acme"), kind: LogKind::Account, seller: id("northwind") },
        salt: None,
        stamp: Stamp {
            actor: id("clara"),
            assurance: None,
            at: Instant::from_micros(1_767_600_000_000_000).unwrap(),
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

fn account(rulebook: &Rulebook, records: usize, name: Naming) -> Account {
    let mut account = Account::new(id("northwind"), id("acme"));
    let commands: Vec<_> = (0..records).map(|number| command(1_000_000 + number, name)).collect();
    run(&mut account, rulebook, &commands);
    account
}

/// CPU nanoseconds a command of each round: the account grows by a round's commands, none twice.
fn rounds(rulebook: &Rulebook, records: usize, name: Naming) -> Vec<u128> {
    // The small account would not stay small.
    let fresh = records < COMMANDS;
    let mut grown = account(rulebook, records, name);
    // Kept, so that young and old accounts alike grow into memory that nobody used before.
    let mut kept = Vec::new();
    let mut times = Vec::with_capacity(ROUNDS);
    for round in 0..=ROUNDS {
        if fresh {
            kept.push(core::mem::replace(&mut grown, account(rulebook, records, name)));
        }
        let commands: Vec<_> = (0..COMMANDS).map(|number| command(round * COMMANDS + number, name)).collect();
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
    println!("an ordinary command decided, hashed and applied: CPU ns, of one record with one event");
    for (ids, name) in [("ids one after another", ascending as Naming), ("ids in no order", scattered)] {
        let [few, many] = [100, 100_000].map(|records| rounds(&rulebook, records, name));
        for (records, times) in [("100", &few), ("100,000", &many)] {
            println!(
                "{ids:<22} on {records:>7} records: median {:>5}, best {:>5}",
                times[ROUNDS / 2],
                times[0]
            );
        }
        let percent = |place: usize| many[place] * 100 / few[place].max(1);
        println!("{ids:<22} many / few: median {} %, best {} %", percent(ROUNDS / 2), percent(0));
    }
}
