//! The model's fees: every day of the agreement's time once, in its period.

use super::book::{Book, Charge, Day, Said, Source, Taken, share};
use super::rules::{CUSTOMERS, Fee, day, fees};
use super::work::plus;

/// Days of a fee that are due: the first day of their period, the day it is billed, and what they cost.
pub struct Due {
    pub period: Day,
    pub bill_on: Day,
    pub charge: Charge,
}

/// First day of a period, counted from the anchor: the same day of the month, or the last there is.
fn begin(fee: &Fee, number: u32) -> Day {
    fee.anchor + chrono::Months::new(number)
}

/// The days on which the agreement and the fee both count.
fn served(fee: &Fee, number: u32) -> Option<(Day, Day)> {
    let from = begin(fee, number).max(day("2026-01-10"));
    let to = plus(begin(fee, number + 1), -1).min(day("2026-03-25"));
    (from <= to).then_some((from, to))
}

impl Book {
    fn is_taken(&self, agreement: &str, fee: &str, on: Day) -> bool {
        let own = self.taken.iter().filter(|one| one.agreement == agreement && one.fee == fee);
        own.into_iter().any(|one| one.from <= on && on <= one.to)
    }

    /// Days in a row that are not taken, cut where a later price begins.
    fn free(&self, agreement: &str, fee: &Fee, (from, to): (Day, Day), cut: bool) -> Vec<(Day, Day)> {
        let mut rows: Vec<(Day, Day)> = Vec::new();
        let mut on = from;
        while on <= to {
            if !self.is_taken(agreement, fee.id, on) {
                let is_new = cut && fee.later.is_some_and(|(later, _)| later == on);
                match rows.last_mut() {
                    Some(last) if plus(last.1, 1) == on && !is_new => last.1 = on,
                    _ => rows.push((on, on)),
                }
            }
            on = plus(on, 1);
        }
        rows
    }

    /// What of a fee is due at the end of a day.
    pub fn fee_due(&self, customer: &'static str, agreement: &'static str, fee: &Fee, by: Day) -> Vec<Due> {
        let mut due = Vec::new();
        for number in 0..60 {
            let Some(served) = served(fee, number) else { continue };
            let bill_on = if fee.arrears { served.1 } else { plus(served.0, -fee.lead) };
            if bill_on > by {
                break;
            }
            let whole = (begin(fee, number), begin(fee, number + 1));
            let of = (whole.1 - whole.0).num_days();
            for (from, to) in self.free(agreement, fee, served, true) {
                let price =
                    fee.later.filter(|(later, _)| *later <= from).map_or(fee.price, |(_, price)| price);
                let upto = |on: Day| share(price * fee.quantity, (on - whole.0).num_days(), of);
                let is_whole = from == whole.0 && plus(to, 1) == whole.1;
                let charge = Charge {
                    source: Source::Fee,
                    id: format!("fee:{agreement}:{}:{from}", fee.id),
                    customer,
                    agreement: Some(agreement),
                    ticket: None,
                    code: fee.code,
                    date: from,
                    price,
                    factor: 100,
                    covered: false,
                    seconds: 0,
                    raw: 0,
                    drawn: 0,
                    net: upto(plus(to, 1)) - upto(from),
                    fee: Some((fee.id, from, to, is_whole)),
                };
                due.push(Due { period: whole.0, bill_on, charge });
            }
        }
        due
    }

    pub fn all_fees(&self, by: Day) -> Vec<(Fee, Vec<Due>)> {
        let mut all = Vec::new();
        for (customer, _, agreement, ..) in CUSTOMERS {
            for fee in fees() {
                all.push((fee, self.fee_due(customer, agreement, &fee, by)));
            }
        }
        all
    }

    pub fn skip(&mut self, customer: &str, agreement: &'static str, fee: &str, period: Day) -> Said {
        if !CUSTOMERS.iter().any(|(id, ..)| *id == customer) {
            return Err("customer-outside");
        }
        let own = CUSTOMERS.iter().any(|(id, _, own, ..)| *id == customer && *own == agreement);
        match (customer, agreement) {
            ("acme", "block") => return Err("fee-unknown"),
            _ if !own => return Err("agreement-unknown"),
            _ => {}
        }
        let fee = fees().into_iter().find(|one| one.id == fee).ok_or("fee-unknown")?;
        let periods = (0..60).filter_map(|number| Some((begin(&fee, number), served(&fee, number)?)));
        let found = periods.into_iter().find(|(whole, served)| *whole == period || served.0 == period);
        let (_, served) = found.ok_or("fee-period")?;
        let free = self.free(agreement, &fee, served, false);
        if free.is_empty() {
            return Err("fee-period");
        }
        let skipped = free.into_iter().map(|(from, to)| Taken { agreement, fee: fee.id, from, to, on: None });
        self.taken.extend(skipped);
        Ok(())
    }

    pub fn restore(&mut self, agreement: &str, fee: &str, from: Day) -> Said {
        let is_it = |one: &Taken| {
            one.agreement == agreement && one.fee == fee && one.from == from && one.on.is_none()
        };
        let place = self.taken.iter().position(is_it).ok_or("fee-days")?;
        self.taken.remove(place);
        Ok(())
    }
}
