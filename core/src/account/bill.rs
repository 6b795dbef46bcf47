use std::collections::BTreeMap;

use super::action::Bill;
use super::asking::{Asking, work_key};
use super::decide::{Events, because, refuse};
use super::state::Account;
use crate::audit::{Ruling, Stamp, derived_id, numbered_id};
use crate::calendar::Date;
use crate::finding::{Finding, Refusal};
use crate::id::Id;
use crate::invoice::{DocumentState, Draft, Frame, InvoiceError, Unassembled, assemble};
use crate::money::Currency;
use crate::rating::{Charge, ChargeSource, Job, Rules, Scope, WorkedBefore, rate};
use crate::rulebook::{Rulebook, Trigger};
use crate::work::{Entry, Ticket, Work};

/// Charges of one invoice, each with its customer.
type Charges = Vec<(Id, Charge)>;

impl Account {
    pub(super) fn bill(&self, rulebook: &Rulebook, bill: &Bill, stamp: &Stamp) -> Events {
        if bill.period.to < bill.period.from {
            let (from, to) = (bill.period.from.to_string(), bill.period.to.to_string());
            return refuse(&InvoiceError::PeriodOrder { from, to });
        }
        let mut asking = Asking::new(rulebook, stamp, &bill.exchange)?;
        let mut findings = Vec::new();
        let by_currency = self.charges(rulebook, bill, &mut findings)?;
        let mut events = Vec::new();
        for (currency, charges) in by_currency {
            match self.draft(rulebook, bill, currency, charges) {
                Ok(draft) => self.request_approval(&mut asking, draft, &mut events, &mut findings)?,
                Err(error) => findings.push(Finding::block(&error).about(currency)),
            }
        }
        if events.is_empty() {
            let nothing = InvoiceError::NothingToBill { to: bill.period.to.to_string() };
            findings.insert(0, Finding::block(&nothing));
            Refusal::unless_empty(findings.clone())?;
        }
        Ok(Ruling { events, findings })
    }

    /// Rates everything that is ready, and gathers the charges by currency.
    fn charges(
        &self,
        rulebook: &Rulebook,
        bill: &Bill,
        findings: &mut Vec<Finding>,
    ) -> Result<BTreeMap<Currency, Charges>, Refusal> {
        let family = rulebook.family(self.payer()).map_err(because)?;
        let mut rules: BTreeMap<&Id, Rules<'_>> = BTreeMap::new();
        for customer in family {
            rules.insert(customer, rulebook.rules(customer).map_err(because)?);
        }
        let trigger = rulebook.policy().billing().trigger;
        let mut jobs = Vec::new();
        let mut customers: BTreeMap<&Id, &Rules<'_>> = BTreeMap::new();
        for entry in self.unbilled.values().filter(|entry| !self.elsewhere.contains_key(&entry.id)) {
            let ticket = entry.ticket.as_ref().and_then(|id| self.ticket(id));
            let customer = ticket.map(|ticket| &ticket.customer).or(entry.customer.as_ref());
            // A customer that left the family since is billed by nobody here: its work waits.
            let Some(rules) = customer.and_then(|customer| rules.get(customer)) else {
                continue;
            };
            if is_ready(entry, ticket, rules, trigger, bill.period.to).map_err(because)? {
                customers.insert(&entry.id, rules);
                jobs.push(Job { entry, rules, ticket });
            }
        }
        jobs.retain(|job| {
            !self.is_withheld(&derived_id(&[ChargeSource::Entry.word(), job.entry.id.as_str()]))
        });
        let before = self.worked_before(&jobs);
        let mut rated = rate(&jobs, &self.standings, &before);
        findings.append(&mut rated.findings);
        let mut by_currency: BTreeMap<Currency, Charges> = BTreeMap::new();
        for mut charge in rated.charges {
            self.cover(&mut charge);
            if let Some(rules) = customers.get(&charge.entry) {
                by_currency.entry(rules.currency).or_default().push((rules.customer.clone(), charge));
            }
        }
        for sale in self.sales.values().filter(|sale| sale.invoice.is_none()) {
            let withheld = self.is_withheld(&work_key(&sale.sold.charge));
            if sale.sold.charge.date <= bill.period.to && !withheld {
                let charge = (sale.sold.customer.clone(), sale.sold.charge.clone());
                by_currency.entry(sale.sold.currency).or_default().push(charge);
            }
        }
        Ok(by_currency)
    }

    /// What live invoices billed already of the scopes that these jobs belong to.
    fn worked_before(&self, jobs: &[Job<'_>]) -> WorkedBefore {
        let mut before = WorkedBefore::new();
        let wide = jobs.iter().filter(|job| job.rules.rounding.scope != Scope::Entry);
        let tickets: BTreeMap<&Id, &Job<'_>> =
            wide.filter_map(|job| job.ticket.map(|ticket| (&ticket.id, job))).collect();
        if tickets.is_empty() {
            return before;
        }
        let live = self.invoices.values().filter(|invoice| invoice.state != DocumentState::Void);
        for charge in live.flat_map(|invoice| &invoice.draft.lines).flat_map(|line| &line.charges) {
            let Some(job) = charge.ticket.as_ref().and_then(|ticket| tickets.get(ticket)) else {
                continue;
            };
            if charge.rounding.is_none() {
                continue;
            }
            let rounding = job.rules.rounding;
            let (ticket, agent) = (charge.ticket.as_ref(), charge.agent.as_ref());
            let key = rounding.key(&charge.entry, ticket, charge.date, agent, &charge.code);
            let (raw, billed) = before.entry(key).or_default();
            *raw = raw.saturating_add(charge.raw_seconds.into());
            *billed = billed.saturating_add(charge.billed_seconds());
        }
        before
    }

    fn draft(
        &self,
        rulebook: &Rulebook,
        bill: &Bill,
        currency: Currency,
        charges: Charges,
    ) -> Result<Draft, Unassembled> {
        let policy = rulebook.policy();
        let terms =
            rulebook.terms(self.payer()).map_or_else(|_| self.payer(), |terms| &terms.payment_terms().id);
        assemble(
            &Frame {
                collapse: policy.billing().collapse,
                codes: policy.codes(),
                currency,
                id: self.invoice_id(bill, currency),
                payer: self.payer(),
                period: bill.period.clone(),
                series: &policy.billing().series,
                supply: bill.period.to,
                taxes: policy.taxes(),
                terms,
            },
            charges,
        )
    }

    /// Run, end of the period and currency; a later invoice of the same run is told apart by its count.
    fn invoice_id(&self, bill: &Bill, currency: Currency) -> Id {
        let to = bill.period.to.to_string();
        let base = derived_id(&[bill.run.as_str(), &to, currency.code()]);
        let mut id = base.clone();
        let mut count = 1_usize;
        while !self.is_new_subject(&id) {
            count = count.saturating_add(1);
            id = numbered_id(&base, count);
        }
        id
    }
}

/// Whether work is billable at the end of a day.
fn is_ready(
    entry: &Entry,
    ticket: Option<&Ticket>,
    rules: &Rules<'_>,
    trigger: Trigger,
    to: Date,
) -> Result<bool, crate::calendar::CalendarError> {
    let zone = rules.calendar.zone();
    let done = match &entry.work {
        Work::Time(time) => zone.date(time.start)?,
        Work::Part(part) => part.date,
    };
    let closed = match (trigger, ticket) {
        (Trigger::TicketClosed, Some(ticket)) => match ticket.closed {
            Some(closed) => zone.date(closed)? <= to,
            None => false,
        },
        (Trigger::TicketClosed, None) | (Trigger::WorkDone, _) => true,
    };
    Ok(closed && done <= to)
}
