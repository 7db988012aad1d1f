import type { GatewayHealth } from '../../domain/gateway.ts';
import { chinaText } from '../../domain/time.ts';
import type { JsonObject } from '../json.ts';

/** What the server says of itself in `admin.health`. */
export interface ServerFacts {
  /** Wall seconds since the start. */
  readonly uptime: number;
  readonly sessions: number;
  /** Account keys. */
  readonly accounts: readonly string[];
  readonly features: readonly string[];
  /** Orders are answered as placed and reach no counter. */
  readonly dryRun: boolean;
  /** `id@account` each; told only where there are some. */
  readonly subAccounts: readonly string[];
}

/** `admin.health`. */
export function healthAnswer(server: ServerFacts, { backend, market, clock, details }: GatewayHealth): JsonObject {
  const time = clock === null ? {} : { clock: { now_ms: clock.now, now: chinaText(clock.now), speed: clock.speed } };
  return {
    dtype: 'dict',
    value: {
      process_alive: true,
      uptime_seconds: server.uptime,
      sessions: server.sessions,
      accounts: server.accounts,
      ...(server.subAccounts.length === 0 ? {} : { sub_accounts: server.subAccounts }),
      features: server.features,
      ...(server.dryRun ? { dry_run: true } : {}),
      backend,
      market,
      ...time,
      ...(details === undefined ? {} : { qmt: details }),
    },
  };
}
