import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { BT, MACHINE_NODE, ROOT, start } from './cli-process.ts';
import type { Finished } from './cli-process.ts';

const INSTALLER = join(ROOT, 'src', 'bin', 'ensure-installed.cjs');

let folder = '';
beforeEach(() => {
  folder = temporaryFolder('start');
});

/** Version of the machine's own Node; null where it has none or a new one. */
function oldNode(): string | null {
  if (!existsSync(MACHINE_NODE)) return null;
  const version = execFileSync(MACHINE_NODE, ['--version'], { encoding: 'utf8' }).trim().slice(1);
  return Number(version.split('.')[0]) < 24 ? version : null;
}

describe('bt on an old Node', () => {
  const MESSAGE = /^bt: needs Node\.js 24 or newer, this is [\d.]+: install it from .*\n$/u;

  test('says in one line what to do', async () => {
    const version = oldNode();
    let ended: Finished;
    if (version === null) {
      // No old one here: a wrapper claims to be one before it loads the file.
      const wrapper = join(folder, 'old.cjs');
      writeFileSync(
        wrapper,
        `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } });\nrequire(${JSON.stringify(BT)});\n`,
      );
      ended = await start(wrapper, ['--version']).finished;
    } else {
      ended = await start(BT, ['--version'], { node: MACHINE_NODE }).finished;
    }
    expect(ended.stderr).toMatch(MESSAGE);
    expect(ended.stderr).toContain(version ?? '20.1.0');
    expect(ended).toMatchObject({ code: 1, stdout: '' });
  });

  test('the first file has nothing that an old parser stumbles over', () => {
    const text = readFileSync(BT, 'utf8');
    expect(text).not.toMatch(/^\s*(?:import|export)\s|=>|\?\.|\?\?|`[^`]*\$\{|\b(?:const|let|await)\b/mu);
  });
});

describe('packages install by themselves', () => {
  const LOCK = { packages: { '': {}, 'node_modules/a': { version: '1.0.0', integrity: 'x' } } };

  /** A checkout with a package manager that notes how it was called and leaves what npm leaves. */
  function checkout(exit = 0): string {
    mkdirSync(join(folder, 'src', 'bin'), { recursive: true });
    copyFileSync(INSTALLER, join(folder, 'src', 'bin', 'ensure-installed.cjs'));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(LOCK));
    const npm = join(folder, 'npm-cli.js');
    writeFileSync(
      npm,
      `const fs = require('fs');
       fs.appendFileSync('calls', process.argv.slice(2, 3) + '\\n');
       fs.mkdirSync('node_modules/.bin', { recursive: true });
       fs.writeFileSync('node_modules/.bin/node', '');
       process.exit(${exit});`,
    );
    return npm;
  }

  function run(npm: string): Promise<Finished> {
    const node = oldNode() === null ? process.execPath : MACHINE_NODE;
    const script = join(folder, 'src', 'bin', 'ensure-installed.cjs');
    return start(script, [], { node, cwd: folder, env: { npm_execpath: npm } }).finished;
  }

  const calls = (): string => (existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8') : '');

  test('once, then silently until the lock changes', async () => {
    const npm = checkout();
    expect(await run(npm)).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('installing') as string,
    });
    expect(await run(npm)).toMatchObject({ code: 0, stderr: '', stdout: '' });
    expect(calls()).toBe('ci\n');
    const changed = { packages: { ...LOCK.packages, 'node_modules/b': { version: '2.0.0', integrity: 'y' } } };
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(changed));
    await run(npm);
    expect(calls()).toBe('ci\nci\n');
  });

  test('through a link nothing is installed, written or removed: it says where the link leads', async () => {
    const npm = checkout();
    const shared = join(folder, 'shared');
    const installed = (a: object): void => {
      mkdirSync(join(shared, '.bin'), { recursive: true });
      writeFileSync(join(shared, '.bin', 'node'), '');
      writeFileSync(join(shared, '.package-lock.json'), JSON.stringify({ packages: { 'node_modules/a': a } }));
    };
    installed({ version: '0.9.0', integrity: 'old' });
    symlinkSync(shared, join(folder, 'node_modules'), 'junction');
    const refused = await run(npm);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^bt: node_modules is a link to .*shared.*`npm ci` .*remove the link.*\n$/u);
    installed(LOCK.packages['node_modules/a']);
    expect(await run(npm)).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(calls()).toBe('');
    expect(readdirSync(shared).toSorted()).toEqual(['.bin', '.package-lock.json']);
  });

  test('what was installed by hand is recognised', async () => {
    const npm = checkout();
    mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
    writeFileSync(join(folder, 'node_modules', '.bin', 'node'), '');
    const { 'node_modules/a': a } = LOCK.packages;
    const list = join(folder, 'node_modules', '.package-lock.json');
    writeFileSync(list, JSON.stringify({ packages: { 'node_modules/a': a } }));
    expect(await run(npm)).toMatchObject({ code: 0, stdout: '' });
    expect(calls()).toBe('');
  });

  test('a failure says so and ends with 1', async () => {
    const npm = checkout(7);
    const ended = await run(npm);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/^bt: `npm ci` failed: .*\n$/u);
    await run(npm);
    expect(calls()).toBe('ci\nci\n');
  });

  test('this checkout is current', async () => {
    expect(await start(INSTALLER, []).finished).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  test.each([
    ['the same', { a: { version: '1', integrity: 'x' } }, true],
    ['another version', { a: { version: '2', integrity: 'x' } }, false],
    ['other content', { a: { version: '1', integrity: 'y' } }, false],
    ['a missing package', {}, false],
    ['one too many', { a: { version: '1', integrity: 'x' }, c: { version: '1' } }, false],
  ])('%s', (_name, installed, same) => {
    const { listsAgree } = createRequire(import.meta.url)(INSTALLER) as {
      listsAgree: (wanted: unknown, installed: unknown) => boolean;
    };
    const wanted = { packages: { '': {}, a: { version: '1', integrity: 'x' }, b: { version: '1', optional: true } } };
    expect(listsAgree(wanted, { packages: installed })).toBe(same);
  });
});
