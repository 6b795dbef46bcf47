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
        /// Void it.
        Void = "void",
        /// Allocate money to it.
        Allocate = "allocate",
        /// Dispute a part of it.
        OpenDispute = "open_dispute",
        /// Settle a dispute.
        CloseDispute = "close_dispute",
    }
}

impl DocumentState {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::AwaitingApproval, Self::Rejected, Self::Approved, Self::Issued, Self::Void];
}

impl InvoiceCommand {
    /// Every command.
    pub const ALL: [Self; 6] = [
        Self::DecideApproval,
        Self::Issue,
        Self::Void,
        Self::Allocate,
        Self::OpenDispute,
        Self::CloseDispute,
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
        (S::AwaitingApproval, C::Issue | C::Allocate | C::OpenDispute | C::CloseDispute) => wrong(),
        (S::Rejected, C::Void) => Ok(()),
        (S::Rejected, C::DecideApproval | C::Issue | C::Allocate | C::OpenDispute | C::CloseDispute) => {
            wrong()
        }
        (S::Approved, C::Issue) => Ok(()),
        (S::Approved, C::Void) => pending(),
        (S::Approved, C::DecideApproval | C::Allocate | C::OpenDispute | C::CloseDispute) => wrong(),
        (S::Issued, C::Void | C::Allocate | C::OpenDispute | C::CloseDispute) => Ok(()),
        (S::Issued, C::DecideApproval | C::Issue) => wrong(),
        (S::Void, C::CloseDispute) => Ok(()),
        (S::Void, C::DecideApproval | C::Issue | C::Void | C::Allocate | C::OpenDispute) => wrong(),
    }
}
