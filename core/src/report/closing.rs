use std::collections::BTreeMap;

use crate::account::Account;
use crate::audit::{Chain, Head, LogAddress};
use crate::calendar::Date;
use crate::canon::{Digest, shape, words};
use crate::id::Id;
use crate::invoice::{DiscountTaxShare, Draft, Totals};
use crate::ledger::{Adjustment, AdjustmentKind, Allocation, ItemKind, Movement, MovementKind, OpenItem};
use crate::money::{Currency, Minor, MoneyError, Price, Rounding, divide, split};
use crate::payment::{Application, CashBook};
use crate::task::{TaskAction, TaskStatus};
use crate::tax::{TaxRole, TaxRow};

words! {
    /// The accounts of a general ledger that a journal is posted to.
    pub enum LedgerAccount {
        /// Money in the bank.
        Bank = "bank",
        /// What customers owe.
        Receivables = "receivables",
        /// Money that is not applied yet.
        UnappliedCash = "unapplied_cash",
        /// What was earned.
        Revenue = "revenue",
        /// Tax that is owed.
        TaxPayable = "tax_payable",
        /// Tax that buyers kept back.
        WithheldTax = "withheld_tax",
        /// Paid ahead.
        Deposits = "deposits",
        /// Rounding of what is to be paid.
        Rounding = "rounding",
        /// Early-payment discounts.
        Discounts = "discounts",
        /// Fees that banks kept back.
        BankFees = "bank_fees",
        /// Fees that payment providers kept back.
        GatewayFees = "gateway_fees",
        /// Exchange differences.
        ExchangeDifferences = "exchange_differences",
        /// Written off, less what is owed again.
        WriteOffs = "write_offs",
        /// Balances that moved in from another system.
        OpeningBalances = "opening_balances",
        /// Items that moved between accounts.
        Transfers = "transfers",
    }
}

shape! {
    /// The tax that is posted: a general ledger keeps an account for each.
    pub struct JournalTax {
        /// The tax category; unknown when left out.
        pub category: Option<Id>,
        /// The rate in percent.
        pub percent: Price,
        /// What the buyer does with it.
        pub role: TaxRole,
    }
}

shape! {
    /// What was posted to one account of the general ledger.
    pub struct JournalLine {
        /// The account.
        pub account: LedgerAccount,
        /// Sum of its credits.
        pub credit: Minor,
        /// Sum of its debits.
        pub debit: Minor,
        /// The tax, where the account is one of taxes; left out for what is not told by rate.
        pub tax: Option<JournalTax>,
    }
}

shape! {
    /// How a balance went from one day to another.
    pub struct RollForward {
        /// At the end of the last day.
        pub closing: Minor,
        /// What lowered it.
        pub decrease: Minor,
        /// What raised it.
        pub increase: Minor,
        /// At the end of the day before the first.
        pub opening: Minor,
        /// What the postings do not explain: nothing, unless something is under way between two logs.
        pub unexplained: Minor,
    }
}

shape! {
    /// The period in one currency.
    pub struct ClosingSection {
        /// The currency.
        pub currency: Currency,
        /// Postings by account, those of taxes by role, category and rate too; debits and credits are equal.
        pub journal: Vec<JournalLine>,
        /// Signed open items.
        pub receivables: RollForward,
        /// Money that is not applied, of unknown payers too.
        pub unapplied_cash: RollForward,
    }
}

shape! {
    /// A log with the days that are closed: as it stood when it closed the period hard, or as it stands.
    pub struct ClosedLog {
        /// The last day that is closed hard.
        pub hard: Option<Date>,
        /// The record that closed the period, or the last one.
        pub head: Head,
        /// The log.
        pub log: LogAddress,
        /// The last day that is closed softly, beyond those that are closed hard.
        pub soft: Option<Date>,
    }
}

shape! {
    /// A task that waits, or failed, when a period ends.
    pub struct OpenTask {
        /// The payer.
        pub account: Id,
        /// What is to be done.
        pub action: TaskAction,
        /// The document that it is about.
        pub document: Id,
        /// From when.
        pub since: Date,
        /// Where it stands.
        pub status: TaskStatus,
        /// Its id.
        pub task: Id,
    }
}

shape! {
    /// What a period comes to: for whoever closes it, and for the general ledger.
    pub struct ClosingPack {
        /// The first day.
        pub from: Date,
        /// Every log with its head.
        pub logs: Vec<ClosedLog>,
        /// One section per currency; currencies are never added.
        pub sections: Vec<ClosingSection>,
        /// What the outside world was asked to do by the last day and has not done, by account and id.
        pub tasks: Vec<OpenTask>,
        /// The last day.
        pub through: Date,
    }
}

/// A tax by role, category and rate.
type TaxKey = (TaxRole, Option<Id>, Price);

/// Debits and credits by account, of taxes by each.
type Postings = BTreeMap<(LedgerAccount, Option<TaxKey>), (i128, i128)>;

fn key_of(row: &TaxRow) -> TaxKey {
    (row.role, Some(row.category.clone()), row.percent)
}

/// One currency under way.
#[derive(Default)]
struct Sums {
    postings: Postings,
    receivables: (i128, i128),
    unapplied: (i128, i128),
}

impl Sums {
    /// Debits an account, or credits it by an amount below nothing.
    fn debit(&mut self, account: LedgerAccount, amount: i128) {
        self.post(account, None, amount);
    }

    fn post(&mut self, account: LedgerAccount, tax: Option<TaxKey>, amount: i128) {
        // What comes to nothing is no posting: something of another period leaves no trace in this one.
        if amount == 0 {
            return;
        }
        let (debits, credits) = self.postings.entry((account, tax)).or_default();
        if amount < 0 {
            *credits = credits.saturating_sub(amount);
        } else {
            *debits = debits.saturating_add(amount);
        }
    }

    fn credit(&mut self, account: LedgerAccount, amount: i128) {
        self.debit(account, amount.saturating_neg());
    }

    /// Whether nothing was posted and nothing stood.
    fn is_empty(&self) -> bool {
        self.postings.is_empty() && self.receivables == (0, 0) && self.unapplied == (0, 0)
    }

    /// A document, or with a sign of -1 what takes it back. A down payment is owed to the customer until an
    /// invoice deducts it, its tax with it.
    fn document(&mut self, draft: Option<&Draft>, totals: &Totals, sign: i128) {
        let signed = |minor: Minor| units(minor).saturating_mul(sign);
        let earns = if draft.is_some_and(Draft::is_deposit) {
            LedgerAccount::Deposits
        } else {
            LedgerAccount::Revenue
        };
        // A credit note takes back what its invoice deducted, or nothing of it.
        let parts = draft.filter(|_| !totals.prepaid.is_zero()).into_iter().flat_map(|draft| &draft.deposits);
        for row in parts.flat_map(|part| &part.taxes) {
            let owed = self.tax(row, sign.saturating_neg());
            self.credit(LedgerAccount::Deposits, owed);
        }
        self.debit(LedgerAccount::Receivables, signed(totals.payable));
        for row in &totals.taxes {
            self.tax(row, sign);
        }
        self.debit(LedgerAccount::Deposits, signed(totals.prepaid));
        self.credit(earns, signed(totals.net));
        self.credit(LedgerAccount::Rounding, signed(totals.rounding));
    }

    /// The tax of a row, owed or kept back; returns what was debited in all.
    fn tax(&mut self, row: &TaxRow, sign: i128) -> i128 {
        let (account, amount) = match row.role {
            TaxRole::Tax | TaxRole::Surcharge => (LedgerAccount::TaxPayable, units(row.tax).saturating_neg()),
            TaxRole::Withheld => (LedgerAccount::WithheldTax, units(row.tax)),
        };
        let amount = amount.saturating_mul(sign);
        self.post(account, Some(key_of(row)), amount);
        amount
    }

    /// Money applied to an item, or with a sign of -1 taken back, with the tax that its discount leaves out.
    fn allocation(&mut self, allocation: &Allocation, sign: i128) {
        let signed = |minor: Minor| units(minor).saturating_mul(sign);
        self.debit(LedgerAccount::UnappliedCash, signed(allocation.cash));
        self.credit(LedgerAccount::Receivables, signed(allocation.cash));
        for adjustment in &allocation.adjustments {
            let account = match adjustment.kind {
                AdjustmentKind::Discount => LedgerAccount::Discounts,
                AdjustmentKind::ExchangeDifference => LedgerAccount::ExchangeDifferences,
                AdjustmentKind::Fee => LedgerAccount::BankFees,
                AdjustmentKind::Withholding => LedgerAccount::WithheldTax,
                AdjustmentKind::WriteOff => LedgerAccount::WriteOffs,
            };
            self.debit(account, signed(adjustment.amount));
            self.credit(LedgerAccount::Receivables, signed(adjustment.amount));
        }
    }

    /// The tax in a discount is owed no more.
    fn untax(&mut self, key: Option<TaxKey>, tax: i128) {
        self.post(LedgerAccount::TaxPayable, key, tax);
        self.credit(LedgerAccount::Discounts, tax);
    }

    /// The other side of something that lowers an item.
    fn falls(&mut self, other: LedgerAccount, fall: i128) {
        self.debit(other, fall);
        self.credit(LedgerAccount::Receivables, fall);
    }

    fn section(self, currency: Currency) -> Result<ClosingSection, MoneyError> {
        let of = |account| self.postings.get(&(account, None)).copied().unwrap_or_default();
        let (up, down) = of(LedgerAccount::Receivables);
        let (spent, came) = of(LedgerAccount::UnappliedCash);
        let journal = self.postings.iter().map(|((account, tax), (debit, credit))| {
            let (debit, credit) = (Minor::from_wide(*debit)?, Minor::from_wide(*credit)?);
            let tax = tax.clone().map(|(role, category, percent)| JournalTax { category, percent, role });
            Ok(JournalLine { account: *account, credit, debit, tax })
        });
        Ok(ClosingSection {
            currency,
            journal: journal.collect::<Result<_, MoneyError>>()?,
            receivables: roll(self.receivables, up, down)?,
            unapplied_cash: roll(self.unapplied, came, spent)?,
        })
    }
}

fn units(minor: Minor) -> i128 {
    i128::from(minor.units())
}

fn roll((opening, closing): (i128, i128), increase: i128, decrease: i128) -> Result<RollForward, MoneyError> {
    let explained = opening.saturating_add(increase).saturating_sub(decrease);
    Ok(RollForward {
        closing: Minor::from_wide(closing)?,
        decrease: Minor::from_wide(decrease)?,
        increase: Minor::from_wide(increase)?,
        opening: Minor::from_wide(opening)?,
        unexplained: Minor::from_wide(closing.saturating_sub(explained))?,
    })
}

/// The days of a period, and the day before it.
#[derive(Debug, Clone, Copy)]
struct Days {
    before: Option<Date>,
    from: Date,
    through: Date,
}

impl Days {
    fn contains(self, date: Date) -> bool {
        (self.from..=self.through).contains(&date)
    }
}

/// What accounts and cash books come to over some days: postings by account, and how receivables and
/// unapplied cash went from the day before to the last.
///
/// # Errors
/// [`MoneyError::Overflow`] for sums beyond every limit.
pub fn closing<'a>(
    accounts: &[&'a Account],
    books: &[&'a CashBook],
    others: impl IntoIterator<Item = &'a Chain>,
    (from, through): (Date, Date),
) -> Result<ClosingPack, MoneyError> {
    let days = Days { before: from.minus_days(1).ok(), from, through };
    let mut currencies: BTreeMap<Currency, Sums> = BTreeMap::new();
    let mut said: BTreeMap<&Id, Application> = BTreeMap::new();
    for account in accounts {
        said.extend(account.applied().map(|applied| (&applied.reservation.id, applied.application())));
        for item in account.ledger().items() {
            of_item(currencies.entry(item.terms().currency).or_default(), account, item, days);
        }
    }
    for book in books {
        of_book(&mut currencies, book, &said, days);
    }
    let chains = accounts.iter().map(|account| account.chain());
    let chains = chains.chain(books.iter().map(|book| book.chain())).chain(others);
    let mut logs: Vec<ClosedLog> = chains.map(|chain| closed_log(chain, through)).collect();
    logs.sort_by(|a, b| (a.log.kind.word(), &a.log.id).cmp(&(b.log.kind.word(), &b.log.id)));
    let stood = currencies.into_iter().filter(|(_, sums)| !sums.is_empty());
    let sections = stood.map(|(currency, sums)| sums.section(currency));
    let tasks = open_tasks(accounts, through);
    Ok(ClosingPack { from, logs, sections: sections.collect::<Result<_, _>>()?, tasks, through })
}

fn open_tasks(accounts: &[&Account], through: Date) -> Vec<OpenTask> {
    let mut open = Vec::new();
    for account in accounts {
        let tasks = super::tasks(account, through).tasks.into_iter();
        let waiting = tasks.filter(|one| matches!(one.status, TaskStatus::Pending | TaskStatus::Failed));
        open.extend(waiting.map(|one| OpenTask {
            account: account.payer().clone(),
            action: one.task.action,
            document: one.task.document,
            since: one.task.effective,
            status: one.status,
            task: one.task.id,
        }));
    }
    open.sort_by(|a, b| (&a.account, &a.task).cmp(&(&b.account, &b.task)));
    open
}

/// A log as it stood when it closed the period; as it stands, where it has not.
fn closed_log(chain: &Chain, through: Date) -> ClosedLog {
    if let Some((last, seq)) = chain.closed().and_then(|closed| closed.closing_of(through)) {
        let head = Head { hash: chain.hash(seq).unwrap_or(Digest::ZERO), seq };
        return ClosedLog { head, hard: Some(last), log: chain.address().clone(), soft: None };
    }
    ClosedLog {
        head: chain.head().clone(),
        hard: chain.closed().and_then(|closed| closed.hard),
        log: chain.address().clone(),
        soft: chain.closed().and_then(|closed| closed.soft),
    }
}

fn of_item(sums: &mut Sums, account: &Account, item: &OpenItem, days: Days) {
    let opening = days.before.map_or(Minor::ZERO, |before| item.open_at(before));
    sums.receivables.0 = sums.receivables.0.saturating_add(units(opening));
    sums.receivables.1 = sums.receivables.1.saturating_add(units(item.open_at(days.through)));
    let id = &item.terms().id;
    let issued =
        |sums: &mut Sums, sign: i128| match (item.kind(), account.invoice(id), account.credit_note(id)) {
            (ItemKind::Invoice, Ok(invoice), _) => {
                sums.document(Some(&invoice.draft), &invoice.draft.totals, sign);
            }
            (ItemKind::CreditNote, _, Ok(credit)) => {
                let of = account.invoice(&credit.note.invoice).ok().map(|invoice| invoice.draft.as_ref());
                sums.document(of, &credit.note.totals, sign.saturating_neg());
            }
            (ItemKind::Opening, _, _) => {
                sums.falls(
                    LedgerAccount::OpeningBalances,
                    units(item.terms().open).saturating_mul(sign).saturating_neg(),
                );
            }
            _ => sums.falls(
                LedgerAccount::Transfers,
                units(item.terms().open).saturating_mul(sign).saturating_neg(),
            ),
        };
    if days.contains(item.opened()) {
        issued(sums, 1);
    }
    // Of every day, because the tax of a discount is that of all that was left out so far.
    let mut left_out = 0_i128;
    for movement in item.movements() {
        let allocation = allocation_of(account, item, movement);
        let sign = if movement.kind == MovementKind::Unapplied { -1 } else { 1 };
        let before = discount_taxes(item, left_out);
        left_out = left_out.saturating_add(match (&allocation, movement.kind) {
            (Some((allocation, [back, _])), _) => {
                discount(allocation).saturating_mul(sign).saturating_add(*back)
            }
            (None, MovementKind::DiscountReversed) => units(movement.fall),
            (None, _) => 0,
        });
        if !days.contains(movement.effective) {
            continue;
        }
        let fall = units(movement.fall);
        for ((key, now), (_, before)) in discount_taxes(item, left_out).into_iter().zip(before) {
            sums.untax(key, now.saturating_sub(before));
        }
        match movement.kind {
            MovementKind::Allocation | MovementKind::Unapplied => {
                if let Some((allocation, backs)) = allocation {
                    sums.allocation(allocation, sign);
                    let [discount, remainder] = backs;
                    sums.falls(LedgerAccount::Discounts, discount);
                    sums.falls(LedgerAccount::WriteOffs, remainder);
                }
            }
            // A credit note and its invoice move towards each other: nothing leaves the receivables.
            MovementKind::Credit => sums.credit(LedgerAccount::Receivables, fall),
            MovementKind::Refund => sums.falls(LedgerAccount::Bank, fall),
            MovementKind::WriteOff | MovementKind::Recovery => sums.falls(LedgerAccount::WriteOffs, fall),
            MovementKind::DiscountReversed => sums.falls(LedgerAccount::Discounts, fall),
            MovementKind::Transfer => sums.falls(LedgerAccount::Transfers, fall),
            MovementKind::Void => issued(sums, -1),
        }
    }
}

/// What a movement allocates or takes back, with what a credit note took back of its discount and its remainder before:
/// that is not taken back again.
fn allocation_of<'a>(
    account: &'a Account,
    item: &OpenItem,
    movement: &Movement,
) -> Option<(&'a Allocation, [i128; 2])> {
    let undone = movement.kind == MovementKind::Unapplied;
    let applied = account.application(&movement.cause);
    let reservation = &applied.filter(|_| undone || movement.kind == MovementKind::Allocation)?.reservation;
    let back = |place, kind| if undone { units(account.reversed(reservation, place, kind)) } else { 0 };
    let backs = |place| Adjustment::LEFT_OUT.map(|kind| back(place, kind));
    let mut all = reservation.allocations.iter().enumerate().map(|(place, one)| (one, backs(place)));
    // Several allocations of one receipt to one item are told apart by what they came to.
    all.find(|(allocation, backs)| {
        let fall = allocation.fall().map(|fall| units(fall).saturating_sub(backs.iter().sum()));
        allocation.item == item.terms().id
            && fall.is_ok_and(|fall| fall.saturating_abs() == units(movement.fall).saturating_abs())
    })
}

/// The early-payment discount of an allocation.
fn discount(allocation: &Allocation) -> i128 {
    let own = allocation.adjustments.iter().filter(|one| one.kind == AdjustmentKind::Discount);
    own.fold(0, |sum, one| sum.saturating_add(units(one.amount)))
}

/// The tax in what was left out so far of the discount that an item offers, by category and rate: a part of the
/// discount takes its part of the tax, whose shares add up to it by largest remainder.
fn discount_taxes(item: &OpenItem, left_out: i128) -> Vec<(Option<TaxKey>, i128)> {
    let Some(offer) = &item.terms().discount else { return Vec::new() };
    let part = |whole: Minor| {
        let product = left_out.saturating_mul(units(whole));
        divide(product, units(offer.amount), Rounding::HalfUp).unwrap_or(0)
    };
    if offer.taxes.is_empty() {
        // One that moved in need not say its rates.
        return vec![(None, part(offer.tax))];
    }
    let least = |share: &DiscountTaxShare| share.tax.min(Minor::ZERO);
    // What a rate takes whose net is below nothing is rounded by itself.
    let below: Vec<i128> = offer.taxes.iter().map(|share| part(least(share))).collect();
    let weights: Vec<i64> = offer.taxes.iter().map(|share| share.tax.units().max(0)).collect();
    let rest = i64::try_from(part(offer.tax).saturating_sub(below.iter().sum())).unwrap_or(0);
    let parts = split(rest, &weights).unwrap_or_else(|_| {
        // None is above nothing: what rounding leaves goes to the first.
        let zeros = core::iter::repeat_n(0, weights.len().saturating_sub(1));
        core::iter::once(rest).chain(zeros).collect()
    });
    let shares = offer.taxes.iter().zip(below.into_iter().zip(parts));
    let posted = shares.map(|(share, (below, part))| {
        let key = (TaxRole::Tax, share.category.clone(), share.percent);
        (Some(key), below.saturating_add(part.into()))
    });
    posted.collect()
}

fn of_book(
    currencies: &mut BTreeMap<Currency, Sums>,
    book: &CashBook,
    said: &BTreeMap<&Id, Application>,
    days: Days,
) {
    for booked in book.entries().filter(|booked| days.contains(booked.moment.effective)) {
        // Its receipts stand in the bank whole, its refunds and chargebacks leave it by themselves.
        let fees = units(booked.entry.fees().unwrap_or_default());
        let sums = currencies.entry(booked.entry.currency).or_default();
        sums.debit(LedgerAccount::GatewayFees, fees);
        sums.credit(LedgerAccount::Bank, fees);
    }
    for receipt in book.receipts() {
        let sums = currencies.entry(receipt.currency).or_default();
        let at = |date: Date| units(book.unapplied_at(receipt, date, said));
        sums.unapplied.0 = sums.unapplied.0.saturating_add(days.before.map_or(0, at));
        sums.unapplied.1 = sums.unapplied.1.saturating_add(at(days.through));
        let amount = units(receipt.receipt.amount);
        if days.contains(receipt.value_date) {
            sums.debit(LedgerAccount::Bank, amount);
            sums.credit(LedgerAccount::UnappliedCash, amount);
        }
        let refunds = book.refunds_of(&receipt.receipt.id).filter(|refund| days.contains(refund.effective));
        let back = refunds.fold(0_i128, |sum, refund| sum.saturating_add(units(refund.amount)));
        let reversed = receipt.reversed.as_ref().filter(|reversed| days.contains(reversed.effective));
        let gone = back.saturating_add(if reversed.is_some() { amount } else { 0 });
        sums.debit(LedgerAccount::UnappliedCash, gone);
        sums.credit(LedgerAccount::Bank, gone);
    }
}
