import { BtError } from '../domain/errors.ts';
import { ACCOUNT_KINDS } from './account-types.ts';
import type { AccountConfig, ResolvedAccount, SessionIdentity, SubAccountConfig } from './account-types.ts';
import { keptText } from './kept-text.ts';
import { isTruthy, requestFailed, toText } from './python.ts';

const DEFAULT_KEY = 'default';

/** Finds the account of a request by its `account_key` and `sub_account_id`, as the gateway does. */
export class AccountRouter {
  readonly accounts: readonly AccountConfig[];
  readonly #byKey: ReadonlyMap<string, AccountConfig>;
  readonly #subAccounts: ReadonlyMap<string, SubAccountConfig>;
  readonly #fallback: AccountConfig;

  constructor(accounts: readonly AccountConfig[], subAccounts: readonly SubAccountConfig[]) {
    this.accounts = accounts.length > 0 ? accounts : [{ key: DEFAULT_KEY, id: 'demo', type: 'stock' }];
    this.#byKey = uniqueByKey(this.accounts);
    const fallback = this.#byKey.get(DEFAULT_KEY) ?? this.accounts[0];
    if (fallback === undefined) throw noAccount();
    this.#fallback = fallback;
    this.#subAccounts = new Map(subAccounts.map((sub) => [sub.id, sub]));
    if (this.#subAccounts.size < subAccounts.length)
      throw badAccounts(subAccounts.map(({ id }) => id).join(','), 'each sub-account once', '--sub-accounts');
    this.#checkParents();
  }

  /** Keys as `admin.health` lists them: the implicit default alias repeats the first one. */
  healthKeys(): string[] {
    const keys = this.accounts.map((account) => account.key);
    return this.#byKey.has(DEFAULT_KEY) ? keys : [...keys, this.#fallback.key];
  }

  /** Every sub-account with the account that it is of: `demo@main`. */
  subAccountNames(): string[] {
    return [...this.#subAccounts.values()].map(({ id, parent }) => `${id}@${parent}`);
  }

  /** The account of an alias that is known to be there. Throws BtError NO_ACCOUNT. */
  configured(key: string): AccountConfig {
    const account = this.#byKey.get(key);
    if (account !== undefined) return account;
    throw new BtError('NO_ACCOUNT', `The account ${key} is not configured any more. Name it with --accounts.`, {
      fault: 'config',
    });
  }

  resolve(payload: Readonly<Record<string, unknown>>, identity: SessionIdentity): ResolvedAccount {
    const named = chosen(payload['account_key'], identity.accountKey);
    const sub = chosen(payload['sub_account_id'], identity.subAccountId);
    if (sub === null) return this.#find(named ?? DEFAULT_KEY, null, null);
    const at = sub.indexOf('@');
    const bare = at < 0 ? sub : sub.slice(0, at);
    const parent = at < 0 ? '' : sub.slice(at + 1);
    const configured = this.#subAccounts.get(bare) ?? null;
    if (configured !== null) return this.#find(configured.parent, configured, null);
    return this.#find(parent === '' ? (named ?? DEFAULT_KEY) : parent, null, bare === '' ? null : bare);
  }

  /** As `resolve`, for who must not be served by another account than the one he names: throws REQUEST_FAILED with what there is. */
  resolveNamed(payload: Readonly<Record<string, unknown>>, identity: SessionIdentity): ResolvedAccount {
    const resolved = this.resolve(payload, identity);
    const { unknownKey, unknownSub } = resolved;
    if (unknownSub !== null) throw unconfigured('子账户', unknownSub, this.subAccountNames());
    if (unknownKey !== null) {
      const keys = this.accounts.map(({ key }) => key);
      throw unconfigured('账户', unknownKey, keys);
    }
    return resolved;
  }

  #find(key: string, subAccount: SubAccountConfig | null, unknownSub: string | null): ResolvedAccount {
    const account = this.#byKey.get(key);
    const unknownKey = account === undefined && key !== DEFAULT_KEY ? key : null;
    return { account: account ?? this.#fallback, subAccount, unknownKey, unknownSub };
  }

  /** A sub-account of an account that is not there would trade on another one. */
  #checkParents(): void {
    for (const { id, parent } of this.#subAccounts.values()) {
      if (parent === DEFAULT_KEY || this.#byKey.has(parent)) continue;
      throw badAccounts(
        `${id}@${parent}`,
        `${id}@${this.#fallback.key}, of an account that --accounts names`,
        '--sub-accounts',
      );
    }
  }
}

/**
 * Reads `main=111:stock,hedge=222:credit:C:\\qmt` (alias=account[:kind[:folder]]; a folder may hold colons, not commas). Throws BtError
 * BAD_ACCOUNTS, also for a kind that no counter has.
 */
export function parseAccounts(text: string): AccountConfig[] {
  return listItems(text).map((item) => {
    const [key = '', rest = ''] = splitOnce(item, '=');
    const [id = '', more = ''] = splitOnce(rest, ':');
    const [kind = '', path = ''] = splitOnce(more, ':');
    if (key === '' || id === '') throw badAccounts(item, 'main=111:stock,hedge=222:credit', '--accounts');
    return { key, id, type: readKind(item, kind), ...(path === '' ? {} : { path }) };
  });
}

function readKind(item: string, kind: string): string {
  const lower = kind === '' ? 'stock' : kind.toLowerCase();
  if (ACCOUNT_KINDS.includes(lower)) return lower;
  throw badAccounts(item, `main=111:stock; the kinds are ${ACCOUNT_KINDS.join(', ')}`, '--accounts');
}

/** Reads `demo@main:limit=5000,free@hedge,solo` (id[@parent][:limit=N]); throws BtError BAD_ACCOUNTS. */
export function parseSubAccounts(text: string): SubAccountConfig[] {
  return listItems(text).map((item) => {
    const [name = '', ...settings] = item.split(':').map((part) => part.trim());
    const [id = '', parent = ''] = splitOnce(name, '@');
    if (id === '') throw badAccounts(item, 'demo@main:limit=5000,free@hedge,solo', '--sub-accounts');
    const limit = settings.length === 0 ? null : readLimit(item, settings);
    return { id, parent: parent === '' ? DEFAULT_KEY : parent, limit };
  });
}

function readLimit(item: string, settings: readonly string[]): number {
  const limit = /^limit=(\d+(?:\.\d+)?)$/.exec(settings.join(':'))?.[1];
  if (limit === undefined) throw badAccounts(item, 'demo@main:limit=5000', '--sub-accounts');
  return Number(limit);
}

function uniqueByKey(accounts: readonly AccountConfig[]): ReadonlyMap<string, AccountConfig> {
  const byKey = new Map<string, AccountConfig>();
  for (const account of accounts) {
    if (byKey.has(account.key)) throw badAccounts(account.key, 'each alias once', '--accounts');
    byKey.set(account.key, account);
  }
  return byKey;
}

/** The request's own value when it has one, else the handshake's. */
function chosen(own: unknown, ofSession: unknown): string | null {
  if (isTruthy(own)) return toText(own).trim();
  return isTruthy(ofSession) ? toText(ofSession).trim() : null;
}

function listItems(text: string): string[] {
  return text
    .split(/[,;]/u)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text.trim()] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

function unconfigured(what: string, name: string, known: readonly string[]): Error {
  return requestFailed(
    `${what} ${keptText(what, name)} 未配置（已配置: ${known.length === 0 ? '无' : known.join(', ')}）`,
  );
}

function badAccounts(item: string, example: string, option: string): BtError {
  return new BtError('BAD_ACCOUNTS', `"${item}" cannot be read. Write ${option} like ${example}.`, { fault: 'config' });
}

function noAccount(): BtError {
  return new BtError('BAD_ACCOUNTS', 'No account is configured. Name one with --accounts main=111:stock.', {
    fault: 'config',
  });
}
