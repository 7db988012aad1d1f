import { BtError } from '../../src/domain/errors.ts';
import { CATALOGUE } from '../../src/domain/data/catalogue/index.ts';
import { planFor } from '../../src/domain/data/query-plan.ts';
import type { Selected } from '../../src/domain/data/query-plan.ts';
import type { DataTable } from '../../src/domain/data/table.ts';
import { chinaDay } from '../../src/domain/time.ts';
import { currentHost } from '../host.ts';

/** A value by security and day; NaN = none. */
export type ValueOn = (code: string, day: string) => number;

/** Tables that a figure's name is looked for in, in this order. */
const TABLES = ['valuation', 'balance', 'cash_flow', 'income', 'indicator'] as const;
/** `net_profit_1` is of the quarter before, `net_profit_y1` of the year before. */
const EARLIER = /_(?:\d|y\d?)$/u;
const CLASSIFICATIONS = ['sw_l1', 'sw_l2', 'sw_l3', 'jq_l1', 'jq_l2', 'zjw'] as const;

export function isClassification(name: string): boolean {
  return CLASSIFICATIONS.some((one) => one === name);
}

/** Figures of JoinQuant by the names it uses for neutralizing, beside the columns themselves. */
const ALIASES: Readonly<Record<string, { readonly column: string; readonly log: boolean }>> = {
  mktcap: { column: 'market_cap', log: false },
  ln_mktcap: { column: 'market_cap', log: true },
  ln_market_cap: { column: 'market_cap', log: true },
  cmktcap: { column: 'circulating_market_cap', log: false },
  ln_cmktcap: { column: 'circulating_market_cap', log: true },
  ln_circulating_market_cap: { column: 'circulating_market_cap', log: true },
};

/** The values of a factor of JoinQuant: a column of the fundamentals, a factor of its library, or membership as 1 and 0. */
export function baseValues(name: string, codes: readonly string[], days: readonly string[]): ValueOn {
  const { column, log } = ALIASES[name] ?? { column: name, log: false };
  const table = TABLES.find((one) => Object.hasOwn(CATALOGUE.fundamentals[one].columns, column));
  if (table !== undefined) {
    const value = fundamentalsOn(table, column, codes, days);
    return log ? (code, day) => Math.log(value(code, day)) : value;
  }
  const present = name.replace(EARLIER, '');
  if (present !== name && TABLES.some((one) => Object.hasOwn(CATALOGUE.fundamentals[one].columns, present))) {
    throw new BtError(
      'UNSUPPORTED',
      `'${name}': figures of earlier quarters and years are not served as factors: ask get_history_fundamentals() in calc().`,
      { fault: 'strategy' },
    );
  }
  return membership(name, days) ?? libraryValues(name, codes, days);
}

/** A column of a table of the fundamentals, as known on each day. */
export function fundamentalsOn(
  table: string,
  column: string,
  codes: readonly string[],
  days: readonly string[],
): ValueOn {
  const select = (name: string, of: string): Selected => ({ name, expression: { op: 'column', table, column: of } });
  const query = planFor([select('code', 'code'), select('value', column)], table, codes);
  const params = { database: 'fundamentals', query, day: null, period: null, days };
  return byCodeAndDay(currentHost().data({ dataset: 'query', params }), 'code', 'day', 'value');
}

/** Values of a long table by its columns of codes, days and values. */
function byCodeAndDay(table: DataTable, code: string, day: string, value: string): ValueOn {
  const cells = (name: string): readonly unknown[] => [...(table.columns.get(name)?.values ?? [])];
  const [days, values] = [cells(day), cells(value)];
  const found = new Map<string, number>();
  cells(code).forEach((one, i) => {
    const when = days[i];
    const number = values[i];
    if (typeof number !== 'number') return;
    found.set(`${String(one)} ${typeof when === 'number' ? chinaDay(when) : String(when)}`, number);
  });
  return (one, when) => found.get(`${one} ${when}`) ?? NaN;
}

function libraryValues(name: string, codes: readonly string[], days: readonly string[]): ValueOn {
  const [start = null] = days;
  const end = days.at(-1);
  if (end === undefined) return () => NaN;
  const params = { securities: codes, factors: [name], start, end, count: null };
  const table = currentHost().data({ dataset: 'factor_values', params });
  return byCodeAndDay(table, 'code', 'day', name);
}

const MEMBERS = [
  [/^\d{6}\.XSH[GE]$/u, 'index_members', 'index'],
  [/^(?:HY\d+|\d{6}|[A-Z]\d{2})$/u, 'industry_members', 'industry'],
  [/^(?:GN|SC)\d+$/u, 'concept_members', 'concept'],
] as const;

/** 1 for the members of an index, industry or concept, 0 for others; null when the name is none. */
function membership(name: string, days: readonly string[]): ValueOn | null {
  const kind = MEMBERS.find(([pattern]) => pattern.test(name));
  if (kind === undefined) return null;
  const [, dataset, parameter] = kind;
  const known = new Map<string, ReadonlySet<unknown>>();
  for (const day of days) {
    const request = { dataset, params: { [parameter]: name, day } } as Parameters<
      ReturnType<typeof currentHost>['data']
    >[0]; // one of the three, with its own parameter
    known.set(day, new Set<unknown>(currentHost().data(request).columns.get('code')?.values));
  }
  return (code, day) => (known.get(day)?.has(code) === true ? 1 : 0);
}

/** The industry of each security on a day: its code there, null where it has none. */
export function industriesOn(classification: string, codes: readonly string[], day: string): Map<string, string> {
  const table = currentHost().data({ dataset: 'industries_of', params: { securities: codes, day } });
  const cells = (name: string): readonly unknown[] => [...(table.columns.get(name)?.values ?? [])];
  const [kinds, industries] = [cells('classification'), cells('industry_code')];
  const found = new Map<string, string>();
  cells('code').forEach((code, i) => {
    if (kinds[i] === classification) found.set(String(code), String(industries[i]));
  });
  return found;
}
