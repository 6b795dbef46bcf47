//! The events of an account that can ask for tasks.

use super::event::{AccountEvent, DisputeClosed, DisputeOpened};
use super::facts::{draft_subject, fact};
use super::state::Account;
use crate::approval::{ApprovalStatus, Asked, Fact, Request, Subject, SubjectKind};
use crate::audit::Stamp;
use crate::canon::{Digest, sha256, to_bytes};
use crate::id::Id;
use crate::invoice::Draft;
use crate::money::{Currency, Minor};
use crate::payment::Reservation;
use crate::rulebook::Rulebook;
use crate::task::{Occasion, TaskCause};

/// Describes events under a rulebook.
struct Describe<'a> {
    account: &'a Account,
    rulebook: &'a Rulebook,
    stamp: &'a Stamp,
}

impl Account {
    /// What an event is an occasion for; nothing where no rule asks about it.
    pub(super) fn occasions(
        &self,
        rulebook: &Rulebook,
        event: &AccountEvent,
        stamp: &Stamp,
    ) -> Vec<Occasion> {
        let describe = Describe { account: self, rulebook, stamp };
        let mut found = Vec::new();
        if let AccountEvent::Drafted(drafted) = event {
            let draft = &drafted.draft;
            if describe.is_wanted(TaskCause::InvoiceDrafted) {
                found.push(describe.invoice(TaskCause::InvoiceDrafted, draft));
            }
            if describe.is_wanted(TaskCause::ApprovalAsked) {
                found.extend(describe.asked(SubjectKind::Invoice, &draft.id, &drafted.approval, Some(draft)));
            }
        } else if let AccountEvent::CreditDrafted(drafted) = event {
            found.extend(describe.asked(
                SubjectKind::CreditNote,
                &drafted.credit.id,
                &drafted.approval,
                None,
            ));
        } else if let AccountEvent::WriteOffProposed(one) = event {
            found.extend(describe.asked(SubjectKind::WriteOff, &one.write_off.id, &one.approval, None));
        } else if let AccountEvent::RefundProposed(one) = event {
            found.extend(describe.asked(SubjectKind::Refund, one.refund.id(), &one.approval, None));
        } else if let AccountEvent::VoidProposed(one) = event {
            found.extend(describe.asked(SubjectKind::Void, &one.voiding.id, &one.approval, None));
        } else if let AccountEvent::EstimateProposed(one) = event {
            found.extend(describe.asked(SubjectKind::Estimate, &one.estimate.estimate, &one.approval, None));
        } else if let AccountEvent::ApprovalEscalated(escalated) = event {
            found.extend(describe.known(TaskCause::ApprovalEscalated, &escalated.subject).map(|mut one| {
                one.approval_rule = Some(escalated.rule.clone());
                one.deciders.clone_from(&escalated.deciders);
                one
            }));
        } else if let AccountEvent::ApprovalDecided(decided) = event {
            let rejected = decided.status == ApprovalStatus::Rejected;
            let one = describe.known(TaskCause::ApprovalRejected, &decided.subject);
            found.extend(one.filter(|_| rejected));
        } else if let AccountEvent::ApprovalExpired(expired) = event {
            found.extend(describe.known(TaskCause::ApprovalExpired, &expired.subject));
        } else if let AccountEvent::ConsentLapsed(lapsed) = event {
            found.extend(describe.known(TaskCause::ConsentLapsed, &lapsed.subject));
        } else {
            found = describe.done(event);
        }
        found
    }
}

impl Describe<'_> {
    /// Whether any rule asks about an event.
    fn is_wanted(&self, cause: TaskCause) -> bool {
        self.rulebook.policy().tasks().iter().any(|rule| rule.on == cause)
    }

    /// What happens to documents and money, once nobody is asked any more.
    fn done(&self, event: &AccountEvent) -> Vec<Occasion> {
        let mut found = Vec::new();
        if let AccountEvent::Issued(issued) = event {
            let invoice = self.account.invoices.get(&issued.invoice);
            found.extend(invoice.filter(|_| self.is_wanted(TaskCause::InvoiceIssued)).map(|one| {
                let document = crate::render::invoice(&one.draft, Some(&issued.item));
                Occasion {
                    digest: Some(document.digest()),
                    ..self.invoice(TaskCause::InvoiceIssued, &one.draft)
                }
            }));
        } else if let AccountEvent::Voided(voided) = event {
            let invoice = self.account.invoices.get(&voided.invoice);
            found.extend(invoice.map(|one| self.invoice(TaskCause::InvoiceVoided, &one.draft)));
        } else if let AccountEvent::CreditIssued(issued) = event {
            let note = self.account.credits.get(&issued.credit).map(|credit| &credit.note);
            found.extend(note.filter(|_| self.is_wanted(TaskCause::CreditNoteIssued)).map(|note| {
                let facts = vec![fact("reason", Some(note.reason.clone()))];
                let digest = Some(
                    crate::render::credit_note(note, self.account.credited_draft(note), Some(&issued.item))
                        .digest(),
                );
                self.plain(
                    TaskCause::CreditNoteIssued,
                    &note.id,
                    digest,
                    (note.currency, note.totals.net),
                    facts,
                )
            }));
        } else if let AccountEvent::Allocated(allocated) = event {
            found.extend(self.payment(TaskCause::PaymentApplied, &allocated.reservation, Vec::new()));
        } else if let AccountEvent::AllocationUndone(undone) = event {
            let reason = vec![fact("reason", Some(undone.reason.clone()))];
            let applied = self.account.applied.get(&undone.reservation);
            found.extend(
                applied.and_then(|applied| {
                    self.payment(TaskCause::PaymentUnapplied, &applied.reservation, reason)
                }),
            );
        } else if let AccountEvent::CreditVoided(voided) = event {
            let note = self.account.credits.get(&voided.credit).map(|credit| &credit.note);
            found.extend(note.map(|note| {
                let amount = (note.currency, note.totals.net);
                self.because(TaskCause::CreditNoteVoided, &note.id, amount, &voided.reason)
            }));
        } else if let AccountEvent::RefundDeclined(declined) = event {
            let order = &declined.order;
            let reason = Id::of_digits(declined.reason.word());
            let amount = (order.currency, order.amount);
            found.push(self.because(TaskCause::RefundDeclined, &order.refund, amount, &reason));
        } else if let AccountEvent::WrittenOff(written) = event {
            let amount = (written.currency, written.amount);
            found.push(self.because(TaskCause::WrittenOff, &written.write_off, amount, &written.reason));
        } else if let AccountEvent::DisputeOpened(opened) = event {
            found.push(self.opened(opened));
        } else if let AccountEvent::DisputeClosed(closed) = event {
            found.push(self.closed(closed));
        }
        found
    }

    /// An occasion about something without lines.
    fn plain(
        &self,
        cause: TaskCause,
        document: &Id,
        digest: Option<Digest>,
        (currency, net): (Currency, Minor),
        facts: Vec<Fact>,
    ) -> Occasion {
        let subject = Subject {
            author: self.stamp.actor.clone(),
            currency,
            digest: digest.unwrap_or(Digest::ZERO),
            earlier: Vec::new(),
            facts,
            id: document.clone(),
            kind: SubjectKind::Invoice,
            lines: Vec::new(),
            month: Minor::ZERO,
            net,
            payer: self.account.payer().clone(),
        };
        let effective = self.stamp.effective;
        let (deciders, tickets) = (Vec::new(), Vec::new());
        Occasion {
            approval_rule: None,
            cause,
            deciders,
            digest,
            document: document.clone(),
            effective,
            subject,
            tickets,
        }
    }

    fn invoice(&self, cause: TaskCause, draft: &Draft) -> Occasion {
        Occasion {
            approval_rule: None,
            cause,
            deciders: Vec::new(),
            digest: Some(draft.digest()),
            document: draft.id.clone(),
            effective: self.stamp.effective,
            subject: draft_subject(self.rulebook, draft, &self.stamp.actor, self.account.payer()),
            tickets: tickets_of(draft),
        }
    }

    /// Something waits for approval; nothing where it has all it needs.
    fn asked(&self, kind: SubjectKind, id: &Id, asked: &Asked, draft: Option<&Draft>) -> Option<Occasion> {
        let request = Request::open(kind, asked.clone()).ok()?;
        if request.status() != ApprovalStatus::Pending {
            return None;
        }
        let mut occasion = self.request(TaskCause::ApprovalAsked, kind, id, asked, draft);
        occasion.deciders = request.open_steps(asked.at);
        Some(occasion)
    }

    fn request(
        &self,
        cause: TaskCause,
        kind: SubjectKind,
        id: &Id,
        asked: &Asked,
        draft: Option<&Draft>,
    ) -> Occasion {
        let mut occasion = match draft {
            Some(draft) => self.invoice(cause, draft),
            None => self.plain(cause, id, Some(asked.digest), (asked.currency, asked.net), Vec::new()),
        };
        occasion.digest = Some(asked.digest);
        occasion.subject.facts.push(fact("subject", Some(Id::of_digits(kind.word()))));
        // Whoever asked, and not whoever let the time pass.
        occasion.subject.author = asked.author.clone();
        occasion
    }

    /// Something becomes of what waited for approval.
    fn known(&self, cause: TaskCause, subject: &Id) -> Option<Occasion> {
        let request = self.account.requests.get(subject)?;
        let draft = self.account.invoices.get(subject).map(|one| one.draft.as_ref());
        Some(self.request(cause, request.kind(), subject, request.asked(), draft))
    }

    /// An amount without lines, with a reason.
    fn because(&self, cause: TaskCause, document: &Id, amount: (Currency, Minor), reason: &Id) -> Occasion {
        self.plain(cause, document, None, amount, vec![fact("reason", Some(reason.clone()))])
    }

    fn payment(&self, cause: TaskCause, reservation: &Reservation, facts: Vec<Fact>) -> Option<Occasion> {
        let currency = reservation.allocations.first()?.currency;
        let cash = reservation.cash().ok()?;
        let digest = sha256(&to_bytes(reservation));
        Some(self.plain(cause, &reservation.id, Some(digest), (currency, cash), facts))
    }

    fn opened(&self, opened: &DisputeOpened) -> Occasion {
        let facts = vec![
            fact("invoice", Some(opened.invoice.clone())),
            fact("reason", Some(opened.reason_code.clone())),
        ];
        let amount = (opened.currency, opened.amount);
        self.plain(TaskCause::DisputeOpened, &opened.dispute, Some(opened.frozen), amount, facts)
    }

    fn closed(&self, closed: &DisputeClosed) -> Occasion {
        let facts = vec![
            fact("invoice", Some(closed.invoice.clone())),
            fact("outcome", Some(Id::of_digits(closed.outcome.word()))),
        ];
        let amount = (closed.currency, closed.accepted);
        self.plain(TaskCause::DisputeClosed, &closed.dispute, None, amount, facts)
    }
}

/// The tickets whose work a draft bills, each once, in the order of its lines.
pub(super) fn tickets_of(draft: &Draft) -> Vec<Id> {
    let lines = draft.lines.iter();
    let billed =
        lines.flat_map(|line| line.charges.iter().map(|charge| &charge.ticket).chain([&line.ticket]));
    let mut tickets: Vec<Id> = Vec::new();
    for ticket in billed.flatten() {
        if !tickets.contains(ticket) {
            tickets.push(ticket.clone());
        }
    }
    tickets
}

/// What an event can ask tasks for: the cause, the document, and the approval rule whose escalation it is about.
pub(super) type AskedFor = (TaskCause, Id, Option<Id>);

/// What an event can ask tasks for, whatever the rules are, in the order of the tasks.
pub(super) fn asked_for(event: &AccountEvent) -> Vec<AskedFor> {
    use AccountEvent as E;
    use TaskCause as C;
    let one = |cause: TaskCause, document: &Id| vec![(cause, document.clone(), None)];
    match event {
        E::Drafted(e) => {
            let id = &e.draft.id;
            vec![(C::InvoiceDrafted, id.clone(), None), (C::ApprovalAsked, id.clone(), None)]
        }
        E::CreditDrafted(e) => one(C::ApprovalAsked, &e.credit.id),
        E::WriteOffProposed(e) => one(C::ApprovalAsked, &e.write_off.id),
        E::RefundProposed(e) => one(C::ApprovalAsked, e.refund.id()),
        E::VoidProposed(e) => one(C::ApprovalAsked, &e.voiding.id),
        E::EstimateProposed(e) => one(C::ApprovalAsked, &e.estimate.estimate),
        E::ApprovalEscalated(e) => vec![(C::ApprovalEscalated, e.subject.clone(), Some(e.rule.clone()))],
        E::ApprovalDecided(e) if e.status == ApprovalStatus::Rejected => one(C::ApprovalRejected, &e.subject),
        E::ApprovalExpired(e) => one(C::ApprovalExpired, &e.subject),
        E::ConsentLapsed(e) => one(C::ConsentLapsed, &e.subject),
        E::CreditVoided(e) => one(C::CreditNoteVoided, &e.credit),
        E::AllocationUndone(e) => one(C::PaymentUnapplied, &e.reservation),
        E::RefundDeclined(e) => one(C::RefundDeclined, &e.order.refund),
        E::WrittenOff(e) => one(C::WrittenOff, &e.write_off),
        E::Issued(e) => one(C::InvoiceIssued, &e.invoice),
        E::Voided(e) => one(C::InvoiceVoided, &e.invoice),
        E::CreditIssued(e) => one(C::CreditNoteIssued, &e.credit),
        E::Allocated(e) => one(C::PaymentApplied, &e.reservation.id),
        E::DisputeOpened(e) => one(C::DisputeOpened, &e.dispute),
        E::DisputeClosed(e) => one(C::DisputeClosed, &e.dispute),
        E::Intent(_)
        | E::OpeningImported(_)
        | E::Captured(_)
        | E::BlockSold(_)
        | E::DepositRequested(_)
        | E::PlanCommitted(_)
        | E::FeeSkipped(_)
        | E::FeeRestored(_)
        | E::MilestoneReached(_)
        | E::ApprovalDecided(_)
        | E::DecisionRefused(_)
        | E::HoldReleased(_)
        | E::EstimateWithdrawn(_)
        | E::NumberRequested(_)
        | E::CreditNumberRequested(_)
        | E::CreditApplied(_)
        | E::CreditRefunded(_)
        | E::Recovered(_)
        | E::DisputeAdvanced(_)
        | E::CustomerReleased(_)
        | E::CustomerAdmitted(_)
        | E::FactRecorded(_)
        | E::PeriodClosed(_)
        | E::ReopenAsked(_)
        | E::PeriodReopened(_)
        | E::AllocationDeclined(_)
        | E::ReservationWithdrawn(_)
        | E::TaskEmitted(_)
        | E::TaskConfirmed(_)
        | E::TaskFailed(_)
        | E::TaskRetried(_)
        | E::AttachmentsRegistered(_)
        | E::LegalHoldPlaced(_)
        | E::LegalHoldLifted(_)
        | E::Purged(_)
        | E::Anonymised(_)
        | E::ErasureRequested(_)
        | E::PurgeRefused(_) => Vec::new(),
    }
}
