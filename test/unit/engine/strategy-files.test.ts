import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { StrategyFiles } from '../../../src/engine/strategy-files.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

let folder: string;
let beside: string;
let files: StrategyFiles;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (path: string): string => new TextDecoder().decode(files.read(path));

beforeEach(() => {
  folder = temporaryFolder('instance');
  beside = temporaryFolder('strategies');
  files = new StrategyFiles(folder, join(beside, 'main.ts'));
});

describe('the files of a strategy', () => {
  it('are written into its instance, for nobody else to read, also in folders', () => {
    files.write('lists/a.csv', bytes('one'), false);
    files.write('lists/a.csv', bytes(' two'), true);
    expect(readFileSync(join(folder, 'files', 'lists', 'a.csv'), 'utf8')).toBe('one two');
    expect(statSync(join(folder, 'files', 'lists', 'a.csv')).mode & 0o077).toBe(0);
    expect(statSync(join(folder, 'files')).mode & 0o077).toBe(0);
    expect(text('lists/a.csv')).toBe('one two');
  });

  it('that it has not written are looked for beside it; what it wrote comes first', () => {
    writeFileSync(join(beside, 'list.csv'), 'given');
    expect(text('list.csv')).toBe('given');
    files.write('list.csv', bytes('own'), false);
    expect(text('./list.csv')).toBe('own');
    expect(readFileSync(join(beside, 'list.csv'), 'utf8')).toBe('given');
  });

  it('that are not there are an error that names both places', () => {
    expect(() => files.read('none.csv')).toThrow(expect.objectContaining({ code: 'NO_SUCH_FILE', fault: 'strategy' }));
    expect(() => files.read('none.csv')).toThrow(beside);
    mkdirSync(join(beside, 'folder'));
    expect(() => files.read('folder')).toThrow(expect.objectContaining({ code: 'NO_SUCH_FILE' }));
  });

  it.each(['/etc/passwd', '../x', 'a/../../x', '..', '.', 'a\0b', 'x'.repeat(201)])(
    '%j leads elsewhere and is refused',
    (path) => {
      expect(() => files.read(path)).toThrow(expect.objectContaining({ code: 'BAD_PATH' }));
      expect(() => files.write(path, bytes('x'), false)).toThrow(expect.objectContaining({ code: 'BAD_PATH' }));
    },
  );

  it('of more than 64 MB are refused, and what was there stays', () => {
    files.write('big', bytes('small'), false);
    const large = new Uint8Array(64 * 1024 * 1024);
    expect(() => files.write('big', large, true)).toThrow(expect.objectContaining({ code: 'FILE_TOO_LARGE' }));
    expect(text('big')).toBe('small');
  });

  it('that the system refuses are an error with its reason', () => {
    mkdirSync(join(folder, 'files'), { recursive: true });
    symlinkSync('/nowhere/x', join(folder, 'files', 'broken'));
    expect(() => files.write('broken/y', bytes('x'), false)).toThrow(
      expect.objectContaining({ code: 'FILE_UNUSABLE' }),
    );
  });
});
