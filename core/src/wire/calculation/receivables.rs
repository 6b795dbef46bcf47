//! What is open: buckets and aging.

use crate::calendar::Date;
use crate::canon::shape;
use crate::finding::Refusal;
use crate::id::Id;
use crate::money::{Currency, Minor};
use crate::receivables::{AgeBasis, AgedItem, AgingPolicy, AgingReport, aging};

shape! {
    /// A date to be aged.
    pub struct BucketIn {
        /// The date asked for.
        pub as_of: Date,
        /// Which date it ages from.
        pub basis: AgeBasis = AgeBasis::Due,
        /// The date it ages from.
        pub date: Date,
        /// Whether day 0 past the due date stands in the first bucket.
        pub day_zero_in_first: Option<bool>,
        /// Last day of each bucket.
        pub limits: Vec<u32> = vec![30, 60, 90],
    }
}

shape! {
    /// A bucket.
    pub struct BucketOut {
        /// Its name.
        pub bucket: String,
        /// Days past the date; negative before it.
        pub days: i64,
    }
}

shape! {
    /// An open item to be aged.
    pub struct AgingItem {
        /// Its currency.
        pub currency: Currency,
        /// The customer.
        pub customer: Id,
        /// What of it is disputed.
        pub disputed: Minor = Minor::ZERO,
        /// When it is due.
        pub due: Date,
        /// When it was issued.
        pub issued: Date,
        /// What is open.
        pub open: Minor,
    }
}

shape! {
    /// Open items to be aged.
    pub struct AgingIn {
        /// The date.
        pub as_of: Date,
        /// From which date items age.
        pub basis: AgeBasis = AgeBasis::Due,
        /// Whether day 0 past the due date stands in the first bucket.
        pub day_zero_in_first: Option<bool>,
        /// The items.
        pub items: Vec<AgingItem>,
        /// Last day of each bucket.
        pub limits: Vec<u32> = vec![30, 60, 90],
    }
}

pub(super) fn aging_bucket(asked: BucketIn) -> Result<BucketOut, Refusal> {
    let BucketIn { basis, day_zero_in_first, limits, .. } = asked;
    let policy = AgingPolicy { basis, day_zero_in_first, limits };
    policy.check().map_err(|error| Refusal::because(&error))?;
    let days = asked.as_of.days_since(asked.date);
    let name = policy.bucket_names().into_iter().nth(policy.bucket(days));
    Ok(BucketOut { bucket: name.unwrap_or_default(), days })
}

pub(super) fn aged(asked: AgingIn) -> Result<AgingReport, Refusal> {
    let AgingIn { basis, day_zero_in_first, limits, .. } = asked;
    let policy = AgingPolicy { basis, day_zero_in_first, limits };
    policy.check().map_err(|error| Refusal::because(&error))?;
    let items = asked.items.iter().map(|item| AgedItem {
        customer: &item.customer,
        currency: item.currency,
        issued: item.issued,
        due: item.due,
        open: item.open,
        disputed: item.disputed,
    });
    aging(&policy, asked.as_of, items, []).map_err(|error| Refusal::because(&error))
}
