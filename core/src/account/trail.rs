//! Which records of an account made and changed a document.

use std::collections::BTreeSet;

use super::event::AccountEvent;
use super::state::Account;
use crate::audit::{LogAddress, LogKind, Matter, Recorded};
use crate::id::Id;
use crate::rating::ChargeSource;
use crate::retention::{About, AboutKind};
use crate::series::Assign;
use crate::task::{TaskConfirmed, TaskFailed, TaskRetried};

/// Is told what an event is about.
type Told<'a> = dyn FnMut(Matter, &Id) + 'a;

/// Records of an account about some documents, and commands of other logs that they rest on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DocumentTrail {
    /// Sequences, ascending.
    pub records: BTreeSet<u64>,
    /// Other logs, each with the command whose record belongs to the documents too.
    pub elsewhere: Vec<(LogAddress, Id)>,
}

impl Account {
    /// Notes what a record, just applied, is about.
    pub(super) fn follow(&mut self, recorded: &Recorded<AccountEvent>) {
        let record = recorded.record();
        // The trail is noted in while the rest of the account is looked at.
        let mut trail = core::mem::take(&mut self.trail);
        for event in &record.events {
            self.matters(event, &mut |matter, id| trail.note(matter, id, record.seq));
        }
        self.trail = trail;
    }

    /// The records that made and changed an invoice, credit note or opening item; `None` for one that no
    /// record is about.
    #[must_use]
    pub fn trail(&self, document: &Id) -> Option<DocumentTrail> {
        let mut found = DocumentTrail::default();
        self.trail.find(Matter::Document, document, &mut found.records);
        if found.records.is_empty() {
            return None;
        }
        let series: Vec<_> = match (self.invoices.get(document), self.credits.get(document)) {
            (Some(invoice), _) => {
                for charge in invoice.draft.lines.iter().flat_map(|line| &line.charges) {
                    self.trail.find(Matter::Work, &charge.entry, &mut found.records);
                    if let (ChargeSource::Entry, Some(ticket)) = (charge.source, &charge.ticket) {
                        self.trail.find(Matter::Ticket, ticket, &mut found.records);
                    }
                }
                for draw in &invoice.draws {
                    self.trail.find(Matter::Document, &draw.estimate, &mut found.records);
                }
                invoice.asked.iter().map(|asked| (asked.series.clone(), asked.date)).collect()
            }
            (None, Some(credit)) => {
                credit.asked.iter().map(|asked| (asked.series.clone(), asked.date)).collect()
            }
            (None, None) => Vec::new(),
        };
        found.elsewhere.extend(series.into_iter().map(|(id, date)| {
            let seller = self.chain.address().seller.clone();
            let ask = Assign { account: self.payer().clone(), date, invoice: document.clone() };
            (LogAddress { id, kind: LogKind::Series, seller }, ask.ready_id())
        }));
        Some(found)
    }

    /// A document, and the one that it takes back or lowers.
    fn document(&self, id: &Id, about: &mut Told<'_>) {
        about(Matter::Document, id);
        if let Some(id) = self.taken_from(id) {
            about(Matter::Document, id);
        }
    }

    /// What an event is about; the account has applied it.
    fn matters(&self, event: &AccountEvent, about: &mut Told<'_>) {
        match event {
            AccountEvent::OpeningImported(opening) => {
                opening.items.iter().for_each(|item| about(Matter::Document, &item.id));
            }
            AccountEvent::Captured(captured) => {
                captured.entries.iter().for_each(|entry| about(Matter::Work, &entry.id));
                captured.tickets.iter().for_each(|ticket| about(Matter::Ticket, &ticket.id));
            }
            AccountEvent::BlockSold(sold) => about(Matter::Work, &sold.sale),
            AccountEvent::Drafted(drafted) => about(Matter::Document, &drafted.draft.id),
            AccountEvent::PlanCommitted(plan) => {
                plan.invoices.iter().for_each(|id| about(Matter::Document, id));
            }
            AccountEvent::ApprovalDecided(decided) => self.document(&decided.subject, about),
            AccountEvent::DecisionRefused(refused) => self.document(&refused.subject, about),
            AccountEvent::ApprovalExpired(expired) => self.document(&expired.subject, about),
            AccountEvent::ConsentLapsed(lapsed) => self.document(&lapsed.subject, about),
            AccountEvent::HoldReleased(released) => self.document(&released.subject, about),
            AccountEvent::EstimateProposed(proposed) => about(Matter::Document, &proposed.estimate.estimate),
            AccountEvent::EstimateWithdrawn(withdrawn) => about(Matter::Document, &withdrawn.estimate),
            AccountEvent::NumberRequested(requested) => about(Matter::Document, &requested.invoice),
            AccountEvent::Issued(issued) => about(Matter::Document, &issued.invoice),
            AccountEvent::Voided(voided) => about(Matter::Document, &voided.invoice),
            AccountEvent::CreditDrafted(drafted) => self.document(&drafted.credit.id, about),
            AccountEvent::CreditNumberRequested(requested) => self.document(&requested.credit, about),
            AccountEvent::CreditIssued(issued) => self.document(&issued.credit, about),
            AccountEvent::CreditVoided(voided) => self.document(&voided.credit, about),
            AccountEvent::CreditApplied(applied) => {
                about(Matter::Document, &applied.from);
                about(Matter::Document, &applied.to);
            }
            AccountEvent::CreditRefunded(refunded) => about(Matter::Document, &refunded.item),
            AccountEvent::RefundProposed(proposed) => self.document(proposed.refund.id(), about),
            AccountEvent::RefundDeclined(declined) => self.document(&declined.order.refund, about),
            AccountEvent::WriteOffProposed(proposed) => self.document(&proposed.write_off.id, about),
            AccountEvent::WrittenOff(written) => self.document(&written.write_off, about),
            AccountEvent::Recovered(recovered) => self.document(&recovered.write_off, about),
            AccountEvent::DisputeOpened(opened) => about(Matter::Document, &opened.invoice),
            AccountEvent::DisputeAdvanced(advanced) => {
                if let Some(dispute) = self.disputes.get(&advanced.dispute) {
                    about(Matter::Document, &dispute.opened.invoice);
                }
            }
            AccountEvent::DisputeClosed(closed) => about(Matter::Document, &closed.invoice),
            AccountEvent::CustomerReleased(released) => {
                released.belongings.items.iter().for_each(|item| about(Matter::Document, &item.id));
            }
            AccountEvent::CustomerAdmitted(admitted) => {
                admitted.items.iter().for_each(|item| about(Matter::Document, &item.id));
            }
            AccountEvent::Allocated(allocated) => {
                allocated.reservation.allocations.iter().for_each(|one| about(Matter::Document, &one.item));
            }
            AccountEvent::AllocationUndone(undone) => {
                let applied = self.applied.get(&undone.reservation);
                let paid = applied.iter().flat_map(|applied| &applied.reservation.allocations);
                paid.for_each(|one| about(Matter::Document, &one.item));
            }
            AccountEvent::FactRecorded(recorded) => about(Matter::Document, &recorded.document),
            AccountEvent::DepositRequested(asked) => about(Matter::Document, &asked.id),
            AccountEvent::VoidProposed(proposed) => about(Matter::Document, &proposed.voiding.invoice),
            AccountEvent::ApprovalEscalated(escalated) => self.document(&escalated.subject, about),
            AccountEvent::TaskEmitted(task) => about(Matter::Document, &task.document),
            AccountEvent::AttachmentsRegistered(registered) => {
                registered.attachments.iter().for_each(|one| self.content(&one.about, about));
            }
            AccountEvent::LegalHoldPlaced(placed) => {
                placed.about.iter().for_each(|of| self.content(of, about));
            }
            AccountEvent::Purged(item) | AccountEvent::Anonymised(item) => self.content(&item.about, about),
            AccountEvent::TaskConfirmed(TaskConfirmed { task, .. })
            | AccountEvent::TaskFailed(TaskFailed { task, .. })
            | AccountEvent::TaskRetried(TaskRetried { task, .. }) => {
                if let Ok(life) = self.task_life(task) {
                    about(Matter::Document, &life.task.document);
                }
            }
            AccountEvent::LegalHoldLifted(_)
            | AccountEvent::ErasureRequested(_)
            | AccountEvent::PurgeRefused(_)
            | AccountEvent::FeeSkipped(_)
            | AccountEvent::FeeRestored(_)
            | AccountEvent::MilestoneReached(_)
            | AccountEvent::AllocationDeclined(_)
            | AccountEvent::ReservationWithdrawn(_)
            | AccountEvent::Intent(_)
            | AccountEvent::PeriodClosed(_)
            | AccountEvent::PeriodReopened(_)
            | AccountEvent::ReopenAsked(_) => {}
        }
    }

    /// What content is kept about.
    fn content(&self, of: &About, about: &mut Told<'_>) {
        match of.kind {
            AboutKind::Approval | AboutKind::Document => self.document(&of.id, about),
            AboutKind::Dispute => {
                if let Some(dispute) = self.disputes.get(&of.id) {
                    about(Matter::Document, &dispute.opened.invoice);
                }
            }
            AboutKind::Entry => about(Matter::Work, &of.id),
            AboutKind::Ticket => about(Matter::Ticket, &of.id),
            AboutKind::Receipt | AboutKind::Record => {}
        }
    }
}
