//! The canonical form of any document, as vectors publish it.

use crate::canon::{CanonError, Digest, Limits, Node, Writer, sha256, shape};
use crate::finding::Refusal;

shape! {
    /// A document as text.
    pub struct CanonicalIn {
        /// The text.
        pub text: String,
    }
}

shape! {
    /// The canonical form of a document.
    pub struct CanonicalOut {
        /// Its bytes in hexadecimal.
        pub bytes: String,
        /// Their SHA-256.
        pub digest: Digest,
    }
}

pub(super) fn canonical(input: CanonicalIn) -> Result<CanonicalOut, Refusal> {
    let below = |refusal: Refusal| refusal.below("/text");
    let node = Node::parse(input.text.as_bytes(), Limits::default()).map_err(below)?;
    if has_fraction(&node) {
        return Err(below(Refusal::because(&CanonError::NumberWhole)));
    }
    let mut writer = Writer::new();
    node.write(&mut writer);
    let form = writer.into_bytes();
    Ok(CanonicalOut { bytes: form.iter().map(|byte| format!("{byte:02x}")).collect(), digest: sha256(&form) })
}

fn has_fraction(node: &Node<'_>) -> bool {
    match node {
        Node::Fraction => true,
        Node::List(items) => items.iter().any(has_fraction),
        Node::Object(fields) => fields.iter().any(|(_, value)| has_fraction(value)),
        Node::Null | Node::Bool(_) | Node::Integer(_) | Node::Text(_) => false,
    }
}
