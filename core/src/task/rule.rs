use super::TaskError;
use crate::approval::{Known, KnownFact, NetOf, Seen, Subject, When, holds, value};
use crate::canon::{shape, union, words};
use crate::id::Id;
use crate::money::Currency;

words! {
    /// The events that can ask for tasks.
    pub enum TaskCause {
        /// An invoice was drafted: nothing is owed yet, somebody can still be warned.
        InvoiceDrafted = "invoice_drafted",
        /// An invoice has its number.
        InvoiceIssued = "invoice_issued",
        /// An invoice was voided.
        InvoiceVoided = "invoice_voided",
        /// A credit note has its number.
        CreditNoteIssued = "credit_note_issued",
        /// Money was applied: the customer can have a receipt.
        PaymentApplied = "payment_applied",
        /// A dispute was opened.
        DisputeOpened = "dispute_opened",
        /// A dispute ended.
        DisputeClosed = "dispute_closed",
        /// Somebody must decide.
        ApprovalAsked = "approval_asked",
        /// Nobody did for a while, and others may too.
        ApprovalEscalated = "approval_escalated",
        /// Somebody said no.
        ApprovalRejected = "approval_rejected",
        /// Nobody decided in time.
        ApprovalExpired = "approval_expired",
        /// Work waits, is billed at no charge or is given up, because consent to it was denied or not given.
        ConsentLapsed = "consent_lapsed",
        /// A credit note was voided.
        CreditNoteVoided = "credit_note_voided",
        /// Money that was applied is taken back: a returned debit, a chargeback, a mistake.
        PaymentUnapplied = "payment_unapplied",
        /// The cash book could not pay back what was approved.
        RefundDeclined = "refund_declined",
        /// A part of an item was written off.
        WrittenOff = "written_off",
        /// Content is erased under retention; no rule is needed, the purge itself asks for it.
        ContentErased = "content_erased",
    }
}

words! {
    /// What is to be done.
    pub enum TaskAction {
        /// Send the document.
        Send = "send",
        /// Tell somebody.
        Notify = "notify",
        /// Ask for a decision.
        Decide = "decide",
        /// Open a ticket, such as one for accounting.
        OpenTicket = "open_ticket",
        /// Write to the ticket of the work.
        WriteBack = "write_back",
        /// Put the document away for as long as it must be kept.
        Archive = "archive",
        /// Delete bytes or words, every copy of them.
        Purge = "purge",
        /// Take everything personal out of bytes.
        Anonymise = "anonymise",
    }
}

shape! {
    /// Whoever has a role at the seller.
    pub struct TaskRole {
        /// The role.
        pub role: Id,
    }
}

shape! {
    /// A contact of the customer.
    pub struct ContactPurpose {
        /// What the contact is for, such as `billing`.
        pub purpose: Id,
    }
}

shape! {
    /// Those who may decide now; the task lists them.
    pub struct Deciders {}
}

shape! {
    /// Each ticket whose work is billed; one task for each.
    pub struct TicketSource {}
}

shape! {
    /// Where the bytes are kept.
    pub struct Storage {}
}

union! {
    /// Whom a task is for.
    pub enum Audience {
        /// A role.
        Role(TaskRole) = "role",
        /// A contact of the customer.
        Contact(ContactPurpose) = "contact",
        /// Those who may decide.
        Deciders(Deciders) = "deciders",
        /// Each ticket.
        Ticket(TicketSource) = "ticket",
        /// Where the bytes are kept.
        Storage(Storage) = "storage",
    }
}

shape! {
    /// Which event asks whom to do what, by which channel.
    pub struct TaskRule {
        /// What is to be done.
        pub action: TaskAction,
        /// Whom it is for.
        pub audience: Audience,
        /// The way, such as `mail`, `chat` or `helpdesk`.
        pub channel: Id,
        /// Only documents in this currency; any when left out.
        pub currency: Option<Currency>,
        /// Id of the rule; part of the ids of its tasks.
        pub id: Id,
        /// The event.
        pub on: TaskCause,
        /// The host's template.
        pub template: Option<Id>,
        /// What else must be the case; amounts are compared at face value.
        pub when: Option<When>,
    }
}

impl TaskRule {
    /// The rule of the library for a dispute of which no rule of the policy speaks: the account manager is told.
    #[must_use]
    pub fn dispute_opened() -> Self {
        Self {
            action: TaskAction::Notify,
            audience: Audience::Role(TaskRole { role: Id::of_digits("account_manager") }),
            channel: Id::of_digits("mail"),
            currency: None,
            id: Id::of_digits("dispute-opened"),
            on: TaskCause::DisputeOpened,
            template: None,
            when: None,
        }
    }

    /// What is wrong with the rule.
    #[must_use]
    pub fn check(&self) -> Vec<TaskError> {
        let mut errors = Vec::new();
        if !fits(self.on, self.action) || !reaches(self.on, &self.audience) {
            let (action, audience, on) = (self.action.word(), self.audience.kind(), self.on.word());
            errors.push(TaskError::Rule { action, audience, on });
        }
        let known = known(self.on);
        for (leaf, got) in self.when.iter().flat_map(|when| when.unanswered(&known)) {
            errors.push(match leaf {
                When::Net(net) if matches!(net.of, NetOf::Job | NetOf::Month) => {
                    TaskError::RuleNet { got: net.of.word() }
                }
                When::Net(_)
                | When::Fact(_)
                | When::Code(_)
                | When::Payer(_)
                | When::All(_)
                | When::Any(_)
                | When::None(_) => {
                    TaskError::RuleUnanswered { facts: known.names(), got, on: self.on.word() }
                }
            });
        }
        errors
    }

    /// The values that make the rule ask; nothing where it does not.
    #[must_use]
    pub fn asks(&self, subject: &Subject) -> Option<Vec<Seen>> {
        if self.currency.is_some_and(|currency| currency != subject.currency) {
            return None;
        }
        self.when.as_ref().map_or(Some(Vec::new()), |when| holds(when, subject))
    }
}

/// The table of every event and action.
const fn fits(on: TaskCause, action: TaskAction) -> bool {
    use TaskAction as A;
    use TaskCause as C;
    match action {
        A::Send => {
            matches!(on, C::InvoiceIssued | C::CreditNoteIssued | C::PaymentApplied | C::DisputeClosed)
        }
        A::Notify | A::OpenTicket => !matches!(on, C::ContentErased),
        A::Decide => matches!(on, C::ApprovalAsked | C::ApprovalEscalated),
        A::WriteBack => matches!(on, C::InvoiceDrafted | C::InvoiceIssued | C::InvoiceVoided),
        A::Archive => matches!(on, C::InvoiceIssued | C::CreditNoteIssued),
        // Nothing is erased because somebody wrote a rule about an event: retention decides.
        A::Purge | A::Anonymise => false,
    }
}

/// Whether an event knows an audience.
const fn reaches(on: TaskCause, audience: &Audience) -> bool {
    use TaskCause as C;
    match audience {
        Audience::Role(_) | Audience::Contact(_) => true,
        Audience::Deciders(_) => matches!(on, C::ApprovalAsked | C::ApprovalEscalated),
        Audience::Ticket(_) => matches!(on, C::InvoiceDrafted | C::InvoiceIssued | C::InvoiceVoided),
        Audience::Storage(_) => false,
    }
}

const WHY: &[KnownFact] = &[value("reason")];
const OPENED: &[KnownFact] = &[value("invoice"), value("reason")];
const CLOSED: &[KnownFact] = &[value("invoice"), value("outcome")];

/// What is known of each event.
const fn known(on: TaskCause) -> Known {
    use TaskCause as C;
    match on {
        C::InvoiceDrafted | C::InvoiceIssued | C::InvoiceVoided => Known::INVOICE,
        C::CreditNoteIssued
        | C::CreditNoteVoided
        | C::PaymentUnapplied
        | C::RefundDeclined
        | C::WrittenOff => Known::plain(WHY),
        C::DisputeOpened => Known::plain(OPENED),
        C::DisputeClosed => Known::plain(CLOSED),
        C::ApprovalAsked
        | C::ApprovalEscalated
        | C::ApprovalRejected
        | C::ApprovalExpired
        | C::ConsentLapsed => Known::ASKED,
        C::PaymentApplied | C::ContentErased => Known::plain(&[]),
    }
}
