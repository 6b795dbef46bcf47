use std::collections::BTreeSet;

use super::action::{AdmitCustomer, OpeningBalance, ReleaseCustomer, SendOn};
use super::decide::{Events, because, refuse, ruling};
use super::error::AccountError;
use super::event::{AccountEvent, LapsedWork};
use super::moves::{
    Belongings, CustomerAdmitted, CustomerReleased, MovedEstimate, MovedLapse, ReturnedDraw, ReturnedSeconds,
    StandingFee, StandingWork,
};
use super::state::{Account, Elsewhere, FeePlace, Invoice};
use crate::approval::{ApprovalStatus, SubjectKind};
use crate::audit::{AuditError, LogKind, Record, Stamp, derived_id};
use crate::canon::{Digest, from_bytes, sha256};
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{DocumentState, Line};
use crate::ledger::{ItemTerms, Moment};
use crate::rating::ChargeSource;
use crate::rulebook::Rulebook;
use crate::work::{Entry, WorkError};

/// What left this account and when, as a later admission is found by its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// What left.
    pub released: std::sync::Arc<CustomerReleased>,
    /// From when.
    pub moment: Moment,
}

/// What is said of a customer that came only to go on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Passing {
    /// Whether it came behind a customer that had gone before.
    pub(super) follows: bool,
    /// The accounts that spoke of it.
    pub(super) says: Vec<Id>,
    /// What documents gave back to estimates that were never here.
    pub(super) draws: Vec<ReturnedDraw>,
    /// What they gave back to blocks that were never here.
    pub(super) seconds: Vec<ReturnedSeconds>,
}

impl Account {
    /// A customer leaves for another payer with all that is its own and all that must not happen again
    /// there; documents that were issued keep their payer and stay. What they give back later is carried
    /// by another release of the same customer.
    pub(super) fn release_customer(
        &self,
        rulebook: &Rulebook,
        release: &ReleaseCustomer,
        stamp: &Stamp,
    ) -> Events {
        // Whom the account pays for can leave before there is anything of it.
        let paid = rulebook.family(self.payer()).is_ok_and(|family| family.contains(&release.customer));
        self.hand_on(release, Passing::default(), stamp, paid)
    }

    /// A customer leaves, perhaps with what accounts before this one said of their documents. What follows it
    /// still does when it was sent to the wrong account on its way.
    fn hand_on(&self, release: &ReleaseCustomer, passing: Passing, stamp: &Stamp, paid: bool) -> Events {
        let released = CustomerReleased {
            after: self.departure(&release.customer, &release.to),
            belongings: self.leaving(&release.customer, &passing),
            customer: release.customer.clone(),
            effective: stamp.effective,
            follows: passing.follows || self.departed(&release.customer).is_some(),
            hands_on: passing.says.clone(),
            to: release.to.clone(),
            transfer: release.transfer.clone(),
        };
        self.check_release(&released, &passing)?;
        if !paid && !released.follows && !self.knows(&released) {
            return refuse(&WorkError::CustomerUnknown { got: released.customer.to_string() });
        }
        ruling(vec![AccountEvent::CustomerReleased(Box::new(released))])
    }

    /// The last transfer of a customer to an account.
    fn departure(&self, customer: &Id, to: &Id) -> Option<Id> {
        self.departures.get(customer)?.last.get(to).cloned()
    }

    /// Where a customer went that left and did not come back.
    pub(super) fn departed(&self, customer: &Id) -> Option<&Id> {
        self.departures.get(customer)?.to.as_ref()
    }

    /// Why nothing new of a customer belongs here.
    pub(super) fn left(&self, customer: &Id) -> Option<AccountError> {
        let to = self.departed(customer)?;
        Some(AccountError::CustomerLeft { customer: customer.to_string(), to: to.to_string() })
    }

    /// How a customer passes through that was sent here by mistake.
    pub(super) fn passing(&self, admitted: &CustomerAdmitted, released: &CustomerReleased) -> Passing {
        let Belongings { returned_draws, returned_seconds, .. } = &released.belongings;
        // One that went on before with less drawn on it takes nothing back here either.
        let takes = |one: &&ReturnedDraw| {
            let known = self.estimates.get(&one.estimate);
            known.is_some_and(|known| known.moved.is_none() || known.drawn >= one.amount)
        };
        let draws = returned_draws.iter().filter(|one| !takes(one));
        let seconds = returned_seconds.iter().filter(|one| !self.owners.contains_key(&one.agreement));
        Passing {
            follows: released.follows,
            says: admitted.hands_on(released),
            draws: draws.cloned().collect(),
            seconds: seconds.cloned().collect(),
        }
    }

    /// All that goes with a customer, and what passes through with it.
    fn leaving(&self, customer: &Id, passing: &Passing) -> Belongings {
        let mut belongings = self.belongings(customer);
        belongings.returned_draws.extend(passing.draws.iter().cloned());
        belongings.returned_seconds.extend(passing.seconds.iter().cloned());
        belongings
    }

    /// All that goes with a customer, from what the account knows alone.
    fn belongings(&self, customer: &Id) -> Belongings {
        let owned = |agreement: &&Id| self.owners.get(*agreement) == Some(customer);
        let balances = self.standings.iter().filter(|(agreement, _)| owned(agreement));
        let balances = balances.map(|(agreement, standing)| OpeningBalance {
            agreement: agreement.clone(),
            customer: customer.clone(),
            drawn: standing.drawn,
            purchased: standing.purchased,
        });
        let returned = self.returned.iter().filter(|(agreement, _)| owned(agreement));
        let returned = returned
            .map(|(agreement, seconds)| ReturnedSeconds { agreement: agreement.clone(), seconds: *seconds });
        let free = self
            .sales
            .values()
            .filter(|sale| sale.invoice.is_none() && sale.sold.customer == *customer)
            .map(|sale| sale.sold.as_ref().clone());
        Belongings {
            balances: balances.collect(),
            entries: self.unbilled_for(customer).cloned().collect(),
            estimates: self.moving_estimates(customer),
            fees: self.fees_of(customer),
            items: self.items_of(customer),
            lapsed: self.lapsed_of(customer),
            milestones: self.milestones_of(customer),
            returned_draws: self.returned_draws(customer),
            returned_seconds: returned.collect(),
            sales: free.collect(),
            standing: self.standing_of(customer),
            tickets: self.tickets().filter(|ticket| ticket.customer == *customer).cloned().collect(),
        }
    }

    fn unbilled_for<'a>(&'a self, customer: &'a Id) -> impl Iterator<Item = &'a Entry> {
        self.unbilled().filter(move |entry| {
            let ticket = entry.ticket.as_ref().and_then(|id| self.ticket(id));
            ticket.map(|ticket| &ticket.customer).or(entry.customer.as_ref()) == Some(customer)
        })
    }

    /// Open items of a customer, with what is open of them now.
    fn items_of(&self, customer: &Id) -> Vec<ItemTerms> {
        let own =
            self.ledger.items().filter(|item| item.terms().customer == *customer && !item.open().is_zero());
        own.map(crate::ledger::OpenItem::moving).collect()
    }

    /// Lines of a customer on invoices that are not void.
    fn live_lines<'a>(&'a self, customer: &'a Id) -> impl Iterator<Item = (&'a Invoice, &'a Line)> {
        let live = self.invoices.values().filter(|invoice| invoice.state != DocumentState::Void);
        let lines = live.flat_map(|invoice| invoice.draft.lines.iter().map(move |line| (invoice, line)));
        lines.filter(move |(_, line)| line.customer == *customer)
    }

    /// Work of a customer that stands on documents here, or that is known to stand elsewhere; also what
    /// was billed before the account moved in, of which nobody says whose it is.
    fn standing_of(&self, customer: &Id) -> Vec<StandingWork> {
        let mut standing = BTreeSet::new();
        for (invoice, line) in self.live_lines(customer) {
            let id = &invoice.draft.id;
            for charge in &line.charges {
                let here = match charge.source {
                    ChargeSource::Entry => {
                        self.billed.get(&charge.entry).is_some_and(|billed| billed.invoice == *id)
                    }
                    ChargeSource::Sale => {
                        self.sales.get(&charge.entry).is_some_and(|sale| sale.invoice.as_ref() == Some(id))
                    }
                    ChargeSource::Fee | ChargeSource::Deposit => false,
                };
                if here {
                    standing.insert((charge.source, &charge.entry, Some(self.payer())));
                }
            }
        }
        let known = self.elsewhere.iter().map(|one| (ChargeSource::Entry, one));
        let sold = self.sold_elsewhere.iter().map(|one| (ChargeSource::Sale, one));
        for (source, (id, elsewhere)) in known.chain(sold) {
            match elsewhere {
                Elsewhere::Before => drop(standing.insert((source, id, None))),
                Elsewhere::Standing { account, customer: whose } if whose == customer => {
                    standing.insert((source, id, Some(account)));
                }
                Elsewhere::Standing { .. } | Elsewhere::Left => {}
            }
        }
        let work = |(source, id, account): (ChargeSource, &Id, Option<&Id>)| StandingWork {
            account: account.cloned(),
            id: id.clone(),
            source,
        };
        standing.into_iter().map(work).collect()
    }

    /// Days of a customer's fees that are not due.
    fn fees_of(&self, customer: &Id) -> Vec<StandingFee> {
        let own = self.fees.values().filter(|fee| fee.customer == *customer);
        let days = own.flat_map(|fee| fee.days.iter().map(move |(from, days)| (fee, from, days)));
        days.map(|(fee, from, days)| StandingFee {
            account: match &days.place {
                FeePlace::Invoice(_) => Some(self.payer().clone()),
                FeePlace::Elsewhere(account) => Some(account.clone()),
                FeePlace::Skipped => None,
            },
            agreement: fee.agreement.clone(),
            fee: fee.fee.clone(),
            from: *from,
            to: days.to,
        })
        .collect()
    }

    /// What became of a customer's unbilled work without consent.
    fn lapsed_of(&self, customer: &Id) -> Vec<MovedLapse> {
        let stands = |work: &LapsedWork| match work.source {
            ChargeSource::Entry => self.billed.contains_key(&work.id),
            ChargeSource::Sale => self.sales.get(&work.id).is_some_and(|sale| sale.invoice.is_some()),
            ChargeSource::Deposit => true,
            ChargeSource::Fee => self.live_lines(customer).any(|(_, line)| {
                let own = |id| self.is_rebilled(id);
                !own(&line.id) && line.charges.iter().any(|charge| charge.entry == work.id)
            }),
        };
        let own = self.lapsed.values().filter(|one| one.customer == *customer && !stands(&one.work));
        own.map(|one| MovedLapse { lapse: one.lapse, subject: one.subject.clone(), work: one.work.clone() })
            .collect()
    }

    /// Milestones that projects of a customer's tickets reached.
    fn milestones_of(&self, customer: &Id) -> Vec<super::event::MilestoneReached> {
        let own = self.tickets().filter(|ticket| ticket.customer == *customer);
        let projects: BTreeSet<&Id> = own.filter_map(|ticket| ticket.project.as_ref()).collect();
        self.milestones().filter(|reached| projects.contains(&reached.project)).cloned().collect()
    }

    /// Whether an estimate is about the work of one customer alone. What is about all work of the payer is
    /// the payer's consent, and no other payer is bound by it.
    fn is_estimate_of(&self, estimate: &super::estimate::Estimate, customer: &Id) -> bool {
        let scope = &estimate.proposed.scope;
        let named = !scope.customers.is_empty() && scope.customers.iter().all(|one| one == customer);
        let own = |id: &Id| self.ticket(id).is_some_and(|ticket| ticket.customer == *customer);
        named || (!scope.tickets.is_empty() && scope.tickets.iter().all(own))
    }

    /// Estimates of a customer that it consented to and that are here.
    fn moving_estimates(&self, customer: &Id) -> Vec<MovedEstimate> {
        let here = self.estimates.values().filter(|one| one.moved.is_none() && !one.withdrawn);
        let own = here.filter(|one| self.is_estimate_of(one, customer));
        let consented = own.filter_map(|one| {
            let request = self.requests.get(&one.proposed.estimate)?;
            (request.status() == ApprovalStatus::Approved).then(|| MovedEstimate {
                approval: request.asked().clone(),
                currency: one.proposed.currency,
                decisions: request.made().to_vec(),
                drawn: one.drawn,
                estimate: one.proposed.as_ref().clone(),
            })
        });
        consented.collect()
    }

    /// What documents here gave back to estimates that left with a customer.
    fn returned_draws(&self, customer: &Id) -> Vec<ReturnedDraw> {
        let own = self.estimates.values().filter(|one| self.is_estimate_of(one, customer));
        let returned = own.filter_map(|one| {
            let amount = one.moved?.minus(one.drawn).ok().filter(|amount| amount.is_positive())?;
            let (currency, estimate) = (one.proposed.currency, one.proposed.estimate.clone());
            Some(ReturnedDraw { amount, currency, estimate })
        });
        returned.collect()
    }

    /// Nothing of a customer waits to be decided or numbered whose end the other account would not learn.
    fn check_nothing_waits(&self, customer: &Id) -> Result<(), AccountError> {
        let waits = |document: &Id| AccountError::TransferWaiting { document: document.to_string() };
        let undecided = |state| matches!(state, DocumentState::AwaitingApproval | DocumentState::Rejected);
        if let Some((invoice, _)) = self.live_lines(customer).find(|(invoice, _)| undecided(invoice.state)) {
            return Err(waits(&invoice.draft.id));
        }
        let of = |item: &Id| self.ledger.item(item).is_ok_and(|item| item.terms().customer == *customer);
        for (id, request) in &self.requests {
            let open = request.status() == ApprovalStatus::Pending;
            let waiting = match request.kind() {
                SubjectKind::Invoice => false,
                SubjectKind::CreditNote => self.credits.get(id).is_some_and(|credit| {
                    credit.is_live() && credit.number.is_none() && of(&credit.note.invoice)
                }),
                SubjectKind::WriteOff => {
                    open && self.write_offs.get(id).is_some_and(|one| of(&one.write_off.item))
                }
                SubjectKind::Refund => {
                    open && self.refunds.get(id).is_some_and(|one| self.is_refund_of(&one.refund, customer))
                }
                SubjectKind::Void => open && self.voidings.get(id).is_some_and(|one| of(&one.invoice)),
                SubjectKind::Estimate => {
                    let estimate = self.estimates.get(id).filter(|one| !one.withdrawn && open);
                    estimate.is_some_and(|one| self.is_estimate_of(one, customer))
                }
            };
            if waiting {
                return Err(waits(id));
            }
        }
        Ok(())
    }

    /// Whether anything of a customer was ever here; of what was billed before nobody knows whose it is.
    fn knows(&self, released: &CustomerReleased) -> bool {
        let own = &released.belongings;
        let stands = own.standing.iter().any(|one| one.account.is_some());
        let open = !own.items.is_empty() || !own.entries.is_empty() || !own.sales.is_empty();
        let agreed = !own.balances.is_empty() || !own.fees.is_empty() || !own.estimates.is_empty();
        stands
            || open
            || agreed
            || !own.tickets.is_empty()
            || self.live_lines(&released.customer).next().is_some()
    }

    /// Whether what a record says left can leave: exactly what is the customer's, nothing of it disputed
    /// or undecided.
    pub(super) fn check_release(
        &self,
        released: &CustomerReleased,
        passing: &Passing,
    ) -> Result<(), Refusal> {
        if released.to == *self.payer() {
            return refuse(&AccountError::TransferSelf { got: released.to.to_string() });
        }
        if self.transfers.contains_key(&released.transfer) {
            return refuse(&AccountError::TransferTwice { got: released.transfer.to_string() });
        }
        if released.belongings != self.leaving(&released.customer, passing)
            || released.after != self.departure(&released.customer, &released.to)
            || released.follows != (passing.follows || self.departed(&released.customer).is_some())
            || released.hands_on != passing.says
        {
            return Err(because(AuditError::StateMismatch {
                what: "customer",
                id: released.customer.to_string(),
                reason: "has other open items or unbilled work",
            }));
        }
        self.check_nothing_waits(&released.customer).map_err(because)?;
        for terms in &released.belongings.items {
            let item = self.ledger.item(&terms.id).map_err(because)?;
            if item.disputed_now().is_positive() {
                return refuse(&AccountError::TransferDisputed { item: terms.id.to_string() });
            }
            self.ledger
                .check_fall(&terms.id, item.open().magnitude(), released.effective)
                .map_err(because)?;
        }
        Ok(())
    }

    /// A customer comes from another payer: the record of its release is quoted, with its hash.
    pub(super) fn admit_customer(&self, rulebook: &Rulebook, admit: &AdmitCustomer, stamp: &Stamp) -> Events {
        let (admitted, released) = self.read_release(admit)?;
        if let Some(on) = &admit.send_on {
            return self.send_on(admitted, &released, on, stamp);
        }
        // What follows a customer that has gone on finds it where it was.
        let gone_on = released.follows && self.departed(&admitted.customer).is_some();
        if !gone_on && !rulebook.family(self.payer()).map_err(because)?.contains(&admitted.customer) {
            return refuse(&WorkError::CustomerUnknown { got: admitted.customer.to_string() });
        }
        let event = AccountEvent::CustomerAdmitted(Box::new(admitted));
        self.try_event(&event, stamp)?;
        ruling(vec![event])
    }

    /// A release that named this account by mistake goes on in one record: only this account can answer it, so
    /// nothing of the customer ever stands in two, and nothing is done with it here.
    fn send_on(
        &self,
        admitted: CustomerAdmitted,
        released: &CustomerReleased,
        on: &SendOn,
        stamp: &Stamp,
    ) -> Events {
        self.check_admission(&admitted, released)?;
        let passing = self.passing(&admitted, released);
        let released = Some(Box::new(released.clone()));
        let admitted = CustomerAdmitted { release: None, released, ..admitted };
        let release = ReleaseCustomer {
            customer: admitted.customer.clone(),
            to: on.to.clone(),
            transfer: on.transfer.clone(),
        };
        let mut events = vec![AccountEvent::CustomerAdmitted(Box::new(admitted))];
        let mut left = self.after(&events, stamp)?.hand_on(&release, passing, stamp, false)?;
        events.append(&mut left.events);
        ruling(events)
    }

    /// What a quoted record says came here, and the event that says so.
    fn read_release(&self, admit: &AdmitCustomer) -> Result<(CustomerAdmitted, CustomerReleased), Refusal> {
        let got = sha256(admit.release.bytes());
        if got != admit.hash {
            let (expected, got) = (admit.hash.to_string(), got.to_string());
            return refuse(&AuditError::RecordHash { expected, got });
        }
        let record: Record<AccountEvent> =
            from_bytes(admit.release.bytes()).map_err(|refusal| refusal.below("/action/release"))?;
        let own = self.chain.address();
        if record.log.seller != own.seller || record.log.kind != LogKind::Account || record.log.id == own.id {
            let (expected, got) = (format!("{}/account", own.seller), record.log.to_string());
            return refuse(&AuditError::LogMismatch { expected, got });
        }
        let released = record.events.into_iter().find_map(|event| {
            if let AccountEvent::CustomerReleased(released) = event { Some(*released) } else { None }
        });
        let nothing = || AccountError::TransferUnknown { account: own.id.to_string() };
        let released =
            released.filter(|released| released.to == own.id).ok_or_else(nothing).map_err(because)?;
        let admitted = CustomerAdmitted {
            release: Some(admit.release.clone()),
            ..self.came(&record.log.id, admit.hash, record.seq, &released)
        };
        Ok((admitted, released))
    }

    /// How what left another account by a record comes to stand here.
    fn came(&self, from: &Id, hash: Digest, seq: u64, released: &CustomerReleased) -> CustomerAdmitted {
        let transfer = &released.transfer;
        let moved =
            |item: &ItemTerms| ItemTerms { id: self.moved_id(from, transfer, &item.id), ..item.clone() };
        CustomerAdmitted {
            customer: released.customer.clone(),
            // From the day it left, so that on no day it is owed to nobody; where that is closed, it is under way
            // until the first open one.
            effective: self.chain.first_open(released.effective),
            from: from.clone(),
            hash,
            items: released.belongings.items.iter().map(moved).collect(),
            release: None,
            released: None,
            seq,
            transfer: transfer.clone(),
        }
    }

    /// What came with a customer, as a record quotes it.
    pub(super) fn admitted(&self, admitted: &CustomerAdmitted) -> Result<CustomerReleased, Refusal> {
        let otherwise = || {
            let (what, id) = ("customer", admitted.customer.to_string());
            let reason = "came with something else than its release says";
            because(AuditError::StateMismatch { what, id, reason })
        };
        let (follows, released) = match (&admitted.release, &admitted.released) {
            (Some(release), None) => {
                let (hash, release) = (admitted.hash, release.clone());
                self.read_release(&AdmitCustomer { hash, release, send_on: None })?
            }
            (None, Some(released)) => {
                let (from, quoted) = (&admitted.from, Some(released.clone()));
                let came = self.came(from, admitted.hash, admitted.seq, released);
                (CustomerAdmitted { released: quoted, ..came }, released.as_ref().clone())
            }
            (Some(_), Some(_)) | (None, None) => return Err(otherwise()),
        };
        if follows != *admitted || released.to != *self.payer() || admitted.from == *self.payer() {
            return Err(otherwise());
        }
        self.check_admission(admitted, &released)?;
        Ok(released)
    }

    /// The id under which an item that moved stands here. Runs give the same ids in every account: it is
    /// known by where it came from, and by its transfer when it comes from there again.
    fn moved_id(&self, from: &Id, transfer: &Id, item: &Id) -> Id {
        let id = derived_id(&[from.as_str(), item.as_str()]);
        match self.check_new(&id) {
            Ok(()) => id,
            Err(_) => derived_id(&[from.as_str(), item.as_str(), transfer.as_str()]),
        }
    }

    /// Whether what came can stand here: once, in order, beside nothing of the same id.
    fn check_admission(
        &self,
        admitted: &CustomerAdmitted,
        released: &CustomerReleased,
    ) -> Result<(), Refusal> {
        if self.admissions.contains_key(&transfer_key(&admitted.from, &admitted.transfer)) {
            return refuse(&AccountError::TransferTwice { got: admitted.transfer.to_string() });
        }
        if let Some(after) = &released.after
            && !self.admissions.contains_key(&transfer_key(&admitted.from, after))
        {
            return refuse(&AccountError::TransferOrder { expected: after.to_string() });
        }
        for item in &admitted.items {
            self.check_new(&item.id).map_err(because)?;
            self.ledger.check_open(item).map_err(because)?;
        }
        for entry in &released.belongings.entries {
            let other = self
                .unbilled
                .get(&entry.id)
                .is_some_and(|known| known.revision == entry.revision && **known != *entry);
            if other || self.billed.contains_key(&entry.id) {
                return refuse(&AccountError::TransferEntry { entry: entry.id.to_string() });
            }
        }
        Ok(())
    }

    /// What left this account, by the key of its transfer, for those who add accounts up: until the other
    /// account has admitted it, it is still counted here.
    pub fn transfers(&self) -> impl Iterator<Item = (Id, &Transfer)> {
        self.transfers
            .values()
            .map(|transfer| (transfer_key(self.payer(), &transfer.released.transfer), transfer))
    }

    /// What came to this account, by the key of its transfer.
    pub fn admissions(&self) -> impl Iterator<Item = (&Id, Moment)> {
        self.admissions.iter().map(|(key, moment)| (key, *moment))
    }
}

/// One key for both halves of a transfer.
pub(super) fn transfer_key(from: &Id, transfer: &Id) -> Id {
    derived_id(&[from.as_str(), transfer.as_str()])
}
