use super::InvoiceError;
use super::party::{FrozenParty, Located, check_text};
use crate::canon::{shape, words};
use crate::id::Id;
use crate::money::Currency;
use crate::rating::Unit;

words! {
    /// What a document is, by its code in UNTDID 1001.
    pub enum TypeCode {
        /// An invoice.
        Invoice = "380",
        /// A credit note.
        CreditNote = "381",
        /// A down payment.
        Prepayment = "386",
    }
}

words! {
    /// What the quantity of a line is counted in, by its code in UN/ECE Recommendation 20.
    pub enum UnitCode {
        /// Pieces.
        Piece = "C62",
        /// Hours.
        Hour = "HUR",
    }
}

impl UnitCode {
    /// The code under which a unit is invoiced: seconds are priced by the hour.
    #[must_use]
    pub const fn of(unit: Unit) -> Self {
        match unit {
            Unit::Hour => Self::Hour,
            Unit::Unit => Self::Piece,
        }
    }
}

shape! {
    /// A way to pay the seller.
    pub struct PaymentMeans {
        /// The account: an IBAN, or the number of another scheme.
        pub account: Option<String>,
        /// Whose account it is.
        pub account_name: Option<String>,
        /// Its code in UNTDID 4461, such as 30 or 58 for a transfer.
        pub code: Id,
        /// The currency it is for; every one when left out.
        pub currency: Option<Currency>,
        /// Who keeps the account, such as a BIC.
        pub servicer: Option<String>,
    }
}

shape! {
    /// A customer that lines name besides the buyer.
    pub struct CustomerName {
        /// The customer.
        pub customer: Id,
        /// Its name.
        pub name: String,
    }
}

shape! {
    /// What a code of the host is called on documents.
    pub struct CodeName {
        /// The code: of an approval rule, a reason, an agreement, payment terms, a cash book.
        pub code: Id,
        /// Its name.
        pub name: String,
    }
}

shape! {
    /// What documents say instead of the host's codes.
    pub struct Wording {
        /// Names of codes; a code without one stands there itself.
        pub names: Vec<CodeName>,
    }
}

shape! {
    /// What a document says besides its lines and sums, frozen when it is drafted.
    pub struct Header {
        /// Who buys: the payer of the account.
        pub buyer: FrozenParty,
        /// What the buyer asked to have on its documents.
        pub buyer_reference: Option<String>,
        /// The contract it is billed under.
        pub contract: Option<String>,
        /// The customers that its lines name, where they are not the buyer.
        pub customers: Vec<CustomerName>,
        /// Words for everybody who reads it.
        pub notes: Vec<String>,
        /// How it can be paid.
        pub payment_means: Vec<PaymentMeans>,
        /// The purchase order it is billed under.
        pub purchase_order: Option<Id>,
        /// Who sells.
        pub seller: FrozenParty,
        /// What it is.
        pub type_code: TypeCode,
        /// What the codes that stand on it are called, where they have names.
        pub wording: Option<Wording>,
    }
}

impl Header {
    /// What the codes that stand on it are called.
    #[must_use]
    pub fn names(&self) -> &[CodeName] {
        self.wording.as_ref().map_or(&[], |wording| &wording.names)
    }
}

impl PaymentMeans {
    /// Every fault with its place.
    #[must_use]
    pub fn check(&self) -> Vec<Located> {
        let code = self.code.as_str();
        let known = code == "ZZZ" || (code.len() <= 3 && code.bytes().all(|digit| digit.is_ascii_digit()));
        let wrong =
            (!known).then(|| ("/code".to_owned(), InvoiceError::PaymentMeans { got: code.to_owned() }));
        let own =
            [("account", &self.account), ("account_name", &self.account_name), ("servicer", &self.servicer)];
        let texts =
            own.into_iter().filter_map(|(field, text)| Some((field, check_text(text.as_deref()?).err()?)));
        wrong.into_iter().chain(texts.map(|(field, error)| (format!("/{field}"), error))).collect()
    }
}
