import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Walked } from './walk-fortnight.ts';

/** A walk that may be broken off: which kills it is of, and how those of them ended that were walked. */
export interface KeptWalk {
  readonly kills: readonly string[];
  readonly walked: readonly Walked[];
  /** What is still to be walked. */
  readonly left: readonly string[];
  /** To be called with each that was walked. */
  keep(walked: Walked): void;
}

/**
 * The walk that `file` holds (one JSON value a line: all kills, then each that was walked), begun with `kills` where there is none. How often
 * a point is come to differs a little from run to run, so the kills of a walk are those of its beginning. `file` null: it is not kept.
 */
export function keptWalk(file: string | null, kills: readonly string[]): KeptWalk {
  if (file === null) return { kills, walked: [], left: kills, keep: () => undefined };
  if (!existsSync(file)) writeFileSync(file, lineOf(kills));
  const [first = '[]', ...rest] = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  const begun = JSON.parse(first) as readonly string[];
  const walked = rest.map((line) => JSON.parse(line) as Walked);
  const done = new Set(walked.map(({ kill }) => kill));
  return {
    kills: begun,
    walked,
    left: begun.filter((kill) => !done.has(kill)),
    keep: (each) => appendFileSync(file, lineOf(each)),
  };
}

function lineOf(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
