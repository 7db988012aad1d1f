import { AccountProjection, type AccountProjectionOptions } from './account-projection.ts';
import { AccountReader, type AccountReaderOptions } from './account-reader.ts';
import { SubPortfolios } from './subs/sub-portfolios.ts';

export type AccountPartsOptions = Omit<AccountProjectionOptions, 'reader' | 'tallies'> & AccountReaderOptions;

export interface AccountParts {
  readonly reader: AccountReader;
  /** What the instance has of the account. */
  readonly account: AccountProjection;
  /** The same, divided as the strategy has asked: what it sees and orders on. */
  readonly portfolios: SubPortfolios;
}

/** What reads and shows an account, wired. */
export function accountParts(options: AccountPartsOptions): AccountParts {
  const reader = new AccountReader(options);
  const account = new AccountProjection({ ...options, reader, tallies: () => portfolios.tallies() });
  const portfolios: SubPortfolios = new SubPortfolios({ ...options, reader, account });
  return { reader, account, portfolios };
}
