export interface AccountConfig {
  /** The alias clients name in `account_key`. */
  readonly key: string;
  readonly id: string;
  readonly type: string;
}

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
}

/** The account a request acts on. */
export interface ResolvedAccount {
  readonly account: AccountConfig;
  /** The configured sub-account, bare id; null when none was named or it is not configured. */
  readonly subAccount: SubAccountConfig | null;
  /** The key that was asked for and does not exist: the default account stands in for it. */
  readonly unknownKey: string | null;
}
