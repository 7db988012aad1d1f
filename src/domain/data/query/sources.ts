import { parseChinaTime } from '../../time.ts';
import { catalogueColumn, catalogueTable } from '../catalogue/index.ts';
import type { Expression, QueryPlan, Scalar } from '../query-plan.ts';
import type { Range } from './load.ts';
import { conjuncts, expressionsOf, parts } from './walk.ts';

/** What a plan needs of one table: see `LoadTable`. */
export interface Needed {
  readonly table: string;
  readonly columns: readonly string[];
  readonly codes: readonly string[] | null;
  readonly ranges: ReadonlyMap<string, Range>;
}

/** The tables of a plan in the order in which they are named; UNKNOWN_TABLE, UNKNOWN_COLUMN. */
export function neededTables(plan: QueryPlan): readonly Needed[] {
  const columns = new Map<string, Set<string>>();
  const need = (table: string): Set<string> => {
    const known = columns.get(table);
    if (known !== undefined) return known;
    const set = new Set(hasCode(table) ? ['code'] : []);
    columns.set(table, set);
    return set;
  };
  for (const expression of expressionsOf(plan))
    for (const part of parts(expression)) {
      if (part.op !== 'column') continue;
      catalogueColumn(part.table, part.column);
      need(part.table).add(part.column);
    }
  for (const { table } of plan.joins) need(table);
  const conditions = conjuncts(plan.filter);
  const joined = new Set(plan.joins.map(({ table }) => table));
  const side = [...columns.keys()].filter((table) => !joined.has(table));
  return [...columns].map(([table, names]) => ({
    table,
    columns: [...names],
    // Tables that are joined by the code have the same one.
    codes: hasCode(table) ? codesIn(conditions, joined.has(table) ? [table] : side) : null,
    ranges: rangesIn(conditions, table),
  }));
}

export function hasCode(table: string): boolean {
  return Object.hasOwn(catalogueTable(table).columns, 'code');
}

/** The codes that all of these conditions let through; null = they say nothing of it. */
function codesIn(conditions: readonly Expression[], tables: readonly string[]): readonly string[] | null {
  let codes: readonly string[] | null = null;
  for (const condition of conditions) {
    const listed = listedValues(condition);
    if (listed === null || listed.column !== 'code' || !tables.includes(listed.table)) continue;
    const texts = new Set(listed.values.filter((value) => typeof value === 'string'));
    codes = codes === null ? [...texts] : codes.filter((code) => texts.has(code));
  }
  return codes;
}

interface Listed {
  readonly table: string;
  readonly column: string;
  readonly values: readonly Scalar[];
}

/** `column in (…)` and `column = value`. */
function listedValues(condition: Expression): Listed | null {
  if (condition.op === 'in' && condition.arg.op === 'column') return { ...condition.arg, values: condition.values };
  const bound = boundOf(condition);
  return bound?.op === 'eq' ? { ...bound, values: [bound.value] } : null;
}

interface Bound {
  readonly table: string;
  readonly column: string;
  readonly op: string;
  readonly value: Scalar;
}

const TURNED: Readonly<Record<string, string>> = { lt: 'gt', le: 'ge', gt: 'lt', ge: 'le', eq: 'eq' };

/** A column against a value, whichever stands first. */
function boundOf(condition: Expression): Bound | null {
  const turned = TURNED[condition.op];
  if (turned === undefined || !('args' in condition)) return null;
  const [left, right] = condition.args;
  if (left?.op === 'column' && right?.op === 'value') return { ...left, op: condition.op, value: right.value };
  if (left?.op === 'value' && right?.op === 'column') return { ...right, op: turned, value: left.value };
  return null;
}

/** Of each day or time column of a table, what the conditions leave. Bounds are kept where they would be left out: it is looked at again. */
function rangesIn(conditions: readonly Expression[], table: string): ReadonlyMap<string, Range> {
  const ranges = new Map<string, Range>();
  const { columns } = catalogueTable(table);
  for (const condition of conditions) {
    const found = rangeOf(condition);
    if (found === null || found.table !== table) continue;
    const kind = columns[found.column]?.[0];
    if (kind !== 'day' && kind !== 'time') continue;
    const known = ranges.get(found.column) ?? { from: -Infinity, to: Infinity };
    ranges.set(found.column, { from: Math.max(known.from, found.from), to: Math.min(known.to, found.to) });
  }
  return ranges;
}

function rangeOf(condition: Expression): (Range & { readonly table: string; readonly column: string }) | null {
  const listed = listedValues(condition);
  const bound = listed === null ? boundOf(condition) : null;
  const column = listed ?? bound;
  if (column === null) return null;
  const moments = (listed?.values ?? [bound?.value ?? null]).map((value) =>
    typeof value === 'string' ? parseChinaTime(value) : null,
  );
  // What is no day is told about when it is compared.
  const known = moments.filter((moment) => moment !== null);
  if (known.length < moments.length || known.length === 0) return null;
  const [from, to] = [Math.min(...known), Math.max(...known)];
  const { table, column: name } = column;
  if (bound === null) return { table, column: name, from, to };
  const opens = bound.op === 'gt' || bound.op === 'ge';
  return { table, column: name, from: opens ? from : -Infinity, to: opens ? Infinity : to };
}
