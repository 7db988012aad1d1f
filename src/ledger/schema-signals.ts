/** What bt follow was asked for, each signal once for ever, what its sources say they hold, and what was last found to differ. */
export const SIGNALS = `
  CREATE TABLE signals (
    key               TEXT PRIMARY KEY,      -- strategy:id
    strategy          TEXT NOT NULL,
    id                TEXT NOT NULL,
    origin            TEXT NOT NULL CHECK (origin IN ('source', 'correction')),
    security          TEXT NOT NULL,
    side              TEXT NOT NULL,
    amount            REAL NOT NULL,         -- as it was asked for: what is refused may be anything
    price             REAL,
    sent_at           INTEGER NOT NULL,
    received_at       INTEGER NOT NULL,
    is_closing        INTEGER,
    raw               TEXT NOT NULL,
    day               TEXT NOT NULL,
    phase             TEXT NOT NULL CHECK (phase IN ('waiting', 'ordered', 'done')),
    waits_for         TEXT,
    not_before        INTEGER NOT NULL,
    fresh_from        INTEGER NOT NULL,
    attempt           INTEGER NOT NULL,
    requotes          INTEGER NOT NULL,
    asked             INTEGER,
    wanted            INTEGER,
    filled            INTEGER NOT NULL,
    first_ordered_at  INTEGER,
    quote_at          INTEGER,
    carry             REAL NOT NULL,
    value             REAL NOT NULL,         -- CNY of a buy, on ordered_day
    ordered_day       TEXT,
    notes             TEXT NOT NULL,         -- JSON
    end               TEXT CHECK (end IN ('filled', 'partly_filled', 'refused', 'nothing')),
    code              TEXT,
    reason            TEXT,
    ended_at          INTEGER
  ) STRICT;
  CREATE INDEX signals_open ON signals (phase) WHERE phase <> 'done';
  CREATE INDEX signals_by_day ON signals (day);
  CREATE INDEX signals_by_ordered_day ON signals (ordered_day, strategy) WHERE ordered_day IS NOT NULL;
  CREATE INDEX signals_carry ON signals (strategy, security, side) WHERE carry <> 0;
  CREATE TABLE source_pictures (
    strategy  TEXT PRIMARY KEY,
    at        INTEGER NOT NULL,
    picture   TEXT NOT NULL                  -- JSON
  ) STRICT;
  CREATE TABLE deviations (
    strategy  TEXT PRIMARY KEY,
    at        INTEGER NOT NULL,
    rows      TEXT NOT NULL                  -- JSON
  ) STRICT;
`;
