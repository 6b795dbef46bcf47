//! The plan of one key costs its own work and is what the book of all plans says; what was billed before is
//! found by ticket as if every invoice were looked at.

use duebill::calendar::Date;
use duebill::invoice::DocumentState;
use duebill::wire::{self, Log};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::assembly::{CLERK, deliver, host};
use super::month::{Host, address, command};

#[derive(Debug, Clone)]
enum Step {
    Work { entry: u8, ticket: u8, minutes: u16, revision: u8 },
    Close(u8),
    Reach(u8),
    Commit(u8),
    Void(u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..12_u8, 0..5_u8, 1..90_u16, 1..3_u8)
            .prop_map(|(entry, ticket, minutes, revision)| Step::Work { entry, ticket, minutes, revision }),
        2 => (0..5_u8).prop_map(Step::Close),
        1 => (0..3_u8).prop_map(Step::Reach),
        4 => (0..6_u8).prop_map(Step::Commit),
        2 => (0..8_u8).prop_map(Step::Void),
    ]
}

/// Tickets with a colon in their name have keys that are digests.
const TICKETS: [&str; 5] = ["T0", "T1", "T:2", "T3", "T0:2026-01-31"];

fn ticket(place: u8, closed: bool) -> Value {
    let mut ticket = json!({ "id": TICKETS[usize::from(place)], "customer": "acme", "project": format!("P{}", place % 2) });
    if closed {
        ticket["closed"] = json!("2026-01-20T10:00:00Z");
    }
    ticket
}

/// Plans of different kinds, one after another in both orders.
fn ruled(order: bool) -> Host {
    host(|rulebook| {
        let mut plans = vec![
            json!({ "id": "each", "when": { "kind": "ticket" } }),
            json!({ "id": "stones", "when": { "kind": "milestone" }, "work": "ticket_closed" }),
            json!({ "id": "monthly", "when": { "kind": "schedule", "anchor": "2026-01-31" } }),
        ];
        if order {
            plans.reverse();
        }
        rulebook["policy"]["billing"]["plans"] = json!(plans);
        for rule in rulebook["policy"]["rounding"].as_array_mut().unwrap() {
            rule["scope"] = json!("ticket");
        }
    })
}

const DAY: &str = "2026-01-31";

fn decided(host: &Host, log: &Log, key: &str, count: usize) -> Result<Value, &'static str> {
    let action = json!({ "kind": "commit_plan", "plan": key });
    let sent = command("account", "acme", &format!("try-{count}"), DAY, CLERK, action);
    let answer = wire::decide(log, &host.rulebook, sent.to_string().as_bytes());
    answer.map(|bytes| serde_json::from_slice(&bytes).unwrap()).map_err(|refusal| refusal.code().name)
}

fn check(host: &Host, others: &Host, count: usize) {
    let Some(log @ Log::Account(account)) = host.logs.get(&address("account", "acme").to_string()) else {
        return;
    };
    let book = account.plans(&host.rulebook, Date::parse(DAY).unwrap()).unwrap();
    for plan in &book.due {
        let answer = decided(host, log, plan.key.as_str(), count).unwrap();
        let events = answer["record"]["events"].as_array().unwrap();
        let drafts: Vec<String> = events
            .iter()
            .filter(|event| event["kind"] == "drafted")
            .map(|event| event["draft"].to_string())
            .collect();
        let expected: Vec<Value> = plan
            .drafts
            .iter()
            .map(|draft| serde_json::from_slice(&duebill::canon::to_bytes(draft)).unwrap())
            .collect();
        assert_eq!(drafts, expected.iter().map(Value::to_string).collect::<Vec<_>>(), "{}", plan.key);
        let committed = events.iter().find(|event| event["kind"] == "plan_committed").unwrap();
        assert_eq!(committed["period"]["to"], plan.period.to.to_string());
    }
    // What would be due if its plan came first is not due where others take its work.
    for plan in account.plans(&others.rulebook, Date::parse(DAY).unwrap()).unwrap().due {
        if !book.due.iter().any(|due| due.key == plan.key) {
            assert_eq!(decided(host, log, plan.key.as_str(), count), Err("plan-not-due"), "{}", plan.key);
        }
    }
    // Every invoice is looked at: what live ones billed of the ticket is what the charge says.
    for plan in &book.due {
        for charge in plan.drafts.iter().flat_map(|draft| &draft.lines).flat_map(|line| &line.charges) {
            let Some(rounded) = &charge.rounding else { continue };
            let live = account.invoices().filter(|invoice| invoice.state != DocumentState::Void);
            let charges = live.flat_map(|invoice| &invoice.draft.lines).flat_map(|line| &line.charges);
            let before: u64 = charges
                .filter(|other| other.ticket == charge.ticket)
                .map(duebill::rating::Charge::billed_seconds)
                .sum();
            assert_eq!(rounded.before, before, "{}", charge.entry);
        }
    }
}

fn take(host: &mut Host, count: usize, step: &Step) {
    let id = format!("s{count}");
    let action = match step {
        Step::Work { entry, ticket: of, minutes, revision } => {
            let start = format!("2026-01-{:02}T08:00:00Z", 5 + entry);
            let end = format!("2026-01-{:02}T{:02}:{:02}:00Z", 5 + entry, 8 + minutes / 60, minutes % 60);
            let entry = json!({ "id": format!("E{entry}"), "ticket": TICKETS[usize::from(*of)], "agent": "anna",
                "revision": revision, "work": { "kind": "time", "start": start, "end": end } });
            json!({ "kind": "capture", "tickets": [], "entries": [entry] })
        }
        Step::Close(of) => json!({ "kind": "capture", "tickets": [ticket(*of, true)], "entries": [] }),
        Step::Reach(of) => {
            json!({ "kind": "reach_milestone", "milestone": format!("M{of}"), "project": format!("P{}", of % 2) })
        }
        Step::Commit(of) => {
            let due = host.report("account", "acme", json!({ "kind": "plans", "as_of": DAY }));
            let due = due["plans"].as_array().unwrap();
            if due.is_empty() {
                return;
            }
            json!({ "kind": "commit_plan", "plan": due[usize::from(*of) % due.len()]["key"] })
        }
        Step::Void(of) => {
            let Log::Account(account) = &host.logs[&address("account", "acme").to_string()] else { return };
            let ids: Vec<String> = account.invoices().map(|one| one.draft.id.to_string()).collect();
            if ids.is_empty() {
                return;
            }
            json!({ "kind": "void", "invoice": ids[usize::from(*of) % ids.len()], "reason": "wrong" })
        }
    };
    // What cannot be done is refused; the model test says when.
    let _ = deliver(host, "acme", &id, DAY, action);
}

proptest! {
    #![proptest_config(crate::effort::cases(48))]

    #[test]
    fn a_plan_asked_for_alone_is_the_one_in_the_book(order in any::<bool>(), steps in prop::collection::vec(step(), 1..30)) {
        let (mut host, others) = (ruled(order), ruled(!order));
        let tickets: Vec<Value> = (0..5).map(|place| ticket(place, place == 0)).collect();
        deliver(&mut host, "acme", "tickets", DAY, json!({ "kind": "capture", "tickets": tickets, "entries": [] })).unwrap();
        for (count, step) in steps.iter().enumerate() {
            take(&mut host, count, step);
            check(&host, &others, count);
        }
    }
}
