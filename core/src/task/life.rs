use std::sync::Arc;

use super::{Audience, TaskAction, TaskCause, TaskError};
use crate::approval::{OpenStep, Seen};
use crate::calendar::{Date, Instant};
use crate::canon::{Digest, shape, words};
use crate::id::Id;

shape! {
    /// Something for the outside world to do, in the record of the event that asked for it.
    pub struct Task {
        /// What is to be done.
        pub action: TaskAction,
        /// The approval rule whose escalation began, where that asked for it.
        pub approval_rule: Option<Id>,
        /// Whom it is for.
        pub audience: Audience,
        /// The values that made its rule ask.
        pub because: Vec<Seen>,
        /// The event that asked for it.
        pub cause: TaskCause,
        /// The way.
        pub channel: Id,
        /// Who may decide, where somebody must.
        pub deciders: Vec<OpenStep>,
        /// Digest of what is to be shown or erased.
        pub digest: Option<Digest>,
        /// What it is about.
        pub document: Id,
        /// The date it counts from.
        pub effective: Date,
        /// Its id, emitted once.
        pub id: Id,
        /// The rule that asked for it.
        pub rule: Id,
        /// The host's template.
        pub template: Option<Id>,
        /// The ticket, where each has a task of its own.
        pub ticket: Option<Id>,
    }
}

shape! {
    /// The host did it.
    pub struct ConfirmTask {
        /// What proves it, such as the id of a message.
        pub reference: Option<Id>,
        /// The task.
        pub task: Id,
    }
}

shape! {
    /// The host could not do it.
    pub struct FailTask {
        /// Why: a code of the host.
        pub reason: Id,
        /// When it may be tried again.
        pub retry_after: Option<Instant>,
        /// The task.
        pub task: Id,
    }
}

shape! {
    /// It should be tried again.
    pub struct RetryTask {
        /// The task.
        pub task: Id,
    }
}

shape! {
    /// A task was done.
    pub struct TaskConfirmed {
        /// Who says so.
        pub by: Id,
        /// The date it counts from.
        pub effective: Date,
        /// What proves it.
        pub reference: Option<Id>,
        /// The task.
        pub task: Id,
    }
}

shape! {
    /// A task could not be done.
    pub struct TaskFailed {
        /// Who says so.
        pub by: Id,
        /// The date it counts from.
        pub effective: Date,
        /// Why.
        pub reason: Id,
        /// When it may be tried again.
        pub retry_after: Option<Instant>,
        /// The task.
        pub task: Id,
    }
}

shape! {
    /// A task waits again.
    pub struct TaskRetried {
        /// Who says so.
        pub by: Id,
        /// The date it counts from.
        pub effective: Date,
        /// The task.
        pub task: Id,
    }
}

words! {
    /// Where a task stands.
    pub enum TaskStatus {
        /// It waits to be done.
        Pending = "pending",
        /// It could not be done.
        Failed = "failed",
        /// It was done.
        Confirmed = "confirmed",
        /// Nobody need do it: what it is about was voided, decided, or sent otherwise.
        Obsolete = "obsolete",
    }
}

/// What became of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskStep {
    /// It was done.
    Confirmed(TaskConfirmed),
    /// It could not be done.
    Failed(TaskFailed),
    /// It waits again.
    Retried(TaskRetried),
}

impl TaskStep {
    /// The date it counts from.
    #[must_use]
    pub const fn effective(&self) -> Date {
        match self {
            Self::Confirmed(step) => step.effective,
            Self::Failed(step) => step.effective,
            Self::Retried(step) => step.effective,
        }
    }
}

/// A task with everything that became of it, in the order it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskLife {
    /// The task.
    pub task: Arc<Task>,
    /// When it was recorded.
    pub recorded: Instant,
    /// What became of it, each with when that was recorded.
    pub steps: Vec<(Instant, TaskStep)>,
}

impl TaskLife {
    /// A task that was just asked for.
    #[must_use]
    pub fn new(task: Task, recorded: Instant) -> Self {
        Self { task: Arc::new(task), recorded, steps: Vec::new() }
    }

    /// The last step.
    #[must_use]
    pub fn last(&self) -> Option<&TaskStep> {
        self.steps.last().map(|(_, step)| step)
    }

    /// Whether it can be confirmed. The same confirmation again says nothing new.
    ///
    /// # Errors
    /// [`TaskError::Confirmed`] when it was confirmed with something else.
    pub fn confirm(&self, reference: Option<&Id>) -> Result<bool, TaskError> {
        match self.last() {
            Some(TaskStep::Confirmed(before)) if before.reference.as_ref() == reference => Ok(false),
            Some(TaskStep::Confirmed(before)) => Err(self.confirmed(before)),
            Some(TaskStep::Failed(_) | TaskStep::Retried(_)) | None => Ok(true),
        }
    }

    /// Whether it can fail. The same failure again says nothing new.
    ///
    /// # Errors
    /// [`TaskError::Confirmed`], or [`TaskError::FailedBefore`] for another reason.
    pub fn fail(&self, reason: &Id, retry_after: Option<Instant>) -> Result<bool, TaskError> {
        match self.last() {
            Some(TaskStep::Confirmed(before)) => Err(self.confirmed(before)),
            Some(TaskStep::Failed(before))
                if (&before.reason, before.retry_after) == (reason, retry_after) =>
            {
                Ok(false)
            }
            Some(TaskStep::Failed(before)) => {
                let (reason, task) = (before.reason.to_string(), self.task.id.to_string());
                Err(TaskError::FailedBefore { reason, task })
            }
            Some(TaskStep::Retried(_)) | None => Ok(true),
        }
    }

    /// Whether it can be tried again: it failed, or what was sent came back.
    ///
    /// # Errors
    /// [`TaskError::Waits`] or [`TaskError::Confirmed`].
    pub fn retry(&self, came_back: bool) -> Result<(), TaskError> {
        match self.last() {
            Some(TaskStep::Failed(_)) => Ok(()),
            Some(TaskStep::Confirmed(_)) if came_back => Ok(()),
            Some(TaskStep::Confirmed(before)) => Err(self.confirmed(before)),
            Some(TaskStep::Retried(_)) | None => Err(TaskError::Waits { task: self.task.id.to_string() }),
        }
    }

    fn confirmed(&self, before: &TaskConfirmed) -> TaskError {
        let reference = before.reference.as_ref().map_or("no reference".to_owned(), |one| format!("`{one}`"));
        TaskError::Confirmed { reference, task: self.task.id.to_string() }
    }

    /// The finding that it failed, while it stands failed.
    #[must_use]
    pub fn failure(&self) -> Option<TaskError> {
        let Some(TaskStep::Failed(failed)) = self.last() else { return None };
        Some(TaskError::Failed {
            action: self.task.action.word(),
            channel: self.task.channel.to_string(),
            document: self.task.document.to_string(),
            reason: failed.reason.to_string(),
        })
    }
}
