//! What is closed stays as it was.

use std::cell::Cell;
use std::collections::BTreeMap;

use duebill::calendar::Date;
use duebill::wire::{self, Log};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::history::{Logs, over};
use crate::model::run::Run;
use crate::model::wish::{DAYS, Wish, before, wish};

fn with_money(logs: &Logs) -> Vec<&Log> {
    logs.values().filter(|log| matches!(log, Log::Account(_) | Log::CashBook(_))).collect()
}

/// The last day that every account and cash book has closed hard.
fn closed(logs: &Logs) -> Option<Date> {
    with_money(logs).iter().map(|log| log.chain().closed().and_then(|closed| closed.hard)).min().flatten()
}

fn pack(run: &Run, through: Date) -> Value {
    let request = json!({ "from": "2025-12-01", "through": through.to_string() }).to_string();
    let logs = with_money(&run.host.logs);
    serde_json::from_slice(&wire::closing(&run.host.rulebook, &logs, request.as_bytes()).unwrap()).unwrap()
}

/// Nothing that comes later changes the pack of days that are closed, until they are reopened.
#[test]
fn the_pack_of_closed_days_never_changes() {
    let compared = Cell::new(0);
    let some = || prop::collection::vec((wish(), 0..DAYS.len()), 1..25);
    over(24, (0..3_u8, some(), some(), some()), |(start, first, second, third)| {
        let mut run = Run::new();
        let mut packs: BTreeMap<Date, Value> = BTreeMap::new();
        let mut step = |run: &mut Run, wish: &Wish, day: i64| {
            run.grant(wish, day);
            let day = closed(&run.host.logs);
            if packs.keys().next_back().copied() > day {
                packs.clear();
            }
            for (through, pack_then) in &packs {
                assert_eq!(pack(run, *through), *pack_then, "through {through} after {wish:?}");
                compared.set(compared.get() + 1);
            }
            if let Some(through) = day {
                let now = pack(run, through);
                packs.entry(through).or_insert(now);
            }
        };
        for wish in &before(start) {
            step(&mut run, wish, DAYS[0]);
        }
        for (place, wishes) in [first, second, third].iter().enumerate() {
            for (wish, day) in wishes {
                step(&mut run, wish, DAYS[*day]);
            }
            // What is under way may refuse it; what is closed by then stays.
            let through = u8::try_from(place).unwrap();
            for book in [false, true] {
                step(&mut run, &Wish::Close { book, hard: true, through }, DAYS[5]);
            }
        }
    });
    assert!(compared.get() > 200, "only {} packs were compared", compared.get());
}
