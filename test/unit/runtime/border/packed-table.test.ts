import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packTable, unpackTable } from '../../../../runtime/border/packed-table.ts';
import { tableOf } from '../../../../src/domain/data/table.ts';
import type { DataColumn } from '../../../../src/domain/data/table.ts';
import { decodeDataTable } from '../../../../src/protocol/decode/data-table.ts';
import { dataTableAnswer } from '../../../../src/protocol/encode/data-table.ts';
import { parseWireJson, stringifyWire } from '../../../../src/protocol/json.ts';

const number = fc.oneof(
  fc.constant(Number.NaN),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
);

const tables = fc.integer({ min: 0, max: 8 }).chain((rows) => {
  const exactly = { minLength: rows, maxLength: rows };
  const numeric = fc
    .tuple(fc.constantFrom('float', 'int', 'flag', 'day', 'time' as const), fc.array(number, exactly))
    .map(([kind, values]): DataColumn => ({ kind, values: Float64Array.from(values) }));
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
