//! Rating of time entries against a plain loop over decimals and string-keyed maps: quarter hours
//! up, a rate per role, half as much again outside office hours, cents half up.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement prints its figures, and stops when something is wrong"
)]

use std::collections::HashMap;

use duebill::calendar::Instant;
use duebill::id::Id;
use duebill::rating::{Job, Standings, WorkedBefore, rate};
use duebill::wire;
use duebill::work::{Billable, Entry, Time, Work};
use rust_decimal::{Decimal, RoundingStrategy};

const ENTRIES: usize = 100_000;

const RULEBOOK: &str = r#"{"schema":"duebill/rulebook/1","policy":{
  "seller":{"id":"s","name":"S"},
  "calendars":[{"id":"c","zone":"UTC","otherwise":"after","bands":[{"band":"normal",
    "days":["mon","tue","wed","thu","fri","sat","sun"],"from":"08:00","to":"18:00"}]}],
  "rounding":[{"id":"r"}],"codes":[{"id":"w","kind":"labour","name":"Work"}],"mapping":[{"code":"w"}],
  "rates":[{"id":"base","currency":"EUR","value":"96.40"},
    {"id":"senior","currency":"EUR","value":"131.25","role":"senior"},
    {"id":"lead","currency":"EUR","value":"155","role":"lead"},
    {"id":"after","kind":"multiplier","value":"1.5","band":"after"}],
  "payment_terms":[{"id":"n","days":30}],"numbering":[{"series":"i","pattern":"{counter}"}],
  "billing":{"series":"i"}},
  "terms":[{"customer":"a","name":"A","currency":"EUR","calendar":"c","rounding":"r","payment_terms":"n"}]}"#;

/// An entry as a plain program holds it: it starts on the hour and stays in one band.
struct Plain {
    role: String,
    hour: i64,
    minutes: i64,
}

fn plain(entries: &[Plain]) -> i128 {
    let rates: HashMap<String, Decimal> = [("junior", "96.40"), ("senior", "131.25"), ("lead", "155")]
        .into_iter()
        .map(|(role, rate)| (role.to_owned(), rate.parse().unwrap()))
        .collect();
    let mut sum = Decimal::ZERO;
    for entry in entries {
        let quarters = Decimal::from((entry.minutes + 14) / 15) / Decimal::from(4);
        let factor = if (8..18).contains(&entry.hour) { Decimal::ONE } else { Decimal::new(15, 1) };
        let exact = rates[&entry.role] * quarters * factor;
        sum += exact.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    }
    sum.rescale(2);
    sum.mantissa()
}

fn main() {
    let rulebook = wire::compile(RULEBOOK.as_bytes()).unwrap();
    let rules = rulebook.rules(&Id::new("a").unwrap()).unwrap();
    let mut rows = Vec::with_capacity(ENTRIES);
    let mut entries = Vec::with_capacity(ENTRIES);
    for number in 0..ENTRIES as i64 {
        let (hour, minutes) = (number * 7 % 23, 1 + number * 11 % 59);
        let role = ["junior", "senior", "lead"][(number * 5 % 3) as usize];
        let start =
            Instant::from_micros((1_767_225_600 + number % 300 * 86_400 + hour * 3_600) * 1_000_000).unwrap();
        rows.push(Plain { role: role.to_owned(), hour, minutes });
        entries.push(Entry {
            agent: Some(Id::new("anna").unwrap()),
            billable: Billable::Default,
            code: None,
            customer: Some(Id::new("a").unwrap()),
            id: Id::new(&format!("E{number:06}")).unwrap(),
            note: None,
            note_class: None,
            priority: None,
            revision: 1,
            role: Some(Id::new(role).unwrap()),
            ticket: None,
            work: Work::Time(Time { start, end: start.plus_seconds(minutes * 60).unwrap() }),
            work_type: None,
        });
    }
    let jobs: Vec<Job<'_>> = entries.iter().map(|entry| Job { entry, rules: &rules, ticket: None }).collect();
    let ours = || {
        let rated = rate(&jobs, &Standings::new(), &WorkedBefore::new());
        rated.charges.iter().map(|charge| i128::from(charge.net.units())).sum::<i128>()
    };
    let theirs = || plain(&rows);
    let figures =
        duebill_benches::medians(7, ENTRIES, &[("plain decimals", &theirs), ("duebill", &ours)]).unwrap();
    let rival = figures[0].1.max(1);
    for (name, nanos) in &figures {
        println!("{name:<16} {nanos:>7} ns an entry  {:>6} % of plain", nanos * 100 / rival);
    }
}
