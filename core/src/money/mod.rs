//! Exact money: currencies, amounts in minor units, unit prices, rounding, splitting.
//!
//! An [`Amount`] is an integer count of its currency's minor units inside a domain limit, so the
//! sum of any document fits; a [`Price`] keeps up to eight decimals because a price per second or
//! per gram is finer than a cent. Decimals exist only at the edges ([`decimal`]); the one place
//! where a product is rounded is [`extend`].

mod amount;
mod currency;
pub mod decimal;
mod error;
mod extend;
mod minor;
mod power;
mod price;
mod rounding;
mod split;

pub use amount::Amount;
pub use currency::Currency;
pub use error::MoneyError;
pub use extend::{FACTOR_ONE, Factor, Per, extend, extend_to};
pub use minor::Minor;
pub(crate) use power::Power;
pub use power::divide_by_power;
pub use price::Price;
pub use rounding::{Rounding, divide};
pub use split::split;
