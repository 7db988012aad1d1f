import { spawn, spawnSync } from 'node:child_process';
import type { SpawnOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after } from '../../src/platform/timers.ts';
import { readRows } from './rows.ts';
import type { Row } from './rows.ts';
import { TOKEN } from './servers.ts';

const OUR_HELPERS = fileURLToPath(new URL('../../helpers/joinquant', import.meta.url));
const LIMIT_MS = 300_000;

/** Where things lie on this machine. */
export interface Places {
  /** A checkout of the reference. */
  readonly checkout: string;
  /** A Python with pandas. */
  readonly python: string;
  /** Where the programs run: they leave logs behind. */
  readonly folder: string;
}

/** Why it cannot be tried here; null = it can. */
export function obstacle({ checkout, python }: Pick<Places, 'checkout' | 'python'>): string | null {
  const helper = join(checkout, 'helpers', 'bullet_trade_jq_remote_helper.py');
  if (!existsSync(helper)) return `${checkout} is no checkout of BulletTrade: ${helper} is not there`;
  const { status, error } = spawnSync(python, ['-c', 'import pandas']);
  if (error !== undefined) return `${python} cannot be started: name a Python with --python`;
  return status === 0 ? null : `${python} has no pandas: name a Python that has with --python`;
}

/** What `spawn` needs for one of our programs in Python, with the reference and both helpers to import. */
export function pythonRun(
  { checkout, python, folder }: Places,
  script: string,
  args: readonly string[],
): [string, string[], SpawnOptions] {
  const paths = [checkout, join(checkout, 'helpers'), OUR_HELPERS].join(delimiter);
  const env = { ...process.env, PYTHONPATH: paths, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' };
  return [python, [script, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] }];
}

/** Runs a program of this folder against a server; its rows, or one that says why there are none. */
export function runProgram(places: Places, script: string, port: number): Promise<Row[]> {
  const child = spawn(...pythonRun(places, join(import.meta.dirname, script), ['127.0.0.1', String(port), TOKEN]));
  return new Promise((resolve, reject) => {
    const out: Buffer[] = [];
    let trouble = '';
    const limit = after(LIMIT_MS, () => child.kill('SIGKILL'));
    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => {
      trouble = (trouble + chunk.toString()).slice(-4_000);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      limit.cancel();
      const rows = readRows(Buffer.concat(out).toString());
      const last = trouble.trim().split('\n').at(-1) ?? '';
      resolve(code === 0 ? rows : [...rows, { what: 'the program', kind: 'fails', text: `exit ${code}: ${last}` }]);
    });
  });
}
