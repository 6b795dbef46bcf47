//! What the outside world was asked to do, and what became of it.

use std::io::Write;

use duebill::report::{TaskView, Tone};
use duebill::task::TaskStatus;

use super::Month;
use super::table::{Table, heading, left, tone};
use crate::Outcome;

/// Writes every task, account by account.
///
/// # Errors
/// Whatever the terminal refuses.
pub fn write(out: &mut dyn Write, month: &Month<'_>) -> Outcome<()> {
    heading(out, "Tasks")?;
    let mut table = Table::default();
    for tasks in &month.tasks {
        for view in &tasks.tasks {
            let (word, feeling) = fate(view);
            table.row([
                left(month.number(&tasks.account, &view.task.document)),
                left(month.name(&tasks.account)),
                left(view.task.action.word()),
                left(format!("by {}", view.task.channel)),
                left(word).styled(tone(feeling)),
            ]);
        }
    }
    table.write(out, 2)?;
    Ok(())
}

fn fate(view: &TaskView) -> (String, Tone) {
    let tries = match view.failures {
        0 => String::new(),
        failures => format!(" after {failures} failed"),
    };
    match view.status {
        TaskStatus::Confirmed => (format!("done{tries}"), Tone::Good),
        TaskStatus::Failed => (format!("failed{tries}"), Tone::Bad),
        TaskStatus::Pending => (format!("waits{tries}"), Tone::Attention),
        TaskStatus::Obsolete => ("no longer needed".to_owned(), Tone::Neutral),
    }
}
