//! The model's receivables: paid, taken back, credited, written off, voided.

use std::collections::{BTreeMap, BTreeSet};

use super::book::{
    Book, Credit, Day, Invoice, Item, Offer, Payment, Request, Said, Source, Sums, Taken as TakenDays, Why,
    WriteOff, share, shares,
};
use super::consent::since_decision;
use super::draft::counted_on;
use super::rules::{BIG, WITHHELD};

/// How much of an invoice is credited: all, a line, or so much of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    Whole,
    Line(usize),
    Net(usize, i64),
    Gross(i64),
}

/// The place of a line, what is taken of it, and whether that is all that is left.
type Taken = (usize, i64, bool);

/// What is left of a line, whether anything is, and whether nothing was taken of it.
struct Left {
    net: i64,
    there: bool,
    fresh: bool,
}

impl Book {
    /// Money for an item, with what is left out of it; gives whether it was applied.
    pub fn pay(
        &mut self,
        key: &str,
        item: &str,
        currency: &'static str,
        (cash, discount, withheld): (i64, i64, i64),
        day: Day,
    ) -> bool {
        self.received.push((currency, cash, day));
        let fits = self.items.get(item).is_some_and(|open| {
            let stands = !open.credit && self.is_issued(item).is_ok();
            stands && open.may_fall(cash + discount + withheld, day).is_ok()
        });
        let whole = cash + discount + withheld;
        if !fits || (discount > 0 && self.left_out(item) + discount > self.earned(item, whole, day)) {
            return false;
        }
        let before: i64 = self.standing_payments(item).map(|one| one.withheld).sum();
        if withheld > 0 && before + withheld > self.items[item].first * WITHHELD / 100 {
            return false;
        }
        self.fall(item, whole, day, Why::Money);
        let item_id = item.to_owned();
        let payment = Payment { item: item_id, cash, discount, withheld, day, back: None, reversed: 0 };
        self.payments.insert(key.to_owned(), payment);
        true
    }

    fn standing_payments<'b>(&'b self, item: &'b str) -> impl Iterator<Item = &'b Payment> {
        self.payments.values().filter(move |one| one.item == item && one.back.is_none())
    }

    /// What standing money left out of an item: nobody paid it.
    pub fn left_out(&self, item: &str) -> i64 {
        self.standing_payments(item).map(|one| one.discount - one.reversed).sum()
    }

    /// What may be left out in all: the share of what was settled in time.
    fn earned(&self, item: &str, now: i64, day: Day) -> i64 {
        let known = &self.items[item];
        let Some(Offer { amount: offer, until, .. }) = known.discount else { return 0 };
        let before = self.standing_payments(item).filter(|one| one.day <= until);
        let before: i64 = before.map(|one| one.cash + one.discount + one.withheld).sum();
        let settled = before + if day <= until { now } else { 0 };
        settled.min(known.first) * offer / known.first
    }

    pub fn unapply(&mut self, key: &str, day: Day) -> Said {
        let payment = self.payments.get_mut(key).ok_or("applied-unknown")?;
        if payment.back.is_some() {
            return Err("reservation-unapplied");
        }
        let day = day.max(payment.day);
        payment.back = Some(day);
        let Payment { item, cash, discount, withheld, reversed, .. } = payment.clone();
        self.fall(&item, -cash - discount - withheld + reversed, day, Why::Money);
        Ok(())
    }

    fn left(&self, id: &str) -> Vec<Left> {
        let invoice = self.invoice(id).unwrap();
        let lines = invoice.lines.iter();
        let mut left: Vec<Left> =
            lines.map(|line| Left { net: line.net, there: true, fresh: true }).collect();
        for credit in self.live_credits(id) {
            for (place, net, whole) in &credit.lines {
                let line = &mut left[*place];
                line.net -= net;
                line.there &= !whole;
                line.fresh &= !whole && *net == 0;
            }
        }
        if self.deposits.contains_key(id) {
            // A down payment has one line.
            let mut room = invoice.sums.clone();
            for credit in self.live_credits(id) {
                room = room.less(&credit.sums);
            }
            for part in self.deductions(id) {
                let taken = part.of(&room);
                left[0].net -= taken.net;
                left[0].there &= left[0].net != 0;
                left[0].fresh &= taken.net == 0;
                room = room.less(&taken);
            }
        }
        left
    }

    /// The lines of a credit, and its sums: of each rate the tax of what is taken, or what is left of it.
    fn credited(&self, id: &str, extent: Extent, rebill: bool) -> Said<(Vec<Taken>, Sums, bool)> {
        let invoice = self.invoice(id).ok_or("item-unknown")?;
        let (left, room) = (self.left(id), self.room(id));
        let all =
            || (0..left.len()).filter(|place| left[*place].there).map(|place| (place, left[place].net, true));
        let taken: Vec<Taken> = match extent {
            Extent::Whole => all().collect(),
            Extent::Gross(gross) if gross == room.gross() => all().collect(),
            Extent::Gross(gross) if gross <= 0 || gross > room.gross() => return Err("credit-over"),
            Extent::Gross(gross) => return self.credited_gross(invoice, gross, rebill),
            Extent::Line(place) if !left[place].there => return Err("credit-over"),
            Extent::Line(place) => vec![(place, left[place].net, true)],
            Extent::Net(place, net) if net <= 0 || net > left[place].net => return Err("credit-over"),
            Extent::Net(place, net) => vec![(place, net, net == left[place].net)],
        };
        let mut nets: BTreeMap<Option<i64>, i64> = BTreeMap::new();
        for (place, net, _) in &taken {
            *nets.entry(invoice.lines[*place].percent).or_default() += net;
        }
        let sums = if extent == Extent::Gross(room.gross()) { room } else { self.sums_of(id, &nets) };
        self.may_credit(invoice, taken, sums, rebill)
    }

    /// Net, and of each rate the tax of what is taken, or what is left of it.
    fn sums_of(&self, id: &str, nets: &BTreeMap<Option<i64>, i64>) -> Sums {
        let (room, is_deposit) = (self.room(id), self.deposits.contains_key(id));
        let mut sums = Sums { net: nets.values().sum(), ..Sums::default() };
        for (percent, rest) in &room.taxes {
            let base = nets.get(&Some(*percent)).copied().unwrap_or(0);
            let tax =
                if base == rest.0 { rest.1 } else { self.tax_on(base, *percent, is_deposit).min(rest.1) };
            sums.taxes.insert(*percent, (base, tax));
        }
        sums
    }

    /// An amount with its tax takes of each rate the share of what that comes to; what rounding misses is made
    /// up in taxes of rates that are not used up, then where nothing is taxed, then cent by cent.
    fn credited_gross(&self, invoice: &Invoice, gross: i64, rebill: bool) -> Said<(Vec<Taken>, Sums, bool)> {
        let (id, room) = (invoice.id.as_str(), self.room(&invoice.id));
        let (left, is_deposit) = (self.left(id), self.deposits.contains_key(id));
        let mut rates: Vec<(Option<i64>, Vec<usize>)> = Vec::new();
        for place in (0..left.len()).filter(|place| left[*place].there) {
            let percent = invoice.lines[place].percent;
            match rates.iter_mut().find(|(own, _)| *own == percent) {
                Some((_, places)) => places.push(place),
                None => rates.push((percent, vec![place])),
            }
        }
        let lefts: Vec<i64> =
            rates.iter().map(|(_, places)| places.iter().map(|place| left[*place].net).sum()).collect();
        let with_tax = |(net, (percent, _)): (&i64, &(Option<i64>, Vec<usize>))| {
            net + percent.map_or(0, |percent| self.tax_on(*net, percent, is_deposit))
        };
        let weights: Vec<i64> = lefts.iter().zip(&rates).map(with_tax).collect();
        let parts = shares(gross, &weights);
        let mut nets: Vec<i64> =
            (0..rates.len())
                .map(|at| {
                    if weights[at] == 0 { 0 } else { share(lefts[at], parts[at], weights[at]).min(lefts[at]) }
                })
                .collect();
        let sums = loop {
            let mut sums =
                self.sums_of(id, &rates.iter().map(|(percent, _)| *percent).zip(nets.clone()).collect());
            let mut missed = gross - sums.gross();
            // Categories stand by name: what is reduced before what is not.
            for (percent, row) in &mut sums.taxes {
                let rest = room.taxes[percent];
                if row.0 != rest.0 {
                    let tax = (row.1 + missed).clamp(0, rest.1);
                    (row.1, missed) = (tax, missed - (tax - row.1));
                }
            }
            if missed == 0 {
                break sums;
            }
            let is_free = |at: &usize| rates[*at].0.is_none();
            let (free, taxed): (Vec<usize>, Vec<usize>) = (0..rates.len()).partition(is_free);
            let free = free.into_iter().map(|at| (at, (nets[at] + missed).clamp(0, lefts[at])));
            let mut moved = free
                .chain(taxed.into_iter().map(|at| (at, (nets[at] + missed.signum()).clamp(0, lefts[at]))));
            let (at, net) = moved.find(|(at, net)| nets[*at] != *net).ok_or("credit-over")?;
            nets[at] = net;
        };
        let mut taken: Vec<Taken> = Vec::new();
        for ((_, places), net) in rates.iter().zip(nets) {
            let weights: Vec<i64> = places.iter().map(|place| left[*place].net).collect();
            let parts = places.iter().zip(shares(net, &weights)).filter(|(_, part)| *part != 0);
            taken.extend(parts.map(|(place, part)| (*place, part, part == left[*place].net)));
        }
        taken.sort_unstable();
        if let (true, Some((_, places))) = (taken.is_empty(), rates.first()) {
            taken.push((places[0], 0, left[places[0]].net == 0));
        }
        self.may_credit(invoice, taken, sums, rebill)
    }

    /// What can be taken back of an invoice as it stands, and whether that gives back what it deducted.
    fn may_credit(
        &self,
        invoice: &Invoice,
        taken: Vec<Taken>,
        mut sums: Sums,
        rebill: bool,
    ) -> Said<(Vec<Taken>, Sums, bool)> {
        let id = invoice.id.as_str();
        let (left, room) = (self.left(id), self.room(id));
        let is_rest = sums.net == room.net && sums.taxes == room.taxes;
        sums.payable = if is_rest { room.payable } else { sums.gross() };
        if rebill {
            if taken.iter().any(|(place, _, whole)| !(*whole && left[*place].fresh)) {
                return Err("credit-rebill-part");
            }
            let is_own = |place: &usize| taken.iter().any(|(own, ..)| own == place);
            let (own, others): (Vec<usize>, Vec<usize>) = (0..left.len()).partition(is_own);
            let things = |places: Vec<usize>| -> BTreeSet<(Source, &String)> {
                let charges = places.into_iter().flat_map(|place| &invoice.lines[place].charges);
                charges.map(|charge| (charge.source, &charge.id)).collect()
            };
            if !things(own).is_disjoint(&things(others)) {
                return Err("credit-splits-entry");
            }
        }
        if taken.is_empty() {
            return Err("credit-nothing");
        }
        let written = self.write_offs.iter().filter(|(_, one)| one.item == id && one.done);
        let owed = room.payable - written.map(|(_, one)| one.amount).sum::<i64>();
        if sums.payable > owed {
            return Err("credit-over");
        }
        if sums.payable < 0 {
            return Err("credit-nothing");
        }
        let gives_back = is_rest && room.payable != room.gross() && !invoice.deposits.is_empty();
        Ok((taken, sums, gives_back))
    }

    pub fn credit(&mut self, new: &str, of: &str, extent: Extent, rebill: bool, day: Day) -> Said {
        self.is_new(new)?;
        self.is_issued(of)?;
        if day < self.item(of)?.opened {
            return Err("item-not-open-yet");
        }
        let (lines, sums, gives_back_deposits) = self.credited(of, extent, rebill)?;
        let own = self.credits.iter().map(|(_, one)| one).filter(|one| one.of == of);
        let earlier = since_decision(own.map(|one| {
            let live = !["void", "rejected"].contains(&one.state);
            (if live { one.sums.net } else { 0 }, one.request.is_decided_as_big())
        }));
        let is_big = sums.net > BIG || (earlier > 0 && earlier + sums.net > BIG);
        let request =
            Request { needed: if is_big { vec!["manager"] } else { Vec::new() }, ..Request::default() };
        let (of, state) = (of.to_owned(), "awaiting_approval");
        let drafted = day;
        let credit = Credit { of, drafted, state, sums, lines, rebill, gives_back_deposits, request };
        self.credits.push((new.to_owned(), credit));
        self.subjects.insert(new.to_owned());
        if !is_big {
            self.issue_credit(new, day);
        }
        Ok(())
    }

    /// What credit notes give back of what was settled takes its share of the discounts that were taken along, and what
    /// is beyond what was paid; gives how much that is, and the day of the last of them.
    fn reverse(&mut self, of: &str) -> (i64, Option<Day>) {
        let issued = self.credits.iter().filter(|(_, one)| one.of == of && one.state == "issued");
        let credited: i64 = issued.map(|(_, one)| one.sums.payable).sum();
        let deducted: i64 = self.deductions(of).map(|part| part.amount).sum();
        let written = self.write_offs.iter().filter(|(_, one)| one.item == of && one.done);
        let written: i64 = written.map(|(_, one)| one.amount).sum();
        let gone = credited + deducted + written - self.items[of].first;
        let standing = || self.standing_payments(of);
        let settled: i64 = standing().map(|one| one.cash + one.discount).sum();
        let (taken, before): (i64, i64) =
            standing().fold((0, 0), |(taken, before), one| (taken + one.discount, before + one.reversed));
        let back = (gone + settled).clamp(0, settled);
        let mut due = if settled == 0 { 0 } else { (taken * back + settled - 1) / settled - before };
        let mut over = gone + self.left_out(of);
        let (mut sum, mut last) = (0, None);
        for one in self.payments.values_mut().filter(|one| one.item == of && one.back.is_none()) {
            let part = over.max(due).min(one.discount - one.reversed);
            if part > 0 {
                (over, due, sum, last) = (over - part, due - part, sum + part, last.max(Some(one.day)));
                one.reversed += part;
            }
        }
        (sum, last)
    }

    /// What is credited is owed to the customer, and set against the invoice as far as that is open.
    pub fn issue_credit(&mut self, id: &str, on: Day) {
        let (_, credit) = self.credits.iter_mut().find(|(own, _)| own == id).unwrap();
        credit.state = "issued";
        let Credit { of, sums, lines, rebill, .. } = credit.clone();
        let invoice = self.invoice(&of).unwrap().clone();
        let (currency, first) = (invoice.currency, sums.payable);
        let parts = vec![(on, first)];
        let item =
            Item { currency, credit: true, first, opened: on, falls: Vec::new(), parts, discount: None };
        self.items.insert(id.to_owned(), item);
        let (reversed, paid) = self.reverse(&of);
        let day = on.max(self.items[&of].opened).max(paid.unwrap_or(on));
        if reversed > 0 {
            self.fall(&of, -reversed, day, Why::Money);
        }
        let used = first.min(self.items[&of].least_from(day));
        if used > 0 {
            self.fall(id, used, day, Why::Credit);
            self.fall(&of, used, day, Why::Credit);
        }
        for (place, _, whole) in lines {
            let line = &invoice.lines[place];
            for charge in &line.charges {
                if rebill {
                    self.release(charge.source, &charge.id, &of);
                } else if charge.source == Source::Sale && whole {
                    // A block that is forgiven takes its hours with it, as far as they are there.
                    let seconds = self.sales.get(&charge.id).map_or(0, |sale| sale.seconds);
                    self.forgiven += seconds.min(self.left_of_block());
                }
            }
        }
    }

    /// Something on an invoice is billable again.
    fn release(&mut self, source: Source, id: &str, invoice: &str) {
        match source {
            Source::Entry => self.entries.get_mut(id).unwrap().leave(invoice),
            Source::Sale => drop(self.sales.get_mut(id).unwrap().on.take_if(|on| on == invoice)),
            Source::Fee => self.taken.retain(|one| {
                let own = format!("fee:{}:{}:{}", one.agreement, one.fee, one.from);
                own != id || one.on.as_deref() != Some(invoice)
            }),
            Source::Deposit => {}
        }
    }

    /// Everything on a draft stands on it.
    pub fn stand(&mut self, draft: &Invoice) {
        for charge in draft.lines.iter().flat_map(|line| &line.charges) {
            let on = Some(draft.id.clone());
            match charge.source {
                Source::Entry => self.entries.get_mut(&charge.id).unwrap().on = on,
                Source::Sale => self.sales.get_mut(&charge.id).unwrap().on = on,
                Source::Fee => {
                    let (fee, from, to, _) = charge.fee.unwrap();
                    let agreement = charge.agreement.unwrap();
                    self.taken.push(TakenDays { agreement, fee, from, to, on });
                }
                Source::Deposit => {}
            }
        }
    }

    pub fn void(&mut self, id: &str, day: Day) -> Said {
        if let Some((_, credit)) = self.credits.iter_mut().find(|(own, _)| own == id) {
            return match credit.state {
                "awaiting_approval" | "rejected" => {
                    credit.state = "void";
                    Ok(())
                }
                _ => Err("invoice-state"),
            };
        }
        match self.invoice(id).ok_or("invoice-unknown")?.state {
            "void" => return Err("invoice-state"),
            "issued" => {
                self.may_void(id, day)?;
                let open = self.items[id].open();
                self.fall(id, open, day, Why::Other);
                let key = counted_on(&format!("void:{id}"), |id| self.subjects.contains(id));
                self.subjects.insert(key);
            }
            _ => {}
        }
        self.invoice_mut(id).state = "void";
        let lines = self.invoice(id).unwrap().lines.clone();
        for charge in lines.iter().flat_map(|line| &line.charges) {
            self.release(charge.source, &charge.id, id);
        }
        Ok(())
    }

    fn may_void(&self, id: &str, day: Day) -> Said {
        if self.live_credits(id).next().is_some() {
            return Err("invoice-credited");
        }
        if self.deductions(id).next().is_some() {
            return Err("deposit-deducted");
        }
        if self.write_offs.iter().any(|(_, one)| one.item == id && one.request.is_pending()) {
            return Err("void-undecided");
        }
        let item = &self.items[id];
        if item.open() != item.first {
            return Err("invoice-allocated");
        }
        if item.first > 0 {
            item.may_fall(item.first, day)
        } else if day < item.opened {
            Err("item-not-open-yet")
        } else {
            Ok(())
        }
    }

    pub fn may_write_down(&self, id: &str, day: Day) -> Said {
        let (_, written) = self.write_offs.iter().find(|(own, _)| own == id).unwrap();
        self.may_write_off(&written.item, written.amount, self.items[&written.item].currency, day)
    }

    fn may_write_off(&self, item: &str, amount: i64, currency: &str, day: Day) -> Said {
        self.is_issued(item)?;
        let known = self.item(item)?;
        if known.currency != currency {
            return Err("allocation-currency");
        }
        if known.credit {
            return Err("allocation-sign");
        }
        known.may_fall(amount, day)?;
        // Credit notes that wait hold their room.
        let waiting = self.live_credits(item).filter(|one| one.state != "issued");
        let waiting: i64 = waiting.map(|one| one.sums.payable).sum();
        if amount > known.open() - waiting { Err("over-allocation") } else { Ok(()) }
    }

    pub fn write_off(&mut self, new: &str, item: &str, amount: i64, currency: &str, day: Day) -> Said {
        self.is_new(new)?;
        self.may_write_off(item, amount, currency, day)?;
        let own = self.write_offs.iter().map(|(_, one)| one).filter(|one| one.item == item);
        let earlier =
            since_decision(own.map(|one| {
                (if one.request.rejected { 0 } else { one.amount }, one.request.is_decided_as_big())
            }));
        let is_big = amount > BIG || (earlier > 0 && earlier + amount > BIG);
        let request =
            Request { needed: if is_big { vec!["manager"] } else { Vec::new() }, ..Request::default() };
        let written = WriteOff { item: item.to_owned(), amount, done: false, request };
        self.write_offs.push((new.to_owned(), written));
        self.subjects.insert(new.to_owned());
        if !is_big {
            self.write_down(new, day);
        }
        Ok(())
    }

    pub fn write_down(&mut self, id: &str, day: Day) {
        let (_, written) = self.write_offs.iter_mut().find(|(own, _)| own == id).unwrap();
        written.done = true;
        let WriteOff { item, amount, .. } = written.clone();
        self.fall(&item, amount, day, Why::Other);
    }

    /// What is left of each down payment.
    pub fn rooms(&self) -> BTreeMap<String, i64> {
        self.deposits.keys().map(|id| (id.clone(), self.room(id).payable)).collect()
    }
}
