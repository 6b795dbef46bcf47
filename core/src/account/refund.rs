//! Money that goes back: asked for here, approved here, paid by the cash book.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::action::{AskedRefund, RefundCredit, RefundReceipt};
use super::apply::{Change, Done, mismatch};
use super::asking::Asking;
use super::decide::{Events, because, refuse, ruling};
use super::error::AccountError;
use super::event::{AccountEvent, CreditRefunded, ItemBalance, RefundProposed};
use super::facts::fact;
use super::running::Job;
use super::state::Account;
use super::subject::About;
use crate::approval::{ApprovalStatus, Request, SubjectKind, Verdict};
use crate::audit::{Intent, Ruling, Stamp};
use crate::calendar::{Date, Moment, Viewpoint};
use crate::canon::{Digest, sha256, to_bytes};
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::InvoiceError;
use crate::ledger::{LedgerError, MovementKind};
use crate::money::{Amount, Currency, Minor};
use crate::payment::{BookAction, PayBack, PayOut, PaymentError, RefundDeclined, Unpayable};
use crate::rulebook::Rulebook;

/// Money that is to go back, with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refunding {
    /// What was proposed.
    pub refund: Arc<AskedRefund>,
    /// From when a credit is paid out, once approved; money of a receipt counts in its cash book.
    pub done: Option<Date>,
    /// Why the cash book could not pay it.
    pub declined: Option<Unpayable>,
    /// From when its order is known to be declined.
    pub(super) declined_at: Option<Moment>,
}

impl Refunding {
    /// Why the cash book could not pay it, as far as was known.
    #[must_use]
    pub fn declined_by(&self, at: impl Into<Viewpoint>) -> Option<Unpayable> {
        let at = at.into();
        self.declined.filter(|_| self.declined_at.is_some_and(|moment| at.sees(moment)))
    }
}

impl AskedRefund {
    /// Its id.
    #[must_use]
    pub const fn id(&self) -> &Id {
        match self {
            Self::Credit(credit) => &credit.id,
            Self::Receipt(receipt) => &receipt.id,
        }
    }

    /// How much.
    #[must_use]
    pub const fn amount(&self) -> (Minor, Currency) {
        match self {
            Self::Credit(credit) => (credit.amount, credit.currency),
            Self::Receipt(receipt) => (receipt.amount, receipt.currency),
        }
    }

    /// The credit that it is paid from.
    #[must_use]
    pub const fn item(&self) -> Option<&Id> {
        match self {
            Self::Credit(credit) => Some(&credit.item),
            Self::Receipt(_) => None,
        }
    }

    /// What somebody who approves is shown.
    fn digest(&self) -> Digest {
        sha256(&to_bytes(self))
    }
}

impl Account {
    /// Every refund that was proposed, by id.
    pub fn refunds(&self) -> impl Iterator<Item = &Refunding> {
        self.refunds.values()
    }

    /// A refund that was proposed.
    ///
    /// # Errors
    /// [`AccountError::RefundUnknown`].
    pub fn refund(&self, id: &Id) -> Result<&Refunding, AccountError> {
        self.refunds.get(id).ok_or_else(|| AccountError::RefundUnknown { got: id.to_string() })
    }

    /// Whose money it is.
    pub(super) fn is_refund_of(&self, refund: &AskedRefund, customer: &Id) -> bool {
        match refund {
            AskedRefund::Credit(credit) => {
                self.ledger.item(&credit.item).is_ok_and(|item| item.terms().customer == *customer)
            }
            AskedRefund::Receipt(receipt) => receipt.customer == *customer,
        }
    }

    pub(super) fn refund_credit(&self, rulebook: &Rulebook, refund: &RefundCredit, stamp: &Stamp) -> Events {
        self.propose_refund(rulebook, AskedRefund::Credit(refund.clone()), &refund.exchange, stamp)
    }

    pub(super) fn refund_receipt(
        &self,
        rulebook: &Rulebook,
        refund: &RefundReceipt,
        stamp: &Stamp,
    ) -> Events {
        self.check_customer(rulebook, &refund.customer)?;
        self.propose_refund(rulebook, AskedRefund::Receipt(refund.clone()), &refund.exchange, stamp)
    }

    /// Proposes a refund; one that needs no approval is ordered at once. All that a payer asks back is one
    /// job, so that no refund is taken in parts below a threshold.
    fn propose_refund(
        &self,
        rulebook: &Rulebook,
        refund: AskedRefund,
        exchange: &[crate::approval::ExchangeRate],
        stamp: &Stamp,
    ) -> Events {
        self.check_refund(&refund, stamp.effective)?;
        let (amount, currency) = refund.amount();
        let asking = Asking::new(rulebook, stamp, exchange)?;
        let (customer, reason) = match &refund {
            AskedRefund::Credit(credit) => {
                (self.ledger.item(&credit.item).map_err(because)?.terms().customer.clone(), &credit.reason)
            }
            AskedRefund::Receipt(receipt) => (receipt.customer.clone(), &receipt.reason),
        };
        let about = About {
            currency,
            facts: vec![fact("customer", Some(customer)), fact("reason", Some(reason.clone()))],
            id: refund.id(),
            item: self.payer(),
            kind: SubjectKind::Refund,
            lines: Vec::new(),
            net: amount,
        };
        let judged = self.judge(&asking, about, refund.digest())?;
        let people = People { approved_by: Vec::new(), asked_by: stamp.actor.clone() };
        let done = judged.complete.then(|| self.pay_refund(&refund, people, stamp)).transpose()?;
        let proposed = RefundProposed { approval: judged.approval, refund };
        let mut events = vec![AccountEvent::RefundProposed(proposed)];
        events.extend(done.into_iter().flatten());
        Ok(Ruling { events, findings: judged.findings })
    }

    /// Whether a refund is new and could be paid on a date; what a receipt has left its cash book knows.
    fn check_refund(&self, refund: &AskedRefund, effective: Date) -> Result<(), Refusal> {
        if self.refunds.contains_key(refund.id()) {
            return refuse(&PaymentError::RefundTwice { id: refund.id().to_string() });
        }
        self.check_new(refund.id()).map_err(because)?;
        match refund {
            AskedRefund::Credit(credit) => self.balances_of_refund(credit, effective).map(drop),
            AskedRefund::Receipt(receipt) if !receipt.amount.is_positive() => {
                let got = Amount::new(receipt.amount, receipt.currency).to_string();
                refuse(&PaymentError::Amount { got })
            }
            AskedRefund::Receipt(receipt) => match self.left(&receipt.customer) {
                Some(error) => refuse(&error),
                None => Ok(()),
            },
        }
    }

    /// Pays a refund that has all approvals.
    pub(super) fn approved_refund(
        &self,
        id: &Id,
        request: &Request,
        stamp: &Stamp,
    ) -> Result<Vec<AccountEvent>, Refusal> {
        self.pay_refund(&self.refund(id).map_err(because)?.refund, People::of(request), stamp)
    }

    fn pay_refund(
        &self,
        refund: &AskedRefund,
        people: People,
        stamp: &Stamp,
    ) -> Result<Vec<AccountEvent>, Refusal> {
        match refund {
            AskedRefund::Credit(credit) => {
                let refunded = self.refunded_on(credit, stamp.effective)?;
                let told = self.tell_pay_out(credit, people, stamp)?;
                Ok(vec![AccountEvent::CreditRefunded(refunded), AccountEvent::Intent(told)])
            }
            AskedRefund::Receipt(receipt) => {
                Ok(vec![AccountEvent::Intent(self.tell_pay_back(receipt, people, stamp))])
            }
        }
    }

    /// What a cash book is ordered to pay back of a receipt.
    fn pay_back(&self, receipt: &RefundReceipt, people: People) -> PayBack {
        PayBack {
            account: self.payer().clone(),
            amount: receipt.amount,
            approved_by: people.approved_by,
            asked_by: people.asked_by,
            currency: receipt.currency,
            customer: receipt.customer.clone(),
            payee: receipt.payee.clone(),
            reason: receipt.reason.clone(),
            receipt: receipt.receipt.clone(),
            refund: receipt.id.clone(),
        }
    }

    fn tell_pay_back(&self, receipt: &RefundReceipt, people: People, stamp: &Stamp) -> Intent {
        let order = self.pay_back(receipt, people);
        self.tell_book(&receipt.book, order.ready_id(), stamp, BookAction::PayBack(order))
    }

    fn tell_pay_out(&self, refund: &RefundCredit, people: People, stamp: &Stamp) -> Result<Intent, Refusal> {
        let item = self.ledger.item(&refund.item).map_err(because)?;
        let order = PayOut {
            account: self.payer().clone(),
            amount: refund.amount,
            approved_by: people.approved_by,
            asked_by: people.asked_by,
            currency: refund.currency,
            customer: item.terms().customer.clone(),
            effective: stamp.effective,
            item: refund.item.clone(),
            reason: refund.reason.clone(),
            refund: refund.id.clone(),
        };
        Ok(self.tell_book(&refund.book, order.ready_id(), stamp, BookAction::PayOut(order)))
    }

    /// A credit as it is paid out on a date.
    fn refunded_on(&self, refund: &RefundCredit, effective: Date) -> Result<CreditRefunded, Refusal> {
        Ok(CreditRefunded {
            amount: refund.amount,
            balances: self.balances_of_refund(refund, effective)?,
            book: refund.book.clone(),
            currency: refund.currency,
            effective,
            id: refund.id.clone(),
            item: refund.item.clone(),
            reason: refund.reason.clone(),
        })
    }

    /// What is left of a credit after a part of it is paid out.
    fn balances_of_refund(
        &self,
        refund: &RefundCredit,
        effective: Date,
    ) -> Result<Vec<ItemBalance>, Refusal> {
        let credit = self.ledger.item(&refund.item).map_err(because)?;
        if credit.terms().currency != refund.currency {
            return refuse(&LedgerError::Currency {
                item: refund.item.to_string(),
                expected: credit.terms().currency.to_string(),
                got: refund.currency.to_string(),
            });
        }
        if !credit.is_credit() {
            let (from, to) = (refund.item.to_string(), "the bank".to_owned());
            return refuse(&InvoiceError::CreditTarget { from, to });
        }
        self.ledger.check_fall(&refund.item, refund.amount, effective).map_err(because)?;
        let balance = self.balance(&refund.item, refund.amount.negated()).map_err(because)?;
        Ok(vec![balance])
    }

    /// The cash book could not pay: the refund came to nothing.
    pub(super) fn decline_refund(&self, declined: &RefundDeclined) -> Events {
        self.check_declined(declined)?;
        ruling(vec![AccountEvent::RefundDeclined(declined.clone())])
    }

    /// Whether a cash book answers what was ordered of it, and was not answered before.
    fn check_declined(&self, declined: &RefundDeclined) -> Result<(), Refusal> {
        let id = &declined.order.refund;
        let known = self.refund(id).map_err(because)?;
        let request = self.request(id).map_err(because)?;
        let answers = match known.refund.as_ref() {
            AskedRefund::Receipt(asked) => {
                asked.book == declined.book && self.pay_back(asked, People::of(request)) == declined.order
            }
            AskedRefund::Credit(_) => false,
        };
        if request.status() == ApprovalStatus::Approved && answers && known.declined.is_none() {
            return Ok(());
        }
        refuse(&AccountError::RefundUnknown { got: id.to_string() })
    }
}

impl Change<'_> {
    pub(super) fn refund_proposed(&mut self, proposed: &RefundProposed) -> Done {
        let (refund, asked) = (&proposed.refund, &proposed.approval);
        self.account.check_refund(refund, self.stamp.effective)?;
        let (amount, currency) = refund.amount();
        if (asked.digest, asked.currency, asked.net) != (refund.digest(), currency, amount) {
            return mismatch("refund", refund.id(), "asks for the approval of other content");
        }
        let job = Job::of_item(SubjectKind::Refund, currency, self.account.payer(), amount);
        self.asked(SubjectKind::Refund, refund.id(), asked, &[job])?;
        let state =
            Refunding { refund: Arc::new(refund.clone()), done: None, declined: None, declined_at: None };
        self.set(|account| &mut account.refunds, refund.id(), Some(state));
        let request = self.account.request(refund.id()).map_err(because)?.clone();
        self.tell_refund(refund, &request);
        if let (AskedRefund::Credit(credit), ApprovalStatus::Approved) = (refund, request.status()) {
            let refunded = self.account.refunded_on(credit, self.stamp.effective)?;
            self.follow(refund.id(), vec![AccountEvent::CreditRefunded(refunded)]);
        }
        Ok(())
    }

    pub(super) fn credit_refunded(&mut self, refunded: &CreditRefunded) -> Done {
        let id = &refunded.id;
        let mut state = self.account.refund(id).map_err(because)?.clone();
        let complete = self.account.request(id).map_err(because)?.status() == ApprovalStatus::Approved;
        let AskedRefund::Credit(credit) = state.refund.as_ref() else {
            return mismatch("refund", id, "is of a receipt");
        };
        if state.done.is_some() || !complete {
            return mismatch("refund", id, "lacks approvals or was paid before");
        }
        self.dated("credit", &refunded.item, refunded.effective, None)?;
        if self.account.refunded_on(credit, refunded.effective)? != *refunded {
            return mismatch("credit", &refunded.item, "leaves other balances");
        }
        let moment = self.moment(refunded.effective);
        self.item(&refunded.item, |ledger| {
            ledger.lower(&refunded.item, MovementKind::Refund, refunded.amount, id, moment)
        })?;
        let people = People::of(self.account.request(id).map_err(because)?);
        self.tell(self.account.tell_pay_out(credit, people, self.stamp)?);
        state.done = Some(refunded.effective);
        self.set(|account| &mut account.refunds, id, Some(state));
        Ok(())
    }

    pub(super) fn refund_declined(&mut self, declined: &RefundDeclined) -> Done {
        self.account.check_declined(declined)?;
        let id = &declined.order.refund;
        let mut state = self.account.refund(id).map_err(because)?.clone();
        state.declined = Some(declined.reason);
        state.declined_at = Some(self.moment(self.stamp.effective));
        self.uncount(id);
        self.set(|account| &mut account.refunds, id, Some(state));
        Ok(())
    }

    /// Money of a receipt is ordered of its cash book as soon as nobody needs to approve it any more.
    pub(super) fn tell_refund(&mut self, refund: &AskedRefund, request: &Request) {
        if let (AskedRefund::Receipt(receipt), ApprovalStatus::Approved) = (refund, request.status()) {
            self.tell(self.account.tell_pay_back(receipt, People::of(request), self.stamp));
        }
    }
}

/// Who asked that money goes back, and who approved it.
struct People {
    approved_by: Vec<Id>,
    asked_by: Id,
}

impl People {
    /// The people of a request; whoever decided for another stands beside that other, each once.
    fn of(request: &Request) -> Self {
        let approving = request.decisions().iter().filter(|one| one.verdict == Verdict::Approve);
        let people = approving.flat_map(|one| {
            let for_whom = one.delegation.as_ref().map(|delegation| delegation.from.clone());
            core::iter::once(one.actor.clone()).chain(for_whom)
        });
        let approved_by: BTreeSet<Id> = people.collect();
        Self { approved_by: approved_by.into_iter().collect(), asked_by: request.asked().author.clone() }
    }
}
