//! Logs: one command, one record, each record chained to the one before.
//!
//! An account, a cash book and a number series are logs of one shape. [`decide`] turns a command
//! into one [`Record`] whose stored bytes are canonical and whose hash is their SHA-256; a
//! [`Chain`] knows the head, repeats a repeated command and refuses a changed one; [`verify`]
//! needs nothing but the stored bytes. A [`DailyHead`] is one digest over all logs of a seller. Personal text stands beside the record under a salted
//! commitment, so that erasing it breaks nothing.

mod address;
mod chain;
mod command;
mod daily;
mod decide;
mod error;
mod evidence;
mod intent;
mod kept;
mod key;
mod merkle;
mod note;
mod passage;
mod period;
mod prefix;
mod ready;
mod record;
mod trail;
mod verify;
mod withheld;

pub use address::{Assurance, Head, LogAddress, LogKind, Stamp};
pub use chain::{Chain, Continues};
pub use command::{COMMAND_SCHEMA, Command};
pub use daily::{DailyHead, DailyLogs, Extension, LogHead, LogProof, compare};
pub use decide::{Basis, Decided, Ruling, decide};
pub use error::AuditError;
pub(crate) use evidence::commitments;
pub use evidence::{
    EVIDENCE_VERSION, EvidencePackage, LogEvidence, RecordEvidence, RuleEvidence, TextEvidence,
    check_evidence,
};
pub use intent::{Document, Intent, derived_id, numbered_id};
pub(crate) use kept::Kept;
pub use merkle::{MerkleTree, is_extension, is_included, leaf_hash, node_hash};
pub use note::{Note, Seal, Sealer};
pub use passage::{Deed, Passage};
pub use period::{
    ClosePeriod, Closed, ClosedPack, Closeness, PeriodClosed, PeriodEvent, PeriodReopened, ReopenAsked,
    ReopenPeriod,
};
pub use prefix::{Fork, fork_hash};
pub(crate) use ready::ready_id;
pub use ready::{Ready, Sender};
pub use record::{CommandRef, Detached, Opened, RECORD_VERSION, Record, Recorded, Stored};
pub use trail::{Matter, Trail, TrailLeaf, TrailProof};
pub use verify::{Verdict, verify};
