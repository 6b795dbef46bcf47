use super::action::DecideApproval;
use super::decide::{Events, because, ruling};
use super::event::{AccountEvent, ApprovalDecided};
use super::state::Account;
use crate::approval::{ApprovalStatus, Decision, SubjectKind};
use crate::audit::Stamp;
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{InvoiceCommand, allow, allow_credit};
use crate::rulebook::Rulebook;

impl Account {
    pub(super) fn decide_approval(
        &self,
        rulebook: &Rulebook,
        asked: &DecideApproval,
        stamp: &Stamp,
    ) -> Events {
        let mut request = self.request(&asked.subject).map_err(because)?.clone();
        self.check_decidable(request.kind(), &asked.subject)?;
        let decision = Decision {
            actor: stamp.actor.clone(),
            at: stamp.at,
            digest: asked.digest,
            role: stamp.role.clone(),
            verdict: asked.verdict,
        };
        request.add(decision.clone()).map_err(because)?;
        let decided = ApprovalDecided { decision, subject: asked.subject.clone() };
        let mut events = vec![AccountEvent::ApprovalDecided(decided)];
        if request.status() == ApprovalStatus::Approved {
            events.extend(self.approved(rulebook, request.kind(), &asked.subject, stamp)?);
        }
        ruling(events)
    }

    /// Whether the state of the subject allows a decision.
    pub(super) fn check_decidable(&self, kind: SubjectKind, subject: &Id) -> Result<(), Refusal> {
        match kind {
            SubjectKind::Invoice => {
                let invoice = self.invoice(subject).map_err(because)?;
                allow(subject, invoice.state, InvoiceCommand::DecideApproval).map_err(because)
            }
            SubjectKind::CreditNote => {
                let credit = self.credit_note(subject).map_err(because)?;
                allow_credit(subject, credit.state, InvoiceCommand::DecideApproval).map_err(because)
            }
            // The request itself says whether anything is left to decide.
            SubjectKind::WriteOff | SubjectKind::Estimate => Ok(()),
        }
    }

    /// What follows when a subject has everything it needed.
    fn approved(
        &self,
        rulebook: &Rulebook,
        kind: SubjectKind,
        subject: &Id,
        stamp: &Stamp,
    ) -> Result<Vec<AccountEvent>, Refusal> {
        match kind {
            SubjectKind::Invoice => {
                let invoice = self.invoice(subject).map_err(because)?;
                self.request_number(rulebook, &invoice.draft, stamp).map(Vec::from)
            }
            SubjectKind::CreditNote => {
                let note = &self.credit_note(subject).map_err(because)?.note;
                Ok(Vec::from(self.request_credit_number(note, stamp)))
            }
            SubjectKind::WriteOff => {
                let asked = &self.write_off(subject).map_err(because)?.write_off;
                self.written_off_on(asked, stamp.effective)
                    .map(|written| vec![AccountEvent::WrittenOff(written)])
            }
            SubjectKind::Estimate => Ok(Vec::new()),
        }
    }
}
