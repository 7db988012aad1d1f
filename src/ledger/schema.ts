/**
 * One entry a version, applied in order; `PRAGMA user_version` holds how many are done. Never edit an entry that has
 * shipped: add one. Money and prices are REAL, amounts INTEGER, times epoch ms of market time unless named wall.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE orders (
    order_id     TEXT PRIMARY KEY,
    day          TEXT NOT NULL,
    security     TEXT NOT NULL,
    side         TEXT NOT NULL CHECK (side IN ('buy', 'sell')),
    request      TEXT NOT NULL,              -- the strategy's request as JSON
    amount       INTEGER NOT NULL CHECK (amount >= 0),
    parked       INTEGER NOT NULL,           -- 1 = the strategy was told that it waits for its sending window
    denied       TEXT,                       -- why nothing was sent
    created_at   INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX orders_by_day ON orders (day);

  CREATE TABLE intents (
    client_id       TEXT PRIMARY KEY,
    order_id        TEXT NOT NULL REFERENCES orders (order_id),
    day             TEXT NOT NULL,
    tag             TEXT NOT NULL UNIQUE,    -- the 8 characters in the remark
    remark          TEXT NOT NULL,
    security        TEXT NOT NULL,
    side            TEXT NOT NULL CHECK (side IN ('buy', 'sell')),
    amount          INTEGER NOT NULL CHECK (amount > 0),
    price           REAL NOT NULL CHECK (price > 0),
    style           TEXT NOT NULL CHECK (style IN ('limit', 'market')),
    state           TEXT NOT NULL,
    reason          TEXT,
    broker_order_id TEXT,
    filled          INTEGER NOT NULL DEFAULT 0,
    sent_at         INTEGER,
    updated_at      INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX intents_by_day ON intents (day);
  CREATE INDEX intents_by_state ON intents (state);
  CREATE UNIQUE INDEX intents_by_broker_order ON intents (day, broker_order_id) WHERE broker_order_id IS NOT NULL;

  CREATE TABLE fills (
    day             TEXT NOT NULL,
    broker_order_id TEXT NOT NULL,
    trade_id        TEXT NOT NULL,
    ordinal         INTEGER NOT NULL,        -- equal rows of one list are counted, not merged
    client_id       TEXT NOT NULL REFERENCES intents (client_id),
    amount          INTEGER NOT NULL CHECK (amount > 0),
    price           REAL NOT NULL,
    time            INTEGER NOT NULL,
    commission      REAL,
    tax             REAL,
    PRIMARY KEY (day, broker_order_id, trade_id, price, amount, ordinal)
  ) STRICT;

  CREATE TABLE triggers (
    key         TEXT PRIMARY KEY,
    task        TEXT NOT NULL,
    due         INTEGER NOT NULL,
    outcome     TEXT NOT NULL,
    reason      TEXT,
    started_at  INTEGER,
    ended_at    INTEGER
  ) STRICT;
  CREATE INDEX triggers_by_due ON triggers (due);
  `,
  // Choices of the instance that must not change between runs.
  `
  CREATE TABLE settings (
    key    TEXT PRIMARY KEY,
    value  TEXT NOT NULL
  ) STRICT;
  `,
];
