use std::collections::{BTreeMap, BTreeSet};

use super::ready::{done_on, readiness};
use crate::account::asking::work_key;
use crate::account::decide::because;
use crate::account::error::AccountError;
use crate::account::event::CarriedForward;
use crate::account::header::grouped;
use crate::account::state::Account;
use crate::audit::{derived_id, numbered_id};
use crate::calendar::{Date, Zone};
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;
use crate::invoice::{
    AdjustmentTerm, DocumentState, Draft, Frame, GroupKey, GroupValue, Header, OneOffAdjustment, Period,
    TypeCode, Unassembled, assemble,
};
use crate::money::{Amount, Currency, Minor};
use crate::rating::{Charge, ChargeSource, Job, Rules, Scope as RoundingScope, WorkedBefore, rate};
use crate::rulebook::{Policy, Rulebook, RulebookError, Terms, Trigger};
use crate::tax::TaxError;
use crate::work::{Entry, Ticket};

/// The charge codes of a draft that no tax category covers, though the policy taxes others.
pub(in crate::account) fn untaxed<'d>(
    policy: &'d Policy,
    draft: &'d Draft,
) -> impl Iterator<Item = Finding> + use<'d> {
    let codes = policy.untaxed_codes().filter(|code| draft.lines.iter().any(|line| line.code == **code));
    codes.map(|code| {
        let error = TaxError::CategoryMissing { code: code.to_string() };
        Finding::new(Severity::Warn, &error).about(&draft.id)
    })
}

/// Charges of one invoice, each with its customer.
type Charges = Vec<(Id, Charge)>;

/// Currency and group of an invoice.
type Group = (Currency, Vec<Option<Id>>);

/// What a billing takes into account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::account) enum Scope<'s> {
    /// All work, sales and fees.
    All,
    /// The work of a ticket.
    Ticket(&'s Id),
    /// The work of a project.
    Project(&'s Id),
    /// One sale alone.
    Sale(&'s Id),
}

/// What tells an invoice from the others, and what it says besides lines and sums.
struct Heading {
    currency: Currency,
    grouping: Vec<GroupValue>,
    header: Header,
    id: Id,
}

/// What is to be billed.
#[derive(Debug, Clone)]
pub(in crate::account) struct Selection<'s> {
    /// Whether what is below the minimum is billed too.
    pub(in crate::account) below_minimum: bool,
    /// Most late periods of each fee; what the fee says when left out.
    pub(in crate::account) catch_up: Option<u32>,
    /// First parts of the ids of its invoices.
    pub(in crate::account) name: Vec<&'s str>,
    /// The day it is billed on.
    pub(in crate::account) on: Date,
    /// Allowances and charges of this bill alone.
    pub(in crate::account) one_off: &'s [OneOffAdjustment],
    /// The days.
    pub(in crate::account) period: Period,
    /// Which part of the account.
    pub(in crate::account) scope: Scope<'s>,
    /// Ids of entries, sales and fees that another plan bills.
    pub(in crate::account) taken: &'s BTreeSet<Id>,
    /// When work becomes billable.
    pub(in crate::account) work: Trigger,
    /// The zone that says on which day it was done; each customer's own when left out.
    pub(in crate::account) zone: Option<Zone>,
}

/// What a selection comes to.
#[derive(Debug, Clone, Default)]
pub(in crate::account) struct Assembly {
    /// Invoices, by currency and group.
    pub(in crate::account) drafts: Vec<Draft>,
    /// What is below the minimum.
    pub(in crate::account) carried: Vec<CarriedForward>,
    /// Ids of what is carried forward.
    pub(in crate::account) held: BTreeSet<Id>,
    /// What somebody should look at.
    pub(in crate::account) findings: Vec<Finding>,
    /// One-off allowances and charges that stand on none of the invoices, or on several.
    pub(in crate::account) unplaced: Vec<Finding>,
}

impl Assembly {
    /// Whether there is nothing to record.
    pub(in crate::account) const fn is_empty(&self) -> bool {
        self.drafts.is_empty() && self.carried.is_empty()
    }
}

impl Account {
    /// The customers that the account pays for, but for those that left it.
    pub(in crate::account) fn customers_here<'r>(
        &self,
        rulebook: &'r Rulebook,
    ) -> Result<impl Iterator<Item = &'r Id> + use<'_, 'r>, RulebookError> {
        let family = rulebook.family(self.payer())?;
        Ok(family.iter().filter(|customer| self.departed(customer).is_none()))
    }

    /// The rules of each of them.
    pub(super) fn family_rules<'r>(
        &self,
        rulebook: &'r Rulebook,
    ) -> Result<BTreeMap<&'r Id, Rules<'r>>, RulebookError> {
        self.customers_here(rulebook)?.map(|customer| Ok((customer, rulebook.rules(customer)?))).collect()
    }

    /// What a selection comes to: rated, grouped, totalled; nothing is decided yet.
    pub(in crate::account) fn assemble(
        &self,
        rulebook: &Rulebook,
        selection: &Selection<'_>,
    ) -> Result<Assembly, Refusal> {
        let mut assembly = Assembly::default();
        let rules = (rulebook.policy(), rulebook.terms(self.payer()).map_err(because)?);
        let groups = self.charges(rulebook, selection, &mut assembly.findings)?;
        for ((currency, values), charges) in groups {
            let keys = rulebook.policy().billing().grouping.iter();
            let grouping: Vec<GroupValue> = keys
                .zip(&values)
                .map(|(key, value)| GroupValue { key: *key, value: value.clone() })
                .collect();
            let net = Minor::sum(charges.iter().map(|(_, charge)| charge.net)).map_err(because)?;
            let minimum = rulebook.policy().billing().minimum.filter(|_| !selection.below_minimum);
            let shown = Amount::new(net, currency);
            if let Some(minimum) = minimum.filter(|least| shown.to_decimal().abs() < least.to_decimal()) {
                let error =
                    AccountError::BelowMinimum { minimum: minimum.to_string(), net: shown.to_string() };
                assembly.findings.push(Finding::new(Severity::Info, &error).about(currency));
                assembly.held.extend(charges.into_iter().map(|(_, charge)| charge.entry));
                assembly.carried.push(CarriedForward { currency, grouping, minimum, net });
                continue;
            }
            let id = self.invoice_id(selection, currency, &grouping, &assembly.drafts);
            let customers = charges.iter().map(|(customer, _)| customer).collect();
            let agreements = charges.iter().filter_map(|(_, charge)| charge.agreement.as_ref()).collect();
            let header = self.header(rulebook, TypeCode::Invoice, currency, customers, &agreements);
            let header = grouped(header.map_err(because)?, &grouping);
            let heading = Heading { currency, grouping, header, id };
            match self.draft(rules, selection, heading, charges, &mut assembly) {
                Ok(draft) => {
                    assembly.findings.extend(untaxed(rulebook.policy(), &draft));
                    assembly.drafts.push(draft);
                }
                Err(error) => assembly.findings.push(Finding::block(&error).about(currency)),
            }
        }
        for (place, one) in selection.one_off.iter().enumerate() {
            let stands = one.check().and_then(|()| one.check_stands(&assembly.drafts));
            let at = format!("/action/adjustments/{place}");
            assembly.unplaced.extend(stands.err().map(|error| Finding::block(&error).at(at)));
        }
        Ok(assembly)
    }

    /// Rates everything that is ready, and gathers the charges by currency and group.
    fn charges(
        &self,
        rulebook: &Rulebook,
        selection: &Selection<'_>,
        findings: &mut Vec<Finding>,
    ) -> Result<BTreeMap<Group, Charges>, Refusal> {
        let rules = self.family_rules(rulebook).map_err(because)?;
        let mut jobs = Vec::new();
        let mut customers: BTreeMap<&Id, &Rules<'_>> = BTreeMap::new();
        let entries: Vec<&Entry> = match selection.scope {
            Scope::Ticket(ticket) => self.unbilled_of(ticket).collect(),
            Scope::All | Scope::Project(_) => self.unbilled().collect(),
            Scope::Sale(_) => Vec::new(),
        };
        for (entry, ticket, rules) in self.candidates(entries, &rules) {
            if self.is_selected(rulebook, selection, entry, ticket, rules).map_err(because)? {
                customers.insert(&entry.id, rules);
                jobs.push(Job { entry, rules, ticket });
            }
        }
        let before = self.worked_before(&jobs);
        let mut rated = rate(&jobs, &self.standings, &before);
        findings.append(&mut rated.findings);
        let mut all: Vec<(Currency, Id, Charge)> = Vec::with_capacity(rated.charges.len());
        for mut charge in rated.charges {
            self.cover(&mut charge);
            if let Some(rules) = customers.get(&charge.entry) {
                all.push((rules.currency, rules.customer.clone(), charge));
            }
        }
        if matches!(selection.scope, Scope::All | Scope::Sale(_)) {
            let free = self.sales.iter().filter(|(id, sale)| {
                // One of a customer that left since waits until it follows.
                sale.invoice.is_none()
                    && self.left(&sale.sold.customer).is_none()
                    && (selection.scope == Scope::All || selection.scope == Scope::Sale(id))
                    && !self.is_withheld(&work_key(&sale.sold.charge))
                    && sale.sold.charge.date <= selection.period.to
                    && !selection.taken.contains(*id)
            });
            all.extend(free.map(|(_, sale)| {
                let mut charge = sale.sold.charge.clone();
                self.cover(&mut charge);
                (sale.sold.currency, sale.sold.customer.clone(), charge)
            }));
        }
        if selection.scope == Scope::All {
            all.append(&mut self.fee_charges(rulebook, selection, findings)?);
        }
        let mut groups: BTreeMap<Group, Charges> = BTreeMap::new();
        for (currency, customer, charge) in all {
            let values = self.group_values(rulebook, &customer, &charge).map_err(because)?;
            groups.entry((currency, values)).or_default().push((customer, charge));
        }
        Ok(groups)
    }

    /// Entries of the family with their tickets and rules. A customer that left the family since
    /// is billed by nobody here: its work waits.
    pub(super) fn candidates<'a>(
        &'a self,
        unbilled: impl IntoIterator<Item = &'a Entry>,
        rules: &'a BTreeMap<&'a Id, Rules<'a>>,
    ) -> impl Iterator<Item = (&'a Entry, Option<&'a Ticket>, &'a Rules<'a>)> {
        let here = unbilled.into_iter();
        let here =
            here.filter(|entry| !self.elsewhere.contains_key(&entry.id) && !self.lacks_consent(&entry.id));
        here.filter_map(move |entry| {
            let ticket = entry.ticket.as_ref().and_then(|id| self.ticket(id));
            let customer = ticket.map(|ticket| &ticket.customer).or(entry.customer.as_ref());
            Some((entry, ticket, rules.get(customer?)?))
        })
    }

    /// Whether consent to the work of an entry was denied or not given.
    pub(super) fn lacks_consent(&self, entry: &Id) -> bool {
        // A key is made for each entry, which is dear where nothing ever lapsed.
        !self.lapsed.is_empty()
            && self.is_withheld(&derived_id(&[ChargeSource::Entry.word(), entry.as_str()]))
    }

    fn is_selected(
        &self,
        rulebook: &Rulebook,
        selection: &Selection<'_>,
        entry: &Entry,
        ticket: Option<&Ticket>,
        rules: &Rules<'_>,
    ) -> Result<bool, crate::calendar::CalendarError> {
        if selection.taken.contains(&entry.id) {
            return Ok(false);
        }
        let zone = selection.zone.unwrap_or_else(|| rules.calendar.zone());
        match selection.scope {
            Scope::Project(id) => {
                let of_project = ticket.is_some_and(|ticket| ticket.project.as_ref() == Some(id));
                return Ok(of_project && done_on(entry, zone)? <= selection.period.to);
            }
            Scope::Ticket(_) | Scope::Sale(_) | Scope::All => {}
        }
        let ready = readiness(entry, ticket, zone, rulebook.policy().billing(), selection.work)?;
        // A later end of the period cuts no grace or delay short; work of a later day is refused by its date.
        let waits = done_on(entry, zone)? <= selection.on && !ready.by(selection.on);
        Ok(ready.by(selection.period.to) && !waits)
    }

    /// What a charge has in common with the others of its invoice, in the order of the policy's keys.
    fn group_values(
        &self,
        rulebook: &Rulebook,
        customer: &Id,
        charge: &Charge,
    ) -> Result<Vec<Option<Id>>, RulebookError> {
        let terms = rulebook.terms(customer)?;
        let ticket = charge.ticket.as_ref().and_then(|id| self.ticket(id));
        let value = |key: &GroupKey| match key {
            GroupKey::Agreement => charge.agreement.clone(),
            GroupKey::Customer => Some(customer.clone()),
            GroupKey::Language => terms.language().cloned(),
            // A month such as 2026-01 is an id.
            GroupKey::Period => charge.date.to_string().get(..7).and_then(|month| Id::new(month).ok()),
            GroupKey::Project => ticket.and_then(|ticket| ticket.project.clone()),
            GroupKey::PurchaseOrder => {
                let own = ticket.and_then(|ticket| ticket.purchase_order.clone());
                own.or_else(|| terms.purchase_order().cloned())
            }
            GroupKey::Site => ticket.and_then(|ticket| ticket.site.clone()),
            GroupKey::TaxScheme => terms.tax_scheme().cloned(),
            GroupKey::Terms => Some(terms.payment_terms().id.clone()),
            GroupKey::Ticket => charge.ticket.clone(),
        };
        Ok(rulebook.policy().billing().grouping.iter().map(value).collect())
    }

    /// What live invoices billed already of the scopes that these jobs belong to.
    fn worked_before(&self, jobs: &[Job<'_>]) -> WorkedBefore {
        let mut before = WorkedBefore::new();
        let wide = jobs.iter().filter(|job| job.rules.rounding.scope != RoundingScope::Entry);
        let tickets: BTreeMap<&Id, &Job<'_>> =
            wide.filter_map(|job| job.ticket.map(|ticket| (&ticket.id, job))).collect();
        if tickets.is_empty() {
            return before;
        }
        let invoices = self.invoices_of(tickets.keys().copied()).into_iter();
        let invoices = invoices.filter_map(|id| self.invoices.get(id));
        let live = invoices.filter(|invoice| invoice.state != DocumentState::Void);
        let lines = live.flat_map(|invoice| &invoice.draft.lines).filter(|line| !self.is_rebilled(&line.id));
        for charge in lines.flat_map(|line| &line.charges) {
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
        (policy, payer): (&Policy, &Terms),
        selection: &Selection<'_>,
        heading: Heading,
        charges: Charges,
        assembly: &mut Assembly,
    ) -> Result<Draft, Unassembled> {
        let Heading { currency, grouping, header, id } = heading;
        let adjustments = payer.adjustments_in(currency);
        let given = selection.one_off.iter().filter(|one| one.names(&id, currency) && one.check().is_ok());
        let one_off: Vec<AdjustmentTerm> = given.map(OneOffAdjustment::term).collect();
        let terms = grouping.iter().find(|group| group.key == GroupKey::Terms);
        let terms = terms.and_then(|group| policy.payment_terms(group.value.as_ref()?));
        let terms = terms.unwrap_or_else(|| payer.payment_terms());
        let frame = Frame {
            adjustments: &adjustments,
            amounts: policy.amounts(),
            buyer: policy.buyer(payer),
            collapse: policy.billing().collapse,
            codes: policy.codes(),
            currency,
            deposits: &[],
            discount: terms.untaxed_discount(),
            header,
            id,
            grouping,
            on: selection.on,
            one_off: &one_off,
            period: selection.period.clone(),
            prepaid: Minor::ZERO,
            references: &policy.billing().payment_references,
            series: &policy.billing().series,
            taxes: policy.taxes(),
            terms,
        };
        if self.deposits.is_empty() {
            return assemble(&frame, charges);
        }
        // What is deducted depends on what the invoice comes to without it.
        let whole = assemble(&frame, charges.clone())?;
        let deposits = self.deducted(&whole, &assembly.drafts, &mut assembly.findings)?;
        if deposits.is_empty() {
            return Ok(whole);
        }
        assemble(&Frame { deposits: &deposits, ..frame }, charges)
    }

    /// What set it off, the end of the period, currency and group; a later invoice of the same is told apart by
    /// its count.
    fn invoice_id(
        &self,
        selection: &Selection<'_>,
        currency: Currency,
        grouping: &[GroupValue],
        drafts: &[Draft],
    ) -> Id {
        let to = selection.period.to.to_string();
        let mut parts = selection.name.clone();
        parts.extend([to.as_str(), currency.code()]);
        parts.extend(grouping.iter().map(|group| group.value.as_ref().map_or("-", Id::as_str)));
        let base = derived_id(&parts);
        let mut id = base.clone();
        let mut count = 1_usize;
        let drafted = |id: &Id| drafts.iter().any(|draft| draft.id == *id);
        while !self.is_new_subject(&id) || drafted(&id) {
            count = count.saturating_add(1);
            id = numbered_id(&base, count);
        }
        id
    }
}
