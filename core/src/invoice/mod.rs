//! Invoices: drafted from charges, frozen, numbered, issued, voided, disputed; never edited.

mod draft;
mod error;
mod lifecycle;
mod terms;

pub use draft::{Collapse, Draft, Frame, Line, Period, Unassembled, assemble};
pub use error::InvoiceError;
pub use lifecycle::{DocumentState, InvoiceCommand, allow};
pub use terms::PaymentTerms;
