//! Rounding durations, and time between wall clocks.

use serde_json::{Value, json};

use super::case::Case;

/// Billed seconds of worked ones.
fn billed(case: &Case<'_>, mode: &str, increment: i64, seconds: i64) -> i64 {
    // An increment of nothing is no rounding.
    let rounding = match increment {
        0 => json!({ "id": "r", "mode": "none" }),
        _ => json!({ "id": "r", "increment_seconds": increment, "mode": mode }),
    };
    let answer = case.calculate("time_round", &json!({ "rounding": rounding, "seconds": [seconds] }));
    answer["billed"].as_i64().unwrap_or(-1)
}

/// Rounds a duration; begin and end stay as they were recorded.
pub fn time_round(case: &Case<'_>) {
    let mode = match case.text("/mode") {
        "default" | "ceil" => "up",
        "floor" => "down",
        "closest" => "nearest",
        word => return case.fail(format!("no such mode: {word}")),
    };
    for step in ["/begin_step_min", "/end_step_min"] {
        if case.number(step) != 0 {
            case.fail(format!("{step} is not zero"));
        }
    }
    let (begin, end) = (case.text("/begin"), case.text("/end"));
    let at = |clock: &str| format!("2024-01-15T{clock}");
    let elapsed =
        case.calculate("elapsed_local", &json!({ "begin": at(begin), "end": at(end), "zone": "UTC" }));
    let worked = elapsed["seconds"].as_i64().unwrap_or(-1);
    let increment = case.number("/duration_step_min") * 60;
    case.expect("/duration_s", &json!(billed(case, mode, increment, worked)));
    case.expect_if_given("/begin", &json!(begin));
    case.expect_if_given("/end", &json!(end));
}

/// Rounds a duration up and counts it from the start.
pub fn time_round_duration_from_start(case: &Case<'_>) {
    if case.field("/round_up") != &Value::Bool(true) {
        case.fail("/round_up is not true".to_owned());
    }
    let (start, end) = (case.number("/start"), case.number("/end"));
    case.expect("/end", &json!(start + billed(case, "up", case.number("/step_s"), end - start)));
}

/// What the library says of the time between two wall clocks.
fn elapsed(case: &Case<'_>) -> Value {
    let (begin, end, zone) = (case.text("/begin"), case.text("/end"), case.text("/zone"));
    case.calculate("elapsed_local", &json!({ "begin": begin, "end": end, "zone": zone }))
}

pub fn elapsed_local(case: &Case<'_>) {
    case.expect("/seconds", &elapsed(case)["seconds"]);
}

pub fn split_at_local_midnight(case: &Case<'_>) {
    let elapsed = elapsed(case);
    let calendar = json!({ "id": "c", "otherwise": "any", "zone": case.text("/zone") });
    let input = json!({ "calendar": calendar, "start": elapsed["begin"], "end": elapsed["end"] });
    let answer = case.calculate("cut", &input);
    let pieces = answer["pieces"].as_array().map_or(&[][..], Vec::as_slice);
    for (place, piece) in pieces.iter().enumerate() {
        case.expect(&format!("/parts/{place}/0"), &piece["date"]);
        case.expect(&format!("/parts/{place}/1"), &piece["seconds"]);
    }
}
