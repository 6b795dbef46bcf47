use crate::audit::{Decided, Detached, Head, Intent, Record};
use crate::canon::{Canonical, Digest, Writer, to_bytes};
use crate::finding::{Finding, Refusal};
use crate::report::Row;

/// The answer to a command, ready to be written.
pub(super) enum Outcome {
    /// A new record with all a host does with it.
    Recorded {
        detached: Detached,
        findings: Vec<Finding>,
        hash: Digest,
        intents: Vec<Intent>,
        record: Vec<u8>,
        rows: Vec<Row>,
        seq: u64,
    },
    /// Recorded before.
    Repeated(Head),
}

impl Outcome {
    pub(super) fn of<E: Canonical>(
        decided: &Decided<E>,
        rows: fn(&Record<E>) -> Vec<Row>,
        intent: fn(&E) -> Option<&Intent>,
    ) -> Self {
        match decided {
            Decided::Repeated(head) => Self::Repeated(head.clone()),
            Decided::New { recorded, findings } => Self::Recorded {
                detached: recorded.stored().detached.clone(),
                findings: findings.clone(),
                hash: recorded.stored().hash,
                intents: recorded.record().events.iter().filter_map(intent).cloned().collect(),
                record: recorded.stored().bytes.clone(),
                rows: rows(recorded.record()),
                seq: recorded.record().seq,
            },
        }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.object(|fields| match self {
            Self::Repeated(head) => {
                fields.field("hash", &head.hash);
                fields.with("outcome".into(), |writer| writer.text("repeated"));
                fields.field("seq", &head.seq);
            }
            Self::Recorded { detached, findings, hash, intents, record, rows, seq } => {
                fields.field("detached", detached);
                fields.field("findings", findings);
                fields.field("hash", hash);
                fields.field("intents", intents);
                fields.with("outcome".into(), |writer| writer.text("recorded"));
                fields.with("record".into(), |writer| writer.canonical(record));
                fields.field("rows", rows);
                fields.field("seq", seq);
            }
        });
        writer.into_bytes()
    }
}

/// A refusal as a document: the code of the first failed check, and every finding.
#[must_use]
pub fn refusal(refusal: &Refusal) -> Vec<u8> {
    let mut writer = Writer::default();
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
