//! Dates: when something is due.

use crate::calendar::Date;
use crate::canon::shape;
use crate::finding::Refusal;
use crate::invoice::PaymentTerms;

shape! {
    /// An issue date with terms.
    pub struct DueIn {
        /// When it was issued.
        pub issued: Date,
        /// The terms.
        pub terms: PaymentTerms,
    }
}

shape! {
    /// A due date.
    pub struct DueOut {
        /// When it is due.
        pub due: Date,
    }
}

pub(super) fn due_date(asked: DueIn) -> Result<DueOut, Refusal> {
    asked.terms.check().map_err(|error| Refusal::because(&error))?;
    asked.terms.due(asked.issued).map(|due| DueOut { due }).map_err(|error| Refusal::because(&error))
}
