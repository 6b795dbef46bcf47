use std::collections::{BTreeMap, BTreeSet};

use super::merkle::{is_included, leaf_hash};
use super::record::Opened;
use super::withheld::Named;
use super::{AuditError, DailyHead, Document, LogHead, LogProof, TrailProof};
use crate::canon::{Digest, Limits, Node, Writer, from_node, sha256, sha256_joined, shape, to_bytes};
use crate::finding::{Finding, Refusal};
use crate::id::Id;

/// The version of evidence that this library writes and checks.
pub const EVIDENCE_VERSION: u32 = 1;

shape! {
    /// Proves where a log stood on a day, and that its last record is the last leaf of its tree.
    pub struct LogEvidence {
        /// Where it stood under the daily head.
        pub proof: LogProof,
        /// Hashes beside the way from its last record up to its root.
        pub tip: Vec<Digest>,
    }
}

shape! {
    /// A record with the proof that it is in its log.
    pub struct RecordEvidence {
        /// Hashes beside the way from the hash of the record up to the root of its log.
        pub path: Vec<Digest>,
        /// The record, as it is stored.
        pub record: Document,
    }
}

shape! {
    /// Rules that records name by their digest: one section, or the terms of all customers of an account in
    /// the order of their ids, whose digest is that of their digests, one after another.
    pub struct RuleEvidence {
        /// The sections.
        pub sections: Vec<Document>,
    }
}

shape! {
    /// A personal text that a record holds a commitment to; one that was erased has no words.
    pub struct TextEvidence {
        /// The commitment: SHA-256 of the salt followed by the text.
        pub commitment: Digest,
        /// The salt.
        pub salt: Option<String>,
        /// The words.
        pub text: Option<String>,
    }
}

shape! {
    /// What a stranger needs to check how documents came about, against nothing but a daily head.
    pub struct EvidencePackage {
        /// The daily head that was published.
        pub daily: DailyHead,
        /// What it is about: ids of invoices, credit notes or opening items.
        pub documents: Vec<Id>,
        /// The logs of the records.
        pub logs: Vec<LogEvidence>,
        /// The records.
        pub records: Vec<RecordEvidence>,
        /// Rules that they were decided under, as far as they were handed in.
        pub rules: Vec<RuleEvidence>,
        /// Every personal text of the records.
        pub texts: Vec<TextEvidence>,
        /// For each document which records of its account are about it: none of them is left out, as far as the
        /// daily head was made of the whole log.
        pub trails: Vec<TrailProof>,
        /// The version of this shape.
        pub version: u32,
    }
}

/// Checks an evidence package, byte by byte, against the daily head that was published; everything that is
/// wrong is found. Of a sound one, the findings say which words, rules and records of series it does not show:
/// [`AuditError::EvidenceWords`], [`AuditError::EvidenceRules`] and [`AuditError::EvidenceNumber`].
///
/// # Errors
/// Every shape error, [`AuditError::EvidenceForm`] for bytes that are not canonical, and
/// [`AuditError::EvidenceBroken`] and [`AuditError::InclusionBroken`] for whatever does not follow.
pub fn check_evidence(
    package: &[u8],
    published: &DailyHead,
) -> Result<(EvidencePackage, Vec<Finding>), Refusal> {
    let node = Node::parse(package, Limits::default())?;
    let evidence: EvidencePackage = from_node(&node)?;
    if to_bytes(&evidence) != package {
        return Err(Refusal::because(&AuditError::EvidenceForm));
    }
    let mut findings = Vec::new();
    let mut broken = |what: &'static str, of: &dyn core::fmt::Display| {
        findings.push(Finding::block(&AuditError::EvidenceBroken { what, of: of.to_string() }));
    };
    if evidence.version != EVIDENCE_VERSION {
        broken("another version of evidence", &evidence.version);
    }
    if evidence.daily != *published {
        broken("another daily head than the one published on", &published.day);
    }
    let mut roots = BTreeMap::new();
    for log in &evidence.logs {
        let head = &log.proof.head;
        let last = head.seq.checked_sub(1);
        let tip = last.is_some_and(|last| {
            is_included(leaf_hash(head.hash.bytes()), last, head.seq, &log.tip, &head.root)
        });
        if log.proof.check(published).is_err() || !tip {
            broken("a log that is not under the daily head", &head.log);
        }
        if roots.insert(to_bytes(&head.log), head).is_some() {
            broken("a log twice", &head.log);
        }
    }
    let mut seen = Seen::default();
    for (place, record) in evidence.records.iter().enumerate() {
        if let Err(what) = seen.record(record, &roots) {
            broken(what, &format_args!("record {place}"));
        }
    }
    let mut whole = BTreeSet::new();
    for trail in &evidence.trails {
        match seen.trail(trail, &roots) {
            Ok(document) => drop(whole.insert(document)),
            Err(what) => broken(what, &trail.document),
        }
    }
    // Whether every log that opened a document shows its trail.
    let mut opened: BTreeMap<&str, bool> = BTreeMap::new();
    for of in &seen.documents {
        let all = opened.entry(&of.1).or_insert(true);
        *all &= whole.contains(of);
    }
    for document in &evidence.documents {
        match opened.get(document.as_str()) {
            None => broken("no record that opened", document),
            Some(false) => broken("no trail of", document),
            Some(true) => {}
        }
    }
    let documents: BTreeSet<&str> = evidence.documents.iter().map(Id::as_str).collect();
    if whole.iter().any(|(_, id)| !documents.contains(id.as_str())) {
        broken("a trail of more than", &"the documents");
    }
    for rule in &evidence.rules {
        let digest = rule.digest();
        if !seen.rules.contains(&digest) {
            broken("rules that no record names", &digest);
        }
    }
    let mut texts = BTreeSet::new();
    for text in &evidence.texts {
        if !texts.insert(text.commitment) || !text.holds() {
            broken("a text that is not committed to under", &text.commitment);
        }
    }
    if texts != seen.sealed {
        broken("other texts than those", &"the records commit to");
    }
    Refusal::unless_empty(findings)?;
    let missing = seen.named.missing(&evidence);
    Ok((evidence, missing))
}

impl RuleEvidence {
    /// The digest by which records name these rules.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let digests: Vec<Digest> = self.sections.iter().map(|section| sha256(section.bytes())).collect();
        match digests.as_slice() {
            [one] => *one,
            several => sha256_joined(&several.iter().map(|one| one.bytes().as_slice()).collect::<Vec<_>>()),
        }
    }
}

impl TextEvidence {
    fn holds(&self) -> bool {
        match (&self.salt, &self.text) {
            (None, None) => true,
            (Some(salt), Some(text)) => {
                Opened { salt: salt.clone(), text: text.clone() }.opens(self.commitment)
            }
            (Some(_), None) | (None, Some(_)) => false,
        }
    }
}

/// What the records of a package hold.
#[derive(Default)]
struct Seen {
    /// Each with the canonical bytes of the address of its log.
    documents: BTreeSet<(Vec<u8>, String)>,
    places: BTreeSet<(Vec<u8>, u64)>,
    named: Named,
    rules: BTreeSet<Digest>,
    sealed: BTreeSet<Digest>,
}

impl Seen {
    fn record(
        &mut self,
        evidence: &RecordEvidence,
        roots: &BTreeMap<Vec<u8>, &LogHead>,
    ) -> Result<(), &'static str> {
        let bytes = evidence.record.bytes();
        let node = Node::parse(bytes, Limits::default()).map_err(|_| "no record")?;
        let mut log = Writer::new();
        node.get("log").ok_or("no record")?.write(&mut log);
        let log = log.into_bytes();
        let seq = match node.get("seq") {
            Some(Node::Integer(seq)) => u64::try_from(*seq).map_err(|_| "no record")?,
            _ => return Err("no record"),
        };
        let head = roots.get(&log).ok_or("a log that is not proved")?;
        let leaf = leaf_hash(sha256(bytes).bytes());
        let place = seq.checked_sub(1).ok_or("no record")?;
        if !is_included(leaf, place, head.seq, &evidence.path, &head.root) {
            return Err("a record that is not in its log");
        }
        if !self.places.insert((log.clone(), seq)) {
            return Err("a record twice");
        }
        let named = ["policy", "terms"].into_iter().filter_map(|key| node.get(key)?.text());
        self.rules.extend(named.filter_map(|text| Digest::parse(text).ok()));
        let words = commitments(&node);
        self.named.record(&head.log.to_string(), seq, &node, &words);
        self.sealed.extend(words);
        if let Some(Node::List(events)) = node.get("events") {
            events.iter().for_each(|event| self.opened(&log, event));
        }
        Ok(())
    }

    /// The document of a trail, where its log is committed to it and every record of it is here.
    fn trail(
        &self,
        trail: &TrailProof,
        roots: &BTreeMap<Vec<u8>, &LogHead>,
    ) -> Result<(Vec<u8>, String), &'static str> {
        let log = to_bytes(&trail.log);
        let root = roots.get(&log).and_then(|head| head.trails).ok_or("a log without trails for")?;
        if !trail.holds(&root) {
            return Err("a trail that its log is not committed to, of");
        }
        if trail.records.iter().any(|seq| !self.places.contains(&(log.clone(), *seq))) {
            return Err("a record is left out about");
        }
        Ok((log, trail.document.to_string()))
    }

    /// The documents that an event opened: drafts, credit notes, items that moved in.
    fn opened(&mut self, log: &[u8], event: &Node<'_>) {
        let items = match event.get("items") {
            Some(Node::List(items)) => items.as_slice(),
            _ => &[],
        };
        let drafted = ["draft", "credit"].into_iter().filter_map(|key| event.get(key));
        let ids = drafted.chain(items).filter_map(|document| document.get("id")?.text());
        self.documents.extend(ids.map(|id| (log.to_vec(), id.to_owned())));
    }
}

/// Every commitment to a personal text that a record holds.
pub(crate) fn commitments(node: &Node<'_>) -> BTreeSet<Digest> {
    let mut found = BTreeSet::new();
    gather(node, &mut found);
    found
}

fn gather(node: &Node<'_>, found: &mut BTreeSet<Digest>) {
    match node {
        Node::List(items) => items.iter().for_each(|item| gather(item, found)),
        Node::Object(fields) => {
            if let [(key, Node::Text(text))] = fields.as_slice()
                && key == "sealed"
            {
                found.extend(Digest::parse(text).ok());
            }
            fields.iter().for_each(|(_, value)| gather(value, found));
        }
        Node::Null | Node::Bool(_) | Node::Integer(_) | Node::Fraction | Node::Text(_) => {}
    }
}
