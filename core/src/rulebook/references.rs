//! Checks that the numbers of a series make payment references, before any is given.

use super::RulebookError;
use super::check::Errors;
use super::document::PolicyDocument;
use crate::calendar::Date;
use crate::invoice::{InvoiceError, ReferenceRule};
use crate::series::Numbering;

pub(super) fn check(document: &PolicyDocument, errors: &mut Errors) {
    let rules = &document.billing.payment_references;
    let path = "/policy/billing/payment_references";
    errors.unique(path, "series", "payment reference of", rules.iter().map(|rule| &rule.series));
    for (place, rule) in rules.iter().enumerate() {
        let path = format!("{path}/{place}");
        if let Err(error) = rule.check() {
            errors.add(path, &error);
            continue;
        }
        let Some(numbering) = document.numbering.iter().find(|numbering| numbering.series == rule.series)
        else {
            let id = rule.series.to_string();
            errors.add(format!("{path}/series"), &RulebookError::ReferenceUnknown { what: "series", id });
            continue;
        };
        // What is wrong with the pattern itself is said where it stands.
        if let Some(error) = numbering.check().ok().and_then(|()| unmade(rule, numbering)) {
            errors.add(path.clone(), &error);
        }
        let earlier = rules.iter().take(place);
        if let Some(other) =
            earlier.filter(|other| other.series != rule.series).find(|other| alike(rule, other))
        {
            let (series, other) = (rule.series.to_string(), other.series.to_string());
            errors.add(format!("{path}/prefix"), &InvoiceError::ReferenceAmbiguous { series, other });
        }
    }
}

/// Whether two series could give one reference: one's prefix begins the other's.
fn alike(rule: &ReferenceRule, other: &ReferenceRule) -> bool {
    let (own, others) = (rule.prefix.as_deref().unwrap_or(""), other.prefix.as_deref().unwrap_or(""));
    rule.scheme == other.scheme && (own.starts_with(others) || others.starts_with(own))
}

/// Why the first or the last number of a series makes no reference, or two of them could make one.
fn unmade(rule: &ReferenceRule, numbering: &Numbering) -> Option<InvoiceError> {
    let dates = ["2000-01-01", "2000-11-30"].map(Date::parse);
    let mut zeros = Vec::new();
    for date in dates.into_iter().flatten() {
        for counter in [1, numbering.last] {
            let number = numbering.number(counter, date).ok()?;
            if let Err(error) = rule.make(&number) {
                return Some(error);
            }
            zeros.push((counter, rule.loses_zeros(&number)));
        }
    }
    // Behind zeros that are filled up or left out, a month of one digit could be that of two.
    let series = rule.series.to_string();
    let mixed = zeros.iter().any(|(counter, lost)| zeros.contains(&(*counter, !lost)));
    mixed.then(|| InvoiceError::ReferenceAmbiguous { other: series.clone(), series })
}
