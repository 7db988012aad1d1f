import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { lockInstance } from '../../../src/ledger/lock.ts';
import { closeFolder, privateFile, privateFolder, writePrivate } from '../../../src/platform/private-files.ts';
import { lockState } from '../../../src/server/state-lock.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

let folder = '';
beforeEach(() => {
  folder = temporaryFolder('private');
  chmodSync(folder, 0o755);
});

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe.runIf(process.platform !== 'win32')('what is private', () => {
  test('is a new folder with those above it; one that exists stays as it was until it is known to be ours', () => {
    privateFolder(join(folder, 'a', 'b'));
    expect([modeOf(join(folder, 'a')), modeOf(join(folder, 'a', 'b'))]).toEqual([0o700, 0o700]);
    privateFolder(folder);
    expect(modeOf(folder)).toBe(0o755);
    closeFolder(folder);
    expect(modeOf(folder)).toBe(0o700);
  });

  test('is a file, also one that was open to others', () => {
    const path = join(folder, 'x');
    writeFileSync(path, 'kept', { mode: 0o644 });
    privateFile(path);
    expect([modeOf(path), readFileSync(path, 'utf8')]).toEqual([0o600, 'kept']);
    writePrivate(path, 'new');
    expect([modeOf(path), readFileSync(path, 'utf8')]).toEqual([0o600, 'new']);
    expect(readdirSync(folder)).toEqual(['x']);
  });

  test('are the locks, which a reader could hold', () => {
    const instance = lockInstance(join(folder, 'instance'));
    expect(modeOf(join(folder, 'instance', 'instance.lock'))).toBe(0o600);
    instance.release();
    const state = lockState(join(folder, 'book.json'));
    expect(modeOf(join(folder, 'book.json.lock'))).toBe(0o600);
    state.release();
  });
});

test('what cannot be written leaves nothing behind and is thrown', () => {
  mkdirSync(join(folder, 'taken'));
  expect(() => writePrivate(join(folder, 'taken'), 'x')).toThrow();
  expect(readdirSync(folder)).toEqual(['taken']);
});

test('a folder where there can be none is an error at once', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => privateFolder(join(folder, 'file', 'below'))).toThrow(/EEXIST|ENOTDIR/u);
  if (existsSync('/proc/self')) expect(() => privateFolder('/proc/no-such/below')).toThrow(/ENOENT/u);
});
