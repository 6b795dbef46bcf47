//! Invoices: drafted from charges, frozen, numbered, issued, voided, disputed; never edited.

mod collapse;
mod discount;
mod adjustment;
mod adjustments;
mod creditable;
mod deposit;
mod credit;
mod dispute;
mod draft;
mod due;
mod error;
mod follows;
mod frame;
mod grouping;
mod header;
mod instalments;
mod life;
mod lifecycle;
mod one_off;
mod party;
mod reference;
mod summing;
mod terms;
mod totals;

pub use adjustment::{AdjustmentKind, AdjustmentShare, AdjustmentTerm, PriceAdjustment, adjusted};
pub use credit::{
    CreditAmounts, CreditEffect, CreditGross, CreditLine, CreditLines, CreditNote, CreditQuantities,
    CreditRoom, CreditScope, CreditSums, CreditWhole, LineAmount, LineQuantity, share_of,
};
pub use creditable::Creditable;
pub use deposit::Deposit;
pub use discount::{DiscountOffer, DiscountRow, DiscountTax, DiscountTaxShare, EarlyDiscount};
pub use dispute::{
    DisputeClock, DisputeEvidence, DisputeOutcome, DisputeState, DisputeStep, allow_step, frozen,
};
pub use draft::{Collapse, Draft, Line, Period, Portion};
pub use due::{DueRule, MonthDay, NextDay, OnDay};
pub use error::InvoiceError;
pub use frame::{Buyer, Frame, Unassembled, assemble};
pub use grouping::{GroupKey, GroupValue, Subtotal};
pub use header::{CodeName, CustomerName, Header, PaymentMeans, TypeCode, UnitCode, Wording};
pub use instalments::{
    CountsFrom, EqualParts, Instalment, InstalmentStanding, InstalmentTerms, SharedPart, SharedParts,
    Unscheduled, spread,
};
pub use life::{
    Acceptance, CollectionHold, Contact, Delivery, DeliveryStatus, DocumentFact, DocumentLife, HoldEnd,
    HostLabel, HostLabelled, KnownFact, Promise, Remark, Review,
};
pub use lifecycle::{DocumentState, InvoiceCommand, allow, allow_credit};
pub use one_off::OneOffAdjustment;
pub use party::{Address, ContactPoint, FrozenParty, Located, Party, TaxId, check_text};
pub use reference::{ReferenceRule, ReferenceScheme};
pub use summing::{Adjusting, Falls, Summed, Unsummed, totals};
pub use terms::{PaymentSchedule, PaymentTerms};
pub use totals::{AmountPolicy, AmountRule, CashStep, Totals, cash_round, line_amount};
