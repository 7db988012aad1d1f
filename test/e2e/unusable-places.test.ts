import { execFile } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { BT, bt } from './cli-process.ts';
import type { Finished } from './cli-process.ts';

let home = '';
beforeEach(() => {
  home = temporaryFolder('places');
  writeFileSync(
    join(home, 'quiet.ts'),
    `import { log } from 'jqdata';\nexport function initialize() { log.info('hello'); }\nexport function after_trading_end() {}\n`,
  );
  writeFileSync(
    join(home, 'waits.ts'),
    'await new Promise(() => {});\nexport function initialize() {}\nexport function after_trading_end() {}\n',
  );
});

const MARKET = ['--broker', 'qmt-remote', '--with-stub', '--at', '2026-07-06 09:34:30'];
const STUB = [
  '--broker',
  'qmt-remote',
  '--with-stub',
  '--at',
  '2026-07-06 09:34:30',
  '--speed',
  'max',
  '--until',
  '09:35:30',
];
const GATEWAY = { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: '1', QMT_SERVER_TOKEN: 'stub' };

function live(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
  return bt(['live', ...args], { cwd: home, env: { TMPDIR: home, ...env } });
}

/** One line that says what to change, and exit code 1. */
function expectLine({ code, stderr }: Finished, what: RegExp): void {
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^bt: [^\n]*\n$/u) as string });
  expect(stderr).toMatch(what);
  expect(stderr).not.toContain('fault of bt');
}

describe('one line says what to change when the state', () => {
  test.each([
    ['lies where no folder can be made', '/proc/no-such/x', /\/proc\/no-such.*refused.*Name another/u],
    ['is a file', 'quiet.ts', /quiet\.ts.*refused.*Name another/u],
    ['lies below a file', 'quiet.ts/below', /quiet\.ts.*refused.*Name another/u],
  ])('%s', async (_what, place, line) => {
    expectLine(await live(['quiet.ts', '--broker', 'qmt-remote'], { ...GATEWAY, RUNTIME_DIR: place }), line);
    expectLine(await live(['quiet.ts', ...STUB, '--state', place]), line);
  });

  test('has damaged pages', async () => {
    const state = ['--state', join(home, 'state')];
    expect((await live(['quiet.ts', ...STUB, ...state])).code).toBe(0);
    const ledger = join(home, 'state', 'ledger.db');
    const file = openSync(ledger, 'r+');
    for (let page = 2; page < statSync(ledger).size / 4096; page += 1)
      writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, page * 4096);
    closeSync(file);
    const damaged = readFileSync(ledger);
    expectLine(
      await live(['quiet.ts', ...MARKET, ...state]),
      /ledger\.db cannot be used .*restore the file from a backup/u,
    );
    expect(readFileSync(ledger).equals(damaged)).toBe(true);
  });

  test('was emptied', async () => {
    const state = ['--state', join(home, 'state')];
    expect((await live(['quiet.ts', ...STUB, ...state])).code).toBe(0);
    writeFileSync(join(home, 'state', 'ledger.db'), '');
    expectLine(await live(['quiet.ts', ...MARKET, ...state]), /is not the one this instance last had.*move .* away/u);
  });

  test('has no room for another byte', async () => {
    mkdirSync(join(home, 'state'));
    const script = `trap '' XFSZ; ulimit -f 0; exec "$0" "$@"`;
    const args = [
      '-c',
      script,
      process.execPath,
      '--',
      BT,
      'live',
      'quiet.ts',
      ...STUB,
      '--state',
      join(home, 'state'),
    ];
    const finished = await new Promise<Finished>((resolve) => {
      const child = execFile(
        'sh',
        args,
        { cwd: home, env: { PATH: process.env['PATH'], TMPDIR: home } },
        (_error, stdout, stderr) => {
          resolve({ code: child.exitCode, signal: child.signalCode, stdout, stderr });
        },
      );
    });
    expectLine(finished, /EFBIG|cannot be used/u);
  });
});

test('a top-level await that never ends is told as one', async () => {
  expectLine(
    await live(['waits.ts', ...STUB]),
    /waits\.ts: while the file was loaded an await at its top level never ended: .* move it into a hook/u,
  );
});
