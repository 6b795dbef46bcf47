//! What a run came to: what is owed by age and currency on any day, the journals of its months, and what
//! people call each invoice.

use serde_json::json;

use super::book::{Book, Day, Why, share};
use super::rules::day;
use super::run::Wide;
use crate::month::cents;

const CURRENCIES: [&str; 2] = ["EUR", "USD"];

impl Book {
    /// What is open on a day by how long it is due: not yet, up to 30, 60 and 90 days, longer. Each part ages by
    /// itself.
    fn aged(&self, currency: &str, on: Day) -> [i64; 5] {
        let mut columns = [0; 5];
        for item in self.items.values().filter(|item| item.currency == currency) {
            for (due, open) in item.parts_on(on) {
                let column = match (on - due).num_days() {
                    ..=0 => 0,
                    1..=30 => 1,
                    31..=60 => 2,
                    61..=90 => 3,
                    _ => 4,
                };
                columns[column] += if item.credit { -open } else { open };
            }
        }
        columns
    }

    /// Money that came and pays for nothing on a day.
    fn unapplied(&self, currency: &str, on: Day) -> i64 {
        let came = self.received.iter().filter(|(own, _, day)| *own == currency && *day <= on);
        let stands = self.payments.values().filter(|one| {
            self.items[&one.item].currency == currency
                && one.day <= on
                && one.back.is_none_or(|back| back > on)
        });
        came.map(|(_, amount, _)| amount).sum::<i64>() - stands.map(|one| one.cash).sum::<i64>()
    }

    /// What closed an invoice of which nothing is open: the last that happened to it.
    fn closed_by(&self, id: &str) -> &'static str {
        let falls = &self.items[id].falls;
        let last = falls.iter().max_by_key(|(on, ..)| *on).map(|(.., why)| *why);
        match last {
            Some(Why::Credit) => "credited",
            Some(Why::Other) => "written_off",
            Some(Why::Money) | None => "paid",
        }
    }
}

impl Wide {
    pub fn end(&self) {
        for on in ["2026-01-31", "2026-02-20", "2026-03-31", "2026-05-01", "2026-07-31"] {
            self.check_aging(on);
        }
        let months =
            [("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-02-28"), ("2026-03-01", "2026-03-31")];
        for (from, through) in months.into_iter().chain([("2026-01-01", "2026-12-31")]) {
            self.host.check_period(from, through);
        }
        self.check_seconds_of_days();
        self.check_discounts();
        self.check_labels();
    }

    /// Each currency by itself: every item in one column, the columns and the money that waits in the total.
    fn check_aging(&self, on: &str) {
        let aging = self.host.aging(on);
        for currency in CURRENCIES {
            let section =
                aging["sections"].as_array().unwrap().iter().find(|one| one["currency"] == currency);
            let (aged, unapplied) =
                (self.model.aged(currency, day(on)), self.model.unapplied(currency, day(on)));
            let control = aged.iter().sum::<i64>() - unapplied;
            let Some(section) = section else {
                assert_eq!((aged, control), ([0; 5], 0), "{currency} as of {on}: {aging:#}");
                continue;
            };
            let totals = &section["totals"];
            let columns: Vec<i64> = totals["buckets"].as_array().unwrap().iter().map(cents).collect();
            assert_eq!(columns, aged, "{currency} as of {on}");
            assert_eq!(cents(&totals["unapplied"]), unapplied, "{currency} as of {on}");
            assert_eq!(cents(&section["control_total"]), control, "{currency} as of {on}");
            let rows = section["rows"].as_array().unwrap().iter();
            let rows: i64 =
                rows.map(|row| cents(&row["columns"]["open"]) - cents(&row["columns"]["unapplied"])).sum();
            assert_eq!(rows, control, "rows of {currency} as of {on}");
        }
    }

    /// What was left out by paying early is a discount but for the tax in it, which is owed no more.
    fn check_discounts(&self) {
        let pack = self.host.closing("2026-01-01", "2026-12-31");
        for section in pack["sections"].as_array().unwrap() {
            let lines = section["journal"].as_array().unwrap().iter();
            let posted: i64 = lines
                .filter(|line| line["account"] == "discounts")
                .map(|line| cents(&line["debit"]) - cents(&line["credit"]))
                .sum();
            let offered = self.model.items.iter().filter(|(_, item)| section["currency"] == item.currency);
            let net = offered.filter_map(|(id, item)| {
                let (offer, left_out) = (item.discount?, self.model.left_out(id));
                Some(left_out - if left_out == 0 { 0 } else { share(offer.tax, left_out, offer.amount) })
            });
            assert_eq!(posted, net.sum::<i64>(), "{section:#}");
        }
    }

    /// What is open no more is called by what closed it; what is void stays readable.
    fn check_labels(&self) {
        let question = json!({ "kind": "account", "as_of": "2026-03-31" });
        let view = self.host.report("account", "acme", question);
        for shown in view["invoices"].as_array().unwrap() {
            let id = shown["id"].as_str().unwrap();
            let invoice = self.model.invoice(id).unwrap();
            assert_eq!(shown["lines"].as_array().unwrap().len(), invoice.lines.len(), "{id}");
            assert_eq!(
                (cents(&shown["net"]), cents(&shown["tax"])),
                (invoice.sums.net, invoice.sums.tax()),
                "{id}"
            );
            let label = shown["label"]["label"].as_str().unwrap();
            match invoice.state {
                "issued" if self.model.items[id].open() == 0 => {
                    assert_eq!(label, self.model.closed_by(id), "{id}")
                }
                "issued" => assert!(!["paid", "credited", "written_off"].contains(&label), "{id}: {label}"),
                "void" => assert_eq!((label, cents(&shown["open"])), ("void", 0), "{id}"),
                state => assert_eq!(label, state, "{id}"),
            }
        }
    }
}
