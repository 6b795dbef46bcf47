//! How records of leaving and coming change an account.

use std::sync::Arc;

use super::apply::{Change, Done, mismatch};
use super::consent::Lapsed;
use super::decide::{because, refuse};
use super::error::AccountError;
use super::estimate::Estimate;
use super::event::BlockSold;
use super::moves::{CustomerAdmitted, CustomerReleased, MovedEstimate, StandingFee, StandingWork};
use super::reparent::{Transfer, transfer_key};
use super::state::{Elsewhere, FeeDays, FeePlace, Sale, fee_key};
use super::telling::Next;
use crate::agreement::AgreementError;
use crate::approval::{ApprovalError, ApprovalStatus, Request, SubjectKind};
use crate::calendar::Date;
use crate::id::Id;
use crate::ledger::{ItemKind, ItemTerms, MovementKind};
use crate::money::Minor;
use crate::rating::ChargeSource;
use crate::work::Entry;

impl Change<'_> {
    pub(super) fn customer_released(&mut self, released: &CustomerReleased) -> Done {
        let passing = self.came.take().unwrap_or_default();
        self.account.check_release(released, &passing)?;
        self.dated("customer", &released.customer, released.effective, None)?;
        let moment = self.moment(released.effective);
        let belongings = &released.belongings;
        for ItemTerms { id, open, .. } in &belongings.items {
            self.item(id, |ledger| {
                ledger.lower(id, MovementKind::Transfer, open.magnitude(), &released.transfer, moment)
            })?;
        }
        for entry in &belongings.entries {
            self.set(|account| &mut account.unbilled, &entry.id, None);
            self.set(|account| &mut account.elsewhere, &entry.id, Some(Elsewhere::Left));
        }
        for sold in &belongings.sales {
            self.set(|account| &mut account.sales, &sold.sale, None);
            self.set(|account| &mut account.sold_elsewhere, &sold.sale, Some(Elsewhere::Left));
        }
        // What others said of their documents goes along and is theirs to say again.
        let here = self.account.payer().clone();
        for one in belongings.standing.iter().filter(|one| one.account.as_ref().is_some_and(|at| *at != here))
        {
            self.set_elsewhere(one.source, &one.id, Some(Elsewhere::Left));
        }
        for balance in &belongings.balances {
            self.set(|account| &mut account.standings, &balance.agreement, None);
        }
        for returned in &belongings.returned_seconds {
            self.set(|account| &mut account.returned, &returned.agreement, None);
        }
        for fee in belongings.fees.iter().filter(|fee| fee.account.as_ref() != Some(&here)) {
            let place = fee.account.clone().map_or(FeePlace::Skipped, FeePlace::Elsewhere);
            self.free_days(&fee_key(&fee.agreement, &fee.fee), fee.from, &FeeDays { to: fee.to, place });
        }
        for lapse in &belongings.lapsed {
            self.set(|account| &mut account.lapsed, &lapse.work.key(), None);
        }
        for id in belongings.estimates.iter().map(|one| &one.estimate.estimate) {
            self.estimate_left(id)?;
        }
        for returned in belongings.returned_draws.iter().filter(|one| !passing.draws.contains(one)) {
            self.estimate_left(&returned.estimate)?;
        }
        let mut departure = self.account.departures.get(&released.customer).cloned().unwrap_or_default();
        departure.to = Some(released.to.clone());
        departure.last.insert(released.to.clone(), released.transfer.clone());
        self.set(|account| &mut account.departures, &released.customer, Some(departure));
        let transfer = Transfer { released: Arc::new(released.clone()), moment };
        self.set(|account| &mut account.transfers, &released.transfer, Some(transfer));
        Ok(())
    }

    /// An estimate is drawn on elsewhere from what is drawn here now.
    fn estimate_left(&mut self, id: &Id) -> Done {
        let estimate = self.account.estimate(id).map_err(because)?.clone();
        let moved = Estimate { moved: Some(estimate.drawn), ..estimate };
        self.estimated(moved);
        Ok(())
    }

    fn set_elsewhere(&mut self, source: ChargeSource, id: &Id, elsewhere: Option<Elsewhere>) {
        match source {
            ChargeSource::Entry => self.set(|account| &mut account.elsewhere, id, elsewhere),
            ChargeSource::Sale => self.set(|account| &mut account.sold_elsewhere, id, elsewhere),
            ChargeSource::Fee | ChargeSource::Deposit => {}
        }
    }

    pub(super) fn customer_admitted(&mut self, admitted: &CustomerAdmitted) -> Done {
        let released = self.account.admitted(admitted)?;
        let (customer, belongings) = (&admitted.customer, &released.belongings);
        let says = admitted.hands_on(&released);
        if admitted.released.is_some() {
            self.came = Some(self.account.passing(admitted, &released));
            self.next.push_back(Next::Release(customer.clone()));
        }
        for item in &admitted.items {
            self.open_item(ItemKind::Admitted, item, admitted.effective)?;
        }
        for ticket in &belongings.tickets {
            self.set(|account| &mut account.tickets, &ticket.id, Some(Arc::new(ticket.clone())));
        }
        for one in &belongings.standing {
            self.stands_elsewhere(admitted, &says, one)?;
        }
        for entry in &belongings.entries {
            self.entry_came(entry)?;
        }
        for sold in &belongings.sales {
            self.sale_came(sold)?;
        }
        for balance in &belongings.balances {
            self.add_standing(balance)?;
            if let Some(seconds) = self.account.returned.get(&balance.agreement).copied() {
                self.set(|account| &mut account.returned, &balance.agreement, None);
                self.return_seconds(&balance.agreement, seconds)?;
            }
        }
        // What was never here is given back to nothing here: it goes on as it came.
        let passing = self.came.clone().unwrap_or_default();
        for returned in belongings.returned_seconds.iter().filter(|one| !passing.seconds.contains(one)) {
            self.return_seconds(&returned.agreement, returned.seconds)?;
        }
        self.fees_came(admitted, &says, &belongings.fees)?;
        for reached in &belongings.milestones {
            match self.account.milestones.get(&reached.milestone) {
                Some(known) if **known != *reached => {
                    return refuse(&AccountError::MilestoneTwice { got: reached.milestone.to_string() });
                }
                Some(_) => {}
                None => {
                    let one = Arc::new(reached.clone());
                    self.set(|account| &mut account.milestones, &reached.milestone, Some(one));
                }
            }
        }
        for estimate in &belongings.estimates {
            self.estimate_came(estimate)?;
        }
        for returned in belongings.returned_draws.iter().filter(|one| !passing.draws.contains(one)) {
            let mut estimate = self.account.estimate(&returned.estimate).map_err(because)?.clone();
            estimate.drawn = estimate.drawn.minus(returned.amount).map_err(because)?;
            // One that has gone on takes it along with what follows it.
            if estimate.drawn < Minor::ZERO {
                return mismatch("estimate", &returned.estimate, "drew less than is given back");
            }
            self.estimated(estimate);
        }
        for one in &belongings.lapsed {
            let (lapse, subject, work) = (one.lapse, one.subject.clone(), one.work.clone());
            let lapsed = Lapsed { customer: customer.clone(), lapse, subject, work };
            self.set(|account| &mut account.lapsed, &one.work.key(), Some(lapsed));
        }
        self.arrived(admitted, &released, &says);
        Ok(())
    }

    /// A customer is here: it left nowhere from here, and who spoke of it is known.
    fn arrived(&mut self, admitted: &CustomerAdmitted, released: &CustomerReleased, says: &[Id]) {
        let customer = &admitted.customer;
        if let Some(mut departure) =
            self.account.departures.get(customer).filter(|_| !released.follows).cloned()
        {
            departure.to = None;
            self.set(|account| &mut account.departures, customer, Some(departure));
        }
        let moment = self.moment(admitted.effective);
        let key = transfer_key(&admitted.from, &admitted.transfer);
        self.set(|account| &mut account.admissions, &key, Some(moment));
        for account in says {
            self.set(|account| &mut account.heard, &transfer_key(account, customer), Some(()));
        }
    }

    /// Whether an account is known to say for itself what stands on its documents: ours is the truth about
    /// ours, and what another says of a third is older than what the third said itself, unless it hands that on.
    fn speaks_for_itself(&self, account: &Id, says: &[Id], customer: &Id) -> bool {
        let heard = transfer_key(account, customer);
        account == self.account.payer()
            || (!says.contains(account) && self.account.heard.contains_key(&heard))
    }

    /// Work that stands on a document of another account is never billed here; what was captured of it
    /// here meanwhile is taken off.
    fn stands_elsewhere(&mut self, admitted: &CustomerAdmitted, says: &[Id], one: &StandingWork) -> Done {
        let elsewhere = match &one.account {
            Some(account) if self.speaks_for_itself(account, says, &admitted.customer) => return Ok(()),
            Some(account) => {
                Elsewhere::Standing { account: account.clone(), customer: admitted.customer.clone() }
            }
            None => Elsewhere::Before,
        };
        let here = match one.source {
            ChargeSource::Entry => self.account.billed.contains_key(&one.id),
            ChargeSource::Sale => self.account.sales.contains_key(&one.id),
            ChargeSource::Fee | ChargeSource::Deposit => {
                return mismatch("customer", &one.id, "is no work");
            }
        };
        if here {
            return refuse(&AccountError::TransferEntry { entry: one.id.to_string() });
        }
        if one.source == ChargeSource::Entry {
            self.set(|account| &mut account.unbilled, &one.id, None);
        }
        self.set_elsewhere(one.source, &one.id, Some(elsewhere));
        Ok(())
    }

    /// Unbilled work is billable here, also where it left from here or stood on a document elsewhere
    /// before. Of what was captured here meanwhile the later revision counts.
    fn entry_came(&mut self, entry: &Entry) -> Done {
        entry.check().map_err(because)?;
        self.set(|account| &mut account.elsewhere, &entry.id, None);
        let known = self.account.unbilled.get(&entry.id);
        if known.is_none_or(|known| known.revision < entry.revision) {
            self.note_entry(entry);
            self.set(|account| &mut account.unbilled, &entry.id, Some(Arc::new(entry.clone())));
        }
        Ok(())
    }

    fn sale_came(&mut self, sold: &BlockSold) -> Done {
        if self.account.sales.contains_key(&sold.sale) {
            return refuse(&AccountError::SaleTwice { got: sold.sale.to_string() });
        }
        sold.charge.check(sold.currency).map_err(because)?;
        self.set(|account| &mut account.sold_elsewhere, &sold.sale, None);
        let sale = Sale { sold: Arc::new(sold.clone()), invoice: None };
        self.set(|account| &mut account.sales, &sold.sale, Some(sale));
        Ok(())
    }

    fn return_seconds(&mut self, agreement: &Id, seconds: u64) -> Done {
        let Some(mut standing) = self.account.standings.get(agreement).copied() else {
            // The block has gone on: they follow it.
            if !self.account.owners.contains_key(agreement) {
                return refuse(&AgreementError::Overdrawn { id: agreement.to_string() });
            }
            self.give_back(agreement, seconds);
            return Ok(());
        };
        let Some(drawn) = standing.drawn.checked_sub(seconds) else {
            return refuse(&AgreementError::Overdrawn { id: agreement.to_string() });
        };
        standing.drawn = drawn;
        self.set(|account| &mut account.standings, agreement, Some(standing));
        Ok(())
    }

    /// The accounts that a customer came from say anew which days stand on their documents: what they no longer
    /// say is due again.
    fn fees_came(&mut self, admitted: &CustomerAdmitted, says: &[Id], fees: &[StandingFee]) -> Done {
        let said = |place: &FeePlace| match place {
            FeePlace::Elsewhere(account) => says.contains(account),
            FeePlace::Invoice(_) | FeePlace::Skipped => false,
        };
        let own = self.account.fees.iter().filter(|(_, fee)| fee.customer == admitted.customer);
        let before: Vec<(Id, Date, FeeDays)> = own
            .flat_map(|(key, fee)| {
                fee.days.iter().map(move |(from, days)| (key.clone(), *from, days.clone()))
            })
            .filter(|(_, _, days)| said(&days.place))
            .collect();
        for (key, from, days) in before {
            self.free_days(&key, from, &days);
        }
        for fee in fees {
            let place = match &fee.account {
                Some(account) if self.speaks_for_itself(account, says, &admitted.customer) => continue,
                Some(account) => FeePlace::Elsewhere(account.clone()),
                None => FeePlace::Skipped,
            };
            let of = (&fee.agreement, &admitted.customer, &fee.fee);
            if self.take_days(of, fee.from, FeeDays { to: fee.to, place }).is_err() {
                let (fee, from) = (fee.fee.to_string(), fee.from.to_string());
                return refuse(&AccountError::TransferFee { fee, from });
            }
        }
        Ok(())
    }

    fn estimate_came(&mut self, came: &MovedEstimate) -> Done {
        let (proposed, id) = (&came.estimate, &came.estimate.estimate);
        let mut request = Request::open(SubjectKind::Estimate, came.approval.clone()).map_err(because)?;
        for decision in &came.decisions {
            request.add(decision.clone(), came.approval.date).map_err(because)?;
        }
        let request = request.come(self.moment(self.stamp.effective));
        let asked = (came.approval.digest, came.approval.net, came.approval.currency, came.currency);
        let follows = asked == (proposed.digest(), proposed.cap, proposed.currency, proposed.currency)
            && request.status() == ApprovalStatus::Approved
            && !came.approval.needed.is_empty()
            && came.drawn >= Minor::ZERO
            && came.drawn <= proposed.cap;
        if !follows {
            return mismatch("estimate", id, "lacks consent or drew more than its cap");
        }
        // One that comes back takes up what documents here gave back to it meanwhile.
        let known = self.account.estimates.get(id);
        let back = match known.map(|known| (known.moved, known.drawn, &known.proposed)) {
            Some((Some(moved), drawn, same)) if **same == *proposed => moved.minus(drawn).map_err(because)?,
            None if self.account.is_new_subject(id) => Minor::ZERO,
            Some(_) | None => return refuse(&ApprovalError::SubjectTwice { got: id.to_string() }),
        };
        let drawn = came.drawn.minus(back).map_err(because)?.max(Minor::ZERO);
        let estimate =
            Estimate { proposed: Arc::new(proposed.clone()), drawn, moved: None, withdrawn: false };
        self.estimated(estimate);
        self.set(|account| &mut account.requests, id, Some(request));
        Ok(())
    }
}
