//! The one gate every call into the core goes through.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use duebill::finding::Refusal;

/// Why a call into the core gave no answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The core understood the request and refused it.
    Refused(Refusal),
    /// The core panicked, now or earlier with this handle: a defect of duebill, never of the input.
    Broken(String),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Runs `call` and turns a panic into [`Failure::Broken`], so that none unwinds into the interpreter.
///
/// Whatever `call` changes is only reachable through a lock that a panic poisons, or is dropped with it.
pub(crate) fn guarded<T>(call: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(result) => result,
        Err(payload) => Err(Failure::Broken(message_of(payload.as_ref()))),
    }
}

fn message_of(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without a message").to_owned()
}
