use crate::error_code::errors;

errors! {
    /// Why a role is none.
    pub enum RoleError {
        1750 "role-unknown" "expected a role of the library or the policy, got `{got}`"
        /// Nobody defined it.
        Unknown {
            /// The role.
            got: String
        },
        1751 "role-reserved" "expected a role of another name, `{got}` is defined by the library"
        /// A policy cannot redefine what people rely on.
        Reserved {
            /// The role.
            got: String
        },
        1752 "role-capability" "expected a role with the capability `{needed}`, got `{role}`"
        /// The role cannot ask this.
        Capability {
            /// What it takes.
            needed: &'static str,
            /// The role.
            role: String,
        },
        1753 "role-reach" "expected no {capability} on the role `{role}`, which reaches only {reach}"
        /// What concerns all of an account is not for who sees a part of it.
        Reach {
            /// The capability.
            capability: &'static str,
            /// What the role reaches.
            reach: &'static str,
            /// The role.
            role: String,
        },
        1754 "role-class" "expected a role that sees what is {needed}, got `{role}`"
        /// The role sees a part only, and the answer has none.
        Class {
            /// The class it takes.
            needed: &'static str,
            /// The role.
            role: String,
        },
    }
}
