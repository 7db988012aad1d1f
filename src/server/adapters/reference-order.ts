import type { GatewayOrder } from '../../domain/gateway.ts';
import type { Side } from '../../domain/trading.ts';
import { brokerStatus } from '../../protocol/status.ts';
import type { NewOrder } from './gateway.ts';
import { NO_SCENARIO } from './scenario.ts';

/** An order of the reference market; later events change it in place. */
export interface ReferenceOrder {
  readonly id: string;
  readonly security: string;
  readonly side: Side;
  readonly amount: number;
  readonly style: string;
  readonly price: number | null;
  readonly remark: string;
  readonly strategyName: string;
  readonly statusText: string;
  readonly createdAt: number;
  readonly systemId: string;
  readonly commission: number;
  readonly tax: number;
  /** Status word of the scenario. */
  status: string;
  filled: number;
  avgPrice: number | null;
  frozenCash: number;
  frozenAmount: number;
  subAccountId: string | null;
}

const UNKNOWN = 255;
const RAW_STATUS: Readonly<Record<string, number>> = {
  new: 48,
  submitted: 49,
  open: 50,
  canceling: 51,
  partly_canceling: 52,
  partly_canceled: 53,
  canceled: 54,
  partly_filled: 55,
  filled: 56,
  rejected: 57,
  unknown: UNKNOWN,
};
const FIRST_SYSTEM_ID = 70_000;

/** The order of a request, before anything has happened to it. `number`: its place in the book, from 1; `now`: epoch ms. */
export function newReferenceOrder(request: NewOrder, number: number, now: number): ReferenceOrder {
  const { security, side, amount, style, price, remark, strategyName } = request;
  const { status, statusText, commission, tax, ...scenario } = request.scenario ?? NO_SCENARIO;
  return {
    id: `stub-${number}`,
    security,
    side,
    amount,
    style,
    price,
    remark,
    strategyName,
    status,
    statusText,
    commission,
    tax,
    createdAt: scenario.createdAt ?? now,
    systemId: scenario.systemId ?? String(FIRST_SYSTEM_ID + number),
    filled: 0,
    avgPrice: null,
    frozenCash: 0,
    frozenAmount: 0,
    subAccountId: null,
  };
}

/** The order as it stands now. */
export function gatewayOrder(order: ReferenceOrder): GatewayOrder {
  const { id, price, status, ...rest } = order;
  const rawStatus = RAW_STATUS[status] ?? UNKNOWN;
  return {
    ...rest,
    orderId: id,
    limitPrice: price,
    rawStatus,
    rawWord: rawStatus === UNKNOWN ? status : null,
    status: brokerStatus(status, rawStatus),
  };
}
