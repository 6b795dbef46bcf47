//! Disputes: opened with frozen evidence, moved on by a table, settled by what takes something back; neither what is
//! open nor the total ever changes by one.

use duebill::id::Id;
use duebill::invoice::{DisputeState, DisputeStep, allow_step};
use serde_json::{Value, json};

use super::money_back::{control, item, opening, receive, reserve};
use super::month::{Host, approve, command, january};

const CLERK: (&str, &str) = ("clara", "billing");
const INVOICE: &str = "monthly:2026-01-31:EUR";

fn account(id: &str, date: &str, action: Value) -> Value {
    command("account", "acme", id, date, CLERK, action)
}

fn refused(host: &mut Host, sent: Value) -> &'static str {
    host.deliver(sent).unwrap_err().code().name
}

fn dispute(id: &str, invoice: &str, amount: &str) -> Value {
    account(
        &format!("open-{id}"),
        "2026-02-10",
        json!({ "kind": "open_dispute", "dispute": id, "invoice": invoice,
        "amount": amount, "currency": "EUR", "reason_code": "quality", "by": "ada@acme" }),
    )
}

fn advance(id: &str, to: &str) -> Value {
    account(
        &format!("{id}-{to}"),
        "2026-02-11",
        json!({ "kind": "advance_dispute", "dispute": id, "to": to }),
    )
}

fn close(id: &str, outcome: &str, remedy: Option<&str>) -> Value {
    let mut action = json!({ "kind": "close_dispute", "dispute": id, "outcome": outcome });
    if let Some(remedy) = remedy {
        action["remedy"] = json!(remedy);
    }
    account(&format!("close-{id}-{outcome}-{remedy:?}"), "2026-02-20", action)
}

fn view(host: &Host, date: &str) -> Value {
    host.report("account", "acme", json!({ "kind": "account", "as_of": date }))
}

fn collectable(host: &Host, date: &str) -> (String, String) {
    let aging = host.aging(date);
    let euros =
        aging["sections"].as_array().unwrap().iter().find(|section| section["currency"] == "EUR").unwrap();
    let text = |field: &str| euros["totals"][field].as_str().unwrap().to_owned();
    (text("open"), text("disputed"))
}

#[test]
fn the_table_of_steps() {
    let id = Id::new("D").unwrap();
    let table: Vec<String> = DisputeState::ALL
        .iter()
        .map(|state| {
            let allowed = DisputeStep::ALL.iter().filter(|step| allow_step(&id, *state, **step).is_ok());
            format!("{}: {}", state.word(), allowed.map(|step| step.word()).collect::<Vec<_>>().join(" "))
        })
        .collect();
    assert_eq!(
        table,
        [
            "opened: acknowledged investigating escalated",
            "acknowledged: investigating escalated",
            "investigating: escalated",
            "escalated: investigating",
            "closed: ",
        ]
    );
}

#[test]
fn several_disputes_are_settled_one_by_one() {
    let mut host = Host::new();
    opening(&mut host, json!([item("A", "100.00", "100.00")]));
    host.deliver(dispute("D1", "A", "30.00")).unwrap();
    host.deliver(dispute("D2", "A", "40.00")).unwrap();
    assert_eq!(refused(&mut host, dispute("D3", "A", "30.01")), "dispute-amount");
    let mut twice = dispute("D1", "A", "1.00");
    twice["id"] = json!("open-again");
    assert_eq!(refused(&mut host, twice), "dispute-twice");
    assert_eq!(collectable(&host, "2026-02-10"), ("100.00".into(), "70.00".into()));
    assert_eq!(control(&host, "2026-02-10"), "100.00");
    host.deliver(advance("D1", "acknowledged")).unwrap();
    host.deliver(advance("D1", "investigating")).unwrap();
    let mut back = advance("D1", "acknowledged");
    back["id"] = json!("back");
    assert_eq!(refused(&mut host, back), "dispute-step");
    host.deliver(advance("D1", "escalated")).unwrap();
    host.deliver(close("D1", "rejected", None)).unwrap();
    assert_eq!(collectable(&host, "2026-02-19"), ("100.00".into(), "70.00".into()));
    assert_eq!(collectable(&host, "2026-02-20"), ("100.00".into(), "40.00".into()));
    // What is disputed on the item, by all disputes, stands on its row.
    let log = super::month::address("account", "acme").to_string();
    let rows = host.stored[&log].last().unwrap()["rows"].as_array().unwrap().clone();
    assert_eq!((&rows[0]["table"], &rows[0]["set"]["state"]), (&json!("dispute"), &json!("rejected")));
    assert_eq!(rows[1]["set"]["disputed"], "40.00");
}

#[test]
fn money_goes_to_the_undisputed_part_first() {
    let mut host = Host::new();
    opening(&mut host, json!([item("A", "100.00", "100.00")]));
    host.deliver(dispute("D1", "A", "30.00")).unwrap();
    host.deliver(receive("R", "2026-02-12", "90.00")).unwrap();
    host.deliver(reserve("p1", "2026-02-12", "R", &[("A", "60.00")])).unwrap();
    assert_eq!(collectable(&host, "2026-02-12"), ("40.00".into(), "30.00".into()));
    host.deliver(reserve("p2", "2026-02-12", "R", &[("A", "25.00")])).unwrap();
    assert_eq!(collectable(&host, "2026-02-12"), ("15.00".into(), "15.00".into()));
    host.deliver(close("D1", "withdrawn", None)).unwrap();
    assert_eq!(collectable(&host, "2026-02-19"), ("15.00".into(), "15.00".into()));
    assert_eq!(collectable(&host, "2026-02-20"), ("15.00".into(), "0.00".into()));
}

#[test]
fn accepting_names_what_takes_it_back() {
    let mut host = Host::new();
    opening(&mut host, json!([item("A", "100.00", "100.00"), item("B", "100.00", "100.00")]));
    for (id, amount) in [("D1", "30.00"), ("D2", "40.00")] {
        host.deliver(dispute(id, "A", amount)).unwrap();
    }
    assert_eq!(refused(&mut host, close("D1", "accepted", None)), "dispute-remedy");
    let credit = |id: &str, item: &str, amount: &str| {
        account(
            &format!("credit-{id}"),
            "2026-02-12",
            json!({ "kind": "credit", "id": id, "invoice": item, "effect": "forgive",
            "reason": "dispute", "scope": { "kind": "gross", "amount": amount, "currency": "EUR" } }),
        )
    };
    host.deliver(credit("C1", "A", "20.00")).unwrap();
    host.deliver(credit("C2", "B", "20.00")).unwrap();
    assert_eq!(refused(&mut host, close("D1", "accepted", Some("C2"))), "dispute-remedy");
    assert_eq!(refused(&mut host, close("D1", "rejected", Some("C1"))), "dispute-remedy");
    host.deliver(close("D1", "accepted", Some("C1"))).unwrap();
    assert_eq!(refused(&mut host, close("D2", "accepted", Some("C1"))), "dispute-remedy");
    host.deliver(account(
        "wo",
        "2026-02-13",
        json!({ "kind": "write_off", "id": "W", "item": "A", "amount": "40.00",
        "currency": "EUR", "reason": "dispute" }),
    ))
    .unwrap();
    host.deliver(close("D2", "accepted", Some("W"))).unwrap();
    let shown = view(&host, "2026-02-20");
    let ends: Vec<_> = shown["disputes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| json!([d["outcome"], d["accepted"], d["remedy"]]))
        .collect();
    assert_eq!(ends, [json!(["accepted_in_part", "20.00", "C1"]), json!(["accepted", "40.00", "W"])]);
    assert_eq!(shown["opening_items"][0]["open"], "40.00");
    assert_eq!(refused(&mut host, close("D1", "withdrawn", None)), "dispute-unknown");
    assert_eq!(refused(&mut host, advance("D1", "escalated")), "dispute-unknown");
}

#[test]
fn lines_are_disputed_with_their_tax_and_evidence_is_frozen() {
    let mut host = Host::new();
    january(&mut host);
    approve(&mut host, "acme");
    let shown = view(&host, "2026-02-10");
    let lines = shown["invoices"][0]["lines"].as_array().unwrap();
    let ssd = lines.iter().find(|line| line["code"] == "hardware").unwrap();
    let evidence = json!([{ "hash": "ab".repeat(32), "media_type": "image/png", "size": 70_000 }]);
    let open = |id: &str, change: Value| {
        let mut action = json!({ "kind": "open_dispute", "dispute": id, "invoice": INVOICE, "currency": "EUR",
            "reason_code": "not-delivered", "evidence": evidence });
        action.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        account(&format!("open-{id}"), "2026-02-10", action)
    };
    assert_eq!(refused(&mut host, open("D0", json!({}))), "dispute-extent");
    assert_eq!(
        refused(&mut host, open("D0", json!({ "amount": "1.00", "lines": [ssd["id"]] }))),
        "dispute-extent"
    );
    assert_eq!(refused(&mut host, open("D0", json!({ "lines": ["nowhere"] }))), "credit-line-unknown");
    host.deliver(open("D1", json!({ "lines": [ssd["id"]] }))).unwrap();
    let shown = view(&host, "2026-02-10");
    let one = &shown["disputes"][0];
    // 159.80 and 19 % of it, half up: 30.36.
    assert_eq!(
        (&one["amount"], &one["by"], &one["state"]),
        (&json!("190.16"), &json!("clara"), &json!("opened"))
    );
    assert_eq!((&one["evidence"], one["frozen"].as_str().unwrap().len()), (&evidence, 64));
    assert_eq!(
        (&shown["invoices"][0]["open"], &shown["invoices"][0]["disputed"]),
        (&json!("538.24"), &json!("190.16"))
    );
    assert_eq!(shown["invoices"][0]["label"]["label"], "disputed");
    assert_eq!(refused(&mut host, dispute("D2", INVOICE, "348.09")), "dispute-amount");
}
