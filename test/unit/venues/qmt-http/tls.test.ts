import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { selfSigned } from '../../../../src/platform/self-signed.ts';
import { createQmtHttp } from '../../../../src/venues/qmt-http/index.ts';
import type { QmtHttp } from '../../../../src/venues/qmt-http/index.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { startHttpWorld } from '../../server/http/http-world.ts';
import { ORDER } from './scripted-wrapper.ts';

function venueAt(port: number, env: Readonly<Record<string, string>>): QmtHttp {
  const venue = createQmtHttp({
    env: { QMT_HTTP_URL: `https://127.0.0.1:${port}`, ...env },
    times: { firstRetryMs: 5, maxRetryMs: 10, startMs: 200 },
  });
  onTestFinished(() => venue.broker.stop());
  return venue;
}

test('the door has the server’s certificate, and who is given it trusts it; nobody else does', async () => {
  const folder = temporaryFolder('http-tls');
  const { cert, key } = selfSigned({ hosts: ['127.0.0.1'], days: 10, now: Date.now() });
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  writeFileSync(files.cert, cert);
  writeFileSync(files.key, key);
  const world = await startHttpWorld({}, { tls: files });
  const trusting = venueAt(world.port, { QMT_HTTP_TLS_CERT: files.cert });
  await trusting.broker.start();
  expect(await trusting.broker.account()).toMatchObject({ availableCash: 1_000_000 });
  const other = venueAt(world.port, {});
  await expect(other.broker.start()).rejects.toMatchObject({ code: 'CONNECT_FAILED' });
  expect(await other.broker.place(ORDER)).toMatchObject({ kind: 'rejected', code: 'NOT_SENT' });
});

test('a certificate that cannot be read stops the start', () => {
  const env = { QMT_HTTP_URL: 'https://127.0.0.1:1', QMT_HTTP_TLS_CERT: '/nowhere.pem' };
  expect(() => createQmtHttp({ env })).toThrow('QMT_HTTP_TLS_CERT /nowhere.pem cannot be read');
});
