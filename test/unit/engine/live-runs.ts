import { join } from 'node:path';
import { vi, expect } from 'vitest';
import { exchangeCalendar } from '../../../src/domain/market/calendar.ts';
import { runLive } from '../../../src/engine/live.ts';
import { DEFAULT_LIMITS, type LiveOptions } from '../../../src/engine/live-options.ts';
import type { RunReport } from '../../../src/engine/report.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';
import { systemTimers } from '../../../src/platform/timers.ts';
import type { Provider } from '../../../src/venues/provider.ts';
import { aQuote } from '../domain/order/builders.ts';
import { dataOf } from './data-of.ts';
import { FakeBroker } from './orders/fake-broker.ts';
import { MemoryLog } from './strategy/fake-engine.ts';
import type { Workspace } from './strategy/workspace.ts';
import { at } from './time/scheduling.ts';

/** An instance that is run again and again, each run with the strategy's own process, on time that is stepped. */
export class LiveRuns {
  readonly space: Workspace;
  readonly broker = new FakeBroker();
  /** Of the last run. */
  log = new MemoryLog();
  /** Securities that the last run has asked the venue to push. */
  subscribed: string[] = [];

  constructor(space: Workspace) {
    this.space = space;
  }

  get stateFolder(): string {
    return join(this.space.folder, 'state');
  }

  /** What the strategy has logged in the last run, by order. */
  get lines(): string[] {
    return this.log
      .texts('info')
      .filter((text) => text.startsWith('- '))
      .map((text) => text.slice(2));
  }

  /** The line that says what the last run went on from; undefined when it began anew. */
  get continues(): string | undefined {
    return this.log.texts('info').find((text) => text.startsWith('Continues from'));
  }

  /** Runs from one instant to another, waiting at those between for a line of the strategy or for work, and is then told to stop. */
  async run(
    from: string,
    to: string,
    between: readonly (readonly [time: string, line: string | (() => Promise<unknown>)])[] = [],
    change: Partial<LiveOptions> = {},
  ): Promise<RunReport> {
    const clock = new SteppedClock(at(from));
    this.broker.now = () => clock.now();
    this.log = new MemoryLog();
    this.subscribed = [];
    const ready = Promise.withResolvers<void>();
    const stop = new AbortController();
    const running = runLive({
      strategyFile: this.space.path('main.ts'),
      name: 'main',
      frequency: 'minute',
      broker: this.broker,
      providers: [this.#provider()],
      knownSources: [],
      clock,
      startedAt: clock.now(),
      timers: systemTimers,
      calendar: exchangeCalendar(),
      stateFolder: this.stateFolder,
      until: null,
      real: false,
      positions: null,
      limits: DEFAULT_LIMITS,
      log: this.log,
      stop: stop.signal,
      onReady: () => ready.resolve(),
      ...change,
    });
    await Promise.race([ready.promise, running]);
    for (const [time, line] of between) {
      await clock.walk(at(time));
      if (typeof line === 'function') await line();
      else await vi.waitFor(() => expect(this.lines).toContain(line), { timeout: 10_000 });
    }
    await clock.walk(at(to));
    stop.abort();
    return running;
  }

  #provider(): Provider {
    return dataOf(() => aQuote({ time: this.broker.now() }), {
      ticks: {
        serves: { securities: 'any' },
        subscribe: (securities) => {
          this.subscribed.push(...securities);
          return Promise.resolve();
        },
        unsubscribe: () => Promise.resolve(),
        onTick: () => () => undefined,
      },
    });
  }
}
