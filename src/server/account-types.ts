export interface AccountConfig {
  /** The alias clients name in `account_key`. */
  readonly key: string;
  readonly id: string;
  /** One of `ACCOUNT_KINDS`, or a word of the recorded market's tests. */
  readonly type: string;
  /** The terminal's folder where it is not the common one; null or absent = the common one. */
  readonly path?: string | null;
}

/** Kinds of accounts at a counter, as they are written behind an account's number; the SDK knows them in capitals. */
export const ACCOUNT_KINDS: readonly string[] = [
  'stock',
  'credit',
  'future',
  'stock_option',
  'future_option',
  'hugangtong',
  'shengangtong',
  'new3board',
  'income_swap',
  'offsitebanking',
];

export interface SubAccountConfig {
  readonly id: string;
  /** Account key it trades on. */
  readonly parent: string;
  /** Greatest value of one order in CNY; null = none. */
  readonly limit: number | null;
}

/** What a handshake fixed for its session; a request may override it. */
export interface SessionIdentity {
  readonly accountKey: unknown;
  readonly subAccountId: unknown;
  /** What the client says it can do with, as sent; absent = nothing. */
  readonly features?: unknown;
}

/** The account a request acts on. */
export interface ResolvedAccount {
  readonly account: AccountConfig;
  /** The configured sub-account, bare id; null when none was named or it is not configured. */
  readonly subAccount: SubAccountConfig | null;
  /** The key that was asked for and does not exist; only for the recorded market the default account stands in for it. */
  readonly unknownKey: string | null;
  /** The sub-account that was asked for and is not configured. */
  readonly unknownSub: string | null;
}
