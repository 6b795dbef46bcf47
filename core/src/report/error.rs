use crate::error_code::errors;

errors! {
    /// Why a question cannot be answered.
    pub enum ReportError {
        2001 "line-unknown" "expected a line of an invoice of this account, got `{got}`"
        /// No such line.
        LineUnknown {
            /// The line.
            got: String
        },
        2030 "viewer-unknown" "expected a customer that the account pays for, got `{got}`"
        /// Who looks has no documents here.
        ViewerUnknown {
            /// The viewer.
            got: String
        },
        2031 "page-token" "expected a token that ended a page before, got `{got}`"
        /// Nothing that the viewer sees stands there.
        PageToken {
            /// The token.
            got: String
        },
        2032 "page-limit" "expected 1 to {limit} things on a page, got {got}"
        /// No page, or one too large.
        PageLimit {
            /// Things allowed.
            limit: u32,
            /// Things that were asked for.
            got: u32,
        },
        2033 "document-unknown" "expected a document that the viewer sees, got `{got}`"
        /// No such document, or none of theirs.
        DocumentUnknown {
            /// The document.
            got: String
        },
        2034 "id-doubled" "expected the {kind} `{id}` in one account, found it in {accounts}"
        /// A finding: one id, two things.
        IdDoubled {
            /// What it is an id of.
            kind: &'static str,
            /// The id.
            id: String,
            /// The accounts.
            accounts: String,
        },
        2040 "nothing-overdue" "expected something overdue on {as_of}, found nothing to remind of"
        /// A reminder would say nothing.
        NothingOverdue {
            /// The day.
            as_of: String
        },
        2041 "pack-other" "expected the pack that the log comes to, {expected}, got {got}"
        /// A close states another pack than its log comes to.
        PackOther {
            /// The digest of what the log comes to.
            expected: String,
            /// The digest that is stated.
            got: String,
        },
        2042 "shadow-number-twice" "expected each invoice once, got `{got}` again"
        /// Two invoices of another system have one number.
        ShadowNumberTwice {
            /// The number.
            got: String
        },
    }
}
