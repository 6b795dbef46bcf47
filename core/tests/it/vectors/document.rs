//! Whole documents: lines, taxes, totals.

use serde_json::{Value, json};

use super::case::Case;

/// Where a vector names no currency, its amounts have two decimals.
const TWO_DECIMALS: &str = "EUR";

fn rule(category: &str, percent: &Value) -> Value {
    json!({ "category": category, "percent": percent })
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

/// An allowance or charge of an amount.
fn adjustment(kind: &str, amount: &str) -> Value {
    json!({ "amount": amount, "kind": kind, "reason": "" })
}

/// The category and rate that a vector names beside an amount.
fn rule_at(case: &Case<'_>, at: &str) -> Value {
    rule(case.text(&format!("{at}/cat")), &percent(case, &format!("{at}/rate")))
}

/// Totals of an electronic invoice.
pub fn einvoice_totals(case: &Case<'_>) {
    let mut lines = Vec::new();
    for line in case.elements("/lines") {
        let at = |field: &str| format!("{line}/{field}");
        let mut adjustments = Vec::new();
        for (list, kind) in [("allowances", "allowance"), ("charges", "charge")] {
            for amount in case.elements(&at(list)) {
                adjustments.push(adjustment(kind, case.text(&amount)));
            }
        }
        let mut priced = json!({
            "adjustments": adjustments,
            "price": case.text(&at("price")),
            "quantity": case.text(&at("qty")),
            "rule": rule_at(case, &line),
        });
        let base = case.optional(&at("base_qty"));
        if !base.is_null() {
            priced["base_quantity"] = base.clone();
        }
        lines.push(priced);
    }
    let mut adjustments = Vec::new();
    for (list, kind) in [("/doc_allowances", "allowance"), ("/doc_charges", "charge")] {
        for at in case.elements(list) {
            let term = adjustment(kind, case.text(&format!("{at}/amount")));
            adjustments.push(json!({ "on": { "rule": rule_at(case, &at) }, "term": term }));
        }
    }
    let currency = case.text("/currency");
    let mut document = json!({ "adjustments": adjustments, "currency": currency, "lines": lines });
    if let Some(prepaid) = case.optional("/prepaid").as_str() {
        document["prepaid"] = json!(prepaid);
    }
    // A vector states the difference of a payable in whole crowns.
    let rounding = case.optional("/rounding");
    let rounded = rounding.as_str().filter(|text| text.parse() != Ok(rust_decimal::Decimal::ZERO));
    if rounded.is_some() {
        document["amounts"] = json!({ "cash_step": "1" });
    }
    let got = case.calculate("document_totals", &document);
    for (place, _) in case.elements("/lines").iter().enumerate() {
        case.expect(&format!("/line_nets/{place}"), &got["nets"][place]);
    }
    let totals = &got["totals"];
    if let Some(rounding) = rounded {
        case.same("/rounding", &json!(rounding), &totals["rounding"]);
    }
    case.same("en16931", &json!(true), &totals["en16931"]);
    let rows = case.answer("/vat").and_then(Value::as_array).map_or(0, Vec::len);
    if Some(rows) != totals["taxes"].as_array().map(Vec::len) {
        case.fail(format!("expected {rows} tax rows, got {}", totals["taxes"]));
    }
    for place in 0..rows {
        let stated = |field: &str| {
            let pointer = format!("/vat/{place}/{field}");
            case.compare(&pointer);
            case.answer(&pointer).and_then(Value::as_str).unwrap_or("0")
        };
        let row = tax_row(case, &totals["taxes"], stated("cat"), stated("rate"));
        case.expect(&format!("/vat/{place}/taxable"), &row["base"]);
        case.expect(&format!("/vat/{place}/tax"), &row["tax"]);
    }
    for (pointer, field) in
        [("/line", "lines"), ("/tax_excl", "net"), ("/tax_incl", "gross"), ("/payable", "payable")]
    {
        case.expect(pointer, &totals[field]);
    }
    for (pointer, field) in [("/tax", "tax"), ("/allowance", "allowance"), ("/charge", "charge")] {
        case.expect_if_given(pointer, &totals[field]);
    }
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

/// An amount or a percentage of a discount or charge.
fn term(case: &Case<'_>, at: &str, kind: &str) -> Value {
    let mut term = json!({ "kind": kind, "reason": "" });
    for field in ["amount", "percent"] {
        let value = case.optional(&format!("{at}/{field}"));
        if let Some(text) = value.as_str() {
            term[field] = json!(text.trim_end_matches('%'));
        }
    }
    term
}

/// Totals under the rule that rounds what we round. Each vector gives its totals under the rule it
/// names, and how those under the other rule differ.
pub fn invoice_totals_gobl(case: &Case<'_>) {
    let mut lines = Vec::new();
    let mut rates = std::collections::BTreeSet::new();
    let retained: Vec<&Value> =
        case.elements("/retained_categories").iter().map(|at| case.field(at)).collect();
    for line in case.elements("/lines") {
        let at = |field: &str| format!("{line}/{field}");
        let discounts = case.elements(&at("discounts"));
        let adjustments: Vec<Value> = discounts.iter().map(|at| term(case, at, "allowance")).collect();
        let mut priced = json!({
            "adjustments": adjustments, "price": case.text(&at("price")), "quantity": case.text(&at("qty")),
        });
        for tax in case.elements(&at("taxes")) {
            let category = case.field(&format!("{tax}/0"));
            let percent = percent(case, &format!("{tax}/1"));
            let mut taxed = json!({ "category": category, "percent": percent });
            let surcharge = case.optional(&format!("{tax}/2"));
            if let Some(surcharge) = surcharge.as_str() {
                taxed["surcharge"] = json!(surcharge.trim_end_matches('%'));
                priced["surcharged"] = json!(true);
            }
            if retained.contains(&category) {
                priced["withholding"] = taxed;
            } else {
                if percent != "0" {
                    rates.insert(percent.to_string());
                }
                priced["rule"] = taxed;
            }
        }
        lines.push(priced);
    }
    // That engine does not tax a discount or charge of the document that names no tax.
    let mut adjustments = Vec::new();
    for (list, kind) in [("/discounts", "allowance"), ("/charges", "charge")] {
        for at in case.elements(list) {
            let mut on = json!({});
            for tax in case.elements(&format!("{at}/taxes")) {
                on["rule"] = rule(case.text(&format!("{tax}/0")), &percent(case, &format!("{tax}/1")));
            }
            adjustments.push(json!({ "on": on, "term": term(case, &at, kind) }));
        }
    }
    let inclusive = !case.optional("/prices_include").is_null();
    let got = case.calculate(
        "document_totals",
        &json!({
            "adjustments": adjustments, "amounts": { "prices_include_tax": inclusive },
            "currency": case.text("/currency"), "lines": lines,
        }),
    );
    let compared = if inclusive && rates.len() <= 1 { "precise" } else { "currency" };
    let ours = case.text("/rounding_rule") == compared;
    let other = case.answer("/other_rule/rule").and_then(Value::as_str);
    if !ours && other != Some(compared) {
        case.fail(format!("no totals are given under {compared}"));
    }
    let totals = &got["totals"];
    // That engine sums lines as they are priced: with the tax that prices contain.
    let amount =
        |text: &Value| text.as_str().unwrap_or("").parse::<rust_decimal::Decimal>().unwrap_or_default();
    let rows = totals["taxes"].as_array().map_or(&[][..], Vec::as_slice);
    let of_role =
        |role: &str| rows.iter().filter(|row| row["role"] == role).map(|row| amount(&row["tax"])).sum();
    let included: rust_decimal::Decimal =
        if inclusive { of_role("tax") } else { rust_decimal::Decimal::ZERO };
    let sum = json!((amount(&totals["lines"]) + included).to_string());
    let included = json!(included.to_string());
    let fields = [
        ("sum", &sum),
        ("tax_included", &included),
        ("discount", &totals["allowance"]),
        ("charge", &totals["charge"]),
        ("total", &totals["net"]),
        ("tax", &totals["tax"]),
        ("total_with_tax", &totals["gross"]),
        ("retained_tax", &totals["withheld"]),
        ("payable", &totals["payable"]),
    ];
    for (field, got) in fields {
        let (named, differs) = (format!("/totals/{field}"), format!("/other_rule/differs/{field}"));
        case.compare(&named);
        let elsewhere = !ours && case.answer(&differs).is_some();
        case.expect_if_given(if elsewhere { &differs } else { &named }, got);
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
    if case.text("/mode") != "round_per_line" {
        case.fail("expected a tax rounded per line".to_owned());
    }
    let rule = rule("s", &percent(case, "/rate_pct"));
    let inclusive = case.field("/price_includes_tax");
    for rounding in ["line", "group"] {
        let got = case.calculate(
            "document_totals",
            &json!({
                "amounts": { "prices_include_tax": inclusive, "tax_rounding": rounding }, "currency": currency,
                "lines": [{ "price": case.text("/price"), "quantity": "1", "rule": rule }],
            }),
        );
        case.expect("/base", &got["totals"]["net"]);
        case.expect("/tax", &got["totals"]["tax"]);
    }
}

/// Lines of which some contain their tax.
pub fn tax_inclusive_line(case: &Case<'_>) {
    let mut lines = Vec::new();
    for line in case.elements("/lines") {
        let mut priced = json!({ "price": case.text(&format!("{line}/0")), "quantity": "1" });
        if let Some(percent) = case.optional(&format!("{line}/1")).as_str() {
            priced["rule"] = rule("s", &json!(percent));
        }
        lines.push(priced);
    }
    let document = json!({
        "amounts": { "prices_include_tax": true }, "currency": TWO_DECIMALS, "lines": lines,
    });
    case.expect("/sum", &case.calculate("document_totals", &document)["totals"]["net"]);
}

/// A discount of the document, spread by the value of lines.
pub fn document_discount_prorata(case: &Case<'_>) {
    let included = case.optional("/tax_included_pct");
    let mut lines = Vec::new();
    let mut prices = Vec::new();
    for line in case.elements("/lines") {
        let value = case.optional(&line);
        let (price, rate) = match value.as_str() {
            Some(price) => (price, included),
            None => (case.text(&format!("{line}/0")), case.optional(&format!("{line}/1"))),
        };
        prices.push(format!("{price}00").parse::<i64>().unwrap_or(0));
        lines.push(json!({ "price": price, "quantity": "1", "rule": rule("s", rate) }));
    }
    let discount = case.optional("/amount_discount").as_str().or(case.optional("/discount").as_str());
    let discount = discount.unwrap_or("0");
    let on = case.optional("/apply_on");
    if !on.is_null() && on != "grand total" {
        case.fail(format!("unknown base {on}"));
    }
    let document = json!({
        "adjustments": [{ "term": adjustment("allowance", discount) }],
        "amounts": { "prices_include_tax": !included.is_null() }, "currency": TWO_DECIMALS, "lines": lines,
    });
    let totals = &case.calculate("document_totals", &document)["totals"];
    for (pointer, field) in
        [("/tax", "tax"), ("/total", "payable"), ("/net_total", "net"), ("/grand_total", "gross")]
    {
        case.expect_if_given(pointer, &totals[field]);
    }
    // The same discount on each line by its share, and the tax rounded per line.
    let whole = format!("{discount}00").parse::<i64>().unwrap_or(0);
    let parts = case.calculate("split", &json!({ "whole": whole, "weights": prices }));
    for (place, line) in lines.iter().enumerate() {
        let Some(part) = parts["parts"][place].as_i64() else { continue };
        let mut line = line.clone();
        let part = rust_decimal::Decimal::new(part, 2).to_string();
        line["adjustments"] = json!([adjustment("allowance", &part)]);
        let alone = case.calculate("document_totals", &json!({ "currency": TWO_DECIMALS, "lines": [line] }));
        case.expect_if_given(&format!("/line_tax/{place}"), &alone["totals"]["tax"]);
    }
}

/// A charge of the document, taxed with the lines or not at all.
pub fn surcharge_tax(case: &Case<'_>) {
    if case.field("/inclusive") != &Value::Bool(true) {
        case.fail("expected prices that contain their tax".to_owned());
    }
    let (percent, alone) = match case.text("/tax").split_once(' ') {
        Some((percent, "on line only")) => (percent, true),
        _ => (case.text("/tax"), false),
    };
    let on = case.optional("/tax_applies_to");
    if !alone && on != "invoice+surcharge" {
        case.fail(format!("unknown base {on}"));
    }
    let mut lines = Vec::new();
    for line in case.elements("/lines") {
        // The rate of the line itself is named again as the one tax, or is nothing.
        let own = case.text(&format!("{line}/1"));
        if own != "0" && own != percent {
            case.fail(format!("{line} is taxed twice"));
        }
        lines.push(json!({
            "price": case.text(&format!("{line}/0")), "quantity": "1", "rule": rule("s", &json!(percent)),
        }));
    }
    let mut charge = json!({ "term": adjustment("charge", case.text("/surcharge")) });
    if alone {
        charge["on"] = json!({});
    }
    let document = json!({
        "adjustments": [charge], "amounts": { "prices_include_tax": true }, "currency": TWO_DECIMALS, "lines": lines,
    });
    let totals = &case.calculate("document_totals", &document)["totals"];
    case.expect("/total", &totals["payable"]);
    case.expect("/tax", &totals["tax"]);
}

/// What is to be paid, rounded to a step.
pub fn cash_round(case: &Case<'_>) {
    let input = json!({
        "amount": case.text("/amount"), "currency": TWO_DECIMALS, "rounding": case.text("/mode"),
        "step": case.text("/step"),
    });
    case.expect("/payable", &case.calculate("cash_round", &input)["payable"]);
}

/// Amounts of a document by their element, as a validator reads them.
pub fn validator_verdict(case: &Case<'_>) {
    let texts = |element: &str| -> Vec<String> {
        let at = format!("/amounts/{}", element.replace('/', "~1"));
        let plain = |text: &str| {
            // The validator's numbers may lack their first digit.
            text.parse::<rust_decimal::Decimal>()
                .map_or_else(|_| text.to_owned(), |number| number.to_string())
        };
        case.elements(&at).iter().map(|place| plain(case.text(place))).collect()
    };
    let one = |element: &str| texts(element).pop().unwrap_or_else(|| "0".to_owned());
    let (mut allowances, mut charges) = (Vec::new(), Vec::new());
    let amounts = texts("AllowanceCharge/Amount");
    for (amount, is_charge) in amounts.into_iter().zip(texts("AllowanceCharge/ChargeIndicator")) {
        if is_charge == "true" { charges.push(amount) } else { allowances.push(amount) }
    }
    let (bases, percents) = (texts("TaxSubtotal/TaxableAmount"), texts("TaxCategory/Percent"));
    let rows = texts("TaxSubtotal/TaxAmount").into_iter().enumerate().map(|(place, tax)| {
        let mut row = json!({ "tax": tax });
        for (field, list) in [("base", &bases), ("percent", &percents)] {
            if let Some(text) = list.get(place) {
                row[field] = json!(text);
            }
        }
        row
    });
    let currency = texts("Invoice/DocumentCurrencyCode").pop().unwrap_or_else(|| TWO_DECIMALS.to_owned());
    let stated = json!({
        "allowance": one("LegalMonetaryTotal/AllowanceTotalAmount"),
        "allowances": allowances,
        "charge": one("LegalMonetaryTotal/ChargeTotalAmount"),
        "charges": charges,
        "currency": currency,
        "gross": one("LegalMonetaryTotal/TaxInclusiveAmount"),
        "lines": one("LegalMonetaryTotal/LineExtensionAmount"),
        "net": one("LegalMonetaryTotal/TaxExclusiveAmount"),
        "nets": texts("InvoiceLine/LineExtensionAmount"),
        "payable": one("LegalMonetaryTotal/PayableAmount"),
        "prepaid": one("LegalMonetaryTotal/PrepaidAmount"),
        "rounding": one("LegalMonetaryTotal/PayableRoundingAmount"),
        "rows": rows.collect::<Vec<_>>(),
        "tax": one("TaxTotal/TaxAmount"),
    });
    // The same check under its own name for what is taxed at the standard rate.
    let rule = if case.text("/rule") == "BR-S-09" { "BR-CO-17" } else { case.text("/rule") };
    let got = case.calculate("document_sums", &json!({ "rules": [rule], "stated": stated }));
    let verdict = if got["violated"] == json!([]) { "success" } else { "error" };
    case.expect("/verdict", &json!(verdict));
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
