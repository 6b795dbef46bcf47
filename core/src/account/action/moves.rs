//! Customers that change their payer.

use crate::audit::Document;
use crate::canon::{Digest, shape};
use crate::id::Id;

shape! {
    /// Lets a customer go to another payer.
    pub struct ReleaseCustomer {
        /// The customer.
        pub customer: Id,
        /// The account it goes to.
        pub to: Id,
        /// Key of the transfer, unique in this account.
        pub transfer: Id,
    }
}

shape! {
    /// Takes a customer in from another payer.
    pub struct AdmitCustomer {
        /// Hash of the record of its release.
        pub hash: Digest,
        /// That record, whole.
        pub release: Document,
        /// Where it goes on to in the same record: this account was named by mistake and pays for nothing.
        pub send_on: Option<SendOn>,
    }
}

shape! {
    /// Where a customer goes on to that was released to the wrong account.
    pub struct SendOn {
        /// The account it goes to.
        pub to: Id,
        /// Key of the transfer, unique in this account.
        pub transfer: Id,
    }
}
