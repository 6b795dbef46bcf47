//! What somebody should look at, what was refused, and who agreed to what.

use std::io::Write;

use duebill::approval::Verdict;
use duebill::finding::Severity;
use duebill::report::{AccountView, ApprovalView, Tone};

use super::Month;
use super::table::{Table, heading, left, money, right, tone};
use crate::Outcome;
use crate::host::Refused;

/// Writes findings and refusals.
///
/// # Errors
/// Whatever the terminal refuses.
pub fn write(out: &mut dyn Write, month: &Month<'_>, refused: &[Refused]) -> Outcome<()> {
    heading(out, "Findings")?;
    let mut table = Table::default();
    for account in &month.accounts {
        for finding in &account.findings {
            let style = tone(match finding.severity {
                Severity::Block => Tone::Bad,
                Severity::Warn => Tone::Attention,
                Severity::Info => Tone::Neutral,
            });
            table.row([
                left(finding.severity.word()).styled(style),
                left(&account.account),
                left(&finding.subject),
                left(&finding.message),
            ]);
        }
    }
    for Refused { command, log, refusal } in refused {
        table.row([
            left("refused").styled(tone(Tone::Bad)),
            left(&log.id),
            left(command),
            left(&refusal.first().message),
        ]);
    }
    table.write(out, 2)?;
    Ok(())
}

/// Writes approvals, those that wait for somebody first.
///
/// # Errors
/// Whatever the terminal refuses.
pub fn write_approvals(out: &mut dyn Write, month: &Month<'_>) -> Outcome<()> {
    heading(out, "Approvals")?;
    let mut table = Table::default();
    let all =
        || month.accounts.iter().flat_map(|account| account.approvals.iter().map(move |one| (account, one)));
    for (account, approval) in all().filter(|(_, approval)| approval.open) {
        add(&mut table, month, account, approval);
    }
    for (account, approval) in all().filter(|(_, approval)| !approval.open) {
        add(&mut table, month, account, approval);
    }
    table.write(out, 2)?;
    Ok(())
}

fn add(table: &mut Table, month: &Month<'_>, account: &AccountView, approval: &ApprovalView) {
    let needed: Vec<String> =
        approval.needed.iter().map(|one| format!("{}: {}", one.why(), one.rule.who())).collect();
    let decided: Vec<String> = approval
        .decisions
        .iter()
        .map(|decision| {
            let verb = match decision.verdict {
                Verdict::Approve => "approved",
                Verdict::Reject => "rejected",
            };
            let at = decision.at.to_string();
            let date = at.split('T').next().unwrap_or(&at);
            format!("{verb} by {} ({}) on {date}", decision.actor, decision.role)
        })
        .collect();
    let rejected = approval.decisions.iter().any(|decision| decision.verdict == Verdict::Reject);
    let (word, style) = match (approval.open, rejected) {
        (true, _) => ("waits", tone(Tone::Attention)),
        (false, true) => ("rejected", tone(Tone::Bad)),
        (false, false) => ("given", tone(Tone::Good)),
    };
    table.row([
        left(word).styled(style),
        left(&account.account),
        left(month.number(&account.account, &approval.subject)),
        right(money(approval.net, approval.currency)),
        left(approval.currency),
        left(needed.join(", ")),
        left(decided.join(", ")),
    ]);
}
