use super::action::{Recover, WriteOff};
use super::asking::Asking;
use super::decide::{Events, because, refuse, ruling};
use super::event::{AccountEvent, ItemBalance, Recovered, WriteOffProposed, WrittenOff};
use super::facts::lines_of;
use super::state::{Account, WrittenDown};
use super::subject::About;
use crate::approval::SubjectKind;
use crate::audit::{Ruling, Stamp};
use crate::calendar::Date;
use crate::canon::{sha256, to_bytes};
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{InvoiceCommand, InvoiceError};
use crate::ledger::LedgerError;
use crate::money::{Amount, Minor};
use crate::rulebook::Rulebook;

impl Account {
    /// Proposes a write-off; one that needs no approval is done at once.
    pub(super) fn propose_write_off(&self, rulebook: &Rulebook, asked: &WriteOff, stamp: &Stamp) -> Events {
        self.check_new(&asked.id).map_err(because)?;
        let written = self.written_off_on(asked, stamp.effective)?;
        let digest = sha256(&to_bytes(asked));
        let asking = Asking::new(rulebook, stamp, &asked.exchange)?;
        let invoice = self.invoices.get(&asked.item);
        let about = About {
            currency: asked.currency,
            facts: self.facts_of_item(&asked.item, &asked.reason),
            id: &asked.id,
            item: &asked.item,
            kind: SubjectKind::WriteOff,
            lines: invoice
                .map(|one| lines_of(rulebook, &one.draft, |line| Some(line.net)))
                .unwrap_or_default(),
            net: asked.amount,
        };
        let judged = self.judge(&asking, about, digest)?;
        let proposed = WriteOffProposed { approval: judged.approval, write_off: asked.clone() };
        let mut events = vec![AccountEvent::WriteOffProposed(Box::new(proposed))];
        if judged.complete {
            events.push(AccountEvent::WrittenOff(written));
        }
        Ok(Ruling { events, findings: judged.findings })
    }

    /// A write-off as it would be done on a date: at most what is open from then on.
    pub(super) fn written_off_on(&self, asked: &WriteOff, effective: Date) -> Result<WrittenOff, Refusal> {
        self.allow_on_item(&asked.item, InvoiceCommand::WriteOff).map_err(because)?;
        let item = self.ledger.item(&asked.item).map_err(because)?;
        if item.terms().currency != asked.currency {
            return refuse(&LedgerError::Currency {
                item: asked.item.to_string(),
                expected: item.terms().currency.to_string(),
                got: asked.currency.to_string(),
            });
        }
        if item.is_credit() {
            let got = Amount::new(asked.amount.negated(), asked.currency).to_string();
            return refuse(&LedgerError::Sign { item: asked.item.to_string(), got });
        }
        self.ledger.check_fall(&asked.item, asked.amount, effective).map_err(because)?;
        // A credit note that waits holds its room: nobody owes twice what is taken back once.
        let waiting = self.credits_of(&asked.item).filter(|credit| credit.number.is_none());
        let waiting = waiting.fold(0_i64, |sum, one| sum.saturating_add(one.note.totals.payable.units()));
        let free = item.open().units().saturating_sub(waiting);
        if asked.amount.units() > free {
            let shown =
                |units| Amount::new(Minor::new(units).unwrap_or(Minor::ZERO), asked.currency).to_string();
            return refuse(&LedgerError::Over {
                item: asked.item.to_string(),
                open: shown(free.max(0)),
                got: shown(asked.amount.units()),
            });
        }
        let balance = self.balance(&asked.item, asked.amount).map_err(because)?;
        Ok(WrittenOff {
            amount: asked.amount,
            balances: vec![balance],
            currency: asked.currency,
            effective,
            reason: asked.reason.clone(),
            write_off: asked.id.clone(),
        })
    }

    /// A write-off that was proposed.
    ///
    /// # Errors
    /// [`InvoiceError::WriteOffUnknown`].
    pub fn write_off(&self, id: &Id) -> Result<&WrittenDown, InvoiceError> {
        self.write_offs.get(id).ok_or_else(|| InvoiceError::WriteOffUnknown { got: id.to_string() })
    }

    /// What of an item is written off and not owed again.
    pub(super) fn written_off(&self, item: &Id) -> Minor {
        let own = self.write_offs_of.get(item).into_iter().flatten();
        let done = own.filter_map(|id| self.write_offs.get(id)).filter(|one| one.done.is_some());
        let sum = done.fold(0_i64, |sum, one| {
            sum.saturating_add(one.write_off.amount.units()).saturating_sub(one.recovered.units())
        });
        Minor::new(sum).unwrap_or(Minor::ZERO)
    }

    pub(super) fn recover(&self, recover: &Recover, stamp: &Stamp) -> Events {
        let written = self.write_off(&recover.write_off).map_err(because)?;
        let recovered = Recovered {
            amount: recover.amount,
            balances: self.balances_recovered(written, recover)?,
            currency: recover.currency,
            // Nothing is owed again before it was written off.
            effective: written.done.map_or(stamp.effective, |done| done.max(stamp.effective)),
            reason: recover.reason.clone(),
            write_off: recover.write_off.clone(),
        };
        ruling(vec![AccountEvent::Recovered(recovered)])
    }

    /// What is open after a part of a write-off is owed again.
    pub(super) fn balances_recovered(
        &self,
        written: &WrittenDown,
        recover: &Recover,
    ) -> Result<Vec<ItemBalance>, Refusal> {
        let write_off = &written.write_off;
        if written.done.is_none() {
            return refuse(&InvoiceError::WriteOffUnknown { got: recover.write_off.to_string() });
        }
        self.allow_on_item(&write_off.item, InvoiceCommand::Recover).map_err(because)?;
        if write_off.currency != recover.currency {
            return refuse(&LedgerError::Currency {
                item: write_off.item.to_string(),
                expected: write_off.currency.to_string(),
                got: recover.currency.to_string(),
            });
        }
        let left = write_off.amount.minus(written.recovered).unwrap_or(Minor::ZERO);
        if !recover.amount.is_positive() || recover.amount > left {
            let shown = |minor| Amount::new(minor, write_off.currency).to_string();
            let (left, got) = (shown(left), shown(recover.amount));
            return refuse(&InvoiceError::RecoveryOver {
                write_off: recover.write_off.to_string(),
                left,
                got,
            });
        }
        self.balance(&write_off.item, recover.amount.negated()).map(|balance| vec![balance]).map_err(because)
    }
}
