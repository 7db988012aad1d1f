import { beforeEach, describe, expect, it } from 'vitest';
import { Freshness } from '../../../../src/engine/account/freshness.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';
import { nextTurn } from '../../../../src/platform/turn.ts';

let timers: FakeTimers;
let age: number;
let gate: string | null;
let reads: string[];
let answer: Promise<boolean>;
let expired: number;
let freshness: Freshness;

beforeEach(() => {
  timers = new FakeTimers();
  age = 6_000;
  gate = null;
  reads = [];
  answer = Promise.resolve(true);
  expired = 0;
  const parts = {
    timers,
    tracker: { readNow: () => (reads.push('lists'), answer) },
    reader: { age: () => age, refresh: () => (reads.push('account'), answer) },
    account: { expire: () => (expired += 1) },
    waits: () => gate,
  };
  freshness = new Freshness(parts as unknown as ConstructorParameters<typeof Freshness>[0]);
});

const isDone = async (work: Promise<void>): Promise<boolean> => {
  let done = false;
  void work.then(() => (done = true));
  await nextTurn();
  return done;
};

describe('what a hook reads', () => {
  it('is brought up to date when it is older than 5 s, all of it together, once for all who ask', async () => {
    age = 5_000;
    await freshness.bring();
    expect([reads, freshness.isFresh()]).toEqual([[], true]);
    age = 5_001;
    await Promise.all([freshness.bring(), freshness.bring()]);
    expect(reads).toEqual(['lists', 'account']);
    freshness.expire();
    expect(expired).toBe(1);
  });

  it('is what was read last while the gate is closed: nobody waits for a gateway that is away', async () => {
    gate = 'the connection is down';
    expect(await isDone(freshness.bring())).toBe(true);
    expect(reads).toEqual([]);
  });

  it('is what was read last when a gateway that is silent has been waited for 15 s', async () => {
    answer = new Promise(() => undefined);
    const bringing = freshness.bring();
    timers.pass(14_999);
    expect(await isDone(bringing)).toBe(false);
    timers.pass(1);
    expect(await isDone(bringing)).toBe(true);
    expect(reads).toEqual(['lists']);
  });
});
