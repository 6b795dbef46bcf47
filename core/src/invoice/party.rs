use super::InvoiceError;
use crate::canon::shape;
use crate::id::{Id, hidden_character};

shape! {
    /// Where a party is.
    pub struct Address {
        /// The city.
        pub city: Option<String>,
        /// The country: two capital letters of ISO 3166-1.
        pub country: String,
        /// Street and what else stands above the city, in the order it is printed.
        pub lines: Vec<String>,
        /// The postal code.
        pub postal_code: Option<String>,
        /// The part of the country.
        pub subdivision: Option<String>,
    }
}

shape! {
    /// A number under which an authority knows a party.
    pub struct TaxId {
        /// What kind of number: `VAT` for one of the value added tax, else the host's own word.
        pub scheme: Id,
        /// The number.
        pub value: String,
    }
}

shape! {
    /// Somebody to talk to.
    pub struct ContactPoint {
        /// Address for mail.
        pub email: Option<String>,
        /// Id of the contact.
        pub id: Id,
        /// The name.
        pub name: Option<String>,
        /// The telephone.
        pub phone: Option<String>,
        /// What for; documents name the one for `billing`.
        pub purpose: Id,
    }
}

shape! {
    /// Who a seller or customer is.
    pub struct Party {
        /// Where it is.
        pub address: Option<Address>,
        /// How documents reach it, a word of the host's.
        pub channel: Option<Id>,
        /// Whom to talk to.
        pub contacts: Vec<ContactPoint>,
        /// The language of its documents.
        pub language: Option<Id>,
        /// Its name in law; the name for display when left out.
        pub legal_name: Option<String>,
        /// Its number in the register of companies.
        pub registration: Option<String>,
        /// Its numbers with the tax authorities.
        pub tax_ids: Vec<TaxId>,
        /// The name it trades under, where that is another.
        pub trade_name: Option<String>,
    }
}

shape! {
    /// A party as it stands on a document, whatever becomes of it later. People are named by the id of their
    /// contact only: a record is kept longer than their names may be.
    pub struct FrozenParty {
        /// Where it was.
        pub address: Option<Address>,
        /// How documents reached it.
        pub channel: Option<Id>,
        /// Id of its contact for billing.
        pub contact: Option<Id>,
        /// Its id.
        pub id: Id,
        /// The language of the document.
        pub language: Option<Id>,
        /// Its name in law.
        pub legal_name: String,
        /// Its number in the register of companies.
        pub registration: Option<String>,
        /// Its numbers with the tax authorities.
        pub tax_ids: Vec<TaxId>,
        /// The name it traded under.
        pub trade_name: Option<String>,
    }
}

/// The purpose of the contact that documents name.
const BILLING: &str = "billing";

/// A fault with the place it was found at, below the thing that was checked.
pub type Located = (String, InvoiceError);

impl Party {
    /// Nothing is known but the name.
    pub const UNKNOWN: Self = Self {
        address: None,
        channel: None,
        contacts: Vec::new(),
        language: None,
        legal_name: None,
        registration: None,
        tax_ids: Vec::new(),
        trade_name: None,
    };

    /// The party as it stands on documents from now on.
    #[must_use]
    pub fn freeze(&self, id: &Id, name: &str) -> FrozenParty {
        let contact = self.contacts.iter().find(|contact| contact.purpose.as_str() == BILLING);
        FrozenParty {
            address: self.address.clone(),
            channel: self.channel.clone(),
            contact: contact.map(|contact| contact.id.clone()),
            id: id.clone(),
            language: self.language.clone(),
            legal_name: self.legal_name.clone().unwrap_or_else(|| name.to_owned()),
            registration: self.registration.clone(),
            tax_ids: self.tax_ids.clone(),
            trade_name: self.trade_name.clone(),
        }
    }

    /// Every text that cannot be printed and every country that is none, with its place.
    #[must_use]
    pub fn check(&self) -> Vec<Located> {
        let own = [
            ("legal_name", &self.legal_name),
            ("registration", &self.registration),
            ("trade_name", &self.trade_name),
        ];
        let own = own.into_iter().filter_map(|(field, text)| Some((format!("/{field}"), text.as_deref()?)));
        let mut texts: Vec<(String, &str)> = own.collect();
        for (place, tax_id) in self.tax_ids.iter().enumerate() {
            texts.push((format!("/tax_ids/{place}/value"), &tax_id.value));
        }
        for (place, contact) in self.contacts.iter().enumerate() {
            let own = [("email", &contact.email), ("name", &contact.name), ("phone", &contact.phone)];
            let own = own.into_iter().filter_map(|(field, text)| Some((field, text.as_deref()?)));
            texts.extend(own.map(|(field, text)| (format!("/contacts/{place}/{field}"), text)));
        }
        let mut found = Vec::new();
        if let Some(address) = &self.address {
            texts.extend(address.texts());
            let letters = address.country.bytes().all(|letter| letter.is_ascii_uppercase());
            if address.country.len() != 2 || !letters {
                let got = address.country.escape_default().to_string();
                found.push(("/address/country".to_owned(), InvoiceError::Country { got }));
            }
        }
        found.extend(texts.into_iter().filter_map(|(path, text)| Some((path, check_text(text).err()?))));
        found
    }
}

impl Address {
    fn texts(&self) -> impl Iterator<Item = (String, &str)> {
        let own =
            [("city", &self.city), ("postal_code", &self.postal_code), ("subdivision", &self.subdivision)];
        let own =
            own.into_iter().filter_map(|(field, text)| Some((format!("/address/{field}"), text.as_deref()?)));
        let lines = self.lines.iter().enumerate();
        own.chain(lines.map(|(place, line)| (format!("/address/lines/{place}"), line.as_str())))
    }
}

/// Most characters of a text that stands on documents.
const LONGEST: usize = 500;

/// Whether a text can be printed on a document: it says something, on one line, and all of it can be seen.
///
/// # Errors
/// [`InvoiceError::Text`].
pub fn check_text(text: &str) -> Result<(), InvoiceError> {
    let length = text.chars().count();
    if (1..=LONGEST).contains(&length) && !text.trim().is_empty() && hidden_character(text).is_none() {
        return Ok(());
    }
    let got = text.escape_default().take(60).collect();
    Err(InvoiceError::Text { limit: LONGEST, got })
}
