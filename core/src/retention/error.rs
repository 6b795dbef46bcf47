use crate::error_code::errors;

errors! {
    /// Why content cannot be registered, held or erased.
    pub enum RetentionError {
        2501 "class-unknown" "expected a class of the retention policy, got `{got}`"
        /// Nothing says how long content of this class is kept.
        ClassUnknown {
            /// The class.
            got: String
        },
        2502 "retention-period" "expected a period above zero and up to {limit} years for the class `{class}`"
        /// What is to be erased must be kept for some time first.
        Period {
            /// The class.
            class: String,
            /// Years allowed.
            limit: u32,
        },
        2503 "attachment-twice" "expected a new attachment, `{got}` was registered with other content"
        /// Two attachments share an id.
        AttachmentTwice {
            /// The attachment.
            got: String
        },
        2504 "about-unknown" "expected something of this log under {kind}, got `{id}`"
        /// Content or a hold about something that is not here.
        AboutUnknown {
            /// The id.
            id: String,
            /// What it should be.
            kind: &'static str,
        },
        2505 "legal-hold-twice" "expected a new legal hold, `{got}` was placed before"
        /// Two holds share an id.
        HoldTwice {
            /// The hold.
            got: String
        },
        2506 "legal-hold-unknown" "expected a legal hold that stands, got `{got}`"
        /// No such hold stands.
        HoldUnknown {
            /// The hold.
            got: String
        },
        2507 "legal-hold-role" "expected one of the roles [{roles}] to place or lift a legal hold, got `{got}`"
        /// The policy gives this role no right to it.
        HoldRole {
            /// The role that came.
            got: String,
            /// Roles that may.
            roles: String,
        },
        2508 "content-unknown" "expected an attachment or personal text of this log, got `{got}`"
        /// Nothing to erase has this id.
        ContentUnknown {
            /// The id.
            got: String
        },
        2509 "under-legal-hold" "expected content under no legal hold, `{id}` is held by {hold}"
        /// A legal hold always wins.
        Held {
            /// The hold.
            hold: String,
            /// The content.
            id: String,
        },
        2510 "under-dispute" "expected content of no open dispute, `{id}` is needed for {dispute}"
        /// An open dispute always wins.
        Disputed {
            /// The dispute.
            dispute: String,
            /// The content.
            id: String,
        },
        2511 "retention-early" "expected content whose time is over, `{id}` of the class `{class}` is kept {until}"
        /// It must still be kept.
        Early {
            /// Its class.
            class: String,
            /// The content.
            id: String,
            /// Until when, or for ever.
            until: String,
        },
        2512 "bytes-shared" "expected bytes that nothing else needs, those of `{id}` are also those of {other}"
        /// Deleting them would delete what must be kept.
        Shared {
            /// The content.
            id: String,
            /// What needs them.
            other: String,
        },
        2513 "retention-plan-changed" "expected the retention plan that was shown, something else is due now"
        /// Something was registered, held, settled or erased since.
        PlanChanged,
        2514 "retention-nothing" "expected something to erase on {date}, found nothing due"
        /// No content is due.
        Nothing {
            /// The date.
            date: String
        },
        2515 "person-unknown" "expected a person of whom something is kept here, got `{got}`"
        /// Nothing here is about this person.
        PersonUnknown {
            /// The person.
            got: String
        },
        2516 "purge-what" "expected either the digest of a plan or the items to erase"
        /// Neither was named, or both.
        PurgeWhat,
        2517 "erase-role" "expected one of the roles [{roles}] to purge or erase, got `{got}`"
        /// The policy gives this role no right to it.
        EraseRole {
            /// The role that came.
            got: String,
            /// Roles that may.
            roles: String,
        },
        2518 "erase-ahead" "expected to erase as of {today} at the latest, got {got}"
        /// Nothing is erased before its time by a date that has not come.
        Ahead {
            /// The date that came.
            got: String,
            /// The day on which it was decided.
            today: String,
        },
    }
}
