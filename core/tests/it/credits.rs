//! Credit notes and write-offs: capped, approved, numbered, mirrored to the last cent, never billed twice.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::money_back::{control, item, opening, receive, reserve};
use super::month::{Host, address, approve, command, january};

const CLERK: (&str, &str) = ("clara", "billing");
const BOSS: (&str, &str) = ("boris", "manager");
const INVOICE: &str = "monthly:2026-01-31:EUR";

fn account(id: &str, date: &str, action: Value) -> Value {
    command("account", "acme", id, date, CLERK, action)
}

fn credit(id: &str, invoice: &str, effect: &str, scope: Value) -> Value {
    account(
        &format!("credit-{id}"),
        "2026-02-10",
        json!({
        "kind": "credit", "id": id, "invoice": invoice, "effect": effect, "reason": "goodwill", "scope": scope }),
    )
}

fn gross(amount: &str) -> Value {
    json!({ "kind": "gross", "amount": amount, "currency": "EUR" })
}

fn whole() -> Value {
    json!({ "kind": "whole" })
}

fn refused(host: &mut Host, sent: Value) -> &'static str {
    host.deliver(sent).unwrap_err().code().name
}

fn view(host: &Host, date: &str) -> Value {
    host.report("account", "acme", json!({ "kind": "account", "as_of": date }))
}

/// Approves or rejects everything that waits.
fn decide(host: &mut Host, verdict: &str) {
    let view = view(host, "2026-02-10");
    for waiting in view["approvals"].as_array().unwrap().iter().filter(|waiting| waiting["open"] == true) {
        let id = format!("{verdict}-{}", waiting["subject"].as_str().unwrap());
        let action = json!({ "kind": "decide_approval", "subject": waiting["subject"], "digest": waiting["digest"],
            "verdict": verdict });
        host.deliver(command("account", "acme", &id, "2026-02-11", BOSS, action)).unwrap();
    }
}

/// January, issued: 452.30 and 19 % tax, 538.24.
fn issued() -> Host {
    let mut host = Host::new();
    january(&mut host);
    approve(&mut host, "acme");
    host
}

/// A credit note goes by the references of its invoice, whatever the customer's are since.
#[test]
fn a_credit_note_names_the_contract_of_its_invoice() {
    let under = |host: &mut Host, contract: &str| {
        let mut document: Value =
            serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
        document["policy"]["approvals"] = json!([]);
        document["terms"][0]["buyer_reference"] = json!(format!("of {contract}"));
        document["terms"][0]["contract"] = json!(contract);
        host.rulebook = duebill::wire::compile(document.to_string().as_bytes()).unwrap();
    };
    let mut host = Host::new();
    under(&mut host, "C-1");
    january(&mut host);
    under(&mut host, "C-2");
    host.deliver(credit("N", INVOICE, "forgive", whole())).unwrap();
    let header = &view(&host, "2026-02-10")["credits"][0]["header"];
    assert_eq!((&header["contract"], &header["buyer_reference"]), (&json!("C-1"), &json!("of C-1")));
}

/// From now on nothing needs an approval.
fn unasked(mut host: Host) -> Host {
    let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    document["policy"]["approvals"] = json!([]);
    host.rulebook = duebill::wire::compile(document.to_string().as_bytes()).unwrap();
    host
}

fn pay(host: &mut Host, amount: &str) {
    host.deliver(receive("R", "2026-02-05", amount)).unwrap();
    host.deliver(reserve("pay", "2026-02-05", "R", &[(INVOICE, amount)])).unwrap();
    assert!(host.declined.is_empty(), "{:?}", host.declined);
}

fn cents(amount: &Value) -> i64 {
    amount.as_str().unwrap().replace('.', "").parse().unwrap()
}

fn sum(notes: &[&Value], field: &str) -> i64 {
    notes.iter().map(|note| cents(&note["totals"][field])).sum()
}

#[test]
fn three_credits_leave_what_they_should() {
    let mut host = unasked(Host::new());
    opening(&mut host, json!([item("A", "334.99", "334.99"), item("B", "100.00", "100.00")]));
    for (id, amount) in [("C1", "82.00"), ("C2", "69.00"), ("C3", "102.00")] {
        host.deliver(credit(id, "A", "forgive", gross(amount))).unwrap();
    }
    assert_eq!(view(&host, "2026-02-10")["opening_items"][0]["open"], "81.99");
    assert_eq!(refused(&mut host, credit("C4", "A", "forgive", gross("82.00"))), "credit-over");
    host.deliver(credit("C5", "A", "forgive", whole())).unwrap();
    let shown = view(&host, "2026-02-10");
    assert_eq!(shown["opening_items"][0]["label"], "credited");
    assert_eq!(shown["credits"][3]["totals"]["gross"], "81.99");
    assert_eq!(shown["credits"][3]["number"], "INV-2026-0004");
    assert_eq!(control(&host, "2026-02-09"), "434.99");
    assert_eq!(control(&host, "2026-02-10"), "100.00");
    // It has no lines here, so no work to bill again and no lines to name.
    assert_eq!(refused(&mut host, credit("C6", "B", "rebill", whole())), "credit-without-lines");
    let lines = json!({ "kind": "lines", "lines": ["B:1"] });
    assert_eq!(refused(&mut host, credit("C7", "B", "forgive", lines)), "credit-without-lines");
    let dollars = json!({ "kind": "gross", "amount": "1.00", "currency": "USD" });
    assert_eq!(refused(&mut host, credit("C8", "B", "forgive", dollars)), "credit-currency");
    assert_eq!(refused(&mut host, credit("A", "B", "forgive", gross("1.00"))), "id-taken");
    let taxes = json!([{ "base": "80.00", "category": "standard", "percent": "19", "tax": "15.20" }]);
    let wrong = json!({ "kind": "gross", "amount": "95.00", "currency": "EUR", "taxes": taxes });
    assert_eq!(refused(&mut host, credit("C9", "B", "forgive", wrong)), "credit-taxes");
    let right = json!({ "kind": "gross", "amount": "95.20", "currency": "EUR", "taxes": taxes });
    host.deliver(credit("D", "B", "forgive", right)).unwrap();
    assert_eq!(view(&host, "2026-02-10")["opening_items"][1]["open"], "4.80");
}

#[test]
fn parts_of_an_invoice_mirror_it_to_the_cent() {
    let mut host = unasked(issued());
    let lines: Vec<Value> = view(&host, "2026-02-10")["invoices"][0]["lines"].as_array().unwrap().clone();
    let named = |code: &str, net: &str| -> String {
        let found = lines.iter().find(|line| line["code"] == code && line["net"] == net);
        found.unwrap_or_else(|| panic!("{lines:#?}"))["id"].as_str().unwrap().to_owned()
    };
    let ssd = named("hardware", "159.80");
    let one = json!({ "kind": "quantities", "quantities": [{ "line": ssd, "quantity": "1" }] });
    host.deliver(credit("C1", INVOICE, "forgive", one)).unwrap();
    let some = json!({ "kind": "amounts", "currency": "EUR", "amounts": [{ "line": ssd, "net": "33.33" }] });
    host.deliver(credit("C2", INVOICE, "forgive", some)).unwrap();
    host.deliver(credit("C3", INVOICE, "forgive", gross("0.01"))).unwrap();
    let block = json!({ "kind": "lines", "lines": [named("prepaid", "180.00")] });
    host.deliver(credit("C4", INVOICE, "forgive", block)).unwrap();
    host.deliver(credit("C5", INVOICE, "forgive", whole())).unwrap();
    let shown = view(&host, "2026-02-10");
    let notes: Vec<&Value> = shown["credits"].as_array().unwrap().iter().collect();
    assert_eq!(notes[0]["totals"]["net"], "79.90");
    assert_eq!((sum(&notes, "net"), sum(&notes, "tax"), sum(&notes, "gross")), (45_230, 8_594, 53_824));
    assert_eq!(shown["invoices"][0]["open"], "0.00");
    assert_eq!(shown["invoices"][0]["label"]["label"], "credited");
    assert_eq!(refused(&mut host, credit("C6", INVOICE, "forgive", whole())), "credit-nothing");
    assert_eq!(refused(&mut host, credit("C7", INVOICE, "forgive", gross("0.01"))), "credit-over");
}

#[test]
fn what_waits_holds_its_room_and_gives_it_back() {
    let mut host = issued();
    host.deliver(credit("C1", INVOICE, "forgive", whole())).unwrap();
    let shown = view(&host, "2026-02-10");
    assert_eq!(
        (&shown["credits"][0]["state"], &shown["invoices"][0]["open"]),
        (&json!("awaiting_approval"), &json!("538.24"))
    );
    assert_eq!(refused(&mut host, credit("C2", INVOICE, "forgive", gross("0.01"))), "credit-over");
    let void = json!({ "kind": "void", "invoice": INVOICE, "reason": "wrong" });
    assert_eq!(refused(&mut host, account("void", "2026-02-10", void.clone())), "invoice-credited");
    decide(&mut host, "reject");
    host.deliver(credit("C3", INVOICE, "forgive", gross("100.00"))).unwrap();
    host.deliver(credit("C4", INVOICE, "forgive", whole())).unwrap();
    host.deliver(account(
        "drop",
        "2026-02-10",
        json!({ "kind": "void", "invoice": "C4", "reason": "wrong" }),
    ))
    .unwrap();
    assert_eq!(
        refused(
            &mut host,
            account("drop-3", "2026-02-10", json!({ "kind": "void", "invoice": "C3", "reason": "wrong" }))
        ),
        "invoice-state"
    );
    assert_eq!(view(&host, "2026-02-10")["invoices"][0]["open"], "438.24");
    // Rejected and void ones took no number.
    let numbers = host.report("series", "invoices", json!({ "kind": "numbers" }));
    assert_eq!(numbers["numbers"].as_array().unwrap().len(), 3);
    // With the money taken back nothing is allocated, and still the credit stands on it.
    assert_eq!(refused(&mut host, account("void-2", "2026-02-12", void)), "invoice-credited");
}

#[test]
fn work_is_billed_again_once_or_never() {
    for (effect, again) in [("rebill", true), ("forgive", false)] {
        let mut host = issued();
        let unbilled = |host: &Host| view(host, "2026-02-12")["unbilled"].as_array().unwrap().len();
        let before = unbilled(&host);
        assert_eq!(refused(&mut host, credit("C0", INVOICE, "rebill", gross("10.00"))), "credit-rebill-part");
        host.deliver(credit("C1", INVOICE, effect, whole())).unwrap();
        assert_eq!(unbilled(&host), before, "released before it was approved");
        decide(&mut host, "approve");
        assert_eq!(unbilled(&host) > before, again, "{effect}");
        let bill = |id: &str| {
            account(
                id,
                "2026-02-12",
                json!({
            "kind": "bill", "run": "again", "period": { "from": "2026-01-01", "to": "2026-01-31" } }),
            )
        };
        if again {
            host.deliver(bill("again")).unwrap();
            let shown = view(&host, "2026-02-12");
            let invoices = shown["invoices"].as_array().unwrap();
            let second = invoices.iter().find(|invoice| invoice["id"] == "again:2026-01-31:EUR").unwrap();
            assert_eq!(second["gross"], "538.24");
            assert_eq!(shown["blocks"][0]["drawn"], 7200);
        }
        assert_eq!(refused(&mut host, bill("once-more")), "nothing-to-bill");
    }
}

/// Two blocks of two hours on one invoice, three hours drawn: forgiven, what is left is taken back once.
#[test]
fn hours_of_two_blocks_sold_together_are_taken_back_once() {
    let mut host = unasked(Host::new());
    for sale in ["S-1", "S-2"] {
        let sell =
            json!({ "kind": "sell_block", "agreement": "acme-block", "customer": "acme", "sale": sale });
        host.deliver(account(sale, "2026-01-02", sell)).unwrap();
    }
    let time = json!({ "kind": "time", "start": "2026-01-12T09:00:00Z", "end": "2026-01-12T12:00:00Z" });
    let capture = json!({ "kind": "capture", "entries": [{ "id": "E", "ticket": "T", "work": time }],
        "tickets": [{ "id": "T", "customer": "acme", "closed": "2026-01-20T10:00:00Z" }] });
    host.deliver(account("work", "2026-01-31", capture)).unwrap();
    let period = json!({ "from": "2026-01-01", "to": "2026-01-31" });
    let bill = json!({ "kind": "bill", "run": "monthly", "period": period });
    host.deliver(account("bill", "2026-01-31", bill)).unwrap();
    let block = |host: &Host| {
        let block = view(host, "2026-02-12")["blocks"][0].clone();
        ["purchased", "drawn", "left"].map(|field| block[field].as_u64().unwrap())
    };
    assert_eq!(block(&host), [14_400, 10_800, 3_600]);
    host.deliver(credit("C1", INVOICE, "forgive", whole())).unwrap();
    assert_eq!(block(&host), [10_800, 10_800, 0]);
}

#[test]
fn who_asks_for_too_much_credit_is_told_how_much_is_left() {
    let refusal = issued().deliver(credit("C", INVOICE, "forgive", gross("999.00"))).unwrap_err();
    let message = &refusal.findings().next().unwrap().message;
    assert!(message.contains("538.24 EUR") && message.ends_with("got 999.00 EUR"), "{message}");
}

#[test]
fn work_on_two_lines_is_released_by_both() {
    let mut host = issued();
    let shown = view(&host, "2026-02-10");
    // E-2 was worked half before and half after six: it stands on more than one line.
    let lines = shown["invoices"][0]["lines"].as_array().unwrap();
    let on: Vec<&Value> = lines
        .iter()
        .filter(|line| line["charges"].as_array().unwrap().iter().any(|charge| charge["entry"] == "E-2"))
        .collect();
    assert!(on.len() > 1);
    let one = json!({ "kind": "lines", "lines": [on[0]["id"]] });
    assert_eq!(refused(&mut host, credit("C1", INVOICE, "rebill", one.clone())), "credit-splits-entry");
    host.deliver(credit("C2", INVOICE, "forgive", one)).unwrap();
}

#[test]
fn credit_of_a_paid_invoice_is_kept_used_and_paid_out() {
    let mut host = Host::new();
    opening(&mut host, json!([item("B", "100.00", "100.00")]));
    january(&mut host);
    approve(&mut host, "acme");
    pay(&mut host, "538.24");
    host.deliver(credit("C1", INVOICE, "forgive", gross("200.00"))).unwrap();
    let shown = view(&host, "2026-02-10");
    assert_eq!(
        (&shown["credits"][0]["open"], &shown["invoices"][0]["open"]),
        (&json!("-200.00"), &json!("0.00"))
    );
    assert_eq!(shown["credits"][0]["label"]["label"], "unused_credit");
    assert_eq!(shown["invoices"][0]["label"]["label"], "paid");
    assert_eq!(control(&host, "2026-02-10"), "-100.00");
    let apply = |id: &str, from: &str, to: &str, amount: &str, currency: &str| {
        account(
            id,
            "2026-02-12",
            json!({ "kind": "apply_credit", "from": from, "to": to, "amount": amount, "currency": currency }),
        )
    };
    assert_eq!(refused(&mut host, apply("a", "C1", "B", "100.01", "EUR")), "over-allocation");
    assert_eq!(refused(&mut host, apply("b", "C1", "B", "1.00", "USD")), "credit-target");
    assert_eq!(refused(&mut host, apply("c", "B", "C1", "1.00", "EUR")), "credit-target");
    assert_eq!(refused(&mut host, apply("d", "C1", "B", "0.00", "EUR")), "allocation-sign");
    assert_eq!(refused(&mut host, reserve("r", "2026-02-12", "R", &[("C1", "1.00")])), "receipt-overspent");
    host.deliver(apply("e", "C1", "B", "100.00", "EUR")).unwrap();
    assert_eq!(view(&host, "2026-02-12")["opening_items"][0]["label"], "credited");
    let refund = |id: &str, amount: &str| {
        account(
            &format!("f-{id}-{amount}"),
            "2026-02-13",
            json!({ "kind": "refund_credit", "id": id, "item": "C1", "amount": amount,
            "currency": "EUR", "book": "bank", "reason": "asked-for" }),
        )
    };
    assert_eq!(refused(&mut host, refund("F1", "100.01")), "over-allocation");
    host.deliver(refund("F1", "40.00")).unwrap();
    assert_eq!(refused(&mut host, refund("F1", "1.00")), "refund-twice");
    host.deliver(refund("F2", "60.00")).unwrap();
    assert_eq!(view(&host, "2026-02-13")["credits"][0]["label"]["label"], "used_credit");
    for (date, total) in [
        ("2026-02-09", "100.00"),
        ("2026-02-10", "-100.00"),
        ("2026-02-12", "-100.00"),
        ("2026-02-13", "0.00"),
    ] {
        assert_eq!(control(&host, date), total, "{date}");
    }
    let book = host.report("cash_book", "bank", json!({ "kind": "cash_book", "as_of": "2026-02-13" }));
    assert_eq!(book["payouts"].as_array().unwrap().len(), 2);
    assert_eq!(book["payouts"][0]["order"]["customer"], "acme");
}

#[test]
fn an_invoice_with_money_or_credit_on_it_is_not_voided() {
    let mut host = issued();
    pay(&mut host, "38.24");
    let void = |id: &str| {
        account(id, "2026-02-20", json!({ "kind": "void", "invoice": INVOICE, "reason": "wrong" }))
    };
    assert_eq!(refused(&mut host, void("v1")), "invoice-allocated");
    host.deliver(credit("C1", INVOICE, "forgive", gross("100.00"))).unwrap();
    let shown = host.report("cash_book", "bank", json!({ "kind": "cash_book", "as_of": "2026-02-20" }));
    let reservation = shown["receipts"][0]["reservations"][0]["id"].clone();
    host.deliver(account(
        "back",
        "2026-02-20",
        json!({ "kind": "unapply", "reservation": reservation, "reason": "x" }),
    ))
    .unwrap();
    assert_eq!(refused(&mut host, void("v2")), "invoice-credited");
}

#[test]
fn a_write_off_waits_for_its_approval_and_can_be_owed_again() {
    let mut host = issued();
    let write_off = |id: &str, amount: &str| {
        account(
            &format!("w-{id}-{amount}"),
            "2026-02-10",
            json!({ "kind": "write_off", "id": id, "item": INVOICE, "amount": amount,
            "currency": "EUR", "reason": "insolvent" }),
        )
    };
    assert_eq!(refused(&mut host, write_off("W1", "538.25")), "over-allocation");
    assert_eq!(refused(&mut host, write_off("W1", "0.00")), "allocation-sign");
    assert_eq!(refused(&mut host, write_off(INVOICE, "1.00")), "id-taken");
    host.deliver(write_off("W1", "250.00")).unwrap();
    host.deliver(write_off("W2", "288.24")).unwrap();
    let open = |host: &Host, date: &str| view(host, date)["invoices"][0]["open"].as_str().unwrap().to_owned();
    assert_eq!(open(&host, "2026-02-10"), "288.24");
    let recover = |id: &str, of: &str, amount: &str| {
        account(
            id,
            "2026-03-01",
            json!({ "kind": "recover", "write_off": of, "amount": amount, "currency": "EUR", "reason": "quota" }),
        )
    };
    assert_eq!(refused(&mut host, recover("r0", "W2", "1.00")), "write-off-unknown");
    decide(&mut host, "approve");
    assert_eq!(view(&host, "2026-02-11")["invoices"][0]["label"]["label"], "written_off");
    // What nobody owes is credited to nobody.
    assert_eq!(refused(&mut host, credit("C1", INVOICE, "forgive", gross("0.01"))), "credit-over");
    assert_eq!(refused(&mut host, recover("r1", "W1", "250.01")), "recovery-over");
    host.deliver(recover("r2", "W1", "38.24")).unwrap();
    assert_eq!((open(&host, "2026-02-28"), open(&host, "2026-03-01")), ("0.00".into(), "38.24".into()));
    host.deliver(receive("R", "2026-03-02", "38.24")).unwrap();
    host.deliver(reserve("pay", "2026-03-02", "R", &[(INVOICE, "38.24")])).unwrap();
    assert_eq!(view(&host, "2026-03-02")["invoices"][0]["label"]["label"], "paid");
    assert_eq!(refused(&mut host, recover("r3", "W1", "211.77")), "recovery-over");
    for (date, total) in
        [("2026-02-10", "288.24"), ("2026-02-11", "0.00"), ("2026-03-01", "38.24"), ("2026-03-02", "0.00")]
    {
        assert_eq!(control(&host, date), total, "{date}");
    }
}

#[test]
fn credit_notes_may_have_numbers_of_their_own() {
    let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    document["policy"]["billing"]["credit_series"] = json!("credits");
    let unknown = duebill::wire::compile(document.to_string().as_bytes()).unwrap_err();
    assert_eq!(unknown.first().path, "/policy/billing/credit_series");
    document["policy"]["numbering"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "series": "credits", "pattern": "CN-{counter:3}" }));
    let mut host = issued();
    host.rulebook = duebill::wire::compile(document.to_string().as_bytes()).unwrap();
    host.deliver(credit("C1", INVOICE, "forgive", gross("1.00"))).unwrap();
    assert_eq!(view(&host, "2026-02-10")["credits"][0]["number"], "CN-001");
    assert!(host.logs.contains_key(&address("series", "credits").to_string()));
}

/// What a random credit asks for.
#[derive(Debug, Clone)]
enum Ask {
    Gross(u32),
    Line(usize),
    Amount(usize, u32),
    Quantity(usize, u32),
}

fn ask() -> impl Strategy<Value = Ask> {
    prop_oneof![
        (1..9_000_u32).prop_map(Ask::Gross),
        (0..6_usize).prop_map(Ask::Line),
        (0..6_usize, 1..4_000_u32).prop_map(|(line, amount)| Ask::Amount(line, amount)),
        (0..6_usize, 1..5_u32).prop_map(|(line, quantity)| Ask::Quantity(line, quantity)),
    ]
}

fn euros(cents: u32) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

proptest! {
    #![proptest_config(crate::effort::cases(48))]

    /// However an invoice is cut into credits, valid or refused, with the last one it is mirrored: net, tax,
    /// every line; at every step the open amount is what was not credited.
    #[test]
    fn any_cut_of_an_invoice_mirrors_it(
        parts in prop::collection::vec((1..3_000_u32, 1..6_u32), 1..6),
        asks in prop::collection::vec(ask(), 0..8),
    ) {
        let mut host = unasked(Host::new());
        let entries: Vec<Value> = parts.iter().enumerate().map(|(n, (price, quantity))| json!({
            "id": format!("P{n}"), "ticket": "T", "work": { "kind": "part", "sku": format!("S{n}"), "description": "part",
                "quantity": quantity.to_string(), "unit_price": euros(*price), "date": "2026-01-13" } })).collect();
        let tickets = json!([{ "id": "T", "customer": "acme", "closed": "2026-01-20T10:00:00Z" }]);
        host.deliver(account("work", "2026-01-31", json!({ "kind": "capture", "tickets": tickets, "entries": entries }))).unwrap();
        host.deliver(account("bill", "2026-01-31", json!({ "kind": "bill", "run": "monthly",
            "period": { "from": "2026-01-01", "to": "2026-01-31" } }))).unwrap();
        let invoice = view(&host, "2026-02-10")["invoices"][0].clone();
        let lines = invoice["lines"].as_array().unwrap();
        for (n, ask) in asks.iter().enumerate() {
            let line = |place: usize| lines[place % lines.len()]["id"].clone();
            let scope = match ask {
                Ask::Gross(amount) => gross(&euros(*amount)),
                Ask::Line(place) => json!({ "kind": "lines", "lines": [line(*place)] }),
                Ask::Amount(place, amount) => json!({ "kind": "amounts", "currency": "EUR",
                    "amounts": [{ "line": line(*place), "net": euros(*amount) }] }),
                Ask::Quantity(place, quantity) => json!({ "kind": "quantities",
                    "quantities": [{ "line": line(*place), "quantity": quantity.to_string() }] }),
            };
            if let Err(refusal) = host.deliver(credit(&format!("C{n}"), INVOICE, "forgive", scope)) {
                prop_assert!(["credit-over", "credit-nothing"].contains(&refusal.code().name), "{}", refusal);
            }
            let shown = view(&host, "2026-02-10");
            let notes: Vec<&Value> = shown["credits"].as_array().unwrap().iter().collect();
            prop_assert_eq!(cents(&shown["invoices"][0]["open"]) + sum(&notes, "gross"), cents(&invoice["gross"]));
            prop_assert!(cents(&shown["invoices"][0]["open"]) >= 0);
        }
        match host.deliver(credit("last", INVOICE, "forgive", whole())) {
            Ok(()) => {}
            Err(refusal) => prop_assert_eq!(refusal.code().name, "credit-nothing"),
        }
        let shown = view(&host, "2026-02-10");
        let notes: Vec<&Value> = shown["credits"].as_array().unwrap().iter().collect();
        for field in ["net", "tax", "gross"] {
            prop_assert_eq!(sum(&notes, field), cents(&invoice[field]), "{}", field);
        }
        for line in lines {
            let own = notes.iter().flat_map(|note| note["lines"].as_array().unwrap()).filter(|own| own["line"] == line["id"]);
            prop_assert_eq!(own.map(|own| cents(&own["net"])).sum::<i64>(), cents(&line["net"]));
        }
        prop_assert_eq!(&shown["invoices"][0]["open"], &json!("0.00"));
    }

    /// The same of documents with surcharge, withholding, allowances over all and charges and allowances in a
    /// category, one that no line has among them, under every way of taxing; an amount with tax is refused exactly
    /// where more is asked for than is left. Nothing is taxed below zero, but for what rounding each line may take.
    #[test]
    fn any_cut_of_any_document_mirrors_it(
        parts in prop::collection::vec((1..3_000_u32, 1..6_u32), 1..6),
        asks in prop::collection::vec(ask(), 0..8),
        buyer in (any::<bool>(), any::<bool>()),
        taxed in (0..3_u8, any::<bool>()),
        own in prop::collection::vec((any::<bool>(), any::<bool>(), 1..900_u32), 0..4),
        off in prop::collection::vec(1..70_u32, 0..3),
    ) {
        let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
        document["policy"]["approvals"] = json!([]);
        document["policy"]["taxes"] = json!([
            { "category": "standard", "percent": "19", "surcharge": "5.2" }, { "category": "low", "percent": "7", "surcharge": "1.4" }]);
        document["policy"]["withholdings"] = json!([{ "category": "irpf", "percent": "15" }]);
        let (inclusive, per_line) = (taxed.0 > 0, taxed.1 && taxed.0 < 2);
        document["policy"]["amounts"] = json!({ "prices_include_tax": inclusive, "en16931": taxed.0 == 2,
            "tax_rounding": if per_line { "line" } else { "group" } });
        document["terms"][0]["surcharged"] = json!(buyer.0);
        if buyer.1 {
            document["terms"][0]["withholding"] = json!("irpf");
        }
        let mut adjustments = Vec::new();
        adjustments.extend(own.iter().map(|(charge, low, amount)| json!({ "amount": euros(*amount), "reason": "Freight",
            "kind": if *charge { "charge" } else { "allowance" }, "tax_category": if *low { "low" } else { "standard" } })));
        adjustments.extend(off.iter().map(|percent| json!({ "kind": "allowance", "percent": percent.to_string(), "reason": "Loyal" })));
        document["terms"][0]["adjustments"] = json!(adjustments);
        let mut host = Host::new();
        host.rulebook = duebill::wire::compile(document.to_string().as_bytes()).unwrap();
        let entries: Vec<Value> = parts.iter().enumerate().map(|(n, (price, quantity))| json!({
            "id": format!("P{n}"), "ticket": "T", "work": { "kind": "part", "sku": format!("S{n}"), "description": "part",
                "quantity": quantity.to_string(), "unit_price": euros(*price), "date": "2026-01-13" } })).collect();
        let tickets = json!([{ "id": "T", "customer": "acme", "closed": "2026-01-20T10:00:00Z" }]);
        host.deliver(account("work", "2026-01-31", json!({ "kind": "capture", "tickets": tickets, "entries": entries }))).unwrap();
        host.deliver(account("bill", "2026-01-31", json!({ "kind": "bill", "run": "monthly",
            "period": { "from": "2026-01-01", "to": "2026-01-31" } }))).unwrap();
        let invoice = view(&host, "2026-02-10")["invoices"][0].clone();
        for row in invoice["taxes"].as_array().unwrap() {
            // Rounded line by line, each line and allowance may take half a cent more or less.
            let rounded = if per_line { i64::try_from(parts.len() + own.len() + off.len()).unwrap() } else { 0 };
            prop_assert!(2 * cents(&row["base"]).min(cents(&row["tax"])) >= -rounded, "{}", row);
        }
        prop_assume!(cents(&invoice["payable"]) > 0);
        let lines = invoice["lines"].as_array().unwrap();
        let left = |host: &Host, field: &str| {
            let shown = view(host, "2026-02-10");
            let notes: Vec<&Value> = shown["credits"].as_array().unwrap().iter().collect();
            cents(&invoice[field]) - sum(&notes, field)
        };
        for (n, ask) in asks.iter().enumerate() {
            let line = |place: usize| lines[place % lines.len()]["id"].clone();
            let scope = match ask {
                Ask::Gross(amount) => gross(&euros(*amount)),
                Ask::Line(place) => json!({ "kind": "lines", "lines": [line(*place)] }),
                Ask::Amount(place, amount) => json!({ "kind": "amounts", "currency": "EUR",
                    "amounts": [{ "line": line(*place), "net": euros(*amount) }] }),
                Ask::Quantity(place, quantity) => json!({ "kind": "quantities",
                    "quantities": [{ "line": line(*place), "quantity": quantity.to_string() }] }),
            };
            let before = left(&host, "gross");
            let said = host.deliver(credit(&format!("C{n}"), INVOICE, "forgive", scope));
            if let Err(refusal) = &said {
                prop_assert!(["credit-over", "credit-nothing"].contains(&refusal.code().name), "{}", refusal);
            }
            if let Ask::Gross(amount) = ask {
                prop_assert_eq!(said.is_ok(), i64::from(*amount) <= before, "{} of {}: {:?}", amount, before, said);
            }
        }
        match host.deliver(credit("last", INVOICE, "forgive", whole())) {
            Ok(()) => {}
            Err(refusal) => prop_assert_eq!(refusal.code().name, "credit-nothing"),
        }
        for field in ["net", "tax", "gross", "payable"] {
            prop_assert_eq!(left(&host, field), 0, "{}", field);
        }
    }
}
