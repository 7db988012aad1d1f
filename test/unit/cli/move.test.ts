import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { packInstance, unpackInstance } from '../../../src/cli/instance-file.ts';
import { openStateFolder, type InstanceIdentity } from '../../../src/cli/live-state.ts';
import { runExport, runImport } from '../../../src/cli/move-run.ts';
import { InstanceState } from '../../../src/ledger/instance-state.ts';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { lockInstance } from '../../../src/ledger/lock.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { intent, order } from '../ledger/ledger-rows.ts';

const ME: InstanceIdentity = {
  name: 'demo',
  broker: 'b',
  endpoint: 'h:1',
  account: 'main',
  subAccount: null,
  clock: 'wall',
};

let folder = '';
let source = '';
let file = '';
beforeEach(() => {
  folder = temporaryFolder('move');
  source = openStateFolder(ME, { explicit: null, root: join(folder, 'old'), temporary: false }).path;
  file = join(folder, 'demo.instance');
  const ledger = Ledger.open(source);
  const state = new InstanceState(ledger);
  state.begin({ startDay: '2026-07-06' });
  const variables = [{ part: 'g', name: 'n', text: '7' } as const];
  state.beginLife({ at: 5, file: '/old/demo.ts' }, 'h', { variables, settings: new Map() });
  ledger.record({ orders: [order], intents: [intent] });
  ledger.close();
  writeFileSync(join(source, 'bt.log'), 'not of the instance');
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const from = (): Record<string, unknown> => ({ state: source });

describe('moving an instance', () => {
  test('takes along ledger, g and identity, and nothing of the machine', () => {
    runExport('demo', file, from());
    const target = join(folder, 'new', basename(source));
    runImport(file, { state: target });
    // The same instance finds it as its own, and goes on.
    const found = openStateFolder(ME, { explicit: null, root: join(folder, 'new'), temporary: false }).path;
    expect(found).toBe(target);
    expect(existsSync(join(target, 'bt.log'))).toBe(false);
    const ledger = Ledger.open(found);
    const state = new InstanceState(ledger);
    expect([state.startDay(), state.variables().map(({ text }) => text)]).toEqual(['2026-07-06', ['7']]);
    expect(ledger.unfinishedOrders()).toHaveLength(1);
    ledger.close();
    expect(existsSync(`${target}.part`)).toBe(false);
  });

  test('is for nobody else to read', () => {
    runExport('demo', file, from());
    expect(statSync(file).mode & 0o077).toBe(0);
    const target = join(folder, 'copy');
    runImport(file, { state: target });
    expect(statSync(join(target, 'ledger.db')).mode & 0o077).toBe(0);
    expect(statSync(target).mode & 0o077).toBe(0);
  });

  test('refuses one that runs, by its lock', () => {
    const lock = lockInstance(source);
    expect(() => runExport('demo', file, from())).toThrow(expect.objectContaining({ code: 'INSTANCE_RUNNING' }));
    expect(existsSync(file)).toBe(false);
    lock.release();
    runExport('demo', file, from());
    expect(existsSync(file)).toBe(true);
  });

  test('leaves a folder that is not exported again, and a failed export leaves it as it was', () => {
    const before = readFileSync(join(source, 'instance.json'), 'utf8');
    expect(() => runExport('demo', join(folder, 'nowhere', 'x'), from())).toThrow('ENOENT');
    expect(readFileSync(join(source, 'instance.json'), 'utf8')).toBe(before);
    runExport('demo', file, from());
    expect(() => runExport('demo', join(folder, 'second'), from())).toThrow(
      expect.objectContaining({ code: 'INSTANCE_MOVED' }),
    );
    expect(existsSync(join(folder, 'second'))).toBe(false);
    runImport(file, { state: join(folder, 'new') });
    const { imported, ...mine } = JSON.parse(readFileSync(join(folder, 'new', 'instance.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect([imported, mine]).toEqual([true, JSON.parse(before)]);
  });

  test('overwrites nothing: neither a file nor a folder with anything in it', () => {
    writeFileSync(file, 'mine');
    expect(() => runExport('demo', file, from())).toThrow(expect.objectContaining({ code: 'FILE_EXISTS' }));
    expect(readFileSync(file, 'utf8')).toBe('mine');
    rmSync(file);
    runExport('demo', file, from());
    const before = readFileSync(join(source, 'ledger.db'));
    expect(() => runImport(file, from())).toThrow(expect.objectContaining({ code: 'INSTANCE_EXISTS' }));
    expect(readFileSync(join(source, 'ledger.db')).equals(before)).toBe(true);
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    runImport(file, { state: empty });
    expect(existsSync(join(empty, 'ledger.db'))).toBe(true);
  });

  test('names what there is when the name is of none', () => {
    expect(() => runExport('other', file, from())).toThrow(/0 instances are called "other": name one of demo-/u);
  });
});

describe('the file', () => {
  const packed = packInstance({
    folder: 'demo',
    files: new Map([
      ['a', Buffer.from('one\ntwo')],
      ['b', Buffer.alloc(0)],
    ]),
  });

  test('comes back as it was', () => {
    const { folder: name, files } = unpackInstance(packed, 'f');
    expect([name, ...Array.from(files, ([key, bytes]) => `${key}=${bytes.toString()}`)]).toEqual([
      'demo',
      'a=one\ntwo',
      'b=',
    ]);
  });

  test('one changed byte anywhere, or a missing end, is refused', () => {
    fc.assert(
      fc.property(fc.nat({ max: packed.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const other = Buffer.from(packed);
        other[at] = (other[at] ?? 0) ^ change;
        expect(() => unpackInstance(other, 'f')).toThrow('Nothing was changed');
        expect(() => unpackInstance(packed.subarray(0, at), 'f')).toThrow('Nothing was changed');
      }),
    );
  });
});
