use super::action::RecordFact;
use super::apply::{Change, Done, mismatch};
use super::decide::{Events, because, refuse, ruling};
use super::event::{AccountEvent, FactRecorded};
use super::state::Account;
use crate::audit::Stamp;
use crate::id::Id;
use crate::invoice::{
    DocumentFact, DocumentLife, DocumentState, HostLabel, InvoiceError, KnownFact, allow, allow_credit,
};
use crate::rulebook::Rulebook;

impl Account {
    /// Records what became known of a document.
    pub(super) fn record_fact(&self, rulebook: &Rulebook, record: &RecordFact, stamp: &Stamp) -> Events {
        let id = &record.document;
        let state = self.check_fact(id, &record.fact).map_err(because)?;
        // Only here: what was recorded stands, also where a later version prints in another way.
        record.fact.document().map_or(Ok(()), |named| self.check_document(id, named)).map_err(because)?;
        if let DocumentFact::Labelled(labelled) = &record.fact {
            let fits = |label: &&HostLabel| label.id == labelled.label && label.under == state;
            if !rulebook.policy().labels().iter().any(|label| fits(&label)) {
                let got = labelled.label.to_string();
                return refuse(&InvoiceError::LabelUnknown { state: state.word(), got });
            }
        }
        let (at, by, effective) = (stamp.at, stamp.actor.clone(), stamp.effective);
        let known = KnownFact { at, by, effective, fact: record.fact.clone(), state };
        ruling(vec![AccountEvent::FactRecorded(FactRecorded { document: id.clone(), known })])
    }

    /// Whether the document's state and what is known allow a fact; gives the state.
    pub(super) fn check_fact(&self, id: &Id, fact: &DocumentFact) -> Result<DocumentState, InvoiceError> {
        let state = if let Some(credit) = self.credits.get(id) {
            allow_credit(id, credit.state, fact.command())?;
            credit.state
        } else if let Some(invoice) = self.invoices.get(id) {
            allow(id, invoice.state, fact.command())?;
            invoice.state
        } else {
            // What moved in was issued elsewhere.
            self.ledger.item(id).map_err(|_| InvoiceError::Unknown { got: id.to_string() })?;
            DocumentState::Issued
        };
        self.life(id).unwrap_or(&DocumentLife::default()).check(id, fact)?;
        Ok(state)
    }

    /// What is known of documents besides their content and their money, by document.
    pub fn lives(&self) -> impl Iterator<Item = (&Id, &DocumentLife)> {
        self.lives.iter()
    }

    /// What is known of a document besides its content and its money.
    #[must_use]
    pub fn life(&self, document: &Id) -> Option<&DocumentLife> {
        self.lives.get(document)
    }
}

impl Change<'_> {
    pub(super) fn fact_recorded(&mut self, recorded: &FactRecorded) -> Done {
        let id = &recorded.document;
        if self.account.check_fact(id, &recorded.known.fact).map_err(because)? != recorded.known.state {
            return mismatch("document", id, "stands elsewhere than its fact says");
        }
        let (known, stamp) = (&recorded.known, self.stamp);
        if (known.at, &known.by, known.effective) != (stamp.at, &stamp.actor, stamp.effective) {
            return mismatch("document", id, "is known from somebody else or from another day");
        }
        let mut life = self.account.lives.get(id).cloned().unwrap_or_default();
        life.add(id, recorded.known.clone()).map_err(because)?;
        self.set(|account| &mut account.lives, id, Some(life));
        Ok(())
    }
}
