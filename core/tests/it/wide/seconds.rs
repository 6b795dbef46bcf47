//! Where the time that was recorded stands: every second in one place, told by the model and by the core.

use std::collections::BTreeMap;

use duebill::wire::{self, Log};
use serde_json::{Value, json};

use super::book::{Book, Charge, Invoice, Source, Work};
use super::run::{DAYS, Wide};
use crate::month::address;

/// The places, in the words of the summary.
const PLACES: [&str; 6] = ["billed", "covered", "no_charge", "unapproved", "wip", "written_down"];

impl Book {
    /// Seconds by place.
    fn seconds(&self) -> BTreeMap<&'static str, i64> {
        let mut sums: BTreeMap<&'static str, i64> = PLACES.into_iter().map(|place| (place, 0)).collect();
        for entry in self.entries.values().filter(|entry| entry.on.is_none()) {
            if let Work::Time { start, end, .. } = entry.work {
                *sums.get_mut("wip").unwrap() += (end - start) * 60;
            }
        }
        for invoice in self.live() {
            for (place, line) in invoice.lines.iter().enumerate() {
                if self.is_rebilled(&invoice.id, place) {
                    continue;
                }
                for charge in line.charges.iter().filter(|charge| charge.source == Source::Entry) {
                    *sums.get_mut(self.place(invoice, place, charge)).unwrap() += charge.raw - charge.drawn;
                    if charge.drawn > 0 {
                        // What the block covered of it stands on a line of its own, without seconds.
                        let head = |one: &&Charge| one.covered && one.raw == 0 && one.id == charge.id;
                        let mut lines = invoice.lines.iter().enumerate();
                        let (at, head) = lines
                            .find_map(|(at, line)| Some((at, line.charges.iter().find(head)?)))
                            .expect("the block covered a part of it");
                        *sums.get_mut(self.place(invoice, at, head)).unwrap() += charge.drawn;
                    }
                }
            }
        }
        sums
    }

    /// Where a charge on a line is.
    fn place(&self, invoice: &Invoice, line: usize, charge: &Charge) -> &'static str {
        let mut credits = self.live_credits(&invoice.id).filter(|credit| credit.state == "issued");
        let is_forgiven =
            credits.any(|credit| credit.lines.iter().any(|(of, _, whole)| *of == line && *whole));
        match invoice.state {
            "approved" => "wip",
            "issued" if is_forgiven => "written_down",
            "issued" if charge.covered => "covered",
            "issued" => "billed",
            _ => "unapproved",
        }
    }
}

impl Wide {
    fn summary(&self, request: &Value) -> Value {
        let Some(log @ Log::Account(_)) = self.host.logs.get(&address("account", "acme").to_string()) else {
            panic!("no account")
        };
        let answer = wire::summary(&self.host.rulebook, &[log], request.to_string().as_bytes()).unwrap();
        serde_json::from_slice(&answer).unwrap()
    }

    /// Now, every second is where the model has it.
    pub fn check_seconds(&self) {
        let worked = self.summary(&json!({}))["worked"].clone();
        let core: BTreeMap<&str, i64> =
            PLACES.into_iter().map(|place| (place, worked[place].as_i64().unwrap())).collect();
        let model = self.model.seconds();
        assert_eq!(core, model);
        assert_eq!(worked["recorded"], model.values().sum::<i64>(), "recorded");
    }

    /// On any day they are all there; in the end, as they are now.
    pub fn check_seconds_of_days(&self) {
        let as_of = |day: &str| self.summary(&json!({ "as_of": day }));
        for day in DAYS {
            let answer = as_of(day);
            for worked in [&answer["worked"], &answer["work"][0]["seconds"]] {
                let sum: i64 = PLACES.into_iter().map(|place| worked[place].as_i64().unwrap()).sum();
                assert_eq!(worked["recorded"], sum, "as of {day}: {worked}");
            }
        }
        assert_eq!(as_of("2026-12-31")["worked"], self.summary(&json!({}))["worked"]);
    }
}
