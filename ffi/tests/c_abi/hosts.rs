//! The core through C: the cases that every language runs, what is refused, and a whole month end.

use std::path::{Path, PathBuf};
use std::process::Command;

use duebill::wire;
use serde_json::{Value, json};

use crate::toolchain::{CRATE, Link, program, run, scratch, valgrind};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../core/golden/rulebook.json");

/// A document with its keys in order and no blanks, as the library writes its answers.
fn canonical(document: &Value) -> String {
    document.to_string()
}

#[test]
fn every_case_gives_the_same_bytes_through_c() {
    let scratch = scratch("cases");
    let program = program("cases.c", "c99", Link::Shared, &[], &scratch);
    let (mut expected, mut ran, mut by_value) = (0, 0, 0);
    for file in std::fs::read_dir(format!("{CRATE}/../core/cases")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let mut document: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let cases = document["cases"].as_array_mut().unwrap();
        expected += cases.len();
        // What is too deep for the library is too deep for the file it is read from.
        for case in cases.iter_mut().filter(|case| case["refused"] == "depth-limit") {
            let request = canonical(&json!({ "in": case["in"].take(), "kind": case["kind"] }));
            case["request"] = request.into();
        }
        let copy = scratch.join(path.file_name().unwrap());
        std::fs::write(&copy, canonical(&document)).unwrap();
        let counts = run(Command::new(&program).arg(&copy));
        let (cases, values) = counts.trim().split_once(' ').unwrap();
        ran += cases.parse::<usize>().unwrap();
        by_value += values.parse::<usize>().unwrap();
    }
    assert!(expected > 100, "only {expected} cases were found");
    assert_eq!(ran, expected);
    assert!(by_value > 50, "only {by_value} cases ran by value");
}

/// The simulations of the case files, and of those the first whose second command carries a plan out.
fn histories(scratch: &Path) -> [PathBuf; 2] {
    let mut files: Vec<_> = std::fs::read_dir(format!("{CRATE}/../core/cases")).unwrap().collect();
    files.retain(|file| file.as_ref().unwrap().path().extension().is_some_and(|is| is == "json"));
    let mut all: Vec<Value> = Vec::new();
    for file in files {
        let mut document: Value =
            serde_json::from_slice(&std::fs::read(file.unwrap().path()).unwrap()).unwrap();
        let cases = document["cases"].as_array_mut().unwrap();
        // What a question is refused for is the calculation's to say.
        all.extend(cases.drain(..).filter(|case| case["kind"] == "simulation" && case["out"].is_object()));
    }
    let carries = |case: &&Value| case["in"]["commands"][1]["action"]["kind"] == "commit_plan";
    let plan = all.iter().find(carries).unwrap().clone();
    let (histories, planned) = (scratch.join("histories.json"), scratch.join("plan.json"));
    std::fs::write(&histories, canonical(&json!({ "cases": all }))).unwrap();
    std::fs::write(&planned, canonical(&json!({ "cases": [plan] }))).unwrap();
    [histories, planned]
}

#[test]
fn histories_take_the_same_course_through_c() {
    let scratch = scratch("histories");
    let program = program("histories.c", "c99", Link::Shared, &[], &scratch);
    let inputs = histories(&scratch);
    run(Command::new(&program).args(&inputs));
    run(valgrind(&program).args(&inputs));
}

/// The arguments of `refusals.c`: the golden rulebook, and a record that a later library wrote.
pub(crate) fn refusal_inputs(scratch: &Path) -> [PathBuf; 2] {
    let address = json!({ "id": "acme", "kind": "account", "seller": "northwind" });
    let log = wire::open(address.to_string().as_bytes()).unwrap();
    let rulebook = wire::compile(&std::fs::read(GOLDEN).unwrap()).unwrap();
    let command = json!({
        "action": { "kind": "capture", "tickets": [{ "id": "T-1", "customer": "acme" }] },
        "id": "c1",
        "log": address,
        "schema": "duebill/command/1",
        "stamp": { "actor": "clara", "at": "2026-01-31T12:00:00Z", "effective": "2026-01-31", "role": "billing" },
    });
    let decision = wire::decide(&log, &rulebook, command.to_string().as_bytes()).unwrap();
    let mut record: Value = serde_json::from_slice::<Value>(&decision).unwrap()["record"].take();
    record["events"][0]["kind"] = json!("teleported");
    let record = canonical(&record);
    let future = scratch.join("future.line");
    std::fs::write(&future, format!("{} {record}", duebill::canon::sha256(record.as_bytes()))).unwrap();
    [PathBuf::from(GOLDEN), future]
}

#[test]
fn the_core_refuses_through_c_as_it_does_in_rust() {
    let scratch = scratch("refusals");
    let program = program("refusals.c", "c99", Link::Shared, &[], &scratch);
    let inputs = refusal_inputs(&scratch);
    run(Command::new(&program).args(&inputs));
    run(valgrind(&program).args(&inputs));
}

/// The folder that drives the host: three small customers, one refusal, one approval, two payments.
fn month(scratch: &Path) -> PathBuf {
    let folder = scratch.join("documents");
    std::fs::create_dir_all(&folder).unwrap();
    for file in ["host.json", "steps.jsonl"] {
        std::fs::copy(format!("{CRATE}/tests/month/{file}"), folder.join(file)).unwrap();
    }
    std::fs::copy(GOLDEN, folder.join("rulebook.json")).unwrap();
    folder
}

#[test]
fn a_month_end_in_c_is_clean_and_says_the_same_each_time() {
    let scratch = scratch("month_end");
    let strict = ["-Wconversion", "-Wsign-conversion", "-Wundef"];
    let program = program("../../../examples/c/month_end.c", "c11", Link::Shared, &strict, &scratch);
    let folder = month(&scratch);
    let answer = |command: &mut Command| -> Value {
        let printed = run(command.arg(&folder).arg("--json"));
        let mut answer: Value = serde_json::from_str(&printed).unwrap();
        assert_eq!(printed, format!("{}\n", canonical(&answer)), "not canonical");
        answer.as_object_mut().unwrap().remove("timings").unwrap();
        answer
    };
    let first = answer(&mut Command::new(&program));
    assert_eq!(answer(&mut valgrind(&program)), first);
    assert_eq!(first["aging"]["sections"][0]["control_total"], "35.45");
    assert_eq!(first["accounts"][0]["invoices"][0]["label"]["label"], "paid");
    assert_eq!(first["refused"][0]["refusal"]["name"], "entry-ends-before-start");
    assert_eq!(first["refused"].as_array().unwrap().len(), 1);
    let people = run(Command::new(&program).arg(&folder));
    assert!(people.contains("35.45 USD"), "{people}");
}
