import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { ProcessAhead, WaitingProcess } from '../../../../../src/engine/strategy/process-runner/waiting-process.ts';
import { temporaryFolder } from '../../../../temporary-folder.ts';
import { start } from '../running.ts';

const LOG_PID = 'function initialize() { log.info(String(process.pid)); }';

const options = (): ConstructorParameters<typeof ProcessAhead>[0] => ({
  folder: temporaryFolder('ahead'),
  memoryLimitMb: 512,
  inspect: false,
});

describe('a process that is started before its strategy is known', () => {
  test('is the one the strategy runs in', async () => {
    const waiting = new WaitingProcess(options());
    const running = await start(LOG_PID, { ahead: { take: () => waiting } });
    await running.hook('initialize');
    expect(running.engine.texts).toEqual([String(waiting.child.pid)]);
  });

  test('is handed over once, and then is not ended with what held it', () => {
    const ahead = new ProcessAhead(options());
    const waiting = ahead.take();
    ahead[Symbol.dispose]();
    expect(ahead.take()).toBeNull();
    expect(waiting?.child.killed).toBe(false);
    waiting?.child.kill('SIGKILL');
  });

  test('is not handed over when it has ended meanwhile', async () => {
    const ahead = new ProcessAhead(options());
    const child = ahead.child;
    child?.kill('SIGKILL');
    if (child !== null) await once(child, 'exit');
    expect(ahead.take()).toBeNull();
  });

  test('ends when nobody takes it', async () => {
    const ahead = new ProcessAhead(options());
    const child = ahead.child;
    ahead[Symbol.dispose]();
    if (child !== null) await once(child, 'exit');
    expect(child?.signalCode).toBe('SIGKILL');
  });

  test('ends by itself when the engine is gone', async () => {
    const { child } = new WaitingProcess(options());
    for (const pipe of child.stdio) pipe?.destroy();
    await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
  });

  test('is done without where it cannot be started: the start at its time tells why', () => {
    using ahead = new ProcessAhead({ ...options(), folder: '/nowhere/at/all' });
    expect(ahead.take()).toBeNull();
  });
});
