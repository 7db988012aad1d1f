import { isIP } from 'node:net';
import { BtError } from '../domain/errors.ts';
import type { HttpOptions } from '../server/index.ts';
import { badValue } from './settings.ts';
import type { Given, Settings } from './settings.ts';

/** `--http` and what belongs to it; null = no door for HTTP. `token`: as written down, null = none was. Throws BAD_CONFIG. */
export function readHttp(settings: Settings, token: string | null): HttpOptions | null {
  const given = settings.find({ flag: '--http', variables: ['QMT_SERVER_HTTP'] });
  const origins = readOrigins(settings);
  if (given === null) {
    if (origins.length > 0) throw needs('--http-cors', '--http 127.0.0.1:7800');
    return null;
  }
  const { host, port } = readAddress(given, '127.0.0.1:7800 or [::1]:7800');
  if (token === null && !isOfThisMachine(host)) {
    throw needs(`--http ${host}:${port}`, '--token (or QMT_SERVER_TOKEN): others can reach it');
  }
  // What no header can hold would keep everybody out.
  if (token !== null && !/^[\u0021-\u007e]+$/u.test(token))
    throw needs('--http', 'a token of letters, digits and signs, without blanks: give another with --token');
  return { host, port, token, origins };
}

/** Only programs of this machine reach it. */
export function isOfThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

const SHORTEST_TOKEN = 12;

/** What to warn of where others can guess the token. */
export function shortToken(host: string, token: string): string[] {
  if (isOfThisMachine(host) || token.length >= SHORTEST_TOKEN) return [];
  return [`others can reach ${host} and the token is short: give --token at least ${SHORTEST_TOKEN} characters`];
}

/** `host:port` of this machine; `example` says how one looks. Throws BAD_CONFIG. */
export function readAddress(given: Given, example: string): { readonly host: string; readonly port: number } {
  const [, inBrackets, plain, digits = ''] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/u.exec(given.value) ?? [];
  const host = inBrackets ?? plain ?? '';
  const port = Number(digits);
  const isHost = inBrackets === undefined ? isIP(host) === 4 || /^[A-Za-z0-9.-]+$/u.test(host) : isIP(host) === 6;
  if (digits === '' || port > 65_535 || !isHost) {
    throw badValue(given, `an address of this machine with a port, like ${example}`);
  }
  return { host, port };
}

function readOrigins(settings: Settings): string[] {
  const given = settings.find({ flag: '--http-cors', variables: ['QMT_SERVER_HTTP_CORS'] });
  if (given === null) return [];
  const origins = given.value.split(',').map((part) => part.trim());
  return origins
    .filter((origin) => origin !== '')
    .map((origin) => {
      const url = URL.parse(origin);
      if (url !== null && url.origin === origin && /^https?:$/u.test(url.protocol)) return origin;
      throw badValue(given, 'origins as browsers write them, like https://desk.example,http://localhost:3000');
    });
}

function needs(what: string, other: string): BtError {
  return new BtError('BAD_CONFIG', `${what} needs ${other}.`, { fault: 'config' });
}
