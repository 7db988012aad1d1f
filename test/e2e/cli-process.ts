import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const BT = join(ROOT, 'src', 'bin', 'bt.js');
/** The machine's own Node, when it is an old one. */
export const MACHINE_NODE = '/usr/bin/node';

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly node?: string;
}

/** A program that runs: its output so far, and ways to wait for it. */
export interface Running {
  readonly child: ChildProcess;
  /** Resolves once standard output holds a match; rejects when the program ends without. */
  output(pattern: RegExp): Promise<RegExpExecArray>;
  readonly finished: Promise<Finished>;
}

/** The environment of a user who has configured nothing. */
function cleanEnvironment(extra: Readonly<Record<string, string>>): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot', 'APPDATA', 'LOCALAPPDATA', 'USERPROFILE'];
  const base = kept.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...(Object.fromEntries(base) as Record<string, string>), BT_LANG: 'en', ...extra };
}

/** Starts a file with Node. */
export function start(file: string, args: readonly string[], options: RunOptions = {}): Running {
  const child = spawn(options.node ?? process.execPath, ['--', file, ...args], {
    cwd: options.cwd ?? ROOT,
    env: cleanEnvironment(options.env ?? {}),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    for (const look of waiting) look();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const output = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(stdout);
        if (match === null) return;
        waiting.delete(look);
        resolve(match);
      };
      waiting.add(look);
      finished.then(() => reject(new Error(`ended without ${String(pattern)}:\n${stdout}\n${stderr}`)), reject);
      look();
    });
  return { child, output, finished };
}

/** Runs `bt` of the sources to its end. */
export function bt(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return start(BT, args, options).finished;
}
