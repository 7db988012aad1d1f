import { describe, expect, test } from 'vitest';
import type { Quote } from '../../../../src/domain/trading.ts';
import { TickBuffer } from '../../../../src/engine/strategy/tick-buffer.ts';
import { FakeHost } from './fake-host.ts';
import { CONTEXT, Running } from './running.ts';

function quote(security: string, lastPrice: number): Quote {
  return {
    security,
    lastPrice,
    time: null,
    preClose: null,
    dayOpen: null,
    highLimit: null,
    lowLimit: null,
    bid1: null,
    ask1: null,
    volume: null,
    paused: null,
    isSt: null,
    name: null,
  };
}

describe('TickBuffer', () => {
  test('keeps the latest of each security, whatever comes', () => {
    const buffer = new TickBuffer();
    for (let round = 0; round < 1000; round += 1) {
      buffer.push(['a', 'b', 'c'].map((security) => quote(security, round)));
      expect(buffer.size).toBe(3);
    }
    expect(buffer.take().map(({ security, lastPrice }) => [security, lastPrice])).toEqual([
      ['a', 999],
      ['b', 999],
      ['c', 999],
    ]);
    expect(buffer.take()).toEqual([]);
  });
});

describe('pushTicks', () => {
  test('while the strategy is blocked only the latest of each symbol waits, and it arrives afterwards', async () => {
    const host = new FakeHost();
    const answer = Promise.withResolvers<[]>();
    const asked = Promise.withResolvers<void>();
    host.orders = () => {
      asked.resolve();
      return answer.promise;
    };
    const running = await Running.start(
      `const seen = {};
       let calls = 0;
       export function handle_tick(context, tick) { calls += 1; seen[tick.security] = tick.lastPrice; }
       function block() { get_orders(); }
       function report() { log.info(JSON.stringify([calls, Object.keys(seen).length, new Set(Object.values(seen)).size, seen.s0])); }`,
      { host },
    );
    const symbols = Array.from({ length: 200 }, (_, index) => `s${index}`);
    const blocked = running.task('block');
    await asked.promise;
    for (let round = 1; round <= 500; round += 1)
      running.worker.pushTicks(symbols.map((symbol) => quote(symbol, round)));
    answer.resolve([]);
    await blocked;
    await expect
      .poll(async () => {
        await running.task('report');
        return host.texts.at(-1);
      })
      .toBe('[200,200,1,500]');
    await running.close();
  });

  test('handle_tick never runs inside another hook, and its errors reach the listeners', async () => {
    const running = await Running.start(`
      export async function handle_tick(context, tick) { log.info('tick begins'); await null; log.info('tick ends'); if (tick.lastPrice < 0) throw new Error('negative'); }
      async function slow() { log.info('slow begins'); await new Promise((done) => setTimeout(done, 10)); log.info('slow ends'); }`);
    const faults: string[] = [];
    running.worker.onFault(({ message }) => faults.push(message));
    const slow = running.task('slow');
    running.worker.pushTicks([quote('a', 1)], CONTEXT);
    running.worker.pushTicks([quote('b', -1)], CONTEXT);
    await slow;
    await expect.poll(() => faults).toEqual(['negative']);
    expect(running.host.texts).toEqual([
      'slow begins',
      'slow ends',
      'tick begins',
      'tick ends',
      'tick begins',
      'tick ends',
    ]);
    expect(running.host.lines.at(-1)?.time).toBe(CONTEXT.logicalTime);
    await running.close();
  });

  test('without handle_tick nothing is sent', async () => {
    const running = await Running.start('function initialize() { log.info("here"); }');
    running.worker.pushTicks([quote('a', 1)]);
    expect(await running.hook('initialize')).toEqual({ kind: 'ok' });
    await running.close();
  });
});
