//! What differs between a line here and a line there.

use std::collections::BTreeSet;

use super::document::{OldLine, ShadowDifference, ShadowField, ShadowLine, ShadowSums, ShadowVerdict};
use super::pairing::{Theirs, entries};
use crate::id::Id;
use crate::invoice::Line;
use crate::money::{Amount, Currency, Minor, MoneyError, Price, Rounding, divide};
use crate::rating::Unit;
use crate::tax::{TaxRole, percent_of};

/// Seconds of an hour, in which time is counted here.
const HOUR: i128 = 3_600;

/// Compares amounts of one currency.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judge {
    pub(super) currency: Currency,
    pub(super) tolerance: Minor,
}

impl Judge {
    fn amount(
        self,
        field: ShadowField,
        ours: Option<Minor>,
        theirs: Option<Minor>,
    ) -> Option<ShadowDifference> {
        let (ours, theirs) = (ours?, theirs?);
        let apart = ours.units().abs_diff(theirs.units());
        let plain = |minor| Amount::new(minor, self.currency).plain();
        (apart > self.tolerance.units().unsigned_abs()).then(|| ShadowDifference {
            field,
            ours: plain(ours),
            theirs: plain(theirs),
        })
    }

    /// Which sums differ; what they do not say is not compared.
    pub(super) fn sums(self, ours: &ShadowSums, theirs: &ShadowSums) -> Vec<ShadowDifference> {
        let invoices = (ours.invoices != theirs.invoices).then(|| ShadowDifference {
            field: ShadowField::Invoices,
            ours: ours.invoices.to_string(),
            theirs: theirs.invoices.to_string(),
        });
        let gross = self.amount(ShadowField::Gross, ours.gross, theirs.gross);
        let net = self.amount(ShadowField::Net, ours.net, theirs.net);
        let tax = self.amount(ShadowField::Tax, ours.tax, theirs.tax);
        [gross, invoices, net, tax].into_iter().flatten().collect()
    }

    /// Compares a line here with its pair there, or says that it has none.
    pub(super) fn line(
        self,
        ours: Option<&Line>,
        theirs: Option<&Theirs<'_>>,
    ) -> Result<ShadowLine, MoneyError> {
        let differences = match (ours, theirs) {
            (Some(ours), Some(theirs)) => self.differences(ours, theirs.line)?,
            _ => Vec::new(),
        };
        let verdict = match (ours, theirs) {
            (Some(_), None) => ShadowVerdict::OnlyOurs,
            (None, _) => ShadowVerdict::OnlyTheirs,
            (Some(_), Some(_)) if differences.is_empty() => ShadowVerdict::Equal,
            (Some(_), Some(_)) => ShadowVerdict::Differs,
        };
        let there = theirs.map(|theirs| theirs.line);
        Ok(ShadowLine {
            code: ours.map(|line| line.code.clone()).or_else(|| there?.code.clone()),
            differences,
            ours: ours.map(|line| line.id.clone()),
            theirs: theirs.map(|theirs| theirs.invoice.number.clone()),
            theirs_at: theirs.and_then(|theirs| u64::try_from(theirs.at).ok()),
            ticket: ours.and_then(|line| line.ticket.clone()).or_else(|| there?.ticket.clone()),
            verdict,
        })
    }

    fn differences(self, ours: &Line, theirs: &OldLine) -> Result<Vec<ShadowDifference>, MoneyError> {
        let other = |field, ours: String, theirs: String| ShadowDifference { field, ours, theirs };
        let named = |id: Option<&Id>| id.map_or(String::new(), ToString::to_string);
        let code = theirs.code.as_ref().filter(|code| **code != ours.code);
        let code = code.map(|code| other(ShadowField::Code, ours.code.to_string(), code.to_string()));
        let ticket = theirs.ticket.as_ref().filter(|ticket| ours.ticket.as_ref() != Some(*ticket));
        let ticket = ticket.map(|id| other(ShadowField::Ticket, named(ours.ticket.as_ref()), id.to_string()));
        let (work, theirs_work) = (entries(ours), theirs.entries.iter().collect::<BTreeSet<&Id>>());
        let listed = |ids: &BTreeSet<&Id>| ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ");
        let work = (!theirs_work.is_empty() && work != theirs_work)
            .then(|| other(ShadowField::Entries, listed(&work), listed(&theirs_work)));
        let quantity = theirs.quantity.filter(|quantity| !is_quantity(ours, *quantity));
        let quantity =
            quantity.map(|quantity| other(ShadowField::Quantity, shown_quantity(ours), quantity.to_string()));
        let tax = tax_of(ours)?;
        let gross = ours.net.plus(tax)?;
        let amounts = [
            self.amount(ShadowField::Gross, Some(gross), theirs.gross),
            self.amount(ShadowField::Net, Some(ours.net), theirs.net),
            quantity,
            self.amount(ShadowField::Tax, Some(tax), theirs.tax),
            ticket,
        ];
        Ok([code, work].into_iter().chain(amounts).flatten().collect())
    }
}

/// The tax of a line, each of its taxes rounded by itself: the tax of a document is that of its rows.
fn tax_of(line: &Line) -> Result<Minor, MoneyError> {
    let added = line.taxes.iter().filter(|tax| tax.role != TaxRole::Withheld);
    let taxes = added.map(|tax| percent_of(line.net, tax.percent, Rounding::HalfUp));
    taxes.collect::<Result<Vec<_>, _>>().and_then(|taxes| Minor::sum(taxes.into_iter()))
}

/// A quantity with eight decimals.
fn eighths(quantity: Price) -> i128 {
    let missing = u32::from(Price::MAX_SCALE.saturating_sub(quantity.scale()));
    i128::from(quantity.coefficient()).saturating_mul(10_i128.saturating_pow(missing))
}

fn is_quantity(line: &Line, theirs: Price) -> bool {
    let theirs = match line.unit {
        Unit::Hour => eighths(theirs).saturating_mul(HOUR),
        Unit::Unit => eighths(theirs),
    };
    eighths(line.quantity) == theirs
}

/// Our quantity as they count: hours to eight decimals, or pieces.
fn shown_quantity(line: &Line) -> String {
    let hours = || divide(eighths(line.quantity), HOUR, Rounding::HalfUp);
    let shown = match line.unit {
        Unit::Hour => hours().and_then(|hours| i64::try_from(hours).ok()),
        Unit::Unit => None,
    };
    let shown = shown.and_then(|hours| Price::of_parts(hours, Price::MAX_SCALE).ok());
    shown.unwrap_or(line.quantity).to_string()
}
