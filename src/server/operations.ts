import type { Side } from '../domain/trading.ts';
import { requestFailed } from './python.ts';

interface Operation {
  /** As the counter's rows show it; null where nothing is bought or sold. */
  readonly side: Side | null;
  readonly credit: boolean;
}

/** What an order of an account can be, by name: a plain buy or sell (of collateral, on a credit account), and what only credit accounts do. */
const OPERATIONS = {
  buy: { side: 'buy', credit: false },
  sell: { side: 'sell', credit: false },
  margin_buy: { side: 'buy', credit: true },
  short_sell: { side: 'sell', credit: true },
  buy_to_return: { side: 'buy', credit: true },
  return_securities: { side: null, credit: true },
  sell_to_repay: { side: 'sell', credit: true },
  repay_cash: { side: null, credit: true },
  special_margin_buy: { side: 'buy', credit: true },
  special_short_sell: { side: 'sell', credit: true },
  special_buy_to_return: { side: 'buy', credit: true },
  special_return_securities: { side: null, credit: true },
  special_sell_to_repay: { side: 'sell', credit: true },
  special_repay_cash: { side: null, credit: true },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof OPERATIONS;

export const OPERATION_NAMES = Object.keys(OPERATIONS) as [OperationName, ...OperationName[]];

/** Feature: the word `operation` of an order is understood. A server without it enters a plain buy or sell. */
export const OPERATIONS_FEATURE = 'operations';

function isOperation(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name);
}

export function operationOf(name: OperationName): Operation {
  return OPERATIONS[name];
}

/** The side that an operation is entered and counted under: what only gives something back counts as a sell. */
export function enteredSide(name: OperationName): Side {
  return OPERATIONS[name].side ?? 'sell';
}

/** Null for a plain buy or sell. Throws REQUEST_FAILED for a name that is none, and for one that contradicts the side. */
export function readOperation(name: string, side: Side): OperationName | null {
  if (!isOperation(name)) throw unknownOperation(name);
  if (enteredSide(name) !== side) throw requestFailed(`operation ${name} 与 side 不一致`);
  return OPERATIONS[name].credit ? name : null;
}

/** Throws REQUEST_FAILED for an operation that an account of another kind is asked for. */
export function checkAccountType(name: OperationName, accountType: string): void {
  if (OPERATIONS[name].credit && accountType.toUpperCase() !== 'CREDIT')
    throw requestFailed(`operation ${name} 仅适用于信用账户（type: credit）`);
}

/** Of a name, or of a market that has plain buys and sells only. */
export function unknownOperation(name: string, known: readonly string[] = OPERATION_NAMES): Error {
  return requestFailed(`不支持的 operation: ${name}（可用: ${known.join(', ')}）`);
}

/** The side of a request that names an operation and none; null = it names no operation, or one that is not known. */
export function sideByOperation(name: string | null): Side | null {
  return name !== null && isOperation(name) ? enteredSide(name) : null;
}
