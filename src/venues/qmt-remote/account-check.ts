import * as z from 'zod';
import { BtError } from '../../domain/errors.ts';

/** Either list may be missing or not usable without the other. */
const names = z.array(z.string()).catch([]);
const health = z.object({ value: z.object({ accounts: names, sub_accounts: names }) });
const labelled = z.object({ sub_account_id: z.string() });

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

/** The sub-accounts that `admin.health` lists, as `id@account`; empty when the gateway does not tell. */
export function listedSubAccounts(healthPayload: unknown): readonly string[] {
  const read = health.safeParse(healthPayload);
  return read.success ? read.data.value.sub_accounts : [];
}

/**
 * A gateway trades an unknown sub-account on the account behind it, without its limit and without a word; one that it knows is named in
 * every answer. Throws BtError CONFIG_INVALID when an answer about the account names none, or another one. `known`: those the gateway
 * lists; one of them under another account than was written is refused too.
 */
export function checkSubAccount(subAccountId: string, accountPayload: unknown, known: readonly string[]): void {
  const [bare = '', parent] = subAccountId.split('@');
  const read = labelled.safeParse(accountPayload);
  const listed = known.find((one) => one.split('@')[0] === bare);
  const elsewhere = parent !== undefined && parent !== '' && listed !== undefined && listed !== `${bare}@${parent}`;
  if (read.success && read.data.sub_account_id === bare && !elsewhere) return;
  const there = known.length > 0 ? `It has ${known.join(', ')}.` : 'It does not list those that it has.';
  throw new BtError(
    'CONFIG_INVALID',
    `QMT_SERVER_SUB_ACCOUNT cannot be "${subAccountId}": the gateway has no such sub-account and would trade on the whole account, without its limit. ` +
      `${there} Write one that exists, or leave it empty.`,
    { fault: 'config' },
  );
}
