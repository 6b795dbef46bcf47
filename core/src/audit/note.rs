use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::AuditError;
use super::record::{Detached, Opened};
use crate::canon::{Canonical, Digest, Reader, Shapes, Writer, name, sha256};
use crate::finding::{Finding, Refusal};

/// Personal text: its words in a command, a salted commitment in a record.
///
/// The commitment is the SHA-256 of the salt followed by the text. The words stand beside the
/// record ([`Detached`]) and can be erased there; the record and its hash stay as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The words, as a command brings them.
    Text(String),
    /// The commitment, as a record keeps it.
    Sealed(Digest),
}

impl Canonical for Note {
    fn write(&self, out: &mut Writer) {
        match self {
            Self::Text(text) => out.text(text),
            Self::Sealed(digest) => out.object(|fields| fields.field("sealed", digest)),
        }
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        match at.text() {
            Some(_) if at.is_record() => at.fail(&AuditError::NoteOpen),
            Some(text) => Some(Self::Text(text.to_owned())),
            None => at.object(|fields| fields.field(name!("sealed")).map(Self::Sealed)),
        }
    }

    fn schema(shapes: &mut Shapes) -> Value {
        shapes.named("Note", |shapes| {
            json!({
                "description": "Personal text: the words in a command, a salted commitment in a record.",
                "oneOf": [
                    { "type": "string" },
                    shapes.named("Sealed", |shapes| json!({
                        "description": "The commitment to a personal text.",
                        "type": "object",
                        "additionalProperties": false,
                        "properties": { "sealed": Digest::schema(shapes) },
                        "required": ["sealed"],
                    })),
                ],
            })
        })
    }
}

/// A command body whose personal texts can be sealed in place.
pub trait Seal {
    /// Seals every personal text it holds; most hold none.
    fn seal(&mut self, _sealer: &mut Sealer) {}

    /// Whether it surely holds no personal text, so that no copy of it has to be made and sealed; saying no is
    /// never wrong.
    fn is_bare(&self) -> bool {
        false
    }
}

/// Replaces personal texts by commitments and keeps the words for the detached map.
#[derive(Debug)]
pub struct Sealer {
    salt: String,
    count: u64,
    detached: BTreeMap<Digest, Opened>,
    findings: Vec<Finding>,
}

impl Sealer {
    /// Fewest characters of a salt: 128 bits in hexadecimal.
    pub const MIN_SALT: usize = 32;

    /// A sealer under the command's salt; the salt is needed only when there is something to seal.
    #[must_use]
    pub fn new(salt: Option<&str>) -> Self {
        Self {
            salt: salt.unwrap_or("").to_owned(),
            count: 0,
            detached: BTreeMap::new(),
            findings: Vec::new(),
        }
    }

    /// Seals a note if there is one. Each note has a salt of its own, derived from the command's.
    pub fn seal(&mut self, note: &mut Option<Note>) {
        let text = match note {
            None => return,
            Some(Note::Sealed(_)) => {
                return self.findings.push(Finding::block(&AuditError::NoteSealed));
            }
            Some(Note::Text(text)) => core::mem::take(text),
        };
        let hexadecimal = self.salt.bytes().all(|b| b.is_ascii_hexdigit());
        if self.salt.len() < Self::MIN_SALT || !hexadecimal {
            return self.findings.push(Finding::block(&AuditError::SaltMissing { got: self.salt.len() }));
        }
        self.count = self.count.saturating_add(1);
        let salt = sha256(format!("{}:{}", self.salt, self.count).as_bytes()).to_string();
        let opened = Opened { salt, text };
        let commitment = opened.commitment();
        self.detached.insert(commitment, opened);
        *note = Some(Note::Sealed(commitment));
    }

    /// The words that were sealed.
    ///
    /// # Errors
    /// [`AuditError::SaltMissing`] or [`AuditError::NoteSealed`] for every note that could not be.
    pub fn finish(self) -> Result<Detached, Refusal> {
        Refusal::unless_empty(self.findings).map(|()| Detached::new(self.detached))
    }
}
