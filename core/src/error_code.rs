//! Stable numeric codes, the same in Rust, the C header and Python.
//!
//! Every room has one closed error enum. Its variants carry a number and a kebab-case name that
//! never change and are never given to another meaning: hosts branch on the number, people read
//! the name. Numbers are grouped by hundreds, one hundred per room, in the order of the rooms.

/// A stable code: the number that machines compare and the name that people read.
///
/// ```
/// use duebill::money::MoneyError;
/// let code = MoneyError::CurrencyMixed { left: "EUR".into(), right: "USD".into() }.code();
/// assert_eq!((code.number, code.name), (102, "currency-mixed"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// The number, unique over all rooms.
    pub number: u16,
    /// The kebab-case name, unique over all rooms.
    pub name: &'static str,
}

/// What the error enum of every room offers: a sentence and a code.
pub trait Coded: core::fmt::Display {
    /// The stable code of this error.
    fn code(&self) -> Code;
}

/// Declares the error enum of a room: number, name, sentence and fields of each variant together,
/// so that none can be forgotten.
macro_rules! errors {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(
                $number:literal $kebab:literal $sentence:literal
                $(#[$vmeta:meta])*
                $variant:ident $({ $($(#[$fmeta:meta])* $field:ident : $type:ty),* $(,)? })?
            ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        pub enum $name {
            $(
                $(#[$vmeta])*
                #[error($sentence)]
                $variant $({ $($(#[$fmeta])* $field: $type),* })?
            ),*
        }

        impl $name {
            /// Every code of this room, ascending.
            pub const CODES: &'static [$crate::error_code::Code] = &[
                $($crate::error_code::Code { number: $number, name: $kebab }),*
            ];

            /// The stable code of this error.
            #[must_use]
            pub const fn code(&self) -> $crate::error_code::Code {
                match self {
                    $(Self::$variant { .. } => $crate::error_code::Code { number: $number, name: $kebab }),*
                }
            }
        }

        impl $crate::error_code::Coded for $name {
            fn code(&self) -> $crate::error_code::Code {
                Self::code(self)
            }
        }
    };
}
pub(crate) use errors;
