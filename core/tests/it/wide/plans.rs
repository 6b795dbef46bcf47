//! The model's billing: by hand, and by the plans of the policy, of which each bills what those before it leave.

use std::collections::{BTreeMap, BTreeSet};

use super::book::{Book, Day, Invoice, Said};
use super::draft::{Assembly, Pick, Scope, counted_on};
use super::rules::{Plan, day};
use super::work::{plus, project_of};

/// A plan that is due, with what it comes to.
#[derive(Debug, Clone)]
pub struct Due {
    pub key: String,
    pub on: Day,
    pub assembly: Assembly,
}

/// First and last day of a month that bills at its end; `number` 0 ends with January.
fn month(number: u32) -> (Day, Day) {
    let end = |number: u32| day("2025-12-31") + chrono::Months::new(number);
    (plus(end(number), 1), end(number + 1))
}

fn ids(drafts: &[Invoice]) -> impl Iterator<Item = String> {
    let charges = drafts.iter().flat_map(|draft| &draft.lines).flat_map(|line| &line.charges);
    charges.map(|charge| charge.id.clone())
}

impl Book {
    pub fn bill(
        &mut self,
        from: Day,
        to: Day,
        below_minimum: bool,
        catch_up: Option<usize>,
        on: Day,
    ) -> Said {
        if to < from {
            return Err("period-order");
        }
        let nothing = BTreeSet::new();
        let (name, scope) = ("hand".to_owned(), Scope::All);
        let (taken, when_done, ahead) = (&nothing, false, 1);
        let pick = Pick { name, from, to, on, scope, taken, when_done, ahead, below_minimum, catch_up };
        let assembly = self.assemble(&pick);
        let key = counted_on(&format!("acme:hand:{to}"), |key| self.plans.contains(key));
        self.carry_out(key, assembly, on)
    }

    pub fn commit(&mut self, key: &str, is_right: bool, on: Day) -> Said {
        if self.plans.contains(key) {
            return Err("plan-committed");
        }
        let due = self.due(on).into_iter().find(|due| due.key == key).ok_or("plan-not-due")?;
        if !is_right {
            return Err("plan-changed");
        }
        self.carry_out(due.key, due.assembly, on)
    }

    fn carry_out(&mut self, key: String, assembly: Assembly, on: Day) -> Said {
        let charges = assembly.drafts.iter().flat_map(|draft| &draft.lines).flat_map(|line| &line.charges);
        // Fees are billed ahead, work and sales are not.
        if charges.filter(|charge| charge.fee.is_none()).any(|charge| charge.date > on) {
            return Err("bill-before-work");
        }
        if assembly.is_empty() {
            // Why nothing is billed comes first.
            return Err(assembly.waits.unwrap_or("nothing-to-bill"));
        }
        self.plans.insert(key);
        self.carried += assembly.carried.len();
        self.put(assembly.drafts, on);
        Ok(())
    }

    /// What is due as of a day.
    pub fn due(&self, on: Day) -> Vec<Due> {
        let (mut all, mut taken) = (Vec::new(), BTreeSet::new());
        for plan in self.rules.plans() {
            for due in self.due_of(plan, &mut taken, on) {
                all.push(due);
            }
        }
        all
    }

    fn due_of(&self, plan: Plan, taken: &mut BTreeSet<String>, on: Day) -> Vec<Due> {
        match plan {
            Plan::Monthly(ahead) => self.monthly(ahead, taken, on).into_iter().collect(),
            Plan::Each => self.each(taken, on),
            Plan::Stones => self.stones(taken, on),
            Plan::Much(above) => self.much(above, taken, on).into_iter().collect(),
        }
    }

    fn pick<'p>(
        &self,
        name: &str,
        (from, to): (Day, Day),
        scope: Scope,
        taken: &'p BTreeSet<String>,
        (ahead, on): (i64, Day),
    ) -> Pick<'p> {
        let (name, when_done, below_minimum, catch_up) = (name.to_owned(), false, false, None);
        Pick { name, from, to, on, scope, taken, when_done, ahead, below_minimum, catch_up }
    }

    /// The days up to one on which something became ready that no plan before takes.
    fn ready_days(&self, taken: &BTreeSet<String>, ahead: i64, upto: Day) -> BTreeSet<Day> {
        let mut days = BTreeSet::new();
        for (id, entry) in self.entries.iter().filter(|(_, entry)| entry.on.is_none()) {
            days.extend(self.ready_on(entry, false, ahead).filter(|_| !taken.contains(id)));
        }
        let sales = self.sales.iter().filter(|(id, sale)| sale.on.is_none() && !taken.contains(*id));
        days.extend(sales.map(|(_, sale)| sale.day));
        days.extend(self.all_fees(upto).iter().flat_map(|(_, due)| due).map(|due| due.bill_on));
        days.retain(|day| *day <= upto);
        days
    }

    /// The oldest month that is over, was not billed, and has something to bill.
    fn monthly(&self, ahead: i64, taken: &mut BTreeSet<String>, on: Day) -> Option<Due> {
        let days = self.ready_days(taken, ahead, on);
        let key = |number: u32| format!("acme:monthly:{}", month(number).1);
        // What became ready in a month that was billed is billed with the next that was not.
        let numbers: BTreeSet<u32> = days
            .iter()
            .map(|ready| {
                (0..)
                    .find(|number| month(*number).1 >= *ready && !self.plans.contains(&key(*number)))
                    .unwrap()
            })
            .collect();
        for number in numbers.into_iter().filter(|number| month(*number).1 <= on) {
            let pick = self.pick("monthly", month(number), Scope::All, taken, (ahead, on));
            let assembly = self.assemble(&pick);
            if !assembly.is_empty() {
                taken.extend(ids(&assembly.drafts));
                return Some(Due { key: key(number), on: month(number).1, assembly });
            }
        }
        None
    }

    fn much(&self, above: i64, taken: &mut BTreeSet<String>, on: Day) -> Option<Due> {
        let key = format!("acme:much:{on}");
        let first = *self.ready_days(taken, 1, on).first()?;
        let assembly = self.assemble(&self.pick("much", (first, on), Scope::All, taken, (1, on)));
        let drafted = assembly.drafts.iter().map(|draft| (draft.currency, draft.sums.net));
        let mut nets: BTreeMap<&str, i64> = BTreeMap::new();
        for (currency, net) in drafted.chain(assembly.carried.iter().copied()) {
            *nets.entry(currency).or_default() += net;
        }
        if self.plans.contains(&key) || nets.values().all(|net| *net <= above) {
            return None;
        }
        taken.extend(ids(&assembly.drafts));
        Some(Due { key, on, assembly })
    }

    fn each(&self, taken: &mut BTreeSet<String>, on: Day) -> Vec<Due> {
        let mut all = Vec::new();
        for ticket in 0..4 {
            let own = self.entries.values().filter(|entry| entry.ticket == ticket && entry.on.is_none());
            let ready = own.filter_map(|entry| Some((entry.done(1), self.ready_on(entry, false, 1)?)));
            let ready: Vec<(Day, Day)> = ready.filter(|(_, ready)| *ready <= on).collect();
            let from = ready.iter().map(|(done, _)| *done).min();
            let Some((from, to)) = from.zip(ready.iter().map(|(_, ready)| *ready).max()) else { continue };
            let key = counted_on(&format!("acme:each:T{ticket}:{to}"), |key| self.plans.contains(key));
            let pick =
                self.pick(&format!("each:T{ticket}"), (from, to), Scope::Ticket(ticket), taken, (1, on));
            let assembly = self.assemble(&pick);
            if !assembly.is_empty() {
                taken.extend(ids(&assembly.drafts));
                all.push(Due { key, on: to, assembly });
            }
        }
        all
    }

    fn stones(&self, taken: &mut BTreeSet<String>, on: Day) -> Vec<Due> {
        let mut all = Vec::new();
        for (milestone, (project, reached)) in
            self.milestones.iter().filter(|(_, (_, reached))| *reached <= on)
        {
            let sale = format!("milestone:{milestone}");
            let agreed = self.sales.contains_key(&sale);
            let own =
                self.entries.values().filter(|one| one.on.is_none() && project_of(one.ticket) == *project);
            let first = own.map(|entry| entry.done(1)).filter(|_| !agreed).min();
            let from = first.map_or(*reached, |first| first.min(*reached));
            let scope = if agreed { Scope::Sale(sale) } else { Scope::Project(*project) };
            let pick = self.pick(&format!("stones:{milestone}"), (from, *reached), scope, taken, (1, on));
            let assembly = self.assemble(&pick);
            if !assembly.is_empty() {
                taken.extend(ids(&assembly.drafts));
                let key = counted_on(&format!("acme:stones:{milestone}"), |key| self.plans.contains(key));
                all.push(Due { key, on: *reached, assembly });
            }
        }
        all
    }
}
