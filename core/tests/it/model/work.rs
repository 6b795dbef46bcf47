//! The model's work: captured, sold, billed, approved, numbered, voided.

use std::collections::BTreeMap;

use super::state::{Entry, Invoice, Item, Line, Message, Model, Said, Voiding, Work, Worked};

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
        let Some(known) = self.entries.get_mut(&id) else {
            self.entries.insert(id, Entry { content, revision, invoice: None, later: None });
            return Ok(Vec::new());
        };
        let last = known.later.unwrap_or((known.revision, known.content));
        if revision == last.0 && last.1 != content {
            return Err("entry-conflict");
        }
        if revision > last.0 {
            // What is billed stays as it is for now.
            match known.invoice {
                Some(_) => known.later = Some((revision, content)),
                None => (known.revision, known.content) = (revision, content),
            }
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
        let asked = Vec::new();
        let invoice = Invoice { net, gross, state, drafted: day, asked, drawn, jobs, decided: false, lines };
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
        invoice.state = "approved";
        invoice.asked.push(day);
        vec![Message::Assign(id.to_owned(), day)]
    }

    /// Asks again for the number of what has none yet, once for each day.
    pub fn request_number(&mut self, id: &str, day: i64) -> Said {
        let (state, drafted, asked) = match (self.invoice(id), self.credits.get(id)) {
            (Some(invoice), _) => (invoice.state, invoice.drafted, &invoice.asked),
            (None, Some(credit)) => (credit.state, credit.drafted, &credit.asked),
            (None, None) => return Err("invoice-unknown"),
        };
        if state != "approved" {
            return Err("invoice-state");
        }
        if asked.contains(&day) {
            return Err("number-asked");
        }
        if day < drafted {
            return Err("number-before-draft");
        }
        let Some(credit) = self.credits.get_mut(id) else { return Ok(self.ask_number(id, day)) };
        credit.asked.push(day);
        Ok(vec![Message::Assign(id.to_owned(), day)])
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
        if let Some(voiding) = self.voidings.get(id).cloned() {
            return self.decide_void(id, &voiding, who, right, approve, day);
        }
        if self.refunds.contains_key(id) {
            return self.decide_refund(id, who, (right, approve), day);
        }
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
        let drafted = self.invoice(id).map(|one| one.drafted);
        let drafted = drafted.or_else(|| self.credits.get(id).map(|one| one.drafted));
        if approve && drafted.is_some_and(|drafted| day < drafted) {
            return Err("number-before-draft");
        }
        if let Some(invoice) = self.invoice_mut(id) {
            if approve {
                invoice.decided = true;
                return Ok(self.ask_number(id, day));
            }
            invoice.state = "rejected";
        } else if let Some(credit) = self.credits.get_mut(id) {
            if approve {
                (credit.state, credit.decided) = ("approved", true);
                credit.asked.push(day);
                return Ok(vec![Message::Assign(id.to_owned(), day)]);
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

    /// A number came: what it is for is owed from the day of the request that it answers. A second answer does
    /// nothing.
    pub fn issue(&mut self, id: &str, given: i64) -> Said {
        if self.credits.contains_key(id) {
            return self.issue_credit(id, given);
        }
        let invoice = self.invoice_mut(id).unwrap();
        if invoice.state != "approved" {
            return Ok(Vec::new());
        }
        assert!(invoice.asked.contains(&given), "{id} has a number that it did not ask for");
        invoice.state = "issued";
        let item = Item::new(false, invoice.gross, given);
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
            "approved" => Err("invoice-number-pending"),
            "void" => Err("invoice-state"),
            "issued" => self.void_issued(id, day),
            _ => {
                self.take_away(id);
                Ok(Vec::new())
            }
        }
    }

    /// What is issued is voided at once, or when somebody else agrees.
    fn void_issued(&mut self, id: &str, day: i64) -> Said {
        self.may_void(id, day, None)?;
        let known = self.voidings.values().filter(|one| one.invoice == id).count();
        let base = format!("void:{id}");
        let new = if known == 0 { base } else { format!("{base}:{}", known + 1) };
        let small = self.invoice(id).unwrap().net <= 25_000;
        let status = if small { "approved" } else { "pending" };
        self.voidings.insert(new, Voiding { invoice: id.to_owned(), status });
        if small {
            self.fall(id, self.items[id].first, day);
            self.take_away(id);
        }
        Ok(Vec::new())
    }

    fn may_void(&self, id: &str, day: i64, own: Option<&str>) -> Said<()> {
        if self.live_credits(id).next().is_some() {
            return Err("invoice-credited");
        }
        let written = self.write_offs.values().filter(|one| one.item == id).map(|one| one.status);
        let voidings =
            self.voidings.iter().filter(|(key, one)| one.invoice == id && own != Some(key.as_str()));
        if written.chain(voidings.map(|(_, one)| one.status)).any(|status| status == "pending") {
            return Err("void-undecided");
        }
        let item = &self.items[id];
        if item.open() != item.first {
            return Err("invoice-allocated");
        }
        if item.first > 0 {
            item.may_fall(item.first, day)?;
        } else if day < item.opened {
            return Err("item-not-open-yet");
        }
        // What stands in closed books is credited, not taken away.
        self.check_day("account", item.opened)
    }

    fn decide_void(
        &mut self,
        id: &str,
        one: &Voiding,
        who: (u8, u8),
        right: bool,
        approve: bool,
        day: i64,
    ) -> Said {
        if self.invoice(&one.invoice).unwrap().state != "issued" {
            return Err("invoice-state");
        }
        match (one.status, right, who) {
            ("pending", true, (1.., 0)) => {}
            ("pending", false, _) => return Err("approval-content"),
            ("pending", _, (0, _)) => return Err("approval-author"),
            ("pending", ..) => return Err("approval-role"),
            _ => return Err("approval-not-open"),
        }
        if approve {
            self.may_void(&one.invoice, day, Some(id))?;
            self.fall(&one.invoice, self.items[&one.invoice].first, day);
            self.take_away(&one.invoice);
        }
        self.voidings.get_mut(id).unwrap().status = if approve { "approved" } else { "rejected" };
        Ok(Vec::new())
    }

    /// An invoice is void: its work is billable again, and nothing of it is disputed any more.
    fn take_away(&mut self, id: &str) {
        self.invoice_mut(id).unwrap().state = "void";
        self.release(id, |_| true);
        for dispute in self.disputes.values_mut().filter(|dispute| dispute.item == id) {
            dispute.state = "closed";
        }
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
                        if entry.invoice.take_if(|on| on == id).is_some() {
                            let own = (entry.revision, entry.content);
                            (entry.revision, entry.content) = entry.later.take().unwrap_or(own);
                        }
                    }
                    Worked::Sale(sale) => drop(self.sales.get_mut(sale).unwrap().0.take_if(|on| on == id)),
                }
            }
        }
    }
}
