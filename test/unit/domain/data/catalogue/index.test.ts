import { describe, expect, it } from 'vitest';
import { CATALOGUE, catalogueColumn, catalogueTable } from '../../../../../src/domain/data/catalogue/index.ts';
import type { TableSpec } from '../../../../../src/domain/data/catalogue/column.ts';

const tables = Object.entries(CATALOGUE).flatMap(([database, group]) =>
  Object.entries<TableSpec>(group).map(([name, spec]): [string, string, TableSpec] => [name, database, spec]),
);

describe('the catalogue', () => {
  it('has each table under one name only, and in the database it says', () => {
    expect(new Set(tables.map(([name]) => name)).size).toBe(tables.length);
    for (const [name, database, spec] of tables) expect([name, spec.database]).toEqual([name, database]);
  });

  it.each(tables)(
    'has for each column of %s a kind and a meaning, and a unit for numbers of money',
    (_name, _of, spec) => {
      for (const [column, [kind, unit, meaning]] of Object.entries(spec.columns)) {
        expect([column, ['float', 'int', 'flag', 'day', 'time', 'text']]).toEqual([
          column,
          expect.arrayContaining([kind]),
        ]);
        expect(meaning).not.toBe('');
        if (kind === 'text' || kind === 'day') expect([column, unit]).toEqual([column, null]);
      }
    },
  );

  it('has code and day, and the day of the report with its publication, in what get_fundamentals joins', () => {
    for (const [name, spec] of Object.entries<TableSpec>(CATALOGUE.fundamentals)) {
      expect([name, Object.keys(spec.columns)]).toEqual([name, expect.arrayContaining(['id', 'code', 'day'])]);
      if (spec.rows !== 'day')
        expect([name, Object.keys(spec.columns)]).toEqual([name, expect.arrayContaining(['pubDate', 'statDate'])]);
    }
  });

  it('names the near one for a table or column that is not known', () => {
    expect(catalogueTable('STK_XR_XD').columns['a_xr_date']).toEqual(['day', null, expect.any(String)]);
    expect(catalogueColumn('valuation', 'market_cap')[1]).toBe('100M CNY');
    expect(() => catalogueTable('valuaton')).toThrow('Did you mean valuation?');
    expect(() => catalogueTable('nothing_like_it')).toThrow('Look it up');
    expect(() => catalogueColumn('valuation', 'pe_ration')).toThrow('Did you mean valuation.pe_ratio?');
    expect(() => catalogueColumn('valuation', 'toString')).toThrow('There is not a column valuation.toString');
  });
});
