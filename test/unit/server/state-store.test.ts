import { describe, expect, test } from 'vitest';
import { StateStore } from '../../../src/server/state-store.ts';

/** A store whose writes end when told, over a state that is a number. */
function world(): { store: StateStore; change: () => void; writes: { value: number; end(error?: Error): void }[] } {
  let value = 0;
  const writes: { value: number; end(error?: Error): void }[] = [];
  const store = new StateStore(
    () => String(value),
    () =>
      new Promise((resolve, reject) => {
        writes.push({
          value,
          end: (error) => {
            if (error === undefined) resolve();
            else reject(error);
          },
        });
      }),
  );
  return {
    store,
    writes,
    change: () => {
      value += 1;
    },
  };
}

function last<T>(items: readonly T[]): T {
  const item = items.at(-1);
  if (item === undefined) throw new Error('nothing there');
  return item;
}

describe('the state store', () => {
  test('nothing changed: nothing is written', async () => {
    const { store, writes } = world();
    const first = store.flush();
    last(writes).end();
    await first;
    await store.flush();
    expect(writes).toHaveLength(1);
  });

  test('everything that changes during a write is covered by one more', async () => {
    const { store, writes, change } = world();
    const first = store.flush();
    change();
    const second = store.flush();
    change();
    const third = store.flush();
    expect(writes.map(({ value }) => value)).toEqual([0]);
    last(writes).end();
    await first;
    await Promise.resolve();
    expect(writes.map(({ value }) => value)).toEqual([0, 2]);
    last(writes).end();
    await Promise.all([second, third]);
    expect(writes).toHaveLength(2);
  });

  test('a flush without a change waits for the write that covers it', async () => {
    const { store, writes } = world();
    let done = false;
    const first = store.flush();
    const second = store.flush().then(() => {
      done = true;
      return done;
    });
    await Promise.resolve();
    expect(done).toBe(false);
    last(writes).end();
    await Promise.all([first, second]);
    expect(writes).toHaveLength(1);
  });

  test('two writes never run at a time, also for a caller between two of them', async () => {
    const { store, writes, change } = world();
    const first = store.flush();
    change();
    const second = store.flush();
    const between = first.then(() => {
      change();
      return store.flush();
    });
    last(writes).end();
    await first;
    await Promise.resolve();
    await Promise.resolve();
    expect(writes).toHaveLength(2);
    last(writes).end();
    await second;
    await Promise.resolve();
    await Promise.resolve();
    if (writes.length === 3) last(writes).end();
    await between;
    expect(last(writes).value).toBe(2);
  });

  test('a failed write reaches its callers and is tried again', async () => {
    const { store, writes } = world();
    const first = store.flush();
    last(writes).end(new Error('disk full'));
    await expect(first).rejects.toThrow('disk full');
    const second = store.flush();
    last(writes).end();
    await second;
    expect(writes).toHaveLength(2);
  });
});
