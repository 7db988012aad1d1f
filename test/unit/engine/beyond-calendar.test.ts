import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exchangeCalendar } from '../../../src/domain/market/calendar.ts';
import { chinaDay, chinaInstant, chinaText } from '../../../src/domain/time.ts';
import { runLive } from '../../../src/engine/live.ts';
import { DEFAULT_LIMITS, type LiveOptions } from '../../../src/engine/live-options.ts';
import type { RunReport } from '../../../src/engine/report.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';
import { systemTimers } from '../../../src/platform/timers.ts';
import type { Provider } from '../../../src/venues/provider.ts';
import { FakeBroker } from './orders/fake-broker.ts';
import { MemoryLog } from './strategy/fake-engine.ts';
import { Workspace } from './strategy/workspace.ts';

const STRATEGY = `
import { log, run_daily, run_monthly } from 'jqdata';
export function initialize(context) {
  log.info('previous %s', String(context.previous_date));
  run_daily(task, '10:00');
  run_monthly(task, -1, '10:00');
}
export function before_trading_start() { log.info('morning'); }
function task() { log.info('task'); }
`;

let workspace: Workspace;
let broker: FakeBroker;
let clock: SteppedClock;
let log: MemoryLog;
const stop = { controller: new AbortController() };

beforeEach(async () => {
  workspace = await Workspace.make({ 'main.ts': STRATEGY });
  broker = new FakeBroker();
  log = new MemoryLog();
  stop.controller = new AbortController();
});
afterEach(() => workspace.remove());

function provider(listed: readonly string[] | null): Provider {
  const unused = (): Promise<never> => Promise.reject(new Error('not used here'));
  const everything = { securities: 'any' } as const;
  return {
    name: 'fake',
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    offers: {
      quotes: { serves: everything, quote: unused, quotes: unused },
      ticks: { serves: everything, subscribe: unused, unsubscribe: unused, onTick: () => () => undefined },
      calendar: {
        serves: { days: { from: null, to: null } },
        tradeDays: (start, end) =>
          listed === null ? unused() : Promise.resolve(listed.filter((day) => day >= start && day <= end)),
      },
    },
  };
}

/** Runs from one instant to another, waiting at those between for a line of the strategy, and is then told to stop. */
async function run(
  from: string,
  to: string,
  listed: readonly string[] | null,
  between: readonly (readonly [string, string])[] = [],
): Promise<RunReport> {
  clock = new SteppedClock(instant(from));
  broker.now = () => clock.now();
  const ready = Promise.withResolvers<void>();
  const options: LiveOptions = {
    strategyFile: workspace.path('main.ts'),
    name: 'main',
    broker,
    providers: [provider(listed)],
    knownSources: [],
    clock,
    startedAt: clock.now(),
    timers: systemTimers,
    calendar: exchangeCalendar(),
    stateFolder: join(workspace.folder, 'state'),
    until: null,
    allowRealOrders: false,
    positions: null,
    limits: DEFAULT_LIMITS,
    log,
    stop: stop.controller.signal,
    onReady: ready.resolve,
  };
  const running = runLive(options);
  await Promise.race([ready.promise, running]);
  for (const [time, line] of between) {
    await clock.walk(instant(time));
    await vi.waitFor(() => expect(log.texts('info')).toContain(line), { timeout: 10_000 });
  }
  await clock.walk(instant(to));
  stop.controller.abort();
  return running;
}

function instant(text: string): number {
  const [day = '', time = ''] = text.split(' ');
  return chinaInstant(day, time);
}

test('2027-01-04: a run over the calendar’s end goes on tracking, runs nothing, and says so once a day', async () => {
  const gates: string[] = [];
  const health = broker.health.bind(broker);
  broker.health = () => {
    gates.push(chinaText(clock.now()).slice(5, 16));
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
  const warnings = log.texts('warning').filter((line) => line.startsWith('No order'));
  expect(warnings).toEqual([text('2027-01-04'), text('2027-01-05')]);
});

test('a start beyond it works, with the last trading day known as the one before', async () => {
  const report = await run('2027-01-04 08:50', '2027-01-04 16:00', null);
  expect([report.errors, report.triggers]).toEqual([[], []]);
  expect(log.texts('info').join()).toContain('when it opens is not known');
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
  expect(log.texts('warning').join('\n')).toContain('task (monthly -1 10:00) is not run on 2027-01-05');
});
