import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { keepSecret } from '../../../src/platform/exit-text.ts';
import { createLog, nullLog } from '../../../src/platform/log.ts';
import type { LogOptions } from '../../../src/platform/log.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const MORNING = Date.parse('2026-07-06T09:35:00.250+08:00');
const DAY = 86_400_000;
let folder = '';
let lines: string[] = [];

beforeEach(() => {
  folder = temporaryFolder('log');
  lines = [];
});

function open(options: Partial<LogOptions> = {}): ReturnType<typeof createLog> {
  return createLog({
    level: 'info',
    screen: true,
    clock: () => MORNING,
    print: (line) => lines.push(line),
    ...options,
  });
}

function records(file: string): Record<string, unknown>[] {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the screen', () => {
  test('shows market time with its date, level, source, text and plain fields', () => {
    const log = open();
    log.child('order').info('filled', { security: '518880.XSHG', amount: 100, row: { hidden: true } });
    log.write({ level: 'warning', source: 'strategy', text: 'late', time: MORNING + 60_000 });
    expect(lines).toEqual([
      '2026-07-06 09:35:00 INFO  order    filled  security=518880.XSHG amount=100',
      '2026-07-06 09:36:00 WARN  strategy late',
    ]);
  });

  test('keeps out what is below the level', () => {
    const log = open({ level: 'warning' });
    log.debug('a');
    log.info('b');
    log.warning('c');
    log.error('d');
    expect(lines.map((line) => line.at(-1))).toEqual(['c', 'd']);
  });

  test('indents further lines and lets no control character through', () => {
    open().info('one\r\ntwo\u001b[2Jthree\ttab');
    expect(lines).toEqual(['2026-07-06 09:35:00 INFO  bt       one\n  two?[2Jthree\ttab']);
  });

  test('has colours only when asked', () => {
    open({ colors: true }).error('red');
    open().error('plain');
    expect(lines[0]).toContain('\u001b[');
    expect(lines[1]).not.toContain('\u001b[');
  });

  test('survives an impossible time', () => {
    open().write({ level: 'info', source: 'x', text: 'y', time: Number.NaN });
    expect(lines).toEqual(['? INFO  x        y']);
  });
});

describe('the file', () => {
  test('has one JSON line an entry as soon as write returns', () => {
    const file = join(folder, 'sub', 'bt.log');
    const log = open({ file, screen: false, level: 'warning', fileLevel: 'debug' });
    log.child('wire').debug('sent', { bytes: 12, nested: { a: [1, 'b'] } });
    expect(records(file)).toEqual([
      {
        level: 'debug',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/u) as string,
        market: '2026-07-06 09:35:00.250',
        source: 'wire',
        text: 'sent',
        fields: { bytes: 12, nested: { a: [1, 'b'] } },
      },
    ]);
    log.close();
    log.info('after close');
    expect(records(file)).toHaveLength(1);
  });

  test('takes values that are cyclic, huge or not JSON', () => {
    const file = join(folder, 'bt.log');
    const log = open({ file, screen: false });
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    log.info('odd', { cycle, big: 12n, none: undefined, nan: Number.NaN, error: new Error('inner'), when: new Map() });
    log.close();
    expect(records(file)[0]).toMatchObject({ text: 'odd' });
    expect(readFileSync(file, 'utf8')).toContain('inner');
  });

  test('is set aside before it grows past its size, and only so many are kept', () => {
    const file = join(folder, 'bt.log');
    const log = open({ file, screen: false, rotation: { maxBytes: 400, keep: 2, wallNow: () => MORNING } });
    for (let i = 0; i < 20; i += 1) log.info(`line ${i} ${'x'.repeat(50)}`);
    log.close();
    const names = readdirSync(folder).toSorted();
    expect(names).toHaveLength(3);
    expect(names).toContain('bt.log');
    expect(names.filter((name) => /^bt\.2026-07-06\.\d+\.log$/u.test(name))).toHaveLength(2);
    for (const name of names) expect(readFileSync(join(folder, name)).length).toBeLessThanOrEqual(400);
    expect(records(file).at(-1)?.['text']).toContain('line 19');
  });

  test('is set aside when the day is over, under the day it holds', () => {
    let now = MORNING;
    const file = join(folder, 'bt.log');
    const log = open({ file, screen: false, rotation: { wallNow: () => now } });
    log.info('monday');
    now += DAY;
    log.info('tuesday');
    log.close();
    expect(records(join(folder, 'bt.2026-07-06.1.log')).map((line) => line['text'])).toEqual(['monday']);
    expect(records(file).map((line) => line['text'])).toEqual(['tuesday']);
  });

  test('that cannot be written is reported once, and tried again a minute later', () => {
    let now = MORNING;
    const file = join(folder, 'logs', 'bt.log');
    writeFileSync(join(folder, 'logs'), 'a file where a folder should be');
    const log = open({ file, rotation: { wallNow: () => now } });
    log.info('one');
    log.info('two');
    expect(lines.filter((line) => line.includes('cannot be written'))).toHaveLength(1);
    expect(lines.filter((line) => line.endsWith('one') || line.endsWith('two'))).toHaveLength(2);
    rmSync(join(folder, 'logs'));
    now += 30_000;
    log.info('three');
    expect(existsSync(file)).toBe(false);
    now += 30_000;
    log.info('four');
    log.close();
    expect(records(file).map((line) => line['text'])).toEqual(['four']);
    expect(lines.at(-1)).toContain('3 lines are missing');
  });

  test('that cannot be set aside grows on', () => {
    const file = join(folder, 'bt.log');
    let now = MORNING;
    const log = open({ file, rotation: { wallNow: () => now } });
    log.info('monday');
    rmSync(file); // its renaming must fail now
    now += DAY;
    log.info('tuesday');
    log.info('tuesday too');
    log.close();
    expect(records(file).map((line) => line['text'])).toEqual(['tuesday', 'tuesday too']);
    expect(lines.filter((line) => line.includes('cannot be set aside'))).toHaveLength(1);
  });
});

describe('secrets', () => {
  test('appear in no output, wherever they stand', () => {
    const token = 'k3Jd82hsQ9xZ';
    const file = join(folder, 'bt.log');
    keepSecret(token);
    const log = open({ file });
    log.child('server').warning(`peer sent ${token}`, {
      line: `token=${token}`,
      deep: { list: [`a ${token} b`] },
      Token: 'anything',
      error: new Error(`bad ${token}`),
    });
    log.info('the stub speaks');
    log.close();
    const all = lines.join('\n') + readFileSync(file, 'utf8');
    expect(all).not.toContain(token);
    expect(all).not.toContain('anything');
    expect(all).toContain('peer sent ***');
    expect(all).toContain('the stub speaks');
  });
});

test('nullLog swallows everything', () => {
  nullLog.child('x').error('nothing');
  nullLog.write({ level: 'error', source: 'x', text: 'y', time: null });
  expect(lines).toEqual([]);
});

test('a file that is a pipe nobody reads is not waited for, and what was cut off spoils no other line', () => {
  const file = join(folder, 'bt.pipe');
  execFileSync('mkfifo', [file]);
  const reader = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  let now = MORNING;
  const log = open({ file, rotation: { wallNow: () => now } });
  for (let i = 0; i < 2_000; i += 1) log.info(`line ${i} ${'x'.repeat(100)}`);
  expect(lines.filter((line) => line.includes('cannot be written'))).toHaveLength(1);
  const taken = Buffer.alloc(2 ** 20);
  const first = readSync(reader, taken);
  now += 60_000;
  log.info('the last one');
  const second = readSync(reader, taken, { offset: first });
  log.close();
  closeSync(reader);
  const texts = taken
    .toString('utf8', 0, first + second)
    .trimEnd()
    .split('\n');
  const broken = texts.filter((text) => !text.endsWith('}'));
  expect(broken.length).toBeLessThanOrEqual(1);
  expect(texts.at(-1)).toContain('the last one');
});
