import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after } from '../../src/platform/timers.ts';
import { pythonRun } from './python.ts';
import type { Places } from './python.ts';

const BT = fileURLToPath(new URL('../../src/bin/bt.js', import.meta.url));
export const TOKEN = 'interop-token';
const START_MS = 60_000;

/** A server that listens; `stop` ends it. */
export interface Running {
  readonly port: number;
  stop(): Promise<void>;
}

/** A kind of server; each program gets a fresh one. */
export interface ServerKind {
  readonly name: string;
  start(): Promise<Running>;
}

export function serverKinds(places: Places): readonly ServerKind[] {
  const morning = ['--at', '2026-07-06 09:40:00'];
  return [
    { name: 'theirs (stub)', start: () => theirs(places) },
    { name: 'ours (paper market)', start: () => ours(morning) },
    { name: 'ours (--market reference)', start: () => ours(['--market', 'reference']) },
  ];
}

/** `bt server` with these options, told when it is ready. */
export async function ours(options: readonly string[], before: readonly string[] = [], cwd?: string): Promise<Running> {
  const args = [BT, ...before, 'server', '--port', '0', '--token', TOKEN, ...options];
  const child = spawn(process.execPath, ['--', ...args], { stdio: ['ignore', 'pipe', 'pipe'], cwd });
  const [, port] = await said(child, /^READY \S+:(\d+) /mu);
  return running(child, Number(port));
}

async function theirs(places: Places): Promise<Running> {
  const port = await freePort();
  const script = join(import.meta.dirname, 'their_server.py');
  const child = spawn(...pythonRun(places, script, [String(port), TOKEN]));
  await said(child, /listening on/u);
  return running(child, port);
}

function running(child: ChildProcess, port: number): Running {
  return {
    port,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** What a child says that matches; fails with what it said when it ends or takes too long. */
function said(child: ChildProcess, wanted: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = (): void => {
      child.kill('SIGKILL');
      reject(new Error(`a server did not start: ${text.trim().slice(-600)}`));
    };
    const limit = after(START_MS, fail);
    const take = (chunk: Buffer): void => {
      text += chunk.toString();
      const found = wanted.exec(text);
      if (found === null) return;
      limit.cancel();
      resolve(found);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.on('error', reject);
    child.on('exit', () => {
      limit.cancel();
      fail();
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
