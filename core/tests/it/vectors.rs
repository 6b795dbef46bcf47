//! Vectors of other engines: `{"vectors": [{"id", "kind", "source", "in", "out"}]}`, run through the
//! calculations that C and Python call too.
//!
//! Files are read from the folder that `DUEBILL_CASES` names, else from the project's own. Every
//! vector passes, fails, or asks for a policy that is not offered, which [`offer`] alone decides.

pub mod case;
mod dates;
mod document;
mod money;
pub mod offer;
mod terms;
mod time;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::case_files::{self, Shape};
use super::{bad_input, blessed, scenarios};
use case::Case;

/// How the cases of one kind came out.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    pub not_offered: usize,
}

impl Tally {
    /// The line that is printed.
    pub fn line(&self, kind: &str) -> String {
        format!("{kind} {} {} {}", self.passed, self.failed, self.not_offered)
    }
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

/// Judges every vector of every file of the folder that holds vectors.
fn judge_files() -> BTreeMap<PathBuf, Outcome> {
    let mut outcomes = BTreeMap::new();
    for (path, document) in case_files::files(Shape::Vectors) {
        let outcome: &mut Outcome = outcomes.entry(path).or_default();
        for vector in document["vectors"].as_array().unwrap() {
            judge(vector, outcome);
        }
    }
    outcomes
}

#[test]
fn every_vector_passes_or_asks_for_what_is_not_offered() {
    case_files::say_whose("vectors");
    let outcomes = judge_files();
    for (file, outcome) in &outcomes {
        case_files::say(&format!("{}\nkind passed failed not_offered", file.display()));
        for (kind, tally) in &outcome.kinds {
            case_files::say(&tally.line(kind));
        }
    }
    let (folder, named) = case_files::folder();
    assert!(named || !outcomes.is_empty(), "no file of {} holds vectors", folder.display());
    let wrong: Vec<_> = outcomes.values().flat_map(|outcome| &outcome.wrong).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_not_offered_is_written_down() {
    let tables = [offer::document(), scenarios::offer::document(), bad_input::document()];
    blessed::compare("cases/NOT_OFFERED.md", &tables.join("\n"));
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
