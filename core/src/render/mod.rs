//! Render models: all that a document says, in printing order, as plain data that is hashed.
//!
//! A model names its texts by keys and leaves the words to a template's catalogue; it holds no sentence, no
//! formatted amount and no layout. What follows from frozen facts alone is made here, so that decisions and
//! deliveries can be held against it; what is as of a day is made in `report`.

mod consent;
mod credit_lines;
mod credit_note;
mod header;
mod invoice;
mod key;
mod lines;
mod model;
mod reckoning;
mod sums;
mod value;

pub use consent::{Consent, ConsentNames, consent};
pub use credit_note::credit_note;
pub use header::{called, notes, parties, payment};
pub use invoice::invoice;
pub use key::RenderKey;
pub use model::{
    RenderCell, RenderEntry, RenderKind, RenderModel, RenderRow, RenderRowKind, RenderSection, RenderStage,
    RenderTable, VERSION,
};
pub use value::{
    RenderAmount, RenderCode, RenderCount, RenderDate, RenderDigest, RenderDuration, RenderInstant,
    RenderNumber, RenderPercent, RenderPeriod, RenderPrice, RenderSpan, RenderText, RenderValue, RenderWord,
};
