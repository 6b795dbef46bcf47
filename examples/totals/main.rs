//! Totals of the invoices in a table of lines, as they would stand on ours: to compare with those of
//! another system before moving from it.
//!
//! `totals LINES.csv CURRENCY [line]`: columns `invoice,quantity,price,percent`, lines of an invoice
//! together; tax once per rate, or once per line where the last word says so.

use std::error::Error;

use duebill::canon;
use duebill::money::{Amount, Currency, FACTOR_ONE, Minor, Per, Price, Rounding, extend};
use duebill::tax::{GroupId, Prices, Tally, TaxRole, TaxRounding, TaxRule, Untallied};

/// An invoice as it is read: its lines with their amounts and rates.
#[derive(Default)]
struct Invoice {
    id: String,
    lines: Vec<(GroupId, Minor)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (path, currency, rounding) = match arguments.as_slice() {
        [path, currency] => (path, currency, TaxRounding::Group),
        [path, currency, word] if word == "line" => (path, currency, TaxRounding::Line),
        _ => return Err("expected: totals LINES.csv CURRENCY [line]".into()),
    };
    let currency = Currency::new(currency)?;
    let mut tally = Tally::new(Prices::Exclusive, rounding);
    let mut table = csv::Reader::from_path(path)?;
    let mut out = csv::Writer::from_writer(std::io::stdout());
    out.write_record(["invoice", "net", "tax", "gross"])?;
    let mut invoice = Invoice::default();
    for row in table.deserialize() {
        let (id, quantity, price, percent): (String, String, String, String) = row?;
        if id != invoice.id {
            print(&mut out, &mut tally, &invoice, currency)?;
            invoice = Invoice { id, lines: Vec::new() };
        }
        let (price, quantity) = (Price::parse(&price)?, Price::parse(&quantity)?);
        let net = extend(price, quantity, FACTOR_ONE, Per::UNIT, currency, Rounding::HalfUp)?;
        invoice.lines.push((group(&mut tally, &percent)?, net));
    }
    print(&mut out, &mut tally, &invoice, currency)?;
    out.flush()?;
    Ok(())
}

/// The group of a rate; equal rates share one, however they are written.
fn group(tally: &mut Tally, percent: &str) -> Result<GroupId, Box<dyn Error>> {
    let rule = serde_json::json!({ "category": "tax", "percent": percent }).to_string();
    let rule: TaxRule = canon::from_bytes(rule.as_bytes()).map_err(|refusal| format!("{refusal:?}"))?;
    Ok(tally.group(TaxRole::Tax, &rule, rule.percent))
}

fn print(
    out: &mut csv::Writer<std::io::Stdout>,
    tally: &mut Tally,
    invoice: &Invoice,
    currency: Currency,
) -> Result<(), Box<dyn Error>> {
    if invoice.lines.is_empty() {
        return Ok(());
    }
    tally.clear();
    tally.add_all(invoice.lines.iter().map(|&line| Ok::<_, Untallied>(line)))?;
    let sum = tally.taxes()?;
    let plain = |amount: Minor| Amount::new(amount, currency).plain();
    out.write_record([&invoice.id, &plain(sum.base), &plain(sum.tax), &plain(sum.base.plus(sum.tax)?)])?;
    Ok(())
}
