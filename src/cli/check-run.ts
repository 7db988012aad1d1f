import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findingsOf, findingText } from '../engine/strategy-check.ts';
import { buildStrategy } from '../engine/strategy/build/build.ts';
import { pythonAsked } from './python-asked.ts';
import { writeOut } from '../platform/terminal.ts';
import { say } from './say.ts';

/** Prints what is found in a strategy; errors make the exit code 1. */
export async function runCheck(file: string, flags: Readonly<Record<string, unknown>>): Promise<void> {
  const outDir = await mkdtemp(join(tmpdir(), 'bt-check-'));
  try {
    const found = findingsOf(await buildStrategy({ file: resolve(file), outDir, python: pythonAsked(flags) }));
    const errors = found.filter(({ level }) => level === 'error').length;
    if (flags['json'] === true) writeOut(`${JSON.stringify(found, null, 1)}\n`);
    else say(`${[...found.map(findingText), summary(file, errors, found.length - errors)].join('\n')}\n`);
    if (errors > 0) process.exitCode = 1;
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

function summary(file: string, errors: number, warnings: number): string {
  if (errors + warnings === 0) return `${file}: nothing found.`;
  return `${file}: ${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}.`;
}
