//! Due dates and ages.

use serde_json::{Value, json};

use super::case::Case;

/// The date so many days after another.
fn days_after(case: &Case<'_>, date: &str, days: i64) -> Value {
    let terms = json!({ "days": days, "id": "t" });
    case.calculate("due_date", &json!({ "issued": date, "terms": terms }))["due"].clone()
}

/// The due date under terms; these names of other engines are one rule with fields.
pub fn due_date(case: &Case<'_>) {
    let number = |pointer| case.number(pointer);
    let next = |days: Value, after: bool| json!({ "kind": "next", "days": days, "after": after });
    let of_month = |day: i64, months: i64| json!({ "kind": "of_month", "day": day, "months": months });
    let mut terms = match case.text("/rule") {
        "net_days" => json!({ "days": number("/days") }),
        "weeks" => json!({ "weeks": number("/weeks") }),
        "eom_plus_days" => json!({ "days": number("/days"), "end_of_month": 0 }),
        "days_then_dom" => json!({ "days": number("/days"), "on_day": next(json!([number("/dom")]), false) }),
        "days_eom_on_the" => json!({ "days": number("/days"), "on_day": of_month(number("/dom"), 1) }),
        "dom_current" => json!({ "on_day": of_month(number("/dom"), 0) }),
        "dom_following" => json!({ "on_day": of_month(number("/dom"), 1) }),
        "dom_strictly_after" => json!({ "on_day": next(json!([number("/dom")]), true) }),
        "next_eom_strict" => json!({ "on_day": next(json!([31]), true) }),
        "next_of_days" => {
            let days: Vec<i64> = case.elements("/days_list").iter().map(|day| case.number(day)).collect();
            json!({ "on_day": next(json!(days), false) })
        }
        word => return case.fail(format!("no such rule: {word}")),
    };
    terms["id"] = json!("t");
    let asked = json!({ "issued": case.text("/invoice_date"), "terms": terms });
    case.expect("/due", &case.calculate("due_date", &asked)["due"]);
}

/// How long a period is.
fn cadence(case: &Case<'_>) -> Value {
    match case.text("/period") {
        "monthly" => json!({ "unit": "month" }),
        "weekly" => json!({ "unit": "week" }),
        "thirty_days" => json!({ "unit": "day", "count": 30 }),
        word => {
            case.fail(format!("no such period: {word}"));
            Value::Null
        }
    }
}

pub fn period_advance(case: &Case<'_>) {
    let asked = json!({ "anchor": case.text("/start"), "every": cadence(case), "number": case.number("/n") });
    case.expect("/date", &case.calculate("period_advance", &asked)["date"]);
}

pub fn whole_periods(case: &Case<'_>) {
    let asked = json!({ "anchor": case.text("/start"), "end": case.text("/end"), "every": cadence(case) });
    case.expect("/n", &case.calculate("whole_periods", &asked)["number"]);
}

/// Dates, or plain days counted from some anchor.
pub fn proration(case: &Case<'_>) {
    let anchor = "2012-02-01";
    let asked = if case.optional("/days").is_null() {
        let convention = match case.number("/fixed_days_in_month") {
            0 => "days",
            30 => "thirty",
            days => return case.fail(format!("no month of {days} days")),
        };
        json!({
            "convention": convention, "from": case.text("/from_"), "to": case.text("/to"),
            "period_from": case.text("/period_start"), "period_to": case.text("/period_end"),
        })
    } else {
        let after = |days| days_after(case, anchor, days);
        json!({
            "from": anchor, "to": after(case.number("/days")),
            "period_from": anchor, "period_to": after(case.number("/period_days")),
        })
    };
    case.expect("/fraction", &case.calculate("proration", &asked)["fraction"]);
}

/// One age under both rules for day 0.
pub fn aging_bucket(case: &Case<'_>) {
    let basis = match case.text("/based_on") {
        "due date" => "due",
        "invoice date" => "invoice",
        word => return case.fail(format!("no such basis: {word}")),
    };
    let limits: Vec<i64> = case.elements("/limits").iter().map(|limit| case.number(limit)).collect();
    let days = case.number("/days_past_due");
    let anchor = "2026-01-31";
    let other = days_after(case, anchor, days.abs());
    let (date, as_of) = if days < 0 { (&other, &json!(anchor)) } else { (&json!(anchor), &other) };
    let bucket = |zero_in_first: bool| {
        let input = json!({
            "as_of": as_of, "basis": basis, "date": date, "day_zero_in_first": zero_in_first, "limits": limits,
        });
        case.calculate("aging_bucket", &input)["bucket"].as_str().unwrap_or("").to_owned()
    };
    let last = limits.last().copied().unwrap_or(0);
    let theirs = match bucket(false) {
        name if name == format!("over_{last}") => format!("{}+", last + 1),
        name => name,
    };
    case.expect("/oca_partner_aging", &json!(theirs));
    case.expect("/erpnext", &json!(range(&bucket(true), &limits)));
}

/// The number of a bucket whose first range starts at day 0.
fn range(name: &str, limits: &[i64]) -> String {
    let mut from = 0;
    let mut names = vec!["not_due".to_owned()];
    for limit in limits {
        names.push(format!("{from}-{limit}"));
        from = limit + 1;
    }
    names.push(format!("over_{}", from - 1));
    match names.iter().position(|known| known == name) {
        Some(0) => "none (not due)".to_owned(),
        Some(place) => format!("range{place}"),
        None => format!("no such bucket: {name}"),
    }
}
