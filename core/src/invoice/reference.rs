//! Structured payment references: the number of an invoice with check digits, as banks read it.
//!
//! Sources: RF of ISO 11649 (mod 97-10 of ISO/IEC 7064); QRR of the Swiss Implementation Guidelines for the
//! QR-bill (SIX); OGM of the Belgian standard for structured communications (Febelfin); KID of the Norwegian
//! OCR giro system description (Nets, Mastercard Payment Services); viite of the Finnish bank reference (Finance
//! Finland); OCR of the Bankgirot manual for payments by reference (BG6070).

use super::InvoiceError;
use crate::canon::{shape, words};
use crate::id::Id;

words! {
    /// A kind of payment reference.
    pub enum ReferenceScheme {
        /// Creditor reference of ISO 11649: RF, two check digits, up to 21 letters and digits.
        Rf = "rf",
        /// Swiss QR reference: 26 digits and a check digit, mod 10 recursive.
        Qrr = "qrr",
        /// Belgian structured communication: 10 digits and two check digits, mod 97.
        Ogm = "ogm",
        /// Norwegian customer identification: up to 24 digits and a check digit, mod 10.
        KidMod10 = "kid_mod10",
        /// The same, mod 11; a check of 10 is written as a minus sign.
        KidMod11 = "kid_mod11",
        /// Finnish reference: 3 to 19 digits and a check digit by weights 7, 3, 1.
        Viite = "viite",
        /// Swedish reference: up to 24 digits and a check digit, mod 10.
        Ocr = "ocr",
    }
}

shape! {
    /// How the payment references of a series are made.
    pub struct ReferenceRule {
        /// Whether the length stands before the check digit; of Swedish references only.
        pub length_digit: bool = false,
        /// Digits before those of the number, so that two series never give one reference.
        pub prefix: Option<String>,
        /// The kind.
        pub scheme: ReferenceScheme,
        /// The series.
        pub series: Id,
        /// Digits, or letters and digits, without length and check: zeros are put before to make as many.
        pub width: Option<u32>,
    }
}

impl ReferenceScheme {
    /// The fewest and most characters without check and length digits.
    const fn lengths(self) -> (usize, usize) {
        match self {
            Self::Rf => (1, 21),
            Self::Qrr => (1, 26),
            Self::Ogm => (1, 10),
            Self::KidMod10 | Self::KidMod11 | Self::Ocr => (1, 24),
            Self::Viite => (3, 19),
        }
    }

    /// The length that is always filled with zeros.
    const fn filled(self) -> usize {
        match self {
            Self::Qrr => 26,
            Self::Ogm => 10,
            Self::Rf | Self::KidMod10 | Self::KidMod11 | Self::Viite | Self::Ocr => 0,
        }
    }

    /// The check characters of a body.
    fn check_of(self, body: &str) -> String {
        match self {
            Self::Rf => format!("{:02}", 98_u32.saturating_sub(mod_97(&format!("{body}RF00")))),
            Self::Qrr => mod_10_recursive(body).to_string(),
            // Nothing is written as 97.
            Self::Ogm => match mod_97(body) {
                0 => "97".to_owned(),
                check => format!("{check:02}"),
            },
            Self::KidMod10 | Self::Ocr => luhn(body).to_string(),
            Self::KidMod11 => mod_11(body),
            Self::Viite => weighted(body).to_string(),
        }
    }

    /// A reference of a body.
    fn with_check(self, body: &str) -> String {
        let check = self.check_of(body);
        match self {
            Self::Rf => format!("RF{check}{body}"),
            Self::Qrr | Self::Ogm | Self::KidMod10 | Self::KidMod11 | Self::Viite | Self::Ocr => {
                format!("{body}{check}")
            }
        }
    }

    /// A reference as it was typed or printed, without what is there for the eye.
    ///
    /// # Errors
    /// [`InvoiceError::ReferenceCheck`] when it is none of this kind.
    ///
    /// ```
    /// use duebill::invoice::ReferenceScheme;
    /// assert_eq!(ReferenceScheme::Rf.read("RF18 5390 0754 7034")?.as_str(), "RF18539007547034");
    /// assert!(ReferenceScheme::Rf.read("RF18 5390 0754 7043").is_err());
    /// # Ok::<(), duebill::invoice::InvoiceError>(())
    /// ```
    pub fn read(self, shown: &str) -> Result<Id, InvoiceError> {
        let got = || shown.chars().take(60).collect::<String>().escape_default().to_string();
        let wrong = || InvoiceError::ReferenceCheck { scheme: self.word(), got: got() };
        let is_frame = |c: char| c.is_whitespace() || (self == Self::Ogm && matches!(c, '+' | '*' | '/'));
        let plain: String = shown.chars().filter(|c| !is_frame(*c)).take(64).collect();
        let plain = plain.to_ascii_uppercase();
        let body = match self {
            Self::Rf => plain.get(4..),
            Self::Ogm => plain.len().checked_sub(2).and_then(|end| plain.get(..end)),
            Self::Qrr | Self::KidMod10 | Self::KidMod11 | Self::Viite | Self::Ocr => {
                plain.len().checked_sub(1).and_then(|end| plain.get(..end))
            }
        };
        let body = body.ok_or_else(wrong)?;
        let (least, most) = self.lengths();
        let fits =
            (least.max(self.filled())..=most).contains(&body.len()) && body.chars().all(|c| self.takes(c));
        if !fits || self.with_check(body) != plain {
            return Err(wrong());
        }
        Id::new(&plain).map_err(|_| wrong())
    }

    /// Whether a character may stand in a body.
    const fn takes(self, c: char) -> bool {
        match self {
            Self::Rf => c.is_ascii_digit() || c.is_ascii_uppercase(),
            Self::Qrr | Self::Ogm | Self::KidMod10 | Self::KidMod11 | Self::Viite | Self::Ocr => {
                c.is_ascii_digit()
            }
        }
    }

    /// A reference as people read it.
    #[must_use]
    pub fn shown(self, reference: &Id) -> String {
        let text = reference.as_str();
        match self {
            Self::Rf => grouped(text, 0, 4),
            Self::Qrr => grouped(text, 2, 5),
            Self::Viite => grouped(text, text.len() % 5, 5),
            Self::Ogm => match (text.get(..3), text.get(3..7), text.get(7..)) {
                (Some(first), Some(second), Some(third)) => format!("+++{first}/{second}/{third}+++"),
                _ => text.to_owned(),
            },
            Self::KidMod10 | Self::KidMod11 | Self::Ocr => text.to_owned(),
        }
    }
}

impl ReferenceRule {
    /// A reference as it was typed or printed; its length digit, where there is one, must be right too.
    ///
    /// # Errors
    /// [`InvoiceError::ReferenceCheck`].
    pub fn read(&self, shown: &str) -> Result<Id, InvoiceError> {
        let reference = self.scheme.read(shown)?;
        let stated = reference.as_str().chars().rev().nth(1).and_then(|digit| digit.to_digit(10));
        let length = u32::try_from(reference.as_str().len() % 10).ok();
        if self.length_digit && stated != length {
            return Err(InvoiceError::ReferenceCheck {
                scheme: self.scheme.word(),
                got: reference.to_string(),
            });
        }
        Ok(reference)
    }

    /// Most digits of a prefix.
    const PREFIX: usize = 12;

    /// Whether the rule can make references at all.
    ///
    /// # Errors
    /// [`InvoiceError::ReferenceRule`].
    pub fn check(&self) -> Result<(), InvoiceError> {
        let prefix = self.prefix.as_deref().unwrap_or_default();
        let digits = prefix.len() <= Self::PREFIX && prefix.bytes().all(|digit| digit.is_ascii_digit());
        let width =
            self.width.is_none_or(|width| usize::try_from(width).is_ok_and(|width| width <= self.most()));
        if digits && width && (!self.length_digit || self.scheme == ReferenceScheme::Ocr) {
            return Ok(());
        }
        Err(InvoiceError::ReferenceRule { scheme: self.scheme.word() })
    }

    fn most(&self) -> usize {
        self.scheme.lengths().1.saturating_sub(usize::from(self.length_digit))
    }

    /// Prefix and digits of a number, without zeros before.
    fn body(&self, number: &Id) -> String {
        let number = number.as_str().chars().map(|c| c.to_ascii_uppercase());
        let prefix = self.prefix.as_deref().unwrap_or_default().chars();
        prefix.chain(number).filter(|c| self.scheme.takes(*c)).collect()
    }

    /// Whether zeros before the digits of a number are lost among those that are filled up or left out.
    #[must_use]
    pub fn loses_zeros(&self, number: &Id) -> bool {
        let lost = self.width.is_some() || self.scheme.filled() > 0 || self.scheme == ReferenceScheme::Viite;
        lost && self.body(number).starts_with('0')
    }

    /// The payment reference of a number: what of it the kind takes, behind the prefix, with its check.
    ///
    /// # Errors
    /// [`InvoiceError::PaymentReference`] for a number that is too short or too long.
    pub fn make(&self, number: &Id) -> Result<Id, InvoiceError> {
        let own = self.body(number);
        let width = self.width.and_then(|width| usize::try_from(width).ok()).unwrap_or(0);
        let width = width.max(self.scheme.filled());
        let mut body = format!("{own:0>width$}");
        let (least, most) = (self.scheme.lengths().0, self.most());
        let wrong = || InvoiceError::PaymentReference {
            scheme: self.scheme.word(),
            least,
            most,
            got: number.to_string(),
        };
        if own.is_empty() || !(least..=most).contains(&body.len()) {
            return Err(wrong());
        }
        if self.length_digit {
            let length = body.len().saturating_add(2) % 10;
            body.push_str(&length.to_string());
        }
        Id::new(&self.scheme.with_check(&body)).map_err(|_| wrong())
    }
}

fn digits(text: &str) -> impl DoubleEndedIterator<Item = u32> {
    text.chars().filter_map(|c| c.to_digit(10))
}

/// The remainder of digits, and letters as 10 to 35, by 97.
fn mod_97(text: &str) -> u32 {
    text.chars().filter_map(|c| c.to_digit(36)).fold(0, |rest, value| {
        let shift = if value < 10 { 10 } else { 100 };
        rest.saturating_mul(shift).saturating_add(value) % 97
    })
}

/// What a sum lacks to the next ten.
const fn to_ten(sum: u32) -> u32 {
    10_u32.saturating_sub(sum % 10) % 10
}

fn mod_10_recursive(body: &str) -> u32 {
    const CARRIES: [u32; 10] = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5];
    let carry = digits(body).fold(0_u32, |carry, digit| {
        let place = usize::try_from(carry.saturating_add(digit) % 10).unwrap_or(0);
        CARRIES.get(place).copied().unwrap_or(0)
    });
    to_ten(carry)
}

fn luhn(body: &str) -> u32 {
    let doubled = |digit: u32| {
        if digit > 4 { digit.saturating_mul(2).saturating_sub(9) } else { digit.saturating_mul(2) }
    };
    let digits = digits(body).rev().enumerate();
    to_ten(digits.map(|(place, digit)| if place % 2 == 0 { doubled(digit) } else { digit }).sum())
}

fn mod_11(body: &str) -> String {
    let weighed = digits(body).rev().zip([2_u32, 3, 4, 5, 6, 7].into_iter().cycle());
    let sum: u32 = weighed.map(|(digit, weight)| digit.saturating_mul(weight)).sum();
    match 11_u32.saturating_sub(sum % 11) {
        11 => "0".to_owned(),
        10 => "-".to_owned(),
        check => check.to_string(),
    }
}

fn weighted(body: &str) -> u32 {
    let weighed = digits(body).rev().zip([7_u32, 3, 1].into_iter().cycle());
    to_ten(weighed.map(|(digit, weight)| digit.saturating_mul(weight)).sum())
}

/// A text in groups: a first one of some length, the others of another.
fn grouped(text: &str, first: usize, size: usize) -> String {
    let mut shown = String::with_capacity(text.len().saturating_mul(2));
    for (place, c) in text.chars().enumerate() {
        let since = place.checked_sub(first);
        if place > 0 && since.is_some_and(|since| since.checked_rem(size) == Some(0)) {
            shown.push(' ');
        }
        shown.push(c);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{ReferenceRule, ReferenceScheme};
    use crate::id::Id;
    use ReferenceScheme::{KidMod10, KidMod11, Ocr, Ogm, Qrr, Rf, Viite};

    fn made(scheme: ReferenceScheme, width: Option<u32>, length_digit: bool, number: &str) -> Option<String> {
        let rule = ReferenceRule { length_digit, prefix: None, scheme, series: Id::of_digits("s"), width };
        rule.check().unwrap();
        Some(rule.make(&Id::new(number).unwrap()).ok()?.to_string())
    }

    #[test]
    fn published_examples() {
        for (scheme, width, length_digit, number, expected) in [
            (Rf, None, false, "539007547034", Some("RF18539007547034")),
            (Rf, None, false, "2022-0000000000000000001", None),
            (Qrr, None, false, "21000000000313947143000901", Some("210000000003139471430009017")),
            (Ogm, None, false, "0909337554", Some("090933755493")),
            (Ogm, None, false, "97", Some("000000009797")),
            (Ogm, None, false, "20260000001", None),
            (KidMod10, None, false, "234567", Some("2345676")),
            (KidMod10, None, false, "1234", Some("12344")),
            (KidMod11, None, false, "1234", Some("12343")),
            (KidMod11, Some(6), false, "12955", Some("0129550")),
            (KidMod11, None, false, "6", Some("6-")),
            (Viite, None, false, "123456", Some("1234561")),
            (Viite, None, false, "1234567", Some("12345672")),
            (Viite, None, false, "12", None),
            (Ocr, None, true, "2019121", Some("201912193")),
            (Ocr, Some(11), true, "2019121", Some("0000201912136")),
            (Ocr, None, false, "16369", Some("163691")),
        ] {
            let made = made(scheme, width, length_digit, number);
            assert_eq!(made.as_deref(), expected, "{} of {number}", scheme.word());
            if let Some(made) = made {
                assert_eq!(scheme.read(&scheme.shown(&Id::new(&made).unwrap())).unwrap().as_str(), made);
            }
        }
    }

    #[test]
    fn no_digit_may_be_mistaken() {
        for scheme in [Rf, Qrr, Ogm, KidMod10, KidMod11, Viite, Ocr] {
            let made = made(scheme, None, false, "2026001234").unwrap();
            for place in 0..made.len() {
                for digit in '0'..='9' {
                    let mistaken: String = made
                        .chars()
                        .enumerate()
                        .map(|(own, c)| if own == place { digit } else { c })
                        .collect();
                    assert_eq!(scheme.read(&mistaken).is_ok(), mistaken == made, "{mistaken} for {made}");
                }
            }
        }
    }
}
