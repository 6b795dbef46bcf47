//! Files of receivables, whole and damaged.

use std::path::Path;

use serde_json::{Value, json};

use super::program::{aging, found, real, run, sample};

/// Ages a receivables file.
fn age(file: &Path, as_of: &str, basis: &str) -> Value {
    let options = ["--json", "--as-of", as_of, "--basis", basis, "--invoices"];
    serde_json::from_str(&run(aging().args(options).arg(file))).unwrap()
}

#[test]
fn receivables_age_and_damaged_rows_are_told() {
    let row = |late: &str| json!({ "1-30": late, "31-60": "0.00", "61-90": "0.00", "not_due": "0.00", "over_90": "0.00" });
    assert_eq!(
        age(&sample("damaged/receivables.csv"), "2013-02-05", "due"),
        json!({
            "as_of": "2013-02-05", "basis": "due", "buckets": row("45.50"),
            "customers": { "ada": row("10.50"), "bob": row("35.00") },
            "disputed_items": 1, "disputed_open": "10.50",
            "findings": [
                found("bad-amount", "InvoiceAmount", 1, 7, "3O.00"),
                found("bad-id", "customerID", 1, 9, ""),
                found("bad-id", "invoiceNumber", 2, 12, ""),
                found("bad-time", "DueDate", 1, 4, "2/31/2013"),
                found("duplicate-row", "invoiceNumber", 1, 6, "I-4"),
                found("short-row", "", 1, 8, "4 of 7 fields"),
            ],
            "open_items": 3, "open_total": "45.50", "schema": "duebill/receivables_file/1",
        })
    );
}

#[test]
fn the_receivables_of_a_real_company_age_as_a_second_opinion_says() {
    let Some(file) = real("ar_ibm/WA_Fn-UseC_-Accounts-Receivable.csv") else {
        return;
    };
    for (basis, buckets) in [
        ("due", ["4936.32", "788.74", "0.00", "0.00", "0.00"]),
        ("invoice", ["161.05", "4775.27", "788.74", "0.00", "0.00"]),
    ] {
        let aged = age(&file, "2012-12-31", basis);
        for (name, amount) in ["not_due", "1-30", "31-60", "61-90", "over_90"].into_iter().zip(buckets) {
            assert_eq!(aged["buckets"][name], amount, "{basis} {name}");
        }
        assert_eq!((&aged["open_items"], &aged["open_total"]), (&json!(99), &json!("5725.06")));
        assert_eq!((&aged["disputed_items"], &aged["disputed_open"]), (&json!(28), &json!("1700.31")));
        assert_eq!(aged["customers"].as_object().unwrap().len(), 61);
        assert_eq!(aged["findings"], json!([]));
    }
}
