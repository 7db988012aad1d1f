import { copyFileSync, existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LEDGER_FILE, readMark, writeInstanceFile } from '../../../src/ledger/instance-file.ts';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { Store } from '../../../src/ledger/store.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

let folder = '';
let backup = '';
let engine: Ledger | null = null;
const OTHER = expect.objectContaining({ code: 'LEDGER_OTHER', fault: 'config' }) as Error;
const FILES = [LEDGER_FILE, `${LEDGER_FILE}-wal`];
const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = temporaryFolder('mark');
  backup = temporaryFolder('mark');
});
afterEach(() => {
  engine?.close();
  engine = null;
});

/** A run that died: what it wrote lies in the ledger and in its log, as `kill -9` leaves it. */
function died(commits: number): void {
  const running = Ledger.open(folder);
  for (let i = 0; i < commits; i += 1) running.choose('last', String(i));
  for (const name of FILES) copyFileSync(at(name), join(backup, name));
  running.close();
  for (const name of FILES) copyFileSync(join(backup, name), at(name));
  rmSync(at(`${LEDGER_FILE}-shm`), { force: true });
}

function content(): string {
  // An empty -wal says nothing.
  const bytes = FILES.map((name) => (existsSync(at(name)) ? readFileSync(at(name)) : Buffer.alloc(0)));
  return bytes.map((file) => createHash('sha256').update(file).digest('hex')).join('\n');
}

describe('a ledger that is its instance’s own', () => {
  it('goes on after a clean end and after a kill, with its number counting on', () => {
    Ledger.open(folder).close();
    const first = readMark(folder);
    died(5);
    engine = Ledger.open(folder);
    expect(engine.setting('last')).toBe('4');
    expect(readMark(folder)).toEqual({ id: first?.id, counter: (first?.counter ?? 0) + 2 });
  });

  it('keeps what else is written of the instance', () => {
    writeInstanceFile(folder, { name: 'demo', account: null });
    Ledger.open(folder).close();
    expect(JSON.parse(readFileSync(at('instance.json'), 'utf8'))).toMatchObject({
      name: 'demo',
      account: null,
      ledger: readMark(folder),
    });
  });

  it('of a version that did not mark it is marked, and one whose mark was moved away is taken as it stands', () => {
    Ledger.open(folder).close();
    const before = readMark(folder);
    rmSync(at('instance.json'));
    engine = Ledger.open(folder);
    expect(readMark(folder)?.id).toBe(before?.id);
  });

  it('is only looked at by a reader, also while an engine writes', () => {
    engine = Ledger.open(folder);
    engine.choose('last', 'now');
    const before = readMark(folder);
    const reader = Ledger.read(folder);
    expect(reader.setting('last')).toBe('now');
    reader.close();
    expect(readMark(folder)).toEqual(before);
    engine.choose('last', 'later');
  });
});

it('a number that cannot be written leaves nothing open: the next commit goes through', () => {
  const store = new Store(folder);
  const put = 'INSERT INTO settings (key, value) VALUES (?, ?)';
  // What a full disk does within it: the statement fails, its transaction stays.
  const other = new DatabaseSync(at(LEDGER_FILE));
  other.exec(`CREATE TRIGGER full BEFORE UPDATE ON settings BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END`);
  expect(() => store.compact()).toThrow('disk is full');
  other.exec('DROP TRIGGER full');
  other.close();
  store.commit(() => store.run(put, ['a', '1']));
  store.compact();
  store.close();
  engine = Ledger.open(folder);
  expect(engine.setting('a')).toBe('1');
});

describe('a ledger that is not', () => {
  it.each<readonly [string, () => void]>([
    ['emptied', () => truncateSync(at(LEDGER_FILE), 0)],
    ['removed', () => rmSync(at(LEDGER_FILE))],
    ['without its -wal', () => rmSync(at(`${LEDGER_FILE}-wal`))],
    ['that of another instance', () => foreign()],
  ])('%s is refused, and nothing of it is touched', (_what, change) => {
    Ledger.open(folder).close();
    died(5);
    change();
    const before = content();
    expect(() => Ledger.open(folder)).toThrow(OTHER);
    expect(() => Ledger.read(folder)).toThrow(OTHER);
    expect(content()).toBe(before);
  });

  it('is an older copy of it', () => {
    Ledger.open(folder).close();
    copyFileSync(at(LEDGER_FILE), join(backup, 'old'));
    Ledger.open(folder).close();
    copyFileSync(join(backup, 'old'), at(LEDGER_FILE));
    expect(() => Ledger.open(folder)).toThrow(OTHER);
  });

  it('is one without the -wal that came after its log was moved into the file, however often that was', () => {
    died(1_000);
    expect(statSync(at(`${LEDGER_FILE}-wal`)).size).toBeLessThan(4_000_000);
    rmSync(at(`${LEDGER_FILE}-wal`));
    expect(() => Ledger.open(folder)).toThrow(OTHER);
  });

  it('says how to restore it and how to begin anew', () => {
    Ledger.open(folder).close();
    truncateSync(at(LEDGER_FILE), 0);
    expect(() => Ledger.open(folder)).toThrow(
      /it is empty.*Restore ledger\.db together with.*move .* away.*instance\.json/u,
    );
  });
});

it('an instance file that cannot be read is not guessed', () => {
  Ledger.open(folder).close();
  for (const text of ['', '[]', '{"ledger"']) {
    writeFileSync(at('instance.json'), text);
    expect(() => Ledger.open(folder)).toThrow(expect.objectContaining({ code: 'STATE_REFUSED' }) as Error);
  }
});

it.runIf(process.platform !== 'win32')('nobody else can read any of it', () => {
  const path = at('new');
  engine = Ledger.open(path);
  engine.choose('a', 'b');
  expect(statSync(path).mode & 0o077).toBe(0);
  for (const name of [...FILES, `${LEDGER_FILE}-shm`, 'instance.json']) {
    expect(statSync(join(path, name)).mode & 0o077).toBe(0);
  }
});

function foreign(): void {
  const other = join(backup, 'other');
  const ledger = Ledger.open(other);
  for (let i = 0; i < 9; i += 1) ledger.compact();
  ledger.close();
  rmSync(at(`${LEDGER_FILE}-wal`));
  copyFileSync(join(other, LEDGER_FILE), at(LEDGER_FILE));
}
