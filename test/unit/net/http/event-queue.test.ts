import { expect, test } from 'vitest';
import { EventQueue } from '../../../../src/net/http/event-queue.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';

test('of events with a key only the latest waits, in the place of the first', async () => {
  const queue = new EventQueue(new FakeTimers());
  for (let round = 0; round < 1_000; round += 1) {
    queue.push({ event: 'tick', data: `a${round}` }, 'a');
    queue.push({ event: 'tick', data: `b${round}` }, 'b');
  }
  expect(await queue.next()).toEqual({ event: 'tick', data: 'a999' });
  expect(await queue.next()).toEqual({ event: 'tick', data: 'b999' });
});

test('events without a key all wait, in their order; a reader that is too far behind is sent away', async () => {
  const queue = new EventQueue(new FakeTimers());
  for (const data of ['1', '2', '3']) queue.push({ event: 'order', data }, null);
  expect([await queue.next(), await queue.next(), await queue.next()]).toMatchObject([
    { data: '1' },
    { data: '2' },
    { data: '3' },
  ]);
  for (let at = 0; at < 5_001; at += 1) queue.push({ event: 'order', data: String(at) }, null);
  expect(await queue.next()).toBeNull();
});

test('without news there is a sign of life after 15 s, and the end is the end', async () => {
  const timers = new FakeTimers();
  const queue = new EventQueue(timers);
  const next = queue.next();
  await timers.advance(15_000);
  expect(await next).toBe('alive');
  const last = queue.next();
  queue.close();
  expect(await last).toBeNull();
  queue.push({ event: 'order', data: '1' }, null);
  expect(await queue.next()).toBeNull();
});

test('a reader for whom more than the given text waits is sent away; what has been taken does not count', async () => {
  const queue = new EventQueue(new FakeTimers(), { events: 100, characters: 10 });
  for (let nth = 0; nth < 5; nth += 1) {
    queue.push({ event: 'x', data: '12345678' }, null);
    expect(await queue.next()).toMatchObject({ data: '12345678' });
  }
  queue.push({ event: 'x', data: '12345678' }, 'same');
  queue.push({ event: 'x', data: '123456789' }, 'same');
  expect(await queue.next()).toMatchObject({ data: '123456789' });
  queue.push({ event: 'x', data: '123456' }, null);
  queue.push({ event: 'x', data: '123456' }, null);
  expect(await queue.next()).toBeNull();
});
