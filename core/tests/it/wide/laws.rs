//! What must hold of whatever the core decided, counted again from its records.

use std::collections::{BTreeMap, BTreeSet};

use duebill::account::Account;
use duebill::calendar::Date;
use duebill::invoice::{DocumentState, Draft, Line};
use duebill::ledger::ItemKind;
use duebill::money::Minor;
use duebill::rating::{Charge, ChargeSource};
use duebill::wire;

use super::run::Wide;
use crate::month::address;

impl Wide {
    /// Entries as they were captured last, from the records alone.
    fn captured(&self) -> BTreeMap<String, (u64, u64)> {
        let mut known = BTreeMap::new();
        for stored in &self.host.stored[&address("account", "acme").to_string()] {
            for event in stored["record"]["events"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|event| event["kind"] == "captured")
            {
                for entry in event["entries"].as_array().into_iter().flatten() {
                    let entry: duebill::work::Entry =
                        duebill::canon::from_bytes(entry.to_string().as_bytes()).unwrap();
                    known.insert(entry.id.to_string(), (entry.revision.into(), entry.seconds().into()));
                }
            }
        }
        known
    }

    pub fn check(&self) {
        let account = self.account();
        self.check_work(account);
        self.check_seconds();
        check_fees(account);
        self.check_plans(account);
        check_estimates(account);
        check_deposits(account);
        for invoice in account.invoices() {
            check_sums(&invoice.draft);
        }
        for item in account.ledger().items() {
            let (open, total) = (item.open(), item.terms().total);
            assert!(
                item.terms().due >= item.terms().issued,
                "{} is due before it is issued",
                item.terms().id
            );
            let within = if item.kind() == ItemKind::CreditNote {
                total <= open && open <= Minor::ZERO
            } else {
                Minor::ZERO <= open && open <= total
            };
            assert!(within, "{}: {open:?} of {total:?}", item.terms().id);
        }
    }

    /// An entry stands on one live line at most; what was recorded is unbilled, or priced, covered or free.
    fn check_work(&self, account: &Account) {
        let mut on: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut seconds: BTreeMap<String, u64> = BTreeMap::new();
        for (draft, _, charge) in
            charges(account).filter(|(_, _, charge)| charge.source == ChargeSource::Entry)
        {
            on.entry(charge.entry.to_string()).or_default().insert(draft.id.to_string());
            *seconds.entry(charge.entry.to_string()).or_default() += u64::from(charge.raw_seconds);
        }
        assert!(on.values().all(|invoices| invoices.len() == 1), "{on:?}");
        let unbilled: BTreeMap<String, u64> =
            account.unbilled().map(|one| (one.id.to_string(), u64::from(one.seconds()))).collect();
        assert!(unbilled.keys().all(|id| !on.contains_key(id)), "{unbilled:?} {on:?}");
        let mut here = unbilled;
        here.extend(seconds);
        let mut recorded: BTreeMap<String, u64> =
            self.captured().into_iter().map(|(id, (_, seconds))| (id, seconds)).collect();
        // What came while the work stood on an invoice waits beside it.
        recorded.retain(|id, seconds| {
            let waits = account.revised(&duebill::id::Id::new(id).unwrap());
            waits.is_none_or(|waits| {
                assert_eq!(u64::from(waits.seconds()), *seconds, "{id}");
                here.remove(id).is_none()
            })
        });
        assert_eq!(here, recorded);
    }

    /// A key is used once, and an invoice is of one plan at most.
    fn check_plans(&self, account: &Account) {
        let mut named = BTreeSet::new();
        for plan in account.committed_plans() {
            assert!(plan.invoices.iter().all(|invoice| named.insert(invoice.clone())), "{}", plan.key);
        }
        let stored = &self.host.stored[&address("account", "acme").to_string()];
        let events = stored.iter().flat_map(|one| one["record"]["events"].as_array().unwrap());
        let keys: Vec<&str> = events
            .filter(|event| event["kind"] == "plan_committed")
            .map(|event| event["key"].as_str().unwrap())
            .collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{keys:?}");
        assert_eq!(keys.len(), account.committed_plans().count());
    }

    /// What was stored gives the same account again.
    pub fn replay(&self) {
        let at = address("account", "acme").to_string();
        let mut log = wire::open(at.as_bytes()).unwrap();
        for stored in &self.host.stored[&at] {
            let (record, hash) = (stored["record"].to_string(), stored["hash"].as_str().unwrap());
            wire::apply(
                &mut log,
                record.as_bytes(),
                hash.as_bytes(),
                stored["detached"].to_string().as_bytes(),
            )
            .unwrap();
        }
        assert_eq!(log, self.host.logs[&at]);
    }
}

/// Lines that stand: of no void invoice, and not taken back to be billed again.
fn charges(account: &Account) -> impl Iterator<Item = (&Draft, &Line, &Charge)> {
    let live = account.invoices().filter(|invoice| invoice.state != DocumentState::Void);
    let lines =
        live.flat_map(|invoice| invoice.draft.lines.iter().map(move |line| (invoice.draft.as_ref(), line)));
    let standing = lines.filter(|(_, line)| !account.is_rebilled(&line.id));
    standing.flat_map(|(draft, line)| line.charges.iter().map(move |charge| (draft, line, charge)))
}

/// No day of a fee is billed twice, or billed and skipped.
fn check_fees(account: &Account) {
    let mut days: BTreeMap<(String, String), Vec<(Date, Date)>> = BTreeMap::new();
    for (_, _, charge) in charges(account) {
        if let (Some(part), Some(agreement)) = (&charge.fee, &charge.agreement) {
            days.entry((agreement.to_string(), part.fee.to_string())).or_default().push((part.from, part.to));
        }
    }
    for ((agreement, fee), days) in &mut days {
        let id = |text: &str| duebill::id::Id::new(text).unwrap();
        let (agreement, fee) = (id(agreement), id(fee));
        let skipped = account
            .fee_days(&agreement, &fee)
            .filter(|(_, days)| days.place == duebill::account::FeePlace::Skipped);
        days.extend(skipped.map(|(from, skipped)| (from, skipped.to)));
        days.sort_unstable();
        assert!(days.windows(2).all(|pair| pair[0].1 < pair[1].0), "{agreement} {fee}: {days:?}");
    }
}

/// What live lines draw is what an estimate says was drawn, within its cap.
fn check_estimates(account: &Account) {
    for estimate in account.estimates() {
        let id = &estimate.proposed.estimate;
        let live = account.invoices().filter(|invoice| invoice.state != DocumentState::Void);
        let draws = live
            .flat_map(|invoice| &invoice.draws)
            .filter(|draw| draw.estimate == *id && !account.is_rebilled(&draw.line));
        let drawn = Minor::sum(draws.map(|draw| draw.amount)).unwrap();
        assert_eq!(drawn, estimate.drawn, "{id}");
        assert!(drawn <= estimate.proposed.cap, "{id}");
    }
}

/// What is deducted, credited and left of a down payment is what it billed, its tax likewise; nothing is
/// deducted that the invoice does not have.
fn check_deposits(account: &Account) {
    let tax = |rows: &[duebill::tax::TaxRow]| Minor::sum(rows.iter().map(|row| row.tax)).unwrap();
    for deposit in account.deposits() {
        let id = &deposit.asked.id;
        let Ok(invoice) = account.invoice(id) else { continue };
        let live = account.invoices().filter(|one| one.state != DocumentState::Void);
        let returned = |one: &Draft| {
            account
                .credits_of(&one.id)
                .any(|credit| credit.number.is_some() && credit.note.totals.prepaid.is_positive())
        };
        let parts: Vec<_> = live
            .filter(|one| !returned(&one.draft))
            .flat_map(|one| &one.draft.deposits)
            .filter(|part| part.document == *id)
            .collect();
        let noted: Vec<_> = account.credits_of(id).map(|credit| credit.note.totals.clone()).collect();
        let room = account.credit_room(&invoice.draft).unwrap().rest();
        let whole =
            |deducted: Minor, credited: Minor, left: Minor| Minor::sum([deducted, credited, left]).unwrap();
        let paid = Minor::sum(parts.iter().map(|part| part.amount)).unwrap();
        let credited = Minor::sum(noted.iter().map(|totals| totals.payable)).unwrap();
        assert_eq!(whole(paid, credited, room.payable), invoice.draft.totals.payable, "{id}");
        assert!(room.payable >= Minor::ZERO, "{id}");
        let taxed = Minor::sum(parts.iter().map(|part| tax(&part.taxes))).unwrap();
        let back = Minor::sum(noted.iter().map(|totals| totals.tax)).unwrap();
        assert_eq!(whole(taxed, back, room.tax), invoice.draft.totals.tax, "tax of {id}");
        assert!(parts.is_empty() || invoice.state == DocumentState::Issued, "{id}");
    }
    for invoice in account.invoices().filter(|invoice| !invoice.draft.deposits.is_empty()) {
        let totals = &invoice.draft.totals;
        assert!(totals.payable >= Minor::ZERO);
        assert_eq!(
            totals.prepaid,
            Minor::sum(invoice.draft.deposits.iter().map(|part| part.amount)).unwrap()
        );
        for row in &totals.taxes {
            let parts =
                invoice.draft.deposits.iter().flat_map(|part| &part.taxes).filter(|part| part.is_of(row));
            assert!(Minor::sum(parts.map(|part| part.tax)).unwrap() <= row.tax, "{}", invoice.draft.id);
        }
    }
}

/// Lines, allowances, taxes and what is to be paid add up.
fn check_sums(draft: &Draft) {
    let totals = &draft.totals;
    let lines = Minor::sum(draft.lines.iter().map(|line| line.net)).unwrap();
    let tax = Minor::sum(totals.taxes.iter().map(|row| row.tax)).unwrap();
    assert_eq!(totals.net, lines.minus(totals.allowance).unwrap().plus(totals.charge).unwrap());
    assert_eq!((totals.tax, totals.gross), (tax, totals.net.plus(tax).unwrap()));
    assert_eq!(totals.payable, totals.gross.minus(totals.prepaid).unwrap().plus(totals.rounding).unwrap());
    assert!(draft.follows().unwrap(), "{}", draft.id);
}
