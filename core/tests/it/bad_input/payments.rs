//! Money that is not there, came twice, or comes in crumbs.

use serde_json::{Value, json};

use super::super::money_back::{item, opening, receive, reserve};
use super::super::month::{Host, address, command};
use super::trial::{CLERK, Run, Trial, book};

/// Titles and their checks.
pub const CHECKS: &[(&str, Run)] =
    &[("over-allocation", over), ("many tiny allocations", crumbs), ("MT940/CSV bank line twice", twice)];

fn open_of(host: &Host, item: &str) -> Value {
    let view = host.report("account", "acme", json!({ "kind": "account", "as_of": "2026-03-01" }));
    let items = view["opening_items"].as_array().unwrap();
    items.iter().find(|one| one["id"] == item).unwrap()["open"].clone()
}

fn unapplied(host: &Host, receipt: &str) -> Value {
    let view = host.report("cash_book", "bank", json!({ "kind": "cash_book", "as_of": "2026-03-01" }));
    let receipts = view["receipts"].as_array().unwrap();
    receipts.iter().find(|one| one["id"] == receipt).map_or(Value::Null, |one| one["unapplied"].clone())
}

/// More than the receipt has is refused; more than the item has is declined by its account, and the
/// money is free again.
fn over(trial: &Trial) {
    let mut host = Host::new();
    opening(&mut host, json!([item("A", "100.00", "100.00")]));
    host.deliver(receive("R", "2026-01-10", "150.00")).unwrap();
    trial.refuses_command(
        &mut host,
        reserve("x", "2026-01-10", "R", &[("A", "150.01")]),
        "receipt-overspent",
    );
    host.deliver(reserve("y", "2026-01-10", "R", &[("A", "101.00")])).unwrap();
    trial.named("101 on 100", "over-allocation", host.declined.first().map_or("", String::as_str));
    trial.holds("something fell on the item", open_of(&host, "A") == "100.00");
    trial.holds("the excess is spent", unapplied(&host, "R") == "150.00");
    host.deliver(reserve("z", "2026-01-10", "R", &[("A", "100.00")])).unwrap();
    trial.holds("the rest is not unapplied", unapplied(&host, "R") == "50.00");
}

fn crumbs(trial: &Trial) {
    use duebill::money::Minor;
    let cent = Minor::new(1).unwrap();
    let sum = Minor::sum(std::iter::repeat_n(cent, 1_000_000)).map(Minor::units);
    trial.holds(&format!("a million cents are {sum:?}"), sum == Ok(1_000_000));
    let mut host = Host::new();
    let items: Vec<Value> = (0..500).map(|n| item(&format!("I{n}"), "0.01", "0.01")).collect();
    opening(&mut host, json!(items));
    host.deliver(receive("R", "2026-01-10", "5.00")).unwrap();
    let names: Vec<String> = (0..500).map(|n| format!("I{n}")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "0.01")).collect();
    host.deliver(reserve("all", "2026-01-10", "R", &parts)).unwrap();
    trial.holds("something was declined", host.declined.is_empty());
    trial.holds("a crumb is left", unapplied(&host, "R") == "0.00");
    let aging = host.aging("2026-03-01");
    trial.holds(&format!("something is open: {aging}"), aging["sections"] == json!([]));
}

/// The same bank line changes nothing, whichever file brings it; two equal payments are two.
fn twice(trial: &Trial) {
    let mut host = Host::new();
    let line = |command_id: &str, id: &str, amount: &str| {
        let receipts = json!([{ "id": id, "amount": amount, "customer": "acme" }]);
        let entry = json!({ "id": id, "amount": amount, "currency": "EUR", "value_date": "2026-01-10",
            "receipts": receipts });
        book(command_id, "2026-01-10", json!({ "kind": "receive", "entry": entry }))
    };
    host.deliver(line("file-1-line-1", "TX-1", "50.00")).unwrap();
    host.deliver(line("file-1-line-2", "TX-2", "50.00")).unwrap();
    let view =
        |host: &Host| host.report("cash_book", "bank", json!({ "kind": "cash_book", "as_of": "2026-03-01" }));
    let before = view(&host);
    trial
        .holds("two equal payments are one", before["receipts"].as_array().is_some_and(|all| all.len() == 2));
    let log = host.logs[&address("cash_book", "bank").to_string()].clone();
    host.deliver(line("file-1-line-1", "TX-1", "50.00")).unwrap();
    let again = &host.logs[&address("cash_book", "bank").to_string()];
    trial.holds("the same file changes the log", *again == log);
    host.deliver(line("file-2-line-1", "TX-1", "50.00")).unwrap();
    trial.holds("an overlapping file books money", view(&host) == before);
    trial.refuses_command(&mut host, line("file-3-line-1", "TX-1", "60.00"), "receipt-conflict");
    let other = command(
        "cash_book",
        "bank",
        "other",
        "2026-01-10",
        CLERK,
        line("x", "TX-3", "50.00")["action"].clone(),
    );
    trial.holds("a third equal payment is refused", host.deliver(other).is_ok());
}
