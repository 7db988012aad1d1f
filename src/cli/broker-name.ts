import { BtError } from '../domain/errors.ts';
import type { Settings } from './settings.ts';

/** The broker a command is to use: `--broker`, DEFAULT_BROKER. Throws BAD_CONFIG when neither is given. */
export function brokerName(settings: Settings): string {
  const name = settings.text({ flag: '--broker', variables: ['DEFAULT_BROKER'] });
  if (name !== null) return name;
  throw new BtError('BAD_CONFIG', '--broker is missing: write --broker qmt-remote.', { fault: 'config' });
}
