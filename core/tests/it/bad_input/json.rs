//! Documents that are no documents, or hold what nobody asked for.

use duebill::wire;
use serde_json::{Value, json};

use super::super::month::{Host, address};
use super::trial::{Run, Trial, account, billed, book, rulebook, worked};

/// Titles and their checks.
pub const CHECKS: &[(&str, Run)] = &[
    ("truncated document", truncated),
    ("trailing data / two documents", trailing),
    ("deep nesting", deep),
    ("duplicate key in typed record", duplicate_key),
    ("duplicate key in free-form map", duplicate_key_in_a_map),
    ("duplicate key differing only by escape", duplicate_key_by_escape),
    ("unknown field", unknown_field),
    ("array in place of object", array_for_object),
    ("NUL escape in text", nul),
    ("lone surrogate escape", surrogate),
    ("raw control character / invalid UTF-8 byte", raw_bytes),
    ("very large array", large_array),
    ("very long string", long_text),
    ("hash-flooding keys", many_keys),
    ("wrong or future schema version", version),
];

fn command() -> Value {
    worked("cut", "2026-02-05T09:00:00Z", "2026-02-05T10:00:00Z")
}

fn command_text(from: &str, to: &str) -> String {
    let text = command().to_string();
    assert!(text.contains(from), "{text}");
    text.replacen(from, to, 1)
}

fn truncated(trial: &Trial) {
    let host = billed();
    let text = command().to_string();
    for end in 0..text.len() {
        trial.refuses_bytes(&host, &text.as_bytes()[..end], "syntax");
    }
}

fn trailing(trial: &Trial) {
    let host = billed();
    for tail in [" x", "{}", ",", "]", "\u{0}"] {
        trial.refuses_bytes(&host, format!("{}{tail}", command()).as_bytes(), "syntax");
    }
}

fn deep(trial: &Trial) {
    let host = billed();
    trial.refuses_bytes(&host, "[".repeat(100_000).as_bytes(), "depth-limit");
    let inside = command_text(r#""schema":"#, &format!(r#""deep":{},"schema":"#, "[".repeat(100_000)));
    trial.refuses_bytes(&host, inside.as_bytes(), "depth-limit");
    trial.refuses_bytes(&host, r#"{"a":"#.repeat(100_000).as_bytes(), "depth-limit");
}

fn receive(amount: &str) -> String {
    let receipts = json!([{ "id": "R", "amount": "10.00" }]);
    let entry = json!({ "id": "R", "amount": "10.00", "currency": "EUR", "value_date": "2026-02-05", "receipts": receipts });
    let text = book("in", "2026-02-05", json!({ "kind": "receive", "entry": entry })).to_string();
    text.replacen(r#""amount":"10.00""#, amount, 1)
}

fn duplicate_key(trial: &Trial) {
    let mut host = billed();
    host.deliver(serde_json::from_str(&receive(r#""amount":"10.00""#)).unwrap()).unwrap();
    let log = &host.logs[&address("cash_book", "bank").to_string()];
    for amount in [r#""amount":"10.00","amount":"20.00""#, r#""amount":"10.00","amount":"10.00""#] {
        let answer = wire::decide(log, &host.rulebook, receive(amount).as_bytes());
        trial.refuses(amount, answer, "duplicate-key");
    }
}

/// The texts beside a record are the one map whose keys the host does not choose.
fn duplicate_key_in_a_map(trial: &Trial) {
    let host = billed();
    let stored = &host.stored[&address("account", "acme").to_string()];
    let place = stored.iter().position(|one| one["detached"] != json!({})).unwrap();
    let mut log = wire::open(address("account", "acme").to_string().as_bytes()).unwrap();
    let apply = |log: &mut wire::Log, one: &Value, detached: &str| {
        let hash = one["hash"].as_str().unwrap();
        wire::apply(log, one["record"].to_string().as_bytes(), hash.as_bytes(), detached.as_bytes())
    };
    stored[..place].iter().for_each(|one| apply(&mut log, one, &one["detached"].to_string()).unwrap());
    let detached = stored[place]["detached"].to_string();
    let (key, value) = stored[place]["detached"].as_object().unwrap().iter().next().unwrap();
    let before = log.clone();
    let twice = format!("{{{}:{value},{}", json!(key), &detached[1..]);
    trial.refuses("texts", apply(&mut log, &stored[place], &twice), "duplicate-key");
    trial.holds("the account has changed", log == before);
}

fn duplicate_key_by_escape(trial: &Trial) {
    let host = billed();
    let twice = command_text(r#""schema":"#, r#""\u0073chema":"duebill/command/1","schema":"#);
    trial.refuses_bytes(&host, twice.as_bytes(), "duplicate-key");
}

fn unknown_field(trial: &Trial) {
    let mut host = billed();
    let mut sent = command();
    sent["action"]["discuont"] = json!(5);
    trial.refuses_command(&mut host, sent, "unknown-field");
    let mut sent = command();
    sent["action"]["entries"][0]["work"]["discuont"] = json!(5);
    trial.refuses_command(&mut host, sent, "unknown-field");
    trial.refuses_rulebook(|document| document["policy"]["billing"]["discuont"] = json!(5), "unknown-field");
}

fn array_for_object(trial: &Trial) {
    let mut host = billed();
    let mut sent = command();
    sent["action"]["entries"][0] = json!(["E", { "kind": "time" }]);
    trial.refuses_command(&mut host, sent, "wrong-type");
    trial.refuses("an address", wire::open(br#"["acme","account","northwind"]"#), "wrong-type");
    trial.refuses_rulebook(|document| document["policy"]["seller"] = json!(["northwind", "N"]), "wrong-type");
}

fn nul(trial: &Trial) {
    let mut host = billed();
    for field in ["agent", "note"] {
        let mut sent = command();
        sent["action"]["entries"][0][field] = json!("a\u{0}b");
        trial.refuses_command(&mut host, sent, "control-character");
    }
    trial.refuses_rulebook(|document| document["terms"][0]["name"] = json!("a\u{0}b"), "control-character");
}

fn surrogate(trial: &Trial) {
    let host = billed();
    for escape in [r"\ud800", r"\udc00", r"\ud800\u0061"] {
        let text = command_text(r#""id":"E-cut""#, &format!(r#""id":"{escape}""#));
        trial.refuses_bytes(&host, text.as_bytes(), "syntax");
    }
}

fn raw_bytes(trial: &Trial) {
    let host = billed();
    for (byte, name) in [(0x00, "syntax"), (0x1f, "syntax"), (0xff, "invalid-utf8"), (0xc0, "invalid-utf8")] {
        let mut bytes = command().to_string().into_bytes();
        let place = bytes.windows(5).position(|window| window == b"E-cut").unwrap();
        bytes[place] = byte;
        trial.refuses_bytes(&host, &bytes, name);
    }
}

fn large_array(trial: &Trial) {
    let host = billed();
    let many = format!(r#""entries":[{}0],"#, "0,".repeat(10_000_000));
    let text = command_text(r#""entries":"#, &format!(r#"{many}"rest":"#));
    trial.refuses_bytes(&host, text.as_bytes(), "size-limit");
}

fn long_text(trial: &Trial) {
    let host = billed();
    for (bytes, name) in [(100_000_000, "size-limit"), (100_000, "size-limit"), (129, "id-length")] {
        let text = command_text(r#""id":"E-cut""#, &format!(r#""id":"{}""#, "x".repeat(bytes)));
        trial.refuses_bytes(&host, text.as_bytes(), name);
    }
}

/// No map of the core hashes its keys, so none can be flooded.
fn many_keys(trial: &Trial) {
    let host = billed();
    let keys: String = (0..200_000).map(|n| format!(r#""k{n}":0,"#)).collect();
    let text = command_text(r#""schema":"#, &format!(r#"{keys}"schema":"#));
    trial.refuses_bytes(&host, text.as_bytes(), "unknown-field");
    let mut folders = vec![super::super::blessed::path("src")];
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
            if file.is_dir() {
                folders.push(file);
            } else {
                let source = std::fs::read_to_string(&file).unwrap();
                let hashes = source.contains("HashMap") || source.contains("HashSet");
                trial.holds(&format!("{} hashes keys", file.display()), !hashes);
            }
        }
    }
}

fn version(trial: &Trial) {
    let mut host = Host::new();
    for (schema, name) in [
        (json!("duebill/command/99"), "schema-version"),
        (json!("1"), "schema-version"),
        (json!(1), "schema-version"),
        (Value::Null, "missing-field"),
    ] {
        let mut sent = account("v", "2026-02-05", json!({ "kind": "capture" }));
        match &schema {
            Value::Null => drop(sent.as_object_mut().unwrap().remove("schema")),
            schema => sent["schema"] = schema.clone(),
        }
        trial.refuses_command(&mut host, sent, name);
        let mut document = rulebook();
        match schema {
            Value::Null => drop(document.as_object_mut().unwrap().remove("schema")),
            schema => document["schema"] = schema,
        }
        trial.refuses("a rulebook", wire::compile(document.to_string().as_bytes()), name);
    }
    let refusal =
        wire::compile(json!({ "schema": "duebill/rulebook/99", "policy": {} }).to_string().as_bytes());
    let said = refusal.map(|_| String::new()).unwrap_or_else(|refusal| refusal.to_string());
    trial.holds("what is supported is not said", said.contains("duebill/rulebook/1"));
}
