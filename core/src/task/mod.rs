//! Tasks: what the outside world should do, as data in the events.
//!
//! A [`TaskRule`] of the policy says which event asks whom to do what by which channel; an [`Occasion`]
//! is one such event, made by whichever room decides. A [`Task`] has an id made of what asked for it, so it is
//! emitted once; the host carries it out and confirms it or says that it failed. Nothing is sent here.

mod error;
mod life;
mod occasion;
mod rule;

pub use error::TaskError;
pub use life::{
    ConfirmTask, FailTask, RetryTask, Task, TaskConfirmed, TaskFailed, TaskLife, TaskRetried, TaskStatus,
    TaskStep,
};
pub use occasion::Occasion;
pub use rule::{
    Audience, ContactPurpose, Deciders, Storage, TaskAction, TaskCause, TaskRole, TaskRule, TicketSource,
};
