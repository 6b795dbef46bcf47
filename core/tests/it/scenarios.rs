//! Scenarios of matching: `{"scenarios": [{"id", "currency", "policy", "open_items", "payment",
//! "more_payments", "expected"}]}`. Open items are moved in, receipts received, plans asked for and
//! applied, as a host does it; what falls on the items is compared.

mod history;
pub mod offer;

use serde_json::{Value, json};

use super::case_files::{self, Shape};
use super::vectors::Tally;
use super::vectors::case::Case;
use history::History;

/// What a scenario holds beside its input and its answer.
const FRAME: [&str; 4] = ["expected", "id", "name", "source"];

/// A document without some of its fields.
fn without(document: &Value, fields: &[&str]) -> Value {
    let mut rest = document.clone();
    if let Some(rest) = rest.as_object_mut() {
        rest.retain(|key, _| !fields.contains(&key.as_str()));
    }
    rest
}

/// What is wrong with our answer to a scenario.
fn faults(scenario: &Value) -> Vec<String> {
    let input = offer::without_labels(without(scenario, &FRAME));
    let expected = without(&scenario["expected"], &["note"]);
    let case = Case::new("scenario", &input, &expected);
    match History::of(&case) {
        Ok(history) => compare(&case, history),
        Err(fault) => case.fail(fault),
    }
    case.faults()
}

fn compare(case: &Case<'_>, history: History) {
    let plan = history.plan(0);
    // A host that wants proposals only does not deliver what would be applied.
    let applies = plan["decision"] == "auto";
    let asks = applies && case.optional("/policy/auto") == false;
    let decision = if asks { &json!("propose") } else { &plan["decision"] };
    let also = case.answer("/also").and_then(Value::as_array).is_some_and(|also| also.contains(decision));
    case.compare("/kind");
    for index in 0..case.answer("/also").and_then(Value::as_array).map_or(0, Vec::len) {
        case.compare(&format!("/also/{index}"));
    }
    if !also {
        case.expect("/kind", decision);
    }
    if plan["decision"] == "propose" {
        return proposed(case, &history.candidates(0));
    }
    fallen(case, "", case.answer("/allocations"), &history.fallen(0));
    case.compare("/residual");
    if case.answer("/residual").is_some_and(|residual| !residual.is_null()) {
        case.expect("/residual", &plan["residual"]);
    }
    for kind in ["discount", "write_off"] {
        let pointer = format!("/{kind}");
        case.compare(&pointer);
        let expected = case.answer(&pointer).filter(|amount| !amount.is_null());
        case.same(kind, expected.unwrap_or(&json!("0.00")), &history.adjusted(0, kind == "discount"));
    }
    candidates(case, &history.candidates(0));
    for place in 1..history.receipts() {
        let at = format!("/more_payments/{}/allocations", place - 1);
        let expected = case.optional(&at);
        for index in 0..expected.as_array().map_or(0, Vec::len) {
            case.optional(&format!("{at}/{index}/item"));
            case.optional(&format!("{at}/{index}/amount"));
        }
        fallen(case, &format!("payment {place}: "), Some(expected), &history.fallen(place));
    }
    if applies {
        history.apply().into_iter().for_each(|fault| case.fail(fault));
    }
}

/// A proposal names items; what it would allocate is no answer of ours yet.
fn proposed(case: &Case<'_>, candidates_got: &[String]) {
    let allocations = case.answer("/allocations").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    if allocations.is_empty() {
        case.compare("/allocations");
    }
    for (index, allocation) in allocations.iter().enumerate() {
        let pointer = format!("/allocations/{index}/item");
        case.compare(&pointer);
        case.compare(&format!("/allocations/{index}/amount"));
        let item = allocation["item"].as_str().unwrap_or_default();
        if !candidates_got.iter().any(|got| got == item) {
            case.fail(format!("{pointer}: `{item}` is proposed, got the candidates {candidates_got:?}"));
        }
    }
    ["/residual", "/discount", "/write_off"].into_iter().for_each(|pointer| case.compare(pointer));
    candidates(case, candidates_got);
}

/// Candidates that a proposal must name.
fn candidates(case: &Case<'_>, got: &[String]) {
    for (index, expected) in
        case.answer("/candidates").and_then(Value::as_array).into_iter().flatten().enumerate()
    {
        case.compare(&format!("/candidates/{index}"));
        if !got.iter().any(|item| expected == item.as_str()) {
            case.fail(format!("/candidates/{index}: expected {expected} among {got:?}"));
        }
    }
}

/// What falls on items, in any order.
fn fallen(case: &Case<'_>, of: &str, expected: Option<&Value>, got: &[(String, Value)]) {
    let expected = expected.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    if of.is_empty() {
        if expected.is_empty() {
            case.compare("/allocations");
        }
        for index in 0..expected.len() {
            case.compare(&format!("/allocations/{index}/item"));
            case.compare(&format!("/allocations/{index}/amount"));
        }
    }
    for allocation in expected {
        let item = allocation["item"].as_str().unwrap_or_default();
        let fall = got.iter().find(|(got, _)| got == item).map_or(&Value::Null, |(_, fall)| fall);
        case.same(&format!("{of}fall of {item}"), &allocation["amount"], fall);
    }
    let surplus = got.iter().filter(|(item, _)| !expected.iter().any(|one| one["item"] == item.as_str()));
    for (item, fall) in surplus {
        case.fail(format!("{of}{fall} falls on {item}, expected nothing"));
    }
}

/// Judges one scenario.
fn judge(scenario: &Value, tally: &mut Tally, wrong: &mut Vec<String>) {
    if offer::refused(scenario).is_some() {
        tally.not_offered += 1;
        return;
    }
    let faults = faults(scenario);
    if faults.is_empty() {
        tally.passed += 1;
    } else {
        tally.failed += 1;
        wrong.push(format!("{}: {}", scenario["id"], faults.join("; ")));
    }
}

#[test]
fn every_scenario_passes_or_asks_for_what_is_not_offered() {
    case_files::say_whose("scenarios of matching");
    let files = case_files::files(Shape::Scenarios);
    let mut wrong = Vec::new();
    for (path, document) in &files {
        let mut tally = Tally::default();
        for scenario in document["scenarios"].as_array().unwrap() {
            judge(scenario, &mut tally, &mut wrong);
        }
        case_files::say(&format!(
            "{}\nkind passed failed not_offered\n{}",
            path.display(),
            tally.line("scenario")
        ));
    }
    let (folder, named) = case_files::folder();
    assert!(named || !files.is_empty(), "no file of {} holds scenarios", folder.display());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The verdict on a scenario made up for the runner.
fn verdict(scenario: &Value) -> (Tally, String) {
    let (mut tally, mut wrong) = (Tally::default(), Vec::new());
    judge(scenario, &mut tally, &mut wrong);
    (tally, wrong.join("\n"))
}

/// A scenario with something else at a pointer.
fn changed(pointer: &str, value: Value) -> Value {
    let mut scenario = json!({
        "id": "x", "currency": "EUR", "policy": {}, "more_payments": [],
        "open_items": [{ "id": "a", "number": "I1", "customer": "Cust", "date": "2025-01-01", "due": "2025-01-31",
            "amount": "100.00", "open": "100.00" }],
        "payment": { "amount": "60.00", "date": "2025-02-01", "payer": "Cust", "reference_text": "I1" },
        "expected": { "kind": "auto", "allocations": [{ "item": "a", "amount": "60.00" }], "residual": "0.00",
            "write_off": null, "note": "" },
    });
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    scenario.pointer_mut(parent).unwrap()[key] = value;
    scenario
}

#[test]
fn the_runner_of_scenarios_passes_fails_and_declines() {
    let tally = |passed, failed, not_offered| Tally { passed, failed, not_offered };
    assert_eq!(verdict(&changed("/id", json!("y"))), (tally(1, 0, 0), String::new()));
    for (pointer, value, fault) in [
        ("/expected/kind", json!("propose"), "/kind"),
        ("/expected/allocations", json!([]), "falls on a"),
        ("/expected/allocations", json!([{ "item": "a", "amount": "60.01" }]), "fall of a"),
        ("/expected/residual", json!("1.00"), "/residual"),
        ("/expected/write_off", json!("40.00"), "write_off"),
        ("/expected/discount", json!("40.00"), "discount"),
        ("/expected/interest", json!("1.00"), "answer not compared /interest"),
        ("/payment/colour", json!("red"), "unread field /payment/colour"),
        ("/policy/mood", json!("good"), "unread field /policy/mood"),
    ] {
        let (got, wrong) = verdict(&changed(pointer, value));
        assert_eq!(got, tally(0, 1, 0), "{pointer}");
        assert!(wrong.contains(fault), "`{wrong}` does not say `{fault}`");
    }
    // The policy decides, not the answer: a right one is declined as well as a wrong one.
    let mut declined = changed("/policy/fifo", json!(true));
    assert_eq!(verdict(&declined).0, tally(0, 0, 1));
    declined["expected"]["kind"] = json!("none");
    assert_eq!(verdict(&declined).0, tally(0, 0, 1));
}

/// Every row of the table declines something, and nothing else that reads alike.
#[test]
fn each_row_of_what_is_not_offered_is_reached() {
    let mut reasons = std::collections::BTreeSet::new();
    for (pointer, value) in [
        ("/open_items/0/kind", json!("vendor_bill")),
        ("/open_items/0/open", json!("-100.00")),
        ("/payment/amount", json!("-60.00")),
        ("/policy/tolerance_pct", json!("0.5")),
        ("/policy/fifo", json!(true)),
        ("/policy/order", json!("newest")),
        ("/policy/discounts", json!(["0", "2"])),
        ("/open_items/0/discount_pct", json!(2)),
        ("/policy/rates", json!({ "invoice": 85 })),
        ("/open_items/0/transaction_id", json!("T1")),
        ("/open_items/0/status", json!("disputed")),
        ("/payment/reference_text", json!("I1 less TDS")),
        ("/payment/reference_text", json!("I1 to 7")),
        ("/payment/payer", json!("Cus")),
        ("/payment/reference_text", json!("thanks")),
    ] {
        let scenario = changed(pointer, value.clone());
        reasons
            .insert(offer::refused(&scenario).unwrap_or_else(|| panic!("{pointer} {value} is not declined")));
    }
    let spelled = |number: &str, text: &str| {
        let mut scenario = changed("/payment/reference_text", json!(text));
        scenario["open_items"][0]["number"] = json!(number);
        offer::refused(&scenario)
    };
    for (number, text) in [
        ("INV-10058", "inv 10058"),
        ("INV-10058", "INV-IOO5B"),
        ("INV/2019/00001", "no 2019-00001"),
        ("RF18539007547034", "rf18 5390 0754 7034"),
        ("RF18539007547034", "RF17 5390 0754 7034"),
    ] {
        reasons.insert(spelled(number, text).unwrap_or_else(|| panic!("`{text}` is not declined")));
    }
    reasons.insert(spelled("INV-30002", "INV-20001, INV-300").expect("a number that is cut is not declined"));
    assert_eq!(reasons.len(), offer::rows(), "{reasons:#?}");
    for (number, text) in [
        ("INV-12", "inv-12, thanks"),
        ("2222 3333", "for 2222 3333"),
        ("INV-1", "INV-1 - 999999999"),
        ("(7/8)", "7/8."),
    ] {
        assert_eq!(spelled(number, text), None, "{text}");
    }
}
