//! The account: a payer with the customers it pays for, as one log.
//!
//! [`Account::decide`] turns a command into one record of computed facts, or refuses it with every
//! finding; it is pure, so it is also the dry run. [`Account::apply`] copies the facts of a record,
//! wholly or not at all, and holds no policy: replaying the log under any later rulebook gives the
//! same account.

mod action;
mod adjust;
mod apply;
mod apply_credit;
mod apply_opening;
mod bill;
mod capture;
mod consent;
mod credit;
mod decide;
mod disputes;
mod error;
mod event;
mod money_back;
mod money_in;
mod opening;
mod reparent;
mod state;
mod subject;
mod write_off;

pub use action::{
    AccountAction, AdmitCustomer, AdvanceDispute, ApplyCredit, Bill, Capture, CloseDispute, Credit,
    DecideApproval, ImportOpening, OpenDispute, OpeningBalance, OpeningCash, OpeningLevel, PaidInvoice,
    Recover, RefundCredit, ReleaseCustomer, SellBlock, Unapply, VoidInvoice, WriteOff,
};
pub use error::AccountError;
pub use event::{
    AccountEvent, Allocated, AllocationDeclined, AllocationUndone, ApprovalDecided, BlockSold, Captured,
    CustomerAdmitted, CustomerReleased, DisputeAdvanced, DisputeClosed, DisputeOpened, Drafted, Issued,
    ItemBalance, NumberRequested, OpeningImported, Recovered, ReservationWithdrawn, Voided, WriteOffProposed,
    WrittenOff,
};
pub use reparent::Transfer;
pub use state::{Account, Applied, Billed, Credited, Dispute, Invoice, Sale, WrittenDown};
