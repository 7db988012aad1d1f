import { describe, expect, it } from 'vitest';
import type { DepthQuote } from '../../../../src/domain/gateway.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';
import type { Connection } from '../../../../src/net/connection.ts';
import { quotesAnswer } from '../../../../src/protocol/encode/quote-answers.ts';
import type { JsonObject } from '../../../../src/protocol/json.ts';
import { RemoteQuotes } from '../../../../src/venues/qmt-remote/quotes.ts';

const TIME = chinaInstant('2026-07-06', '10:00:03');
const codes = (count: number): string[] => Array.from({ length: count }, (_, i) => `${600_000 + i}.XSHG`);

function quoteOf(security: string): DepthQuote {
  const prices = { lastPrice: 10.1, preClose: 10, dayOpen: 10, highLimit: 11, lowLimit: 9, bid1: 10.09, ask1: 10.1 };
  const day = { dayHigh: 10.2, dayLow: 9.9, money: 1, volume: 5000, bids: [], asks: [] };
  return { security, time: TIME, ...prices, ...day, paused: false, isSt: true, name: security };
}

/** A gateway that names these features and answers like this. */
function gateway(features: readonly string[], answer: (action: string, payload: JsonObject) => unknown) {
  const asked: { action: string; payload: JsonObject }[] = [];
  let tell: Parameters<Connection['onStatus']>[0] = () => undefined;
  const quotes = new RemoteQuotes(
    (action, payload) => {
      asked.push({ action, payload });
      return Promise.resolve(answer(action, payload));
    },
    {
      onStatus: (listener) => {
        tell = listener;
        return () => undefined;
      },
    },
  );
  tell({ kind: 'ready', sessionId: 's', epoch: 1, features });
  return { quotes, asked };
}

const together = (_action: string, { securities }: JsonObject): JsonObject =>
  quotesAnswer((securities as string[]).map(quoteOf));

describe('quotes of many securities', () => {
  it('are one request for each 500 at a gateway that says so, with all that a quote has', async () => {
    const { quotes, asked } = gateway(['data', 'quotes'], together);
    const found = await quotes.quotes([...codes(700), '600000.SH']);
    expect(asked.map(({ action, payload }) => [action, (payload['securities'] as unknown[]).length])).toEqual([
      ['data.quotes', 500],
      ['data.quotes', 200],
    ]);
    expect([...found.keys()]).toEqual(codes(700));
    const { dayHigh: _h, dayLow: _l, money: _m, bids: _b, asks: _a, ...quote } = quoteOf('600003.XSHG');
    expect(found.get('600003.XSHG')).toEqual(quote);
  });

  it('are asked for one by one elsewhere, and a single one always', async () => {
    const one = (): JsonObject => ({ last_price: 10, dt: '2026-07-06 10:00:03', high_limit: 11, paused: false });
    const reference = gateway(['data'], one);
    expect((await reference.quotes.quotes(codes(3))).size).toBe(3);
    expect(reference.asked.map(({ action }) => action)).toEqual(Array(3).fill('data.live_current'));
    const ours = gateway(['quotes'], one);
    await ours.quotes.quotes(codes(1));
    expect(ours.asked.map(({ action }) => action)).toEqual(['data.live_current']);
  });

  it.each<[string, unknown]>([
    ['too few', quotesAnswer([quoteOf('600000.XSHG')])],
    ['of another security', quotesAnswer([quoteOf('600001.XSHG'), quoteOf('600000.XSHG')])],
    ['without a code', { quotes: [{ last_price: 1 }, null] }],
    ['no list', { quotes: {} }],
    ['nothing', null],
  ])('%s are no answer', async (_what, answer) => {
    await expect(gateway(['quotes'], () => answer).quotes.quotes(codes(2))).rejects.toMatchObject({
      code: 'BAD_ANSWER',
    });
  });

  it('leave out what is not known', async () => {
    const { quotes } = gateway(['quotes'], () => ({
      quotes: [null, quotesAnswer([quoteOf('600001.XSHG')])['quotes']].flat(),
    }));
    expect([...(await quotes.quotes(codes(2))).keys()]).toEqual(['600001.XSHG']);
  });
});
