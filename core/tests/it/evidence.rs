//! Evidence packages: checked by us, and by a program of a screenful that holds none of our code.

use std::process::{Command, Stdio};

use duebill::wire::{self, Log};
use serde_json::{Value, json};

use super::blessed;
use super::daily::daily;
use super::golden::everything;
use super::month::{Host, address};

const INVOICE: &str = "monthly:2026-01-31:EUR";

fn stored(host: &Host, log: &Value, seq: u64) -> Value {
    host.stored[&log.to_string()][usize::try_from(seq).unwrap() - 1].clone()
}

/// The records that the trail of documents names, as the host keeps them.
fn kept(host: &Host, trail: &Value, with_texts: bool) -> Vec<Value> {
    let own = trail["records"].as_array().unwrap().iter();
    let own = own.map(|seq| stored(host, &trail["log"], seq.as_u64().unwrap()));
    let elsewhere = trail["elsewhere"].as_array().unwrap().iter().map(|other| {
        let log = &host.logs[&other["log"].to_string()];
        stored(host, &other["log"], wire::recorded(log, other["command"].as_str().unwrap()).unwrap())
    });
    let kept = |one: Value| match with_texts {
        true => json!({ "detached": one["detached"], "record": one["record"] }),
        false => json!({ "record": one["record"] }),
    };
    own.chain(elsewhere).map(kept).collect()
}

/// The logs of a sample of documents of acme, and the request for its evidence.
fn asked<'h>(host: &'h Host, documents: &[&str], with_texts: bool) -> (Vec<&'h Log>, Value) {
    let trail = host.report("account", "acme", json!({ "documents": documents, "kind": "trail" }));
    let addresses = [address("account", "acme"), address("series", "invoices")];
    let daily = daily(host, "2026-04-01", &addresses);
    let rulebook: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    let request = json!({
        "daily": daily["head"], "documents": documents, "proofs": daily["proofs"],
        "records": kept(host, &trail, with_texts), "rulebooks": [rulebook],
    });
    (addresses.iter().map(|address| &host.logs[&address.to_string()]).collect(), request)
}

fn package(host: &Host, documents: &[&str], with_texts: bool) -> (Vec<u8>, Vec<u8>) {
    let (logs, request) = asked(host, documents, with_texts);
    let package = wire::evidence(&logs, request.to_string().as_bytes()).unwrap();
    (package, request["daily"].to_string().into_bytes())
}

fn sound(package: &[u8], daily: &[u8]) -> bool {
    checked(package, daily)["sound"].as_bool().unwrap()
}

fn checked(package: &[u8], daily: &[u8]) -> Value {
    serde_json::from_slice(&wire::check_evidence(package, daily).unwrap()).unwrap()
}

/// What a sound package does not show, as both checkers say it: code, severity, what it is about and the records.
fn missing(package: &[u8], daily: &[u8]) -> Vec<[String; 4]> {
    let answer = checked(package, daily);
    assert_eq!(answer["sound"], true, "{answer:#}");
    let told = |finding: &Value| {
        ["/name", "/severity", "/subject", "/data/records"]
            .map(|pointer| finding.pointer(pointer).and_then(Value::as_str).unwrap().to_owned())
    };
    let missing: Vec<_> = answer["findings"].as_array().unwrap().iter().map(told).collect();
    let (succeeded, said) = independently("missing", package, daily, None);
    assert!(succeeded, "{said}");
    let lines: Vec<&str> = said.lines().filter(|line| line.starts_with("not shown: ")).collect();
    assert_eq!(lines.len(), missing.len(), "{said}\n{answer:#}");
    for [_, _, subject, _] in &missing {
        assert_eq!(
            lines.iter().filter(|line| line.contains(subject.as_str())).count(),
            1,
            "{subject}: {said}"
        );
    }
    missing
}

/// Runs the independent checker, or a Python program that uses it.
pub fn python(arguments: &[&std::ffi::OsStr], program: Option<&str>) -> std::process::Output {
    let mut command = Command::new("python3");
    command.arg("-B").args(program.map(|_| "-c")).args(program).args(arguments).stdin(Stdio::null());
    command.env("PYTHONPATH", blessed::path("../examples/python"));
    command.output().expect("python3 is needed for the independent checker: install it")
}

/// Writes a package and its daily head, and gives what the independent checker says.
fn independently(name: &str, package: &[u8], daily: &[u8], program: Option<&str>) -> (bool, String) {
    // Tests run beside each other, and several ask for the same.
    let (process, thread) = (std::process::id(), std::thread::current().id());
    let folder = std::env::temp_dir().join(format!("duebill-evidence-{process}-{thread:?}-{name}"));
    std::fs::create_dir_all(&folder).unwrap();
    let (first, second) = (folder.join("package.json"), folder.join("daily.json"));
    std::fs::write(&first, package).unwrap();
    std::fs::write(&second, daily).unwrap();
    let checker = blessed::path("../examples/python/check_evidence.py");
    let files = [first.as_os_str(), second.as_os_str()];
    let output = match program {
        Some(_) => python(&files, program),
        None => {
            let output = python(&[checker.as_os_str(), files[0], files[1]], None);
            let optimised = python(&["-O".as_ref(), checker.as_os_str(), files[0], files[1]], None);
            assert_eq!(
                optimised.status.code(),
                output.status.code(),
                "{name}: another answer without asserts"
            );
            output
        }
    };
    std::fs::remove_dir_all(&folder).unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// The events that a package shows, by their kinds.
fn kinds(package: &[u8]) -> Vec<String> {
    let package: Value = serde_json::from_slice(package).unwrap();
    let records = package["records"].as_array().unwrap().iter();
    let events = records.flat_map(|record| record["record"]["events"].as_array().unwrap());
    events.map(|event| event["kind"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_package_shows_how_an_invoice_came_about() {
    let host = everything();
    let (package, daily) = package(&host, &[INVOICE], true);
    let kinds = kinds(&package);
    for kind in [
        "captured",
        "block_sold",
        "drafted",
        "approval_decided",
        "number_requested",
        "assigned",
        "issued",
        "allocated",
        "credit_drafted",
        "credit_issued",
        "credit_voided",
    ] {
        assert!(kinds.iter().any(|known| known == kind), "{kind} of {kinds:?}");
    }
    assert!(sound(&package, &daily));
    let (succeeded, said) = independently("whole", &package, &daily, None);
    assert!(succeeded && said.contains("all of it follows"), "{said}");
    let document: Value = serde_json::from_slice(&package).unwrap();
    assert_eq!(document["rules"].as_array().unwrap().len(), 2, "policy and terms of the account");
    let texts = document["texts"].as_array().unwrap();
    assert!(texts.iter().any(|text| text["text"] == "worked on T-1"));
    // Its last records were decided under other terms, which nobody handed in.
    let missing = missing(&package, &daily);
    assert!(matches!(missing.as_slice(), [[name, ..]] if name == "evidence-rules"), "{missing:?}");
}

/// A host that hands in no words, no rules and none of the numbers shows less, and that is said piece by piece.
#[test]
fn what_a_package_does_not_show_is_said_by_both() {
    let host = everything();
    let (package, daily) = package(&host, &[INVOICE], true);
    let good: Value = serde_json::from_slice(&package).unwrap();
    let anyway = missing(&package, &daily);
    let without = |change: &dyn Fn(&mut Value)| {
        let mut changed = good.clone();
        change(&mut changed);
        let mut said = missing(changed.to_string().as_bytes(), &daily);
        said.retain(|one| !anyway.contains(one));
        said
    };
    let told = |one: &Value| {
        let (log, seq) = (&one["record"]["log"], &one["record"]["seq"]);
        format!("northwind/{}/{} {seq}", log["kind"].as_str().unwrap(), log["id"].as_str().unwrap())
    };
    let records = |which: &dyn Fn(&Value) -> bool| {
        let of = good["records"].as_array().unwrap().iter().filter(|one| which(one));
        of.map(told).collect::<Vec<_>>().join(", ")
    };
    // Words: the commitment, and the record that holds it. A later record here erased the note, and not the subject.
    let texts = good["texts"].as_array().unwrap();
    for (words, severity) in [("worked on T-1", "info"), ("Printer on fire", "warn")] {
        let index = texts.iter().position(|text| text["text"] == words).unwrap();
        let said = without(&|package| {
            let text = package["texts"][index].as_object_mut().unwrap();
            text.retain(|key, _| key == "commitment");
        });
        let commitment = texts[index]["commitment"].as_str().unwrap();
        let holder = records(&|one| one.to_string().contains(&format!(r#"{{"sealed":"{commitment}"}}"#)));
        assert_eq!(said, [["evidence-words", severity, commitment, &holder].map(str::to_owned)]);
    }
    // Rules: the digest, and every record that was decided under them.
    let said = without(&|package| package["rules"] = json!([]));
    assert_eq!(said.len(), 2, "policy and terms: {said:?}");
    for [name, severity, digest, of] in said {
        let decided = records(&|one| one["record"]["policy"] == digest || one["record"]["terms"] == digest);
        assert_eq!((name.as_str(), severity.as_str(), of), ("evidence-rules", "warn", decided));
    }
    // Numbers: the document, and the record that asked for it.
    let said = without(&|package| {
        package["records"].as_array_mut().unwrap().retain(|one| one["record"]["log"]["kind"] == "account");
    });
    let asker = records(&|one| one.to_string().contains(r#""kind":"number_requested""#));
    assert!(said.contains(&["evidence-number", "warn", INVOICE, &asker].map(str::to_owned)), "{said:?}");
}

#[test]
fn a_sample_of_documents_is_one_package_and_erased_texts_are_said() {
    let host = everything();
    let (package, daily) = package(&host, &[INVOICE, "OLD-7", "CN-1"], false);
    let kinds = kinds(&package);
    for kind in [
        "opening_imported",
        "dispute_opened",
        "dispute_advanced",
        "dispute_closed",
        "written_off",
        "recovered",
        "allocation_undone",
        "credit_applied",
        "fact_recorded",
    ] {
        assert!(kinds.iter().any(|known| known == kind), "{kind} of {kinds:?}");
    }
    assert!(sound(&package, &daily) && independently("sample", &package, &daily, None).0);
    let document: Value = serde_json::from_slice(&package).unwrap();
    let texts = document["texts"].as_array().unwrap();
    assert!(!texts.is_empty() && texts.iter().all(|text| text.as_object().unwrap().len() == 1));
    let missing = missing(&package, &daily);
    let words = missing.iter().filter(|[name, ..]| name == "evidence-words").count();
    assert_eq!((words, missing.len()), (texts.len(), texts.len() + 1), "{missing:?}");
}

#[test]
fn what_is_missing_or_foreign_is_refused_by_name() {
    let host = everything();
    let (logs, request) = asked(&host, &[INVOICE], true);
    let refused = |logs: &[&Log], change: &dyn Fn(&mut Value)| {
        let mut request = request.clone();
        change(&mut request);
        wire::evidence(logs, request.to_string().as_bytes()).unwrap_err().code().name
    };
    let records = |request: &mut Value, change: &dyn Fn(&mut Vec<Value>)| {
        change(request["records"].as_array_mut().unwrap());
    };
    assert_eq!(refused(&logs, &|r| records(r, &|all| drop(all.pop()))), "evidence-missing");
    assert_eq!(
        refused(&logs, &|r| records(r, &|all| all[0]["record"]["stamp"]["actor"] = json!("eve"))),
        "record-hash"
    );
    assert_eq!(refused(&logs, &|r| r["documents"] = json!(["NONE"])), "evidence-unknown");
    assert_eq!(refused(&logs, &|r| r["proofs"] = json!([])), "daily-unknown");
    assert_eq!(refused(&logs, &|r| r["proofs"][0]["head"]["seq"] = json!(1)), "inclusion-broken");
    assert_eq!(refused(&logs, &|r| r["daily"]["root"] = json!("00".repeat(32))), "inclusion-broken");
    assert_eq!(refused(&logs[..1], &|_| {}), "daily-unknown");
    assert_eq!(refused(&logs[1..], &|_| {}), "log-kind");
    // A log that was written anew has other roots than those that were published.
    let mut other = Host::new();
    super::month::january(&mut other);
    super::month::approve(&mut other, "acme");
    let addresses = [address("account", "acme"), address("series", "invoices")];
    let logs: Vec<&Log> = addresses.iter().map(|address| &other.logs[&address.to_string()]).collect();
    assert_eq!(refused(&logs, &|_| {}), "log-rewritten");
}

/// A small package: two records of one account.
fn small(rules: bool) -> (Vec<u8>, Vec<u8>) {
    let mut host = Host::new();
    let item = json!({ "id": "O", "number": "N", "customer": "acme", "currency": "EUR", "issued": "2025-12-01",
        "due": "2025-12-31", "open": "1.00", "total": "1.00" });
    let import = json!({ "kind": "import_opening", "cutover": "2026-01-01", "items": [item] });
    let mut first = super::month::command("account", "acme", "a", "2026-01-01", ("c", "b"), import);
    first["stamp"]["reason"] = json!("é\n\"");
    host.deliver(first).unwrap();
    let fact = json!({ "kind": "contacted", "channel": "phone" });
    let action = json!({ "document": "O", "fact": fact, "kind": "record_fact" });
    host.deliver(super::month::command("account", "acme", "b", "2026-01-02", ("x", "b"), action)).unwrap();
    let numbers = json!({ "kind": "import_numbers", "numbers": [{ "number": "7", "date": "2025-01-01" }] });
    host.deliver(super::month::command("series", "invoices", "n", "2026-01-02", ("c", "b"), numbers))
        .unwrap();
    let (logs, mut request) = asked(&host, &["O"], true);
    if !rules {
        request["rulebooks"] = json!([]);
    }
    let package = wire::evidence(&logs, request.to_string().as_bytes()).unwrap();
    (package, request["daily"].to_string().into_bytes())
}

#[test]
fn every_changed_bit_of_a_package_is_found() {
    let (package, daily) = small(true);
    assert!(sound(&package, &daily));
    // Of the rules at the end one byte in 41 is as good as any; of the rest every bit is tried.
    let rules = String::from_utf8_lossy(&package).find("\"rules\"").unwrap();
    for place in (0..rules).chain((rules..package.len()).step_by(41)) {
        for bit in 0..8 {
            let mut flipped = package.clone();
            flipped[place] ^= 1 << bit;
            assert!(
                !sound(&flipped, &daily),
                "bit {bit} of byte {place}: {}",
                String::from_utf8_lossy(&flipped)
            );
        }
    }
}

#[test]
fn every_changed_bit_is_found_by_the_independent_checker() {
    const EVERY_BIT: &str = r#"
import sys
from check_evidence import check
package, daily = (open(name, "rb").read() for name in sys.argv[1:])
import builtins
builtins.print, say = lambda *_: None, print
check(package, daily)
missed = []
for place in range(len(package)):
    for bit in range(8):
        flipped = bytearray(package)
        flipped[place] ^= 1 << bit
        try:
            check(bytes(flipped), daily)
        except Exception:
            continue
        missed.append((place, bit, bytes(flipped[max(0, place - 20):place + 20])))
say(missed)
sys.exit(bool(missed))
"#;
    let (package, daily) = small(false);
    let (succeeded, said) = independently("bits", &package, &daily, Some(EVERY_BIT));
    assert!(succeeded, "{said}");
}

/// Changes a package before it is checked.
type Change = dyn Fn(&mut Value);

/// A change that knows what is changed.
type Changing<'c> = dyn Fn(&mut Value) + 'c;

#[test]
fn what_was_taken_out_or_put_in_is_found_by_both() {
    let (package, daily) = small(true);
    let good: Value = serde_json::from_slice(&package).unwrap();
    let changes: [(&str, &Change); 9] = [
        ("trail out", &|p| drop(p["trails"].as_array_mut().unwrap().pop())),
        ("record out", &|p| drop(p["records"].as_array_mut().unwrap().remove(0))),
        ("text out", &|p| drop(p["texts"].as_array_mut().unwrap().pop())),
        ("log out", &|p| drop(p["logs"].as_array_mut().unwrap().remove(0))),
        ("document in", &|p| p["documents"].as_array_mut().unwrap().push(json!("INV-2"))),
        ("rule in", &|p| p["rules"].as_array_mut().unwrap().push(json!({ "sections": [{ "rates": "1" }] }))),
        ("text in", &|p| p["texts"].as_array_mut().unwrap().push(json!({ "commitment": "00".repeat(32) }))),
        ("path longer", &|p| p["records"][0]["path"].as_array_mut().unwrap().push(json!("00".repeat(32)))),
        ("words changed", &|p| p["texts"][0]["text"] = json!("other")),
    ];
    for (what, change) in changes {
        let mut changed = good.clone();
        change(&mut changed);
        let bytes = changed.to_string().into_bytes();
        assert!(!sound(&bytes, &daily), "{what}");
        let (succeeded, said) = independently("changed", &bytes, &daily, None);
        assert!(!succeeded && said.contains("Error"), "{what}: {said}");
    }
    let mut other: Value = serde_json::from_slice(&daily).unwrap();
    other["day"] = json!("2026-04-02");
    assert!(!sound(&package, other.to_string().as_bytes()));
}

/// A host that would rather not show that an invoice was credited, or what became of its credit note.
#[test]
fn a_record_about_a_document_cannot_be_left_out() {
    let host = everything();
    let (package, daily) = package(&host, &[INVOICE], true);
    let good: Value = serde_json::from_slice(&package).unwrap();
    let records = good["records"].as_array().unwrap();
    let (account, trail) = (address("account", "acme"), &good["trails"][0]);
    let own: Vec<u64> =
        trail["records"].as_array().unwrap().iter().map(|seq| seq.as_u64().unwrap()).collect();
    let mut left_out = 0;
    for seq in &own {
        let mut changed = good.clone();
        let others = records
            .iter()
            .filter(|one| one["record"]["seq"].as_u64() != Some(*seq) || one["record"]["log"] != account);
        changed["records"] = others.cloned().collect();
        // Words that it alone committed to go with it: nothing else gives it away.
        let rest = changed["records"].to_string();
        let texts = good["texts"].as_array().unwrap().iter();
        changed["texts"] =
            texts.filter(|text| rest.contains(text["commitment"].as_str().unwrap())).cloned().collect();
        let rules: Vec<Value> = Vec::new();
        changed["rules"] = json!(rules);
        let drafts = records.iter().find(|one| one["record"]["seq"].as_u64() == Some(*seq)).unwrap();
        let drafts = drafts["record"].to_string().contains(r#""kind":"drafted""#);
        let without: [(&str, &Changing<'_>); 3] = [
            ("the record", &|_| {}),
            ("its place in the trail", &|p| {
                let trail = p["trails"][0]["records"].as_array_mut().unwrap();
                trail.retain(|known| known.as_u64() != Some(*seq));
            }),
            ("the trail", &|p| p["trails"] = json!([])),
        ];
        for (what, change) in without {
            let mut changed = changed.clone();
            change(&mut changed);
            let bytes = changed.to_string().into_bytes();
            let answer: Value =
                serde_json::from_slice(&wire::check_evidence(&bytes, &daily).unwrap()).unwrap();
            assert_eq!(answer["sound"], false, "{what} of {seq}");
            let findings = answer["findings"].to_string();
            assert!(drafts || findings.contains("trail") || findings.contains("left out"), "{findings}");
            let (succeeded, said) = independently("left-out", &bytes, &daily, None);
            assert!(!succeeded && (drafts || said.contains("trail") || said.contains("left out")), "{said}");
        }
        left_out += 1;
    }
    assert!(left_out > 5, "{own:?}");
}

/// The trail of another log, of another document, and of a day before are no trail.
#[test]
fn the_trail_of_something_else_proves_nothing() {
    let host = everything();
    let (package, daily) = package(&host, &[INVOICE, "OLD-7"], true);
    let good: Value = serde_json::from_slice(&package).unwrap();
    let changes: [(&str, &Change); 7] = [
        ("of another document", &|p| {
            let other = p["trails"][1]["document"].clone();
            p["trails"][0]["document"] = other;
        }),
        ("of another log", &|p| p["trails"][0]["log"] = address("series", "invoices")),
        ("of a smaller log", &|p| {
            for log in p["logs"].as_array_mut().unwrap() {
                log["proof"]["head"]["trails"] = json!("ab".repeat(32));
            }
        }),
        ("at another fork", &|p| p["trails"][0]["path"][0]["bit"] = json!(135)),
        ("at a fork beyond its key", &|p| p["trails"][0]["path"][0]["bit"] = json!(136)),
        ("by a shorter way", &|p| drop(p["trails"][0]["path"].as_array_mut().unwrap().pop())),
        ("of more than asked", &|p| drop(p["documents"].as_array_mut().unwrap().pop())),
    ];
    for (what, change) in changes {
        let mut changed = good.clone();
        change(&mut changed);
        let bytes = changed.to_string().into_bytes();
        assert!(!sound(&bytes, &daily), "{what}");
        assert!(!independently("other-trail", &bytes, &daily, None).0, "{what}");
    }
    // A log that is told to be about other things than it is has another head.
    let (logs, mut request) = asked(&host, &[INVOICE], true);
    let mut heads = daily_of(&host)["logs"].clone();
    for head in heads.as_array_mut().unwrap().iter_mut().filter(|head| head["log"]["kind"] == "account") {
        head["trails"] = json!("ab".repeat(32));
    }
    let addresses = [address("account", "acme"), address("series", "invoices")];
    let forged = json!({ "day": "2026-04-01", "heads": heads, "prove": addresses, "seller": "northwind" });
    let forged: Value =
        serde_json::from_slice(&wire::daily_head(&[], forged.to_string().as_bytes()).unwrap()).unwrap();
    (request["daily"], request["proofs"]) = (forged["head"].clone(), forged["proofs"].clone());
    let refusal = wire::evidence(&logs, request.to_string().as_bytes()).unwrap_err();
    assert_eq!(refusal.code().name, "log-rewritten");
}

fn daily_of(host: &Host) -> Value {
    daily(host, "2026-04-01", &[])
}

/// A package may say less than there is, but a record cannot be left out of it twice.
#[test]
fn evidence_of_a_day_says_nothing_of_later_records() {
    let mut host = everything();
    let (logs, request) = asked(&host, &[INVOICE], true);
    let before = wire::evidence(&logs, request.to_string().as_bytes()).unwrap();
    let fact = json!({ "kind": "contacted", "channel": "phone" });
    let action = json!({ "document": INVOICE, "fact": fact, "kind": "record_fact" });
    host.deliver(super::month::command(
        "account",
        "acme",
        "late",
        "2026-04-02",
        ("clara", "billing"),
        action,
    ))
    .unwrap();
    let logs: Vec<&Log> = [address("account", "acme"), address("series", "invoices")]
        .iter()
        .map(|address| &host.logs[&address.to_string()])
        .collect();
    let after = wire::evidence(&logs, request.to_string().as_bytes()).unwrap();
    assert_eq!(before, after);
    // Nor does it matter which day somebody asked for before.
    let (logs, today) = asked(&host, &[INVOICE], true);
    assert_ne!(wire::evidence(&logs, today.to_string().as_bytes()).unwrap(), before);
    assert_eq!(wire::evidence(&logs, request.to_string().as_bytes()).unwrap(), before);
    // A log that nobody asked before says the same of today.
    let at = address("account", "acme").to_string();
    let mut fresh = wire::open(at.as_bytes()).unwrap();
    for stored in &host.stored[&at] {
        let [record, hash] = [&stored["record"], &stored["hash"]].map(ToString::to_string);
        wire::apply(&mut fresh, record.as_bytes(), hash.trim_matches('"').as_bytes(), b"").unwrap();
    }
    host.logs.insert(at, fresh);
    assert_eq!(asked(&host, &[INVOICE], true).1["daily"], today["daily"]);
}

/// A package in the repository, for whoever tries a checker: one note was erased, and the rules are not handed in.
#[test]
fn a_sample_package_is_there_to_be_checked() {
    let mut host = Host::new();
    super::month::january(&mut host);
    super::month::approve(&mut host, "acme");
    super::month::pay(&mut host);
    let (logs, mut request) = asked(&host, &[INVOICE], true);
    request["rulebooks"] = json!([]);
    let detached = request["records"].as_array_mut().unwrap().iter_mut().map(|kept| &mut kept["detached"]);
    let mut words = detached.filter_map(Value::as_object_mut).filter(|words| !words.is_empty());
    let words = words.next().unwrap();
    let erased = words.keys().next().unwrap().clone();
    words.remove(&erased);
    let package = wire::evidence(&logs, request.to_string().as_bytes()).unwrap();
    let daily = request["daily"].to_string();
    let names: Vec<String> = missing(&package, daily.as_bytes()).into_iter().map(|[name, ..]| name).collect();
    assert_eq!(names, ["evidence-words", "evidence-rules", "evidence-rules"]);
    blessed::compare("../examples/sample/evidence/package.json", &String::from_utf8(package).unwrap());
    blessed::compare("../examples/sample/evidence/daily.json", &daily);
}
