import type { AccountConfig } from '../../account-types.ts';
import { networkOf } from '../../../net/connection-counts.ts';
import { HttpProblem } from '../../../net/http/problem.ts';

/** Addresses that are remembered; beyond, the one that logged in first is forgotten. */
const MOST_LOGINS = 1000;

/**
 * Which account each address has logged in to. The wrapper knows one for everybody; so two machines with two accounts would trade on
 * one another's.
 */
export class Logins {
  readonly #accounts: readonly AccountConfig[];
  readonly #byAddress = new Map<string, AccountConfig>();

  constructor(accounts: readonly AccountConfig[]) {
    this.#accounts = accounts;
  }

  /** The account that is meant, or why none is. An empty id means the only account. */
  find(id: string, type: string | null): AccountConfig | string {
    const [only, ...others] = this.#accounts;
    if (id === '' && others.length > 0) return 'there are several accounts: name one in account_id';
    const account = id === '' ? only : this.#named(id);
    if (account === undefined) return `there is no account "${id}" here`;
    if (type !== null && type.toLowerCase() !== account.type.toLowerCase()) {
      return `account "${id}" is of type ${account.type.toUpperCase()}, not ${type}`;
    }
    return account;
  }

  remember(address: string, account: AccountConfig): void {
    const key = networkOf(address);
    this.#byAddress.delete(key);
    this.#byAddress.set(key, account);
    const [oldest] = this.#byAddress.keys();
    if (this.#byAddress.size > MOST_LOGINS && oldest !== undefined) this.#byAddress.delete(oldest);
  }

  /** The account of a request: the one that it names, else the one its address has logged in to. Throws 404 and 409. */
  of(address: string, id: string | null): AccountConfig {
    if (id !== null && id !== '') {
      const named = this.#named(id);
      if (named === undefined) throw new HttpProblem(404, 'ACCOUNT_UNKNOWN', `There is no account "${id}" here.`);
      return named;
    }
    const account = this.#byAddress.get(networkOf(address));
    if (account !== undefined) return account;
    throw new HttpProblem(409, 'NOT_LOGGED_IN', 'Not logged in: ask for /xtquant/trade/login first.');
  }

  /** By number, as the wrapper has it, or by alias. */
  #named(id: string): AccountConfig | undefined {
    return this.#accounts.find((one) => one.id === id) ?? this.#accounts.find((one) => one.key === id);
  }
}
