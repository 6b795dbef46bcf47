//! Running again changes nothing, and says the same.

use super::database::fingerprint;
use super::program::{json, month_end, run, scratch, timeless};

#[test]
fn a_second_run_changes_nothing() {
    let database = scratch("twice").join("month_end.sqlite");
    let first = timeless(&json(&database));
    let before = fingerprint(&database);
    let second = timeless(&json(&database));
    assert_eq!(fingerprint(&database), before);
    assert_eq!(second, first);
    // Another date asks other questions of the same records.
    let earlier = run(month_end().args(["--json", "--as-of", "2026-02-28", "--database"]).arg(&database));
    assert_ne!(timeless(&earlier)["aging"], first["aging"]);
    assert_eq!(fingerprint(&database), before);
    // And starting afresh gives the very same records.
    let fresh = timeless(&run(month_end().args(["--json", "--fresh", "--database"]).arg(&database)));
    assert_eq!(fingerprint(&database), before);
    assert_eq!(fresh, first);
}

#[test]
fn people_read_what_programs_read() {
    let database = scratch("people").join("month_end.sqlite");
    let answer = timeless(&json(&database));
    let text = run(month_end().arg("--database").arg(&database));
    for section in answer["aging"]["sections"].as_array().unwrap() {
        let total = section["control_total"].as_str().unwrap();
        let shown = text.replace(',', "");
        assert!(shown.contains(&format!("control total {total} ")), "{total} is not in\n{text}");
    }
    for number in answer["numbers"][0]["numbers"].as_array().unwrap() {
        assert!(text.contains(number["number"].as_str().unwrap()), "{number} is not in\n{text}");
    }
    assert!(!text.contains('\u{1b}'), "colours where there is no terminal");
    let line = run(month_end().args(["--explain", "LH-2026-0006/6", "--database"]).arg(&database));
    assert!(line.contains("recomputed from these facts alone: 74.67, the same"), "{line}");
    let same = ["--explain", "hansa/monthly:2026-01-31:EUR:6", "--database"];
    assert_eq!(run(month_end().args(same).arg(&database)), line);
}
