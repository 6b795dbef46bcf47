//! Terms on issued invoices: dates and amounts stand in the records, items age by instalment.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::assembly::{deliver, host, invoices};
use super::month::{Host, address};

fn issued(terms: Value) -> Host {
    let mut host = host(|rulebook| {
        let mut terms = terms;
        terms["id"] = json!("net30");
        rulebook["policy"]["payment_terms"] = json!([terms]);
    });
    let entry = json!({ "id": "E", "customer": "acme", "work": {
        "kind": "time", "start": "2026-01-05T09:00:00Z", "end": "2026-01-05T10:00:00Z" } });
    deliver(&mut host, "acme", "c", "2026-01-05", json!({ "kind": "capture", "entries": [entry] })).unwrap();
    let bill = json!({ "kind": "bill", "run": "r", "period": { "from": "2026-01-01", "to": "2026-01-31" } });
    deliver(&mut host, "acme", "b", "2026-01-31", bill).unwrap();
    host
}

#[test]
fn an_issued_invoice_carries_its_instalments_and_its_discount() {
    let thirds = json!({ "kind": "equal", "count": 3, "months": 1 });
    let host = issued(json!({ "instalments": thirds, "discount": { "days": 10, "percent": "2" } }));
    let stored = &host.stored[&address("account", "acme").to_string()];
    let events = stored.iter().flat_map(|one| one["record"]["events"].as_array().unwrap());
    let item = &events.clone().find(|event| event["kind"] == "issued").unwrap()["item"];
    let part = |amount: &str, due: &str| json!({ "amount": amount, "due": due });
    let parts = [part("39.66", "2026-01-31"), part("39.66", "2026-02-28"), part("39.68", "2026-03-31")];
    assert_eq!(item["instalments"], json!(parts));
    assert_eq!(item["due"], "2026-03-31");
    let offer = json!({
        "amount": "2.38", "net": "2.00", "tax": "0.38", "percent": "2", "treatment": "included", "until": "2026-02-10",
        "taxes": [{ "category": "standard", "percent": "19", "tax": "0.38" }],
    });
    assert_eq!(item["discount"], offer);
    // It ages by instalment, and is overdue with the first.
    let totals = &host.aging("2026-03-10")["sections"][0]["totals"];
    assert_eq!(totals["buckets"], json!(["39.68", "39.66", "39.66", "0.00", "0.00"]));
    assert_eq!(invoices(&host, "2026-01-31")[0]["label"]["label"], "issued");
    assert_eq!(invoices(&host, "2026-02-01")[0]["label"]["label"], "overdue");
}

#[test]
fn an_invoice_falls_due_as_it_was_shown() {
    let ten = |rulebook: &mut Value, days: u32| {
        rulebook["policy"]["approvals"] = json!([{ "id": "all", "above": "0", "roles": ["manager"] }]);
        rulebook["policy"]["payment_terms"] = json!([{ "id": "net30", "days": days }]);
    };
    let mut host = host(|rulebook| ten(rulebook, 10));
    let entry = json!({ "id": "E", "customer": "acme", "work": {
        "kind": "time", "start": "2026-01-05T09:00:00Z", "end": "2026-01-05T10:00:00Z" } });
    deliver(&mut host, "acme", "c", "2026-01-05", json!({ "kind": "capture", "entries": [entry] })).unwrap();
    let bill = json!({ "kind": "bill", "run": "r", "period": { "from": "2026-01-01", "to": "2026-01-31" } });
    deliver(&mut host, "acme", "b", "2026-01-31", bill).unwrap();
    // The same terms say something else before somebody approves.
    host.rulebook = super::assembly::host(|rulebook| ten(rulebook, 60)).rulebook;
    super::month::approve(&mut host, "acme");
    assert_eq!(invoices(&host, "2026-02-01")[0]["due"], "2026-02-11");
}

/// Money of a value date goes to the invoice of 119.00 with a discount: what the account says to it.
fn with_discount(host: &mut Host, id: &str, value_date: &str, cash: &str, discount: &str) -> Option<String> {
    let clerk = super::assembly::CLERK;
    // Everything is keyed in on one day, long after some of it came.
    let book = |id: String, action: Value| {
        super::month::command("cash_book", "bank", &id, "2026-02-20", clerk, action)
    };
    let receive = json!({ "kind": "receive", "entry": { "id": id, "amount": cash, "currency": "EUR",
        "value_date": value_date, "receipts": [{ "id": id, "amount": cash, "customer": "acme" }] } });
    host.deliver(book(format!("in-{id}"), receive)).unwrap();
    let adjustments = json!([{ "kind": "discount", "amount": discount, "reason": "2-in-10" }]);
    let reserve = json!({ "kind": "reserve", "account": "acme", "receipt": id, "allocations": [
        { "item": "r:2026-01-31:EUR", "cash": cash, "currency": "EUR", "adjustments": adjustments }] });
    let before = host.declined.len();
    host.deliver(book(format!("out-{id}"), reserve)).unwrap();
    host.declined.get(before).cloned()
}

fn open(host: &Host) -> Value {
    invoices(host, "2026-02-28")[0]["open"].clone()
}

#[test]
fn an_early_discount_is_earned_by_what_came_in_time() {
    let terms = json!({ "discount": { "days": 10, "percent": "2" }, "days": 30 });
    let refused = Some("adjustment-amount".to_owned());
    // The value date counts, not the day on which somebody keyed it in.
    let mut host = issued(terms.clone());
    assert_eq!(with_discount(&mut host, "1", "2026-02-10", "116.62", "2.38"), None);
    assert_eq!(open(&host), "0.00");
    let mut host = issued(terms.clone());
    assert_eq!(with_discount(&mut host, "1", "2026-02-11", "116.62", "2.38"), refused);
    assert_eq!(open(&host), "119.00");
    // A part in time earns its part, once; the rest comes late and earns nothing.
    let mut host = issued(terms.clone());
    assert_eq!(with_discount(&mut host, "1", "2026-02-05", "58.31", "1.20"), refused);
    assert_eq!(with_discount(&mut host, "2", "2026-02-05", "58.31", "1.19"), None);
    assert_eq!(open(&host), "59.50");
    assert_eq!(with_discount(&mut host, "3", "2026-02-15", "59.49", "0.01"), refused);
    assert_eq!(with_discount(&mut host, "4", "2026-02-08", "58.31", "1.19"), None);
    assert_eq!(open(&host), "0.00");
    // Terms without a discount give none.
    let mut host = issued(json!({}));
    assert_eq!(with_discount(&mut host, "1", "2026-02-01", "118.99", "0.01"), refused);
}

/// Money goes to the oldest instalment first.
#[test]
fn money_settles_the_oldest_instalment() {
    let mut host = issued(json!({ "instalments": { "kind": "equal", "count": 2, "months": 1 } }));
    let receive = json!({ "kind": "receive", "entry": { "id": "1", "amount": "60.00", "currency": "EUR",
        "value_date": "2026-02-01", "receipts": [{ "id": "1", "amount": "60.00", "customer": "acme" }] } });
    let clerk = super::assembly::CLERK;
    let book =
        |id: &str, action: Value| super::month::command("cash_book", "bank", id, "2026-02-01", clerk, action);
    host.deliver(book("in", receive)).unwrap();
    let reserve = json!({ "kind": "reserve", "account": "acme", "receipt": "1",
        "allocations": [{ "item": "r:2026-01-31:EUR", "cash": "60.00", "currency": "EUR" }] });
    host.deliver(book("out", reserve)).unwrap();
    let totals = &host.aging("2026-02-10")["sections"][0]["totals"];
    assert_eq!(totals["buckets"], json!(["59.00", "0.00", "0.00", "0.00", "0.00"]));
    assert_eq!(invoices(&host, "2026-02-10")[0]["label"]["label"], "partially_paid");
}

#[test]
fn forged_instalments_are_refused() {
    let host = issued(json!({ "instalments": { "kind": "equal", "count": 2, "months": 1 } }));
    let items = json!([{ "id": "OLD", "number": "N", "customer": "acme", "currency": "EUR", "issued": "2026-01-01",
        "due": "2026-02-01", "open": "10.00", "total": "10.00",
        "instalments": [{ "amount": "5.00", "due": "2026-01-15" }, { "amount": "4.00", "due": "2026-02-01" }] }]);
    let mut host = host;
    let opening = json!({ "kind": "import_opening", "cutover": "2026-01-31", "items": items });
    let refusal = deliver(&mut host, "acme", "o", "2026-01-31", opening).unwrap_err();
    assert_eq!(refusal.code().name, "item-instalments");
}

fn calculate(kind: &str, input: Value) -> Value {
    let request = json!({ "kind": kind, "in": input }).to_string();
    serde_json::from_slice(&duebill::wire::calculate(request.as_bytes()).unwrap()).unwrap()
}

fn on_day() -> impl Strategy<Value = Value> {
    let next = (prop::collection::vec(1..=31_u8, 1..4), any::<bool>())
        .prop_map(|(days, after)| json!({ "kind": "next", "days": days, "after": after }));
    let of_month = (1..=31_u8, 0..4_u8)
        .prop_map(|(day, months)| json!({ "kind": "of_month", "day": day, "months": months }));
    prop_oneof![Just(Value::Null), next, of_month]
}

proptest! {
    #![proptest_config(crate::effort::cases(256))]

    #[test]
    fn nothing_is_due_before_its_issue(
        day in 0..20_000_i32, days in 0..100_u32, weeks in 0..10_u32, months in prop::option::of(0..5_u32),
        on_day in on_day(),
    ) {
        let issued = duebill::calendar::Date::of_epoch_days(day).unwrap().to_string();
        let mut terms = json!({ "id": "t", "days": days, "weeks": weeks });
        if let Some(months) = months {
            terms["end_of_month"] = json!(months);
        }
        if !on_day.is_null() {
            terms["on_day"] = on_day;
        }
        let answer = calculate("due_date", json!({ "issued": issued, "terms": terms }));
        prop_assert!(answer["due"].as_str().unwrap() >= issued.as_str());
    }

    #[test]
    fn instalments_add_up_in_the_order_of_their_dates(
        total in -1_000_000..1_000_000_i64, shares in prop::collection::vec(1..40_u32, 1..3),
        step in prop::sample::select(vec!["0.01", "0.05", "1", "100"]), equal in prop::option::of(2..13_u32),
        falls in prop::collection::vec(0..400_000_i64, 0..4),
    ) {
        let amount = |cents: i64| rust_decimal::Decimal::new(cents, 2).to_string();
        let terms = match equal {
            Some(count) => json!({ "kind": "equal", "count": count, "months": 1, "first": { "days": 14 } }),
            None => {
                let mut parts: Vec<Value> = shares.iter().enumerate()
                    .map(|(place, share)| json!({ "percent": share.to_string(), "round_to": step, "due": { "days": 10 * place } }))
                    .collect();
                parts.push(json!({ "due": { "days": 5 } }));
                json!({ "kind": "shares", "parts": parts })
            }
        };
        let input = json!({ "currency": "EUR", "issued": "2026-01-31", "total": amount(total), "terms": terms });
        let made = calculate("instalments", input);
        let made = made["instalments"].as_array().unwrap();
        let cents = |value: &Value| value.as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
        let amounts: Vec<i64> = made.iter().map(|part| cents(&part["amount"])).collect();
        prop_assert_eq!(amounts.iter().sum::<i64>(), total);
        prop_assert!(amounts.iter().all(|part| part.signum() * total.signum() >= 0));
        let dates: Vec<&str> = made.iter().map(|part| part["due"].as_str().unwrap()).collect();
        prop_assert!(dates.windows(2).all(|pair| pair[0] <= pair[1]) && dates[0] >= "2026-01-31");
        // What money takes of them is what came, as far as there is something to take.
        let input = json!({ "currency": "EUR", "instalments": made, "falls": falls.iter().map(|fall| amount(*fall)).collect::<Vec<_>>() });
        let paid = calculate("payment_over_instalments", input);
        let open: i64 = paid["instalments"].as_array().unwrap().iter().map(|part| cents(&part["open"])).sum();
        let fallen = falls.iter().sum::<i64>().min(total.max(0));
        prop_assert_eq!(open, total - fallen);
    }
}
