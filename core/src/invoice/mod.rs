//! Invoices: drafted from charges, frozen, numbered, issued, voided, disputed; never edited.

mod credit;
mod dispute;
mod draft;
mod error;
mod lifecycle;
mod terms;

pub use credit::{
    CreditAmounts, CreditEffect, CreditGross, CreditLine, CreditLines, CreditNote, CreditQuantities,
    CreditScope, CreditSums, CreditWhole, Creditable, LineAmount, LineQuantity,
};
pub use dispute::{DisputeOutcome, DisputeState, DisputeStep, Evidence, allow_step, frozen};
pub use draft::{Collapse, Draft, Frame, Line, Period, Unassembled, assemble};
pub use error::InvoiceError;
pub use lifecycle::{DocumentState, InvoiceCommand, allow, allow_credit};
pub use terms::PaymentTerms;
