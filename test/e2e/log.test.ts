import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { StatusPlace } from '../unit/status/status-folder.ts';
import { BT } from './cli-process.ts';

let place: StatusPlace;
let folder = '';
beforeEach(() => {
  place = new StatusPlace();
  folder = place.instance('one').folder;
});
afterEach(() => place.close());

const LINES = 1_000;
const line = (n: number): string =>
  `${JSON.stringify({ level: 'info', time: '', market: '2026-07-06 10:00:00.000', source: 'bt', text: `${n} ${'x'.repeat(9_000)}` })}\n`;

function log(...args: string[]): ReturnType<typeof start> {
  return start(['log', '--state', folder, ...args]);
}

function start(args: readonly string[]) {
  const env = { PATH: process.env['PATH'] ?? '', TMPDIR: place.root };
  const child = spawn(process.execPath, ['--', BT, ...args], {
    cwd: place.root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

function numbers(text: string): number[] {
  return text
    .trimEnd()
    .split('\n')
    .map((each) => Number((JSON.parse(each) as { text: string }).text.split(' ')[0]));
}

describe('bt log --json', () => {
  test('gives who reads slowly every line', { timeout: 60_000 }, async () => {
    writeFileSync(join(folder, 'bt.log'), Array.from({ length: LINES }, (_, n) => line(n)).join(''));
    const child = log('--json', '--lines', String(LINES));
    const closed = once(child, 'close');
    child.stdout.setEncoding('utf8');
    let text = '';
    for await (const part of child.stdout) text += String(part);
    expect((await closed)[0]).toBe(0);
    expect(numbers(text)).toEqual(Array.from({ length: LINES }, (_, n) => n));
  });

  test('follows, and ends cleanly when its reader has gone', { timeout: 60_000 }, async () => {
    writeFileSync(join(folder, 'bt.log'), line(0));
    const child = log('--json', '-f');
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    await once(child.stdout, 'data');
    appendFileSync(join(folder, 'bt.log'), line(1));
    await once(child.stdout, 'data');
    const closed = once(child, 'close');
    child.stdout.destroy();
    // It learns of it when it writes.
    const writing = setInterval(() => appendFileSync(join(folder, 'bt.log'), line(2)), 200);
    onTestFinished(() => clearInterval(writing));
    expect(await closed).toEqual([0, null]);
    expect(said).toBe('');
  });
});
