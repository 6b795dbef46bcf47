//! Ticket-to-cash core.
#![allow(missing_docs)]
pub mod error_code;
pub mod money;
pub mod id;
pub mod finding;
pub mod calendar;
pub mod canon;
pub mod audit;
