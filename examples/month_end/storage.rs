//! Storage on SQLite: everything of one record in one transaction. `STORAGE.md` is the contract.

use std::fs;
use std::path::Path;

use duebill::audit::{self, Detached, Intent, LogAddress};
use duebill::canon::{Digest, from_bytes, to_bytes};
use duebill::report::{ROWS_VERSION, Row, RowTable};
use duebill::wire::{Answered, AnyRecorded};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::Outcome;
use crate::crash::Crash;

/// A record as it is stored.
pub struct Stored {
    /// The address of its log.
    pub log: String,
    /// Its bytes.
    pub record: Vec<u8>,
    /// Their hash.
    pub hash: String,
    /// Personal words.
    pub detached: String,
}

/// A ready command that nobody has answered yet.
pub struct Pending {
    /// Its place in the outbox.
    pub position: i64,
    /// The command.
    pub command: String,
}

/// The database of a host.
pub struct Storage {
    connection: Connection,
    crash: Crash,
}

impl Storage {
    /// Opens a database, or makes it.
    ///
    /// # Errors
    /// Whatever the file system and SQLite refuse.
    pub fn open(path: &Path) -> Outcome<Self> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let connection = Connection::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
        )?;
        connection.execute_batch(include_str!("storage.sql"))?;
        let mut storage = Self { connection, crash: Crash::from_environment()? };
        storage.renew_rows()?;
        Ok(storage)
    }

    /// Makes the read model again from the records, where its rows are of another version than the library's.
    fn renew_rows(&mut self) -> Outcome<()> {
        let version: u32 = self.connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if version == ROWS_VERSION {
            return Ok(());
        }
        let records = self.records()?;
        let transaction = self.connection.transaction()?;
        transaction.execute_batch("DELETE FROM rows; DELETE FROM numbers;")?;
        for Stored { log, record, hash, .. } in records {
            let (address, hash): (LogAddress, _) = (from_bytes(log.as_bytes())?, Digest::parse(&hash)?);
            let stored = audit::Stored { bytes: record, hash, detached: Detached::default() };
            for row in AnyRecorded::load(address.kind, stored)?.rows() {
                upsert(&transaction, &log, &row)?;
            }
        }
        transaction.pragma_update(None, "user_version", ROWS_VERSION)?;
        Ok(transaction.commit()?)
    }

    /// Takes a database away, with the files that SQLite keeps beside it.
    ///
    /// # Errors
    /// Whatever the file system refuses.
    pub fn remove(path: &Path) -> Outcome<()> {
        for suffix in ["", "-wal", "-shm"] {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            match fs::remove_file(&name) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }

    /// Stores from now on without waiting for the disk at each record: a run that begins anew from
    /// its source wants no record to survive a power cut, only a whole database at [`Storage::settle`].
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn hurry(&self) -> Outcome<()> {
        Ok(self.connection.execute_batch("PRAGMA synchronous = NORMAL;")?)
    }

    /// Brings everything to the disk, for good.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn settle(&self) -> Outcome<()> {
        Ok(self.connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE);")?)
    }

    /// Every record, each log in its order.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn records(&self) -> Outcome<Vec<Stored>> {
        let mut select =
            self.connection.prepare("SELECT log, record, hash, detached FROM records ORDER BY log, seq")?;
        let stored = select.query_map([], |row| {
            Ok(Stored { log: row.get(0)?, record: row.get(1)?, hash: row.get(2)?, detached: row.get(3)? })
        })?;
        Ok(stored.collect::<Result<_, _>>()?)
    }

    /// Stores a record with all that belongs to it, and marks the ready command that it answers as
    /// delivered: all or nothing.
    ///
    /// # Errors
    /// Whatever SQLite refuses: a sequence that another writer took, above all.
    pub fn append(&mut self, log: &str, answered: &Answered, answers: Option<i64>) -> Outcome<()> {
        self.crash.point();
        let transaction = self.connection.transaction()?;
        insert_record(&transaction, log, &answered.recorded)?;
        self.crash.point();
        for row in &answered.rows {
            upsert(&transaction, log, row)?;
        }
        self.crash.point();
        for intent in &answered.intents {
            send(&transaction, log, sequence(&answered.recorded)?, intent)?;
        }
        if let Some(position) = answers {
            mark(&transaction, position)?;
        }
        self.crash.point();
        transaction.commit()?;
        self.crash.point();
        Ok(())
    }

    /// Marks a ready command as delivered that its log had recorded before.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn delivered(&self, position: i64) -> Outcome<()> {
        mark(&self.connection, position)
    }

    /// The first ready command after a position that nobody has answered.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn pending(&self, after: i64) -> Outcome<Option<Pending>> {
        let mut select = self.connection.prepare_cached(
            "SELECT position, command FROM intents
             WHERE delivered = 0 AND position > ?1 ORDER BY position LIMIT 1",
        )?;
        let pending =
            select.query_row([after], |row| Ok(Pending { position: row.get(0)?, command: row.get(1)? }));
        Ok(pending.optional()?)
    }
}

fn insert_record(transaction: &Transaction<'_>, log: &str, recorded: &AnyRecorded) -> Outcome<()> {
    let stored = recorded.stored();
    let (hash, detached) = (stored.hash.to_string(), String::from_utf8(to_bytes(&stored.detached))?);
    transaction
        .prepare_cached("INSERT INTO records (log, seq, hash, record, detached) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![log, sequence(recorded)?, hash, stored.bytes, detached])?;
    Ok(())
}

fn upsert(transaction: &Transaction<'_>, log: &str, row: &Row) -> Outcome<()> {
    transaction
        .prepare_cached(
            "INSERT INTO rows (log, name, key, columns) VALUES (?1, ?2, ?3, json(?4))
             ON CONFLICT DO UPDATE SET columns = json_patch(columns, excluded.columns)",
        )?
        .execute(params![log, row.table.word(), row.key.as_str(), serde_json::to_string(&row.set)?])?;
    if row.table == RowTable::Number {
        transaction
            .prepare_cached("INSERT INTO numbers (series, number, account, invoice) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![log, row.key.as_str(), row.set.get("account"), row.set.get("invoice")])?;
    }
    Ok(())
}

fn send(transaction: &Transaction<'_>, log: &str, seq: i64, intent: &Intent) -> Outcome<()> {
    let command = core::str::from_utf8(intent.command.bytes())?;
    transaction
        .prepare_cached("INSERT INTO intents (log, seq, id, command) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![log, seq, intent.id.as_str(), command])?;
    Ok(())
}

fn sequence(recorded: &AnyRecorded) -> Outcome<i64> {
    Ok(i64::try_from(recorded.seq())?)
}

fn mark(connection: &Connection, position: i64) -> Outcome<()> {
    connection.prepare_cached("UPDATE intents SET delivered = 1 WHERE position = ?1")?.execute([position])?;
    Ok(())
}
