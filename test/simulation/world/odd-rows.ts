import { chinaText } from '../../../src/domain/time.ts';
import type { ExchangeAccount } from '../../../src/exchange/types.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import { isOdd } from '../plan/odd.ts';
import type { OddKind, Plan } from '../plan/types.ts';
import { withPayload, withRows } from './frames.ts';
import type { FrameLabel } from './frame-label.ts';

/** Market ms by which a slow counter's figures lag behind. */
export const COUNTER_LAG_MS = 6_000;

export interface OddFacts {
  readonly plan: Pick<Plan, 'odd'>;
  /** Virtual ms. */
  readonly now: number;
  /** Market time, epoch ms. */
  readonly market: number;
  /** The account as it was when a lagging counter last looked; null = not known. */
  readonly lagging: ExchangeAccount | null;
}

type Change = (frame: Buffer, facts: OddFacts) => Buffer;

/** What becomes of the answers of some actions, by kind. */
const CHANGES: Readonly<Record<OddKind, Readonly<Record<string, Change>>>> = {
  'trade-amount-0': {
    'broker.trades': (frame, { market }) => withRows(frame, (rows) => [...rows, trade(market, 0, 10.5)]),
  },
  'trade-price-0': {
    'broker.trades': (frame, { market }) => withRows(frame, (rows) => [...rows, trade(market, 100, 0)]),
  },
  'unpriced-holding': { 'broker.positions': (frame) => withRows(frame, (rows) => rows.map(unpriced)) },
  'unknown-code': { 'broker.positions': (frame) => withRows(frame, (rows) => [...rows, UNKNOWN_CODE]) },
  'two-rows': { 'broker.positions': (frame) => withRows(frame, (rows) => rows.flatMap(twoLots)) },
  'unknown-status': { 'broker.orders': (frame) => withRows(frame, (rows) => rows.map(mysterious)) },
  'lagging-cash': { 'broker.account': (frame, { lagging }) => (lagging === null ? frame : withCash(frame, lagging)) },
  'no-freeze': { 'broker.account': (frame) => withFields(frame, unfrozen) },
  'other-account': {
    'broker.account': (frame) => withFields(frame, () => OTHER_ACCOUNT),
    'broker.positions': (frame) => withRows(frame, () => []),
    'broker.orders': (frame) => withRows(frame, () => []),
    'broker.trades': (frame) => withRows(frame, () => []),
  },
};

/** What a gateway with odd rows makes of an honest answer. */
export function oddAnswer(label: FrameLabel, frame: Buffer, facts: OddFacts): Buffer {
  let answer = frame;
  for (const { kind } of facts.plan.odd)
    if (isOdd(facts.plan, kind, facts.now)) answer = CHANGES[kind][label.action]?.(answer, facts) ?? answer;
  return answer;
}

const OTHER_ACCOUNT: JsonObject = {
  account_id: '88880000',
  available_cash: 1_000_000,
  transferable_cash: 1_000_000,
  frozen_cash: 0,
  market_value: 0,
  positions: [],
  total_value: 1_000_000,
  total_asset: 1_000_000,
};

/** Shanghai's code for the registration of an account: held by many, worth nothing, traded by nobody. */
const UNKNOWN_CODE: JsonObject = {
  security: '799999.SH',
  amount: 100,
  available_amount: 0,
  closeable_amount: 0,
  can_use_volume: 0,
  frozen_volume: 0,
  avg_cost: 0,
  last_price: 0,
  current_price: 0,
  name: '登记指定',
  market_value: 0,
  position_value: 0,
};

/** A row of somebody else's trade. */
function trade(market: number, amount: number, price: number): JsonObject {
  return {
    trade_id: '990001',
    order_id: '990000',
    security: '600519.XSHG',
    side: 'BUY',
    is_buy: true,
    amount,
    price,
    traded_price: price,
    trade_price: price,
    deal_balance: 0,
    commission_fee: 0,
    commission: 0,
    tax: 0,
    time: chinaText(market),
    order_remark: '',
  };
}

function unpriced(row: JsonObject): JsonObject {
  if (row['security'] !== '000001.XSHE') return row;
  return { ...row, last_price: 0, current_price: 0, market_value: 0, position_value: 0 };
}

/** One holding as two lots: what was there this morning, and what came since. */
function twoLots(row: JsonObject): JsonObject[] {
  const { amount, closeable_amount: closeable, market_value: value } = row;
  if (row['security'] !== '518880.XSHG' || typeof amount !== 'number' || amount < 200) return [row];
  if (typeof closeable !== 'number' || typeof value !== 'number') return [row];
  const first = Math.floor(amount / 200) * 100;
  const lot = (shares: number, free: number): JsonObject => ({
    ...row,
    amount: shares,
    available_amount: free,
    closeable_amount: free,
    can_use_volume: free,
    market_value: (value / amount) * shares,
    position_value: (value / amount) * shares,
  });
  const free = Math.min(closeable, first);
  return [lot(first, free), lot(amount - first, closeable - free)];
}

const FINAL: ReadonlySet<unknown> = new Set([53, 54, 56, 57]);

function mysterious(row: JsonObject): JsonObject {
  return FINAL.has(row['raw_status']) ? row : { ...row, status: 'unknown', raw_status: 255 };
}

function withCash(frame: Buffer, { availableCash, frozenCash, transferableCash }: ExchangeAccount): Buffer {
  return withFields(frame, (account) => {
    const total = availableCash + frozenCash + worthIn(account);
    return {
      ...account,
      available_cash: availableCash,
      frozen_cash: frozenCash,
      transferable_cash: transferableCash,
      total_value: total,
      total_asset: total,
    };
  });
}

/** What an account holds beside its cash: also one of a gateway that does not say so in a field of its own counts it in its total. */
function worthIn({ total_value: total, available_cash: available, frozen_cash: frozen }: JsonObject): number {
  if (typeof total !== 'number' || typeof available !== 'number' || typeof frozen !== 'number') return 0;
  return total - available - frozen;
}

/** A counter whose cash knows of fills only. */
function unfrozen(account: JsonObject): JsonObject {
  const { available_cash: available, frozen_cash: frozen } = account;
  if (typeof available !== 'number' || typeof frozen !== 'number') return account;
  return { ...account, available_cash: Math.round((available + frozen) * 1000) / 1000, frozen_cash: 0 };
}

/** The fields of an answer that is one object, which some gateways wrap once more. */
function withFields(frame: Buffer, change: (fields: JsonObject) => JsonObject): Buffer {
  return withPayload(frame, (payload) => {
    if (!isObject(payload)) return payload;
    const { value } = payload;
    return isObject(value) ? { ...payload, value: change(value) } : change(payload);
  });
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
