import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test, vi } from 'vitest';
import { createFollowWorld, type FollowWorld } from './follow-world.ts';

let follow: FollowWorld;
afterEach(() => follow.close());

/** What the ledger wrote, in order: `disk` where the disk was waited for. */
function writes({ world: { ledger } }: FollowWorld): string[] {
  const seen: string[] = [];
  const { signals } = ledger;
  const append = signals.append.bind(signals);
  vi.spyOn(signals, 'append').mockImplementation((row, picture) => {
    seen.push(`signal ${row.phase}`);
    append(row, picture);
  });
  const record = ledger.record.bind(ledger);
  vi.spyOn(ledger, 'record').mockImplementation((recording) => {
    seen.push(`disk: order ${recording.intents?.[0]?.state ?? ''}`);
    record(recording);
  });
  const settle = ledger.settle.bind(ledger);
  vi.spyOn(ledger, 'settle').mockImplementation(() => {
    seen.push('disk: signals');
    settle();
  });
  return seen;
}

test('a signal whose order follows at once waits for the disk once, with its order, before bytes and receipt', async () => {
  follow = await createFollowWorld();
  const seen = writes(follow);
  const receipt = follow.take().then(({ kind }) => seen.push(`receipt ${kind}`));
  await receipt;
  expect(seen.slice(0, 4)).toEqual(['signal waiting', 'signal ordered', 'disk: order sending', 'receipt accepted']);
  expect(follow.world.ledger.signals.unsettled()).toBeNull();
});

test('one that waits for its quote is on the disk a moment later, and has its receipt then', async () => {
  follow = await createFollowWorld();
  follow.world.slow.quote = 60_000;
  const seen = writes(follow);
  const { kind } = await follow.take();
  expect([kind, ...seen]).toEqual(['accepted', 'signal waiting', 'disk: signals']);
  expect(follow.world.ledger.signals.unsettled()).toBeNull();
});

test('a thousand at once wait for the disk together', async () => {
  follow = await createFollowWorld();
  follow.world.slow.quote = 60_000;
  const seen = writes(follow);
  const ids = Array.from({ length: 1_000 }, (_, nth) => String(nth));
  const receipts = await Promise.all(ids.map((id) => follow.take({ id })));
  expect(new Set(receipts.map(({ kind }) => kind))).toEqual(new Set(['accepted']));
  expect(seen.filter((what) => what.startsWith('disk'))).toEqual(['disk: signals']);
});

test('a repetition has no receipt before the first one is on the disk', async () => {
  follow = await createFollowWorld();
  follow.world.slow.quote = 60_000;
  const seen = writes(follow);
  const first = follow.take().then(() => seen.push('first'));
  const again = follow.take().then(({ kind }) => seen.push(kind));
  await Promise.all([first, again]);
  expect(seen).toEqual(['signal waiting', 'disk: signals', 'first', 'duplicate']);
});

test('when the disk does not take it there is no receipt, and no more signals are taken', async () => {
  follow = await createFollowWorld();
  const { world } = follow;
  world.slow.quote = 60_000;
  const exec = vi.spyOn(DatabaseSync.prototype, 'exec');
  exec.mockImplementation((sql) => {
    if (sql.includes('user_version')) throw new Error('the disk is full');
  });
  const [first, second] = await Promise.allSettled([follow.take(), follow.take({ id: 'b' })]);
  exec.mockRestore();
  expect([first.status, second.status]).toEqual(['rejected', 'rejected']);
  await expect(follow.take({ id: 'c' })).rejects.toThrow(/the disk is full/);
});

test('a commit that fails while nobody waits for it is no unhandled rejection, which would end the process', async () => {
  follow = await createFollowWorld();
  const { world } = follow;
  const { ledger } = world;
  const unhandled: unknown[] = [];
  const hear = (error: unknown): void => void unhandled.push(error);
  process.on('unhandledRejection', hear);
  world.slow.quote = 60_000;
  const receipt = follow.take();
  // An order's commit, and something is appended before the receipt goes on.
  ledger.settle();
  ledger.signals.keepDeviation({ strategy: 'alpha', at: 1, rows: [] });
  expect((await receipt).kind).toBe('accepted');
  const exec = vi.spyOn(DatabaseSync.prototype, 'exec');
  exec.mockImplementation((sql) => {
    if (sql.includes('user_version')) throw new Error('the disk is full');
  });
  expect(() => ledger.settle()).toThrow(/the disk is full/);
  exec.mockRestore();
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', hear);
  expect(unhandled).toEqual([]);
});
