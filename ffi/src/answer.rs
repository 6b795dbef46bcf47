//! A result behind a handle: immutable bytes, indexed when they are first asked by JSON pointer.

use std::sync::Arc;

use once_cell::race::OnceBox;

use crate::status::{DUEBILL_INVALID_POINTER, DUEBILL_NOT_FOUND, DUEBILL_UNREADABLE_RESULT, Failure};
use crate::tape::{Found, Lookup, Tape};

/// One document that the library made.
pub(crate) struct Answer {
    bytes: Box<[u8]>,
    /// Built by whoever asks first. Two threads may build it twice, none waits: so a fork leaves no lock behind.
    tape: OnceBox<Tape>,
}

impl Answer {
    /// Keeps the bytes where they will stay until the handle is freed.
    pub(crate) fn new(bytes: Vec<u8>) -> Arc<Self> {
        Arc::new(Self { bytes: bytes.into_boxed_slice(), tape: OnceBox::new() })
    }

    /// The whole document.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The value at a JSON pointer.
    pub(crate) fn get(&self, pointer: &str) -> Result<Found<'_>, Failure> {
        let tape = self.tape.get_or_try_init(|| Tape::read(&self.bytes).map(Box::new)).map_err(|at| {
            Failure::new(DUEBILL_UNREADABLE_RESULT, format!("result: not JSON at byte {at}"))
        })?;
        match tape.get(&self.bytes, pointer) {
            Lookup::Found(found) => Ok(found),
            Lookup::Absent => {
                Err(Failure::new(DUEBILL_NOT_FOUND, format!("pointer: nothing stands at {pointer:?}")))
            }
            Lookup::NotAPointer => Err(Failure::new(
                DUEBILL_INVALID_POINTER,
                format!("pointer: {pointer:?} is not a JSON pointer"),
            )),
        }
    }
}
