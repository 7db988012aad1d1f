import type { DayPhase, OrderState } from '../oracle/witness.ts';
import { AXES, type Axis, type Scope } from '../plan/axes.ts';
import { STUB_KINDS } from '../plan/stub-faults.ts';
import { FAULT_KINDS, OCCASIONS, type FaultKind } from '../plan/types.ts';
import type { SeedResult } from '../run-seed.ts';
import { emptyReason } from './impossible.ts';

/** The first columns: every state an order can be in when something happens. */
export const STATES: readonly OrderState[] = [
  'parked',
  'planned',
  'sending',
  'unknown',
  'accepted',
  'canceling',
  'filled',
  'canceled',
  'expired',
  'rejected',
  'not_sent',
  'not_placed',
];

/** The other columns: the part of the day in which it happens. */
export const PHASES: readonly DayPhase[] = [
  'closed',
  'opening_call',
  'opening_call_no_cancel',
  'pre_open',
  'morning',
  'lunch',
  'afternoon',
  'closing_call',
  'after_close',
  'no trading day',
];

type Column = OrderState | DayPhase;
const COLUMNS: readonly Column[] = [...STATES, ...PHASES];

/** The rows: every way in which something goes wrong, and all that happens in worlds of more than a moment. */
const KINDS: readonly FaultKind[] = [...FAULT_KINDS, ...STUB_KINDS, ...OCCASIONS];

/** How often each kind met an order in each state, and each part of the day. */
export type Coverage = Map<FaultKind, Record<Column, number>>;

export function emptyCoverage(): Coverage {
  const row = (): Record<Column, number> =>
    Object.fromEntries(COLUMNS.map((column) => [column, 0])) as Record<Column, number>;
  return new Map(KINDS.map((kind) => [kind, row()]));
}

/** Adds what struck in one world; a state counts once a strike, however many orders are in it. */
export function cover(coverage: Coverage, strikes: SeedResult['strikes']): void {
  for (const { kind, states, phase } of strikes) {
    const row = rowOf(coverage, kind);
    for (const state of new Set(states)) row[state] += 1;
    row[phase] += 1;
  }
}

export function addCoverage(total: Coverage, part: Coverage): void {
  for (const [kind, counts] of part) {
    const row = rowOf(total, kind);
    for (const column of COLUMNS) row[column] += counts[column];
  }
}

/** What the cells of the table are, as `kind × column`. */
export interface Cells {
  /** Empty, by the reason for which they can only be so. */
  readonly reasoned: ReadonlyMap<string, readonly string[]>;
  /** Empty, and nobody knows of a reason. */
  readonly open: readonly string[];
  /** Filled, although there is a reason why they cannot be. */
  readonly refuted: readonly string[];
}

export function cellsOf(coverage: Coverage, scope: Scope): Cells {
  const columns: readonly Column[] = scope.axes.size > 0 ? COLUMNS : STATES.filter((state) => state !== 'parked');
  const cells = rowsOf(coverage, scope).flatMap((kind) =>
    columns.map((column) => {
      const name = `${kind} × ${column}`;
      return { name, isEmpty: rowOf(coverage, kind)[column] === 0, why: emptyReason(kind, column) };
    }),
  );
  const reasoned = new Map<string, string[]>();
  for (const { name, isEmpty, why } of cells)
    if (isEmpty && why !== null) reasoned.set(why, [...(reasoned.get(why) ?? []), name]);
  return {
    reasoned,
    open: cells.filter(({ isEmpty, why }) => isEmpty && why === null).map(({ name }) => name),
    refuted: cells.filter(({ isEmpty, why }) => !isEmpty && why !== null).map(({ name }) => name),
  };
}

/** How many cells are empty with a reason and without one, with what there is to say about each. */
export function cellsText({ reasoned, open, refuted }: Cells): string {
  const count = [...reasoned.values()].reduce((sum, names) => sum + names.length, 0);
  return [
    `Empty with reason ${count}, empty without reason ${open.length}.`,
    ...[...reasoned].map(([why, names]) => `  ${String(names.length).padStart(4)}  ${why}`),
    ...(open.length > 0 ? [`Empty without reason: ${open.join(', ')}`] : []),
    ...(refuted.length > 0 ? [`Filled although there is a reason why not: ${refuted.join(', ')}`] : []),
  ].join('\n');
}

export function coverageTable(coverage: Coverage, scope: Scope): string {
  return [tableOf(coverage, scope, STATES), tableOf(coverage, scope, PHASES)].join('\n\n');
}

function tableOf(coverage: Coverage, scope: Scope, columns: readonly Column[]): string {
  const head = ['', ...columns];
  const rows = rowsOf(coverage, scope).map((kind) => [
    kind,
    ...columns.map((column) => {
      const count = rowOf(coverage, kind)[column];
      return count === 0 && emptyReason(kind, column) !== null ? '-' : String(count);
    }),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return [head, ...rows].map(line).join('\n');
}

/** Only what worlds of these axes can have: without any, the faults of a moment. Where each world pushes, no gateway has faults of its own. */
function rowsOf(coverage: Coverage, { axes, forced = null }: Scope): FaultKind[] {
  const occasions: ReadonlySet<string> = new Set(OCCASIONS);
  return [...coverage.keys()]
    .filter((kind) => !occasions.has(kind) || axesOf(kind).some((axis) => axes.has(axis)))
    .filter((kind) => forced !== 'stream' || !kind.startsWith('stub '));
}

/** The axes whose worlds have such an occasion. */
function axesOf(kind: FaultKind): readonly Axis[] {
  if (kind === 'hang' || kind === 'server-restart-ids' || kind === 'odd other-account') return ['gateway'];
  if (kind === 'odd lagging-cash' || kind === 'odd no-freeze') return ['counters'];
  if (kind.startsWith('odd')) return ['rows'];
  if (kind === 'other cancels' || kind === 'deposit' || kind === 'withdrawal') return ['others'];
  if (kind === 'stop triggered') return ['stops'];
  if (kind.startsWith('bridge') || kind === 'record crash' || kind === 'keyed order') return ['outside'];
  if (kind.startsWith('push')) return ['stream'];
  if (kind.startsWith('restart')) return ['days', 'hours'];
  return AXES;
}

function rowOf(coverage: Coverage, kind: FaultKind): Record<Column, number> {
  const row = coverage.get(kind);
  if (row === undefined) throw new Error(`the coverage table has no row ${kind}`);
  return row;
}
