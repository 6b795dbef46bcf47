use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{AuditError, LogAddress, Stamp};
use crate::canon::{
    CanonError, Canonical, Digest, FieldReader, Limits, Node, Reader, Shapes, Writer, from_bytes,
    from_canonical, from_node, name, sha256, shape, to_bytes, to_bytes_within,
};
use crate::finding::{Finding, Refusal};
use crate::id::Id;

/// The record version that this library writes, and the newest that it reads.
pub const RECORD_VERSION: u32 = 1;

shape! {
    /// Which command a record answers.
    pub struct CommandRef {
        /// Digest of its content.
        pub digest: Digest,
        /// Its id.
        pub id: Id,
    }
}

/// What one command did: computed facts, never recipes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record<E> {
    /// The command.
    pub command: CommandRef,
    /// What happened, in order.
    pub events: Vec<E>,
    /// The log.
    pub log: LogAddress,
    /// Digest of the policy it was decided under.
    pub policy: Digest,
    /// Hash of the record before; zeros for the first.
    pub previous: Digest,
    /// Its sequence, from 1 without gaps.
    pub seq: u64,
    /// Who, when, as of when.
    pub stamp: Stamp,
    /// Digest of the terms it was decided under, where the log has a customer.
    pub terms: Option<Digest>,
}

/// Stops at a version that this library does not know; one that cannot be read is a fault among others.
fn check_version(fields: &mut FieldReader<'_, '_>) -> Option<()> {
    let version: Option<u32> = fields.field(name!("version"));
    match version.filter(|version| *version != RECORD_VERSION) {
        Some(got) => fields.reader().fail(&AuditError::RecordVersion { known: RECORD_VERSION, got }),
        None => Some(()),
    }
}

impl<E: Canonical> Record<E> {
    fn read_fields(fields: &mut FieldReader<'_, '_>) -> Option<Self> {
        // Of another version nothing else is said; canonical bytes are read again then, and say it last.
        if fields.in_any_order() {
            check_version(fields)?;
        }
        let command = fields.field(name!("command"));
        let events = fields.field(name!("events"));
        let log = fields.field(name!("log"));
        let policy = fields.field(name!("policy"));
        let previous = fields.field(name!("previous"));
        let seq = fields.field(name!("seq"));
        let stamp = fields.field(name!("stamp"));
        let terms = fields.field(name!("terms"));
        if !fields.in_any_order() {
            check_version(fields)?;
        }
        Some(Self {
            command: command?,
            events: events?,
            log: log?,
            policy: policy?,
            previous: previous?,
            seq: seq?,
            stamp: stamp?,
            terms: terms?,
        })
    }
}

impl<E: Canonical> Canonical for Record<E> {
    fn write(&self, out: &mut Writer) {
        out.object(|fields| {
            fields.named(name!("command"), &self.command);
            fields.named(name!("events"), &self.events);
            fields.named(name!("log"), &self.log);
            fields.named(name!("policy"), &self.policy);
            fields.named(name!("previous"), &self.previous);
            fields.named(name!("seq"), &self.seq);
            fields.named(name!("stamp"), &self.stamp);
            fields.named(name!("terms"), &self.terms);
            fields.named(name!("version"), &RECORD_VERSION);
        });
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        at.on_record(|at| at.object(Self::read_fields))
    }

    fn schema(shapes: &mut Shapes) -> Value {
        json!({
            "description": "What one command did: computed facts, never recipes.",
            "type": "object",
            "additionalProperties": false,
            "required": ["command", "events", "log", "policy", "previous", "seq", "stamp", "version"],
            "properties": {
                "command": CommandRef::schema(shapes),
                "events": { "type": "array", "items": E::schema(shapes) },
                "log": LogAddress::schema(shapes),
                "policy": Digest::schema(shapes),
                "previous": Digest::schema(shapes),
                "seq": u64::schema(shapes),
                "stamp": Stamp::schema(shapes),
                "terms": Digest::schema(shapes),
                "version": { "const": RECORD_VERSION },
            },
        })
    }
}

shape! {
    /// A personal text with the salt of its commitment.
    pub struct Opened {
        /// The salt.
        pub salt: String,
        /// The text.
        pub text: String,
    }
}

impl Opened {
    /// The SHA-256 of the salt followed by the text.
    #[must_use]
    pub fn commitment(&self) -> Digest {
        sha256(format!("{}{}", self.salt, self.text).as_bytes())
    }

    /// Whether this is what was committed to. A salt is always the 64 lower-case hexadecimal digits of a SHA-256, so
    /// that nothing of a text can pass for salt.
    #[must_use]
    pub fn opens(&self, commitment: Digest) -> bool {
        Digest::parse(&self.salt).is_ok() && self.commitment() == commitment
    }
}

/// The personal texts that stand beside a record, by commitment; any of them may be erased.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Detached(BTreeMap<Digest, Opened>);

impl Detached {
    pub(super) const fn new(texts: BTreeMap<Digest, Opened>) -> Self {
        Self(texts)
    }

    /// Reads the detached texts of a record and checks each against its commitment.
    ///
    /// # Errors
    /// Shape errors, and [`AuditError::DetachedMismatch`] for every text that was changed.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.is_empty() {
            return Ok(Self::default());
        }
        let node = Node::parse(bytes, Limits::default())?;
        let Node::Object(fields) = &node else {
            return Err(Refusal::because(&CanonError::WrongType { expected: "an object", got: node.kind() }));
        };
        let mut texts = BTreeMap::new();
        let mut findings = Vec::new();
        for (key, value) in fields {
            let opened: Opened = from_node(value).map_err(|refusal| refusal.below(&format!("/{key}")))?;
            let commitment = opened.commitment();
            if commitment.to_string() == key.as_ref() && opened.opens(commitment) {
                texts.insert(commitment, opened);
            } else {
                let error = AuditError::DetachedMismatch { commitment: key.to_string() };
                findings.push(Finding::block(&error).at(format!("/{key}")));
            }
        }
        Refusal::unless_empty(findings).map(|()| Self(texts))
    }

    /// The text under a commitment, unless it was erased.
    #[must_use]
    pub fn get(&self, commitment: &Digest) -> Option<&str> {
        self.0.get(commitment).map(|opened| opened.text.as_str())
    }

    /// The text under a commitment with its salt, unless it was erased.
    #[must_use]
    pub fn opened(&self, commitment: &Digest) -> Option<&Opened> {
        self.0.get(commitment)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The commitments whose texts are there.
    pub fn commitments(&self) -> impl Iterator<Item = &Digest> {
        self.0.keys()
    }

    /// Erases a text; gives what it takes to put it back.
    pub fn erase(&mut self, commitment: &Digest) -> Option<Opened> {
        self.0.remove(commitment)
    }

    /// Puts a text back.
    pub(crate) fn restore(&mut self, opened: Opened) {
        self.0.insert(opened.commitment(), opened);
    }

    /// Adds the texts of another record.
    pub fn extend(&mut self, other: &Self) {
        self.0.extend(other.0.iter().map(|(key, value)| (*key, value.clone())));
    }
}

impl Canonical for Detached {
    fn write(&self, out: &mut Writer) {
        out.object(|fields| {
            for (commitment, opened) in &self.0 {
                fields.with(commitment.to_string().into(), |writer| opened.write(writer));
            }
        });
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        match Self::parse(&at.document()?) {
            Ok(detached) => Some(detached),
            Err(refusal) => at.absorb(&refusal),
        }
    }

    fn schema(shapes: &mut Shapes) -> Value {
        json!({
            "description": "Personal texts beside a record, by commitment.",
            "type": "object",
            "additionalProperties": Opened::schema(shapes),
        })
    }
}

/// What a host keeps of one record: the canonical bytes, their hash, and the detached texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The canonical bytes; never rewritten.
    pub bytes: Vec<u8>,
    /// SHA-256 of exactly these bytes.
    pub hash: Digest,
    /// Personal texts, erasable.
    pub detached: Detached,
}

/// A record together with the bytes it was written to or read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded<E> {
    record: Record<E>,
    stored: Stored,
}

impl<E: Canonical> Recorded<E> {
    /// Writes a record, which must be such that it can be read back.
    ///
    /// # Errors
    /// What reading the record or its detached texts would refuse: they are too deep, too large, or have
    /// characters that no text may have.
    pub(super) fn write(record: Record<E>, mut detached: Detached) -> Result<Self, CanonError> {
        let limits = Limits::default();
        let bytes = to_bytes_within(&record, limits)?;
        let hash = sha256(&bytes);
        if !detached.is_empty()
            && let Ok(node) = Node::parse(&bytes, limits)
        {
            // What no event took over, such as a line that was known already, is kept by nobody.
            let known = super::evidence::commitments(&node);
            detached.0.retain(|commitment, _| known.contains(commitment));
            to_bytes_within(&detached, limits)?;
        }
        Ok(Self { record, stored: Stored { bytes, hash, detached } })
    }

    /// Reads a record back from what a host kept.
    ///
    /// # Errors
    /// [`AuditError::RecordHash`] when the bytes are not those that were hashed,
    /// [`AuditError::RecordVersion`] and [`AuditError::RecordKind`] for a newer library's record,
    /// [`AuditError::RecordForm`] for one that nobody wrote like this, and every shape error.
    pub fn load(stored: Stored) -> Result<Self, Refusal> {
        let got = sha256(&stored.bytes);
        if got != stored.hash {
            let error = AuditError::RecordHash { expected: stored.hash.to_string(), got: got.to_string() };
            return Err(Refusal::because(&error));
        }
        // Of one meaning there is one form: other bytes would have another hash, and could not be shown as evidence.
        let record = match from_canonical(&stored.bytes) {
            Some(record) => record,
            None => load_carefully(&stored.bytes)?,
        };
        if !stored.detached.is_empty() {
            let node = Node::parse(&stored.bytes, Limits::default())?;
            // Words that the record does not commit to are nobody's.
            let known = super::evidence::commitments(&node);
            let foreign = stored.detached.commitments().filter(|commitment| !known.contains(commitment));
            let findings = foreign.map(|commitment| {
                Finding::block(&AuditError::DetachedMismatch { commitment: commitment.to_string() })
            });
            Refusal::unless_empty(findings.collect())?;
        }
        Ok(Self { record, stored })
    }

    /// The record.
    #[must_use]
    pub const fn record(&self) -> &Record<E> {
        &self.record
    }

    /// What a host keeps of it.
    #[must_use]
    pub const fn stored(&self) -> &Stored {
        &self.stored
    }
}

/// Reads a record with escapes, or says what is wrong with it.
fn load_carefully<E: Canonical>(bytes: &[u8]) -> Result<Record<E>, Refusal> {
    let record = from_bytes(bytes).map_err(|refusal| from_the_future(bytes, refusal))?;
    if to_bytes(&record) == bytes { Ok(record) } else { Err(Refusal::because(&AuditError::RecordForm)) }
}

/// Names the version or the event kind of a newer library before the shape errors it causes.
fn from_the_future(bytes: &[u8], refusal: Refusal) -> Refusal {
    let Ok(node) = Node::parse(bytes, Limits::default()) else { return refusal };
    let unknown_kind =
        refusal.findings().filter(|finding| finding.code.name == "unknown-word").find_map(|finding| {
            // The kind of an event itself, not of something in it.
            let index =
                finding.path.strip_prefix("/events/")?.strip_suffix("/kind")?.parse::<usize>().ok()?;
            let Some(Node::List(events)) = node.get("events") else { return None };
            Some((finding, events.get(index)?.get("kind")?.text()?))
        });
    match unknown_kind {
        Some((finding, kind)) => {
            let error = AuditError::RecordKind { got: kind.to_owned() };
            Refusal::new(Finding::block(&error).at(finding.path.clone()))
        }
        None => refusal,
    }
}
