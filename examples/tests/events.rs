//! Logs of helpdesks and files of receivables, whole and damaged.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test that fails panics, and says where"
)]

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

/// `examples/` in the source tree.
const CRATE: &str = env!("CARGO_MANIFEST_DIR");

/// Runs an example, which `cargo test` builds beside the tests.
fn run(example: &str, arguments: &[&OsStr]) -> Output {
    let test = std::env::current_exe().unwrap();
    let program = test.parent().unwrap().parent().unwrap().join("examples").join(example);
    assert!(program.exists(), "{} is not built: run cargo build --examples", program.display());
    Command::new(program).args(arguments).output().unwrap()
}

/// A folder of one test's own, empty.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("events").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Bills a log into a database of its own.
fn bill(name: &str, log: &Path, more: &[&str]) -> Output {
    let database = scratch(name).join("events.sqlite");
    let mut arguments = ["--json", "--events"].map(OsStr::new).to_vec();
    arguments.extend([log.as_os_str(), OsStr::new("--database"), database.as_os_str()]);
    arguments.extend(more.iter().map(OsStr::new));
    run("month_end", &arguments)
}

/// The answer, without the times it took.
fn answer(output: &Output) -> Value {
    let told = String::from_utf8_lossy(&output.stderr);
    let mut answer: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}\n{told}"));
    let fields = answer.as_object_mut().unwrap();
    for time in ["core_ms", "total_ms"] {
        assert!(fields.remove(time).is_some_and(|time| time.is_u64()), "{time}");
    }
    answer
}

fn sample(name: &str) -> PathBuf {
    Path::new(CRATE).join("sample").join(name)
}

/// Real data beside the clone, which is no part of it.
fn real(name: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("DUEBILL_DATA") else {
        eprintln!("not run on {name}: DUEBILL_DATA names no folder with real data");
        return None;
    };
    let file = Path::new(&folder).join(name);
    assert!(file.exists(), "{} is not there", file.display());
    Some(file)
}

/// A finding of the reader.
fn found(code: &str, column: &str, count: u64, line: u64, value: &str) -> Value {
    json!({ "code": code, "column": column, "count": count, "line": line, "value": value })
}

#[test]
fn a_log_becomes_invoices() {
    // Ada, February: 40 minutes at 120 are 45: 90.00. March: four hours at 240 and a quarter at 180:
    // 1,005.00, which waits for an approval. Bob: 7 minutes at 90: 22.50. `?`: a minute at 180: 45.00.
    let output = bill("whole", &sample("events.csv"), &[]);
    assert_eq!(
        answer(&output),
        json!({
            "billed_minutes": 330, "entries": 6, "events": 14,
            "findings": [
                { "code": "approval-needed", "count": 1 },
                { "code": "entry-zero-length", "count": 1 },
                { "code": "number-date-order", "count": 1 },
            ],
            "invoices": 4, "invoices_awaiting_approval": 1, "raw_minutes": 303, "schema": "duebill/events/1",
            "tickets": 5, "total": "1162.50", "zero_invoices": 0,
        })
    );
    for (round, billed) in [
        ("up:15:ticket", 330),
        ("up:60:ticket", 480),
        ("nearest:6:entry", 306),
        ("nearest_half_even:6:entry", 300),
        ("down:60:entry", 240),
        ("none:1:entry", 303),
    ] {
        let rounded = answer(&bill("rounded", &sample("events.csv"), &["--round", round]));
        assert_eq!(rounded["billed_minutes"], billed, "{round}");
    }
    let odd = bill("odd", &sample("events.csv"), &["--round", "sideways:15:ticket"]);
    assert!(!odd.status.success());
    assert!(String::from_utf8_lossy(&odd.stderr).contains("sideways"), "{odd:?}");
}

#[test]
fn a_damaged_log_is_told_and_its_good_rows_are_billed() {
    let whole = answer(&bill("damaged", &sample("events.csv"), &[]));
    let time = "sys_updated_at";
    for (name, finding, entries, total) in [
        ("duplicate_row.csv", found("duplicate-row", "", 2, 9, "T-2"), 6, "1162.50"),
        ("missing_priority.csv", found("missing-column", "priority", 1, 1, "priority"), 6, "0.00"),
        ("no_such_day.csv", found("bad-time", time, 2, 5, "31/2/2016 12:00"), 5, "1117.50"),
        ("short_and_long_rows.csv", found("short-row", "", 1, 11, "3 of 6 fields"), 5, "1162.50"),
        ("short_and_long_rows.csv", found("long-row", "", 1, 5, "7 of 6 fields"), 5, "1162.50"),
        ("truncated.csv.gz", found("truncated-input", "", 1, 14, "within the line"), 5, "1117.50"),
        ("unknown_priority.csv", found("unknown-priority", "priority", 1, 6, "9 - Unheard of"), 6, "202.50"),
    ] {
        let output = bill("damaged", &sample("damaged").join(name), &[]);
        assert!(output.status.success(), "{name}: {output:?}");
        let answer = answer(&output);
        let findings = answer["findings"].as_array().unwrap();
        assert!(findings.contains(&finding), "{name}: {finding} is not in {findings:?}");
        assert_eq!((&answer["entries"], &answer["total"]), (&json!(entries), &json!(total)), "{name}");
        if entries == whole["entries"] {
            assert_eq!(answer["raw_minutes"], whole["raw_minutes"], "{name}: all work is captured");
        }
    }
}

#[test]
fn a_log_without_a_column_that_every_row_needs_is_refused_by_name() {
    let output = bill("columns", &sample("damaged/missing_customer.csv"), &[]);
    assert!(!output.status.success());
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("line 1") && told.contains("`caller_id`"), "{told}");
    let answer = answer(&output);
    assert_eq!(answer["findings"], json!([found("missing-column", "caller_id", 1, 1, "caller_id")]));
    assert_eq!((&answer["entries"], &answer["total"]), (&json!(0), &json!("0.00")));
}

#[test]
fn a_log_appended_to_itself_says_the_same() {
    let text = std::fs::read_to_string(sample("events.csv")).unwrap();
    let rows = text.split_once('\n').unwrap().1;
    let log = scratch("appended").join("log.csv");
    std::fs::write(&log, format!("{text}{rows}{rows}")).unwrap();
    let mut appended = answer(&bill("appended_run", &log, &[]));
    let findings = appended["findings"].as_array_mut().unwrap();
    let place = findings.iter().position(|finding| finding["code"] == "duplicate-row").unwrap();
    assert_eq!(findings.remove(place), found("duplicate-row", "", 28, 16, "T-1"));
    assert_eq!(appended, answer(&bill("appended_run", &sample("events.csv"), &[])));
}

#[test]
fn a_named_database_is_emptied_only_when_asked_to() {
    let (log, database) = (sample("events.csv"), scratch("named").join("events.sqlite"));
    let arguments = ["--json", "--events", log.to_str().unwrap(), "--database", database.to_str().unwrap()];
    let first = run("month_end", &arguments.map(OsStr::new));
    let again = run("month_end", &arguments.map(OsStr::new));
    assert!(
        !again.status.success() && String::from_utf8_lossy(&again.stderr).contains("--fresh"),
        "{again:?}"
    );
    let arguments = [&arguments[..], &["--fresh"]].concat();
    let fresh = run("month_end", &arguments.iter().map(OsStr::new).collect::<Vec<_>>());
    assert_eq!(answer(&fresh), answer(&first));
}

#[test]
fn exported_documents_hold_the_same_commands() {
    let (log, folder) = (sample("damaged/unknown_priority.csv"), scratch("documents"));
    let arguments = ["--events", log.to_str().unwrap(), "--export-documents", folder.to_str().unwrap()];
    let output = run("month_end", &arguments.map(OsStr::new));
    assert!(output.status.success(), "{output:?}");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let host: Value = serde_json::from_str(&read("host.json")).unwrap();
    let finding = found("unknown-priority", "priority", 1, 6, "9 - Unheard of");
    assert_eq!(host["summary"], json!({ "events": 14, "findings": [finding], "tickets": 5 }));
    assert_eq!(host["as_of"], "2016-03-31");
    duebill::wire::compile(read("rulebook.json").as_bytes()).unwrap();
    let steps = read("steps.jsonl");
    let told = steps.lines().map(|line| {
        let step: Value = serde_json::from_str(line).unwrap();
        format!("{} {}", step["command"]["log"]["id"], step["command"]["id"]).replace('"', "")
    });
    let expected = [
        "? capture",
        "? bill:2016-03-31",
        "ada capture",
        "ada bill:2016-02-29",
        "ada bill:2016-03-31",
        "bob capture",
        "bob bill:2016-03-31",
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

/// Figures that another program, which knows nothing of this one, made from the same log.
#[test]
fn the_log_of_a_real_company_comes_to_the_figures_of_a_second_opinion() {
    let Some(log) = real("tickets_servicenow/incident_event_log.csv.gz") else {
        return;
    };
    let log = &log;
    let answer = move |round: &str| answer(&bill(&round.replace(':', "_"), log, &["--round", round]));
    std::thread::scope(|scope| {
        for (round, billed) in [
            ("up:15:ticket", 3_973_335),
            ("nearest:6:entry", 3_878_148),
            ("nearest_half_even:6:entry", 3_867_678),
        ] {
            scope.spawn(move || assert_eq!(answer(round)["billed_minutes"], billed, "{round}"));
        }
        let mut whole = answer("up:15:entry");
        let findings = whole.as_object_mut().unwrap().remove("findings").unwrap();
        assert!(
            findings.as_array().unwrap().contains(&json!({ "code": "entry-zero-length", "count": 6602 }))
        );
        assert_eq!(
            whole,
            json!({
                "billed_minutes": 4_048_965, "entries": 38_716, "events": 141_712, "invoices": 8_074,
                "invoices_awaiting_approval": 5_320, "raw_minutes": 3_874_419, "schema": "duebill/events/1",
                "tickets": 24_918, "total": "8283120.00", "zero_invoices": 129,
            })
        );
    });
}

#[test]
fn another_helpdesk_needs_another_mapping_and_no_code() {
    let Some(log) = real("tickets_helpdesk/helpdesk.csv.gz") else {
        return;
    };
    let mapping = format!("{CRATE}/mappings/helpdesk.json");
    let answer = answer(&bill("helpdesk", &log, &["--mapping", &mapping]));
    let figures = ["entries", "events", "invoices", "tickets"].map(|key| answer[key].as_u64().unwrap());
    assert_eq!(figures, [5_057, 21_221, 2_605, 4_580]);
    let findings = answer["findings"].as_array().unwrap();
    assert!(findings.contains(&found("duplicate-row", "", 127, 129, "Case 1023")), "{findings:?}");
    assert_eq!(answer["total"], "1723830.00");
}

/// Ages a receivables file.
fn age(file: &Path, as_of: &str, basis: &str) -> Value {
    let options = ["--json", "--as-of", as_of, "--basis", basis, "--invoices"].map(OsStr::new);
    let output = run("aging", &[&options[..], &[file.as_os_str()]].concat());
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn receivables_age_and_damaged_rows_are_told() {
    let row = |late: &str| json!({ "1-30": late, "31-60": "0.00", "61-90": "0.00", "not_due": "0.00", "over_90": "0.00" });
    assert_eq!(
        age(&sample("damaged/receivables.csv"), "2013-02-05", "due"),
        json!({
            "as_of": "2013-02-05", "basis": "due", "buckets": row("40.50"),
            "customers": { "ada": row("10.50"), "bob": row("30.00") },
            "disputed_items": 1, "disputed_open": "10.50",
            "findings": [
                found("bad-amount", "InvoiceAmount", 1, 7, "3O.00"),
                found("bad-id", "customerID", 1, 9, ""),
                found("bad-time", "DueDate", 1, 4, "2/31/2013"),
                found("duplicate-row", "invoiceNumber", 1, 6, "I-4"),
                found("short-row", "", 1, 8, "4 of 7 fields"),
            ],
            "open_items": 2, "open_total": "40.50", "schema": "duebill/receivables_file/1",
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
