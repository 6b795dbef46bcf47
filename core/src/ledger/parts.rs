use super::item::DueExtension;
use super::{ItemTerms, LedgerError, OpenItem, Viewpoint};
use crate::calendar::{Date, Moment};
use crate::invoice::{Instalment, spread};
use crate::money::{Amount, Minor};

/// A part of an open item that is due on its own day: an instalment, or the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemPart {
    /// When it is due.
    pub due: Date,
    /// What of it is open.
    pub open: Minor,
    /// Of that, how much is disputed.
    pub disputed: Minor,
}

impl ItemTerms {
    /// Whether the instalments add up to the total, in the order of their dates, none before the issue and the
    /// last with the due date.
    ///
    /// # Errors
    /// [`LedgerError::Instalments`].
    pub fn check_instalments(&self) -> Result<(), LedgerError> {
        let Some(last) = self.instalments.last() else {
            return Ok(());
        };
        let sum = Minor::sum(self.instalments.iter().map(|part| part.amount));
        let dates = || core::iter::once(self.issued).chain(self.instalments.iter().map(|part| part.due));
        let in_order = dates().zip(dates().skip(1)).all(|(earlier, later)| earlier <= later);
        if sum == Ok(self.total) && in_order && last.due == self.due {
            return Ok(());
        }
        let got =
            sum.map_or_else(|error| error.to_string(), |sum| Amount::new(sum, self.currency).to_string());
        let expected = Amount::new(self.total, self.currency).to_string();
        Err(LedgerError::Instalments { item: self.id.to_string(), expected, got })
    }
}

impl OpenItem {
    /// The item as of the end of a day, by instalment where it has some: money went to the oldest first, and
    /// what is disputed stands on the oldest that are open. What came back from a dispute is a part of its own where it
    /// is due later. The parts add up to what is open and disputed.
    #[must_use]
    pub fn parts_at(&self, at: impl Into<Viewpoint>) -> Vec<ItemPart> {
        let at = at.into();
        let (open, disputed) = (self.open_at(at), self.disputed_at(at));
        let terms = self.terms();
        if terms.instalments.is_empty() && !self.is_extended(at) {
            return vec![ItemPart { due: terms.due, open, disputed }];
        }
        let fallen = terms.total.minus(open).unwrap_or(Minor::ZERO);
        let mut left = disputed;
        spread(&self.schedule(Some(at)), &[fallen])
            .into_iter()
            .map(|standing| {
                let disputed = left.min(standing.open);
                left = left.minus(disputed).unwrap_or(Minor::ZERO);
                ItemPart { due: standing.due, open: standing.open, disputed }
            })
            .collect()
    }

    /// The day from which something of it is late: the due date of its oldest part that is open at the end of
    /// a day, else of the last.
    #[must_use]
    pub fn due_at(&self, at: impl Into<Viewpoint>) -> Date {
        let at = at.into();
        if self.terms.instalments.is_empty() && !self.is_extended(at) {
            return self.terms.due;
        }
        let parts = self.parts_at(at);
        let open = parts.iter().find(|part| !part.open.is_zero());
        open.map_or_else(|| self.all_due_at(at), |part| part.due)
    }

    /// When all of it is due, as it stood at the end of a day.
    #[must_use]
    pub fn all_due_at(&self, at: impl Into<Viewpoint>) -> Date {
        self.schedule(Some(at.into())).last().map_or(self.terms.due, |part| part.due)
    }

    /// Whether a dispute that had ended by the end of a day moved the due date of a part.
    #[must_use]
    pub fn is_extended(&self, at: impl Into<Viewpoint>) -> bool {
        !self.disputes.is_empty() && self.extensions(Some(at.into())).next().is_some()
    }

    /// The terms under which it moves to another account as it stands now: what is due later for a dispute's sake is
    /// an instalment there.
    #[must_use]
    pub fn moving(&self) -> ItemTerms {
        let terms = ItemTerms { open: self.open, ..self.terms.clone() };
        if self.extensions(None).next().is_none() {
            return terms;
        }
        let instalments = self.schedule(None);
        let due = instalments.last().map_or(terms.due, |part| part.due);
        ItemTerms { due, instalments, ..terms }
    }

    /// What ended disputes moved, by when they ended; those that a viewpoint sees.
    fn extensions(&self, at: Option<Viewpoint>) -> impl Iterator<Item = (Moment, &DueExtension)> {
        let ended = self.disputes.iter().filter_map(|one| Some((one.to?, one.extension.as_ref()?)));
        ended.filter(move |(to, _)| at.is_none_or(|at| at.sees(*to)))
    }

    /// Its parts with their dates, which add up to the total: what came back from a dispute was taken from the
    /// oldest that were open then.
    fn schedule(&self, at: Option<Viewpoint>) -> Vec<Instalment> {
        let terms = &self.terms;
        let mut parts = terms.instalments.clone();
        if parts.is_empty() {
            parts.push(Instalment { amount: terms.total, due: terms.due });
        }
        let mut extensions: Vec<(Moment, &DueExtension)> = self.extensions(at).collect();
        extensions.sort_by_key(|(to, _)| (to.effective, to.recorded));
        for (to, extension) in extensions {
            let then = Viewpoint { date: to.effective, known: at.and_then(|at| at.known) };
            let fallen = terms.total.minus(self.open_at(then)).unwrap_or(Minor::ZERO);
            extend(&mut parts, fallen, extension);
        }
        parts
    }
}

/// Takes an amount from the oldest parts, behind what has fallen, to a later date.
fn extend(parts: &mut Vec<Instalment>, fallen: Minor, extension: &DueExtension) {
    let (mut fallen, mut left) = (fallen.max(Minor::ZERO), extension.amount);
    let less = |from: Minor, taken: Minor| from.minus(taken).unwrap_or(Minor::ZERO);
    let mut moved = Vec::new();
    for part in parts.iter_mut() {
        let paid = fallen.min(part.amount).max(Minor::ZERO);
        fallen = less(fallen, paid);
        let taken = less(part.amount, paid).min(left).max(Minor::ZERO);
        left = less(left, taken);
        part.amount = less(part.amount, taken);
        if taken.is_positive() {
            let due = part.due.plus_days(extension.days).unwrap_or(part.due);
            moved.push(Instalment { amount: taken, due });
        }
    }
    parts.retain(|part| !part.amount.is_zero());
    parts.append(&mut moved);
    parts.sort_by_key(|part| part.due);
}
