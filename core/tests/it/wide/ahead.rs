//! The model's down payments: billed ahead, deducted from what bills the work once they are paid.

use std::collections::BTreeMap;

use super::book::{Book, Day, Deposit, Invoice, Line, Part, Purpose, Said, Sums, Why};
use super::rules::CUSTOMERS;
use super::work::project_of;

/// What is asked for as a down payment.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    pub customer: &'static str,
    pub currency: &'static str,
    pub code: &'static str,
    pub amount: i64,
    pub with_tax: bool,
    pub purpose: Purpose,
}

/// What of two amounts is shared.
fn both(one: i64, other: i64) -> i64 {
    one.min(other).max(0)
}

/// What of two sums is shared.
fn shared(one: &Sums, other: &Sums) -> Sums {
    let row = |(percent, (base, tax)): (&i64, &(i64, i64))| {
        other.taxes.get(percent).map(|row| (*percent, ((*base).min(row.0), (*tax).min(row.1))))
    };
    let taxes = one.taxes.iter().filter_map(row).collect();
    Sums { net: one.net.min(other.net), taxes, payable: one.payable.min(other.payable) }
}

/// What a document with room takes of a down payment with something left: of each rate what both have.
fn between(deposit: &str, left: &Sums, room: &Sums) -> Option<Part> {
    let row = |(percent, (base, tax)): (&i64, &(i64, i64))| {
        let other = room.taxes.get(percent)?;
        let row = (both(*base, other.0), both(*tax, other.1));
        (row != (0, 0)).then_some((*percent, row))
    };
    let taxes: BTreeMap<i64, (i64, i64)> = left.taxes.iter().filter_map(row).collect();
    let (base, tax) = taxes.values().fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
    let exact = base + tax + both(left.untaxed(), room.untaxed());
    let amount = if exact == left.gross() { left.payable } else { exact }.min(room.payable);
    (amount > 0 && amount >= tax).then(|| Part { deposit: deposit.to_owned(), amount, taxes })
}

impl Book {
    pub fn request_deposit(&mut self, id: &str, asked: &Asked, day: Day) -> Said {
        self.is_new(id)?;
        if asked.amount <= 0 {
            return Err("deposit-amount");
        }
        let Some((_, _, own, ..)) = CUSTOMERS.iter().find(|(customer, ..)| *customer == asked.customer)
        else {
            return Err("customer-outside");
        };
        let agreement =
            if let Purpose::Agreement(agreement) = asked.purpose { Some(agreement) } else { None };
        let is_own = |one: &str| one == *own || (one, asked.customer) == ("block", "acme");
        if agreement.is_some_and(|one| !is_own(one)) {
            return Err("agreement-unknown");
        }
        if let Purpose::Estimate(number) = asked.purpose {
            let estimate = self.standing_estimate(&format!("Q{number}"))?;
            if estimate.currency != asked.currency
                || estimate.request.rejected
                || estimate.request.is_pending()
            {
                return Err("estimate-unknown");
            }
        }
        if asked.code == "none" {
            return Err("code-unknown");
        }
        let content = (agreement, asked.code, asked.amount, asked.with_tax);
        let draft = self.deposit_draft(id, asked.currency, asked.customer, content, day);
        self.deposits.insert(id.to_owned(), Deposit { purpose: asked.purpose, currency: asked.currency });
        self.put(vec![draft], day);
        Ok(())
    }

    /// What credit notes and deductions leave of an invoice.
    pub fn room(&self, id: &str) -> Sums {
        let mut left = self.invoice(id).unwrap().sums.clone();
        for credit in self.live_credits(id) {
            left = left.less(&credit.sums);
        }
        for part in self.deductions(id) {
            left = left.clone().less(&part.of(&left));
        }
        left
    }

    /// The parts of a down payment that stand on live invoices, but for those that a credit note gave back.
    pub fn deductions<'b>(&'b self, deposit: &'b str) -> impl Iterator<Item = &'b Part> {
        let keeps = |one: &&Invoice| {
            !self.live_credits(&one.id).any(|credit| credit.gives_back_deposits && credit.state == "issued")
        };
        self.live().filter(keeps).flat_map(|one| &one.deposits).filter(move |part| part.deposit == deposit)
    }

    /// Whether nothing but money and credit settled a down payment.
    fn is_paid_down(&self, id: &str) -> bool {
        let item = &self.items[id];
        let paid: i64 =
            item.falls.iter().filter(|(.., why)| *why != Why::Other).map(|(_, fall, _)| fall).sum();
        self.invoice(id).unwrap().state == "issued" && paid == item.first
    }

    fn is_for(&self, purpose: Purpose, line: &Line) -> bool {
        match purpose {
            Purpose::All => true,
            Purpose::Agreement(agreement) => line.charges.iter().all(|one| one.agreement == Some(agreement)),
            Purpose::Estimate(number) => {
                let about = self.estimates[&format!("Q{number}")].ticket;
                about.is_none() || line.charges.iter().all(|one| one.ticket == about)
            }
            Purpose::Project(project) => {
                line.charges.iter().all(|one| one.ticket.is_some_and(|ticket| project_of(ticket) == project))
            }
        }
    }

    /// The sums of the lines that a down payment was made for.
    fn part_for(&self, purpose: Purpose, draft: &Invoice) -> Sums {
        let mut own = Sums::default();
        for line in draft.lines.iter().filter(|line| self.is_for(purpose, line)) {
            own.net += line.net;
            if let Some(percent) = line.percent {
                own.taxes.entry(percent).or_default().0 += line.net;
            }
        }
        for (percent, row) in &mut own.taxes {
            let whole = draft.sums.taxes[percent];
            row.1 = if row.0 == whole.0 { whole.1 } else { self.tax_on(row.0, *percent, false).min(whole.1) };
        }
        own.payable = own.gross();
        own
    }

    /// Whether more of a down payment was paid, by money or by credit, than its credit notes gave back.
    fn is_part_paid(&self, id: &str) -> bool {
        let falls = self.items[id].falls.iter();
        let paid: i64 = falls.filter(|(.., why)| *why != Why::Other).map(|(_, fall, _)| fall).sum();
        let notes = self.credits.iter().filter(|(_, one)| one.of == id && one.state == "issued");
        paid > notes.map(|(_, one)| one.sums.payable).sum()
    }

    /// What a draft deducts, the oldest down payment first; drafts of the same command come before. Work is not
    /// billed where a part of its down payment is paid, or where all of it is and the rate has changed.
    pub fn deducted(&self, draft: &Invoice, before: &[Invoice]) -> Said<Vec<Part>> {
        let mut fitting: Vec<(Day, &String, &Deposit)> = Vec::new();
        for (id, deposit) in &self.deposits {
            let is_for = draft.lines.iter().any(|line| self.is_for(deposit.purpose, line));
            if let (true, true, Some(item)) = (is_for, deposit.currency == draft.currency, self.items.get(id))
            {
                fitting.push((item.opened, id, deposit));
            }
        }
        fitting.sort_by_key(|(opened, id, _)| (*opened, *id));
        let (mut whole, mut rooms) = (draft.sums.clone(), BTreeMap::new());
        let mut parts = Vec::new();
        for (_, id, deposit) in fitting {
            if self.invoice(id).unwrap().state != "issued" {
                continue;
            }
            let mut left = self.room(id);
            for part in before.iter().flat_map(|draft| &draft.deposits).filter(|part| part.deposit == *id) {
                left = left.clone().less(&part.of(&left));
            }
            if left.payable <= 0 {
                continue;
            }
            if !self.is_paid_down(id) {
                if self.is_part_paid(id) {
                    return Err("deposit-part-paid");
                }
                continue;
            }
            let own = rooms.entry(deposit.purpose).or_insert_with(|| self.part_for(deposit.purpose, draft));
            let rest = shared(&whole, own);
            if let Some(part) = between(id, &left, &rest) {
                let taken = part.of(&rest);
                (whole, *own) = (whole.less(&taken), own.clone().less(&taken));
                parts.push(part);
            } else if rest.payable > 0 && has_changed(&left, &rest) {
                return Err("deposit-rate-changed");
            }
        }
        Ok(parts)
    }
}

/// Whether something is taxed at one rate of the category `vat`, and something else at the other.
fn has_changed(left: &Sums, rest: &Sums) -> bool {
    let bears = |sums: &Sums, percent| sums.taxes.get(&percent).is_some_and(|(base, _)| *base > 0);
    [(19, 25), (25, 19)].iter().any(|(before, now)| bears(left, *before) && bears(rest, *now))
}
