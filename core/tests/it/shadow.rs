//! Shadow runs: an old system that bills what we would bill differs in nothing, and in each thing that is changed.

use std::cell::Cell;

use duebill::wire::{self, Log};
use serde_json::{Value, json};

use super::log_laws::history::{History, over, story};
use super::month::cents;

const PERIOD: [&str; 2] = ["2026-01-01", "2026-02-28"];

/// What billing by hand would draft, as the invoices of another system.
fn old(told: &History, log: &Log) -> Option<Vec<Value>> {
    let address: Value = serde_json::from_str(
        &serde_json::to_string(&json!({
            "id": log.chain().address().id.as_str(), "kind": "account", "seller": "northwind",
        }))
        .unwrap(),
    )
    .unwrap();
    let command = json!({
        "action": { "kind": "bill", "run": "shadow", "period": { "from": PERIOD[0], "to": PERIOD[1] } },
        "id": "dry", "log": address, "schema": "duebill/command/1",
        "stamp": { "actor": "clara", "role": "billing", "at": "2027-01-01T12:00:00Z", "effective": "2026-12-31" },
    });
    let answer = wire::decide(log, &told.rulebook, command.to_string().as_bytes()).ok()?;
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    let events = answer["record"]["events"].as_array()?.iter();
    let drafts = events.filter(|event| event["kind"] == "drafted").map(|event| &event["draft"]);
    let lines =
        |draft: &Value| -> Vec<Value> { draft["lines"].as_array().unwrap().iter().map(old_line).collect() };
    let drafts = drafts.map(|draft| {
        json!({
            "currency": draft["currency"], "customer": draft["payer"], "gross": draft["totals"]["gross"],
            "lines": lines(draft), "net": draft["totals"]["net"], "number": format!("OLD-{}", draft["id"].as_str().unwrap()),
            "tax": draft["totals"]["tax"],
        })
    });
    Some(drafts.collect())
}

fn old_line(line: &Value) -> Value {
    let charges = line["charges"].as_array().unwrap().iter();
    let work = charges.filter(|charge| charge["source"] == "entry").map(|charge| charge["entry"].clone());
    let mut old = json!({ "code": line["code"], "entries": work.collect::<Vec<_>>(), "net": line["net"] });
    if let Some(ticket) = line.get("ticket") {
        old["ticket"] = ticket.clone();
    }
    if let (Some("hour"), Ok(seconds)) =
        (line["unit"].as_str(), line["quantity"].as_str().unwrap().parse::<u32>())
        && seconds % 900 == 0
    {
        old["quantity"] = json!(format!("{}.{:02}", seconds / 3_600, seconds % 3_600 / 36));
    }
    old
}

fn compare(told: &History, log: &Log, invoices: &[Value]) -> Value {
    let request = json!({
        "as_of": "2026-12-31", "invoices": invoices, "period": { "from": PERIOD[0], "to": PERIOD[1] },
    });
    let answer = wire::shadow_run(&told.rulebook, &[log], request.to_string().as_bytes()).unwrap();
    serde_json::from_slice(&answer).unwrap()
}

#[test]
fn what_both_bill_is_equal_and_each_change_is_found_where_it_is() {
    let (compared, changed) = (Cell::new(0), Cell::new(0));
    over(48, (story(), 0..50_usize), |(story, one)| {
        let told = story.tell();
        for log in told.logs.values().filter(|log| matches!(log, Log::Account(_))) {
            let Some(invoices) = old(&told, log) else { continue };
            let count: usize =
                invoices.iter().map(|invoice| invoice["lines"].as_array().unwrap().len()).sum();
            let same = compare(&told, log, &invoices);
            assert_eq!(same["equal"], true, "{same:#}");
            // Lines that have an entry in common are one.
            let lines = &same["lines"];
            let zeros =
                ["differs", "only_ours", "only_theirs"].map(|verdict| lines[verdict].as_u64().unwrap());
            assert_eq!(zeros, [0, 0, 0], "{same:#}");
            assert!(lines["equal"].as_u64().unwrap() <= u64::try_from(count).unwrap());
            compared.set(compared.get() + count);
            if count == 0 {
                continue;
            }
            let (at, place) = (one % invoices.len(), one / invoices.len());
            let lines = invoices[at]["lines"].as_array().unwrap();
            let place = place % lines.len();
            // A cent more.
            let mut more = invoices.clone();
            let net = &mut more[at]["lines"][place]["net"];
            let digits = net.as_str().unwrap().split_once('.').map_or(0, |(_, digits)| digits.len());
            if digits != 2 || cents(net) < 0 {
                continue;
            }
            *net = json!(format!("{}.{:02}", (cents(net) + 1) / 100, (cents(net) + 1) % 100));
            let found = compare(&told, log, &more);
            assert_eq!(found["lines"]["differs"], 1, "{found:#}");
            let payers = found["payers"].as_array().unwrap().iter();
            let differs: Vec<&Value> = payers
                .flat_map(|payer| payer["lines"].as_array().unwrap())
                .filter(|line| line["verdict"] == "differs")
                .collect();
            assert_eq!(differs[0]["differences"].as_array().unwrap().len(), 1);
            assert_eq!(differs[0]["differences"][0]["field"], "net");
            // A line less.
            let mut less = invoices.clone();
            less[at]["lines"].as_array_mut().unwrap().remove(place);
            let found = compare(&told, log, &less);
            let lines = &found["lines"];
            let missing = lines["only_ours"].as_u64().unwrap() + lines["differs"].as_u64().unwrap();
            assert_eq!((missing, &found["equal"]), (1, &json!(false)), "{found:#}");
            // The order of their invoices makes no difference but to the order of the answer.
            let turned: Vec<Value> = invoices.iter().rev().cloned().collect();
            assert_eq!(compare(&told, log, &turned)["lines"], same["lines"]);
            changed.set(changed.get() + 1);
        }
    });
    assert!(compared.get() > 40 && changed.get() > 10, "{} lines, {} changes", compared.get(), changed.get());
}
