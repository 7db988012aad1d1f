/** One entry a version, applied in order; `PRAGMA user_version` holds how many are done. Never edit one that has shipped: add one. */
export const RECORD_MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE requests (
    seq          INTEGER PRIMARY KEY,
    day          TEXT NOT NULL,            -- China day of market time
    at           INTEGER NOT NULL,         -- market time, epoch ms
    scope        TEXT,                     -- account, sub-account and key; null = its client gave no key
    fingerprint  TEXT NOT NULL,
    account      TEXT NOT NULL,
    sub_account  TEXT,
    security     TEXT NOT NULL,
    side         TEXT NOT NULL CHECK (side IN ('buy', 'sell')),
    amount       INTEGER NOT NULL,
    style        TEXT NOT NULL,
    price        REAL,
    remark       TEXT NOT NULL,
    peer         TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('sent', 'placed', 'refused', 'unknown')),
    order_id     TEXT,
    answer       TEXT,                     -- JSON
    why          TEXT                      -- of a refusal or a failure
  ) STRICT;
  CREATE UNIQUE INDEX requests_by_key ON requests (day, scope) WHERE scope IS NOT NULL AND state <> 'refused';
  CREATE INDEX requests_by_remark ON requests (day, account, remark);
  CREATE INDEX requests_open ON requests (day) WHERE state IN ('sent', 'unknown');

  CREATE TABLE risk (
    account  TEXT PRIMARY KEY,
    saved    TEXT NOT NULL                 -- counters of one day, JSON
  ) STRICT;
  `,
  `
  CREATE INDEX requests_by_scope ON requests (scope, day) WHERE scope IS NOT NULL AND state <> 'refused';
  `,
  `
  ALTER TABLE requests ADD COLUMN operation TEXT; -- what only a credit account does; null = a plain buy or sell
  `,
];
