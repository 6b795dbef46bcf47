//! What is refused: each with its code, all faults at once, nothing changed.

use duebill::finding::Refusal;
use duebill::wire;
use serde_json::{Value, json};

use super::month::{Host, address, command, january, number_asked};

const CLERK: (&str, &str) = ("clara", "billing");

fn rulebook() -> Value {
    serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap()
}

/// Code names with their pointers.
fn faults(refusal: &Refusal) -> Vec<String> {
    refusal.findings().map(|finding| format!("{} {}", finding.code.name, finding.path)).collect()
}

fn compile(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut document = rulebook();
    change(&mut document);
    match wire::compile(document.to_string().as_bytes()) {
        Ok(_) => Vec::new(),
        Err(refusal) => faults(&refusal),
    }
}

fn capture(entry: Value) -> Result<(), Refusal> {
    let mut host = Host::new();
    let tickets = json!([{ "id": "T", "customer": "acme" }]);
    let action = json!({ "kind": "capture", "tickets": tickets, "entries": [entry] });
    host.deliver(command("account", "acme", "c", "2026-01-31", CLERK, action))
}

fn time(start: &str, end: &str) -> Value {
    json!({ "id": "E", "ticket": "T", "work": { "kind": "time", "start": start, "end": end } })
}

#[test]
fn a_rulebook_lists_all_its_errors_at_once() {
    let faults = compile(|document| {
        let policy = &mut document["policy"];
        policy["rates"]
            .as_array_mut()
            .unwrap()
            .push(json!({ "id": "again", "currency": "EUR", "value": "99" }));
        policy["calendars"][0]["zone"] = json!("Mars/Base");
        policy["calendars"][0]["bands"].as_array_mut().unwrap().push(json!({
            "band": "lunch", "days": ["fri"], "from": "12:00", "to": "13:00" }));
        policy["rounding"][0]["increment_seconds"] = json!(0);
        policy["taxes"].as_array_mut().unwrap().push(json!({ "category": "standard", "percent": "120" }));
        policy["numbering"][0]["pattern"] = json!("INV-{counter}");
        policy["aging"] = json!({ "limits": [30, 30] });
        policy["codes"][0]["parent"] = json!("onsite");
        policy["approvals"][0]["quorum"] = json!(0);
        policy["billing"]["series"] = json!("nowhere");
        policy["matching"]["fee_tolerance"] = json!("-1");
        policy["payment_terms"][0]["days"] = json!(4000);
        policy["mapping"].as_array_mut().unwrap().push(json!({ "code": "hardware", "kind": "labour" }));
        document["terms"][0]["parent"] = json!("acme-berlin");
        document["terms"][0]["agreements"][0]["hours"] = json!("0");
    });
    assert_eq!(
        faults,
        [
            "aging-limits /policy/aging/limits",
            "approval-rule /policy/approvals/0",
            "rounding-increment /policy/rounding/0",
            "terms-days /policy/payment_terms/0",
            "number-reset /policy/numbering/0/pattern",
            "reference-unknown /policy/billing/series",
            "fee-tolerance /policy/matching/fee_tolerance",
            "tax-rules-overlap /policy/taxes/1",
            "tax-percent /policy/taxes/1",
            "code-circular /policy/codes/0",
            "code-circular /policy/codes/1",
            "mapping-equal /policy/mapping/3",
            "rates-equal /policy/rates/4",
            "zone-unknown /policy/calendars/0/zone",
            "bands-overlap /policy/calendars/0/bands",
            "parent-circular /terms/0/parent",
            "parent-circular /terms/1/parent",
            "agreement-hours /terms/0/agreements/0",
        ]
    );
}

#[test]
fn terms_name_what_is_there() {
    let faults = compile(|document| {
        let terms = document["terms"].as_array_mut().unwrap();
        terms[0]["calendar"] = json!("nowhere");
        terms[0]["rounding"] = json!("nowhere");
        terms[0]["payment_terms"] = json!("nowhere");
        terms[0]["agreements"][0]["code"] = json!("nowhere");
        terms[1]["parent"] = json!("nobody");
        terms[1]["bank_accounts"] = json!(["DE1"]);
        terms[2]["bank_accounts"] = json!(["DE1"]);
        terms[2]["rates"] = json!([
            { "id": "x", "value": "1" }, { "id": "y", "currency": "USD", "value": "1", "customer": "globex" },
        ]);
        let twin = terms[2].clone();
        terms.push(twin);
    });
    let expected = [
        "reference-unknown /terms/0/calendar",
        "reference-unknown /terms/0/rounding",
        "reference-unknown /terms/0/payment_terms",
        "code-unknown /terms/0/agreements/0",
        "price-currency-missing /terms/2/rates/0/currency",
        "own-rate-customer /terms/2/rates/1/customer",
        "reference-unknown /terms/1/parent",
    ];
    for fault in expected {
        assert!(faults.iter().any(|found| found == fault), "{fault} in {faults:#?}");
    }
    assert!(faults.iter().any(|found| found == "id-twice /terms/3/customer"), "{faults:#?}");
}

#[test]
fn shapes_are_strict_and_every_fault_has_a_pointer() {
    let faults = compile(|document| {
        document["policy"]["seller"] = json!(["northwind", "Northwind"]);
        document["policy"]["codes"][0]["kind"] = json!("magic");
        document["policy"]["codes"][1]["nmae"] = json!("x");
        document["policy"]["rates"][0]["value"] = json!(100.5);
        document["policy"]["rates"][1]["currency"] = json!("EURO");
        document["policy"]["taxes"][0]["percent"] = json!("19e0");
        document["terms"][0]["agreements"][0]["price"] = json!("180.005");
        document["terms"][1].as_object_mut().unwrap().remove("name");
        document["policy"]["payment_terms"][0]["days"] = json!(-1);
    });
    let mut sorted = faults.clone();
    sorted.sort();
    assert_eq!(
        sorted,
        [
            "currency-unknown /policy/rates/1/currency",
            "missing-field /terms/1",
            "number-form /policy/taxes/0/percent",
            "number-limit /policy/payment_terms/0/days",
            "number-whole /policy/rates/0/value",
            "precision /terms/0/agreements/0/price",
            "unknown-field /policy/codes/1/nmae",
            "unknown-word /policy/codes/0/kind",
            "wrong-type /policy/seller",
        ]
    );
}

#[test]
fn documents_are_one_strict_json_value() {
    let parse = |text: &str| wire::open(text.as_bytes()).map(|_| ()).map_err(|refusal| faults(&refusal));
    let address = r#"{"id":"a","kind":"account","seller":"s"}"#;
    assert_eq!(parse(address), Ok(()));
    for (text, fault) in [
        (r#"{"id":"a","id":"b","kind":"account","seller":"s"}"#, "duplicate-key /id"),
        (r#"{"id":"a","\u0069d":"b","kind":"account","seller":"s"}"#, "duplicate-key /id"),
        (r#"{"id":"a\u0000","kind":"account","seller":"s"}"#, "control-character /id"),
        (r#"{"id":"a\u202e","kind":"account","seller":"s"}"#, "id-character /id"),
        (r#"{"id":"","kind":"account","seller":"s"}"#, "id-length /id"),
        (r#"["a","account","s"]"#, "wrong-type "),
        (r#"{"id":"a","kind":"account","seller":"s"} x"#, "syntax "),
        (r#"{"id":"\ud800","kind":"account","seller":"s"}"#, "syntax "),
        ("", "syntax "),
    ] {
        let found = parse(text).unwrap_err();
        assert_eq!(found[0], fault, "{text}");
    }
    for end in 0..address.len() {
        assert_eq!(parse(&address[..end]).unwrap_err(), ["syntax "], "cut at {end}");
    }
    let refusal = wire::open(b"{\"id\":\"\xff\"}").unwrap_err();
    assert_eq!(faults(&refusal), ["invalid-utf8 "]);
    assert!(refusal.to_string().contains("offset 7"));
    let deep = "[".repeat(100_000);
    assert!(parse(&deep).unwrap_err()[0].starts_with("depth-limit "));
    let long = format!(r#"{{"id":"{}","kind":"account","seller":"s"}}"#, "x".repeat(100_000));
    assert_eq!(parse(&long).unwrap_err(), ["size-limit /id"]);
    let many = format!(r#"{{"id":[{}0],"kind":"account","seller":"s"}}"#, "0,".repeat(1_000_001));
    assert!(parse(&many).unwrap_err()[0].starts_with("size-limit /id"));
}

#[test]
fn schema_names_are_checked() {
    assert_eq!(
        compile(|document| document["schema"] = json!("duebill/rulebook/99")),
        ["schema-version /schema"]
    );
    assert_eq!(compile(|document| document["schema"] = json!(1)), ["schema-version /schema"]);
    assert_eq!(
        compile(|document| drop(document.as_object_mut().unwrap().remove("schema"))),
        ["missing-field "]
    );
}

#[test]
fn work_that_cannot_be_is_refused() {
    for (entry, name) in [
        (time("2026-01-05T10:00:00Z", "2026-01-05T09:00:00Z"), "entry-ends-before-start"),
        (time("2026-01-05T10:00:00Z", "2026-03-05T09:00:00Z"), "entry-too-long"),
        (time("2026-01-05T10:00:00", "2026-01-05T11:00:00"), "instant-form"),
        (time("2026-01-05T24:00:00Z", "2026-01-06T11:00:00Z"), "instant-form"),
        (time("2026-01-05T10:00:60Z", "2026-01-06T11:00:00Z"), "instant-form"),
        (time("2026-01-05T10:00:00+24:00", "2026-01-06T11:00:00Z"), "instant-form"),
        (time("1899-12-31T23:00:00Z", "1900-01-01T01:00:00Z"), "date-range"),
        (
            json!({ "id": "E", "ticket": "nowhere", "work": { "kind": "time", "start": "2026-01-05T10:00:00Z",
            "end": "2026-01-05T10:00:00Z" } }),
            "ticket-unknown",
        ),
        (
            json!({ "id": "E", "work": { "kind": "time", "start": "2026-01-05T10:00:00Z",
            "end": "2026-01-05T10:00:00Z" } }),
            "customer-missing",
        ),
        (
            json!({ "id": "E", "customer": "globex", "work": { "kind": "time", "start": "2026-01-05T10:00:00Z",
            "end": "2026-01-05T10:00:00Z" } }),
            "customer-outside",
        ),
        (
            json!({ "id": "E", "ticket": "T", "work": { "kind": "part", "sku": "S", "description": "d", "quantity": "0",
            "date": "2026-01-05" } }),
            "part-quantity",
        ),
        (
            json!({ "id": "E", "ticket": "T", "work": { "kind": "part", "sku": "S", "description": "d",
            "quantity": "12345678901234567890123456789", "date": "2026-01-05" } }),
            "number-range",
        ),
    ] {
        assert_eq!(capture(entry.clone()).unwrap_err().code().name, name, "{entry}");
    }
    let mut note = time("2026-01-05T10:00:00Z", "2026-01-05T11:00:00Z");
    note["note"] = json!({ "sealed": "0".repeat(64) });
    assert_eq!(capture(note).unwrap_err().code().name, "note-sealed");
}

#[test]
fn a_salt_is_needed_beside_personal_text() {
    for (salt, name) in [(json!("0011"), "salt-missing"), (json!("x".repeat(40)), "salt-missing")] {
        let mut host = Host::new();
        let mut entry = time("2026-01-05T10:00:00Z", "2026-01-05T11:00:00Z");
        entry["note"] = json!("rebooted it");
        let tickets = json!([{ "id": "T", "customer": "acme" }]);
        let action = json!({ "kind": "capture", "tickets": tickets, "entries": [entry] });
        let mut sent = command("account", "acme", "c", "2026-01-31", CLERK, action);
        sent["salt"] = salt;
        assert_eq!(host.deliver(sent).unwrap_err().code().name, name);
    }
}

#[test]
fn commands_know_their_log_seller_and_head() {
    let mut host = Host::new();
    january(&mut host);
    let bill = |id: &str| {
        command(
            "account",
            "acme",
            id,
            "2026-01-31",
            CLERK,
            json!({
                "kind": "bill", "run": "again", "period": { "from": "2026-01-01", "to": "2026-01-31" },
            }),
        )
    };
    let refused = |host: &mut Host, sent: Value| host.deliver(sent).unwrap_err().code().name;
    assert_eq!(refused(&mut host, bill("nothing-left")), "nothing-to-bill");
    let mut stale = bill("stale");
    stale["expect"] = json!({ "hash": "0".repeat(64), "seq": 0 });
    assert_eq!(refused(&mut host, stale), "head-conflict");
    let mut foreign = bill("foreign");
    foreign["log"]["seller"] = json!("somebody-else");
    assert_eq!(refused(&mut host, foreign), "seller-mismatch");
    let mut child = bill("child");
    child["log"]["id"] = json!("acme-berlin");
    assert_eq!(refused(&mut host, child), "customer-not-payer");
    let mut unknown = bill("unknown");
    unknown["log"]["id"] = json!("nobody");
    assert_eq!(refused(&mut host, unknown), "customer-unknown");
    let mut backwards = bill("backwards");
    backwards["action"]["period"] = json!({ "from": "2026-02-01", "to": "2026-01-31" });
    assert_eq!(refused(&mut host, backwards), "period-order");
    let mut reused = bill("bill-2026-01");
    reused["action"]["run"] = json!("other");
    assert_eq!(refused(&mut host, reused), "command-conflict");
}

#[test]
fn money_keeps_its_currency() {
    let mut host = Host::new();
    january(&mut host);
    let receive = |id: &str, currency: &str, amount: &str, parts: &[&str]| {
        let receipts: Vec<Value> = parts
            .iter()
            .enumerate()
            .map(|(n, part)| json!({ "id": format!("{id}-{n}"), "amount": part }))
            .collect();
        command(
            "cash_book",
            "bank",
            id,
            "2026-02-01",
            CLERK,
            json!({ "kind": "receive", "entry": {
            "id": id, "amount": amount, "currency": currency, "value_date": "2026-02-01", "receipts": receipts } }),
        )
    };
    let refused = |host: &mut Host, sent: Value| host.deliver(sent).unwrap_err().code().name;
    assert_eq!(refused(&mut host, receive("a", "EUR", "10.00", &["5.00", "4.99"])), "statement-sum");
    assert_eq!(refused(&mut host, receive("b", "JPY", "1.5", &["1.5"])), "precision");
    assert_eq!(refused(&mut host, receive("c", "EUR", "0.00", &["0.00"])), "receipt-amount");
    // Amounts in a currency that is none cannot be judged: the currency is the one fault.
    let refusal = host.deliver(receive("x", "EURO", "10.001", &["10.001"])).unwrap_err();
    assert_eq!(faults(&refusal), ["currency-unknown /action/entry/currency"]);
    host.deliver(receive("d", "JPY", "1000.00", &["1000"])).unwrap(); // zeros beyond the digits are no digits
    host.deliver(receive("e", "EUR", "100.00", &["60.00", "40.00"])).unwrap();
    let reserve = |id: &str, currency: &str, cash: &str| {
        command(
            "cash_book",
            "bank",
            id,
            "2026-02-01",
            CLERK,
            json!({
            "kind": "reserve", "account": "globex", "receipt": "e-0",
            "allocations": [{ "item": "monthly:2026-01-31:USD", "cash": cash, "currency": currency }] }),
        )
    };
    assert_eq!(refused(&mut host, reserve("r1", "USD", "10.00")), "receipt-currency");
    assert_eq!(refused(&mut host, reserve("r2", "EUR", "60.01")), "receipt-overspent");
    assert_eq!(refused(&mut host, reserve("r3", "EUR", "0.00")), "reservation-empty");
    // Reserved in euros for an item in dollars: the account declines, the money is free again.
    host.deliver(reserve("r4", "EUR", "60.00")).unwrap();
    assert_eq!(host.declined, ["allocation-currency"]);
    host.deliver(reserve("r5", "EUR", "60.00")).unwrap();
}

#[test]
fn questions_go_to_the_log_they_are_for() {
    let mut host = Host::new();
    january(&mut host);
    let ask = |kind: &str, id: &str, question: Value| {
        let log = &host.logs[&super::month::address(kind, id).to_string()];
        wire::report(log, &host.rulebook, question.to_string().as_bytes())
            .map_err(|refusal| refusal.code().name)
    };
    assert_eq!(
        ask("series", "invoices", json!({ "kind": "account", "as_of": "2026-01-31" })),
        Err("log-kind")
    );
    assert_eq!(ask("account", "acme", json!({ "kind": "numbers" })), Err("log-kind"));
    assert_eq!(ask("account", "acme", json!({ "kind": "explain", "line": "nowhere" })), Err("line-unknown"));
    let line = "monthly:2026-01-31:EUR:1";
    let explained = ask("account", "acme", json!({ "kind": "explain", "line": line })).unwrap();
    let explained: Value = serde_json::from_slice(&explained).unwrap();
    let sum = explained["charges"].as_array().unwrap().iter().all(|c| c["charge"]["net"] == c["recomputed"]);
    assert!(sum && explained["line"] == line);
}

#[test]
fn money_is_adjusted_only_by_a_tolerated_fee_and_planned_once() {
    let mut host = Host::new();
    january(&mut host);
    let entry = json!({ "id": "R", "amount": "100.00", "currency": "USD", "value_date": "2026-02-01",
        "receipts": [{ "id": "R", "amount": "100.00" }] });
    host.deliver(command(
        "cash_book",
        "bank",
        "in",
        "2026-02-01",
        CLERK,
        json!({ "kind": "receive", "entry": entry }),
    ))
    .unwrap();
    let allocation = |kind: &str, amount: &str| {
        json!({ "item": "monthly:2026-01-31:USD", "cash": "1.00", "currency": "USD",
            "adjustments": [{ "kind": kind, "amount": amount }] })
    };
    for (kind, amount, name) in [
        ("write_off", "64.45", "adjustment-reason"),
        ("exchange_difference", "64.45", "adjustment-kind"),
        ("fee", "5.01", "fee-over-tolerance"),
        ("fee", "0.00", "fee-over-tolerance"),
    ] {
        let action = json!({ "kind": "reserve", "account": "globex", "receipt": "R",
            "allocations": [allocation(kind, amount)] });
        let refusal =
            host.deliver(command("cash_book", "bank", "x", "2026-02-01", CLERK, action)).unwrap_err();
        assert_eq!(refusal.code().name, name, "{kind} {amount}");
    }
    let plan = json!({ "receipt": "R", "currency": "USD", "decision": "none", "method": "unknown_payer",
        "residual": "100.00" });
    let action = json!({ "kind": "match", "plans": [plan, plan] });
    let refusal = host.deliver(command("cash_book", "bank", "m", "2026-02-01", CLERK, action)).unwrap_err();
    assert_eq!(refusal.code().name, "plan-twice");
}

#[test]
fn a_circle_is_found_whoever_pays() {
    let faults = compile(|document| {
        document["terms"][0]["parent"] = json!("globex");
        document["terms"][0]["own_account"] = json!(true);
        document["terms"][2]["parent"] = json!("acme");
        document["terms"][2]["own_account"] = json!(true);
    });
    assert!(faults.iter().any(|fault| fault == "parent-circular /terms/0/parent"), "{faults:?}");
    let faults = compile(|document| {
        document["terms"][0]["parent"] = json!("nobody");
        document["terms"][0]["own_account"] = json!(true);
    });
    assert!(faults.iter().any(|fault| fault == "reference-unknown /terms/0/parent"), "{faults:?}");
}

/// Sales and entries have ids of their own hosts' tables: the same id on both is two things.
#[test]
fn a_sale_and_an_entry_may_share_an_id() {
    let mut host = Host::new();
    let deliver = |host: &mut Host, id: &str, action: Value| {
        host.deliver(command("account", "acme", id, "2026-01-31", CLERK, action))
    };
    let mut entry = time("2026-01-05T10:00:00Z", "2026-01-05T11:00:00Z");
    entry["id"] = json!("17");
    let tickets = json!([{ "id": "T", "customer": "acme" }]);
    deliver(&mut host, "c", json!({ "kind": "capture", "tickets": tickets, "entries": [entry] })).unwrap();
    deliver(
        &mut host,
        "s",
        json!({ "kind": "sell_block", "agreement": "acme-block", "customer": "acme", "sale": "17" }),
    )
    .unwrap();
    let bill = json!({ "kind": "bill", "run": "r", "period": { "from": "2026-01-01", "to": "2026-01-31" } });
    deliver(&mut host, "b1", bill.clone()).unwrap();
    assert_eq!(deliver(&mut host, "b2", bill.clone()).unwrap_err().code().name, "nothing-to-bill");
    let closed = json!([{ "id": "T", "customer": "acme", "closed": "2026-01-06T10:00:00Z" }]);
    deliver(&mut host, "t", json!({ "kind": "capture", "tickets": closed })).unwrap();
    deliver(&mut host, "b3", bill).unwrap();
    let view = host.report("account", "acme", json!({ "kind": "account", "as_of": "2026-01-31" }));
    let nets: Vec<_> =
        view["invoices"].as_array().unwrap().iter().map(|i| i["net"].as_str().unwrap()).collect();
    assert_eq!(nets, ["180.00", "0.00"]);
}

#[test]
fn work_billed_elsewhere_is_never_billed_here() {
    let mut host = Host::new();
    let deliver = |host: &mut Host, id: &str, action: Value| {
        host.deliver(command("account", "acme", id, "2026-01-31", CLERK, action))
    };
    let tickets = json!([{ "id": "T", "customer": "acme", "closed": "2026-01-06T10:00:00Z" }]);
    let entry = time("2026-01-05T10:00:00Z", "2026-01-05T11:00:00Z");
    let opening =
        |id: &str| json!({ "kind": "import_opening", "cutover": "2026-01-01", "billed_elsewhere": [id] });
    deliver(&mut host, "o", opening("E")).unwrap();
    deliver(&mut host, "c", json!({ "kind": "capture", "tickets": tickets, "entries": [entry] })).unwrap();
    let bill = json!({ "kind": "bill", "run": "r", "period": { "from": "2026-01-01", "to": "2026-01-31" } });
    assert_eq!(deliver(&mut host, "b", bill).unwrap_err().code().name, "nothing-to-bill");
    let twice = json!({ "kind": "import_opening", "cutover": "2026-01-01", "cash": [
        { "id": "X", "book": "bank", "amount": "0.00", "currency": "EUR", "customer": "acme", "value_date": "2026-01-01" },
        { "id": "X", "book": "bank", "amount": "1.00", "currency": "EUR", "customer": "acme", "value_date": "2026-01-01" }] });
    let refusal = deliver(&mut host, "o2", twice).unwrap_err();
    assert_eq!(faults(&refusal), ["receipt-amount /action/cash/0", "receipt-conflict /action/cash/1"]);
    // What is here already was not billed elsewhere.
    let mut here = time("2026-01-05T10:00:00Z", "2026-01-05T11:00:00Z");
    here["id"] = json!("F");
    deliver(&mut host, "c2", json!({ "kind": "capture", "entries": [here] })).unwrap();
    let refusal = deliver(&mut host, "o3", opening("F")).unwrap_err();
    assert_eq!(faults(&refusal), ["opening-work /action/billed_elsewhere/0"]);
}

#[test]
fn nothing_has_a_negative_price() {
    let part = json!({ "id": "E", "ticket": "T", "work": { "kind": "part", "sku": "S", "description": "d",
        "quantity": "1", "unit_price": "-50.00", "date": "2026-01-05" } });
    assert_eq!(capture(part).unwrap_err().code().name, "part-price");
    let faults = compile(|document| document["terms"][0]["agreements"][0]["price"] = json!("-1.00"));
    assert_eq!(faults, ["agreement-price /terms/0/agreements/0"]);
}

/// Every number that the series of invoices gave out, in order.
fn numbers(host: &Host) -> Vec<String> {
    let stored = host.stored[&address("series", "invoices").to_string()].iter();
    let events = stored.flat_map(|stored| stored["record"]["events"].as_array().unwrap());
    let numbers = events.filter(|event| event["kind"] == "assigned");
    numbers.map(|event| event["number"].as_str().unwrap().to_owned()).collect()
}

/// A series that starts again otherwise than before gives the next number in each period, also in those that it
/// comes back to.
#[test]
fn a_series_goes_on_however_it_starts_again() {
    let mut host = Host::new();
    let mut asked = 0;
    for (pattern, reset) in [
        ("INV-{year}-{counter:4}", "never"),
        ("INV-{year}-{counter:4}", "year"),
        ("INV-{year}-{month}{counter:2}", "month"),
        ("INV-{year}-{counter:4}", "year"),
        ("INV-{year}-{counter:4}", "never"),
        ("INV-{counter:6}", "never"),
    ] {
        let mut document = rulebook();
        document["policy"]["numbering"][0] =
            json!({ "series": "invoices", "pattern": pattern, "reset": reset, "dates": "warn" });
        host.rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
        for date in ["2026-02-01", "2027-02-01", "2026-02-03", "2027-03-01"] {
            asked += 1;
            host.step(&number_asked("acme", &format!("D{asked}"), date)).unwrap();
        }
    }
    let given = numbers(&host);
    assert_eq!(given.iter().collect::<std::collections::BTreeSet<_>>().len(), asked);
    let of_2026: Vec<&String> = given.iter().filter(|number| number.starts_with("INV-2026-0")).collect();
    assert_eq!(of_2026[..4], ["INV-2026-0001", "INV-2026-0003", "INV-2026-0004", "INV-2026-0005"]);
}

#[test]
fn a_number_is_never_given_twice_whatever_the_pattern_becomes() {
    let mut host = Host::new();
    january(&mut host);
    let mut document = rulebook();
    document["policy"]["numbering"][0] = json!({ "series": "invoices", "pattern": "INV-2026-{counter:4}" });
    host.rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
    let given = numbers(&host);
    host.step(&number_asked("acme", "other", "2026-02-01")).unwrap();
    let next = format!("INV-2026-{:04}", given.len() + 1);
    assert_eq!(numbers(&host).last(), Some(&next));
    let faults =
        compile(|document| document["policy"]["numbering"][0]["pattern"] = json!(" INV-{year}-{counter}"));
    assert_eq!(faults, ["number-length /policy/numbering/0/pattern"]);
}

/// What was recorded is repeated although the payer has moved to another account since.
#[test]
fn a_repetition_does_not_ask_the_rulebook() {
    let mut host = Host::new();
    january(&mut host);
    let mut document = rulebook();
    document["terms"][0]["parent"] = json!("globex");
    document["terms"][0]["currency"] = json!("USD");
    host.rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
    january_again(&mut host);
}

fn january_again(host: &mut Host) {
    let bill =
        json!({ "kind": "bill", "run": "monthly", "period": { "from": "2026-01-01", "to": "2026-01-31" } });
    host.deliver(command("account", "acme", "bill-2026-01", "2026-01-31", CLERK, bill.clone())).unwrap();
    let refusal =
        host.deliver(command("account", "acme", "bill-new", "2026-01-31", CLERK, bill)).unwrap_err();
    assert_eq!(refusal.code().name, "customer-not-payer");
}

/// Two entries of one capped scope without a rate: both are named, none is billed in silence.
#[test]
fn every_entry_without_a_rate_is_named() {
    let mut document = rulebook();
    document["policy"]["rates"] = json!([{ "id": "one", "currency": "USD", "value": "1", "role": "nobody" }]);
    document["policy"]["rounding"][1]["maximum_seconds"] = json!(3600);
    document["terms"][2]["rates"] = json!([]);
    let rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
    let entry = |id: &str, end: &str| json!({ "id": id, "ticket": "T", "work": { "kind": "time", "start": "2026-01-05T08:00:00Z", "end": end } });
    let work = json!({ "tickets": [{ "id": "T", "customer": "globex" }],
        "entries": [entry("A", "2026-01-05T15:00:00Z"), entry("B", "2026-01-05T08:00:01Z")] });
    let rated: Value =
        serde_json::from_slice(&wire::rate(&rulebook, work.to_string().as_bytes()).unwrap()).unwrap();
    let named: Vec<_> =
        rated["findings"].as_array().unwrap().iter().map(|f| f["subject"].as_str().unwrap()).collect();
    assert_eq!(named, ["A", "B"], "{rated}");
}
