//! Where the personal words of a record stand: what they are about, whose they are, how long they are kept.

use super::event::AccountEvent;
use crate::audit::{Note, Record};
use crate::calendar::Date;
use crate::canon::Digest;
use crate::id::Id;
use crate::invoice::DocumentFact;
use crate::retention::{About, AboutKind, PersonalText, class};
use crate::work::Entry;

/// The commitment of a sealed note.
pub(super) const fn sealed(note: &Note) -> Option<Digest> {
    if let Note::Sealed(commitment) = note { Some(*commitment) } else { None }
}

/// Gathers the words of one record.
struct Gather {
    texts: Vec<PersonalText>,
    recorded: Date,
    seq: u64,
}

impl Gather {
    fn add(&mut self, note: Option<&Note>, class: &str, about: &About, person: Option<&Id>) {
        if let Some(commitment) = note.and_then(sealed) {
            self.texts.push(PersonalText {
                about: about.clone(),
                class: Id::of_digits(class),
                commitment,
                erased: false,
                person: person.cloned(),
                recorded: self.recorded,
                seq: self.seq,
            });
        }
    }
}

/// Every personal text of a record, those of its events before those of its stamp.
pub(super) fn texts_of(record: &Record<AccountEvent>) -> Vec<PersonalText> {
    let mut gather = Gather { texts: Vec::new(), recorded: record.stamp.effective, seq: record.seq };
    for event in &record.events {
        of_event(&mut gather, event);
    }
    let stamp = &record.stamp;
    let notes = [&stamp.reason, &stamp.ip, &stamp.user_agent];
    if notes.iter().all(|note| note.is_none()) {
        return gather.texts;
    }
    let record_itself = || About { id: Id::of_digits(&record.seq.to_string()), kind: AboutKind::Record };
    let about = record.events.iter().find_map(subject_of).unwrap_or_else(record_itself);
    for note in notes {
        gather.add(note.as_ref(), class::ACTOR_TRACE, &about, Some(&stamp.actor));
    }
    gather.texts
}

/// What a record is about, where a hold or dispute could keep what its stamp says.
fn subject_of(event: &AccountEvent) -> Option<About> {
    let about = |kind, id: &Id| Some(About { id: id.clone(), kind });
    if let AccountEvent::DisputeOpened(opened) = event {
        about(AboutKind::Dispute, &opened.dispute)
    } else if let AccountEvent::ApprovalDecided(decided) = event {
        about(AboutKind::Approval, &decided.subject)
    } else if let AccountEvent::FactRecorded(recorded) = event {
        about(AboutKind::Document, &recorded.document)
    } else if let AccountEvent::Voided(voided) = event {
        about(AboutKind::Document, &voided.invoice)
    } else {
        None
    }
}

fn of_event(gather: &mut Gather, event: &AccountEvent) {
    let about = |kind, id: &Id| About { id: id.clone(), kind };
    if let AccountEvent::Captured(captured) = event {
        for ticket in &captured.tickets {
            let on = about(AboutKind::Ticket, &ticket.id);
            gather.add(ticket.subject.as_ref(), class::PERSONAL_TEXT, &on, Some(&ticket.customer));
        }
        of_entries(gather, captured.entries.iter().map(AsRef::as_ref));
    } else if let AccountEvent::CustomerAdmitted(admitted) = event {
        if let Some(released) = admitted.released() {
            of_entries(gather, &released.belongings.entries);
        }
    } else if let AccountEvent::ApprovalDecided(decided) = event {
        let (on, decision) = (about(AboutKind::Approval, &decided.subject), &decided.decision);
        for note in [&decision.consent, &decision.ip, &decision.reason] {
            gather.add(note.as_ref(), class::CONSENT, &on, Some(&decision.actor));
        }
    } else if let AccountEvent::FactRecorded(recorded) = event {
        let on = about(AboutKind::Document, &recorded.document);
        let note = match &recorded.known.fact {
            DocumentFact::Contacted(contact) => contact.note.as_ref(),
            DocumentFact::Remarked(remark) => remark.note.as_ref(),
            DocumentFact::Delivery(_)
            | DocumentFact::Accepted(_)
            | DocumentFact::Held(_)
            | DocumentFact::Promised(_)
            | DocumentFact::HoldEnded(_)
            | DocumentFact::Reviewed(_)
            | DocumentFact::Labelled(_) => None,
        };
        gather.add(note, class::PERSONAL_TEXT, &on, Some(&recorded.known.by));
    } else if let AccountEvent::AttachmentsRegistered(registered) = event {
        for one in &registered.attachments {
            // A file's name is kept as long as the file.
            gather.add(one.name.as_ref(), one.class.as_str(), &one.about, one.person.as_ref());
        }
    } else if let AccountEvent::LegalHoldPlaced(placed) = event {
        let on = placed.about.clone();
        let on = on.unwrap_or_else(|| about(AboutKind::Record, &Id::of_digits(&gather.seq.to_string())));
        gather.add(placed.note.as_ref(), class::ACTOR_TRACE, &on, Some(&placed.by));
    }
}

fn of_entries<'e>(gather: &mut Gather, entries: impl IntoIterator<Item = &'e Entry>) {
    for entry in entries {
        let on = About { id: entry.id.clone(), kind: AboutKind::Entry };
        gather.add(entry.note.as_ref(), class::PERSONAL_TEXT, &on, entry.agent.as_ref());
    }
}
