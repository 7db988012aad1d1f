import { join } from 'node:path';
import { BtError, errorMessage } from '../domain/errors.ts';
import { isBusy, takeLock, type ExclusiveLock } from '../platform/exclusive-lock.ts';
import { privateFolder } from '../platform/private-files.ts';

/** Takes the exclusive lock of an instance folder. Throws INSTANCE_RUNNING when another process holds it. */
export function lockInstance(folder: string): ExclusiveLock {
  try {
    privateFolder(folder);
    return takeLock(join(folder, 'instance.lock'));
  } catch (error) {
    throw isBusy(error)
      ? new BtError(
          'INSTANCE_RUNNING',
          `Another bt runs this instance (${folder}). Stop it first, or give this one its own --name.`,
          { fault: 'config', cause: error },
        )
      : new BtError(
          'STATE_UNUSABLE',
          `The state folder ${folder} cannot be used (${errorMessage(error)}). Check its rights or name another with --state.`,
          {
            fault: 'config',
            cause: error,
          },
        );
  }
}
