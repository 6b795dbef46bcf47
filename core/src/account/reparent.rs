use super::action::{AdmitCustomer, OpeningBalance, ReleaseCustomer};
use super::decide::{Events, because, refuse, ruling};
use super::error::AccountError;
use super::event::{AccountEvent, CustomerAdmitted, CustomerReleased};
use super::state::Account;
use crate::audit::{AuditError, LogKind, Record, Stamp, derived_id};
use crate::canon::{from_bytes, sha256};
use crate::finding::Refusal;
use crate::id::Id;
use crate::ledger::{ItemTerms, Moment};
use crate::rulebook::Rulebook;
use crate::work::{Entry, Ticket, WorkError};

/// What left this account and when, as a later admission is found by its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// What left.
    pub released: std::sync::Arc<CustomerReleased>,
    /// From when.
    pub moment: Moment,
}

impl Account {
    /// A customer leaves for another payer: its open items, unbilled work and blocks go with it; documents
    /// that were issued keep their payer and stay.
    pub(super) fn release_customer(
        &self,
        rulebook: &Rulebook,
        release: &ReleaseCustomer,
        stamp: &Stamp,
    ) -> Events {
        if release.to == *self.payer() {
            return refuse(&AccountError::TransferSelf { got: release.to.to_string() });
        }
        let entries: Vec<Entry> = self.unbilled_for(&release.customer).cloned().collect();
        let of = |ticket: &&Ticket| entries.iter().any(|entry| entry.ticket.as_ref() == Some(&ticket.id));
        let agreements =
            rulebook.terms(&release.customer).map(|terms| terms.agreements()).unwrap_or_default();
        let balances = agreements.iter().filter_map(|agreement| {
            let standing = self.standings.get(&agreement.id)?;
            Some(OpeningBalance {
                agreement: agreement.id.clone(),
                customer: release.customer.clone(),
                drawn: standing.drawn,
                purchased: standing.purchased,
            })
        });
        let released = CustomerReleased {
            balances: balances.collect(),
            customer: release.customer.clone(),
            effective: stamp.effective,
            items: self.items_of(&release.customer),
            tickets: self.tickets().filter(of).cloned().collect(),
            entries,
            to: release.to.clone(),
            transfer: release.transfer.clone(),
        };
        self.check_release(&released)?;
        ruling(vec![AccountEvent::CustomerReleased(released)])
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
        own.map(|item| ItemTerms { open: item.open(), ..item.terms().clone() }).collect()
    }

    /// Whether what a record says left can leave: all that is open of the customer, nothing of it disputed.
    pub(super) fn check_release(&self, released: &CustomerReleased) -> Result<(), Refusal> {
        if self.transfers.contains_key(&released.transfer) {
            return refuse(&AccountError::TransferTwice { got: released.transfer.to_string() });
        }
        let same = released.items == self.items_of(&released.customer);
        if !same || !released.entries.iter().eq(self.unbilled_for(&released.customer)) {
            return Err(because(AuditError::StateMismatch {
                what: "customer",
                id: released.customer.to_string(),
                reason: "has other open items or unbilled work",
            }));
        }
        for terms in &released.items {
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

    /// A customer comes from another payer: the record of its release is quoted whole, with its hash.
    pub(super) fn admit_customer(&self, rulebook: &Rulebook, admit: &AdmitCustomer) -> Events {
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
        let released = record.events.iter().find_map(|event| {
            if let AccountEvent::CustomerReleased(released) = event { Some(released) } else { None }
        });
        let nothing = || AccountError::TransferUnknown { account: own.id.to_string() };
        let released =
            released.filter(|released| released.to == own.id).ok_or_else(nothing).map_err(because)?;
        if !rulebook.family(self.payer()).map_err(because)?.contains(&released.customer) {
            return refuse(&WorkError::CustomerUnknown { got: released.customer.to_string() });
        }
        let from = record.log.id.clone();
        // Runs give the same ids in every account: an item that moved is known by where it came from.
        let moved = |item: &ItemTerms| ItemTerms {
            id: derived_id(&[from.as_str(), item.id.as_str()]),
            ..item.clone()
        };
        let admitted = CustomerAdmitted {
            balances: released.balances.clone(),
            customer: released.customer.clone(),
            // From the day it left, so that on no day it is owed to nobody.
            effective: released.effective,
            entries: released.entries.clone(),
            hash: admit.hash,
            items: released.items.iter().map(moved).collect(),
            from: from.clone(),
            seq: record.seq,
            tickets: released.tickets.clone(),
            transfer: released.transfer.clone(),
        };
        self.check_admission(&admitted)?;
        ruling(vec![AccountEvent::CustomerAdmitted(admitted)])
    }

    /// Whether what came can stand here: once, beside nothing of the same id.
    pub(super) fn check_admission(&self, admitted: &CustomerAdmitted) -> Result<(), Refusal> {
        if self.admissions.contains_key(&transfer_key(&admitted.from, &admitted.transfer)) {
            return refuse(&AccountError::TransferTwice { got: admitted.transfer.to_string() });
        }
        for item in &admitted.items {
            self.check_new(&item.id).map_err(because)?;
            self.ledger.check_open(item).map_err(because)?;
        }
        let here =
            |entry: &&Entry| self.unbilled.contains_key(&entry.id) || self.billed.contains_key(&entry.id);
        if let Some(entry) = admitted.entries.iter().find(here) {
            return refuse(&AccountError::TransferEntry { entry: entry.id.to_string() });
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
