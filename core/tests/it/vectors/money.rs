//! Rounding, splitting and extending.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::case::Case;

pub fn allocate_largest_remainder(case: &Case<'_>) {
    let ratios: Vec<Decimal> = case
        .elements("/ratios")
        .iter()
        .map(|ratio| {
            case.text(ratio).parse().unwrap_or_else(|_| {
                case.fail(format!("{ratio} is no decimal"));
                Decimal::ZERO
            })
        })
        .collect();
    // Weights are whole numbers: decimals of one scale are in the same proportion.
    let scale = ratios.iter().map(Decimal::scale).max().unwrap_or(0);
    let weights: Vec<i64> = ratios
        .iter()
        .map(|ratio| {
            let mut ratio = *ratio;
            ratio.rescale(scale);
            i64::try_from(ratio.mantissa()).unwrap()
        })
        .collect();
    let answer = case.calculate("split", &json!({ "whole": case.number("/minor"), "weights": weights }));
    let parts = answer["parts"].as_array().map_or(&[][..], Vec::as_slice);
    for (place, part) in parts.iter().enumerate() {
        case.expect(&format!("/parts/{place}"), part);
    }
}

pub fn currency_minor_units(case: &Case<'_>) {
    let answer = case.try_calculate("currency_minor_units", &json!({ "code": case.text("/code") }));
    // A code without minor units is no currency that money can be in.
    let exponent = if answer["refused"] == "currency-unknown" { &Value::Null } else { &answer["exponent"] };
    if answer.get("refused").is_some_and(|code| code != "currency-unknown") {
        case.fail(format!("{answer}"));
    }
    case.expect("/exponent", exponent);
}

pub fn currency_round(case: &Case<'_>) {
    let input = json!({ "currency": case.text("/currency"), "value": case.text("/amount") });
    case.expect("/rounded", &case.calculate("round_amount", &input)["amount"]);
}

pub fn round_mode(case: &Case<'_>) {
    let rounding = match case.text("/mode") {
        "half_away_from_zero" => "half_up",
        word => word,
    };
    let input = json!({ "digits": 0, "rounding": rounding, "value": case.text("/value") });
    case.expect("/rounded", &case.calculate("round_amount", &input)["amount"]);
}

/// A product keeps the scale of its left factor.
pub fn gobl_amount(case: &Case<'_>) {
    let (op, a, b) = (case.text("/op"), case.text("/a"), case.field("/b"));
    let answer = match (op, op.strip_prefix("rescale").and_then(|digits| digits.parse::<u8>().ok())) {
        ("mul", _) => {
            let digits = a.split_once('.').map_or(0, |(_, fraction)| fraction.len());
            case.calculate("line_amount", &json!({ "digits": digits, "price": a, "quantity": b }))
        }
        (_, Some(digits)) if b.is_null() => {
            case.calculate("round_amount", &json!({ "digits": digits, "value": a }))
        }
        _ => return case.fail(format!("no such operation: {op} of {a} and {b}")),
    };
    case.expect("/result", &answer["amount"]);
}

/// Seconds at a price per hour, to so many decimals.
fn by_the_hour(case: &Case<'_>, price: &str, digits: u8) -> Value {
    let seconds = case.number("/seconds").to_string();
    let input = json!({ "digits": digits, "per": "hour", "price": price, "quantity": seconds });
    case.calculate("line_amount", &input)["amount"].clone()
}

pub fn rate_exact_seconds(case: &Case<'_>) {
    case.expect("/amount", &by_the_hour(case, case.text("/hourly"), 4));
}

/// Hours are rounded to two decimals first, then priced by the piece.
pub fn rate_decimal_hours(case: &Case<'_>) {
    let hours = by_the_hour(case, "1", 2);
    let input = json!({ "digits": 2, "price": case.text("/hourly"), "quantity": hours });
    case.expect("/amount", &case.calculate("line_amount", &input)["amount"]);
}
