//! Instalments and discounts for paying early.

use serde_json::{Value, json};

use super::case::Case;

/// Where a vector names no currency, its amounts have two decimals.
const TWO_DECIMALS: &str = "EUR";

/// A date where a vector gives amounts and no dates.
const SOME_DAY: &str = "2026-01-31";

pub fn instalments(case: &Case<'_>) {
    let mut parts = Vec::new();
    for term in case.elements("/terms") {
        let words: Vec<&str> = case.text(&term).split(' ').collect();
        parts.push(match words.as_slice() {
            ["balance"] => json!({}),
            [percent, "rounded", "to", step] => {
                json!({ "percent": percent.trim_end_matches('%'), "round_to": step })
            }
            _ => return case.fail(format!("no such term: {words:?}")),
        });
    }
    let asked = json!({
        "currency": TWO_DECIMALS, "issued": SOME_DAY, "total": case.text("/total"),
        "terms": { "kind": "shares", "parts": parts },
    });
    case.expect("/first", &case.calculate("instalments", &asked)["instalments"][0]["amount"]);
}

/// Rows of amount, what fell and what is open; settled instalments drop out, in the order of falls.
pub fn payment_over_instalments(case: &Case<'_>) {
    let amounts = case.elements("/schedule");
    let instalments: Vec<Value> =
        amounts.iter().map(|amount| json!({ "amount": case.text(amount), "due": SOME_DAY })).collect();
    case.text("/total");
    let mut falls = vec![case.text("/payment")];
    falls.extend(case.optional("/credit_note").as_str());
    let asked = json!({ "currency": TWO_DECIMALS, "falls": falls, "instalments": instalments });
    let got = case.calculate("payment_over_instalments", &asked);
    let list = if falls.len() == 1 { "/rows" } else { "/rows_invoiced_paid_credit_outstanding" };
    let rows = got["instalments"].as_array().cloned().unwrap_or_default();
    // Where one instalment is settled by several falls, that engine leaves it out.
    let rows = rows.into_iter().filter(|row| row["open"] != "0.00");
    for (place, row) in rows.enumerate() {
        case.expect(&format!("{list}/{place}/0"), &row["amount"]);
        for (fall, fallen) in row["fallen"].as_array().into_iter().flatten().enumerate() {
            case.expect(&format!("{list}/{place}/{}", fall + 1), fallen);
        }
        case.expect(&format!("{list}/{place}/{}", falls.len() + 1), &row["open"]);
    }
}

/// The days of a discount, where a vector names none.
const WINDOW: i64 = 10;

fn discount(case: &Case<'_>) -> Value {
    json!({ "days": WINDOW, "percent": case.text("/discount_pct"), "tax": case.text("/mode") })
}

fn sum(amounts: &[&Value]) -> Value {
    let sum: rust_decimal::Decimal = amounts
        .iter()
        .map(|amount| amount.as_str().unwrap_or("0").parse::<rust_decimal::Decimal>().unwrap())
        .sum();
    json!(sum.to_string())
}

/// One invoice paid in time, or several of which some are late.
pub fn early_discount(case: &Case<'_>) {
    let row =
        |at: &str| json!({ "net": case.text(&format!("{at}/0")), "percent": case.text(&format!("{at}/1")) });
    let invoices = case.elements("/invoices");
    if invoices.is_empty() {
        let rows: Vec<Value> = case.elements("/lines").iter().map(|line| row(line)).collect();
        case.nothing("/fixed_tax");
        let asked = json!({
            "currency": TWO_DECIMALS, "discount": discount(case), "issued": SOME_DAY, "rows": rows,
        });
        let got = case.calculate("early_discount", &asked);
        case.expect("/total", &got["gross"]);
        case.expect_if_given("/discount_base", &got["discount_net"]);
        case.expect_if_given("/discount_tax", &got["discount_tax"]);
        case.expect_if_given("/pay", &got["pay"]);
        return;
    }
    let answers: Vec<Value> = invoices
        .iter()
        .map(|at| {
            let asked = json!({
                "currency": TWO_DECIMALS, "discount": discount(case), "issued": case.text(&format!("{at}/2")),
                "paid": case.text("/pay_date"), "rows": [row(at)],
            });
            case.calculate("early_discount", &asked)
        })
        .collect();
    let total = |field: &str| sum(&answers.iter().map(|answer| &answer[field]).collect::<Vec<_>>());
    case.expect("/total", &total("gross"));
    case.expect("/discount", &total("discount_net"));
    case.expect("/pay", &total("pay"));
}
