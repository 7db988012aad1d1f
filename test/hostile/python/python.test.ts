import { describe, expect, test, vi } from 'vitest';
import { readFileSync } from 'node:fs';
import { findInterpreter } from '../../python/interpreters.ts';
import { PRESSED } from '../strategies/trial.ts';
import { pythonTrial } from './python-trial.ts';

const python = findInterpreter();
const title = python === null ? 'scripts in Python that misbehave: needs python3' : 'scripts in Python that misbehave';

/** True while the process runs (a zombie does not). */
function runs(pid: number): boolean {
  try {
    return !/^State:\s*Z/mu.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return false;
  }
}

describe.skipIf(python === null || process.platform === 'win32')(title, () => {
  test('an endless loop', async () => {
    const { end } = await pythonTrial({ body: 'while True: pass', endless: true });
    expect(end).toEqual({ kind: 'lost', reason: `${PRESSED} while misbehave ran` });
  });

  test('an endless loop of calls into the engine', async () => {
    const { end } = await pythonTrial({ body: 'while True: get_trades()', endless: true });
    expect(end).toEqual({ kind: 'lost', reason: `${PRESSED} while misbehave ran` });
  });

  test('a segfault, told with its line', async () => {
    const { end } = await pythonTrial({ body: 'ctypes.string_at(0)' });
    expect(end).toMatchObject({
      kind: 'lost',
      reason: expect.stringMatching(/^Python was ended by SIGSEGV in misbehave \(.*main\.py:6\)$/u) as string,
    });
  });

  test.skipIf(process.platform !== 'linux')('memory without end', async () => {
    const body = 'held = []\nwhile True: held.append(bytearray(1 << 20))';
    const { end } = await pythonTrial({ body, limits: { memoryLimitMb: 256 } });
    expect(end).toMatchObject({
      kind: 'lost',
      reason: expect.stringMatching(/^Python holds \d+ MB of memory, above the limit of 256 MB/u) as string,
    });
  });

  test.each([
    ['print', 'while True: print("x" * 1000)'],
    ['bytes past print', 'while True: os.write(1, b"x" * 100000)'],
    ['complaints', 'while True: sys.stderr.write("x" * 1000)'],
    ['lines of the log', 'while True: log.info("x" * 1000)'],
  ])('a flood of output: %s', async (_what, body) => {
    const { end } = await pythonTrial({ body, endless: true });
    expect(end).toEqual({ kind: 'lost', reason: `${PRESSED} while misbehave ran` });
  });

  test('a process of its own that holds its pipes does not hang the end, and ends with it', async () => {
    const body =
      'pid = os.fork()\nif pid == 0:\n    import time\n    time.sleep(600)\nlog.info("child %d" % pid)\nos._exit(3)';
    const { end, running } = await pythonTrial({ body });
    expect(end).toEqual({ kind: 'exit', code: 3 });
    const pid = Number(/child (?<pid>\d+)/u.exec(running.engine.texts.join('\n'))?.groups?.['pid']);
    expect(pid).toBeGreaterThan(0);
    await vi.waitFor(() => expect(runs(pid)).toBe(false), { timeout: 10_000 });
  });

  test('its pipes closed under it', async () => {
    const { end } = await pythonTrial({
      body: 'os.closerange(3, 64)\nget_trades()',
      limits: { hookTimeoutMs: 10_000 },
    });
    expect(end.kind).not.toBe('ok');
  });

  test('nonsense in our pipe', async () => {
    const body =
      'for fd in range(3, 32):\n    try: os.write(fd, b"\\xff" * 64)\n    except OSError: pass\nget_trades()';
    const { end } = await pythonTrial({ body, limits: { hookTimeoutMs: 20_000 } });
    expect(end.kind).not.toBe('ok');
  });

  test('an error that says nothing true of itself', async () => {
    const body =
      'class Liar(Exception):\n    def __str__(self): raise ValueError("no")\n    __repr__ = __str__\nraise Liar()';
    const { end } = await pythonTrial({ body });
    expect(end).toMatchObject({ kind: 'error' });
  });

  test('signals that are meant for the engine end nothing', async () => {
    const { end } = await pythonTrial({ body: 'for number in (1, 2, 15): os.kill(os.getpid(), number)' });
    expect(end).toEqual({ kind: 'ok' });
  });
});
