//! Reports: what people read of the logs, derived on demand and never stored.

mod approvals;
mod cash_book;
mod closing;
mod consent_row;
mod credit;
mod custody_row;
mod deposit;
mod doubled;
mod error;
mod explain;
mod label;
mod late;
mod log_pack;
mod plans;
mod reconcile;
mod retention;
mod row;
mod settlement;
mod shadow;
mod statement;
mod summary;
mod tasks;
mod unapproved;
mod view;
mod wip;
mod work_row;

pub use approvals::{
    ApprovalExplanation, OpenRequest, RuleExplanation, Worklist, explain_approval, worklist,
};
pub use cash_book::{CashBookView, ReceiptView, ReservationView, SettlementView, cash_book};
pub use closing::{
    ClosedLog, ClosingPack, ClosingSection, JournalLine, LedgerAccount, OpenTask, RollForward, closing,
};
pub use credit::{CreditView, RefundView, WriteOffView};
pub use deposit::{DeductionView, DepositView};
pub(crate) use doubled::doubled_ids;
pub use error::ReportError;
pub use explain::{AdjustmentExplanation, Because, ChargeExplanation, Explanation, Step, explain};
pub use label::{Label, LabelFacts, Labelled, Tone, label};
pub use late::WaitingItem;
pub use log_pack::{Closable, LogPack, PackNumber, check_pack, log_pack};
pub use plans::{PlanView, PlansAsked, PlansView, plans};
pub use reconcile::{
    LooseNumber, LooseReason, Reconciled, Reconciliation, ReservedMoney, ReservedStage, UnderWay, reconcile,
};
pub use retention::{ContentState, ContentView, RetentionView, retention, words_retention};
pub use row::{ROWS_VERSION, Row, RowTable, account_rows, book_rows, publication_rows, series_rows};
pub use settlement::Settlement;
pub use shadow::{
    OldInvoice, OldLine, ShadowCount, ShadowDifference, ShadowField, ShadowLine, ShadowPayer, ShadowRequest,
    ShadowRun, ShadowSums, ShadowTotal, ShadowVerdict, TheirLine, Tolerance, shadow_run,
};
pub use statement::{
    AccountView, ApprovalView, BlockView, DisputeView, EstimateView, InvoiceView, ItemView, LifeView,
    UnbilledView, WithheldView, account, findings,
};
pub use summary::{CurrencySummary, Summary, summary};
pub use tasks::{TaskView, TasksView, tasks};
pub use unapproved::{PaidOrigin, UnapprovedPayment, UnapprovedPayments, unapproved_payments};
pub use view::{
    ActionsView, Bucket, ClassedField, ClassedShape, ConsentOf, CustomerHome, Decider, Desk, DeskItem,
    DeskKind, DocumentAction, DocumentAsked, DocumentKind, DocumentOf, Duty, FieldsView, HeldDuty, HomeAsked,
    HomePart, LineReceipt, LogOverrides, Looking, OneDocument, OverrideRow, Overrides, OverridesAsked,
    ReceiptApproval, ReceiptAttachment, ReceiptCharge, ReceiptDecision, ReceiptEntry, ReceiptTicket,
    ReminderOf, Rendered, StatementOf, Timeline, TimelineAsked, TimelineEntry, View, ViewAsked, ViewBalance,
    ViewDocument, ViewFilter, ViewLine, ViewWork, Viewer, actions, book_overrides, customer_home, desk,
    document, fields, lens, line_receipt, needs, overrides, series_overrides, timeline, view,
};
pub use wip::{AccountWork, WorkSeconds};
