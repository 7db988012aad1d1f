import { afterEach, beforeEach, expect, test } from 'vitest';
import { chinaDay, chinaText } from '../../../src/domain/time.ts';
import type { RunReport } from '../../../src/engine/report.ts';
import { calendarOf, dataOf } from './data-of.ts';
import { LiveRuns } from './live-runs.ts';
import { Workspace } from './strategy/workspace.ts';

const STRATEGY = `
import { log, run_daily, run_monthly } from 'jqdata';
export function initialize(context) {
  log.info('previous %s', String(context.previous_date));
  run_daily(task, '10:00');
  run_monthly(task, -1, '10:00');
}
export function before_trading_start() { log.info('- morning'); }
function task() { log.info('- task'); }
`;

let workspace: Workspace;
let runs: LiveRuns;

beforeEach(async () => {
  workspace = await Workspace.make({ 'main.ts': STRATEGY });
  runs = new LiveRuns(workspace);
});
afterEach(() => workspace.remove());

/** As `LiveRuns.run`, with a gateway that tells which days trade; null = it does not. */
function run(
  from: string,
  to: string,
  listed: readonly string[] | null,
  between: readonly (readonly [string, string])[] = [],
): Promise<RunReport> {
  const noQuote = (): never => {
    throw new Error('not used here');
  };
  return runs.run(from, to, between, { providers: [dataOf(noQuote, { calendar: calendarOf(listed) })] });
}

test('2027-01-04: a run over the calendar’s end goes on tracking, runs nothing, and says so once a day', async () => {
  const gates: string[] = [];
  const { broker } = runs;
  const health = broker.health.bind(broker);
  broker.health = () => {
    gates.push(chinaText(broker.now()).slice(5, 16));
    return health();
  };
  const report = await run('2026-12-31 08:50', '2027-01-05 16:00', null);
  expect(report.errors).toEqual([]);
  expect(report.triggers.map(({ due, task }) => `${chinaDay(due)} ${task}`)).toEqual([
    '2026-12-31 before_trading_start (hook)',
    '2026-12-31 task (monthly -1 10:00)',
    '2026-12-31 task (daily 10:00)',
  ]);
  expect(gates).toEqual(['12-31 08:50', '01-04 08:45', '01-05 08:45']);
  const text = (day: string): string =>
    `No order is sent today: the trading calendar ends on 2026-12-31 and the gateway does not say whether ${day} trades. Update bt.`;
  const warnings = runs.log.texts('warning').filter((line) => line.startsWith('No order'));
  expect(warnings).toEqual([text('2027-01-04'), text('2027-01-05')]);
});

test('a start beyond it works, with the last trading day known as the one before', async () => {
  const report = await run('2027-01-04 08:50', '2027-01-04 16:00', null);
  expect([report.errors, report.triggers]).toEqual([[], []]);
  expect(runs.log.texts('info').join()).toContain('when it opens is not known');
});

test('a gateway that knows the day has its tasks run', async () => {
  const report = await run(
    '2027-01-05 08:50',
    '2027-01-05 16:00',
    ['2026-12-31', '2027-01-04', '2027-01-05'],
    [
      ['2027-01-05 09:00', 'morning'],
      ['2027-01-05 10:00', 'task'],
    ],
  );
  expect(report.errors).toEqual([]);
  expect(report.triggers.map(({ task, outcome }) => `${task} ${outcome}`)).toEqual([
    'before_trading_start (hook) ran',
    'task (daily 10:00) ran',
  ]);
  // Which day of January is its last nobody knows.
  expect(runs.log.texts('warning').join('\n')).toContain('task (monthly -1 10:00) is not run on 2027-01-05');
});
