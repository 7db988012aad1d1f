import { lotRule } from '../../domain/market/lot.ts';
import { canonicalSecurity } from '../../domain/market/symbol.ts';
import type { NewOrder } from '../adapters/gateway.ts';
import { keptText } from '../kept-text.ts';
import { readOperation } from '../operations.ts';
import { isTruthy, requestFailed, toText } from '../python.ts';
import type { OrderFields } from './dialect.ts';

/** An order that a counter can judge. What is no order at all is refused here, before anything is entered: REQUEST_FAILED. */
export function readOrder(fields: OrderFields): NewOrder {
  if (isTruthy(fields.scenario)) {
    throw requestFailed('stub_scenario 仅适用于 --market reference；模拟市场按撮合结果成交');
  }
  if (!isTruthy(fields.security)) throw requestFailed('缺少 security');
  const security = canonicalSecurity(toText(fields.security));
  const style = readStyle(fields.styleType);
  const side = readSide(fields.side);
  const operation = fields.operation === null ? null : readOperation(fields.operation, side);
  return {
    ...(operation === null ? {} : { operation }),
    security,
    side,
    amount: readAmount(security, fields.amount),
    price: readPrice(security, fields.price, style),
    style,
    remark: keptText('order_remark', fields.remark),
    strategyName: keptText('strategy_name', fields.strategyName),
    scenario: null,
  };
}
function readSide(side: string): 'buy' | 'sell' {
  if (side === 'BUY') return 'buy';
  if (side === 'SELL') return 'sell';
  throw requestFailed(`不支持的 side: ${side}（可用: BUY, SELL）`);
}

function readStyle(styleType: string): 'limit' | 'market' {
  if (styleType === 'limit' || styleType === 'market') return styleType;
  throw requestFailed(`不支持的 style.type: ${styleType}（可用: limit, market）`);
}

/** The texts of both functions below are the deployed back end's: clients know that nothing was entered when they see them. */
function readAmount(security: string, amount: number | null): number {
  if (amount !== null && Number.isSafeInteger(amount) && amount > 0) return amount;
  const { minBuy, step } = lotRule(security);
  const shown = amount ?? '非数字';
  throw requestFailed(`${security} 数量不足最小手数（原始数量=${shown}，最小手数=${minBuy}，步进=${step}）`);
}

/** A market order may come without a price, a limit order not; a price that is none is an error for both. */
function readPrice(security: string, price: number | null, style: 'limit' | 'market'): number | null {
  if (price === null) {
    if (style === 'limit') throw requestFailed('限价单缺少委托价格，请在 style.price 中提供');
    return null;
  }
  if (!Number.isFinite(price) || price <= 0) throw requestFailed(`${security} 无法获取有效价格`);
  return price;
}
