import * as z from 'zod';
import { BtError } from '../../domain/errors.ts';

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

/** Settings as the environment or an env file holds them. */
export type Settings = Readonly<Record<string, string | undefined>>;

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };
const DEFAULT_TIMEOUT_S = 60;
const MIN_TIMEOUT_S = 5;

const URL_HELP = 'write the wrapper’s address without a path, for example http://192.168.1.10:7800';
const TYPE_HELP = 'write STOCK or CREDIT';
const TIMEOUT_HELP = `write seconds, at least ${MIN_TIMEOUT_S}, for example 60`;

/** Absent, or nothing but blanks: not set. */
const setting = z
  .string()
  .trim()
  .transform((text) => (text === '' ? null : text))
  .nullish()
  .transform((text) => text ?? null);

const settings = z.object({
  QMT_HTTP_URL: setting
    .refine((text) => text !== null, { error: `is not set: ${URL_HELP}`, abort: true })
    .refine((text) => isOrigin(text), { error: (issue) => `cannot be ${JSON.stringify(issue.input)}: ${URL_HELP}` }),
  QMT_HTTP_TOKEN: setting,
  QMT_HTTP_ACCOUNT_ID: setting,
  QMT_HTTP_ACCOUNT_TYPE: setting.refine((text) => text === null || text === 'STOCK' || text === 'CREDIT', {
    error: (issue) => `cannot be ${JSON.stringify(issue.input)}: ${TYPE_HELP}`,
  }),
  QMT_HTTP_QMT_DIR: setting,
  QMT_HTTP_TLS_CERT: setting,
  QMT_HTTP_TIMEOUT: setting
    .refine((text) => text === null || isTimeout(text), {
      error: (issue) => `cannot be ${JSON.stringify(issue.input)}: ${TIMEOUT_HELP}`,
    })
    .transform((text) => (text === null ? DEFAULT_TIMEOUT_S : Number(text)) * 1000),
});

/**
 * Reads the venue's settings; an empty value counts as unset.
 * Throws BtError CONFIG_INVALID with one line for each missing or wrong variable: its name and what to write.
 */
export function readQmtHttpConfig(env: Settings): QmtHttpConfig {
  const result = settings.safeParse(env);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`);
    throw new BtError('CONFIG_INVALID', lines.join('\n'), { fault: 'config', details: { problems: lines.length } });
  }
  const read = result.data;
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

function isTimeout(text: string): boolean {
  return /^\d{1,6}(?:\.\d+)?$/u.test(text) && Number(text) >= MIN_TIMEOUT_S;
}
