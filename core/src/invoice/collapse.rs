use std::collections::BTreeMap;

use super::{Collapse, Line, Subtotal};
use crate::calendar::Date;
use crate::id::Id;
use crate::money::{Minor, MoneyError, Price};
use crate::rating::{Charge, Unit};
use crate::tax::{TaxRole, Taxed};

/// What stands on the day on which something was supplied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Supplied<'f> {
    /// Places of the allowances and charges that concern it, ascending.
    pub(super) adjustments: Vec<usize>,
    /// Its taxes.
    pub(super) taxed: Taxed<'f>,
}

/// Charges of one line.
#[derive(Debug, Clone)]
pub(super) struct Gathered<'f> {
    /// The charges.
    pub(super) charges: Vec<Charge>,
    /// The charge code.
    pub(super) code: Id,
    /// The customer.
    pub(super) customer: Id,
    /// What stands on the days of all of them.
    pub(super) supplied: Supplied<'f>,
    /// The ticket.
    pub(super) ticket: Option<Id>,
    /// The unit.
    pub(super) unit: Unit,
}

/// What tells lines apart, in the order they are printed; what a mode does not tell apart is left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct LineKey<'f> {
    customer: Id,
    agreement: Option<Id>,
    ticket: Option<Id>,
    code: Id,
    agent: Option<Id>,
    day: Option<Date>,
    unit: Unit,
    rate: Option<(Price, u32, bool)>,
    article: Option<(Id, String)>,
    taxes: Vec<(TaxRole, &'f Id, Price)>,
    adjustments: Vec<usize>,
    place: Option<usize>,
}

/// Whether a charge is for a part of a period: no quantity times price gives its amount.
pub(super) fn is_part(charge: &Charge) -> bool {
    charge.fee.as_ref().is_some_and(|part| part.start > 0 || part.end < part.of)
}

impl<'f> LineKey<'f> {
    /// The line that a charge joins. Lines of several agreements or customers never merge, so that each
    /// keeps its subtotal, nor do those that are taxed or adjusted unlike.
    fn of(collapse: Collapse, customer: Id, charge: &Charge, supplied: &Supplied<'f>, place: usize) -> Self {
        let by_ticket = !matches!(collapse, Collapse::Agent | Collapse::Code);
        let by_rate = matches!(collapse, Collapse::None | Collapse::TicketRate | Collapse::TicketRateDay);
        let apart = collapse == Collapse::None || is_part(charge);
        Self {
            customer,
            agreement: charge.agreement.clone(),
            ticket: charge.ticket.clone().filter(|_| by_ticket),
            code: charge.code.clone(),
            agent: charge.agent.clone().filter(|_| collapse == Collapse::Agent),
            day: (collapse == Collapse::TicketRateDay).then_some(charge.date),
            unit: charge.unit,
            rate: by_rate.then_some((charge.price, charge.factor, charge.coverage.is_some())),
            article: charge.article.clone().filter(|_| by_rate && !apart).map(|part| (part.sku, part.name)),
            taxes: supplied.taxed.keys().collect(),
            adjustments: supplied.adjustments.clone(),
            place: apart.then_some(place),
        }
    }
}

/// Gathers charges, each with what stands on its day of supply, into lines; every line keeps its charges.
pub(super) fn gather(
    collapse: Collapse,
    charges: Vec<(Id, Charge)>,
    supplied: Vec<Supplied<'_>>,
) -> Vec<Gathered<'_>> {
    let mut lines: BTreeMap<LineKey<'_>, (Supplied<'_>, Vec<Charge>)> = BTreeMap::new();
    for (place, ((customer, charge), supplied)) in charges.into_iter().zip(supplied).enumerate() {
        let key = LineKey::of(collapse, customer, &charge, &supplied, place);
        lines.entry(key).or_insert_with(|| (supplied, Vec::new())).1.push(charge);
    }
    let gathered = |(key, (supplied, charges))| {
        let LineKey { code, customer, ticket, unit, .. } = key;
        Gathered { charges, code, customer, supplied, ticket, unit }
    };
    lines.into_iter().map(gathered).collect()
}

/// The subtotals of an invoice by customer and agreement.
pub(super) fn subtotals<'c>(lines: impl Iterator<Item = &'c Line>) -> Result<Vec<Subtotal>, MoneyError> {
    let mut nets: BTreeMap<(&Id, Option<&Id>), Minor> = BTreeMap::new();
    for line in lines {
        // Charges of several agreements never share a line.
        let agreement = line.charges.first().and_then(|charge| charge.agreement.as_ref());
        let net = nets.entry((&line.customer, agreement)).or_default();
        *net = net.plus(line.net)?;
    }
    let subtotal = |((customer, agreement), net): ((&Id, Option<&Id>), Minor)| Subtotal {
        agreement: agreement.cloned(),
        customer: customer.clone(),
        net,
    };
    Ok(nets.into_iter().map(subtotal).collect())
}
