use crate::error_code::errors;

errors! {
    /// What can be wrong with a rulebook besides what its rooms say of their parts.
    pub enum RulebookError {
        1801 "id-twice" "expected each {what} once, got `{id}` again"
        /// Two things of one kind share an id.
        IdTwice {
            /// What it is.
            what: &'static str,
            /// The id.
            id: String,
        },
        1802 "reference-unknown" "expected a {what} of the rulebook, got `{id}`"
        /// Something is named that is not there.
        ReferenceUnknown {
            /// What it should be.
            what: &'static str,
            /// The id.
            id: String,
        },
        1803 "parent-circular" "expected a parent above the customer, `{id}` is its own ancestor"
        /// The tree of customers has a circle.
        ParentCircular {
            /// The customer.
            id: String
        },
        1804 "parent-depth" "expected at most {limit} customers above `{id}`"
        /// A tree of customers deeper than any company.
        ParentDepth {
            /// Customers allowed.
            limit: usize,
            /// The customer.
            id: String,
        },
        1805 "customer-unknown" "expected a customer with terms, got `{id}`"
        /// The rulebook has no terms for this customer.
        CustomerUnknown {
            /// The customer.
            id: String
        },
        1806 "customer-not-payer" "expected a customer that is billed itself, `{id}` is billed to `{payer}`"
        /// The account belongs to its payer.
        NotPayer {
            /// The customer.
            id: String,
            /// Who pays.
            payer: String,
        },
        1807 "seller-mismatch" "expected the seller `{expected}` of the rulebook, got `{got}`"
        /// A log of another seller: sellers never meet.
        SellerMismatch {
            /// The rulebook's seller.
            expected: String,
            /// The seller that came.
            got: String,
        },
        1808 "bank-account-shared" "expected the bank account `{id}` on one customer, it stands on `{first}` and `{second}`"
        /// A payer could not be told by it.
        BankAccountShared {
            /// The bank account.
            id: String,
            /// The customer that stands first.
            first: String,
            /// The customer that came.
            second: String,
        },
        1809 "price-currency-missing" "expected a currency on the price row `{id}`, found none"
        /// A price says nothing without its currency.
        PriceCurrencyMissing {
            /// The row.
            id: String
        },
        1810 "own-rate-customer" "expected no customer on the own rate row `{id}`, which is for `{customer}` already"
        /// A row of a customer's own names a customer.
        OwnRateCustomer {
            /// The row.
            id: String,
            /// The customer whose terms hold it.
            customer: String,
        },
        1830 "plan-interval" "expected an interval of 1 to 1200 units in the plan `{id}`"
        /// A plan that never comes round.
        PlanInterval {
            /// The plan.
            id: String
        },
        1831 "plan-balance" "expected a balance of at least 0 in the plan `{id}`, got {got}"
        /// A plan that is always due.
        PlanBalance {
            /// The plan.
            id: String,
            /// The balance.
            got: String,
        },
        1832 "billing-wait" "expected a minimum of at least 0 and at most {limit} days of delay and grace, got {got}"
        /// Work that is never billed.
        BillingWait {
            /// Days allowed.
            limit: u32,
            /// What came.
            got: String,
        },
        1833 "discount-mixed" "expected the discount of `{id}` to include or to exclude the tax, as prices contain it, got mixed"
        /// The discounted net is not known from a price that contains its tax.
        DiscountMixed {
            /// The payment terms.
            id: String
        },
        1834 "plan-zone" "expected the IANA name of a time zone in the plan `{id}`, got `{got}`"
        /// No such zone.
        PlanZone {
            /// The plan.
            id: String,
            /// What came.
            got: String,
        },
        1840 "rulebook-unpublished" "expected rules that are published, got {what} with the digest {digest}"
        /// The seller decides under published rules only.
        Unpublished {
            /// The section.
            what: String,
            /// Its digest.
            digest: String,
        },
        1841 "rulebook-not-in-force" "expected rules in force on {got}, {what} is from {from} on"
        /// Published, but for later days.
        NotInForce {
            /// The section.
            what: String,
            /// Its first day.
            from: String,
            /// The day that came.
            got: String,
        },
        1842 "publication-required" "expected publication to be off, it is on already"
        /// Turned on, it stays on; who must agree is changed as rules are.
        PublicationRequired,
        1843 "publication-twice" "expected a new id of a publication, got `{id}` again"
        /// The id was used.
        PublicationTwice {
            /// The id.
            id: String
        },
        1844 "publication-empty" "expected sections that differ from what is published, got none"
        /// Nothing would change.
        PublicationEmpty,
        1845 "publication-base" "expected a change of the {section} as published ({expected}), got one of {got}"
        /// Somebody else published in between, or the wrong version was taken.
        PublicationBase {
            /// The section.
            section: String,
            /// Digest of what is published.
            expected: String,
            /// Digest of what it was made from.
            got: String,
        },
        1846 "publication-unknown" "expected a publication that waits for somebody to agree, got `{id}`"
        /// Never proposed, or ended.
        PublicationUnknown {
            /// The id.
            id: String
        },
        1847 "publication-author" "expected somebody else than the author `{actor}` to decide"
        /// Nobody agrees to their own rules.
        PublicationAuthor {
            /// The author.
            actor: String
        },
        1848 "publication-role" "expected one of the roles [{roles}] to decide, got `{got}`"
        /// This role has no say.
        PublicationRole {
            /// Roles that have.
            roles: String,
            /// The role that came.
            got: String,
        },
        1849 "publication-again" "expected somebody who has not agreed yet, got `{actor}` again"
        /// One person counts once.
        PublicationAgain {
            /// The person.
            actor: String
        },
        1850 "publication-digest" "expected a decision on {expected}, got one on {got}"
        /// Something else was shown.
        PublicationDigest {
            /// Digest of the proposal.
            expected: String,
            /// The digest that came.
            got: String,
        },
        1851 "publication-approvals" "expected 1 to {limit} people to agree, got {got}"
        /// Nobody would agree, or nobody could.
        PublicationApprovals {
            /// Most people.
            limit: u32,
            /// What came.
            got: u32,
        },
        1852 "rulebook-superseded" "expected rules in force on {got}, {what} was superseded from {since} on"
        /// Published, but others took its place by then.
        Superseded {
            /// The section.
            what: String,
            /// The first day of what took its place.
            since: String,
            /// The day that came.
            got: String,
        },
    }
}
