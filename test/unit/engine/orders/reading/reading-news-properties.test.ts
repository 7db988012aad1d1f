import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { BrokerOrder, BrokerOrderStatus, BrokerTrade } from '../../../../../src/domain/trading.ts';
import { readNews, type Reading, type ReadingNews } from '../../../../../src/engine/orders/reading/reading-news.ts';
import type { FillRow, IntentRow } from '../../../../../src/domain/order/rows.ts';
import { aBrokerOrder, anIntent, aTrade, DAY, SENT_AT, UNKNOWN_PRICES } from '../rows.ts';

/** What makes a fill one fill. */
function fillKey({ day, clientId, tradeId, price, amount, ordinal }: FillRow): string {
  return JSON.stringify([day, clientId, tradeId, price, amount, ordinal]);
}

const NOW = SENT_AT + 60_000;
const TAGS = ['aaaaaaaa', 'bbbbbbbb', 'cccccccc', 'dddddddd'];

/** Sent intents with their orders at the broker, some of them not shown, and orders of others. */
interface Scene {
  readonly intents: readonly IntentRow[];
  readonly reading: Reading;
}

const part = fc.record({
  state: fc.constantFrom('unknown', 'accepted', 'canceling', 'sending'),
  status: fc.constantFrom<BrokerOrderStatus>('open', 'partly_filled', 'filled', 'canceled', 'rejected', 'unknown'),
  shown: fc.boolean(),
  fills: fc.array(fc.constantFrom(100, 200), { maxLength: 4 }),
  sameIds: fc.boolean(),
});

const scenes: fc.Arbitrary<Scene> = fc
  .record({ parts: fc.array(part, { maxLength: 4 }), strangers: fc.integer({ min: 0, max: 3 }) })
  .map(({ parts, strangers }) => {
    const intents: IntentRow[] = [];
    const orders: BrokerOrder[] = [];
    const trades: BrokerTrade[] = [];
    for (const [index, { state, status, shown, fills, sameIds }] of parts.entries()) {
      const orderId = String(100 + index);
      const tag = TAGS[index] ?? '';
      const remark = `bt:${tag}`;
      const brokerOrderId = state === 'accepted' || state === 'canceling' ? orderId : null;
      const clientId = `c${index}`;
      intents.push(
        anIntent({ clientId, orderId: `o${index}`, tag, remark, state, brokerOrderId, amount: 1_000, sentAt: SENT_AT }),
      );
      const filled = fills.reduce((sum, amount) => sum + amount, 0);
      if (shown) orders.push(aBrokerOrder({ orderId, remark, status, amount: 1_000, filled }));
      for (const [nth, amount] of fills.entries())
        if (shown) trades.push(aTrade({ orderId, amount, tradeId: sameIds ? 't' : `t${index}-${nth}` }));
    }
    for (let index = 0; index < strangers; index += 1)
      orders.push(aBrokerOrder({ orderId: String(900 + index), remark: 'by hand', security: '600000.XSHG' }));
    return { intents, reading: { orders, trades } };
  });

function read({ intents, reading }: Scene): ReadingNews {
  return readNews(intents, reading, { day: DAY, now: NOW, isOver: () => false, prices: () => UNKNOWN_PRICES });
}

/** What a reading says, whatever the order in which it says it. */
function said({ news, fills, absent, missing }: ReadingNews): unknown {
  const text = (rows: readonly unknown[]): string[] => rows.map((row) => JSON.stringify(row)).toSorted();
  return { news: text(news), fills: fills.map(fillKey).toSorted(), absent: text(absent), missing: text(missing) };
}

it('says the same whatever the order of the rows', () => {
  fc.assert(
    fc.property(
      scenes.chain((scene) =>
        fc.record({
          scene: fc.constant(scene),
          orders: fc.shuffledSubarray([...scene.reading.orders], { minLength: scene.reading.orders.length }),
          trades: fc.shuffledSubarray([...scene.reading.trades], { minLength: scene.reading.trades.length }),
        }),
      ),
      ({ scene, orders, trades }) => {
        expect(said(read({ ...scene, reading: { orders, trades } }))).toEqual(said(read(scene)));
      },
    ),
  );
});

it('has news and fills only of intents whose order is shown, each fill once, repeated ids or not', () => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const { news, fills, absent, missing } = read(scene);
      const shown = new Set(scene.reading.orders.map(({ remark }) => remark.slice(3)));
      const tagOf = new Map(scene.intents.map(({ clientId, tag }) => [clientId, tag]));
      for (const { clientId } of [...news, ...fills]) expect(shown).toContain(tagOf.get(clientId));
      for (const clientId of [...absent, ...missing]) expect(shown).not.toContain(tagOf.get(clientId));
      expect(new Set(fills.map(fillKey)).size).toBe(fills.length);
      const shares = (rows: readonly { readonly amount: number }[]): number =>
        rows.reduce((sum, { amount }) => sum + amount, 0);
      expect(shares(fills)).toBe(shares(scene.reading.trades));
    }),
  );
});

it('takes nothing for absent while an order that the broker named is missing', () => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const { absent, missing } = read(scene);
      if (missing.length > 0) expect(absent).toEqual([]);
    }),
  );
});
