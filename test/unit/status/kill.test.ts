import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { BtError } from '../../../src/domain/errors.ts';
import { serveControl } from '../../../src/platform/control-socket.ts';
import type { ControlRequest } from '../../../src/platform/control-socket.ts';
import { killInstance } from '../../../src/status/kill.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const kept = (folder: string): unknown => JSON.parse(readFileSync(join(folder, 'KILL'), 'utf8'));

async function engine(folder: string, handle: (request: ControlRequest) => Promise<string>): Promise<void> {
  const server = await serveControl(folder, handle);
  onTestFinished(() => server.close());
}

test('a kill is a file before the engine hears of it, and the engine’s word is the answer', async () => {
  const folder = temporaryFolder('kill-status');
  await engine(folder, ({ command, values }) => {
    expect(existsSync(join(folder, 'KILL'))).toBe(true);
    return Promise.resolve(`${command} ${JSON.stringify(values)}`);
  });
  expect(await killInstance(folder, { cancel: 'yes', reason: 'too fast.' })).toBe(
    'kill {"cancel":"yes","reason":"too fast."}',
  );
  expect(kept(folder)).toMatchObject({ flatten: false, cancel: true, reason: 'too fast' });
});

test('where none runs the next start finds the file', async () => {
  const folder = temporaryFolder('kill-status');
  expect(await killInstance(folder, { flatten: 'yes' })).toMatch(/^No bt live runs; the next start places nothing/u);
  expect(kept(folder)).toMatchObject({ flatten: true, cancel: true, reason: 'pulled by the operator' });
});

test('an engine that hangs finds the file; one that refuses is heard', async () => {
  const folder = temporaryFolder('kill-status');
  await engine(folder, () => Promise.reject(new BtError('CONTROL_FAILED', 'it does not answer', { fault: 'config' })));
  expect(await killInstance(folder, {})).toMatch(/^The engine does not answer\. The file KILL is in its folder/u);
  const other = temporaryFolder('kill-status');
  await engine(other, () =>
    Promise.reject(new BtError('LEDGER_WRITE_FAILED', 'the disk is full', { fault: 'config' })),
  );
  await expect(killInstance(other, {})).rejects.toThrowError('the disk is full');
});

test('what is not certain is no success', async () => {
  const folder = temporaryFolder('kill-status');
  mkdirSync(join(folder, 'KILL'));
  await expect(killInstance(folder, {})).rejects.toThrowError(
    /^The file KILL cannot be written .* NOT certain .* One is there/u,
  );
});
