import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { atMost } from './figure.ts';
import type { Figure } from './figure.ts';
import { ROOT, temporaryFolder } from './processes.ts';
import { percentile, spreadOf } from './stats.ts';

const RUNS = 9;
const LINES = 300;
const TARGET_MS = 150;
const ONCE = fileURLToPath(new URL('./check-once.ts', import.meta.url));

/** What the look through a script of 300 lines takes of a start: CPU time, on code that has not run before. */
export const figure: Figure = {
  async run() {
    const times: number[] = [];
    for (let run = 0; run < RUNS; run += 1) times.push(await reading());
    return [
      {
        what: `check of a script of some ${LINES} lines, CPU`,
        unit: 'ms',
        shape: 'runs',
        spread: spreadOf(times),
        floor: null,
        target: atMost(TARGET_MS, 'ms', 'median', percentile(times, 0.5)),
      },
    ];
  },
};

/** An example's imports, and its body over and over, each in a function of its own. */
function script(): string {
  const text = readFileSync(join(ROOT, 'strategies', 'multi-factor.ts'), 'utf8');
  const at = text.lastIndexOf("'jqdata';\n") + "'jqdata';\n".length;
  const head = text.slice(0, at).trimEnd().split('\n');
  const body = text.slice(at).replaceAll('export ', '').trim().split('\n');
  const start = ['export function initialize() {', '  run_monthly(part, 1);', '}'];
  const lines = [...head, ...start];
  for (let part = 0; lines.length < LINES; part += 1)
    lines.push(`function part${part === 0 ? '' : part}() {`, ...body, '}');
  return lines.join('\n');
}

async function reading(): Promise<number> {
  const file = join(temporaryFolder(), 'strategy.ts');
  writeFileSync(file, script());
  const { stdout } = await promisify(execFile)(process.execPath, [ONCE, file], { cwd: ROOT });
  const { ms, found } = JSON.parse(stdout) as { ms: number; found: number }; // printed by check-once
  if (found > 0) throw new Error(`the script of the figure has ${found} findings`);
  return ms;
}
