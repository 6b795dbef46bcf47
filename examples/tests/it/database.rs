//! What the stored records come to, made again from nothing but them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use duebill::audit::{Detached, Intent, LogAddress, Stored};
use duebill::canon::{Digest, from_bytes};
use duebill::report::Row;
use duebill::wire::{self, AnyRecorded};
use rusqlite::Connection;
use serde_json::{Map, Value};

use super::program::{CRATE, json, scratch};

/// A row of the read model by log, table and key.
type Rows = BTreeMap<(String, String, String), Map<String, Value>>;
/// Ready commands by log, sequence and id.
type Intents = BTreeSet<(String, u64, String, String)>;

/// Everything in a database that can be made from its records.
#[derive(Debug, Default, PartialEq)]
struct Derived {
    rows: Rows,
    numbers: BTreeSet<(String, String)>,
    intents: Intents,
}

impl Derived {
    fn add(&mut self, log: &str, seq: u64, rows: Vec<Row>, intents: Vec<Intent>) {
        for row in rows {
            let table = row.table.word().to_owned();
            if table == "number" {
                self.numbers.insert((log.to_owned(), row.key.to_string()));
            }
            let columns = self.rows.entry((log.to_owned(), table, row.key.to_string())).or_default();
            columns.extend(row.set.into_iter().map(|(column, value)| (column.to_owned(), value.into())));
        }
        for intent in intents {
            let command = String::from_utf8(intent.command.bytes().to_vec()).unwrap();
            self.intents.insert((log.to_owned(), seq, intent.id.to_string(), command));
        }
    }
}

/// Makes rows, numbers and ready commands from the records.
fn from_records(database: &Connection) -> Result<Derived, String> {
    let mut derived = Derived::default();
    for (log, stored) in records(database) {
        let address: LogAddress = from_bytes(log.as_bytes()).unwrap();
        let recorded = AnyRecorded::load(address.kind, stored).map_err(|refusal| refusal.to_string())?;
        derived.add(&log, recorded.seq(), recorded.rows(), recorded.intents());
    }
    Ok(derived)
}

/// Stored records with their logs, each log in its order.
fn records(database: &Connection) -> Vec<(String, Stored)> {
    let mut select =
        database.prepare("SELECT log, record, hash, detached FROM records ORDER BY log, seq").unwrap();
    let rows = select.query_map([], |row| {
        let hash = Digest::parse(&row.get::<_, String>(2)?).unwrap();
        let detached = Detached::parse(row.get::<_, String>(3)?.as_bytes()).unwrap();
        Ok((row.get(0)?, Stored { bytes: row.get(1)?, hash, detached }))
    });
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

/// Reads rows, numbers and ready commands as they are stored.
fn as_stored(database: &Connection) -> Derived {
    let mut derived = Derived::default();
    let mut select = database.prepare("SELECT log, name, key, columns FROM rows").unwrap();
    let rows =
        select.query_map([], |row| Ok(((row.get(0)?, row.get(1)?, row.get(2)?), row.get::<_, String>(3)?)));
    for row in rows.unwrap() {
        let (key, columns) = row.unwrap();
        derived.rows.insert(key, serde_json::from_str(&columns).unwrap());
    }
    let mut select = database.prepare("SELECT series, number FROM numbers").unwrap();
    let numbers = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    derived.numbers = numbers.unwrap().collect::<Result<_, _>>().unwrap();
    let mut select = database.prepare("SELECT log, seq, id, command FROM intents").unwrap();
    let intents = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)));
    derived.intents = intents.unwrap().collect::<Result<_, _>>().unwrap();
    derived
}

/// Whatever happened to its host, a database holds of each record everything or nothing, and every
/// log is whole; otherwise, what is wrong.
pub(crate) fn check(path: &Path) -> Result<(), String> {
    let database = Connection::open(path).unwrap();
    if as_stored(&database) != from_records(&database)? {
        return Err(format!("{} holds other than what its records come to", path.display()));
    }
    let mut lines: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (log, stored) in records(&database) {
        let line = lines.entry(log).or_default();
        line.extend_from_slice(format!("{} ", stored.hash).as_bytes());
        line.extend_from_slice(&stored.bytes);
        line.push(b'\n');
    }
    for (log, lines) in lines {
        let verdict: Value = serde_json::from_slice(&wire::verify(&lines, None).unwrap()).unwrap();
        if verdict["verdict"] != "consistent" {
            return Err(format!("{log}: {verdict}"));
        }
    }
    Ok(())
}

/// The heads of all logs and the number of rows of all tables.
pub(crate) fn fingerprint(path: &Path) -> (Vec<(String, u64, String)>, Vec<u64>) {
    let database = Connection::open(path).unwrap();
    let mut select =
        database.prepare("SELECT log, max(seq), hash FROM records GROUP BY log ORDER BY log").unwrap();
    let heads = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    let heads = heads.unwrap().collect::<Result<_, _>>().unwrap();
    let count = |table: &str| {
        let one = |row: &rusqlite::Row<'_>| row.get(0);
        database.query_row(&format!("SELECT count(*) FROM {table}"), [], one).unwrap()
    };
    let undelivered = "intents WHERE delivered = 0";
    (heads, ["records", "numbers", "rows", "intents", undelivered].map(count).to_vec())
}

#[test]
fn the_read_model_is_what_the_records_come_to_and_every_log_verifies() {
    let database = scratch("database").join("month_end.sqlite");
    json(&database);
    check(&database).unwrap();
    let (heads, counts) = fingerprint(&database);
    assert_eq!(heads.len(), 12, "{heads:?}");
    assert!(counts[0] > 150, "{counts:?}");
    assert_eq!(counts[4], 0, "commands that nobody delivered");
}

#[test]
fn rows_of_another_version_are_made_again_from_the_records() {
    let database = scratch("renewed").join("month_end.sqlite");
    json(&database);
    let before = fingerprint(&database);
    let older = Connection::open(&database).unwrap();
    older
        .execute_batch(
            "UPDATE rows SET columns = '{}'; DELETE FROM numbers; DELETE FROM rows WHERE name = 'item';
             PRAGMA user_version = 0",
        )
        .unwrap();
    drop(older);
    assert!(check(&database).is_err());
    json(&database);
    check(&database).unwrap();
    assert_eq!(fingerprint(&database), before);
}

#[test]
fn a_check_sees_what_was_changed() {
    for change in [
        "UPDATE rows SET columns = json_set(columns, '$.open', '0.00') WHERE name = 'item' AND columns ->> 'open' <> '0.00'",
        "DELETE FROM intents WHERE position = 7",
        "DELETE FROM records WHERE seq = (SELECT max(seq) FROM records)",
        "UPDATE records SET record = CAST(replace(record, 'Remote', 'remote') AS BLOB) WHERE CAST(record AS TEXT) LIKE '%Remote%'",
    ] {
        let database = scratch("changed").join("month_end.sqlite");
        json(&database);
        let changed = Connection::open(&database).unwrap();
        changed.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        assert!(changed.execute(change, []).unwrap() > 0, "{change}");
        drop(changed);
        assert!(check(&database).is_err(), "not seen: {change}");
    }
}

#[test]
fn the_page_shows_the_tables_as_they_are() {
    let page = std::fs::read_to_string(format!("{CRATE}/STORAGE.md")).unwrap();
    let tables = std::fs::read_to_string(format!("{CRATE}/month_end/storage.sql")).unwrap();
    assert!(
        page.contains(&format!("```sql\n{tables}```\n")),
        "STORAGE.md does not show month_end/storage.sql"
    );
}
