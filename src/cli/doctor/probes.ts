import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { accessSync, constants, existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { errorMessage } from '../../domain/errors.ts';
import { after, wallNow } from '../../platform/timers.ts';
import type { ProbeStep, SdkProbe, UserdataFacts } from './facts.ts';

const SCRIPT = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('../../../helpers/qmt-bridge/bt_qmt_doctor.py', import.meta.url)
    : new URL('../helpers/qmt-bridge/bt_qmt_doctor.py', import.meta.url),
);

/** So long a program may take, wall ms. The SDK alone may try to reach the network for 10 s when it is imported. */
export const PROBE_LIMIT_MS = 40_000;
const TOOL_LIMIT_MS = 10_000;

export interface SdkQuestion {
  readonly python: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly data_path: string;
  readonly accounts: readonly (readonly [alias: string, id: string, type: string])[];
  /** Port of the terminal's quotes; null = the SDK finds it. */
  readonly data_port: number | null;
  /** Folders that may hold xtquant. */
  readonly xtquant: readonly string[];
  readonly limitMs?: number;
}

const step: z.ZodType<ProbeStep> = z.object({
  step: z.string(),
  error: z.string().optional(),
  version: z.string().nullish(),
  bits: z.number().optional(),
  path: z.string().optional(),
  code: z.number().nullish(),
  account: z.string().optional(),
  subscribed: z.number().nullish(),
  status: z.number().nullish(),
  symbol: z.string().optional(),
  time: z.union([z.number(), z.string()]).nullish(),
});

/** Asks Python, SDK and terminal; never rejects. What was told before it hung counts. */
export async function probeSdk({ python, environment, limitMs, ...question }: SdkQuestion): Promise<SdkProbe> {
  // One number that no server takes: each leaves some 70 MB behind in the terminal's folder, once.
  const asked = { ...question, session: 586_190, symbol: '000001.SZ' };
  const run = await output(python, [SCRIPT, JSON.stringify(asked)], limitMs ?? PROBE_LIMIT_MS, environment);
  const steps = run.text.split('\n').flatMap((line) => {
    const read = step.safeParse(parsed(line));
    return read.success ? [read.data] : [];
  });
  return { steps, trouble: steps.some((one) => one.step === 'end') ? null : run.end };
}

export function probeUserdata(path: string): UserdataFacts {
  const exists = existsSync(path);
  const mayWrite = (): boolean => {
    try {
      accessSync(path, constants.W_OK);
      return true;
    } catch {
      return false;
    }
  };
  return { path, exists, writable: exists && mayWrite(), hasQueue: existsSync(join(path, 'up_queue_xtquant')) };
}

/** Null where this system has no list of its programs that we read. */
export async function probeTerminal(platform: string): Promise<boolean | null> {
  if (platform !== 'win32') return null;
  const { text, end } = await output('tasklist', ['/FI', 'IMAGENAME eq XtMiniQmt.exe', '/NH'], TOOL_LIMIT_MS);
  return end === 'ended' ? /XtMiniQmt\.exe/iu.test(text) : null;
}

/** Whether Windows has our rule; null = not Windows, or not told. */
export async function probeFirewall(platform: string): Promise<boolean | null> {
  if (platform !== 'win32') return null;
  const show = ['advfirewall', 'firewall', 'show', 'rule', 'name=bt server'];
  const { text, end } = await output('netsh', show, TOOL_LIMIT_MS);
  return text === '' && end !== 'ended' ? null : end === 'ended';
}

/** Why the port cannot be listened on; null = it can. */
export function probePort(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', (error) => resolve(errorMessage(error)));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

const SNTP_BYTES = 48;
/** Seconds from 1900, where the protocol's time begins, to 1970. */
const EPOCH_1970 = 2_208_988_800;

/** Seconds that this machine is ahead of a time server (SNTP); null when it does not answer in time. */
export function probeClock(host = 'ntp.aliyun.com', port = 123, limitMs = 3_000): Promise<number | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const finish = (value: number | null): void => {
      limit.cancel();
      socket.removeAllListeners();
      socket.on('error', () => {});
      socket.close();
      resolve(value);
    };
    const limit = after(limitMs, () => finish(null));
    const begun = wallNow();
    socket.on('error', () => finish(null));
    socket.on('message', (answer) => {
      if (answer.length < SNTP_BYTES) return;
      const theirs = answer.readUInt32BE(40) - EPOCH_1970 + answer.readUInt32BE(44) / 2 ** 32;
      finish((begun + wallNow()) / 2000 - theirs);
    });
    const question = Buffer.alloc(SNTP_BYTES);
    question[0] = 0x1b; // version 3, a client
    socket.send(question, port, host, (error) => {
      if (error !== null) finish(null);
    });
  });
}

interface Output {
  readonly text: string;
  /** `ended`, or why it did not end well. */
  readonly end: string;
}

function output(
  command: string,
  args: readonly string[],
  limitMs: number,
  environment?: Readonly<Record<string, string>>,
): Promise<Output> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
      ...(environment === undefined ? {} : { env: environment }),
    });
    const chunks: Buffer[] = [];
    const finish = (end: string): void => {
      limit.cancel();
      resolve({ text: Buffer.concat(chunks).toString('utf8'), end });
    };
    const limit = after(limitMs, () => {
      child.kill('SIGKILL');
      finish(`it did not end within ${limitMs / 1000} s`);
    });
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => finish(errorMessage(error)));
    child.on('close', (code) => finish(code === 0 ? 'ended' : `it ended with ${code ?? 'a signal'}`));
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
