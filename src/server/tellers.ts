import type { Log } from '../platform/log.ts';
import type { TimerSource } from '../platform/timers.ts';
import type { JsonObject } from '../protocol/json.ts';
import type { AccountConfig } from './account-types.ts';
import { LivePush } from './live-push.ts';
import type { OpenMarket } from './market.ts';
import { Monitor } from './monitor/monitor.ts';
import type { GatewayOptions } from './options.ts';
import { streamAccounts } from './order-stream.ts';
import { streamDownloads } from './download-stream.ts';
import type { StreamReceiver } from './order-stream.ts';
import { TickPush } from './tick-push.ts';
import type { TickReceiver } from './tick-push.ts';

export interface TellerParts {
  readonly market: OpenMarket;
  readonly accounts: readonly AccountConfig[];
  readonly options: GatewayOptions;
  readonly sessions: () => Iterable<TickReceiver & StreamReceiver>;
  readonly timers: TimerSource;
  readonly log: Log;
}

/** What a server says and does without being asked. */
export interface Tellers {
  stop(): void;
}

/** Ticks, orders, fills and downloads to the sessions that asked for them, and the history of each minute. */
export function startTelling(parts: TellerParts): Tellers {
  const push = startPush(parts);
  const stopStream = streamAccounts(parts.market, parts.sessions);
  const stopDownloads = streamDownloads(parts.market.gateway, parts.sessions);
  const monitor = startMonitor(parts);
  return {
    stop: () => {
      push.stop();
      stopStream();
      stopDownloads();
      monitor?.stop();
    },
  };
}

function startPush({ market: { gateway, dialect }, sessions, timers, log }: TellerParts): Tellers {
  const { live } = gateway.data;
  if (live !== undefined) return new LivePush(sessions, live, (symbol, quote) => dialect.tick(symbol, quote), timers);
  const tick = async (symbol: string): Promise<JsonObject> => dialect.tick(symbol, await gateway.data.quote(symbol));
  return new TickPush(sessions, tick, log, timers);
}

function startMonitor({ market: { gateway }, options, accounts, timers, log }: TellerParts): Tellers | null {
  const { history, clock } = options;
  if (history === undefined || history === null) return null;
  return new Monitor({ gateway, accounts, history, clock, timers, log: log.child('monitor') });
}
