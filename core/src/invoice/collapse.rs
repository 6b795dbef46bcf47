use std::collections::BTreeMap;

use super::{Collapse, Line, Subtotal};
use crate::calendar::Date;
use crate::id::Id;
use crate::money::{Minor, MoneyError, Price};
use crate::rating::{Charge, Unit};

/// What tells lines apart, in the order they are printed; what a mode does not tell apart is left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LineKey {
    /// The customer.
    pub(super) customer: Id,
    agreement: Option<Id>,
    /// The ticket.
    pub(super) ticket: Option<Id>,
    /// The charge code.
    pub(super) code: Id,
    agent: Option<Id>,
    day: Option<Date>,
    /// The unit.
    pub(super) unit: Unit,
    rate: Option<(Price, u32, bool)>,
    article: Option<(Id, String)>,
    place: Option<usize>,
}

/// Whether a charge is for a part of a period: no quantity times price gives its amount.
pub(super) fn is_part(charge: &Charge) -> bool {
    charge.fee.as_ref().is_some_and(|part| part.start > 0 || part.end < part.of)
}

impl LineKey {
    /// The line that a charge joins. Lines of several agreements or customers never merge, so that each
    /// keeps its subtotal.
    fn of(collapse: Collapse, customer: Id, charge: &Charge, place: usize) -> Self {
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
            place: apart.then_some(place),
        }
    }
}

/// Gathers charges into lines; every line keeps its charges.
pub(super) fn gather(collapse: Collapse, charges: Vec<(Id, Charge)>) -> BTreeMap<LineKey, Vec<Charge>> {
    let mut lines: BTreeMap<LineKey, Vec<Charge>> = BTreeMap::new();
    for (place, (customer, charge)) in charges.into_iter().enumerate() {
        let key = LineKey::of(collapse, customer, &charge, place);
        lines.entry(key).or_default().push(charge);
    }
    lines
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
