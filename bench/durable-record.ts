import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Ledger } from '../src/ledger/ledger.ts';
import { LEDGER_FILE } from '../src/ledger/instance-file.ts';
import { BareLog } from './bare-log.ts';
import type { Figure, Row } from './figure.ts';
import { newOrder } from './new-order.ts';
import { ROOT, temporaryFolder } from './processes.ts';
import { spreadOf } from './stats.ts';
import { TEN_O_CLOCK } from './strategy-process.ts';

const ORDERS = 500;
/** Until the write-ahead log has been written round once: afterwards both sides write over bytes that exist. */
const WARM_UP = 150;
const PRICE = 9.876;

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
  const { row, intent } = newOrder(PRICE);
  const began = performance.now();
  ledger.record({ orders: [row], intents: [intent] });
  const added = performance.now();
  ledger.record({ intents: [{ ...intent, state: 'sending', sentAt: TEN_O_CLOCK, updatedAt: TEN_O_CLOCK }] });
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
  const { row, intent } = newOrder(PRICE);
  const before = size();
  ledger.record({ orders: [row], intents: [intent] });
  const added = size();
  ledger.record({ intents: [{ ...intent, state: 'sending', sentAt: TEN_O_CLOCK, updatedAt: TEN_O_CLOCK }] });
  return { add: added - before, change: size() - added };
}
