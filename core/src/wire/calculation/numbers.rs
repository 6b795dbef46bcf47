//! Numbers of a series.

use crate::calendar::Date;
use crate::canon::{CanonError, shape};
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{InvoiceError, ReferenceRule};
use crate::series::{LegacyNumber, NumberAudit, Numbering, audit_numbers};

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

shape! {
    /// Numbers to be audited.
    pub struct NumberAuditIn {
        /// Whether counters are expected from the first that is there; else from 1.
        pub from_first: bool = false,
        /// How the numbers look.
        pub numbering: Numbering,
        /// The numbers, in any order.
        pub numbers: Vec<LegacyNumber>,
    }
}

pub(super) fn number_audit(asked: NumberAuditIn) -> Result<NumberAudit, Refusal> {
    asked.numbering.check().map_err(|error| Refusal::because(&error))?;
    Ok(audit_numbers(&asked.numbering, asked.numbers.iter(), asked.from_first))
}

pub(super) fn number(asked: NumberIn) -> Result<NumberOut, Refusal> {
    asked.numbering.check().map_err(|error| Refusal::because(&error))?;
    let number =
        asked.numbering.number(asked.counter, asked.date).map_err(|error| Refusal::because(&error))?;
    Ok(NumberOut { number, period: asked.numbering.period(asked.date) })
}

shape! {
    /// A payment reference to be made of a number, or one to be checked.
    pub struct PaymentReferenceIn {
        /// The number.
        pub number: Option<Id>,
        /// The reference, as it was typed or printed.
        pub reference: Option<String>,
        /// How the references of its series are made.
        pub rule: ReferenceRule,
    }
}

shape! {
    /// A payment reference.
    pub struct PaymentReferenceOut {
        /// The reference.
        pub reference: Id,
        /// As people read it.
        pub shown: String,
    }
}

pub(super) fn payment_reference(asked: PaymentReferenceIn) -> Result<PaymentReferenceOut, Refusal> {
    let because = |error: InvoiceError| Refusal::because(&error);
    asked.rule.check().map_err(because)?;
    let scheme = asked.rule.scheme;
    let reference = match (&asked.number, &asked.reference) {
        (Some(number), None) => asked.rule.make(number),
        (None, Some(shown)) => asked.rule.read(shown),
        // Both: the reference must be that of the number.
        (Some(number), Some(shown)) => {
            asked.rule.make(number).and_then(|made| match asked.rule.read(shown)? {
                read if read == made => Ok(made),
                _ => Err(InvoiceError::ReferenceCheck { scheme: scheme.word(), got: made.to_string() }),
            })
        }
        (None, None) => return Err(Refusal::because(&CanonError::MissingField { key: "number".to_owned() })),
    };
    let reference = reference.map_err(because)?;
    Ok(PaymentReferenceOut { shown: scheme.shown(&reference), reference })
}
