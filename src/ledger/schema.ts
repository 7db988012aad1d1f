import { SIGNALS } from './schema-signals.ts';

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
  // The life of an order is in its row. Broker ids may come again within a day. What is held, since when, and what a night changed.
  `
  ALTER TABLE orders ADD COLUMN owner TEXT NOT NULL DEFAULT '';
  ALTER TABLE orders ADD COLUMN request_key TEXT;
  ALTER TABLE orders ADD COLUMN phase TEXT NOT NULL DEFAULT 'done' CHECK (phase IN ('new', 'parked', 'working', 'done'));
  ALTER TABLE orders ADD COLUMN opens_at INTEGER;
  ALTER TABLE orders ADD COLUMN wait_ms INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE orders ADD COLUMN wait_until INTEGER;
  ALTER TABLE orders ADD COLUMN at_end TEXT NOT NULL DEFAULT 'keep' CHECK (at_end IN ('cancel', 'keep'));
  ALTER TABLE orders ADD COLUMN cancel_why TEXT;
  ALTER TABLE orders ADD COLUMN cancel_insists INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE orders ADD COLUMN cost_before REAL;
  UPDATE orders SET request_key = order_id;
  UPDATE orders SET opens_at = created_at WHERE parked = 1;
  UPDATE orders SET phase = 'working' WHERE order_id IN
    (SELECT order_id FROM intents WHERE state IN ('planned', 'sending', 'unknown', 'accepted', 'canceling'));
  UPDATE orders SET denied = 'not sent: bt stopped before its turn' WHERE denied IS NULL AND order_id NOT IN (SELECT order_id FROM intents);
  ALTER TABLE orders DROP COLUMN parked;
  CREATE UNIQUE INDEX orders_by_request_key ON orders (request_key);
  CREATE INDEX orders_by_phase ON orders (phase) WHERE phase <> 'done';
  CREATE INDEX orders_by_time ON orders (created_at);
  CREATE INDEX intents_by_order ON intents (order_id);
  DROP INDEX intents_by_broker_order;
  CREATE INDEX intents_by_broker_order ON intents (day, broker_order_id) WHERE broker_order_id IS NOT NULL;

  CREATE TABLE fills_of_clients (
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
    PRIMARY KEY (day, client_id, trade_id, price, amount, ordinal)
  ) STRICT;
  INSERT INTO fills_of_clients SELECT day, broker_order_id, trade_id, ordinal, client_id, amount, price, time, commission, tax FROM fills;
  DROP TABLE fills;
  ALTER TABLE fills_of_clients RENAME TO fills;
  CREATE INDEX fills_by_client ON fills (client_id);

  CREATE TABLE holdings (
    security    TEXT PRIMARY KEY,
    amount      INTEGER NOT NULL,            -- shares in the whole account when it was last read
    read_at     INTEGER NOT NULL,            -- when that was
    since       INTEGER NOT NULL,            -- market time at which it was first seen or bought
    transacted  INTEGER                      -- of the last own trade
  ) STRICT;

  CREATE TABLE adjustments (
    day       TEXT NOT NULL,
    security  TEXT NOT NULL,
    amount    INTEGER NOT NULL,              -- own shares that a night has added or taken: a bonus, a split
    PRIMARY KEY (day, security)
  ) STRICT;
  `,
  // What of a strategy's own state outlives its process.
  `
  CREATE TABLE variables (
    part  TEXT NOT NULL CHECK (part IN ('g', 'context')),
    name  TEXT NOT NULL,
    text  TEXT NOT NULL,                     -- JSON with tags (runtime/state)
    PRIMARY KEY (part, name)
  ) STRICT;
  CREATE INDEX triggers_open ON triggers (outcome) WHERE outcome = 'started';
  `,
  // Which call into the strategy placed an order, and which calls have ordered and not ended. What a task that was cut off had placed
  // until now is known by time only.
  `
  ALTER TABLE orders ADD COLUMN placed_in TEXT;
  UPDATE orders SET placed_in = (SELECT key FROM triggers WHERE outcome = 'started' ORDER BY started_at DESC LIMIT 1)
    WHERE created_at >= (SELECT MAX(started_at) FROM triggers WHERE outcome = 'started');
  CREATE INDEX orders_by_call ON orders (placed_in) WHERE placed_in IS NOT NULL;
  DROP INDEX triggers_open;
  CREATE INDEX triggers_open ON triggers (outcome) WHERE outcome IN ('started', 'pending');
  CREATE TABLE calls (
    id        TEXT PRIMARY KEY,              -- what orders.placed_in holds
    name      TEXT NOT NULL,
    began_at  INTEGER NOT NULL
  ) STRICT;
  `,
  // Orders that wait for a price: when it came, and which it was.
  `
  ALTER TABLE orders ADD COLUMN triggered_at INTEGER;
  ALTER TABLE orders ADD COLUMN trigger_price REAL;
  `,
  // Globals of the modules of a strategy in Python are kept too.
  `
  ALTER TABLE variables RENAME TO variables_before;
  CREATE TABLE variables (
    part  TEXT NOT NULL CHECK (part IN ('g', 'context', 'module')),
    name  TEXT NOT NULL,
    text  TEXT NOT NULL,                     -- JSON with tags (runtime/state), or a pickle of Python's
    PRIMARY KEY (part, name)
  ) STRICT;
  INSERT INTO variables SELECT part, name, text FROM variables_before ORDER BY rowid;
  DROP TABLE variables_before;
  `,
  // Sub-portfolios: money moved between them, and what nights have made of their shares. Which of them an order is of stands in its request.
  `
  CREATE TABLE cash_moves (
    key          TEXT PRIMARY KEY,           -- asked for twice under one key, it is one move
    at           INTEGER NOT NULL,
    placed_in    TEXT,                       -- the call into the strategy that asked for it
    from_pindex  INTEGER,                    -- null = what is put aside
    to_pindex    INTEGER,
    cash         REAL NOT NULL CHECK (cash > 0)
  ) STRICT;
  CREATE TABLE sub_bonuses (
    day       TEXT NOT NULL,
    pindex    INTEGER NOT NULL CHECK (pindex > 0),
    security  TEXT NOT NULL,
    shares    INTEGER NOT NULL,
    PRIMARY KEY (day, pindex, security)
  ) STRICT;
  CREATE INDEX orders_of_subs ON orders (created_at) WHERE json_extract(request, '$.pindex') > 0;
  `,
  // Limits: cancels are counted, what a limit did is written down, and what the account was worth, a point a minute.
  `
  ALTER TABLE intents ADD COLUMN cancels INTEGER NOT NULL DEFAULT 0;
  UPDATE intents SET cancels = 1 WHERE state IN ('canceling', 'canceled');
  CREATE TABLE risk_stops (
    rule    TEXT PRIMARY KEY,
    stops   TEXT NOT NULL CHECK (stops IN ('buying', 'all')),
    at      INTEGER NOT NULL,
    day     TEXT,                            -- the trading day with which it ends; null = a person ends it
    text    TEXT NOT NULL
  ) STRICT;
  CREATE TABLE risk_log (
    at        INTEGER NOT NULL,
    level     TEXT NOT NULL CHECK (level IN ('told', 'denied', 'stopped', 'resumed')),
    rule      TEXT NOT NULL,
    order_id  TEXT,
    text      TEXT NOT NULL
  ) STRICT;
  CREATE INDEX risk_log_by_time ON risk_log (at);
  CREATE TABLE equity (
    at     INTEGER PRIMARY KEY,              -- the minute
    total  REAL NOT NULL,
    cash   REAL NOT NULL
  ) STRICT;
  `,
  SIGNALS,
  // Each state of an order, as it came: written with the change itself.
  `
  CREATE TABLE order_changes (
    order_id   TEXT NOT NULL,
    client_id  TEXT,                         -- the part of it that changed; null = the order as a whole
    at         INTEGER NOT NULL,
    state      TEXT NOT NULL,
    reason     TEXT,
    actor      TEXT                          -- who is behind it; null = nobody in particular
  ) STRICT;
  CREATE INDEX order_changes_by_order ON order_changes (order_id);
  `,
  // What a call saw: the last price of the quote that its order was first planned on.
  `
  ALTER TABLE orders ADD COLUMN call_price REAL;
  `,
  `
  CREATE INDEX signals_of_security ON signals (strategy, security, side, ended_at);
  `,
];
