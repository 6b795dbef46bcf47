//! What must hold after every step: the core states everything as the model does.

use std::collections::BTreeMap;

use duebill::account::{Account, FeePlace};
use duebill::id::Id;
use duebill::rating::Charge as CoreCharge;

use super::book::{Book, Charge, Invoice};
use super::rules::{CUSTOMERS, day, fees};

/// What is open of an item, what may be left out of it, and its parts with their days.
type Owed = (i64, Option<i64>, Vec<(String, i64)>);

/// A day after all others.
const LAST: &str = "2026-12-31";

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

/// A charge in words that both sides know.
fn shown(charge: &CoreCharge) -> String {
    let quantity = if charge.raw_seconds > 0 || charge.start.is_some() {
        charge.quantity.to_string()
    } else {
        "0".into()
    };
    let days = charge.fee.as_ref().map(|part| format!(" {}..{}", part.from, part.to)).unwrap_or_default();
    let agreement = charge.agreement.as_ref().map_or("-", Id::as_str);
    format!(
        "{} {agreement} {quantity}s of {}s covered {}: {}{days}",
        charge.entry,
        charge.raw_seconds,
        charge.coverage.is_some(),
        charge.net.units()
    )
}

fn foretold(charge: &Charge) -> String {
    let days = charge.fee.map(|(_, from, to, _)| format!(" {from}..{to}")).unwrap_or_default();
    let agreement = charge.agreement.unwrap_or("-");
    format!(
        "{} {agreement} {}s of {}s covered {}: {}{days}",
        charge.id, charge.seconds, charge.raw, charge.covered, charge.net
    )
}

/// Lines, sums, deductions and draws of an invoice: said once, when it is drafted.
pub fn compare_draft(account: &Account, model: &Invoice) {
    let core = account.invoice(&id(&model.id)).unwrap();
    let draft = &core.draft;
    let lines: Vec<String> = draft
        .lines
        .iter()
        .map(|line| {
            let charges: Vec<String> = line.charges.iter().map(shown).collect();
            format!("{} {} {} {}: {charges:?}", line.id, line.customer, line.code, line.net.units())
        })
        .collect();
    let expected: Vec<String> = model
        .lines
        .iter()
        .map(|line| {
            let charges: Vec<String> = line.charges.iter().map(foretold).collect();
            format!("{} {} {} {}: {charges:?}", line.id, line.customer, line.code, line.net)
        })
        .collect();
    assert_eq!(lines, expected, "lines of {}", model.id);
    let totals = &draft.totals;
    let rows: BTreeMap<String, (i64, i64)> = totals
        .taxes
        .iter()
        .map(|row| (row.percent.to_string(), (row.base.units(), row.tax.units())))
        .collect();
    let expected = model.sums.taxes.iter().map(|(percent, row)| (percent.to_string(), *row)).collect();
    assert_eq!(rows, expected, "taxes of {}", model.id);
    assert_eq!(
        (totals.net.units(), totals.payable.units()),
        (model.sums.net, model.sums.payable),
        "sums of {}",
        model.id
    );
    let parts: Vec<(String, i64)> =
        draft.deposits.iter().map(|part| (part.document.to_string(), part.amount.units())).collect();
    let expected: Vec<_> = model.deposits.iter().map(|part| (part.deposit.clone(), part.amount)).collect();
    assert_eq!(parts, expected, "down payments on {}", model.id);
    let draws: Vec<_> = core
        .draws
        .iter()
        .map(|draw| (draw.estimate.to_string(), draw.line.to_string(), draw.amount.units()))
        .collect();
    assert_eq!(draws, model.draws, "draws of {}", model.id);
}

impl Book {
    pub fn compare(&self, account: &Account) {
        self.compare_documents(account);
        self.compare_owed(account);
        let mut unbilled: Vec<String> = account.unbilled().map(|one| one.id.to_string()).collect();
        unbilled.sort();
        let free = self.entries.iter().filter(|(_, entry)| entry.on.is_none());
        assert_eq!(unbilled, free.map(|(id, _)| id.clone()).collect::<Vec<_>>(), "unbilled work");
        let sales: Vec<_> = account
            .sales()
            .map(|sale| (sale.sold.sale.to_string(), sale.invoice.as_ref().map(ToString::to_string)))
            .collect();
        assert_eq!(
            sales,
            self.sales.iter().map(|(id, sale)| (id.clone(), sale.on.clone())).collect::<Vec<_>>()
        );
        let left: u64 = account.standings().map(|(_, standing)| standing.left()).sum();
        assert_eq!(i64::try_from(left).unwrap(), self.left_of_block(), "hours that are left");
        let plans: Vec<String> = account.committed_plans().map(|plan| plan.key.to_string()).collect();
        assert_eq!(plans, self.plans.iter().cloned().collect::<Vec<_>>(), "plans");
        self.compare_fees(account);
    }

    fn compare_documents(&self, account: &Account) {
        let core: BTreeMap<String, String> = account
            .invoices()
            .map(|one| {
                let request = account.request(&one.draft.id).unwrap();
                (one.draft.id.to_string(), format!("{} {}", one.state.word(), request.status().word()))
            })
            .collect();
        let model = self.invoices.iter().map(|one| {
            let status = if one.request.rejected {
                "rejected"
            } else if one.request.is_pending() {
                "pending"
            } else {
                "approved"
            };
            (one.id.clone(), format!("{} {status}", one.state))
        });
        assert_eq!(core, model.collect(), "states");
        let core: BTreeMap<String, String> = account
            .credits()
            .map(|one| {
                let totals = &one.note.totals;
                let sums =
                    format!("{} {} {}", totals.net.units(), totals.tax.units(), totals.payable.units());
                (one.note.id.to_string(), format!("{} {} {sums}", one.note.invoice, one.state.word()))
            })
            .collect();
        let model = self.credits.iter().map(|(id, one)| {
            let sums = format!("{} {} {}", one.sums.net, one.sums.tax(), one.sums.payable);
            (id.clone(), format!("{} {} {sums}", one.of, one.state))
        });
        assert_eq!(core, model.collect(), "credit notes");
        let core: BTreeMap<String, bool> =
            account.write_offs().map(|one| (one.write_off.id.to_string(), one.done.is_some())).collect();
        assert_eq!(
            core,
            self.write_offs.iter().map(|(id, one)| (id.clone(), one.done)).collect(),
            "write-offs"
        );
        for estimate in account.estimates() {
            let own = &self.estimates[estimate.proposed.estimate.as_str()];
            let drawn = self.drawn(estimate.proposed.estimate.as_str());
            assert_eq!((estimate.drawn.units(), estimate.withdrawn), (drawn, own.withdrawn), "{estimate:?}");
        }
        assert_eq!(account.estimates().count(), self.estimates.len());
    }

    fn compare_owed(&self, account: &Account) {
        let last = duebill::calendar::Date::parse(LAST).unwrap();
        let core: BTreeMap<String, Owed> = account
            .ledger()
            .items()
            .map(|item| {
                let offer = item.terms().discount.as_ref().map(|offer| offer.amount.units());
                let parts = item.parts_at(last).into_iter();
                let parts: Vec<_> =
                    parts.map(|part| (part.due.to_string(), part.open.units().abs())).collect();
                (item.terms().id.to_string(), (item.open().units().abs(), offer, parts))
            })
            .collect();
        let model = self.items.iter().map(|(id, item)| {
            let parts = item.parts_on(day(LAST)).into_iter().map(|(due, open)| (due.to_string(), open));
            (id.clone(), (item.open(), item.discount.map(|offer| offer.amount), parts.collect()))
        });
        assert_eq!(core, model.collect(), "what is open, and what may be left out");
        let core: BTreeMap<String, i64> = account
            .deposits()
            .map(|one| {
                let invoice = account.invoice(&one.asked.id).unwrap();
                (
                    one.asked.id.to_string(),
                    account.credit_room(&invoice.draft).unwrap().rest().payable.units(),
                )
            })
            .collect();
        assert_eq!(core, self.rooms(), "what is left of down payments");
    }

    fn compare_fees(&self, account: &Account) {
        for (_, _, agreement, ..) in CUSTOMERS {
            for fee in fees() {
                let core: Vec<_> = account
                    .fee_days(&id(agreement), &id(fee.id))
                    .map(|(from, days)| {
                        let on = match &days.place {
                            FeePlace::Invoice(on) => on.to_string(),
                            FeePlace::Skipped => "skipped".to_owned(),
                            FeePlace::Elsewhere(on) => format!("at {on}"),
                        };
                        format!("{from}..{} {on}", days.to)
                    })
                    .collect();
                let own = self.taken.iter().filter(|one| one.agreement == agreement && one.fee == fee.id);
                let mut model: Vec<String> = own
                    .map(|one| format!("{}..{} {}", one.from, one.to, one.on.as_deref().unwrap_or("skipped")))
                    .collect();
                model.sort();
                assert_eq!(core, model, "days of {agreement} {}", fee.id);
            }
        }
    }
}
