//! Pages, actions and desks.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::secrets::full;
use super::world::{CLERK, DAY, LOOKS, World, happening};

/// All pages of a question put together.
fn pages(world: &World, question: &Value, key: &str, limit: usize) -> Vec<Value> {
    let mut question = question.clone();
    question["limit"] = json!(limit);
    let mut all = Vec::new();
    loop {
        let Ok(answer) = world.try_ask(&question) else { return all };
        let page = answer[key].as_array().cloned().unwrap_or_default();
        assert!(page.len() <= limit);
        all.extend(page);
        if answer["next"].is_null() {
            return all;
        }
        question["after"] = answer["next"].clone();
    }
}

/// The command of an action on a document, by somebody in a role.
fn command(action: &str, document: &str, world: &World) -> Option<Value> {
    let fact = |fact: Value| Some(json!({ "kind": "record_fact", "document": document, "fact": fact }));
    let view = world.account();
    let disputes = view["disputes"].as_array().unwrap();
    let live = disputes.iter().find(|one| one["invoice"] == document && one["outcome"].is_null());
    let dispute = live.map(|one| one["dispute"].clone());
    let written = view["write_offs"].as_array().unwrap().iter().find(|one| one["item"] == document);
    let request = view["approvals"].as_array().unwrap().iter().find(|one| one["subject"] == document);
    match action {
        "approve" => Some(
            json!({ "kind": "decide_approval", "subject": document, "digest": request.unwrap()["digest"],
            "verdict": "approve" }),
        ),
        "accept" => fact(json!({ "kind": "accepted" })),
        "promise" => fact(json!({ "kind": "promised", "by": "2026-05-01" })),
        "hold" => fact(json!({ "kind": "held", "reason_code": "asked" })),
        "end_hold" => fact(json!({ "kind": "hold_ended" })),
        "contact" => fact(json!({ "kind": "contacted", "channel": "phone" })),
        "remark" => fact(json!({ "kind": "reviewed" })),
        "record_delivery" => fact(json!({ "kind": "delivery", "channel": "mail", "status": "sent" })),
        "void" => {
            Some(json!({ "kind": "void", "exchange": [], "invoice": document, "reason": "made_in_error" }))
        }
        "dispute" => {
            Some(json!({ "kind": "open_dispute", "dispute": "D-new", "invoice": document, "amount": "0.01",
            "currency": "EUR", "reason_code": "quality" }))
        }
        "advance_dispute" => {
            let state = live.unwrap()["state"].as_str().unwrap();
            let to =
                if state == "escalated" || state == "acknowledged" { "investigating" } else { "escalated" };
            Some(json!({ "kind": "advance_dispute", "dispute": dispute, "to": to }))
        }
        "close_dispute" => {
            Some(json!({ "kind": "close_dispute", "dispute": dispute, "outcome": "withdrawn" }))
        }
        "recover" => Some(json!({ "kind": "recover", "write_off": written.unwrap()["id"], "amount": "0.01",
            "currency": "EUR", "reason": "paid" })),
        "credit" => Some(json!({ "kind": "credit", "id": "C-new", "invoice": document, "effect": "forgive",
            "reason": "r", "scope": { "kind": "whole" } })),
        "write_off" => Some(json!({ "kind": "write_off", "id": "W-new", "item": document, "amount": "0.01",
            "currency": "EUR", "exchange": [], "reason": "r" })),
        // These need another document to be used with; looking needs no command.
        "apply_credit" | "use_credit" | "view" => None,
        other => panic!("an action that no test carries out: {other}"),
    }
}

/// Why a listed action may be refused although its state allows it: amounts that other documents hold.
const ROOM: [&str; 3] = ["credit-over", "over-allocation", "credit-nothing"];

fn check_actions(world: &World) {
    let mut carried_out = 0;
    for (role, viewer) in LOOKS {
        for (id, _) in world.documents() {
            let question =
                json!({ "kind": "actions", "as_of": DAY, "document": id, "role": role, "viewer": viewer });
            let Ok(answer) = world.try_ask(&question) else { continue };
            for action in answer["actions"].as_array().unwrap() {
                let action = action.as_str().unwrap();
                let Some(command) = command(action, &id, world) else { continue };
                let command = crate::month::command("account", "rootco", "try", DAY, (viewer, role), command);
                let log = &world.host.logs[&crate::month::address("account", "rootco").to_string()];
                let outcome =
                    duebill::wire::decide(log, &world.host.rulebook, command.to_string().as_bytes());
                let code = outcome.err().map(|refusal| refusal.code().name);
                assert!(
                    code.is_none_or(|code| ROOM.contains(&code)),
                    "{role} {viewer} may {action} {id}, and is refused: {code:?}"
                );
                carried_out += 1;
            }
        }
    }
    assert!(carried_out > 0);
}

proptest! {
    #![proptest_config(crate::effort::cases(16))]

    #[test]
    fn pages_put_together_are_the_whole_and_listed_actions_are_allowed(
        happenings in prop::collection::vec(happening(), 5..50), limit in 1..4_usize,
    ) {
        let mut world = World::new();
        for happening in &happenings {
            world.happen(happening);
        }
        for (role, viewer) in LOOKS {
            let view = json!({ "kind": "view", "as_of": DAY, "role": role, "viewer": viewer });
            let timeline = json!({ "kind": "timeline", "as_of": DAY, "role": role, "viewer": viewer });
            let mut back = timeline.clone();
            back["newest_first"] = json!(true);
            let overrides = json!({ "kind": "overrides", "from": "2026-01-01", "through": DAY, "role": role, "viewer": viewer });
            for (question, key) in
                [(&view, "documents"), (&view, "work"), (&timeline, "entries"), (&back, "entries"), (&overrides, "rows")]
            {
                prop_assert_eq!(pages(&world, question, key, limit), pages(&world, question, key, 1_000));
            }
            let mut reversed = pages(&world, &back, "entries", 1_000);
            reversed.reverse();
            prop_assert_eq!(reversed, pages(&world, &timeline, "entries", 1_000));
        }
        check_actions(&world);
    }
}

#[test]
fn every_filter_gives_a_part_of_the_whole() {
    let world = full();
    let view = |filter: Value| {
        let question = json!({ "kind": "view", "as_of": DAY, "role": "billing_specialist", "viewer": "c", "filter": filter });
        world.ask(&question)["documents"].as_array().unwrap().clone()
    };
    let all = view(json!({}));
    let buckets = ["preparing", "pending", "overdue", "disputed", "paid", "credit", "closed"];
    let sum: usize = buckets.iter().map(|bucket| view(json!({ "buckets": [bucket] })).len()).sum();
    assert_eq!(sum, all.len());
    assert_eq!(view(json!({ "kinds": ["opening"] })).len(), 2);
    assert!(view(json!({ "currency": "USD" })).is_empty());
    assert_eq!(view(json!({ "from": "2025-12-01", "through": "2025-12-01" })).len(), 2);
    let one = all.iter().find(|one| one["kind"] == "opening").unwrap();
    let timeline =
        json!({ "kind": "timeline", "as_of": DAY, "role": "auditor", "viewer": "a", "document": one["id"] });
    let entries = world.ask(&timeline);
    let entries = entries["entries"].as_array().unwrap();
    assert!(entries.len() > 1 && entries.iter().all(|entry| entry["document"] == one["id"]), "{entries:#?}");
}

#[test]
fn balances_are_what_the_account_shows_of_it() {
    let world = full();
    let of = |viewer: &str| {
        let home = world.ask(&json!({ "kind": "customer_home", "as_of": DAY, "role": "customer", "viewer": viewer, "limit": 1000 }));
        let balance =
            home["balances"][0]["balance"].as_str().unwrap_or("0").parse::<rust_decimal::Decimal>().unwrap();
        let open =
            home["parts"].as_array().unwrap().iter().flat_map(|part| part["documents"].as_array().unwrap());
        let open: rust_decimal::Decimal =
            open.map(|one| one["open"].as_str().unwrap().parse::<rust_decimal::Decimal>().unwrap()).sum();
        assert_eq!(balance, open, "{viewer}");
        balance
    };
    let (all, child, other) = (of("rootco"), of("childa"), of("childb"));
    assert!(all > child + other, "the payer owes for all: {all} {child} {other}");
}

#[test]
fn what_waits_is_on_the_right_desk() {
    let mut world = World::new();
    for customer in 0..3 {
        world.happen(&super::world::Happening::Work {
            customer,
            agent: 0,
            class: 0,
            minutes: 115,
            onsite: true,
        });
    }
    world.happen(&super::world::Happening::Bill);
    let desk = |role: &str, viewer: &str| {
        let answer = world.ask(&json!({ "kind": "desk", "as_of": DAY, "role": role, "viewer": viewer }));
        answer["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["kind"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    // Two invoices wait for consent: the first child's own, and the one it does not see.
    assert_eq!(desk("customer", "childa"), ["approval"]);
    assert_eq!(desk("customer", "childb"), Vec::<String>::new());
    assert_eq!(desk("customer", "rootco"), ["approval", "approval"]);
    // Whoever made the invoices never approves them, whatever their role.
    let own = world
        .ask(&json!({ "kind": "desk", "as_of": DAY, "role": "customer", "viewer": "rootco", "acting": [] }));
    assert_eq!(own["items"][0]["role"], "customer");
    assert!(desk("support_manager", CLERK.0).is_empty(), "the author decides");
    assert!(!desk("support_manager", "boss-boris").is_empty());
    assert!(desk("auditor", "boss-boris").is_empty(), "an auditor decides nothing");
}
