//! Invoices: drafted from charges, frozen, numbered, issued, voided, disputed; never edited.

mod collapse;
mod discount;
mod adjustment;
mod creditable;
mod deposit;
mod draft;
mod due;
mod error;
mod grouping;
mod instalments;
mod lifecycle;
mod terms;
mod totals;

pub use adjustment::{Adjustment, AdjustmentKind, AdjustmentShare, AdjustmentTerm, adjusted};
pub use creditable::Creditable;
pub use deposit::Deposit;
pub use discount::{DiscountOffer, DiscountRow, DiscountTax, EarlyDiscount};
pub use draft::{Buyer, Collapse, Draft, Frame, Line, Period, Unassembled, assemble};
pub use due::{DueRule, MonthDay, NextDay, OnDay};
pub use error::InvoiceError;
pub use grouping::{GroupKey, GroupValue, Subtotal};
pub use instalments::{
    CountsFrom, EqualParts, Instalment, InstalmentStanding, InstalmentTerms, SharedPart, SharedParts,
    Unscheduled, spread,
};
pub use lifecycle::{DocumentState, InvoiceCommand, allow};
pub use terms::{PaymentSchedule, PaymentTerms};
pub use totals::{
    AmountPolicy, AmountRule, CashStep, Falls, Summed, Totals, Unsummed, cash_round, line_amount, totals,
};
