/** One entry a version, applied in order; `PRAGMA user_version` holds how many are done. Never edit one that has shipped: add one. */
export const HISTORY_MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE pictures (
    account        TEXT NOT NULL,
    at             INTEGER NOT NULL,       -- market time, epoch ms
    day            TEXT NOT NULL,          -- China day of it
    available_cash REAL NOT NULL,
    frozen_cash    REAL,
    market_value   REAL,
    total_value    REAL NOT NULL,
    profit         REAL,
    holdings       INTEGER NOT NULL,
    PRIMARY KEY (account, at)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX pictures_by_day ON pictures (day);

  CREATE TABLE holdings (
    account      TEXT NOT NULL,
    at           INTEGER NOT NULL,
    security     TEXT NOT NULL,
    name         TEXT,
    amount       INTEGER NOT NULL,
    closeable    INTEGER NOT NULL,
    avg_cost     REAL,
    last_price   REAL,
    market_value REAL,
    profit       REAL,
    profit_rate  REAL,
    held_days    INTEGER NOT NULL,
    at_least     INTEGER NOT NULL,
    PRIMARY KEY (account, at, security)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE held (
    account  TEXT NOT NULL,
    security TEXT NOT NULL,
    since    TEXT NOT NULL,                -- first China day on which it was seen without a break
    at_least INTEGER NOT NULL,             -- 1 = it was there when the record began
    PRIMARY KEY (account, security)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE gaps (
    account TEXT NOT NULL,
    at      INTEGER NOT NULL,
    why     TEXT NOT NULL,
    PRIMARY KEY (account, at)
  ) STRICT, WITHOUT ROWID;
  `,
];
