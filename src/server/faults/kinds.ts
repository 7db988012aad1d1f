import type { FaultKind } from './kind.ts';
import { accountId } from './kinds/account-id.ts';
import { accountZero } from './kinds/account-zero.ts';
import { assetLag } from './kinds/asset-lag.ts';
import { assetUnfrozen } from './kinds/asset-unfrozen.ts';
import { clockJump } from './kinds/clock-jump.ts';
import { cut } from './kinds/cut.ts';
import { delay } from './kinds/delay.ts';
import { drop } from './kinds/drop.ts';
import { duplicate } from './kinds/duplicate.ts';
import { emptyId } from './kinds/empty-id.ts';
import { error } from './kinds/error.ts';
import { foreignRows } from './kinds/foreign-rows.ts';
import { halfFrame } from './kinds/half-frame.ts';
import { handshakeRefused } from './kinds/handshake-refused.ts';
import { hang } from './kinds/hang.ts';
import { idempotencyIgnored } from './kinds/idempotency-ignored.ts';
import { lateExecution } from './kinds/late-execution.ts';
import { late } from './kinds/late.ts';
import { orderIdsAgain } from './kinds/order-ids-again.ts';
import { orderIds } from './kinds/order-ids.ts';
import { orders } from './kinds/orders.ts';
import { pong } from './kinds/pong.ts';
import { positions } from './kinds/positions.ts';
import { remark } from './kinds/remark.ts';
import { restart } from './kinds/restart.ts';
import { slowReader } from './kinds/slow-reader.ts';
import { slowWriter } from './kinds/slow-writer.ts';
import { status } from './kinds/status.ts';
import { submitUnknown } from './kinds/submit-unknown.ts';
import { tradeIds } from './kinds/trade-ids.ts';
import { trades } from './kinds/trades.ts';
import { wrongId } from './kinds/wrong-id.ts';

/** Every kind of fault. Their order is part of what a seed means: new ones go to the end. */
export const FAULT_KINDS: readonly FaultKind[] = [
  drop,
  cut,
  halfFrame,
  delay,
  late,
  duplicate,
  wrongId,
  error,
  submitUnknown,
  emptyId,
  slowReader,
  slowWriter,
  restart,
  clockJump,
  pong,
  handshakeRefused,
  positions,
  accountZero,
  orders,
  trades,
  remark,
  status,
  orderIds,
  idempotencyIgnored,
  lateExecution,
  tradeIds,
  hang,
  orderIdsAgain,
  accountId,
  assetLag,
  assetUnfrozen,
  foreignRows,
];

/** The kind of that name; undefined when there is none. */
export function faultKind(name: string): FaultKind | undefined {
  return FAULT_KINDS.find(({ kind }) => kind === name);
}
