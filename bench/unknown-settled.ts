import { setTimeout as wait } from 'node:timers/promises';
import type { OrderBook } from '../src/engine/orders/book/order-book.ts';
import type { IntentState } from '../src/domain/order/types.ts';
import { startGateway } from './bt.ts';
import type { Gateway } from './bt.ts';
import { atMost } from './figure.ts';
import type { Figure, Row } from './figure.ts';
import { LinkProxy } from './link-proxy.ts';
import { newOrder } from './new-order.ts';
import { MORNING, startOrderPath } from './order-path-run.ts';
import { spreadOf } from './stats.ts';

/** Each on an account and a link of its own. */
const SHORT_MS = [0, 125, 250, 375, 500, 625, 750, 875, 1_000];
const LONG_MS = [10_000, 10_000, 10_000];
const TARGET_S = 2;

/**
 * An order of UNKNOWN fate is settled: the link is cut after the gateway has placed the order and before its answer arrives. From
 * the moment a link is possible again to the order's fate in the ledger; beside the time until the venue tries to connect at all,
 * which its back-off decides.
 */
export const figure: Figure = {
  async run() {
    const outages = [...SHORT_MS, ...LONG_MS];
    const accounts = outages.map((_, index) => `a${index}=demo${index}`).join(',');
    const gateway = await startGateway([...MORNING, '--accounts', accounts]);
    const lost = await Promise.all(outages.map((ms, index) => loseAnswer(gateway, `a${index}`, ms)));
    return [
      row('UNKNOWN order settled, link away up to 1 s', lost.slice(0, SHORT_MS.length), true),
      row('the same, link away 10 s', lost.slice(SHORT_MS.length), false),
    ];
  },
};

/** Seconds since a link was possible again. */
interface Lost {
  readonly called: number;
  readonly settled: number;
}

function row(what: string, lost: readonly Lost[], isHeld: boolean): Row {
  const spread = spreadOf(lost.map(({ settled }) => settled));
  const floor = { what: 'first attempt to connect', spread: spreadOf(lost.map(({ called }) => called)) };
  const target = isHeld ? atMost(TARGET_S, 's', 'max', spread.max) : null;
  return { what, unit: 's', shape: 'runs', spread, floor, target };
}

async function loseAnswer({ port, settings }: Gateway, account: string, outageMs: number): Promise<Lost> {
  const proxy = await LinkProxy.start(port);
  const link = { QMT_SERVER_PORT: String(proxy.port), QMT_SERVER_ACCOUNT_KEY: account };
  const run = await startOrderPath({ ...settings, ...link });
  const { book, desk } = run.trading;
  const cut = proxy.cutAtAnswer('"broker.place_order"');
  const submitted = desk.submit({ ...newOrder(0).row.request, waitTimeout: 0 });
  await cut;
  await Promise.all([submitted, until(book, (state) => state === 'unknown'), wait(outageMs)]);
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const called = proxy.mend().then(seconds);
  const settled = until(book, (state) => state !== 'unknown').then(seconds);
  const lost = { called: await called, settled: await settled };
  const states = book.intents().map(({ state }) => state);
  await run.stop();
  proxy.close();
  if (states.length === 1 && FOUND.has(states[0])) return lost;
  throw new Error(`the order at the gateway was settled as ${states.join(', ')}`);
}

const FOUND: ReadonlySet<IntentState | undefined> = new Set<IntentState>(['accepted', 'filled']);

/** Resolves when the only intent there is has such a state. */
function until(book: OrderBook, is: (state: IntentState) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      const state = book.intents()[0]?.state;
      if (state === undefined || !is(state)) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = book.onChange(look);
    look();
  });
}
