import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packTable, unpackTable } from '../../../../runtime/border/packed-table.ts';
import { tableOf } from '../../../../src/domain/data/table.ts';
import type { DataColumn } from '../../../../src/domain/data/table.ts';
import { decodeDataTable } from '../../../../src/protocol/decode/data-table.ts';
import { dataTableAnswer } from '../../../../src/protocol/encode/data-table.ts';
import { parseWireJson, stringifyWire } from '../../../../src/protocol/json.ts';

const MIDNIGHT = Date.parse('2026-07-06T00:00:00+08:00');

const ofKind = {
  float: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  int: fc.integer(),
  flag: fc.constantFrom(0, 1),
  day: fc.integer({ min: -40_000, max: 80_000 }).map((day) => MIDNIGHT + day * 86_400_000),
  time: fc.integer({ min: -60_000_000_000_000, max: 200_000_000_000_000 }),
};

const tables = fc.integer({ min: 0, max: 8 }).chain((rows) => {
  const exactly = { minLength: rows, maxLength: rows };
  const numeric = fc.constantFrom('float', 'int', 'flag', 'day', 'time' as const).chain((kind) => {
    const values = fc.array(fc.option(ofKind[kind], { nil: Number.NaN }), exactly);
    return values.map((column): DataColumn => ({ kind, values: Float64Array.from(column) }));
  });
  const text = fc
    .array(fc.option(fc.constantFrom('银行', '000001.XSHE', '', 'x')), exactly)
    .map((values): DataColumn => ({ kind: 'text', values }));
  return fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'rows'), fc.oneof(numeric, text)).map((columns) => {
    return tableOf(columns);
  });
});

describe('a table', () => {
  it('crosses the border as it was', () => {
    fc.assert(
      fc.property(tables, (table) => {
        expect(unpackTable(structuredClone(packTable(table)))).toEqual(table);
      }),
    );
  });

  it('crosses the wire as it was', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const text = stringifyWire(dataTableAnswer(table));
        expect(decodeDataTable(parseWireJson(text), 'query')).toEqual(table);
      }),
    );
  });
});

it('rows that no column has are no answer, also where the request names the columns', () => {
  expect(() => decodeDataTable({ rows: 1e9, columns: [] }, 'query')).toThrow(
    expect.objectContaining({ code: 'BAD_ANSWER' }),
  );
});

describe('an answer that is no table', () => {
  const column = { name: 'code', kind: 'text', values: ['x'] };
  it.each<[string, unknown]>([
    ['no object', null],
    ['no rows', { columns: [] }],
    ['no columns', { rows: 0 }],
    ['a column without a name', { rows: 1, columns: [{ kind: 'text', values: ['x'] }] }],
    ['a kind that is not known', { rows: 1, columns: [{ ...column, kind: 'object' }] }],
    ['too few values', { rows: 2, columns: [column] }],
    ['a number among texts', { rows: 1, columns: [{ ...column, values: [3] }] }],
    ['a text among numbers', { rows: 1, columns: [{ ...column, kind: 'float' }] }],
    ['rows of no columns', { rows: 1e9, columns: [] }],
    ['a column that is there twice', { rows: 1, columns: [column, { ...column, values: ['y'] }] }],
    ['a column missing', { rows: 1, columns: [{ ...column, name: 'other' }] }],
  ])('throws: %s', (_what, payload) => {
    expect(() => decodeDataTable(payload, 'industry_members')).toThrow(expect.objectContaining({ code: 'BAD_ANSWER' }));
  });
});

describe('a value that its kind cannot have', () => {
  const read = (columns: readonly unknown[], dataset: 'query' | 'extras' | 'money_flow' = 'query'): unknown =>
    decodeDataTable({ rows: 1, columns }, dataset);

  it.each<[string, number | string]>([
    ['flag', 7],
    ['flag', 0.5],
    ['flag', -1],
    ['int', 1.5],
    ['int', Number.POSITIVE_INFINITY],
    ['float', Number.NEGATIVE_INFINITY],
    ['day', MIDNIGHT + 1],
    ['day', MIDNIGHT + 8 * 3_600_000],
    ['day', 1e15],
    ['day', -1e15],
    ['time', MIDNIGHT + 0.5],
    ['time', 1e15],
    ['time', `1${'0'.repeat(300)}`],
  ])('of a %s: %s', (kind, value) => {
    const column = (of: unknown): unknown => ({ name: 'x', kind, values: [of] });
    expect(() => read([column(value)])).toThrow(expect.objectContaining({ code: 'BAD_ANSWER' }));
    expect(() => read([column(null)])).not.toThrow();
  });

  it('a row of a data set says of what and of when it is; a query may join a code that is not there', () => {
    const extras = (day: number | null, code: string | null): unknown[] => [
      { name: 'day', kind: 'day', values: [day] },
      { name: 'code', kind: 'text', values: [code] },
      { name: 'value', kind: 'float', values: [null] },
    ];
    expect(() => read(extras(MIDNIGHT, '600519.XSHG'), 'extras')).not.toThrow();
    expect(() => read(extras(MIDNIGHT, null))).not.toThrow();
    for (const columns of [extras(null, '600519.XSHG'), extras(MIDNIGHT, null), extras(MIDNIGHT, '')])
      expect(() => read(columns, 'extras')).toThrow(expect.objectContaining({ code: 'BAD_ANSWER' }));
  });
});
