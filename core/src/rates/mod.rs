//! Rates: which price and which multipliers stand on a piece of work.
//!
//! A row names any of nine dimensions. Selection is lexicographic over them in their declared
//! order (agreement first, band last), then by precedence, then by the latest start. Rows that no
//! rule could tell apart are an error when the rulebook loads, so exactly one row applies, or none.

mod error;
mod row;
mod table;

pub use error::RateError;
pub use row::{RateKind, RatePer, RateRow, Situation};
pub use table::RateTable;
