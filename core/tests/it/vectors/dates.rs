//! Due dates and ages.

use serde_json::{Value, json};

use super::case::Case;

/// The date so many days after another.
fn days_after(case: &Case<'_>, date: &str, days: i64) -> Value {
    let terms = json!({ "days": days, "id": "t" });
    case.calculate("due_date", &json!({ "issued": date, "terms": terms }))["due"].clone()
}

pub fn due_date(case: &Case<'_>) {
    let issued = case.text("/invoice_date");
    let due = match case.text("/rule") {
        "net_days" => days_after(case, issued, case.number("/days")),
        "weeks" => days_after(case, issued, case.number("/weeks") * 7),
        "eom_plus_days" => {
            let terms = json!({ "days": case.number("/days"), "end_of_month": 0, "id": "t" });
            case.calculate("due_date", &json!({ "issued": issued, "terms": terms }))["due"].clone()
        }
        word => return case.fail(format!("no such rule: {word}")),
    };
    case.expect("/due", &due);
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
