import { expect, test } from 'vitest';
import type { EngineCalls } from '../../../runtime/border/calls.ts';
import { meteredCalls } from '../../../src/engine/metered-calls.ts';

const calls = {
  quotes: (securities: readonly string[]) => Promise.resolve(securities),
  orders: () => Promise.reject(new Error('no list')),
  log: () => undefined,
} as unknown as EngineCalls;

test('each call is measured by its name when it has been answered, and answers as it did', async () => {
  const told: string[] = [];
  const metered = meteredCalls(calls, { answered: (call, ms, ok) => told.push(`${call} ${ms >= 0} ${ok}`) });
  const context = {} as Parameters<EngineCalls['orders']>[0];
  expect(await metered.quotes(['a'], context)).toEqual(['a']);
  await expect(metered.orders(context)).rejects.toThrow('no list');
  metered.log({} as Parameters<EngineCalls['log']>[0], context);
  expect(told).toEqual(['quotes true true', 'orders true false', 'log true true']);
});

test('without a meter the calls are the same ones', () => {
  expect(meteredCalls(calls, null)).toBe(calls);
  expect(meteredCalls(calls, undefined)).toBe(calls);
});
