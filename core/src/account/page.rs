//! Documents as they are shown: what a decision was shown, and what a delivery delivered.

use super::action::{AskedRefund, EstimateScope};
use super::decide::because;
use super::state::Account;
use crate::approval::{ApprovalError, SubjectKind};
use crate::calendar::Viewpoint;
use crate::canon::Digest;
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{CodeName, CreditNote, DocumentState, Draft, InvoiceError};
use crate::ledger::OpenItem;
use crate::render::{
    Consent, ConsentNames, RenderCell, RenderKey as K, RenderModel, RenderSection, RenderValue as V, consent,
    credit_note, invoice, parties,
};
use crate::rulebook::Rulebook;

impl Account {
    /// The model of an invoice or credit note that has its content here: of its draft until it is issued, then
    /// of the document, and the same ever after.
    #[must_use]
    pub fn document_model(&self, id: &Id) -> Option<RenderModel> {
        self.model_of(id, self.ledger.item(id).ok())
    }

    /// The same as it stood at a viewpoint, with its state; nothing before it was drafted.
    #[must_use]
    pub fn document_model_at(&self, id: &Id, at: Viewpoint) -> Option<(RenderModel, DocumentState)> {
        let of_credit = || self.credits.get(id)?.state_at(at);
        let state = self.invoices.get(id).map_or_else(of_credit, |own| own.state_at(at))?;
        let item = self.ledger.item(id).ok().filter(|item| at.sees(item.opened_at()));
        self.model_of(id, item).map(|model| (model, state))
    }

    fn model_of(&self, id: &Id, item: Option<&OpenItem>) -> Option<RenderModel> {
        let terms = item.map(OpenItem::terms);
        if let Some(own) = self.invoices.get(id) {
            return Some(invoice(&own.draft, terms));
        }
        self.credits.get(id).map(|own| credit_note(&own.note, self.credited_draft(&own.note), terms))
    }

    /// The invoice that a credit note takes back, where it has its content here.
    pub(super) fn credited_draft(&self, note: &CreditNote) -> Option<&Draft> {
        self.invoices.get(&note.invoice).map(|invoice| invoice.draft.as_ref())
    }

    /// The model of the page on which somebody decides, in a role: what waits, and why they are asked.
    ///
    /// # Errors
    /// [`ApprovalError::Unknown`], and [`RulebookError`](crate::rulebook::RulebookError) for a payer without terms.
    pub fn consent_page(
        &self,
        rulebook: &Rulebook,
        subject: &Id,
        (role, person): (&Id, &Id),
    ) -> Result<RenderModel, Refusal> {
        let request = self.request(subject).map_err(because)?;
        let (seller, mut buyer) = rulebook.parties(self.payer()).map_err(because)?;
        let content = match request.kind() {
            SubjectKind::Invoice => {
                let draft = &self.invoice(subject).map_err(because)?.draft;
                buyer = draft.header.buyer.clone();
                invoice(draft, None).sections
            }
            SubjectKind::CreditNote => {
                let note = &self.credit_note(subject).map_err(because)?.note;
                buyer = note.header.buyer.clone();
                credit_note(note, self.credited_draft(note), None).sections
            }
            SubjectKind::Void => {
                let own = self.voiding(subject).map_err(because)?;
                let header = &self.invoice(&own.invoice).map_err(because)?.draft.header;
                let void = RenderSection::new(K::Void)
                    .with(K::InvoiceNumber, own.number.as_ref().map(V::code))
                    .with(K::Reason, V::code(&own.reason))
                    .with(K::TotalNet, V::amount(own.net, own.currency))
                    .with(K::TotalGross, V::amount(own.gross, own.currency));
                parties(&header.seller, &header.buyer).into_iter().chain([void]).collect()
            }
            SubjectKind::WriteOff => {
                let own = &self.write_off(subject).map_err(because)?.write_off;
                let number = self.ledger.item(&own.item).map_or(&own.item, |item| &item.terms().number);
                let written = RenderSection::new(K::WriteOff)
                    .with(K::DocumentNumber, V::code(number))
                    .with(K::Reason, V::code(&own.reason))
                    .with(K::WrittenOffAmount, V::amount(own.amount, own.currency));
                parties(&seller, &buyer).into_iter().chain([written]).collect()
            }
            SubjectKind::Refund => {
                let refund = &self.refund(subject).map_err(because)?.refund;
                parties(&seller, &buyer).into_iter().chain([self.refund_section(refund)]).collect()
            }
            SubjectKind::Estimate => {
                let own = &self.estimate(subject).map_err(because)?.proposed;
                let estimate = RenderSection::new(K::Estimate)
                    .with(K::Cap, V::amount(own.cap, own.currency))
                    .with(K::ExpiresOn, V::date(own.expires));
                parties(&seller, &buyer).into_iter().chain([scope(estimate, &own.scope)]).collect()
            }
        };
        let (asked, kind, language) = (request.asked(), request.kind(), buyer.language.as_ref());
        let names = &names(rulebook, self.payer());
        Ok(consent(Consent { asked, content, kind, language, names, person, role, subject }))
    }

    /// Money that is to go back: whose it is, from where, to whom, why, how much.
    fn refund_section(&self, refund: &AskedRefund) -> RenderSection {
        let customer = refund.item().and_then(|item| Some(&self.ledger.item(item).ok()?.terms().customer));
        let number = |item: &Id| {
            self.ledger.item(item).map_or_else(|_| item.clone(), |item| item.terms().number.clone())
        };
        let section = RenderSection::new(K::Refund);
        let ((amount, currency), section) = (
            refund.amount(),
            match refund {
                AskedRefund::Credit(credit) => section
                    .with(K::DocumentNumber, V::code(&number(&credit.item)))
                    .with(K::ForCustomer, customer.map(V::code))
                    .with(K::CashBook, V::code(&credit.book))
                    .with(K::Reason, V::code(&credit.reason)),
                AskedRefund::Receipt(receipt) => section
                    .with(K::Receipt, V::code(&receipt.receipt))
                    .with(K::ForCustomer, V::code(&receipt.customer))
                    .with(K::CashBook, V::code(&receipt.book))
                    .with(K::Payee, V::code(&receipt.payee))
                    .with(K::Reason, V::code(&receipt.reason)),
            },
        );
        section.with(K::RefundAmount, V::amount(amount, currency))
    }

    /// Whether a decision was made on the page that it says it was shown.
    pub(super) fn check_shown(
        &self,
        rulebook: &Rulebook,
        subject: &Id,
        (role, people): (&Id, &[&Id]),
        shown: Digest,
    ) -> Result<(), Refusal> {
        let mut expected = Digest::ZERO;
        for person in people {
            expected = self.consent_page(rulebook, subject, (role, person))?.digest();
            if expected == shown {
                return Ok(());
            }
        }
        let (expected, got) = (expected.to_string(), shown.to_string());
        Err(because(ApprovalError::Page { expected, got }))
    }

    /// Whether a digest names the document as it is now, or what a decision on it is bound to. What moved in has
    /// no content here, so that whatever is said of it is believed.
    pub(super) fn check_document(&self, id: &Id, digest: Digest) -> Result<(), InvoiceError> {
        let Some(document) = self.document_model(id) else { return Ok(()) };
        let expected = document.digest();
        if digest == expected || self.requests.get(id).is_some_and(|request| request.digest() == digest) {
            return Ok(());
        }
        let (document, expected, got) = (id.to_string(), expected.to_string(), digest.to_string());
        Err(InvoiceError::OtherDocument { document, expected, got })
    }
}

/// The work that an estimate is about.
fn scope(section: RenderSection, scope: &EstimateScope) -> RenderSection {
    let codes = |ids: &[Id]| RenderCell { values: ids.iter().map(V::code).collect() };
    section
        .with(K::Agreement, codes(&scope.agreements))
        .with(K::ChargeCode, codes(&scope.codes))
        .with(K::ForCustomer, codes(&scope.customers))
        .with(K::Ticket, codes(&scope.tickets))
}

/// What the rulebook calls the codes of a page for a payer.
fn names<'r>(rulebook: &'r Rulebook, payer: &Id) -> ConsentNames<'r> {
    let named = |code: &Id, name: &str| CodeName { code: code.clone(), name: name.to_owned() };
    let codes = rulebook.policy().codes().codes();
    let family = rulebook.family(payer).into_iter().flatten();
    let customers = family.filter_map(|customer| rulebook.terms(customer).ok());
    ConsentNames {
        codes: codes.map(|code| named(&code.id, &code.name)).collect(),
        customers: customers.map(|terms| named(terms.customer(), terms.name())).collect(),
        others: rulebook.policy().names(),
    }
}
