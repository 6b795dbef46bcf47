//! Invoices: drafted from charges, frozen, numbered, issued, voided, disputed; never edited.

mod adjustment;
mod creditable;
mod deposit;
mod draft;
mod error;
mod lifecycle;
mod terms;
mod totals;

pub use adjustment::{Adjustment, AdjustmentKind, AdjustmentShare, AdjustmentTerm, adjusted};
pub use creditable::Creditable;
pub use deposit::Deposit;
pub use draft::{Buyer, Collapse, Draft, Frame, Line, Period, Unassembled, assemble};
pub use error::InvoiceError;
pub use lifecycle::{DocumentState, InvoiceCommand, allow};
pub use terms::PaymentTerms;
pub use totals::{
    AmountPolicy, AmountRule, CashStep, Falls, Summed, Totals, Unsummed, cash_round, line_amount, totals,
};
