use crate::error_code::errors;

errors! {
    /// Why a decision is refused, or a rule cannot be judged.
    pub enum ApprovalError {
        1201 "approval-content" "expected a decision on {expected}, got one on {got}"
        /// The decision was made on other content than stands now.
        Content {
            /// Digest of the content.
            expected: String,
            /// Digest that was shown.
            got: String,
        },
        1202 "approval-author" "expected somebody else than the author `{author}` to decide"
        /// Separation of duties: the author never approves.
        Author {
            /// The author.
            author: String
        },
        1203 "approval-twice" "expected one decision of `{actor}`, got a second"
        /// One person counts once.
        Twice {
            /// The person.
            actor: String
        },
        1204 "approval-role" "expected one of the roles {roles}, got `{got}`"
        /// The role may not decide what is still open.
        Role {
            /// Roles that may.
            roles: String,
            /// The role that came.
            got: String,
        },
        1205 "approval-not-open" "expected an open request, this one is {status}"
        /// Nothing is left to decide.
        NotOpen {
            /// What it is.
            status: &'static str
        },
        1206 "approval-currency" "expected a rate from {subject} to the {rule} of the rule `{id}`, found none"
        /// The rule names another currency and no rate is given: blocked.
        NoRate {
            /// Currency of the subject.
            subject: String,
            /// Currency of the rule.
            rule: String,
            /// The rule.
            id: String,
        },
        1207 "approval-rule" "expected at least one role and a quorum of at least 1, got {roles} roles and {quorum}"
        /// A rule that nobody, or nothing, could meet.
        Rule {
            /// Roles named.
            roles: usize,
            /// People needed.
            quorum: u32,
        },
        1208 "approval-needed" "expected {quorum} of the roles {roles} to approve: the net of {net} is above {above}"
        /// A finding: what is needed and why.
        Needed {
            /// People needed.
            quorum: u32,
            /// Roles that may.
            roles: String,
            /// The net judged.
            net: String,
            /// The threshold.
            above: String,
        },
        1209 "approval-unknown" "expected something of this account that can be approved, got `{got}`"
        /// No such invoice, credit note, write-off or estimate.
        Unknown {
            /// What was named.
            got: String
        },
    }
}
