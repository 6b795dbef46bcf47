//! Dates, instants, zones and working calendars.
//!
//! Elapsed time is the difference of instants, whatever the wall clock did in between; a
//! [`Calendar`] cuts work where its band or its local day changes. There is no clock here: every
//! date and instant is an argument.

mod bands;
mod date;
mod error;
mod instant;
mod moment;
mod shift;
mod zone;

pub use bands::{Band, Calendar, Piece, WeekRule};
pub use date::Date;
pub use error::CalendarError;
pub use instant::Instant;
pub use moment::{Dated, Moment, Viewpoint};
pub use shift::Shift;
pub use zone::{Gap, Overlap, Zone};
