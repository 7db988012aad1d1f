import type { IntentState } from '../../../src/domain/order/types.ts';
import { STUB_KINDS } from '../plan/stub-faults.ts';
import { FAULT_KINDS, type FaultKind } from '../plan/types.ts';
import type { SeedResult } from '../run-seed.ts';

/** The columns: every state an order can be in when something goes wrong. */
export const STATES: readonly IntentState[] = [
  'planned',
  'sending',
  'unknown',
  'accepted',
  'canceling',
  'filled',
  'canceled',
  'rejected',
  'not_sent',
  'not_placed',
];

/** The rows: every way in which something goes wrong. */
const KINDS: readonly FaultKind[] = [...FAULT_KINDS, ...STUB_KINDS];

/** How often each fault struck while an order was in each state. */
export type Coverage = Map<FaultKind, Record<IntentState, number>>;

export function emptyCoverage(): Coverage {
  const row = (): Record<IntentState, number> =>
    Object.fromEntries(STATES.map((state) => [state, 0])) as Record<IntentState, number>;
  return new Map(KINDS.map((kind) => [kind, row()]));
}

/** Adds what struck in one world; a state counts once a strike, however many orders are in it. */
export function cover(coverage: Coverage, strikes: SeedResult['strikes']): void {
  for (const { kind, states } of strikes) {
    const row = rowOf(coverage, kind);
    for (const state of new Set(states)) row[state] += 1;
  }
}

export function addCoverage(total: Coverage, part: Coverage): void {
  for (const [kind, counts] of part) {
    const row = rowOf(total, kind);
    for (const state of STATES) row[state] += counts[state];
  }
}

/** Cells that no run filled, as `kind × state`. */
export function emptyCells(coverage: Coverage): string[] {
  return KINDS.flatMap((kind) => {
    const row = rowOf(coverage, kind);
    return STATES.filter((state) => row[state] === 0).map((state) => `${kind} × ${state}`);
  });
}

export function coverageTable(coverage: Coverage): string {
  const head = ['', ...STATES];
  const rows = KINDS.map((kind) => [kind, ...STATES.map((state) => String(rowOf(coverage, kind)[state]))]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return [head, ...rows].map(line).join('\n');
}

function rowOf(coverage: Coverage, kind: FaultKind): Record<IntentState, number> {
  const row = coverage.get(kind);
  if (row === undefined) throw new Error(`the coverage table has no row ${kind}`);
  return row;
}
