import { expect, test } from 'vitest';
import { PRESSED, trial } from './trial.ts';

test('log lines without end', async () => {
  const { end } = await trial({ body: 'for (;;) log.info("x");', endless: true });
  expect(end).toEqual({ kind: 'lost', reason: `${PRESSED} while misbehave ran` });
});

test('messages that mean nothing, without end; it is said once', async () => {
  const { end, running } = await trial({
    head: "import { writeSync } from 'node:fs';",
    body: 'const frame = Buffer.from([2, 0, 0, 0, 255, 255]); for (;;) writeSync(4, frame);',
    endless: true,
  });
  expect(end).toEqual({ kind: 'lost', reason: `${PRESSED} while misbehave ran` });
  expect(running.log.texts('warning')).toHaveLength(1);
});

test('one message without end', async () => {
  const { end } = await trial({
    head: "import { writeSync } from 'node:fs';",
    body: 'const more = Buffer.alloc(1e6, 255); for (;;) writeSync(4, more);',
  });
  expect(end).toEqual({ kind: 'lost', reason: 'it sent the engine a message of 4294967295 bytes' });
});
