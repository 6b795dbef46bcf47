//! Rules that cannot be meant.

use serde_json::{Value, json};

use super::trial::{Run, Trial};

/// Titles and their checks.
pub const CHECKS: &[(&str, Run)] =
    &[("zero increment / zero weight / percent over 100", zero), ("circular parent customers", circular)];

fn zero(trial: &Trial) {
    trial.refuses_rulebook(
        |document| document["policy"]["rounding"][0]["increment_seconds"] = json!(0),
        "rounding-increment",
    );
    let rounding = json!({ "id": "none", "increment_seconds": 0 });
    let asked = json!({ "rounding": rounding, "seconds": [60] });
    trial.refuses_calculation("time_round", asked, "rounding-increment");
    for weights in [json!([0, 0]), json!([])] {
        trial.refuses_calculation("split", json!({ "whole": 100, "weights": weights }), "split-weights");
    }
    for percent in ["250", "100.01", "0", "-2"] {
        let discount = json!({ "days": 10, "percent": percent });
        trial.refuses_rulebook(
            |document| document["policy"]["payment_terms"][0]["discount"] = discount,
            "discount-percent",
        );
    }
    trial
        .refuses_rulebook(|document| document["policy"]["taxes"][0]["percent"] = json!("250"), "tax-percent");
    let allowance = json!({ "kind": "allowance", "percent": "250", "reason": "loyal" });
    trial.refuses_rulebook(
        |document| document["terms"][0]["adjustments"] = json!([allowance]),
        "adjustment-range",
    );
}

/// A circle of two, of one, and a chain that is longer than any family.
fn circular(trial: &Trial) {
    trial.refuses_rulebook(
        |document| document["terms"][0]["parent"] = json!("acme-berlin"),
        "parent-circular",
    );
    trial.refuses_rulebook(|document| document["terms"][0]["parent"] = json!("acme"), "parent-circular");
    trial.refuses_rulebook(
        |document| {
            let terms = |n: usize| {
                let mut terms = document["terms"][1].clone();
                terms["customer"] = json!(format!("c{n:04}"));
                terms["name"] = json!(format!("Customer {n}"));
                terms["parent"] = if n == 0 { json!("acme") } else { json!(format!("c{:04}", n - 1)) };
                terms
            };
            let chain: Vec<Value> = (0..3_000).map(terms).collect();
            document["terms"].as_array_mut().unwrap().extend(chain);
        },
        "parent-depth",
    );
}
