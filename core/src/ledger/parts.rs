use super::{ItemTerms, LedgerError, OpenItem, Viewpoint};
use crate::calendar::Date;
use crate::invoice::spread;
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
    /// what is disputed stands on the oldest that are open. The parts add up to what is open and disputed.
    #[must_use]
    pub fn parts_at(&self, at: impl Into<Viewpoint>) -> Vec<ItemPart> {
        let at = at.into();
        let (open, disputed) = (self.open_at(at), self.disputed_at(at));
        let terms = self.terms();
        if terms.instalments.is_empty() {
            return vec![ItemPart { due: terms.due, open, disputed }];
        }
        let fallen = terms.total.minus(open).unwrap_or(Minor::ZERO);
        let mut left = disputed;
        spread(&terms.instalments, &[fallen])
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
        if self.terms.instalments.is_empty() {
            return self.terms.due;
        }
        let parts = self.parts_at(at);
        let open = parts.iter().find(|part| !part.open.is_zero());
        open.map_or(self.terms().due, |part| part.due)
    }
}
