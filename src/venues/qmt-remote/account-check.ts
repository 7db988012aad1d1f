import * as z from 'zod';
import { BtError } from '../../domain/errors.ts';

const health = z.object({ value: z.object({ accounts: z.array(z.string()) }) });

/**
 * A gateway trades an unknown account key on its default account without a word; so the key must be among those `admin.health`
 * lists. Throws BtError CONFIG_INVALID. A gateway that lists none cannot be checked.
 */
export function checkAccountKey(accountKey: string, healthPayload: unknown): void {
  const read = health.safeParse(healthPayload);
  const accounts = read.success ? [...new Set(read.data.value.accounts)] : [];
  // `default` is an alias every gateway has, listed under the name of the account it stands for.
  if (accounts.length === 0 || accountKey === 'default' || accounts.includes(accountKey)) return;
  throw new BtError(
    'CONFIG_INVALID',
    `QMT_SERVER_ACCOUNT_KEY cannot be "${accountKey}": the gateway knows ${accounts.join(', ')} and would trade on its default account. ` +
      'Write one of these, or leave it empty.',
    { fault: 'config' },
  );
}
