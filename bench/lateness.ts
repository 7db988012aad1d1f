import { StrategyState } from '../src/engine/strategy-state.ts';
import { InstanceState } from '../src/ledger/instance-state.ts';
import { setTimeout as wait } from 'node:timers/promises';
import { exchangeCalendar } from '../src/domain/market/calendar.ts';
import { chinaText } from '../src/domain/time.ts';
import { Events } from '../src/engine/events.ts';
import { Scheduler } from '../src/engine/time/scheduler.ts';
import { ledgerTriggers } from '../src/engine/trigger-store.ts';
import { Ledger } from '../src/ledger/ledger.ts';
import { nullLog } from '../src/platform/log.ts';
import { SimulatedClock } from '../src/platform/simulated-clock.ts';
import { wallNow } from '../src/platform/timers.ts';
import { WallClock } from '../src/platform/wall-clock.ts';
import { atMost } from './figure.ts';
import type { Figure, Floor, Row } from './figure.ts';
import { temporaryFolder } from './processes.ts';
import { percentile, spreadOf } from './stats.ts';
import { CONTEXT, idleEngine, startStrategy, TEN_O_CLOCK } from './strategy-process.ts';

const TASKS = 100;
/** Wall ms between two instants; no divisor of a second, so that all parts of one are met. */
const GAP_MS = 37;
const SPEED = 20;
const TARGET_MS = 20;
const LEAD_MS = 200;

/** Runs its one task once a market second, a hundred times, from a second of ours after it was loaded on. */
const STRATEGY = `
import { log, run_daily } from 'jqdata';
export function initialize() {
  for (let second = 0; second < ${TASKS}; second += 1) {
    const time = new Date(${TEN_O_CLOCK} + 8 * 3600000 + 20000 + second * 1000).toISOString().slice(11, 19);
    run_daily(task, { time });
  }
}
export function task(context) { log.info('here'); }`;

/**
 * How late a hundred tasks begin: callbacks of the wall clock beside plain timers for the same instants; and the whole way from the
 * scheduler through the ledger into the strategy, one task each market second on a clock of twenty seconds a second.
 */
export const figure: Figure = {
  async run() {
    const bare: number[] = [];
    const clock: number[] = [];
    await Promise.all([plainTimers(bare), wallClock(clock)]);
    const floor = { what: 'setTimeout', spread: spreadOf(bare) };
    return [
      row(`lateness of ${TASKS} instants of the clock`, clock, floor),
      row(`lateness of ${TASKS} tasks in the strategy`, await scheduled(), floor),
    ];
  },
};

function row(what: string, lateness: readonly number[], floor: Floor): Row {
  const spread = spreadOf(lateness);
  const target = atMost(TARGET_MS, 'ms', 'p99', percentile(lateness, 0.99));
  return { what, unit: 'ms', shape: 'samples', spread, floor, target };
}

/** Instants of the wall clock, epoch ms, from a moment from now on. */
function instants(offset: number): number[] {
  const first = wallNow() + LEAD_MS + offset;
  return Array.from({ length: TASKS }, (_, index) => first + index * GAP_MS);
}

async function plainTimers(lateness: number[]): Promise<void> {
  await Promise.all(
    instants(0).map(async (instant) => {
      await wait(instant - wallNow());
      lateness.push(wallNow() - instant);
    }),
  );
}

/** Between the plain timers, so that neither wakes the other. */
async function wallClock(lateness: number[]): Promise<void> {
  const clock = new WallClock();
  const due = instants(Math.floor(GAP_MS / 2));
  await Promise.all(
    due.map(
      (instant) =>
        new Promise<void>((resolve) => {
          clock.at(instant, () => {
            lateness.push(clock.now() - instant);
            resolve();
          });
        }),
    ),
  );
  clock.stop();
}

/** Wall ms from each task's instant until its first line reaches the engine. */
async function scheduled(): Promise<number[]> {
  const ledger = Ledger.open(temporaryFolder());
  const lateness: number[] = [];
  const finished = Promise.withResolvers<void>();
  const host = idleEngine({
    register: (task) => Promise.resolve(scheduler.register(task)),
    log: ({ time }) => {
      lateness.push((clock.now() - time) / SPEED);
      if (lateness.length === TASKS) finished.resolve();
    },
  });
  const runner = await startStrategy(STRATEGY, host);
  // Not before: loading takes seconds of this clock, and what is due meanwhile is not made up for.
  const clock = new SimulatedClock({ start: TEN_O_CLOCK, speed: SPEED });
  const scheduler = new Scheduler({
    clock,
    calendar: exchangeCalendar(),
    startedAt: clock.now(),
    bars: 'minute',
    startDay: CONTEXT.tradingDay,
    hooks: new Set(),
    dispatch: (task) => runner.dispatch(task.dispatch),
    triggers: ledgerTriggers(ledger, new StrategyState(new InstanceState(ledger)), 0),
    eventTimeoutMs: 3_600_000,
    gate: () => null,
    halted: () => null,
    events: new Events(),
    log: nullLog,
  });
  await runner.dispatch({ kind: 'hook', name: 'initialize', context: { ...CONTEXT, phase: 'initialize' } });
  if (scheduler.registrations().length !== TASKS)
    throw new Error(`not all tasks are registered at ${chinaText(clock.now())}`);
  scheduler.start();
  await finished.promise;
  await scheduler.stop();
  await runner.stop();
  clock.stop();
  ledger.close();
  return lateness;
}
