//! Tasks for the outside world: asked for by events, carried out by the host, confirmed or failed by command.

use super::apply::{Change, Done, mismatch};
use super::decide::{Events, because, refuse, ruling};
use super::event::{AccountEvent, FactRecorded};
use super::state::Account;
use crate::approval::{ApprovalError, ApprovalStatus, OpenStep, Request, SubjectKind};
use crate::audit::{Ruling, Stamp};
use crate::calendar::{Date, Instant, Viewpoint};
use crate::canon::{Digest, shape};
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{Delivery, DeliveryStatus, DocumentFact, DocumentState, KnownFact};
use crate::retention::{ContentKind, RetentionAction};
use crate::rulebook::Rulebook;
use crate::task::{
    Audience, ConfirmTask, FailTask, Occasion, RetryTask, Storage, Task, TaskAction, TaskCause,
    TaskConfirmed, TaskError, TaskFailed, TaskLife, TaskRetried, TaskRule, TaskStatus, TaskStep,
};

shape! {
    /// Records that a request nobody decided has reached those who may decide now, too: under each rule whose escalation has
    /// begun since this was recorded last.
    pub struct EscalateApproval {
        /// What waits.
        pub subject: Id,
    }
}

shape! {
    /// Nobody decided for a while under a rule, and others may too.
    pub struct ApprovalEscalated {
        /// When it was recorded.
        pub at: Instant,
        /// Who may decide under the rule now.
        pub deciders: Vec<OpenStep>,
        /// The rule whose escalation began.
        pub rule: Id,
        /// What waits.
        pub subject: Id,
        /// What kind of thing that is.
        pub subject_kind: SubjectKind,
    }
}

/// The tasks that rules ask for. Somebody is told of every dispute, whether or not a rule says whom.
fn asked_by(occasion: &Occasion, rules: &[TaskRule]) -> Vec<Task> {
    let tasks = occasion.tasks(rules);
    if tasks.is_empty() && occasion.cause == TaskCause::DisputeOpened {
        return occasion.tasks(&[TaskRule::dispute_opened()]);
    }
    tasks
}

impl Account {
    /// The ruling with the tasks that its events ask for, each behind its event; one that was asked for before is
    /// not asked for again.
    pub(super) fn with_tasks(
        &self,
        rulebook: &Rulebook,
        ruling: Ruling<AccountEvent>,
        stamp: &Stamp,
    ) -> Ruling<AccountEvent> {
        let rules = rulebook.policy().tasks();
        let asks = |event: &AccountEvent| {
            let opened = matches!(event, AccountEvent::DisputeOpened(_));
            opened || matches!(event, AccountEvent::Purged(_) | AccountEvent::Anonymised(_))
        };
        if rules.is_empty() && !ruling.events.iter().any(asks) {
            return ruling;
        }
        let events = self.asking(ruling.events, |event| {
            let mut tasks = self.erasure(event, stamp);
            if !rules.is_empty() || asks(event) {
                let occasions = self.occasions(rulebook, event, stamp);
                tasks.extend(occasions.iter().flat_map(|occasion| asked_by(occasion, rules)));
            }
            tasks
        });
        Ruling { events, findings: ruling.findings }
    }

    /// Events with what they tell the host to erase. Rules of a policy ask for nothing where something is erased.
    pub(super) fn with_erasures(&self, events: Vec<AccountEvent>, stamp: &Stamp) -> Vec<AccountEvent> {
        self.asking(events, |event| self.erasure(event, stamp))
    }

    /// Events, each with the tasks that it asks for and nobody asked for before.
    fn asking(
        &self,
        events: Vec<AccountEvent>,
        tasks: impl Fn(&AccountEvent) -> Vec<Task>,
    ) -> Vec<AccountEvent> {
        let mut emitted = std::collections::BTreeSet::new();
        let mut all = Vec::with_capacity(events.len());
        for event in events {
            let tasks = tasks(&event);
            all.push(event);
            for task in tasks {
                if !self.custody.tasks.contains_key(&task.id) && emitted.insert(task.id.clone()) {
                    all.push(AccountEvent::TaskEmitted(Box::new(task)));
                }
            }
        }
        all
    }

    /// The host is told to erase what was decided to be erased; the purge itself is the rule. The name of an
    /// attachment stands beside a record, so it is a task of its own.
    fn erasure(&self, event: &AccountEvent, stamp: &Stamp) -> Vec<Task> {
        let (AccountEvent::Purged(item) | AccountEvent::Anonymised(item)) = event else { return Vec::new() };
        let cause = TaskCause::ContentErased;
        let task = |action: RetentionAction, document: Id, digest: Option<Digest>| Task {
            action: if action == RetentionAction::Anonymise {
                TaskAction::Anonymise
            } else {
                TaskAction::Purge
            },
            approval_rule: None,
            audience: Audience::Storage(Storage {}),
            because: Vec::new(),
            cause,
            channel: Id::of_digits("storage"),
            deciders: Vec::new(),
            digest,
            effective: stamp.effective,
            id: Task::id_of(self.payer(), cause, &document, &item.rule.class, [None, None]),
            document,
            rule: item.rule.class.clone(),
            template: None,
            ticket: None,
        };
        let words = |commitment: Digest| {
            task(RetentionAction::Purge, Id::of_digits(&commitment.to_string()), Some(commitment))
        };
        match item.content {
            ContentKind::Attachment => {
                let file = task(item.action, item.id.clone(), item.hash);
                core::iter::once(file).chain(item.name.map(words)).collect()
            }
            ContentKind::Text => {
                let text = self.custody.texts.get(&item.id);
                text.map(|text| words(text.commitment)).into_iter().collect()
            }
        }
    }

    pub(super) fn task_life(&self, id: &Id) -> Result<&TaskLife, TaskError> {
        self.custody.tasks.get(id).ok_or_else(|| TaskError::Unknown { got: id.to_string() })
    }

    /// A task with its steps; `None` for one that was never asked for.
    #[must_use]
    pub fn task(&self, id: &Id) -> Option<&TaskLife> {
        self.custody.tasks.get(id)
    }

    /// Every task, by id.
    pub fn tasks(&self) -> impl Iterator<Item = &TaskLife> {
        self.custody.tasks.values()
    }

    /// Where a task stands, as far as the steps before the end of a day say; now when no day is given.
    #[must_use]
    pub fn task_status(&self, task: &Task, last: Option<&TaskStep>, as_of: Option<Viewpoint>) -> TaskStatus {
        let waits = match last {
            Some(TaskStep::Confirmed(_)) => return TaskStatus::Confirmed,
            Some(TaskStep::Failed(_)) => TaskStatus::Failed,
            Some(TaskStep::Retried(_)) | None => TaskStatus::Pending,
        };
        if self.is_obsolete(task, as_of) { TaskStatus::Obsolete } else { waits }
    }

    /// Whether what a task is about was voided, decided or sent otherwise, so that nobody should do it any more.
    fn is_obsolete(&self, task: &Task, as_of: Option<Viewpoint>) -> bool {
        let document = &task.document;
        let state = match (self.invoices.get(document), self.credits.get(document), as_of) {
            (Some(invoice), _, None) => Some(invoice.state),
            (Some(invoice), _, Some(at)) => invoice.state_at(at),
            (None, Some(credit), None) => Some(credit.state),
            (None, Some(credit), Some(at)) => credit.state_at(at),
            (None, None, _) => None,
        };
        if task.action == TaskAction::Send && self.left_by(document, &task.channel, as_of) {
            return true;
        }
        match task.cause {
            TaskCause::InvoiceDrafted | TaskCause::InvoiceIssued | TaskCause::CreditNoteIssued => {
                state == Some(DocumentState::Void)
            }
            TaskCause::ApprovalAsked | TaskCause::ApprovalEscalated => {
                let status = self.requests.get(document).and_then(|request| match as_of {
                    Some(at) => request.at(at).map(|then| then.status()),
                    None => Some(request.status()),
                });
                state == Some(DocumentState::Void) || status != Some(ApprovalStatus::Pending)
            }
            TaskCause::PaymentApplied => {
                let taken_back = self.applied.get(document).and_then(|applied| applied.unapplied);
                taken_back.is_some_and(|moment| as_of.is_none_or(|at| at.sees(moment)))
            }
            TaskCause::InvoiceVoided
            | TaskCause::ApprovalRejected
            | TaskCause::ApprovalExpired
            | TaskCause::ConsentLapsed
            | TaskCause::CreditNoteVoided
            | TaskCause::PaymentUnapplied
            | TaskCause::RefundDeclined
            | TaskCause::WrittenOff
            | TaskCause::DisputeOpened
            | TaskCause::DisputeClosed
            | TaskCause::ContentErased => false,
        }
    }

    /// Whether a document is known to have left by a channel, and not to have come back.
    fn left_by(&self, document: &Id, channel: &Id, as_of: Option<Viewpoint>) -> bool {
        let facts = self.life(document).map(|life| life.facts()).unwrap_or_default();
        let known = facts.iter().rev().filter(|known| as_of.is_none_or(|at| at.sees(known.moment())));
        let mut steps = known.filter_map(|known| match &known.fact {
            DocumentFact::Delivery(delivery) if delivery.channel == *channel => Some(delivery.status),
            DocumentFact::Delivery(_)
            | DocumentFact::Accepted(_)
            | DocumentFact::Held(_)
            | DocumentFact::HoldEnded(_)
            | DocumentFact::Reviewed(_)
            | DocumentFact::Contacted(_)
            | DocumentFact::Promised(_)
            | DocumentFact::Remarked(_)
            | DocumentFact::Labelled(_) => None,
        });
        matches!(
            steps.next(),
            Some(DeliveryStatus::Sent | DeliveryStatus::Delivered | DeliveryStatus::Viewed)
        )
    }

    /// The host did it. Where that was sending a document, the document is known to have left.
    pub(super) fn confirm_task(&self, confirm: &ConfirmTask, stamp: &Stamp) -> Events {
        let life = self.task_life(&confirm.task).map_err(because)?;
        if !life.confirm(confirm.reference.as_ref()).map_err(because)? {
            return ruling(Vec::new());
        }
        let mut events = vec![AccountEvent::TaskConfirmed(TaskConfirmed {
            by: stamp.actor.clone(),
            effective: stamp.effective,
            reference: confirm.reference.clone(),
            task: confirm.task.clone(),
        })];
        events.extend(self.sent(&life.task, stamp).map(AccountEvent::FactRecorded));
        ruling(events)
    }

    /// That a document was sent, where its state allows to say so.
    fn sent(&self, task: &Task, stamp: &Stamp) -> Option<FactRecorded> {
        if task.action != TaskAction::Send {
            return None;
        }
        let delivery =
            Delivery { channel: task.channel.clone(), document: task.digest, status: DeliveryStatus::Sent };
        let fact = DocumentFact::Delivery(delivery);
        let state = self.check_fact(&task.document, &fact).ok()?;
        let (at, by, effective) = (stamp.at, stamp.actor.clone(), stamp.effective);
        let known = KnownFact { at, by, effective, fact, state };
        Some(FactRecorded { document: task.document.clone(), known })
    }

    pub(super) fn fail_task(&self, fail: &FailTask, stamp: &Stamp) -> Events {
        let life = self.task_life(&fail.task).map_err(because)?;
        if !life.fail(&fail.reason, fail.retry_after).map_err(because)? {
            return ruling(Vec::new());
        }
        ruling(vec![AccountEvent::TaskFailed(TaskFailed {
            by: stamp.actor.clone(),
            effective: stamp.effective,
            reason: fail.reason.clone(),
            retry_after: fail.retry_after,
            task: fail.task.clone(),
        })])
    }

    pub(super) fn retry_task(&self, retry: &RetryTask, stamp: &Stamp) -> Events {
        let life = self.task_life(&retry.task).map_err(because)?;
        life.retry(self.came_back(&life.task, stamp.effective)).map_err(because)?;
        ruling(vec![AccountEvent::TaskRetried(TaskRetried {
            by: stamp.actor.clone(),
            effective: stamp.effective,
            task: retry.task.clone(),
        })])
    }

    /// Whether what a task sent came back.
    fn came_back(&self, task: &Task, on: Date) -> bool {
        let delivery = self.life(&task.document).and_then(|life| life.delivery(on));
        task.action == TaskAction::Send && delivery == Some(DeliveryStatus::Bounced)
    }

    pub(super) fn escalate_approval(&self, escalate: &EscalateApproval, stamp: &Stamp) -> Events {
        ruling(self.escalated(&escalate.subject, stamp.at)?)
    }

    /// Each rule whose escalation of what waits has begun and is not recorded yet, in order of time.
    fn escalated(&self, subject: &Id, at: Instant) -> Result<Vec<AccountEvent>, Refusal> {
        let request = self.request(subject).map_err(because)?;
        self.check_decidable(request.kind(), subject)?;
        let status = request.status();
        if status != ApprovalStatus::Pending {
            return refuse(&ApprovalError::NotOpen { status: status.word() });
        }
        let mut fresh = request.escalations();
        let never = fresh.is_empty();
        let recorded = self.custody.escalated.get(subject);
        fresh.retain(|(_, rule)| !recorded.is_some_and(|recorded| recorded.contains(*rule)));
        if fresh.is_empty() && !never {
            return refuse(&TaskError::EscalationTwice { subject: subject.to_string() });
        }
        if let Some((over, rule, _)) = request.expires().filter(|(over, _, _)| at >= *over) {
            return refuse(&ApprovalError::Expired { rule: rule.id.to_string(), over: over.to_string() });
        }
        let begun: Vec<AccountEvent> = fresh
            .iter()
            .filter(|(begins, _)| *begins <= at)
            .map(|(_, rule)| AccountEvent::ApprovalEscalated(escalated(request, rule, subject, at)))
            .collect();
        if begun.is_empty() {
            return refuse(&TaskError::EscalationEarly {
                at: at.to_string(),
                begins: fresh.first().map_or("never".to_owned(), |(begins, _)| begins.to_string()),
                subject: subject.to_string(),
            });
        }
        Ok(begun)
    }
}

impl Change<'_> {
    pub(super) fn task_emitted(&mut self, task: &Task) -> Done {
        if !task.is_named(self.account.payer()) || self.account.custody.tasks.contains_key(&task.id) {
            return mismatch("task", &task.id, "was asked for before or has the id of another");
        }
        if task.cause == TaskCause::ContentErased && !self.account.is_gone(&task.document) {
            return mismatch("task", &task.id, "is to erase what is kept");
        }
        self.dated("task", &task.id, task.effective, None)?;
        let life = TaskLife::new(task.clone(), self.moment(task.effective).recorded);
        self.set(|account| &mut account.custody.tasks, &task.id, Some(life));
        Ok(())
    }

    pub(super) fn task_confirmed(&mut self, confirmed: &TaskConfirmed) -> Done {
        let life = self.account.task_life(&confirmed.task).map_err(because)?;
        if !life.confirm(confirmed.reference.as_ref()).map_err(because)? {
            return mismatch("task", &confirmed.task, "was confirmed before");
        }
        let sent = self.account.sent(&life.task, self.stamp).map(AccountEvent::FactRecorded);
        self.done_by("task", &confirmed.task, &confirmed.by, confirmed.effective)?;
        self.follow(&confirmed.task, sent.into_iter().collect());
        self.step(&confirmed.task, TaskStep::Confirmed(confirmed.clone()))
    }

    pub(super) fn task_failed(&mut self, failed: &TaskFailed) -> Done {
        let life = self.account.task_life(&failed.task).map_err(because)?;
        if !life.fail(&failed.reason, failed.retry_after).map_err(because)? {
            return mismatch("task", &failed.task, "failed before");
        }
        self.done_by("task", &failed.task, &failed.by, failed.effective)?;
        self.step(&failed.task, TaskStep::Failed(failed.clone()))
    }

    pub(super) fn task_retried(&mut self, retried: &TaskRetried) -> Done {
        let life = self.account.task_life(&retried.task).map_err(because)?;
        life.retry(self.account.came_back(&life.task, retried.effective)).map_err(because)?;
        self.done_by("task", &retried.task, &retried.by, retried.effective)?;
        self.step(&retried.task, TaskStep::Retried(retried.clone()))
    }

    fn step(&mut self, task: &Id, step: TaskStep) -> Done {
        let mut life = self.account.task_life(task).map_err(because)?.clone();
        let recorded = self.moment(step.effective()).recorded;
        life.steps.push((recorded, step));
        self.set(|account| &mut account.custody.tasks, task, Some(life));
        Ok(())
    }

    pub(super) fn approval_escalated(&mut self, escalated: &ApprovalEscalated) -> Done {
        let subject = &escalated.subject;
        let mut begun = self.account.escalated(subject, self.stamp.at)?.into_iter();
        if begun.next().as_ref() != Some(&AccountEvent::ApprovalEscalated(escalated.clone())) {
            return mismatch("subject", subject, "waits for others than its escalation says");
        }
        let mut recorded = self.account.custody.escalated.get(subject).cloned().unwrap_or_default();
        recorded.insert(escalated.rule.clone());
        self.set(|account| &mut account.custody.escalated, subject, Some(recorded));
        self.follow(subject, begun.take(1).collect());
        Ok(())
    }
}

/// Who may decide under a rule whose escalation has begun.
fn escalated(request: &Request, rule: &Id, subject: &Id, at: Instant) -> ApprovalEscalated {
    let mut deciders = request.open_steps(at);
    deciders.retain(|step| step.rule == *rule);
    ApprovalEscalated {
        at,
        deciders,
        rule: rule.clone(),
        subject: subject.clone(),
        subject_kind: request.kind(),
    }
}
