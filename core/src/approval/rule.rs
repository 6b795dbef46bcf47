use super::asks::unanswered;
use super::when::{HasFact, When};
use super::{ApprovalError, SubjectKind};
use crate::audit::Assurance;
use crate::canon::{shape, words};
use crate::id::Id;
use crate::money::{Currency, Price};

words! {
    /// In which order the steps of a rule are decided.
    pub enum StepOrder {
        /// All at once.
        Parallel = "parallel",
        /// One after the other.
        Sequence = "sequence",
    }
}

words! {
    /// What becomes of work to which consent was denied, or not given in time.
    pub enum Lapse {
        /// It goes back to the author, who voids and corrects.
        Return = "return",
        /// The document is voided and the work waits until somebody releases it.
        Hold = "hold",
        /// The document is voided and the work is billed at no charge, as if an agreement covered it.
        BillCovered = "bill_covered",
        /// The document is voided and the work is never billed.
        WriteOff = "write_off",
    }
}

shape! {
    /// People who must approve, and how surely they must be known.
    pub struct ApprovalStep {
        /// How surely a person must be known.
        pub assurance: Option<Assurance>,
        /// The people who may; anybody in one of the roles when empty.
        pub people: Vec<Id>,
        /// How many people must approve.
        pub quorum: u32 = 1,
        /// The roles that may; any role of the people when empty.
        pub roles: Vec<Id>,
        /// Whether a decision must be signed.
        pub signed: bool = false,
    }
}

shape! {
    /// Who else may decide when nobody did for a while.
    pub struct Escalation {
        /// Hours after the request.
        pub after_hours: u32,
        /// Roles that may decide from then on, beside those of every step.
        pub roles: Vec<Id>,
    }
}

shape! {
    /// When a request that nobody decided is over.
    pub struct Expiry {
        /// Hours after the request.
        pub after_hours: u32,
        /// What then becomes of the work.
        pub then: Lapse = Lapse::Return,
    }
}

shape! {
    /// When somebody must agree, and who.
    pub struct ApprovalRule {
        /// Strictly above this absolute net before tax: 250.00 passes, 250.01 needs approval.
        pub above: Option<Price>,
        /// How surely a person must be known, where the rule has one step.
        pub assurance: Option<Assurance>,
        /// Whether decisions stand when the document is made again with lines of the one that was shown
        /// and an amount that is not larger.
        pub carries: bool = false,
        /// Currency of the thresholds; the subject's own, at face value, when left out.
        pub currency: Option<Currency>,
        /// Whether a person may decide for another who delegated to them.
        pub delegation: bool = true,
        /// What becomes of the work when somebody says no.
        pub denied: Lapse = Lapse::Return,
        /// Who else may decide when nobody did for a while.
        pub escalation: Option<Escalation>,
        /// When a request that nobody decided is over.
        pub expiry: Option<Expiry>,
        /// Id of the rule.
        pub id: Id,
        /// What it is for; what is for credit notes is for voids too where no rule of the policy is.
        pub kinds: Vec<SubjectKind> = vec![SubjectKind::Invoice],
        /// In which order the steps are decided.
        pub order: StepOrder = StepOrder::Parallel,
        /// People who may approve, where the rule has one step.
        pub people: Vec<Id>,
        /// How many people must approve, where the rule has one step.
        pub quorum: u32 = 1,
        /// Roles that may approve, where the rule has one step.
        pub roles: Vec<Id>,
        /// Whether a decision must be signed, where the rule has one step.
        pub signed: bool = false,
        /// Whether `above` also looks at what was asked for the same ticket and code since this rule last
        /// decided, so that a job cannot be billed in parts below the threshold.
        pub split_proof: bool = true,
        /// Several groups of people who must approve.
        pub steps: Vec<ApprovalStep>,
        /// What else must be the case; with `above`, both must.
        pub when: Option<When>,
    }
}

/// The role of whoever pays.
const CUSTOMER: &str = "customer";

/// Longest escalation and expiry: ten years.
const MAX_HOURS: u32 = 87_600;

impl ApprovalRule {
    /// A rule under which one person in a role approves everything of a kind.
    #[must_use]
    pub fn one_of(id: Id, kind: SubjectKind, role: Id) -> Self {
        Self {
            above: None,
            assurance: None,
            carries: false,
            currency: None,
            delegation: true,
            denied: Lapse::Return,
            escalation: None,
            expiry: None,
            id,
            kinds: vec![kind],
            order: StepOrder::Parallel,
            people: Vec::new(),
            quorum: 1,
            roles: vec![role],
            signed: false,
            split_proof: true,
            steps: Vec::new(),
            when: None,
        }
    }

    /// The rules of a policy that says nothing of approvals: a manager approves an invoice above 250.00, in its
    /// own currency at face value.
    #[must_use]
    pub fn seed() -> Vec<Self> {
        let manager = Id::of_digits("manager");
        let above = Price::whole(250).ok();
        let roles = vec![manager.clone(), Id::of_digits("support_manager")];
        vec![Self { above, roles, ..Self::one_of(manager.clone(), SubjectKind::Invoice, manager) }]
    }

    /// The id of the rule under which customers consent; no rule of a policy has it.
    pub(crate) const CONSENT: &'static str = "customer-consent";

    /// The rule under which a customer consents to an estimate, or to what goes beyond one.
    pub(crate) fn customer_consent(kind: SubjectKind) -> Self {
        let rule = Self::one_of(Id::of_digits(Self::CONSENT), kind, Id::of_digits(CUSTOMER));
        let name = Id::of_digits("beyond_estimate");
        let beyond = When::Fact(HasFact { above: None, any_of: Vec::new(), name });
        Self { when: (kind == SubjectKind::Invoice).then_some(beyond), ..rule }
    }

    /// Whether a customer must say yes, whoever else does and however long it takes.
    pub(crate) fn asks_customer(&self) -> bool {
        let alone = |roles: &[Id]| !roles.is_empty() && roles.iter().all(|role| role.as_str() == CUSTOMER);
        self.steps().iter().any(|step| alone(&step.roles))
            && self.escalation.iter().all(|escalation| alone(&escalation.roles))
    }

    /// The steps; the rule's own people and roles are one.
    #[must_use]
    pub fn steps(&self) -> Vec<ApprovalStep> {
        if !self.steps.is_empty() {
            return self.steps.clone();
        }
        vec![ApprovalStep {
            assurance: self.assurance,
            people: self.people.clone(),
            quorum: self.quorum,
            roles: self.roles.clone(),
            signed: self.signed,
        }]
    }

    /// What is wrong with the rule.
    #[must_use]
    pub fn check(&self) -> Vec<ApprovalError> {
        let mut errors = Vec::new();
        for step in self.steps() {
            let too_few =
                step.roles.is_empty() && u32::try_from(step.people.len()).unwrap_or(u32::MAX) < step.quorum;
            let nobody = step.roles.is_empty() && step.people.is_empty();
            if nobody || too_few || step.quorum == 0 {
                let (roles, people) = (step.roles.len(), step.people.len());
                errors.push(ApprovalError::Rule { roles, people, quorum: step.quorum });
            }
        }
        let short = !self.roles.is_empty()
            || !self.people.is_empty()
            || self.signed
            || self.quorum != 1
            || self.assurance.is_some();
        if short && !self.steps.is_empty() {
            errors.push(ApprovalError::RuleSteps);
        }
        if self.above.is_none() && self.when.is_none() {
            errors.push(ApprovalError::RuleWithoutCondition);
        }
        let depth = self.when.as_ref().map_or(0, When::depth);
        if depth > When::DEEPEST {
            errors.push(ApprovalError::RuleDepth { limit: When::DEEPEST, got: depth });
        }
        errors.extend(self.when.iter().flat_map(|when| unanswered(&self.kinds, when)));
        let hours = self.escalation.iter().map(|escalation| escalation.after_hours);
        for got in hours.chain(self.expiry.iter().map(|expiry| expiry.after_hours)) {
            if got == 0 || got > MAX_HOURS {
                errors.push(ApprovalError::RuleHours { limit: MAX_HOURS, got });
            }
        }
        if self.escalation.as_ref().is_some_and(|escalation| escalation.roles.is_empty()) {
            errors.push(ApprovalError::Rule { roles: 0, people: 0, quorum: 1 });
        }
        errors
    }

    /// Who must approve, for people to read.
    #[must_use]
    pub fn who(&self) -> String {
        let steps: Vec<String> = self
            .steps()
            .iter()
            .map(|step| {
                let names = |ids: &[Id]| ids.iter().map(Id::as_str).collect::<Vec<_>>().join(" or ");
                match (step.people.is_empty(), step.roles.is_empty()) {
                    (true, _) => format!("{} of {}", step.quorum, names(&step.roles)),
                    (false, true) => format!("{} of {}", step.quorum, names(&step.people)),
                    (false, false) => {
                        format!("{} of {} as {}", step.quorum, names(&step.people), names(&step.roles))
                    }
                }
            })
            .collect();
        steps.join(match self.order {
            StepOrder::Parallel => " and ",
            StepOrder::Sequence => ", then ",
        })
    }
}
