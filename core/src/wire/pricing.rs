//! Work priced without an account.

use std::collections::BTreeMap;

use super::answer::document;
use crate::canon::{from_bytes, shape};
use crate::finding::{Finding, Refusal};
use crate::id::Id;
use crate::money::{Currency, Minor};
use crate::rating::{Charge, Job, Rules, Standings, WorkedBefore};
use crate::rulebook::Rulebook;
use crate::work::{Entry, Ticket, WorkError};

shape! {
    /// Work to be priced without an account.
    pub struct WorkDocument {
        /// Time and parts.
        pub entries: Vec<Entry>,
        /// Their tickets.
        pub tickets: Vec<Ticket>,
    }
}

shape! {
    /// The priced work of one customer.
    pub struct RatedCustomer {
        /// The charges.
        pub charges: Vec<Charge>,
        /// The currency of its terms.
        pub currency: Currency,
        /// The customer.
        pub customer: Id,
        /// Sum of the charges.
        pub net: Minor,
    }
}

shape! {
    /// Priced work.
    pub struct RatedDocument {
        /// Customers by id.
        pub customers: Vec<RatedCustomer>,
        /// What somebody should look at.
        pub findings: Vec<Finding>,
    }
}

/// Prices work under a rulebook, without an account: no block is drawn, nothing was billed before.
///
/// # Errors
/// Every shape error, and [`WorkError`] for every entry that cannot be read as work.
pub fn rate(rulebook: &Rulebook, work: &[u8]) -> Result<Vec<u8>, Refusal> {
    let work = from_bytes::<WorkDocument>(work)?;
    let mut findings = Vec::new();
    let mut rules: BTreeMap<Id, Rules<'_>> = BTreeMap::new();
    let mut owners = Vec::with_capacity(work.entries.len());
    for (place, entry) in work.entries.iter().enumerate() {
        let mut find =
            |finding: Finding| findings.push(finding.about(&entry.id).at(format!("/entries/{place}")));
        let ticket = entry.ticket.as_ref().and_then(|id| work.tickets.iter().find(|ticket| ticket.id == *id));
        if let Err(error) = entry.check() {
            find(Finding::block(&error));
        }
        match (&entry.ticket, ticket) {
            (Some(id), None) => find(Finding::block(&WorkError::TicketUnknown { got: id.to_string() })),
            _ => {
                let customer = ticket.map(|ticket| &ticket.customer).or(entry.customer.as_ref());
                match customer.map(|customer| rulebook.rules(customer)) {
                    Some(Ok(found)) => drop(rules.insert(found.customer.clone(), found)),
                    Some(Err(error)) => find(Finding::block(&error)),
                    None => {}
                }
                owners.push((entry, ticket, customer));
            }
        }
    }
    Refusal::unless_empty(findings)?;
    let jobs: Vec<Job<'_>> = owners
        .into_iter()
        .filter_map(|(entry, ticket, customer)| Some(Job { entry, rules: rules.get(customer?)?, ticket }))
        .collect();
    rated_document(&jobs).map(|rated| document(&rated))
}

fn rated_document(jobs: &[Job<'_>]) -> Result<RatedDocument, Refusal> {
    let mut answer = RatedDocument { customers: Vec::new(), findings: Vec::new() };
    let mut by_customer: BTreeMap<&Id, Vec<Job<'_>>> = BTreeMap::new();
    for job in jobs {
        by_customer.entry(job.rules.customer).or_default().push(*job);
    }
    for (customer, jobs) in by_customer {
        let Some(currency) = jobs.first().map(|job| job.rules.currency) else { continue };
        let rated = crate::rating::rate(&jobs, &Standings::new(), &WorkedBefore::new());
        answer.findings.extend(rated.findings);
        let net = Minor::sum(rated.charges.iter().map(|charge| charge.net))
            .map_err(|error| Refusal::because(&error))?;
        answer.customers.push(RatedCustomer {
            charges: rated.charges,
            currency,
            customer: customer.clone(),
            net,
        });
    }
    Ok(answer)
}
