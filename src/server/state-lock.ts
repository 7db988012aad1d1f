import { BtError, errorMessage } from '../domain/errors.ts';
import { isBusy, takeLock } from '../platform/exclusive-lock.ts';
import type { ExclusiveLock } from '../platform/exclusive-lock.ts';

/** Keeps a second server away from a state file (by `<path>.lock`). `option`: what names it. Throws BtError STATE_LOCKED when another process holds it. */
export function lockState(path: string, option: '--state' | '--record' = '--state'): ExclusiveLock {
  try {
    return takeLock(`${path}.lock`);
  } catch (error) {
    throw refused(path, option, error);
  }
}

function refused(path: string, option: string, error: unknown): BtError {
  if (isBusy(error)) {
    return new BtError(
      'STATE_LOCKED',
      `Another server uses ${path}. Stop it, or give this one its own ${option} file.`,
      {
        fault: 'config',
        cause: error,
      },
    );
  }
  return new BtError(
    'STATE_UNUSABLE',
    `The state file ${path} cannot be used: ${errorMessage(error)}. Check that its folder exists and may be written, or name another with ${option}.`,
    { fault: 'config', cause: error },
  );
}
