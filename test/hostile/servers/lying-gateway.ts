import type { AlarmCode } from '../../../src/engine/events.ts';
import type { BrokerAccount, BrokerOrder, BrokerPosition, BrokerTrade } from '../../../src/domain/trading.ts';
import { decodeAccount, decodePositions } from '../../../src/protocol/decode/account.ts';
import { decodeOrders, decodeTrades } from '../../../src/protocol/decode/orders.ts';
import { parseWireJson, stringifyWire, type JsonObject } from '../../../src/protocol/json.ts';
import { aHolding } from '../../unit/domain/order/builders.ts';
import { FakeBroker } from '../../unit/engine/orders/fake-broker.ts';
import { createWorld, type World } from '../../unit/engine/orders/world.ts';

/** What a gateway makes of each of its honest answers; absent = it tells the truth. */
export interface Lies {
  readonly account?: (answer: JsonObject) => JsonObject;
  readonly positions?: (rows: JsonObject[]) => JsonObject[];
  readonly orders?: (rows: JsonObject[]) => JsonObject[];
  readonly trades?: (rows: JsonObject[]) => JsonObject[];
}

/** A gateway whose answers are read off the wire, and that lies on demand. */
export class LyingGateway extends FakeBroker {
  lies: Lies = {};

  override async account(): Promise<BrokerAccount> {
    const honest = accountOnWire(await super.account());
    return decodeAccount(overTheWire({ dtype: 'dict', value: this.lies.account?.(honest) ?? honest }));
  }

  override async positions(): Promise<readonly BrokerPosition[]> {
    const honest = (await super.positions()).map(positionOnWire);
    return decodePositions(overTheWire(this.lies.positions?.(honest) ?? honest));
  }

  override async orders(): Promise<readonly BrokerOrder[]> {
    const honest = (await super.orders()).map(orderOnWire);
    return decodeOrders(overTheWire(this.lies.orders?.(honest) ?? honest));
  }

  override async trades(): Promise<readonly BrokerTrade[]> {
    const honest = (await super.trades()).map(tradeOnWire);
    return decodeTrades(overTheWire(this.lies.trades?.(honest) ?? honest));
  }
}

/** A run against a gateway that is honest until a test makes it lie: 100,000 CNY and 1,000 shares at 10. */
export async function openRun(): Promise<{ readonly gateway: LyingGateway; readonly run: World }> {
  const gateway = new LyingGateway();
  gateway.held = [holding()];
  const run = await createWorld({ broker: gateway, positions: 'all' });
  return { gateway, run };
}

export function holding(change: Partial<BrokerPosition> = {}): BrokerPosition {
  return aHolding(1_000, { name: '平安银行', avgCost: 9, ...change });
}

/** The alarms of a run so far, by code. */
export function alarms({ happened }: World): AlarmCode[] {
  return happened.flatMap((event) => (event.kind === 'alarm' ? [event.alarm.code] : []));
}

/** What has been said so far. */
export function said({ lines }: World): string {
  return lines.map(({ text }) => text).join('\n');
}

function overTheWire(value: unknown): unknown {
  return parseWireJson(stringifyWire(value));
}

function accountOnWire(account: BrokerAccount): JsonObject {
  return {
    account_id: account.accountId,
    available_cash: account.availableCash,
    frozen_cash: account.frozenCash,
    transferable_cash: account.transferableCash,
    market_value: account.marketValue,
    total_value: account.totalValue,
  };
}

function positionOnWire(held: BrokerPosition): JsonObject {
  return {
    security: held.security,
    name: held.name,
    amount: held.amount,
    closeable_amount: held.closeableAmount,
    avg_cost: held.avgCost,
    last_price: held.lastPrice,
    market_value: held.marketValue,
  };
}

function orderOnWire(order: BrokerOrder): JsonObject {
  return {
    order_id: order.orderId,
    security: order.security,
    side: order.side?.toUpperCase(),
    amount: order.amount,
    filled: order.filled,
    order_price: order.limitPrice,
    avg_price: order.avgPrice,
    status: order.status,
    order_remark: order.remark,
    status_msg: order.statusText,
    order_time: order.createdAt,
  };
}

function tradeOnWire(trade: BrokerTrade): JsonObject {
  return {
    trade_id: trade.tradeId,
    order_id: trade.orderId,
    security: trade.security,
    side: trade.side?.toUpperCase(),
    amount: trade.amount,
    price: trade.price,
    time: trade.time,
    commission: trade.commission,
    tax: trade.tax,
  };
}
