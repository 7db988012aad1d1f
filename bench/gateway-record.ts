import { statSync } from 'node:fs';
import { join } from 'node:path';
import { OrderRecord } from '../src/server/record/order-record.ts';
import { openRecord } from '../src/server/record/record-file.ts';
import type { SentRequest } from '../src/server/record/types.ts';
import { BareLog } from './bare-log.ts';
import type { Figure, Row } from './figure.ts';
import { ROOT, temporaryFolder } from './processes.ts';
import { spreadOf } from './stats.ts';
import { TEN_O_CLOCK } from './strategy-process.ts';

const ORDERS = 600;
/** Until the write-ahead log has been written round once: afterwards both sides write over bytes that exist. */
const WARM_UP = 300;
const MOST_MS = 1.5;

/**
 * What the record adds to a placed order on the gateway's side: written down before the counter is called, on the disk, and what came of
 * it afterwards; beside one plain write of the same bytes with an `fdatasync`, in the same folder.
 */
export const figure: Figure = {
  run() {
    const folder = temporaryFolder(join(ROOT, '.bt'));
    const path = join(folder, 'record.db');
    const record = new OrderRecord(openRecord(path));
    const bare = new BareLog(join(folder, 'bare'));
    const before = statSync(`${path}-wal`).size;
    place(record, 0);
    const bytes = statSync(`${path}-wal`).size - before;
    const sample = (order: number): Sample => {
      const began = performance.now();
      place(record, order);
      const placed = performance.now();
      bare.write(bytes);
      return { ours: placed - began, bare: performance.now() - placed };
    };
    for (let order = 1; order <= WARM_UP; order += 1) sample(order);
    const samples = Array.from({ length: ORDERS }, (_, index) => sample(WARM_UP + 1 + index));
    record.close();
    bare.close();
    return Promise.resolve([rowOf(samples)]);
  },
};

/** Milliseconds of one order. */
interface Sample {
  readonly ours: number;
  readonly bare: number;
}

function rowOf(samples: readonly Sample[]): Row {
  const spread = spreadOf(samples.map(({ ours }) => ours));
  return {
    what: "an order in the gateway's record",
    unit: 'ms',
    shape: 'samples',
    spread,
    floor: { what: 'write + fdatasync', spread: spreadOf(samples.map(({ bare }) => bare)) },
    target: {
      text: `p99 ≤ ${MOST_MS} ms`,
      measured: spread.p99,
      is: 'at most',
      limit: MOST_MS,
      shown: `${spread.p99.toFixed(2)} ms`,
    },
  };
}

/** From the request to its answer, as `IdempotencyCache` does it. */
function place(record: OrderRecord, order: number): void {
  const remark = `bt:${String(order).padStart(8, '0')}:bench`;
  const request: SentRequest = {
    accountKey: 'main',
    subAccountId: null,
    security: '518880.XSHG',
    side: 'buy',
    amount: 100,
    style: 'limit',
    price: 9.876,
    remark,
    peer: '127.0.0.1:50000',
  };
  const scope = JSON.stringify(['main', '', remark]);
  const seq = record.sent({ day: '2026-07-06', at: TEN_O_CLOCK, scope, fingerprint: JSON.stringify(request) }, request);
  record.placed(seq, String(1_073_741_825 + order));
  record.answered(seq, JSON.stringify({ ...request, order_id: String(1_073_741_825 + order), status: 'open' }), null);
}
