//! What must hold after every step: the core states every amount as the model does.

use std::collections::BTreeMap;

use duebill::wire::{self, Log};
use serde_json::{Value, json};

use super::run::Run;
use super::state::{Item, LAST};
use crate::month::address;

pub fn euros(cents: i64) -> String {
    format!("{}{}.{:02}", if cents < 0 { "-" } else { "" }, cents.abs() / 100, cents.abs() % 100)
}

fn cents(shown: &Value) -> i64 {
    shown.as_str().unwrap().replace('.', "").parse().unwrap()
}

/// A day of the year 2026, counted from 1.
pub fn date(day: i64) -> String {
    match day {
        ..=31 => format!("2026-01-{day:02}"),
        32..=59 => format!("2026-02-{:02}", day - 31),
        _ => format!("2026-03-{:02}", day - 59),
    }
}

fn table(rows: &Value, key: &str, columns: &[&str]) -> BTreeMap<String, Value> {
    let row = |row: &Value| {
        let cells: Vec<&Value> = columns.iter().map(|column| &row[column]).collect();
        (row[key].as_str().unwrap().to_owned(), json!(cells))
    };
    rows.as_array().unwrap().iter().map(row).collect()
}

impl Run {
    pub fn compare(&self, day: i64) {
        let view = self.host.report("account", "acme", json!({ "kind": "account", "as_of": "2026-03-31" }));
        self.compare_documents(&view);
        self.compare_work(&view);
        self.compare_money(day);
        self.compare_numbers();
        self.keep_laws();
        self.compare_tasks();
    }

    fn open(&self, id: &str) -> i64 {
        let signed = |item: &Item| if item.credit { -item.open() } else { item.open() };
        self.model.items.get(id).map_or(0, signed)
    }

    fn compare_documents(&self, view: &Value) {
        let core = table(&view["invoices"], "id", &["net", "gross", "open", "state", "disputed"]);
        let model = self.model.invoices.iter().map(|(id, one)| {
            let open = self.open(id);
            let disputed = self.model.disputed(id).min(open);
            (id.clone(), json!([euros(one.net), euros(one.gross), euros(open), one.state, euros(disputed)]))
        });
        assert_eq!(core, model.collect());
        let core = table(&view["opening_items"], "id", &["open"]);
        let moved_in = self.model.items.keys().filter(|id| id.starts_with('I'));
        let model = moved_in.map(|id| (id.clone(), json!([euros(self.open(id))])));
        assert_eq!(core, model.collect());
        let core = table(&view["credits"], "id", &["invoice", "open", "state"]);
        let model = self
            .model
            .credits
            .iter()
            .map(|(id, one)| (id.clone(), json!([one.of, euros(self.open(id)), one.state])));
        assert_eq!(core, model.collect());
        for credit in view["credits"].as_array().unwrap() {
            let own = &self.model.credits[credit["id"].as_str().unwrap()];
            let totals = &credit["totals"];
            assert_eq!((cents(&totals["net"]), cents(&totals["payable"])), (own.net, own.gross), "{credit}");
        }
        let core = table(&view["write_offs"], "id", &["item", "amount", "recovered", "effective"]);
        let model = self.model.write_offs.iter().map(|(id, one)| {
            let done = one.done.map(date);
            (id.clone(), json!([one.item, euros(one.amount), euros(one.recovered), done]))
        });
        assert_eq!(core, model.collect());
        let core = table(&view["refunds"], "id", &["amount", "status", "effective", "declined"]);
        let model = self.model.refunds.iter().map(|(id, one)| {
            (id.clone(), json!([euros(one.amount), one.status, one.done.map(date), one.declined]))
        });
        assert_eq!(core, model.collect());
        let core = table(&view["disputes"], "dispute", &["invoice", "amount", "state", "remedy"]);
        let model =
            self.model.disputes.iter().map(|(id, one)| {
                (format!("D{id}"), json!([one.item, euros(one.amount), one.state, one.remedy]))
            });
        assert_eq!(core, model.collect());
    }

    fn compare_work(&self, view: &Value) {
        let unbilled = self.model.entries.iter().filter(|(_, entry)| entry.invoice.is_none());
        let unbilled: Vec<String> = unbilled.map(|(id, _)| format!("E{id}")).collect();
        let shown = view["unbilled"].as_array().unwrap().iter();
        assert_eq!(shown.map(|one| one["entry"].as_str().unwrap()).collect::<Vec<_>>(), unbilled);
        let left = view["blocks"][0]["left"].as_i64().unwrap_or(0);
        assert_eq!(left, self.model.sales.len() as i64 * 7_200 - self.model.taken - self.model.drawn);
        // Work stands on one live line at most: one of an invoice that is neither void nor taken back.
        let mut standing: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
        for invoice in view["invoices"].as_array().unwrap().iter().filter(|one| one["state"] != "void") {
            let id = invoice["id"].as_str().unwrap();
            let taken = self.model.live_credits(id).filter(|one| one.rebill && one.state == "issued");
            let taken: Vec<usize> = taken.flat_map(|credit| credit.taken.keys().copied()).collect();
            let lines = invoice["lines"].as_array().unwrap().iter().enumerate();
            for (_, line) in lines.filter(|(place, _)| !taken.contains(place)) {
                for charge in line["charges"].as_array().unwrap() {
                    let key = charge["entry"].as_str().unwrap();
                    *standing.entry((key, id, "")).or_default() += 1;
                }
            }
        }
        let mut places: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (entry, invoice, _) in standing.keys() {
            places.entry(entry).or_default().push(invoice);
        }
        assert!(places.values().all(|invoices| invoices.len() == 1), "{places:?}");
        assert!(unbilled.iter().all(|entry| !places.contains_key(entry.as_str())), "{places:?}");
    }

    /// What is open less what waits, as of any day, and what the book has left of each receipt.
    fn compare_money(&self, day: i64) {
        for day in [31, day, LAST] {
            let aging = self.host.aging(&date(day));
            let sections = aging["sections"].as_array().unwrap();
            let control: i64 = sections.iter().map(|section| cents(&section["control_total"])).sum();
            assert_eq!(control, self.model.control_on(day), "as of {}: {aging}", date(day));
            for section in sections {
                let totals = &section["totals"];
                let buckets = totals["buckets"].as_array().unwrap();
                assert_eq!(buckets.iter().map(cents).sum::<i64>(), cents(&totals["open"]), "{section}");
            }
        }
        let request = json!({ "kind": "cash_book", "as_of": "2026-03-31" });
        let book = self.host.report("cash_book", "bank", request);
        let core = table(&book["receipts"], "id", &["customer"]);
        let model = self.model.receipts.iter().map(|(id, one)| (format!("R{id}"), json!([one.customer])));
        assert_eq!(core, model.collect(), "{book}");
        let Log::CashBook(book) = &self.host.logs[&address("cash_book", "bank").to_string()] else {
            panic!("the book is no book")
        };
        let core = book.receipts().map(|state| (state.receipt.id.to_string(), state.left().units()));
        let model = self.model.receipts.keys().map(|id| (format!("R{id}"), self.model.left_now(*id)));
        assert_eq!(core.collect::<BTreeMap<_, _>>(), model.collect());
        let core = book.reservations().map(|state| (state.reservation.id.to_string(), state.status.word()));
        let model = self.model.reservations.iter().map(|(id, one)| (id.clone(), one.book));
        assert_eq!(core.collect::<BTreeMap<_, _>>(), model.collect());
    }

    /// The bank of the journal has what the lines of the bank say, less what went back past them; fees are the
    /// seller's expense.
    pub fn compare_bank(&self) {
        let model = &self.model;
        let pack = self.host.closing("2026-01-01", "2026-12-31");
        let sections = pack["sections"].as_array().unwrap().iter();
        let journal: Vec<&Value> = sections.flat_map(|one| one["journal"].as_array().unwrap()).collect();
        let posted = |account: &str| -> i64 {
            let lines = journal.iter().filter(|line| line["account"] == account);
            lines.map(|line| cents(&line["debit"]) - cents(&line["credit"])).sum()
        };
        let of_lines = model.lines.values().flat_map(|line| line.debits.iter().map(|debit| debit.sums().1));
        let own = model.lines.values().map(|line| line.fee);
        let kept: i64 = model.receipts.values().map(|one| one.content.3).sum();
        assert_eq!(posted("gateway_fees"), of_lines.chain(own).sum::<i64>() + kept, "fees");
        let came = model.receipts.values().map(|one| one.amount - one.content.3);
        let came = came.chain(model.lines.values().map(|line| line.amount)).sum::<i64>();
        // What the account paid out of credit left its side at once.
        let credit = model.refunds.iter().filter(|(_, one)| one.done.is_some());
        let credit = credit.map(|(id, one)| (format!("credit:acme:{id}"), one.amount));
        let receipts = model.paid_back.iter().filter(|(id, _)| !id.starts_with("credit:"));
        let back = receipts.map(|(id, amount)| (id.clone(), *amount)).chain(credit);
        let unsettled = back.filter(|(id, _)| !model.settled.contains(id)).map(|(_, amount)| amount);
        let reversed = model.receipts.values().filter(|one| one.reversed.is_some() && !one.charged_back);
        let past = unsettled.sum::<i64>() + reversed.map(|one| one.amount).sum::<i64>();
        assert_eq!(posted("bank"), came - past, "bank: {pack:#}");
    }

    /// Numbers are gapless, and none is spent in vain.
    fn compare_numbers(&self) {
        let Log::Series(series) = &self.host.logs[&address("series", "invoices").to_string()] else {
            panic!("the series is no series")
        };
        let mut counters: Vec<usize> =
            series.assigned().map(|given| usize::try_from(given.counter).unwrap()).collect();
        counters.sort_unstable();
        assert_eq!(counters, (1..=self.model.numbers.len()).collect::<Vec<_>>());
    }

    /// On every day an item lies between nothing and its total, and no receipt is spent twice.
    fn keep_laws(&self) {
        for (id, item) in &self.model.items {
            let within = (1..=LAST).all(|day| (0..=item.first).contains(&item.open_on(day)));
            assert!(within, "{id}: {item:?}");
        }
        for (id, receipt) in &self.model.receipts {
            assert!(receipt.reversed.is_some() || self.model.left_now(*id) >= 0, "R{id}: {receipt:?}");
        }
    }

    /// Replaying what was stored gives the same state and the same report, byte for byte; the exported
    /// log verifies.
    pub fn replay(&self) {
        for (at, records) in &self.host.stored {
            let mut log = wire::open(at.as_bytes()).unwrap();
            let mut lines = Vec::new();
            for stored in records {
                let (record, hash) = (stored["record"].to_string(), stored["hash"].as_str().unwrap());
                let detached = stored["detached"].to_string();
                wire::apply(&mut log, record.as_bytes(), hash.as_bytes(), detached.as_bytes()).unwrap();
                lines.extend(format!("{hash} {record}\n").into_bytes());
            }
            let known = &self.host.logs[at];
            assert_eq!(log, *known, "replay");
            let question = match log {
                Log::Account(_) => json!({ "kind": "account", "as_of": "2026-03-31" }),
                Log::CashBook(_) => json!({ "kind": "cash_book", "as_of": "2026-03-31" }),
                Log::Rulebook(_) => json!({ "kind": "publications" }),
                Log::Series(_) => json!({ "kind": "numbers" }),
            };
            let report =
                |log: &Log| wire::report(log, &self.host.rulebook, question.to_string().as_bytes()).unwrap();
            assert_eq!(report(&log), report(known), "replay of {at}");
            let verdict = wire::verify(&lines, Some(&wire::head(&log))).unwrap();
            let verdict: Value = serde_json::from_slice(&verdict).unwrap();
            assert_eq!((&verdict["verdict"], &verdict["anchored"]), (&json!("consistent"), &json!(true)));
        }
    }
}
