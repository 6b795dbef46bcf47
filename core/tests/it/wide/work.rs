//! The model's work: captured, ready, priced; what is sold; milestones.

use std::collections::BTreeMap;

use super::book::{Book, Charge, Day, Entry, Said, Sale, Source, Work, share, shares};
use super::rules::{CUSTOMERS, day, hourly_in_force};

/// From six in the evening in Berlin, at Greenwich.
const EVENING: i64 = 17 * 60;

/// A piece of an entry on one side of the evening.
struct Piece<'b> {
    id: &'b str,
    entry: &'b Entry,
    start: i64,
    seconds: i64,
    evening: bool,
    senior: bool,
    billed: i64,
}

pub const fn customer_of(ticket: u8) -> &'static str {
    if ticket == 3 { "usa" } else { "acme" }
}

pub const fn project_of(ticket: u8) -> u8 {
    ticket % 2
}

pub fn currency_of(customer: &str) -> &'static str {
    CUSTOMERS.iter().find(|(id, ..)| *id == customer).unwrap().1
}

/// The day of a minute so many hours ahead of Greenwich.
pub fn on_day(minute: i64, ahead: i64) -> Day {
    day("2026-01-01") + chrono::Days::new(((minute + ahead * 60) / 1_440).unsigned_abs())
}

pub fn plus(day: Day, days: i64) -> Day {
    day + chrono::TimeDelta::days(days)
}

impl Entry {
    /// The day it was done, so many hours ahead of Greenwich.
    pub fn done(&self, ahead: i64) -> Day {
        match self.work {
            Work::Time { start, .. } => on_day(start, ahead),
            Work::Parts { on, .. } => on,
        }
    }
}

/// The agreement that takes the work of a ticket on a day: the one that is named, else the own one of its
/// customer while it is in force, else the block of who pays.
fn agreement_of(ticket: u8, on: Day) -> &'static str {
    match ticket {
        1 if hourly_in_force(on) => "g-acme",
        3 if hourly_in_force(on) => "g-usa",
        _ => "block",
    }
}

impl Book {
    pub fn capture(&mut self, id: &str, ticket: u8, revision: u8, work: Work) -> Said {
        match work {
            Work::Time { start, end, .. } if end < start => return Err("entry-ends-before-start"),
            Work::Parts { count, .. } if count <= 0 => return Err("part-quantity"),
            _ if ticket > 3 => return Err("ticket-unknown"),
            _ => {}
        }
        let new = Entry { ticket, revision, work, on: None, later: None };
        let Some(known) = self.entries.get_mut(id) else {
            self.entries.insert(id.to_owned(), new);
            return Ok(());
        };
        let last = known.later.unwrap_or((known.ticket, known.revision, known.work));
        match revision.cmp(&last.1) {
            std::cmp::Ordering::Less => {}
            std::cmp::Ordering::Equal if (last.2, last.0) != (work, ticket) => return Err("entry-conflict"),
            std::cmp::Ordering::Equal => {}
            // What is billed stays as it is for now.
            std::cmp::Ordering::Greater if known.on.is_some() => known.later = Some((ticket, revision, work)),
            std::cmp::Ordering::Greater => *known = new,
        }
        Ok(())
    }

    /// The day on which an entry is ready, if it is at all: done, and its ticket closed and waited for.
    pub fn ready_on(&self, entry: &Entry, when_done: bool, ahead: i64) -> Option<Day> {
        let done = entry.done(ahead);
        if when_done {
            return Some(done);
        }
        let closed = self.closed.contains(&entry.ticket).then(|| day("2026-02-05"));
        closed.map(|closed| plus(closed, self.rules.wait()).max(done))
    }

    /// What work costs: time in the order it was done, then parts.
    pub fn rate(&self, ready: &BTreeMap<&String, &Entry>) -> Vec<Charge> {
        let mut pieces: Vec<Piece<'_>> = Vec::new();
        let mut parts = Vec::new();
        for (id, entry) in ready {
            match entry.work {
                Work::Time { start, end, senior } => {
                    let evening = start / 1_440 * 1_440 + EVENING;
                    let mut piece = |start: i64, end: i64, evening: bool| {
                        pieces.push(Piece {
                            id,
                            entry,
                            start,
                            seconds: (end - start) * 60,
                            evening,
                            senior,
                            billed: 0,
                        });
                    };
                    if start == end || start >= evening {
                        piece(start, end, start != end);
                    } else {
                        piece(start, end.min(evening), false);
                        if end > evening {
                            piece(evening, end, true);
                        }
                    }
                }
                Work::Parts { on, count, price } => parts.push(Charge {
                    agreement: None,
                    code: "book",
                    net: count * price,
                    price,
                    ..worked(id, entry.ticket, on)
                }),
            }
        }
        let begin = |entry: &Entry| if let Work::Time { start, .. } = entry.work { start } else { 0 };
        pieces.sort_by_key(|piece| (begin(piece.entry), piece.id.to_owned(), piece.start));
        self.round(&mut pieces);
        let mut left = self.left_of_block();
        let mut charges: Vec<Charge> = pieces.iter().flat_map(|piece| price(piece, &mut left)).collect();
        charges.append(&mut parts);
        charges
    }

    /// Rounds time up to quarters of an hour: of each entry, or of all that was ever billed of a ticket less
    /// what was billed before; shared back to the pieces.
    fn round(&self, pieces: &mut [Piece<'_>]) {
        let by_ticket = self.rules.by_ticket();
        let scope =
            |piece: &Piece<'_>| if by_ticket { piece.entry.ticket.to_string() } else { piece.id.to_owned() };
        let mut scopes: Vec<String> = pieces.iter().map(scope).collect();
        scopes.dedup();
        for of in scopes {
            let own: Vec<usize> = (0..pieces.len()).filter(|place| scope(&pieces[*place]) == of).collect();
            let raw: Vec<i64> = own.iter().map(|place| pieces[*place].seconds).collect();
            let before = self.standing().flat_map(|line| &line.charges).filter(|charge| {
                by_ticket
                    && charge.code == "work"
                    && charge.ticket.is_some_and(|ticket| ticket.to_string() == of)
            });
            let (mut worked, mut billed) = (raw.iter().sum::<i64>(), 0);
            for charge in before {
                (worked, billed) = (worked + charge.raw, billed + charge.seconds);
            }
            let due = ((worked + 899) / 900 * 900 - billed).max(0);
            for (place, part) in own.iter().zip(shares(due, &raw)) {
                pieces[*place].billed = part;
            }
        }
    }

    pub fn sell(&mut self, sale: &str, agreement: &'static str, on: Day) -> Said {
        if self.sales.contains_key(sale) {
            return Err("sale-twice");
        }
        match agreement {
            "block" => {}
            "g-acme" => return Err("agreement-not-sold"),
            _ => return Err("agreement-unknown"),
        }
        let sold = Sale { currency: "EUR", agreement, amount: 18_000, day: on, seconds: 7_200, on: None };
        self.sales.insert(sale.to_owned(), sold);
        Ok(())
    }

    /// A milestone, with what was agreed for it: agreement, code and amount.
    pub fn reach(
        &mut self,
        milestone: &str,
        project: u8,
        fixed: Option<(&'static str, &str, i64)>,
        on: Day,
    ) -> Said {
        if self.milestones.contains_key(milestone) {
            return Err("milestone-twice");
        }
        if let Some((agreement, code, amount)) = fixed {
            if !["g-acme", "block"].contains(&agreement) {
                return Err("agreement-unknown");
            }
            if agreement == "g-acme" && !hourly_in_force(on) {
                return Err("agreement-not-in-force");
            }
            if code != "down" {
                return Err("code-unknown");
            }
            if amount <= 0 {
                return Err("fixed-price");
            }
            let sold = Sale { currency: "EUR", agreement, amount, day: on, seconds: 0, on: None };
            self.sales.insert(format!("milestone:{milestone}"), sold);
        }
        self.milestones.insert(milestone.to_owned(), (project, on));
        Ok(())
    }
}

fn worked(id: &str, ticket: u8, date: Day) -> Charge {
    Charge {
        source: Source::Entry,
        id: id.to_owned(),
        customer: customer_of(ticket),
        agreement: None,
        ticket: Some(ticket),
        code: "work",
        date,
        price: 0,
        factor: 100,
        covered: false,
        seconds: 0,
        raw: 0,
        drawn: 0,
        net: 0,
        fee: None,
    }
}

/// What the block covers is free; the rest costs its hours.
fn price(piece: &Piece<'_>, left: &mut i64) -> Vec<Charge> {
    let ticket = piece.entry.ticket;
    let date = on_day(piece.start, 1);
    let agreement = agreement_of(ticket, date);
    let blank = Charge { agreement: Some(agreement), raw: piece.seconds, ..worked(piece.id, ticket, date) };
    let covered = if agreement == "block" { piece.billed.min(*left).max(0) } else { 0 };
    *left -= covered;
    let over = piece.billed - covered;
    let mut charges = Vec::new();
    if covered > 0 {
        let raw = if over == 0 { piece.seconds } else { 0 };
        charges.push(Charge { covered: true, seconds: covered, raw, ..blank.clone() });
        if over == 0 {
            return charges;
        }
    }
    let (_, _, _, plain, senior) = CUSTOMERS.iter().find(|(id, ..)| *id == blank.customer).unwrap();
    let price = if piece.senior { *senior } else { *plain };
    let factor = if piece.evening { 150 } else { 100 };
    let (drawn, net) = (covered.min(piece.seconds), share(price * factor, over, 360_000));
    charges.push(Charge { price, factor, seconds: over, drawn, net, ..blank });
    charges
}
