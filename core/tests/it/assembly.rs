//! From work to invoices: triggers, plans, grouping, bundling, carrying forward.

use std::collections::BTreeMap;

use duebill::finding::Refusal;
use duebill::wire::{self, Log};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::month::{Host, address, command};

pub const CLERK: (&str, &str) = ("clara", "billing");

/// A host under the golden rulebook with a change.
pub fn host(change: impl FnOnce(&mut Value)) -> Host {
    let mut rulebook: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    rulebook["policy"]["approvals"] = json!([]);
    rulebook["terms"][0]["agreements"] = json!([]);
    change(&mut rulebook);
    Host { rulebook: wire::compile(rulebook.to_string().as_bytes()).unwrap(), ..Host::new() }
}

fn billing(rulebook: &mut Value, fields: Value) {
    let billing = rulebook["policy"]["billing"].as_object_mut().unwrap();
    billing.extend(fields.as_object().unwrap().clone());
}

pub fn deliver(host: &mut Host, account: &str, id: &str, date: &str, action: Value) -> Result<(), Refusal> {
    host.deliver(command("account", account, id, date, CLERK, action))
}

fn monthly() -> Value {
    json!([{ "id": "monthly", "when": { "kind": "schedule", "anchor": "2026-01-31" } }])
}

/// An hour of work that costs 100.00.
fn hour(id: &str, ticket: &str, day: &str) -> Value {
    let at = |hour: &str| format!("{day}T{hour}:00:00Z");
    json!({ "id": id, "ticket": ticket, "agent": "anna", "work": { "kind": "time", "start": at("09"), "end": at("10") } })
}

fn ticket(id: &str, customer: &str, closed: Option<&str>) -> Value {
    let mut ticket = json!({ "id": id, "customer": customer });
    if let Some(day) = closed {
        ticket["closed"] = json!(format!("{day}T12:00:00Z"));
    }
    ticket
}

fn capture(host: &mut Host, id: &str, tickets: Value, entries: Value) {
    let action = json!({ "kind": "capture", "tickets": tickets, "entries": entries });
    deliver(host, "acme", id, "2026-01-31", action).unwrap();
}

pub fn plans(host: &Host, as_of: &str) -> Value {
    host.report("account", "acme", json!({ "kind": "plans", "as_of": as_of }))
}

fn keys(view: &Value) -> Vec<&str> {
    view["plans"].as_array().unwrap().iter().map(|plan| plan["key"].as_str().unwrap()).collect()
}

fn commit(host: &mut Host, key: &str, date: &str) -> Result<(), Refusal> {
    let action = json!({ "kind": "commit_plan", "plan": key });
    deliver(host, "acme", &format!("commit:{key}:{date}"), date, action)
}

pub fn invoices(host: &Host, as_of: &str) -> Vec<Value> {
    let view = host.report("account", "acme", json!({ "kind": "account", "as_of": as_of }));
    view["invoices"].as_array().unwrap().clone()
}

fn code(result: Result<(), Refusal>) -> &'static str {
    result.unwrap_err().code().name
}

/// Reason and date of what waits, by id.
fn waiting(view: &Value) -> BTreeMap<String, (String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
    let waiting = view["waiting"].as_array().unwrap().iter();
    waiting.map(|one| (text(&one["id"]), (text(&one["reason"]), text(&one["until"])))).collect()
}

#[test]
fn a_monthly_plan_bills_every_ticket_once() {
    let mut host = host(|rulebook| billing(rulebook, json!({ "plans": monthly() })));
    capture(
        &mut host,
        "c1",
        json!([ticket("A", "acme", Some("2026-01-10")), ticket("B", "acme-berlin", Some("2026-01-20"))]),
        json!([hour("A1", "A", "2026-01-09"), hour("B1", "B", "2026-01-19")]),
    );
    assert_eq!(keys(&plans(&host, "2026-01-30")), [""; 0]);
    let wait = waiting(&plans(&host, "2026-01-30"));
    assert_eq!(wait["A1"], ("plan".into(), "2026-01-31".into()));
    let due = plans(&host, "2026-01-31");
    assert_eq!(keys(&due), ["acme:monthly:2026-01-31"]);
    let plan = &due["plans"][0];
    assert_eq!(plan["period"], json!({ "from": "2026-01-01", "to": "2026-01-31" }));
    assert_eq!(plan["invoices"][0]["totals"]["net"], "200.00");
    assert!(invoices(&host, "2026-01-31").is_empty(), "a dry run changes nothing");

    commit(&mut host, "acme:monthly:2026-01-31", "2026-01-31").unwrap();
    // The same command again is repeated; the key under another command is refused.
    commit(&mut host, "acme:monthly:2026-01-31", "2026-01-31").unwrap();
    assert_eq!(code(commit(&mut host, "acme:monthly:2026-01-31", "2026-02-01")), "plan-committed");
    assert_eq!(code(commit(&mut host, "acme:monthly:2026-02-28", "2026-02-01")), "plan-not-due");
    // Two customers on one invoice, each with its subtotal.
    let invoice = &plan["invoices"][0];
    assert_eq!(
        invoice["subtotals"],
        json!([{ "customer": "acme", "net": "100.00" }, { "customer": "acme-berlin", "net": "100.00" }])
    );
    assert_eq!(invoices(&host, "2026-01-31").len(), 1);

    // Work that comes late waits for the next billing day, which is the last of February.
    capture(&mut host, "c2", json!([]), json!([hour("A2", "A", "2026-01-08")]));
    assert_eq!(keys(&plans(&host, "2026-02-27")), [""; 0]);
    assert_eq!(keys(&plans(&host, "2026-02-28")), ["acme:monthly:2026-02-28"]);
    // Voiding releases the work of January into that plan as well; its own key stays used up.
    let void = json!({ "kind": "void", "invoice": invoice["id"], "reason": "wrong" });
    deliver(&mut host, "acme", "void", "2026-02-10", void).unwrap();
    assert_eq!(plans(&host, "2026-02-28")["plans"][0]["invoices"][0]["totals"]["net"], "300.00");
}

#[test]
fn a_plan_that_was_missed_comes_first_and_the_next_follows() {
    let mut host = host(|rulebook| billing(rulebook, json!({ "plans": monthly() })));
    let tickets = json!([ticket("A", "acme", Some("2026-01-10")), ticket("B", "acme", Some("2026-03-20"))]);
    capture(&mut host, "c1", tickets, json!([hour("A1", "A", "2026-01-09"), hour("B1", "B", "2026-03-19")]));
    let mut committed = Vec::new();
    loop {
        let view = plans(&host, "2026-04-02");
        let Some(key) = keys(&view).first().map(|key| (*key).to_owned()) else { break };
        commit(&mut host, &key, "2026-04-02").unwrap();
        committed.push(key);
    }
    assert_eq!(committed, ["acme:monthly:2026-01-31", "acme:monthly:2026-03-31"]);
}

#[test]
fn a_billing_day_moves_to_a_business_day_and_the_period_stays() {
    let mut host = host(|rulebook| {
        let when = json!({ "kind": "schedule", "anchor": "2026-01-31", "shift": "following" });
        billing(rulebook, json!({ "plans": [{ "id": "monthly", "when": when }] }));
    });
    let tickets = json!([ticket("A", "acme", Some("2026-01-10"))]);
    capture(&mut host, "c1", tickets, json!([hour("A1", "A", "2026-01-09")]));
    // January 31 of 2026 is a Saturday.
    assert_eq!(keys(&plans(&host, "2026-02-01")), [""; 0]);
    let due = plans(&host, "2026-02-02");
    assert_eq!(due["plans"][0]["due"], "2026-02-02");
    assert_eq!(due["plans"][0]["period"]["to"], "2026-01-31");
}

#[test]
fn work_waits_for_its_ticket_the_grace_and_the_delay() {
    let change = |rulebook: &mut Value| {
        billing(rulebook, json!({ "plans": monthly(), "delay_days": 2, "reopen_grace_days": 5 }));
    };
    let mut host = host(change);
    let tickets = json!([ticket("A", "acme", Some("2026-01-24")), ticket("B", "acme", None)]);
    capture(&mut host, "c1", tickets, json!([hour("A1", "A", "2026-01-09"), hour("B1", "B", "2026-01-09")]));
    let at = |date| waiting(&plans(&host, date));
    assert_eq!(at("2026-01-28")["A1"], ("reopen_grace".into(), "2026-01-29".into()));
    assert_eq!(at("2026-01-30")["A1"], ("delay".into(), "2026-01-31".into()));
    assert_eq!(at("2026-01-08")["B1"], ("ticket".into(), String::new()));
    assert_eq!(keys(&plans(&host, "2026-01-31")), ["acme:monthly:2026-01-31"]);
    // Reopened within the grace, it was not billed.
    capture(&mut host, "c2", json!([ticket("A", "acme", None)]), json!([]));
    assert_eq!(keys(&plans(&host, "2026-01-31")), [""; 0]);
}

#[test]
fn statuses_of_the_policy_make_work_billable() {
    let change = |rulebook: &mut Value| {
        billing(rulebook, json!({ "plans": monthly(), "statuses": ["resolved", "closed"] }));
    };
    let mut host = host(change);
    let mut resolved = ticket("A", "acme", None);
    (resolved["status"], resolved["status_since"]) = (json!("resolved"), json!("2026-01-10T12:00:00Z"));
    let mut pending = ticket("B", "acme", Some("2026-01-10"));
    (pending["status"], pending["status_since"]) = (json!("pending"), json!("2026-01-10T12:00:00Z"));
    let entries = json!([hour("A1", "A", "2026-01-09"), hour("B1", "B", "2026-01-09")]);
    capture(&mut host, "c1", json!([resolved, pending]), entries);
    let due = plans(&host, "2026-01-31");
    assert_eq!(due["plans"][0]["invoices"][0]["totals"]["net"], "100.00");
    assert_eq!(waiting(&due)["B1"].0, "ticket");
}

#[test]
fn less_than_the_minimum_is_carried_forward_and_seen() {
    let mut host = host(|rulebook| billing(rulebook, json!({ "plans": monthly(), "minimum": "150" })));
    let tickets = json!([ticket("A", "acme", Some("2026-01-10")), ticket("B", "acme", Some("2026-02-10"))]);
    capture(&mut host, "c1", tickets, json!([hour("A1", "A", "2026-01-09"), hour("B1", "B", "2026-02-09")]));
    let due = plans(&host, "2026-01-31");
    assert_eq!(due["plans"][0]["carried"][0]["net"], "100.00");
    assert_eq!(due["plans"][0]["findings"][0]["name"], "below-minimum");
    assert_eq!(waiting(&due)["A1"].0, "below_minimum");
    commit(&mut host, "acme:monthly:2026-01-31", "2026-01-31").unwrap();
    let record = &host.stored[&address("account", "acme").to_string()].last().unwrap()["record"];
    assert_eq!(record["events"][0]["carried"][0]["minimum"], "150");
    assert!(invoices(&host, "2026-01-31").is_empty());
    commit(&mut host, "acme:monthly:2026-02-28", "2026-02-28").unwrap();
    assert_eq!(invoices(&host, "2026-02-28")[0]["net"], "200.00");
}

#[test]
fn the_last_invoice_may_be_below_the_minimum() {
    let mut host = host(|rulebook| billing(rulebook, json!({ "minimum": "150" })));
    let tickets = json!([ticket("A", "acme", Some("2026-01-10"))]);
    capture(&mut host, "c1", tickets, json!([hour("A1", "A", "2026-01-09")]));
    let mut bill =
        json!({ "kind": "bill", "run": "last", "period": { "from": "2026-01-01", "to": "2026-01-31" } });
    deliver(&mut host, "acme", "b1", "2026-01-31", bill.clone()).unwrap();
    assert!(invoices(&host, "2026-01-31").is_empty());
    bill["below_minimum"] = json!(true);
    deliver(&mut host, "acme", "b2", "2026-01-31", bill).unwrap();
    assert_eq!(invoices(&host, "2026-01-31")[0]["net"], "100.00");
}

#[test]
fn a_balance_must_be_exceeded() {
    let plan = json!([{ "id": "big", "work": "work_done", "when": { "kind": "balance", "above": "200" } }]);
    let mut host = host(|rulebook| billing(rulebook, json!({ "plans": plan })));
    let tickets = json!([ticket("A", "acme", None)]);
    capture(&mut host, "c1", tickets, json!([hour("A1", "A", "2026-01-07"), hour("A2", "A", "2026-01-08")]));
    assert_eq!(keys(&plans(&host, "2026-01-12")), [""; 0]);
    capture(&mut host, "c2", json!([]), json!([hour("A3", "A", "2026-01-09")]));
    let due = plans(&host, "2026-01-12");
    assert_eq!(keys(&due), ["acme:big:2026-01-12"]);
    assert_eq!(due["plans"][0]["period"], json!({ "from": "2026-01-07", "to": "2026-01-12" }));
    commit(&mut host, "acme:big:2026-01-12", "2026-01-12").unwrap();
    assert_eq!(keys(&plans(&host, "2026-01-12")), [""; 0]);
}

#[test]
fn each_ticket_is_billed_by_itself() {
    let plan = json!([{ "id": "each", "when": { "kind": "ticket" } }]);
    let mut host = host(|rulebook| billing(rulebook, json!({ "plans": plan })));
    let tickets = json!([ticket("A", "acme", Some("2026-01-10")), ticket("B", "acme", Some("2026-01-11"))]);
    capture(&mut host, "c1", tickets, json!([hour("A1", "A", "2026-01-09"), hour("B1", "B", "2026-01-09")]));
    assert_eq!(keys(&plans(&host, "2026-01-31")), ["acme:each:A:2026-01-10", "acme:each:B:2026-01-11"]);
    // In any order: a plan bills what those before it leave.
    commit(&mut host, "acme:each:B:2026-01-11", "2026-01-31").unwrap();
    commit(&mut host, "acme:each:A:2026-01-10", "2026-01-31").unwrap();
    assert_eq!(invoices(&host, "2026-01-31").len(), 2);
    // Late work on the same ticket is another plan.
    capture(&mut host, "c2", json!([]), json!([hour("A2", "A", "2026-01-10")]));
    assert_eq!(keys(&plans(&host, "2026-01-31")), ["acme:each:A:2026-01-10:2"]);
}

#[test]
fn a_milestone_bills_the_work_of_its_project() {
    let plan = json!([{ "id": "stones", "when": { "kind": "milestone" } }]);
    let mut host = host(|rulebook| billing(rulebook, json!({ "plans": plan })));
    let mut of_project = ticket("A", "acme", None);
    of_project["project"] = json!("P");
    let tickets = json!([of_project, ticket("B", "acme", Some("2026-01-11"))]);
    let entries =
        [hour("A1", "A", "2026-01-09"), hour("A2", "A", "2026-02-09"), hour("B1", "B", "2026-01-09")];
    capture(&mut host, "c1", tickets, json!(entries));
    assert_eq!(keys(&plans(&host, "2026-01-31")), [""; 0]);
    let reach = json!({ "kind": "reach_milestone", "milestone": "half", "project": "P" });
    deliver(&mut host, "acme", "m", "2026-01-20", reach.clone()).unwrap();
    assert_eq!(code(deliver(&mut host, "acme", "m2", "2026-01-21", reach)), "milestone-twice");
    let due = plans(&host, "2026-01-31");
    assert_eq!(keys(&due), ["acme:stones:half"]);
    assert_eq!(due["plans"][0]["period"], json!({ "from": "2026-01-09", "to": "2026-01-20" }));
    assert_eq!(due["plans"][0]["invoices"][0]["totals"]["net"], "100.00");
}

#[test]
fn a_commit_may_quote_what_was_shown() {
    let mut host = host(|rulebook| billing(rulebook, json!({ "plans": monthly() })));
    let tickets = json!([ticket("A", "acme", Some("2026-01-10"))]);
    capture(&mut host, "c1", tickets, json!([hour("A1", "A", "2026-01-09")]));
    let shown = plans(&host, "2026-01-31")["plans"][0].clone();
    capture(&mut host, "c2", json!([]), json!([hour("A2", "A", "2026-01-10")]));
    let action = json!({ "kind": "commit_plan", "plan": shown["key"], "digest": shown["digest"] });
    assert_eq!(code(deliver(&mut host, "acme", "p", "2026-01-31", action.clone())), "plan-changed");
    let mut action = action;
    action["digest"] = plans(&host, "2026-01-31")["plans"][0]["digest"].clone();
    deliver(&mut host, "acme", "p", "2026-01-31", action).unwrap();
}

#[test]
fn a_rulebook_says_what_is_wrong_with_its_plans() {
    let mut rulebook: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    let never = json!({ "kind": "schedule", "anchor": "2026-01-31", "every": { "count": 0 } });
    billing(
        &mut rulebook,
        json!({
            "minimum": "-1", "delay_days": 1000,
            "plans": [{ "id": "x", "when": never }, { "id": "x", "when": { "kind": "balance", "above": "-1" } }],
        }),
    );
    rulebook["policy"]["calendars"][0]["days_off"] = json!(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
    rulebook["terms"][0]["plans"] = json!(["nowhere"]);
    rulebook["policy"]["payment_terms"][0]["discount"] =
        json!({ "days": 10, "percent": "2", "tax": "mixed" });
    rulebook["policy"]["amounts"] = json!({ "prices_include_tax": true });
    let refusal = wire::compile(rulebook.to_string().as_bytes()).unwrap_err();
    let faults: Vec<String> =
        refusal.findings().map(|finding| format!("{} {}", finding.code.name, finding.path)).collect();
    assert_eq!(
        faults,
        [
            "discount-mixed /policy/payment_terms/0/discount/tax",
            "id-twice /policy/billing/plans/1/id",
            "plan-interval /policy/billing/plans/0",
            "plan-balance /policy/billing/plans/1",
            "billing-wait /policy/billing/delay_days",
            "billing-wait /policy/billing/minimum",
            "no-business-day /policy/calendars/0/bands",
        ]
    );
}

/// Ready commands of a run over accounts, delivered until none is left.
#[test]
fn a_run_over_accounts_gives_one_outcome_per_plan_and_can_go_on_anywhere() {
    let names: Vec<String> = (0..30).map(|number| format!("customer-{number:02}")).collect();
    let mut host = host(|rulebook| {
        billing(rulebook, json!({ "plans": monthly() }));
        let sample = rulebook["terms"][2].clone();
        for name in &names {
            let mut terms = sample.clone();
            (terms["customer"], terms["name"]) = (json!(name), json!(name));
            rulebook["terms"].as_array_mut().unwrap().push(terms);
        }
    });
    for name in names.iter().rev() {
        let entry = json!({ "id": "E", "customer": name, "work": {
            "kind": "time", "start": "2026-01-05T09:00:00Z", "end": "2026-01-05T10:00:00Z" } });
        deliver(&mut host, name, "c", "2026-01-05", json!({ "kind": "capture", "entries": [entry] }))
            .unwrap();
    }
    // One account is of a customer that the rulebook does not know.
    let stranger = address("account", "customer-07x");
    host.logs.insert(stranger.to_string(), wire::open(stranger.to_string().as_bytes()).unwrap());
    let ask = |host: &Host, after: &Value, backwards: bool| -> Value {
        let mut logs: Vec<&Log> = host.logs.values().filter(|log| matches!(log, Log::Account(_))).collect();
        if backwards {
            logs.reverse();
        }
        let mut request = json!({ "limit": 8, "stamp": {
            "actor": "clock", "role": "system", "at": "2026-01-31T12:00:00Z", "effective": "2026-01-31" } });
        if !after.is_null() {
            request["after"] = after.clone();
        }
        let answer = wire::plan_run(&host.rulebook, &logs, request.to_string().as_bytes()).unwrap();
        serde_json::from_slice(&answer).unwrap()
    };
    assert_eq!(ask(&host, &Value::Null, false), ask(&host, &Value::Null, true));
    // The work of all has one id: the first answer of a run says so.
    let findings = ask(&host, &Value::Null, false)["findings"].clone();
    assert_eq!(findings.as_array().unwrap().len(), 1);
    assert_eq!((&findings[0]["name"], &findings[0]["subject"]), (&json!("id-doubled"), &json!("E")));
    assert_eq!(findings[0]["data"], json!({ "accounts": names.join(", "), "kind": "entry" }));
    assert_eq!(ask(&host, &json!(names[0]), false)["findings"], json!([]));
    let (mut after, mut seen, mut failed) = (Value::Null, Vec::new(), Vec::new());
    loop {
        let run = ask(&host, &after, false);
        for outcome in run["outcomes"].as_array().unwrap() {
            let account = outcome["account"].as_str().unwrap().to_owned();
            if outcome.get("command").is_none() {
                failed.push((account, outcome["findings"][0]["name"].clone()));
                continue;
            }
            // At least once: a second delivery is repeated.
            host.deliver(outcome["command"].clone()).unwrap();
            host.deliver(outcome["command"].clone()).unwrap();
            seen.push(account);
        }
        after = run["last"].clone();
        if after.is_null() {
            break;
        }
    }
    assert_eq!(seen, names);
    assert_eq!(failed, [("customer-07x".to_owned(), json!("customer-unknown"))]);
    let again = ask(&host, &Value::Null, false);
    assert!(again["outcomes"].as_array().unwrap().iter().all(|outcome| outcome.get("command").is_none()));
}

const KEYS: [&str; 10] = [
    "agreement",
    "customer",
    "language",
    "period",
    "project",
    "purchase_order",
    "site",
    "tax_scheme",
    "terms",
    "ticket",
];
const COLLAPSE: [&str; 6] = ["none", "ticket", "ticket_rate", "ticket_rate_day", "agent", "code"];

/// Bills a quarter of an hour per entry under a grouping; the invoices.
fn grouped(work: &[(u8, u8, u8)], grouping: &[&str], collapse: &str) -> Vec<Value> {
    let mut host = host(|rulebook| {
        billing(rulebook, json!({ "grouping": grouping, "collapse": collapse }));
        rulebook["terms"][1]["party"] = json!({ "language": "de" });
        rulebook["terms"][1]["purchase_order"] = json!("PO-7");
        rulebook["terms"][1]["tax_scheme"] = json!("eu");
    });
    let tickets: Vec<Value> = (0..6)
        .map(|number| {
            let customer = if number % 2 == 0 { "acme" } else { "acme-berlin" };
            let mut ticket = ticket(&format!("T{number}"), customer, Some("2026-03-20"));
            ticket["site"] = json!(format!("S{}", number % 3));
            if number > 2 {
                ticket["project"] = json!("P");
                ticket["purchase_order"] = json!("PO-1");
            }
            ticket
        })
        .collect();
    let entries: Vec<Value> = work
        .iter()
        .enumerate()
        .map(|(place, (ticket, month, minutes))| {
            let day = format!("2026-0{}-1{}T09:", 1 + month % 3, 2 + place % 2);
            json!({ "id": format!("E{place}"), "ticket": format!("T{}", ticket % 6), "agent": format!("a{}", place % 2),
                "work": { "kind": "time", "start": format!("{day}00:00Z"), "end": format!("{day}{:02}:00Z", minutes % 60) } })
        })
        .collect();
    capture(&mut host, "c", json!(tickets), json!(entries));
    let bill = json!({ "kind": "bill", "run": "r", "period": { "from": "2026-01-01", "to": "2026-03-31" } });
    deliver(&mut host, "acme", "b", "2026-03-31", bill).unwrap();
    invoices(&host, "2026-03-31")
}

fn cents(amount: &Value) -> i64 {
    amount.as_str().unwrap().replace('.', "").parse().unwrap()
}

proptest! {
    #![proptest_config(crate::effort::cases(48))]

    /// However lines and invoices are gathered, every entry stands on one line and the nets add up to the same.
    #[test]
    fn gathering_changes_no_net(
        work in prop::collection::vec((0..6_u8, 0..3_u8, 1..60_u8), 1..12),
        keys in prop::sample::subsequence(&KEYS[..], 0..4),
        collapse in prop::sample::select(&COLLAPSE[..]),
    ) {
        let whole = grouped(&work, &[], "none");
        let parts = grouped(&work, &keys, collapse);
        let net = |invoices: &[Value]| invoices.iter().map(|invoice| cents(&invoice["net"])).sum::<i64>();
        let tax = |invoices: &[Value]| invoices.iter().map(|invoice| cents(&invoice["tax"])).sum::<i64>();
        prop_assert_eq!(net(&whole), net(&parts));
        // Tax is rounded once per invoice.
        prop_assert!((tax(&whole) - tax(&parts)).abs() <= parts.len() as i64);
        let lines = parts.iter().flat_map(|invoice| invoice["lines"].as_array().unwrap());
        let mut billed: Vec<&str> = lines.clone()
            .flat_map(|line| line["charges"].as_array().unwrap()).map(|charge| charge["entry"].as_str().unwrap()).collect();
        billed.sort_unstable();
        billed.dedup();
        prop_assert_eq!(billed.len(), work.len());
        for line in lines {
            let sum: i64 = line["charges"].as_array().unwrap().iter().map(|charge| cents(&charge["net"])).sum();
            prop_assert_eq!(sum, cents(&line["net"]));
        }
    }
}

#[test]
fn grouping_splits_and_says_by_what() {
    let work = [(0, 0, 30), (1, 0, 30), (3, 0, 30), (4, 1, 30)];
    let split = |keys: &[&str]| -> Vec<Value> {
        grouped(&work, keys, "ticket_rate").into_iter().map(|invoice| invoice["net"].clone()).collect()
    };
    assert_eq!(split(&[]), ["200.00"]);
    assert_eq!(split(&["customer"]), ["100.00", "100.00"]);
    assert_eq!(split(&["ticket"]), ["50.00"; 4]);
    assert_eq!(split(&["period"]), ["150.00", "50.00"]);
    assert_eq!(split(&["purchase_order"]).len(), 3);
    assert_eq!(split(&["language", "project"]).len(), 4);
    let lines = |collapse: &str| grouped(&work, &[], collapse)[0]["lines"].as_array().unwrap().len();
    assert_eq!(COLLAPSE.map(lines), [4, 4, 4, 4, 4, 2]);
}
