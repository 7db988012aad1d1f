import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CALLS, type CallName, type EngineCalls } from '../../../../../runtime/border/calls.ts';
import { unpackHistory } from '../../../../../runtime/border/packed-history.ts';
import { answerCall } from '../../../../../src/engine/strategy/border/answer-call.ts';
import { readCall, readFromStrategy } from '../../../../../src/engine/strategy/border/messages.ts';
import { BtError } from '../../../../../src/domain/errors.ts';
import { FakeEngine } from '../fake-engine.ts';
import { CONTEXT } from '../running.ts';

const REQUEST = {
  kind: 'amount',
  security: '000001.XSHE',
  quantity: 100,
  style: { kind: 'market', limitPrice: null },
  waitTimeout: null,
  remark: null,
  keep: null,
};

const engine = new FakeEngine();
const ask = (name: string, args: readonly unknown[], of: EngineCalls = engine) =>
  answerCall(of, [true, name, args], CONTEXT);

describe('a call', () => {
  test('of the table is answered', async () => {
    expect(await ask('placeOrder', [REQUEST])).toEqual([true, null]);
    expect(await ask('tradeDays', [null, null, 1])).toEqual([true, ['2026-07-03', '2026-07-06']]);
  });

  test.each(['', 'order', 'toString', '__proto__', 'constructor', 'x'.repeat(1e6)])(
    'that the table does not have is refused: %#',
    async (name) => {
      const reply = await ask(name, []);
      expect(reply).toMatchObject([false, { code: 'UNKNOWN_CALL', fault: 'strategy' }]);
      expect(JSON.stringify(reply).length).toBeLessThan(300);
    },
  );

  test.each<[string, readonly unknown[], string]>([
    ['account', [1], 'account takes 0 arguments, was given 1'],
    ['placeOrder', [], 'placeOrder takes 1 arguments, was given 0'],
    ['placeOrder', [null], 'argument 1 of placeOrder must be an object, was null'],
    [
      'placeOrder',
      [{ ...REQUEST, quantity: '100' }],
      "argument 1 of placeOrder.quantity must be a finite number, was '100'",
    ],
    [
      'placeOrder',
      [{ ...REQUEST, quantity: Number.NaN }],
      'argument 1 of placeOrder.quantity must be a finite number, was NaN',
    ],
    [
      'placeOrder',
      [{ ...REQUEST, style: { kind: 'stop' } }],
      "argument 1 of placeOrder.style.kind must be one of limit, market, was 'stop'",
    ],
    ['quotes', [['a', 5]], 'argument 1 of quotes[1] must be a text, was 5'],
    ['log', [{ level: 'loud' }], "argument 1 of log.level must be one of debug, info, warning, error, was 'loud'"],
  ])('%s with arguments of another shape is refused before the engine sees it: %#', async (name, args, problem) => {
    let seen = 0;
    const counting = new Proxy(engine, {
      get(target, key) {
        seen += 1;
        return Reflect.get(target, key) as unknown;
      },
    });
    const reply = await ask(name, args, counting);
    expect(reply).toMatchObject([false, { code: 'BAD_CALL', fault: 'strategy' }]);
    expect((reply[1] as { message: string }).message).toMatch(`${problem}: call the engine through`);
    expect(seen).toBe(0);
  });

  test('whose answer is not what the table promises is a fault of the engine', async () => {
    const wrong = new FakeEngine();
    wrong.quotes = () => Promise.resolve([{ security: 'a' } as never]);
    const reply = await ask('quotes', [['a']], wrong);
    expect(reply).toMatchObject([false, { code: 'ENGINE_FAULT', fault: 'bug' }]);
    expect((reply[1] as { message: string }).message).toContain('the answer to quotes[0].time must be a number');
  });

  test('keeps code and fault of an error of ours; columns are packed', async () => {
    const broken = new FakeEngine();
    broken.orders = () => Promise.reject(new BtError('NOT_CONNECTED', 'no link', { fault: 'network' }));
    expect(await ask('orders', [], broken)).toMatchObject([false, { code: 'NOT_CONNECTED', fault: 'network' }]);
    const blocks = [{ security: 'a', time: Float64Array.of(1), columns: { close: Float64Array.of(2) } }];
    broken.history = () => Promise.resolve(blocks);
    const request = {
      securities: ['a'],
      unit: '1d',
      count: 1,
      start: null,
      end: null,
      fields: ['close'],
      skipPaused: false,
      fillPaused: true,
      adjust: 'pre',
      includeToday: false,
      aligned: false,
      running: true,
    };
    const reply = await ask('history', [request], broken);
    expect([reply[0], unpackHistory(reply[1])]).toEqual([true, blocks]);
  });

  test('property: whatever is asked, there is an answer', async () => {
    const names = fc.oneof(fc.constantFrom<string>(...Object.keys(CALLS)), fc.string());
    await fc.assert(
      fc.asyncProperty(names, fc.array(fc.anything(), { maxLength: 4 }), async (name, args) => {
        const reply = await ask(name, args);
        expect(typeof reply[0]).toBe('boolean');
      }),
    );
  });
});

describe('the table', () => {
  test('the engine answers each of its calls, and no other', () => {
    for (const name of Object.keys(CALLS)) expect(typeof engine[name as CallName]).toBe('function');
  });
});

describe('what a strategy may post', () => {
  test.each([
    null,
    undefined,
    5,
    'x',
    [],
    {},
    [1, 'orders'],
    [1, 'orders', []],
    [null, 'orders', []],
    [true, 'orders', [], 1],
    [true, 5, []],
    [true, 'orders', {}],
  ])('%j is no call', (message) => {
    expect(readCall(message)).toBeNull();
  });

  test.each([
    null,
    5,
    {},
    { kind: 'done' },
    { kind: 'done', error: {} },
    { kind: 'ready', hooks: ['nonsense'] },
    { kind: 'ready' },
    { kind: 'fault', error: null },
    { kind: 'toString' },
  ])('%j means nothing to the engine', (message) => {
    expect(readFromStrategy(message)).toBeNull();
  });

  test('property: reading any message never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (message) => {
        readCall(message);
        readFromStrategy(message);
      }),
    );
  });
});
