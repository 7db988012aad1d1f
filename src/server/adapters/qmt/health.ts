import type { GatewayHealth } from '../../../domain/gateway.ts';
import type { AccountConfig } from '../../account-types.ts';
import type { BridgeHealth } from './bridge.ts';
import type { DataBridge } from './data-bridge.ts';
import type { TradingBridge } from './trading-bridge.ts';

/** The words of the deployed server. */
const STATES: Readonly<Record<BridgeHealth['state'], string>> = {
  starting: 'connecting',
  connecting: 'connecting',
  ready: 'ready',
  cooldown: 'cooldown',
  ended: 'disabled',
};

/** `admin.health` of QMT: trading and quotes apart, each account by its key. `now`: wall time, epoch ms; times are told in seconds, as there. */
export function healthOf(
  trading: readonly TradingBridge[],
  quotes: DataBridge,
  lastTickAt: number | null,
  now: number,
): Omit<GatewayHealth, 'clock'> {
  // The one that is worst off stands for all.
  const worst = trading.find(({ health }) => health.state !== 'ready') ?? trading[0];
  const sdk = worst?.health.sdk ?? null;
  const perAccount = trading.flatMap((one) =>
    one.accounts.map((account) => [account.key, accountFields(one, account)]),
  );
  return {
    backend: 'qmt',
    market: 'live',
    details: {
      name: 'qmt-server',
      ...bridgeFields(worst?.health ?? quotes.bridge.health, now),
      accounts: Object.fromEntries(perAccount),
      quotes: { ...bridgeFields(quotes.bridge.health, now), last_tick_at: seconds(lastTickAt) },
      sdk: sdk === null ? null : { version: sdk.sdk, python: sdk.python, bits: sdk.bits },
    },
  };
}

function accountFields(trading: TradingBridge, account: AccountConfig): Record<string, unknown> {
  const { subscribed, status } = trading.stateOf(account.id);
  return { connected: trading.troubleOf(account) === null, subscribed, status };
}

function bridgeFields(health: BridgeHealth, now: number): Record<string, unknown> {
  const { state, failures, lastError, lastErrorAt, nextTryAt, lastAnswerAt } = health;
  return {
    ready: state === 'ready',
    state: STATES[state],
    failure_count: failures,
    last_error: lastError,
    last_error_at: seconds(lastErrorAt),
    retry_after_seconds: nextTryAt === null ? 0 : Math.max(0, (nextTryAt - now) / 1000),
    next_probe_at: seconds(nextTryAt),
    last_answer_at: seconds(lastAnswerAt),
  };
}

function seconds(instant: number | null): number | null {
  return instant === null ? null : instant / 1000;
}
