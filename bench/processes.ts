import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** A program that runs beside the benchmark. */
export interface Running {
  readonly child: ChildProcess;
  /** Wall ms from its start to the first match in what it prints; rejects when it ends without. */
  printed(pattern: RegExp): Promise<{ readonly match: RegExpExecArray; readonly afterMs: number }>;
  /** Resolves with the wall ms from its start to its end. */
  readonly ended: Promise<number>;
  /** Resolves at its end with all it has printed. */
  readonly output: Promise<string>;
  /** Asks it to end cleanly, and makes it end after five seconds. */
  stop(): Promise<void>;
}

const STOP_MS = 5_000;
/** What a program needs of our environment; settings of the user must not change a figure. */
const KEPT = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot', 'APPDATA', 'LOCALAPPDATA', 'USERPROFILE'];

const running = new Set<ChildProcess>();
const folders = new Set<string>();

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** Ends everything started here when this process is told to end, or when whoever started it is gone. */
export function endTogether(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));
  process.on('disconnect', () => process.exit(130));
}

/** A text as it may be kept: without the folders of this machine. */
export function withoutFolders(text: string): string {
  return text.replaceAll(ROOT, '').replaceAll(tmpdir(), '<tmp>');
}

/** A folder that is removed when this process ends; under `parent` when its disk matters. */
export function temporaryFolder(parent: string = tmpdir()): string {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'bt-bench-'));
  folders.add(folder);
  return folder;
}

/** Resident memory of a process, MB; null when it is gone, or there is no /proc to read it from. */
export function residentMbOf(pid: number): number | null {
  let status: string;
  try {
    status = readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return null;
  }
  const kb = /^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1];
  return kb === undefined ? null : Number(kb) / 1024;
}

/** Starts Node with these arguments. */
export function launch(
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Running {
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: options.cwd,
    env: environment(options.env ?? {}),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const output = new Output(began);
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.add(text));
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => {
      running.delete(child);
      resolve(performance.now() - began);
    });
  });
  const whole = new Promise<string>((resolve) => {
    child.on('close', () => resolve(output.end(complaints)));
  });
  return { child, ended, output: whole, printed: (pattern) => output.find(pattern), stop: () => stop(child, ended) };
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}

function environment(extra: Readonly<Record<string, string>>): Record<string, string> {
  const kept = KEPT.flatMap((name): [string, string][] => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(kept), ...extra };
}

interface Waiting {
  readonly pattern: RegExp;
  readonly resolve: (found: { match: RegExpExecArray; afterMs: number }) => void;
  readonly reject: (error: Error) => void;
}

/** What a program has printed, and who waits for something in it. */
class Output {
  readonly #began: number;
  #text = '';
  #over: Error | null = null;
  #waiting: Waiting[] = [];

  constructor(began: number) {
    this.#began = began;
  }

  add(text: string): void {
    const afterMs = performance.now() - this.#began;
    this.#text += text;
    this.#waiting = this.#waiting.filter(({ pattern, resolve }) => {
      const match = pattern.exec(this.#text);
      if (match !== null) resolve({ match, afterMs });
      return match === null;
    });
  }

  /** Nothing more comes on either stream; whoever still waits is told what there was. */
  end(complaints: string): string {
    const whole = `${this.#text}${complaints}`.trim();
    this.#over = new Error(`a program ended early: ${whole}`);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#over);
    return whole;
  }

  find(pattern: RegExp): Promise<{ match: RegExpExecArray; afterMs: number }> {
    if (this.#over !== null) return Promise.reject(this.#over);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ pattern, resolve, reject });
      this.add('');
    });
  }
}
