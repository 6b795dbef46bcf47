//! What applying holds a draft against: what the account knows without a rulebook.

use super::apply::{Change, Done, mismatch};
use super::assembly::fee_entry;
use crate::audit::numbered_id;
use crate::id::Id;
use crate::invoice::{Draft, Line};
use crate::money::Minor;
use crate::rating::{Article, Charge, ChargeSource};
use crate::work::Work;

impl Change<'_> {
    /// Whose it is, how its lines are named, and whether its taxes follow from them.
    pub(super) fn check_draft(&self, draft: &Draft) -> Done {
        let named =
            |(number, line): (usize, &Line)| line.id == numbered_id(&draft.id, number.saturating_add(1));
        if draft.payer != *self.account.payer() || draft.period.to < draft.period.from {
            return mismatch("invoice", &draft.id, "is of another payer or period");
        }
        if draft.header.seller.id != self.account.chain.address().seller {
            return mismatch("invoice", &draft.id, "is of another seller");
        }
        if draft.reference.as_ref().is_some_and(|rule| rule.series != draft.series) {
            return mismatch(
                "invoice",
                &draft.id,
                "makes its payment reference by the rule of another series",
            );
        }
        let follows = draft.taxes_follow() == Ok(true)
            && draft.lines_follow() == Ok(true)
            && draft.adjustments_follow() == Ok(true);
        if !draft.lines.iter().enumerate().all(named)
            || !follows
            || !draft.supply_follows(self.stamp.effective)
        {
            return mismatch("invoice", &draft.id, "has lines, adjustments or taxes that do not follow");
        }
        Ok(())
    }

    /// A charge says of its work what was captured of it.
    pub(super) fn check_charge(&self, charge: &Charge, line: &Line) -> Done {
        let account = &self.account;
        let known = match charge.source {
            ChargeSource::Entry => {
                // An entry with several charges was put on the invoice with the first of them.
                let billed = account.billed.get(&charge.entry).map(|billed| &billed.entry);
                let entry = account.unbilled.get(&charge.entry).or(billed);
                entry.is_some_and(|entry| {
                    let ticket = entry.ticket.as_ref().and_then(|id| account.ticket(id));
                    let customer = ticket.map(|ticket| &ticket.customer).or(entry.customer.as_ref());
                    customer == Some(&line.customer)
                        && (&charge.ticket, &charge.agent) == (&entry.ticket, &entry.agent)
                        && charge.fee.is_none()
                        && is_of(charge, &entry.work)
                })
            }
            ChargeSource::Sale => account.sales.get(&charge.entry).is_some_and(|sale| {
                // What is billed as covered is free.
                let free = Charge { net: Minor::ZERO, no_charge: true, ..sale.sold.charge.clone() };
                sale.sold.customer == line.customer && (sale.sold.charge == *charge || free == *charge)
            }),
            ChargeSource::Deposit => account.is_asked_for(charge, &line.customer),
            ChargeSource::Fee => charge.fee.as_ref().zip(charge.agreement.as_ref()).is_some_and(
                |(part, agreement): (_, &Id)| charge.entry == fee_entry(agreement, &part.fee, part.from),
            ),
        };
        let covered = charge.coverage.as_ref().is_none_or(|coverage| {
            coverage.before.checked_sub(coverage.after) == Some(charge.billed_seconds())
        });
        if known && covered { Ok(()) } else { mismatch("work", &charge.entry, "is billed as something else") }
    }
}

/// Whether a charge is for a time within the work, or for the day of a part.
fn is_of(charge: &Charge, work: &Work) -> bool {
    match (work, charge.start, charge.end) {
        (Work::Time(time), Some(start), Some(end)) => {
            time.start <= start && start <= end && end <= time.end && charge.article.is_none()
        }
        (Work::Time(_), ..) => false,
        (Work::Part(part), start, end) => {
            start.is_none()
                && end.is_none()
                && charge.date == part.date
                && charge.article == Article::of(work)
        }
    }
}
