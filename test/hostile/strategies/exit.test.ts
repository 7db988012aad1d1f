import { expect, test } from 'vitest';
import { trial } from './trial.ts';

test('process.exit', async () => {
  const { end } = await trial({ body: 'process.exit(7);' });
  expect(end).toEqual({ kind: 'exit', code: 7 });
});

test.each([
  ['process.abort();', 'its process was ended by SIGABRT'],
  ['process.kill(process.pid, "SIGKILL"); for (;;);', 'its process was ended by SIGKILL'],
])('%s', async (body, reason) => {
  const { end } = await trial({ body });
  expect(end).toMatchObject({ kind: 'lost', reason: expect.stringContaining(reason) as string });
});

test('signals that are meant for the engine end nothing', async () => {
  const signals = '["SIGINT", "SIGTERM", "SIGHUP"]';
  const { end, running } = await trial({ body: `for (const name of ${signals}) process.kill(process.pid, name);` });
  expect(end).toEqual({ kind: 'ok' });
  expect(await running.hook('initialize')).toEqual({ kind: 'ok' });
});

test('its pipes closed under it', async () => {
  const { end } = await trial({
    head: "import { closeSync } from 'node:fs';",
    body: 'for (let fd = 3; fd < 32; fd += 1) try { closeSync(fd); } catch {} for (;;);',
  });
  expect(end).toMatchObject({ kind: 'lost' });
});
