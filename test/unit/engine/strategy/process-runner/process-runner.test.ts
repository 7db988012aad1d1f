import { describe, expect, test } from 'vitest';
import { BtError, errorCode, errorMessage } from '../../../../../src/domain/errors.ts';
import { SteppedClock } from '../../../../../src/platform/stepped-clock.ts';
import { FakeEngine } from '../fake-engine.ts';
import { AT_0935, CONTEXT, start, startIn } from '../running.ts';
import { Workspace } from '../workspace.ts';

describe('a strategy in its process', () => {
  test('has the hooks it declares or exports, from its entry file only', async () => {
    const { runner } = await start({
      'main.ts': `import './lib/tasks';\nfunction initialize() {}\nexport const handle_data = () => {};\nexport { after } from './lib/tasks';\nexport { after as after_trading_end } from './lib/tasks';\n`,
      'lib/tasks.ts': 'export function after() {}\nexport function before_trading_start() {}\n',
    });
    expect([...runner.hooks]).toEqual(['initialize', 'handle_data', 'after_trading_end']);
  });

  test('finds the API as globals, by name, as a whole and as default; the context is that of the dispatch', async () => {
    const running = await start(`
      import { log as named } from 'jqdata';
      import * as whole from 'jqdata';
      import jq from 'jqdata';
      function initialize(context) {
        named.info('named');
        whole.log.info('whole');
        jq.log.info('default');
        log.info('global ' + context.current_dt.toFormat('yyyy-MM-dd HH:mm:ss'));
        log.info('previous ' + String(context.previous_date));
      }`);
    expect(await running.hook('initialize')).toEqual({ kind: 'ok' });
    expect(running.engine.texts).toEqual([
      'named',
      'whole',
      'default',
      'global 2026-07-06 09:35:00',
      'previous 2026-07-03',
    ]);
    expect(running.engine.lines[0]).toMatchObject({ level: 'info', source: 'strategy', time: AT_0935 });
  });

  test('imports the libraries of JoinQuant by name, as a whole and as default', async () => {
    const running = await start(`
      import talib, { SMA } from 'talib';
      import { RSI } from 'jqlib/technical_analysis';
      import * as ta from 'jqlib.technical_analysis';
      import { technical_analysis } from 'jqlib';
      import { winsorize as fromLibrary } from 'jqfactor';
      import { winsorize as old } from 'kuanke.user_space_api';
      import { MA_judge_dayu } from 'kuanke/wizard';
      import { alpha_191 } from 'jqlib/alpha191';
      function initialize() {
        log.info(talib.MA([1, 2, 3], 3).at(-1), SMA([1, 2, 3], 2).at(-1));
        log.info(fromLibrary === old, old === winsorize, MA_judge_dayu.name, alpha_191.name);
        log.info(RSI === ta.RSI, technical_analysis.RSI === RSI, RSI([], '2026-07-03').length);
      }`);
    expect(await running.hook('initialize')).toEqual({ kind: 'ok' });
    expect(running.engine.texts).toEqual(['2 2.5', 'True True MA_judge_dayu alpha_191', 'True True 0']);
  });

  test("answers Python's imports, and loads np, math, datetime and time for a strategy that names them", async () => {
    const running = await start({
      'main.ts': `
      import numpy, { mean, delete as without } from 'numpy';
      import pandas from 'pandas';
      import sm from 'statsmodels.api';
      import { LinearRegression } from 'sklearn.linear_model';
      import { stats as scipy } from 'scipy';
      import { range, sum } from 'python';
      import { half } from './lib/half';
      function initialize() {
        log.info(numpy === np, mean([1, 2]), without([1, 2], 0), np.array([1, 2]).mul(2).tolist(), pandas === pd);
        log.info(sm.OLS([1, 2, 3.5], sm.add_constant([1, 2, 3])).fit().params.length, LinearRegression.name, scipy.linregress([1, 2], [1, 3]).slope);
        log.info(math.sqrt(16), datetime.datetime(2026, 7, 6, 9, 35).strftime('%H:%M'), time(9, 30), sum(range(4)), half(3));
      }`,
      'lib/half.ts': 'export const half = (x) => np.divide(x, 2);',
    });
    expect(await running.hook('initialize')).toEqual({ kind: 'ok' });
    expect(running.engine.texts).toEqual([
      'True 1.5 [2] [2, 4] True',
      '2 LinearRegression 2',
      '4 09:35 09:30:00 6 1.5',
    ]);
  });

  test('knows functions by file and declared name, whatever the bundler calls them', async () => {
    const running = await start({
      'main.ts': `import { buy as first } from './lib/a';\nimport { buy as second } from './lib/b';\nconst sell = () => { log.info('sell'); };\nfunction initialize() { for (const fn of [first, second, sell]) run_daily(fn, '09:35'); }\n`,
      'lib/a.ts': `export function buy() { log.info('a'); }`,
      'lib/b.ts': `export function buy() { log.info('b'); }`,
    });
    expect(await running.hook('initialize')).toEqual({ kind: 'ok' });
    expect(running.engine.registered.map(({ module, name }) => [module, name])).toEqual([
      ['lib/a.ts', 'buy'],
      ['lib/b.ts', 'buy'],
      ['main.ts', 'sell'],
    ]);
    for (const { module, name } of running.engine.registered) await running.task(name, module);
    expect(running.engine.texts).toEqual(['a', 'b', 'sell']);
  });

  test('a registered function that is gone is an error that says what to do', async () => {
    const running = await start('function initialize() {}');
    expect(await running.failure('buy')).toMatchObject({ code: 'STRATEGY_FUNCTION_MISSING', location: null });
  });

  test('calls are synchronous, and the engine is told which dispatch they belong to', async () => {
    const running = await start(`
      function initialize() {}
      function check(context) {
        const before = context.portfolio.available_cash;
        log.info([before, get_trade_days().length].join(' '));
      }`);
    expect(await running.task('check')).toEqual({ kind: 'ok' });
    expect(running.engine.texts).toEqual(['100000 2']);
    expect(running.engine.calls).toEqual([{ method: 'account', dispatch: CONTEXT }]);
  });

  test('the account is asked for again only when its version has changed', async () => {
    const running = await start(`
      function initialize() {}
      function check(context) { for (let i = 0; i < 3; i += 1) log.info(String(context.portfolio.available_cash)); }`);
    await running.task('check');
    await running.task('check');
    expect(running.engine.calls).toHaveLength(1);
    running.engine.cash = 5;
    running.runner.bumpAccount(1);
    await running.task('check');
    expect(running.engine.calls).toHaveLength(2);
    expect(running.engine.texts).toEqual([...Array.from({ length: 6 }, () => '100000'), '5', '5', '5']);
  });

  test('bars arrive as copies: the engine keeps its own, also when they are slices of a larger buffer', async () => {
    const cache = Float64Array.from({ length: 1000 }, (_, index) => index);
    const time = Float64Array.from([AT_0935 - 86_400_000, AT_0935]);
    const engine = new FakeEngine();
    engine.history = (request) =>
      Promise.resolve(
        request.securities.map((security) => ({ security, time, columns: { close: cache.subarray(10, 12) } })),
      );
    const running = await start(
      `function initialize() {}
       function check() {
         for (const _ of [1, 2]) log.info([...attribute_history('000001.XSHE', 2, '1d', ['close']).close].join(' '));
       }`,
      { engine },
    );
    expect(await running.task('check')).toEqual({ kind: 'ok' });
    expect(engine.texts).toEqual(['10 11', '10 11']);
    expect([cache.length, cache.buffer.byteLength, time.length]).toEqual([1000, 8000, 2]);
  });

  test('handle_data gets its data', async () => {
    const running = await start('export function handle_data(context, data) { log.info(typeof data.keys); }');
    expect(await running.hook('handle_data')).toEqual({ kind: 'ok' });
    expect(running.engine.texts).toEqual(['function']);
  });

  test('dispatches run in order, one at a time, async ones to their end', async () => {
    const running = await start(`
      function initialize() {}
      async function slow() { log.info('slow begins'); await new Promise((done) => setTimeout(done, 20)); log.info('slow ends'); }
      function quick() { log.info('quick'); }`);
    await Promise.all([running.task('slow'), running.task('quick'), running.task('slow')]);
    expect(running.engine.texts).toEqual(['slow begins', 'slow ends', 'quick', 'slow begins', 'slow ends']);
  });

  test('console and standard output end up in the log', async () => {
    const running = await start(`
      function initialize() {
        console.log('one %d', 1, { a: [1] });
        console.error('two');
        console.table([{ a: 1 }]);
        process.stdout.write('three\\n');
      }`);
    await running.hook('initialize');
    expect(running.engine.lines.slice(0, 2)).toMatchObject([
      { level: 'info', text: 'one 1 { a: [ 1 ] }', time: AT_0935 },
      { level: 'warning', text: 'two' },
    ]);
    expect(running.engine.texts[2]).toContain('│ a │');
    await expect.poll(() => running.log.texts('info')).toEqual(['three']);
  });

  test('sees nothing of the environment; dates without a zone are of Shanghai', async () => {
    const running = await start(
      `function initialize() { log.info(JSON.stringify(process.env) + new Date(${AT_0935}).getHours()); }`,
    );
    await running.hook('initialize');
    expect(running.engine.texts).toEqual(['{"TZ":"Asia/Shanghai"}9']);
  });

  test('import.meta means the author’s own file', async () => {
    const running = await start({
      'main.ts': `import './lib/data';\nfunction initialize() { log.info(import.meta.filename); }`,
      'lib/data.ts': `import { readFileSync } from 'node:fs';\nlog.info(readFileSync(new URL('./codes.txt', import.meta.url), 'utf8') + ' in ' + import.meta.dirname);`,
      'lib/codes.txt': '600000',
    });
    await running.hook('initialize');
    expect(running.engine.texts).toEqual([`600000 in ${running.space.path('lib')}`, running.space.path('main.ts')]);
  });
});

describe('Date and Math.random', () => {
  const SOURCE = `
    import { statSync } from 'node:fs';
    const rolls = () => [Math.random(), Math.random()].join(' ');
    log.info(rolls());
    function initialize() {}
    function times() {
      const made = new Date();
      log.info([Date.now() >= ${AT_0935}, Date.now() - ${AT_0935} < 60_000, made.getTime() >= ${AT_0935}, new Date(5).getTime()].join(' '));
      log.info([made instanceof Date, made.constructor === Date, statSync('/').mtime instanceof Date, typeof Date()].join(' '));
      const end = Date.now() + 20;
      while (Date.now() < end);
    }
    function roll() { log.info(rolls()); }`;

  test('Date shows market time and moves on; dates stay dates', async () => {
    const running = await start(SOURCE, { clock: new SteppedClock(AT_0935) });
    expect(await running.task('times')).toEqual({ kind: 'ok' });
    expect(running.engine.texts.slice(1)).toEqual(['true true true 5', 'true true true string']);
  });

  test('Math.random is seeded: the same in a run with the same seed, different in each dispatch and run', async () => {
    const rolls = async (seed: number | null): Promise<string[]> => {
      const running = await start(SOURCE, seed === null ? {} : { seed });
      await running.task('roll');
      await running.task('roll');
      return running.engine.texts;
    };
    const first = await rolls(7);
    expect(new Set(first).size).toBe(3);
    expect(await rolls(7)).toEqual(first);
    expect(await rolls(8)).not.toEqual(first);
    expect(await rolls(null)).not.toEqual(await rolls(null));
  });
});

describe('errors of a strategy', () => {
  test('are shown at the author’s lines, through imported files, without a frame of ours', async () => {
    const running = await start({
      'main.ts': `import { check } from './lib/check';\n\nfunction initialize() {}\n\nfunction buy() {\n  check(Object());\n}\n`,
      'lib/check.ts': `export function check(portfolio: { missing?: { x: number } }): number {\n  return portfolio.missing!.x;\n}\n`,
    });
    const error = await running.failure('buy');
    const { space } = running;
    const said =
      "TypeError: Cannot read properties of undefined (reading 'x'); what stands before it is not there: a key that is not in the dict " +
      'or a place behind the end of the list, where Python raises KeyError or IndexError; ask has(d, key) or len(list) first.';
    expect(error).toEqual({
      code: 'STRATEGY_ERROR',
      fault: null,
      message: said,
      stack: [
        said,
        `    at check (${space.path('lib/check.ts')}:2:29)`,
        `    at buy (${space.path('main.ts')}:6:3)`,
      ].join('\n'),
      location: `${space.path('lib/check.ts')}:2:29`,
    });
  });

  test.each(['策略 (1)/主 策略.ts', 'a#b/100%?.ts', 'blank s/main.mts'])(
    'file names may hold anything: %s',
    async (name) => {
      const space = await Workspace.make({
        [name]: 'function initialize() {\n  void 0;\n  throw new Error("x");\n}\n',
      });
      const running = await startIn(space, name);
      expect(await running.hook('initialize')).toMatchObject({
        kind: 'error',
        error: { location: `${space.path(name)}:3:9`, stack: `x\n    at initialize (${space.path(name)}:3:9)` },
      });
    },
  );

  test('an error of the engine keeps its code and fault, and gets the author’s line', async () => {
    const engine = new FakeEngine();
    engine.orders = () =>
      Promise.reject(new BtError('NOT_CONNECTED', 'no link; wait', { fault: 'network', details: { session: 'read' } }));
    const running = await start(
      `function initialize() {}
function caught() {
  try { get_orders(); } catch (error) { log.info([error.code, error.fault, error.details.session, error instanceof Error].join(' ')); }
}
function thrown() {
  get_orders();
}`,
      { engine },
    );
    expect(await running.task('caught')).toEqual({ kind: 'ok' });
    expect(engine.texts).toEqual(['NOT_CONNECTED network read true']);
    expect(await running.failure('thrown')).toMatchObject({
      code: 'NOT_CONNECTED',
      message: 'no link; wait',
      location: `${running.space.path('main.ts')}:6:3`,
    });
  });

  test('a fault of the engine is named as one', async () => {
    const engine = new FakeEngine();
    engine.orders = () => Promise.reject(new TypeError('oops'));
    const running = await start('function initialize() {}\nfunction buy() { get_orders(); }', { engine });
    expect(await running.failure('buy')).toMatchObject({
      code: 'ENGINE_FAULT',
      message: expect.stringContaining('oops') as string,
    });
  });

  test('an answer that cannot cross is an error of the call, not a hang', async () => {
    const engine = new FakeEngine();
    engine.orders = () => Promise.resolve([{ bad: () => {} } as never]);
    const running = await start('function initialize() {}\nfunction buy() { get_orders(); }', { engine });
    expect(await running.failure('buy')).toMatchObject({ code: 'ENGINE_FAULT' });
  });

  test.each([
    ['async function buy() {\n  await null;\n  throw new RangeError("late");\n}', 'RangeError: late', 4],
    [
      'function buy() {\n  void Promise.resolve().then(() => {\n    throw new Error("forgotten");\n  });\n}',
      'forgotten',
      4,
    ],
    [
      'async function fetchIt() {\n  throw new Error("forgotten");\n}\nfunction buy() { void fetchIt(); }',
      'forgotten',
      3,
    ],
    ['function buy() {\n  throw "text";\n}', 'thrown: text', null],
  ])('%j', async (source, message, line) => {
    const running = await start(`function initialize() {}\n${source}`);
    const error = await running.failure('buy');
    expect(error.message).toBe(message);
    expect(error.location?.split(':').at(-2) ?? null).toBe(line === null ? null : String(line));
    expect(await running.hook('initialize')).toEqual({ kind: 'ok' });
  });

  test('an error in a timer’s callback reaches the listeners, and the strategy goes on', async () => {
    const running = await start(`
function initialize() {
  setTimeout(() => {
    throw new Error('tick');
  }, 5);
}`);
    const faults: (string | null)[] = [];
    running.runner.onFault(({ message, location }) => faults.push(message, location));
    await running.hook('initialize');
    await expect.poll(() => faults).toEqual(['tick', `${running.space.path('main.ts')}:4:11`]);
    expect(await running.hook('initialize')).toEqual({ kind: 'ok' });
  });
});

describe('loading', () => {
  async function loadFailure(...args: Parameters<typeof start>): Promise<{ code: string | null; message: string }> {
    try {
      await start(...args);
    } catch (error) {
      return { code: errorCode(error), message: errorMessage(error) };
    }
    throw new Error('it was expected to fail');
  }

  test.each([
    [
      'const limits = {};\nlimits.max.value = 1;\nfunction initialize() {}',
      'main.ts:2:12: TypeError: Cannot set properties of undefined',
    ],
    ['function initialize() {}\nvoid Promise.reject(new Error("forgotten"));', 'main.ts:2:21: forgotten'],
    ['function initialize() {}\nprocess.exit(3);', 'ended itself with process.exit(3)'],
  ])('%j', async (source, text) => {
    const { code, message } = await loadFailure(source);
    expect(code).toBe('STRATEGY_LOAD');
    expect(message).toContain(text);
    expect(message).not.toContain('    at ');
  });

  test('a file that never ends loading is given up', async () => {
    const { code, message } = await loadFailure('function initialize() {}\nfor (;;);', { hookTimeoutMs: 300 });
    expect(code).toBe('STRATEGY_LOAD');
    expect(message).toContain('loading ran longer than 0.3 s (HOOK_TIME_OUT)');
  });

  test('an order at load is refused at the author’s line', async () => {
    const { message } = await loadFailure(`function initialize() {}\norder('000001.XSHE', 100);`);
    expect(message).toMatch(/main\.ts:2:1: /u);
  });
});

describe('the end of a strategy', () => {
  test('process.exit ends it with its code, after what it logged', async () => {
    const running = await start(`function initialize() { log.info('bye'); process.exit(7); }`);
    const ends: unknown[] = [];
    running.runner.onLost((end) => ends.push(end));
    expect(await running.hook('initialize')).toEqual({ kind: 'exit', code: 7 });
    expect(await running.hook('initialize')).toEqual({ kind: 'exit', code: 7 });
    expect(running.engine.texts).toEqual(['bye']);
    expect(ends).toEqual([{ kind: 'exit', code: 7 }]);
  });

  test.each([
    ['an endless loop', 'for (;;);'],
    ['a promise that never settles', 'return new Promise(() => {});'],
    ['a call that the engine does not answer', 'get_orders();'],
  ])('B10: %s is killed at the hook time-out, with everything that waits behind it', async (_what, body) => {
    const engine = new FakeEngine();
    engine.orders = () => new Promise(() => {});
    const running = await start(`function initialize() {}\nfunction stuck() { ${body} }`, {
      engine,
      hookTimeoutMs: 300,
      loadTimeoutMs: 30_000,
    });
    const ends: unknown[] = [];
    running.runner.onLost((end) => ends.push(end));
    const [stuck, behind] = await Promise.all([running.task('stuck'), running.hook('initialize')]);
    const lost = { kind: 'lost', reason: 'stuck ran longer than 0.3 s (HOOK_TIME_OUT)' };
    expect([stuck, behind, ...ends]).toEqual([lost, lost, lost]);
  });

  test('memory above the limit ends it, typed arrays included', async () => {
    const running = await start(
      `function initialize() {}
       const kept = [];
       function greedy() { for (;;) kept.push(new Float64Array(1_000_000).fill(1)); }`,
      { memoryLimitMb: 150 },
    );
    const result = await running.task('greedy');
    expect(result).toMatchObject({
      kind: 'lost',
      reason: expect.stringMatching(/MB of memory, above the limit of 150 MB/u) as string,
    });
  });

  test('stop lets the running hook finish, drops what waits, and tells no one', async () => {
    const running = await start(`
      function initialize() {}
      async function slow() { await new Promise((done) => setTimeout(done, 50)); log.info('finished'); }`);
    const ends: unknown[] = [];
    running.runner.onLost((end) => ends.push(end));
    const slow = running.task('slow');
    const waiting = running.hook('initialize');
    await running.runner.stop();
    expect(await slow).toEqual({ kind: 'ok' });
    expect(await waiting).toEqual({ kind: 'lost', reason: 'the strategy was stopped' });
    expect(await running.hook('initialize')).toEqual({ kind: 'lost', reason: 'the strategy was stopped' });
    expect(running.engine.texts).toEqual(['finished']);
    expect(ends).toEqual([]);
    await running.runner.stop();
  });
});
