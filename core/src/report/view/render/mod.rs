//! Documents as render models: for whoever may see all of one, because a part of it would be another document.

mod dispute_reply;
mod owed;
mod receipt;
mod reminder;
mod statement;

use super::viewer::Viewer;
use crate::calendar::{Date, Instant};
use crate::canon::{Digest, FieldClass, shape, union};
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{DocumentState, FrozenParty};
use crate::ledger::Viewpoint;
use crate::render::{RenderModel, RenderSection, RenderStage, notes};
use crate::report::ReportError;
use crate::role::{Capability, Reach};

shape! {
    /// One document by its id.
    pub struct OneDocument {
        /// The id: of an invoice or credit note, of the reservation that a payment was applied under, or of a dispute.
        pub id: Id,
    }
}

shape! {
    /// What happened between two days, and what is owed after it.
    pub struct StatementOf {
        /// Whose: the payer, or a customer below; who looks, or the payer, when left out.
        pub customer: Option<Id>,
        /// The first day; everything from the beginning when left out.
        pub from: Option<Date>,
    }
}

shape! {
    /// What is overdue.
    pub struct ReminderOf {
        /// Whose: the payer, or a customer below; who looks, or the payer, when left out.
        pub customer: Option<Id>,
        /// Only these documents; all that are overdue when empty.
        pub documents: Vec<Id>,
        /// How far reminding has gone; what the items moved in with when left out.
        pub level: Option<u32>,
    }
}

shape! {
    /// Who is asked to agree.
    pub struct Decider {
        /// The person.
        pub person: Id,
        /// Their role.
        pub role: Id,
    }
}

shape! {
    /// The page on which somebody agrees.
    pub struct ConsentOf {
        /// Who is asked; who looks when left out.
        pub decider: Option<Decider>,
        /// What waits: an invoice, credit note, write-off, void or estimate.
        pub subject: Id,
    }
}

union! {
    /// A document that somebody wants to print.
    pub enum DocumentOf {
        /// An invoice.
        Invoice(OneDocument) = "invoice",
        /// A credit note.
        CreditNote(OneDocument) = "credit_note",
        /// What a payment paid.
        Receipt(OneDocument) = "receipt",
        /// What happened, and what is owed.
        Statement(StatementOf) = "statement",
        /// What is overdue.
        Reminder(ReminderOf) = "reminder",
        /// A page of consent.
        Consent(ConsentOf) = "consent",
        /// What became of a dispute.
        DisputeReply(OneDocument) = "dispute_reply",
    }
}

shape! {
    /// Asks for a document as data that a template prints.
    pub struct DocumentAsked {
        /// The day, for what is of a day.
        pub as_of: Date,
        /// Which document.
        pub document: DocumentOf,
        /// As far as was known at this moment; as is known now when left out.
        pub known: Option<Instant>,
        /// The role.
        pub role: Id,
        /// Who looks: a person, or the customer whose documents are looked at.
        pub viewer: Id,
    }
}

shape! {
    /// A document as data that a template prints.
    pub struct Rendered {
        /// The digest of exactly this model: what a delivery or a decision names.
        pub digest: Digest,
        /// The document.
        pub model: RenderModel,
        /// Where an invoice or credit note stood then: nobody should take one that is void for one that is owed.
        pub state: Option<DocumentState>,
    }
}

/// The model of a document with its digest.
///
/// # Errors
/// [`RoleError`](crate::role::RoleError) for a role that may not see all of it; [`ReportError::DocumentUnknown`]
/// for a document that the viewer does not see, that was not drafted by then or that has no model here;
/// [`ReportError::NothingOverdue`] for a reminder of nothing; [`MoneyError`](crate::money::MoneyError) for sums beyond
/// every limit.
pub fn document(viewer: &Viewer<'_>, asked: &DocumentAsked) -> Result<Rendered, Refusal> {
    for capability in needed(&asked.document) {
        viewer.needs(*capability)?;
    }
    viewer.role.needs_class(FieldClass::Public).map_err(|error| Refusal::because(&error))?;
    let at = Viewpoint { date: asked.as_of, known: asked.known };
    let mut state = None;
    let mut model = match &asked.document {
        DocumentOf::Invoice(one) => {
            let seen = viewer.account.invoice(&one.id).is_ok_and(|invoice| viewer.sees_invoice(invoice));
            stood(viewer, &one.id, at, &mut state).filter(|_| seen).ok_or_else(|| unknown(&one.id))?
        }
        DocumentOf::CreditNote(one) => {
            let seen = viewer.account.credit_note(&one.id).is_ok_and(|credit| viewer.sees_credit(credit));
            stood(viewer, &one.id, at, &mut state).filter(|_| seen).ok_or_else(|| unknown(&one.id))?
        }
        DocumentOf::Receipt(one) => receipt::receipt(viewer, &one.id, at)?,
        DocumentOf::Statement(of) => statement::statement(viewer, of, at)?,
        DocumentOf::Reminder(of) => reminder::reminder(viewer, of, at)?,
        DocumentOf::Consent(of) => consent(viewer, of)?,
        DocumentOf::DisputeReply(one) => dispute_reply::dispute_reply(viewer, &one.id, at)?,
    };
    if model.stage == RenderStage::AsOf {
        // What the seller says on all its documents; the others hold it since they were drafted.
        let notes = notes(&viewer.rulebook.policy().issuer().notes);
        model.sections.extend(Some(notes).filter(|section| !section.is_empty()));
    }
    Ok(Rendered { digest: model.digest(), model, state })
}

/// What a role needs to see all of a document.
const fn needed(document: &DocumentOf) -> &'static [Capability] {
    use Capability as C;
    match document {
        DocumentOf::Invoice(_) | DocumentOf::CreditNote(_) => &[C::Documents, C::Totals, C::Money, C::Rates],
        DocumentOf::Receipt(_) | DocumentOf::Statement(_) => &[C::Documents, C::Totals, C::Payments],
        DocumentOf::Reminder(_) => &[C::Documents, C::Totals],
        DocumentOf::Consent(_) => &[C::Documents, C::Totals, C::Approvals],
        DocumentOf::DisputeReply(_) => &[C::Documents, C::Totals, C::Disputes],
    }
}

fn unknown(id: &Id) -> Refusal {
    Refusal::because(&ReportError::DocumentUnknown { got: id.to_string() })
}

/// An invoice or credit note as it stood, and where.
fn stood(
    viewer: &Viewer<'_>,
    id: &Id,
    at: Viewpoint,
    state: &mut Option<DocumentState>,
) -> Option<RenderModel> {
    let (model, stood) = viewer.account.document_model_at(id, at)?;
    *state = Some(stood);
    Some(model)
}

/// The page as its reader sees it; the seller's own people may look at that of another.
fn consent(viewer: &Viewer<'_>, of: &ConsentOf) -> Result<RenderModel, Refusal> {
    let own = (&viewer.role.id, viewer.who);
    let staff = viewer.role.reach == Reach::Account;
    if !staff && !viewer.sees(&of.subject) {
        return Err(unknown(&of.subject));
    }
    let decider = of.decider.as_ref().filter(|_| staff).map(|decider| (&decider.role, &decider.person));
    viewer.account.consent_page(viewer.rulebook, &of.subject, decider.unwrap_or(own))
}

/// Seller and buyer as the rulebook says they are, with the language of the buyer.
fn parties(viewer: &Viewer<'_>, customer: &Id) -> Result<(Vec<RenderSection>, FrozenParty), Refusal> {
    let (seller, buyer) = viewer.rulebook.parties(customer).map_err(|error| Refusal::because(&error))?;
    Ok((crate::render::parties(&seller, &buyer), buyer))
}
