use super::log::AnyRecorded;
use crate::audit::{Head, Intent};
use crate::canon::{Canonical, Writer, to_bytes};
use crate::finding::{Finding, Refusal};
use crate::report::{ROWS_VERSION, Row};

/// What a command gave, with all that a host does with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// What somebody should look at.
    pub findings: Vec<Finding>,
    /// Ready commands for other logs.
    pub intents: Vec<Intent>,
    /// The record, to be stored and then applied.
    pub recorded: AnyRecorded,
    /// Upserts of the read model, to be stored with it.
    pub rows: Vec<Row>,
}

/// The answer to a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A new record.
    Recorded(Box<Answered>),
    /// Recorded before with the same content.
    Repeated(Head),
}

impl Answer {
    /// The answer as a document.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.object(|fields| match self {
            Self::Repeated(head) => {
                fields.field("hash", &head.hash);
                fields.with("outcome".into(), |writer| writer.text("repeated"));
                fields.field("seq", &head.seq);
            }
            Self::Recorded(answered) => {
                let stored = answered.recorded.stored();
                fields.field("detached", &stored.detached);
                fields.field("findings", &answered.findings);
                fields.field("hash", &stored.hash);
                fields.field("intents", &answered.intents);
                fields.with("outcome".into(), |writer| writer.text("recorded"));
                fields.with("record".into(), |writer| writer.canonical(&stored.bytes));
                fields.field("rows", &answered.rows);
                fields.field("rows_version", &ROWS_VERSION);
                fields.field("seq", &answered.recorded.seq());
            }
        });
        writer.into_bytes()
    }
}

/// A refusal as a document: the code of the first failed check, and every finding.
#[must_use]
pub fn refusal(refusal: &Refusal) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.object(|fields| {
        fields.field("code", &refusal.code().number);
        fields.with("findings".into(), |writer| writer.list(refusal.findings()));
        fields.with("name".into(), |writer| writer.text(refusal.code().name));
    });
    writer.into_bytes()
}

/// The canonical bytes of an answer.
pub(super) fn document<T: Canonical>(value: &T) -> Vec<u8> {
    to_bytes(value)
}
