import { BtError, errorCode, errorMessage } from '../domain/errors.ts';
import { environmentVariable } from '../platform/env.ts';
import { cleanLine, cleanText } from '../platform/exit-text.ts';

/** Exit codes of all commands; `bt live` also has 3 (unsettled orders remain). */
export const EXIT = { ok: 0, failed: 1, strategy: 2, interrupted: 130 } as const;

/** Longest error line, in characters: a gateway's text may be of megabytes. */
const LONGEST_ERROR = 4_000;

/**
 * What the user reads when a command fails: `bt: message` for an error of ours, for anything else one line that says
 * how to report it. A stack only with BT_DEBUG=1.
 */
export function failureText(error: unknown, debug: boolean): string {
  const text = plainText(error) ?? unexpectedText(error, debug);
  const short = cleanText(text, LONGEST_ERROR);
  return debug ? `${short}\n${cleanText(stackOf(error))}` : short;
}

/** Of what the system refuses: what the user can change. */
const SYSTEM_ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'free space on that disk',
  EDQUOT: 'free space, your quota there is used up',
  EFBIG: 'raise the limit on the size of a file (ulimit -f)',
  EACCES: 'correct its rights, or name another place',
  EPERM: 'correct its rights, or name another place',
  EROFS: 'that disk is read-only, name another place',
  EIO: 'the disk reports errors, check it',
  EMFILE: 'raise the limit on open files (ulimit -n)',
  ENFILE: 'the system has too many files open, close other programs',
  ENOENT: 'check that the path exists',
  ENOTDIR: 'a file stands where a folder should be, name another path',
  EEXIST: 'a file stands where a folder should be, name another path',
  EISDIR: 'a folder stands where a file should be, name another path',
  ENAMETOOLONG: 'name a shorter path',
};

/** What has a line of its own; null for a fault of ours. */
function plainText(error: unknown): string | null {
  if (error instanceof BtError) return error.fault === 'bug' ? null : `bt: ${error.message}`;
  // Only what a call into the system refused: the same codes in other errors may mean anything.
  if (!(error instanceof Error) || !('syscall' in error)) return null;
  const advice = SYSTEM_ADVICE[errorCode(error) ?? ''];
  return advice === undefined ? null : `bt: ${error.message}: ${advice}, then run the command again.`;
}

export function isDebug(): boolean {
  const value = environmentVariable('BT_DEBUG');
  return value !== null && value !== '0';
}

function unexpectedText(error: unknown, debug: boolean): string {
  const code = errorCode(error) ?? (error instanceof Error ? error.name : 'UNKNOWN');
  const first = cleanLine(errorMessage(error).split('\n')[0] ?? '', LONGEST_ERROR / 2);
  const advice = debug ? 'report it with the stack below' : 'run it again with BT_DEBUG=1 and report what it prints';
  return `bt: unexpected error ${code}: ${first}. This is a fault of bt: ${advice}.`;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\ncaused by ${stackOf(error.cause)}`;
}
