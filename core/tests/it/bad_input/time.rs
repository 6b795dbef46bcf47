//! Instants, dates and durations that cannot be.

use duebill::wire;
use serde_json::json;

use super::super::month::{address, approve, number_asked};
use super::trial::{Run, Trial, billed, worked};

/// Titles and their checks.
pub const CHECKS: &[(&str, Run)] = &[
    ("negative or absurd duration", duration),
    ("entry crossing midnight, month, rate-change", midnight),
    ("local time in a DST gap", gap),
    ("skipped calendar day", skipped_day),
    ("year 9999 due date plus terms", last_year),
    ("not a date", no_date),
    ("unknown timezone / stale tzdb", zone),
    ("clock going backwards", backwards),
];

fn duration(trial: &Trial) {
    let mut host = billed();
    for (start, end, name) in [
        ("2026-02-05T10:00:00Z", "2026-02-05T09:45:00Z", "entry-ends-before-start"),
        ("2026-02-05T10:00:00Z", "2027-03-29T02:00:00Z", "entry-too-long"),
    ] {
        trial.refuses_command(&mut host, worked("bad", start, end), name);
    }
    let rounding = json!({ "id": "quarter" });
    trial.refuses_calculation(
        "time_round",
        json!({ "rounding": rounding, "seconds": [-900] }),
        "number-limit",
    );
}

/// The pieces of an entry are cut where its local day and its band end, and add up to it.
fn midnight(trial: &Trial) {
    let calendar = super::trial::rulebook()["policy"]["calendars"][0].clone();
    for (start, end, seconds, days) in [
        ("2025-12-31T22:00:00Z", "2026-01-01T00:00:00Z", 7_200, vec!["2025-12-31", "2026-01-01"]),
        ("2026-03-28T22:00:00Z", "2026-03-29T04:00:00Z", 21_600, vec!["2026-03-28", "2026-03-29"]),
    ] {
        let cut = trial.calculates("cut", json!({ "calendar": calendar, "start": start, "end": end }));
        let pieces = cut["pieces"].as_array().cloned().unwrap_or_default();
        let sum: u64 = pieces.iter().filter_map(|piece| piece["seconds"].as_u64()).sum();
        let mut dates: Vec<_> = pieces.iter().filter_map(|piece| piece["date"].as_str()).collect();
        dates.dedup();
        trial.holds(&format!("{start}: pieces of {sum} seconds"), sum == seconds);
        trial.holds(&format!("{start}: pieces on {dates:?}"), dates == days);
    }
}

fn elapsed(zone: &str, begin: &str, end: &str) -> serde_json::Value {
    json!({ "zone": zone, "begin": begin, "end": end })
}

fn gap(trial: &Trial) {
    let asked = elapsed("America/New_York", "2026-03-08T02:30", "2026-03-08T04:00");
    trial.refuses_calculation("elapsed_local", asked.clone(), "local-time-absent");
    let mut shifted = asked;
    shifted["gap"] = json!("shift_forward");
    let answer = trial.calculates("elapsed_local", shifted);
    trial.holds(&format!("shifted: {answer}"), answer["seconds"] == 1_800);
}

fn skipped_day(trial: &Trial) {
    let asked = elapsed("Pacific/Apia", "2011-12-30T12:00", "2011-12-31T12:00");
    trial.refuses_calculation("elapsed_local", asked, "local-time-absent");
}

fn last_year(trial: &Trial) {
    for terms in [json!({ "id": "net30", "days": 30 }), json!({ "id": "eom", "end_of_month": 1 })] {
        let asked = json!({ "issued": "9999-12-31", "terms": terms });
        trial.refuses_calculation("due_date", asked, "date-range");
    }
    let same_day = json!({ "issued": "9999-12-31", "terms": { "id": "now" } });
    let answer = trial.calculates("due_date", same_day);
    trial.holds(&format!("due at once: {answer}"), answer["due"] == "9999-12-31");
}

fn no_date(trial: &Trial) {
    let mut host = billed();
    for start in [
        "2024-01-01T24:00:00Z",
        "2024-01-01T10:00:60Z",
        "2024-01-01T10:00:00+24:00",
        "2024-01-01T10:00:00",
        "2023-02-29T10:00:00Z",
        "2024-1-1T10:00:00Z",
        "now",
    ] {
        trial.refuses_command(&mut host, worked("bad", start, "2024-01-02T00:00:00Z"), "instant-form");
    }
    for issued in
        ["2023-02-29", "2024-13-01", "2024-00-10", "20240101", "2024-1-1", "", "today", "+10000-01-01"]
    {
        let asked = json!({ "issued": issued, "terms": { "id": "net30", "days": 30 } });
        trial.refuses_calculation("due_date", asked, "date-form");
    }
}

fn zone(trial: &Trial) {
    for zone in ["Mars/Base", "", "europe/berlin", "+01:00", "../etc/passwd"] {
        let asked = elapsed(zone, "2026-03-08T01:30", "2026-03-08T04:00");
        trial.refuses_calculation("elapsed_local", asked, "zone-unknown");
        trial.refuses_rulebook(
            |document| document["policy"]["calendars"][0]["zone"] = json!(zone),
            "zone-unknown",
        );
    }
}

/// Records stand in the order of their sequence, whatever their clocks say; numbers follow dates.
fn backwards(trial: &Trial) {
    let mut host = billed();
    approve(&mut host, "acme");
    let seq = |host: &super::super::month::Host| {
        host.logs[&address("account", "acme").to_string()].chain().head().seq
    };
    let before = seq(&host);
    let mut late = worked("late", "2026-01-05T09:00:00Z", "2026-01-05T10:00:00Z");
    late["stamp"]["at"] = json!("2026-01-05T12:00:00Z");
    late["stamp"]["effective"] = json!("2026-01-05");
    trial.holds("an earlier clock is refused", host.deliver(late).is_ok());
    trial.holds("the sequence does not go on", seq(&host) == before + 1);
    let lenient = host.rulebook.clone();
    let mut document = super::trial::rulebook();
    document["policy"]["numbering"][0]["dates"] = json!("refuse");
    host.rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
    let sent = number_asked("acme", "other", "2026-01-01");
    // Flagged where the policy says nothing, refused where it says so.
    let series = &host.logs[&address("series", "invoices").to_string()];
    let flagged = wire::decide(series, &lenient, sent.to_string().as_bytes()).unwrap();
    trial.holds(
        "an early number is not flagged",
        String::from_utf8_lossy(&flagged).contains("number-date-order"),
    );
    trial.refuses_command(&mut host, sent, "number-date-order");
}
