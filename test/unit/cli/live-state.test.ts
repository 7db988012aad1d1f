import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { instanceName, openStateFolder } from '../../../src/cli/live-state.ts';
import type { InstanceIdentity } from '../../../src/cli/live-state.ts';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { lockInstance } from '../../../src/ledger/lock.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const ME: InstanceIdentity = {
  name: 'demo',
  broker: 'qmt-remote',
  endpoint: '10.0.0.5:58620',
  account: 'main',
  subAccount: null,
  clock: 'wall',
};

let folder = '';
beforeEach(() => {
  folder = temporaryFolder('state');
});

function open(
  identity: InstanceIdentity,
  places: { explicit?: string; root?: string; temporary?: boolean } = {},
): string {
  const { explicit = null, root = join(folder, '.bt'), temporary = false } = places;
  return openStateFolder(identity, { explicit, root, temporary }).path;
}

describe('the folder of an instance', () => {
  test('is the same for the same identity, and another for any other', () => {
    const mine = open(ME);
    expect(open({ ...ME })).toBe(mine);
    const others: Partial<InstanceIdentity>[] = [
      { name: 'other' },
      { endpoint: '10.0.0.6:58620' },
      { account: 'hedge' },
      { account: null },
      { subAccount: 'x' },
      { clock: 'gateway' },
    ];
    const paths = others.map((change) => open({ ...ME, ...change }));
    expect(new Set([mine, ...paths]).size).toBe(others.length + 1);
    expect(mine).toMatch(/[/\\]\.bt[/\\]demo-[0-9a-f]{8}$/u);
  });

  test('says whose it is, and is ignored by git', () => {
    const path = open(ME);
    expect(JSON.parse(readFileSync(join(path, 'instance.json'), 'utf8'))).toEqual(ME);
    expect(readFileSync(join(dirname(path), '.gitignore'), 'utf8')).toBe('*\n');
  });

  test('named explicitly is that folder, for one identity only', () => {
    const explicit = join(folder, 'mine');
    expect(open(ME, { explicit, temporary: true })).toBe(explicit);
    expect(open(ME, { explicit })).toBe(explicit);
    expect(() => open({ ...ME, account: 'hedge' }, { explicit })).toThrow(
      expect.objectContaining({
        code: 'STATE_REFUSED',
        message: expect.stringContaining('belongs to another') as string,
      }),
    );
  });

  test('that holds a ledger alone is taken by the first that names it, with the mark of its ledger', () => {
    const path = join(folder, 'restored');
    mkdirSync(path);
    writeFileSync(join(path, 'instance.json'), '{"ledger":{"id":"a","counter":3}}');
    expect(open(ME, { explicit: path })).toBe(path);
    expect(JSON.parse(readFileSync(join(path, 'instance.json'), 'utf8'))).toMatchObject({
      name: 'demo',
      ledger: { id: 'a', counter: 3 },
    });
    expect(() => open({ ...ME, name: 'other' }, { explicit: path })).toThrow(/belongs to another/u);
  });

  test('of a simulated run is its own and can be discarded', () => {
    const places = { explicit: null, root: join(folder, '.bt'), temporary: true };
    const [one, two] = [openStateFolder(ME, places), openStateFolder(ME, places)];
    expect(one.path).not.toBe(two.path);
    expect(existsSync(join(folder, '.bt'))).toBe(false);
    for (const state of [one, two]) {
      state.discard();
      expect(existsSync(state.path)).toBe(false);
    }
  });

  test('that is kept survives discard', () => {
    const state = openStateFolder(ME, { explicit: join(folder, 'kept'), root: '', temporary: true });
    state.discard();
    expect(existsSync(state.path)).toBe(true);
  });

  test.each(['package.json', 'index.ts', '.git'])('is not one that holds source code: %s', (name) => {
    writeFileSync(join(folder, name), '');
    for (const places of [{ explicit: folder }, { root: folder }]) {
      expect(() => open(ME, places)).toThrow(
        expect.objectContaining({ code: 'STATE_REFUSED', message: expect.stringContaining(name) as string }),
      );
    }
  });

  test('that cannot be made is refused, not crashed on', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => open(ME, { root: join(folder, 'file', 'below') })).toThrow(
      expect.objectContaining({ code: 'STATE_REFUSED' }),
    );
    mkdirSync(join(folder, 'fine'));
    expect(open(ME, { explicit: join(folder, 'fine') })).toBe(join(folder, 'fine'));
  });
});

describe('the name of an instance', () => {
  test('is what was asked for, else the stem of the file', () => {
    expect(instanceName('mine', '/a/demo.ts')).toBe('mine');
    expect(instanceName(null, join('/a', '双均线 v1.2.ts'))).toBe('双均线 v1.2');
  });

  test.each(['', '../x', 'a/b', 'a\\b', '.hidden', 'ends.', 'a:b', 'x'.repeat(65)])('cannot be %j', (name) => {
    expect(() => instanceName(name, '/a/demo.ts')).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });
});

describe('a first start that fails', () => {
  const state = (places: { explicit?: string } = {}): ReturnType<typeof openStateFolder> =>
    openStateFolder(ME, { explicit: null, root: join(folder, '.bt'), temporary: false, ...places });
  const openLedger = (path: string, work: (ledger: Ledger) => void = () => undefined): void => {
    const ledger = Ledger.open(path);
    work(ledger);
    ledger.close();
  };

  test('leaves no folder, so that nothing asks about it', () => {
    const { path, abandon } = state();
    openLedger(path);
    writeFileSync(join(path, 'bt.log'), 'no gateway');
    abandon();
    expect(existsSync(path)).toBe(false);
  });

  test('leaves a folder that was there, and what is not of bt in it, and binds it to no gateway', () => {
    const explicit = join(folder, 'mine');
    mkdirSync(explicit);
    writeFileSync(join(explicit, 'notes.txt'), 'mine');
    const { path, abandon } = state({ explicit });
    openLedger(path);
    abandon();
    expect(readdirSync(explicit)).toEqual(['notes.txt']);
    expect(open({ ...ME, endpoint: 'h:2' }, { explicit })).toBe(explicit);
  });

  test('keeps what has begun, what somebody runs, and what an earlier start has made', () => {
    const begun = state();
    openLedger(begun.path, (ledger) => ledger.choose('life_began', '5'));
    begun.abandon();
    expect(existsSync(begun.path)).toBe(true);
    const explicit = join(folder, 'running');
    const running = state({ explicit });
    const lock = lockInstance(explicit);
    running.abandon();
    lock.release();
    state({ explicit }).abandon();
    expect(existsSync(join(explicit, 'instance.json'))).toBe(true);
  });
});
