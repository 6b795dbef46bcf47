//! The account: a payer with the customers it pays for, as one log.
//!
//! [`Account::decide`] turns a command into one record of computed facts, or refuses it with every
//! finding; it is pure, so it is also the dry run. [`Account::apply`] copies the facts of a record,
//! wholly or not at all, and holds no policy: replaying the log under any later rulebook gives the
//! same account.

mod action;
mod adjust;
mod apply;
mod bill;
mod capture;
mod close;
mod consent;
mod decide;
mod error;
mod event;
mod money_back;
mod money_in;
mod settle;
mod state;

pub use action::{
    AccountAction, Bill, Capture, CloseDispute, DecideApproval, DisputeOutcome, ImportOpening, OpenDispute,
    OpeningCash, SellBlock, Unapply, VoidInvoice,
};
pub use error::AccountError;
pub use event::{
    AccountEvent, Allocated, AllocationDeclined, AllocationUndone, ApprovalDecided, BlockSold, Captured,
    DisputeClosed, DisputeOpened, Drafted, Issued, ItemBalance, NumberRequested, OpeningImported,
    ReservationWithdrawn, Voided,
};
pub use state::{Account, Applied, Billed, Dispute, Invoice, Sale};
