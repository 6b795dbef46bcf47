//! Rules are published by one person and agreed to by others; then nothing is decided under others.

use duebill::finding::Refusal;
use duebill::wire;
use serde_json::{Value, json};

use super::month::{Host, address, command};

fn golden() -> Value {
    serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap()
}

struct Seller {
    host: Host,
    count: u32,
}

impl Seller {
    fn new() -> Self {
        Self { host: Host::new(), count: 0 }
    }

    /// Delivers a command under a rulebook that knows what is published.
    fn run(
        &mut self,
        log: (&str, &str),
        date: &str,
        actor: (&str, &str),
        action: Value,
    ) -> Result<(), Refusal> {
        if let Some(publication) = self.host.logs.get(&address("rulebook", "northwind").to_string()) {
            self.host.rulebook = wire::published(&self.host.rulebook, publication).unwrap();
        }
        self.count += 1;
        self.host.deliver(command(log.0, log.1, &format!("c{}", self.count), date, actor, action))
    }

    fn publish(&mut self, actor: (&str, &str), action: Value) -> Result<(), Refusal> {
        self.run(("rulebook", "northwind"), "2026-01-10", actor, action)
    }

    fn propose(&mut self, publication: &str, from: &str, sections: Value) -> Result<(), Refusal> {
        let action = json!({ "kind": "propose_rules", "publication": publication, "effective_from": from,
            "sections": sections });
        self.publish(("anna", "pricing"), action)
    }

    fn view(&self) -> Value {
        self.host.report("rulebook", "northwind", json!({ "kind": "publications" }))
    }

    fn decide(&mut self, publication: &str, actor: &str, verdict: &str) -> Result<(), Refusal> {
        let pending = self.view()["pending"].clone();
        let pending =
            pending.as_array().unwrap().iter().find(|one| one["proposal"]["publication"] == publication);
        let digest = pending.map_or(json!("0".repeat(64)), |one| one["digest"].clone());
        let action = json!({ "kind": "decide_rules", "publication": publication, "digest": digest, "verdict": verdict });
        self.publish((actor, "board"), action)
    }

    fn capture(&mut self, account: &str, date: &str) -> Result<(), Refusal> {
        let ticket = json!({ "id": format!("T{}", self.count), "customer": account });
        let action = json!({ "kind": "capture", "tickets": [ticket] });
        self.run(("account", account), date, ("clara", "billing"), action)
    }

    fn last(&self, log: (&str, &str)) -> Value {
        self.host.stored[&address(log.0, log.1).to_string()].last().unwrap()["record"].clone()
    }
}

fn name(result: Result<(), Refusal>) -> &'static str {
    result.map_or_else(|refusal| refusal.code().name, |()| "done")
}

fn all_sections() -> Value {
    let book = golden();
    let terms = book["terms"].as_array().unwrap().iter();
    let terms = terms.map(|terms| json!({ "after": terms, "customer": terms["customer"] }));
    let policy = json!({ "after": book["policy"] });
    Value::Array(std::iter::once(policy).chain(terms).collect())
}

#[test]
fn once_publication_is_on_only_published_rules_decide() {
    let mut seller = Seller::new();
    assert_eq!(name(seller.capture("acme", "2026-01-05")), "done");
    // Rules can be published before that is demanded; nobody need wait for it.
    seller.publish(("anna", "pricing"), json!({ "kind": "require_publication" })).unwrap();
    assert_eq!(name(seller.capture("acme", "2026-01-05")), "rulebook-unpublished");
    let line = json!({ "kind": "receive", "entry": { "id": "TX", "amount": "1.00", "currency": "EUR",
        "value_date": "2026-01-05", "receipts": [{ "id": "TX", "amount": "1.00" }] } });
    let receive = seller.run(("cash_book", "bank"), "2026-01-05", ("clara", "billing"), line);
    assert_eq!(name(receive), "rulebook-unpublished");
    let numbers = json!({ "kind": "import_numbers", "numbers": [{ "number": "7", "date": "2025-01-01" }] });
    let import = seller.run(("series", "invoices"), "2026-01-05", ("clara", "billing"), numbers);
    assert_eq!(name(import), "rulebook-unpublished");
    let sections = all_sections();
    // The policy alone is not enough for an account: the terms of all its customers count.
    seller.propose("R-1", "2026-01-04", json!([sections[0], sections[1]])).unwrap();
    seller.decide("R-1", "bea", "approve").unwrap();
    assert_eq!(name(seller.capture("acme", "2026-01-05")), "rulebook-unpublished");
    seller.propose("R-2", "2026-01-05", json!([sections[2]])).unwrap();
    seller.decide("R-2", "bea", "approve").unwrap();
    assert_eq!(name(seller.capture("acme", "2026-01-04")), "rulebook-not-in-force");
    assert_eq!(name(seller.capture("acme", "2026-01-05")), "done");
    assert_eq!(name(seller.capture("globex", "2026-01-05")), "rulebook-unpublished");
    // Records name exactly what was published.
    let record = seller.last(("account", "acme"));
    let published = seller.view();
    assert_eq!(record["policy"], published["sections"][0]["digest"]);
    // Later rules change nothing of what was decided: records are applied without a rulebook.
    let stored = seller.host.stored[&address("account", "acme").to_string()].clone();
    let mut again = wire::open(address("account", "acme").to_string().as_bytes()).unwrap();
    for one in stored {
        let (record, hash) = (one["record"].to_string(), one["hash"].as_str().unwrap().to_owned());
        wire::apply(&mut again, record.as_bytes(), hash.as_bytes(), b"").unwrap();
    }
}

#[test]
fn rules_whose_successor_is_in_force_decide_nothing_on_its_days() {
    let mut seller = Seller::new();
    seller.publish(("anna", "pricing"), json!({ "kind": "require_publication" })).unwrap();
    seller.propose("R-1", "2026-01-05", all_sections()).unwrap();
    seller.decide("R-1", "bea", "approve").unwrap();
    let (before, mut after) = (golden()["policy"].clone(), golden()["policy"].clone());
    after["approvals"] = json!([]);
    seller.propose("R-2", "2026-01-08", json!([{ "before": before, "after": after }])).unwrap();
    seller.decide("R-2", "bea", "approve").unwrap();
    for (day, said) in [("2026-01-07", "done"), ("2026-01-08", "rulebook-superseded")] {
        assert_eq!(name(seller.capture("acme", day)), said, "{day}");
    }
    let mut document = golden();
    document["policy"] = after.clone();
    seller.host.rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
    for (day, said) in [("2026-01-07", "rulebook-not-in-force"), ("2026-01-08", "done")] {
        assert_eq!(name(seller.capture("acme", day)), said, "{day}");
    }
    // Rules may come back: then those between are the past.
    seller.propose("R-3", "2026-01-10", json!([{ "before": after, "after": before }])).unwrap();
    seller.decide("R-3", "bea", "approve").unwrap();
    for (day, said) in [("2026-01-09", "done"), ("2026-01-10", "rulebook-superseded")] {
        assert_eq!(name(seller.capture("acme", day)), said, "{day}");
    }
    seller.host.rulebook = wire::compile(golden().to_string().as_bytes()).unwrap();
    for (day, said) in [("2026-01-09", "rulebook-superseded"), ("2026-01-10", "done")] {
        assert_eq!(name(seller.capture("acme", day)), said, "{day}");
    }
}

/// Law: what was recorded is repeated, whatever is published since.
#[test]
fn a_repeated_command_is_repeated_under_any_rules() {
    let mut seller = Seller::new();
    let numbers = json!({ "kind": "import_numbers", "numbers": [{ "number": "7", "date": "2025-01-01" }] });
    let import = command("series", "invoices", "n", "2026-01-05", ("clara", "billing"), numbers);
    let ticket = json!({ "kind": "capture", "tickets": [{ "id": "T", "customer": "acme" }] });
    let capture = command("account", "acme", "t", "2026-01-05", ("clara", "billing"), ticket);
    for command in [&import, &capture] {
        seller.host.deliver(command.clone()).unwrap();
    }
    seller.publish(("anna", "pricing"), json!({ "kind": "require_publication" })).unwrap();
    let publication = &seller.host.logs[&address("rulebook", "northwind").to_string()];
    let rulebook = wire::published(&seller.host.rulebook, publication).unwrap();
    for command in [import, capture] {
        let log = &seller.host.logs[&command["log"].to_string()];
        let answer = wire::decide(log, &rulebook, command.to_string().as_bytes()).unwrap();
        assert!(String::from_utf8(answer).unwrap().contains("repeated"));
    }
}

#[test]
fn the_author_never_agrees_and_one_person_counts_once() {
    let mut seller = Seller::new();
    let board = json!({ "kind": "require_publication", "approvals": 2, "roles": ["board"] });
    seller.publish(("anna", "pricing"), board.clone()).unwrap();
    assert_eq!(name(seller.publish(("anna", "pricing"), board)), "publication-required");
    let sections = all_sections();
    assert_eq!(name(seller.propose("R-1", "2026-02-01", sections.clone())), "done");
    assert_eq!(name(seller.propose("R-1", "2026-02-01", sections.clone())), "publication-twice");
    assert_eq!(name(seller.decide("R-1", "anna", "approve")), "publication-author");
    let digest = seller.view()["pending"][0]["digest"].clone();
    let decide = |publication: &str, digest: &Value| json!({ "kind": "decide_rules", "publication": publication, "digest": digest, "verdict": "approve" });
    assert_eq!(name(seller.publish(("bea", "sales"), decide("R-1", &digest))), "publication-role");
    assert_eq!(
        name(seller.publish(("bea", "board"), decide("R-1", &json!("0".repeat(64))))),
        "publication-digest"
    );
    assert_eq!(name(seller.publish(("bea", "board"), decide("R-9", &digest))), "publication-unknown");
    assert_eq!(name(seller.decide("R-1", "bea", "approve")), "done");
    assert_eq!(name(seller.decide("R-1", "bea", "approve")), "publication-again");
    assert_eq!(seller.view()["sections"], json!([]));
    assert_eq!(name(seller.decide("R-1", "ben", "approve")), "done");
    assert_eq!(seller.view()["sections"].as_array().unwrap().len(), 4);
    let published = seller.last(("rulebook", "northwind"))["events"][1].clone();
    assert_eq!(published["kind"], "rules_published");
    let people: Vec<&Value> =
        published["approvals"].as_array().unwrap().iter().map(|approval| &approval["by"]).collect();
    assert_eq!(
        (people, &published["proposal"]["author"]),
        (vec![&json!("bea"), &json!("ben")], &json!("anna"))
    );
    // Rejected rules are gone.
    let changed = json!([{ "after": golden()["terms"][0] }]);
    assert_ne!(name(seller.propose("R-2", "2026-02-01", changed)), "done", "terms are no policy");
}

#[test]
fn what_changes_is_listed_by_pointers_and_made_from_what_is_published() {
    let mut seller = Seller::new();
    let book = golden();
    let policy = |change: &dyn Fn(&mut Value)| {
        let mut policy = book["policy"].clone();
        change(&mut policy);
        policy
    };
    let dearer = policy(&|policy| {
        policy["rates"][0]["value"] = json!("105");
        policy["billing"]["minimum"] = json!("50");
        policy["labels"].as_array_mut().unwrap().pop();
    });
    seller.propose("R-1", "2026-01-01", json!([{ "after": book["policy"] }])).unwrap();
    assert_eq!(
        seller.view()["pending"][0]["proposal"]["sections"][0]["difference"],
        json!({
            "added": [""], "changed": [], "removed": [],
        })
    );
    seller.decide("R-1", "bea", "approve").unwrap();
    // Nothing changes, or not from what is published.
    let same = json!([{ "after": book["policy"], "before": book["policy"] }]);
    assert_eq!(name(seller.propose("R-2", "2026-02-01", same)), "publication-empty");
    assert_eq!(name(seller.propose("R-2", "2026-02-01", json!([]))), "publication-empty");
    let unknown = json!([{ "after": book["policy"], "before": dearer }]);
    assert_eq!(name(seller.propose("R-2", "2026-02-01", unknown)), "publication-base");
    let change = json!([{ "after": dearer, "before": book["policy"] }]);
    let twice = json!([change[0], change[0]]);
    assert_eq!(name(seller.propose("R-2", "2026-02-01", twice)), "id-twice");
    seller.propose("R-2", "2026-02-01", change.clone()).unwrap();
    let section = seller.view()["pending"][0]["proposal"]["sections"][0].clone();
    assert_eq!(
        section["difference"],
        json!({
            "added": ["/billing/minimum"], "changed": ["/rates/0/value"], "removed": ["/labels/1"],
        })
    );
    assert_eq!(section["before"], seller.view()["sections"][0]["digest"]);
    // Two proposals from one version: the second no longer fits once the first is published.
    let cheaper = policy(&|policy| policy["rates"][0]["value"] = json!("95"));
    seller.propose("R-3", "2026-02-01", json!([{ "after": cheaper, "before": book["policy"] }])).unwrap();
    seller.decide("R-2", "bea", "approve").unwrap();
    assert_eq!(name(seller.decide("R-3", "bea", "approve")), "publication-base");
    assert_eq!(name(seller.decide("R-3", "bea", "reject")), "done");
    assert_eq!(name(seller.decide("R-3", "ben", "approve")), "publication-unknown");
    // A wrong customer, and a number of people that nobody could be.
    let terms = json!([{ "after": book["terms"][0], "customer": "globex" }]);
    assert_eq!(name(seller.propose("R-4", "2026-02-01", terms)), "customer-unknown");
    let none = json!({ "kind": "require_publication", "approvals": 0 });
    assert_eq!(name(seller.publish(("anna", "pricing"), none)), "publication-approvals");
}

/// Changes a record before it is hashed again.
type Forge = dyn Fn(&mut Value);

/// Records that deciding would never write are refused, and change nothing.
#[test]
fn forged_publications_are_refused() {
    let mut seller = Seller::new();
    let log = address("rulebook", "northwind").to_string();
    seller.publish(("anna", "pricing"), json!({ "kind": "require_publication" })).unwrap();
    seller.propose("R-1", "2026-01-01", all_sections()).unwrap();
    let before = seller.host.logs[&log].clone();
    seller.decide("R-1", "bea", "approve").unwrap();
    let good = seller.last(("rulebook", "northwind"));
    let forgeries: [(&str, &Forge); 8] = [
        ("publication-author", &|r| {
            r["events"][0]["by"] = json!("anna");
            r["stamp"]["actor"] = json!("anna");
        }),
        ("state-mismatch", &|r| r["events"][0]["by"] = json!("eve")),
        ("state-mismatch", &|r| r["events"][1]["approvals"] = json!([])),
        ("state-mismatch", &|r| r["events"][1]["proposal"]["effective_from"] = json!("2025-01-01")),
        ("state-mismatch", &|r| drop(r["events"].as_array_mut().unwrap().remove(0))),
        ("state-mismatch", &|r| drop(r["events"].as_array_mut().unwrap().remove(1))),
        ("state-mismatch", &|r| r["events"].as_array_mut().unwrap().swap(0, 1)),
        ("state-mismatch", &|r| {
            let twice = r["events"][0].clone();
            r["events"].as_array_mut().unwrap().insert(0, twice);
        }),
    ];
    for (expected, forge) in forgeries {
        let mut record = good.clone();
        forge(&mut record);
        let bytes = record.to_string();
        let hash = duebill::canon::sha256(bytes.as_bytes()).to_string();
        let mut log = before.clone();
        let refusal = wire::apply(&mut log, bytes.as_bytes(), hash.as_bytes(), b"").unwrap_err();
        assert_eq!((refusal.code().name, &log), (expected, &before));
    }
    let refusal = wire::published(
        &seller.host.rulebook,
        &wire::open(address("series", "invoices").to_string().as_bytes()).unwrap(),
    );
    assert_eq!(refusal.unwrap_err().code().name, "log-kind");
    let foreign = wire::open(br#"{"id":"x","kind":"rulebook","seller":"other"}"#).unwrap();
    assert_eq!(wire::published(&seller.host.rulebook, &foreign).unwrap_err().code().name, "seller-mismatch");
}
