import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainedBy } from '../../../../src/engine/account/explanation.ts';
import type { ForeignTrade } from '../../../../src/engine/orders/reading/foreign-trades.ts';
import type { BrokerPosition } from '../../../../src/domain/trading.ts';
import { aHolding } from '../../domain/order/builders.ts';

const A = '000001.XSHE';
const B = '600000.XSHG';

const held = (amounts: Readonly<Record<string, number>>): BrokerPosition[] =>
  Object.entries(amounts).map(([security, amount]) => aHolding(amount, { security, avgCost: null }));

const trade = (key: string, amount: number, change: Partial<ForeignTrade> = {}): ForeignTrade => {
  const side = amount < 0 ? 'sell' : 'buy';
  return { key, orderId: key, security: A, side, amount: Math.abs(amount), price: 10, ...change };
};

const NONE: ReadonlySet<string> = new Set();

describe('positions that are read', () => {
  it('as expected need no trade of anybody', () => {
    expect(explainedBy(new Map([[A, 300]]), held({ [A]: 300 }), [], NONE)).toEqual({ foreign: NONE, trades: [] });
  });

  it('are explained by the trades of others that come first in the list, as many as it takes', () => {
    const trades = [trade('1', 100), trade('2', 200), trade('3', 400)];
    const found = explainedBy(new Map([[A, 300]]), held({ [A]: 600 }), trades, new Set(['0']));
    expect([...(found?.foreign ?? [])]).toEqual(['0', '1', '2']);
    expect(found?.trades.map(({ key }) => key)).toEqual(['1', '2']);
  });

  it('take a round trip with them that is over: it has moved cash', () => {
    const trades = [trade('1', 100), trade('2', -100)];
    expect(explainedBy(new Map(), held({}), trades, NONE)?.trades).toHaveLength(2);
  });

  it.each([
    ['more than anybody traded', { [A]: 700 }, [trade('1', 100)]],
    ['a part of a trade', { [A]: 350 }, [trade('1', 100)]],
    ['less without a sale', { [A]: 200 }, []],
    ['another security', { [A]: 300, [B]: 100 }, [trade('1', 100)]],
    ['a trade whose side nobody tells', { [A]: 400 }, [trade('1', 100, { side: null })]],
    ['a trade of before that nobody tells the side of', { [A]: 400 }, [trade('1', 5, { side: null }), trade('2', 100)]],
  ])('are not explained: %s', (_, amounts, trades) => {
    expect(explainedBy(new Map([[A, 300]]), held(amounts), trades, NONE)).toBeNull();
  });

  it('need every security to be explained, each by its own trades', () => {
    const trades = [trade('1', 100), trade('2', 100, { security: B })];
    const both = explainedBy(new Map([[A, 300]]), held({ [A]: 400, [B]: 100 }), trades, NONE);
    expect([...(both?.foreign ?? [])].toSorted()).toEqual(['1', '2']);
    expect(explainedBy(new Map([[A, 300]]), held({ [A]: 400, [B]: 200 }), trades, NONE)).toBeNull();
  });

  it('a row of nothing is no holding', () => {
    expect(explainedBy(new Map(), held({ [A]: 0 }), [], NONE)).not.toBeNull();
    expect(explainedBy(new Map([[A, 100]]), held({}), [trade('1', -100)], NONE)?.trades).toHaveLength(1);
  });

  it('are always explained when any beginning of the list of each security has been executed', () => {
    const list = fc.array(fc.record({ security: fc.constantFrom(A, B), lots: fc.integer({ min: -3, max: 5 }) }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(list, fc.nat(12), fc.nat(12), (rows, cutA, cutB) => {
        const trades = rows.map(({ security, lots }, index) => trade(String(index), lots * 100, { security }));
        const executed = [A, B].flatMap((security) => {
          const own = trades.filter((each) => each.security === security);
          return own.slice(0, security === A ? cutA : cutB);
        });
        const expected = new Map([A, B].map((security) => [security, 5_000]));
        const read = new Map(expected);
        for (const { security, side, amount } of executed)
          read.set(security, (read.get(security) ?? 0) + (side === 'buy' ? amount : -amount));
        const found = explainedBy(expected, held(Object.fromEntries(read)), trades, NONE);
        const change = new Map<string, number>();
        for (const { security, side, amount } of found?.trades ?? [])
          change.set(security, (change.get(security) ?? 0) + (side === 'buy' ? amount : -amount));
        for (const security of [A, B]) expect((change.get(security) ?? 0) + 5_000).toBe(read.get(security));
      }),
    );
  });
});
