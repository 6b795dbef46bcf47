//! Receipts and overrides: what they say is enough.

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};

use super::secrets::full;
use super::world::{DAY, Happening, World};
use crate::month::{address, command};

fn number(value: &Value) -> Decimal {
    value.as_str().unwrap().parse().unwrap()
}

/// The amount of a charge, from the receipt alone: price times quantity times factor, rounded once.
fn recomputed(charge: &Value) -> Decimal {
    let facts = &charge["charge"];
    if facts["no_charge"] == true || !facts["coverage"].is_null() {
        return Decimal::ZERO;
    }
    let per = if facts["unit"] == "hour" { Decimal::from(3_600) } else { Decimal::ONE };
    let factor = Decimal::from(facts["factor"].as_u64().unwrap()) / Decimal::from(10_000);
    let exact = number(&facts["price"]) * number(&facts["quantity"]) * factor / per;
    exact.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

#[test]
fn anybody_recomputes_a_line_from_its_receipt() {
    let world = full();
    let mut lines = 0;
    for (role, viewer) in [("billing_specialist", "clerk-clara"), ("customer", "rootco"), ("auditor", "a")] {
        for (_, document) in world.documents() {
            for line in
                document["lines"].as_array().into_iter().flatten().filter(|line| !line["id"].is_null())
            {
                let question = json!({ "kind": "line_receipt", "as_of": DAY, "line": line["id"], "role": role, "viewer": viewer });
                let Ok(receipt) = world.try_ask(&question) else { continue };
                let charges = receipt["charges"].as_array().unwrap();
                let sum: Decimal = charges.iter().map(recomputed).sum();
                assert_eq!(sum, number(&receipt["amount"]), "{receipt:#}");
                assert_eq!(receipt["net"], line["net"]);
                for charge in charges {
                    assert_eq!(recomputed(charge), number(&charge["charge"]["net"]));
                    let last = charge["steps"].as_array().unwrap().last().unwrap();
                    assert!(
                        last["text"].as_str().unwrap().starts_with(charge["charge"]["net"].as_str().unwrap()),
                        "{last}"
                    );
                }
                lines += 1;
            }
        }
    }
    assert!(lines > 8, "only {lines} receipts");
}

#[test]
fn a_receipt_names_ticket_times_rounding_rate_and_approval() {
    let world = full();
    let invoice = world.account()["invoices"][0].clone();
    let line = invoice["lines"].as_array().unwrap().iter().find(|line| line["unit"] == "hour").unwrap();
    let question =
        json!({ "kind": "line_receipt", "as_of": DAY, "line": line["id"], "role": "auditor", "viewer": "a" });
    let receipt = world.ask(&question);
    let charge = &receipt["charges"][0];
    assert_eq!(receipt["ticket"]["id"], line["ticket"]);
    assert_eq!(receipt["ticket"]["priority"], "PRIORITY-high");
    assert_eq!((&charge["raw_seconds"], &charge["rounded_seconds"]), (&json!(3_660), &json!(4_500)));
    assert_eq!(charge["covered_seconds"], 0);
    assert_eq!(charge["entry"]["entry"]["start"], "2026-02-10T09:00:00Z");
    assert_eq!(charge["charge"]["rate"], "the-rate-row");
    assert_eq!(receipt["approval"]["status"], "approved");
    let decisions = receipt["approval"]["decisions"].as_array().unwrap();
    assert!(decisions.iter().any(|one| one["by"] == "boss-boris"), "{decisions:#?}");
    assert!(decisions.iter().all(|one| one["digest"] == receipt["approval"]["digest"]));
    // An engineer sees the same line as far as it is their own.
    let own = json!({ "kind": "line_receipt", "as_of": DAY, "line": line["id"], "role": "engineer", "viewer": "agent-amy" });
    let own = world.ask(&own);
    assert!(own["charges"].as_array().unwrap().len() < receipt["charges"].as_array().unwrap().len());
    assert!(own["quantity"].is_null() && own["amount"].is_null());
}

/// Every override, with the hash of the record that it names.
fn overrides(world: &World) -> Vec<Value> {
    let question = json!({ "kind": "overrides", "from": "2026-01-01", "through": "2026-12-31", "role": "auditor",
        "viewer": "a", "limit": 1000 });
    let rows = world.ask(&question)["rows"].as_array().unwrap().clone();
    let stored = &world.host.stored[&address("account", "rootco").to_string()];
    for row in &rows {
        let seq = usize::try_from(row["seq"].as_u64().unwrap()).unwrap();
        assert_eq!(stored[seq - 1]["hash"], row["hash"], "an auditor finds another record");
        for duty in row["duties"].as_array().into_iter().flatten() {
            let seq = usize::try_from(duty["seq"].as_u64().unwrap()).unwrap();
            assert_eq!(stored[seq - 1]["hash"], duty["hash"]);
        }
    }
    rows
}

#[test]
fn an_auditor_finds_what_left_the_ordinary_way() {
    let mut world = full();
    for place in 0..6 {
        world.happen(&Happening::Credit { place });
    }
    let kinds = |world: &World| {
        let kinds = overrides(world);
        kinds
            .iter()
            .map(|row| row["kind"].as_str().unwrap().to_owned())
            .collect::<std::collections::BTreeSet<_>>()
    };
    let found = kinds(&world);
    for kind in ["rate_override", "manual_match", "collection_held", "write_off", "forgiven_credit", "duties"]
    {
        assert!(found.contains(kind), "{kind} is not in {found:?}");
    }
    assert!(!found.contains("backdated"));
    let mut late = command(
        "account",
        "rootco",
        "late",
        "2026-03-20",
        ("clerk-clara", "billing"),
        json!({
        "kind": "record_fact", "document": "OLD-rootco", "fact": { "kind": "reviewed" } }),
    );
    late["stamp"]["at"] = json!("2026-03-31T12:00:00Z");
    world.host.deliver(late).unwrap();
    let rows = overrides(&world);
    let late: Vec<&Value> = rows.iter().filter(|row| row["kind"] == "backdated").collect();
    assert_eq!((late.len(), &late[0]["days"], &late[0]["subject"]), (1, &json!(11), &json!("OLD-rootco")));
    // The clerk made the invoices and put the money on them.
    let duties = rows.iter().find(|row| row["kind"] == "duties" && row["by"] == "clerk-clara").unwrap();
    let held: Vec<&str> =
        duties["duties"].as_array().unwrap().iter().map(|one| one["duty"].as_str().unwrap()).collect();
    assert!(held.contains(&"authored") && held.contains(&"recorded_payment"), "{held:?}");
}

#[test]
fn an_invoice_that_one_person_voided_alone_left_the_ordinary_way() {
    let mut world = World::new();
    world.happen(&Happening::Work { customer: 0, agent: 0, class: 0, minutes: 60, onsite: false });
    world.happen(&Happening::Bill);
    assert!(overrides(&world).iter().all(|row| row["kind"] != "voided_alone"));
    for place in 0..4 {
        world.happen(&Happening::Void { place });
    }
    let rows = overrides(&world);
    let voided: Vec<&Value> = rows.iter().filter(|row| row["kind"] == "voided_alone").collect();
    assert_eq!((voided.len(), &voided[0]["by"]), (1, &json!("clerk-clara")));
}
