//! Commands that the state of things does not allow.

use serde_json::{Value, json};

use super::super::month::{Host, approve, command, pay};
use super::trial::{CLERK, Run, Trial, account, billed, book};

/// Titles and their checks.
pub const CHECKS: &[(&str, Run)] = &[("dangling reference", dangling), ("illegal transition", transition)];

fn dangling(trial: &Trial) {
    let mut host = billed();
    let work = json!({ "kind": "time", "start": "2026-02-05T09:00:00Z", "end": "2026-02-05T10:00:00Z" });
    let entry = |field: &str, id: &str| json!([{ "id": "E", field: id, "work": work }]);
    for (entries, name) in [
        (entry("ticket", "nowhere"), "ticket-unknown"),
        (entry("customer", "globex"), "customer-outside"),
        (entry("customer", "nobody"), "customer-outside"),
    ] {
        let capture = json!({ "kind": "capture", "entries": entries });
        trial.refuses_command(&mut host, account("e", "2026-02-05", capture), name);
    }
    let void = json!({ "kind": "void", "invoice": "nowhere", "reason": "wrong" });
    trial.refuses_command(&mut host, account("v", "2026-02-05", void), "invoice-unknown");
    let bill = json!({ "kind": "bill", "run": "r", "period": { "from": "2026-01-01", "to": "2026-01-31" } });
    let stranger = command("account", "nobody", "b", "2026-02-05", CLERK, bill);
    trial.refuses_command(&mut host, stranger, "customer-unknown");
    let allocations = json!([{ "item": "A", "cash": "1.00", "currency": "EUR" }]);
    let reserve =
        json!({ "kind": "reserve", "account": "acme", "receipt": "nowhere", "allocations": allocations });
    trial.refuses_command(&mut host, book("r", "2026-02-05", reserve), "receipt-unknown");
    for path in ["calendar", "rounding", "payment_terms", "parent"] {
        trial.refuses_rulebook(|document| document["terms"][2][path] = json!("nowhere"), "reference-unknown");
    }
}

/// The invoice of an account, as of the end of the tests.
fn invoice(host: &Host, of: &str) -> Value {
    let view = host.report("account", of, json!({ "kind": "account", "as_of": "2026-03-01" }));
    view["invoices"][0]["id"].clone()
}

fn transition(trial: &Trial) {
    let mut host = billed();
    approve(&mut host, "acme");
    pay(&mut host);
    let paid = invoice(&host, "acme");
    let void = |of: &str, id: &str, invoice: &Value| {
        command(
            "account",
            of,
            id,
            "2026-02-25",
            CLERK,
            json!({ "kind": "void", "invoice": invoice, "reason": "wrong" }),
        )
    };
    trial.refuses_command(&mut host, void("acme", "void-paid", &paid), "invoice-allocated");

    let mut host = billed();
    let voided = invoice(&host, "globex");
    host.deliver(void("globex", "void-1", &voided)).unwrap();
    trial.refuses_command(&mut host, void("globex", "void-2", &voided), "invoice-state");
    let dispute = json!({ "kind": "open_dispute", "dispute": "D", "invoice": voided, "amount": "1.00",
        "currency": "USD", "reason_code": "quality" });
    let sent = command("account", "globex", "dispute", "2026-02-25", CLERK, dispute);
    trial.refuses_command(&mut host, sent, "invoice-state");
    // Money for it is declined by the account and stays unapplied.
    let entry = json!({ "id": "R", "amount": "10.00", "currency": "USD", "value_date": "2026-02-25",
        "receipts": [{ "id": "R", "amount": "10.00", "customer": "globex" }] });
    host.deliver(book("in", "2026-02-25", json!({ "kind": "receive", "entry": entry }))).unwrap();
    let allocations = json!([{ "item": voided, "cash": "10.00", "currency": "USD" }]);
    let reserve =
        json!({ "kind": "reserve", "account": "globex", "receipt": "R", "allocations": allocations });
    host.deliver(book("pay", "2026-02-25", reserve)).unwrap();
    trial.named(
        "money for a void invoice",
        "invoice-state",
        host.declined.first().map_or("", String::as_str),
    );
    let view = host.report("cash_book", "bank", json!({ "kind": "cash_book", "as_of": "2026-03-01" }));
    trial.holds("the money is spent", view["receipts"][0]["unapplied"] == "10.00");
}
