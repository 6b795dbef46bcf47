use super::InvoiceError;
use crate::canon::words;
use crate::id::Id;

words! {
    /// Where a document stands. Paid, overdue, sent and the like are derived, never stored.
    pub enum DocumentState {
        /// Drafted; somebody must approve.
        AwaitingApproval = "awaiting_approval",
        /// Somebody said no; only voiding is left.
        Rejected = "rejected",
        /// Approved, or no approval was needed; its number is under way.
        Approved = "approved",
        /// Numbered and sent out; never edited.
        Issued = "issued",
        /// Voided; its work is billable again, its number is kept.
        Void = "void",
    }
}

words! {
    /// What can be asked of an invoice.
    pub enum InvoiceCommand {
        /// Approve or reject.
        DecideApproval = "decide_approval",
        /// Take its number and become a receivable.
        Issue = "issue",
        /// Ask again for its number.
        RequestNumber = "request_number",
        /// Void it.
        Void = "void",
        /// Allocate money to it.
        Allocate = "allocate",
        /// Dispute a part of it.
        OpenDispute = "open_dispute",
        /// Move a dispute on.
        AdvanceDispute = "advance_dispute",
        /// Settle a dispute.
        CloseDispute = "close_dispute",
        /// Credit a part or the whole of it.
        Credit = "credit",
        /// Set unused credit against it.
        ApplyCredit = "apply_credit",
        /// Write a part of it off.
        WriteOff = "write_off",
        /// Owe again what was written off.
        Recover = "recover",
        /// Record its delivery, its acceptance, or a hold.
        RecordFact = "record_fact",
        /// Record a remark, or give it a label.
        Remark = "remark",
    }
}

impl DocumentState {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::AwaitingApproval, Self::Rejected, Self::Approved, Self::Issued, Self::Void];
}

impl InvoiceCommand {
    /// Every command.
    pub const ALL: [Self; 14] = [
        Self::DecideApproval,
        Self::Issue,
        Self::RequestNumber,
        Self::Void,
        Self::Allocate,
        Self::OpenDispute,
        Self::AdvanceDispute,
        Self::CloseDispute,
        Self::Credit,
        Self::ApplyCredit,
        Self::WriteOff,
        Self::Recover,
        Self::RecordFact,
        Self::Remark,
    ];
}

/// The table of every state and command. What it allows may still be refused by the facts: a void
/// by a live allocation, an allocation by what is open.
///
/// # Errors
/// [`InvoiceError::State`], or [`InvoiceError::NumberPending`] while the number is under way.
pub fn allow(invoice: &Id, state: DocumentState, command: InvoiceCommand) -> Result<(), InvoiceError> {
    use DocumentState as S;
    use InvoiceCommand as C;
    let wrong = || {
        Err(InvoiceError::State {
            invoice: invoice.to_string(),
            state: state.word(),
            command: command.word(),
        })
    };
    let pending =
        || Err(InvoiceError::NumberPending { invoice: invoice.to_string(), command: command.word() });
    match (state, command) {
        (S::AwaitingApproval, C::DecideApproval | C::Void) => Ok(()),
        (S::Rejected, C::Void) => Ok(()),
        (S::Rejected, C::DecideApproval) => wrong(),
        (S::Approved, C::Issue | C::RequestNumber) => Ok(()),
        (S::Approved, C::Void) => pending(),
        (S::Approved | S::Issued | S::Void, C::DecideApproval) => wrong(),
        (S::AwaitingApproval | S::Rejected | S::Issued | S::Void, C::Issue | C::RequestNumber) => wrong(),
        (S::Issued, C::Void) => Ok(()),
        (S::Void, C::Void) => wrong(),
        (S::Issued, C::Allocate | C::OpenDispute | C::Credit | C::ApplyCredit | C::WriteOff | C::Recover) => {
            Ok(())
        }
        (
            S::AwaitingApproval | S::Rejected | S::Approved | S::Void,
            C::Allocate | C::OpenDispute | C::Credit | C::ApplyCredit | C::WriteOff | C::Recover,
        ) => wrong(),
        (S::Issued, C::AdvanceDispute | C::CloseDispute) => Ok(()),
        // A void ends every dispute.
        (S::AwaitingApproval | S::Rejected | S::Approved | S::Void, C::AdvanceDispute | C::CloseDispute) => {
            wrong()
        }
        // A void document is on its way too: the customer is told.
        (S::Issued | S::Void, C::RecordFact) => Ok(()),
        (S::AwaitingApproval | S::Rejected | S::Approved, C::RecordFact) => wrong(),
        (S::AwaitingApproval | S::Rejected | S::Approved | S::Issued | S::Void, C::Remark) => Ok(()),
    }
}

/// The same table for credit notes: once issued, one is used and never voided.
///
/// # Errors
/// [`InvoiceError::State`], or [`InvoiceError::NumberPending`] while the number is under way.
pub fn allow_credit(credit: &Id, state: DocumentState, command: InvoiceCommand) -> Result<(), InvoiceError> {
    use DocumentState as S;
    use InvoiceCommand as C;
    let wrong = || {
        Err(InvoiceError::State { invoice: credit.to_string(), state: state.word(), command: command.word() })
    };
    match (state, command) {
        (
            S::AwaitingApproval | S::Rejected | S::Approved | S::Void,
            C::DecideApproval | C::Issue | C::RequestNumber | C::Void,
        )
        | (_, C::RecordFact | C::Remark) => allow(credit, state, command),
        (S::Issued, C::ApplyCredit) => Ok(()),
        (S::Issued, C::DecideApproval | C::Issue | C::RequestNumber | C::Void) => wrong(),
        (S::AwaitingApproval | S::Rejected | S::Approved | S::Void, C::ApplyCredit) => wrong(),
        (
            S::AwaitingApproval | S::Rejected | S::Approved | S::Issued | S::Void,
            C::Allocate
            | C::OpenDispute
            | C::AdvanceDispute
            | C::CloseDispute
            | C::Credit
            | C::WriteOff
            | C::Recover,
        ) => wrong(),
    }
}
