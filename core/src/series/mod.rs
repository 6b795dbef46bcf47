//! Number series: gapless, unique, assigned once per invoice.
//!
//! A series is a small log of its own. Asking for a number again for the same invoice gives the
//! same number, so a crash between asking and using is a retry and not a gap; two hosts racing are
//! told apart by the log's sequence.

mod decide;
mod error;
mod gaps;
mod import;
mod numbering;
mod passed;
mod retention;
mod sender;

pub(crate) use decide::issue_id;
pub use decide::{Assign, Assigned, Given, Series, SeriesAction, SeriesEvent};
pub use error::SeriesError;
pub use gaps::{NumberAudit, NumberGap, NumberedPeriod, audit_numbers};
pub use import::{ImportNumbers, ImportedNumber, LegacyNumber, NumbersImported};
pub use numbering::{DateOrder, FiscalName, Numbering, Reset};
