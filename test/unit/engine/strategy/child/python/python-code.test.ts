import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { bindHost } from '../../../../../../runtime/host.ts';
import { loadLibrary } from '../../../../../../runtime/libraries/index.ts';
import { PythonLink } from '../../../../../../src/engine/strategy/child/python/link.ts';
import { PythonCode } from '../../../../../../src/engine/strategy/child/python/python-code.ts';
import { PLAIN_MANNER } from '../../../../../../src/engine/strategy/types.ts';
import { findInterpreter } from '../../../../../python/interpreters.ts';
import { FakeHost, orderView } from '../../../../runtime/fake-host.ts';

const DOUBLE = fileURLToPath(new URL('../../../../../python/double.py', import.meta.url));
const STAMP = { now: 1_000, speed: 1, seed: 7 };
const READY = ['ready', { hooks: ['initialize', 'handle_data'], functions: [] }];
const python = findInterpreter();
const LIBRARIES = new Map([['jqfactor' as const, await loadLibrary('jqfactor')]]);

type Step = 'take' | { readonly send: unknown; readonly blocks?: readonly string[] };
interface Taken {
  readonly message: readonly unknown[];
  readonly blocks: string;
}

/** A script whose Python is played from a list of steps. */
class Played {
  readonly host = new FakeHost();
  readonly code: PythonCode;
  /** Market ms that it has waited. */
  readonly slept: number[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'bt-double-'));
  readonly #child: ChildProcess;

  constructor(steps: readonly Step[]) {
    const python = findInterpreter()?.path ?? '';
    this.#child = spawn(python, ['-B', DOUBLE, this.#folder, JSON.stringify(['take', ...steps])]);
    const [toPython, fromPython] = [join(this.#folder, 'to_python'), join(this.#folder, 'from_python')];
    const start = { toPython, fromPython, script: '/x/main.py', versionFile: 3, manner: PLAIN_MANNER, libraries: [] };
    const gone = (why: string | null): never => {
      throw new Error(why ?? 'Python has ended');
    };
    this.code = new PythonCode({
      start,
      entryModule: 'main.py',
      runParams: this.host.runParams,
      dispatch: () => this.host.dispatch(),
      stamp: STAMP,
      readsVersion: false,
      inputs: new Set(),
      libraries: LIBRARIES,
      now: () => 42,
      sleep: (ms) => this.slept.push(ms),
      version: () => 3,
      connect: () => PythonLink.open({ toPython, fromPython }, gone),
    });
    bindHost(this.host, (fn) => this.code.placeOf(fn));
  }

  async load(): Promise<readonly string[]> {
    return this.code.load(() => null);
  }

  async hook(): Promise<void> {
    await this.load();
    await this.code.call({ kind: 'hook', name: 'handle_data', context: this.host.dispatch() }, STAMP);
  }

  /** What it was sent so far. */
  taken(): readonly Taken[] {
    return JSON.parse(readFileSync(join(this.#folder, 'taken.json'), 'utf8')) as readonly Taken[];
  }

  end(): void {
    this.#child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const played: Played[] = [];

function play(...steps: Step[]): Played {
  const one = new Played(steps);
  played.push(one);
  return one;
}

/** Runs a hook in which Python calls something; what it is answered. */
async function answerTo(call: readonly unknown[], prepare: (host: FakeHost) => void = () => undefined): Promise<Taken> {
  const one = play({ send: READY }, 'take', { send: call }, 'take', { send: ['done', null] });
  prepare(one.host);
  await one.hook();
  const answer = one.taken().at(-1);
  if (answer === undefined) throw new Error('nothing came');
  return answer;
}

afterEach(() => {
  for (const one of played.splice(0)) one.end();
});

describe.skipIf(python === null)('a script in Python', () => {
  it('is started with the API, the classes and the stamp, and tells its hooks', async () => {
    const one = play({ send: READY });
    expect(await one.load()).toEqual(['initialize', 'handle_data']);
    const [start] = one.taken();
    expect(start?.message[0]).toBe('start');
    const told = start?.message[1] as Record<string, unknown>;
    expect(told).toMatchObject({
      script: '/x/main.py',
      module: 'main.py',
      stamp: STAMP,
      versionFile: null,
      kept: null,
    });
    const api = told['api'] as { functions: { name: string; args: string[]; defaults: object }[] };
    const order = api.functions.find(({ name }) => name === 'run_daily');
    expect(order).toMatchObject({ args: ['func', 'time', 'reference_security', 'force', 'late'] });
    expect(order?.defaults).toMatchObject({ time: '9:30', reference_security: null });
  });

  it('fails to load with its own error and line', async () => {
    const error = { type: 'NameError', message: "name 'x' is not defined", stack: 'File …', location: '/x/main.py:3' };
    const one = play({ send: ['load_failed', error] });
    await expect(one.load()).rejects.toSatisfy((thrown) => {
      expect(one.code.describe(thrown)).toEqual({
        code: 'STRATEGY_ERROR',
        message: "NameError: name 'x' is not defined",
        fault: null,
        stack: 'File …',
        location: '/x/main.py:3',
      });
      return true;
    });
  });

  it('calls a function of the API by its name, with positions and names', async () => {
    const call = [
      'call',
      'order',
      ['600000.XSHG', 100],
      { style: { $: 'new', c: 'LimitOrderStyle', a: [10.5], k: {} } },
    ];
    const one = play({ send: READY }, 'take', { send: call }, 'take', { send: ['done', null] });
    await one.hook();
    expect(one.host.placed).toMatchObject([
      { security: '600000.XSHG', quantity: 100, style: { kind: 'limit', limitPrice: 10.5 } },
    ]);
    expect(one.taken().at(-1)?.message).toMatchObject(['ret', { $: 'obj', c: 'Order' }]);
  });

  it('registers a task by the place of its function', async () => {
    const call = ['call', 'run_daily', [{ $: 'fn', module: 'main.py', name: 'trade', n: 1 }, '9:35'], {}];
    const one = play({ send: READY }, 'take', { send: call }, 'take', { send: ['done', null] });
    await one.hook();
    expect(one.host.tasks).toMatchObject([{ module: 'main.py', name: 'trade', time: '9:35' }]);
  });

  it('is told an error of ours with its code, its words and its fault', async () => {
    const { message } = await answerTo(['call', 'order', ['600000.XSHG', { $: 'num', v: 'nan' }], {}]);
    expect(message).toMatchObject(['err', { code: 'BAD_ARGUMENT', fault: 'strategy' }]);
    expect((await answerTo(['call', 'nothing_such', [], {}])).message).toMatchObject(['err', { code: 'UNKNOWN_CALL' }]);
  });

  it('gets a dict of orders in their order', async () => {
    const { message } = await answerTo(['call', 'get_orders', [], {}], (host) => {
      host.orderViews = [orderView({ orderId: '12' }), orderView({ orderId: '3' })];
    });
    expect(message).toMatchObject(['ret', { $: 'dict', v: [['12', { c: 'Order' }], ['3', { c: 'Order' }]] }]); // prettier-ignore
  });

  it('reads the account, the clock and the version', async () => {
    expect((await answerTo(['call', 'bt.portfolio', [], {}])).message).toMatchObject([
      'ret',
      { portfolio: { c: 'SubPortfolio' }, subportfolios: null },
    ]);
    expect((await answerTo(['call', 'bt.now', [], {}])).message).toEqual(['ret', 42]);
    expect((await answerTo(['call', 'bt.version', [], {}])).message).toEqual(['ret', 3]);
    expect((await answerTo(['call', 'bt.sleep', [2_000], {}])).message).toEqual(['ret', null]);
    expect(played.at(-1)?.slept).toEqual([2_000]);
  });

  it('asks for current data of a whole loop at once, and for what is costly when it is read', async () => {
    const { message } = await answerTo(
      ['call', 'bt.current_data', ['000001.XSHE', ['600000.XSHG', 'nonsense', '000001.XSHE']], {}],
      (host) => {
        const quote = (security: string) => ({ security, lastPrice: 10, preClose: 9, dayOpen: 9.5, name: null });
        for (const code of ['000001.XSHE', '600000.XSHG']) {
          host.quoteViews.set(code, {
            ...quote(code),
            time: null,
            highLimit: null,
            lowLimit: null,
            bid1: null,
            ask1: null,
            volume: null,
            paused: false,
            isSt: false,
          });
        }
      },
    );
    const list = message[1] as { v: unknown[] }[];
    expect(list.map(({ v }) => v[0])).toEqual(['000001.XSHE', '600000.XSHG']);
    expect(list[0]?.v.slice(5)).toEqual([false, false, { $: 'lazy' }, { $: 'lazy' }]);
  });

  it('is called back while its call is answered, and may call meanwhile', async () => {
    const factor = { $: 'factor', name: 'f', max_window: 1, dependencies: ['close'], calc: { $: 'cb', id: 5 } };
    const args = [['000001.XSHE'], [factor], '2026-07-02', '2026-07-02'];
    const one = play(
      { send: READY },
      'take',
      { send: ['call', 'jqfactor.calc_factors', args, {}] },
      'take', // the callback
      { send: ['call', 'bt.now', [], {}] },
      'take', // its answer
      { send: ['ret', { $: 'array', k: 'f8', o: 0, n: 1 }], blocks: ['000000000000f83f'] },
      'take', // the answer to calc_factors
      { send: ['done', null] },
    );
    one.host.days = ['2026-07-02'];
    await one.hook();
    const messages = one.taken().map(({ message }) => message);
    expect(messages[2]).toMatchObject(['callback', 5, [{ $: 'dict' }, { $: 'date', v: '2026-07-02' }]]);
    expect(messages[3]).toEqual(['ret', 42]);
    expect(messages[4]?.[0]).toBe('err'); // an array is no Series by code: our own words
  });

  it('hands over what has changed of its state', async () => {
    const kept = ['keep', [['g', 'a', 'py4:gAQu:1'], ['module', 'main.py:n', null]]]; // prettier-ignore
    const one = play({ send: READY }, 'take', { send: kept }, { send: ['done', null] });
    await one.hook();
    expect(one.code.changes()).toEqual([
      { part: 'g', name: 'a', text: 'py4:gAQu:1' },
      { part: 'module', name: 'main.py:n', text: null },
    ]);
    expect(one.code.changes()).toEqual([]);
  });

  it('fails with the error that its hook raised, and that of ours keeps its code', async () => {
    const error = { type: 'BtError', message: 'no money', stack: 's', location: null, code: 'NO_CASH', fault: 'venue' };
    const one = play({ send: READY }, 'take', { send: ['done', error] });
    await expect(one.hook()).rejects.toSatisfy((thrown) => {
      expect(one.code.describe(thrown)).toMatchObject({ code: 'NO_CASH', message: 'no money', fault: 'venue' });
      return true;
    });
  });

  it('takes several log lines that lie in the pipe together', async () => {
    const lines = Array.from({ length: 50 }, (_, i) => ({ send: ['post', 'log.info', [`line ${i}`], {}] }));
    const one = play({ send: READY }, 'take', ...lines, { send: ['done', null] });
    await one.hook();
    expect(one.host.lines.map(({ text }) => text)).toEqual(lines.map((_, i) => `line ${i}`));
  });
});
