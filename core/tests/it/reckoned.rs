//! What a reader can reckon again from what is printed: every line from its quantity and price, every tax from its
//! base, every base from lines and shares, every sum.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::blessed;

/// Decimals that quantities, prices and factors are read with.
const DIGITS: u32 = 8;

/// A decimal as a whole number of its last place.
fn scaled(text: &str, digits: u32) -> i128 {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{decimals:0<width$}", width = digits as usize).parse().unwrap()
}

/// A quotient rounded half away from zero.
fn round(numerator: i128, denominator: i128) -> i128 {
    let half = denominator / 2;
    if numerator < 0 { (numerator - half) / denominator } else { (numerator + half) / denominator }
}

fn minor(value: &Value) -> i128 {
    value["amount"].as_str().unwrap().replace('.', "").parse().unwrap()
}

/// The values of a model's section or row under a key.
fn under<'m>(entries: &'m Value, key: &str) -> Vec<&'m [Value]> {
    let entries = entries.as_array().unwrap().iter().filter(|entry| entry["key"] == key);
    entries.map(|entry| entry["values"].as_array().unwrap().as_slice()).collect()
}

fn amounts(entries: &Value, key: &str) -> i128 {
    under(entries, key).iter().map(|values| minor(values.last().unwrap())).sum()
}

fn sections<'m>(model: &'m Value, key: &str) -> impl Iterator<Item = &'m Value> {
    model["sections"].as_array().unwrap().iter().filter(move |section| section["key"] == key)
}

/// A row by its columns.
struct Row<'m> {
    cells: BTreeMap<&'m str, &'m [Value]>,
    facts: &'m Value,
}

fn rows<'m>(model: &'m Value, key: &str) -> Vec<Row<'m>> {
    let mut found = Vec::new();
    for table in sections(model, key).map(|section| &section["table"]) {
        let columns: Vec<&str> =
            table["columns"].as_array().unwrap().iter().map(|column| column.as_str().unwrap()).collect();
        for row in table["rows"].as_array().unwrap() {
            let cells =
                row["cells"].as_array().unwrap().iter().map(|cell| cell["values"].as_array().unwrap());
            let cells = columns.iter().copied().zip(cells.map(Vec::as_slice)).collect();
            found.push(Row { cells, facts: &row["facts"] });
        }
    }
    found
}

/// A quantity in parts of an hour or piece, and the digits of its currency's amounts where it is a price.
fn quantity(value: &Value) -> (i128, i128) {
    match value["seconds"].as_str() {
        Some(seconds) => (scaled(seconds, DIGITS), 3_600),
        None => (scaled(value["number"].as_str().unwrap(), DIGITS), 1),
    }
}

/// Quantity times price times factor, rounded once.
fn product((quantity, per): (i128, i128), price: &Value, factor: Option<&Value>) -> i128 {
    let digits = u32::try_from(price["digits"].as_u64().unwrap()).unwrap();
    let factor = factor.map_or(10_000, |factor| scaled(factor["number"].as_str().unwrap(), 4));
    let numerator = quantity * scaled(price["price"].as_str().unwrap(), DIGITS) * factor;
    round(numerator, per * 10_i128.pow(DIGITS + DIGITS + 4 - digits))
}

/// What a line comes to, where what stands on it gives it.
fn reckoned(row: &Row<'_>) -> Option<i128> {
    let parts = under(row.facts, "line-part");
    let mut sum: i128 = if parts.is_empty() {
        let price = ["unit-price", "stated-price"].iter().find_map(|key| row.cells.get(key)?.first())?;
        let (mut billed, per) = quantity(row.cells["quantity"].first()?);
        for values in under(row.facts, "covered-time") {
            billed -= quantity(&values[0]).0;
        }
        for values in under(row.facts, "remark") {
            billed -= values.get(1).map_or(billed, |free| quantity(free).0);
        }
        let factors = under(row.facts, "multiplier");
        product((billed, per), price, factors.first().map(|values| &values[0]))
    } else {
        parts.iter().map(|part| product(quantity(&part[0]), &part[1], part.get(2))).sum()
    };
    for key in ["line-rounding", "credit-difference", "allowance", "charge"] {
        sum += amounts(row.facts, key);
    }
    // What falls on a line of the whole invoice is taken before tax.
    if !row.cells.contains_key("line-stated") {
        sum += amounts(row.facts, "document-share");
    }
    Some(sum)
}

/// Rates of a cell, each with the category that stands beside it.
fn rates(values: &[Value]) -> Vec<(&str, Option<&str>)> {
    let mut found: Vec<(&str, Option<&str>)> = Vec::new();
    for value in values {
        match (value["percent"].as_str(), value["code"].as_str(), found.last_mut()) {
            (Some(percent), _, _) => found.push((percent, None)),
            (None, Some(category), Some(last)) => last.1 = Some(category),
            (None, _, _) => {}
        }
    }
    found
}

/// What is taxed at a rate: of lines and of the document's own allowances and charges.
fn base(model: &Value, (percent, category): (&str, &str)) -> i128 {
    let bears = |values: &[Value]| {
        rates(values).iter().any(|(own, of)| *own == percent && of.is_none_or(|of| of == category))
    };
    let net = |row: &Row<'_>, key: &str| minor(row.cells[key].first().unwrap());
    let lines = rows(model, "lines");
    let mut sum: i128 =
        lines.iter().filter(|row| bears(row.cells["tax-rate"])).map(|row| net(row, "line-net")).sum();
    for row in rows(model, "adjustments") {
        if bears(row.cells["tax-rate"]) {
            sum += net(&row, "adjustment-net");
        }
        for values in under(row.facts, "adjustment-share").into_iter().filter(|values| bears(values)) {
            sum += minor(values.last().unwrap());
        }
    }
    sum
}

/// What was reckoned again, so that a test can tell whether there was anything.
#[derive(Debug, Default)]
struct Tally {
    lines: usize,
    bases: usize,
    shares: usize,
    taxes: usize,
    sums: usize,
}

fn check(model: &Value, tally: &mut Tally) {
    let shown =
        |key: &str| sections(model, "totals").map(|section| amounts(&section["entries"], key)).sum::<i128>();
    let mut nets = 0;
    for row in rows(model, "lines") {
        let net = minor(row.cells["line-net"].first().unwrap());
        nets += net;
        let stated = row.cells.get("line-stated").map(|values| values.first().map(minor));
        let (Some(sum), Some(expected)) = (reckoned(&row), stated.unwrap_or(Some(net))) else { continue };
        assert_eq!(sum, expected, "a line of {:#}", model["document"]);
        tally.lines += 1;
    }
    for row in rows(model, "adjustments") {
        let shares = amounts(row.facts, "adjustment-share");
        tally.shares += under(row.facts, "adjustment-share").len();
        assert!(shares == 0 || shares == minor(&row.cells["adjustment-net"][0]), "{}", model["document"]);
    }
    let mut tax = 0;
    for row in rows(model, "taxes") {
        let kind = &row.cells["tax-category"][0]["word"];
        let category = row.cells["tax-category"][1]["code"].as_str().unwrap();
        let percent = row.cells["tax-rate"][0]["percent"].as_str().unwrap();
        let (own, amount) = (minor(&row.cells["tax-base"][0]), minor(&row.cells["tax-amount"][0]));
        tax += if kind == "tax-withheld" { 0 } else { amount };
        if !rows(model, "lines").is_empty() {
            assert_eq!(
                base(model, (percent, category)),
                own,
                "the base of {percent} of {}",
                model["document"]
            );
            tally.bases += 1;
        }
        if under(row.facts, "tax-after-discount").is_empty() && model["kind"] == "invoice" && amount >= 0 {
            let exact = round(own * scaled(percent, DIGITS), 100 * 10_i128.pow(DIGITS));
            assert!((exact - amount).abs() <= 1, "the tax of {percent} of {}: {exact}", model["document"]);
            tally.taxes += 1;
        }
    }
    assert_eq!(tax, shown("total-tax"), "{}", model["document"]);
    if !rows(model, "lines").is_empty() {
        assert_eq!(nets, shown("total-lines"), "{}", model["document"]);
    }
    let net = shown("total-lines") + shown("total-allowance") + shown("total-charge");
    assert_eq!(net, shown("total-net"), "{}", model["document"]);
    assert_eq!(net + tax, shown("total-gross"), "{}", model["document"]);
    let rest = ["total-withheld", "total-deposit", "total-prepaid", "total-rounding"];
    let payable = net + tax + rest.iter().map(|key| shown(key)).sum::<i128>();
    assert_eq!(payable, shown("total-payable") + shown("total-credited"), "{}", model["document"]);
    for section in sections(model, "early-discount") {
        let pays = amounts(&section["entries"], "discounted-total");
        assert_eq!(pays + amounts(&section["entries"], "discount-amount"), payable, "{}", model["document"]);
    }
    tally.sums += 1;
}

/// Every invoice and credit note that the cases ask for.
#[test]
fn a_reader_reckons_every_amount_again() {
    let text = std::fs::read(blessed::path("cases/render.json")).unwrap();
    let file: Value = serde_json::from_slice(&text).unwrap();
    let mut tally = Tally::default();
    for case in file["cases"].as_array().unwrap().iter().filter(|case| case.get("refused").is_none()) {
        let mut asked = case["in"].clone();
        for question in asked["questions"].as_array_mut().unwrap() {
            question.as_object_mut().unwrap().remove("at");
        }
        let request = json!({ "in": asked, "kind": "simulation" }).to_string();
        let answer: Value =
            serde_json::from_slice(&duebill::wire::calculate(request.as_bytes()).unwrap()).unwrap();
        for model in answer["answers"].as_array().unwrap().iter().map(|answer| &answer["model"]) {
            if model["kind"] == "invoice" || model["kind"] == "credit_note" {
                check(model, &mut tally);
            }
        }
    }
    let Tally { lines, bases, shares, taxes, sums } = tally;
    assert!(lines > 40 && bases > 20 && shares > 8 && taxes > 12 && sums > 12, "{tally:?}");
}
