import { join } from 'node:path';
import { exchangeCalendar } from '../src/domain/market/calendar.ts';
import type { FollowRules } from '../src/domain/follow/rules.ts';
import type { Receipt } from '../src/domain/follow/signal.ts';
import { waitForBook } from '../src/engine/orders/order-wait.ts';
import { SignalDesk } from '../src/engine/follow/signal-desk.ts';
import { systemTimers } from '../src/platform/timers.ts';
import { BareLog, LOG_PAGE_BYTES } from './bare-log.ts';
import { startGateway } from './bt.ts';
import type { Figure, Row } from './figure.ts';
import { numberText } from './figure.ts';
import { SECURITY } from './new-order.ts';
import { inTurn, WriteStamp } from './order-path.ts';
import { MORNING, startOrderPath, type OrderPathRun } from './order-path-run.ts';
import { ROOT, temporaryFolder } from './processes.ts';
import { spreadOf } from './stats.ts';

const TIMES = 3;
const BURST = 1_000;
/** Market ms until which an order must be at the counter. */
const LONGEST_MS = 60_000;

const RULES: FollowRules = {
  name: 'bench',
  mode: 'ratio',
  ratio: 1,
  fixedValue: null,
  cash: null,
  allow: [],
  deny: [],
  sides: 'both',
  maxOrderValue: null,
  maxDayValue: null,
  oddLots: true,
  smallLots: 'skip',
  price: 'opponent',
  slippage: 0.003,
  maxAgeSeconds: 600,
  outsideHours: 'refuse',
  rotationSeconds: 0,
  requote: { afterSeconds: 600, times: 0, totalSeconds: 600 },
};

/**
 * From a signal that is handed over to its order's bytes at the gateway's socket: its row, a quote, the record of what it becomes, and the
 * order path. Beside a bare write of one page with an `fdatasync` in the same folder. And a thousand at once: none lost, all in order.
 */
export const figure: Figure = {
  async run() {
    const gateway = await startGateway(MORNING);
    const stamp = new WriteStamp();
    const run = await startOrderPath(gateway.settings, stamp.dial);
    const desk = new SignalDesk({
      ...run,
      timers: systemTimers,
      calendar: exchangeCalendar(),
      strategies: new Map([['bench', { rules: RULES, pindex: 0 }]]),
    });
    desk.open();
    const bare = new BareLog(join(temporaryFolder(join(ROOT, '.bt')), 'bare'));
    const bareWrite = (): Promise<number> => {
      const began = performance.now();
      bare.write(LOG_PAGE_BYTES);
      return Promise.resolve(performance.now() - began);
    };
    const [taken = [], floor = []] = await inTurn([following(run, desk, stamp), bareWrite]);
    const burst = await burstOf(run, desk);
    bare.close();
    desk.close();
    await run.stop();
    const beside = { what: 'write + fdatasync', spread: spreadOf(floor) };
    const common = { unit: 'ms', shape: 'samples', floor: beside } as const;
    const spread = spreadOf(taken);
    const measured = Math.max(spread.p50 / beside.spread.p50, spread.p99 / beside.spread.p99);
    const text = `p50 and p99 ≤ ${TIMES} × the floor`;
    const target = { text, measured, is: 'at most', limit: TIMES, shown: `${numberText(measured)} ×` } as const;
    return [
      { ...common, what: 'signal received to bytes on the socket, recorded', spread, target },
      { ...common, what: `each of ${BURST} signals in a burst, in order`, spread: spreadOf(burst), target: null },
    ] satisfies Row[];
  },
};

let count = 0;

function take({ clock }: OrderPathRun, desk: SignalDesk): ReturnType<SignalDesk['take']> {
  const now = clock.now();
  const id = String((count += 1));
  const asked = {
    security: SECURITY,
    side: 'buy',
    amount: 100,
    price: null,
    isClosing: null,
    picture: null,
    raw: '',
  } as const;
  return desk.take({ strategy: 'bench', id, ...asked, sentAt: now, receivedAt: now });
}

/** Hands one over and waits until its order is at the counter; resolves with the ms until its bytes were written. */
function following(run: OrderPathRun, desk: SignalDesk, stamp: WriteStamp): () => Promise<number> {
  return async () => {
    const began = performance.now();
    await ordered(run, await take(run, desk));
    return stamp.after(began);
  };
}

async function ordered({ trading: { book }, ledger, clock }: OrderPathRun, receipt: Receipt): Promise<void> {
  if (receipt.kind !== 'accepted') throw new Error(`a signal is ${receipt.kind}`);
  let orderId: string | null = null;
  const isThere = (): boolean => {
    orderId ??= ledger.orderOfKey(`signal:${receipt.key}:1`)?.orderId ?? null;
    const state = orderId === null ? null : (book.life(orderId)?.intents[0]?.state ?? null);
    return state === 'accepted' || state === 'filled';
  };
  const result = await waitForBook(book, clock, clock.now() + LONGEST_MS, isThere);
  if (result !== 'done') throw new Error(`signal ${receipt.key} was not ordered`);
}

/** Ms a signal from all handed over at once to the last one's order being at the counter; throws when one is lost, or passes another. */
async function burstOf(run: OrderPathRun, desk: SignalDesk): Promise<number[]> {
  const first = count + 1;
  const began = performance.now();
  const receipts = await Promise.all(Array.from({ length: BURST }, () => take(run, desk)));
  const last = receipts.at(-1);
  if (last !== undefined) await ordered(run, last);
  const ms = (performance.now() - began) / BURST;
  const orders = run.ledger.ordersSince(0).slice(-BURST);
  for (const [nth, { requestKey, denied }] of orders.entries()) {
    if (requestKey !== `signal:bench:${first + nth}:1`) throw new Error(`order ${nth} of the burst is ${requestKey}`);
    if (denied !== null) throw new Error(`order ${nth} of the burst was refused: ${denied}`);
  }
  return [ms];
}
