//! Recurring fees on invoices: every day once, whatever is skipped, voided or repriced.

use std::collections::BTreeMap;

use duebill::finding::Refusal;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::assembly::{deliver, host, invoices, plans};
use super::month::Host;

fn agreement(fields: Value) -> Value {
    let mut fee = json!({ "id": "care", "anchor": "2026-01-31", "code": "prepaid", "price": "100.00" });
    fee.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    json!([{ "id": "care", "kind": "time_and_materials", "fees": [fee] }])
}

fn with_fee(fields: Value) -> Host {
    let mut host = host(|rulebook| rulebook["terms"][0]["agreements"] = agreement(fields));
    // An account is there once something was recorded.
    let reach = json!({ "kind": "reach_milestone", "milestone": "start", "project": "none" });
    deliver(&mut host, "acme", "start", "2026-01-01", reach).unwrap();
    host
}

fn bill(host: &mut Host, id: &str, from: &str, to: &str) -> Result<(), Refusal> {
    let action = json!({ "kind": "bill", "run": id, "period": { "from": from, "to": to } });
    deliver(host, "acme", id, to, action)
}

fn skip(host: &mut Host, id: &str, period: &str) -> Result<(), Refusal> {
    let action = json!({ "kind": "skip_fee", "agreement": "care", "customer": "acme", "fee": "care", "period": period });
    deliver(host, "acme", id, "2026-01-31", action)
}

/// Days and amounts of the fee on invoices that are not void.
fn billed(host: &Host) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let live = invoices(host, "2030-01-01").into_iter().filter(|invoice| invoice["state"] != "void");
    let mut days: Vec<_> = live
        .flat_map(|invoice| invoice["lines"].as_array().unwrap().clone())
        .flat_map(|line| line["charges"].as_array().unwrap().clone())
        .map(|charge| (text(&charge["fee"]["from"]), text(&charge["fee"]["to"]), text(&charge["net"])))
        .collect();
    days.sort();
    days
}

fn code(result: Result<(), Refusal>) -> &'static str {
    result.unwrap_err().code().name
}

#[test]
fn the_31st_is_followed_by_the_last_of_february() {
    let mut host = with_fee(json!({}));
    bill(&mut host, "q1", "2026-01-01", "2026-03-31").unwrap();
    let expected = [("2026-01-31", "2026-02-27"), ("2026-02-28", "2026-03-30"), ("2026-03-31", "2026-04-29")];
    let got = billed(&host);
    let got: Vec<_> = got.iter().map(|(from, to, _)| (from.as_str(), to.as_str())).collect();
    assert_eq!(got, expected);
    assert_eq!(code(bill(&mut host, "again", "2026-01-01", "2026-03-31")), "nothing-to-bill");
}

#[test]
fn a_void_makes_the_period_due_again_and_a_skip_does_not() {
    let mut host = with_fee(json!({}));
    bill(&mut host, "b1", "2026-01-01", "2026-01-31").unwrap();
    assert_eq!(code(skip(&mut host, "s0", "2026-01-31")), "fee-period");
    let void = json!({ "kind": "void", "invoice": "b1:2026-01-31:EUR", "reason": "wrong" });
    deliver(&mut host, "acme", "v", "2026-02-01", void).unwrap();
    assert!(billed(&host).is_empty());
    skip(&mut host, "s1", "2026-02-28").unwrap();
    assert_eq!(code(skip(&mut host, "s2", "2026-02-28")), "fee-period");
    assert_eq!(code(skip(&mut host, "s3", "2026-02-27")), "fee-period");
    bill(&mut host, "b2", "2026-01-01", "2026-03-31").unwrap();
    let days: Vec<String> = billed(&host).into_iter().map(|(from, _, _)| from).collect();
    assert_eq!(days, ["2026-01-31", "2026-03-31"]);
    let restore = json!({ "kind": "restore_fee", "agreement": "care", "fee": "care", "from": "2026-02-28" });
    deliver(&mut host, "acme", "r", "2026-03-31", restore.clone()).unwrap();
    assert_eq!(code(deliver(&mut host, "acme", "r2", "2026-03-31", restore)), "fee-days");
    bill(&mut host, "b3", "2026-03-01", "2026-03-31").unwrap();
    assert_eq!(billed(&host).len(), 3);
}

#[test]
fn catching_up_is_bounded_unless_it_is_asked_for() {
    let mut host = with_fee(json!({ "catch_up": 2 }));
    let refusal = bill(&mut host, "b1", "2026-06-01", "2026-06-30").unwrap_err();
    let codes: Vec<&str> = refusal.findings().map(|finding| finding.code.name).collect();
    assert_eq!(codes, ["fee-catch-up", "nothing-to-bill"]);
    let action = json!({ "kind": "bill", "run": "b2", "catch_up": 9, "period": { "from": "2026-06-01", "to": "2026-06-30" } });
    deliver(&mut host, "acme", "b2", "2026-06-30", action).unwrap();
    assert_eq!(billed(&host).len(), 6);
}

#[test]
fn a_new_price_counts_from_the_next_period_or_cuts_this_one() {
    let increases = json!([{ "from": "2026-02-10", "price": "150.00" }]);
    let mut host = with_fee(json!({ "increases": increases }));
    bill(&mut host, "b", "2026-01-01", "2026-02-28").unwrap();
    let nets: Vec<String> = billed(&host).into_iter().map(|(_, _, net)| net).collect();
    assert_eq!(nets, ["100.00", "150.00"]);
    let mut host = with_fee(json!({ "increases": increases, "change": "split" }));
    bill(&mut host, "b", "2026-01-01", "2026-01-31").unwrap();
    let day = |from: &str, to: &str, net: &str| (from.to_owned(), to.to_owned(), net.to_owned());
    // Ten days of twenty-eight at the old price, eighteen at the new.
    assert_eq!(
        billed(&host),
        [day("2026-01-31", "2026-02-09", "35.71"), day("2026-02-10", "2026-02-27", "96.43")]
    );
}

#[test]
fn a_plan_bills_fees_with_the_work() {
    let mut host = host(|rulebook| {
        rulebook["terms"][0]["agreements"] =
            agreement(json!({ "anchor": "2026-01-01", "billed": "arrears" }));
        rulebook["policy"]["billing"]["plans"] =
            json!([{ "id": "monthly", "when": { "kind": "schedule", "anchor": "2026-01-31" } }]);
    });
    let entry = json!({ "id": "E", "customer": "acme", "work": {
        "kind": "time", "start": "2026-01-05T09:00:00Z", "end": "2026-01-05T10:00:00Z" } });
    deliver(&mut host, "acme", "c", "2026-01-05", json!({ "kind": "capture", "entries": [entry] })).unwrap();
    assert!(plans(&host, "2026-01-30")["plans"].as_array().unwrap().is_empty());
    assert_eq!(plans(&host, "2026-01-31")["plans"][0]["invoices"][0]["totals"]["net"], "200.00");
}

#[test]
fn a_line_of_a_fee_explains_itself() {
    let mut host =
        with_fee(json!({ "quantity": "3", "increases": [{ "from": "2026-02-10", "price": "1.00" }],
        "change": "split" }));
    bill(&mut host, "b", "2026-01-01", "2026-01-31").unwrap();
    let explained =
        host.report("account", "acme", json!({ "kind": "explain", "line": "b:2026-01-31:EUR:2" }));
    let charge = &explained["charges"][0];
    assert_eq!((&charge["recomputed"], &charge["charge"]["net"]), (&json!("107.14"), &json!("107.14")));
    let steps: Vec<_> =
        charge["steps"].as_array().unwrap().iter().map(|step| step["because"].clone()).collect();
    assert_eq!(steps, ["work", "period", "rate", "amount"]);
}

/// What is done to a fee, in months after January.
#[derive(Debug, Clone)]
enum Step {
    Bill(u8),
    Skip(u8),
    Void(u8),
    Reprice,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..14_u8).prop_map(Step::Bill),
        2 => (0..14_u8).prop_map(Step::Skip),
        2 => (0..6_u8).prop_map(Step::Void),
        1 => Just(Step::Reprice),
    ]
}

fn date(text: &str) -> duebill::calendar::Date {
    duebill::calendar::Date::parse(text).unwrap()
}

proptest! {
    #![proptest_config(crate::effort::cases(40))]

    /// Over any sequence of runs, skips, voids and new prices no day is billed twice, and in the end every day
    /// is billed or was skipped.
    #[test]
    fn no_day_is_billed_twice_or_missed(
        steps in prop::collection::vec(step(), 1..14),
        anchor in prop::sample::select(vec!["2026-01-31", "2026-01-15", "2026-01-30"]),
        billing in prop::sample::select(vec!["advance", "arrears"]),
        proration in prop::sample::select(vec!["days", "thirty", "whole"]),
        change in prop::sample::select(vec!["next_period", "split"]),
        started in prop::sample::select(vec!["2026-01-01", "2026-02-11"]),
    ) {
        let terms = |prices: &Value| {
            let mut terms = agreement(json!({
                "anchor": anchor, "billed": billing, "proration": proration, "change": change, "catch_up": 100,
                "increases": prices,
            }));
            terms[0]["from"] = json!(started);
            terms
        };
        let mut prices = json!([]);
        let mut host = host(|rulebook| rulebook["terms"][0]["agreements"] = terms(&prices));
        let reach = json!({ "kind": "reach_milestone", "milestone": "start", "project": "none" });
        deliver(&mut host, "acme", "start", "2026-01-01", reach).unwrap();
        let start = date(anchor).max(date(started));
        let mut skipped: BTreeMap<String, String> = BTreeMap::new();
        let month = |months: u8| date("2026-01-31").plus_months(months.into()).unwrap().to_string();
        for (place, step) in steps.iter().enumerate() {
            let id = format!("step-{place}");
            match step {
                Step::Bill(months) => drop(bill(&mut host, &id, "2026-01-01", &month(*months))),
                Step::Skip(months) => {
                    let first = date(anchor).plus_months((*months).into()).unwrap().max(start);
                    drop(skip(&mut host, &id, &first.to_string()));
                }
                Step::Void(number) => {
                    let all = invoices(&host, "2030-01-01");
                    if let Some(invoice) = all.get(usize::from(*number)) {
                        let void = json!({ "kind": "void", "invoice": invoice["id"], "reason": "wrong" });
                        drop(deliver(&mut host, "acme", &id, "2029-01-01", void));
                    }
                }
                Step::Reprice => {
                    let from = date("2026-03-10").plus_months(i32::try_from(place).unwrap()).unwrap();
                    prices.as_array_mut().unwrap().push(json!({ "from": from.to_string(), "price": format!("{place}.01") }));
                    let mut terms_document: Value = serde_json::from_slice::<Value>(include_bytes!("../../golden/rulebook.json")).unwrap()["terms"][0].clone();
                    terms_document["agreements"] = terms(&prices);
                    host.rulebook = duebill::wire::add_terms(&host.rulebook, terms_document.to_string().as_bytes()).unwrap();
                }
            }
        }
        drop(bill(&mut host, "last", "2026-01-01", "2027-06-30"));
        let account = &host.stored[&super::month::address("account", "acme").to_string()];
        for stored in account {
            for event in stored["record"]["events"].as_array().unwrap() {
                if event["kind"] == "fee_skipped" {
                    skipped.insert(event["from"].as_str().unwrap().into(), event["to"].as_str().unwrap().into());
                }
            }
        }
        let mut days: Vec<(String, String)> = billed(&host).into_iter().map(|(from, to, _)| (from, to)).collect();
        days.extend(skipped);
        days.sort();
        // One after the other without a gap, from the first day on.
        let mut next = start;
        for (from, to) in days {
            prop_assert_eq!(date(&from), next, "{} to {}", from, to);
            next = date(&to).plus_days(1).unwrap();
        }
        prop_assert!(next >= date("2027-05-30"), "billed up to {}", next);
    }
}
