//! The canonical form: one declaration writes a fact, reads it back and describes it.
//!
//! Stored bytes are RFC 8785 JSON by construction: keys in order, no blanks, integers and strings
//! only. Amounts are strings read under the currency of the object around them. Reading is strict
//! and lists every fault with its JSON pointer: unknown and duplicate keys, missing fields, wrong
//! types, an array where an object belongs. Canonical bytes are read where they stand; what is written
//! otherwise, or wrong, is read again as a tree. `shape!`, `union!` and `words!` declare the types, so
//! writer, reader and schema cannot drift apart.

mod difference;
mod digest;
mod error;
mod extent;
mod fields;
mod leaves;
mod lens;
mod name;
mod node;
mod reader;
mod scan;
mod schema;
mod shape;
mod writer;
mod written;

pub use difference::Difference;
pub use digest::{Digest, sha256, sha256_joined};
pub use error::CanonError;
pub use extent::Extent;
pub use fields::FieldReader;
pub(crate) use fields::is_currency;
pub use lens::{FieldClass, FieldNeeds, Lens};
pub(crate) use name::{Name, Opening, ascend, name};
pub use node::{Limits, Node};
pub use reader::Reader;
pub(crate) use scan::scan_fields;
pub use schema::Shapes;
pub(crate) use schema::description;
pub use shape::{
    Canonical, Fields, from_bytes, from_canonical, from_node, to_bytes, to_bytes_through, to_bytes_within,
};
pub(crate) use shape::{judge_bytes, object_schema, shape, union, words, words_schema};
pub use writer::{FieldWriter, Writer};
