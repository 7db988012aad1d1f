import { closeSync, fdatasyncSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Ledger } from '../src/ledger/ledger.ts';
import { LEDGER_FILE } from '../src/ledger/open.ts';
import type { IntentRow, OrderRow } from '../src/ledger/rows.ts';
import { newClientId, shortId } from '../src/platform/ids.ts';
import type { Figure, Row } from './figure.ts';
import { ROOT, temporaryFolder } from './processes.ts';
import { spreadOf } from './stats.ts';
import { CONTEXT, TEN_O_CLOCK } from './strategy-thread.ts';

const ORDERS = 500;
/** Until the write-ahead log has been written round once: afterwards both sides write over bytes that exist. */
const WARM_UP = 150;
/** SQLite begins the log anew after this many pages, each with a header of 24 bytes. */
const LOG_BYTES = 1_000 * (4_096 + 24);

/**
 * What it costs to have an order on the disk before it is sent: planned, then sending, each a commit of its own; beside plain
 * writes of the same bytes, each with an `fdatasync`, in the same folder.
 */
export const figure: Figure = {
  run() {
    // Where ledgers live: a system's temporary folder may be memory.
    const folder = temporaryFolder(join(ROOT, '.bt'));
    const ledger = Ledger.open(folder);
    const size = (): number => statSync(join(folder, `${LEDGER_FILE}-wal`)).size;
    const bare = new BareLog(join(folder, 'bare'));
    const bytes = bytesOf(ledger, size);
    const record = (): Sample => sampleOf(ledger, bare, bytes);
    for (let order = 0; order < WARM_UP; order += 1) record();
    const samples = Array.from({ length: ORDERS }, record);
    ledger.close();
    bare.close();
    return Promise.resolve(rowsOf(samples));
  },
};

/** Milliseconds of one order: the ledger's first commit and both, the bare log's first write and both. */
interface Sample {
  readonly commit: number;
  readonly order: number;
  readonly bareWrite: number;
  readonly bareOrder: number;
}

interface CommitBytes {
  readonly add: number;
  readonly change: number;
}

function rowsOf(samples: readonly Sample[]): Row[] {
  const what = 'write + fdatasync';
  return [
    {
      what: 'durable record of an order (2 commits)',
      unit: 'ms',
      shape: 'samples',
      spread: spreadOf(samples.map(({ order }) => order)),
      floor: { what: `2 × ${what}`, spread: spreadOf(samples.map(({ bareOrder }) => bareOrder)) },
      target: null,
    },
    {
      what: 'one commit of the ledger',
      unit: 'ms',
      shape: 'samples',
      spread: spreadOf(samples.map(({ commit }) => commit)),
      floor: { what, spread: spreadOf(samples.map(({ bareWrite }) => bareWrite)) },
      target: null,
    },
  ];
}

function sampleOf(ledger: Ledger, bare: BareLog, bytes: CommitBytes): Sample {
  const { row, intent } = newOrder();
  const began = performance.now();
  ledger.addOrder(row, [intent]);
  const added = performance.now();
  ledger.changeIntent(intent.clientId, { state: 'sending', sentAt: TEN_O_CLOCK, updatedAt: TEN_O_CLOCK });
  const recorded = performance.now();
  bare.write(bytes.add);
  const written = performance.now();
  bare.write(bytes.change);
  const finished = performance.now();
  return {
    commit: added - began,
    order: recorded - began,
    bareWrite: written - recorded,
    bareOrder: finished - recorded,
  };
}

/** What the two commits of an order add to the log of a new ledger. */
function bytesOf(ledger: Ledger, size: () => number): CommitBytes {
  const { row, intent } = newOrder();
  const before = size();
  ledger.addOrder(row, [intent]);
  const added = size();
  ledger.changeIntent(intent.clientId, { state: 'sending', sentAt: TEN_O_CLOCK, updatedAt: TEN_O_CLOCK });
  return { add: added - before, change: size() - added };
}

/** A file that is written round and round, as a write-ahead log is. */
class BareLog {
  readonly #file: number;
  readonly #data = Buffer.alloc(LOG_BYTES, 'x');
  #at = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  write(bytes: number): void {
    if (this.#at + bytes > LOG_BYTES) this.#at = 0;
    writeSync(this.#file, this.#data, 0, bytes, this.#at);
    fdatasyncSync(this.#file);
    this.#at += bytes;
  }

  close(): void {
    closeSync(this.#file);
  }
}

function newOrder(): { readonly row: OrderRow; readonly intent: IntentRow } {
  const tag = shortId();
  const common = { orderId: newClientId(), day: CONTEXT.tradingDay, security: '518880.XSHG', side: 'buy' } as const;
  const style = { kind: 'market', limitPrice: null } as const;
  const request = {
    kind: 'amount',
    security: common.security,
    quantity: 100,
    style,
    waitTimeout: null,
    remark: 'bench',
    keep: null,
  } as const;
  return {
    row: { ...common, request, amount: 100, parked: false, denied: null, createdAt: TEN_O_CLOCK },
    intent: {
      ...common,
      clientId: newClientId(),
      tag,
      remark: `bt:${tag}:bench`,
      amount: 100,
      price: 9.876,
      style: 'market',
      state: 'planned',
      reason: null,
      brokerOrderId: null,
      filled: 0,
      sentAt: null,
      updatedAt: TEN_O_CLOCK,
    },
  };
}
