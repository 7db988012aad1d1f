import fc from 'fast-check';
import type { PaperExchange } from '../../../src/exchange/types.ts';
import type { World } from './world.ts';

/** What a random trader does next. */
export type Step =
  | { readonly kind: 'wait'; readonly ms: number }
  | {
      readonly kind: 'place';
      readonly account: string;
      readonly security: string;
      readonly side: 'buy' | 'sell';
      readonly style: 'limit' | 'market';
      readonly lots: number;
      /** Ticks better (negative: worse) than the last price, seen from the market. */
      readonly ticks: number;
    }
  | { readonly kind: 'cancel'; readonly account: string; readonly pick: number };

export const ACCOUNTS = [
  { key: 'main', accountId: '1', cash: 60_000_000 },
  { key: 'small', accountId: '2', cash: 20_000 },
];

const account = fc.constantFrom('main', 'main', 'small');
const security = fc.constantFrom(
  ...'000001.XSHE 600519.XSHG 518880.XSHG 688981.XSHG 113050.XSHG 600123.XSHG 830799.BJ'.split(' '),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 4000 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 400_000 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.integer({ min: 3_600_000, max: 60 * 3_600_000 }),
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      kind: fc.constant('place' as const),
      account,
      security,
      side: fc.constantFrom('buy' as const, 'buy' as const, 'sell' as const),
      style: fc.constantFrom('limit' as const, 'market' as const),
      lots: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 2500 })),
      ticks: fc.integer({ min: -6, max: 12 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('cancel' as const), account, pick: fc.nat(20) }) },
);

/** Some random trading, most of it within a day, from a Thursday or Friday on. */
export const anyScript = fc.record({
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  start: fc.constantFrom('2026-07-02 09:14:00', '2026-07-02 09:31:00', '2026-07-02 11:29:30', '2026-07-03 14:55:00'),
  steps: fc.array(step, { minLength: 5, maxLength: 60 }),
});

/** Carries out one step; `poll`: looks at the exchange so often (ms) while it waits, null = not at all. */
export function runStep(world: World, exchange: PaperExchange, one: Step, poll: number | null): void {
  if (one.kind === 'wait') {
    // A long wait gets longer strides: at most 300 looks.
    const stride = poll === null ? one.ms + 1 : Math.max(poll, Math.ceil(one.ms / 300));
    let left = one.ms;
    for (; left > stride; left -= stride) {
      world.wait(stride);
      exchange.account('main');
    }
    world.wait(left);
    return;
  }
  if (one.kind === 'cancel') {
    const ids = exchange.orders(one.account).map(({ orderId }) => orderId);
    const id = ids[one.pick % Math.max(1, ids.length)];
    if (id !== undefined) exchange.cancel(one.account, id);
    return;
  }
  // Most sells are of something that is held and may be sold.
  const held = one.side === 'sell' ? exchange.positions(one.account).filter((row) => row.closeableAmount > 0) : [];
  const code = held[one.lots % Math.max(1, held.length)]?.security ?? one.security;
  const { lastPrice } = exchange.tick(code).quote;
  const tick = /^(5|113)/.test(code) ? 0.001 : 0.01;
  const moved = (lastPrice ?? 0) + (one.side === 'buy' ? one.ticks : -one.ticks) * tick;
  const amount = one.lots * (code.startsWith('113') ? 10 : 100);
  const price = Math.round(moved * 1000) / 1000;
  const { side, style } = one;
  exchange.place(one.account, { security: code, side, amount, price, style, remark: '', strategyName: '' });
}
