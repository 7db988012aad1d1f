import { parseChinaTime } from '../../../../../src/domain/time.ts';
import type { Expression, QueryPlan, SqlFunction } from '../../../../../src/domain/data/query-plan.ts';

/** A cell: a missing one is null, days are epoch ms, conditions 1 and 0. */
export type Cell = number | string | null;
export type Row = Readonly<Record<string, Cell>>;
/** Rows by table; the names of their columns are `table.column` once tables are put together. */
export type World = Readonly<Record<string, readonly Row[]>>;

/** The same plan, row by row and without a thought of speed. */
export function naive(plan: QueryPlan, world: World): readonly Row[] {
  const tables = tablesOf(plan);
  const joinNames = plan.joins.map(({ table }) => table);
  const [first = '', ...others] = tables.filter((table) => !joinNames.includes(table));
  const spread = (table: string): Row[] =>
    (world[table] ?? []).map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [`${table}.${k}`, v])));
  let rows = spread(first);
  for (const table of others)
    rows = rows.flatMap((row) =>
      spread(table)
        .filter((other) => other[`${table}.code`] !== null && other[`${table}.code`] === row[`${first}.code`])
        .map((other) => ({ ...row, ...other })),
    );
  for (const { table, on, outer } of plan.joins)
    rows = rows.flatMap((row) => {
      const found = spread(table)
        .map((other) => ({ ...row, ...other }))
        .filter((both) => isTrue(cell(on, [both])));
      return found.length === 0 && outer ? [row] : found;
    });
  rows = rows.filter((row) => plan.filter.every((condition) => isTrue(cell(condition, [row]))));
  let groups = group(plan, rows).filter((members) =>
    plan.having.every((condition) => isTrue(cell(condition, members))),
  );
  groups = groups
    .map((members, place) => ({
      members,
      place,
      keys: plan.orderBy.map(({ expression }) => cell(expression, members)),
    }))
    .sort((a, b) => {
      for (const [i, { descending }] of plan.orderBy.entries()) {
        const sign = compareKeys(a.keys[i] ?? null, b.keys[i] ?? null);
        if (sign !== 0) return descending ? -sign : sign;
      }
      return a.place - b.place;
    })
    .map(({ members }) => members);
  let answer: Row[] = groups.map((members) =>
    Object.fromEntries(plan.select.map(({ name, expression }) => [name, cell(expression, members)])),
  );
  if (plan.distinct)
    answer = answer.filter(
      (row, i) => answer.findIndex((other) => JSON.stringify(other) === JSON.stringify(row)) === i,
    );
  const from = plan.offset ?? 0;
  return answer.slice(from, plan.limit === null ? undefined : from + plan.limit);
}

function compareKeys(a: Cell, b: Cell): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

function group(plan: QueryPlan, rows: readonly Row[]): Row[][] {
  const all = [...plan.select, ...plan.orderBy].map(({ expression }) => expression);
  if (plan.groupBy.length === 0)
    return [...all, ...plan.having].some(aggregated) ? [[...rows]] : rows.map((row) => [row]);
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(plan.groupBy.map((expression) => cell(expression, [row])));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

const AGGREGATES: readonly SqlFunction[] = ['sum', 'avg', 'min', 'max', 'count', 'count_distinct'];

function children(expression: Expression): readonly Expression[] {
  if (expression.op === 'column' || expression.op === 'value') return [];
  return expression.op === 'in' ? [expression.arg] : expression.args;
}

function aggregated(expression: Expression): boolean {
  if (expression.op === 'function' && AGGREGATES.includes(expression.name)) return true;
  return children(expression).some(aggregated);
}

function tablesOf(plan: QueryPlan): string[] {
  const found: string[] = [];
  const visit = (expression: Expression): void => {
    if (expression.op === 'column' && !found.includes(expression.table)) found.push(expression.table);
    children(expression).forEach(visit);
  };
  for (const { expression } of plan.select) visit(expression);
  for (const { on } of plan.joins) visit(on);
  [...plan.filter, ...plan.groupBy, ...plan.having].forEach(visit);
  for (const { expression } of plan.orderBy) visit(expression);
  return found;
}

const isTrue = (value: Cell): boolean => value !== null && value !== 0;

/** Of the first row of a group, but for aggregates. */
function cell(expression: Expression, rows: readonly Row[]): Cell {
  switch (expression.op) {
    case 'column':
      return rows[0]?.[`${expression.table}.${expression.column}`] ?? null;
    case 'value':
      return typeof expression.value === 'boolean' ? Number(expression.value) : expression.value;
    case 'in': {
      const value = cell(expression.arg, rows);
      if (value === null) return null;
      if (expression.values.some((other) => other !== null && alike(value, other as Cell) === 0)) return 1;
      return expression.values.includes(null) ? null : 0;
    }
    case 'and': {
      const values = expression.args.map((arg) => cell(arg, rows));
      if (values.includes(0)) return 0;
      return values.includes(null) ? null : 1;
    }
    case 'or': {
      const values = expression.args.map((arg) => cell(arg, rows));
      if (values.some(isTrue)) return 1;
      return values.includes(null) ? null : 0;
    }
    case 'is_null':
      return cell(expression.args[0] as Expression, rows) === null ? 1 : 0;
    case 'function':
      return called(expression.name, expression.args, rows);
    case 'not':
    case 'neg':
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'like':
    case 'eq':
    case 'ne':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
      return operated(
        expression.op,
        expression.args.map((arg) => cell(arg, rows)),
      );
  }
}

/** Difference of two values; a text that is a day is one beside a number. */
function alike(a: Cell, b: Cell): number {
  const day = (value: Cell, other: Cell): Cell =>
    typeof value === 'string' && typeof other === 'number' ? parseChinaTime(value) : value;
  return compareKeys(day(a, b), day(b, a));
}

function operated(op: string, values: readonly Cell[]): Cell {
  const [a = null, b = null] = values;
  if (values.includes(null)) return null;
  if (op === 'not') return a === 0 ? 1 : 0;
  if (op === 'neg') return 0 - Number(a);
  if (op === 'add') return Number(a) + Number(b);
  if (op === 'sub') return Number(a) - Number(b);
  if (op === 'mul') return Number(a) * Number(b);
  if (op === 'div') return b === 0 ? null : Number(a) / Number(b);
  if (op === 'like') {
    const pattern = String(b).replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    return Number(new RegExp(`^${pattern.replaceAll('%', '.*').replaceAll('_', '.')}$`, 'isu').test(String(a)));
  }
  const sign = alike(a, b);
  const holds: Record<string, boolean> = {
    eq: sign === 0,
    ne: sign !== 0,
    lt: sign < 0,
    le: sign <= 0,
    gt: sign > 0,
    ge: sign >= 0,
  };
  return Number(holds[op]);
}

function called(name: SqlFunction, args: readonly Expression[], rows: readonly Row[]): Cell {
  const [first] = args as readonly [Expression];
  if (!AGGREGATES.includes(name)) {
    const value = cell(first, rows);
    return value === null ? null : Math.abs(Number(value));
  }
  const values = rows.map((row) => cell(first, [row])).filter((value) => value !== null);
  if (name === 'count') return values.length;
  if (name === 'count_distinct') return new Set(values).size;
  if (values.length === 0) return null;
  const sum = values.reduce<number>((total, value) => total + Number(value), 0);
  if (name === 'sum') return sum;
  if (name === 'avg') return sum / values.length;
  return values.reduce((best, value) => (compareKeys(value, best) < 0 === (name === 'min') ? value : best));
}
