use super::needs::lens;
use crate::account::{Account, Credited, Estimate, Invoice};
use crate::approval::{Decision, Request, Signature, SubjectKind, Verdict};
use crate::audit::Assurance;
use crate::calendar::{Date, Instant, Viewpoint};
use crate::canon::{Digest, FieldClass, Lens};
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{DocumentState, Draft};
use crate::ledger::OpenItem;
use crate::report::ReportError;
use crate::report::label::seen;
use crate::role::{Capability, Reach, Role};
use crate::rulebook::Rulebook;
use crate::work::Entry;

/// Somebody who looks at an account in a role: what they reach, and what they may decide.
#[derive(Debug, Clone)]
pub struct Viewer<'v> {
    pub(super) account: &'v Account,
    pub(super) role: &'v Role,
    pub(super) rulebook: &'v Rulebook,
    /// Who looks: a person, or the customer whose documents are looked at.
    pub(super) who: &'v Id,
    /// Further roles in which they decide.
    acting: &'v [Id],
    /// The day they look at.
    pub(super) as_of: Date,
    /// The moment of it, for what runs out by the hour.
    pub(super) at: Instant,
    /// As far as was known at this moment; as is known now when left out.
    known: Option<Instant>,
    /// Items for which a cash book has reserved money.
    pub(super) reserved: &'v [Id],
}

/// Who looks, in which role, and when.
#[derive(Debug, Clone, Copy)]
pub struct Looking<'v> {
    /// The role.
    pub role: &'v Id,
    /// A person, or the customer whose documents are looked at.
    pub who: &'v Id,
    /// Further roles in which they decide.
    pub acting: &'v [Id],
    /// The day.
    pub as_of: Date,
    /// The moment, for what runs out by the hour; the end of the day when left out.
    pub at: Option<Instant>,
    /// As far as was known at this moment; as is known now when left out.
    pub known: Option<Instant>,
    /// Items for which a cash book has reserved money that is not applied yet.
    pub reserved: &'v [Id],
}

/// Whether a decision is open to somebody, and for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decidable {
    /// Who is decided for, under a delegation.
    pub(super) on_behalf_of: Option<Id>,
    /// In which role.
    pub(super) role: Id,
}

impl<'v> Viewer<'v> {
    /// Somebody who looks at an account in a role.
    ///
    /// # Errors
    /// [`RoleError::Unknown`](crate::role::RoleError::Unknown); [`ReportError::ViewerUnknown`] for a role
    /// that reaches only its own documents and a viewer who is no customer of the account.
    pub fn new(account: &'v Account, rulebook: &'v Rulebook, looking: &Looking<'v>) -> Result<Self, Refusal> {
        let Looking { role, who, acting, as_of, at, known, reserved } = *looking;
        let role = rulebook.policy().role(role).map_err(|error| Refusal::because(&error))?;
        let family = rulebook.family(account.payer());
        let stranger = !family.is_ok_and(|family| family.contains(who));
        if role.reach == Reach::OwnDocuments && stranger {
            return Err(Refusal::because(&ReportError::ViewerUnknown { got: who.to_string() }));
        }
        Ok(Self {
            account,
            role,
            rulebook,
            who,
            acting,
            as_of,
            at: at.unwrap_or_else(|| Instant::end_of(as_of)),
            known,
            reserved,
        })
    }

    /// Through what answers are written for them.
    #[must_use]
    pub fn lens(&self) -> Lens {
        lens(self.role)
    }

    /// From where they look.
    pub(super) const fn viewpoint(&self) -> Viewpoint {
        Viewpoint { date: self.as_of, known: self.known }
    }

    pub(super) fn may(&self, capability: Capability) -> bool {
        self.role.may(capability)
    }

    pub(super) fn needs(&self, capability: Capability) -> Result<(), Refusal> {
        self.role.needs(capability).map_err(|error| Refusal::because(&error))
    }

    /// Whether all of an account is theirs to look at, as far as their role goes: the seller's own
    /// people, and for its own documents whoever pays them.
    pub(super) fn reaches_all(&self) -> bool {
        match self.role.reach {
            Reach::Account => true,
            Reach::OwnDocuments => self.who == self.account.payer(),
            Reach::OwnWork => false,
        }
    }

    /// Whether they look from outside: drafts and what the seller says among its own people are not
    /// for them.
    pub(super) fn is_customer(&self) -> bool {
        self.role.reach == Reach::OwnDocuments
    }

    fn is_customers(&self, customer: &Id) -> bool {
        self.reaches_all() || (self.is_customer() && customer == self.who)
    }

    /// Whether a draft is wholly theirs: one that bills others too is for whoever pays it.
    fn is_own_draft(&self, draft: &Draft) -> bool {
        self.reaches_all()
            || (self.is_customer()
                && !draft.lines.is_empty()
                && draft.lines.iter().all(|line| line.customer == *self.who))
    }

    /// Whether they see an invoice. A customer sees what was issued, and what waits for its consent.
    pub(super) fn sees_invoice(&self, invoice: &Invoice) -> bool {
        let issued = seen(self.account.ledger().item(&invoice.draft.id).ok(), self.viewpoint()).is_some();
        self.is_own_draft(&invoice.draft)
            && (!self.is_customer() || issued || self.is_asked(&invoice.draft.id))
    }

    pub(super) fn sees_credit(&self, credit: &Credited) -> bool {
        let issued = seen(self.account.ledger().item(&credit.note.id).ok(), self.viewpoint()).is_some();
        let own = match self.account.invoice(&credit.note.invoice) {
            Ok(invoice) => self.is_own_draft(&invoice.draft),
            Err(_) => self.account.ledger().item(&credit.note.invoice).is_ok_and(|item| self.sees_item(item)),
        };
        own && (!self.is_customer() || issued || self.is_asked(&credit.note.id))
    }

    /// Whether they see an open item that has no document here.
    pub(super) fn sees_item(&self, item: &OpenItem) -> bool {
        self.is_customers(&item.terms().customer)
    }

    /// Whether they see a document, whatever it is.
    pub(super) fn sees(&self, document: &Id) -> bool {
        if let Ok(invoice) = self.account.invoice(document) {
            return self.sees_invoice(invoice);
        }
        if let Ok(credit) = self.account.credit_note(document) {
            return self.sees_credit(credit);
        }
        if let Ok(item) = self.account.ledger().item(document) {
            return self.sees_item(item);
        }
        self.account.estimate(document).is_ok_and(|estimate| self.sees_estimate(estimate))
    }

    /// Whether they see an estimate: whoever pays does, and a customer whose tickets alone it is about.
    pub(super) fn sees_estimate(&self, estimate: &Estimate) -> bool {
        let tickets = &estimate.proposed.scope.tickets;
        self.reaches_all()
            || (self.is_customer() && !tickets.is_empty() && tickets.iter().all(|id| self.sees_ticket(id)))
    }

    /// Whether they see a ticket: of their customer, or one they worked on.
    pub(super) fn sees_ticket(&self, id: &Id) -> bool {
        let own = |customer: &Id| self.is_customers(customer);
        self.account.ticket(id).is_some_and(|ticket| own(&ticket.customer))
    }

    /// Whether they see an entry.
    pub(super) fn sees_entry(&self, entry: &Entry) -> bool {
        match self.role.reach {
            Reach::Account => true,
            Reach::OwnWork => entry.agent.as_ref() == Some(self.who),
            Reach::OwnDocuments => {
                let ticket = entry.ticket.as_ref().and_then(|id| self.account.ticket(id));
                let customer = ticket.map(|ticket| &ticket.customer).or(entry.customer.as_ref());
                customer.is_some_and(|customer| self.is_customers(customer))
            }
        }
    }

    /// Whether they may read a note of a class; the seller's own people when nobody classed it.
    pub(super) fn reads(&self, class: Option<FieldClass>) -> bool {
        self.may(Capability::Notes) && self.role.sees(class.unwrap_or(FieldClass::Internal))
    }

    /// Whether a customer is asked to consent to something: its content is shown for that alone.
    fn is_asked(&self, subject: &Id) -> bool {
        let request = self.account.request(subject).ok().and_then(|request| request.at(self.viewpoint()));
        request.is_some_and(|request| self.decides(subject, &request).is_some())
    }

    /// In which role and for whom they may decide on a request at an instant: the same checks that a
    /// decision goes through, taking for granted that they can prove who they are and sign.
    pub(super) fn decides(&self, subject: &Id, request: &Request) -> Option<Decidable> {
        if !self.may(Capability::Approve) || !self.is_decidable(subject, request.kind()) {
            return None;
        }
        let roles = core::iter::once(&self.role.id).chain(self.acting);
        roles.clone().find_map(|role| self.decides_as(request, role))
    }

    fn decides_as(&self, request: &Request, role: &Id) -> Option<Decidable> {
        let policy = self.rulebook.policy();

        let mandates = policy.delegations().iter();
        let mandates = mandates.filter(|one| one.allows(&one.from, self.who, role, self.at.day()));
        if mandates.clone().any(|one| one.from == request.asked().author) {
            return None;
        }
        let plain = decision(request, self.who, role, self.at);
        if request.check(&plain).is_ok() {
            return Some(Decidable { on_behalf_of: None, role: role.clone() });
        }
        mandates.clone().find_map(|one| {
            let decision = Decision { delegation: Some(one.clone()), ..plain.clone() };
            let on_behalf_of = Some(one.from.clone());
            request.check(&decision).is_ok().then(|| Decidable { on_behalf_of, role: role.clone() })
        })
    }

    /// Whether the subject of a request is theirs and in a state in which somebody decides on it.
    fn is_decidable(&self, subject: &Id, kind: SubjectKind) -> bool {
        let at = self.viewpoint();
        let waits = |state: Option<DocumentState>| state == Some(DocumentState::AwaitingApproval);
        match kind {
            SubjectKind::Invoice => self
                .account
                .invoice(subject)
                .is_ok_and(|invoice| waits(invoice.state_at(at)) && self.is_own_draft(&invoice.draft)),
            SubjectKind::CreditNote => self.account.credit_note(subject).is_ok_and(|credit| {
                let invoice = self.account.invoice(&credit.note.invoice);
                let own = invoice.is_ok_and(|invoice| self.is_own_draft(&invoice.draft));
                waits(credit.state_at(at)) && (own || self.reaches_all())
            }),
            SubjectKind::Estimate => {
                let estimate = self.account.estimate(subject);
                estimate.is_ok_and(|estimate| !estimate.withdrawn && self.sees_estimate(estimate))
            }
            SubjectKind::Void | SubjectKind::WriteOff | SubjectKind::Refund => {
                !self.is_customer() && self.reaches_all()
            }
        }
    }
}

/// A decision that lacks nothing but permission.
fn decision(request: &Request, actor: &Id, role: &Id, at: Instant) -> Decision {
    Decision {
        actor: actor.clone(),
        assurance: Some(Assurance::High),
        at,
        carried: None,
        consent: None,
        delegation: None,
        digest: request.digest(),
        evidence: None,
        ip: None,
        method: None,
        reason: None,
        role: role.clone(),
        shown: None,
        signature: Some(Signature { key: Digest::ZERO, value: String::new() }),
        verdict: Verdict::Approve,
    }
}
