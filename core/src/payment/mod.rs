//! Money in: the cash book of a bank account, and which invoices a receipt pays.
//!
//! All money that is not allocated stands here, and only here. An allocation is reserved in the
//! book, applied in the account, then confirmed in the book; each step is a command under its own
//! id, so a crash in between leaves money reserved and visible, never spent twice. Matching
//! guesses nothing: what is not told by reference, payer and amount together is proposed.

mod action;
mod adjustment;
mod apply;
mod cash_book;
mod close;
mod decide;
mod error;
mod explained;
mod matching;
mod passed;
mod ready;
mod receipt;
mod reference;
mod refund;
mod retention;
mod reversal;
mod settlement;

pub use action::{
    Assigned, BookAction, BookEvent, Confirm, Matched, Matches, PaidOut, PayBack, PayOut, Receive, Received,
    Refund, RefundDeclined, RefundOrder, Refunded, Release, Reserve, Reverse, Reversed, TakenBack, Unapplied,
    Unpayable, Withdraw,
};
pub use adjustment::AdjustmentPolicy;
pub use cash_book::{Application, Booked, CashBook, ReceiptState, ReservationState, ReservationStatus};
pub use decide::BookRules;
pub use error::PaymentError;
pub use matching::{Candidate, MatchPolicy, MatchReceipt, Payers, match_receipts};
pub(crate) use ready::{allocate_id, withdraw_id};
pub use receipt::{MatchDecision, MatchMethod, Meant, Plan, Receipt, Reservation, StatementEntry, Target};
pub use settlement::{Chargeback, Debit, GatewayFee, ProviderRefund, ProviderSettlement, SettledRefund};
