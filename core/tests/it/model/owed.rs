//! The model's receivables: credited, written off, owed again, disputed.

use std::collections::BTreeMap;

use super::state::{Credit, Dispute, Item, Message, Model, Said, Worked, WriteOff};

/// How much of an invoice is credited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    Whole,
    Line(u8),
    Gross(i64),
}

/// A share of 19 hundredths, ties up.
const fn tax_on(net: i64) -> i64 {
    (net * 19 + 50) / 100
}

/// Gives each weight its share of a whole, the rest by largest remainder, then by place.
fn shares(whole: i64, weights: &[i64]) -> Vec<i64> {
    let sum: i64 = weights.iter().sum();
    let mut parts: Vec<i64> = weights.iter().map(|weight| whole * weight / sum).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|place| -(whole * weights[*place] % sum));
    let rest = whole - parts.iter().sum::<i64>();
    for place in order.into_iter().take(usize::try_from(rest).unwrap()) {
        parts[place] += 1;
    }
    parts
}

/// What is left of an invoice or an item: net, gross, and of each line how much and whether at all.
struct Left {
    net: i64,
    gross: i64,
    lines: Vec<(i64, bool)>,
}

type Taken = BTreeMap<usize, (i64, bool)>;

/// What was asked after the last that somebody decided on, of some in the order they were asked.
pub fn since_decision(asked: impl Iterator<Item = (usize, i64, bool)>) -> i64 {
    let mut asked: Vec<_> = asked.collect();
    asked.sort_unstable();
    let from = asked.iter().rposition(|(_, _, decided)| *decided).map_or(0, |place| place + 1);
    asked[from..].iter().map(|(_, net, _)| net).sum()
}

impl Model {
    fn left(&self, id: &str) -> Left {
        let invoice = self.invoice(id).unwrap();
        let lines = invoice.lines.iter().map(|line| (line.net, true)).collect();
        let mut left = Left { net: invoice.net, gross: invoice.gross, lines };
        for credit in self.live_credits(id) {
            (left.net, left.gross) = (left.net - credit.net, left.gross - credit.gross);
            for (place, (net, whole)) in &credit.taken {
                left.lines[*place].0 -= net;
                left.lines[*place].1 &= !whole;
            }
        }
        left
    }

    /// Net, gross and lines of a credit.
    fn credited(&self, id: &str, extent: Extent, rebill: bool) -> Said<(i64, i64, Taken)> {
        let Some(invoice) = self.invoice(id) else { return self.credited_alone(id, extent, rebill) };
        let left = self.left(id);
        let whole = || -> Taken {
            let rest = left.lines.iter().enumerate().filter(|(_, (_, there))| *there);
            rest.map(|(place, (net, _))| (place, (*net, true))).collect()
        };
        let (net, gross, taken) = match extent {
            Extent::Whole => (left.net, left.gross, whole()),
            Extent::Gross(gross) if gross == left.gross => (left.net, gross, whole()),
            Extent::Gross(gross) if gross <= 0 || gross > left.gross => return Err("credit-over"),
            Extent::Gross(gross) => {
                // Before tax it takes as much of what is left as it takes of it with its tax, half up.
                let whole = left.net + tax_on(left.net);
                let part = (left.net * gross * 2 + whole) / (whole * 2).max(1);
                // Something is left before tax while something is left, and no more tax is taken than there is.
                let net = part.max(gross - (left.gross - left.net)).min((left.net - 1).max(0));
                let weights: Vec<i64> = left.lines.iter().map(|(net, _)| *net).collect();
                let parts = shares(net, &weights).into_iter().enumerate().filter(|(_, part)| *part > 0);
                let taken = parts.map(|(place, part)| (place, (part, part == left.lines[place].0))).collect();
                (net, gross, taken)
            }
            Extent::Line(place) => {
                let place = usize::from(place) % invoice.lines.len();
                let (net, there) = left.lines[place];
                if !there {
                    return Err("credit-over");
                }
                let tax = if net == left.net {
                    left.gross - left.net
                } else {
                    tax_on(net).min(left.gross - left.net)
                };
                (net, net + tax, Taken::from([(place, (net, true))]))
            }
        };
        if rebill {
            let fresh =
                |(place, (net, whole)): (&usize, &(i64, bool))| *whole && *net == invoice.lines[*place].net;
            if !taken.iter().all(fresh) {
                return Err("credit-rebill-part");
            }
            // Also of lines that are used up: what they forgave is never billed again.
            let mut others = invoice.lines.iter().enumerate().filter(|(place, _)| !taken.contains_key(place));
            let splits = |work| taken.keys().any(|place| invoice.lines[*place].work.contains(work));
            if others.any(|(_, line)| line.work.iter().any(splits)) {
                return Err("credit-splits-entry");
            }
        }
        if taken.is_empty() {
            return Err("credit-nothing");
        }
        if gross > left.gross - self.written_off(id) { Err("credit-over") } else { Ok((net, gross, taken)) }
    }

    /// An item that moved in, or a credit note, has no lines.
    fn credited_alone(&self, id: &str, extent: Extent, rebill: bool) -> Said<(i64, i64, Taken)> {
        let item = self.item(id)?;
        let waiting = self.live_credits(id).filter(|credit| credit.state != "issued");
        let open = if item.credit { -item.open() } else { item.open() };
        let left = open - waiting.map(|credit| credit.gross).sum::<i64>();
        let gross = match extent {
            Extent::Whole => left,
            Extent::Gross(gross) => gross,
            Extent::Line(_) => return Err("credit-without-lines"),
        };
        if rebill {
            return Err("credit-without-lines");
        }
        if gross <= 0 || gross > left { Err("credit-over") } else { Ok((gross, gross, Taken::new())) }
    }

    pub fn credit(&mut self, new: &str, of: &str, extent: Extent, rebill: bool, day: i64) -> Said {
        self.is_new(new)?;
        self.is_issued(of)?;
        if day < self.item(of)?.opened {
            return Err("item-not-open-yet");
        }
        let (net, gross, taken) = self.credited(of, extent, rebill)?;
        let own = self.credits.values().filter(|one| one.of == of);
        let earlier = since_decision(own.map(|one| {
            let live = !["void", "rejected"].contains(&one.state);
            (one.step, if live { one.net } else { 0 }, one.decided)
        }));
        let free = net <= 25_000 && (earlier == 0 || earlier + net <= 25_000);
        let state = if free { "approved" } else { "awaiting_approval" };
        let asked = if free { vec![day] } else { Vec::new() };
        let (of, step) = (of.to_owned(), self.step());
        let (issued, decided) = (None, false);
        let credit =
            Credit { of, net, gross, taken, rebill, state, drafted: day, asked, step, issued, decided };
        self.credits.insert(new.to_owned(), credit);
        Ok(if free { vec![Message::Assign(new.to_owned(), day)] } else { Vec::new() })
    }

    pub fn issue_credit(&mut self, id: &str, given: i64) -> Said {
        let credit = self.credits.get_mut(id).unwrap();
        if credit.state != "approved" {
            return Ok(Vec::new());
        }
        credit.state = "issued";
        let step = self.step();
        let credit = self.credits.get_mut(id).unwrap();
        credit.issued = Some(step);
        let credit = credit.clone();
        self.items.insert(id.to_owned(), Item::new(credit.gross > 0, credit.gross, given));
        let of = &self.items[&credit.of];
        let day = given.max(of.opened);
        let used = credit.gross.min(of.least_from(day));
        if used > 0 {
            self.fall(id, used, day);
            self.fall(&credit.of, used, day);
        }
        if credit.rebill {
            self.release(&credit.of, |place| credit.taken.contains_key(&place));
        } else if let Some(invoice) = self.invoice(&credit.of) {
            let whole = credit.taken.iter().filter(|(_, (_, whole))| *whole);
            let work = whole.flat_map(|(place, _)| &invoice.lines[*place].work);
            let blocks = work.filter(|work| matches!(work, Worked::Sale(_))).count();
            let left = self.sales.len() as i64 * 7_200 - self.taken - self.drawn;
            self.taken += left.min(7_200 * blocks as i64);
        }
        Ok(Vec::new())
    }

    pub fn apply_credit(&mut self, from: &str, to: &str, amount: i64, day: i64) -> Said {
        self.is_issued(to)?;
        let (credit, item) = (self.item(from)?, self.item(to)?);
        if !credit.credit || item.credit {
            return Err("credit-target");
        }
        credit.may_fall(amount, day)?;
        item.may_fall(amount, day)?;
        self.fall(from, amount, day);
        self.fall(to, amount, day);
        Ok(Vec::new())
    }

    fn may_write_off(&self, item: &str, amount: i64, day: i64) -> Said<()> {
        self.is_issued(item)?;
        let known = self.item(item)?;
        if known.credit {
            return Err("allocation-sign");
        }
        known.may_fall(amount, day)?;
        // Credit notes that wait hold their room.
        let waiting: i64 =
            self.live_credits(item).filter(|one| one.state != "issued").map(|one| one.gross).sum();
        if amount > known.open() - waiting { Err("over-allocation") } else { Ok(()) }
    }

    pub fn write_off(&mut self, new: &str, item: &str, amount: i64, day: i64) -> Said {
        self.is_new(new)?;
        self.may_write_off(item, amount, day)?;
        let own = self.write_offs.values().filter(|one| one.item == item);
        let earlier = since_decision(own.map(|one| {
            let live = one.status != "rejected";
            (one.step, if live { one.amount - one.recovered } else { 0 }, one.decided)
        }));
        let (item, status, step) = (item.to_owned(), "pending", self.step());
        let written =
            WriteOff { item, amount, status, done: None, recovered: 0, step, finished: None, decided: false };
        self.write_offs.insert(new.to_owned(), written);
        if amount <= 25_000 && (earlier == 0 || earlier + amount <= 25_000) {
            self.write_down(new, day)?;
        }
        Ok(Vec::new())
    }

    pub fn write_down(&mut self, id: &str, day: i64) -> Said<()> {
        let WriteOff { item, amount, .. } = self.write_offs[id].clone();
        self.may_write_off(&item, amount, day)?;
        self.fall(&item, amount, day);
        let step = self.step();
        let written = self.write_offs.get_mut(id).unwrap();
        (written.status, written.done, written.finished) = ("approved", Some(day), Some(step));
        Ok(())
    }

    pub fn recover(&mut self, id: &str, amount: i64, day: i64) -> Said {
        let written = self.write_offs.get(id).ok_or("write-off-unknown")?.clone();
        let done = written.done.ok_or("write-off-unknown")?;
        self.is_issued(&written.item)?;
        if amount <= 0 || amount > written.amount - written.recovered {
            return Err("recovery-over");
        }
        self.fall(&written.item, -amount, day.max(done));
        self.write_offs.get_mut(id).unwrap().recovered += amount;
        Ok(Vec::new())
    }

    /// What moves in from another system: an item, and cash that the book is told of; in the same words again it does
    /// nothing.
    pub fn import(&mut self, item: &str, amount: i64, cash: Option<u8>) -> Said {
        if self.account_closed.hard.is_some() {
            return Err("period-closed");
        }
        let is_late = self.has_documents();
        let known = self.items.get(item).map(|one| if one.credit { -one.first } else { one.first });
        match known {
            Some(known) if known == amount => {}
            Some(_) => return Err("item-twice"),
            None if amount == 0 => return Err("opening-amounts"),
            None if is_late => return Err("opening-late"),
            None => {}
        }
        let cash = cash.filter(|id| !self.handed_over.contains(id));
        if cash.is_some() && is_late {
            return Err("opening-late");
        }
        if known.is_none() {
            self.items.insert(item.to_owned(), Item::new(amount < 0, amount.abs(), 1));
        }
        self.handed_over.extend(cash);
        Ok(cash.map(Message::Receive).into_iter().collect())
    }

    pub fn open_dispute(&mut self, new: u8, id: &str, extent: Extent, day: i64) -> Said {
        if self.disputes.contains_key(&new) {
            return Err("dispute-twice");
        }
        self.is_issued(id)?;
        let item = self.item(id)?;
        if day < item.opened {
            return Err("item-not-open-yet");
        }
        let amount = match extent {
            Extent::Gross(amount) => amount,
            other => self.credited(id, other, false)?.1,
        };
        let open = if item.credit { -item.open() } else { item.open() };
        if amount <= 0 || amount > open - self.disputed(id) {
            return Err("dispute-amount");
        }
        let (item, state) = (id.to_owned(), "opened");
        let step = self.step();
        self.disputes.insert(new, Dispute { step, item, amount, state, remedy: None });
        Ok(Vec::new())
    }

    pub fn advance_dispute(&mut self, id: u8, to: &'static str) -> Said {
        let dispute = self.disputes.get_mut(&id).filter(|one| one.state != "closed");
        let dispute = dispute.ok_or("dispute-unknown")?;
        let rank = |state| {
            ["opened", "acknowledged", "investigating", "escalated"].iter().position(|one| *one == state)
        };
        let back = (dispute.state, to) == ("escalated", "investigating");
        if rank(to) <= rank(dispute.state) && !back {
            return Err("dispute-step");
        }
        dispute.state = to;
        Ok(Vec::new())
    }

    pub fn close_dispute(&mut self, id: u8, accept: bool, remedy: Option<&str>) -> Said {
        let dispute = self.disputes.get(&id).filter(|one| one.state != "closed").ok_or("dispute-unknown")?;
        match remedy {
            Some(remedy) if accept => {
                let used = self.disputes.values().any(|one| one.remedy.as_deref() == Some(remedy));
                let credit = self.credits.get(remedy);
                let written = self.write_offs.get(remedy);
                // What was given before nobody gave because of the dispute.
                let since = |step: Option<usize>| step.is_some_and(|step| step > dispute.step);
                let fits = credit.is_some_and(|one| since(one.issued) && one.of == dispute.item)
                    || written.is_some_and(|one| since(one.finished) && one.item == dispute.item);
                if used || !fits {
                    return Err("dispute-remedy");
                }
            }
            None if !accept => {}
            _ => return Err("dispute-remedy"),
        }
        let dispute = self.disputes.get_mut(&id).unwrap();
        (dispute.state, dispute.remedy) = ("closed", remedy.map(ToOwned::to_owned));
        Ok(Vec::new())
    }
}
