use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Publication, Rulebook, RulebookError};
use crate::audit::Stamp;
use crate::calendar::Date;
use crate::canon::Digest;
use crate::id::Id;

/// What a publication log says of rules: from which day one may decide under them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Published {
    required: bool,
    effective: BTreeMap<Digest, Date>,
}

impl Rulebook {
    /// The same rulebook, knowing what its seller has published: where publication is on, nothing is decided
    /// under sections that are not published, or not in force on the day it takes effect. Call it again when
    /// something was published.
    ///
    /// # Errors
    /// [`RulebookError::SellerMismatch`].
    pub fn published(&self, log: &Publication) -> Result<Self, RulebookError> {
        self.check_seller(log.chain().address())?;
        let (required, effective) = (log.is_required(), log.effective().clone());
        let mut known = self.clone();
        known.published = Some(Arc::new(Published { required, effective }));
        Ok(known)
    }

    /// Whether one may decide under the policy, and under the terms of the customers of an account, if one
    /// is named. What carries out another log's record asks only that the rules are published.
    ///
    /// # Errors
    /// [`RulebookError::Unpublished`] or [`RulebookError::NotInForce`].
    pub fn check_published(&self, payer: Option<&Id>, stamp: &Stamp) -> Result<(), RulebookError> {
        let Some(published) = self.published.as_ref().filter(|published| published.required) else {
            return Ok(());
        };
        published.check("the policy", self.policy().digest(), stamp)?;
        let members = payer.and_then(|payer| self.family(payer).ok());
        for customer in members.into_iter().flatten() {
            published.check(&format!("the terms of {customer}"), self.terms(customer)?.digest(), stamp)?;
        }
        Ok(())
    }
}

impl Published {
    fn check(&self, what: &str, digest: Digest, stamp: &Stamp) -> Result<(), RulebookError> {
        match self.effective.get(&digest) {
            None => Err(RulebookError::Unpublished { what: what.to_owned(), digest: digest.to_string() }),
            Some(from) if stamp.effective < *from && !stamp.is_system() => Err(RulebookError::NotInForce {
                what: what.to_owned(),
                from: from.to_string(),
                got: stamp.effective.to_string(),
            }),
            Some(_) => Ok(()),
        }
    }
}
