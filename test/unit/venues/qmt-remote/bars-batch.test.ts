import { describe, expect, it } from 'vitest';
import { BtError } from '../../../../src/domain/errors.ts';
import type { Bars, BarsRequest } from '../../../../src/domain/trading.ts';
import { decodeBars } from '../../../../src/protocol/decode/bars.ts';
import { barsAnswer } from '../../../../src/protocol/encode/bars-answer.ts';
import { parseWireJson, stringifyWire } from '../../../../src/protocol/json.ts';
import { BarsBatch } from '../../../../src/venues/qmt-remote/bars-batch.ts';

const request = (security: string, change: Partial<BarsRequest> = {}): BarsRequest => ({
  security,
  unit: '1d',
  count: 3,
  start: null,
  end: 1_000,
  adjust: 'pre',
  columns: ['close'],
  ...change,
});

const bars = (security: string, time: readonly number[], close: readonly number[]): Bars => ({
  security,
  time: Float64Array.from(time),
  columns: { close: Float64Array.from(close), paused: Float64Array.from(close, () => 0) },
});

/** A gateway that answers each security with its number as the close. */
function gateway() {
  const asked: { readonly action: string; readonly securities: readonly string[]; readonly columns: unknown }[] = [];
  const ask = async (action: string, payload: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const securities = payload['securities'] as string[];
    asked.push({ action, securities, columns: payload['columns'] });
    if (securities.includes('BAD')) throw new BtError('REQUEST_FAILED', 'no', { fault: 'venue' });
    const tables = securities.map((security) => bars(security, [1, 2, 3], [Number(security), 0, Number.NaN]));
    return parseWireJson(stringifyWire(barsAnswer(tables, payload['columns'] as string[])));
  };
  return { asked, batch: new BarsBatch(ask) };
}

describe('requests of one turn', () => {
  it('that differ in their security only are one request', async () => {
    const { asked, batch } = gateway();
    const answers = await Promise.all(['7', '8', '9'].map((security) => batch.bars(request(security))));
    expect(asked).toEqual([{ action: 'data.bars', securities: ['7', '8', '9'], columns: ['close', 'paused'] }]);
    expect(answers.map(({ security, columns }) => [security, columns['close']?.[0]])).toEqual([
      ['7', 7],
      ['8', 8],
      ['9', 9],
    ]);
  });

  it('that differ in anything else are not', async () => {
    const { asked, batch } = gateway();
    const changes: Partial<BarsRequest>[] = [{}, { count: 4 }, { adjust: 'none' }, { columns: ['open'] }, { end: 2 }];
    await Promise.all(changes.map((change) => batch.bars(request('7', change))));
    expect(asked).toHaveLength(5);
  });

  it('for more values than fit into an answer are several', async () => {
    const { asked, batch } = gateway();
    await Promise.all(['1', '2', '3', '4', '5'].map((security) => batch.bars(request(security, { count: 50_000 }))));
    expect(asked.map(({ securities }) => securities.length)).toEqual([2, 2, 1]);
  });

  it('fail together', async () => {
    const { batch } = gateway();
    const results = await Promise.allSettled(['7', 'BAD'].map((security) => batch.bars(request(security))));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

describe('the answer', () => {
  it('keeps times that repeat, and what is missing', () => {
    const tables = [
      bars('A', [1, 2], [5, Number.NaN]),
      bars('B', [1, 2], [6, 7]),
      bars('C', [2], [8]),
      bars('D', [], []),
    ];
    const text = stringifyWire(barsAnswer(tables, ['close', 'paused']));
    expect(decodeBars(parseWireJson(text), ['A', 'B', 'C', 'D'])).toEqual(tables);
    expect(text.match(/"time":null/g)).toHaveLength(1);
  });

  it('writes a column of one value once, and reads it in each row', () => {
    const tables = [bars('A', [1, 2, 3], [5, 5, 5]), bars('B', [1, 2], [Number.NaN, Number.NaN])];
    const text = stringifyWire(barsAnswer(tables, ['close', 'paused']));
    expect(text).toContain('"close":5,"paused":0');
    expect(text).toContain('"close":null,"paused":0');
    expect(decodeBars(parseWireJson(text), ['A', 'B'])).toEqual(tables);
  });

  it('has in place of a column that the market lacks those it is made of', () => {
    const table: Bars = {
      security: 'A',
      time: Float64Array.of(1),
      columns: { close: Float64Array.of(2), volume: Float64Array.of(3), money: Float64Array.of(6) },
    };
    const [read] = decodeBars(JSON.parse(JSON.stringify(barsAnswer([table], ['avg', 'paused', 'high_limit']))), ['A']);
    expect(Object.keys(read?.columns ?? {})).toEqual(['money', 'volume', 'close']);
  });

  it.each<[string, unknown]>([
    ['no list', {}],
    ['too few tables', { bars: [] }],
    ['another security', { bars: [{ security: 'B', time: [], columns: {} }] }],
    ['no times', { bars: [{ security: 'A', time: 3, columns: {} }] }],
    ['times that do not ascend', { bars: [{ security: 'A', time: [2, 2], columns: {} }] }],
    ['a time that is missing', { bars: [{ security: 'A', time: [null], columns: {} }] }],
    ['a time that is no instant', { bars: [{ security: 'A', time: [1.5], columns: {} }] }],
    ['a pause that is neither yes nor no', { bars: [{ security: 'A', time: [1], columns: { paused: [7] } }] }],
    ['the same of all rows', { bars: [{ security: 'A', time: [1], columns: { paused: 0.5 } }] }],
    ['an infinite price', { bars: [{ security: 'A', time: [1], columns: { close: [Infinity] } }] }],
    ['the same of all of them', { bars: [{ security: 'A', time: [1], columns: { close: -Infinity } }] }],
    ['a column of another length', { bars: [{ security: 'A', time: [1], columns: { close: [] } }] }],
    ['a text among numbers', { bars: [{ security: 'A', time: [1], columns: { close: ['2'] } }] }],
  ])('that is none throws: %s', (_what, payload) => {
    expect(() => decodeBars(payload, ['A'])).toThrow(expect.objectContaining({ code: 'BAD_ANSWER' }));
  });
});
