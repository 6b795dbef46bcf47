//! Ticket-to-cash core.
#![allow(missing_docs)]
pub mod error_code;
pub mod money;
pub mod id;
pub mod finding;
pub mod calendar;
pub mod canon;
pub mod audit;
pub mod series;
pub mod tax;
pub mod rates;
pub mod agreement;
pub mod work;
pub mod rating;

pub mod approval;
pub mod invoice;
pub mod ledger;
