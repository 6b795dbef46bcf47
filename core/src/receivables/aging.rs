use std::collections::BTreeMap;

use super::ReceivablesError;
use crate::calendar::Date;
use crate::canon::{shape, words};
use crate::id::Id;
use crate::money::{Amount, Currency, Minor, MoneyError};

words! {
    /// From which date an item ages.
    pub enum AgeBasis {
        /// Its due date.
        Due = "due",
        /// Its issue date.
        Invoice = "invoice",
    }
}

shape! {
    /// The buckets of an aging.
    pub struct AgingPolicy {
        /// From which date items age.
        pub basis: AgeBasis = AgeBasis::Due,
        /// Whether day 0 past the due date stands in the first bucket; not due when left out.
        /// Day 0 past the issue date is never due.
        pub day_zero_in_first: Option<bool>,
        /// Last day of each bucket; one more bucket follows the last.
        pub limits: Vec<u32> = vec![30, 60, 90],
    }
}

impl AgingPolicy {
    /// Whether the limits make buckets.
    ///
    /// # Errors
    /// [`ReceivablesError::Limits`].
    pub fn check(&self) -> Result<(), ReceivablesError> {
        let ascending = self.limits.is_sorted_by(|a, b| a < b);
        let positive = self.limits.first().is_some_and(|&first| first > 0);
        if ascending && positive && self.limits.len() <= 12 {
            return Ok(());
        }
        Err(ReceivablesError::Limits { got: format!("{:?}", self.limits) })
    }

    /// Whether day 0 stands in the first bucket.
    fn starts_at_zero(&self) -> bool {
        self.day_zero_in_first == Some(true) && self.basis == AgeBasis::Due
    }

    /// The names of its buckets, as [`bucket_names`] but for a first one that starts at day 0.
    #[must_use]
    pub fn bucket_names(&self) -> Vec<String> {
        let mut names = bucket_names(&self.limits);
        if let (true, Some(limit), Some(name)) =
            (self.starts_at_zero(), self.limits.first(), names.get_mut(1))
        {
            *name = format!("0-{limit}");
        }
        names
    }

    /// The bucket of an item, as [`bucket`] but for day 0.
    ///
    /// ```
    /// use duebill::{canon, receivables::AgingPolicy};
    /// let policy: AgingPolicy = canon::from_bytes(br#"{"day_zero_in_first":true}"#)?;
    /// assert_eq!([-1, 0, 1].map(|days| policy.bucket(days)), [0, 1, 1]);
    /// assert_eq!(policy.bucket_names()[1], "0-30");
    /// # Ok::<(), duebill::finding::Refusal>(())
    /// ```
    #[must_use]
    pub fn bucket(&self, days: i64) -> usize {
        let counted = if days == 0 && self.starts_at_zero() { 1 } else { days };
        bucket(&self.limits, counted)
    }
}

/// The names of the buckets: `not_due`, `1-30`, ..., `over_90`.
///
/// ```
/// use duebill::receivables::bucket_names;
/// assert_eq!(bucket_names(&[30, 60]), ["not_due", "1-30", "31-60", "over_60"]);
/// ```
#[must_use]
pub fn bucket_names(limits: &[u32]) -> Vec<String> {
    let mut names = vec!["not_due".to_owned()];
    let mut from = 1_u32;
    for &limit in limits {
        names.push(format!("{from}-{limit}"));
        from = limit.saturating_add(1);
    }
    names.push(format!("over_{}", from.saturating_sub(1)));
    names
}

/// The bucket of an item by its days past the date it ages from; day 0 is not due.
///
/// ```
/// use duebill::receivables::bucket;
/// assert_eq!([-5, 0, 1, 30, 31, 91].map(|days| bucket(&[30, 60, 90], days)), [0, 0, 1, 1, 2, 4]);
/// ```
#[must_use]
pub fn bucket(limits: &[u32], days: i64) -> usize {
    if days <= 0 {
        return 0;
    }
    limits.partition_point(|&limit| i64::from(limit) < days).saturating_add(1)
}

/// An open item as of the date asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgedItem<'i> {
    /// Its customer.
    pub customer: &'i Id,
    /// Its currency.
    pub currency: Currency,
    /// When it was issued.
    pub issued: Date,
    /// When it is due.
    pub due: Date,
    /// What is open.
    pub open: Minor,
    /// What of it is disputed.
    pub disputed: Minor,
}

/// Money that came in and is not applied, as of the date asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnappliedCash<'i> {
    /// Whose it is, once known.
    pub customer: Option<&'i Id>,
    /// Its currency.
    pub currency: Currency,
    /// How much.
    pub amount: Minor,
}

shape! {
    /// The columns of an aging row.
    pub struct AgingColumns {
        /// Open amounts by bucket, disputed parts included.
        pub buckets: Vec<Minor>,
        /// Of which disputed.
        pub disputed: Minor,
        /// Sum of the buckets.
        pub open: Minor,
        /// Number of open items.
        pub open_items: u32,
        /// Money not applied.
        pub unapplied: Minor,
    }
}

shape! {
    /// What one customer owes in one currency.
    pub struct AgingRow {
        /// The columns.
        pub columns: AgingColumns,
        /// The customer; left out for money of an unknown payer.
        pub customer: Option<Id>,
    }
}

shape! {
    /// All that is owed in one currency.
    pub struct AgingSection {
        /// Signed open items less unapplied cash, summed on its own.
        pub control_total: Minor,
        /// The currency; currencies are never added.
        pub currency: Currency,
        /// Customers by id, money of unknown payers first.
        pub rows: Vec<AgingRow>,
        /// Sum of the rows.
        pub totals: AgingColumns,
    }
}

shape! {
    /// What is owed as of a date, by age.
    pub struct AgingReport {
        /// The date.
        pub as_of: Date,
        /// From which date items age.
        pub basis: AgeBasis,
        /// Names of the buckets.
        pub buckets: Vec<String>,
        /// One section per currency.
        pub sections: Vec<AgingSection>,
    }
}

/// Running sums of one row.
struct Sums {
    columns: AgingColumns,
}

impl Sums {
    fn new(buckets: usize) -> Self {
        Self {
            columns: AgingColumns {
                buckets: vec![Minor::ZERO; buckets],
                disputed: Minor::ZERO,
                open: Minor::ZERO,
                open_items: 0,
                unapplied: Minor::ZERO,
            },
        }
    }

    fn add_item(&mut self, item: &AgedItem<'_>, place: usize) -> Result<(), MoneyError> {
        if let Some(bucket) = self.columns.buckets.get_mut(place) {
            *bucket = bucket.plus(item.open)?;
        }
        self.columns.disputed = self.columns.disputed.plus(item.disputed)?;
        self.columns.open = self.columns.open.plus(item.open)?;
        self.columns.open_items = self.columns.open_items.saturating_add(1);
        Ok(())
    }
}

/// The rows of one currency on their way.
type Rows<'i> = BTreeMap<Option<&'i Id>, Sums>;

/// Ages open items as of a date; items with nothing open are left out.
///
/// The columns of every section are checked against its control total, which is summed apart.
///
/// # Errors
/// [`ReceivablesError::Overflow`], and [`ReceivablesError::Control`] when the columns do not tie.
pub fn aging<'i>(
    policy: &AgingPolicy,
    as_of: Date,
    items: impl IntoIterator<Item = AgedItem<'i>>,
    cash: impl IntoIterator<Item = UnappliedCash<'i>>,
) -> Result<AgingReport, ReceivablesError> {
    let names = policy.bucket_names();
    let mut sections: BTreeMap<Currency, (Rows<'i>, Minor, Sums)> = BTreeMap::new();
    let empty = || (Rows::new(), Minor::ZERO, Sums::new(names.len()));
    for item in items {
        if item.open.is_zero() {
            continue;
        }
        let from = match policy.basis {
            AgeBasis::Due => item.due,
            AgeBasis::Invoice => item.issued,
        };
        let place = policy.bucket(as_of.days_since(from));
        let (rows, control, totals) = sections.entry(item.currency).or_insert_with(empty);
        *control = control.plus(item.open)?;
        totals.add_item(&item, place)?;
        rows.entry(Some(item.customer)).or_insert_with(|| Sums::new(names.len())).add_item(&item, place)?;
    }
    for money in cash {
        if money.amount.is_zero() {
            continue;
        }
        let (rows, control, totals) = sections.entry(money.currency).or_insert_with(empty);
        *control = control.minus(money.amount)?;
        totals.columns.unapplied = totals.columns.unapplied.plus(money.amount)?;
        let row = rows.entry(money.customer).or_insert_with(|| Sums::new(names.len()));
        row.columns.unapplied = row.columns.unapplied.plus(money.amount)?;
    }
    let mut report = AgingReport { as_of, basis: policy.basis, buckets: names, sections: Vec::new() };
    for (currency, (rows, control_total, totals)) in sections {
        let section = AgingSection {
            control_total,
            currency,
            rows: rows
                .into_iter()
                .map(|(customer, sums)| AgingRow { columns: sums.columns, customer: customer.cloned() })
                .collect(),
            totals: totals.columns,
        };
        tie(&section)?;
        report.sections.push(section);
    }
    Ok(report)
}

/// Columns of all rows, column by column, against the control total.
fn tie(section: &AgingSection) -> Result<(), ReceivablesError> {
    let mut columns = Minor::ZERO;
    for row in &section.rows {
        columns = columns.plus(Minor::sum(row.columns.buckets.iter().copied())?)?;
        columns = columns.minus(row.columns.unapplied)?;
    }
    if columns == section.control_total {
        return Ok(());
    }
    let shown = |minor| Amount::new(minor, section.currency).to_string();
    Err(ReceivablesError::Control { control: shown(section.control_total), columns: shown(columns) })
}
