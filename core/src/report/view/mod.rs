//! What each role sees of an account, and what it may do: pages of documents, a desk of what waits, a
//! customer's home, receipts of lines, a timeline, overrides.
//!
//! Every answer is written through the lens of its role: a field is shown only where the table of
//! `needs` names it and the role has what it needs, so a field that nobody classed is shown to nobody.
//! Whose things a role reaches is decided before: what it does not reach is never put into an answer.

mod actions;
mod desk;
mod documents;
mod home;
mod log_overrides;
mod needs;
mod overrides;
mod page;
mod receipt;
mod timeline;
mod viewer;
mod work;

pub use actions::{ActionsView, DocumentAction, actions};
pub use desk::{Desk, DeskItem, DeskKind, desk};
pub use documents::{
    Bucket, DocumentKind, View, ViewAsked, ViewBalance, ViewDocument, ViewFilter, ViewLine, view,
};
pub use home::{CustomerHome, HomeAsked, HomePart, customer_home};
pub use log_overrides::{LogOverrides, book_overrides, series_overrides};
pub use needs::{ClassedField, ClassedShape, FieldsView, fields, lens, needs};
pub use overrides::{Duty, HeldDuty, OverrideRow, Overrides, OverridesAsked, overrides};
pub use receipt::{
    LineReceipt, ReceiptApproval, ReceiptAttachment, ReceiptCharge, ReceiptDecision, ReceiptEntry,
    ReceiptTicket, line_receipt,
};
pub use timeline::{Timeline, TimelineAsked, TimelineEntry, timeline};
pub use viewer::{Looking, Viewer};
pub use work::ViewWork;
