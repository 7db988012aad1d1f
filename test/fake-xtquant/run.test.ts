import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { start } from '../e2e/cli-process.ts';

const RUN = fileURLToPath(new URL('run.ts', import.meta.url));

test.each([
  ['its third word', ['0', '-', 'main=88001:stock,b=88002:credit'], {}, 'main=88001, b=88002'],
  ['the settings of the server', ['0'], { QMT_ACCOUNT_ID: '88003' }, 'default=88003'],
  ['nothing', ['0'], {}, 'main=123456'],
])('the terminal to try against has the accounts of %s', async (_, args, env, named) => {
  const running = start(RUN, args, { env });
  onTestFinished(async () => {
    running.child.kill('SIGKILL');
    await running.finished;
  });
  const [, accounts] = await running.output(/^terminal at 127\.0\.0\.1:\d+, accounts ([^:]+):/mu);
  expect(accounts).toBe(named);
});
