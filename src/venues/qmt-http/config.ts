import * as z from 'zod';
import { cannotBe, readSettings, setting, timeoutSetting, type Settings } from '../../platform/env-schema.ts';

export interface QmtHttpConfig {
  /** Where the wrapper is, without a path: `http://192.168.1.10:7800`. */
  readonly origin: string;
  /** `host:port`. */
  readonly address: string;
  /** Null: none is sent, as the original wrapper asks for none. */
  readonly token: string | null;
  /** The account's number; null = the wrapper's own. */
  readonly accountId: string | null;
  /** STOCK or CREDIT; null = not said. */
  readonly accountType: string | null;
  /** The folder of the terminal on the wrapper's machine; null = not said. */
  readonly qmtDir: string | null;
  /** PEM file of the CA; null = those of this machine. */
  readonly tlsCaFile: string | null;
  /** Wall ms a request may take. */
  readonly timeoutMs: number;
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

const URL_HELP = 'write the wrapper’s address without a path, for example http://192.168.1.10:7800';
const TYPE_HELP = 'write STOCK or CREDIT';

const settings = z.object({
  QMT_HTTP_URL: setting
    .refine((text) => text !== null, { error: `is not set: ${URL_HELP}`, abort: true })
    .refine((text) => isOrigin(text), { error: (issue) => cannotBe(issue.input, URL_HELP) }),
  QMT_HTTP_TOKEN: setting,
  QMT_HTTP_ACCOUNT_ID: setting,
  QMT_HTTP_ACCOUNT_TYPE: setting.refine((text) => text === null || text === 'STOCK' || text === 'CREDIT', {
    error: (issue) => cannotBe(issue.input, TYPE_HELP),
  }),
  QMT_HTTP_QMT_DIR: setting,
  QMT_HTTP_TLS_CERT: setting,
  QMT_HTTP_TIMEOUT: timeoutSetting,
});

/**
 * Reads the venue's settings; an empty value counts as unset.
 * Throws BtError CONFIG_INVALID with one line for each missing or wrong variable: its name and what to write.
 */
export function readQmtHttpConfig(env: Settings): QmtHttpConfig {
  const read = readSettings(settings, env);
  const url = new URL(read.QMT_HTTP_URL ?? '');
  const port = url.port === '' ? (DEFAULT_PORTS[url.protocol] ?? '') : url.port;
  return {
    origin: url.origin,
    address: `${url.hostname}:${port}`,
    token: read.QMT_HTTP_TOKEN,
    accountId: read.QMT_HTTP_ACCOUNT_ID,
    accountType: read.QMT_HTTP_ACCOUNT_TYPE,
    qmtDir: read.QMT_HTTP_QMT_DIR,
    tlsCaFile: read.QMT_HTTP_TLS_CERT,
    timeoutMs: read.QMT_HTTP_TIMEOUT,
  };
}

/** A scheme, a host and a port, and nothing else: who writes a path, a name or a password means something that is not done. */
function isOrigin(text: string | null): boolean {
  const url = text === null ? null : URL.parse(text);
  if (url === null || !/^https?:$/u.test(url.protocol)) return false;
  return url.origin === text?.replace(/\/$/u, '').toLowerCase();
}
