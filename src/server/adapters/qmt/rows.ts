import type { GatewayAccount, GatewayOrder, GatewayPosition, GatewayTrade } from '../../../domain/gateway.ts';
import { readSecurity } from '../../../domain/market/symbol.ts';
import { brokerStatus } from '../../../protocol/status.ts';
import { fillSideOf, operationOnRow, sideOf, styleOnRow } from './order-terms.ts';
import type { AssetRow, OrderRow, PositionRow, TradeRow } from './sdk-rows.ts';
import { unavailable } from './unavailable.ts';

/** QMT's number of "not known". */
const UNKNOWN = 255;
/** Below it a time is in seconds, as the documentation says; some builds give milliseconds. */
const FIRST_MS = 100_000_000_000;

/** Our spelling of the vendor's code; what is no security of the three exchanges stays as it is. */
export function securityOf(code: string): string {
  return readSecurity(code)?.security ?? code;
}

/** Epoch ms; 0 and nothing are missing. */
export function instantOf(time: number | null): number | null {
  if (time === null || time <= 0) return null;
  return time < FIRST_MS ? time * 1000 : time;
}

/** A vendor's price of 0 is none. */
export function priceOf(price: number | null | undefined): number | null {
  return price === null || price === undefined || price <= 0 ? null : price;
}

export function accountOf(accountId: string, row: AssetRow): GatewayAccount {
  return {
    accountId,
    availableCash: needed(row.cash, 'cash'),
    totalValue: needed(row.total_asset, 'total_asset'),
    frozenCash: row.frozen_cash,
    transferableCash: null,
    marketValue: row.market_value,
  };
}

/** `name`: of the security, null where it is not known. A row has no price: it is what the holding is worth a share. */
export function positionOf(row: PositionRow, name: string | null): GatewayPosition {
  const amount = needed(row.volume, 'volume');
  const worth = row.market_value;
  return {
    security: securityOf(row.stock_code),
    name,
    amount,
    closeableAmount: needed(row.can_use_volume, 'can_use_volume'),
    frozenAmount: row.frozen_volume,
    // Older builds have the cost in the other field.
    avgCost: row.avg_price ?? row.open_price,
    lastPrice: worth === null || amount === 0 ? null : priceOf(Math.round((worth / amount) * 1e6) / 1e6),
    marketValue: worth,
  };
}

export function orderOf(row: OrderRow): GatewayOrder {
  const rawStatus = row.order_status ?? UNKNOWN;
  const filled = needed(row.traded_volume, 'traded_volume');
  const operation = operationOnRow(row.order_type);
  return {
    ...(operation === null ? {} : { operation }),
    orderId: row.order_id,
    security: securityOf(row.stock_code),
    side: sideOf(row.order_type),
    amount: needed(row.order_volume, 'order_volume'),
    filled,
    limitPrice: priceOf(row.price),
    // For a moment the counter shows a fill without its price.
    avgPrice: filled > 0 ? priceOf(row.traded_price) : null,
    status: brokerStatus(null, rawStatus),
    rawStatus,
    rawWord: null,
    statusText: row.status_msg ?? '',
    remark: row.order_remark ?? '',
    strategyName: row.strategy_name ?? '',
    systemId: row.order_sysid ?? '',
    style: styleOnRow(row.price_type),
    createdAt: instantOf(row.order_time),
    commission: 0,
    tax: 0,
    frozenCash: 0,
    frozenAmount: 0,
    subAccountId: null,
  };
}

/** Throws QMT_UNAVAILABLE for a fill without its price or amount: it is no fill yet, and the list is not whole. */
export function tradeOf(row: TradeRow): GatewayTrade {
  const price = priceOf(row.traded_price);
  const side = fillSideOf(row.order_type);
  if (price === null || side === null) throw unavailable(`成交 ${row.traded_id} 的价格或方向缺失`);
  return {
    tradeId: row.traded_id,
    orderId: row.order_id,
    security: securityOf(row.stock_code),
    side,
    amount: needed(row.traded_volume, 'traded_volume'),
    price,
    time: instantOf(row.traded_time),
    commission: row.commission,
    tax: null,
    remark: row.order_remark ?? '',
  };
}

/** An amount that the row must have: without it the list is not whole. */
function needed(value: number | null, field: string): number {
  if (value !== null) return value;
  throw unavailable(`应答缺少 ${field}`);
}
