import { setTimeout as wait } from 'node:timers/promises';
import type { Quote } from '../src/domain/trading.ts';
import { DataRouter } from '../src/engine/data/data-router.ts';
import { Events } from '../src/engine/events.ts';
import { QuoteBoard } from '../src/engine/data/quote-board.ts';
import { TickFeed } from '../src/engine/data/tick-feed.ts';
import type { StrategyRunner } from '../src/engine/strategy/runner.ts';
import { nullLog } from '../src/platform/log.ts';
import { systemTimers, wallNow } from '../src/platform/timers.ts';
import { openVenue } from '../src/venues/registry.ts';
import { startGateway } from './bt.ts';
import { atMost } from './figure.ts';
import type { Figure, Row } from './figure.ts';
import { delays, probe } from './loop-delay.ts';
import { spreadOf } from './stats.ts';
import type { Spread } from './stats.ts';
import { askTask, CONTEXT, idleEngine, Lines, runTask, startStrategy } from './strategy-process.ts';

const SYMBOLS = Array.from({ length: 200 }, (_, index) => `${600_000 + index}.XSHG`);
const CALL_MS = 5_000;
const RUNS = 3;
/** Pause before each call, so that the calls end at different moments between two pushes. */
const PHASE_MS = 300;
/** Ticks come once a second, so the latest cannot be younger than that at any moment. */
const MAX_AGE_MS = 1_000;
const MAX_DELAY_MS = 10;
/** Sleeps in a call; afterwards it is given what came meanwhile. `time` of these ticks is when the engine received them. */
const STRATEGY = `
import { get_trade_days, log } from 'jqdata';
export function initialize() {}
const ages = new Map();
export function handle_tick(context, tick) {
  ages.set(tick.code, performance.timeOrigin + performance.now() - tick.datetime.toMillis());
}
export function sleep() { ages.clear(); get_trade_days(null, '2026-07-06', 1); }
export function report() { log.info(JSON.stringify([...ages.values()])); }`;

/**
 * Two hundred securities pushed each second by a gateway while a strategy sleeps in a call of five seconds: how old the latest tick
 * of each is when the call ends, on the engine's board and in the strategy, and how the engine's loop fares meanwhile.
 */
export const figure: Figure = {
  async run() {
    const gateway = await startGateway(['--at', '2026-07-06 10:00:00', '--speed', '1']);
    const { broker, provider } = await openVenue('qmt-remote', { env: gateway.settings, log: nullLog });
    const idle = probe();
    await provider.start();
    const lines = new Lines();
    const runner = await startStrategy(STRATEGY, idleEngine({ tradeDays: sleep, log: lines.take }));
    await wait(2_000);
    const idleDelay = delays(idle);
    const data = new DataRouter([provider]);
    const board = new QuoteBoard(data, systemTimers, { now: () => systemTimers.wallNow() });
    const received = new WeakMap<Quote, number>();
    const feed = feedFrom(data, runner);
    const arrived = everyTick(data, received);
    await feed.subscribe(SYMBOLS);
    await arrived;
    const onBoard: number[] = [];
    const inStrategy: number[] = [];
    const busy = probe();
    for (let run = 0; run < RUNS; run += 1) {
      await wait(PHASE_MS);
      await runTask(runner, 'sleep');
      onBoard.push(oldest((await board.read(SYMBOLS)).map((quote) => ageOf(quote, received))));
      inStrategy.push(oldest(await askTask(runner, lines, 'report')));
    }
    const delay = delays(busy);
    feed.stop();
    await Promise.all([runner.stop(), provider.stop(), broker.stop()]);
    return [
      ageRow('oldest of 200 ticks on the board after a 5 s call', onBoard),
      ageRow('oldest of 200 ticks the strategy is then given', inStrategy),
      delayRow(delay, idleDelay),
    ];
  },
};

function ageRow(what: string, ages: readonly number[]): Row {
  const spread = spreadOf(ages);
  return {
    what,
    unit: 'ms',
    shape: 'runs',
    spread,
    floor: null,
    target: atMost(MAX_AGE_MS, 'ms', 'max', spread.max),
  };
}

function delayRow(spread: Spread, idle: Spread): Row {
  return {
    what: "delay of the engine's loop meanwhile",
    unit: 'ms',
    shape: 'samples',
    spread,
    floor: { what: 'the same loop before the ticks', spread: idle },
    target: atMost(MAX_DELAY_MS, 'ms', 'p99', spread.p99),
  };
}

/** The engine's answer about trade days takes five seconds. */
async function sleep(): Promise<readonly string[]> {
  await wait(CALL_MS);
  return ['2026-07-06'];
}

/** Hands ticks on as the engine does, with the moment it received them as their time. */
function feedFrom(data: DataRouter, runner: StrategyRunner): TickFeed {
  return new TickFeed({
    data: {
      subscribe: (securities) => data.subscribe(securities),
      unsubscribe: (securities) => data.unsubscribe(securities),
      onTick: (listener) => data.onTick((quote) => listener({ ...quote, time: wallNow() })),
    },
    clock: { hold: () => () => undefined },
    log: nullLog,
    timers: systemTimers,
    events: new Events(),
    open: () => true,
    wanted: () => true,
    context: () => CONTEXT,
    dispatch: (ticks) => runner.dispatch(ticks),
    onEnd: (result) => {
      if (result.kind !== 'ok') throw new Error(`handle_tick ended with ${JSON.stringify(result)}`);
    },
  });
}

/** Resolves when all securities have had a tick; notes when each was received. */
function everyTick(data: DataRouter, received: WeakMap<Quote, number>): Promise<void> {
  const missing = new Set(SYMBOLS);
  return new Promise((resolve) => {
    data.onTick((quote) => {
      received.set(quote, wallNow());
      missing.delete(quote.security);
      if (missing.size === 0) resolve();
    });
  });
}

/** Wall ms since the tick came; Infinity for a quote that was asked for instead. */
function ageOf(quote: Quote | null, received: WeakMap<Quote, number>): number {
  const at = quote === null ? undefined : received.get(quote);
  return at === undefined ? Number.POSITIVE_INFINITY : wallNow() - at;
}

/** Infinity when some are missing. */
function oldest(ages: readonly number[]): number {
  return ages.length === SYMBOLS.length ? Math.max(...ages) : Number.POSITIVE_INFINITY;
}
