//! Documents as data: they say what the account says, stay what they are, and are named by their digest.

use duebill::canon::{from_bytes, sha256, to_bytes};
use duebill::render::RenderModel;
use duebill::wire::{self, Log};
use serde_json::{Value, json};

use super::golden::everything;
use super::month::{Host, address, command};

const LATER: &str = "2026-12-31";

fn asked(document: Value) -> Value {
    json!({ "kind": "document", "as_of": LATER, "document": document, "role": "billing_specialist",
        "viewer": "clara" })
}

fn of(kind: &str, id: &Value) -> Value {
    asked(json!({ "kind": kind, "id": id }))
}

/// The accounts of a host.
fn accounts(host: &Host) -> Vec<String> {
    let is_account = |(_, log): &(&String, &Log)| matches!(log, Log::Account(_));
    let ids = host.logs.iter().filter(is_account).map(|(address, _)| address);
    ids.map(|address| serde_json::from_str::<Value>(address).unwrap()["id"].as_str().unwrap().to_owned())
        .collect()
}

/// The amount of a fact, by section and label.
fn amount<'m>(model: &'m Value, section: &str, key: &str) -> Option<&'m str> {
    let sections = model["sections"].as_array().unwrap().iter().filter(|one| one["key"] == section);
    let mut entries = sections.flat_map(|one| one["entries"].as_array().unwrap());
    let entry = entries.find(|entry| entry["key"] == key)?;
    entry["values"].as_array().unwrap().iter().find_map(|value| value["amount"].as_str())
}

/// The amounts of a column of a table.
fn column<'m>(model: &'m Value, section: &str, key: &str, kind: &str) -> Vec<&'m str> {
    let sections = model["sections"].as_array().unwrap().iter().filter(|one| one["key"] == section);
    let mut found = Vec::new();
    for table in sections.map(|one| &one["table"]) {
        let columns = table["columns"].as_array().unwrap();
        let place = columns.iter().position(|column| column == key).unwrap();
        for row in table["rows"].as_array().unwrap().iter().filter(|row| row["kind"] == kind) {
            found.extend(row["cells"][place]["values"][0]["amount"].as_str());
        }
    }
    found
}

fn cents(text: &str) -> i64 {
    text.replace('.', "").parse().unwrap()
}

fn check_digest(rendered: &Value) {
    let bytes = wire_canonical(&rendered["model"]);
    assert_eq!(rendered["digest"], sha256(&bytes).to_string(), "the digest is that of the canonical bytes");
}

/// The canonical bytes of a model, read and written again.
fn wire_canonical(model: &Value) -> Vec<u8> {
    to_bytes(&from_bytes::<RenderModel>(model.to_string().as_bytes()).unwrap())
}

#[test]
fn a_document_comes_to_what_its_draft_comes_to() {
    let host = everything();
    let (mut invoices, mut credits) = (0, 0);
    for account in accounts(&host) {
        let view = host.report("account", &account, json!({ "kind": "account", "as_of": LATER }));
        for invoice in view["invoices"].as_array().unwrap() {
            let rendered = host.report("account", &account, of("invoice", &invoice["id"]));
            let model = &rendered["model"];
            invoices += 1;
            check_digest(&rendered);
            for (key, field) in [
                ("total-net", "net"),
                ("total-tax", "tax"),
                ("total-gross", "gross"),
                ("total-payable", "payable"),
            ] {
                assert_eq!(
                    amount(model, "totals", key),
                    invoice[field].as_str(),
                    "{key} of {}",
                    invoice["id"]
                );
            }
            let lines: Vec<&str> = invoice["lines"]
                .as_array()
                .unwrap()
                .iter()
                .map(|line| line["net"].as_str().unwrap())
                .collect();
            assert_eq!(column(model, "lines", "line-net", "line"), lines);
            let sum: i64 = lines.iter().map(|net| cents(net)).sum();
            assert_eq!(amount(model, "totals", "total-lines").map(cents), Some(sum));
        }
        for credit in view["credits"].as_array().unwrap() {
            let rendered = host.report("account", &account, of("credit_note", &credit["id"]));
            credits += 1;
            check_digest(&rendered);
            assert_eq!(
                amount(&rendered["model"], "totals", "total-credited"),
                credit["totals"]["payable"].as_str()
            );
        }
    }
    assert!(invoices > 5 && credits > 1, "{invoices} invoices, {credits} credit notes");
}

/// From the record that issues a document on, at every later record, its model is the same; before it, the model
/// is that of the draft.
#[test]
fn what_is_issued_is_shown_the_same_for_ever() {
    let host = everything();
    let mut issued = 0;
    for account in accounts(&host) {
        let stored = &host.stored[&address("account", &account).to_string()];
        let mut log = Log::new(from_bytes(address("account", &account).to_string().as_bytes()).unwrap());
        let mut known: std::collections::BTreeMap<String, (Value, String)> =
            std::collections::BTreeMap::new();
        for answer in stored {
            let (record, detached) = (answer["record"].to_string(), answer["detached"].to_string());
            let hash = answer["hash"].as_str().unwrap();
            wire::apply(&mut log, record.as_bytes(), hash.as_bytes(), detached.as_bytes()).unwrap();
            let ask = |question: Value| -> Value {
                let bytes = wire::report(&log, &host.rulebook, question.to_string().as_bytes()).unwrap();
                serde_json::from_slice(&bytes).unwrap()
            };
            let view = ask(json!({ "kind": "account", "as_of": LATER }));
            for (list, kind) in [("invoices", "invoice"), ("credits", "credit_note")] {
                for one in view[list].as_array().unwrap() {
                    let rendered = ask(of(kind, &one["id"]));
                    let stage = rendered["model"]["stage"].as_str().unwrap().to_owned();
                    assert_eq!(stage == "issued", !one["issued"].is_null(), "{}", one["id"]);
                    let id = one["id"].as_str().unwrap().to_owned();
                    let before = known.insert(id, (rendered["digest"].clone(), stage.clone()));
                    if let Some((digest, then)) = before {
                        assert_eq!(digest == rendered["digest"], then == stage, "{}", one["id"]);
                        issued += usize::from(then == "issued");
                    }
                }
            }
        }
    }
    assert!(issued > 20, "only {issued} looks at issued documents");
}

/// Every value below a place, with its pointer.
fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| leaves(field, &format!("{path}/{name}"), found));
        }
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(place, item)| leaves(item, &format!("{path}/{place}"), found));
        }
        _ => found.push(path.to_owned()),
    }
}

/// Another value that a model could have there.
fn other(value: &Value) -> Value {
    match value {
        Value::Bool(value) => json!(!value),
        Value::Number(number) => json!(number.as_u64().unwrap() + 1),
        Value::String(text) => json!(if text.ends_with('1') {
            text.replace('1', "2")
        } else {
            text.replace(['0', '2', '5'], "1")
        }),
        _ => json!("x"),
    }
}

#[test]
fn a_value_that_changes_changes_the_digest() {
    let host = everything();
    let view = host.report("account", "acme", json!({ "kind": "account", "as_of": LATER }));
    let mut changed = 0;
    for invoice in view["invoices"].as_array().unwrap() {
        let rendered = host.report("account", "acme", of("invoice", &invoice["id"]));
        let mut paths = Vec::new();
        leaves(&rendered["model"], "", &mut paths);
        for path in paths {
            let mut model = rendered["model"].clone();
            let place = model.pointer_mut(&path).unwrap();
            let another = other(place);
            if *place == another {
                continue;
            }
            *place = another;
            // What is no model at all has no digest.
            if let Ok(model) = from_bytes::<RenderModel>(model.to_string().as_bytes()) {
                changed += 1;
                assert_ne!(rendered["digest"], model.digest().to_string(), "{path}");
            }
        }
    }
    assert!(changed > 200, "only {changed} values were changed");
}

/// What was owed, what happened and what is owed add up, between any two days; and what is owed is what the
/// account says is open.
#[test]
fn a_statement_adds_up_between_any_two_days() {
    let host = everything();
    let days = ["2026-01-01", "2026-01-31", "2026-02-15", "2026-02-28", "2026-03-21", "2026-06-30", LATER];
    let mut happened = 0;
    for account in accounts(&host) {
        for (place, from) in days.iter().enumerate() {
            for as_of in &days[place..] {
                let mut question = asked(json!({ "kind": "statement", "from": from }));
                question["as_of"] = json!(as_of);
                let rendered = host.report("account", &account, question);
                let model = &rendered["model"];
                let only = model["sections"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter(|one| one["key"] == "balance")
                    .count();
                if only != 1 {
                    continue;
                }
                let of = |key: &str| cents(amount(model, "balance", key).unwrap());
                let changes = column(model, "movements", "change", "line");
                let sum: i64 = changes.iter().map(|change| cents(change)).sum();
                assert_eq!(of("opening-balance") + sum, of("closing-balance"), "{account} {from} {as_of}");
                happened += changes.len();
                if let Some(last) = column(model, "movements", "balance-after", "line").last() {
                    assert_eq!(cents(last), of("closing-balance"));
                }
                let aged = column(model, "aging", "open-amount", "line").into_iter().map(cents).sum::<i64>();
                assert_eq!(aged, of("closing-balance"), "{account} {as_of}");
                let view = host.report("account", &account, json!({ "kind": "account", "as_of": as_of }));
                let lists = ["invoices", "credits", "opening_items"].map(|key| view[key].as_array().unwrap());
                let open: i64 =
                    lists.into_iter().flatten().map(|one| cents(one["open"].as_str().unwrap())).sum();
                assert_eq!(open, of("closing-balance"), "{account} {as_of}");
            }
        }
    }
    assert!(happened > 100, "only {happened} movements");
}

/// A page of consent, for who decides in a role.
fn page(host: &Host, subject: &Value, (person, role): (&str, &str)) -> Value {
    let decider = json!({ "person": person, "role": role });
    host.report(
        "account",
        "acme",
        asked(json!({ "kind": "consent", "subject": subject, "decider": decider })),
    )
}

/// A decision that names its page is one on that page: of the same subject, and of the same role.
#[test]
fn a_decision_names_the_page_that_it_was_shown() {
    let mut host = Host::new();
    super::month::january(&mut host);
    let view = host.report("account", "acme", json!({ "kind": "account", "as_of": LATER }));
    let open: Vec<Value> =
        view["approvals"].as_array().unwrap().iter().filter(|one| one["open"] == true).cloned().collect();
    let one = open.first().unwrap();
    let own = page(&host, &one["subject"], ("boris", "manager"));
    assert_eq!(amount(&own["model"], "request", "net-to-approve"), one["net"].as_str());
    assert!(
        own["model"].to_string().contains(one["digest"].as_str().unwrap()),
        "the page holds what is signed"
    );
    let others = page(&host, &one["subject"], ("carol", "customer"));
    assert_ne!(own["digest"], others["digest"], "who is not asked by a rule is not told of it");
    let decide = |host: &mut Host, id: &str, shown: &Value| {
        let action = json!({ "kind": "decide_approval", "subject": one["subject"], "digest": one["digest"],
            "verdict": "approve", "shown": shown });
        let sent = command("account", "acme", id, "2026-02-03", ("boris", "manager"), action);
        host.deliver(sent).map_err(|refusal| refusal.code().name)
    };
    assert_eq!(decide(&mut host, "other-page", &others["digest"]), Err("approval-page"));
    assert_eq!(decide(&mut host, "draft", &one["digest"]), Err("approval-page"));
    assert_eq!(decide(&mut host, "own-page", &own["digest"]), Ok(()));
    // What others decide, and that the document is issued, changes nothing of the page.
    assert_eq!(page(&host, &one["subject"], ("boris", "manager")), own);
}

/// What was delivered is the document, or what a decision on it is bound to; anything else is refused.
#[test]
fn a_delivery_names_the_document() {
    let mut host = everything();
    let view = host.report("account", "acme", json!({ "kind": "account", "as_of": LATER }));
    let issued = |one: &&Value| one["state"] == "issued";
    let invoice = view["invoices"].as_array().unwrap().iter().find(issued).unwrap()["id"].clone();
    let rendered = host.report("account", "acme", of("invoice", &invoice));
    let mut deliver = |id: &str, fact: Value| {
        let action = json!({ "kind": "record_fact", "document": invoice, "fact": fact });
        let sent = command("account", "acme", id, LATER, ("clara", "billing"), action);
        host.deliver(sent).map_err(|refusal| refusal.code().name)
    };
    let sent = |digest: &Value| json!({ "kind": "delivery", "channel": "post", "status": "sent", "document": digest });
    assert_eq!(deliver("other", sent(&json!("0".repeat(64)))), Err("document-other"));
    assert_eq!(
        deliver("accepted", json!({ "kind": "accepted", "document": "1".repeat(64) })),
        Err("document-other")
    );
    assert_eq!(deliver("own", sent(&rendered["digest"])), Ok(()));
}

/// The case that names documents by their digests quotes those of today: one that quotes none of them refuses
/// everything and would pass for a case of refusals.
#[test]
fn the_case_quotes_the_documents_that_it_names() {
    let file: Value =
        serde_json::from_slice(&std::fs::read(super::blessed::path("cases/render.json")).unwrap()).unwrap();
    let named = "a delivery and a decision name the document that they saw, and no other";
    let case = file["cases"].as_array().unwrap().iter().find(|case| case["id"] == named).unwrap();
    let commands = case["in"]["commands"].as_array().unwrap().iter();
    for (command, outcome) in commands.zip(case["out"]["outcomes"].as_array().unwrap()) {
        let other = ["send-other", "agree-to-another-page"].contains(&command["id"].as_str().unwrap());
        assert_eq!(outcome["outcome"] == "refused", other, "{}", command["id"]);
    }
}
