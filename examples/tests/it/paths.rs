//! Foreign billing histories: replayed through commands, and moved in as history.

use std::path::Path;

use serde_json::{Value, json};

use super::program::{CRATE, found, paths, real, run, sample};

/// An answer without the time it took.
fn untimed(line: &str) -> Value {
    let mut answer: Value = serde_json::from_str(line).unwrap();
    assert_eq!(format!("{answer}\n"), line, "not one line of canonical JSON");
    for timing in ["core_ms", "total_ms"] {
        assert!(answer.as_object_mut().unwrap().remove(timing).unwrap().is_u64());
    }
    answer
}

/// What the program says of a log; the map is the sample's where none is named.
fn told(log: &Path, mapping: &str, options: &[&str]) -> Value {
    let mut program = paths();
    program.arg("--json").args(options).arg("--log").arg(log);
    if !mapping.is_empty() {
        program.arg("--mapping").arg(format!("{CRATE}/mappings/{mapping}.json"));
    }
    let mut told = untimed(&run(&mut program));
    let digest = told.as_object_mut().unwrap().remove("digest").unwrap();
    assert_eq!(digest.as_str().unwrap().len(), 64);
    told
}

/// How often each code was refused, in how many cases; each has a reason.
fn refusals(told: &Value) -> Vec<(&str, u64, u64)> {
    let refusals = told["refusals"].as_array().unwrap().iter();
    let number = |one: &Value, key: &str| one[key].as_u64().unwrap();
    refusals
        .map(|one| {
            assert!(one["reason"].as_str().is_some_and(|reason| reason.len() > 20), "{one}");
            assert_eq!(json!(one["lines"].as_array().unwrap().len()), one["count"]);
            (one["code"].as_str().unwrap(), number(one, "count"), number(one, "cases"))
        })
        .collect()
}

fn rows(told: &Value, activity: &str) -> Value {
    let all = told["activities"].as_array().unwrap();
    all.iter().find(|one| one["activity"] == activity).cloned().unwrap_or_default()
}

#[test]
fn every_activity_becomes_its_commands_and_what_is_refused_is_explained() {
    let told = told(&sample("paths.csv"), "", &[]);
    let done = |done: u64, refused: u64| json!({ "done": done, "refused": refused });
    let expected = json!({
        "advance_dispute": done(1, 0), "allocate": done(3, 1), "approve": done(9, 1), "bill": done(8, 0),
        "capture": done(10, 0), "close_dispute": done(1, 0), "credit": done(1, 0), "open_dispute": done(1, 0),
        "receive": done(5, 0), "record_fact": done(1, 2), "reject": done(1, 0), "void": done(2, 0),
        "write_off": done(1, 0),
    });
    assert_eq!(told["commands"], expected);
    let expected =
        json!({ "credited": 1, "issued": 2, "paid": 2, "unbilled": 1, "untouched": 1, "written_off": 1 });
    assert_eq!(told["labels"], expected);
    // J-4 was paid before anybody released it, J-7 was never billed: their money waits.
    assert_eq!(told["paid"], json!({ "here": 2, "not_here": ["J-4", "J-7"], "there": 4 }));
    assert_eq!(told["money"], json!({ "as_of": "2026-03-01", "open": "110.00", "unapplied": "55.00" }));
    assert_eq!((&told["received"], &told["waiting_payments"]), (&json!("405.01"), &json!(1)));
    assert_eq!(refusals(&told), [("approval-author", 1, 1), ("invoice-state", 3, 2)]);
    let first = json!({ "activity": "released", "case": "J-3", "line": 16,
        "says": "expected somebody else than the author `ada` to decide" });
    assert_eq!(told["refusals"][0]["first"], first);
    assert_eq!(told["refusals"][1]["lines"], json!([23, 34, 24]));
    assert_eq!(told["refusals"][1]["cases_percent"], "25.0");
}

#[test]
fn what_cannot_be_read_is_told_and_what_is_not_in_the_map_is_counted() {
    let told = told(&sample("paths.csv"), "", &[]);
    let expected = json!([
        found("amount-rounded", "amount", 1, 2, "100.005"),
        found("bad-amount", "amount", 1, 38, "fifteen"),
        found("bad-id", "case", 1, 39, ""),
        found("bad-time", "when", 1, 37, "2026-31-01 09:00"),
        found("short-row", "", 1, 40, "3 of 6 fields"),
        found("time-order", "when", 1, 34, "2026-01-20T09:30:00Z"),
        found("unknown-activity", "what", 1, 36, "teleported"),
    ]);
    assert_eq!(told["findings"], expected);
    assert_eq!((&told["rows"], &told["cases"]), (&json!(40), &json!(8)));
    let unknown =
        json!({ "activity": "teleported", "commands": 0, "mapped": false, "refused": 0, "rows": 1 });
    assert_eq!(rows(&told, "teleported"), unknown);
}

#[test]
fn a_history_moves_in_as_it_says_it_was_and_is_audited() {
    let told = told(&sample("paths.csv"), "", &["--history"]);
    let counts = ["paid", "open", "left_out", "decisions", "records"].map(|key| told[key].as_u64().unwrap());
    assert_eq!(counts, [4, 1, 3, 6, 2]);
    assert_eq!(told["money"], json!({ "as_of": "2026-03-01", "open": "70.00", "unapplied": "0.00" }));
    let row = |number: &str, amount: &str, paid: &str| {
        json!({ "amount": amount, "currency": "EUR", "customer": "history", "decisions": 0, "number": number,
            "origin": "history", "paid": paid })
    };
    let payments = [row("J-4", "40.00", "2026-01-30"), row("J-7", "15.00", "2026-02-03")];
    let audit = json!({ "account": "history", "as_of": "2026-03-01", "paid": 4, "payments": payments,
        "rule": "manager" });
    assert_eq!(told["audits"], json!([audit]));
}

#[test]
fn a_replay_is_the_same_each_time_and_people_read_the_same_figures() {
    let line = || untimed(&run(paths().arg("--json")));
    assert_eq!(line(), line());
    let printed = run(&mut paths());
    for part in [
        "teleported (not in the map)",
        "approval-author: 1, in 1 cases (12.5 %)",
        "Whoever submits cannot release.",
        "Of 4 cases that were paid there 2 end paid here; 1 payments wait",
        "bad-time: 1, first on line 37, column when: 2026-31-01 09:00",
    ] {
        assert!(printed.contains(part), "{part}: {printed}");
    }
}

#[test]
fn a_log_without_its_columns_and_a_map_with_misspelt_words_are_refused() {
    let refused = |log: &Path, mapping: &Path| {
        let output = paths().arg("--log").arg(log).arg("--mapping").arg(mapping).output().unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    let maps = Path::new(CRATE).join("mappings");
    let lacking = refused(&sample("paths.csv"), &maps.join("declarations.json"));
    assert!(lacking.contains("found no `concept:name`, `time:timestamp` in the header"), "{lacking}");
    let map = std::fs::read_to_string(maps.join("paths_sample.json")).unwrap();
    let folder = super::program::scratch("paths");
    for (right, wrong) in [
        (r#""command": "bill""#, r#""command": "invoice""#),
        (r#""reason": "price""#, r#""raeson": "price""#),
        (r#""amount": "10.00""#, r#""amount": "ten""#),
        (r#""if": ["rejected"]"#, r#""iff": ["rejected"]"#),
    ] {
        assert!(map.contains(right), "{right}");
        let file = folder.join("map.json");
        std::fs::write(&file, map.replace(right, wrong)).unwrap();
        let said = refused(&sample("paths.csv"), &file);
        assert!(said.contains("paths: "), "{wrong}: {said}");
    }
}

/// Figures of the three approval logs, found independently of the program by counting their rows.
struct Approvals {
    log: &'static str,
    mapping: &'static str,
    rows: u64,
    cases: u64,
    paid: u64,
    received: &'static str,
    rounded: u64,
    decisions: u64,
    labels: Value,
    refusals: &'static [(&'static str, u64, u64)],
    without: &'static [&'static str],
    open: &'static str,
}

fn approvals(expected: &Approvals) {
    let Some(log) = real(&format!("approvals_bpi2020/{}.csv.gz", expected.log)) else { return };
    let replayed = told(&log, expected.mapping, &[]);
    assert_eq!((&replayed["rows"], &replayed["cases"]), (&json!(expected.rows), &json!(expected.cases)));
    let mut without = expected.without.to_vec();
    without.reverse();
    let here = expected.paid - u64::try_from(without.len()).unwrap();
    assert_eq!(replayed["paid"], json!({ "here": here, "not_here": without, "there": expected.paid }));
    assert_eq!((&replayed["received"], &replayed["labels"]), (&json!(expected.received), &expected.labels));
    assert_eq!(replayed["money"]["open"], expected.open);
    assert_eq!(refusals(&replayed), expected.refusals);
    let rounded = &replayed["findings"][0];
    assert_eq!((&rounded["code"], &rounded["count"]), (&json!("amount-rounded"), &json!(expected.rounded)));
    assert_eq!(replayed["findings"].as_array().unwrap().len(), 1);
    let imported = told(&log, expected.mapping, &["--history"]);
    assert_eq!(
        (&imported["paid"], &imported["decisions"]),
        (&json!(expected.paid), &json!(expected.decisions))
    );
    let audit = &imported["audits"][0];
    assert_eq!((&audit["paid"], &audit["rule"]), (&json!(expected.paid), &json!("final")));
    let found = audit["payments"].as_array().unwrap().iter().map(|one| one["number"].as_str().unwrap());
    assert_eq!(found.collect::<Vec<_>>(), expected.without);
}

#[test]
fn declarations_end_paid_but_for_the_two_that_nobody_approved() {
    approvals(&Approvals {
        log: "DomesticDeclarations",
        mapping: "declarations",
        rows: 55_628,
        cases: 10_357,
        paid: 9_912,
        received: "894387.19",
        rounded: 9_917,
        decisions: 23_520,
        labels: json!({ "paid": 9_910, "unbilled": 135, "void": 312 }),
        refusals: &[("invoice-state", 2, 1), ("invoice-unknown", 1, 1)],
        without: &["declaration90815", "declaration95149"],
        open: "0.00",
    });
}

#[test]
fn requests_for_payment_end_paid() {
    approvals(&Approvals {
        log: "RequestForPayment",
        mapping: "payment_requests",
        rows: 36_072,
        cases: 6_760,
        paid: 6_187,
        received: "1568279.98",
        rounded: 6_759,
        decisions: 15_120,
        labels: json!({ "issued": 10, "paid": 6_187, "unbilled": 72, "void": 491 }),
        refusals: &[],
        without: &[],
        open: "2470.44",
    });
}

#[test]
fn prepaid_travel_ends_paid() {
    approvals(&Approvals {
        log: "PrepaidTravelCost",
        mapping: "travel_costs",
        rows: 17_507,
        cases: 2_007,
        paid: 1_909,
        received: "2384590.38",
        rounded: 2_006,
        decisions: 4_787,
        labels: json!({ "paid": 1_909, "unbilled": 21, "void": 77 }),
        refusals: &[],
        without: &[],
        open: "0.00",
    });
}

#[test]
fn paths_of_hospital_bills_and_fines_are_refused_for_stated_reasons_only() {
    for (log, mapping, cases, expected) in [
        (
            "hospital_billing",
            "hospital_billing",
            1_020,
            &[("invoice-state", 184, 125), ("invoice-unknown", 56, 33), ("nothing-to-bill", 23, 16)],
        ),
        (
            "roadfines",
            "road_fines",
            231,
            &[("dispute-amount", 14, 14), ("dispute-step", 15, 15), ("dispute-unknown", 29, 20)],
        ),
    ] {
        let Some(file) = real(&format!("lifecycle_variants/{log}_1_per_variant.csv.gz")) else { return };
        let told = told(&file, mapping, &[]);
        assert_eq!((&told["cases"], &told["findings"]), (&json!(cases), &json!([])), "{log}");
        assert_eq!(refusals(&told), expected, "{log}");
        // Eleven fines got a penalty after their last payment; nobody pays a hospital here.
        let paid = ["there", "here"].map(|key| told["paid"][key].as_u64().unwrap());
        assert_eq!(paid, if log == "roadfines" { [152, 141] } else { [0, 0] });
        let mapped = told["activities"].as_array().unwrap();
        assert!(mapped.iter().all(|one| one["mapped"] == true), "{log}: {mapped:?}");
    }
}
