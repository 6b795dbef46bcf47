//! Receivables: pure questions with a date, each tied to the open items it was asked of.

mod aging;
mod error;

pub use aging::{
    AgeBasis, AgedItem, AgingColumns, AgingPolicy, AgingReport, AgingRow, AgingSection, UnappliedCash, aging,
    bucket, bucket_names,
};
pub use error::ReceivablesError;
