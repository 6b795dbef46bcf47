//! Documents as pages: all of a model stands on each, in words of its language, and nothing of it is code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::program::{CRATE, documents, run, scratch};

const LANGUAGES: [&str; 2] = ["en", "de"];
const KINDS: [&str; 7] =
    ["invoice", "credit-note", "receipt", "statement", "reminder", "consent", "dispute-reply"];

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path.as_ref()).unwrap_or_else(|error| panic!("{}: {error}", path.as_ref().display()))
}

fn json_of(path: impl AsRef<Path>) -> Value {
    serde_json::from_str(&read(path)).unwrap()
}

fn catalogue(language: &str) -> Value {
    json_of(format!("{CRATE}/documents/labels/{language}.json"))
}

/// The sample's documents, or those of another history, as models and pages.
fn printed(name: &str, history: Option<&Value>) -> PathBuf {
    let folder = scratch(name);
    let mut program = documents();
    program.arg(folder.join("pages"));
    if let Some(history) = history {
        let path = folder.join("history.json");
        fs::write(&path, history.to_string()).unwrap();
        program.arg("--sample").arg(path);
    }
    run(&mut program);
    folder.join("pages")
}

/// Every value of a kind below a place.
fn values<'v>(value: &'v Value, kind: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(fields) => {
            if fields.get("kind").is_some_and(|own| own == kind) {
                found.push(value);
            }
            fields.values().for_each(|field| values(field, kind, found));
        }
        Value::Array(items) => items.iter().for_each(|item| values(item, kind, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// An amount as a reader of the language writes it.
fn written(amount: &str, language: &str) -> String {
    let (sign, amount) = amount.strip_prefix('-').map_or(("", amount), |rest| ("\u{2212}", rest));
    let (whole, decimals) = amount.split_once('.').unwrap();
    let digits: Vec<char> = whole.chars().collect();
    let groups: Vec<String> = digits.rchunks(3).rev().map(|group| group.iter().collect()).collect();
    match language {
        "de" => format!("{sign}{},{decimals}", groups.join(".")),
        _ => format!("{sign}{}.{decimals}", groups.join(",")),
    }
}

fn escaped(text: &str) -> String {
    let pairs =
        [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#x27;"), ("/", "&#x2f;")];
    pairs.iter().fold(text.to_owned(), |text, (plain, safe)| text.replace(plain, safe))
}

#[test]
fn every_document_stands_whole_on_a_page_of_each_language() {
    let folder = printed("pages", None);
    let mut amounts = 0;
    for kind in KINDS {
        let rendered = json_of(folder.join(format!("{kind}.json")));
        for language in LANGUAGES {
            let page = read(folder.join(format!("{kind}.{language}.html")));
            let mut found = Vec::new();
            values(&rendered["model"], "amount", &mut found);
            for value in &found {
                let text = written(value["amount"].as_str().unwrap(), language);
                assert!(page.contains(&text), "{text} is not on the {language} page of the {kind}");
            }
            amounts += found.len();
            let mut texts = Vec::new();
            values(&rendered["model"], "text", &mut texts);
            for value in texts {
                let name = format!("<bdi>{}</bdi>", escaped(value["text"].as_str().unwrap()));
                assert!(page.contains(&name), "{name} is not isolated on the {language} page of the {kind}");
            }
            let mut codes = Vec::new();
            values(&rendered["model"], "code", &mut codes);
            for value in codes {
                let code = escaped(value["code"].as_str().unwrap());
                assert!(page.contains(&code), "{code} is not on the {language} page of the {kind}");
            }
            assert!(page.contains(&format!("<html lang=\"{language}\" dir=\"ltr\">")));
            assert!(page.contains(rendered["digest"].as_str().unwrap()), "a page names its digest");
            assert!(page.contains("<th scope=\"col\"") || !page.contains("<table"), "columns have headings");
            for foreign in ["<script", "http:", "https:", "url(", "@import", "onload"] {
                assert!(!page.contains(foreign), "{foreign} stands on the {language} page of the {kind}");
            }
        }
    }
    assert!(amounts > 150, "only {amounts} amounts");
    let arabic =
        json_of(folder.join("invoice.json"))["model"]["sections"][1]["entries"][0]["values"][0].clone();
    assert!(
        arabic["text"].as_str().unwrap().chars().next().unwrap() > '\u{600}',
        "a buyer has a right-to-left name"
    );
}

/// Whoever asks why is told by name, and until when in days; what is to be paid early stands beside its day.
#[test]
fn a_page_speaks_to_people() {
    let folder = printed("people", None);
    for (language, within) in [("en", "14 days (336 hours)"), ("de", "14 Tagen (336 Stunden)")] {
        let consent = read(folder.join(format!("consent.{language}.html")));
        assert!(consent.contains(within), "{language}");
        assert!(consent.contains("Invoices above 1,000") && !consent.contains("large-invoice"), "{language}");
        let reply = read(folder.join(format!("dispute-reply.{language}.html")));
        assert!(reply.contains("Wrong quantity") && !reply.contains("wrong-quantity"), "{language}");
    }
    let glance = read(folder.join("invoice.en.html"));
    let glance = glance.split("<dl class=\"glance\">").nth(1).unwrap().split("</dl>").next().unwrap();
    for said in ["EUR 892.47", "2 March 2026", "RF59LH20260001"] {
        assert!(glance.contains(said), "{said}: {glance}");
    }
}

/// The keys of the library and the texts of a catalogue are the same: nothing is missing, nothing is left over.
#[test]
fn every_key_has_a_text_in_each_language() {
    let schemas: BTreeMap<&str, String> = duebill::wire::schemas().into_iter().collect();
    let schema: Value = serde_json::from_str(&schemas["rendered"]).unwrap();
    let words = schema.pointer("/$defs/RenderKey/enum").and_then(Value::as_array);
    let keys: BTreeSet<&str> = words.unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    assert!(keys.len() > 200);
    for language in LANGUAGES {
        let catalogue = catalogue(language);
        let labels = catalogue["labels"].as_object().unwrap();
        let texts: BTreeSet<&str> = labels.keys().map(String::as_str).collect();
        let missing: Vec<_> = keys.difference(&texts).collect();
        let idle: Vec<_> = texts.difference(&keys).collect();
        assert!(
            missing.is_empty() && idle.is_empty(),
            "{language}: no text for {missing:?}, no key for {idle:?}"
        );
        assert!(labels.values().all(|text| !text.as_str().unwrap().trim().is_empty()));
        assert_eq!(catalogue["writing"]["months"].as_array().unwrap().len(), 12);
    }
}

/// What somebody calls themselves is printed and never carried out; what cannot be seen is no name.
#[test]
fn a_hostile_name_is_a_name() {
    let mut history = json_of(format!("{CRATE}/documents/sample.json"));
    let name = "<script>alert(\"1\")</script> & </bdi><b>'";
    history["rulebook"]["terms"][0]["party"]["legal_name"] = json!(name);
    history["rulebook"]["policy"]["seller"]["notes"][0] = json!("<img src=x onerror=alert(1)>");
    history["rulebook"]["policy"]["numbering"][0]["pattern"] = json!("</style>\"\\{year}-{counter:4}");
    let folder = printed("hostile", Some(&history));
    let invoice = read(folder.join("invoice.en.html"));
    assert_eq!(invoice.matches("</style>").count(), 1, "a number stands in the style and does not end it");
    assert!(invoice.contains("content: \"Invoice \\3c /style>\\22 \\5c 2026-0001\""), "{invoice}");
    for kind in KINDS {
        for language in LANGUAGES {
            let page = read(folder.join(format!("{kind}.{language}.html")));
            assert!(page.contains(&format!("<bdi>{}</bdi>", escaped(name))), "{kind}");
            assert!(!page.contains("<script") && !page.contains("<img"), "{kind}");
        }
    }
    // A character that turns the direction of what follows stands in no name.
    history["rulebook"]["terms"][0]["party"]["legal_name"] = json!("Atlas \u{202e}dtL gnidarT");
    let path = scratch("hidden").join("history.json");
    fs::write(&path, history.to_string()).unwrap();
    let refused = documents().arg(scratch("hidden-pages")).arg("--sample").arg(path).output().unwrap();
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("visible characters"), "{refused:?}");
}
