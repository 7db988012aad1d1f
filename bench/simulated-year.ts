import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunReport } from '../src/engine/report.ts';
import type { Figure, Row, Skipped } from './figure.ts';
import { atMost, numberText } from './figure.ts';
import { installedPackage } from './package-copy.ts';
import { launch, residentMbOf, ROOT, temporaryFolder } from './processes.ts';
import { percentile, spreadOf } from './stats.ts';

const YEAR = ['--with-stub', '--at', '2025-01-02 09:00:00', '--until', '2025-12-31 15:31', '--speed', 'max'];
const LEAST_DAYS = 20;
const TIMES = 1.2;
const LOOK_MS = 200;
/** Looks before this part of the run fill caches; memory of the part after it is held against that of the end. */
const WARM = 0.2;
const END = 0.8;
/** Reads closing prices and trades to a target, each day. */
const STRATEGY = `import { attribute_history, order_target_value, run_daily } from 'jqdata';
export function initialize(): void { run_daily(trade, '10:00'); }
function trade(context: { current_dt: { day: number } }): void {
  attribute_history('510300.XSHG', 20, '1d', ['close']);
  order_target_value('510300.XSHG', context.current_dt.day % 2 === 0 ? 200_000 : 100_000);
}
`;

/**
 * A year of a strategy that reads and trades once a day, at `--speed max` on a paper market in the same process, as installed: trading
 * days a second from READY to the end, and what the engine's process holds at its end beside its beginning.
 */
export const figure: Figure = {
  async run() {
    // Where ledgers live: a system's temporary folder may be memory.
    const folder = temporaryFolder(join(ROOT, '.bt'));
    const file = join(folder, 'daily.ts');
    const report = join(folder, 'report.json');
    writeFileSync(file, STRATEGY);
    const bt = join(await installedPackage(), 'src', 'bin', 'bt.js');
    const args = [bt, 'live', file, '--broker', 'qmt-remote', ...YEAR, '--report', report, '--log-level', 'info'];
    const running = launch(args, { cwd: folder, env: { TMPDIR: folder, TEMP: folder, EVENT_TIME_OUT: '3600' } });
    const { afterMs } = await running.printed(/\bREADY /u);
    const looks: number[] = [];
    const timer = setInterval(() => look(running.child.pid, looks), LOOK_MS);
    const ms = (await running.ended) - afterMs;
    clearInterval(timer);
    return [speedRow(daysRun(report) / (ms / 1000)), memoryRow(looks)];
  },
};

/** Days on which the task ran. */
function daysRun(report: string): number {
  const { triggers, orders } = JSON.parse(readFileSync(report, 'utf8')) as RunReport;
  const ran = triggers.filter(({ outcome }) => outcome === 'ran' || outcome === 'ran_late').length;
  if (ran !== triggers.length || ran < 200 || orders.length < 0.9 * ran)
    throw new Error(`${ran} of ${triggers.length} days ran, with ${orders.length} orders`);
  return ran;
}

function look(pid: number | undefined, looks: number[]): void {
  const mb = pid === undefined ? null : residentMbOf(pid);
  if (mb !== null) looks.push(mb);
}

function speedRow(days: number): Row {
  return {
    what: 'a year of a daily strategy at --speed max',
    unit: 'days a second',
    shape: 'runs',
    spread: spreadOf([days]),
    floor: null,
    target: {
      text: `≥ ${LEAST_DAYS} days a second`,
      measured: days,
      is: 'at least',
      limit: LEAST_DAYS,
      shown: `${numberText(days)} days a second`,
    },
  };
}

function memoryRow(looks: readonly number[]): Row | Skipped {
  const what = 'resident memory of that engine, its last fifth ÷ its second';
  if (looks.length < 10) return { what, skipped: 'it ended too soon, or there is no /proc to read it from' };
  const part = (from: number, to: number): number =>
    percentile(looks.slice(Math.floor(from * looks.length), Math.floor(to * looks.length)), 0.5);
  const ratio = part(END, 1) / part(WARM, 2 * WARM);
  return {
    what,
    unit: '×',
    shape: 'runs',
    spread: spreadOf([ratio]),
    floor: null,
    target: atMost(TIMES, '×', 'ratio', ratio),
  };
}
