const stateColumns = `
  app        TEXT NOT NULL,
  id         TEXT NOT NULL,
  state      TEXT NOT NULL,
  expires_at INTEGER,
  PRIMARY KEY (app, id)
`

/**
 * The database, step by step. A step that has been released is never edited: a change is a new step. The record's
 * integer key is what makes appending cheap; AUTOINCREMENT keeps a cursor from ever meaning another event.
 */
export const schema: readonly string[] = [
  `
  CREATE TABLE keys (
    seq        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    app        TEXT NOT NULL,
    name       TEXT NOT NULL,
    hash       TEXT NOT NULL UNIQUE,
    prefix     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER
  ) STRICT;
  CREATE TABLE actors   (${stateColumns}) STRICT, WITHOUT ROWID;
  CREATE TABLE sessions (${stateColumns}) STRICT, WITHOUT ROWID;
  CREATE TABLE counters (${stateColumns}) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_expiry ON sessions (expires_at);
  CREATE INDEX counters_expiry ON counters (expires_at);
  CREATE TABLE audit (
    seq   INTEGER PRIMARY KEY AUTOINCREMENT,
    event TEXT NOT NULL
  ) STRICT;
  CREATE TABLE secrets (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE kept (${stateColumns}) STRICT, WITHOUT ROWID;
  CREATE INDEX kept_expiry ON kept (expires_at);
  `,
]
