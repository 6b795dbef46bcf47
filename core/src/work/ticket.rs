use crate::audit::Note;
use crate::calendar::Instant;
use crate::canon::shape;
use crate::id::Id;

shape! {
    /// A support ticket, as far as billing needs it.
    pub struct Ticket {
        /// The agreement it was opened under, when it names one.
        pub agreement: Option<Id>,
        /// When it was closed; open tickets are not billed under the closed-ticket trigger.
        pub closed: Option<Instant>,
        /// Whom the work is for.
        pub customer: Id,
        /// Id of the ticket.
        pub id: Id,
        /// Its priority.
        pub priority: Option<Id>,
        /// The project it belongs to.
        pub project: Option<Id>,
        /// The purchase order it is billed under; the customer's when left out.
        pub purchase_order: Option<Id>,
        /// Where the work is done.
        pub site: Option<Id>,
        /// Its status at its source; needed where the policy names statuses that make work billable.
        pub status: Option<Id>,
        /// Since when it has that status.
        pub status_since: Option<Instant>,
        /// What it is about, sealed.
        pub subject: Option<Note>,
        /// Its tags.
        pub tags: Vec<Id>,
        /// Its type.
        pub ticket_type: Option<Id>,
    }
}
