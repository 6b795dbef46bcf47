//! In which order a record says things: behind an event the tasks that it asks for, then the ready commands that
//! tell other logs, then what else follows from it. What follows is worked out again; no more is said, and no less.

use super::apply::{Change, Done, mismatch};
use super::decide::{because, refuse};
use super::event::{AccountEvent, DecisionRefused};
use super::occasions::{asked_for, tickets_of};
use crate::approval::ApprovalStatus;
use crate::audit::{AuditError, Intent};
use crate::canon::{Digest, sha256, to_bytes};
use crate::finding::Refusal;
use crate::id::Id;
use crate::task::{Audience, Task, TaskCause};

/// What the record must say next.
pub(super) enum Next {
    /// Exactly this, which follows from something.
    Event(Id, Box<AccountEvent>),
    /// The draft of a down payment, which is checked where it is applied.
    Draft(Id),
    /// That a number was asked for, which is checked where it is applied.
    Number(Id),
    /// That a customer goes on who came only for that; which is checked where it is applied.
    Release(Id),
}

impl Next {
    fn is(&self, event: &AccountEvent) -> bool {
        match self {
            Self::Event(_, next) => **next == *event,
            Self::Draft(id) => matches!(event, AccountEvent::Drafted(drafted) if drafted.draft.id == *id),
            Self::Release(id) => {
                matches!(event, AccountEvent::CustomerReleased(released) if released.customer == *id)
            }
            Self::Number(id) => {
                let invoice = matches!(event, AccountEvent::NumberRequested(asked) if asked.invoice == *id);
                invoice || matches!(event, AccountEvent::CreditNumberRequested(asked) if asked.credit == *id)
            }
        }
    }

    /// The record says something else, or nothing more.
    fn left_out(&self) -> Done {
        let (what, of) = match self {
            Self::Event(of, next) => (next.kind(), of),
            Self::Draft(of) => ("drafted", of),
            Self::Number(of) => ("number_requested", of),
            Self::Release(of) => ("customer_released", of),
        };
        mismatch(what, of, "follows and is left out or said otherwise")
    }
}

/// Why an event is refused that another command would have caused.
const SECOND: &str = "does not follow from what its command did";

/// What one command does beside something else that it does: several things of a kind, or the second of two.
fn is_batch(before: &str, kind: &str) -> bool {
    match before {
        "drafted" => matches!(kind, "drafted" | "plan_committed"),
        "approval_decided" | "decision_refused" => matches!(kind, "approval_decided" | "decision_refused"),
        "erasure_requested" | "purged" | "anonymised" | "purge_refused" => {
            matches!(kind, "purged" | "anonymised" | "purge_refused")
        }
        "fee_skipped" => kind == "fee_skipped",
        "milestone_reached" => kind == "block_sold",
        _ => false,
    }
}

impl Change<'_> {
    /// A ready command follows from an event: the record states it next.
    pub(super) fn tell(&mut self, intent: Intent) {
        self.told.push_back(intent);
    }

    /// Events follow from something: the record states them next. Ready commands follow from these.
    pub(super) fn follow(&mut self, of: &Id, events: Vec<AccountEvent>) {
        let events = events.into_iter().filter(|event| event.intent().is_none());
        self.next.extend(events.map(|event| Next::Event(of.clone(), Box::new(event))));
    }

    /// A document that lacks no approval asks for its number at once.
    pub(super) fn number_next(&mut self, document: &Id) -> Done {
        if self.is_approved(document)? {
            self.next.push_back(Next::Number(document.clone()));
        }
        Ok(())
    }

    /// Whether a subject has all approvals that it needs.
    pub(super) fn is_approved(&self, subject: &Id) -> Result<bool, Refusal> {
        let request = self.account.request(subject).map_err(because)?;
        Ok(request.status() == ApprovalStatus::Approved)
    }

    /// A ready command is what follows from the event before it, to the last byte.
    pub(super) fn said(&mut self, intent: &Intent) -> Done {
        match self.told.pop_front() {
            Some(told) if told == *intent => Ok(()),
            _ => mismatch("intent", &intent.id, "does not follow from the event before it"),
        }
    }

    /// Whether an event may stand here.
    pub(super) fn in_order(&mut self, event: &AccountEvent) -> Done {
        if let AccountEvent::Intent(_) = event {
            self.asking.clear();
            return Ok(());
        }
        if let AccountEvent::TaskEmitted(task) = event {
            return self.task_in_order(event, task);
        }
        self.all_told()?;
        self.asking = asked_for(event);
        match self.next.pop_front() {
            Some(next) if next.is(event) => Ok(()),
            Some(next) => next.left_out(),
            None => self.same_command(event.kind()),
        }
    }

    /// A record is one command, which does one thing: what does not follow from it belongs to the same batch.
    fn same_command(&mut self, kind: &'static str) -> Done {
        match self.done.replace(kind) {
            Some(before) if !is_batch(before, kind) => {
                refuse(&AuditError::StateMismatch { what: "event", id: kind.to_owned(), reason: SECOND })
            }
            _ => Ok(()),
        }
    }

    /// Nothing that follows is left out at the end.
    pub(super) fn all_said(&self) -> Done {
        self.all_told()?;
        self.next.front().map_or(Ok(()), Next::left_out)
    }

    fn all_told(&self) -> Done {
        self.told.front().map_or(Ok(()), |told| mismatch("intent", &told.id, "is left out"))
    }

    /// A task stands behind the event that asks for it and before the ready commands; of several causes in their
    /// order. Which rules ask, and in which order, the rulebook says.
    fn task_in_order(&mut self, event: &AccountEvent, task: &Task) -> Done {
        if let Some(Next::Event(_, expected)) = self.next.front()
            && let AccountEvent::TaskEmitted(_) = **expected
        {
            return self
                .next
                .pop_front()
                .map_or(Ok(()), |next| if next.is(event) { Ok(()) } else { next.left_out() });
        }
        let own = (task.cause, task.document.clone(), task.approval_rule.clone());
        let place = self.asking.iter().position(|asking| *asking == own);
        let Some(place) = place.filter(|_| self.is_asked_for(task)) else {
            return mismatch("task", &task.id, "does not follow from the event before it");
        };
        self.asking.drain(..place);
        self.for_each_ticket(task)
    }

    /// Nothing became of a decision; the record is there so that the answer stays the same, in its place.
    pub(super) fn decision_refused(&mut self, refused: &DecisionRefused) -> Done {
        if refused.place != self.decisions {
            return mismatch("decision", &refused.subject, "was refused in another place");
        }
        self.decisions = self.decisions.saturating_add(1);
        Ok(())
    }

    /// Whether a task says of its document what the account knows. How an issued document is printed is believed,
    /// because a later version may print in another way.
    fn is_asked_for(&self, task: &Task) -> bool {
        let (account, document) = (&*self.account, &task.document);
        let request = account.requests.get(document);
        let asked = request.map(|request| request.asked().digest);
        let known: Option<Digest> = match task.cause {
            TaskCause::InvoiceDrafted
            | TaskCause::InvoiceVoided
            | TaskCause::ApprovalAsked
            | TaskCause::ApprovalEscalated
            | TaskCause::ApprovalRejected
            | TaskCause::ApprovalExpired
            | TaskCause::ConsentLapsed => asked,
            TaskCause::InvoiceIssued | TaskCause::CreditNoteIssued => task.digest,
            TaskCause::PaymentApplied | TaskCause::PaymentUnapplied => {
                let applied = account.applied.get(document);
                applied.map(|applied| sha256(&to_bytes(applied.reservation.as_ref())))
            }
            TaskCause::DisputeOpened => account.disputes.get(document).map(|dispute| dispute.opened.frozen),
            TaskCause::DisputeClosed
            | TaskCause::CreditNoteVoided
            | TaskCause::RefundDeclined
            | TaskCause::WrittenOff
            | TaskCause::ContentErased => None,
        };
        let deciders = match (task.cause, request) {
            (TaskCause::ApprovalAsked | TaskCause::ApprovalEscalated, Some(request)) => {
                if request.status() != ApprovalStatus::Pending {
                    return false;
                }
                let mut open = request.open_steps(self.stamp.at);
                if task.cause == TaskCause::ApprovalEscalated {
                    open.retain(|step| Some(&step.rule) == task.approval_rule.as_ref());
                }
                open
            }
            _ => Vec::new(),
        };
        let for_ticket = matches!(task.audience, Audience::Ticket(_));
        known == task.digest && deciders == task.deciders && for_ticket == task.ticket.is_some()
    }

    /// A rule that asks something of each ticket asks it of all of them, in the order of the document.
    fn for_each_ticket(&mut self, task: &Task) -> Done {
        if task.ticket.is_none() {
            return Ok(());
        }
        let Task { cause, document, rule, .. } = task;
        let account = &self.account;
        let tickets = account.invoices.get(document).map(|invoice| tickets_of(&invoice.draft));
        let of_ticket = |ticket: Id| Task {
            id: Task::id_of(account.payer(), *cause, document, rule, [Some(&ticket), None]),
            ticket: Some(ticket),
            ..task.clone()
        };
        let new = |task: &Task| !account.custody.tasks.contains_key(&task.id);
        let mut all = tickets.into_iter().flatten().map(of_ticket).filter(new);
        if all.next().as_ref() != Some(task) {
            return mismatch("task", &task.id, "is not for the next ticket of its document");
        }
        let rest: Vec<Task> = all.collect();
        for task in rest.into_iter().rev() {
            let of = task.document.clone();
            self.next.push_front(Next::Event(of, Box::new(AccountEvent::TaskEmitted(Box::new(task)))));
        }
        Ok(())
    }
}
