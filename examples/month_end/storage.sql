-- One row per record, written once. The key is the guard: of two writers, one gets the next sequence.
CREATE TABLE IF NOT EXISTS records (
    log      TEXT    NOT NULL,                  -- the address of the log, canonical JSON
    seq      INTEGER NOT NULL CHECK (seq > 0),  -- 1, 2, 3 ... without gaps
    hash     TEXT    NOT NULL,                  -- SHA-256 of exactly the bytes beside it
    record   BLOB    NOT NULL,                  -- the canonical bytes, never rewritten
    detached TEXT    NOT NULL,                  -- personal words by commitment; '{}' once erased
    PRIMARY KEY (log, seq)
) STRICT, WITHOUT ROWID;

-- Invoice numbers, so that the database itself refuses to give one out twice.
CREATE TABLE IF NOT EXISTS numbers (
    series  TEXT NOT NULL,
    number  TEXT NOT NULL,
    account TEXT NOT NULL,
    invoice TEXT NOT NULL,
    PRIMARY KEY (series, number),
    UNIQUE (series, account, invoice)
) STRICT, WITHOUT ROWID;

-- The read model: what the records come to, upserted with them and always made from them again. The version of its
-- rows stands in PRAGMA user_version.
CREATE TABLE IF NOT EXISTS rows (
    log     TEXT NOT NULL,
    name    TEXT NOT NULL,                      -- ticket, entry, invoice, line, item, receipt, number ...
    key     TEXT NOT NULL,
    columns TEXT NOT NULL,                      -- JSON: columns ->> 'open'
    PRIMARY KEY (log, name, key)
) STRICT, WITHOUT ROWID;

-- The outbox: commands that records have ready for other logs, in the order they were made.
CREATE TABLE IF NOT EXISTS intents (
    position  INTEGER PRIMARY KEY AUTOINCREMENT,
    log       TEXT    NOT NULL,                 -- the record that it came with
    seq       INTEGER NOT NULL,
    id        TEXT    NOT NULL,
    command   TEXT    NOT NULL,
    delivered INTEGER NOT NULL DEFAULT 0,       -- 1 with the record that answers it
    UNIQUE (log, seq, id),
    FOREIGN KEY (log, seq) REFERENCES records (log, seq)
) STRICT;

CREATE INDEX IF NOT EXISTS undelivered ON intents (position) WHERE delivered = 0;
