import { parseAccounts } from '../server/index.ts';
import type { AccountConfig } from '../server/index.ts';
import type { Settings } from './settings.ts';

/**
 * The accounts that a server is for, as the server and whoever looks at its desk read them; QMT_ACCOUNT_ID, the reference's way to name
 * one, is the account `default` where none is called so. Throws BtError BAD_ACCOUNTS.
 */
export function readAccountList(settings: Settings): AccountConfig[] {
  const list = settings.text({ flag: '--accounts', variables: ['QMT_SERVER_ACCOUNTS'] });
  const accounts = list === null ? [] : parseAccounts(list);
  const id = settings.text({ variables: ['QMT_ACCOUNT_ID'] });
  if (id === null || accounts.some(({ key }) => key === 'default')) return accounts;
  const kind = settings.text({ variables: ['QMT_ACCOUNT_TYPE'] });
  return [...accounts, ...parseAccounts(`default=${id}${kind === null ? '' : `:${kind}`}`)];
}
