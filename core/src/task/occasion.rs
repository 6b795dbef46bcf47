use super::{Audience, Task, TaskCause, TaskRule};
use crate::approval::{OpenStep, Seen, Subject};
use crate::audit::derived_id;
use crate::calendar::Date;
use crate::canon::Digest;
use crate::id::Id;

/// An event that can ask for tasks, as the room that decided it describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// The approval rule whose escalation began.
    pub approval_rule: Option<Id>,
    /// What happened.
    pub cause: TaskCause,
    /// Who may decide, where somebody must.
    pub deciders: Vec<OpenStep>,
    /// Digest of what is to be shown, where the document has one.
    pub digest: Option<Digest>,
    /// What it is about: an invoice, a dispute, a payment.
    pub document: Id,
    /// The date it counts from.
    pub effective: Date,
    /// What conditions look at.
    pub subject: Subject,
    /// The tickets of its work.
    pub tickets: Vec<Id>,
}

impl Occasion {
    /// The tasks that the rules ask for, in their order: one for each rule, or one for each ticket.
    #[must_use]
    pub fn tasks(&self, rules: &[TaskRule]) -> Vec<Task> {
        let mut tasks = Vec::new();
        for rule in rules.iter().filter(|rule| rule.on == self.cause) {
            let Some(seen) = rule.asks(&self.subject) else { continue };
            match rule.audience {
                Audience::Ticket(_) => {
                    tasks.extend(
                        self.tickets.iter().map(|ticket| self.task(rule, seen.clone(), Some(ticket))),
                    );
                }
                Audience::Role(_) | Audience::Contact(_) | Audience::Deciders(_) | Audience::Storage(_) => {
                    tasks.push(self.task(rule, seen, None));
                }
            }
        }
        tasks
    }

    fn task(&self, rule: &TaskRule, because: Vec<Seen>, ticket: Option<&Id>) -> Task {
        Task {
            action: rule.action,
            approval_rule: self.approval_rule.clone(),
            audience: rule.audience.clone(),
            because,
            cause: self.cause,
            channel: rule.channel.clone(),
            deciders: self.deciders.clone(),
            digest: self.digest,
            document: self.document.clone(),
            effective: self.effective,
            id: Task::id_of(
                &self.subject.payer,
                self.cause,
                &self.document,
                &rule.id,
                [ticket, self.approval_rule.as_ref()],
            ),
            rule: rule.id.clone(),
            template: rule.template.clone(),
            ticket: ticket.cloned(),
        }
    }
}

impl Task {
    /// The id of a task: account, event, document, rule, and ticket or escalated approval rule where each has its own.
    /// Whatever is repeated, voided or made again, the same thing is asked for once.
    #[must_use]
    pub fn id_of(account: &Id, cause: TaskCause, document: &Id, rule: &Id, each: [Option<&Id>; 2]) -> Id {
        let mut parts = vec!["task", account.as_str(), cause.word(), document.as_str(), rule.as_str()];
        parts.extend(each.into_iter().flatten().map(Id::as_str));
        derived_id(&parts)
    }

    /// Whether its id is the one that it must have in an account.
    #[must_use]
    pub fn is_named(&self, account: &Id) -> bool {
        let each = [self.ticket.as_ref(), self.approval_rule.as_ref()];
        self.id == Self::id_of(account, self.cause, &self.document, &self.rule, each)
    }
}
