//! Reading the tables of other systems: CSV, compressed or not, whole or damaged.
//!
//! A row that cannot be used is a finding with its line and column, and the rows around it are
//! read all the same. Rows are streamed: a file may be larger than the memory.

mod findings;
mod mapping;
mod rows;
mod source;
mod times;

use std::error::Error;

pub use findings::{Finding, Findings};
pub use mapping::{must_have, read_mapping};
pub use rows::{Row, Rows};
pub use source::{Damage, Source};
pub use times::{Form, Part};

/// What can go wrong here is shown to a person.
pub type Outcome<T> = Result<T, Box<dyn Error>>;
