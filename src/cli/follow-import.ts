import { existsSync, writeFileSync } from 'node:fs';
import { BtError, errorMessage } from '../domain/errors.ts';
import { importConfig } from '../follow/config/import/import-config.ts';
import type { ToldName } from '../follow/config/import/import-config.ts';
import { readOlderSettings } from '../follow/config/import/read-older.ts';
import { say } from './say.ts';

const PRIVATE = 0o600;
const HEADINGS = {
  taken: 'Taken',
  other: 'Taken, and means something else here',
  left: 'Left out',
} as const;

/**
 * Runs `bt follow --import`: makes the follower's configuration of the older receiver's files, and says of each name what became of it. Throws
 * BtError BAD_CONFIG, FILE_EXISTS (nothing is written over) or FILE_NOT_WRITTEN.
 */
export function runFollowImport(paths: readonly string[], target: string): void {
  const { text, told } = importConfig(readOlderSettings(paths));
  if (existsSync(target))
    throw new BtError('FILE_EXISTS', `${target} is here already and is not written over: name another with --out.`, {
      fault: 'config',
    });
  try {
    // It holds the password.
    writeFileSync(target, text, { flag: 'wx', mode: PRIVATE });
  } catch (cause) {
    throw new BtError(
      'FILE_NOT_WRITTEN',
      `${target} cannot be written (${errorMessage(cause)}): name another with --out.`,
      {
        fault: 'config',
        cause,
      },
    );
  }
  say(`${[...report(told), '', `Written: ${target}. Look it through, then`, ...nextSteps(target)].join('\n')}\n`);
}

/** As they can be typed. */
function nextSteps(target: string): string[] {
  const file = /^[\w./:\\-]+$/u.test(target) ? target : `"${target}"`;
  return [
    `  bt follow ${file} --with-stub                (on a paper market, which needs no gateway)`,
    `  bt follow ${file} --broker qmt-remote        (through the gateway of QMT_SERVER_* in .env.local)`,
  ];
}

function report(told: readonly ToldName[]): string[] {
  return (['taken', 'other', 'left'] as const).flatMap((kind) => {
    const of = told.filter((each) => each.kind === kind);
    return of.length === 0 ? [] : [`${HEADINGS[kind]}:`, ...of.map(({ key, text }) => `  ${key}: ${text}`)];
  });
}
