use super::{Capability, Reach, RoleError};
use crate::canon::{FieldClass, shape};
use crate::id::Id;

shape! {
    /// What the people of a role may see and do.
    pub struct Role {
        /// What it may see and do.
        pub capabilities: Vec<Capability>,
        /// The classes of fields it may see.
        pub classes: Vec<FieldClass>,
        /// Id of the role.
        pub id: Id,
        /// Whose things it reaches.
        pub reach: Reach = Reach::Account,
    }
}

/// The classes that the seller's own people may see.
const STAFF: &[FieldClass] = &[FieldClass::Public, FieldClass::Internal, FieldClass::Personal];

/// The roles that stand by themselves, with what they may see and do.
const BUILT_IN: &[(&str, Reach, &[FieldClass], &[Capability])] = {
    use Capability as C;
    &[
        ("engineer", Reach::OwnWork, STAFF, &[C::Time, C::Scope, C::Notes]),
        (
            "support_manager",
            Reach::Account,
            STAFF,
            &[
                C::Documents,
                C::Scope,
                C::Time,
                C::ServiceLevel,
                C::Notes,
                C::Approvals,
                C::Approve,
                C::Remark,
            ],
        ),
        (
            "billing_specialist",
            Reach::Account,
            STAFF,
            &[
                C::Documents,
                C::Totals,
                C::Money,
                C::Rates,
                C::Payments,
                C::Time,
                C::Scope,
                C::Notes,
                C::Approvals,
                C::Disputes,
                C::Approve,
                C::Settle,
                C::Bill,
                C::WriteOff,
                C::Deliver,
                C::Collect,
                C::Remark,
            ],
        ),
        (
            "account_manager",
            Reach::Account,
            STAFF,
            &[
                C::Documents,
                C::Totals,
                C::Approvals,
                C::Disputes,
                C::Approve,
                C::Settle,
                C::Collect,
                C::Remark,
            ],
        ),
        (
            "customer",
            Reach::OwnDocuments,
            &[FieldClass::Public],
            &[
                C::Documents,
                C::Totals,
                C::Money,
                C::Rates,
                C::Payments,
                C::Time,
                C::Scope,
                C::Notes,
                C::Approvals,
                C::Disputes,
                C::Approve,
                C::Accept,
                C::Dispute,
                C::Promise,
            ],
        ),
        (
            "auditor",
            Reach::Account,
            &[FieldClass::Public, FieldClass::Internal, FieldClass::Personal, FieldClass::Health],
            &[
                C::Documents,
                C::Totals,
                C::Money,
                C::Rates,
                C::Payments,
                C::Time,
                C::Scope,
                C::ServiceLevel,
                C::Notes,
                C::Approvals,
                C::Disputes,
                C::Audit,
            ],
        ),
    ]
};

impl Role {
    /// The roles that stand by themselves: engineer, support manager, billing specialist, account
    /// manager, customer, auditor. None of them sees secrets, and the auditor does nothing.
    #[must_use]
    pub fn built_in() -> Vec<Self> {
        let role = |(id, reach, classes, capabilities): &(&str, Reach, &[FieldClass], &[Capability])| Self {
            capabilities: capabilities.to_vec(),
            classes: classes.to_vec(),
            id: Id::of_digits(id),
            reach: *reach,
        };
        BUILT_IN.iter().map(role).collect()
    }

    /// Whether it may see or do something.
    #[must_use]
    pub fn may(&self, capability: Capability) -> bool {
        self.capabilities.contains(&capability)
    }

    /// Whether it may see fields of a class.
    #[must_use]
    pub fn sees(&self, class: FieldClass) -> bool {
        self.classes.contains(&class)
    }

    /// Refuses a role that lacks a capability.
    ///
    /// # Errors
    /// [`RoleError::Capability`].
    pub fn needs(&self, capability: Capability) -> Result<(), RoleError> {
        if self.may(capability) {
            return Ok(());
        }
        Err(RoleError::Capability { needed: capability.word(), role: self.id.to_string() })
    }

    /// Refuses a role that does not see a class.
    ///
    /// # Errors
    /// [`RoleError::Class`].
    pub fn needs_class(&self, class: FieldClass) -> Result<(), RoleError> {
        if self.sees(class) {
            return Ok(());
        }
        Err(RoleError::Class { needed: class.word(), role: self.id.to_string() })
    }

    /// What is wrong with a role that a policy defines.
    #[must_use]
    pub fn check(&self) -> Vec<RoleError> {
        let mut errors = Vec::new();
        if BUILT_IN.iter().any(|(id, ..)| *id == self.id.as_str()) {
            errors.push(RoleError::Reserved { got: self.id.to_string() });
        }
        if self.reach != Reach::Account && self.may(Capability::Audit) {
            let capability = Capability::Audit.word();
            errors.push(RoleError::Reach { capability, reach: self.reach.word(), role: self.id.to_string() });
        }
        errors
    }
}
