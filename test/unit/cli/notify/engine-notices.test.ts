import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noticeOf, type Told } from '../../../../src/cli/notify/engine-notices.ts';
import type { EngineEvent } from '../../../../src/engine/events.ts';
import { createWorld, type World } from '../../engine/orders/world.ts';

const LIMIT = { kind: 'limit', limitPrice: 9.9 } as const;

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const told = (): Told[] => world.happened.flatMap((event) => noticeOf(event) ?? []);
const short = (): string[] =>
  told().map(
    ({ kind, level, title, text }) => `${kind} ${level} ${title}: ${text.replaceAll(/bt:[0-9a-z]{8}/gu, 'MARK')}`,
  );

describe('what a person is told of an order', () => {
  test('is its end, not its way there', async () => {
    await world.settle(world.order({ style: LIMIT, quantity: 200, waitTimeout: 3, keep: false }));
    expect(short()).toEqual([
      'order info Order cancelled: buy 200 000001.XSHE at 9.9: cancelled (1000) by bt: its wait of 3 s ended; 0 of 200 filled',
    ]);
  });

  test('is that it was refused, and why', async () => {
    await world.settle(world.order({ quantity: -100 }));
    expect(short()).toHaveLength(1);
    expect(short()[0]).toMatch(/^refusal warning Refused: Order refused: /u);
  });

  test('is nothing where there was nothing to do', async () => {
    await world.settle(world.order({ kind: 'target', quantity: 0 }));
    expect(short()).toEqual([]);
  });
});

test('an alarm is critical, and the same one is known again by what it is about', () => {
  const alarm = (subject: string, text: string): Told | null =>
    noticeOf({ kind: 'alarm', alarm: { code: 'ORDER_UNKNOWN', subject, text } });
  expect(alarm('bt:1', 'for 10 s')).toMatchObject({
    kind: 'alarm',
    level: 'critical',
    title: 'ALARM',
    text: 'for 10 s',
  });
  expect(alarm('bt:1', 'for 10 s')?.key).toBe(alarm('bt:1', 'for 20 s')?.key);
  expect(alarm('bt:1', 'for 10 s')?.key).not.toBe(alarm('bt:2', 'for 10 s')?.key);
});

test('what runs as it should is not told', () => {
  const ran = { key: 'k', task: 'buy (daily 09:35)', due: 0, startedAt: 0, endedAt: 1 };
  const trigger = (outcome: 'ran' | 'skipped', reason: string | null): EngineEvent => ({
    kind: 'trigger',
    trigger: { ...ran, outcome, reason },
  });
  expect(noticeOf(trigger('ran', null))).toBeNull();
  expect(noticeOf(trigger('skipped', 'the gate was closed'))).toMatchObject({
    level: 'warning',
    text: 'buy (daily 09:35) was skipped: the gate was closed',
  });
});
