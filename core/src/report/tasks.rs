//! What the outside world was asked to do, and what became of it.

use crate::account::Account;
use crate::calendar::{Date, Instant};
use crate::canon::shape;
use crate::id::Id;
use crate::ledger::{Moment, Viewpoint};
use crate::task::{Task, TaskLife, TaskStatus, TaskStep};

shape! {
    /// A task and where it stands.
    pub struct TaskView {
        /// How often it failed.
        pub failures: u32,
        /// Why it failed, where it stands failed.
        pub reason: Option<Id>,
        /// What proves that it was done.
        pub reference: Option<Id>,
        /// When it may be tried again, where it stands failed.
        pub retry_after: Option<Instant>,
        /// Where it stands.
        pub status: TaskStatus,
        /// The task, as it was asked for.
        pub task: Task,
    }
}

shape! {
    /// The tasks of an account as of a date.
    pub struct TasksView {
        /// The payer.
        pub account: Id,
        /// The date.
        pub as_of: Date,
        /// Tasks by id, those that are done among them.
        pub tasks: Vec<TaskView>,
    }
}

/// The tasks of an account as of a date.
#[must_use]
pub fn tasks(account: &Account, as_of: impl Into<Viewpoint>) -> TasksView {
    let as_of = as_of.into();
    let tasks = account.tasks().filter_map(|life| task(account, life, as_of)).collect();
    TasksView { account: account.payer().clone(), as_of: as_of.date, tasks }
}

/// One task as of a date, from when it was asked for.
fn task(account: &Account, life: &TaskLife, as_of: Viewpoint) -> Option<TaskView> {
    let sees = |effective, recorded| as_of.sees(Moment { effective, recorded });
    if !sees(life.task.effective, life.recorded) {
        return None;
    }
    let steps = life.steps.iter().filter(|(recorded, step)| sees(step.effective(), *recorded));
    let steps: Vec<&TaskStep> = steps.map(|(_, step)| step).collect();
    let last = steps.last().copied();
    let (mut reason, mut retry_after, mut reference) = (None, None, None);
    match last {
        Some(TaskStep::Failed(failed)) => {
            (reason, retry_after) = (Some(failed.reason.clone()), failed.retry_after);
        }
        Some(TaskStep::Confirmed(confirmed)) => reference.clone_from(&confirmed.reference),
        Some(TaskStep::Retried(_)) | None => {}
    }
    let failures = steps.iter().filter(|step| matches!(step, TaskStep::Failed(_))).count();
    Some(TaskView {
        failures: u32::try_from(failures).unwrap_or(u32::MAX),
        reason,
        reference,
        retry_after,
        status: account.task_status(&life.task, last, Some(as_of)),
        task: life.task.as_ref().clone(),
    })
}

/// The tasks that stand failed, by id: somebody should look why.
pub(super) fn failed(account: &Account) -> impl Iterator<Item = &TaskLife> {
    let is_failed =
        |life: &&TaskLife| account.task_status(&life.task, life.last(), None) == TaskStatus::Failed;
    account.tasks().filter(is_failed)
}
