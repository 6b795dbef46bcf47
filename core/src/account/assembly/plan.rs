use std::collections::{BTreeMap, BTreeSet};

use super::decisions::milestone_sale;
use super::fees::all_fees;
use super::gather::{Assembly, Scope, Selection};
use super::ready::{Ready, done_on, readiness};
use crate::account::asking::work_key;
use crate::account::decide::because;
use crate::account::event::{CarriedForward, PlanKind};
use crate::account::state::Account;
use crate::audit::{Stamp, derived_id, numbered_id};
use crate::calendar::{Date, Instant};
use crate::canon::{Digest, sha256, shape, words};
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;
use crate::invoice::{Draft, OneOffAdjustment, Period};
use crate::money::{Amount, Currency, Minor};
use crate::rating::ChargeSource;
use crate::rulebook::{BillingPlan, OnBalance, OnSchedule, PlanWhen, Rulebook, Trigger};
use crate::work::Entry;

/// A plan that is due, with what it would bill now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuePlan {
    /// What it carries forward.
    pub carried: Vec<CarriedForward>,
    /// What it would draft.
    pub drafts: Vec<Draft>,
    /// Since when it is due.
    pub due: Date,
    /// What somebody should look at.
    pub findings: Vec<Finding>,
    /// Its key: account, trigger and period.
    pub key: Id,
    /// What sets it off.
    pub kind: PlanKind,
    /// The days it bills.
    pub period: Period,
    /// The plan of the policy.
    pub trigger: Id,
    /// One-off allowances and charges that stand on none of its invoices, or on several.
    pub unplaced: Vec<Finding>,
}

shape! {
    /// Allowances and charges that are given on what one plan bills.
    pub struct PlanAdjustments {
        /// The allowances and charges, each on one of its invoices.
        pub adjustments: Vec<OneOffAdjustment>,
        /// Key of the plan.
        pub plan: Id,
    }
}

impl DuePlan {
    /// Digest of exactly what it would draft.
    #[must_use]
    pub fn digest(&self) -> Digest {
        digest_of(&self.digests())
    }

    /// The digest of each of its drafts.
    pub(in crate::account) fn digests(&self) -> Vec<Digest> {
        self.drafts.iter().map(Draft::digest).collect()
    }
}

/// The digest of a plan by those of its drafts.
pub(super) fn digest_of(drafts: &[Digest]) -> Digest {
    let digests: Vec<u8> = drafts.iter().flat_map(|digest| *digest.bytes()).collect();
    sha256(&digests)
}

words! {
    /// Why something is not billed yet.
    pub enum WaitReason {
        /// Its ticket is not closed, or has none of the statuses that make work billable.
        Ticket = "ticket",
        /// Its ticket may still be reopened.
        ReopenGrace = "reopen_grace",
        /// The policy lets it wait.
        Delay = "delay",
        /// It lies later.
        Later = "later",
        /// No plan is due that bills it.
        Plan = "plan",
        /// It is less than the minimum of an invoice.
        BelowMinimum = "below_minimum",
        /// A finding stands in its way.
        Blocked = "blocked",
        /// Consent to it was denied or not given.
        Consent = "consent",
        /// Its customer is not billed by this account.
        Customer = "customer",
    }
}

shape! {
    /// Something that is not billed yet.
    pub struct Waiting {
        /// The entry, sale or days of a fee.
        pub id: Id,
        /// Why.
        pub reason: WaitReason,
        /// Which of them it is.
        pub source: ChargeSource,
        /// Until when, where a date is known.
        pub until: Option<Date>,
    }
}

/// What is due of an account as of a date, and what waits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanBook {
    /// Plans that are due, by date and key; of each schedule the oldest, which others follow once it is
    /// carried out.
    pub due: Vec<DuePlan>,
    /// What none of them bills, by id.
    pub waiting: Vec<Waiting>,
}

/// Plans on their way into a book.
#[derive(Clone)]
struct Planner<'a> {
    account: &'a Account,
    rulebook: &'a Rulebook,
    as_of: Date,
    due: Vec<DuePlan>,
    /// One-off allowances and charges, by plan.
    given: &'a [PlanAdjustments],
    taken: BTreeSet<Id>,
    held: BTreeSet<Id>,
    blocked: BTreeSet<String>,
    /// The next day that a schedule bills.
    next: Option<Date>,
    /// The key of the only plan that is asked for, where the others of its rule need not be assembled.
    wanted: Option<&'a Id>,
    /// When it is asked for: what names a zone is due once its day has come there.
    now: Option<Instant>,
}

/// An entry with the days it is done and ready.
type ReadyEntry<'a> = (&'a Entry, (Date, Date));

/// What tells one plan from the others of its rule.
struct Occasion {
    key: Id,
    kind: PlanKind,
    due: Date,
}

impl Account {
    /// What plans of the policy are due as of a date, with what each would bill; nothing changes. A plan bills
    /// what those before it in the policy leave.
    ///
    /// # Errors
    /// What the rulebook refuses for this account, and dates that leave the supported years.
    pub fn plans(&self, rulebook: &Rulebook, as_of: Date) -> Result<PlanBook, Refusal> {
        self.plans_given(rulebook, as_of, &[])
    }

    /// The same, where these allowances and charges are given on what plans bill.
    ///
    /// # Errors
    /// What [`Account::plans`] refuses.
    pub fn plans_given(
        &self,
        rulebook: &Rulebook,
        as_of: Date,
        given: &[PlanAdjustments],
    ) -> Result<PlanBook, Refusal> {
        let mut planner = Planner::new(self, rulebook, as_of, given);
        for plan in self.billing_plans(rulebook)? {
            planner.run(plan)?;
        }
        let waiting = planner.waiting()?;
        let mut due = planner.due;
        due.sort_by(|a, b| (a.due, &a.key).cmp(&(b.due, &b.key)));
        Ok(PlanBook { due, waiting })
    }

    /// The plan of a key as [`Account::plans`] finds it on the effective date, without looking at what it leaves.
    pub(in crate::account) fn due_plan(
        &self,
        rulebook: &Rulebook,
        stamp: &Stamp,
        given: &PlanAdjustments,
    ) -> Result<Option<DuePlan>, Refusal> {
        let key = &given.plan;
        let mut planner = Planner::new(self, rulebook, stamp.effective, core::slice::from_ref(given));
        planner.now = Some(stamp.at);
        let plans = self.billing_plans(rulebook)?;
        let last = plans.iter().rposition(|plan| planner.names(plan, key).is_some());
        for (place, plan) in plans.iter().enumerate().take_while(|(place, _)| Some(*place) <= last) {
            if planner.names(plan, key).is_some() {
                let mut alone = planner.clone();
                alone.wanted = Some(key);
                alone.run(plan)?;
                let found = alone.due.into_iter().find(|due| due.key == *key);
                if found.is_some() || Some(place) == last {
                    return Ok(found);
                }
            }
            // What it takes is not there for those after it.
            planner.run(plan)?;
        }
        Ok(None)
    }

    /// The plans of the policy that bill this payer, in their order.
    fn billing_plans<'r>(&self, rulebook: &'r Rulebook) -> Result<Vec<&'r BillingPlan>, Refusal> {
        let terms = rulebook.terms(self.payer()).map_err(because)?;
        let plans = rulebook.policy().billing().plans.iter();
        Ok(plans.filter(|plan| terms.is_billed_by(&plan.id)).collect())
    }
}

/// What the rest of a key can name.
enum Named {
    /// One of these.
    Ids(Vec<Id>),
    /// Whatever has this key: it is a digest.
    Anything,
}

impl Named {
    fn has(&self, id: &Id) -> bool {
        match self {
            Self::Ids(ids) => ids.contains(id),
            Self::Anything => true,
        }
    }
}

impl<'a> Planner<'a> {
    const fn new(
        account: &'a Account,
        rulebook: &'a Rulebook,
        as_of: Date,
        given: &'a [PlanAdjustments],
    ) -> Self {
        Planner {
            account,
            rulebook,
            as_of,
            due: Vec::new(),
            given,
            taken: BTreeSet::new(),
            held: BTreeSet::new(),
            blocked: BTreeSet::new(),
            next: None,
            wanted: None,
            now: None,
        }
    }

    fn run(&mut self, plan: &BillingPlan) -> Result<(), Refusal> {
        match &plan.when {
            PlanWhen::Schedule(schedule) => self.schedule(plan, schedule),
            PlanWhen::Balance(balance) => self.balance(plan, balance),
            PlanWhen::Ticket(_) => self.tickets(plan),
            PlanWhen::Milestone(_) => self.milestones(plan),
        }
    }

    /// What a key names, where it can be one of a plan: each part that ends before a colon.
    fn names(&self, plan: &BillingPlan, key: &Id) -> Option<Named> {
        let first = key.as_str().split(':').next().unwrap_or_default();
        if first.len() == 64 && first.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Some(Named::Anything);
        }
        let prefix = self.key(plan, &[""]);
        let rest = key.as_str().strip_prefix(prefix.as_str())?;
        let ends = rest.match_indices(':').map(|(end, _)| end).chain([rest.len()]);
        Some(Named::Ids(ends.filter_map(|end| Id::new(rest.get(..end)?).ok()).collect()))
    }

    /// What the wanted key names; everything where all plans are wanted.
    fn wanted(&self, plan: &BillingPlan) -> Named {
        self.wanted.map_or(Named::Anything, |key| self.names(plan, key).unwrap_or(Named::Ids(Vec::new())))
    }

    fn work(&self, plan: &BillingPlan) -> Trigger {
        plan.work.unwrap_or(self.rulebook.policy().billing().trigger)
    }

    fn key(&self, plan: &BillingPlan, of: &[&str]) -> Id {
        let mut parts = vec![self.account.payer().as_str(), plan.id.as_str()];
        parts.extend(of);
        derived_id(&parts)
    }

    /// The key, or one counted on where that was used.
    fn free_key(&self, base: Id) -> Id {
        let mut key = base.clone();
        let mut count = 1_usize;
        while self.account.plans.contains_key(&key) {
            count = count.saturating_add(1);
            key = numbered_id(&base, count);
        }
        key
    }

    /// What is given on the plan of a key.
    fn given(&self, key: &Id) -> &'a [OneOffAdjustment] {
        let own = self.given.iter().find(|given| given.plan == *key);
        own.map_or(&[], |given| &given.adjustments)
    }

    fn assemble(
        &mut self,
        plan: &BillingPlan,
        subject: Option<&str>,
        period: &Period,
        scope: Scope<'_>,
        one_off: &[OneOffAdjustment],
    ) -> Result<Assembly, Refusal> {
        let mut name = vec![plan.id.as_str()];
        name.extend(subject);
        let selection = Selection {
            below_minimum: false,
            catch_up: None,
            name,
            on: self.as_of,
            one_off,
            period: period.clone(),
            scope,
            taken: &self.taken,
            work: self.work(plan),
            zone: plan.zone(),
        };
        let assembly = self.account.assemble(self.rulebook, &selection)?;
        let blocking = assembly.findings.iter().filter(|finding| finding.severity == Severity::Block);
        self.blocked.extend(blocking.map(|finding| finding.subject.clone()));
        Ok(assembly)
    }

    fn add(&mut self, plan: &BillingPlan, occasion: Occasion, period: Period, assembly: Assembly) {
        let lines = assembly.drafts.iter().flat_map(|draft| &draft.lines);
        self.taken.extend(lines.flat_map(|line| &line.charges).map(|charge| charge.entry.clone()));
        self.held.extend(assembly.held);
        self.due.push(DuePlan {
            carried: assembly.carried,
            drafts: assembly.drafts,
            due: occasion.due,
            findings: assembly.findings,
            key: occasion.key,
            kind: occasion.kind,
            period,
            trigger: plan.id.clone(),
            unplaced: assembly.unplaced,
        });
    }

    /// The oldest period that is over, is not billed, and has something to bill.
    fn schedule(&mut self, plan: &BillingPlan, schedule: &OnSchedule) -> Result<(), Refusal> {
        let terms = self.rulebook.terms(self.account.payer()).map_err(because)?;
        let mut tried = None;
        let today = match (self.now, plan.zone()) {
            (Some(now), Some(zone)) => self.as_of.min(zone.date(now).map_err(because)?),
            (None, _) | (_, None) => self.as_of,
        };
        for date in self.ready_dates(plan)? {
            let mut number = schedule.number_on(date);
            let (period, key) = loop {
                let period = schedule.period(number).map_err(because)?;
                let key = self.key(plan, &[&period.to.to_string()]);
                if !self.account.plans.contains_key(&key) {
                    break (period, key);
                }
                number = number.saturating_add(1);
            };
            if tried.is_some_and(|tried| number <= tried) {
                continue;
            }
            tried = Some(number);
            let due = terms.calendar().shift(period.to, schedule.shift).map_err(because)?;
            if due > today {
                break;
            }
            let assembly = self.assemble(plan, None, &period, Scope::All, self.given(&key))?;
            if !assembly.is_empty() {
                self.add(plan, Occasion { key, kind: PlanKind::Schedule, due }, period, assembly);
                break;
            }
        }
        self.note_next(schedule)
    }

    /// Remembers when this schedule bills next.
    fn note_next(&mut self, schedule: &OnSchedule) -> Result<(), Refusal> {
        let terms = self.rulebook.terms(self.account.payer()).map_err(because)?;
        let tomorrow = self.as_of.plus_days(1).map_err(because)?;
        let period = schedule.period(schedule.number_on(tomorrow)).map_err(because)?;
        let due = terms.calendar().shift(period.to, schedule.shift).map_err(because)?;
        self.next = Some(self.next.map_or(due, |next| next.min(due)));
        Ok(())
    }

    fn balance(&mut self, plan: &BillingPlan, balance: &OnBalance) -> Result<(), Refusal> {
        let key = self.key(plan, &[&self.as_of.to_string()]);
        let dates = self.ready_dates(plan)?;
        let Some(first) = dates.first().copied().filter(|_| !self.account.plans.contains_key(&key)) else {
            return Ok(());
        };
        let period = Period { from: first, to: self.as_of };
        let given = self.given(&key);
        let assembly = self.assemble(plan, None, &period, Scope::All, &[])?;
        let mut nets: BTreeMap<Currency, Minor> = BTreeMap::new();
        let drafts = assembly.drafts.iter().map(|draft| (draft.currency, draft.totals.net));
        for (currency, net) in drafts.chain(assembly.carried.iter().map(|held| (held.currency, held.net))) {
            let sum = nets.entry(currency).or_default();
            *sum = sum.plus(net).map_err(because)?;
        }
        let exceeds = |(currency, net): (&Currency, &Minor)| {
            Amount::new(*net, *currency).to_decimal() > balance.above.to_decimal()
        };
        if nets.iter().any(exceeds) {
            // What is given does not decide whether it is due.
            let assembly = match given {
                [] => assembly,
                given => self.assemble(plan, None, &period, Scope::All, given)?,
            };
            let occasion = Occasion { key, kind: PlanKind::Balance, due: self.as_of };
            self.add(plan, occasion, period, assembly);
        }
        Ok(())
    }

    fn tickets(&mut self, plan: &BillingPlan) -> Result<(), Refusal> {
        // First and last day of each ticket's work that is ready.
        let mut tickets: BTreeMap<Id, (Date, Date)> = BTreeMap::new();
        let (account, wanted) = (self.account, self.wanted(plan));
        let unbilled: Vec<&Entry> = match &wanted {
            Named::Ids(ids) => ids.iter().flat_map(|id| account.unbilled_of(id)).collect(),
            Named::Anything => account.unbilled().collect(),
        };
        for (entry, ready) in self.ready_entries(unbilled, plan)? {
            if let Some(ticket) = &entry.ticket {
                let days = tickets.entry(ticket.clone()).or_insert(ready);
                *days = (days.0.min(ready.0), days.1.max(ready.1));
            }
        }
        for (ticket, (from, to)) in tickets {
            let period = Period { from, to };
            let key = self.free_key(self.key(plan, &[ticket.as_str(), &to.to_string()]));
            if self.wanted.is_some_and(|wanted| *wanted != key) {
                continue;
            }
            let (subject, scope) = (Some(ticket.as_str()), Scope::Ticket(&ticket));
            let assembly = self.assemble(plan, subject, &period, scope, self.given(&key))?;
            if !assembly.is_empty() {
                self.add(plan, Occasion { key, kind: PlanKind::Ticket, due: to }, period, assembly);
            }
        }
        Ok(())
    }

    fn milestones(&mut self, plan: &BillingPlan) -> Result<(), Refusal> {
        let (account, as_of) = (self.account, self.as_of);
        let wanted = self.wanted(plan);
        let reached = || account.milestones().filter(|reached| reached.effective <= as_of);
        let of_wanted = reached().filter(|reached| wanted.has(&reached.milestone));
        let projects: BTreeSet<&Id> = of_wanted.map(|reached| &reached.project).collect();
        // Milestones of other projects take nothing of this one's work.
        for reached in reached().filter(|reached| projects.contains(&reached.project)) {
            let rules = account.family_rules(self.rulebook).map_err(because)?;
            let sale = milestone_sale(&reached.milestone);
            let agreed = account.sales.contains_key(&sale);
            let mut first = reached.effective;
            let unbilled = account.unbilled().filter(|_| !agreed);
            for (entry, ticket, rules) in account.candidates(unbilled, &rules) {
                if ticket.is_some_and(|ticket| ticket.project.as_ref() == Some(&reached.project)) {
                    first = first.min(done_on(entry, rules.calendar.zone()).map_err(because)?);
                }
            }
            let period = Period { from: first, to: reached.effective };
            let subject = reached.milestone.as_str();
            let scope = if agreed { Scope::Sale(&sale) } else { Scope::Project(&reached.project) };
            let key = self.free_key(self.key(plan, &[subject]));
            let assembly = self.assemble(plan, Some(subject), &period, scope, self.given(&key))?;
            if !assembly.is_empty() {
                let due = reached.effective;
                self.add(plan, Occasion { key, kind: PlanKind::Milestone, due }, period, assembly);
            }
        }
        Ok(())
    }

    /// Entries that are ready and in no plan yet, with the days they are done and ready.
    fn ready_entries(
        &self,
        unbilled: impl IntoIterator<Item = &'a Entry>,
        plan: &BillingPlan,
    ) -> Result<Vec<ReadyEntry<'a>>, Refusal> {
        let (account, work, named) = (self.account, self.work(plan), plan.zone());
        let rules = account.family_rules(self.rulebook).map_err(because)?;
        let policy = self.rulebook.policy().billing();
        let mut found = Vec::new();
        for entry in unbilled {
            let ticket = entry.ticket.as_ref().and_then(|id| account.ticket(id));
            let customer = ticket.map(|ticket| &ticket.customer).or(entry.customer.as_ref());
            let Some(rules) = customer.and_then(|customer| rules.get(customer)) else { continue };
            let elsewhere = account.elsewhere.contains_key(&entry.id) || account.lacks_consent(&entry.id);
            if self.taken.contains(&entry.id) || elsewhere {
                continue;
            }
            let zone = named.unwrap_or_else(|| rules.calendar.zone());
            if let Ready::On { done, ready, .. } =
                readiness(entry, ticket, zone, policy, work).map_err(because)?
                && ready <= self.as_of
            {
                found.push((entry, (done, ready)));
            }
        }
        Ok(found)
    }

    /// The days up to the date on which something became ready that is in no plan yet, ascending.
    fn ready_dates(&self, plan: &BillingPlan) -> Result<BTreeSet<Date>, Refusal> {
        let account = self.account;
        let mut dates: BTreeSet<Date> =
            self.ready_entries(account.unbilled(), plan)?.into_iter().map(|(_, (_, ready))| ready).collect();
        for sale in account.sales().filter(|sale| sale.invoice.is_none()) {
            if !self.taken.contains(&sale.sold.sale) {
                dates.extend(Some(sale.sold.charge.date).filter(|date| *date <= self.as_of));
            }
        }
        for customer in account.customers_here(self.rulebook).map_err(because)? {
            let terms = self.rulebook.terms(customer).map_err(because)?;
            for (agreement, fee) in all_fees(terms) {
                // One that cannot be told is found when it is billed.
                let due = account.fee_due(terms, agreement, fee, self.as_of).unwrap_or_default();
                dates.extend(due.into_iter().map(|due| due.bill_on));
            }
        }
        Ok(dates)
    }

    /// What no plan bills.
    fn waiting(&self) -> Result<Vec<Waiting>, Refusal> {
        let account = self.account;
        let rules = account.family_rules(self.rulebook).map_err(because)?;
        let policy = self.rulebook.policy().billing();
        let mut waiting = Vec::new();
        let unplanned = |id: &Id| !self.taken.contains(id);
        let here = account.unbilled().filter(|entry| !account.elsewhere.contains_key(&entry.id));
        for entry in here.filter(|entry| unplanned(&entry.id)) {
            let ticket = entry.ticket.as_ref().and_then(|id| account.ticket(id));
            let customer = ticket.map(|ticket| &ticket.customer).or(entry.customer.as_ref());
            let (reason, until) = match customer.and_then(|customer| rules.get(customer)) {
                None => (WaitReason::Customer, None),
                Some(_) if account.lacks_consent(&entry.id) => (WaitReason::Consent, None),
                Some(rules) => {
                    let zone = rules.calendar.zone();
                    let ready = readiness(entry, ticket, zone, policy, policy.trigger).map_err(because)?;
                    self.why(&entry.id, ready)
                }
            };
            waiting.push(Waiting { id: entry.id.clone(), reason, source: ChargeSource::Entry, until });
        }
        let sales = account.sales().filter(|sale| sale.invoice.is_none() && unplanned(&sale.sold.sale));
        for sale in sales {
            let day = sale.sold.charge.date;
            let ready = Ready::On { done: day, graced: day, ready: day };
            let (reason, until) = match account.is_withheld(&work_key(&sale.sold.charge)) {
                true => (WaitReason::Consent, None),
                false => self.why(&sale.sold.sale, ready),
            };
            waiting.push(Waiting { id: sale.sold.sale.clone(), reason, source: ChargeSource::Sale, until });
        }
        waiting.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(waiting)
    }

    fn why(&self, id: &Id, ready: Ready) -> (WaitReason, Option<Date>) {
        let Ready::On { done, graced, ready } = ready else {
            return (WaitReason::Ticket, None);
        };
        if done > self.as_of {
            (WaitReason::Later, Some(done))
        } else if graced > self.as_of {
            (WaitReason::ReopenGrace, Some(graced))
        } else if ready > self.as_of {
            (WaitReason::Delay, Some(ready))
        } else if self.held.contains(id) {
            (WaitReason::BelowMinimum, None)
        } else if self.blocked.contains(id.as_str()) {
            (WaitReason::Blocked, None)
        } else {
            (WaitReason::Plan, self.next)
        }
    }
}
