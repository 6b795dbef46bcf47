//! Ticket-to-cash core.
#![allow(missing_docs)]
pub mod agreement;
pub mod audit;
pub mod calendar;
pub mod canon;
pub mod error_code;
pub mod finding;
pub mod id;
pub mod money;
pub mod rates;
pub mod rating;
pub mod series;
pub mod tax;
pub mod work;

pub mod account;
pub mod approval;
pub mod invoice;
pub mod ledger;
pub mod payment;
pub mod receivables;
pub mod rulebook;
