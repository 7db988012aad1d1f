import { BtError } from '../../domain/errors.ts';
import type { BrokerAccount, BrokerOrder, BrokerPosition, BrokerTrade } from '../../domain/trading.ts';
import { decodeAccount, decodePositions } from '../../protocol/decode/account.ts';
import { decodeOrders, decodeTrades } from '../../protocol/decode/orders.ts';
import { wireText } from '../../protocol/decode/fields.ts';
import { isJsonObject } from '../../protocol/json.ts';
import type { JsonObject } from '../../protocol/json.ts';
import { statusCode } from '../../protocol/status-words.ts';

/** `/query/assets`. Throws BAD_ANSWER. */
export function accountOf(body: unknown, accountId: string | null): BrokerAccount {
  const row = isJsonObject(body) ? body : {};
  return decodeAccount({
    account_id: accountId,
    available_cash: row['现金'],
    total_value: row['总资产'],
    frozen_cash: row['冻结金额'],
    market_value: row['持仓市值'],
  });
}

/** `/query/holding`: each row in a list of its own, or not. Throws BAD_ANSWER. */
export function positionsOf(body: unknown): BrokerPosition[] {
  const rows = listOf(body, '/query/holding').flat();
  return decodePositions(
    rows.map((row) =>
      renamed(row, {
        security: '股票代码',
        amount: '持仓',
        closeable_amount: '可用持仓',
        avg_cost: '成本',
        market_value: '持仓市值',
      }),
    ),
  );
}

/** An order with the number by which its fills name it. */
export interface WrapperOrder extends BrokerOrder {
  readonly systemId: string;
}

/** `/query/order`. It has no remarks. Throws BAD_ANSWER. */
export function ordersOf(body: unknown): WrapperOrder[] {
  const rows = listOf(body, '/query/order').map((row) => ({
    ...renamed(row, {
      order_id: '订单编号',
      security: '股票代码',
      amount: '委托数量',
      filled: '成交数量',
      order_price: '委托价格',
      order_type: '委托类型',
      status_msg: '状态描述',
      order_time: '报单时间',
    }),
    raw_status: statusCode(isJsonObject(row) ? row['委托状态'] : null),
    order_sysid: isJsonObject(row) ? row['柜台合同编号'] : null,
  }));
  return decodeOrders(rows).map((order, at) => ({ ...order, systemId: wireText(rows[at]?.order_sysid) ?? '' }));
}

/** `/query/trade`: a fill names its order by the exchange's number, which two exchanges may both give. Throws BAD_ANSWER. */
export function tradesOf(body: unknown, orders: readonly WrapperOrder[]): BrokerTrade[] {
  const ids = new Map(
    orders.filter(({ systemId }) => systemId !== '').map((order) => [exchangeKey(order), order.orderId]),
  );
  const rows = listOf(body, '/query/trade').map((row): JsonObject => {
    const named = renamed(row, {
      trade_id: '成交编号',
      security: '股票代码',
      amount: '成交数量',
      price: '成交均价',
      side: '委托类型',
      time: '成交时间',
      system_id: '柜台合同编号',
    });
    const side = named['side'] === 23 ? 'BUY' : named['side'] === 24 ? 'SELL' : null;
    return { ...named, side };
  });
  // The security in our spelling is known only once a row is read.
  return decodeTrades(rows.map((row) => ({ ...row, order_id: 'unknown' }))).map((trade, at) => {
    const systemId = wireText(rows[at]?.['system_id']) ?? '';
    const orderId = systemId === '' ? undefined : ids.get(exchangeKey({ security: trade.security, systemId }));
    if (orderId !== undefined) return { ...trade, orderId };
    return { ...trade, orderId: '', unreadable: trade.unreadable ?? 'no order in the list has its 柜台合同编号' };
  });
}

/** The order with the average price of its fills, where they are all there. */
export function priced(order: WrapperOrder, trades: readonly BrokerTrade[]): BrokerOrder {
  const { systemId: _, ...plain } = order;
  const own = trades.filter(({ orderId, unreadable }) => orderId === order.orderId && unreadable === undefined);
  const shares = own.reduce((sum, { amount }) => sum + amount, 0);
  if (shares === 0 || shares !== order.filled || own.some(({ price }) => price === null)) return plain;
  return {
    ...plain,
    avgPrice: own.reduce((sum, { amount, price }) => sum + amount * (price ?? Number.NaN), 0) / shares,
  };
}

function exchangeKey({ security, systemId }: Pick<WrapperOrder, 'security' | 'systemId'>): string {
  return `${security} ${systemId}`;
}

function listOf(body: unknown, path: string): unknown[] {
  if (Array.isArray(body)) return body;
  throw new BtError(
    'BAD_ANSWER',
    `The wrapper's answer to ${path} is no list. Look at its log: what the terminal does not tell is no empty list.`,
    { fault: 'venue' },
  );
}

/** The row in the names of the wire, which the decoders know. */
function renamed(row: unknown, names: Readonly<Record<string, string>>): JsonObject {
  const fields = isJsonObject(row) ? row : {};
  return Object.fromEntries(Object.entries(names).map(([ours, theirs]) => [ours, fields[theirs]]));
}
