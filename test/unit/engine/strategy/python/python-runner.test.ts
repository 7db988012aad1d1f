import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { ProcessAhead } from '../../../../../src/engine/strategy/process-runner/waiting-process.ts';
import { findPython } from '../../../../../src/engine/strategy/python/interpreter.ts';
import { findInterpreter } from '../../../../python/interpreters.ts';
import { aQuote } from '../../../domain/order/builders.ts';
import { FakeEngine } from '../fake-engine.ts';
import { CONTEXT, startIn, type Running } from '../running.ts';
import { Workspace } from '../workspace.ts';

async function script(source: string, options: Parameters<typeof startIn>[2] = {}): Promise<Running> {
  return startIn(await Workspace.make({ 'main.py': source }), 'main.py', options);
}

const AT_PID = `
import os
def initialize(context):
    log.info('pid %d' % os.getpid())
`;

function pidOf({ engine }: Running): number {
  return Number(/pid (?<pid>\d+)/u.exec(engine.texts.join('\n'))?.groups?.['pid']);
}

/** The state of a process, as Linux has it; null = there is none. */
function stateOf(pid: number): string | null {
  try {
    return /^State:\s*(?<state>\w)/mu.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.groups?.['state'] ?? null;
  } catch {
    return null;
  }
}

/** The strategy's process of Node: the one child of ours that runs its entry. */
function strategyPid(): number {
  const children = readdirSync('/proc').filter((name) => /^\d+$/u.test(name) && isStrategy(name));
  const [only] = children;
  if (children.length !== 1 || only === undefined) throw new Error(`${children.length} strategies run`);
  return Number(only);
}

function isStrategy(pid: string): boolean {
  try {
    const parent = /^PPid:\s*(?<pid>\d+)/mu.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.groups?.['pid'];
    const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return Number(parent) === process.pid && line.includes('child/entry.ts') && stateOf(Number(pid)) !== 'Z';
  } catch {
    return false; // it has ended meanwhile
  }
}

async function gone(pid: number): Promise<void> {
  await vi.waitFor(() => expect([null, 'Z']).toContain(stateOf(pid)), { timeout: 10_000 });
}

describe.skipIf(findInterpreter() === null)('a strategy in Python', () => {
  it('runs its hooks and tasks, calls the engine, and prints to the log', async () => {
    const running = await script(`
def initialize(context):
    g.n = 1
    run_daily(trade, time='9:35')
def trade(context):
    g.n += 1
    print('cash', context.portfolio.available_cash, g.n)
`);
    expect([...running.runner.hooks]).toEqual(['initialize']);
    expect(await running.hook('initialize')).toEqual({ kind: 'ok' });
    expect(running.engine.registered).toMatchObject([{ module: 'main.py', name: 'trade', time: '9:35' }]);
    expect(await running.task('trade', 'main.py')).toEqual({ kind: 'ok' });
    expect(running.engine.texts).toContain('cash 100000.0 2');
  });

  it('asks for the bars, and the tables, of a list that it walks in a few requests', async () => {
    const engine = new FakeEngine();
    const asked: number[] = [];
    engine.history = ({ securities }) => {
      asked.push(securities.length);
      const [time, close] = [Float64Array.of(0), (code: string) => Float64Array.of(Number(code.slice(0, 6)))];
      return Promise.resolve(securities.map((security) => ({ security, time, columns: { close: close(security) } })));
    };
    const running = await script(
      `
def initialize(context):
    stocks = ['%06d.XSHE' % n for n in range(1, 301)]
    wrong = [code for code in stocks if last_close(code) != int(code[:6])]
    print(len(stocks), wrong)
def last_close(code):
    return attribute_history(code, 1, '1d', ['close'], df=False)['close'][-1]
`,
      { engine },
    );
    expect(await running.hook('initialize')).toEqual({ kind: 'ok' });
    expect(running.engine.texts).toContain('300 []');
    expect(asked).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 45]);
  });

  it('sees the account as it is, without a call while it is the same', async () => {
    const running = await script(`
def initialize(context):
    for _ in range(20): context.portfolio.available_cash
    print(context.portfolio.available_cash)
`);
    await running.hook('initialize');
    running.engine.cash = 5;
    running.runner.bumpAccount(1);
    await running.hook('initialize');
    expect(running.engine.texts).toEqual(['100000.0', '5.0']);
    expect(running.engine.calls.filter(({ method }) => method === 'account')).toHaveLength(2);
  });

  it('is called for each tick of a batch, and one that fails takes no other with it', async () => {
    const running = await script(`
def handle_tick(context, tick):
    print(tick.code, tick.current, context.current_dt)
    if tick.code == '000001.XSHE': raise ValueError('bad')
`);
    const quotes = ['000001.XSHE', '600000.XSHG'].map((security) => aQuote({ security, lastPrice: 10 }));
    const result = await running.runner.dispatch({ kind: 'ticks', take: () => ({ quotes, context: CONTEXT }) });
    expect(result).toMatchObject({ kind: 'error', error: { message: 'ValueError: bad' } });
    expect(running.engine.texts).toEqual([
      '000001.XSHE 10.0 2026-07-06 09:35:00',
      '600000.XSHG 10.0 2026-07-06 09:35:00',
    ]);
  });

  it('leaves no names of its pipes behind, not even while it runs', async () => {
    const running = await script('def initialize(context): pass\n');
    expect(readdirSync(running.space.outDir).filter((name) => name.startsWith('python-'))).toEqual([]);
  });

  it("fails at the author's line with Python's text", async () => {
    const running = await script('def initialize(context):\n    pass\ndef trade(context):\n    return {}["x"]\n');
    const error = await running.failure('trade', 'main.py');
    expect(error).toMatchObject({ code: 'STRATEGY_ERROR', message: "KeyError: 'x'", fault: null });
    expect(error.location).toMatch(/main\.py:4$/u);
    expect(error.stack).toContain('in trade');
  });

  it('fails with an error of ours, which it may catch', async () => {
    const running = await script(`
def initialize(context): pass
def trade(context):
    try:
        order('600000.XSHG', float('nan'))
    except Exception as error:
        print('caught', error)
    order('nonsense', 100)
`);
    const error = await running.failure('trade', 'main.py');
    expect(running.engine.texts[0]).toMatch(/^caught .*finite number/u);
    expect(error).toMatchObject({ code: 'BAD_SECURITY', fault: 'strategy' });
    expect(error.location).toMatch(/main\.py:8$/u);
  });

  it('cannot be loaded when its top level raises, and says where', async () => {
    await expect(script('def initialize(context): pass\nx = 1 / 0\n')).rejects.toMatchObject({
      code: 'STRATEGY_LOAD',
      message: expect.stringMatching(/main\.py:2: ZeroDivisionError/u) as string,
    });
  });

  it('ends with the code that it leaves with', async () => {
    const running = await script('import sys\ndef initialize(context): pass\ndef trade(context): sys.exit(7)\n');
    expect(await running.task('trade', 'main.py')).toEqual({ kind: 'exit', code: 7 });
  });

  it('is lost when its Python crashes, and the line is told', async () => {
    const running = await script(
      'import ctypes\ndef initialize(context): pass\ndef f(context):\n    ctypes.string_at(0)\n',
    );
    expect(await running.task('f', 'main.py')).toEqual({
      kind: 'lost',
      reason: expect.stringMatching(/^Python was ended by SIGSEGV in f \(.*main\.py:4\)$/u) as string,
    });
  });

  it('keeps what it has changed, and finds it again', async () => {
    const source = `
def initialize(context):
    g.codes = ['a']
    context.mine = 5
def look(context):
    print(g.codes, context.mine, count)
def count_up(context):
    global count
    count += 1
count = 1
`;
    const running = await script(source);
    await running.hook('initialize');
    await running.task('count_up', 'main.py');
    const kept = running.engine.changes.flat();
    expect(kept.map(({ part, name }) => `${part} ${name}`)).toEqual(
      expect.arrayContaining(['g codes', 'context mine']),
    );
    expect(kept.some(({ part }) => part === 'module')).toBe(true);
    const engine = new FakeEngine();
    engine.left = { variables: kept, settings: [] };
    const again = await script(source, { engine });
    await again.task('look', 'main.py');
    expect(engine.texts).toEqual(["['a'] 5 2"]);
  });

  it('does not go on with what a strategy in TypeScript has kept', async () => {
    const engine = new FakeEngine();
    engine.left = { variables: [{ part: 'g', name: 'codes', text: '["a"]' }], settings: [] };
    await expect(script('def initialize(context): pass\n', { engine })).rejects.toMatchObject({
      code: 'STATE_OF_OTHER_LANGUAGE',
    });
  });

  it('uses the Python that was started ahead', async () => {
    const space = await Workspace.make({ 'main.py': AT_PID });
    const python = await findPython(space.path('main.py'), null);
    using ahead = new ProcessAhead({ folder: space.folder, memoryLimitMb: 512, inspect: false });
    ahead.startPython(python);
    const pids: (number | null)[] = [];
    const taken = {
      take: () => {
        const waiting = ahead.take();
        pids.push(waiting?.python?.pid ?? null);
        return waiting;
      },
    };
    const running = await startIn(space, 'main.py', { ahead: taken });
    await running.hook('initialize');
    expect(pids).toEqual([pidOf(running)]);
  });
});

describe.skipIf(findInterpreter() === null || process.platform !== 'linux')('the Python of a strategy', () => {
  it('ends with the strategy', async () => {
    const running = await script(AT_PID);
    await running.hook('initialize');
    const pid = pidOf(running);
    expect(stateOf(pid)).not.toBeNull();
    await running.runner.stop();
    await gone(pid);
  });

  it('ends when the hook has its time-out, also in native code that nothing interrupts', async () => {
    const running = await script(`${AT_PID}
def f(context):
    import re
    re.match('(a+)+$', 'a' * 64 + 'b')
`, { hookTimeoutMs: 3_000, loadTimeoutMs: 60_000 }); // prettier-ignore
    await running.hook('initialize');
    const pid = pidOf(running);
    expect(await running.task('f', 'main.py')).toMatchObject({ kind: 'lost' });
    await gone(pid);
  });

  it('ends above its memory', async () => {
    const running = await script(`
def initialize(context): pass
def f(context):
    held = [bytearray(1 << 20) for _ in range(2000)]
    while True: pass
`, { memoryLimitMb: 300 }); // prettier-ignore
    expect(await running.task('f', 'main.py')).toEqual({
      kind: 'lost',
      reason: expect.stringMatching(/Python holds \d+ MB of memory, above the limit of 300 MB/u) as string,
    });
  });

  it('ends when somebody kills the process of the strategy', async () => {
    const running = await script(AT_PID);
    await running.hook('initialize');
    const pid = pidOf(running);
    const ended = new Promise((resolve) => running.runner.onLost(resolve));
    process.kill(strategyPid(), 'SIGKILL');
    expect(await ended).toMatchObject({ kind: 'lost' });
    await gone(pid);
  });

  it('ends the strategy when somebody kills it', async () => {
    const running = await script(`${AT_PID}
def f(context):
    while True: pass
`); // prettier-ignore
    await running.hook('initialize');
    const ended = running.task('f', 'main.py');
    process.kill(pidOf(running), 'SIGKILL');
    expect(await ended).toEqual({ kind: 'lost', reason: expect.stringMatching(/ended by SIGKILL/u) as string });
  });
});
