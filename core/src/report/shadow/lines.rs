//! What differs between lines here and lines there.

use std::collections::BTreeSet;

use super::document::{
    OldLine, ShadowDifference, ShadowField, ShadowLine, ShadowSums, ShadowVerdict, TheirLine,
};
use super::pairing::{Group, entries};
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

    /// Compares lines here with those there that bill the same, or says that there are none.
    pub(super) fn lines(self, group: &Group<'_>) -> Result<ShadowLine, MoneyError> {
        let (ours, theirs): (Vec<&Line>, Vec<&OldLine>) = (
            group.ours.values().copied().collect(),
            group.theirs.values().map(|theirs| theirs.line).collect(),
        );
        let differences =
            if ours.is_empty() || theirs.is_empty() { Vec::new() } else { self.differences(&ours, &theirs)? };
        let verdict = match (ours.is_empty(), theirs.is_empty()) {
            (false, true) => ShadowVerdict::OnlyOurs,
            (true, _) => ShadowVerdict::OnlyTheirs,
            (false, false) if differences.is_empty() => ShadowVerdict::Equal,
            (false, false) => ShadowVerdict::Differs,
        };
        let our_net = Minor::sum(ours.iter().map(|line| line.net))?;
        let our_net = Some(our_net).filter(|_| !ours.is_empty());
        let their_net = stated(&theirs, |line| line.net)?.filter(|_| !theirs.is_empty());
        let one = |ours: BTreeSet<&Id>, theirs: BTreeSet<&Id>| {
            let ids = if ours.is_empty() { theirs } else { ours };
            ids.first().filter(|_| ids.len() == 1).map(|id| (*id).clone())
        };
        let there = group.theirs.values();
        let there = there.map(|theirs| TheirLine {
            at: u64::try_from(theirs.at).unwrap_or(u64::MAX),
            invoice: theirs.invoice.number.clone(),
        });
        Ok(ShadowLine {
            code: one(codes(&ours), their_codes(&theirs)),
            differences,
            our_net,
            ours: ours.iter().map(|line| line.id.clone()).collect(),
            their_net,
            theirs: there.collect(),
            ticket: one(tickets(&ours), their_tickets(&theirs)),
            verdict,
        })
    }

    fn differences(self, ours: &[&Line], theirs: &[&OldLine]) -> Result<Vec<ShadowDifference>, MoneyError> {
        let work = ours.iter().flat_map(|line| entries(line)).collect();
        let their_work = theirs.iter().flat_map(|line| &line.entries).collect();
        let net = Minor::sum(ours.iter().map(|line| line.net))?;
        let tax = ours.iter().map(|line| tax_of(line)).collect::<Result<Vec<_>, _>>()?;
        let tax = Minor::sum(tax)?;
        let gross = net.plus(tax)?;
        let found = [
            listed(ShadowField::Code, &codes(ours), &their_codes(theirs)),
            listed(ShadowField::Entries, &work, &their_work),
            self.amount(ShadowField::Gross, Some(gross), stated(theirs, |line| line.gross)?),
            self.amount(ShadowField::Net, Some(net), stated(theirs, |line| line.net)?),
            quantities(ours, theirs),
            self.amount(ShadowField::Tax, Some(tax), stated(theirs, |line| line.tax)?),
            listed(ShadowField::Ticket, &tickets(ours), &their_tickets(theirs)),
        ];
        Ok(found.into_iter().flatten().collect())
    }
}

fn codes<'a>(lines: &[&'a Line]) -> BTreeSet<&'a Id> {
    lines.iter().map(|line| &line.code).collect()
}

fn their_codes<'a>(lines: &[&'a OldLine]) -> BTreeSet<&'a Id> {
    lines.iter().filter_map(|line| line.code.as_ref()).collect()
}

fn tickets<'a>(lines: &[&'a Line]) -> BTreeSet<&'a Id> {
    lines.iter().filter_map(|line| line.ticket.as_ref()).collect()
}

fn their_tickets<'a>(lines: &[&'a OldLine]) -> BTreeSet<&'a Id> {
    lines.iter().filter_map(|line| line.ticket.as_ref()).collect()
}

/// Ids that differ; where none is said there, nothing does.
fn listed(field: ShadowField, ours: &BTreeSet<&Id>, theirs: &BTreeSet<&Id>) -> Option<ShadowDifference> {
    let text = |ids: &BTreeSet<&Id>| ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ");
    (!theirs.is_empty() && ours != theirs).then(|| ShadowDifference {
        field,
        ours: text(ours),
        theirs: text(theirs),
    })
}

/// A sum of lines of theirs, where all of them say it.
fn stated(theirs: &[&OldLine], of: fn(&OldLine) -> Option<Minor>) -> Result<Option<Minor>, MoneyError> {
    let stated: Option<Vec<Minor>> = theirs.iter().map(|line| of(line)).collect();
    stated.map(Minor::sum).transpose()
}

/// The tax of a line, each of its taxes rounded by itself: the tax of a document is that of its rows.
fn tax_of(line: &Line) -> Result<Minor, MoneyError> {
    let added = line.taxes.iter().filter(|tax| tax.role != TaxRole::Withheld);
    let taxes = added.map(|tax| percent_of(line.net, tax.percent, Rounding::HalfUp));
    taxes.collect::<Result<Vec<_>, _>>().and_then(Minor::sum)
}

/// A quantity as a count of its eighth decimals.
fn scaled(quantity: Price) -> i128 {
    let missing = u32::from(Price::MAX_SCALE.saturating_sub(quantity.scale()));
    i128::from(quantity.coefficient()).saturating_mul(10_i128.saturating_pow(missing))
}

/// Quantities that differ: in hours where our lines count time, else in pieces; nothing where they count both.
fn quantities(ours: &[&Line], theirs: &[&OldLine]) -> Option<ShadowDifference> {
    let stated: Option<Vec<Price>> = theirs.iter().map(|line| line.quantity).collect();
    let theirs = stated?.into_iter().fold(0_i128, |sum, quantity| sum.saturating_add(scaled(quantity)));
    let units: BTreeSet<Unit> = ours.iter().map(|line| line.unit).collect();
    let unit = units.first().filter(|_| units.len() == 1)?;
    let ours = ours.iter().fold(0_i128, |sum, line| sum.saturating_add(scaled(line.quantity)));
    let (factor, hours) = match unit {
        Unit::Hour => (HOUR, divide(ours, HOUR, Rounding::HalfUp).unwrap_or(ours)),
        Unit::Unit => (1, ours),
    };
    (ours != theirs.saturating_mul(factor)).then(|| ShadowDifference {
        field: ShadowField::Quantity,
        ours: shown(hours),
        theirs: shown(theirs),
    })
}

fn shown(scaled: i128) -> String {
    let price = i64::try_from(scaled).ok().and_then(|scaled| Price::of_parts(scaled, Price::MAX_SCALE).ok());
    price.map_or(String::new(), |price| price.to_string())
}
