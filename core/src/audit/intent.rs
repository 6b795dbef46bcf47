use serde_json::{Value, json};

use super::LogAddress;
use crate::canon::{Canonical, Extent, Limits, Node, Reader, Shapes, Writer, sha256, shape};
use crate::id::Id;

/// A document carried as it is: its canonical bytes.
#[derive(Debug, Clone)]
pub struct Document {
    bytes: Vec<u8>,
    /// Known of what was made here; what was read is measured when it is written again.
    extent: Option<Extent>,
}

impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        // The extent follows from them, as far as anybody limits it.
        self.bytes == other.bytes
    }
}

impl Eq for Document {}

impl Document {
    /// The canonical bytes of a value.
    #[must_use]
    pub fn of<T: Canonical>(value: &T) -> Self {
        let mut writer = Writer::new();
        value.write(&mut writer);
        let extent = Some(writer.extent());
        Self { bytes: writer.into_bytes(), extent }
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl Canonical for Document {
    fn write(&self, out: &mut Writer) {
        out.document(&self.bytes, &self.extent.unwrap_or_else(|| extent_of(&self.bytes)));
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        at.document().map(|bytes| Self { bytes, extent: None })
    }

    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "object" })
    }
}

/// How large a document is that was read.
fn extent_of(bytes: &[u8]) -> Extent {
    let mut writer = Writer::new();
    if let Ok(tree) = Node::parse(bytes, Limits::default()) {
        tree.write(&mut writer);
    }
    writer.extent()
}

shape! {
    /// What another log should be told: a ready command, delivered at least once, done once.
    pub struct Intent {
        /// The ready command.
        pub command: Document,
        /// Its id, emitted once: `ready:`, its kind and what it is about.
        pub id: Id,
        /// The log it is for.
        pub log: LogAddress,
    }
}

/// An id made from others: joined by colons, or a digest of them where that would be too long or could
/// be read in two ways because one of them but the last has a colon itself.
///
/// ```
/// use duebill::audit::derived_id;
/// assert_eq!(derived_id(&["bill", "acme", "2026-01"]).as_str(), "bill:acme:2026-01");
/// ```
#[must_use]
pub fn derived_id(parts: &[&str]) -> Id {
    let plain = parts.iter().rev().skip(1).all(|part| !part.contains(':'));
    match Id::new(&parts.join(":")) {
        Ok(id) if plain => id,
        _ => {
            let told_apart: Vec<String> = parts.iter().map(|part| format!("{}:{part}", part.len())).collect();
            Id::of_digits(&sha256(told_apart.join(",").as_bytes()).to_string())
        }
    }
}

/// The id of the n-th of something that has an id: joined by a colon, or a digest where that would be
/// too long.
#[must_use]
pub fn numbered_id(parent: &Id, number: usize) -> Id {
    let joined = format!("{parent}:{number}");
    Id::new(&joined).unwrap_or_else(|_| Id::of_digits(&sha256(joined.as_bytes()).to_string()))
}
