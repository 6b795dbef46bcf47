//! The ticket-to-cash core that a helpdesk embeds: work on support tickets goes in; priced,
//! approved, numbered invoices, applied payments and aged receivables come out, every cent
//! explained.
//!
//! The rooms stand in reading order; each uses only rooms before it. Data flows one way: work,
//! charges, approvals, invoice, payment, receivables. There is no I/O, no clock, no randomness, no
//! float and no global state: the host brings storage, time and ids.

pub mod error_code;
pub mod money;
pub mod id;
pub mod finding;
pub mod calendar;
pub mod canon;
pub mod audit;
pub mod retention;
pub mod series;
pub mod tax;
pub mod rates;
pub mod agreement;
pub mod work;
pub mod rating;
pub mod approval;
pub mod task;
pub mod invoice;
pub mod ledger;
pub mod render;
pub mod payment;
pub mod receivables;
pub mod role;
pub mod rulebook;
pub mod account;
pub mod report;
pub mod wire;

/// The version of this library.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
