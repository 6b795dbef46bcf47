//! Bad inputs: `{"surfaces": [..], "cases": [{"id", "surface", "title", "input", "expect": {"code",
//! "behaviour", "state_unchanged"}}]}`. Inputs are told in words, so each title has a check written
//! for it; what no check knows is counted as not offered and named.

mod approvals;
mod domain;
mod elsewhere;
mod ids;
mod json;
mod log;
mod money;
mod payments;
mod policy;
mod time;
mod trial;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::case_files::{self, Shape};
use super::vectors::Tally;
use trial::{Run, Trial};

/// What is known of a title.
enum Known {
    /// It is tried here.
    Tried(Run),
    /// It is tried by a test of another language or file.
    Elsewhere(&'static str, &'static str),
    /// There is nothing to be tried, and why.
    NotOffered(&'static str),
}

/// The checks of each file: titles as the catalogue words them.
const CHECKS: [&[(&str, Run)]; 9] = [
    approvals::CHECKS,
    domain::CHECKS,
    ids::CHECKS,
    json::CHECKS,
    log::CHECKS,
    money::CHECKS,
    payments::CHECKS,
    policy::CHECKS,
    time::CHECKS,
];

/// The reason of a case that is new to the table.
const UNWRITTEN: &str = "no check is written yet";

fn known(title: &str) -> Known {
    let tried = CHECKS.iter().flat_map(|checks| checks.iter()).find(|(name, _)| *name == title);
    if let Some((_, run)) = tried {
        return Known::Tried(*run);
    }
    let elsewhere = elsewhere::TESTS.iter().find(|(name, ..)| *name == title);
    if let Some((_, file, test)) = elsewhere {
        return Known::Elsewhere(file, test);
    }
    let declined = elsewhere::NOT_OFFERED.iter().find(|(name, _)| *name == title);
    Known::NotOffered(declined.map_or(UNWRITTEN, |(_, why)| why))
}

/// What came of the cases of a file.
#[derive(Debug, Default)]
struct Outcome {
    surfaces: BTreeMap<String, Tally>,
    wrong: Vec<String>,
    untried: Vec<String>,
}

/// The fields of a case, each of which somebody reads.
const FIELDS: [&str; 8] = ["id", "surface", "title", "input", "expect", "severity", "check", "seen"];
const EXPECTED: [&str; 3] = ["code", "behaviour", "state_unchanged"];

fn unread(case: &Value) -> Vec<String> {
    let keys = |value: &Value, known: &[&str]| {
        let own: Vec<String> = value.as_object().into_iter().flat_map(|map| map.keys().cloned()).collect();
        own.into_iter().filter(|key| !known.contains(&key.as_str())).collect::<Vec<_>>()
    };
    [keys(case, &FIELDS), keys(&case["expect"], &EXPECTED)].concat()
}

/// Judges one case.
fn judge(case: &Value, outcome: &mut Outcome) {
    let text = |field: &str| case[field].as_str().unwrap_or_default();
    let title = text("title");
    let tally = outcome.surfaces.entry(text("surface").to_owned()).or_default();
    let mut faults: Vec<String> = unread(case).iter().map(|key| format!("unread field {key}")).collect();
    match known(title) {
        Known::Tried(run) => {
            let trial = Trial::default();
            run(&trial);
            let code = case["expect"]["code"].as_str().unwrap_or_default();
            faults.extend(trial.faults(code, case["expect"]["state_unchanged"] == true));
        }
        Known::Elsewhere(file, test) => {
            tally.not_offered += 1;
            outcome.untried.push(format!("{}: {title}: covered by {file}, {test}", text("surface")));
            return;
        }
        Known::NotOffered(why) => {
            tally.not_offered += 1;
            outcome.untried.push(format!("{}: {title}: {why}", text("surface")));
            return;
        }
    }
    if faults.is_empty() {
        tally.passed += 1;
    } else {
        tally.failed += 1;
        outcome.wrong.push(format!("{} ({title}): {}", text("id"), faults.join("; ")));
    }
}

#[test]
fn every_bad_input_is_answered() {
    case_files::say_whose("bad inputs");
    let files = case_files::files(Shape::BadInput);
    let mut wrong = Vec::new();
    for (path, document) in &files {
        let mut outcome = Outcome::default();
        for case in document["cases"].as_array().unwrap() {
            judge(case, &mut outcome);
        }
        let lines: Vec<String> =
            outcome.surfaces.iter().map(|(surface, tally)| tally.line(surface)).collect();
        case_files::say(&format!("{}\nkind passed failed not_offered\n{}", path.display(), lines.join("\n")));
        outcome.untried.iter().for_each(|line| case_files::say(&format!("not run here: {line}")));
        wrong.extend(outcome.wrong);
    }
    let (folder, named) = case_files::folder();
    assert!(named || !files.is_empty(), "no file of {} holds bad inputs", folder.display());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What is said to be tried elsewhere is there, and no title is known twice.
#[test]
fn what_is_tried_elsewhere_exists() {
    for (title, file, test) in elsewhere::TESTS {
        let path = super::blessed::path("..").join(file);
        let source = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(source.contains(test), "`{title}` is said to be tried by {test} of {file}");
    }
    let tried = CHECKS.iter().flat_map(|checks| checks.iter()).map(|(title, _)| *title);
    let elsewhere = elsewhere::TESTS.iter().map(|(title, ..)| *title);
    let declined = elsewhere::NOT_OFFERED.iter().map(|(title, _)| *title);
    let mut titles: Vec<&str> = tried.chain(elsewhere).chain(declined).collect();
    let count = titles.len();
    titles.sort_unstable();
    titles.dedup();
    assert_eq!(titles.len(), count, "a title stands twice");
}

/// The verdict on a case made up for the runner.
fn verdict(title: &str, code: &str, more: Option<&str>) -> (Tally, String) {
    let mut case = json!({ "id": "x", "surface": "json", "title": title, "input": "in words", "expect": {
        "code": code, "behaviour": "in words", "state_unchanged": true }, "severity": "high", "check": "unit" });
    if let Some(field) = more {
        case[field] = json!(true);
    }
    let mut outcome = Outcome::default();
    judge(&case, &mut outcome);
    let said = [outcome.wrong, outcome.untried].concat().join("\n");
    (outcome.surfaces.into_values().next().unwrap(), said)
}

#[test]
fn the_runner_of_bad_inputs_passes_fails_and_declines() {
    let tally = |passed, failed, not_offered| Tally { passed, failed, not_offered };
    let known = "array in place of object";
    assert_eq!(verdict(known, "E_TYPE", None), (tally(1, 0, 0), String::new()));
    assert_eq!(verdict(known, "wrong-type", None), (tally(1, 0, 0), String::new()));
    for (code, more, fault) in [
        ("E_DEPTH", None, "wrong-type"),
        ("E_SOMETHING", None, "no refusal of ours"),
        ("OK", None, "wrong-type"),
        ("E_TYPE", Some("colour"), "unread field colour"),
    ] {
        let (got, said) = verdict(known, code, more);
        assert_eq!(got, tally(0, 1, 0), "{code}");
        assert!(said.contains(fault), "`{said}` does not say `{fault}`");
    }
    let (got, said) = verdict("a horoscope in place of an invoice", "E_STARS", None);
    assert_eq!(got, tally(0, 0, 1));
    assert!(said.contains(UNWRITTEN), "{said}");
    assert!(!Trial::default().faults("OK", true).is_empty(), "a check that checks nothing passes");
}

/// This part of the committed document.
pub fn document() -> String {
    let mut text = String::from(
        "# Bad inputs that the tests of the core do not try\n\
         Generated from `core/tests/it/bad_input`: a case is told in words, and its title has a check written for it. \
         A case that is new to the table is counted as not offered: no check is written yet.\n\n\
         | bad input | tried by |\n|---|---|\n",
    );
    for (title, file, test) in elsewhere::TESTS {
        text.push_str(&format!("| {title} | `{file}`, `{test}` |\n"));
    }
    text.push_str("\n## Not tried\n\n| bad input | why |\n|---|---|\n");
    for (title, why) in elsewhere::NOT_OFFERED {
        text.push_str(&format!("| {title} | {why} |\n"));
    }
    text
}
