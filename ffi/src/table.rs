//! The handle table: the one static of the project. Slots are only ever added, so an old handle reads its slot and
//! nothing that was freed. Nothing here waits for another thread but a slot's own lock, held for a copy of an `Arc`.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError};

use duebill::rulebook::Rulebook;
use once_cell::race::OnceBox;

use crate::answer::Answer;
use crate::fork;
use crate::handle::{Kind, Parts};
use crate::log::SharedLog;
use crate::status::{
    DUEBILL_FORKED, DUEBILL_STALE_HANDLE, DUEBILL_TOO_MANY_HANDLES, DUEBILL_WRONG_HANDLE_TYPE, Failure,
};

/// The most handles alive at once, of all types together.
pub const DUEBILL_MAX_LIVE_HANDLES: u32 = 16_776_960;

/// Slots in the first chunk; each further chunk has twice as many.
const FIRST: u32 = 256;
const CHUNKS: usize = 16;

/// What a handle stands for.
#[derive(Clone)]
pub(crate) enum Entry {
    /// Type tag 1.
    Rulebook(Arc<Rulebook>),
    /// Type tag 2.
    Log(Arc<SharedLog>),
    /// Type tag 3.
    Result(Arc<Answer>),
}

impl From<Arc<Answer>> for Entry {
    fn from(answer: Arc<Answer>) -> Self {
        Self::Result(answer)
    }
}

impl Entry {
    const fn kind(&self) -> Kind {
        match self {
            Self::Rulebook(_) => Kind::Rulebook,
            Self::Log(_) => Kind::Log,
            Self::Result(_) => Kind::Result,
        }
    }
}

struct State {
    /// Starts at 1; goes up by one with each free. A slot at the last one is never used again.
    generation: u32,
    entry: Option<Entry>,
}

struct Slot {
    state: RwLock<State>,
    /// Index + 1 of the next free slot, while this one is free; 0 ends the list.
    next: AtomicU32,
    /// Set in a forked child: a thread that did not come along holds the lock for ever.
    abandoned: AtomicBool,
}

impl Slot {
    fn new() -> Self {
        let state = RwLock::new(State { generation: 1, entry: None });
        Self { state, next: AtomicU32::new(0), abandoned: AtomicBool::new(false) }
    }

    // A panic inside these locks is impossible (no code of others runs there), so a poisoned lock is still whole.
    fn read(&self) -> Result<RwLockReadGuard<'_, State>, Failure> {
        self.usable()?;
        Ok(self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self) -> Result<RwLockWriteGuard<'_, State>, Failure> {
        self.usable()?;
        Ok(self.state.write().unwrap_or_else(PoisonError::into_inner))
    }

    fn usable(&self) -> Result<(), Failure> {
        if self.abandoned.load(Ordering::Acquire) {
            return Err(Failure::new(
                DUEBILL_FORKED,
                "the handle was in use by another thread when the process forked",
            ));
        }
        Ok(())
    }
}

/// All handles of the process.
pub(crate) struct Table {
    chunks: [OnceBox<Box<[Slot]>>; CHUNKS],
    /// How many slots have ever been used.
    used: AtomicU32,
    /// Head of the list of free slots: a count against ABA (32 bits) and index + 1 (32 bits).
    free: AtomicU64,
    /// Whether the system was asked to call us in forked children.
    forks_watched: AtomicBool,
}

/// The one table.
pub(crate) static TABLE: Table = Table::new();

impl Table {
    const fn new() -> Self {
        Self {
            chunks: [const { OnceBox::new() }; CHUNKS],
            used: AtomicU32::new(0),
            free: AtomicU64::new(0),
            forks_watched: AtomicBool::new(false),
        }
    }

    /// Gives an entry its handle.
    pub(crate) fn insert(&self, entry: Entry) -> Result<u64, Failure> {
        if !self.forks_watched.load(Ordering::Acquire) {
            // Two first threads may both ask; the second answer changes nothing.
            fork::watch();
            self.forks_watched.store(true, Ordering::Release);
        }
        loop {
            let index = self.pop_free().or_else(|| self.grow()).ok_or_else(full)?;
            let Some(slot) = self.slot(index) else {
                return Err(full());
            };
            // Only a forked child meets a slot that it must pass over.
            let Ok(mut state) = slot.write() else {
                continue;
            };
            let parts = Parts { tag: entry.kind().tag(), slot: index, generation: state.generation };
            state.entry = Some(entry);
            return Ok(parts.pack());
        }
    }

    /// The rulebook behind a handle.
    pub(crate) fn rulebook(&self, handle: u64) -> Result<Arc<Rulebook>, Failure> {
        match self.get(handle)? {
            Entry::Rulebook(rulebook) => Ok(rulebook),
            other @ (Entry::Log(_) | Entry::Result(_)) => Err(wrong_type(Kind::Rulebook, other.kind())),
        }
    }

    /// The log behind a handle.
    pub(crate) fn log(&self, handle: u64) -> Result<Arc<SharedLog>, Failure> {
        match self.get(handle)? {
            Entry::Log(log) => Ok(log),
            other @ (Entry::Rulebook(_) | Entry::Result(_)) => Err(wrong_type(Kind::Log, other.kind())),
        }
    }

    /// The result behind a handle.
    pub(crate) fn result(&self, handle: u64) -> Result<Arc<Answer>, Failure> {
        match self.get(handle)? {
            Entry::Result(answer) => Ok(answer),
            other @ (Entry::Rulebook(_) | Entry::Log(_)) => Err(wrong_type(Kind::Result, other.kind())),
        }
    }

    /// Ends a handle; 0 is no handle and fine. Calls under way finish on their own reference.
    pub(crate) fn free(&self, handle: u64, kind: Kind) -> Result<(), Failure> {
        if handle == 0 {
            return Ok(());
        }
        let parts = Parts::unpack(handle);
        let slot = self.slot(parts.slot).ok_or_else(stale)?;
        let mut state = slot.write()?;
        let found = current(&state, parts)?.kind();
        if found != kind {
            return Err(wrong_type(kind, found));
        }
        let entry = state.entry.take();
        let reusable = state.generation.checked_add(1);
        state.generation = reusable.unwrap_or(u32::MAX);
        drop(state);
        if reusable.is_some() {
            self.push_free(parts.slot, slot);
        }
        // Dropped without a lock: it may be large.
        drop(entry);
        Ok(())
    }

    /// In a forked child, before anything else runs there: marks every slot and log whose lock came along held.
    pub(crate) fn abandon_what_is_held(&self) {
        // Only what stands: nothing may be allocated here.
        for slot in self.chunks.iter().filter_map(OnceBox::get).flat_map(|chunk| chunk.iter()) {
            match slot.state.try_write() {
                Ok(state) => {
                    if let Some(Entry::Log(log)) = &state.entry {
                        log.abandon_if_held();
                    }
                }
                Err(TryLockError::Poisoned(_)) => {}
                Err(TryLockError::WouldBlock) => slot.abandoned.store(true, Ordering::Release),
            }
        }
    }

    fn get(&self, handle: u64) -> Result<Entry, Failure> {
        let parts = Parts::unpack(handle);
        let slot = self.slot(parts.slot).ok_or_else(stale)?;
        let state = slot.read()?;
        current(&state, parts).cloned()
    }

    /// A slot that has been used, or is about to be: a forged index makes nothing.
    fn slot(&self, index: u32) -> Option<&Slot> {
        if index >= self.used.load(Ordering::Acquire) {
            return None;
        }
        let (chunk, size, offset) = place(index)?;
        let make = || Box::new(std::iter::repeat_with(Slot::new).take(size).collect::<Box<[Slot]>>());
        self.chunks.get(chunk)?.get_or_init(make).get(offset)
    }

    fn grow(&self) -> Option<u32> {
        let next = |used: u32| (used < DUEBILL_MAX_LIVE_HANDLES).then(|| used.saturating_add(1));
        self.used.fetch_update(Ordering::AcqRel, Ordering::Acquire, next).ok()
    }

    fn push_free(&self, index: u32, slot: &Slot) {
        let mut head = self.free.load(Ordering::Acquire);
        loop {
            let (count, first) = halves(head);
            slot.next.store(first, Ordering::Release);
            let new = joined(count.wrapping_add(1), index.saturating_add(1));
            match self.free.compare_exchange_weak(head, new, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => return,
                Err(seen) => head = seen,
            }
        }
    }

    fn pop_free(&self) -> Option<u32> {
        let mut head = self.free.load(Ordering::Acquire);
        loop {
            let (count, first) = halves(head);
            let index = first.checked_sub(1)?;
            // The slot may have been taken meanwhile; then the count has moved on and the exchange fails.
            let next = self.slot(index)?.next.load(Ordering::Acquire);
            let new = joined(count.wrapping_add(1), next);
            match self.free.compare_exchange_weak(head, new, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => return Some(index),
                Err(seen) => head = seen,
            }
        }
    }
}

/// The entry that these parts stand for, if they were given out and not freed.
fn current(state: &State, parts: Parts) -> Result<&Entry, Failure> {
    let entry = state.entry.as_ref().filter(|_| state.generation == parts.generation);
    entry.filter(|entry| entry.kind().tag() == parts.tag).ok_or_else(stale)
}

/// Chunk, size of that chunk, and offset in it.
fn place(index: u32) -> Option<(usize, usize, usize)> {
    let chunk = index.checked_div(FIRST)?.checked_add(1)?.ilog2();
    let size = FIRST.checked_shl(chunk)?;
    let offset = index.checked_sub(size.checked_sub(FIRST)?)?;
    Some((usize::try_from(chunk).ok()?, usize::try_from(size).ok()?, usize::try_from(offset).ok()?))
}

fn halves(word: u64) -> (u32, u32) {
    let [a, b, c, d, e, f, g, h] = word.to_be_bytes();
    (u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h]))
}

fn joined(high: u32, low: u32) -> u64 {
    (u64::from(high) << 32) | u64::from(low)
}

fn stale() -> Failure {
    Failure::new(DUEBILL_STALE_HANDLE, "the handle is 0, was freed, or was never given out")
}

fn full() -> Failure {
    Failure::new(DUEBILL_TOO_MANY_HANDLES, format!("{DUEBILL_MAX_LIVE_HANDLES} handles are alive"))
}

fn wrong_type(expected: Kind, found: Kind) -> Failure {
    let message = format!("a {} handle was expected, a {} handle came", expected.name(), found.name());
    Failure::new(DUEBILL_WRONG_HANDLE_TYPE, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn entry() -> Entry {
        Answer::new(b"{}".to_vec()).into()
    }

    fn number(failure: Result<(), Failure>) -> u32 {
        failure.map_or_else(|failure| failure.number(), |()| 0)
    }

    #[test]
    fn slots_fill_the_chunks_without_a_gap() {
        assert_eq!(place(0), Some((0, 256, 0)));
        assert_eq!(place(255), Some((0, 256, 255)));
        assert_eq!(place(256), Some((1, 512, 0)));
        assert_eq!(place(767), Some((1, 512, 511)));
        assert_eq!(place(768), Some((2, 1024, 0)));
        let (chunk, size, offset) = place(DUEBILL_MAX_LIVE_HANDLES - 1).unwrap();
        assert_eq!((chunk, offset), (CHUNKS - 1, size - 1));
        assert_eq!(place(DUEBILL_MAX_LIVE_HANDLES).unwrap().0, CHUNKS);
    }

    #[test]
    fn a_freed_slot_comes_back_under_another_handle() {
        let table = Table::new();
        let old = table.insert(entry()).unwrap();
        assert_eq!(number(table.free(old, Kind::Log)), DUEBILL_WRONG_HANDLE_TYPE);
        table.free(old, Kind::Result).unwrap();
        assert_eq!(number(table.free(old, Kind::Result)), DUEBILL_STALE_HANDLE);
        let new = table.insert(entry()).unwrap();
        assert_eq!(Parts::unpack(new), Parts { tag: 3, slot: 0, generation: 2 });
        assert!(table.result(old).is_err());
        assert!(table.result(new).is_ok());
        table.free(0, Kind::Result).unwrap();
    }

    #[test]
    fn a_slot_at_its_last_generation_retires() {
        let table = Table::new();
        let first = table.insert(entry()).unwrap();
        table.slot(0).unwrap().write().unwrap().generation = u32::MAX;
        let last = Parts { generation: u32::MAX, ..Parts::unpack(first) }.pack();
        table.free(last, Kind::Result).unwrap();
        assert!(table.result(last).is_err());
        assert_eq!(Parts::unpack(table.insert(entry()).unwrap()).slot, 1);
    }

    #[test]
    fn a_child_passes_over_what_another_thread_held() {
        let table = Table::new();
        let held = table.insert(entry()).unwrap();
        let kept = table.insert(entry()).unwrap();
        let guard = table.slot(0).unwrap().write().unwrap();
        table.abandon_what_is_held();
        drop(guard);
        assert_eq!(number(table.free(held, Kind::Result)), DUEBILL_FORKED);
        assert_eq!(number(table.result(held).map(drop)), DUEBILL_FORKED);
        table.free(kept, Kind::Result).unwrap();
    }

    #[test]
    fn threads_never_share_a_live_handle() {
        let table = Table::new();
        let kept: Vec<u64> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| churn(&table))).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        let slots: BTreeSet<u32> = kept.iter().map(|&handle| Parts::unpack(handle).slot).collect();
        assert_eq!(slots.len(), kept.len());
        assert!(kept.iter().all(|&handle| table.result(handle).is_ok()));
        assert!(table.used.load(Ordering::Acquire) < 2_100);
    }

    fn churn(table: &Table) -> Vec<u64> {
        let mut kept = Vec::new();
        for _ in 0..500 {
            let (kept_one, freed) = (table.insert(entry()).unwrap(), table.insert(entry()).unwrap());
            table.free(freed, Kind::Result).unwrap();
            kept.push(kept_one);
        }
        kept
    }

    proptest! {
        #[test]
        fn no_forged_handle_is_honoured(handle: u64, tag in 0_u8..5, slot in 0_u32..4, generation in 0_u32..4) {
            let table = Table::new();
            let live = table.insert(entry()).unwrap();
            let near = Parts { tag, slot, generation }.pack();
            for forged in [handle, near].into_iter().filter(|&forged| forged != live) {
                prop_assert!(table.get(forged).is_err());
                prop_assert!(forged == 0 || table.free(forged, Kind::Result).is_err());
            }
            prop_assert!(table.result(live).is_ok());
            prop_assert_eq!(table.used.load(Ordering::Acquire), 1);
        }
    }
}
