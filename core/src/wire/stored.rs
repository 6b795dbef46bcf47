//! Stored records as a host exports them: a line for each, its hash, a blank, its bytes.

use super::answer::document;
use super::log::AnyRecorded;
use crate::audit::{self, AuditError, Detached, Head, Intent, LogAddress, Stored, Verdict};
use crate::canon::{CanonError, Digest, Limits, Node, Writer, from_bytes, from_node, shape};
use crate::finding::Refusal;
use crate::report::{ROWS_VERSION, Row};

shape! {
    /// What a stored record comes to, as it was given when it was decided.
    pub struct RecordRows {
        /// Its hash.
        pub hash: Digest,
        /// The ready commands that it hands on to other logs, in order.
        pub intents: Vec<Intent>,
        /// Its log.
        pub log: LogAddress,
        /// Its upserts of the read model, in order.
        pub rows: Vec<Row>,
        /// Its sequence.
        pub seq: u64,
    }
}

shape! {
    /// What stored records come to.
    pub struct StoredRows {
        /// One element for each record, in the order of the lines.
        pub records: Vec<RecordRows>,
        /// The version of the row shapes.
        pub version: u32,
    }
}

/// Gives the rows and ready commands of stored records again, equal to those that were given when they were decided: of
/// one record, of a log, or of several, a line for each, its hash, a blank, its bytes. They follow from the record
/// alone; whether the records make a log is for [`verify`].
///
/// # Errors
/// [`AuditError::LineForm`] for what is no such line, and what [`AnyRecorded::load`] refuses, under the place of the
/// line.
pub fn rows(lines: &[u8]) -> Result<Vec<u8>, Refusal> {
    let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let one = |(place, line)| record_rows(line).map_err(|refusal| refusal.below(&format!("/{place}")));
    let records = lines.enumerate().map(one).collect::<Result<_, Refusal>>()?;
    Ok(document(&StoredRows { records, version: ROWS_VERSION }))
}

fn record_rows(line: &[u8]) -> Result<RecordRows, Refusal> {
    let form = || Refusal::because(&AuditError::LineForm);
    let (hash, rest) = line.split_at_checked(64).ok_or_else(form)?;
    let bytes = rest.strip_prefix(b" ").ok_or_else(form)?;
    let hash = Digest::parse(core::str::from_utf8(hash).map_err(|_| form())?);
    let hash = hash.map_err(|error| Refusal::because(&error))?;
    let missing = || Refusal::because(&CanonError::MissingField { key: "log".to_owned() });
    let envelope = Node::parse_fields(bytes, Limits::default(), &["log"])?;
    let log: LogAddress = from_node(envelope.get("log").ok_or_else(missing)?)?;
    let stored = Stored { bytes: bytes.to_vec(), hash, detached: Detached::default() };
    let recorded = AnyRecorded::load(log.kind, stored)?;
    Ok(RecordRows { hash, intents: recorded.intents(), log, rows: recorded.rows(), seq: recorded.seq() })
}

/// Verifies an exported log, one line per record: its hash, a blank, its bytes; against a saved
/// head when one is given.
///
/// # Errors
/// Shape errors of the head; a broken log is an answer, not an error.
pub fn verify(lines: &[u8], head: Option<&[u8]>) -> Result<Vec<u8>, Refusal> {
    let saved = head.map(from_bytes::<Head>).transpose()?;
    let mut writer = Writer::new();
    writer.object(|fields| match audit::verify(lines, saved.as_ref()) {
        Verdict::Consistent { head, anchored } => {
            fields.field("anchored", &anchored);
            fields.field("head", &head);
            fields.with("verdict".into(), |writer| writer.text("consistent"));
        }
        Verdict::Broken { seq, finding } => {
            fields.field("finding", &*finding);
            fields.field("seq", &seq);
            fields.with("verdict".into(), |writer| writer.text("broken"));
        }
    });
    Ok(writer.into_bytes())
}
