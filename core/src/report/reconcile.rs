use std::collections::BTreeMap;

use crate::account::Account;
use crate::audit::{Chain, Command, Document, Intent, LogAddress, LogKind, Stamp};
use crate::calendar::{Date, Instant};
use crate::canon::{Limits, Node, from_bytes, from_node, shape, words};
use crate::id::Id;
use crate::money::{Currency, Minor};
use crate::payment::{CashBook, ReservationState, ReservationStatus};
use crate::series::{Assigned, Series, SeriesAction};

shape! {
    /// A ready command that a record handed on and that its log has not recorded, as far as is known.
    pub struct UnderWay {
        /// What is asked for: the kind of its action.
        pub action: String,
        /// The command, to be delivered again as it stands.
        pub command: Document,
        /// From when it takes effect.
        pub effective: Date,
        /// The log whose record handed it on.
        pub from: LogAddress,
        /// Its id.
        pub id: Id,
        /// The sequence of that record.
        pub seq: u64,
        /// Since when it is under way.
        pub since: Instant,
        /// The log that it is for.
        pub to: LogAddress,
    }
}

words! {
    /// How far reserved money came whose cash book and account do not say the same yet.
    pub enum ReservedStage {
        /// Its account has not said anything.
        Reserved = "reserved",
        /// Its account applied it, and the book has not heard.
        Applied = "applied",
        /// Its account declined it, and the book has not heard.
        Declined = "declined",
        /// Its account took it back, and the book has not heard.
        TakenBack = "taken_back",
        /// Its account was not given.
        Unknown = "unknown",
    }
}

shape! {
    /// Money of a receipt on its way between a cash book and an account.
    pub struct ReservedMoney {
        /// The account.
        pub account: Id,
        /// How much.
        pub amount: Minor,
        /// The cash book.
        pub book: Id,
        /// The currency.
        pub currency: Currency,
        /// From when it counts.
        pub effective: Date,
        /// The receipt.
        pub receipt: Id,
        /// Its key.
        pub reservation: Id,
        /// How far it came.
        pub stage: ReservedStage,
    }
}

words! {
    /// Why a number that was given stands on no document.
    pub enum LooseReason {
        /// Its document has not taken it yet.
        UnderWay = "under_way",
        /// Its account has no such document: somebody asked for it by hand.
        NoDocument = "no_document",
        /// Its account was not given.
        Unknown = "unknown",
    }
}

shape! {
    /// A number that was given and that stands on no document, as far as is known.
    pub struct LooseNumber {
        /// The account that it was given to.
        pub account: Id,
        /// Its date.
        pub date: Date,
        /// The document that it was given to.
        pub document: Id,
        /// The number.
        pub number: Id,
        /// Why it stands on none.
        pub reason: LooseReason,
        /// The series.
        pub series: Id,
    }
}

shape! {
    /// What is under way between logs. Delivering the commands, and those that this hands on, brings all of it to an end
    /// but for what a log refuses.
    pub struct Reconciliation {
        /// Ready commands, by the moment they were handed on, their log and record, in the order of the record.
        pub commands: Vec<UnderWay>,
        /// Logs that are named and were not given: what is said of them may be done already.
        pub missing: Vec<LogAddress>,
        /// Numbers without a document, by series, date and number.
        pub numbers: Vec<LooseNumber>,
        /// Money between books and accounts, by book and key.
        pub reserved: Vec<ReservedMoney>,
        /// Whether nothing is under way.
        pub settled: bool,
    }
}

/// Logs between which something may be under way.
#[derive(Debug, Clone, Copy)]
pub struct Reconciled<'a> {
    /// Accounts.
    pub accounts: &'a [&'a Account],
    /// Cash books.
    pub books: &'a [&'a CashBook],
    /// Logs of other kinds that only receive.
    pub others: &'a [&'a Chain],
    /// Number series.
    pub series: &'a [&'a Series],
}

/// A log among others of its seller.
type Place<'a> = (LogKind, &'a Id);

/// The logs by their places; a log that is given twice stands here once.
struct Known<'a> {
    accounts: BTreeMap<&'a Id, &'a Account>,
    books: BTreeMap<&'a Id, &'a CashBook>,
    chains: BTreeMap<Place<'a>, &'a Chain>,
    series: BTreeMap<&'a Id, &'a Series>,
}

const fn place(address: &LogAddress) -> Place<'_> {
    (address.kind, &address.id)
}

impl<'a> Known<'a> {
    fn of(logs: Reconciled<'a>) -> Self {
        let accounts = logs.accounts.iter().map(|account| account.chain());
        let books = logs.books.iter().map(|book| book.chain());
        let series = logs.series.iter().map(|series| series.chain());
        let chains = accounts.chain(books).chain(series).chain(logs.others.iter().copied());
        Self {
            accounts: logs.accounts.iter().map(|account| (account.payer(), *account)).collect(),
            books: logs.books.iter().map(|book| (&book.chain().address().id, *book)).collect(),
            chains: chains.map(|chain| (place(chain.address()), chain)).collect(),
            series: logs.series.iter().map(|series| (&series.chain().address().id, *series)).collect(),
        }
    }

    /// Whether the log of a ready command recorded it. A document gets one number: a request that its series refused
    /// once is answered with the number of a later one.
    fn is_taken(&self, intent: &Intent) -> bool {
        let recorded = self.chains.get(&place(&intent.log)).and_then(|chain| chain.recorded(&intent.id));
        recorded.is_some()
            || self.series.get(&intent.log.id).filter(|_| intent.log.kind == LogKind::Series).is_some_and(
                |series| {
                    let asked = from_bytes::<Command<SeriesAction>>(intent.command.bytes());
                    asked.is_ok_and(|asked| match asked.action {
                        SeriesAction::Assign(ask) => series.assigned_to(&ask.account, &ask.invoice).is_some(),
                        SeriesAction::ClosePeriod(_)
                        | SeriesAction::EraseSubject(_)
                        | SeriesAction::ImportNumbers(_)
                        | SeriesAction::LiftLegalHold(_)
                        | SeriesAction::PlaceLegalHold(_)
                        | SeriesAction::Purge(_)
                        | SeriesAction::ReopenPeriod(_) => false,
                    })
                },
            )
    }

    fn commands(&self) -> Vec<UnderWay> {
        let told = self
            .chains
            .values()
            .flat_map(|chain| chain.told().map(move |(seq, intent)| (chain, seq, intent)));
        let open = told.filter(|(_, _, intent)| !self.is_taken(intent));
        let mut commands: Vec<UnderWay> =
            open.filter_map(|(chain, seq, intent)| under_way(chain.address(), seq, intent)).collect();
        // What one record hands on stays in its order.
        commands.sort_by(|a, b| (a.since, place(&a.from), a.seq).cmp(&(b.since, place(&b.from), b.seq)));
        commands
    }

    fn reserved(&self) -> Vec<ReservedMoney> {
        let states = self
            .books
            .iter()
            .flat_map(|(id, book)| book.reservations().map(move |state| (*id, *book, state)));
        let open = states.filter_map(|(id, book, state)| {
            let reservation = &state.reservation;
            Some(ReservedMoney {
                account: reservation.account.clone(),
                amount: state.cash(),
                book: id.clone(),
                currency: book.receipt(&reservation.receipt).ok()?.currency,
                effective: reservation.effective,
                receipt: reservation.receipt.clone(),
                reservation: reservation.id.clone(),
                stage: self.stage(state)?,
            })
        });
        open.collect()
    }

    /// How far money came; nothing where book and account agree.
    fn stage(&self, state: &ReservationState) -> Option<ReservedStage> {
        let account = self.accounts.get(&state.reservation.account);
        let applied = account.and_then(|account| account.application(&state.reservation.id));
        match (state.status, account, applied) {
            (ReservationStatus::Pending | ReservationStatus::Confirmed, _, Some(applied))
                if applied.unapplied.is_some() =>
            {
                Some(ReservedStage::TakenBack)
            }
            (ReservationStatus::Pending, _, Some(_)) => Some(ReservedStage::Applied),
            (ReservationStatus::Pending, None, None) => Some(ReservedStage::Unknown),
            (ReservationStatus::Pending, Some(account), None) => {
                let declined = account.has_refused(&state.reservation.id);
                Some(if declined { ReservedStage::Declined } else { ReservedStage::Reserved })
            }
            (
                ReservationStatus::Confirmed | ReservationStatus::Released | ReservationStatus::Unapplied,
                _,
                _,
            ) => None,
        }
    }

    fn numbers(&self) -> Vec<LooseNumber> {
        let given = self.series.values().flat_map(|series| series.assigned());
        let mut numbers: Vec<LooseNumber> = given
            .filter_map(|given| {
                Some(LooseNumber {
                    account: given.account.clone(),
                    date: given.date,
                    document: given.invoice.clone(),
                    number: given.number.clone(),
                    reason: self.loose(given)?,
                    series: given.series.clone(),
                })
            })
            .collect();
        numbers.sort_by(|a, b| (&a.series, a.date, &a.number).cmp(&(&b.series, b.date, &b.number)));
        numbers
    }

    /// Why a number stands on no document; nothing where it stands on one.
    fn loose(&self, given: &Assigned) -> Option<LooseReason> {
        let Some(account) = self.accounts.get(&given.account) else { return Some(LooseReason::Unknown) };
        let invoice = account.invoice(&given.invoice).ok().map(|invoice| invoice.number.as_ref());
        let credit = account.credit_note(&given.invoice).ok().map(|credit| credit.number.as_ref());
        match invoice.or(credit) {
            Some(Some(_)) => None,
            Some(None) => Some(LooseReason::UnderWay),
            None => Some(LooseReason::NoDocument),
        }
    }
}

fn under_way(from: &LogAddress, seq: u64, intent: &Intent) -> Option<UnderWay> {
    let command = Node::parse(intent.command.bytes(), Limits::default()).ok()?;
    let stamp: Stamp = from_node(command.get("stamp")?).ok()?;
    Some(UnderWay {
        action: command.at("/action/kind")?.text()?.to_owned(),
        command: intent.command.clone(),
        effective: stamp.effective,
        from: from.clone(),
        id: intent.id.clone(),
        seq,
        since: stamp.at,
        to: intent.log.clone(),
    })
}

/// Shows what is under way between logs: ready commands that were handed on and not recorded where they are for, money
/// between cash books and accounts, numbers that stand on no document. The logs are all it takes: a host that lost
/// everything else delivers the commands as they stand.
#[must_use]
pub fn reconcile(logs: Reconciled<'_>) -> Reconciliation {
    let known = Known::of(logs);
    let (commands, numbers, reserved) = (known.commands(), known.numbers(), known.reserved());
    let account =
        |seller: &Id, id: &Id| LogAddress { id: id.clone(), kind: LogKind::Account, seller: seller.clone() };
    let mut missing: Vec<LogAddress> = commands.iter().map(|one| one.to.clone()).collect();
    if let Some(seller) = known.chains.values().next().map(|chain| &chain.address().seller) {
        let unknown = numbers.iter().filter(|one| one.reason == LooseReason::Unknown);
        missing.extend(unknown.map(|one| account(seller, &one.account)));
        let unknown = reserved.iter().filter(|one| one.stage == ReservedStage::Unknown);
        missing.extend(unknown.map(|one| account(seller, &one.account)));
    }
    missing.retain(|address| !known.chains.contains_key(&place(address)));
    missing.sort_by(|a, b| place(a).cmp(&place(b)));
    missing.dedup();
    let loose = numbers.iter().filter(|one| one.reason == LooseReason::UnderWay).count();
    let settled = commands.is_empty() && reserved.is_empty() && loose == 0;
    Reconciliation { commands, missing, numbers, reserved, settled }
}
