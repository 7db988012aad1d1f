import * as z from 'zod';

import type { GatewayAccount } from '../../../domain/gateway.ts';
import type { JsonObject } from '../../../protocol/json.ts';
import { ACCOUNT, BROKER, defineFault } from '../kind.ts';
import type { FaultCall } from '../kind.ts';
import { changeAccount } from '../rows.ts';

/** The asset figures of one moment. */
interface Sample {
  readonly time: number;
  readonly account: GatewayAccount;
}

/**
 * A counter whose asset figures come from a picture that is some seconds old, while orders, trades and positions are of this moment.
 * The picture is the one before the request that was so long ago: so an order is never in it too early.
 */
export const assetLag = defineFault({
  kind: 'asset_lag',
  about:
    'shows cash, frozen cash, market value and total as they were so many market seconds ago; the lists do not lag',
  actions: ACCOUNT,
  rhythm: 'trait',
  params: { seconds: z.number().min(0.1).max(600).default(6) },
  simulatedOnly: () => true,
  draw: (rng) => ({ seconds: 1 + rng.int(6) }),
  effect: ({ seconds }) => {
    const samples = new Map<string, Sample[]>();
    return {
      after: (answer, call) => {
        const sample = oldEnough(samples.get(accountKey(call)) ?? [], call.clock.now() - seconds * 1000);
        if (answer === null || sample === null) return 'on';
        const figures = figuresOf(sample.account);
        const next = changeAccount(answer, (account) => ({ ...account, ...shared(account, figures) }));
        if (JSON.stringify(next) === JSON.stringify(answer)) return 'on';
        call.happened(answer);
        return { answer: next };
      },
      lasting: {
        request: (payload, call) => {
          if (isBroker(call.action)) keep(samples, call, seconds * 1000);
          return payload;
        },
        answer: (answer) => answer,
      },
    };
  },
});

/** Samples older than the lag are kept but one: the one that is shown. */
function keep(samples: Map<string, Sample[]>, call: FaultCall, lagMs: number): void {
  const key = accountKey(call);
  const now = call.clock.now();
  const account = call.control.book(call.payload, call.link.identity).accountNow();
  const kept = [...(samples.get(key) ?? []).filter(({ time }) => time <= now), { time: now, account }];
  const shown = kept.findLastIndex(({ time }) => time <= now - lagMs);
  samples.set(key, kept.slice(Math.max(0, shown)));
}

/** The latest of that time or before; where there is none, the first there is. */
function oldEnough(samples: readonly Sample[], time: number): Sample | null {
  return samples.findLast((sample) => sample.time <= time) ?? samples[0] ?? null;
}

function figuresOf(account: GatewayAccount): JsonObject {
  return {
    available_cash: account.availableCash,
    transferable_cash: account.transferableCash,
    frozen_cash: account.frozenCash,
    market_value: account.marketValue,
    total_value: account.totalValue,
    total_asset: account.totalValue,
  };
}

/** Those of the figures that this object has. */
function shared(account: JsonObject, figures: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(figures).filter(([name]) => name in account));
}

function accountKey({ payload, link, control }: FaultCall): string {
  return control.accountKey(payload, link.identity);
}

function isBroker(action: string): boolean {
  return BROKER.some((pattern) => action.startsWith(pattern.slice(0, -1)));
}
