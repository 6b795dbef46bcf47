//! Money that goes back: allocations taken back, refunds, receipts that the bank takes back; in every
//! order of delivery the control total holds at every step, and nothing is spent twice.

use std::collections::BTreeMap;

use duebill::rulebook::Rulebook;
use duebill::wire::{self, Log};
use serde_json::{Value, json};

use super::month::{Host, address, command};

const CLERK: (&str, &str) = ("clara", "billing");

pub fn opening(host: &mut Host, items: Value) {
    host.deliver(command(
        "account",
        "acme",
        "opening",
        "2026-01-01",
        CLERK,
        json!({
            "kind": "import_opening", "cutover": "2026-01-01", "items": items,
        }),
    ))
    .unwrap();
}

pub fn item(id: &str, open: &str, total: &str) -> Value {
    json!({ "id": id, "number": format!("N-{id}"), "customer": "acme", "currency": "EUR", "issued": "2025-12-01",
        "due": "2025-12-31", "open": open, "total": total })
}

pub fn receive(id: &str, date: &str, amount: &str) -> Value {
    command(
        "cash_book",
        "bank",
        &format!("in-{id}"),
        date,
        CLERK,
        json!({
            "kind": "receive", "entry": { "id": id, "amount": amount, "currency": "EUR", "value_date": date,
                "receipts": [{ "id": id, "amount": amount, "customer": "acme" }] },
        }),
    )
}

pub fn reserve(id: &str, date: &str, receipt: &str, parts: &[(&str, &str)]) -> Value {
    let allocations: Vec<Value> =
        parts.iter().map(|(item, cash)| json!({ "item": item, "cash": cash, "currency": "EUR" })).collect();
    command(
        "cash_book",
        "bank",
        id,
        date,
        CLERK,
        json!({
            "kind": "reserve", "account": "acme", "receipt": receipt, "allocations": allocations,
        }),
    )
}

fn book(id: &str, date: &str, action: Value) -> Value {
    command("cash_book", "bank", id, date, CLERK, action)
}

fn account(id: &str, date: &str, action: Value) -> Value {
    command("account", "acme", id, date, CLERK, action)
}

fn refused(host: &mut Host, sent: Value) -> &'static str {
    host.deliver(sent).unwrap_err().code().name
}

pub fn control(host: &Host, date: &str) -> String {
    let aging = host.aging(date);
    let euros = aging["sections"].as_array().unwrap().iter().find(|section| section["currency"] == "EUR");
    euros.map_or("0.00", |section| section["control_total"].as_str().unwrap()).to_owned()
}

fn items(host: &Host, date: &str) -> BTreeMap<String, String> {
    let view = host.report("account", "acme", json!({ "kind": "account", "as_of": date }));
    let items = view["opening_items"].as_array().unwrap().iter();
    items.map(|item| (item["id"].as_str().unwrap().into(), item["open"].as_str().unwrap().into())).collect()
}

fn receipt(host: &Host, date: &str) -> Value {
    host.report("cash_book", "bank", json!({ "kind": "cash_book", "as_of": date }))["receipts"][0].clone()
}

/// Two items, one receipt that pays one whole and the other in part.
fn paid() -> Host {
    let mut host = Host::new();
    opening(&mut host, json!([item("A", "90.00", "190.00"), item("B", "50.00", "50.00")]));
    host.deliver(receive("R", "2026-01-10", "120.00")).unwrap();
    host.deliver(reserve("pay", "2026-01-10", "R", &[("A", "90.00"), ("B", "20.00")])).unwrap();
    assert!(host.declined.is_empty());
    host
}

const KEY: &str = "pay:bank:R:acme:0";

#[test]
fn an_allocation_taken_back_restores_every_open_amount_and_the_money() {
    let mut host = paid();
    assert_eq!(control(&host, "2026-01-31"), "20.00");
    host.deliver(account(
        "back",
        "2026-02-01",
        json!({ "kind": "unapply", "reservation": KEY, "reason": "wrong-invoice" }),
    ))
    .unwrap();
    // As of a day before, the money still stands on the items.
    assert_eq!(
        items(&host, "2026-01-31"),
        [("A".into(), "0.00".into()), ("B".into(), "30.00".into())].into()
    );
    assert_eq!(
        items(&host, "2026-02-01"),
        [("A".into(), "90.00".into()), ("B".into(), "50.00".into())].into()
    );
    assert_eq!(receipt(&host, "2026-01-31")["unapplied"], "10.00");
    assert_eq!(receipt(&host, "2026-02-01")["unapplied"], "120.00");
    for date in ["2026-01-10", "2026-01-31", "2026-02-01"] {
        assert_eq!(control(&host, date), "20.00", "{date}");
    }
    // The same money pays again, under a key of its own; not back in time, where it is spent.
    assert_eq!(
        refused(&mut host, reserve("early", "2026-01-20", "R", &[("B", "50.00")])),
        "receipt-overspent"
    );
    host.deliver(reserve("again", "2026-02-01", "R", &[("B", "50.00")])).unwrap();
    assert!(host.declined.is_empty(), "{:?}", host.declined);
    assert_eq!(items(&host, "2026-02-01")["B"], "0.00");
    let twice = json!({ "kind": "unapply", "reservation": KEY, "reason": "again" });
    assert_eq!(refused(&mut host, account("back-2", "2026-02-02", twice)), "reservation-unapplied");
    let nothing = json!({ "kind": "unapply", "reservation": "pay:bank:R:acme:7", "reason": "again" });
    assert_eq!(refused(&mut host, account("back-3", "2026-02-02", nothing)), "applied-unknown");
}

#[test]
fn nothing_falls_below_nothing_on_any_day_in_between() {
    let mut host = paid();
    let back = json!({ "kind": "unapply", "reservation": KEY, "reason": "wrong-invoice" });
    host.deliver(account("back", "2026-02-01", back)).unwrap();
    // A is open in whole again, but until the end of January the money stood on it: nothing could be
    // written off then, and of B no more than the 30.00 that were open.
    let write_off = |id: &str, item: &str, date: &str, amount: &str| {
        account(
            &format!("{id}-{date}"),
            date,
            json!({ "kind": "write_off", "id": id, "item": item, "amount": amount,
            "currency": "EUR", "reason": "small" }),
        )
    };
    assert_eq!(refused(&mut host, write_off("W1", "A", "2026-01-20", "0.01")), "over-allocation");
    assert_eq!(refused(&mut host, write_off("W2", "B", "2026-01-31", "30.01")), "over-allocation");
    host.deliver(write_off("W3", "B", "2026-01-31", "30.00")).unwrap();
    assert_eq!(items(&host, "2026-01-31")["B"], "0.00");
    assert_eq!(items(&host, "2026-02-01")["B"], "20.00");
    host.deliver(write_off("W4", "A", "2026-02-01", "90.00")).unwrap();
    for (date, total) in [("2026-01-30", "20.00"), ("2026-01-31", "-10.00"), ("2026-02-01", "-100.00")] {
        assert_eq!(control(&host, date), total, "{date}");
    }
}

#[test]
fn what_was_known_then_can_be_asked_for_later() {
    let mut host = paid();
    let back = json!({ "kind": "unapply", "reservation": KEY, "reason": "wrong-invoice" });
    // Recorded in March, effective in January: as of the end of January it depends on when one asks.
    let mut sent = account("back", "2026-03-05", back);
    sent["stamp"]["effective"] = json!("2026-01-15");
    host.deliver(sent).unwrap();
    let ask = |known: Option<&str>| {
        let mut question = json!({ "kind": "account", "as_of": "2026-01-31" });
        if let Some(known) = known {
            question["known"] = json!(known);
        }
        let view = host.report("account", "acme", question);
        view["opening_items"][0]["open"].as_str().unwrap().to_owned()
    };
    assert_eq!(ask(Some("2026-02-28T00:00:00Z")), "0.00");
    assert_eq!(ask(Some("2026-03-05T12:00:00Z")), "90.00");
    assert_eq!(ask(None), "90.00");
    let question = json!({ "kind": "cash_book", "as_of": "2026-01-31", "known": "2026-02-28T00:00:00Z" });
    assert_eq!(host.report("cash_book", "bank", question)["receipts"][0]["unapplied"], "10.00");
}

#[test]
fn unapplied_money_goes_back_and_no_more_than_that() {
    let mut host = paid();
    let refund = |id: &str, amount: &str, currency: &str| {
        book(
            &format!("c-{id}-{amount}-{currency}"),
            "2026-02-01",
            json!({
            "kind": "refund", "id": id, "receipt": "R", "amount": amount, "currency": currency, "payee": "acme",
            "reason": "paid-too-much" }),
        )
    };
    assert_eq!(refused(&mut host, refund("F", "10.01", "EUR")), "receipt-overspent");
    assert_eq!(refused(&mut host, refund("F", "0.00", "EUR")), "receipt-amount");
    assert_eq!(refused(&mut host, refund("F", "5.00", "USD")), "receipt-currency");
    host.deliver(refund("F", "4.00", "EUR")).unwrap();
    assert_eq!(refused(&mut host, refund("F", "1.00", "EUR")), "refund-twice");
    assert_eq!(refused(&mut host, refund("G", "6.01", "EUR")), "receipt-overspent");
    host.deliver(refund("G", "6.00", "EUR")).unwrap();
    let shown = receipt(&host, "2026-02-01");
    assert_eq!((&shown["unapplied"], &shown["refunded"]), (&json!("0.00"), &json!("10.00")));
    assert_eq!(control(&host, "2026-01-31"), "20.00");
    assert_eq!(control(&host, "2026-02-01"), "30.00");
    assert_eq!(shown["refunds"][0]["reason"], "paid-too-much");
}

#[test]
fn a_receipt_taken_back_by_the_bank_restores_every_open_amount() {
    let mut host = paid();
    let reverse =
        |id: &str| book(id, "2026-02-10", json!({ "kind": "reverse", "receipt": "R", "reason": "MD06" }));
    host.deliver(reverse("charge-back")).unwrap();
    assert_eq!(
        items(&host, "2026-02-10"),
        [("A".into(), "90.00".into()), ("B".into(), "50.00".into())].into()
    );
    let shown = receipt(&host, "2026-02-10");
    assert_eq!((&shown["unapplied"], &shown["reversed"]), (&json!("0.00"), &json!("2026-02-10")));
    assert_eq!(shown["reservations"][0]["status"], "unapplied");
    assert_eq!(control(&host, "2026-02-09"), "20.00");
    assert_eq!(control(&host, "2026-02-10"), "140.00");
    assert_eq!(refused(&mut host, reverse("again")), "receipt-reversed");
    assert_eq!(refused(&mut host, reserve("more", "2026-02-11", "R", &[("A", "1.00")])), "receipt-overspent");
    let refund = json!({ "kind": "refund", "id": "F", "receipt": "R", "amount": "1.00", "currency": "EUR",
        "payee": "acme", "reason": "x" });
    assert_eq!(refused(&mut host, book("refund", "2026-02-11", refund)), "receipt-reversed");
}

#[test]
fn refunded_and_then_taken_back_the_payer_owes_the_refund() {
    let mut host = paid();
    host.deliver(book(
        "refund",
        "2026-02-01",
        json!({ "kind": "refund", "id": "F", "receipt": "R", "amount": "10.00",
        "currency": "EUR", "payee": "acme", "reason": "paid-too-much" }),
    ))
    .unwrap();
    host.deliver(book("back", "2026-02-10", json!({ "kind": "reverse", "receipt": "R", "reason": "MD06" })))
        .unwrap();
    assert_eq!(receipt(&host, "2026-02-10")["unapplied"], "-10.00");
    assert_eq!(control(&host, "2026-02-10"), "150.00");
    let reversal = host.stored[&address("cash_book", "bank").to_string()]
        .iter()
        .find(|stored| stored["record"]["events"][0]["kind"] == "reversed")
        .unwrap();
    assert_eq!(reversal["findings"][0]["name"], "receipt-below-zero");
}

#[test]
fn one_bank_line_of_several_payers_and_one_nobody_knows() {
    let mut host = Host::new();
    opening(&mut host, json!([item("A", "90.00", "90.00")]));
    host.deliver(book(
        "in",
        "2026-01-10",
        json!({ "kind": "receive", "entry": {
        "id": "L", "amount": "150.00", "currency": "EUR", "value_date": "2026-01-10",
        "receipts": [{ "id": "L-1", "amount": "90.00" }, { "id": "L-2", "amount": "60.00" }] } }),
    ))
    .unwrap();
    assert_eq!(control(&host, "2026-01-10"), "-60.00");
    host.deliver(book(
        "whose",
        "2026-01-12",
        json!({ "kind": "assign", "receipt": "L-1", "customer": "acme" }),
    ))
    .unwrap();
    host.deliver(reserve("pay", "2026-01-12", "L-1", &[("A", "90.00")])).unwrap();
    let other = json!({ "kind": "assign", "receipt": "L-1", "customer": "globex" });
    assert_eq!(refused(&mut host, book("not-his", "2026-01-13", other.clone())), "receipt-assigned");
    host.deliver(account(
        "back",
        "2026-01-14",
        json!({ "kind": "unapply", "reservation": "pay:bank:L-1:acme:0",
        "reason": "not-theirs" }),
    ))
    .unwrap();
    host.deliver(book("his", "2026-01-14", other)).unwrap();
    assert_eq!(control(&host, "2026-01-14"), "-60.00");
}

#[test]
fn differences_need_a_reason_and_a_rule() {
    let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    document["policy"]["adjustments"] = json!({ "withholding_percent": "15", "write_off_tolerance": "1" });
    let rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
    let mut host = Host::new();
    host.rulebook = rulebook;
    opening(&mut host, json!([item("A", "100.00", "100.00"), item("B", "100.00", "100.00")]));
    host.deliver(receive("R", "2026-01-10", "200.00")).unwrap();
    let pay = |id: &str, item: &str, cash: &str, adjustments: Value| {
        let allocations =
            json!([{ "item": item, "cash": cash, "currency": "EUR", "adjustments": adjustments }]);
        book(
            id,
            "2026-01-10",
            json!({ "kind": "reserve", "account": "acme", "receipt": "R", "allocations": allocations }),
        )
    };
    let one = |kind: &str, amount: &str| json!([{ "kind": kind, "amount": amount, "reason": "r-1" }]);
    let no_reason = json!([{ "kind": "withholding", "amount": "1.00" }]);
    assert_eq!(refused(&mut host, pay("a", "A", "99.00", no_reason)), "adjustment-reason");
    assert_eq!(
        refused(&mut host, pay("b", "A", "99.00", one("exchange_difference", "1.00"))),
        "adjustment-kind"
    );
    assert_eq!(refused(&mut host, pay("c", "A", "99.00", one("withholding", "-1.00"))), "adjustment-amount");
    for (place, (kind, cash, amount)) in
        [("withholding", "84.99", "15.01"), ("write_off", "98.99", "1.01"), ("discount", "99.99", "0.01")]
            .into_iter()
            .enumerate()
    {
        host.deliver(pay(&format!("d-{place}"), "A", cash, one(kind, amount))).unwrap();
    }
    assert_eq!(host.declined, ["adjustment-amount"; 3]);
    // It was recorded, so it blocks nothing.
    let declined = host.stored[&address("account", "acme").to_string()].last().unwrap();
    assert_eq!(declined["findings"][0]["name"], "adjustment-amount");
    assert_eq!(declined["findings"][0]["severity"], "warn");
    host.deliver(pay("e", "A", "85.00", one("withholding", "15.00"))).unwrap();
    host.deliver(pay("f", "B", "99.00", one("write_off", "1.00"))).unwrap();
    assert_eq!(host.declined.len(), 3);
    assert_eq!(items(&host, "2026-01-10"), [("A".into(), "0.00".into()), ("B".into(), "0.00".into())].into());
    // What closed them is money, with its differences; the money left is unapplied.
    assert_eq!(receipt(&host, "2026-01-10")["unapplied"], "16.00");
    assert_eq!(control(&host, "2026-01-10"), "-16.00");
}

/// Logs and the ready commands on their way: a network that delivers late, twice, in any order.
#[derive(Clone)]
struct Network {
    logs: BTreeMap<String, Log>,
    waiting: Vec<Value>,
    sent: Vec<Value>,
}

impl Network {
    fn give(&mut self, rulebook: &Rulebook, sent: &Value) -> Result<(), duebill::finding::Refusal> {
        let log = self.logs.get_mut(&sent["log"].to_string()).unwrap();
        let answer = wire::decide(log, rulebook, sent.to_string().as_bytes())?;
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        if answer["outcome"] == "recorded" {
            let (record, hash) = (answer["record"].to_string(), answer["hash"].as_str().unwrap().to_owned());
            wire::apply(log, record.as_bytes(), hash.as_bytes(), answer["detached"].to_string().as_bytes())?;
            self.waiting
                .extend(answer["intents"].as_array().unwrap().iter().map(|one| one["command"].clone()));
        }
        self.sent.push(sent.clone());
        Ok(())
    }

    fn control(&self, rulebook: &Rulebook, date: &str) -> String {
        let logs: Vec<&Log> =
            self.logs.values().filter(|log| matches!(log, Log::Account(_) | Log::CashBook(_))).collect();
        let request = json!({ "as_of": date }).to_string();
        let aging: Value =
            serde_json::from_slice(&wire::aging(rulebook, &logs, request.as_bytes()).unwrap()).unwrap();
        aging["sections"][0]["control_total"].as_str().unwrap_or("0.00").to_owned()
    }
}

/// Every order in which what waits can be delivered, each command a second time at some later point.
fn every_order(network: &Network, rulebook: &Rulebook, check: &mut impl FnMut(&Network), runs: &mut usize) {
    check(network);
    if network.waiting.is_empty() {
        *runs += 1;
        let mut again = network.clone();
        let heads: Vec<_> = again.logs.values().map(wire::head).collect();
        for sent in network.sent.clone() {
            again.give(rulebook, &sent).unwrap();
        }
        assert_eq!(
            heads,
            again.logs.values().map(wire::head).collect::<Vec<_>>(),
            "a second delivery did something"
        );
        return;
    }
    for place in 0..network.waiting.len() {
        let mut next = network.clone();
        let sent = next.waiting.remove(place);
        next.give(rulebook, &sent).unwrap_or_else(|refusal| panic!("{sent}: {refusal}"));
        every_order(&next, rulebook, check, runs);
    }
}

#[test]
fn a_crash_between_any_two_steps_leaves_money_visible_and_spent_once() {
    let host = {
        let mut host = Host::new();
        opening(&mut host, json!([item("A", "90.00", "90.00"), item("B", "50.00", "50.00")]));
        host.deliver(receive("R", "2026-01-10", "100.00")).unwrap();
        host
    };
    let rulebook = host.rulebook.clone();
    let mut network = Network { logs: host.logs.clone(), waiting: Vec::new(), sent: Vec::new() };
    // Two reservations, nothing delivered, and the bank takes the receipt back.
    network.give(&rulebook, &reserve("one", "2026-01-10", "R", &[("A", "60.00")])).unwrap();
    network.give(&rulebook, &reserve("two", "2026-01-10", "R", &[("A", "30.00"), ("B", "10.00")])).unwrap();
    assert_eq!(network.control(&rulebook, "2026-01-10"), "40.00");
    let reverse = json!({ "kind": "reverse", "receipt": "R", "reason": "MD06" });
    network.give(&rulebook, &book("back", "2026-01-12", reverse)).unwrap();
    let mut runs = 0;
    let mut check = |network: &Network| {
        assert_eq!(network.control(&rulebook, "2026-01-11"), "40.00");
        assert_eq!(network.control(&rulebook, "2026-01-12"), "140.00");
        let Log::CashBook(book) = &network.logs[&address("cash_book", "bank").to_string()] else { panic!() };
        if network.waiting.is_empty() {
            assert_eq!(book.receipts().next().unwrap().left().units(), 0);
            let Log::Account(account) = &network.logs[&address("account", "acme").to_string()] else {
                panic!()
            };
            assert!(account.ledger().items().all(|item| item.open() == item.terms().open));
        }
    };
    every_order(&network, &rulebook, &mut check, &mut runs);
    assert!(runs > 100, "{runs}");
}

#[test]
fn money_taken_back_by_hand_meets_its_confirmation_in_any_order() {
    let host = {
        let mut host = Host::new();
        opening(&mut host, json!([item("A", "90.00", "90.00")]));
        host.deliver(receive("R", "2026-01-10", "100.00")).unwrap();
        host
    };
    let rulebook = host.rulebook.clone();
    let mut network = Network { logs: host.logs.clone(), waiting: Vec::new(), sent: Vec::new() };
    network.give(&rulebook, &reserve("one", "2026-01-10", "R", &[("A", "60.00")])).unwrap();
    let allocate = network.waiting.remove(0);
    network.give(&rulebook, &allocate).unwrap();
    let back = json!({ "kind": "unapply", "reservation": KEY, "reason": "wrong" });
    network.give(&rulebook, &account("back", "2026-01-12", back)).unwrap();
    let reverse = json!({ "kind": "reverse", "receipt": "R", "reason": "MD06" });
    network.give(&rulebook, &book("reverse", "2026-01-14", reverse)).unwrap();
    let mut runs = 0;
    let mut check = |network: &Network| {
        for (date, control) in [("2026-01-10", "-10.00"), ("2026-01-13", "-10.00"), ("2026-01-14", "90.00")] {
            assert_eq!(network.control(&rulebook, date), control, "{date}");
        }
    };
    every_order(&network, &rulebook, &mut check, &mut runs);
    assert_eq!(runs, 6);
}
