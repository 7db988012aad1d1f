import { describe, expect, test } from 'vitest';
import {
  MemoryMeter,
  type HeapFacts,
  type ProcessFacts,
} from '../../../../../src/engine/strategy/thread-runner/memory-meter.ts';

/** A thread that answers when it is told to, in a process whose figures are set. */
class Thread {
  now: ProcessFacts = { resident: 1_000, own: 100 };
  asked = 0;
  #answer = Promise.withResolvers<HeapFacts>();
  readonly meter = new MemoryMeter(
    () => {
      this.asked += 1;
      this.#answer = Promise.withResolvers();
      return this.#answer.promise;
    },
    () => this.now,
  );

  async answer(total_physical_size: number, external_memory: number): Promise<void> {
    this.#answer.resolve({ total_physical_size, malloced_memory: 1, external_memory });
    await this.#answer.promise;
    await Promise.resolve();
  }

  async end(): Promise<void> {
    this.#answer.reject(new Error('ended'));
    await this.#answer.promise.catch(() => undefined);
    await Promise.resolve();
  }

  reads(count: number): number[] {
    return Array.from({ length: count }, () => this.meter.read());
  }
}

describe('MemoryMeter', () => {
  test('counts heap, malloced and external memory of the thread, as it last answered', async () => {
    const thread = new Thread();
    expect(thread.meter.read()).toBe(0);
    await thread.answer(20, 300);
    thread.now = { resident: 9_000, own: 100 };
    expect(thread.meter.read()).toBe(321);
    await thread.answer(30, 0);
    expect(thread.meter.read()).toBe(31);
  });

  test('asks one question at a time, and waits for a slow answer without guessing', () => {
    const thread = new Thread();
    thread.now = { resident: 9_000, own: 100 };
    expect(thread.reads(5)).toEqual([0, 0, 0, 0, 0]);
    expect(thread.asked).toBe(1);
  });

  test('a thread that does not answer is estimated by what the process grew by, less what the engine did', async () => {
    const thread = new Thread();
    thread.meter.read();
    await thread.answer(20, 300);
    thread.reads(5);
    thread.now = { resident: 6_000, own: 4_100 };
    expect(thread.meter.read()).toBe(321 + 1_000);
    thread.now = { resident: 6_000, own: 9_000 };
    expect(thread.meter.read()).toBe(321);
    await thread.answer(5, 5);
    expect(thread.meter.read()).toBe(11);
  });

  test('a thread that has ended is asked no more', async () => {
    const thread = new Thread();
    thread.meter.read();
    await thread.end();
    thread.reads(3);
    expect(thread.asked).toBe(1);
  });
});
