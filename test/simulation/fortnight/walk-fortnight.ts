import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorMessage } from '../../../src/domain/errors.ts';
import { judgeFortnight, timesOf, type Left } from './judge-fortnight.ts';
import { runFortnight } from './real-fortnight.ts';

/** Fortnights beside one another. */
const AT_A_TIME = 2;

/** A kill, and what came of it. */
export interface Walked {
  readonly kill: string;
  /** False: the process did not come to that point as often this time. */
  readonly struck: boolean;
  readonly violations: readonly string[];
  /** All that is left of it; removed when nothing was violated. */
  readonly folder: string;
}

/** The fortnight that is not killed. */
export async function wholeFortnight(): Promise<Left> {
  const folder = newFolder();
  try {
    return await runFortnight(folder, null);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first, a middle and the last time of each point. */
export function killsOf(whole: Left): string[] {
  return timesOf(whole).map(({ point, nth }) => `${nth}. ${point}`);
}

/** Runs the fortnight once for each kill and judges what is left by the whole one; tells of each when it is done. */
export async function walkFortnight(
  kills: readonly string[],
  whole: Left,
  tell: (walked: Walked) => void = () => undefined,
): Promise<Walked[]> {
  const done: Walked[] = [];
  const rest = kills.values();
  const work = async (): Promise<void> => {
    for (const kill of rest) {
      const walked = await walk(kill, whole);
      done.push(walked);
      tell(walked);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return done;
}

async function walk(kill: string, whole: Left): Promise<Walked> {
  const folder = newFolder();
  let struck = true;
  let violations: readonly string[];
  try {
    const left = await runFortnight(folder, kill);
    struck = left.lives > 1;
    violations = judgeFortnight(left, whole);
  } catch (error) {
    violations = [errorMessage(error)];
  }
  if (violations.length === 0) rmSync(folder, { recursive: true, force: true });
  return { kill, struck, violations, folder };
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'bt-fortnight-'));
}
