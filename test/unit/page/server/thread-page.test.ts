import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Ledger } from '../../../../src/ledger/ledger.ts';
import { openThreadPage } from '../../../../src/page/server/thread-page.ts';
import { logTo } from '../../../../src/platform/log.ts';
import { systemTimers } from '../../../../src/platform/timers.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { askHttp } from '../../server/http/http-world.ts';
import { cookieOf, TOKEN } from './page-world.ts';

const SECRET = 'a-secret-in-a-path';

function startOf(port: number, folder: string) {
  const options = { host: '127.0.0.1', port, token: TOKEN, tls: null, origin: null, language: null };
  return { options, version: '0.0.0', folder, secrets: [SECRET, TOKEN] };
}

test('a thread serves the page of a folder, without the secrets it was told, until it is told to stop', async () => {
  const folder = temporaryFolder(SECRET);
  Ledger.open(folder).close();
  const said: string[] = [];
  const page = await openThreadPage(
    startOf(0, folder),
    logTo('test', ({ text }) => said.push(text)),
    systemTimers,
  );
  const host = { Host: `127.0.0.1:${page.port}`, Origin: `http://127.0.0.1:${page.port}` };
  const answer = await askHttp(page.port, '/api/login', { method: 'POST', headers: host, body: { token: TOKEN } });
  const welcome = await askHttp(page.port, '/api/welcome', { headers: { ...host, Cookie: cookieOf(answer) } });
  expect(welcome.json()['instances']).toHaveLength(1);
  expect(welcome.text).not.toContain(SECRET);
  await page.stop();
  await expect(askHttp(page.port, '/')).rejects.toThrowError(/ECONNREFUSED/u);
  expect(said).toEqual([]);
});

test('a port that somebody has is told as it is, and leaves nothing behind', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    taken.close();
  });
  const { port } = taken.address() as AddressInfo;
  const log = logTo('test', vi.fn());
  await expect(openThreadPage(startOf(port, temporaryFolder('page')), log, systemTimers)).rejects.toMatchObject({
    code: 'LISTEN_FAILED',
    message: expect.stringContaining('choose another port with --page') as string,
  });
});
