import { beforeEach, describe, expect, test } from 'vitest';
import { BtError, errorCode } from '../../../../src/domain/errors.ts';
import type { Quote } from '../../../../src/domain/trading.ts';
import { TickBuffer } from '../../../../src/engine/data/tick-buffer.ts';
import { TickFeed } from '../../../../src/engine/data/tick-feed.ts';
import type { DispatchResult, TickDispatch } from '../../../../src/engine/strategy/types.ts';
import { Events } from '../../../../src/engine/events.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';
import { aQuote } from '../../domain/order/builders.ts';
import { MemoryLog } from '../strategy/fake-engine.ts';
import { CONTEXT } from '../strategy/running.ts';

const A = '000001.XSHE';
const B = '600000.XSHG';
const OK: DispatchResult = { kind: 'ok' };

/** Runs every promise callback that is due. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A venue that pushes what it is told to, and a strategy that runs a batch until the test ends it. */
class World {
  readonly asked: string[] = [];
  readonly batches: (readonly Quote[])[] = [];
  readonly ended: DispatchResult[] = [];
  readonly log = new MemoryLog();
  readonly timers = new FakeTimers();
  readonly events = new Events();
  isOpen = true;
  hasHook = true;
  refusal: BtError | null = null;
  holds = 0;
  listeners = 0;
  #push: (quote: Quote) => void = () => undefined;
  #finish: (result: DispatchResult) => void = () => undefined;
  readonly feed = new TickFeed({
    data: {
      subscribe: (codes) => this.#ask(`+${codes.join(' ')}`),
      unsubscribe: (codes) => this.#ask(`-${codes.join(' ')}`),
      onTick: (listener) => {
        this.#push = listener;
        this.listeners += 1;
        return () => {
          this.listeners -= 1;
        };
      },
    },
    clock: {
      hold: () => {
        this.holds += 1;
        return () => {
          this.holds -= 1;
        };
      },
    },
    log: this.log,
    timers: this.timers,
    events: this.events,
    open: () => this.isOpen,
    wanted: () => this.hasHook,
    context: () => CONTEXT,
    dispatch: (ticks) => this.#run(ticks),
    onEnd: (result) => this.ended.push(result),
  });

  push(security: string, lastPrice: number): void {
    this.#push(aQuote({ security, lastPrice }));
  }

  async finish(result: DispatchResult = OK): Promise<void> {
    this.#finish(result);
    await settle();
  }

  get prices(): (readonly (number | null)[])[] {
    return this.batches.map((quotes) => quotes.map(({ lastPrice }) => lastPrice));
  }

  #ask(what: string): Promise<void> {
    this.asked.push(what);
    return this.refusal === null ? Promise.resolve() : Promise.reject(this.refusal);
  }

  #run({ take }: TickDispatch): Promise<DispatchResult> {
    const { quotes, context } = take();
    expect(context).toBe(CONTEXT);
    if (quotes.length === 0) return Promise.resolve(OK);
    this.batches.push(quotes);
    return new Promise((resolve) => {
      this.#finish = resolve;
    });
  }
}

let world: World;
beforeEach(() => {
  world = new World();
});

describe('TickBuffer', () => {
  test('keeps the latest of each security, whatever comes', () => {
    const buffer = new TickBuffer();
    for (let round = 0; round < 1000; round += 1) {
      for (const security of ['a', 'b', 'c']) buffer.push(aQuote({ security, lastPrice: round }));
      expect(buffer.size).toBe(3);
    }
    buffer.drop(['b', 'nobody']);
    expect(buffer.take().map(({ security, lastPrice }) => [security, lastPrice])).toEqual([
      ['a', 999],
      ['c', 999],
    ]);
    expect(buffer.take()).toEqual([]);
  });
});

describe('handing on', () => {
  beforeEach(() => world.feed.subscribe([A, B]));

  test('one batch is outstanding; meanwhile the latest of each security waits', async () => {
    world.push(A, 1);
    for (const price of [2, 3, 4]) {
      world.push(A, price);
      world.push(B, price * 10);
    }
    expect(world.prices).toEqual([[1]]);
    await world.finish();
    expect(world.prices).toEqual([[1], [4, 40]]);
    await world.finish();
    expect(world.prices).toHaveLength(2);
    expect(world.ended).toEqual([OK, OK]);
  });

  test('a clock that jumps is held exactly while batches run', async () => {
    expect(world.holds).toBe(0);
    world.push(A, 1);
    world.push(A, 2);
    expect(world.holds).toBe(1);
    await world.finish();
    expect(world.holds).toBe(1);
    await world.finish();
    expect(world.holds).toBe(0);
  });

  test('what was not subscribed, or is no longer, is not handed on', async () => {
    world.push('300750.XSHE', 1);
    expect(world.batches).toEqual([]);
    world.push(A, 1);
    world.push(B, 2);
    await world.feed.unsubscribe([B]);
    await world.finish();
    world.push(B, 3);
    expect(world.prices).toEqual([[1]]);
    expect(world.asked).toEqual([`+${A} ${B}`, `-${B}`]);
  });

  test('what says nothing new is no tick', async () => {
    for (const price of [1, 1, 1]) world.push(A, price);
    await world.finish();
    world.push(A, 1);
    world.push(A, 2);
    await world.finish();
    expect(world.prices).toEqual([[1], [2]]);
    await world.feed.unsubscribe([A]);
    await world.feed.subscribe([A]);
    world.push(A, 2);
    expect(world.prices).toEqual([[1], [2], [2]]);
  });

  test('while the gate is closed ticks are dropped, not owed', async () => {
    world.isOpen = false;
    world.push(A, 1);
    world.isOpen = true;
    world.push(B, 2);
    expect(world.prices).toEqual([[2]]);
    await world.finish();
    expect(world.prices).toHaveLength(1);
  });

  test('after stop nothing is handed on, also not what waited', async () => {
    world.push(A, 1);
    world.push(A, 2);
    world.feed.stop();
    expect(world.listeners).toBe(0);
    await world.finish({ kind: 'lost', reason: 'x' });
    expect([world.prices, world.holds]).toEqual([[[1]], 0]);
  });
});

describe('subscribing', () => {
  test('asks the venue for what is new, and gives up all at once', async () => {
    await world.feed.subscribe([A]);
    await world.feed.subscribe(['000001.SZ', A]);
    await world.feed.subscribe([A, B]);
    await world.feed.unsubscribeAll();
    await world.feed.unsubscribeAll();
    expect(world.asked).toEqual([`+${A}`, `+${B}`, `-${A} ${B}`]);
  });

  test('what the venue refuses is thrown, and can be asked for again', async () => {
    world.refusal = new BtError('TOO_MANY', 'too many', { fault: 'venue' });
    await expect(world.feed.subscribe([A])).rejects.toMatchObject({ code: 'TOO_MANY' });
    world.push(A, 1);
    expect(world.batches).toEqual([]);
    world.refusal = null;
    await world.feed.subscribe([A]);
    expect(world.asked).toEqual([`+${A}`, `+${A}`]);
  });

  test('a malformed code is refused before the venue is asked', async () => {
    const refused = await world.feed.subscribe(['nonsense']).catch(errorCode);
    expect([refused, world.asked]).toEqual(['BAD_SECURITY', []]);
  });

  test('without handle_tick it is said once, and the quotes are subscribed all the same', async () => {
    world.hasHook = false;
    await world.feed.subscribe([A]);
    await world.feed.subscribe([B]);
    expect(world.log.texts('warning')).toHaveLength(1);
    expect(world.log.texts('warning')[0]).toContain('no handle_tick(context, tick)');
    world.push(A, 1);
    expect([world.asked, world.batches]).toEqual([[`+${A}`, `+${B}`], []]);
  });
});

describe('what the last run had subscribed', () => {
  const busy = new BtError('REQUEST_TIMEOUT', 'no answer in 10 s', { fault: 'network' });
  let told: string[];
  beforeEach(() => {
    told = [];
    world.events.on((event) => {
      if (event.kind === 'alarm') told.push(`${event.alarm.code} ${event.alarm.text}`);
      if (event.kind === 'all_clear') told.push(`clear ${event.code}`);
    });
  });

  test('is asked for until it is given, told once, with an all-clear', async () => {
    world.refusal = busy;
    await world.feed.restore([A, B]);
    expect(world.feed.subscriptions()).toEqual([A, B]);
    for (const [index, seconds] of [5, 15, 30, 60, 60].entries()) {
      await world.timers.advance(seconds * 1_000 - 1);
      expect(world.asked.length).toBe(index + 1);
      await world.timers.advance(1);
      expect(world.asked.length).toBe(index + 2);
    }
    expect(told).toEqual([expect.stringMatching(/^TICKS_MISSING The ticks of 000001.XSHE, 600000.XSHG .*no answer/u)]);
    world.refusal = null;
    await world.timers.advance(60_000);
    expect(told.slice(1)).toEqual(['clear TICKS_MISSING']);
    expect([world.timers.armed, world.asked.at(-1)]).toEqual([0, `+${A} ${B}`]);
    world.push(A, 1);
    expect(world.prices).toEqual([[1]]);
  });

  test('that is given at once is not spoken of', async () => {
    await world.feed.restore([A]);
    await world.feed.restore([]);
    expect([told, world.timers.armed, world.asked]).toEqual([[], 0, [`+${A}`]]);
  });

  test('is asked for by the strategy itself too, and no more when it does not want it', async () => {
    world.refusal = busy;
    await world.feed.restore([A, B]);
    await expect(world.feed.subscribe([A])).rejects.toThrow('no answer');
    world.refusal = null;
    await world.feed.subscribe([A]);
    expect(told.length).toBe(1);
    await world.feed.unsubscribe([B]);
    expect([told.at(-1), world.timers.armed]).toEqual(['clear TICKS_MISSING', 0]);
    expect(world.feed.subscriptions()).toEqual([A]);
  });

  test('is not asked for when the run has ended', async () => {
    world.refusal = busy;
    await world.feed.restore([A]);
    world.feed.stop();
    expect(world.timers.armed).toBe(0);
  });
});
