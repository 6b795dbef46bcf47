use super::documents::document;
use super::viewer::Viewer;
use crate::account::Account;
use crate::canon::{shape, words};
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{
    DisputeState, DisputeStep, DocumentLife, DocumentState, InvoiceCommand, allow, allow_credit, allow_step,
};
use crate::ledger::{MovementKind, OpenItem};
use crate::money::Minor;
use crate::report::ReportError;
use crate::role::Capability;

words! {
    /// What somebody may do with a document now.
    pub enum DocumentAction {
        /// Look at it.
        View = "view",
        /// Approve or reject it.
        Approve = "approve",
        /// Accept it.
        Accept = "accept",
        /// Dispute a part of it.
        Dispute = "dispute",
        /// Promise to pay it.
        Promise = "promise",
        /// Move a dispute of it on.
        AdvanceDispute = "advance_dispute",
        /// End a dispute of it.
        CloseDispute = "close_dispute",
        /// Void it.
        Void = "void",
        /// Credit a part or the whole of it.
        Credit = "credit",
        /// Set unused credit against it.
        ApplyCredit = "apply_credit",
        /// Use it: set it against another document, or pay it out.
        UseCredit = "use_credit",
        /// Write a part of it off.
        WriteOff = "write_off",
        /// Owe again what was written off of it.
        Recover = "recover",
        /// Say how far it came.
        RecordDelivery = "record_delivery",
        /// Hold its collection.
        Hold = "hold",
        /// End its hold.
        EndHold = "end_hold",
        /// Say that somebody spoke with the customer.
        Contact = "contact",
        /// Remark on it, review it or label it.
        Remark = "remark",
    }
}

impl DocumentAction {
    /// Every action.
    pub const ALL: [Self; 18] = [
        Self::View,
        Self::Approve,
        Self::Accept,
        Self::Dispute,
        Self::Promise,
        Self::AdvanceDispute,
        Self::CloseDispute,
        Self::Void,
        Self::Credit,
        Self::ApplyCredit,
        Self::UseCredit,
        Self::WriteOff,
        Self::Recover,
        Self::RecordDelivery,
        Self::Hold,
        Self::EndHold,
        Self::Contact,
        Self::Remark,
    ];

    /// What a role needs for it.
    #[must_use]
    pub const fn needs(self) -> Capability {
        match self {
            Self::View => Capability::Documents,
            Self::Approve => Capability::Approve,
            Self::Accept => Capability::Accept,
            Self::Dispute => Capability::Dispute,
            Self::Promise => Capability::Promise,
            Self::AdvanceDispute | Self::CloseDispute => Capability::Settle,
            Self::Void | Self::Credit | Self::ApplyCredit | Self::UseCredit => Capability::Bill,
            Self::WriteOff | Self::Recover => Capability::WriteOff,
            Self::RecordDelivery => Capability::Deliver,
            Self::Hold | Self::EndHold | Self::Contact => Capability::Collect,
            Self::Remark => Capability::Remark,
        }
    }

    /// What the table of states and commands is asked for it; nothing for looking.
    const fn command(self) -> Option<InvoiceCommand> {
        match self {
            Self::View => None,
            Self::Approve => Some(InvoiceCommand::DecideApproval),
            Self::Dispute => Some(InvoiceCommand::OpenDispute),
            Self::AdvanceDispute => Some(InvoiceCommand::AdvanceDispute),
            Self::CloseDispute => Some(InvoiceCommand::CloseDispute),
            Self::Void => Some(InvoiceCommand::Void),
            Self::Credit => Some(InvoiceCommand::Credit),
            Self::ApplyCredit | Self::UseCredit => Some(InvoiceCommand::ApplyCredit),
            Self::WriteOff => Some(InvoiceCommand::WriteOff),
            Self::Recover => Some(InvoiceCommand::Recover),
            Self::Accept | Self::Promise | Self::RecordDelivery | Self::Hold | Self::EndHold => {
                Some(InvoiceCommand::RecordFact)
            }
            Self::Contact | Self::Remark => Some(InvoiceCommand::Remark),
        }
    }
}

shape! {
    /// What somebody may do with a document now.
    pub struct ActionsView {
        /// What they may do.
        pub actions: Vec<DocumentAction>,
        /// The document.
        pub document: Id,
        /// Where it stands.
        pub state: DocumentState,
    }
}

/// What the viewer may do with a document now.
///
/// # Errors
/// [`ReportError::DocumentUnknown`] for a document that they do not see.
pub fn actions(viewer: &Viewer<'_>, id: &Id) -> Result<ActionsView, Refusal> {
    let unknown = || Refusal::because(&ReportError::DocumentUnknown { got: id.to_string() });
    viewer.needs(Capability::Documents)?;
    let found = document(viewer, id).ok_or_else(unknown)?;
    Ok(ActionsView { actions: found.actions, document: id.clone(), state: found.state })
}

/// A document, as far as what may be done with it goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Acted<'a> {
    pub(super) id: &'a Id,
    pub(super) is_credit: bool,
    pub(super) item: Option<&'a OpenItem>,
    pub(super) life: Option<&'a DocumentLife>,
    pub(super) state: DocumentState,
}

/// What the viewer may do with a document: what their role has, the table of states allows and the facts
/// of the document leave room for.
pub(super) fn allowed(viewer: &Viewer<'_>, acted: Acted<'_>) -> Vec<DocumentAction> {
    let has = |action: &DocumentAction| viewer.may(action.needs());
    let all = DocumentAction::ALL.into_iter().filter(has);
    all.filter(|action| is_in_state(acted, *action) && is_in_fact(viewer, acted, *action)).collect()
}

/// Whether the table that decides allows it.
fn is_in_state(acted: Acted<'_>, action: DocumentAction) -> bool {
    let Some(command) = action.command() else { return true };
    if acted.is_credit {
        // Credit of a credit note is set against others, never the other way round.
        return action != DocumentAction::ApplyCredit && allow_credit(acted.id, acted.state, command).is_ok();
    }
    allow(acted.id, acted.state, command).is_ok()
}

/// Whether the facts of the document leave room for it.
fn is_in_fact(viewer: &Viewer<'_>, acted: Acted<'_>, action: DocumentAction) -> bool {
    let account = viewer.account;
    let open = acted.item.map(OpenItem::open).unwrap_or_default();
    let owes = open.is_positive();
    match action {
        DocumentAction::View | DocumentAction::RecordDelivery => true,
        DocumentAction::Contact | DocumentAction::Remark => true,
        DocumentAction::Approve => {
            let request = account.request(acted.id);
            request.is_ok_and(|request| viewer.decides(acted.id, request).is_some())
        }
        DocumentAction::Accept => !acted.life.is_some_and(DocumentLife::is_accepted),
        DocumentAction::Dispute => acted.item.is_some_and(|item| owes && item.disputed_now() < item.open()),
        DocumentAction::Promise | DocumentAction::ApplyCredit | DocumentAction::WriteOff => owes,
        DocumentAction::AdvanceDispute => {
            live_disputes(account, acted).any(|state| can_advance(acted.id, state))
        }
        DocumentAction::CloseDispute => live_disputes(account, acted).next().is_some(),
        DocumentAction::Void => is_voidable(viewer, acted),
        DocumentAction::Credit => is_creditable(account, acted),
        DocumentAction::UseCredit => open < Minor::ZERO,
        DocumentAction::Recover => is_recoverable(account, acted),
        DocumentAction::Hold => !is_held(acted.life),
        DocumentAction::EndHold => is_held(acted.life),
    }
}

/// Whether it is held, whatever the dates say: what was made known last stands.
fn is_held(life: Option<&DocumentLife>) -> bool {
    let facts = life.map(DocumentLife::facts).unwrap_or_default();
    facts.iter().rev().find_map(|known| known.fact.hold()).flatten().is_some()
}

/// States of the disputes of a document that have not ended; most documents have none.
fn live_disputes<'a>(account: &'a Account, acted: Acted<'a>) -> impl Iterator<Item = DisputeState> + 'a {
    let disputed = acted.item.is_some_and(|item| item.disputed_now().is_positive());
    let own = account.disputes().filter(move |one| disputed && one.opened.invoice == *acted.id);
    own.filter(|one| one.closed.is_none()).map(|one| one.state)
}

fn can_advance(document: &Id, state: DisputeState) -> bool {
    DisputeStep::ALL.into_iter().any(|step| allow_step(document, state, step).is_ok())
}

/// Nothing stands on it that a void would have to take back; what moved in has no document here.
fn is_voidable(viewer: &Viewer<'_>, acted: Acted<'_>) -> bool {
    let account = viewer.account;
    let is_issued = acted.state == DocumentState::Issued;
    acted.is_credit
        || account.invoice(acted.id).is_ok()
            && (!is_issued || account.check_void(acted.id, viewer.as_of, None).is_ok())
}

/// Less is credited than it was for.
fn is_creditable(account: &Account, acted: Acted<'_>) -> bool {
    let notes = account.credits_of(acted.id).map(|credit| credit.note.totals.payable);
    let credited = Minor::sum(notes).unwrap_or_default();
    acted.item.is_some_and(|item| credited < item.terms().total)
}

fn is_recoverable(account: &Account, acted: Acted<'_>) -> bool {
    let movements = acted.item.map(OpenItem::movements).unwrap_or_default();
    let written = movements.iter().any(|movement| movement.kind == MovementKind::WriteOff);
    written
        && account.write_offs().any(|one| {
            one.write_off.item == *acted.id && one.done.is_some() && one.recovered < one.write_off.amount
        })
}
