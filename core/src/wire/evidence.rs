//! Evidence packages: what a stranger needs to check how documents came about, in one document.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::document;
use super::daily::Checked;
use super::{Log, WireError};
use crate::account::Account;
use crate::audit::{
    AuditError, DailyHead, Detached, Document, EVIDENCE_VERSION, EvidencePackage, LogAddress, LogEvidence,
    LogProof, RecordEvidence, RuleEvidence, TextEvidence, TrailProof, check_evidence as check, commitments,
};
use crate::canon::{Digest, Limits, Node, from_bytes, from_node, sha256, shape, to_bytes};
use crate::finding::{Finding, Refusal};
use crate::id::Id;
use crate::rulebook::{Rulebook, RulebookDocument};

shape! {
    /// Asks which records made and changed documents of an account.
    pub struct TrailRequest {
        /// Ids of invoices, credit notes or opening items.
        pub documents: Vec<Id>,
    }
}

shape! {
    /// A record of another log that belongs to a document too.
    pub struct TrailElsewhere {
        /// The command that it answers.
        pub command: Id,
        /// The log.
        pub log: LogAddress,
    }
}

shape! {
    /// The records that made and changed documents.
    pub struct TrailView {
        /// Records of other logs.
        pub elsewhere: Vec<TrailElsewhere>,
        /// The log.
        pub log: LogAddress,
        /// Sequences of its records, ascending.
        pub records: Vec<u64>,
    }
}

shape! {
    /// A record as a host keeps it.
    pub struct KeptRecord {
        /// Its personal texts, as far as they are still kept.
        pub detached: Option<Detached>,
        /// Its bytes.
        pub record: Document,
    }
}

shape! {
    /// Asks for the evidence of documents.
    pub struct EvidenceRequest {
        /// The daily head that it should rest on.
        pub daily: DailyHead,
        /// Ids of invoices, credit notes or opening items.
        pub documents: Vec<Id>,
        /// Where the logs stood under the daily head.
        pub proofs: Vec<LogProof>,
        /// The records that the trail of the documents names, in any order; others of the logs may be added.
        pub records: Vec<KeptRecord>,
        /// Rulebooks whose sections are added where a record was decided under them.
        pub rulebooks: Vec<RulebookDocument>,
    }
}

/// The records of an account that made and changed documents.
///
/// # Errors
/// [`AuditError::EvidenceUnknown`] for every document that no record is about.
pub(super) fn trail(account: &Account, asked: &TrailRequest) -> Result<TrailView, Refusal> {
    let (mut records, mut elsewhere) = (BTreeSet::new(), Vec::new());
    let mut findings = Vec::new();
    for (place, id) in asked.documents.iter().enumerate() {
        match account.trail(id) {
            Some(found) => {
                records.extend(found.records);
                let others = found.elsewhere.into_iter();
                elsewhere.extend(others.map(|(log, command)| TrailElsewhere { command, log }));
            }
            None => {
                let error = AuditError::EvidenceUnknown { id: id.to_string() };
                findings.push(Finding::block(&error).at(format!("/documents/{place}")));
            }
        }
    }
    Refusal::unless_empty(findings)?;
    let (log, records) = (account.chain().address().clone(), records.into_iter().collect());
    Ok(TrailView { elsewhere, log, records })
}

/// Puts the evidence of documents together: the log of their account and those of their numbers are given,
/// each with its place under the daily head.
///
/// # Errors
/// Every shape error; [`WireError::LogKind`] unless exactly one account is given;
/// [`AuditError::DailyUnknown`] for a log without its proof, what [`LogProof::check`] refuses,
/// [`AuditError::EvidenceUnknown`], [`AuditError::EvidenceMissing`] for every record that belongs there and
/// is not given, and [`AuditError::RecordHash`] for one that was changed.
pub fn evidence(logs: &[&Log], request: &[u8]) -> Result<Vec<u8>, Refusal> {
    let EvidenceRequest { daily, documents, proofs, records, rulebooks } = from_bytes(request)?;
    let proved = prove(logs, &daily, proofs)?;
    let (needed, trails) = needed(logs, &documents, &proved)?;
    let mut gathered = Gathered { needed, rules: BTreeSet::new(), texts: BTreeMap::new() };
    let (mut evidence, mut findings) = (Vec::with_capacity(records.len()), Vec::new());
    for (place, kept) in records.into_iter().enumerate() {
        match gathered.record(kept, &proved) {
            Ok(record) => evidence.push(record),
            Err(refusal) => findings.extend(refusal.below(&format!("/records/{place}")).findings().cloned()),
        }
    }
    findings.extend(gathered.needed.iter().map(|(log, seq)| {
        let log = proved.get(log).map_or_else(String::new, |(log, _)| log.chain().address().to_string());
        Finding::block(&AuditError::EvidenceMissing { log, seq: *seq })
    }));
    Refusal::unless_empty(findings)?;
    evidence.sort_by(|a, b| a.0.cmp(&b.0));
    let package = EvidencePackage {
        daily,
        documents,
        logs: proved.into_values().map(|(_, log)| log).collect(),
        records: evidence.into_iter().map(|(_, record)| record).collect(),
        rules: rules(&rulebooks, &gathered.rules)?,
        texts: gathered.texts.into_values().collect(),
        trails,
        version: EVIDENCE_VERSION,
    };
    Ok(document(&package))
}

/// Checks an evidence package against the daily head that was published. Findings also say which words, rules and
/// records of series a sound one does not show.
///
/// # Errors
/// Shape errors of the daily head; a broken package is an answer, not an error.
pub fn check_evidence(package: &[u8], daily: &[u8]) -> Result<Vec<u8>, Refusal> {
    let published: DailyHead = from_bytes(daily)?;
    let findings = match check(package, &published) {
        Ok((_, missing)) => missing,
        Err(broken) => broken.findings().cloned().collect(),
    };
    Ok(document(&Checked::of(findings)))
}

/// Logs by the canonical bytes of their addresses, each with the proof of where it stood.
type Proved<'l> = BTreeMap<Vec<u8>, (&'l Log, LogEvidence)>;

fn prove<'l>(logs: &[&'l Log], daily: &DailyHead, proofs: Vec<LogProof>) -> Result<Proved<'l>, Refusal> {
    let mut proved = BTreeMap::new();
    let mut proofs: BTreeMap<Vec<u8>, LogProof> =
        proofs.into_iter().map(|proof| (to_bytes(&proof.head.log), proof)).collect();
    for log in logs {
        let chain = log.chain();
        let key = to_bytes(chain.address());
        let unknown = || AuditError::DailyUnknown { log: chain.address().to_string() };
        let proof = proofs.remove(&key).ok_or_else(|| Refusal::because(&unknown()))?;
        proof.check(daily).map_err(|error| Refusal::because(&error))?;
        let head = &proof.head;
        let tree = chain.tree();
        // The log given must be the one that stood there, grown or not.
        let same = chain.hash_at(head.seq) == Some(head.hash)
            && tree.root_at(head.seq) == Some(head.root)
            && log.trails(head.seq) == head.trails;
        let tip = head.seq.checked_sub(1).and_then(|last| tree.path(last, head.seq)).filter(|_| same);
        let rewritten = || AuditError::LogRewritten { log: chain.address().to_string(), seq: head.seq };
        let tip = tip.ok_or_else(|| Refusal::because(&rewritten()))?;
        proved.insert(key, (*log, LogEvidence { proof, tip }));
    }
    Ok(proved)
}

/// Records by the canonical bytes of the address of their log, and their sequence.
type Places = BTreeSet<(Vec<u8>, u64)>;

/// Records that belong to documents and were there on the day, and the proof of each document that these are all.
fn needed(
    logs: &[&Log],
    documents: &[Id],
    proved: &Proved<'_>,
) -> Result<(Places, Vec<TrailProof>), Refusal> {
    let mut accounts =
        logs.iter().filter_map(|log| if let Log::Account(account) = log { Some(account) } else { None });
    let (Some(account), None) = (accounts.next(), accounts.next()) else {
        return Err(Refusal::because(&WireError::LogKind {
            expected: "one account",
            got: "none or several",
        }));
    };
    let found = trail(account, &TrailRequest { documents: documents.to_vec() })?;
    let mut needed = BTreeSet::new();
    let key = to_bytes(&found.log);
    let last = |key: &Vec<u8>| proved.get(key).map_or(0, |(_, log)| log.proof.head.seq);
    needed.extend(found.records.iter().filter(|seq| **seq <= last(&key)).map(|seq| (key.clone(), *seq)));
    for other in found.elsewhere {
        let key = to_bytes(&other.log);
        let (log, _) = proved
            .get(&key)
            .ok_or_else(|| Refusal::because(&AuditError::DailyUnknown { log: other.log.to_string() }))?;
        let seq = log.chain().recorded(&other.command).map(|head| head.seq);
        needed.extend(seq.filter(|seq| *seq <= last(&key)).map(|seq| (key.clone(), seq)));
    }
    // A document that came later than the day is about nothing that stood there.
    let size = last(&key);
    let prove = |id: &Id| {
        let unknown = || Refusal::because(&AuditError::EvidenceUnknown { id: id.to_string() });
        account.prove_trail(id, size).ok_or_else(unknown)
    };
    let unique: BTreeSet<&Id> = documents.iter().collect();
    let trails = unique.into_iter().map(prove).collect::<Result<_, _>>()?;
    Ok((needed, trails))
}

/// What is gathered while records are put together.
struct Gathered {
    needed: Places,
    rules: BTreeSet<Digest>,
    texts: BTreeMap<Digest, TextEvidence>,
}

impl Gathered {
    /// The evidence of a record, under its log and sequence.
    fn record(
        &mut self,
        kept: KeptRecord,
        proved: &Proved<'_>,
    ) -> Result<((Vec<u8>, u64), RecordEvidence), Refusal> {
        let bytes = kept.record.bytes();
        let node = Node::parse(bytes, Limits::default())?;
        let missing =
            |key: &str| Refusal::because(&crate::canon::CanonError::MissingField { key: key.to_owned() });
        let address: LogAddress = from_node(node.get("log").ok_or_else(|| missing("log"))?)?;
        let seq: u64 = from_node(node.get("seq").ok_or_else(|| missing("seq"))?)?;
        let key = to_bytes(&address);
        let unknown = || Refusal::because(&AuditError::DailyUnknown { log: address.to_string() });
        let (log, evidence) = proved.get(&key).ok_or_else(unknown)?;
        let size = evidence.proof.head.seq;
        let beyond = || AuditError::SequenceUnknown { least: 1, last: size, got: seq };
        let expected = log.chain().hash_at(seq).filter(|_| seq <= size);
        let expected = expected.ok_or_else(|| Refusal::because(&beyond()))?;
        let got = sha256(bytes);
        if got != expected {
            let (expected, got) = (expected.to_string(), got.to_string());
            return Err(Refusal::because(&AuditError::RecordHash { expected, got }));
        }
        let path = seq.checked_sub(1).and_then(|place| log.chain().tree().path(place, size));
        let path = path.ok_or_else(|| Refusal::because(&beyond()))?;
        let named = ["policy", "terms"].into_iter().filter_map(|key| node.get(key)?.text());
        self.rules.extend(named.filter_map(|text| Digest::parse(text).ok()));
        for commitment in commitments(&node) {
            let opened = kept.detached.as_ref().and_then(|detached| detached.opened(&commitment));
            let (salt, text) = opened.map(|one| (one.salt.clone(), one.text.clone())).unzip();
            self.texts.insert(commitment, TextEvidence { commitment, salt, text });
        }
        self.needed.remove(&(key.clone(), seq));
        Ok(((key, seq), RecordEvidence { path, record: kept.record }))
    }
}

/// The sections of rulebooks that records name.
fn rules(rulebooks: &[RulebookDocument], named: &BTreeSet<Digest>) -> Result<Vec<RuleEvidence>, Refusal> {
    let mut rules: BTreeMap<Digest, RuleEvidence> = BTreeMap::new();
    for (place, book) in rulebooks.iter().enumerate() {
        let compiled =
            Rulebook::compile(book).map_err(|refusal| refusal.below(&format!("/rulebooks/{place}")))?;
        let policy = RuleEvidence { sections: vec![Document::of(&book.policy)] };
        let families = compiled.accounts().filter_map(|payer| {
            let members = compiled.family(payer).ok()?;
            let terms = members.iter().filter_map(|id| book.terms.iter().find(|terms| terms.customer == *id));
            Some(RuleEvidence { sections: terms.map(Document::of).collect() })
        });
        let of = |rule: RuleEvidence| (rule.digest(), rule);
        rules.extend(
            core::iter::once(policy).chain(families).map(of).filter(|(digest, _)| named.contains(digest)),
        );
    }
    Ok(rules.into_values().collect())
}
