use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::action::{Capture, SellBlock};
use super::decide::{Events, because, refuse};
use super::error::AccountError;
use super::event::{AccountEvent, BlockSold, Captured};
use super::state::Account;
use crate::agreement::{AgreementError, AgreementKind};
use crate::audit::{Ruling, Stamp};
use crate::calendar::Date;
use crate::canon::shape;
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;
use crate::money::{Amount, Currency, FACTOR_ONE, Minor, MoneyError, Price};
use crate::rating::{Charge, ChargeSource, Unit};
use crate::rulebook::Rulebook;
use crate::work::{Entry, Ticket, Work, WorkError};

shape! {
    /// An amount that was agreed instead of time.
    pub struct FixedPrice {
        /// The agreement.
        pub agreement: Id,
        /// How much, as prices are stated.
        pub amount: Minor,
        /// The charge code: for its name and tax category.
        pub code: Id,
        /// The currency.
        pub currency: Currency,
        /// The customer of the agreement.
        pub customer: Id,
    }
}

/// What capturing an entry does.
enum Captures {
    /// It is new, or a correction.
    Takes,
    /// It is a correction of work that stands on a document, and counts once that is free again.
    Waits(WorkError),
    /// It is known already, or older than what is known.
    Leaves,
    /// It is left, and somebody should know why.
    Finds(Severity, WorkError),
}

impl Account {
    pub(super) fn capture(&self, rulebook: &Rulebook, capture: &Capture) -> Events {
        let family = rulebook.family(self.payer()).map_err(because)?;
        let mut findings = Vec::new();
        let mut tickets: BTreeMap<&Id, &Ticket> = BTreeMap::new();
        for (place, ticket) in capture.tickets.iter().enumerate() {
            if tickets.insert(&ticket.id, ticket).is_some() {
                let error = WorkError::TicketIdTwice { got: ticket.id.to_string() };
                let path = format!("/action/tickets/{place}/id");
                findings.push(Finding::block(&error).about(&ticket.id).at(path));
            }
            if let Some(error) = self.left(&ticket.customer) {
                let path = format!("/action/tickets/{place}/customer");
                findings.push(Finding::block(&error).about(&ticket.id).at(path));
            } else if !family.contains(&ticket.customer) {
                let error = WorkError::CustomerUnknown { got: ticket.customer.to_string() };
                let path = format!("/action/tickets/{place}/customer");
                findings.push(Finding::block(&error).about(&ticket.id).at(path));
            }
        }
        let mut seen = BTreeSet::new();
        let several = capture.entries.len() > 1;
        let mut entries = Vec::with_capacity(capture.entries.len());
        for (place, entry) in capture.entries.iter().enumerate() {
            let path = || format!("/action/entries/{place}");
            let known = |id: &Id| tickets.contains_key(id) || self.tickets.contains_key(id);
            let checked = if !several || seen.insert(&entry.id) {
                check_entry(entry, known, family)
            } else {
                Err(WorkError::EntryIdTwice { got: entry.id.to_string() })
            };
            if let Err(error) = checked {
                findings.push(Finding::block(&error).about(&entry.id).at(path()));
                continue;
            }
            // What is known here can be corrected here; new work belongs to where its customer is.
            let ticket = entry.ticket.as_ref();
            let ticket = ticket.and_then(|id| tickets.get(id).copied().or_else(|| self.ticket(id)));
            let customer = ticket.map(|ticket| &ticket.customer).or(entry.customer.as_ref());
            if let Some(error) = customer.and_then(|id| self.left(id)).filter(|_| !self.is_known(&entry.id)) {
                findings.push(Finding::block(&error).about(&entry.id).at(path()));
                continue;
            }
            let mut find = |severity, error: WorkError| {
                findings.push(Finding::new(severity, &error).about(&entry.id).at(path()));
            };
            let captures = self.captures(entry);
            let taken = matches!(captures, Captures::Takes | Captures::Waits(_));
            match captures {
                Captures::Takes | Captures::Leaves => {}
                Captures::Waits(error) => find(Severity::Warn, error),
                Captures::Finds(severity, error) => find(severity, error),
            }
            if taken {
                if matches!(entry.work, Work::Time(_)) && entry.seconds() == 0 {
                    find(Severity::Warn, WorkError::ZeroLength);
                }
                entries.push(Arc::new(entry.clone()));
            }
        }
        let (blocking, others) = findings.into_iter().partition(|f: &Finding| f.severity == Severity::Block);
        Refusal::unless_empty(blocking)?;
        let changed = |ticket: &&&Ticket| self.ticket(&ticket.id) != Some(**ticket);
        let tickets: Vec<Arc<Ticket>> =
            tickets.values().filter(changed).map(|ticket| Arc::new((*ticket).clone())).collect();
        let events = if entries.is_empty() && tickets.is_empty() {
            Vec::new()
        } else {
            vec![AccountEvent::Captured(Captured { entries, tickets })]
        };
        Ok(Ruling { events, findings: others })
    }

    fn is_known(&self, entry: &Id) -> bool {
        self.billed.contains_key(entry)
            || self.unbilled.contains_key(entry)
            || self.elsewhere.contains_key(entry)
    }

    fn captures(&self, entry: &Entry) -> Captures {
        if self.elsewhere.contains_key(&entry.id) {
            return Captures::Finds(Severity::Info, WorkError::BilledElsewhere { got: entry.id.to_string() });
        }
        let Some(known) = self.latest(&entry.id) else {
            return Captures::Takes;
        };
        match entry.revision.cmp(&known.revision) {
            core::cmp::Ordering::Less => Captures::Leaves,
            core::cmp::Ordering::Equal if **known == *entry => Captures::Leaves,
            core::cmp::Ordering::Equal => {
                Captures::Finds(Severity::Block, WorkError::EntryConflict { revision: entry.revision })
            }
            core::cmp::Ordering::Greater if self.billed.contains_key(&entry.id) => {
                Captures::Waits(WorkError::SourceChanged { got: entry.revision })
            }
            core::cmp::Ordering::Greater => Captures::Takes,
        }
    }

    /// Whether a customer is one that the account pays for and is still here.
    pub(super) fn check_customer(&self, rulebook: &Rulebook, customer: &Id) -> Result<(), Refusal> {
        if let Some(error) = self.left(customer) {
            return refuse(&error);
        }
        if !rulebook.family(self.payer()).map_err(because)?.contains(customer) {
            return refuse(&WorkError::CustomerUnknown { got: customer.to_string() });
        }
        Ok(())
    }

    pub(super) fn sell_block(&self, rulebook: &Rulebook, sell: &SellBlock, stamp: &Stamp) -> Events {
        self.check_customer(rulebook, &sell.customer)?;
        if self.sales.contains_key(&sell.sale) || self.sold_elsewhere.contains_key(&sell.sale) {
            return refuse(&AccountError::SaleTwice { got: sell.sale.to_string() });
        }
        let terms = rulebook.terms(&sell.customer).map_err(because)?;
        let found = terms.agreements().iter().find(|agreement| agreement.id == sell.agreement);
        let unknown = || AgreementError::Unknown { got: sell.agreement.to_string() };
        let agreement = found.ok_or_else(unknown).map_err(because)?;
        if agreement.kind != AgreementKind::PrepaidHours {
            return refuse(&AgreementError::NotSold { got: sell.agreement.to_string() });
        }
        if !agreement.in_force(stamp.effective) {
            let (id, date) = (sell.agreement.to_string(), stamp.effective.to_string());
            return refuse(&AgreementError::NotInForce { id, date });
        }
        let incomplete = |missing| because(AgreementError::BlockIncomplete { missing });
        let fixed = FixedPrice {
            agreement: agreement.id.clone(),
            amount: agreement.price.ok_or_else(|| incomplete("price"))?,
            code: agreement.code.clone().ok_or_else(|| incomplete("code"))?,
            currency: terms.currency(),
            customer: sell.customer.clone(),
        };
        let seconds = agreement.seconds().map_err(because)?;
        let sold =
            BlockSold { seconds, ..sold(&fixed, sell.sale.clone(), stamp.effective).map_err(because)? };
        Ok(Ruling { events: vec![AccountEvent::BlockSold(Box::new(sold))], findings: Vec::new() })
    }
}

/// What was sold, as it follows from its price: what a record says is held against it.
pub(super) fn agreed(said: &BlockSold) -> Result<BlockSold, MoneyError> {
    let fixed = FixedPrice {
        agreement: said.agreement.clone(),
        amount: said.charge.net,
        code: said.charge.code.clone(),
        currency: said.currency,
        customer: said.customer.clone(),
    };
    Ok(BlockSold { seconds: said.seconds, ..sold(&fixed, said.sale.clone(), said.charge.date)? })
}

/// Checks an entry alone and against its ticket and customer.
fn check_entry(entry: &Entry, known: impl Fn(&Id) -> bool, family: &BTreeSet<Id>) -> Result<(), WorkError> {
    entry.check()?;
    if let Some(ticket) = entry.ticket.as_ref().filter(|ticket| !known(ticket)) {
        return Err(WorkError::TicketUnknown { got: ticket.to_string() });
    }
    match entry.customer.as_ref().filter(|customer| !family.contains(*customer)) {
        Some(customer) => Err(WorkError::CustomerUnknown { got: customer.to_string() }),
        None => Ok(()),
    }
}

/// An agreed amount that falls due on a day.
pub(super) fn sold(fixed: &FixedPrice, sale: Id, date: Date) -> Result<BlockSold, MoneyError> {
    let charge = Charge {
        agreement: Some(fixed.agreement.clone()),
        agent: None,
        article: None,
        band: None,
        code: fixed.code.clone(),
        coverage: None,
        date,
        end: None,
        entry: sale.clone(),
        factor: FACTOR_ONE,
        fee: None,
        multiplier: None,
        net: fixed.amount,
        no_charge: false,
        price: Price::from_decimal(Amount::new(fixed.amount, fixed.currency).to_decimal())?,
        quantity: Price::whole(1)?,
        rate: None,
        raw_seconds: 0,
        rounding: None,
        source: ChargeSource::Sale,
        start: None,
        ticket: None,
        unit: Unit::Unit,
    };
    Ok(BlockSold {
        agreement: fixed.agreement.clone(),
        charge,
        currency: fixed.currency,
        customer: fixed.customer.clone(),
        sale,
        seconds: 0,
    })
}
