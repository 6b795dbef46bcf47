//! Who sent the command of a record, by what the record says.

use super::event::AccountEvent;
use super::state::Account;
use crate::audit::{Record, Sender};
use crate::id::Id;
use crate::payment::{allocate_id, withdraw_id};
use crate::series::issue_id;

impl Account {
    /// Who sends a command that is recorded like this.
    pub(super) fn sender(&self, record: &Record<AccountEvent>) -> Sender {
        let Some(event) = record.events.first() else { return self.of_nothing(&record.command.id) };
        match event {
            AccountEvent::Issued(issued) => Sender::Log(issue_id(self.payer(), &issued.invoice)),
            AccountEvent::CreditIssued(issued) => Sender::Log(issue_id(self.payer(), &issued.credit)),
            AccountEvent::Allocated(allocated) => Sender::Log(allocate_id(&allocated.reservation.id)),
            AccountEvent::AllocationDeclined(declined) => Sender::Log(allocate_id(&declined.reservation)),
            // Somebody took it back, or the bank did.
            AccountEvent::AllocationUndone(undone) => Sender::Either(withdraw_id(&undone.reservation)),
            AccountEvent::ReservationWithdrawn(withdrawn) => Sender::Log(withdraw_id(&withdrawn.reservation)),
            AccountEvent::RefundDeclined(declined) => Sender::Log(declined.ready_id()),
            AccountEvent::Intent(_)
            | AccountEvent::OpeningImported(_)
            | AccountEvent::Captured(_)
            | AccountEvent::BlockSold(_)
            | AccountEvent::DepositRequested(_)
            | AccountEvent::Drafted(_)
            | AccountEvent::PlanCommitted(_)
            | AccountEvent::FeeSkipped(_)
            | AccountEvent::FeeRestored(_)
            | AccountEvent::MilestoneReached(_)
            | AccountEvent::ApprovalDecided(_)
            | AccountEvent::DecisionRefused(_)
            | AccountEvent::ApprovalExpired(_)
            | AccountEvent::ConsentLapsed(_)
            | AccountEvent::HoldReleased(_)
            | AccountEvent::EstimateProposed(_)
            | AccountEvent::EstimateWithdrawn(_)
            | AccountEvent::NumberRequested(_)
            | AccountEvent::VoidProposed(_)
            | AccountEvent::Voided(_)
            | AccountEvent::CreditDrafted(_)
            | AccountEvent::CreditNumberRequested(_)
            | AccountEvent::CreditVoided(_)
            | AccountEvent::CreditApplied(_)
            | AccountEvent::CreditRefunded(_)
            | AccountEvent::RefundProposed(_)
            | AccountEvent::WriteOffProposed(_)
            | AccountEvent::WrittenOff(_)
            | AccountEvent::Recovered(_)
            | AccountEvent::DisputeOpened(_)
            | AccountEvent::DisputeAdvanced(_)
            | AccountEvent::DisputeClosed(_)
            | AccountEvent::CustomerReleased(_)
            | AccountEvent::CustomerAdmitted(_)
            | AccountEvent::FactRecorded(_)
            | AccountEvent::PeriodClosed(_)
            | AccountEvent::ReopenAsked(_)
            | AccountEvent::PeriodReopened(_)
            | AccountEvent::TaskEmitted(_)
            | AccountEvent::TaskConfirmed(_)
            | AccountEvent::TaskFailed(_)
            | AccountEvent::TaskRetried(_)
            | AccountEvent::ApprovalEscalated(_)
            | AccountEvent::AttachmentsRegistered(_)
            | AccountEvent::LegalHoldPlaced(_)
            | AccountEvent::LegalHoldLifted(_)
            | AccountEvent::Purged(_)
            | AccountEvent::Anonymised(_)
            | AccountEvent::ErasureRequested(_)
            | AccountEvent::PurgeRefused(_) => Sender::Person,
        }
    }

    /// Of the ready commands only that of money that was taken back before comes to nothing.
    fn of_nothing(&self, command: &Id) -> Sender {
        let undone = self.applied.iter().filter(|(_, applied)| applied.unapplied.is_some());
        let known = undone.map(|(id, _)| id).chain(self.refused.keys()).map(withdraw_id);
        known.into_iter().find(|id| id == command).map_or(Sender::Person, Sender::Either)
    }
}
