import { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { systemTimers } from '../../../src/platform/timers.ts';
import { nextTurn } from '../../../src/platform/turn.ts';
import { Outbox } from '../../../src/server/outbox.ts';

/** A socket that notes how many frames each of its writes held. */
function noting(): { readonly outbox: Outbox; readonly writes: number[] } {
  const writes: number[] = [];
  const stream = new Duplex({
    read: () => undefined,
    write: (_chunk, _encoding, done) => {
      writes.push(1);
      done();
    },
    writev: (chunks, done) => {
      writes.push(chunks.length);
      done();
    },
  });
  return { outbox: new Outbox(stream, systemTimers, () => {}), writes };
}

const FRAME = Buffer.from('a frame');

test('an answer alone is written at once', () => {
  const { outbox, writes } = noting();
  outbox.send(FRAME);
  expect(writes).toEqual([1]);
});

test('answers that are collected leave in one write at the end of the turn, and later ones at once again', async () => {
  const { outbox, writes } = noting();
  outbox.collect();
  for (let n = 0; n < 3; n += 1) outbox.send(FRAME);
  expect(writes).toEqual([]);
  await nextTurn();
  expect(writes).toEqual([3]);
  outbox.send(FRAME);
  expect(writes).toEqual([3, 1]);
});
