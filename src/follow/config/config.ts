import type { FollowRules } from '../../domain/follow/rules.ts';

/** What `bt follow` was told: where signals come from, and what is done with them. Full of secrets: never shown. */
export interface FollowConfig {
  /** Its absolute path. */
  readonly file: string;
  /** The gateway's alias of the account that is traded; null = that of the settings. */
  readonly account: string | null;
  /** Null = not by this way. */
  readonly http: HttpWay | null;
  readonly redis: RedisWay | null;
  /** Folder of the day's files, absolute; null = none are written. */
  readonly files: string | null;
  /** At least one; names and keys are unique. */
  readonly strategies: readonly FollowedStrategy[];
  /** To be said at every start. */
  readonly warnings: readonly string[];
}

export interface HttpWay {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  readonly path: string;
  /** PEM files, absolute; null = plain HTTP. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** Signals a minute. */
  readonly rateLimitPerKey: number;
}

export interface RedisWay {
  /** `redis://` or `rediss://`, with a password where there is one. */
  readonly url: string;
  readonly stream: string;
  readonly group: string;
  readonly consumer: string;
}

export interface FollowedStrategy {
  readonly rules: FollowRules;
  readonly sender: SenderKey;
}

/** Whose signals these are. A strategy is sent for in one format: what the older one gives away must not open the other. */
export interface SenderKey {
  /** The strategy's name. */
  readonly strategy: string;
  readonly passphrase: string;
  /** The packet of the sender that was there before, else our own envelope. */
  readonly legacy: boolean;
}
