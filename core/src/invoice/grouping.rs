use crate::canon::{shape, words};
use crate::id::Id;
use crate::money::Minor;

words! {
    /// What may tell the invoices of one payer and currency apart.
    pub enum GroupKey {
        /// The agreement.
        Agreement = "agreement",
        /// The customer the work was for.
        Customer = "customer",
        /// The language of the customer.
        Language = "language",
        /// The month of the work.
        Period = "period",
        /// The project of the ticket.
        Project = "project",
        /// The purchase order of the ticket, else of the customer.
        PurchaseOrder = "purchase_order",
        /// The site of the ticket.
        Site = "site",
        /// How the customer is taxed.
        TaxScheme = "tax_scheme",
        /// The payment terms of the customer.
        Terms = "terms",
        /// The ticket.
        Ticket = "ticket",
    }
}

shape! {
    /// What all lines of an invoice have in common.
    pub struct GroupValue {
        /// In which respect.
        pub key: GroupKey,
        /// The value; left out where they have none.
        pub value: Option<Id>,
    }
}

shape! {
    /// The part of an invoice that belongs to one customer and agreement.
    pub struct Subtotal {
        /// The agreement.
        pub agreement: Option<Id>,
        /// The customer.
        pub customer: Id,
        /// Sum of its charges before tax.
        pub net: Minor,
    }
}
