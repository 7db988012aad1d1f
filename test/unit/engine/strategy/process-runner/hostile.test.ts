import { describe, expect, test } from 'vitest';
import { BtError } from '../../../../../src/domain/errors.ts';
import { FakeEngine } from '../fake-engine.ts';
import { start } from '../running.ts';

describe('anything may be thrown', () => {
  test.each([
    ['throw Object.create(null);', 'thrown: something that cannot be made a text'],
    ['throw { toString() { throw new Error("inner"); } };', 'thrown: something that cannot be made a text'],
    ['throw undefined;', 'thrown: undefined'],
    ['throw null;', 'thrown: null'],
    ['throw Symbol("s");', 'thrown: Symbol(s)'],
    ['throw () => 1;', 'thrown: () => 1'],
    [
      'throw new Proxy({}, { get() { throw new Error("get"); }, getPrototypeOf() { throw new Error("proto"); } });',
      'thrown: something that cannot be made a text',
    ],
    ['const e = new Error("x"); e.toString = () => { throw new Error("inner"); }; throw e;', 'x'],
    ['throw Object.defineProperty(new Error("x"), "message", { get() { throw new Error("inner"); } });', 'undefined'],
    ['throw Object.defineProperty(new Error("x"), "stack", { get() { throw new Error("inner"); } });', 'x'],
    ['throw Object.assign(new Error("x"), { stack: 5, name: {}, code: {}, cause: 5, fault: "venue" });', 'x'],
    ['throw Object.assign(new Error("x"), { message: { deep: () => 1 } });', '[object Object]'],
    ['throw Object.assign(new Error("x"), { name: "BtError", code: () => 1, fault: "venue" });', 'x'],
  ])('%s', async (body, message) => {
    const running = await start(`function initialize() {}\nfunction buy() { ${body} }`);
    const error = await running.failure('buy');
    expect(error).toMatchObject({ code: 'STRATEGY_ERROR', fault: null, message });
    expect(await running.hook('initialize')).toEqual({ kind: 'ok' });
  });

  test('a text of any length is cut, with its stack', async () => {
    const running = await start('function initialize() {}\nfunction buy() { throw new Error("x".repeat(3_000_000)); }');
    const { message, stack } = await running.failure('buy');
    expect([message.length, stack.length].every((length) => length < 25_000)).toBe(true);
    expect(message).toContain('(3000000 characters)');
  });

  test.each(['Object.create(null)', 'new Proxy({}, { get() { throw 1; } })'])(
    'outside a hook, and as a rejection: %s',
    async (thrown) => {
      const running = await start(`
        function initialize() { setTimeout(() => { throw ${thrown}; }, 1); }
        async function reject() { throw ${thrown}; }
        function forget() { void reject(); }`);
      const faults: string[] = [];
      running.runner.onFault(({ message }) => faults.push(message));
      await running.hook('initialize');
      await expect.poll(() => faults).toEqual(['thrown: something that cannot be made a text']);
      expect((await running.failure('reject')).code).toBe('STRATEGY_ERROR');
      expect((await running.failure('forget')).code).toBe('STRATEGY_ERROR');
    },
  );

  test('while the file loads', async () => {
    await expect(start('function initialize() {}\nthrow Object.create(null);')).rejects.toMatchObject({
      code: 'STRATEGY_LOAD',
    });
  });

  test('a process that dies of it, its own guards removed, is lost and ends nothing else', async () => {
    const running = await start(`
      function initialize() {
        process.removeAllListeners('uncaughtException');
        setTimeout(() => { throw Object.create(null); }, 1);
      }`);
    const ends: unknown[] = [];
    running.runner.onLost((end) => ends.push(end));
    await running.hook('initialize');
    const reason = 'its process crashed: thrown: something that cannot be made a text';
    await expect.poll(() => ends).toEqual([{ kind: 'lost', reason }]);
  });
});

describe('the fault of an error', () => {
  const venue = new BtError('QMT_RECONNECTING', 'QMT is reconnecting', { fault: 'venue' });

  test.each([
    ['get_orders();', 'QMT_RECONNECTING', 'venue'],
    ['try { get_orders(); } catch (error) { throw error; }', 'QMT_RECONNECTING', 'venue'],
    [
      'try { get_orders(); } catch (cause) { throw new Error("cannot trade", { cause }); }',
      'QMT_RECONNECTING',
      'venue',
    ],
    [
      'try { get_orders(); } catch (cause) { throw new Error("a", { cause: new TypeError("b", { cause }) }); }',
      'QMT_RECONNECTING',
      'venue',
    ],
    ['try { get_orders(); } catch (error) { throw new Error(error.message); }', 'STRATEGY_ERROR', null],
    ['try { get_orders(); } catch { null.x; }', 'STRATEGY_ERROR', null],
    ['const a = new Error("a"); a.cause = a; throw a;', 'STRATEGY_ERROR', null],
    ['order("nonsense", 100);', 'BAD_SECURITY', 'strategy'],
  ])('%s', async (body, code, fault) => {
    const engine = new FakeEngine();
    engine.orders = () => Promise.reject(venue);
    const running = await start(`function initialize() {}\nfunction buy() { ${body} }`, { engine });
    expect(await running.failure('buy')).toMatchObject({ code, fault });
  });

  test('one that was wrapped shows the author’s words, and ours below them', async () => {
    const engine = new FakeEngine();
    engine.orders = () => Promise.reject(venue);
    const running = await start(
      'function initialize() {}\nfunction buy() { try { get_orders(); } catch (cause) { throw new Error("cannot trade", { cause }); } }',
      { engine },
    );
    const { message, stack } = await running.failure('buy');
    expect(message).toBe('cannot trade');
    expect(stack).toContain('caused by QMT_RECONNECTING: QMT is reconnecting');
  });
});

/** What a strategy needs to write to the engine past our runtime: the pipe of its calls is open as file 4. */
const RAW = `
  import { writeSync } from 'node:fs';
  import { serialize } from 'node:v8';
  const frame = (body) => { const head = Buffer.alloc(4); head.writeUInt32LE(body.length); return Buffer.concat([head, body]); };
  const raw = (message) => writeSync(4, frame(serialize(message)));`;

describe('anything may be sent to the engine', () => {
  const MESSAGES = [
    'null',
    'undefined',
    '"x"',
    '{}',
    '[1]',
    '{ kind: "done", error: 5 }',
    '{ kind: "fault", error: {} }',
    '[3, "toString", []]',
    '[false, "toString", []]',
    '[false, "log", [null]]',
    '[false, "setting", []]',
    '[false, "__proto__", []]',
    '[1n, new Map([[1, 2]]), /x/]',
  ];

  test('and ends neither the engine nor the strategy; it is said once', async () => {
    const running = await start(`${RAW}
      function initialize() {}
      function send() {
        for (const message of [${MESSAGES.join(', ')}]) raw(message);
        writeSync(4, frame(Buffer.from('no message at all')));
        writeSync(4, frame(Buffer.alloc(0)));
      }
      function check() { log.info(String(get_trade_days().length)); }`);
    expect(await running.task('send')).toEqual({ kind: 'ok' });
    expect(await running.task('check')).toEqual({ kind: 'ok' });
    expect(running.engine.texts).toEqual(['2']);
    expect(running.log.texts('warning')).toHaveLength(1);
    expect(running.log.texts('warning')[0]).toMatch(/^The strategy sent the engine .* left aside/u);
  });

  test('a message of a length that none has ends the strategy', async () => {
    const running = await start(`${RAW}
      function initialize() {}
      function send() { writeSync(4, Buffer.from('GET / HTTP/1.1')); for (;;); }`);
    const reason = `it sent the engine a message of ${Buffer.from('GET ').readUInt32LE()} bytes`;
    expect(await running.task('send')).toEqual({ kind: 'lost', reason });
  });

  test('calls whose answers nobody reads are answered no more, and fill no memory', async () => {
    const engine = new FakeEngine();
    let asked = 0;
    const days = Array.from({ length: 10_000 }, () => '2026-07-03');
    engine.tradeDays = () => {
      asked += 1;
      return Promise.resolve(days);
    };
    const running = await start(
      `${RAW}
      function initialize() {}
      function flood() { for (let i = 0; i < 1000; i += 1) raw([true, 'tradeDays', [null, null, 5]]); }`,
      { engine },
    );
    expect(await running.task('flood')).toEqual({ kind: 'ok' });
    expect(asked).toBeLessThan(10);
  });

  test('what is longer than any call is refused at the author’s line', async () => {
    const running = await start(`
      function initialize() {}
      function give() {
        set_option('use_real_price', 'x'.repeat(100 * 1024 * 1024));
      }`);
    expect(await running.failure('give')).toMatchObject({ code: 'BAD_CALL', fault: 'strategy' });
  });

  test('what cannot be handed over is an error at the author’s line', async () => {
    const running = await start(`
      function initialize() {}
      function give() {
        set_option('use_real_price', () => 1);
      }`);
    expect(await running.failure('give')).toMatchObject({
      code: 'BAD_CALL',
      fault: 'strategy',
      location: `${running.space.path('main.ts')}:4:9`,
    });
  });

  test('an end that no hook had is left aside', async () => {
    const running = await start(`${RAW}
      function initialize() { setTimeout(() => raw({ kind: 'done', error: null }), 1); }
      function wait() { return new Promise((done) => setTimeout(done, 20)); }
      function buy() { log.info('bought'); }`);
    await running.hook('initialize');
    await running.task('wait');
    expect(await running.task('buy')).toEqual({ kind: 'ok' });
    expect(running.engine.texts).toEqual(['bought']);
  });
});
