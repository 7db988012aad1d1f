import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runServerCert } from '../../../src/cli/server-cert-run.ts';
import { readTlsFiles } from '../../../src/net/tls-files.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

let folder = '';
let said = '';
beforeEach(() => {
  folder = join(temporaryFolder('cert'), 'new folder');
  said = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

function files(): { cert: string; key: string } {
  return { cert: join(folder, 'bt-cert.pem'), key: join(folder, 'bt-key.pem') };
}

function made(): X509Certificate {
  return new X509Certificate(readFileSync(files().cert));
}

test('makes a pair that works together for the hosts, for its user alone, and says what both sides must set', async () => {
  runServerCert({ host: '192.168.1.20, gateway.lan', out: folder, days: '10' });
  const { cert, key } = files();
  expect(made().subjectAltName).toBe('IP Address:192.168.1.20, DNS:gateway.lan');
  expect(made().checkPrivateKey(createPrivateKey(readFileSync(key)))).toBe(true);
  expect(() => readTlsFiles(files())).not.toThrow();
  if (process.platform !== 'win32') expect(statSync(key).mode & 0o077).toBe(0);
  await vi.waitFor(() => expect(said).toContain(made().fingerprint256));
  const lines = said.split('\n').map((line) => line.trim());
  expect(lines).toEqual(
    expect.arrayContaining([
      `QMT_SERVER_TLS_CERT=${cert}`,
      `QMT_SERVER_TLS_KEY=${key}`,
      'QMT_SERVER_HOST=192.168.1.20',
      'QMT_SERVER_TLS_CERT=<where the copy of bt-cert.pem is>',
    ]),
  );
  expect(said).not.toContain('PRIVATE KEY');
});

test('replaces nothing that is there, unless it is told to', () => {
  runServerCert({ out: folder });
  const before = made().fingerprint256;
  expect(() => runServerCert({ out: folder })).toThrow(
    expect.objectContaining({ code: 'FILE_EXISTS', fault: 'config' }),
  );
  expect(made().fingerprint256).toBe(before);
  runServerCert({ out: folder, force: true });
  expect(made().fingerprint256).not.toBe(before);
  expect(() => readTlsFiles(files())).not.toThrow();
});

test.each(['', 'https://gateway.lan', 'gateway.lan:58620', '-x', 'a b@c', 'fe80::1%eth0'])(
  'refuses the host %j',
  (host) => {
    expect(() => runServerCert({ host, out: folder })).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
  },
);
