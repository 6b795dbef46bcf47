//! Work as it was captured: tickets, time entries, parts, and the charge codes they fall under.
//!
//! Raw values are never overwritten: what was recorded, what is billable after rounding and what
//! was invoiced are three facts. A correction is a new revision of its entry.

mod code;
mod entry;
mod error;
mod ticket;

pub use code::{ChargeCode, ChargeKind, CodeMap, MappingRule, Sought};
pub use entry::{Billable, Entry, Part, Time, Work};
pub use error::WorkError;
pub use ticket::Ticket;
