use std::collections::BTreeMap;

use super::desk::{DeskItem, approvals};
use super::documents::{Bucket, Documents, ViewBalance, ViewDocument, balances};
use super::page::page;
use super::viewer::Viewer;
use crate::calendar::{Date, Instant};
use crate::canon::shape;
use crate::finding::Refusal;
use crate::id::Id;
use crate::role::Capability;

shape! {
    /// Asks for the page on which a customer begins.
    pub struct HomeAsked {
        /// Further roles in which the viewer decides.
        pub acting: Vec<Id>,
        /// The day.
        pub as_of: Date,
        /// The moment of the day, for what runs out by the hour; its end when left out.
        pub at: Option<Instant>,
        /// As far as was known at this moment; as is known now when left out.
        pub known: Option<Instant>,
        /// Most documents of each part: 1 to 1,000.
        pub limit: u32 = 20,
        /// Items for which a cash book has reserved money that is not applied yet.
        pub reserved: Vec<Id>,
        /// The role.
        pub role: Id,
        /// The customer.
        pub viewer: Id,
    }
}

shape! {
    /// Documents that belong together.
    pub struct HomePart {
        /// Where they belong.
        pub bucket: Bucket,
        /// How many there are.
        pub count: u64,
        /// Those issued last.
        pub documents: Vec<ViewDocument>,
    }
}

shape! {
    /// The page on which a customer begins.
    pub struct CustomerHome {
        /// The payer.
        pub account: Id,
        /// The day.
        pub as_of: Date,
        /// What is owed by currency.
        pub balances: Vec<ViewBalance>,
        /// What waits for the customer's consent.
        pub consents: Vec<DeskItem>,
        /// Documents by where they belong: pending, overdue, disputed, paid and the rest.
        pub parts: Vec<HomePart>,
        /// The customer.
        pub viewer: Id,
    }
}

/// The page on which a customer begins: what it owes, what waits for its consent, and its documents by
/// where they belong, those issued last first.
///
/// # Errors
/// What [`super::view`] refuses.
pub fn customer_home(viewer: &Viewer<'_>, limit: u32) -> Result<CustomerHome, Refusal> {
    viewer.needs(Capability::Documents)?;
    let limit = page(limit).map_err(|error| Refusal::because(&error))?;
    let as_of = viewer.viewpoint();
    let mut parts: BTreeMap<Bucket, HomePart> = BTreeMap::new();
    for document in Documents::after(viewer, None, as_of, false) {
        let bucket = document.bucket;
        let empty = || HomePart { bucket, count: 0, documents: Vec::new() };
        let part = parts.entry(bucket).or_insert_with(empty);
        part.count = part.count.saturating_add(1);
        part.documents.push(document);
        // What is cut off now could not come back: the last issued stay.
        if part.documents.len() >= limit.saturating_mul(2) {
            latest(&mut part.documents, limit);
        }
    }
    for part in parts.values_mut() {
        latest(&mut part.documents, limit);
    }
    Ok(CustomerHome {
        account: viewer.account.payer().clone(),
        as_of: viewer.as_of,
        balances: if viewer.may(Capability::Totals) { balances(viewer, as_of)? } else { Vec::new() },
        consents: approvals(viewer),
        parts: parts.into_values().collect(),
        viewer: viewer.who.clone(),
    })
}

/// Keeps those issued last, and before them what is not issued yet.
fn latest(documents: &mut Vec<ViewDocument>, limit: usize) {
    documents
        .sort_by(|a, b| (b.issued.is_none(), b.issued, &a.id).cmp(&(a.issued.is_none(), a.issued, &b.id)));
    documents.truncate(limit);
}
