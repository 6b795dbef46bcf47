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
        1207 "approval-rule" "expected a quorum of at least 1 that {roles} roles or {people} people can reach, got {quorum}"
        /// A step that nobody, or nothing, could meet.
        Rule {
            /// Roles named.
            roles: usize,
            /// People named.
            people: usize,
            /// People needed.
            quorum: u32,
        },
        1208 "approval-needed" "expected {who} to approve under the rule `{rule}`: {why}"
        /// A finding: what is needed and why.
        Needed {
            /// Who must approve.
            who: String,
            /// The rule.
            rule: String,
            /// The values it saw.
            why: String,
        },
        1209 "approval-unknown" "expected something of this account that can be approved, got `{got}`"
        /// No such invoice, credit note, write-off or estimate.
        Unknown {
            /// What was named.
            got: String
        },
        1210 "approval-rule-steps" "expected either steps or roles, people, quorum, assurance and signature of one step, got both"
        /// A rule that says twice who must approve.
        RuleSteps,
        1211 "approval-rule-condition" "expected a threshold or a condition, found neither"
        /// A rule that does not say when; an empty `all` means always.
        RuleWithoutCondition,
        1212 "approval-rule-hours" "expected 1 to {limit} hours, got {got}"
        /// An escalation or expiry at once, or never.
        RuleHours {
            /// Most hours.
            limit: u32,
            /// What came.
            got: u32,
        },
        1213 "approval-rate" "expected one rate above 0 from one currency to another, in line with the rate back, got {got} from {from} to {to}"
        /// An exchange rate that cannot be, that stands twice, or that contradicts the rate back.
        Rate {
            /// From this currency.
            from: String,
            /// To this currency.
            to: String,
            /// The rate.
            got: String,
        },
        1214 "approval-early" "expected a decision after the request of {asked}, got one of {got}"
        /// Nobody decides before they are asked.
        Early {
            /// When was asked.
            asked: String,
            /// When was decided.
            got: String,
        },
        1215 "approval-expired" "expected a decision before {over}, when the rule `{rule}` ended the request"
        /// The time to decide is over.
        Expired {
            /// The rule.
            rule: String,
            /// When it was over.
            over: String,
        },
        1216 "approval-not-expired" "expected a request whose time is over, this one's is {over}, it is {got}"
        /// There is time to decide.
        NotExpired {
            /// When its time is over.
            over: String,
            /// When it was asked to end.
            got: String,
        },
        1217 "approval-assurance" "expected an assurance of at least {expected}, got {got}"
        /// The person is not known surely enough.
        Assurance {
            /// What the rule demands.
            expected: &'static str,
            /// What the stamp says.
            got: &'static str,
        },
        1218 "approval-delegation" "expected a delegation between two people over days and roles, got {roles} roles from `{from}` to `{to}`"
        /// A delegation to oneself, of nothing, or that ends before it begins.
        Delegation {
            /// Whose decisions.
            from: String,
            /// Who decides.
            to: String,
            /// Roles named.
            roles: usize,
        },
        1219 "approval-delegation-unknown" "expected a delegation in force from `{from}` to `{to}` as {role}, found none"
        /// Nobody delegated that, or not for that day.
        DelegationUnknown {
            /// Whose decision it would be.
            from: String,
            /// Who decides.
            to: String,
            /// In which role.
            role: String,
        },
        1220 "approval-delegation-refused" "expected everybody to decide themselves under the rule `{rule}`"
        /// The rule allows no delegates.
        DelegationNotAllowed {
            /// The rule.
            rule: String
        },
        1221 "signature-missing" "expected a signed decision under the rule `{rule}`"
        /// The rule demands a signature.
        SignatureMissing {
            /// The rule.
            rule: String
        },
        1222 "signature-form" "expected a signature of 128 lower-case hexadecimal digits, got {got} characters"
        /// No signature at all.
        SignatureForm {
            /// Characters that came.
            got: usize
        },
        1223 "signature-signer-unknown" "expected a signature key of `{actor}` on that day, found none"
        /// The policy knows no key of the person.
        SignerUnknown {
            /// The person.
            actor: String
        },
        1224 "signature-wrong" "expected a signature of the statement by a key of `{actor}`, it does not verify"
        /// Another content, another person, another key.
        SignatureWrong {
            /// The person.
            actor: String
        },
        1225 "signer-key" "expected an Ed25519 public key that is not weak, got {got}"
        /// No key, or one of small order, under which things verify that nobody signed.
        SignerKey {
            /// The key.
            got: String
        },
        1226 "signatures-off" "expected a library built with the feature `signatures` for signed decisions"
        /// This build cannot verify: nothing passes unverified.
        SignaturesOff,
        1227 "decisions-none" "expected at least one decision"
        /// A batch without decisions.
        DecisionsNone,
        1228 "estimate-cap" "expected a cap above 0, got {got} minor units"
        /// An estimate of nothing.
        EstimateCap {
            /// The cap in minor units.
            got: i64
        },
        1229 "estimate-expiry" "expected an estimate that ends on or after {date}, got {got}"
        /// An estimate that is over before it begins.
        EstimateExpiry {
            /// The day of the proposal.
            date: String,
            /// Its last day.
            got: String,
        },
        1230 "estimate-unknown" "expected an estimate of this account, got `{got}`"
        /// No such estimate.
        EstimateUnknown {
            /// The estimate.
            got: String
        },
        1231 "estimate-withdrawn" "expected an estimate that stands, `{got}` was withdrawn"
        /// Nothing more can be done with it.
        EstimateWithdrawn {
            /// The estimate.
            got: String
        },
        1232 "subject-twice" "expected a new id, `{got}` stands already"
        /// Invoices, credit notes, write-offs and estimates share one namespace.
        SubjectTwice {
            /// The id.
            got: String
        },
        1233 "estimate-overdrawn" "expected to draw at most what is left of the estimate `{got}`"
        /// More would be billed than was consented to.
        EstimateOverdrawn {
            /// The estimate.
            got: String
        },
        1234 "hold-none" "expected work that waits for consent to `{got}`, found none"
        /// Nothing is held for that subject.
        HoldNone {
            /// The subject.
            got: String
        },
        1235 "estimate-moved" "expected an estimate that is here, `{got}` left with its customer"
        /// It is drawn on and taken back where its customer is.
        EstimateMoved {
            /// The estimate.
            got: String
        },
        1240 "approval-page" "expected a decision on the page {expected}, got one on {got}"
        /// The decision was made on another page than the one that its role is shown.
        Page {
            /// Digest of the page.
            expected: String,
            /// Digest of the page that was shown.
            got: String,
        },
        1241 "approval-rule-depth" "expected conditions at most {limit} deep in each other, got {got}"
        /// Records that quote the rule could not be read back.
        RuleDepth {
            /// Depth allowed.
            limit: usize,
            /// Depth found.
            got: usize,
        },
        1242 "approval-rate-date" "expected a rate of {from} to {to}, got one for {pair} of {got}"
        /// An exchange rate of a later day, or one that is too old.
        RateDate {
            /// The first day that is recent enough.
            from: String,
            /// The day that is judged.
            to: String,
            /// From which currency to which.
            pair: String,
            /// Its date.
            got: String,
        },
        1250 "approval-rule-unanswered" "expected a condition that the kind `{kind}` can answer, one of its facts [{facts}] among them, got {got}"
        /// A rule that would never hold: nothing of the kind has what it asks for.
        RuleUnanswered {
            /// The facts of the kind.
            facts: String,
            /// What is asked for.
            got: String,
            /// The kind.
            kind: &'static str,
        },
        1251 "approval-reason" "expected a reason for saying no, got none"
        /// What is rejected goes back to its author, who must know why.
        Reason,
        1252 "approval-rule-reserved" "expected another id than `{got}`, under which customers are asked for consent"
        /// No rule of a policy is taken for the consent that no policy can replace.
        RuleReserved {
            /// The id.
            got: String
        },
    }
}
