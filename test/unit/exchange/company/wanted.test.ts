import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogueTable } from '../../../../src/domain/data/catalogue/index.ts';
import { numbersOf, type DataTable } from '../../../../src/domain/data/table.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { Market } from '../../../../src/exchange/market.ts';
import { planOf, query } from './plans.ts';

const market = new Market(7);
/** Of each kind of company. */
const CODES = ['600519.XSHG', '601398.XSHG', '600030.XSHG', '601318.XSHG', '300123.XSHE', '688111.XSHG', '920099.BJ'];
const NOW = chinaInstant('2026-08-31', '10:00');

function ask(table: string, names: readonly string[], when: { day: string | null; period: string | null }): DataTable {
  const columns = names.map((name) => `${table}.${name}`);
  return query(market, { database: 'fundamentals', days: null, ...when, query: planOf(columns, CODES) }, NOW);
}

const TABLES = ['income', 'balance', 'cash_flow', 'indicator', 'valuation'].map((name) => ({
  name,
  columns: Object.keys(catalogueTable(name).columns).filter((column) => column !== 'code'),
}));
const WHEN = [
  { day: '2026-05-11', period: null },
  { day: '2015-06-12', period: null },
  { day: null, period: '2024q3' },
  { day: null, period: '2024' },
];
/** A table, when it is asked for, and some of its columns. */
const asked = fc.constantFrom(...TABLES).chain(({ name, columns }) =>
  fc.record({
    name: fc.constant(name),
    all: fc.constant(columns),
    some: fc.subarray(columns, { minLength: 1, maxLength: 5 }),
    when: fc.constantFrom(...WHEN),
  }),
);

describe('a column of a table of fundamentals', () => {
  it('holds the same whatever other columns are asked for', () => {
    fc.assert(
      fc.property(asked, ({ name, all, some, when }) => {
        const whole = ask(name, all, when);
        const part = ask(name, some, when);
        expect(whole.rows).toBeGreaterThan(4);
        for (const column of some) expect(numbersOf(part, column), column).toEqual(numbersOf(whole, column));
      }),
      { numRuns: 200 },
    );
  });

  it.each(TABLES)('of $name holds it when it is asked for alone', ({ name, columns }) => {
    for (const when of WHEN) {
      const whole = ask(name, columns, when);
      for (const column of columns)
        expect(numbersOf(ask(name, [column], when), column), column).toEqual(numbersOf(whole, column));
    }
  });
});
