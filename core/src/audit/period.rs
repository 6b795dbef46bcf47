use super::{AuditError, Stamp};
use crate::calendar::{Date, Instant};
use crate::canon::{Digest, shape, words};
use crate::id::Id;

words! {
    /// How firmly a period is closed.
    pub enum Closeness {
        /// What takes effect in it is still recorded, and said.
        Soft = "soft",
        /// Nothing takes effect in it any more.
        Hard = "hard",
    }
}

shape! {
    /// What a log came to when its days were closed.
    pub struct ClosedPack {
        /// The digest of it.
        pub digest: Digest,
        /// The first of the days that it is about; the last is the one that was closed through.
        pub from: Date,
    }
}

shape! {
    /// Closes all days of a log up to one.
    pub struct ClosePeriod {
        /// How firmly.
        pub how: Closeness,
        /// What the log comes to, where whoever closes it states that.
        pub pack: Option<ClosedPack>,
        /// The last day that is closed.
        pub through: Date,
    }
}

shape! {
    /// Reopens closed days: one person asks, another with a role of the policy asks for the same.
    pub struct ReopenPeriod {
        /// The last day that stays closed; none does when left out.
        pub to: Option<Date>,
    }
}

shape! {
    /// Days of a log were closed.
    pub struct PeriodClosed {
        /// How firmly.
        pub how: Closeness,
        /// What the log came to, where it was stated.
        pub pack: Option<ClosedPack>,
        /// The last day that is closed.
        pub through: Date,
    }
}

shape! {
    /// Somebody asked to reopen days.
    pub struct ReopenAsked {
        /// Who.
        pub by: Id,
        /// The last day that stays closed.
        pub to: Option<Date>,
    }
}

shape! {
    /// Closed days are open again.
    pub struct PeriodReopened {
        /// Who agreed.
        pub approver: Id,
        /// Who asked.
        pub asked_by: Id,
        /// The last day that stays closed.
        pub to: Option<Date>,
    }
}

/// Which days of a log are closed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Closed {
    /// The last day that is closed hard.
    pub hard: Option<Date>,
    /// The last day that is closed softly; later than the last one that is closed hard.
    pub soft: Option<Date>,
    /// A request to reopen that waits for a second person.
    pub reopening: Option<ReopenAsked>,
    /// The hard closes in force, in order.
    pub(super) closings: Vec<HardClose>,
}

/// A hard close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HardClose {
    /// What was stated of its days, as long as all of them are closed.
    pub(super) pack: Option<ClosedPack>,
    /// The sequence of its record.
    pub(super) seq: u64,
    /// The last day that it closed.
    pub(super) through: Date,
}

/// What happens to the closed days of a log; each kind of log has an event for each of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeriodEvent {
    /// Days were closed.
    Closed(PeriodClosed),
    /// A request to reopen waits for somebody else.
    ReopenAsked(ReopenAsked),
    /// Two people asked for the same.
    Reopened(PeriodReopened),
}

impl Closed {
    /// The hard close that closed a day: the last day it closed, and the sequence of its record.
    #[must_use]
    pub fn closing_of(&self, date: Date) -> Option<(Date, u64)> {
        let close = self.closings.iter().find(|close| close.through >= date)?;
        Some((close.through, close.seq))
    }

    /// The digest that was stated of some days when the last of them was closed hard.
    #[must_use]
    pub fn pack_of(&self, from: Date, through: Date) -> Option<Digest> {
        let close = self.closings.iter().find(|close| close.through == through)?;
        close.pack.as_ref().filter(|pack| pack.from == from).map(|pack| pack.digest)
    }

    /// The last day that is closed at all.
    #[must_use]
    pub fn through(&self) -> Option<Date> {
        self.hard.max(self.soft)
    }

    /// Whether something may take effect on a date under one kind of closing.
    ///
    /// # Errors
    /// [`AuditError::PeriodClosed`].
    pub fn check(&self, how: Closeness, effective: Date) -> Result<(), AuditError> {
        let last = match how {
            Closeness::Hard => self.hard,
            Closeness::Soft => self.soft,
        };
        match last.filter(|last| effective <= *last) {
            None => Ok(()),
            Some(through) => Err(AuditError::PeriodClosed {
                through: through.to_string(),
                how: how.word(),
                got: effective.to_string(),
            }),
        }
    }
}

/// Decides to close days: later ones than are closed as firmly or more, and none that has begun nowhere on Earth
/// at that time: what is closed by a slip of the pen for ever could not be reopened either.
///
/// # Errors
/// [`AuditError::PeriodOrder`] or [`AuditError::PeriodAhead`].
pub(super) fn close(
    closed: Option<&Closed>,
    asked: &ClosePeriod,
    at: Instant,
) -> Result<PeriodEvent, AuditError> {
    let last = Date::new(at.utc().date_naive())
        .and_then(|day| day.plus_days(1))
        .ok()
        .filter(|last| asked.through > *last);
    if let Some(last) = last {
        return Err(AuditError::PeriodAhead { last: last.to_string(), got: asked.through.to_string() });
    }
    let last = closed.and_then(|closed| match asked.how {
        Closeness::Hard => closed.hard,
        Closeness::Soft => closed.through(),
    });
    match last.filter(|last| asked.through <= *last) {
        None => {
            let ClosePeriod { how, pack, through } = asked.clone();
            Ok(PeriodEvent::Closed(PeriodClosed { how, pack, through }))
        }
        Some(through) => Err(AuditError::PeriodOrder {
            through: through.to_string(),
            got: asked.through.to_string(),
            how: asked.how.word(),
        }),
    }
}

/// Decides to reopen days: the first asks, a second person with one of the roles agrees.
///
/// # Errors
/// [`AuditError::PeriodOpen`] when none of these days is closed, [`AuditError::ReopenRole`],
/// [`AuditError::ReopenReason`], or [`AuditError::ReopenTwice`] for the same person again.
pub(super) fn reopen(
    closed: Option<&Closed>,
    asked: &ReopenPeriod,
    stamp: &Stamp,
    roles: &[Id],
) -> Result<PeriodEvent, AuditError> {
    let shown = |date: Option<Date>| date.map_or_else(|| "all".to_owned(), |date| date.to_string());
    let closed = closed
        .filter(|closed| closed.through().is_some_and(|last| asked.to.is_none_or(|to| to < last)))
        .ok_or_else(|| AuditError::PeriodOpen { got: shown(asked.to) })?;
    if !roles.contains(&stamp.role) {
        let roles: Vec<&str> = roles.iter().map(Id::as_str).collect();
        return Err(AuditError::ReopenRole { roles: roles.join(", "), got: stamp.role.to_string() });
    }
    if stamp.reason.is_none() {
        return Err(AuditError::ReopenReason);
    }
    match &closed.reopening {
        Some(first) if first.to == asked.to && first.by == stamp.actor => {
            Err(AuditError::ReopenTwice { actor: stamp.actor.to_string() })
        }
        Some(first) if first.to == asked.to => Ok(PeriodEvent::Reopened(PeriodReopened {
            approver: stamp.actor.clone(),
            asked_by: first.by.clone(),
            to: asked.to,
        })),
        _ => Ok(PeriodEvent::ReopenAsked(ReopenAsked { by: stamp.actor.clone(), to: asked.to })),
    }
}

/// The closed days after an event.
///
/// # Errors
/// [`AuditError::StateMismatch`] when the event does not fit.
pub(super) fn after(
    closed: Option<&Closed>,
    event: &PeriodEvent,
    (seq, at): (u64, Instant),
) -> Result<Option<Closed>, AuditError> {
    let mismatch = |reason| AuditError::StateMismatch { what: "period", id: "closed".to_owned(), reason };
    match event {
        PeriodEvent::Closed(PeriodClosed { how, pack, through }) => {
            let pack = pack.clone();
            close(closed, &ClosePeriod { how: *how, pack: pack.clone(), through: *through }, at)?;
            let before = closed.cloned().unwrap_or_default();
            let (hard, soft) = match how {
                Closeness::Hard => (Some(*through), before.soft.filter(|soft| soft > through)),
                Closeness::Soft => (before.hard, Some(*through)),
            };
            let mut closings = before.closings;
            if *how == Closeness::Hard {
                closings.push(HardClose { pack, seq, through: *through });
            }
            Ok(Some(Closed { hard, soft, reopening: None, closings }))
        }
        PeriodEvent::ReopenAsked(asked) => {
            let is_closed =
                |closed: &&Closed| closed.through().is_some_and(|last| asked.to.is_none_or(|to| to < last));
            let closed = closed.filter(is_closed);
            let closed = closed.cloned().ok_or_else(|| mismatch("is open"))?;
            Ok(Some(Closed { reopening: Some(asked.clone()), ..closed }))
        }
        PeriodEvent::Reopened(reopened) => {
            let closed = closed.ok_or_else(|| mismatch("is open"))?;
            let asked = ReopenAsked { by: reopened.asked_by.clone(), to: reopened.to };
            if closed.reopening.as_ref() != Some(&asked) || reopened.approver == asked.by {
                return Err(mismatch("was not asked for by somebody else"));
            }
            Ok(reopened.to.map(|to| {
                let hard = closed.hard.map(|hard| hard.min(to));
                // A soft close stays only beyond the hard one.
                let soft = closed.soft.map(|soft| soft.min(to)).filter(|soft| Some(*soft) > hard);
                let (mut closings, mut last) = (Vec::new(), None);
                for close in closed.closings.iter().filter(|_| hard.is_some()) {
                    if last.is_none_or(|last| last < to) {
                        let pack = close.pack.clone().filter(|_| close.through <= to);
                        closings.push(HardClose { pack, seq: close.seq, through: close.through.min(to) });
                        last = Some(close.through);
                    }
                }
                Closed { hard, soft, reopening: None, closings }
            }))
        }
    }
}
