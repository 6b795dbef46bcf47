//! The model's approvals: who must agree to what, estimates and what is drawn on them, decisions.

use std::collections::BTreeMap;

use super::book::{Book, Charge, Day, Estimate, Invoice, Item, Offer, Purpose, Request, Said, Source, share};
use super::rules::{BEYOND, BIG};
use super::work::plus;

/// Actor and role.
pub type Who = (&'static str, &'static str);

/// What was asked after the last that somebody decided on, of some in the order they were asked.
pub fn since_decision(asked: impl Iterator<Item = (i64, bool)>) -> i64 {
    asked.fold(0, |sum, (net, is_decided)| if is_decided { 0 } else { sum + net })
}

/// What was asked for by ticket and code of its work, or by agreement of what was sold.
fn jobs(draft: &Invoice) -> Vec<(String, i64)> {
    let mut jobs: BTreeMap<String, i64> = BTreeMap::new();
    for line in &draft.lines {
        // A line is of one ticket or agreement.
        let charge = &line.charges[0];
        let key = match charge.source {
            Source::Entry => format!("{} {:?} {}", draft.currency, charge.ticket, charge.code),
            Source::Sale => format!("{} sold {:?}", draft.currency, charge.agreement),
            Source::Fee | Source::Deposit => continue,
        };
        *jobs.entry(key).or_default() += line.net;
    }
    jobs.into_iter().collect()
}

/// What is asked for fees, by code: one job each, to which no earlier fee counts.
fn fees(draft: &Invoice) -> Vec<i64> {
    let mut fees: BTreeMap<&str, i64> = BTreeMap::new();
    let charges = draft.lines.iter().flat_map(|line| &line.charges);
    for charge in charges.filter(|charge| charge.source == Source::Fee) {
        *fees.entry(charge.code).or_default() += charge.net;
    }
    fees.into_values().collect()
}

impl Book {
    /// Puts drafts on the books: their work stands on them, what they draw is drawn; each goes out at once where
    /// nobody must agree.
    pub fn put(&mut self, drafts: Vec<Invoice>, on: Day) {
        let mut ready = Vec::new();
        for mut draft in drafts {
            let (beyond, exceeds) = self.draw(&mut draft, on);
            draft.jobs = jobs(&draft);
            draft.jobs.extend(self.deposit_job(&draft));
            let by_job = self.rules.by_job();
            let is_big_job = draft.jobs.iter().any(|(job, now)| {
                let earlier = self.asked_before(job);
                (by_job || earlier > 0) && earlier + now > BIG
            });
            let is_big_fee = by_job && fees(&draft).iter().any(|net| *net > BIG);
            if is_big_job || is_big_fee || !by_job && draft.sums.net > BIG {
                draft.request.needed.push("manager");
            }
            // A rule of the policy asks about much; about more than was consented to, a customer is always asked.
            if exceeds || beyond.iter().any(|amount| *amount > BEYOND) {
                draft.request.needed.push("customer");
            }
            self.stand(&draft);
            self.subjects.insert(draft.id.clone());
            if !draft.request.is_pending() {
                ready.push(draft.id.clone());
            }
            self.invoices.push(draft);
        }
        for id in ready {
            self.issue(&id, on);
        }
    }

    /// A down payment counts to what it is for.
    fn deposit_job(&self, draft: &Invoice) -> Option<(String, i64)> {
        let purpose = self.deposits.get(&draft.id)?.purpose;
        let customer = if purpose == Purpose::All { draft.lines[0].charges[0].customer } else { "" };
        Some((format!("{} ahead {purpose:?} {customer}", draft.currency), draft.sums.net))
    }

    /// What live invoices asked for a job after the last that was approved as big.
    fn asked_before(&self, job: &str) -> i64 {
        let own = self.invoices.iter().filter_map(|one| {
            let (_, net) = one.jobs.iter().find(|(key, _)| key == job)?;
            let net = if one.state == "void" { 0 } else { *net };
            Some((net, one.request.is_decided_as_big()))
        });
        since_decision(own)
    }

    /// Draws what is outside the agreement on estimates that were consented to, the one that ends first before
    /// others; gives what each line lacks, and whether anything of it was consented to and is more than that.
    fn draw(&self, draft: &mut Invoice, on: Day) -> (Vec<i64>, bool) {
        let is_ready = |one: &Estimate| {
            let is_agreed = !one.request.rejected && !one.request.is_pending();
            is_agreed && !one.withdrawn && one.expires >= on && one.currency == draft.currency
        };
        let mut open: Vec<(&String, &Estimate, i64)> = self
            .estimates
            .iter()
            .filter(|(_, one)| is_ready(one))
            .map(|(id, one)| (id, one, one.cap - self.drawn(id)))
            .collect();
        open.sort_by_key(|(id, one, _)| (one.expires, *id));
        let (mut beyond, mut exceeds) = (Vec::new(), false);
        // Also by what was taken back since, for the days that it was for.
        let was_agreed = |charge: &Charge| {
            self.estimates.values().any(|one| {
                let is_agreed = !one.request.rejected && !one.request.is_pending();
                let is_about = one.ticket.is_none() || one.ticket == charge.ticket;
                is_agreed && is_about && one.currency == draft.currency && charge.date <= one.expires
            })
        };
        for line in &draft.lines {
            let mut lacks = 0;
            let hourly = |agreement: Option<&str>| agreement.is_some_and(|one| one.starts_with("g-"));
            let outside = line.charges.iter().filter(|one| one.source == Source::Entry && !one.covered);
            for charge in outside.filter(|one| !hourly(one.agreement)) {
                let mut rest = charge.net;
                for (id, one, left) in &mut open {
                    let is_about = one.ticket.is_none() || one.ticket == charge.ticket;
                    let amount = if is_about { rest.min(*left) } else { 0 };
                    if amount > 0 {
                        (rest, *left) = (rest - amount, *left - amount);
                        let same = |draw: &&mut (String, String, i64)| draw.0 == **id && draw.1 == line.id;
                        match draft.draws.iter_mut().find(same) {
                            Some(draw) => draw.2 += amount,
                            None => draft.draws.push(((*id).clone(), line.id.clone(), amount)),
                        }
                    }
                }
                lacks += rest;
                exceeds |= rest > 0 && was_agreed(charge);
            }
            beyond.push(lacks);
        }
        (beyond, exceeds)
    }

    /// A number is given at once, and what is to be paid is owed.
    fn issue(&mut self, id: &str, on: Day) {
        let discount = self.offer(self.invoice(id).unwrap(), on);
        let invoice = self.invoice_mut(id);
        invoice.state = "issued";
        let (currency, first) = (invoice.currency, invoice.sums.payable);
        let parts = self.rules.due(first, on);
        let item = Item { currency, credit: false, first, opened: on, falls: Vec::new(), parts, discount };
        self.items.insert(id.to_owned(), item);
    }

    /// What may be left out by paying within twenty days: of the net of each rate, and of its tax where that
    /// counts in.
    fn offer(&self, invoice: &Invoice, on: Day) -> Option<Offer> {
        if invoice.sums.payable <= 0 || self.deposits.contains_key(&invoice.id) {
            return None;
        }
        let mut nets: BTreeMap<i64, i64> = BTreeMap::new();
        for line in &invoice.lines {
            *nets.entry(line.percent.unwrap_or(0)).or_default() += line.net;
        }
        for part in &invoice.deposits {
            let mut untaxed = part.amount;
            for (percent, (base, tax)) in &part.taxes {
                untaxed -= base + tax;
                *nets.entry(*percent).or_default() -= base;
            }
            *nets.entry(0).or_default() -= untaxed;
        }
        let (mut amount, mut tax) = (0, 0);
        for (percent, net) in nets {
            let cut = share(net, 25, 1_000);
            amount += cut;
            if self.rules.discount() == "included" {
                tax += share(net, percent, 100) - share(net - cut, percent, 100);
            }
        }
        Some(Offer { amount: amount + tax, tax, until: plus(on, 20) })
    }

    pub fn propose(
        &mut self,
        id: &str,
        currency: &'static str,
        cap: i64,
        expires: Day,
        ticket: Option<u8>,
        on: Day,
    ) -> Said {
        self.is_new(id).map_err(|_| "subject-twice")?;
        if cap <= 0 {
            return Err("estimate-cap");
        }
        if expires < on {
            return Err("estimate-expiry");
        }
        let request = Request { needed: vec!["customer"], ..Request::default() };
        let proposed = Estimate { currency, cap, expires, ticket, withdrawn: false, request };
        self.estimates.insert(id.to_owned(), proposed);
        self.subjects.insert(id.to_owned());
        Ok(())
    }

    pub fn standing_estimate(&mut self, id: &str) -> Said<&mut Estimate> {
        let estimate = self.estimates.get_mut(id).ok_or("estimate-unknown")?;
        if estimate.withdrawn { Err("estimate-withdrawn") } else { Ok(estimate) }
    }

    pub fn withdraw(&mut self, id: &str) -> Said {
        self.standing_estimate(id)?.withdrawn = true;
        Ok(())
    }

    /// What waits for somebody, and what is about to.
    pub fn request_mut(&mut self, id: &str) -> Said<&mut Request> {
        if let Some(place) = self.invoices.iter().position(|one| one.id == id) {
            let invoice = &mut self.invoices[place];
            if invoice.state != "awaiting_approval" {
                return Err("invoice-state");
            }
            return Ok(&mut invoice.request);
        }
        if let Some(place) = self.credits.iter().position(|(own, _)| own == id) {
            let credit = &mut self.credits[place].1;
            if credit.state != "awaiting_approval" {
                return Err("invoice-state");
            }
            return Ok(&mut credit.request);
        }
        if let Some(place) = self.write_offs.iter().position(|(own, _)| own == id) {
            return Ok(&mut self.write_offs[place].1.request);
        }
        if self.estimates.contains_key(id) {
            return self.standing_estimate(id).map(|one| &mut one.request);
        }
        Err("approval-unknown")
    }

    /// One decision; what has everybody's consent is carried out.
    pub fn decide(&mut self, id: &str, who: Who, is_right: bool, approve: bool, on: Day) -> Said {
        let request = self.request_mut(id)?;
        if !request.is_pending() {
            return Err("approval-not-open");
        }
        if !is_right {
            return Err("approval-content");
        }
        if who.0 == "clara" {
            return Err("approval-author");
        }
        if request.given.iter().any(|(actor, _)| *actor == who.0) {
            return Err("approval-twice");
        }
        if !request.open().contains(&who.1) {
            return Err("approval-role");
        }
        let mut after = request.clone();
        if approve {
            after.given.push(who);
        } else {
            after.rejected = true;
        }
        let (is_done, is_rejected) = (!after.is_pending() && approve, after.rejected);
        if is_done && self.write_offs.iter().any(|(own, _)| own == id) {
            self.may_write_down(id, on)?;
        }
        let credit = self.credits.iter().find(|(own, _)| own == id).map(|(_, credit)| credit.drafted);
        let drafted = self.invoice(id).map(|invoice| invoice.drafted).or(credit);
        if is_done && drafted.is_some_and(|drafted| on < drafted) {
            return Err("number-before-draft");
        }
        *self.request_mut(id)? = after;
        if is_done {
            self.carry_out_approved(id, on);
        } else if is_rejected {
            if self.invoice(id).is_some() {
                self.invoice_mut(id).state = "rejected";
            } else if let Some((_, credit)) = self.credits.iter_mut().find(|(own, _)| own == id) {
                credit.state = "rejected";
            }
        }
        Ok(())
    }

    fn carry_out_approved(&mut self, id: &str, on: Day) {
        if self.invoice(id).is_some() {
            self.issue(id, on);
        } else if self.credits.iter().any(|(own, _)| own == id) {
            self.issue_credit(id, on);
        } else if self.write_offs.iter().any(|(own, _)| own == id) {
            self.write_down(id, on);
        }
    }
}
