//! A log behind a handle: many readers or one writer, and a memory of a panic that happened inside.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, RwLock, RwLockReadGuard, TryLockError};

use duebill::wire::Log;

use crate::status::{DUEBILL_FORKED, DUEBILL_POISONED, Failure};

/// One log, shared by the threads of the host.
pub(crate) struct SharedLog {
    log: RwLock<Log>,
    /// A call on this log panicked.
    poisoned: AtomicBool,
    /// Set in a forked child: a thread that did not come along holds the lock for ever.
    abandoned: AtomicBool,
}

/// Poisons the log unless the call came to its end.
struct Watch<'a>(&'a AtomicBool);

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

impl SharedLog {
    /// A log that nobody uses yet.
    pub(crate) fn new(log: Log) -> Arc<Self> {
        let poisoned = AtomicBool::new(false);
        Arc::new(Self { log: RwLock::new(log), poisoned, abandoned: AtomicBool::new(false) })
    }

    /// Asks the log something, beside other readers.
    pub(crate) fn read<T>(&self, ask: impl FnOnce(&Log) -> T) -> Result<T, Failure> {
        let log = self.lock()?;
        let watch = Watch(&self.poisoned);
        let answer = ask(&log);
        std::mem::forget(watch);
        Ok(answer)
    }

    /// Changes the log, alone.
    pub(crate) fn write<T>(&self, change: impl FnOnce(&mut Log) -> T) -> Result<T, Failure> {
        self.usable()?;
        let mut log = self.log.write().map_err(|_| poisoned())?;
        self.usable()?;
        let watch = Watch(&self.poisoned);
        let answer = change(&mut log);
        std::mem::forget(watch);
        Ok(answer)
    }

    /// Asks something of one log and others beside it; a log may be listed twice. A panic poisons the `first`.
    pub(crate) fn read_all<T>(
        first: &Arc<Self>,
        rest: &[Arc<Self>],
        ask: impl FnOnce(&Log, &[&Log]) -> T,
    ) -> Result<T, Failure> {
        let all: Vec<Arc<Self>> = std::iter::once(first).chain(rest).cloned().collect();
        Self::read_each(&all, |logs| {
            let (book, rest) = logs.split_first()?;
            let watch = Watch(&first.poisoned);
            let answer = ask(book, rest);
            std::mem::forget(watch);
            Some(answer)
        })?
        .ok_or_else(poisoned)
    }

    /// Asks something across logs; a log may be listed twice. A panic poisons none.
    ///
    /// Locks are taken in the order of addresses, each once: two such calls and a waiting writer cannot wait in a circle.
    pub(crate) fn read_each<T>(logs: &[Arc<Self>], ask: impl FnOnce(&[&Log]) -> T) -> Result<T, Failure> {
        let mut order: Vec<&Arc<Self>> = logs.iter().collect();
        order.sort_unstable_by_key(|log| Arc::as_ptr(log));
        order.dedup_by_key(|log| Arc::as_ptr(log));
        let locked = order.iter().map(|log| log.lock()).collect::<Result<Vec<_>, _>>()?;
        let find = |log: &Arc<Self>| {
            let place = order.binary_search_by_key(&Arc::as_ptr(log), |other| Arc::as_ptr(other)).ok()?;
            locked.get(place).map(|guard| &**guard)
        };
        Ok(ask(&logs.iter().filter_map(find).collect::<Vec<_>>()))
    }

    /// In a forked child, before anything else runs there: marks the log if its lock came along held.
    pub(crate) fn abandon_if_held(&self) {
        if matches!(self.log.try_write(), Err(TryLockError::WouldBlock)) {
            self.abandoned.store(true, Ordering::Release);
        }
    }

    fn lock(&self) -> Result<RwLockReadGuard<'_, Log>, Failure> {
        self.usable()?;
        let guard = self.log.read().map_err(|_| poisoned())?;
        self.usable()?;
        Ok(guard)
    }

    fn usable(&self) -> Result<(), Failure> {
        if self.abandoned.load(Ordering::Acquire) {
            return Err(Failure::new(
                DUEBILL_FORKED,
                "the log was in use by another thread when the process forked",
            ));
        }
        if self.poisoned.load(Ordering::Acquire) { Err(poisoned()) } else { Ok(()) }
    }
}

fn poisoned() -> Failure {
    Failure::new(DUEBILL_POISONED, "an earlier call on this log panicked; free it and replay its records")
}
