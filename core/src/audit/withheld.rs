use std::collections::{BTreeMap, BTreeSet};

use super::evidence::{EvidencePackage, TextEvidence};
use super::{AuditError, LogKind};
use crate::canon::{Digest, Node};
use crate::finding::{Finding, Severity};

/// The address of a log and a sequence, as they are told.
type Place = (String, u64);

/// What records name, so that a package can be asked what of it is left out.
#[derive(Default)]
pub(super) struct Named {
    /// Where each commitment to words stands.
    words: BTreeMap<Digest, BTreeSet<Place>>,
    /// Which records erased words.
    erased: BTreeMap<Digest, BTreeSet<Place>>,
    /// Which records were decided under rules, and what these are.
    rules: BTreeMap<Digest, (&'static str, BTreeSet<Place>)>,
    /// Numbers that were asked for, by account and document.
    asked: BTreeMap<(String, String), Asked>,
    /// Log and command of every record.
    recorded: BTreeSet<(String, String)>,
}

/// A number that an account asked for.
#[derive(Default)]
struct Asked {
    /// The requests: the series, the command and where it was asked.
    requests: Vec<(String, String, Place)>,
    /// Where the number was taken over.
    taken: Option<Place>,
}

impl Named {
    /// Gathers what a record names.
    pub(super) fn record(&mut self, log: &str, seq: u64, node: &Node<'_>, words: &BTreeSet<Digest>) {
        let place = || (log.to_owned(), seq);
        for commitment in words {
            self.words.entry(*commitment).or_default().insert(place());
        }
        for what in ["policy", "terms"] {
            if let Some(digest) = digest_at(node, what) {
                self.rules.entry(digest).or_insert_with(|| (what, BTreeSet::new())).1.insert(place());
            }
        }
        if let Some(command) = node.at("/command/id").and_then(Node::text) {
            self.recorded.insert((log.to_owned(), command.to_owned()));
        }
        let Some(Node::List(events)) = node.get("events") else { return };
        for event in events {
            self.event(event, place());
        }
    }

    fn event(&mut self, event: &Node<'_>, place: Place) {
        let text = |pointer: &str| event.at(pointer).and_then(Node::text);
        match text("/kind") {
            Some("purged" | "anonymised") => {
                // The name of a file goes with it.
                let words = if text("/content") == Some("text") { "id" } else { "name" };
                if let Some(commitment) = digest_at(event, words) {
                    self.erased.entry(commitment).or_default().insert(place);
                }
            }
            Some("intent") if text("/log/kind") == Some(LogKind::Series.word()) => {
                let (Some(id), Some(seller), Some(command), Some(document)) =
                    (text("/log/id"), text("/log/seller"), text("/id"), text("/command/action/invoice"))
                else {
                    return;
                };
                let series = format!("{seller}/{}/{id}", LogKind::Series.word());
                let asked = self.asked.entry((place.0.clone(), document.to_owned())).or_default();
                asked.requests.push((series, command.to_owned(), place));
            }
            Some("issued" | "credit_issued") => {
                if let Some(document) = text("/invoice").or_else(|| text("/credit")) {
                    let of = (place.0.clone(), document.to_owned());
                    self.asked.entry(of).or_default().taken = Some(place);
                }
            }
            Some(_) | None => {}
        }
    }

    /// What a sound package does not show, each with the records it is missing for.
    pub(super) fn missing(&self, package: &EvidencePackage) -> Vec<Finding> {
        let mut findings = Vec::new();
        let silent = package.texts.iter().enumerate().filter(|(_, text)| text.text.is_none());
        findings.extend(silent.map(|(place, text)| self.words(text).at(format!("/texts/{place}"))));
        let shown: BTreeSet<Digest> = package.rules.iter().map(super::RuleEvidence::digest).collect();
        for (digest, (what, records)) in self.rules.iter().filter(|(digest, _)| !shown.contains(digest)) {
            let (digest, records) = (digest.to_string(), told(records));
            let error = AuditError::EvidenceRules { digest: digest.clone(), records: records.clone(), what };
            let finding = Finding::new(Severity::Warn, &error).about(digest).at("/rules");
            findings.push(finding.with("records", records).with("what", what));
        }
        let documents: BTreeSet<&str> = package.documents.iter().map(crate::id::Id::as_str).collect();
        let asked = self.asked.iter().filter(|((_, document), _)| documents.contains(document.as_str()));
        findings.extend(asked.filter_map(|((_, document), asked)| self.number(document, asked)));
        findings
    }

    fn words(&self, text: &TextEvidence) -> Finding {
        let none = BTreeSet::new();
        let named = self.words.get(&text.commitment).unwrap_or(&none);
        let records = told(named);
        let commitment = text.commitment.to_string();
        // Who shows the purge shows that nothing is held back.
        let purges = self.erased.get(&text.commitment).unwrap_or(&none);
        // A log erases its own words only.
        let own = purges.iter().find(|(log, _)| named.iter().any(|(of, _)| of == log));
        let (severity, why) = match own {
            Some(place) => (Severity::Info, format!("{} erased them", one(place))),
            None => (Severity::Warn, "they were erased or are held back".to_owned()),
        };
        let (of, reason) = (records.clone(), why.clone());
        let error = AuditError::EvidenceWords { commitment: commitment.clone(), records: of, why: reason };
        Finding::new(severity, &error).about(commitment).with("records", records).with("why", why)
    }

    /// A number that no record of its series is shown for.
    fn number(&self, document: &str, asked: &Asked) -> Option<Finding> {
        let answered = |(series, command, _): &(String, String, Place)| {
            self.recorded.contains(&(series.clone(), command.clone()))
        };
        let (series, _, _) = asked.requests.last()?;
        if asked.requests.iter().any(answered) {
            return None;
        }
        let (severity, why) = match &asked.taken {
            Some(place) => {
                (Severity::Warn, format!("{} took the number over, so it is held back", one(place)))
            }
            None => (Severity::Info, "the series had not answered, or refused".to_owned()),
        };
        let records = told(&asked.requests.iter().map(|(_, _, place)| place.clone()).collect());
        let (document, of, reason) = (document.to_owned(), records.clone(), why.clone());
        let error = AuditError::EvidenceNumber {
            document: document.clone(),
            records: of,
            series: series.clone(),
            why: reason,
        };
        let finding = Finding::new(severity, &error).about(document).at("/records");
        Some(finding.with("records", records).with("series", series).with("why", why))
    }
}

fn digest_at(node: &Node<'_>, key: &str) -> Option<Digest> {
    Digest::parse(node.get(key)?.text()?).ok()
}

fn one((log, seq): &Place) -> String {
    format!("{log} {seq}")
}

fn told(places: &BTreeSet<Place>) -> String {
    places.iter().map(one).collect::<Vec<_>>().join(", ")
}
