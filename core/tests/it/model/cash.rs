//! The model's money: received, reserved, applied, taken back, paid back, and what days are closed.

use std::collections::BTreeMap;

use super::state::{Closed, Debit, LAST, Message, Model, PayoutLine, Receipt, Reservation, Said};

impl Model {
    /// A receipt, of which a payment provider may have kept a fee.
    pub fn receive(&mut self, id: u8, content: (i64, i64, bool, i64)) -> Said {
        let (amount, value, assigned, fee) = content;
        match self.receipts.get(&id) {
            Some(known) if known.content == content => return Ok(Vec::new()),
            Some(_) => return Err("receipt-conflict"),
            None if amount <= 0 => return Err("receipt-amount"),
            None if fee < 0 => return Err("gateway-fee"),
            None => {}
        }
        // On days that are closed hard no money counts any more.
        let closed = self.book_closed.hard;
        let receipt = Receipt {
            content,
            amount,
            from: closed.map_or(value, |through| value.max(through + 1)),
            customer: assigned.then_some("acme"),
            refunds: Vec::new(),
            reversed: None,
            charged_back: false,
            reservations: 0,
        };
        self.receipts.insert(id, receipt);
        Ok(Vec::new())
    }

    fn receipt(&self, id: u8) -> Said<&Receipt> {
        self.receipts.get(&id).ok_or("receipt-unknown")
    }

    fn reserved(&self, receipt: u8) -> impl Iterator<Item = &Reservation> {
        self.reservations.values().filter(move |one| one.receipt == receipt && one.book != "released")
    }

    /// What the book has left of a receipt on a day, whatever the bank took back.
    fn left_on(&self, id: u8, day: i64) -> i64 {
        let receipt = &self.receipts[&id];
        let is_spent = |one: &&Reservation| one.day <= day && one.freed.is_none_or(|freed| freed > day);
        let spent: i64 = self.reserved(id).filter(is_spent).map(Reservation::cash).sum();
        let back: i64 =
            receipt.refunds.iter().filter(|(from, _)| *from <= day).map(|(_, amount)| amount).sum();
        receipt.amount - spent - back
    }

    /// What the book has left of a receipt; below nothing where the bank took back what was spent.
    pub fn left_now(&self, id: u8) -> i64 {
        let receipt = &self.receipts[&id];
        self.left_on(id, LAST) - if receipt.reversed.is_some() { receipt.amount } else { 0 }
    }

    /// The least that is left on any day from one on.
    pub fn free_from(&self, id: u8, day: i64) -> i64 {
        let least = (day..=LAST).map(|day| self.left_on(id, day)).min().unwrap_or(0);
        least.min(self.left_now(id))
    }

    /// What of a receipt is neither applied by the account nor paid back on a day.
    pub fn unapplied_on(&self, id: u8, day: i64) -> i64 {
        let receipt = &self.receipts[&id];
        if receipt.from > day {
            return 0;
        }
        let came = if receipt.reversed.is_some_and(|from| from <= day) { 0 } else { receipt.amount };
        let stands = |one: &&Reservation| {
            one.receipt == id
                && one.applied
                && one.from <= day
                && one.undone.is_none_or(|undone| undone > day)
        };
        let spent: i64 = self.reservations.values().filter(stands).map(Reservation::cash).sum();
        let back: i64 =
            receipt.refunds.iter().filter(|(from, _)| *from <= day).map(|(_, amount)| amount).sum();
        came - spent - back
    }

    pub fn assign(&mut self, id: u8, customer: &'static str) -> Said {
        let receipt = self.receipt(id)?;
        let spent = self.reserved(id).any(|one| one.freed.is_none());
        if spent && receipt.customer.is_some_and(|known| known != customer) {
            return Err("receipt-assigned");
        }
        self.receipts.get_mut(&id).unwrap().customer = Some(customer);
        Ok(Vec::new())
    }

    pub fn reserve(&mut self, id: u8, parts: Vec<(String, i64)>, day: i64) -> Said {
        let receipt = self.receipt(id)?;
        let (day, key) = (day.max(receipt.from), format!("pay:bank:R{id}:acme:{}", receipt.reservations));
        let cash: i64 = parts.iter().map(|(_, cash)| cash).sum();
        if cash <= 0 || parts.iter().any(|(_, cash)| *cash < 0) {
            return Err("reservation-empty");
        }
        if cash > self.free_from(id, day) {
            return Err("receipt-overspent");
        }
        self.receipts.get_mut(&id).unwrap().reservations += 1;
        let (book, freed, undone) = ("pending", None, None);
        let one = Reservation {
            receipt: id,
            parts,
            day,
            from: day,
            book,
            freed,
            applied: false,
            undone,
            refused: false,
        };
        self.reservations.insert(key.clone(), one);
        Ok(vec![Message::Allocate(key)])
    }

    pub fn refund(&mut self, new: u8, id: u8, amount: i64, home: bool, day: i64) -> Said {
        let receipt = self.receipt(id)?;
        // Where refunds are approved, only what is nobody's goes back without, and only to where it came from.
        if self.refunds_approved && !(home && receipt.customer.is_none()) {
            return Err("refund-unapproved");
        }
        self.pay_receipt_back(new, id, amount, day)
    }

    fn pay_receipt_back(&mut self, new: u8, id: u8, amount: i64, day: i64) -> Said {
        let receipt = self.receipt(id)?;
        let (day, new) = (day.max(receipt.from), format!("F{new}"));
        if self.paid_back.contains_key(&new) {
            return Err("refund-twice");
        }
        if amount <= 0 {
            return Err("receipt-amount");
        }
        if receipt.reversed.is_some() {
            return Err("receipt-reversed");
        }
        if amount > self.free_from(id, day) {
            return Err("receipt-overspent");
        }
        self.paid_back.insert(new, amount);
        self.receipts.get_mut(&id).unwrap().refunds.push((day, amount));
        Ok(Vec::new())
    }

    pub fn reverse(&mut self, id: u8, day: i64) -> Said {
        let receipt = self.receipt(id)?;
        if receipt.reversed.is_some() {
            return Err("receipt-reversed");
        }
        let day = day.max(receipt.from);
        let mut told: Vec<(usize, Message)> = Vec::new();
        for (key, one) in &self.reservations {
            if one.receipt == id && ["pending", "confirmed"].contains(&one.book) {
                let place = key.rsplit(':').next().unwrap().parse().unwrap();
                told.push((place, Message::Withdraw(key.clone())));
            }
        }
        told.sort_by_key(|(place, _)| *place);
        self.receipts.get_mut(&id).unwrap().reversed = Some(day);
        Ok(told.into_iter().map(|(_, message)| message).collect())
    }

    /// A line of a payment provider: all that it took back is booked, or nothing.
    pub fn settle(&mut self, id: u8, line: PayoutLine) -> Said {
        match self.lines.get(&id) {
            Some(known) if *known == line => return Ok(Vec::new()),
            Some(_) => return Err("receipt-conflict"),
            None if line.fee == 0 => return Err("gateway-fee"),
            None => {}
        }
        let sums = line.debits.iter().map(|debit| debit.sums()).map(|(amount, fee)| amount + fee);
        if line.amount != -line.fee - sums.sum::<i64>() {
            return Err("statement-sum");
        }
        let day = self.book_closed.hard.map_or(line.value, |through| line.value.max(through + 1));
        let mut after = self.clone();
        let mut told = Vec::new();
        for debit in &line.debits {
            told.extend(after.debit(debit, &self.paid_back, day)?);
        }
        after.lines.insert(id, line);
        *self = after;
        Ok(told)
    }

    /// One of what a line took back, where the book had paid these before it.
    fn debit(&mut self, debit: &Debit, before: &BTreeMap<String, i64>, day: i64) -> Said {
        match debit {
            Debit::Refund(new, receipt, amount, _) => {
                self.pay_receipt_back(*new, *receipt, *amount, day)?;
                self.settled.insert(format!("F{new}"));
                self.reached.insert("provider_refund");
            }
            Debit::Settled(id, amount, _) => {
                let known = before.get(id).ok_or("refund-unrecorded")?;
                if known != amount {
                    return Err("debit-amount");
                }
                if !self.settled.insert(id.clone()) {
                    return Err("refund-settled");
                }
                self.reached.insert("settled");
            }
            Debit::Chargeback(receipt, amount, _) => {
                let known = self.receipt(*receipt)?;
                if known.amount != *amount {
                    return Err("debit-amount");
                }
                if known.charged_back {
                    return Err("receipt-reversed");
                }
                let is_new = known.reversed.is_none();
                self.receipts.get_mut(receipt).unwrap().charged_back = true;
                self.reached.insert(if is_new { "chargeback" } else { "chargeback settled" });
                return if is_new { self.reverse(*receipt, day) } else { Ok(Vec::new()) };
            }
        }
        Ok(Vec::new())
    }

    /// The account applies all of a reservation or nothing, and answers the book.
    pub fn allocate(&mut self, key: &str, day: i64) -> Said {
        let mut one = self.reservations[key].clone();
        one.from = day.max(one.day);
        if one.refused {
            return Ok(Vec::new());
        }
        let mut fits = true;
        for (place, (item, _)) in one.parts.iter().enumerate() {
            let so_far: i64 =
                one.parts[..=place].iter().filter(|(other, _)| other == item).map(|(_, cash)| cash).sum();
            let stands = self.items.get(item).filter(|open| !open.credit && self.is_issued(item).is_ok());
            fits &=
                one.parts[place].1 > 0 && stands.is_some_and(|open| open.may_fall(so_far, one.from).is_ok());
        }
        let known = self.reservations.get_mut(key).unwrap();
        (known.applied, known.refused, known.from) = (fits, !fits, one.from);
        if !fits {
            return Ok(vec![Message::Release(key.to_owned())]);
        }
        for (item, cash) in one.parts {
            self.fall(&item, cash, one.from);
        }
        Ok(vec![Message::Confirm(key.to_owned())])
    }

    pub fn unapply(&mut self, key: &str, day: i64) -> Said {
        let one = self.reservations.get(key).filter(|one| one.applied).ok_or("applied-unknown")?;
        if one.undone.is_some() {
            return Err("reservation-unapplied");
        }
        Ok(self.undo(key, day))
    }

    fn undo(&mut self, key: &str, day: i64) -> Vec<Message> {
        let one = self.reservations.get_mut(key).unwrap();
        let day = day.max(one.from);
        one.undone = Some(day);
        for (item, cash) in one.parts.clone() {
            self.fall(&item, -cash, day);
        }
        vec![Message::Unapplied(key.to_owned(), day)]
    }

    /// The bank took the money back: what is applied is taken back, what comes later is declined.
    pub fn withdraw(&mut self, key: &str, day: i64) -> Said {
        let one = self.reservations.get_mut(key).unwrap();
        if one.refused || one.undone.is_some() {
            return Ok(Vec::new());
        }
        if one.applied {
            return Ok(self.undo(key, day));
        }
        one.refused = true;
        Ok(vec![Message::Release(key.to_owned())])
    }

    /// What an account says to the book.
    pub fn answer(&mut self, message: &Message) -> Said {
        match message {
            Message::Confirm(key) => {
                let one = self.reservations.get_mut(key).unwrap();
                match one.book {
                    "pending" => one.book = "confirmed",
                    "released" => return Err("reservation-settled"),
                    _ => {}
                }
            }
            Message::Release(key) => {
                let one = self.reservations.get_mut(key).unwrap();
                if one.book != "pending" {
                    return Err("reservation-settled");
                }
                one.book = "released";
            }
            Message::Unapplied(key, day) => {
                let one = self.reservations.get_mut(key).unwrap();
                if !["pending", "confirmed"].contains(&one.book) {
                    return Err("reservation-settled");
                }
                let closed = self.book_closed.hard;
                (one.book, one.freed) = ("unapplied", Some(closed.map_or(*day, |last| (last + 1).max(*day))));
            }
            Message::PayOut(id) => {
                let amount = self.refunds[id].amount;
                self.paid_back.insert(format!("credit:acme:{id}"), amount);
            }
            _ => {}
        }
        Ok(Vec::new())
    }

    /// From when something of a day counts in a log.
    pub fn first_open(&self, log: &str, day: i64) -> i64 {
        let hard = match log {
            "account" => self.account_closed.hard,
            "cash_book" => self.book_closed.hard,
            _ => None,
        };
        hard.map_or(day, |through| day.max(through + 1))
    }

    pub fn check_day(&self, log: &str, day: i64) -> Said<()> {
        let closed = if log == "account" { &self.account_closed } else { &self.book_closed };
        let is_closed = log != "series" && closed.hard.is_some_and(|through| day <= through);
        if is_closed { Err("period-closed") } else { Ok(()) }
    }

    pub fn close(&mut self, log: &str, hard: bool, through: i64) -> Said {
        let invoices = self.invoices.iter().map(|(_, invoice)| (invoice.state, &invoice.asked));
        let credits = self.credits.values().map(|credit| (credit.state, &credit.asked));
        let mut numbers = invoices.chain(credits);
        let mut money = self.reservations.values();
        let under_way = if log == "account" {
            numbers.any(|(state, asked)| state == "approved" && asked.iter().any(|asked| *asked <= through))
        } else {
            money.any(|one| one.book == "pending" && one.day <= through)
        };
        if hard && under_way {
            return Err("period-under-way");
        }
        let closed = if log == "account" { &mut self.account_closed } else { &mut self.book_closed };
        let last = if hard { closed.hard } else { closed.through() };
        if last.is_some_and(|last| through <= last) {
            return Err("closing-order");
        }
        *closed = if hard {
            Closed { hard: Some(through), soft: closed.soft.filter(|soft| *soft > through), asked: None }
        } else {
            Closed { hard: closed.hard, soft: Some(through), asked: None }
        };
        Ok(Vec::new())
    }

    pub fn reopen(&mut self, log: &str, to: Option<i64>, who: (&'static str, bool), reason: bool) -> Said {
        let closed = if log == "account" { &mut self.account_closed } else { &mut self.book_closed };
        if closed.through().is_none_or(|last| to.is_some_and(|to| to >= last)) {
            return Err("period-open");
        }
        if !who.1 {
            return Err("reopen-role");
        }
        if !reason {
            return Err("reopen-reason");
        }
        match closed.asked {
            Some((first, asked)) if asked == to && first == who.0 => return Err("reopen-twice"),
            Some((_, asked)) if asked == to => {
                let upto = |last: Option<i64>| last.zip(to).map(|(last, to)| last.min(to));
                let hard = upto(closed.hard);
                let soft = upto(closed.soft).filter(|soft| Some(*soft) > hard);
                *closed = Closed { hard, soft, asked: None };
            }
            _ => closed.asked = Some((who.0, to)),
        }
        Ok(Vec::new())
    }
}
