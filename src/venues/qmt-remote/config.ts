import * as z from 'zod';
import { cannotBe, readSettings, setting, timeoutSetting, type Settings } from '../../platform/env-schema.ts';

export interface QmtRemoteConfig {
  readonly host: string;
  readonly port: number;
  readonly token: string;
  /** The gateway's alias of the account; null = its default account. */
  readonly accountKey: string | null;
  readonly subAccountId: string | null;
  /** PEM file of the CA; null = no TLS. */
  readonly tlsCaFile: string | null;
  /** Wall milliseconds a request may take, reconnects included. */
  readonly rpcTimeoutMs: number;
}

const DEFAULT_PORT = 58_620;

const HOST_HELP = 'write the gateway’s host name or address only, for example 192.168.1.10';
const PORT_HELP = 'write a port from 1 to 65535, for example 58620';
const TOKEN_HELP = 'write the token the gateway was started with';

const settings = z.object({
  QMT_SERVER_HOST: setting
    .refine((text) => text !== null, { error: `is not set: ${HOST_HELP}`, abort: true })
    .refine((text) => isHost(text), { error: (issue) => cannotBe(issue.input, HOST_HELP) }),
  QMT_SERVER_PORT: setting
    .refine((text) => text === null || isPort(text), {
      error: (issue) => cannotBe(issue.input, PORT_HELP),
    })
    .transform((text) => (text === null ? DEFAULT_PORT : Number(text))),
  QMT_SERVER_TOKEN: setting.refine((text) => text !== null, { error: `is not set: ${TOKEN_HELP}` }),
  QMT_SERVER_ACCOUNT_KEY: setting,
  QMT_SERVER_SUB_ACCOUNT: setting,
  QMT_SERVER_TLS_CERT: setting,
  QMT_SERVER_RPC_TIMEOUT: timeoutSetting,
});

/**
 * Reads the venue's settings; an empty value counts as unset.
 * Throws BtError CONFIG_INVALID with one line for each missing or wrong variable: its name and what to write.
 */
export function readQmtRemoteConfig(env: Settings): QmtRemoteConfig {
  const read = readSettings(settings, env);
  return {
    host: read.QMT_SERVER_HOST ?? '',
    port: read.QMT_SERVER_PORT,
    token: read.QMT_SERVER_TOKEN ?? '',
    accountKey: read.QMT_SERVER_ACCOUNT_KEY,
    subAccountId: read.QMT_SERVER_SUB_ACCOUNT,
    tlsCaFile: read.QMT_SERVER_TLS_CERT,
    rpcTimeoutMs: read.QMT_SERVER_RPC_TIMEOUT,
  };
}

/** A name, an IPv4 or an IPv6 address; no scheme, no path, and no port behind a single colon. */
function isHost(text: string | null): boolean {
  return text !== null && (/^[\w.-]+$/.test(text) || /^[\da-f]*:[\da-f.]*:[\da-f:.]*(?:%\w+)?$/i.test(text));
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}
