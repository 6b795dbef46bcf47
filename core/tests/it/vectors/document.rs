//! Whole documents: lines, taxes, totals.

use serde_json::{Value, json};

use super::case::Case;

/// Where a vector names no currency, its amounts have two decimals.
const TWO_DECIMALS: &str = "EUR";

fn rule(category: &str, percent: &Value) -> Value {
    json!({ "category": category, "percent": percent })
}

/// The sums of a document of the library.
fn totals(case: &Case<'_>, currency: &str, lines: &[Value]) -> Value {
    case.calculate("document_totals", &json!({ "currency": currency, "lines": lines }))
}

/// A category without a rate is taxed at nothing.
fn percent(case: &Case<'_>, pointer: &str) -> Value {
    let percent = case.optional(pointer);
    if percent.is_null() {
        json!("0")
    } else {
        json!(percent.as_str().map(|text| text.trim_end_matches('%')))
    }
}

/// The row of a category and rate, whatever the order of the rows.
fn tax_row<'a>(case: &Case<'_>, rows: &'a Value, category: &str, percent: &str) -> &'a Value {
    let wanted = percent.parse::<rust_decimal::Decimal>().ok();
    let of = |row: &&Value| {
        row["category"] == category && row["percent"].as_str().and_then(|text| text.parse().ok()) == wanted
    };
    rows.as_array().and_then(|rows| rows.iter().find(of)).unwrap_or_else(|| {
        case.fail(format!("no tax row of {category} {percent}"));
        &Value::Null
    })
}

/// Totals of an electronic invoice without allowances, charges and prepayment.
pub fn einvoice_totals(case: &Case<'_>) {
    let mut lines = Vec::new();
    for line in case.elements("/lines") {
        let at = |field: &str| format!("{line}/{field}");
        for list in ["allowances", "charges"] {
            case.elements(&at(list)).iter().for_each(|amount| case.nothing(amount));
        }
        let base = case.optional(&at("base_qty"));
        if !base.is_null() && base != "1" {
            case.fail(format!("{line}/base_qty is not 1"));
        }
        let rule = rule(case.text(&at("cat")), &percent(case, &at("rate")));
        lines.push(
            json!({ "price": case.text(&at("price")), "quantity": case.text(&at("qty")), "rule": rule }),
        );
    }
    for list in ["/doc_allowances", "/doc_charges"] {
        for nothing in case.elements(list) {
            case.nothing(&format!("{nothing}/amount"));
            // The category of nothing changes no row; the lines have one of their own.
            let taxed =
                rule(case.text(&format!("{nothing}/cat")), &percent(case, &format!("{nothing}/rate")));
            lines.push(json!({ "price": "0", "quantity": "1", "rule": taxed }));
        }
    }
    case.nothing("/prepaid");
    case.nothing("/rounding");
    let got = totals(case, case.text("/currency"), &lines);
    for (place, _) in case.elements("/lines").iter().enumerate() {
        case.expect(&format!("/line_nets/{place}"), &got["nets"][place]);
    }
    let rows = case.answer("/vat").and_then(Value::as_array).map_or(0, Vec::len);
    if Some(rows) != got["rows"].as_array().map(Vec::len) {
        case.fail(format!("expected {rows} tax rows, got {}", got["rows"]));
    }
    for place in 0..rows {
        let stated = |field: &str| {
            let pointer = format!("/vat/{place}/{field}");
            case.compare(&pointer);
            case.answer(&pointer).and_then(Value::as_str).unwrap_or("0")
        };
        let row = tax_row(case, &got["rows"], stated("cat"), stated("rate"));
        case.expect(&format!("/vat/{place}/taxable"), &row["base"]);
        case.expect(&format!("/vat/{place}/tax"), &row["tax"]);
    }
    for (pointer, field) in
        [("/line", "net"), ("/tax_excl", "net"), ("/tax_incl", "gross"), ("/payable", "gross")]
    {
        case.expect(pointer, &got[field]);
    }
    case.expect_if_given("/tax", &got["tax"]);
    case.expect_if_given("/allowance", &json!("0"));
    case.expect_if_given("/charge", &json!("0"));
}

/// The exact tax of stated bases.
pub fn einvoice_totals_tolerated(case: &Case<'_>) {
    let mut lines = Vec::new();
    let mut keys = Vec::new();
    for row in case.elements("/vat") {
        let (category, percent) = (case.text(&format!("{row}/cat")), case.text(&format!("{row}/rate")));
        lines.push(
            json!({ "net": case.text(&format!("{row}/taxable")), "rule": rule(category, &json!(percent)) }),
        );
        keys.push((category, percent));
    }
    let got = case.calculate("tax_rows", &json!({ "currency": TWO_DECIMALS, "lines": lines }));
    for (place, (category, percent)) in keys.iter().enumerate() {
        case.expect(&format!("/exact_2dp/{place}"), &tax_row(case, &got["rows"], category, percent)["tax"]);
    }
}

/// Totals with lines rounded to the currency before they are summed. Each vector gives its totals
/// under the rule it names, and how those under the other rule differ.
pub fn invoice_totals_gobl(case: &Case<'_>) {
    let mut lines = Vec::new();
    for line in case.elements("/lines") {
        let at = |field: &str| format!("{line}/{field}");
        let mut priced = json!({ "price": case.text(&at("price")), "quantity": case.text(&at("qty")) });
        for tax in case.elements(&at("taxes")) {
            case.optional(&format!("{tax}/2"));
            priced["rule"] = rule(case.text(&format!("{tax}/0")), &percent(case, &format!("{tax}/1")));
        }
        lines.push(priced);
    }
    case.optional("/prices_include");
    case.optional("/retained_categories");
    let got = totals(case, case.text("/currency"), &lines);
    let ours = case.text("/rounding_rule") == "currency";
    let other = case.answer("/other_rule/rule").and_then(Value::as_str);
    if !ours && other != Some("currency") {
        case.fail("no totals are given with lines rounded to the currency".to_owned());
    }
    let fields =
        [("sum", "net"), ("total", "net"), ("tax", "tax"), ("total_with_tax", "gross"), ("payable", "gross")];
    for (field, sum) in fields {
        let (named, differs) = (format!("/totals/{field}"), format!("/other_rule/differs/{field}"));
        case.compare(&named);
        let elsewhere = !ours && case.answer(&differs).is_some();
        case.expect(if elsewhere { &differs } else { &named }, &got[sum]);
    }
}

/// The tax of a line that is alone on its document.
pub fn tax_line(case: &Case<'_>) {
    let currency = match case.text("/currency_step") {
        "1" => "JPY",
        "0.01" => "EUR",
        "0.001" => "KWD",
        "0.0001" => "CLF",
        step => return case.fail(format!("no such step: {step}")),
    };
    if case.field("/price_includes_tax") != &Value::Bool(false) || case.text("/mode") != "round_per_line" {
        case.fail("expected a price without its tax, rounded per line".to_owned());
    }
    let rule = rule("s", &percent(case, "/rate_pct"));
    let line = json!({ "price": case.text("/price"), "quantity": "1", "rule": rule });
    let got = totals(case, currency, &[line]);
    case.expect("/base", &got["net"]);
    case.expect("/tax", &got["tax"]);
}

/// Tax rounded once per rate; the rows add up.
pub fn tax_total_two_modes(case: &Case<'_>) {
    let mut lines = Vec::new();
    let mut percents = Vec::new();
    for base in case.elements("/bases") {
        let percent = case.text(&format!("{base}/1"));
        lines.push(json!({ "net": case.text(&format!("{base}/0")), "rule": rule("s", &json!(percent)) }));
        percents.push(percent);
    }
    let got = case.calculate("tax_rows", &json!({ "currency": TWO_DECIMALS, "lines": lines }));
    for (place, percent) in percents.iter().enumerate() {
        case.expect(&format!("/each/{place}"), &tax_row(case, &got["rows"], "s", percent)["tax"]);
    }
    case.expect("/round_each_rate", &got["tax"]);
}
