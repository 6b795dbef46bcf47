//! A winter of one customer: two tickets billed and paid, files of them, and a lawsuit about one.

use serde_json::{Value, json};

use crate::host::Host;
use crate::{Outcome, at};

/// The payer.
pub const ACCOUNT: &str = "hansa";
/// The number series.
pub const SERIES: &str = "invoices";
/// The cash book.
pub const BOOK: &str = "bank";
/// What the salt of each command is made from; a host of yours draws it at random and keeps the command.
pub const SALT: &str = "5a17c0ffee5a17c0ffee5a17c0ffee00";
/// Who does the everyday work.
pub const CLERK: (&str, &str) = ("clara", "billing");
const LAWYER: (&str, &str) = ("lena", "legal");

/// Deeds are kept for ever and bank lines a quarter; of everything else the standard rules say how long.
pub const RULEBOOK: &str = r#"{
  "schema": "duebill/rulebook/1",
  "policy": {
    "seller": { "id": "lighthouse", "name": "Lighthouse Support" },
    "billing": { "series": "invoices" },
    "numbering": [{ "series": "invoices", "pattern": "LH-{year}-{counter:4}", "reset": "year" }],
    "calendars": [{ "id": "office", "zone": "Europe/Berlin", "otherwise": "day" }],
    "codes": [{ "id": "support", "kind": "labour", "name": "Support" }],
    "mapping": [{ "code": "support", "kind": "labour" }],
    "payment_terms": [{ "id": "net30", "days": 30 }],
    "rounding": [{ "id": "quarter" }],
    "rates": [{ "id": "eur", "currency": "EUR", "value": "100" }],
    "retention": { "rules": [
      { "class": "deed", "since": "ticket_closed", "action": "keep", "duty": true },
      { "class": "bank_line", "since": "receipt_settled", "months": 3 }
    ] }
  },
  "terms": [
    { "customer": "hansa", "name": "Hansa GmbH", "currency": "EUR", "calendar": "office", "payment_terms": "net30",
      "rounding": "quarter" }
  ]
}"#;

/// Makes what is not there yet; a run that was cut short goes on where it was.
///
/// # Errors
/// What the core and the file system refuse.
pub fn make(host: &mut Host) -> Outcome<()> {
    // The second hold comes last; files are not made again once they were erased.
    let kept = host.question(ACCOUNT, json!({ "kind": "retention", "as_of": "2026-03-01" }))?;
    if at(&kept, "/holds/1").is_object() {
        return Ok(());
    }
    let entry = |id: &str, ticket: &str, hour: &str| {
        let work = json!({ "kind": "time", "start": format!("2026-01-12T{hour}:00:00Z"), "end": format!("2026-01-12T{hour}:30:00Z") });
        json!({ "id": id, "ticket": ticket, "agent": "anna", "note": format!("anna saw to {ticket}"), "work": work })
    };
    let ticket = |id: &str| json!({ "id": id, "customer": "hansa", "closed": "2026-01-20T10:00:00Z" });
    let capture = json!({ "kind": "capture", "tickets": [ticket("T-1"), ticket("T-2")],
        "entries": [entry("E-1", "T-1", "09"), entry("E-2", "T-2", "11")] });
    host.ask(ACCOUNT, "capture", "2026-01-31", CLERK, capture)?;
    let period = json!({ "from": "2026-01-01", "to": "2026-01-31" });
    host.ask(
        ACCOUNT,
        "bill",
        "2026-01-31",
        CLERK,
        json!({ "kind": "bill", "run": "monthly", "period": period }),
    )?;
    let invoice = "monthly:2026-01-31:EUR";
    let receipt = json!({ "id": "TX-1", "amount": "100.00", "payer_name": "Greta Hansa", "references": [],
        "text": "thanks to anna, Greta" });
    let entry = json!({ "id": "TX-1", "amount": "100.00", "currency": "EUR", "receipts": [receipt],
        "value_date": "2026-02-20" });
    host.ask(BOOK, "bank-line", "2026-02-20", CLERK, json!({ "kind": "receive", "entry": entry }))?;
    let paid = json!([{ "item": invoice, "cash": "100.00", "currency": "EUR" }]);
    let reserve = json!({ "kind": "reserve", "account": ACCOUNT, "receipt": "TX-1", "allocations": paid });
    host.ask(BOOK, "settle", "2026-02-20", CLERK, reserve)?;
    let files = [
        file(host, "photo", "ordinary", ("ticket", "T-1"), b"what anna saw")?,
        file(host, "drawing", "ordinary", ("ticket", "T-1"), b"the deed of the house")?,
        file(host, "deed", "deed", ("ticket", "T-1"), b"the deed of the house")?,
        file(host, "proof", "ordinary", ("ticket", "T-2"), b"what the lawsuit is about")?,
        file(host, "invoice", "issued_document", ("document", invoice), b"the invoice as it was sent")?,
    ];
    host.ask(
        ACCOUNT,
        "files",
        "2026-02-21",
        CLERK,
        json!({ "kind": "register_attachments", "attachments": files }),
    )?;
    let hold = json!({ "kind": "place_legal_hold", "hold": "lawsuit", "about": { "kind": "entry", "id": "E-2" },
        "reason_code": "lawsuit" });
    let on_ticket = json!({ "kind": "place_legal_hold", "hold": "lawsuit-ticket",
        "about": { "kind": "ticket", "id": "T-2" }, "reason_code": "lawsuit" });
    host.ask(ACCOUNT, "hold-ticket", "2026-02-22", LAWYER, on_ticket)?;
    host.ask(ACCOUNT, "hold-work", "2026-02-22", LAWYER, hold)
}

fn file(host: &mut Host, id: &str, class: &str, about: (&str, &str), bytes: &[u8]) -> Outcome<Value> {
    let hash = host.store().keep(bytes)?;
    Ok(json!({ "id": id, "class": class, "about": { "kind": about.0, "id": about.1 }, "hash": hash,
        "media_type": "text/plain", "size": bytes.len(), "name": format!("{id} of anna.txt"), "person": "anna" }))
}
