import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { chinaDay, chinaText } from '../../../../src/domain/time.ts';
import { DEFAULT_LIMITS } from '../../../../src/engine/live-options.ts';
import { LiveRun } from '../../../../src/engine/live-run.ts';
import type { HookName } from '../../../../src/engine/strategy/hooks.ts';
import type { StrategyBundle } from '../../../../src/engine/strategy/types.ts';
import { decodeValue } from '../../../../runtime/state/decode.ts';
import { SteppedClock } from '../../../../src/platform/stepped-clock.ts';
import { nextTurn } from '../../../../src/platform/turn.ts';
import type { Broker } from '../../../../src/venues/broker.ts';
import type { Left } from '../../../simulation/fortnight/judge-fortnight.ts';
import { aQuote } from '../../domain/order/builders.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';
import { dataOf } from '../data-of.ts';
import { FakeBroker } from '../orders/fake-broker.ts';
import { mortal } from '../orders/mortal-broker.ts';
import { MemoryLog } from '../strategy/fake-engine.ts';
import { at } from '../time/scheduling.ts';
import { KillableDisk, type Life } from './killable-disk.ts';
import { ScriptRunner, type Script } from './script-runner.ts';

export const SECURITY = '510300.XSHG';
const STEP_MS = 100;

/** Where a process dies: the n-th time (from 1) it comes to that point. */
export interface Kill {
  readonly label: string;
  readonly nth: number;
  /** How long nobody is there then, market ms. */
  readonly downMs: number;
}

interface Process extends Life {
  readonly clock: SteppedClock;
  readonly timers: FakeTimers;
  runner: ScriptRunner | null;
  ready: boolean;
  readonly stop: AbortController;
  readonly run: LiveRun;
  ended: Promise<unknown>;
}

/** Runs a script from one instant to another, killed where it is said, each time started again. */
export class Fortnight {
  readonly #script: Script;
  readonly #hooks: readonly HookName[];
  readonly #disk = new KillableDisk();
  readonly #broker = new FakeBroker();
  readonly #points = new Map<string, number>();
  readonly #folders: string[] = [];
  readonly log = new MemoryLog();
  #kill: Kill | null;
  #now: number;
  #process: Process | null = null;

  constructor(script: Script, hooks: readonly HookName[], from: string, kill: Kill | null) {
    this.#script = script;
    this.#hooks = hooks;
    this.#kill = kill;
    this.#now = at(from);
    this.#broker.now = () => this.#process?.clock.now() ?? this.#now;
    this.#broker.cash = 10_000_000;
    this.#broker.onPlace = (request, broker) => {
      const order = broker.enter(request);
      broker.fill(order.orderId, order.amount);
      return { kind: 'accepted', orderId: order.orderId, order };
    };
  }

  async run(until: string): Promise<Left> {
    let end = at(until);
    let lives = 0;
    const kill = this.#kill;
    while (this.#now < end) {
      lives += 1;
      if (lives > 5) throw new Error('it dies again and again');
      const process = this.#start();
      await this.#drive(process, end);
      this.#now = process.clock.now();
      if (process.alive) await this.#end(process);
      else {
        this.#now += kill?.downMs ?? 0;
        // Somebody starts it again, also after the last day.
        end = Math.max(end, this.#now + 60_000);
      }
    }
    const left = this.#left(lives);
    this.#disk.close();
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
    return left;
  }

  #at(label: string, process: Life): void {
    const count = (this.#points.get(label) ?? 0) + 1;
    this.#points.set(label, count);
    if (this.#kill === null || this.#kill.label !== label || this.#kill.nth !== count) return;
    this.#kill = null;
    process.alive = false;
  }

  #start(): Process {
    const life: Life = { alive: true };
    const clock = new SteppedClock(this.#now);
    const timers = new FakeTimers(this.#now);
    const folder = mkdtempSync(join(tmpdir(), 'bt-fortnight-'));
    this.#folders.push(folder);
    const stop = new AbortController();
    const run = new LiveRun(
      {
        strategyFile: '/strategy.ts',
        name: 'fortnight',
        frequency: 'minute',
        broker: this.#brokerOf(life),
        providers: [dataOf(() => ({ ...QUOTE, time: clock.now() }))],
        knownSources: [],
        clock,
        startedAt: this.#now,
        timers,
        calendar: exchangeCalendar(),
        stateFolder: folder,
        until: null,
        real: false,
        positions: 'all',
        limits: DEFAULT_LIMITS,
        log: this.log,
        stop: stop.signal,
        onReady: () => {
          process.ready = true;
        },
      },
      this.#disk.open(life, (label) => this.#at(label, life)),
      BUNDLE,
      async (options) => {
        const runner = await ScriptRunner.start(this.#script, this.#hooks, options);
        process.runner = runner;
        return runner;
      },
    );
    const process: Process = Object.assign(life, {
      clock,
      timers,
      stop,
      run,
      runner: null,
      ready: false,
      ended: Promise.resolve<unknown>(null),
    });
    this.#process = process;
    process.ended = run.run().catch((error: unknown) => {
      if (process.alive) throw error;
    });
    return process;
  }

  #brokerOf(life: Life): Broker {
    const broker = mortal(this.#broker, life);
    const point = async <T>(label: string, work: () => Promise<T>): Promise<T> => {
      if (life.alive) this.#at(`${label} before`, life);
      const answer = await (life.alive ? work() : new Promise<T>(() => undefined));
      if (life.alive) this.#at(`${label} after`, life);
      return life.alive ? answer : new Promise<T>(() => undefined);
    };
    return {
      ...broker,
      place: (request) => point('place', () => broker.place(request)),
      orders: () => point('read orders', () => broker.orders()),
      account: () => point('read account', () => broker.account()),
    };
  }

  /** Lets time pass in small steps while something happens, else from one due instant to the next. */
  async #drive(process: Process, end: number): Promise<void> {
    const { clock, timers } = process;
    let quiet = 0;
    while (process.alive && clock.now() < end) {
      const isBusy = !process.ready || (process.runner?.running ?? 0) > 0 || quiet < 3;
      quiet = (process.runner?.running ?? 0) > 0 ? 0 : quiet + 1;
      if (isBusy) {
        timers.pass(STEP_MS);
        await clock.walk(clock.now() + STEP_MS);
      } else {
        await clock.walk(Math.min(clock.nextDue() ?? end, end));
        quiet = 0;
      }
      await nextTurn();
    }
  }

  async #end(process: Process): Promise<void> {
    process.stop.abort();
    const state = { ended: false };
    const done = process.ended.finally(() => {
      state.ended = true;
    });
    while (!state.ended && process.alive) {
      process.timers.pass(STEP_MS);
      await process.clock.walk(process.clock.now() + STEP_MS);
      await nextTurn();
    }
    if (process.alive) await done;
  }

  #left(lives: number): Left {
    const ledger = this.#disk.open({ alive: true }, () => undefined);
    const rows = ledger.triggersSince(0);
    const g = Object.fromEntries(ledger.state.variables().map(({ name, text }) => [name, decodeValue(text ?? 'null')]));
    return {
      triggers: new Map(rows.map(({ key, outcome, reason }) => [key, { outcome, reason }])),
      g,
      orders: this.#broker.book.map(({ createdAt, side, amount }) => `${chinaDay(createdAt ?? 0)} ${side} ${amount}`),
      held: this.#broker.book.reduce((sum, { filled }) => sum + filled, 0),
      points: this.#points,
      lives,
      began: chinaText(Number(ledger.setting('life_began'))),
    };
  }
}

const BUNDLE: StrategyBundle = {
  entry: '/strategy.ts',
  entryModule: 'strategy.ts',
  path: '/strategy.js',
  hash: 'one',
  inputs: [],
  functions: ['initialize', 'handle_data'],
  findings: [],
  uses: [],
  notes: [],
  python: null,
  cached: true,
};

const QUOTE = aQuote({
  security: SECURITY,
  lastPrice: 4,
  preClose: 4,
  highLimit: 4.4,
  lowLimit: 3.6,
  bid1: 3.999,
  ask1: 4,
});
