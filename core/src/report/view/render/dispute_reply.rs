use super::{parties, unknown};
use crate::account::{Account, Dispute};
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{CodeName, DisputeOutcome, DisputeState};
use crate::ledger::{OpenItem, Viewpoint};
use crate::money::Minor;
use crate::render::{
    RenderCell, RenderKey as K, RenderKind, RenderModel, RenderRow, RenderSection, RenderStage,
    RenderValue as V, VERSION, called,
};
use crate::report::view::viewer::Viewer;

/// The model of the answer to a dispute: what was disputed, what was decided, and what remains due.
pub(super) fn dispute_reply(viewer: &Viewer<'_>, id: &Id, at: Viewpoint) -> Result<RenderModel, Refusal> {
    let account = viewer.account;
    let dispute = account.dispute(id).filter(|dispute| viewer.sees(&dispute.opened.invoice));
    let dispute = dispute.filter(|dispute| dispute.opened.effective <= at.date).ok_or_else(|| unknown(id))?;
    let item = account.ledger().item(&dispute.opened.invoice).map_err(|_| unknown(id))?;
    let (mut sections, buyer) = parties(viewer, account.payer())?;
    sections.push(opened(viewer.rulebook.policy().names(), dispute, item));
    sections.push(lines(account, dispute));
    sections.push(decision(account, dispute, at));
    sections.push(remains(dispute, item, at));
    sections.retain(|section| !section.is_empty());
    Ok(RenderModel {
        document: id.clone(),
        kind: RenderKind::DisputeReply,
        language: buyer.language,
        sections,
        stage: RenderStage::AsOf,
        title: K::DisputeReply,
        version: VERSION,
    })
}

fn opened(names: &[CodeName], dispute: &Dispute, item: &OpenItem) -> RenderSection {
    let opened = &dispute.opened;
    RenderSection::new(K::References)
        .with(K::DisputeNumber, V::code(&opened.dispute))
        .with(K::DisputedOn, V::date(opened.effective))
        .with(K::InvoiceNumber, V::code(&item.terms().number))
        .with(K::InvoiceDate, V::date(item.terms().issued))
        .with(K::DisputeReason, called(names, &opened.reason_code))
        .strong(K::DisputedAmount, V::amount(opened.amount, opened.currency))
}

/// The lines that the dispute names.
fn lines(account: &Account, dispute: &Dispute) -> RenderSection {
    let named = dispute.opened.lines.iter().filter_map(|line| account.line(line));
    let row = |(invoice, line): (&crate::account::Invoice, &crate::invoice::Line)| {
        let net = V::amount(line.net, invoice.draft.currency);
        RenderRow::line(vec![
            V::text(&line.description).into(),
            line.ticket.as_ref().map(V::code).into(),
            net.into(),
        ])
    };
    RenderSection::table(
        K::DisputedLines,
        vec![K::Description, K::Ticket, K::LineNet],
        named.map(row).collect(),
    )
}

fn decision(account: &Account, dispute: &Dispute, at: Viewpoint) -> RenderSection {
    let section = RenderSection::new(K::Decision);
    let opened = &dispute.opened;
    let Some(closed) = dispute.closed.as_ref().filter(|closed| closed.effective <= at.date) else {
        let state = match dispute.state {
            DisputeState::Opened => K::DisputeOpened,
            DisputeState::Acknowledged => K::DisputeAcknowledged,
            DisputeState::Investigating => K::DisputeInvestigating,
            DisputeState::Escalated => K::DisputeEscalated,
            // It had not ended by that day.
            DisputeState::Closed => K::DisputeInvestigating,
        };
        return section.strong(K::Outcome, V::word(state));
    };
    let outcome = match closed.outcome {
        DisputeOutcome::Accepted => K::OutcomeAccepted,
        DisputeOutcome::AcceptedInPart => K::OutcomeAcceptedInPart,
        DisputeOutcome::Rejected => K::OutcomeRejected,
        DisputeOutcome::Withdrawn => K::OutcomeWithdrawn,
    };
    let rejected = opened.amount.minus(closed.accepted).unwrap_or_default();
    let credit = closed.remedy.as_ref().and_then(|remedy| account.credit_note(remedy).ok());
    let number = credit.and_then(|credit| credit.number.as_ref());
    let written = closed.remedy.as_ref().filter(|_| credit.is_none());
    section
        .strong(K::Outcome, V::word(outcome))
        .with(K::DecidedOn, V::date(closed.effective))
        .with(K::AcceptedAmount, V::amount(closed.accepted, closed.currency))
        .with(K::RejectedAmount, (!rejected.is_zero()).then(|| V::amount(rejected, closed.currency)))
        .with(K::CreditNoteNumber, number.map(V::code))
        .with(K::WriteOff, written.map(V::code))
}

fn remains(dispute: &Dispute, item: &OpenItem, at: Viewpoint) -> RenderSection {
    let (terms, open, disputed) = (item.terms(), item.open_at(at), item.disputed_at(at));
    let amount = |minor: Minor| V::amount(minor, dispute.opened.currency);
    RenderSection::new(K::Remaining)
        .with(K::AsOf, V::date(at.date))
        .with(K::DocumentTotal, amount(terms.total))
        .with(K::DisputedStill, (!disputed.is_zero()).then(|| amount(disputed)))
        .strong(K::RemainingDue, amount(open))
        .with(K::DueDate, open.is_positive().then(|| V::date(item.due_at(at))))
        .with(
            K::PaymentReference,
            terms.payment_reference.as_ref().map_or(RenderCell::EMPTY, |own| V::code(own).into()),
        )
}
