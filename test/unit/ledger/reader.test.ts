import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { LEDGER_FILE } from '../../../src/ledger/instance-file.ts';
import { MIGRATIONS } from '../../../src/ledger/schema.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

let folder = '';
beforeEach(() => {
  folder = temporaryFolder('reader');
});

/** The ledger of an engine that runs, as the version with so many migrations has it. */
function running(version: number): DatabaseSync {
  const engine = new DatabaseSync(join(folder, LEDGER_FILE));
  engine.exec('PRAGMA journal_mode = WAL');
  engine.exec(`${MIGRATIONS.slice(0, version).join('\n')} PRAGMA user_version = ${version};`);
  return engine;
}

describe('one who only looks', () => {
  it.each(MIGRATIONS.map((_, index) => index).filter((version) => version > 0))(
    'leaves the ledger of version %i under its engine as it is, and says what to do',
    (version) => {
      const engine = running(version);
      const before = engine.prepare('SELECT name, sql FROM sqlite_master ORDER BY name').all();
      expect(() => Ledger.read(folder)).toThrow(
        expect.objectContaining({
          code: 'LEDGER_OLDER',
          message: expect.stringContaining('older version') as string,
        }) as Error,
      );
      expect(engine.prepare('PRAGMA user_version').get()).toEqual({ user_version: version });
      expect(engine.prepare('SELECT name, sql FROM sqlite_master ORDER BY name').all()).toEqual(before);
      engine.close();
    },
  );

  it('refuses one of a newer version too', () => {
    const engine = running(MIGRATIONS.length);
    engine.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    expect(() => Ledger.read(folder)).toThrow(expect.objectContaining({ code: 'LEDGER_NEWER' }) as Error);
    engine.close();
  });

  it('sees what its engine has just written, and cannot write', () => {
    const engine = Ledger.open(folder);
    engine.choose('last', 'now');
    const reader = Ledger.read(folder);
    expect(reader.setting('last')).toBe('now');
    expect(() => reader.choose('last', 'other')).toThrow(/readonly/u);
    reader.close();
    engine.close();
  });

  it('finds nothing where no run ever was, and makes nothing', () => {
    const reader = Ledger.read(folder);
    expect(reader.intentsOf('2026-07-06')).toEqual([]);
    reader.close();
    expect([existsSync(join(folder, LEDGER_FILE)), readdirSync(folder)]).toEqual([false, []]);
  });
});
