//! Who may see and do what: a role is a set of capabilities, the classes of fields it may see, and whose
//! things it reaches.
//!
//! Six roles stand by themselves; a policy may define more over the same capabilities. What a role does
//! not have it does not see: nothing is shown because somebody forgot to forbid it.

mod capability;
mod definition;
mod error;

pub use capability::{Capability, Reach};
pub use definition::Role;
pub use error::RoleError;
