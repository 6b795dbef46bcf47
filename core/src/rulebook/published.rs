use std::sync::Arc;

use super::{Publication, Rulebook, RulebookError};
use crate::audit::Stamp;
use crate::canon::Digest;
use crate::id::Id;

/// What a publication log says of rules: when one may decide under them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Published {
    log: Arc<Publication>,
}

impl Rulebook {
    /// The same rulebook, knowing what its seller has published: where publication is on, nothing is decided
    /// under sections that are not published or not in force: terms on the day on which it takes effect, the policy
    /// on the day (in UTC) of its `at`. Call it again when something was published.
    ///
    /// # Errors
    /// [`RulebookError::SellerMismatch`].
    pub fn published(&self, log: &Publication) -> Result<Self, RulebookError> {
        self.check_seller(log.chain().address())?;
        let mut known = self.clone();
        known.published = Some(Arc::new(Published { log: Arc::new(log.clone()) }));
        Ok(known)
    }

    /// Whether one may decide under the policy, and under the terms of the customers of an account, if one
    /// is named. What carries out another log's record asks only that the rules are published.
    ///
    /// # Errors
    /// [`RulebookError::Unpublished`], [`RulebookError::NotInForce`] or [`RulebookError::Superseded`].
    pub fn check_published(&self, payer: Option<&Id>, stamp: &Stamp) -> Result<(), RulebookError> {
        let Some(published) = self.published.as_ref().filter(|published| published.log.is_required()) else {
            return Ok(());
        };
        published.check(None, self.policy().digest(), stamp)?;
        let members = payer.and_then(|payer| self.family(payer).ok());
        for customer in members.into_iter().flatten() {
            published.check(Some(customer), self.terms(customer)?.digest(), stamp)?;
        }
        Ok(())
    }
}

impl Published {
    fn check(&self, customer: Option<&Id>, digest: Digest, stamp: &Stamp) -> Result<(), RulebookError> {
        let what = || customer.map_or_else(|| "the policy".to_owned(), |one| format!("the terms of {one}"));
        let Some(from) = self.log.effective().get(&digest) else {
            return Err(RulebookError::Unpublished { what: what(), digest: digest.to_string() });
        };
        // The policy says who is asked: no date that somebody chooses brings back one that asked less.
        let day = if customer.is_some() { stamp.effective } else { stamp.at.day() };
        let section = self.log.published(customer);
        let in_force = section.iter().rev().find(|(from, _)| *from <= day);
        match in_force {
            _ if stamp.is_system() => Ok(()),
            Some((_, own)) if *own == digest => Ok(()),
            Some((since, _)) if *from <= day => Err(RulebookError::Superseded {
                what: what(),
                since: since.to_string(),
                got: day.to_string(),
            }),
            Some(_) | None => {
                Err(RulebookError::NotInForce { what: what(), from: from.to_string(), got: day.to_string() })
            }
        }
    }
}
