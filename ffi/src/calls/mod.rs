//! The exports. Each checks its places for outputs, then its inputs, then its handles, then calls the core once.

// In the order of the header.
pub mod scalar;

pub mod rulebook;

pub mod log;

pub mod bulk;

pub mod evidence;

pub mod result;

use std::sync::Arc;

use crate::answer::Answer;
use crate::handle::{DuebillLog, DuebillResult};
use crate::input::Out;
use crate::log::SharedLog;
use crate::status::Failure;
use crate::table::TABLE;

/// Gives a document of the core to the caller.
fn hand_over(place: Out<DuebillResult>, document: Vec<u8>) -> Result<(), Failure> {
    place.set(TABLE.insert(Answer::new(document).into())?);
    Ok(())
}

/// The logs behind a list of handles.
fn logs(handles: &[DuebillLog]) -> Result<Vec<Arc<SharedLog>>, Failure> {
    handles.iter().map(|&handle| TABLE.log(handle)).collect()
}
