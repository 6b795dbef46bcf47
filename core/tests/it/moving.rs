//! Moving in from another system, and customers that go from one payer to another.

use duebill::wire::{self, Log};
use serde_json::{Value, json};

use super::blessed;
use super::money_back::{control, item, opening, receive, reserve};
use super::month::{Host, address, command};

const CLERK: (&str, &str) = ("clara", "billing");

fn account(log: &str, id: &str, date: &str, action: Value) -> Value {
    command("account", log, id, date, CLERK, action)
}

fn refused(host: &mut Host, sent: Value) -> String {
    host.deliver(sent).unwrap_err().code().name.to_owned()
}

fn view(host: &Host, log: &str, date: &str) -> Value {
    host.report("account", log, json!({ "kind": "account", "as_of": date }))
}

fn everything() -> Value {
    json!({
        "kind": "import_opening", "cutover": "2026-01-01", "billed_elsewhere": ["E-0"],
        "items": [item("A", "90.00", "190.00"), item("C", "-30.00", "-50.00")],
        "cash": [{ "id": "CASH", "book": "bank", "amount": "10.00", "currency": "EUR", "customer": "acme",
            "value_date": "2025-12-30" }],
        "balances": [{ "agreement": "acme-block", "customer": "acme", "purchased": 7200, "drawn": 3600 }],
        "dunning": [{ "item": "A", "level": 2, "since": "2025-12-20" }],
        "history": [{ "number": "OLD-1", "amount": "500.00", "currency": "EUR", "customer": "acme", "issued": "2025-06-01",
            "due": "2025-07-01", "paid": "2025-07-14" }],
    })
}

fn events(host: &Host, log: &str) -> usize {
    host.stored[&address("account", log).to_string()]
        .iter()
        .map(|stored| stored["record"]["events"].as_array().unwrap().len())
        .sum()
}

#[test]
fn moving_in_twice_is_once_and_gives_totals() {
    let mut host = Host::new();
    host.deliver(account("acme", "in", "2026-01-02", everything())).unwrap();
    let stored = &host.stored[&address("account", "acme").to_string()][0];
    let totals = json!([{ "cash": "10.00", "control": "50.00", "credits": "-30.00", "currency": "EUR", "invoices": "90.00" }]);
    assert_eq!(stored["record"]["events"][0]["totals"], totals);
    assert_eq!(control(&host, "2026-01-02"), "50.00");
    let shown = view(&host, "acme", "2026-01-02");
    assert_eq!(shown["blocks"][0]["left"], 3600);
    assert_eq!(shown["opening_items"][0]["dunning_level"], 2);
    assert_eq!(shown["opening_items"][1]["label"], "unused_credit");
    let before = events(&host, "acme");
    host.deliver(account("acme", "in-again", "2026-01-03", everything())).unwrap();
    assert_eq!(events(&host, "acme"), before);
    let again = host.stored[&address("account", "acme").to_string()].last().unwrap();
    assert_eq!(again["findings"][0]["name"], "opening-known");
    // Something new beside what is known takes only what is new.
    let mut more = everything();
    more["items"].as_array_mut().unwrap().push(item("B", "5.00", "5.00"));
    host.deliver(account("acme", "more", "2026-01-04", more)).unwrap();
    assert_eq!(control(&host, "2026-01-04"), "55.00");
    for (pointer, value, code) in [
        ("/items/0/open", json!("91.00"), "item-twice"),
        ("/cash/0/amount", json!("11.00"), "opening-conflict"),
        ("/balances/0/drawn", json!(3601), "opening-conflict"),
        ("/dunning/0/level", json!(3), "opening-conflict"),
        ("/history/0/paid", json!("2025-07-15"), "opening-conflict"),
    ] {
        let mut other = everything();
        *other.pointer_mut(pointer).unwrap() = value;
        assert_eq!(refused(&mut host, account("acme", &format!("x{pointer}"), "2026-01-04", other)), code);
    }
    let mut wrong = everything();
    wrong["items"] =
        json!([item("X", "-1.00", "5.00"), item("Y", "0.00", "5.00"), item("Z", "-6.00", "-5.00")]);
    wrong["dunning"] = json!([{ "item": "nowhere", "level": 1, "since": "2025-12-20" }]);
    let refusal = host.deliver(account("acme", "wrong", "2026-01-04", wrong)).unwrap_err();
    let found: Vec<_> = refusal.findings().map(|f| format!("{} {}", f.code.name, f.path)).collect();
    assert_eq!(
        found,
        [
            "opening-amounts /action/items/0",
            "opening-amounts /action/items/1",
            "opening-amounts /action/items/2",
            "item-unknown /action/dunning/0"
        ]
    );
    // The credit that moved in is used like one of ours.
    host.deliver(account(
        "acme",
        "use",
        "2026-01-05",
        json!({ "kind": "apply_credit", "from": "C", "to": "A", "amount": "30.00",
        "currency": "EUR" }),
    ))
    .unwrap();
    assert_eq!(view(&host, "acme", "2026-01-05")["opening_items"][0]["open"], "60.00");
}

/// Acme Berlin, which Acme pays for, and what it has open and unbilled.
fn berlin() -> Host {
    let mut host = Host::new();
    let mut berlin = item("BERLIN", "40.00", "60.00");
    berlin["customer"] = json!("acme-berlin");
    let mut credit = item("CREDIT", "-15.00", "-15.00");
    credit["customer"] = json!("acme-berlin");
    opening(&mut host, json!([item("A", "90.00", "90.00"), berlin, credit]));
    let tickets = json!([{ "id": "T", "customer": "acme-berlin", "closed": "2026-01-20T10:00:00Z" }]);
    let entries = json!([{ "id": "E", "ticket": "T", "work": { "kind": "time", "start": "2026-01-12T09:00:00Z",
        "end": "2026-01-12T10:00:00Z" } }]);
    host.deliver(account(
        "acme",
        "work",
        "2026-01-20",
        json!({ "kind": "capture", "tickets": tickets, "entries": entries }),
    ))
    .unwrap();
    host
}

/// From now on Berlin pays for itself.
fn on_its_own(host: &mut Host) {
    let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    document["terms"][1]["own_account"] = json!(true);
    host.rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
}

fn release(transfer: &str, to: &str) -> Value {
    account(
        "acme",
        &format!("release-{transfer}-{to}"),
        "2026-02-01",
        json!({ "kind": "release_customer", "customer": "acme-berlin",
        "to": to, "transfer": transfer }),
    )
}

fn admit(host: &Host, id: &str) -> Value {
    let stored = host.stored[&address("account", "acme").to_string()].last().unwrap();
    account(
        "acme-berlin",
        id,
        "2026-02-03",
        json!({ "kind": "admit_customer", "hash": stored["hash"], "release": stored["record"] }),
    )
}

#[test]
fn a_customer_takes_its_items_along_and_nothing_is_lost_on_the_way() {
    let mut host = berlin();
    on_its_own(&mut host);
    assert_eq!(control(&host, "2026-02-01"), "115.00");
    assert_eq!(refused(&mut host, release("M", "acme")), "transfer-self");
    host.deliver(release("M", "acme-berlin")).unwrap();
    // It has left and not arrived: still owed, on every day.
    for date in ["2026-01-31", "2026-02-01", "2026-02-10"] {
        assert_eq!(control(&host, date), "115.00", "{date}");
    }
    let left = view(&host, "acme", "2026-02-01");
    assert_eq!(
        (&left["opening_items"][1]["open"], &left["opening_items"][1]["label"]),
        (&json!("0.00"), &json!("moved"))
    );
    assert_eq!(left["unbilled"].as_array().unwrap().len(), 0);
    let arrives = admit(&host, "admit");
    let mut twice = release("M", "acme-berlin");
    twice["id"] = json!("release-again");
    assert_eq!(refused(&mut host, twice), "transfer-twice");
    let mut forged = arrives.clone();
    forged["action"]["release"]["events"][0]["belongings"]["items"][0]["open"] = json!("1.00");
    assert_eq!(refused(&mut host, forged), "record-hash");
    let mut elsewhere = arrives.clone();
    elsewhere["log"]["id"] = json!("globex");
    assert_eq!(refused(&mut host, elsewhere), "transfer-unknown");
    host.deliver(arrives).unwrap();
    for date in ["2026-01-31", "2026-02-01", "2026-02-02", "2026-02-10"] {
        assert_eq!(control(&host, date), "115.00", "{date}");
    }
    let came = view(&host, "acme-berlin", "2026-02-03");
    assert_eq!(came["opening_items"][0]["id"], "acme:BERLIN");
    assert_eq!(
        (&came["opening_items"][0]["open"], &came["opening_items"][0]["total"]),
        (&json!("40.00"), &json!("60.00"))
    );
    assert_eq!(came["opening_items"][0]["number"], "N-BERLIN");
    assert_eq!(came["unbilled"][0]["entry"], "E");
    let bill = |log: &str| {
        account(
            log,
            "bill",
            "2026-02-04",
            json!({ "kind": "bill", "run": "monthly",
        "period": { "from": "2026-01-01", "to": "2026-01-31" } }),
        )
    };
    assert_eq!(refused(&mut host, bill("acme")), "nothing-to-bill");
    host.deliver(bill("acme-berlin")).unwrap();
    assert_eq!(view(&host, "acme-berlin", "2026-02-04")["invoices"][0]["net"], "100.00");
    // Money finds the item where it is now; where it was, nothing is open.
    host.deliver(receive("R", "2026-02-05", "40.00")).unwrap();
    host.deliver(reserve("late", "2026-02-05", "R", &[("BERLIN", "40.00")])).unwrap();
    assert_eq!(host.declined, ["over-allocation"]);
    let mut pay = reserve("pay", "2026-02-05", "R", &[("acme:BERLIN", "40.00")]);
    pay["action"]["account"] = json!("acme-berlin");
    host.deliver(pay).unwrap();
    assert_eq!(host.declined.len(), 1);
}

#[test]
fn what_a_dispute_made_due_later_is_due_later_where_it_went() {
    let mut host = berlin();
    let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    document["policy"]["disputes"] = json!({ "clock": "paused" });
    host.rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
    let open = json!({ "kind": "open_dispute", "dispute": "D", "invoice": "BERLIN", "amount": "1.00", "currency": "EUR",
        "reason_code": "x" });
    host.deliver(account("acme", "dispute", "2026-01-21", open)).unwrap();
    let close = json!({ "kind": "close_dispute", "dispute": "D", "outcome": "rejected" });
    host.deliver(account("acme", "close", "2026-01-26", close)).unwrap();
    on_its_own(&mut host);
    host.deliver(release("M", "acme-berlin")).unwrap();
    let stored = host.stored[&address("account", "acme").to_string()].last().unwrap();
    let left = &stored["record"]["events"][0]["belongings"]["items"][0];
    let parts =
        json!([{ "amount": "59.00", "due": "2025-12-31" }, { "amount": "1.00", "due": "2026-01-05" }]);
    assert_eq!((&left["instalments"], &left["due"]), (&parts, &json!("2026-01-05")), "{left:#}");
    host.deliver(admit(&host, "admit")).unwrap();
    assert_eq!(view(&host, "acme-berlin", "2026-02-03")["opening_items"][0]["due"], "2026-01-05");
}

#[test]
fn a_release_is_admitted_once_and_not_while_it_is_disputed() {
    let mut host = berlin();
    let outside = release("M", "acme-berlin");
    host.deliver(account(
        "acme",
        "dispute",
        "2026-01-25",
        json!({ "kind": "open_dispute", "dispute": "D", "invoice": "BERLIN",
        "amount": "1.00", "currency": "EUR", "reason_code": "x" }),
    ))
    .unwrap();
    assert_eq!(refused(&mut host, outside.clone()), "transfer-disputed");
    host.deliver(account(
        "acme",
        "close",
        "2026-01-26",
        json!({ "kind": "close_dispute", "dispute": "D", "outcome": "withdrawn" }),
    ))
    .unwrap();
    host.deliver(outside).unwrap();
    let arrives = admit(&host, "admit");
    // While Acme still pays for it, Berlin has no account of its own.
    assert_eq!(refused(&mut host, arrives.clone()), "customer-not-payer");
    on_its_own(&mut host);
    host.deliver(arrives.clone()).unwrap();
    let mut again = arrives.clone();
    again["id"] = json!("admit-again");
    assert_eq!(refused(&mut host, again), "transfer-twice");
    let mut seller = arrives;
    seller["id"] = json!("foreign");
    seller["log"]["seller"] = json!("southwind");
    let foreign: Log = wire::open(seller["log"].to_string().as_bytes()).unwrap();
    let refusal = wire::decide(&foreign, &host.rulebook, seller.to_string().as_bytes()).unwrap_err();
    assert_eq!(refusal.code().name, "seller-mismatch");
}

/// Work of Berlin on the ticket T: revision and hours.
fn captured(host: &mut Host, log: &str, revision: u8, hours: u8) -> Result<(), duebill::finding::Refusal> {
    let time = json!({ "kind": "time", "start": "2026-01-12T09:00:00Z", "end": format!("2026-01-12T{:02}:00:00Z", 9 + hours) });
    let tickets = json!([{ "id": "T", "customer": "acme-berlin", "closed": "2026-01-20T10:00:00Z" }]);
    let entries = json!([{ "id": "E", "ticket": "T", "revision": revision, "work": time }]);
    let id = format!("work-{revision}-{hours}");
    host.deliver(account(
        log,
        &id,
        "2026-01-21",
        json!({ "kind": "capture", "tickets": tickets, "entries": entries }),
    ))
}

#[test]
fn of_work_captured_on_both_sides_the_later_revision_is_billed() {
    for (left, here, billed) in [
        ((1, 1), (1, 1), Some("100.00")),
        ((1, 1), (2, 2), Some("200.00")),
        ((2, 2), (1, 1), Some("200.00")),
        // The same revision of other work: nobody can tell which is meant.
        ((1, 1), (1, 2), None),
    ] {
        let mut host = berlin();
        captured(&mut host, "acme", left.0, left.1).unwrap();
        on_its_own(&mut host);
        host.deliver(release("M", "acme-berlin")).unwrap();
        let arrives = admit(&host, "admit");
        captured(&mut host, "acme-berlin", here.0, here.1).unwrap();
        let Some(net) = billed else {
            assert_eq!(refused(&mut host, arrives), "transfer-entry");
            continue;
        };
        host.deliver(arrives).unwrap();
        let period = json!({ "from": "2026-01-01", "to": "2026-01-31" });
        let bill = json!({ "kind": "bill", "run": "monthly", "period": period });
        host.deliver(account("acme-berlin", "bill", "2026-02-04", bill)).unwrap();
        assert_eq!(view(&host, "acme-berlin", "2026-02-04")["invoices"][0]["net"], net, "{left:?} {here:?}");
    }
}

/// What the customer consented to for its own work goes along; what is also about the work of others stays.
#[test]
fn an_estimate_goes_along_with_the_work_it_is_about() {
    for (scope, goes) in [
        (json!({ "tickets": ["T"] }), true),
        (json!({ "tickets": ["T", "A1"] }), false),
        (json!({ "tickets": ["A1"] }), false),
        (json!({ "customers": ["acme-berlin"] }), true),
        (json!({ "customers": ["acme", "acme-berlin"] }), false),
        (json!({ "customers": ["acme"] }), false),
    ] {
        let mut host = berlin();
        let own = json!([{ "id": "A1", "customer": "acme", "closed": "2026-01-20T10:00:00Z" }]);
        host.deliver(account("acme", "own", "2026-01-20", json!({ "kind": "capture", "tickets": own })))
            .unwrap();
        let mut document: Value =
            serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
        document["policy"]["approvals"] = json!([{ "id": "consent",
            "when": { "kind": "fact", "name": "beyond_estimate" }, "roles": ["customer"], "denied": "hold" }]);
        host.rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
        let propose = json!({ "kind": "propose_estimate", "estimate": "EST", "cap": "150.00", "currency": "EUR",
            "expires": "2026-12-31", "scope": scope });
        host.deliver(account("acme", "propose", "2026-01-21", propose)).unwrap();
        on_its_own(&mut host);
        if goes {
            // What waits for its consent holds its customer, and nobody else.
            assert_eq!(refused(&mut host, release("early", "acme-berlin")), "transfer-waiting");
            let why = host.report("account", "acme", json!({ "kind": "explain_approval", "subject": "EST" }));
            let yes = json!({ "kind": "decide_approval", "subject": "EST", "digest": why["digest"], "verdict": "approve" });
            host.deliver(command("account", "acme", "yes", "2026-01-22", ("carol", "customer"), yes))
                .unwrap();
        }
        host.deliver(release("M", "acme-berlin")).unwrap();
        let arrives = admit(&host, "admit");
        host.deliver(arrives).unwrap();
        let came = view(&host, "acme-berlin", "2026-02-03");
        let came = came["estimates"].as_array().map_or(0, Vec::len);
        assert_eq!(came, usize::from(goes), "{scope}");
    }
}

#[test]
fn milestones_of_its_projects_go_along_and_are_reached_once() {
    let reach = |log: &str, milestone: &str, project: &str| {
        let action = json!({ "kind": "reach_milestone", "milestone": milestone, "project": project });
        account(log, &format!("reach-{milestone}-{project}"), "2026-01-21", action)
    };
    let project = |log: &str, project: &str| {
        let tickets = json!([{ "id": project, "customer": "acme-berlin", "project": project }]);
        account(
            log,
            &format!("project-{project}"),
            "2026-01-20",
            json!({ "kind": "capture", "tickets": tickets }),
        )
    };
    for (there, admitted) in [(None, true), (Some("P"), true), (Some("Q"), false)] {
        let mut host = berlin();
        host.deliver(project("acme", "P")).unwrap();
        host.deliver(reach("acme", "half", "P")).unwrap();
        on_its_own(&mut host);
        host.deliver(release("M", "acme-berlin")).unwrap();
        let arrives = admit(&host, "admit");
        if let Some(other) = there {
            host.deliver(project("acme-berlin", other)).unwrap();
            host.deliver(reach("acme-berlin", "half", other)).unwrap();
        }
        if admitted {
            host.deliver(arrives).unwrap();
            let mut again = reach("acme-berlin", "half", "P");
            again["id"] = json!("again");
            assert_eq!(refused(&mut host, again), "milestone-twice", "{there:?}");
            host.deliver(reach("acme-berlin", "whole", "P")).unwrap();
        } else {
            assert_eq!(refused(&mut host, arrives), "milestone-twice");
        }
    }
}

/// What came only to go on is taken over from nobody's record: whoever forged that it stays, or that something was done
/// in between, would have money from nothing.
#[test]
fn a_customer_that_was_sent_on_stays_in_no_forged_record() {
    let file: Value = serde_json::from_slice(include_bytes!("../../cases/moves.json")).unwrap();
    let cases = file["cases"].as_array().unwrap();
    let case = cases.iter().find(|case| case["id"].as_str().unwrap().contains("is sent on by it")).unwrap();
    let mut host = Host::new();
    host.rulebook = wire::compile(case["in"]["rulebook"].to_string().as_bytes()).unwrap();
    let mut sent_on = 0;
    for command in case["in"]["commands"].as_array().unwrap() {
        let at = command["log"].to_string();
        let before = host.logs.get(&at).cloned();
        drop(host.step(command));
        let (Some(before), Some(last)) = (before, host.stored.get(&at).and_then(|records| records.last()))
        else {
            continue;
        };
        let events = last["record"]["events"].as_array().unwrap();
        let kinds: Vec<&str> = events.iter().map(|event| event["kind"].as_str().unwrap()).collect();
        if last["record"]["command"]["id"] != command["id"] || kinds.get(..2) != Some(&SENT_ON) {
            continue;
        }
        sent_on += 1;
        let take = |events: Vec<Value>| {
            let mut record = last["record"].clone();
            record["events"] = json!(events);
            let bytes = record.to_string();
            let hash = duebill::canon::sha256(bytes.as_bytes()).to_string();
            wire::apply(&mut before.clone(), bytes.as_bytes(), hash.as_bytes(), b"")
        };
        take(events.clone()).unwrap();
        let said = json!({ "kind": "decision_refused", "code": 1, "name": "x", "place": 0, "subject": "X" });
        let forged: [Vec<Value>; 4] = [
            vec![events[0].clone()],
            [&events[..1], core::slice::from_ref(&said), &events[1..]].concat(),
            [&events[..1], &events[..]].concat(),
            // Neither does anything else happen before.
            [&[said], &events[..]].concat(),
        ];
        for events in forged {
            assert_eq!(take(events).unwrap_err().code().name, "state-mismatch");
        }
    }
    assert!(sent_on > 0);
}

/// The events with which a record begins that sends a customer on.
const SENT_ON: [&str; 2] = ["customer_admitted", "customer_released"];

/// The cases of moves quote releases whole; each is what its account records.
#[test]
fn the_cases_quote_what_is_recorded() {
    let file: Value = serde_json::from_slice(include_bytes!("../../cases/moves.json")).unwrap();
    let mut lines = Vec::new();
    for case in file["cases"].as_array().unwrap() {
        let mut case = case.clone();
        let mut host = Host::new();
        host.rulebook = wire::compile(case["in"]["rulebook"].to_string().as_bytes()).unwrap();
        for command in case["in"]["commands"].as_array_mut().unwrap() {
            let action = &mut command["action"];
            if action["kind"] == "admit_customer" {
                let place = action["release"]["seq"].as_u64().unwrap() - 1;
                let quoted =
                    &host.stored[&action["release"]["log"].to_string()][usize::try_from(place).unwrap()];
                (action["hash"], action["release"]) = (quoted["hash"].clone(), quoted["record"].clone());
            }
            // What is refused is a part of the case.
            drop(host.deliver(command.clone()));
        }
        lines.push(format!("    {case}"));
    }
    let text = format!("{{\n  \"cases\": [\n{}\n  ]\n}}\n", lines.join(",\n"));
    blessed::compare("cases/moves.json", &text);
}

/// What follows a customer to where it went before is told which release it follows.
#[test]
fn releases_to_one_account_arrive_in_the_order_they_were_made() {
    let mut host = berlin();
    on_its_own(&mut host);
    host.deliver(release("M1", "acme-berlin")).unwrap();
    let first = admit(&host, "first");
    let mut second = release("M2", "acme-berlin");
    second["id"] = json!("release-more");
    host.deliver(second).unwrap();
    let second = admit(&host, "second");
    assert_eq!(second["action"]["release"]["events"][0]["after"], "M1");
    assert_eq!(refused(&mut host, second.clone()), "transfer-order");
    host.deliver(first).unwrap();
    host.deliver(second).unwrap();
}

/// The record of a release with something as deep in it as another log may tell.
fn deepened(stored: &Value, levels: usize) -> (Value, String) {
    let mut record = stored["record"].clone();
    let command = (1..levels).fold(json!({}), |inner, _| json!({ "a": inner }));
    let told = json!({ "command": command, "id": "X", "kind": "intent", "log": address("series", "X") });
    record["events"].as_array_mut().unwrap().push(told);
    let hash = duebill::canon::sha256(record.to_string().as_bytes()).to_string();
    (record, hash)
}

#[test]
fn a_record_that_could_not_be_read_back_is_not_made() {
    for (levels, refused) in [(27, Some("depth-limit")), (26, None)] {
        let mut host = berlin();
        on_its_own(&mut host);
        host.deliver(release("M1", "acme-berlin")).unwrap();
        let stored = host.stored[&address("account", "acme").to_string()].last().unwrap();
        let (record, hash) = deepened(stored, levels);
        let admit = json!({ "kind": "admit_customer", "hash": hash, "release": record });
        let answer = host.deliver(account("acme-berlin", "come", "2026-02-01", admit));
        assert_eq!(answer.err().map(|refusal| refusal.code().name), refused, "{levels} levels");
    }
}
