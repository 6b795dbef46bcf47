//! Consent ahead of work, and what becomes of work without it.

use duebill::finding::Refusal;
use duebill::wire;
use serde_json::{Value, json};

use super::money_back::{receive, reserve};
use super::month::{Host, address};

const CLERK: (&str, &str) = ("clara", "billing");
const CAROL: (&str, &str) = ("carol", "customer");
const BOSS: (&str, &str) = ("boris", "manager");

/// A host whose policy asks for these approvals, with three closed tickets of one customer.
fn host(approvals: Value) -> Host {
    let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    document["policy"]["approvals"] = approvals;
    // A secret that everybody may know: thirty-two bytes in order.
    let key = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8";
    document["policy"]["signers"] = json!([{ "person": "boris", "key": key }]);
    let mut host = Host::new();
    host.rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
    let ticket = |id: &str| json!({ "id": id, "customer": "acme", "closed": "2026-01-20T10:00:00Z" });
    let tickets = [ticket("T1"), ticket("T2"), ticket("T3")];
    send(&mut host, "tickets", CLERK, json!({ "kind": "capture", "tickets": tickets })).unwrap();
    host
}

fn send(host: &mut Host, id: &str, who: (&str, &str), action: Value) -> Result<(), Refusal> {
    at(host, id, "2026-02-01", who, action)
}

fn at(host: &mut Host, id: &str, date: &str, who: (&str, &str), action: Value) -> Result<(), Refusal> {
    let command = json!({
        "action": action, "id": id, "log": address("account", "acme"), "schema": "duebill/command/1",
        "salt": "00112233445566778899aabbccddeeff",
        "stamp": { "actor": who.0, "role": who.1, "at": format!("{date}T12:00:00Z"), "effective": date,
            "ip": "192.0.2.7", "reason": "as agreed by phone" },
    });
    host.deliver(command)
}

/// Work of some hours at 100.00.
fn work(host: &mut Host, entry: &str, ticket: &str, hours: u8) {
    let time = json!({ "kind": "time", "start": "2026-01-12T08:00:00Z", "end": format!("2026-01-12T{:02}:00:00Z", 8 + hours) });
    let entry = json!({ "id": entry, "ticket": ticket, "work": time });
    let id = format!("capture-{}", host.stored.values().map(Vec::len).sum::<usize>());
    send(host, &id, CLERK, json!({ "kind": "capture", "entries": [entry] })).unwrap();
}

fn bill(host: &mut Host, run: &str) -> Result<(), Refusal> {
    let period = json!({ "from": "2026-01-01", "to": "2026-01-31" });
    send(host, run, CLERK, json!({ "kind": "bill", "run": run, "period": period }))
}

fn view(host: &Host) -> Value {
    host.report("account", "acme", json!({ "kind": "account", "as_of": "2026-02-28" }))
}

/// State, and rules that asked.
fn invoice(host: &Host, id: &str) -> (String, Vec<String>) {
    let view = view(host);
    let found = view["invoices"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone();
    let why = host.report("account", "acme", json!({ "kind": "explain_approval", "subject": id }));
    let rules = why["rules"].as_array().unwrap().iter();
    let rules = rules
        .map(|rule| format!("{}: {}", rule["rule"]["id"].as_str().unwrap(), rule["why"].as_str().unwrap()));
    (found["state"].as_str().unwrap().to_owned(), rules.collect())
}

fn decide(host: &Host, subject: &str, verdict: &str) -> Value {
    let why = host.report("account", "acme", json!({ "kind": "explain_approval", "subject": subject }));
    json!({ "kind": "decide_approval", "subject": subject, "digest": why["digest"], "verdict": verdict })
}

fn propose(estimate: &str, cap: &str, expires: &str) -> Value {
    json!({ "kind": "propose_estimate", "estimate": estimate, "cap": cap, "currency": "EUR", "expires": expires,
        "scope": { "tickets": ["T1"] } })
}

fn refused(result: Result<(), Refusal>) -> &'static str {
    result.unwrap_err().code().name
}

fn left(host: &Host) -> Value {
    view(host)["estimates"][0]["left"].clone()
}

fn consent() -> Value {
    json!([{ "id": "consent", "when": { "kind": "fact", "name": "beyond_estimate" }, "roles": ["customer"],
        "denied": "hold" }])
}

#[test]
fn work_outside_the_agreement_draws_on_what_the_customer_consented_to() {
    let mut host = host(consent());
    work(&mut host, "E1", "T1", 1);
    send(&mut host, "propose", CLERK, propose("EST", "150.00", "2026-02-28")).unwrap();
    // Nobody consented yet: the customer must be asked.
    bill(&mut host, "a").unwrap();
    let (state, why) = invoice(&host, "a:2026-01-31:EUR");
    assert_eq!(
        (state.as_str(), why),
        ("awaiting_approval", vec!["consent: beyond_estimate 100 on a:2026-01-31:EUR:1".to_owned()])
    );
    send(
        &mut host,
        "void-a",
        CLERK,
        json!({ "kind": "void", "invoice": "a:2026-01-31:EUR", "reason": "wrong" }),
    )
    .unwrap();

    let yes = decide(&host, "EST", "approve");
    assert_eq!(refused(send(&mut host, "own", ("clara", "customer"), yes.clone())), "approval-author");
    assert_eq!(refused(send(&mut host, "boss", BOSS, yes.clone())), "approval-role");
    send(&mut host, "yes", CAROL, yes).unwrap();
    bill(&mut host, "b").unwrap();
    assert_eq!(invoice(&host, "b:2026-01-31:EUR"), ("issued".to_owned(), vec![]));
    assert_eq!(left(&host), "50.00");
    let drawn =
        json!([{ "amount": "100.00", "currency": "EUR", "estimate": "EST", "line": "b:2026-01-31:EUR:1" }]);
    assert_eq!(view(&host)["invoices"][1]["draws"], drawn);

    // Half an hour more than is left needs new consent, and a void gives back what was drawn.
    work(&mut host, "E2", "T1", 1);
    bill(&mut host, "c").unwrap();
    assert_eq!(invoice(&host, "c:2026-01-31:EUR").1, ["consent: beyond_estimate 50 on c:2026-01-31:EUR:1"]);
    assert_eq!(left(&host), "0.00");
    send(
        &mut host,
        "void-c",
        CLERK,
        json!({ "kind": "void", "invoice": "c:2026-01-31:EUR", "reason": "wrong" }),
    )
    .unwrap();
    assert_eq!(left(&host), "50.00");

    // Another ticket is no work of this estimate, and one that was taken back covers nothing.
    work(&mut host, "E3", "T2", 1);
    send(&mut host, "withdraw", CLERK, json!({ "kind": "withdraw_estimate", "estimate": "EST" })).unwrap();
    bill(&mut host, "d").unwrap();
    assert_eq!(invoice(&host, "d:2026-01-31:EUR").0, "awaiting_approval");
    assert_eq!(left(&host), "50.00");
}

#[test]
fn an_estimate_covers_until_its_last_day() {
    for (expires, state) in [("2026-02-01", "issued"), ("2026-01-31", "awaiting_approval")] {
        let mut host = host(consent());
        work(&mut host, "E1", "T1", 1);
        at(&mut host, "propose", "2026-01-15", CLERK, propose("EST", "150.00", expires)).unwrap();
        let yes = decide(&host, "EST", "approve");
        at(&mut host, "yes", "2026-01-16", CAROL, yes).unwrap();
        bill(&mut host, "a").unwrap();
        assert_eq!(invoice(&host, "a:2026-01-31:EUR").0, state, "{expires}");
    }
}

#[test]
fn denied_work_waits_until_it_is_released() {
    let mut host = host(consent());
    work(&mut host, "E1", "T1", 1);
    bill(&mut host, "a").unwrap();
    let id = "a:2026-01-31:EUR";
    let no = decide(&host, id, "reject");
    send(&mut host, "no", CAROL, no).unwrap();
    assert_eq!(invoice(&host, id).0, "void");
    assert_eq!(view(&host)["withheld"], json!([{ "id": "E1", "lapse": "hold", "subject": id }]));
    assert_eq!(refused(bill(&mut host, "b")), "nothing-to-bill");
    send(&mut host, "release", CLERK, json!({ "kind": "release_hold", "subject": id })).unwrap();
    assert_eq!(
        refused(send(&mut host, "again", CLERK, json!({ "kind": "release_hold", "subject": id }))),
        "hold-none"
    );
    bill(&mut host, "c").unwrap();
}

#[test]
fn only_the_lines_that_were_asked_about_lapse() {
    for (lapse, net) in [("hold", "100.00"), ("bill_covered", "100.00"), ("write_off", "100.00")] {
        let rule = json!([{ "id": "t1", "when": { "kind": "net", "of": "line", "above": "150" }, "roles": ["customer"],
            "denied": lapse }]);
        let mut host = host(rule);
        work(&mut host, "E1", "T1", 2);
        work(&mut host, "E2", "T2", 1);
        bill(&mut host, "a").unwrap();
        let no = decide(&host, "a:2026-01-31:EUR", "reject");
        send(&mut host, "no", CAROL, no).unwrap();
        bill(&mut host, "b").unwrap();
        let invoice = &view(&host)["invoices"][1];
        assert_eq!((&invoice["net"], &invoice["state"]), (&json!(net), &json!("issued")), "{lapse}");
        let lines = if lapse == "bill_covered" { 2 } else { 1 };
        assert_eq!(invoice["lines"].as_array().unwrap().len(), lines, "{lapse}");
    }
}

#[test]
fn estimates_that_cannot_be_are_refused() {
    let mut host = host(consent());
    let try_one = |host: &mut Host, action: Value| refused(send(host, "try", CLERK, action));
    assert_eq!(try_one(&mut host, propose("EST", "0.00", "2026-02-28")), "estimate-cap");
    assert_eq!(try_one(&mut host, propose("EST", "-1.00", "2026-02-28")), "estimate-cap");
    assert_eq!(try_one(&mut host, propose("EST", "1.001", "2026-02-28")), "precision");
    assert_eq!(try_one(&mut host, propose("EST", "1.00", "2026-01-31")), "estimate-expiry");
    assert_eq!(
        try_one(&mut host, json!({ "kind": "withdraw_estimate", "estimate": "EST" })),
        "estimate-unknown"
    );
    send(&mut host, "propose", CLERK, propose("EST", "1.00", "2026-02-28")).unwrap();
    assert_eq!(try_one(&mut host, propose("EST", "2.00", "2026-02-28")), "subject-twice");
    let yes = decide(&host, "EST", "approve");
    let mut other = yes.clone();
    other["digest"] = json!("0".repeat(64));
    assert_eq!(refused(send(&mut host, "other", CAROL, other)), "approval-content");
    send(&mut host, "withdraw", CLERK, json!({ "kind": "withdraw_estimate", "estimate": "EST" })).unwrap();
    assert_eq!(refused(send(&mut host, "late", CAROL, yes)), "estimate-withdrawn");
    assert_eq!(
        try_one(&mut host, json!({ "kind": "withdraw_estimate", "estimate": "EST" })),
        "estimate-withdrawn"
    );
    let nothing =
        json!({ "kind": "decide_approval", "subject": "X", "digest": "0".repeat(64), "verdict": "approve" });
    assert_eq!(refused(send(&mut host, "nothing", CAROL, nothing)), "approval-unknown");
}

#[test]
fn each_decision_of_a_batch_has_its_own_outcome() {
    let mut host = host(json!([{ "id": "manager", "above": "50", "roles": ["manager"] }]));
    work(&mut host, "E1", "T1", 1);
    bill(&mut host, "a").unwrap();
    work(&mut host, "E2", "T2", 1);
    bill(&mut host, "b").unwrap();
    let mut stale = decide(&host, "a:2026-01-31:EUR", "approve");
    stale["digest"] = json!("0".repeat(64));
    let strip = |mut one: Value| {
        one.as_object_mut().unwrap().remove("kind");
        one
    };
    let good = strip(decide(&host, "b:2026-01-31:EUR", "approve"));
    let batch = |decisions: Value| json!({ "kind": "decide_approvals", "decisions": decisions });
    assert_eq!(refused(send(&mut host, "none", BOSS, batch(json!([])))), "decisions-none");
    let refusal = send(&mut host, "bad", BOSS, batch(json!([strip(stale.clone())]))).unwrap_err();
    assert_eq!(
        (refusal.code().name, refusal.first().path.as_str()),
        ("approval-content", "/action/decisions/0")
    );
    send(&mut host, "batch", BOSS, batch(json!([strip(stale), good]))).unwrap();
    assert_eq!(invoice(&host, "a:2026-01-31:EUR").0, "awaiting_approval");
    assert_eq!(invoice(&host, "b:2026-01-31:EUR").0, "issued");
    let events = &host.stored[&address("account", "acme").to_string()];
    let events: Vec<&Value> =
        events.iter().flat_map(|one| one["record"]["events"].as_array().unwrap()).collect();
    let refused = events.iter().find(|event| event["kind"] == "decision_refused").unwrap();
    assert_eq!((&refused["name"], &refused["place"]), (&json!("approval-content"), &json!(0)));
}

#[test]
fn a_threshold_in_another_currency_blocks_until_a_rate_is_given() {
    let mut host = host(json!([{ "id": "usd", "above": "110", "currency": "USD", "roles": ["manager"] }]));
    work(&mut host, "E1", "T1", 1);
    let refusal = bill(&mut host, "a").unwrap_err();
    let codes: Vec<_> = refusal.findings().map(|finding| finding.code.name).collect();
    assert_eq!(codes, ["approval-currency", "nothing-to-bill"]);
    let with = |rate: &str| {
        json!({ "kind": "bill", "run": "r", "period": { "from": "2026-01-01", "to": "2026-01-31" },
            "exchange": [{ "from": "EUR", "to": "USD", "rate": rate, "source": "ecb", "date": "2026-01-31" }] })
    };
    let refusal = send(&mut host, "zero", CLERK, with("0")).unwrap_err();
    assert_eq!((refusal.code().name, refusal.first().path.as_str()), ("approval-rate", "/action/exchange/0"));
    // A rate that lets it pass stands in the record too.
    send(&mut host, "pass", CLERK, with("1.1")).unwrap();
    assert_eq!(invoice(&host, "r:2026-01-31:EUR").0, "issued");
    let mut drafts = host.stored[&address("account", "acme").to_string()]
        .iter()
        .filter_map(|one| one["record"]["events"][0].get("approval"));
    assert_eq!(drafts.next_back().unwrap()["exchange"][0]["rate"], "1.1");
    send(
        &mut host,
        "void",
        CLERK,
        json!({ "kind": "void", "invoice": "r:2026-01-31:EUR", "reason": "wrong" }),
    )
    .unwrap();
    send(&mut host, "r", CLERK, with("1.1001")).unwrap();
    let why = invoice(&host, "r:2026-01-31:EUR:2").1;
    assert_eq!(why, ["usd: the net of 100.00 EUR is above 110 USD at 1.1001 of 2026-01-31 by ecb"]);
}

#[test]
fn words_of_consent_and_addresses_are_sealed() {
    let mut host = host(json!([{ "id": "manager", "above": "50", "roles": ["manager"] }]));
    work(&mut host, "E1", "T1", 1);
    bill(&mut host, "a").unwrap();
    let mut yes = decide(&host, "a:2026-01-31:EUR", "approve");
    yes["consent"] = json!("I have read it and I agree");
    yes["evidence"] = json!({ "reference": "mail-7", "digest": "1".repeat(64) });
    yes["method"] = json!("mail");
    send(&mut host, "yes", BOSS, yes).unwrap();
    let stored = host.stored[&address("account", "acme").to_string()]
        .iter()
        .find(|one| one["record"]["command"]["id"] == "yes")
        .unwrap();
    let (record, words) = (stored["record"].to_string(), stored["detached"].to_string());
    for text in ["I have read it", "192.0.2.7", "as agreed by phone"] {
        assert!(!record.contains(text) && words.contains(text), "{text}");
    }
    let decision = &stored["record"]["events"][0]["decision"];
    assert_eq!((&decision["method"], &decision["evidence"]["reference"]), (&json!("mail"), &json!("mail-7")));
    assert!(decision["ip"]["sealed"].is_string() && decision["consent"]["sealed"].is_string());
}

#[test]
fn a_signed_decision_is_verified_or_refused() {
    let mut host = host(json!([{ "id": "manager", "above": "50", "roles": ["manager"], "signed": true }]));
    work(&mut host, "E1", "T1", 1);
    bill(&mut host, "a").unwrap();
    let mut yes = decide(&host, "a:2026-01-31:EUR", "approve");
    assert_eq!(refused(send(&mut host, "unsigned", BOSS, yes.clone())), "signature-missing");
    yes["signature"] = json!("0".repeat(128));
    let expected = if cfg!(feature = "signatures") { "signature-wrong" } else { "signatures-off" };
    assert_eq!(refused(send(&mut host, "forged", BOSS, yes)), expected);
}

#[test]
fn the_worklist_says_who_may_decide_until_when() {
    let rule = json!([{ "id": "pair", "above": "50", "order": "sequence", "steps": [{ "roles": ["manager"] }, { "roles": ["director"] }],
        "escalation": { "after_hours": 24, "roles": ["board"] }, "expiry": { "after_hours": 72 } }]);
    let mut host = host(rule);
    work(&mut host, "E1", "T1", 1);
    bill(&mut host, "a").unwrap();
    let ask = |host: &Host, at: &str| {
        host.report("account", "acme", json!({ "kind": "worklist", "at": at }))["requests"][0].clone()
    };
    let now = ask(&host, "2026-02-01T12:00:00Z");
    assert_eq!(now["next"][0]["step"]["roles"], json!(["manager"]));
    assert_eq!(now["excluded"], json!(["clara"]));
    assert_eq!(
        now["why"],
        json!([
            "expected 1 of manager, then 1 of director to approve under the rule `pair`: the net of 100.00 EUR is above 50"
        ])
    );
    assert_eq!((&now["escalates"], &now["escalated"]), (&json!("2026-02-02T12:00:00Z"), &json!(false)));
    assert_eq!((&now["expires"], &now["expired"]), (&json!("2026-02-04T12:00:00Z"), &json!(false)));
    let yes = decide(&host, "a:2026-01-31:EUR", "approve");
    send(&mut host, "yes", BOSS, yes).unwrap();
    let later = ask(&host, "2026-02-02T12:00:00Z");
    assert_eq!(later["next"][0]["step"]["roles"], json!(["director", "board"]));
    assert_eq!((&later["excluded"], &later["escalated"]), (&json!(["clara", "boris"]), &json!(true)));
    let over = ask(&host, "2026-02-04T12:00:00Z");
    assert_eq!((&over["next"], &over["expired"]), (&json!([]), &json!(true)));
    let expire = json!({ "kind": "expire_approval", "subject": "a:2026-01-31:EUR" });
    assert_eq!(refused(at(&mut host, "early", "2026-02-03", CLERK, expire.clone())), "approval-not-expired");
    at(&mut host, "expire", "2026-02-04", CLERK, expire).unwrap();
    assert_eq!(invoice(&host, "a:2026-01-31:EUR").0, "rejected");
    let list = host.report("account", "acme", json!({ "kind": "worklist", "at": "2026-02-04T12:00:00Z" }));
    assert_eq!(list["requests"], json!([]));
}

#[test]
fn an_approval_does_not_outlive_what_was_shown() {
    let mut host = host(json!([{ "id": "manager", "above": "50", "roles": ["manager"] }]));
    work(&mut host, "E1", "T1", 1);
    bill(&mut host, "a").unwrap();
    let yes = decide(&host, "a:2026-01-31:EUR", "approve");
    send(
        &mut host,
        "void",
        CLERK,
        json!({ "kind": "void", "invoice": "a:2026-01-31:EUR", "reason": "wrong" }),
    )
    .unwrap();
    assert_eq!(refused(send(&mut host, "old", BOSS, yes.clone())), "invoice-state");
    work(&mut host, "E2", "T1", 1);
    bill(&mut host, "b").unwrap();
    let mut replayed = yes;
    replayed["subject"] = json!("b:2026-01-31:EUR");
    assert_eq!(refused(send(&mut host, "replayed", BOSS, replayed)), "approval-content");
}

#[test]
fn whatever_is_approved_shares_one_namespace() {
    let mut host = host(consent());
    work(&mut host, "E1", "T2", 1);
    send(&mut host, "propose", CLERK, propose("a:2026-01-31:EUR", "10.00", "2026-02-28")).unwrap();
    bill(&mut host, "a").unwrap();
    assert_eq!(invoice(&host, "a:2026-01-31:EUR:2").0, "awaiting_approval");
    assert_eq!(
        refused(send(&mut host, "again", CLERK, propose("a:2026-01-31:EUR:2", "10.00", "2026-02-28"))),
        "subject-twice"
    );
}

#[test]
fn what_was_paid_here_had_the_approvals_that_its_rules_asked_for() {
    let mut host = host(json!([{ "id": "manager", "above": "100", "roles": ["manager"] }]));
    work(&mut host, "E1", "T1", 2);
    bill(&mut host, "large").unwrap();
    let yes = decide(&host, "large:2026-01-31:EUR", "approve");
    send(&mut host, "yes", BOSS, yes).unwrap();
    work(&mut host, "E2", "T2", 1);
    bill(&mut host, "small").unwrap();
    let ask = |host: &Host, rule: Value| {
        let mut question = json!({ "kind": "unapproved_payments", "as_of": "2026-02-28" });
        question.as_object_mut().unwrap().extend(rule.as_object().unwrap().clone());
        let answer = host.report("account", "acme", question);
        let found = answer["payments"].as_array().unwrap().iter();
        let found = found.map(|one| format!("{} {} {}", one["amount"], one["decisions"], one["origin"]));
        (answer["paid"].as_u64().unwrap(), found.collect::<Vec<_>>())
    };
    assert_eq!(ask(&host, json!({})), (0, Vec::new()));
    for (invoice, amount) in [("large:2026-01-31:EUR", "238.00"), ("small:2026-01-31:EUR", "119.00")] {
        host.deliver(receive(invoice, "2026-02-10", amount)).unwrap();
        host.deliver(reserve(&format!("r-{invoice}"), "2026-02-10", invoice, &[(invoice, amount)])).unwrap();
    }
    // The small one was below every threshold: nobody was asked, and an auditor is told so.
    let (small, large) = (r#""119.00" 0 "invoice""#.to_owned(), r#""238.00" 1 "invoice""#.to_owned());
    assert_eq!(ask(&host, json!({ "rule": "manager" })), (2, vec![small.clone()]));
    assert_eq!(ask(&host, json!({})), (2, vec![small.clone()]));
    assert_eq!(ask(&host, json!({ "rule": "director" })), (2, vec![large, small]));
}

#[test]
fn a_down_payment_for_an_estimate_needs_its_consent_and_its_currency() {
    let mut host = host(consent());
    send(&mut host, "propose", CLERK, propose("EST", "150.00", "2026-02-28")).unwrap();
    let ask = |estimate: &str, currency: &str| {
        json!({ "kind": "request_deposit", "id": "ahead", "amount": "100.00", "currency": currency,
            "customer": "acme", "code": "prepaid", "estimate": estimate })
    };
    assert_eq!(refused(send(&mut host, "early", CLERK, ask("EST", "EUR"))), "estimate-unknown");
    let yes = decide(&host, "EST", "approve");
    send(&mut host, "yes", CAROL, yes).unwrap();
    assert_eq!(refused(send(&mut host, "dollars", CLERK, ask("EST", "USD"))), "estimate-unknown");
    assert_eq!(refused(send(&mut host, "none", CLERK, ask("OTHER", "EUR"))), "estimate-unknown");
    send(&mut host, "ahead", CLERK, ask("EST", "EUR")).unwrap();
}

/// One decision is about all the work that was asked about: all of it waits, and all of it is released.
#[test]
fn all_the_work_of_a_denied_invoice_waits() {
    let mut host = host(consent());
    for (entry, ticket) in [("E1", "T1"), ("E2", "T2"), ("E3", "T2")] {
        work(&mut host, entry, ticket, 1);
    }
    bill(&mut host, "a").unwrap();
    let id = "a:2026-01-31:EUR";
    let no = decide(&host, id, "reject");
    send(&mut host, "no", CAROL, no).unwrap();
    let waits = |entry: &str| json!({ "id": entry, "lapse": "hold", "subject": id });
    assert_eq!(view(&host)["withheld"], json!([waits("E1"), waits("E2"), waits("E3")]));
    assert_eq!(refused(bill(&mut host, "b")), "nothing-to-bill");
    send(&mut host, "release", CLERK, json!({ "kind": "release_hold", "subject": id })).unwrap();
    bill(&mut host, "c").unwrap();
    assert_eq!(view(&host)["invoices"][1]["net"], "300.00");
}
