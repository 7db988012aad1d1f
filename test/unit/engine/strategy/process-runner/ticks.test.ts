import { describe, expect, test } from 'vitest';
import type { Quote } from '../../../../../src/domain/trading.ts';
import type { DispatchResult } from '../../../../../src/engine/strategy/types.ts';
import { aQuote } from '../../../domain/order/builders.ts';
import { FakeEngine } from '../fake-engine.ts';
import { CONTEXT, start, type Running } from '../running.ts';

const quote = (security: string, lastPrice: number): Quote => aQuote({ security, lastPrice });

function ticks(running: Running, quotes: readonly Quote[]): Promise<DispatchResult> {
  return running.runner.dispatch({ kind: 'ticks', take: () => ({ quotes, context: CONTEXT }) });
}

describe('a batch of ticks', () => {
  test('is one call of handle_tick a quote, with JoinQuant’s tick and the context of the batch', async () => {
    const running = await start(`
      export function handle_tick(context, tick) {
        log.info([context.current_dt.strftime('%T'), tick.code, tick.current, tick.a1_p, Number.isNaN(tick.money)].join(' '));
      }`);
    expect(await ticks(running, [quote('000001.XSHE', 1), quote('600000.XSHG', 2)])).toEqual({ kind: 'ok' });
    const ask = aQuote().ask1;
    expect(running.engine.texts).toEqual([
      `09:35:00 000001.XSHE 1 ${String(ask)} true`,
      `09:35:00 600000.XSHG 2 ${String(ask)} true`,
    ]);
  });

  test('is taken when its turn has come, not before', async () => {
    const engine = new FakeEngine();
    const answer = Promise.withResolvers<[]>();
    const asked = Promise.withResolvers<void>();
    engine.orders = () => {
      asked.resolve();
      return answer.promise;
    };
    const running = await start(
      `export function handle_tick(context, tick) { log.info(String(tick.current)); }\nfunction block() { get_orders(); }`,
      { engine },
    );
    const blocked = running.task('block');
    await asked.promise;
    let price = 1;
    const batch = running.runner.dispatch({
      kind: 'ticks',
      take: () => ({ quotes: [quote('a', price)], context: CONTEXT }),
    });
    price = 2;
    answer.resolve([]);
    await Promise.all([blocked, batch]);
    expect(engine.texts).toEqual(['2']);
  });

  test('runs in its turn among hooks, async ones to their end', async () => {
    const running = await start(`
      export async function handle_tick(context, tick) { log.info('tick begins'); await null; log.info('tick ends'); }
      async function slow() { log.info('slow begins'); await new Promise((done) => setTimeout(done, 10)); log.info('slow ends'); }`);
    await Promise.all([running.task('slow'), ticks(running, [quote('a', 1)]), running.task('slow')]);
    expect(running.engine.texts).toEqual([
      'slow begins',
      'slow ends',
      'tick begins',
      'tick ends',
      'slow begins',
      'slow ends',
    ]);
  });

  test('one tick that fails does not take the others with it; the first error is the batch’s', async () => {
    const running = await start(`
      export function handle_tick(context, tick) {
        if (tick.current < 0) throw new Error('negative ' + tick.code);
        log.info(tick.code);
      }`);
    const result = await ticks(running, [quote('a', 1), quote('b', -1), quote('c', -1), quote('d', 1)]);
    expect(result).toMatchObject({ kind: 'error', error: { message: 'negative b' } });
    expect(running.engine.texts).toEqual(['a', 'd']);
  });

  test('that is empty by then, or that the strategy has no hook for, is done with', async () => {
    const running = await start('function initialize() { log.info("here"); }');
    expect(await ticks(running, [])).toEqual({ kind: 'ok' });
    expect(await ticks(running, [quote('a', 1)])).toEqual({ kind: 'ok' });
    expect(await running.hook('initialize')).toEqual({ kind: 'ok' });
  });
});

test('subscribe crosses to the engine, and what the venue refuses is thrown at the author’s line', async () => {
  const engine = new FakeEngine();
  const asked: unknown[] = [];
  engine.subscribe = (securities) => {
    asked.push(securities);
    return securities.length > 2
      ? Promise.reject(Object.assign(new Error('订阅数量超过上限 2'), { code: 'REQUEST_FAILED', fault: 'venue' }))
      : Promise.resolve();
  };
  engine.unsubscribeAll = () => {
    asked.push('none');
    return Promise.resolve();
  };
  const running = await start(
    `function initialize() {
  subscribe('000001.XSHE', 'tick');
  unsubscribe_all();
  subscribe(['000001.XSHE', '000002.XSHE', '600000.XSHG'], 'tick');
}`,
    { engine },
  );
  expect(await running.hook('initialize')).toMatchObject({
    kind: 'error',
    error: { message: '订阅数量超过上限 2', fault: 'venue', location: `${running.space.path('main.ts')}:4:3` },
  });
  expect(asked).toEqual([['000001.XSHE'], 'none', ['000001.XSHE', '000002.XSHE', '600000.XSHG']]);
});
