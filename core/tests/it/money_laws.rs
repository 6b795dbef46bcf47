//! The law of money over random commands, valid and not, with ready commands that come late and in any order: at
//! every step and as of every day the control total is what a list of plain sums says, and every receipt and item
//! keeps its equation.

use std::collections::BTreeMap;

use duebill::account::Account;
use duebill::calendar::Date;
use duebill::payment::{CashBook, ReservationStatus};
use duebill::rulebook::Rulebook;
use duebill::wire::{self, Log};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::month::{address, command};

const CLERK: (&str, &str) = ("clara", "billing");

#[derive(Debug, Clone)]
enum Wish {
    Receive(u8, u32),
    Reserve(u8, u8, u32, u32),
    Unapply(u8, u8),
    Refund(u8, u32),
    Reverse(u8),
    Credit(u8, u32),
    UseCredit(u8, u8, u32),
    RefundCredit(u8, u32),
    WriteOff(u8, u32),
    Recover(u8, u32),
    Dispute(u8, u32),
    Deliver(u8),
    DeliverAgain(u8),
}

fn wish() -> impl Strategy<Value = Wish> {
    let n = || 0..4_u8;
    let amount = || prop_oneof![Just(0_u32), Just(5_000), Just(10_000), 1..12_000_u32];
    prop_oneof![
        3 => (n(), amount()).prop_map(|(receipt, amount)| Wish::Receive(receipt, amount)),
        6 => (n(), n(), amount(), 0..2_000_u32).prop_map(|(receipt, item, amount, other)| Wish::Reserve(receipt, item, amount, other)),
        5 => (n(), 0..2_u8).prop_map(|(receipt, count)| Wish::Unapply(receipt, count)),
        2 => (n(), amount()).prop_map(|(receipt, amount)| Wish::Refund(receipt, amount)),
        1 => n().prop_map(Wish::Reverse),
        2 => (n(), amount()).prop_map(|(item, amount)| Wish::Credit(item, amount)),
        2 => (0..6_u8, n(), amount()).prop_map(|(credit, item, amount)| Wish::UseCredit(credit, item, amount)),
        1 => (0..6_u8, amount()).prop_map(|(credit, amount)| Wish::RefundCredit(credit, amount)),
        4 => (n(), amount()).prop_map(|(item, amount)| Wish::WriteOff(item, amount)),
        2 => (0..6_u8, amount()).prop_map(|(write_off, amount)| Wish::Recover(write_off, amount)),
        1 => (n(), amount()).prop_map(|(item, amount)| Wish::Dispute(item, amount)),
        6 => (0..8_u8).prop_map(Wish::Deliver),
        1 => (0..40_u8).prop_map(Wish::DeliverAgain),
    ]
}

fn euros(cents: i64) -> String {
    format!("{}{}.{:02}", if cents < 0 { "-" } else { "" }, cents.abs() / 100, cents.abs() % 100)
}

struct World {
    rulebook: Rulebook,
    logs: BTreeMap<String, Log>,
    waiting: Vec<Value>,
    delivered: Vec<Value>,
    /// What each accepted command adds to what is owed, and from which day.
    sums: Vec<(u8, i64)>,
    count: usize,
    days: BTreeMap<u8, u8>,
    written: BTreeMap<String, u8>,
}

impl World {
    fn new() -> Self {
        let mut document: Value =
            serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
        document["policy"]["approvals"] = json!([]);
        let rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
        let logs = [("account", "acme"), ("cash_book", "bank"), ("series", "invoices")].map(|(kind, id)| {
            let at = address(kind, id).to_string();
            (at.clone(), wire::open(at.as_bytes()).unwrap())
        });
        let mut world = Self {
            rulebook,
            logs: logs.into(),
            waiting: Vec::new(),
            delivered: Vec::new(),
            sums: Vec::new(),
            count: 0,
            days: BTreeMap::new(),
            written: BTreeMap::new(),
        };
        let item = |n: u8, open: &str| {
            json!({ "id": format!("I{n}"), "number": format!("N{n}"), "customer": "acme", "currency": "EUR",
            "issued": "2025-12-01", "due": "2025-12-31", "open": open, "total": open })
        };
        let items = json!([item(0, "100.00"), item(1, "50.00"), item(2, "75.00"), item(3, "-60.00")]);
        assert!(world.send(
            "account",
            1,
            json!({ "kind": "import_opening", "cutover": "2026-01-01", "items": items })
        ));
        world.sums.push((1, 16_500));
        world
    }

    /// Gives a command to its log; ready commands wait, but for those that fetch numbers.
    fn give(&mut self, sent: &Value) -> Result<bool, &'static str> {
        let log = self.logs.get_mut(&sent["log"].to_string()).unwrap();
        let answer = wire::decide(log, &self.rulebook, sent.to_string().as_bytes())
            .map_err(|refusal| refusal.code().name)?;
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        if answer["outcome"] == "repeated" {
            return Ok(false);
        }
        let (record, hash) = (answer["record"].to_string(), answer["hash"].as_str().unwrap().to_owned());
        wire::apply(log, record.as_bytes(), hash.as_bytes(), answer["detached"].to_string().as_bytes())
            .unwrap();
        for intent in answer["intents"].as_array().unwrap() {
            let command = intent["command"].clone();
            if command["log"]["kind"] == "series" || command["action"]["kind"] == "issue" {
                self.give(&command).unwrap();
            } else {
                self.waiting.push(command);
            }
        }
        Ok(true)
    }

    fn send(&mut self, kind: &str, day: u8, action: Value) -> bool {
        self.count += 1;
        let log = if kind == "account" { "acme" } else { "bank" };
        let date = format!("2026-01-{day:02}");
        self.give(&command(kind, log, &format!("c{}", self.count), &date, CLERK, action)).is_ok()
    }

    fn grant(&mut self, wish: &Wish, day: u8) {
        let money = |cents: u32| euros(cents.into());
        let plus = |cents: u32| i64::from(cents);
        match *wish {
            Wish::Receive(receipt, amount) => {
                let id = format!("R{receipt}");
                let entry = json!({ "id": id, "amount": money(amount), "currency": "EUR", "value_date": format!("2026-01-{day:02}"),
                    "receipts": [{ "id": id, "amount": money(amount), "customer": "acme" }] });
                if self.send("cash_book", day, json!({ "kind": "receive", "entry": entry }))
                    && !self.days.contains_key(&receipt)
                {
                    self.sums.push((day, -plus(amount)));
                    self.days.insert(receipt, day);
                }
            }
            Wish::Reserve(receipt, item, amount, other) => {
                let part = |item: u8, cents: u32| json!({ "item": format!("I{item}"), "cash": money(cents), "currency": "EUR" });
                let mut allocations = vec![part(item, amount)];
                if other > 1_000 {
                    allocations.push(part((item + 1) % 4, other));
                }
                self.send(
                    "cash_book",
                    day,
                    json!({ "kind": "reserve", "account": "acme", "receipt": format!("R{receipt}"),
                    "allocations": allocations }),
                );
            }
            Wish::Unapply(receipt, count) => {
                let reservation = format!("pay:bank:R{receipt}:acme:{count}");
                self.send(
                    "account",
                    day,
                    json!({ "kind": "unapply", "reservation": reservation, "reason": "wrong" }),
                );
            }
            Wish::Refund(receipt, amount) => {
                let action = json!({ "kind": "refund", "id": format!("F{}", self.count), "receipt": format!("R{receipt}"),
                    "amount": money(amount), "currency": "EUR", "payee": "acme", "reason": "surplus" });
                if self.send("cash_book", day, action) {
                    self.sums.push((day.max(self.days[&receipt]), plus(amount)));
                }
            }
            Wish::Reverse(receipt) => {
                let amount = self.amount(receipt);
                if self.send(
                    "cash_book",
                    day,
                    json!({ "kind": "reverse", "receipt": format!("R{receipt}"), "reason": "MD06" }),
                ) {
                    self.sums.push((day.max(self.days[&receipt]), amount));
                }
            }
            Wish::Credit(item, amount) => {
                let scope = json!({ "kind": "gross", "amount": money(amount), "currency": "EUR" });
                let action = json!({ "kind": "credit", "id": format!("C{}", self.written.len()), "invoice": format!("I{item}"),
                    "effect": "forgive", "reason": "goodwill", "scope": scope });
                if self.send("account", day, action) {
                    self.sums.push((day, -plus(amount)));
                    self.written.insert(format!("C{}", self.written.len()), day);
                }
            }
            Wish::UseCredit(credit, item, amount) => {
                let from = if credit == 5 { "I3".to_owned() } else { format!("C{credit}") };
                self.send(
                    "account",
                    day,
                    json!({ "kind": "apply_credit", "from": from, "to": format!("I{item}"),
                    "amount": money(amount), "currency": "EUR" }),
                );
            }
            Wish::RefundCredit(credit, amount) => {
                let from = if credit == 5 { "I3".to_owned() } else { format!("C{credit}") };
                if self.send(
                    "account",
                    day,
                    json!({ "kind": "refund_credit", "id": format!("P{}", self.count), "item": from,
                    "amount": money(amount), "currency": "EUR", "book": "bank", "reason": "asked" }),
                ) {
                    self.sums.push((day, plus(amount)));
                }
            }
            Wish::WriteOff(item, amount) => {
                let id = format!("W{}", self.written.len());
                if self.send(
                    "account",
                    day,
                    json!({ "kind": "write_off", "id": id, "item": format!("I{item}"),
                    "amount": money(amount), "currency": "EUR", "reason": "small" }),
                ) {
                    self.sums.push((day, -plus(amount)));
                    self.written.insert(id, day);
                }
            }
            Wish::Recover(write_off, amount) => {
                let id = format!("W{write_off}");
                let action = json!({ "kind": "recover", "write_off": id, "amount": money(amount), "currency": "EUR", "reason": "paid" });
                if self.send("account", day, action) {
                    self.sums.push((day.max(self.written[&id]), plus(amount)));
                }
            }
            Wish::Dispute(item, amount) => {
                self.send("account", day, json!({ "kind": "open_dispute", "dispute": format!("D{}", self.count),
                    "invoice": format!("I{item}"), "amount": money(amount), "currency": "EUR", "reason_code": "price" }));
            }
            Wish::Deliver(place) => self.deliver(place.into()),
            Wish::DeliverAgain(place) => {
                if let Some(sent) = self.delivered.get(usize::from(place)).cloned() {
                    assert_eq!(self.give(&sent), Ok(false), "{sent}");
                }
            }
        }
    }

    fn deliver(&mut self, place: usize) {
        if self.waiting.is_empty() {
            return;
        }
        let sent = self.waiting.remove(place % self.waiting.len());
        assert_eq!(self.give(&sent), Ok(true), "{sent}");
        self.delivered.push(sent);
    }

    fn book(&self) -> &CashBook {
        match &self.logs[&address("cash_book", "bank").to_string()] {
            Log::CashBook(book) => book,
            other @ (Log::Account(_) | Log::Rulebook(_) | Log::Series(_)) => panic!("{other:?}"),
        }
    }

    fn account(&self) -> &Account {
        match &self.logs[&address("account", "acme").to_string()] {
            Log::Account(account) => account,
            other @ (Log::CashBook(_) | Log::Rulebook(_) | Log::Series(_)) => panic!("{other:?}"),
        }
    }

    fn amount(&self, receipt: u8) -> i64 {
        let id = format!("R{receipt}");
        self.book()
            .receipts()
            .find(|state| state.receipt.id.as_str() == id)
            .map_or(0, |state| state.receipt.amount.units())
    }

    fn control(&self, day: u8) -> i64 {
        let logs: Vec<&Log> =
            self.logs.values().filter(|log| matches!(log, Log::Account(_) | Log::CashBook(_))).collect();
        let request = json!({ "as_of": format!("2026-01-{day:02}") }).to_string();
        let aging: Value =
            serde_json::from_slice(&wire::aging(&self.rulebook, &logs, request.as_bytes()).unwrap()).unwrap();
        let total = aging["sections"][0]["control_total"].as_str().unwrap_or("0.00");
        total.replace('.', "").parse().unwrap()
    }

    fn check(&self) {
        for day in [1, 4, 8, 12, 16, 20, 24, 28] {
            let expected: i64 = self.sums.iter().filter(|(from, _)| *from <= day).map(|(_, sum)| sum).sum();
            assert_eq!(self.control(day), expected, "as of the {day}th");
            let date = Date::parse(&format!("2026-01-{day:02}")).unwrap();
            for item in self.account().ledger().items() {
                let (open, total) = (item.open_at(date), item.terms().total);
                let within = if item.is_credit() {
                    total <= open && open.units() <= 0
                } else {
                    open.units() >= 0 && open <= total
                };
                assert!(within, "{} on {date}: {open:?} of {total:?}", item.terms().id);
                assert!(item.disputed_at(date) <= open.max(duebill::money::Minor::ZERO));
            }
        }
        for state in self.book().receipts() {
            assert!(state.reversed.is_some() || state.left().units() >= 0);
        }
    }

    /// With nothing on its way every receipt is what became of it.
    fn settle(&mut self) {
        while !self.waiting.is_empty() {
            self.deliver(0);
        }
        self.check();
        let late = Date::parse("2026-12-31").unwrap();
        for state in self.book().receipts() {
            let own: Vec<_> = self.book().reservations_of(&state.receipt.id).collect();
            assert!(own.iter().all(|one| one.status != ReservationStatus::Pending));
            let applied = own.iter().filter(|one| one.status == ReservationStatus::Confirmed);
            let cash: i64 = applied.map(|one| one.reservation.cash().unwrap().units()).sum();
            let reversed = if state.reversed.is_some() { state.receipt.amount.units() } else { 0 };
            let unapplied = self.book().unapplied_at(state, late, &BTreeMap::new()).units();
            assert_eq!(state.receipt.amount.units(), cash + unapplied + state.refunded.units() + reversed);
            assert!(state.reversed.is_none() || cash == 0, "a receipt taken back pays nothing");
            assert_eq!(unapplied, state.left().units());
        }
        for (at, log) in &self.logs {
            assert!(!at.is_empty() && wire::head(log).starts_with(b"{"));
        }
    }
}

proptest! {
    #![proptest_config(crate::effort::cases(128))]

    #[test]
    fn money_keeps_its_equations(wishes in prop::collection::vec((wish(), 1..29_u8), 1..60)) {
        let mut world = World::new();
        for (wish, day) in &wishes {
            world.grant(wish, *day);
            world.check();
        }
        world.settle();
    }
}
