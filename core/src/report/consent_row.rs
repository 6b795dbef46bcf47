//! Upserts of requests, decisions, estimates and held work.

use super::row::{Row, RowTable};
use super::work_row::source_table;
use crate::account::{AccountEvent, LapsedWork};
use crate::approval::{ApprovalStatus, Asked, Request, SubjectKind};
use crate::id::Id;

/// The row of a request, where anything is asked.
pub(super) fn asked(subject: &Id, kind: SubjectKind, asked: &Asked) -> Option<Row> {
    let status = Request::open(kind, asked.clone()).ok().map(|request| request.status());
    let row = Row::new(RowTable::Approval, subject)
        .set("asked", asked.at)
        .set("author", &asked.author)
        .set("currency", asked.currency)
        .set("digest", asked.digest)
        .set("kind", kind.word())
        .amount("net", asked.net, asked.currency)
        .set("status", status.map_or("pending", |status| status.word()));
    (!asked.needed.is_empty()).then_some(row)
}

fn of_work(work: &[LapsedWork], column: &str) -> Vec<Row> {
    let row = |one: &LapsedWork| Row::new(source_table(one.source), &one.id).set("consent", column);
    work.iter().map(row).collect()
}

/// The row of an invoice or estimate whose request has an answer.
fn document(subject: &Id, kind: SubjectKind, status: ApprovalStatus) -> Option<Row> {
    let state = match status {
        ApprovalStatus::Pending => return None,
        ApprovalStatus::Approved => "approved",
        ApprovalStatus::Rejected | ApprovalStatus::Expired => "rejected",
    };
    let table = match kind {
        SubjectKind::Invoice => RowTable::Invoice,
        SubjectKind::Estimate => RowTable::Estimate,
        SubjectKind::CreditNote => RowTable::CreditNote,
        SubjectKind::WriteOff => RowTable::WriteOff,
        // The invoice stays what it is until it is voided; money that goes back is in no row of its own.
        SubjectKind::Void | SubjectKind::Refund => return None,
    };
    Some(Row::new(table, subject).set("state", state))
}

/// The upserts of what was decided, expired, held or estimated.
pub(super) fn rows(event: &AccountEvent) -> Vec<Row> {
    match event {
        AccountEvent::ApprovalDecided(decided) => {
            let request = Row::new(RowTable::Approval, &decided.subject)
                .set("decided_at", decided.decision.at)
                .set("decided_by", &decided.decision.actor)
                .set("status", decided.status.word());
            core::iter::once(request)
                .chain(document(&decided.subject, decided.subject_kind, decided.status))
                .collect()
        }
        AccountEvent::ApprovalExpired(expired) => {
            let (subject, status) = (&expired.subject, ApprovalStatus::Expired);
            let request = Row::new(RowTable::Approval, subject).set("status", status.word());
            core::iter::once(request).chain(document(subject, expired.subject_kind, status)).collect()
        }
        AccountEvent::ConsentLapsed(lapsed) => of_work(&lapsed.work, lapsed.lapse.word()),
        AccountEvent::HoldReleased(released) => of_work(&released.work, ""),
        AccountEvent::EstimateProposed(proposed) => {
            let estimate = &proposed.estimate;
            let row = Row::new(RowTable::Estimate, &estimate.estimate)
                .amount("cap", estimate.cap, estimate.currency)
                .set("currency", estimate.currency)
                .set("expires", estimate.expires)
                .set("state", "proposed");
            let request = asked(&estimate.estimate, SubjectKind::Estimate, &proposed.approval);
            core::iter::once(row).chain(request).collect()
        }
        AccountEvent::EstimateWithdrawn(withdraw) => {
            vec![Row::new(RowTable::Estimate, &withdraw.estimate).set("state", "withdrawn")]
        }
        AccountEvent::VoidProposed(proposed) => {
            asked(&proposed.voiding.id, SubjectKind::Void, &proposed.approval).into_iter().collect()
        }
        AccountEvent::RefundProposed(proposed) => {
            asked(proposed.refund.id(), SubjectKind::Refund, &proposed.approval).into_iter().collect()
        }
        AccountEvent::OpeningImported(_)
        | AccountEvent::Captured(_)
        | AccountEvent::BlockSold(_)
        | AccountEvent::Drafted(_)
        | AccountEvent::DecisionRefused(_)
        | AccountEvent::DepositRequested(_)
        | AccountEvent::NumberRequested(_)
        | AccountEvent::Issued(_)
        | AccountEvent::Voided(_)
        | AccountEvent::DisputeOpened(_)
        | AccountEvent::DisputeClosed(_)
        | AccountEvent::Allocated(_)
        | AccountEvent::AllocationDeclined(_)
        | AccountEvent::AllocationUndone(_)
        | AccountEvent::ReservationWithdrawn(_)
        | AccountEvent::PlanCommitted(_)
        | AccountEvent::FeeSkipped(_)
        | AccountEvent::FeeRestored(_)
        | AccountEvent::MilestoneReached(_)
        | AccountEvent::CreditDrafted(_)
        | AccountEvent::CreditNumberRequested(_)
        | AccountEvent::CreditIssued(_)
        | AccountEvent::CreditVoided(_)
        | AccountEvent::CreditApplied(_)
        | AccountEvent::CreditRefunded(_)
        | AccountEvent::RefundDeclined(_)
        | AccountEvent::WriteOffProposed(_)
        | AccountEvent::WrittenOff(_)
        | AccountEvent::Recovered(_)
        | AccountEvent::DisputeAdvanced(_)
        | AccountEvent::CustomerReleased(_)
        | AccountEvent::CustomerAdmitted(_)
        | AccountEvent::FactRecorded(_)
        | AccountEvent::PeriodClosed(_)
        | AccountEvent::PeriodReopened(_)
        | AccountEvent::ReopenAsked(_)
        | AccountEvent::TaskEmitted(_)
        | AccountEvent::TaskConfirmed(_)
        | AccountEvent::TaskFailed(_)
        | AccountEvent::TaskRetried(_)
        | AccountEvent::ApprovalEscalated(_)
        | AccountEvent::AttachmentsRegistered(_)
        | AccountEvent::LegalHoldPlaced(_)
        | AccountEvent::LegalHoldLifted(_)
        | AccountEvent::ErasureRequested(_)
        | AccountEvent::Purged(_)
        | AccountEvent::Anonymised(_)
        | AccountEvent::PurgeRefused(_)
        | AccountEvent::Intent(_) => Vec::new(),
    }
}
