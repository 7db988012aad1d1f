/** Written once a version; a file of a later version is refused by whoever opens it. */
export const OUTBOX_VERSION = 1;

/**
 * `entry`: what was told, with how often. `todo`: to which channels it still has to go; `letter`: the message that it is part of, once that was
 * tried. `sent`: what each channel took so far.
 */
export const OUTBOX_SCHEMA = `
  CREATE TABLE IF NOT EXISTS entry (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    rank INTEGER NOT NULL,
    time INTEGER NOT NULL,
    since INTEGER NOT NULL,
    added INTEGER NOT NULL,
    not_before INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    source TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    count INTEGER NOT NULL,
    taken INTEGER NOT NULL DEFAULT 0,
    digest TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS entry_key ON entry (key, seq);
  CREATE TABLE IF NOT EXISTS todo (
    channel TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES entry (seq) ON DELETE CASCADE,
    letter TEXT,
    PRIMARY KEY (channel, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS sent (
    channel TEXT PRIMARY KEY,
    last INTEGER,
    day TEXT NOT NULL,
    count INTEGER NOT NULL
  ) STRICT;
`;
