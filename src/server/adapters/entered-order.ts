import type { GatewayOrder } from '../../domain/gateway.ts';
import type { NewOrder } from './gateway.ts';

type Standing = Pick<GatewayOrder, 'status' | 'rawStatus' | 'statusText'>;

/** An order as it was entered, before any list shows it. `at`: market time, epoch ms. */
export function enteredOrder(orderId: string, order: NewOrder, at: number, standing: Standing): GatewayOrder {
  const { security, side, amount, style, price, remark, strategyName, operation } = order;
  return {
    orderId,
    security,
    side,
    ...(operation === undefined ? {} : { operation }),
    amount,
    style,
    limitPrice: price,
    filled: 0,
    avgPrice: null,
    ...standing,
    rawWord: null,
    remark,
    strategyName,
    systemId: '',
    createdAt: at,
    commission: 0,
    tax: 0,
    frozenCash: 0,
    frozenAmount: 0,
    subAccountId: null,
  };
}
