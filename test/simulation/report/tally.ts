import { IN_FORCE, textOf, type Scope } from '../plan/axes.ts';
import type { SeedResult } from '../run-seed.ts';
import { cover, emptyCoverage, addCoverage, type Coverage } from './coverage.ts';

/** What a number of worlds came to; parts add up. */
export interface Tally {
  seeds: number;
  orders: number;
  events: number;
  strikes: number;
  kills: number;
  slowestSettleMs: number;
  readonly coverage: Coverage;
  readonly failures: Pick<SeedResult, 'seed' | 'about' | 'violations'>[];
}

export function emptyTally(): Tally {
  return {
    seeds: 0,
    orders: 0,
    events: 0,
    strikes: 0,
    kills: 0,
    slowestSettleMs: 0,
    coverage: emptyCoverage(),
    failures: [],
  };
}

export function count(tally: Tally, result: SeedResult): void {
  tally.seeds += 1;
  tally.orders += result.orders;
  tally.events += result.events;
  tally.strikes += result.strikes.length;
  tally.kills += result.strikes.filter(({ kind }) => kind.startsWith('crash') || kind.startsWith('server')).length;
  tally.slowestSettleMs = Math.max(tally.slowestSettleMs, result.settledMs);
  cover(tally.coverage, result.strikes);
  if (result.violations.length > 0) {
    const { seed, about, violations } = result;
    tally.failures.push({ seed, about, violations });
  }
}

export function addTally(total: Tally, part: Tally): void {
  total.seeds += part.seeds;
  total.orders += part.orders;
  total.events += part.events;
  total.strikes += part.strikes;
  total.kills += part.kills;
  total.slowestSettleMs = Math.max(total.slowestSettleMs, part.slowestSettleMs);
  addCoverage(total.coverage, part.coverage);
  total.failures.push(...part.failures);
}

/** The totals as a small table. */
export function tallyTable(tally: Tally, seconds: number): string {
  const rows: readonly (readonly [string, string])[] = [
    ['seeds run', tally.seeds.toLocaleString('en-US')],
    ['seeds a second', (tally.seeds / Math.max(seconds, 0.001)).toFixed(1)],
    ['orders at the exchange', tally.orders.toLocaleString('en-US')],
    ['faults that struck', tally.strikes.toLocaleString('en-US')],
    ['of these, deaths of engine or server', tally.kills.toLocaleString('en-US')],
    ['slowest to settle, simulated seconds', (tally.slowestSettleMs / 1000).toFixed(1)],
    ['seeds with violations', String(tally.failures.length)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

/** How to see a failing seed again: of another scope its number is another world. */
export function replayCommand(seed: number, { axes, laws, forced = null }: Scope = IN_FORCE): string {
  const [axesText, lawsText] = [textOf(axes), textOf(laws)];
  return [
    `npm run simulate -- --seed ${seed} --trace`,
    ...(axesText === textOf(IN_FORCE.axes) ? [] : [`--axes ${axesText}`]),
    ...(lawsText === textOf(IN_FORCE.laws) ? [] : [`--laws ${lawsText}`]),
    ...(forced === null ? [] : [`--axis ${forced}`]),
  ].join(' ');
}
