import { join } from 'node:path';
import { tagIn } from '../../../src/domain/order/remark.ts';
import { eventOfStatus } from '../../../src/domain/order/state.ts';
import type { IntentState } from '../../../src/domain/order/types.ts';
import type { BrokerOrder, BrokerTrade } from '../../../src/domain/trading.ts';
import { Ledger } from '../../../src/ledger/ledger.ts';
import type { FillRow, IntentRow } from '../../../src/domain/order/rows.ts';
import { nullLog } from '../../../src/platform/log.ts';
import { openVenue } from '../../../src/venues/registry.ts';

const DAY = '2026-07-06';
const EXPECTED: Readonly<Partial<Record<string, IntentState>>> = {
  live: 'accepted',
  filled: 'filled',
  canceled: 'canceled',
  rejected: 'rejected',
};

/** The server's book against what all lives of the engine wrote down and said (`log`). */
export async function judgeProcesses(
  port: number,
  folder: string,
  log: string,
): Promise<{ readonly violations: string[]; readonly orders: number }> {
  const { orders, trades } = await bookOf(port);
  const ledger = Ledger.open(join(folder, 'state'));
  try {
    const intents = ledger.intentsOf(DAY);
    const fills = ledger.fillsOf(DAY);
    const byTag = new Map(intents.map((intent) => [intent.tag, intent]));
    const seen = new Map<string, BrokerOrder>();
    const violations: string[] = [];
    for (const order of orders) {
      const tag = tagIn(order.remark) ?? '';
      const intent = byTag.get(tag);
      if (intent === undefined) violations.push(`order ${order.orderId} (${order.remark}) is not in the ledger`);
      else if (seen.has(tag)) violations.push(`${order.remark} is more than one order`);
      else violations.push(...compare(intent, order, fills, trades));
      seen.set(tag, order);
    }
    for (const intent of intents) if (!seen.has(intent.tag)) violations.push(...withoutOrder(intent, log));
    for (const text of ['given up turns up', 'orders bear the mark', 'Please report'])
      if (log.includes(text)) violations.push(`the engine said: ${text}`);
    return { violations, orders: orders.length };
  } finally {
    ledger.close();
  }
}

function compare(
  intent: IntentRow,
  order: BrokerOrder,
  fills: readonly FillRow[],
  trades: readonly BrokerTrade[],
): string[] {
  const expected = EXPECTED[eventOfStatus(order.status) ?? ''];
  const sum = (rows: readonly { readonly amount: number }[]): number =>
    rows.reduce((total, row) => total + row.amount, 0);
  const ours = sum(fills.filter(({ clientId }) => clientId === intent.clientId));
  const theirs = sum(trades.filter(({ orderId }) => orderId === order.orderId));
  // An order that was open when the run ended lives on without it.
  const open = intent.state === 'accepted' || intent.state === 'canceling';
  if (open && ours <= theirs) return [];
  return [
    ...(intent.state === expected
      ? []
      : [`${intent.remark} is ${intent.state} in the ledger, ${order.status} at the exchange`]),
    ...(ours === theirs ? [] : [`${intent.remark} has fills of ${ours} in the ledger, ${theirs} at the exchange`]),
  ];
}

/** An intent without an order was never sent, was refused, or somebody has been called. */
function withoutOrder({ remark, state, filled }: IntentRow, log: string): string[] {
  // The table at the end of a run says so too, when ten seconds have not passed yet.
  if (state === 'unknown' && !/ALARM: The fate|fate unknown/u.test(log))
    return [`${remark} is unknown without an alarm`];
  const lost =
    state === 'planned' || state === 'sending' || state === 'accepted' || state === 'canceling' || filled > 0;
  return lost ? [`${remark} is ${state} in the ledger and not at the exchange`] : [];
}

async function bookOf(
  port: number,
): Promise<{ readonly orders: readonly BrokerOrder[]; readonly trades: readonly BrokerTrade[] }> {
  const env = { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: String(port), QMT_SERVER_TOKEN: 'stub' };
  const { broker, provider } = await openVenue('qmt-remote', { env, log: nullLog });
  await broker.start();
  try {
    return { orders: await broker.orders(), trades: await broker.trades() };
  } finally {
    await broker.stop();
    await provider.stop();
  }
}
