//! Amounts that are none, or not exactly.

use serde_json::{Value, json};

use super::super::month::{Host, address};
use super::trial::{Run, Trial, account, book, worked};

/// Titles and their checks.
pub const CHECKS: &[(&str, Run)] = &[
    ("money as JSON number", number),
    ("underscores / bare point", form),
    ("30-digit integer part", digits),
    ("more places than the currency", places),
    ("equal value, different text", same_value),
    ("amount at the type limit", limit),
    ("unknown currency", currency),
    ("mixed currencies in one sum", mixed),
    ("zero, negative or inverse-inconsistent rate", rate),
];

fn received() -> Host {
    let mut host = Host::new();
    host.deliver(receive("first", json!("10.00"), "EUR")).unwrap();
    host
}

fn receive(id: &str, amount: Value, currency: &str) -> Value {
    let receipts = json!([{ "id": id, "amount": amount, "customer": "acme" }]);
    let entry = json!({ "id": id, "amount": amount, "currency": currency, "value_date": "2026-02-05",
        "receipts": receipts });
    book(&format!("in-{id}"), "2026-02-05", json!({ "kind": "receive", "entry": entry }))
}

fn refused(trial: &Trial, amount: Value, currency: &str, name: &str) {
    let mut host = received();
    trial.refuses_command(&mut host, receive("bad", amount, currency), name);
}

fn number(trial: &Trial) {
    refused(trial, json!(12.5), "EUR", "number-whole");
    refused(trial, json!(9_007_199_254_740_993.01), "EUR", "number-whole");
    refused(trial, json!(12), "EUR", "wrong-type");
    trial.refuses_rulebook(|document| document["policy"]["rates"][0]["value"] = json!(12.5), "number-whole");
}

fn form(trial: &Trial) {
    for text in
        ["1_000", "1.", ".5", "+1", "1e5", "1E5", " 1", "1 ", "", "-", "--1", "1,5", "0x1", "\u{661}", "NaN"]
    {
        refused(trial, json!(text), "EUR", "number-form");
    }
}

fn digits(trial: &Trial) {
    refused(trial, json!("123456789012345678901234567890.12"), "EUR", "number-range");
    refused(trial, json!("-123456789012345678901234567890"), "JPY", "number-range");
    refused(trial, json!("0.1234567890123456789012345678901"), "EUR", "number-range");
}

fn places(trial: &Trial) {
    for (amount, currency) in [("1.005", "USD"), ("1.5", "JPY"), ("1.0005", "KWD")] {
        refused(trial, json!(amount), currency, "precision");
    }
    let mut host = received();
    let zeros = host.deliver(receive("zeros", json!("1000.00"), "JPY"));
    trial.holds("zeros beyond the digits are refused", zeros.is_ok());
}

/// One value is one text in every record, so the same command in other words is the same.
fn same_value(trial: &Trial) {
    let hash = |host: &Host| {
        let stored = host.stored[&address("cash_book", "bank").to_string()].last().unwrap();
        stored["hash"].as_str().unwrap().to_owned()
    };
    let (mut short, mut long) = (Host::new(), Host::new());
    short.deliver(receive("x", json!("1.1"), "EUR")).unwrap();
    for text in ["1.10", "1.100", "1.1000000"] {
        long = Host::new();
        long.deliver(receive("x", json!(text), "EUR")).unwrap();
        trial.holds(&format!("{text} has another hash than 1.1"), hash(&short) == hash(&long));
    }
    let before = long.logs.clone();
    trial.holds("1.1 after 1.10 is no repetition", long.deliver(receive("x", json!("1.1"), "EUR")).is_ok());
    trial.holds("1.1 after 1.10 changes something", long.logs == before);
}

fn limit(trial: &Trial) {
    refused(trial, json!("79228162514264337593543950335"), "EUR", "number-range");
    for text in ["7922816251426433759354395033", "92233720368547758.07", "92233720368547758.08"] {
        refused(trial, json!(text), "EUR", "amount-overflow");
    }
}

fn currency(trial: &Trial) {
    for code in ["USDD", "usd", "XXX", "XTS", "", "EU", "\u{20ac}"] {
        refused(trial, json!("1.00"), code, "currency-unknown");
    }
}

fn mixed(trial: &Trial) {
    use duebill::money::{Amount, Currency};
    let amount = |code: &str| Amount::parse("1.00", Currency::new(code).unwrap()).unwrap();
    let sum = amount("USD").plus(amount("EUR"));
    trial.named(
        "1 USD + 1 EUR",
        "currency-mixed",
        sum.err().map_or("no refusal", |e| duebill::error_code::Coded::code(&e).name),
    );
    let mut host = received();
    let allocations = json!([{ "item": "A", "cash": "1.00", "currency": "USD" }]);
    let reserve =
        json!({ "kind": "reserve", "account": "acme", "receipt": "first", "allocations": allocations });
    trial.refuses_command(&mut host, book("r", "2026-02-05", reserve), "receipt-currency");
}

fn rate(trial: &Trial) {
    let rate = |from: &str, to: &str, rate: &str| {
        json!({ "date": "2026-01-31", "from": from, "rate": rate,
        "source": "ecb", "to": to })
    };
    for rates in [
        json!([rate("EUR", "USD", "0")]),
        json!([rate("EUR", "USD", "-1")]),
        json!([rate("EUR", "USD", "1.1"), rate("EUR", "USD", "1.2")]),
        json!([rate("EUR", "EUR", "1")]),
        json!([rate("EUR", "USD", "1.1"), rate("USD", "EUR", "5")]),
    ] {
        let mut host = Host::new();
        host.deliver(worked("work", "2026-02-05T09:00:00Z", "2026-02-05T10:00:00Z")).unwrap();
        let period = json!({ "from": "2026-02-01", "to": "2026-02-28" });
        let bill = json!({ "kind": "bill", "run": "r", "period": period, "exchange": rates });
        trial.refuses_command(&mut host, account("b", "2026-02-28", bill), "approval-rate");
    }
    let both = [rate("EUR", "USD", "1.0953"), rate("USD", "EUR", "0.9130")];
    let both = both.map(|rate| duebill::canon::from_bytes(rate.to_string().as_bytes()).unwrap());
    trial.holds("a rate and its inverse are refused", duebill::approval::ExchangeRate::check(&both).is_ok());
}
