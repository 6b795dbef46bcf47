//! The upserts of tasks, attachments and legal holds.

use super::row::{Row, RowTable};
use crate::account::AccountEvent;
use crate::retention::{Attachment, ContentKind, LegalHoldLifted, LegalHoldPlaced, PlanItem};
use crate::task::{Audience, Task, TaskStatus};

/// The upserts of an event about tasks or retention; none of any other.
pub(super) fn rows(event: &AccountEvent) -> Vec<Row> {
    if let AccountEvent::TaskEmitted(task) = event {
        vec![emitted(task)]
    } else if let AccountEvent::TaskConfirmed(confirmed) = event {
        let reference = confirmed.reference.as_ref().map_or("", |one| one.as_str());
        vec![
            Row::new(RowTable::Task, &confirmed.task)
                .set("reference", reference)
                .set("status", TaskStatus::Confirmed.word()),
        ]
    } else if let AccountEvent::TaskFailed(failed) = event {
        let retry_after = failed.retry_after.map_or(String::new(), |at| at.to_string());
        vec![
            Row::new(RowTable::Task, &failed.task)
                .set("reason", &failed.reason)
                .set("retry_after", retry_after)
                .set("status", TaskStatus::Failed.word()),
        ]
    } else if let AccountEvent::TaskRetried(retried) = event {
        vec![
            Row::new(RowTable::Task, &retried.task)
                .set("reason", "")
                .set("retry_after", "")
                .set("status", TaskStatus::Pending.word()),
        ]
    } else if let AccountEvent::ApprovalEscalated(escalated) = event {
        vec![Row::new(RowTable::Approval, &escalated.subject).set("escalated", escalated.at)]
    } else if let AccountEvent::AttachmentsRegistered(registered) = event {
        registered.attachments.iter().map(attachment).collect()
    } else if let AccountEvent::LegalHoldPlaced(placed) = event {
        vec![hold_placed(placed)]
    } else if let AccountEvent::LegalHoldLifted(lifted) = event {
        vec![hold_lifted(lifted)]
    } else if let AccountEvent::Purged(item) | AccountEvent::Anonymised(item) = event {
        erased(item)
    } else {
        Vec::new()
    }
}

/// The row of a hold, of an account or a cash book.
pub(super) fn hold_placed(placed: &LegalHoldPlaced) -> Row {
    Row::new(RowTable::LegalHold, &placed.hold)
        .set("about", placed.about.as_ref().map_or("", |about| about.id.as_str()))
        .set("lifted", "")
        .set("person", placed.person.as_ref().map_or("", |person| person.as_str()))
        .set("placed", placed.effective)
        .set("reason", &placed.reason_code)
}

/// The same once it is lifted.
pub(super) fn hold_lifted(lifted: &LegalHoldLifted) -> Row {
    Row::new(RowTable::LegalHold, &lifted.hold).set("lifted", lifted.effective)
}

fn emitted(task: &Task) -> Row {
    let who = match &task.audience {
        Audience::Role(role) => role.role.as_str(),
        Audience::Contact(contact) => contact.purpose.as_str(),
        Audience::Deciders(_) | Audience::Ticket(_) | Audience::Storage(_) => "",
    };
    Row::new(RowTable::Task, &task.id)
        .set("action", task.action.word())
        .set("audience", task.audience.kind())
        .set("cause", task.cause.word())
        .set("channel", &task.channel)
        .set("document", &task.document)
        .set("rule", &task.rule)
        .set("status", TaskStatus::Pending.word())
        .set("template", task.template.as_ref().map_or("", |template| template.as_str()))
        .set("ticket", task.ticket.as_ref().map_or("", |ticket| ticket.as_str()))
        .set("who", who)
}

fn attachment(attachment: &Attachment) -> Row {
    Row::new(RowTable::Attachment, &attachment.id)
        .set("about", &attachment.about.id)
        .set("about_kind", attachment.about.kind.word())
        .set("class", &attachment.class)
        .set("erased", "")
        .set("hash", attachment.hash)
        .set("media_type", &attachment.media_type)
        .set("size", attachment.size)
}

/// Words have no row of their own: they stand beside their record.
fn erased(item: &PlanItem) -> Vec<Row> {
    match item.content {
        ContentKind::Attachment => {
            vec![Row::new(RowTable::Attachment, &item.id).set("erased", item.action.word())]
        }
        ContentKind::Text => Vec::new(),
    }
}
