import { X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { BtError, errorMessage } from '../domain/errors.ts';
import { chinaText } from '../domain/time.ts';
import { loadEnv } from '../platform/env.ts';
import { privateFolder, writePrivate } from '../platform/private-files.ts';
import { selfSigned } from '../platform/self-signed.ts';
import { say } from './say.ts';
import { wallNow } from '../platform/timers.ts';
import { badValue, Settings } from './settings.ts';

const DEFAULT_HOSTS = 'localhost,127.0.0.1';
const DEFAULT_DAYS = 1095;
const MOST_DAYS = 36_500;

/** Writes the pair and prints what to set. Throws BtError BAD_CONFIG, FILE_EXISTS or FILE_UNWRITABLE. */
export function runServerCert(flags: Readonly<Record<string, unknown>>): void {
  const settings = new Settings(loadEnv(), flags);
  const hosts = readHosts(settings);
  const days = settings.integer({ flag: '--days' }, 1, MOST_DAYS) ?? DEFAULT_DAYS;
  const folder = resolve(settings.text({ flag: '--out' }) ?? '.');
  const files = { cert: join(folder, 'bt-cert.pem'), key: join(folder, 'bt-key.pem') };
  if (settings.toggle({ flag: '--force' }) !== true) for (const path of Object.values(files)) checkNew(path);
  const pair = selfSigned({ hosts, days, now: wallNow() });
  try {
    privateFolder(folder);
    // The key first: a server that looks in between finds two that do not work together, and keeps what it has.
    writePrivate(files.key, pair.key);
    writePrivate(files.cert, pair.cert);
  } catch (error) {
    throw new BtError(
      'FILE_UNWRITABLE',
      `The certificate cannot be written to ${folder} (${errorMessage(error)}). Name a folder that you may write to with --out.`,
      { fault: 'config', cause: error },
    );
  }
  say(told(files, hosts, pair.cert));
}

function told(files: { readonly cert: string; readonly key: string }, hosts: readonly string[], cert: string): string {
  const { fingerprint256, validToDate } = new X509Certificate(cert);
  return `Made ${files.cert}
 and ${files.key}
for ${hosts.join(', ')}, good until ${chinaText(validToDate.getTime())}.

On the server's machine:
  QMT_SERVER_TLS_CERT=${files.cert}
  QMT_SERVER_TLS_KEY=${files.key}

On each client's machine (copy bt-cert.pem there; bt-key.pem stays here):
  QMT_SERVER_HOST=${hosts[0] ?? ''}
  QMT_SERVER_TLS_CERT=<where the copy of bt-cert.pem is>

QMT_SERVER_HOST must be one of the names above, written as above. To see that a copy is the right one, compare its SHA-256:
  ${fingerprint256}
`;
}

function readHosts(settings: Settings): string[] {
  const given = settings.find({ flag: '--host' });
  const hosts = (given?.value ?? DEFAULT_HOSTS).split(/[,;\s]+/u).filter((host) => host !== '');
  const isName = (host: string): boolean => /^(?!-)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*$/u.test(host);
  const isGood = (host: string): boolean => (isIP(host) > 0 && !host.includes('%')) || isName(host);
  if (given !== null && (hosts.length === 0 || !hosts.every(isGood)))
    throw badValue(given, 'names or addresses without a port, like 192.168.1.20,gateway.lan');
  return hosts;
}

function checkNew(path: string): void {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return;
  throw new BtError(
    'FILE_EXISTS',
    `${path} is there already: clients that have its certificate trust it. Name another folder with --out, or replace it with --force.`,
    { fault: 'config' },
  );
}
