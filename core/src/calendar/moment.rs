use super::{Date, Instant};

/// From where one looks back: the end of a day, and what was known by a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewpoint {
    /// The end of this day.
    pub date: Date,
    /// What was recorded later is not known; everything is when left out.
    pub known: Option<Instant>,
}

impl From<Date> for Viewpoint {
    fn from(date: Date) -> Self {
        Self { date, known: None }
    }
}

impl Viewpoint {
    /// Whether something that counts from a date and was recorded at a moment counts from here.
    #[must_use]
    pub fn sees(&self, moment: Moment) -> bool {
        moment.effective <= self.date && self.known.is_none_or(|known| moment.recorded <= known)
    }
}

/// When something counts, and when it was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The date it counts from.
    pub effective: Date,
    /// When it was recorded.
    pub recorded: Instant,
}

/// What something was, and from when: its values in the order they were recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<T> {
    values: Vec<(Moment, T)>,
}

impl<T: Copy> Dated<T> {
    /// A first value.
    #[must_use]
    pub fn new(from: Moment, value: T) -> Self {
        Self { values: vec![(from, value)] }
    }

    /// Adds a value that was recorded now.
    pub fn push(&mut self, from: Moment, value: T) {
        self.values.push((from, value));
    }

    /// When the first value counts from.
    #[must_use]
    pub fn since(&self) -> Option<Date> {
        self.values.first().map(|(from, _)| from.effective)
    }

    /// The value that was recorded last of those that count from a viewpoint.
    pub fn at(&self, at: impl Into<Viewpoint>) -> Option<T> {
        let at = at.into();
        self.values.iter().rev().find(|(from, _)| at.sees(*from)).map(|(_, value)| *value)
    }
}
