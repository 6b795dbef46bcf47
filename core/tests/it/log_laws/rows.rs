//! What a host keeps beside its records follows from them: rows and ready commands are given again as they were.

use duebill::wire;
use serde_json::{Value, json};

use super::history::{Story, lines, over, story};

/// The rows of a record that was stored are those that were given with it, byte for byte, and so are its ready
/// commands: of each record by itself, and of whole logs.
#[test]
fn rows_that_are_made_again_are_those_that_were_given() {
    over(24, story(), |story: Story| {
        let told = story.tell();
        for (at, records) in &told.stored {
            let lines = lines(records);
            let again =
                |lines: &[u8]| -> Value { serde_json::from_slice(&wire::rows(lines).unwrap()).unwrap() };
            let whole = again(lines.concat().as_bytes());
            let whole = whole["records"].as_array().unwrap();
            assert_eq!(whole.len(), records.len());
            for ((line, given), made) in lines.iter().zip(records).zip(whole) {
                let alone = again(line.as_bytes());
                assert_eq!(alone["version"], given["rows_version"]);
                assert_eq!(alone["records"], json!([made]));
                assert_eq!(made["rows"].to_string(), given["rows"].to_string(), "{at} at {}", given["seq"]);
                assert_eq!(made["intents"].to_string(), given["intents"].to_string());
                assert_eq!((&made["hash"], &made["seq"]), (&given["hash"], &given["seq"]));
                assert_eq!(made["log"].to_string(), *at);
            }
        }
    });
}

/// Work is found by agent, customer and day: a row says them, or that of its ticket does.
#[test]
fn every_entry_has_what_a_host_looks_it_up_by() {
    over(12, story(), |story: Story| {
        for records in story.tell().stored.values() {
            let rows: Vec<&Value> = records.iter().flat_map(|one| one["rows"].as_array().unwrap()).collect();
            let of = |table: &str, key: &Value, column: &str| -> Option<String> {
                let rows = rows.iter().filter(|row| row["table"] == table && row["key"] == *key);
                rows.filter_map(|row| row["set"][column].as_str()).next_back().map(str::to_owned)
            };
            for row in rows.iter().filter(|row| row["table"] == "entry") {
                let ticket = of("entry", &row["key"], "ticket").unwrap();
                let own = of("entry", &row["key"], "customer");
                let customer = own.or_else(|| of("ticket", &json!(ticket), "customer"));
                assert!(customer.is_some_and(|customer| !customer.is_empty()), "{row}");
                assert!(of("entry", &row["key"], "date").is_some_and(|date| date.len() == 10), "{row}");
                assert!(of("entry", &row["key"], "agent").is_some(), "{row}");
            }
        }
    });
}

/// A line that nobody stored so is refused, with its place.
#[test]
fn rows_are_made_of_whole_records_alone() {
    let refused = |lines: &str| wire::rows(lines.as_bytes()).unwrap_err();
    assert_eq!(refused("no record\n").code().name, "line-form");
    let hash = duebill::canon::sha256(b"{}");
    let refusal = refused(&format!("{hash} {{}}\n"));
    assert_eq!((refusal.code().name, refusal.first().path.as_str()), ("missing-field", "/0"));
    let refusal = refused(&format!("{hash} {{ }}\n"));
    assert!(refusal.findings().next().is_some());
    assert_eq!(wire::rows(b"").unwrap(), br#"{"records":[],"version":1}"#);
}
