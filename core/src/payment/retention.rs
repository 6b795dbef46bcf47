//! What is kept of the words of bank lines, and of those who acted on a cash book.

use std::collections::BTreeMap;

use super::BookEvent;
use super::cash_book::{CashBook, ReceiptState, ReservationStatus};
use super::decide::Events;
use crate::audit::{Chain, Record, Ruling, Stamp};
use crate::calendar::Date;
use crate::id::Id;
use crate::retention::{
    About, AboutKind, Gather, KeepsWords, PersonalText, RetentionPolicy, Words, WordsAction, WordsEvent,
    class, words_events,
};

impl KeepsWords for CashBook {
    fn kept(&self) -> &Words {
        &self.kept
    }

    fn log(&self) -> &Chain {
        &self.chain
    }

    fn stands(&self, about: &About) -> bool {
        match about.kind {
            AboutKind::Receipt => self.receipts.contains_key(&about.id),
            AboutKind::Record => self.chain.holds(&about.id),
            AboutKind::Approval
            | AboutKind::Dispute
            | AboutKind::Document
            | AboutKind::Entry
            | AboutKind::Ticket => false,
        }
    }

    /// Of a bank line, the customer that its receipt was assigned to.
    fn person_of<'a>(&'a self, text: &'a PersonalText) -> Option<&'a Id> {
        if text.class.as_str() == class::BANK_LINE {
            return self.receipts.get(&text.about.id)?.customer.as_ref();
        }
        text.person.as_ref()
    }

    fn said(&self, text: &PersonalText) -> Option<&str> {
        self.texts.get(&text.commitment)
    }

    fn spent(&self, text: &PersonalText, as_of: Date) -> Option<Date> {
        let receipt = self.receipts.get(&text.about.id).filter(|_| text.about.kind == AboutKind::Receipt);
        self.spent_on(receipt?, as_of)
    }
}

impl CashBook {
    pub(super) fn words_decided(
        &self,
        policy: &RetentionPolicy,
        action: WordsAction<'_>,
        stamp: &Stamp,
    ) -> Events {
        let Ruling { events, findings } = self.decide_words(policy, action, stamp)?;
        Ok(Ruling { events: events.into_iter().map(BookEvent::from).collect(), findings })
    }

    /// Takes over what a record, just checked, says of words, and where its own stand.
    pub(super) fn keep(&mut self, events: Vec<WordsEvent>, record: &Record<BookEvent>) {
        let mut gather = Gather::new(record.seq, &record.stamp);
        for event in &record.events {
            if let BookEvent::Received(received) = event {
                for receipt in &received.entry.receipts {
                    let about = About { id: receipt.id.clone(), kind: AboutKind::Receipt };
                    for note in [&receipt.payer_name, &receipt.text] {
                        gather.add(note.as_ref(), class::BANK_LINE, &about, receipt.customer.as_ref());
                    }
                }
            }
        }
        let texts = gather.all(&events);
        for commitment in self.kept.keep(events, texts) {
            self.texts.erase(&commitment);
        }
    }

    /// From when nothing of a receipt is left: all of it is applied, paid back or taken back by the bank.
    fn spent_on(&self, receipt: &ReceiptState, as_of: Date) -> Option<Date> {
        let id = &receipt.receipt.id;
        let pending = self.reservations_of(id).any(|reserved| reserved.status == ReservationStatus::Pending);
        // What the bank took back after some was paid back stays below nothing: no more of it will be applied.
        let open = match receipt.reversed.filter(|moment| moment.effective <= as_of) {
            Some(_) => {
                self.reservations_of(id).any(|reserved| reserved.status == ReservationStatus::Confirmed)
            }
            None => !self.unapplied_at(receipt, as_of, &BTreeMap::new()).is_zero(),
        };
        if pending || open {
            return None;
        }
        let applied = self.reservations_of(id).filter(|one| one.confirmed.is_some());
        let applied = applied.flat_map(|one| {
            let taken_back = one.unapplied.map(|moment| moment.effective);
            one.confirmed.map(|moment| moment.effective).into_iter().chain(taken_back)
        });
        let paid_back = self.refunds_of(id).map(|refund| refund.effective);
        let reversed = receipt.reversed.map(|moment| moment.effective);
        let days = core::iter::once(receipt.value_date).chain(applied).chain(paid_back).chain(reversed);
        days.filter(|day| *day <= as_of).max()
    }
}

words_events!(BookEvent);
