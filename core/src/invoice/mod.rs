//! Invoices: drafted from charges, frozen, numbered, issued, voided, disputed; never edited.

mod credit;
mod dispute;
mod draft;
mod error;
mod lifecycle;
mod terms;

pub use credit::{
    CreditAmounts, CreditEffect, CreditGross, CreditLine, CreditLines, CreditNote, CreditQuantities,
    CreditRoom, CreditScope, CreditSums, CreditWhole, LineAmount, LineQuantity,
};
pub use dispute::{DisputeEvidence, DisputeOutcome, DisputeState, DisputeStep, allow_step, frozen};
pub use draft::{Collapse, Draft, Frame, Line, Period, Unassembled, assemble};
pub use error::InvoiceError;
pub use lifecycle::{DocumentState, InvoiceCommand, allow, allow_credit};
pub use terms::PaymentTerms;
