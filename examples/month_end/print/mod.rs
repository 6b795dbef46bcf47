//! The month end for people at a terminal.

pub mod explain;
pub mod findings;
pub mod invoices;
pub mod payments;
pub mod receivables;
pub mod table;
pub mod tasks;

use std::collections::BTreeMap;
use std::io::Write;

use duebill::calendar::Date;
use duebill::canon::from_bytes;
use duebill::id::Id;
use duebill::receivables::AgingReport;
use duebill::report::{self, AccountView, CashBookView, TasksView};
use duebill::rulebook::Rulebook;
use duebill::wire::Log;

use crate::Outcome;
use crate::host::Host;

/// What the core's own types say of a month.
pub struct Month<'r> {
    /// For names and zones.
    pub rulebook: &'r Rulebook,
    /// Accounts, by id.
    pub accounts: Vec<AccountView>,
    /// Cash books, by id.
    pub books: Vec<CashBookView>,
    /// Tasks of each account, by id.
    pub tasks: Vec<TasksView>,
    /// The aging.
    pub aging: AgingReport,
    /// The number of each issued invoice and opening item, by account and id.
    pub numbers: BTreeMap<(Id, Id), Id>,
}

impl<'r> Month<'r> {
    /// Asks for everything as of a date.
    ///
    /// # Errors
    /// A date that is none.
    pub fn of(host: &'r Host, as_of: &str) -> Outcome<Self> {
        let (rulebook, date) = (host.rulebook(), Date::parse(as_of)?);
        let (mut accounts, mut books, mut numbers) = (Vec::new(), Vec::new(), BTreeMap::new());
        let mut tasks = Vec::new();
        for log in host.logs() {
            match log {
                Log::Account(account) => {
                    accounts.push(report::account(account, rulebook, date, &[]));
                    tasks.push(report::tasks(account, date));
                }
                Log::CashBook(book) => books.push(report::cash_book(book, date)),
                Log::Rulebook(_) | Log::Series(_) => {}
            }
        }
        for account in &accounts {
            let issued = account.invoices.iter().filter_map(|one| Some((&one.id, one.number.as_ref()?)));
            let opening = account.opening_items.iter().map(|item| (&item.id, &item.number));
            for (id, number) in issued.chain(opening) {
                numbers.insert((account.account.clone(), id.clone()), number.clone());
            }
        }
        Ok(Self { rulebook, accounts, books, tasks, aging: from_bytes(&host.aging(as_of)?)?, numbers })
    }

    /// The name of a customer.
    pub fn name<'a>(&'a self, customer: &'a Id) -> &'a str {
        self.rulebook.terms(customer).map_or(customer.as_str(), |terms| terms.name())
    }

    /// The number of an item, or its id while it has none.
    pub fn number<'a>(&'a self, account: &Id, item: &'a Id) -> &'a Id {
        self.numbers.get(&(account.clone(), item.clone())).unwrap_or(item)
    }
}

/// Writes everything.
///
/// # Errors
/// Whatever the terminal refuses.
pub fn month(out: &mut dyn Write, host: &Host, as_of: &str) -> Outcome<()> {
    let month = Month::of(host, as_of)?;
    let (bold, seller) = (table::BOLD, host.rulebook().policy().seller());
    writeln!(out, "{bold}Month end of {seller} as of {as_of}{bold:#}")?;
    findings::write(out, &month, host.refused())?;
    findings::write_approvals(out, &month)?;
    invoices::write(out, &month)?;
    tasks::write(out, &month)?;
    payments::write(out, &month)?;
    receivables::write(out, &month)?;
    Ok(())
}
