//! All that a month end says: the answers of the core, gathered and written as one document.

use std::time::Instant;

use duebill::audit::LogKind;
use duebill::canon::to_bytes;
use duebill::wire;
use serde_json::json;

use crate::Outcome;
use crate::host::Host;

/// The answers of the core, byte for byte.
pub struct Answer {
    /// The date they are as of.
    pub as_of: String,
    /// Accounts, by id.
    pub accounts: Vec<Vec<u8>>,
    /// The aging.
    pub aging: Vec<u8>,
    /// Cash books, by id.
    pub cash_books: Vec<Vec<u8>>,
    /// Numbers, by series.
    pub numbers: Vec<Vec<u8>>,
}

impl Answer {
    /// Asks a host for everything.
    ///
    /// # Errors
    /// What the core refuses: a date that is none, above all.
    pub fn gather(host: &Host, as_of: &str) -> Outcome<Self> {
        Ok(Self {
            as_of: as_of.to_owned(),
            accounts: ask(host, LogKind::Account, as_of)?,
            aging: host.aging(as_of)?,
            cash_books: ask(host, LogKind::CashBook, as_of)?,
            numbers: ask(host, LogKind::Series, as_of)?,
        })
    }

    /// One line of canonical JSON, the same from every host but for the timings.
    ///
    /// # Errors
    /// None: every answer is UTF-8.
    pub fn json(&self, host: &Host, started: Instant) -> Outcome<String> {
        let refused = host.refused().iter().map(|refused| {
            let (command, log) = (json!(refused.command).to_string().into_bytes(), to_bytes(&refused.log));
            [
                &b"{\"command\":"[..],
                &command,
                b",\"log\":",
                &log,
                b",\"refusal\":",
                &wire::refusal(&refused.refusal),
                b"}",
            ]
            .concat()
        });
        let line = format!(
            "{{\"accounts\":{},\"aging\":{},\"as_of\":{},\"cash_books\":{},\"numbers\":{},\"refused\":{},\
             \"schema\":\"duebill/month_end/1\",\"timings\":{{\"core_ms\":{},\"total_ms\":{}}}}}",
            list(&self.accounts)?,
            core::str::from_utf8(&self.aging)?,
            json!(self.as_of),
            list(&self.cash_books)?,
            list(&self.numbers)?,
            list(&refused.collect::<Vec<_>>())?,
            host.core().as_millis(),
            started.elapsed().as_millis(),
        );
        Ok(line)
    }
}

fn list(documents: &[Vec<u8>]) -> Outcome<String> {
    Ok(format!("[{}]", String::from_utf8(documents.join(&b','))?))
}

/// The question that a kind of log is asked.
fn ask(host: &Host, kind: LogKind, as_of: &str) -> Outcome<Vec<Vec<u8>>> {
    let question = match kind {
        LogKind::Account => json!({ "as_of": as_of, "kind": "account" }),
        LogKind::CashBook => json!({ "as_of": as_of, "kind": "cash_book" }),
        LogKind::Rulebook => json!({ "kind": "publications" }),
        LogKind::Series => json!({ "kind": "numbers" }),
    };
    let logs = host.logs().into_iter().filter(|log| log.kind() == kind);
    logs.map(|log| host.ask(log, &question.to_string())).collect()
}
