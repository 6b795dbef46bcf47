use super::RenderKey;
use crate::calendar::{Date, Instant};
use crate::canon::{Digest, shape, union};
use crate::id::Id;
use crate::money::{Currency, Minor, Price};

shape! {
    /// An amount of money.
    pub struct RenderAmount {
        /// How much, exactly.
        pub amount: Minor,
        /// Its currency.
        pub currency: Currency,
        /// How many decimals the currency has.
        pub digits: u32,
    }
}

shape! {
    /// Something that machines read: an id, a number, a reference. It is never translated, and reads from left
    /// to right.
    pub struct RenderCode {
        /// The code.
        pub code: String,
    }
}

shape! {
    /// How many.
    pub struct RenderCount {
        /// The count.
        pub count: u64,
    }
}

shape! {
    /// A day.
    pub struct RenderDate {
        /// The date.
        pub date: Date,
    }
}

shape! {
    /// A digest.
    pub struct RenderDigest {
        /// The digest.
        pub digest: Digest,
    }
}

shape! {
    /// A span of time.
    pub struct RenderDuration {
        /// Its seconds.
        pub seconds: Price,
    }
}

shape! {
    /// A moment.
    pub struct RenderInstant {
        /// When.
        pub at: Instant,
    }
}

shape! {
    /// A number of things.
    pub struct RenderNumber {
        /// The number.
        pub number: Price,
    }
}

shape! {
    /// A percentage.
    pub struct RenderPercent {
        /// The percentage.
        pub percent: Price,
    }
}

shape! {
    /// Days from one to another.
    pub struct RenderPeriod {
        /// The first.
        pub from: Date,
        /// The last.
        pub to: Date,
    }
}

shape! {
    /// A unit price, or an amount as a rule states it.
    pub struct RenderPrice {
        /// Its currency.
        pub currency: Currency,
        /// How many decimals amounts of the currency have.
        pub digits: u32,
        /// What one unit is, where it is the price of one.
        pub per: Option<RenderKey>,
        /// The price, with as many decimals as it was agreed with.
        pub price: Price,
    }
}

shape! {
    /// A span of time until a deadline, which people count in days as well.
    pub struct RenderSpan {
        /// Its hours.
        pub hours: u32,
    }
}

shape! {
    /// Words that people wrote, such as a name: in any language, and in any direction. A template isolates them.
    pub struct RenderText {
        /// The words.
        pub text: String,
    }
}

shape! {
    /// A word of the catalogue.
    pub struct RenderWord {
        /// Its key.
        pub word: RenderKey,
    }
}

union! {
    /// A value of a document, still to be written in the language of its reader.
    pub enum RenderValue {
        /// An amount of money.
        Amount(RenderAmount) = "amount",
        /// Something that machines read.
        Code(RenderCode) = "code",
        /// How many.
        Count(RenderCount) = "count",
        /// A day.
        Date(RenderDate) = "date",
        /// A digest.
        Digest(RenderDigest) = "digest",
        /// A span of time.
        Duration(RenderDuration) = "duration",
        /// A moment.
        Instant(RenderInstant) = "instant",
        /// A number of things.
        Number(RenderNumber) = "number",
        /// A percentage.
        Percent(RenderPercent) = "percent",
        /// Days from one to another.
        Period(RenderPeriod) = "period",
        /// A unit price, or an amount as a rule states it.
        Price(RenderPrice) = "price",
        /// A span of time until a deadline.
        Span(RenderSpan) = "span",
        /// Words that people wrote.
        Text(RenderText) = "text",
        /// A word of the catalogue.
        Word(RenderWord) = "word",
    }
}

impl RenderValue {
    /// An amount of money.
    #[must_use]
    pub fn amount(amount: Minor, currency: Currency) -> Self {
        Self::Amount(RenderAmount { amount, currency, digits: u32::from(currency.digits()) })
    }

    /// Something that machines read.
    #[must_use]
    pub fn code(code: &Id) -> Self {
        Self::Code(RenderCode { code: code.to_string() })
    }

    /// The same where it is no id.
    #[must_use]
    pub fn coded(code: &str) -> Self {
        Self::Code(RenderCode { code: code.to_owned() })
    }

    /// How many.
    #[must_use]
    pub const fn count(count: u64) -> Self {
        Self::Count(RenderCount { count })
    }

    /// A day.
    #[must_use]
    pub const fn date(date: Date) -> Self {
        Self::Date(RenderDate { date })
    }

    /// A digest.
    #[must_use]
    pub const fn digest(digest: Digest) -> Self {
        Self::Digest(RenderDigest { digest })
    }

    /// A span of time.
    #[must_use]
    pub const fn duration(seconds: Price) -> Self {
        Self::Duration(RenderDuration { seconds })
    }

    /// A moment.
    #[must_use]
    pub const fn instant(at: Instant) -> Self {
        Self::Instant(RenderInstant { at })
    }

    /// A number of things.
    #[must_use]
    pub const fn number(number: Price) -> Self {
        Self::Number(RenderNumber { number })
    }

    /// A percentage.
    #[must_use]
    pub const fn percent(percent: Price) -> Self {
        Self::Percent(RenderPercent { percent })
    }

    /// Days from one to another; a single day as that.
    #[must_use]
    pub fn period(from: Date, to: Date) -> Self {
        if from == to { Self::date(from) } else { Self::Period(RenderPeriod { from, to }) }
    }

    /// A unit price, or an amount of a rule.
    #[must_use]
    pub fn price(price: Price, per: Option<RenderKey>, currency: Currency) -> Self {
        Self::Price(RenderPrice { currency, digits: u32::from(currency.digits()), per, price })
    }

    /// A span of time until a deadline.
    #[must_use]
    pub const fn span(hours: u32) -> Self {
        Self::Span(RenderSpan { hours })
    }

    /// Words that people wrote.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(RenderText { text: text.to_owned() })
    }

    /// A word of the catalogue.
    #[must_use]
    pub const fn word(word: RenderKey) -> Self {
        Self::Word(RenderWord { word })
    }
}
