import { BtError, errorCode, errorMessage } from '../domain/errors.ts';
import { environmentVariable } from '../platform/env.ts';

/** Exit codes of all commands; `bt live` also has 3 (unsettled orders remain). */
export const EXIT = { ok: 0, failed: 1, strategy: 2, interrupted: 130 } as const;

/**
 * What the user reads when a command fails: `bt: message` for an error of ours, for anything else one line that says
 * how to report it. A stack only with BT_DEBUG=1.
 */
export function failureText(error: unknown, debug: boolean): string {
  const text =
    error instanceof BtError && error.fault !== 'bug' ? `bt: ${error.message}` : unexpectedText(error, debug);
  return debug ? `${text}\n${stackOf(error)}` : text;
}

export function isDebug(): boolean {
  const value = environmentVariable('BT_DEBUG');
  return value !== null && value !== '0';
}

function unexpectedText(error: unknown, debug: boolean): string {
  const code = errorCode(error) ?? (error instanceof Error ? error.name : 'UNKNOWN');
  const [first = ''] = errorMessage(error).split('\n');
  const advice = debug ? 'report it with the stack below' : 'run it again with BT_DEBUG=1 and report what it prints';
  return `bt: unexpected error ${code}: ${first}. This is a fault of bt: ${advice}.`;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\ncaused by ${stackOf(error.cause)}`;
}
