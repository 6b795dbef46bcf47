//! Vectors of other engines: `{"vectors": [{"id", "kind", "source", "in", "out"}]}`, run through the
//! calculations that C and Python call too.
//!
//! Files are read from the folder that `DUEBILL_CASES` names, else from the project's own. Every
//! vector passes, fails, or asks for a policy that is not offered, which [`offer`] alone decides.

mod case;
mod dates;
mod document;
mod money;
mod offer;
mod terms;
mod time;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::blessed;
use case::Case;

/// How the vectors of one kind came out.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: usize,
    failed: usize,
    not_offered: usize,
}

/// What came of all vectors of a file.
#[derive(Debug, Default)]
struct Outcome {
    kinds: BTreeMap<String, Tally>,
    wrong: Vec<String>,
}

/// The calculation behind each kind of vector.
type Run = fn(&Case<'_>);

/// Every kind that is calculated. What stands neither here nor in the table of what is not offered
/// is an unknown kind.
const RUNS: &[(&str, Run)] = &[
    ("aging_bucket", dates::aging_bucket),
    ("allocate_largest_remainder", money::allocate_largest_remainder),
    ("cash_round", document::cash_round),
    ("currency_minor_units", money::currency_minor_units),
    ("currency_round", money::currency_round),
    ("document_discount_prorata", document::document_discount_prorata),
    ("due_date", dates::due_date),
    ("early_discount", terms::early_discount),
    ("einvoice_totals", document::einvoice_totals),
    ("einvoice_totals_tolerated", document::einvoice_totals_tolerated),
    ("elapsed_local", time::elapsed_local),
    ("gobl_amount", money::gobl_amount),
    ("instalments", terms::instalments),
    ("invoice_totals_gobl", document::invoice_totals_gobl),
    ("payment_over_instalments", terms::payment_over_instalments),
    ("period_advance", dates::period_advance),
    ("proration", dates::proration),
    ("rate_decimal_hours", money::rate_decimal_hours),
    ("rate_exact_seconds", money::rate_exact_seconds),
    ("round_mode", money::round_mode),
    ("split_at_local_midnight", time::split_at_local_midnight),
    ("surcharge_tax", document::surcharge_tax),
    ("tax_inclusive_line", document::tax_inclusive_line),
    ("tax_line", document::tax_line),
    ("tax_total_two_modes", document::tax_total_two_modes),
    ("time_round", time::time_round),
    ("time_round_duration_from_start", time::time_round_duration_from_start),
    ("whole_periods", dates::whole_periods),
    ("validator_verdict", document::validator_verdict),
];

/// Judges one vector.
fn judge(vector: &Value, outcome: &mut Outcome) {
    let kind = vector["kind"].as_str().unwrap_or("no kind");
    let tally = outcome.kinds.entry(kind.to_owned()).or_default();
    if offer::refused(kind, &vector["in"]).is_some() {
        tally.not_offered += 1;
        return;
    }
    let faults = match RUNS.iter().find(|(name, _)| *name == kind) {
        Some((_, run)) => {
            let case = Case::new(kind, &vector["in"], &vector["out"]);
            run(&case);
            case.faults()
        }
        None => vec![format!("no such kind: `{kind}`")],
    };
    if faults.is_empty() {
        tally.passed += 1;
    } else {
        tally.failed += 1;
        outcome.wrong.push(format!("{}: {}", vector["id"], faults.join("; ")));
    }
}

/// Judges every vector of every file of a folder that holds vectors.
fn judge_folder(folder: &Path) -> BTreeMap<PathBuf, Outcome> {
    let paths = std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("the folder {} cannot be read: {error}", folder.display()))
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    let mut outcomes = BTreeMap::new();
    for path in paths {
        let document: Value = serde_json::from_slice(&std::fs::read(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let Some(vectors) = document.get("vectors") else { continue };
        let vectors = vectors.as_array();
        let outcome: &mut Outcome = outcomes.entry(path.clone()).or_default();
        for vector in vectors.unwrap_or_else(|| panic!("{}: `vectors` is no list", path.display())) {
            judge(vector, outcome);
        }
    }
    outcomes
}

#[test]
fn every_vector_passes_or_asks_for_what_is_not_offered() {
    // Written past the harness, which keeps what a passing test prints to itself.
    let mut out = std::io::stdout().lock();
    let folder = match std::env::var_os("DUEBILL_CASES") {
        Some(folder) => PathBuf::from(folder),
        None => {
            writeln!(out, "DUEBILL_CASES is not set: the project's own vectors run").unwrap();
            blessed::path("cases/vectors")
        }
    };
    let outcomes = judge_folder(&folder);
    for (file, outcome) in &outcomes {
        writeln!(out, "{}\nkind passed failed not_offered", file.display()).unwrap();
        for (kind, tally) in &outcome.kinds {
            writeln!(out, "{kind} {} {} {}", tally.passed, tally.failed, tally.not_offered).unwrap();
        }
    }
    assert!(!outcomes.is_empty(), "no file of {} holds vectors", folder.display());
    let wrong: Vec<_> = outcomes.values().flat_map(|outcome| &outcome.wrong).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_not_offered_is_written_down() {
    blessed::compare("cases/NOT_OFFERED.md", &offer::document());
    for (kind, _) in RUNS {
        assert!(!offer::whole(kind), "{kind} is calculated and not offered as a whole");
    }
}

/// The verdict on one vector made up for the runner.
fn verdict(vector: &Value) -> (Tally, String) {
    let mut outcome = Outcome::default();
    judge(vector, &mut outcome);
    (outcome.kinds.into_values().next().unwrap(), outcome.wrong.join("\n"))
}

#[test]
fn the_runner_passes_fails_and_declines() {
    let tally = |passed, failed, not_offered| Tally { passed, failed, not_offered };
    let vector =
        |kind: &str, input: Value, out: Value| json!({ "id": "x", "kind": kind, "in": input, "out": out });
    let round = |input, out| verdict(&vector("currency_round", input, out));
    let (good, wrong) = round(json!({ "currency": "EUR", "amount": "0.005" }), json!({ "rounded": "0.010" }));
    assert_eq!((good, wrong.as_str()), (tally(1, 0, 0), ""));
    let failing = [
        (json!({ "currency": "EUR", "amount": "0.005" }), json!({ "rounded": "0.00" }), "/rounded"),
        (
            json!({ "currency": "EUR", "amount": "0.005", "cash": "0.05" }),
            json!({ "rounded": "0.01" }),
            "unread field /cash",
        ),
        (
            json!({ "currency": "EUR", "amount": "0.005", "steps": [] }),
            json!({ "rounded": "0.01" }),
            "unread field /steps",
        ),
        (
            json!({ "currency": "EUR", "amount": "0.005" }),
            json!({ "rounded": "0.01", "rest": "0" }),
            "answer not compared /rest",
        ),
        (json!({ "currency": "EUR" }), json!({ "rounded": "0.01" }), "/amount is missing"),
        (json!({ "currency": "EUR", "amount": "0.005" }), json!({}), "/rounded is missing"),
        (json!({ "currency": "EURO", "amount": "0.005" }), json!({ "rounded": "0.01" }), "currency-unknown"),
    ];
    for (input, out, expected) in failing {
        let (tally_got, wrong) = round(input, out);
        assert_eq!(tally_got, tally(0, 1, 0), "{expected}");
        assert!(wrong.contains(expected), "`{wrong}` does not say `{expected}`");
    }
    let (unknown, wrong) = verdict(&vector("horoscope", json!({}), json!({})));
    assert_eq!(unknown, tally(0, 1, 0));
    assert!(wrong.contains("no such kind"), "{wrong}");
    // The policy decides, not the answer: a right one is declined as well as a wrong one.
    for rounded in ["3", "7"] {
        let input = json!({ "value": "2.6", "mode": "half_odd" });
        assert_eq!(verdict(&vector("round_mode", input, json!({ "rounded": rounded }))).0, tally(0, 0, 1));
    }
}
