//! Logs of helpdesks, whole and damaged.

use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};

use super::damage;
use super::program::{CRATE, found, month_end, real, run, sample, scratch};

/// Bills a log into a database of its own.
fn bill(name: &str, log: &Path, more: &[&str]) -> Output {
    let database = scratch(&format!("events_{name}")).join("events.sqlite");
    let mut command = month_end();
    command.arg("--json").arg("--events").arg(log).arg("--database").arg(database);
    command.args(more).output().unwrap()
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

/// Every fault is told once, with where it was first, and the good rows are billed.
#[test]
fn a_damaged_log_is_told_and_its_good_rows_are_billed() {
    let folder = scratch("events_damage");
    for damage::Case { name, bytes, expected, entries, total } in damage::logs() {
        let log = folder.join(name);
        std::fs::write(&log, bytes).unwrap();
        let output = bill("damaged", &log, &[]);
        assert!(output.status.success(), "{name}: {output:?}");
        let answer = answer(&output);
        let findings =
            answer["findings"].as_array().unwrap().iter().filter(|finding| finding["line"].is_u64());
        assert_eq!(findings.cloned().collect::<Vec<_>>(), expected, "{name}");
        assert_eq!((&answer["entries"], &answer["total"]), (&json!(entries), &json!(total)), "{name}");
    }
}

#[test]
fn a_log_without_a_column_that_every_row_needs_is_refused_by_name() {
    let folder = scratch("events_headless");
    for damage::Headless { name, bytes, lacking, expected } in damage::headless() {
        let log = folder.join(name);
        std::fs::write(&log, bytes).unwrap();
        let output = bill("columns", &log, &[]);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(
            !output.status.success() && told.contains(&format!("found no {lacking} in")),
            "{name}: {told}"
        );
        let answer = answer(&output);
        let findings = answer["findings"].as_array().unwrap();
        assert!(findings.contains(&expected), "{name}: {expected} is not in {findings:?}");
        assert_eq!((&answer["entries"], &answer["total"]), (&json!(0), &json!("0.00")), "{name}");
    }
}

#[test]
fn what_is_no_file_is_told() {
    for path in [sample("nothing.csv"), sample("damaged")] {
        let output = bill("nothing", &path, &[]);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
        assert!(told.starts_with(&format!("month_end: {}: ", path.display())), "{told}");
    }
}

#[test]
fn a_log_appended_to_itself_says_the_same() {
    let text = std::fs::read_to_string(sample("events.csv")).unwrap();
    let rows = text.split_once('\n').unwrap().1;
    let log = scratch("events_appended").join("log.csv");
    std::fs::write(&log, format!("{text}{rows}{rows}")).unwrap();
    let mut appended = answer(&bill("appended_run", &log, &[]));
    let findings = appended["findings"].as_array_mut().unwrap();
    let place = findings.iter().position(|finding| finding["code"] == "duplicate-row").unwrap();
    assert_eq!(findings.remove(place), found("duplicate-row", "", 28, 16, "T-1"));
    assert_eq!(appended, answer(&bill("appended_run", &sample("events.csv"), &[])));
}

#[test]
fn a_named_database_is_emptied_only_when_asked_to() {
    let (log, database) = (sample("events.csv"), scratch("events_named").join("events.sqlite"));
    let bill = |more: &[&str]| {
        let mut command = month_end();
        command.arg("--json").arg("--events").arg(&log).arg("--database").arg(&database);
        command.args(more).output().unwrap()
    };
    let (first, again) = (bill(&[]), bill(&[]));
    assert!(
        !again.status.success() && String::from_utf8_lossy(&again.stderr).contains("--fresh"),
        "{again:?}"
    );
    assert_eq!(answer(&bill(&["--fresh"])), answer(&first));
}

#[test]
fn exported_documents_hold_the_same_commands() {
    let (log, folder) = (sample("damaged/unknown_priority.csv"), scratch("events_documents"));
    run(month_end().arg("--events").arg(log).arg("--export-documents").arg(&folder));
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
