//! Numbers of a series.

use crate::calendar::Date;
use crate::canon::shape;
use crate::finding::Refusal;
use crate::id::Id;
use crate::series::Numbering;

shape! {
    /// A counter of a series.
    pub struct NumberIn {
        /// The counter.
        pub counter: u32,
        /// The date.
        pub date: Date,
        /// How the numbers look.
        pub numbering: Numbering,
    }
}

shape! {
    /// A number.
    pub struct NumberOut {
        /// The number.
        pub number: Id,
        /// The period in which the counter counts.
        pub period: String,
    }
}

pub(super) fn number(asked: NumberIn) -> Result<NumberOut, Refusal> {
    asked.numbering.check().map_err(|error| Refusal::because(&error))?;
    let number =
        asked.numbering.number(asked.counter, asked.date).map_err(|error| Refusal::because(&error))?;
    Ok(NumberOut { number, period: asked.numbering.period(asked.date) })
}
