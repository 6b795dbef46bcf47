//! Reports: what people read of the logs, derived on demand and never stored.

mod cash_book;
mod credit;
mod error;
mod explain;
mod label;
mod row;
mod statement;
mod summary;

pub use cash_book::{CashBookView, ReceiptView, ReservationView, cash_book};
pub use credit::{CreditView, WriteOffView};
pub use error::ReportError;
pub use explain::{Because, ChargeExplanation, Explanation, Step, explain};
pub use label::{Label, Labelled, Tone, label};
pub use row::{Row, RowTable, account_rows, book_rows, series_rows};
pub use statement::{
    AccountView, ApprovalView, BlockView, DisputeView, InvoiceView, ItemView, UnbilledView, account, findings,
};
pub use summary::{CurrencySummary, Summary, summary};
