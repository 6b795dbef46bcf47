//! Stored logs as text, so that damage and forgery are tried alike in every language.

use crate::audit::{DailyHead, Document, Head, LogAddress};
use crate::canon::{Node, from_node, shape};
use crate::finding::Refusal;
use crate::wire::{Log, apply, check_evidence, rows, verify};

shape! {
    /// An exported log to be verified.
    pub struct VerifyLogIn {
        /// A head that was saved; without one, records that are cut off at the end are not seen.
        pub head: Option<Head>,
        /// A line per record: its hash, a blank, its bytes.
        pub lines: String,
    }
}

shape! {
    /// Exported records whose rows are asked for.
    pub struct RowsIn {
        /// A line per record: its hash, a blank, its bytes.
        pub lines: String,
    }
}

shape! {
    /// An exported log to be loaded.
    pub struct LoadLogIn {
        /// A line per record: its hash, a blank, its bytes.
        pub lines: String,
        /// Which log it should be.
        pub log: LogAddress,
        /// The personal texts of each record, in order; those of records without an element are erased.
        pub words: Vec<Document>,
    }
}

shape! {
    /// A log that was loaded.
    pub struct LoadLogOut {
        /// Its last record.
        pub head: Head,
    }
}

shape! {
    /// An evidence package to be checked.
    pub struct CheckEvidenceIn {
        /// The daily head that was published.
        pub daily: DailyHead,
        /// The package as text, byte by byte; up to 64 KiB, as any text. A larger one is checked by the
        /// function of the same name.
        pub package: String,
    }
}

/// What checking says: the document of [`check_evidence`].
pub(super) fn checked_evidence(input: &Node<'_>) -> Result<Vec<u8>, Refusal> {
    let CheckEvidenceIn { daily, package } = from_node(input)?;
    check_evidence(package.as_bytes(), &crate::canon::to_bytes(&daily))
}

/// What verifying says: the document of [`verify`].
pub(super) fn verify_log(input: &Node<'_>) -> Result<Vec<u8>, Refusal> {
    let VerifyLogIn { head, lines } = from_node(input)?;
    let head = head.map(|head| crate::canon::to_bytes(&head));
    verify(lines.as_bytes(), head.as_deref())
}

/// What stored records come to: the document of [`rows`].
pub(super) fn stored_rows(input: &Node<'_>) -> Result<Vec<u8>, Refusal> {
    let RowsIn { lines } = from_node(input)?;
    rows(lines.as_bytes())
}

/// Applies record after record; the first that is refused is the answer.
pub(super) fn load_log(input: LoadLogIn) -> Result<LoadLogOut, Refusal> {
    let mut log = Log::new(input.log);
    let mut words = input.words.iter();
    for line in input.lines.lines() {
        let (hash, record) = line.split_once(' ').unwrap_or((line, ""));
        let words = words.next().map(Document::bytes).unwrap_or_default();
        apply(&mut log, record.as_bytes(), hash.as_bytes(), words)?;
    }
    Ok(LoadLogOut { head: log.chain().head().clone() })
}
