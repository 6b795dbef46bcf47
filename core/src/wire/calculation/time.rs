//! Worked time: rounding, zones, cutting.

use crate::calendar::{Date, Gap, Instant, Overlap, Zone};
use crate::canon::{shape, words};
use crate::finding::{Finding, Refusal};
use crate::id::Id;
use crate::money::split;
use crate::rating::TimeRounding;
use crate::rulebook::CalendarDocument;
use crate::work::Time;

words!(impl Gap { Refuse = "refuse", ShiftForward = "shift_forward" });
words!(impl Overlap { Earlier = "earlier", Later = "later" });

shape! {
    /// Worked seconds to be rounded.
    pub struct TimeIn {
        /// The rule.
        pub rounding: TimeRounding,
        /// Worked seconds of each slice, in the order of work.
        pub seconds: Vec<u32>,
    }
}

shape! {
    /// Billed seconds.
    pub struct TimeOut {
        /// Of the whole scope.
        pub billed: u64,
        /// Of each slice, by largest remainder.
        pub shares: Vec<i64>,
    }
}

shape! {
    /// Two wall times in a zone.
    pub struct ElapsedIn {
        /// The first, as YYYY-MM-DDTHH:MM.
        pub begin: String,
        /// The second.
        pub end: String,
        /// What to do with times that the clocks skipped.
        pub gap: Gap = Gap::Refuse,
        /// Which of two instants a repeated time means.
        pub overlap: Overlap = Overlap::Earlier,
        /// The IANA zone.
        pub zone: String,
    }
}

shape! {
    /// Elapsed time.
    pub struct ElapsedOut {
        /// The first instant.
        pub begin: Instant,
        /// The second.
        pub end: Instant,
        /// Seconds between them.
        pub seconds: i64,
    }
}

shape! {
    /// Work to be cut.
    pub struct CutIn {
        /// The calendar to cut with.
        pub calendar: CalendarDocument,
        /// The instant after the last.
        pub end: Instant,
        /// The first instant.
        pub start: Instant,
    }
}

shape! {
    /// A piece of work in one band of one local day.
    pub struct CutPiece {
        /// Its band.
        pub band: Id,
        /// Its local day.
        pub date: Date,
        /// The instant after its last.
        pub end: Instant,
        /// Its seconds.
        pub seconds: u32,
        /// Its first instant.
        pub start: Instant,
    }
}

shape! {
    /// Pieces that add up.
    pub struct CutOut {
        /// The pieces, in order.
        pub pieces: Vec<CutPiece>,
    }
}

pub(super) fn elapsed_local(asked: ElapsedIn) -> Result<ElapsedOut, Refusal> {
    let zone = Zone::new(&asked.zone).map_err(|error| Refusal::because(&error))?;
    let at =
        |wall: &str| zone.resolve(wall, asked.gap, asked.overlap).map_err(|error| Refusal::because(&error));
    let (begin, end) = (at(&asked.begin)?, at(&asked.end)?);
    Ok(ElapsedOut { begin, end, seconds: end.seconds_since(begin) })
}

/// Cuts at band borders and local midnights, within the limits of an entry.
pub(super) fn cut(asked: CutIn) -> Result<CutOut, Refusal> {
    let calendar = asked.calendar.compile().map_err(|refusal| refusal.below("/calendar"))?;
    let time = Time { end: asked.end, start: asked.start };
    time.check().map_err(|error| Refusal::because(&error))?;
    let pieces = calendar.cut(time.start, time.end).map_err(|error| Refusal::because(&error))?;
    let named = pieces.into_iter().filter_map(|piece| {
        let band = calendar.band_name(piece.band)?.clone();
        Some(CutPiece { band, date: piece.date, end: piece.end, seconds: piece.seconds, start: piece.start })
    });
    Ok(CutOut { pieces: named.collect() })
}

pub(super) fn time_round(asked: TimeIn) -> Result<TimeOut, Refusal> {
    let errors = asked.rounding.check();
    let findings = errors.iter().map(|error| Finding::block(error).at("/rounding")).collect();
    Refusal::unless_empty(findings)?;
    let sum = asked.seconds.iter().fold(0_u64, |sum, &seconds| sum.saturating_add(seconds.into()));
    let billed = asked.rounding.round(sum);
    let weights: Vec<i64> = asked.seconds.iter().map(|&seconds| seconds.into()).collect();
    let whole = i64::try_from(billed).unwrap_or(i64::MAX);
    let shares = split(whole, &weights).map_err(|error| Refusal::because(&error))?;
    Ok(TimeOut { billed, shares })
}
