//! The model's work: captured, sold, billed, approved, numbered, voided.

use std::collections::BTreeMap;

use super::state::{Entry, Invoice, Item, Line, Message, Model, Said, Work, Worked};

/// The job of all sales of the agreement, beside those of tickets.
const SALES: u8 = 255;

impl Model {
    pub fn capture(&mut self, id: u8, content: Work, revision: u8) -> Said {
        // Time does not run backwards, and ticket 3 was never captured.
        if content.3 < 0 {
            return Err("entry-ends-before-start");
        }
        if content.0 == 3 {
            return Err("ticket-unknown");
        }
        match self.entries.get_mut(&id) {
            None => drop(self.entries.insert(id, Entry { content, revision, invoice: None })),
            Some(known) if revision == known.revision && known.content != content => {
                return Err("entry-conflict");
            }
            Some(known) if revision > known.revision && known.invoice.is_none() => {
                (known.content, known.revision) = (content, revision);
            }
            // The same, older than what is known, or billed already: left as it is.
            Some(_) => {}
        }
        Ok(Vec::new())
    }

    pub fn sell(&mut self, sale: u8, day: i64) -> Said {
        if self.sales.contains_key(&sale) {
            return Err("sale-twice");
        }
        self.sales.insert(sale, (None, day));
        Ok(Vec::new())
    }

    pub fn bill(&mut self, day: i64) -> Said {
        let count = self.invoices.len();
        let id = if count == 0 {
            "monthly:2026-02-28:EUR".into()
        } else {
            format!("monthly:2026-02-28:EUR:{}", count + 1)
        };
        let mut ready: Vec<(u8, Work)> = self
            .entries
            .iter()
            .filter(|(_, entry)| {
                entry.invoice.is_none() && self.closed_tickets.contains_key(&entry.content.0)
            })
            .map(|(id, entry)| (*id, entry.content))
            .collect();
        ready.sort_by_key(|(id, (_, day, hour, _))| (*day, *hour, *id));
        let sales: Vec<u8> =
            self.sales.iter().filter(|(_, (on, _))| on.is_none()).map(|(id, _)| *id).collect();
        if ready.is_empty() && sales.is_empty() {
            return Err("nothing-to-bill");
        }
        if sales.iter().any(|sale| self.sales[sale].1 > day) {
            return Err("bill-before-work");
        }
        let mut left = self.sales.len() as i64 * 7_200 - self.taken - self.drawn;
        let (mut net, mut drawn) = (0, 0);
        let mut jobs: BTreeMap<u8, i64> = BTreeMap::new();
        for (_, (ticket, _, _, minutes)) in &ready {
            let quarters = (i64::from(*minutes) + 14) / 15;
            let covered = (quarters * 900).min(left);
            left -= covered;
            drawn += covered;
            let billed = (quarters * 900 - covered) * 10_000 / 3_600;
            net += billed;
            *jobs.entry(*ticket).or_default() += billed;
        }
        net += 18_000 * sales.len() as i64;
        if !sales.is_empty() {
            jobs.insert(SALES, 18_000 * sales.len() as i64);
        }
        let gross = net + (net * 19 + 50) / 100;
        for (entry, _) in &ready {
            self.entries.get_mut(entry).unwrap().invoice = Some(id.clone());
        }
        for sale in &sales {
            self.sales.get_mut(sale).unwrap().0 = Some(id.clone());
        }
        self.drawn += drawn;
        let split = jobs.iter().any(|(ticket, now)| {
            let earlier = self.asked_since_decision(*ticket);
            earlier > 0 && earlier + now > 25_000
        });
        let (state, lines) = ("awaiting_approval", Vec::new());
        let invoice = Invoice { net, gross, state, asked: day, drawn, jobs, decided: false, lines };
        self.invoices.push((id.clone(), invoice));
        if net <= 25_000 && !split { Ok(self.ask_number(&id, day)) } else { Ok(Vec::new()) }
    }

    /// What the core says of the lines of an invoice that was just drafted.
    pub fn learn(&mut self, id: &str, lines: Vec<Line>) {
        let invoice = self.invoice_mut(id).unwrap();
        assert_eq!(lines.iter().map(|line| line.net).sum::<i64>(), invoice.net, "lines of {id}");
        assert_eq!(lines.iter().map(|line| line.covered).sum::<i64>(), invoice.drawn, "drawn by {id}");
        invoice.lines = lines;
    }

    fn ask_number(&mut self, id: &str, day: i64) -> Vec<Message> {
        let invoice = self.invoice_mut(id).unwrap();
        (invoice.state, invoice.asked) = ("approved", day);
        vec![Message::Assign(id.to_owned())]
    }

    /// What live invoices asked for a ticket after the last one that was approved by somebody.
    fn asked_since_decision(&self, ticket: u8) -> i64 {
        let all = || self.invoices.iter().map(|(_, invoice)| invoice);
        let decided = |invoice: &Invoice| invoice.decided && invoice.jobs.contains_key(&ticket);
        let from = all().rposition(decided).map_or(0, |place| place + 1);
        let live = all().skip(from).filter(|invoice| invoice.state != "void");
        live.filter_map(|invoice| invoice.jobs.get(&ticket)).sum()
    }

    pub fn decide(&mut self, id: &str, who: (u8, u8), right: bool, approve: bool, day: i64) -> Said {
        let state = match (self.invoice(id), self.credits.get(id), self.write_offs.get(id)) {
            (Some(invoice), ..) => invoice.state,
            (_, Some(credit), _) => credit.state,
            (.., Some(written)) if written.status != "pending" => return Err("approval-not-open"),
            (.., Some(_)) => "awaiting_approval",
            _ => return Err("approval-unknown"),
        };
        // Actor 0 is the author; role 1 is no manager.
        match (state, right, who) {
            ("awaiting_approval", true, (1.., 0)) => {}
            ("awaiting_approval", false, _) => return Err("approval-content"),
            ("awaiting_approval", _, (0, _)) => return Err("approval-author"),
            ("awaiting_approval", ..) => return Err("approval-role"),
            _ => return Err("invoice-state"),
        }
        if let Some(invoice) = self.invoice_mut(id) {
            if approve {
                invoice.decided = true;
                return Ok(self.ask_number(id, day));
            }
            invoice.state = "rejected";
        } else if let Some(credit) = self.credits.get_mut(id) {
            if approve {
                (credit.state, credit.asked, credit.decided) = ("approved", day, true);
                return Ok(vec![Message::Assign(id.to_owned())]);
            }
            credit.state = "rejected";
        } else if approve {
            self.write_down(id, day)?;
            self.write_offs.get_mut(id).unwrap().decided = true;
        } else {
            self.write_offs.get_mut(id).unwrap().status = "rejected";
        }
        Ok(Vec::new())
    }

    /// A number came: what it is for is owed from the day that asked for it.
    pub fn issue(&mut self, id: &str) -> Said {
        if self.credits.contains_key(id) {
            return self.issue_credit(id);
        }
        let invoice = self.invoice_mut(id).unwrap();
        if invoice.state != "approved" {
            return Err("invoice-state");
        }
        invoice.state = "issued";
        let item = Item::new(false, invoice.gross, invoice.asked);
        self.items.insert(id.to_owned(), item);
        Ok(Vec::new())
    }

    pub fn void(&mut self, id: &str, day: i64) -> Said {
        if let Some(credit) = self.credits.get_mut(id) {
            match credit.state {
                "awaiting_approval" | "rejected" => credit.state = "void",
                "approved" => return Err("invoice-number-pending"),
                _ => return Err("invoice-state"),
            }
            return Ok(Vec::new());
        }
        match self.invoice(id).ok_or("invoice-unknown")?.state {
            "approved" => return Err("invoice-number-pending"),
            "void" => return Err("invoice-state"),
            _ => {}
        }
        if self.live_credits(id).next().is_some() {
            return Err("invoice-credited");
        }
        if let Some(item) = self.items.get(id) {
            if item.open() != item.first {
                return Err("invoice-allocated");
            }
            if item.first > 0 {
                item.may_fall(item.first, day)?;
            } else if day < item.opened {
                return Err("item-not-open-yet");
            }
            // What stands in closed books is credited, not taken away.
            self.check_day("account", item.opened)?;
            self.fall(id, self.items[id].first, day);
        }
        let invoice = self.invoice_mut(id).unwrap();
        invoice.state = "void";
        self.release(id, |_| true);
        Ok(Vec::new())
    }

    /// The work of some lines of an invoice is billable again, and what they drew is there again.
    pub fn release(&mut self, id: &str, which: impl Fn(usize) -> bool) {
        let lines = self.invoice(id).unwrap().lines.clone();
        for line in lines.iter().enumerate().filter(|(place, _)| which(*place)).map(|(_, line)| line) {
            self.drawn -= line.covered;
            for work in &line.work {
                match work {
                    Worked::Entry(entry) => {
                        let entry = self.entries.get_mut(entry).unwrap();
                        entry.invoice.take_if(|on| on == id);
                    }
                    Worked::Sale(sale) => drop(self.sales.get_mut(sale).unwrap().0.take_if(|on| on == id)),
                }
            }
        }
    }
}
