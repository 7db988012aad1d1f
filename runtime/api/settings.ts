import { currentHost } from '../host.ts';
import type { OrderCost, FixedSlippage, PerTrade, PriceRelatedSlippage, StepRelatedSlippage } from '../objects/cost.ts';
import { runState } from '../objects/shared.ts';
import { speak, speakOnce } from '../objects/speak.ts';
import { pyRepr } from '../text/python-text.ts';
import { badArgument, isPlainObject, objectArgument, optional, required } from './arguments.ts';
import type { Arg, Reader } from './arguments.ts';
import { ANY_PHASE, defineApi } from './define-api.ts';
import { nullable, oneOf, readAny, readFinite, readSecurity, readSecurityList, readText } from './readers.ts';

/** JoinQuant's options; all are recorded, and none changes live trading (real prices, real fees, no look-ahead); avoid_future_data decides
 * whether a question about a day that has not come is an error. */
const OPTIONS = new Set([
  'use_real_price',
  'avoid_future_data',
  'order_volume_ratio',
  'match_with_order_book',
  't0_mode',
  'always_match_market_order',
  'match_by_signal',
  'margincash_interest_rate',
  'margincash_margin_rate',
  'marginsec_interest_rate',
  'marginsec_margin_rate',
  'futures_margin_rate',
]);

const COST_TYPES = [
  'stock',
  'fund',
  'mmf',
  'fja',
  'fjb',
  'fjm',
  'index_futures',
  'futures',
  'bond_fund',
  'stock_fund',
  'QDII_fund',
  'mixture_fund',
  'money_market_fund',
] as const;
export type CostType = (typeof COST_TYPES)[number];

/** Named arguments of set_order_cost and set_slippage. */
export interface CostOptions {
  readonly type?: CostType | null;
  readonly ref?: string | null;
}

export interface SetOrderCost {
  (cost: OrderCost, options: CostOptions): void;
  (cost: OrderCost, type: CostType | null, ref?: string | null): void;
}

export type Slippage = FixedSlippage | PriceRelatedSlippage | StepRelatedSlippage;

export interface SetSlippage {
  (object: Slippage, options?: CostOptions): void;
  (object: Slippage, type: CostType | null, ref?: string | null): void;
}

/** An instance of a cost class as plain data. */
function readCost(...fields: readonly string[]): Reader<Readonly<Record<string, unknown>>> {
  return (value, where) => {
    const named = typeof value === 'object' && value !== null && fields.every((field) => field in value);
    if (named) return { ...value };
    throw badArgument(
      where,
      `must be an object such as OrderCost({ … }) or FixedSlippage(0.02), was ${pyRepr(value)}.`,
    );
  };
}

/** A cost object is an instance; without this a literal `{ … }` in its place would be taken for named arguments. */
function costArgument(...fields: readonly string[]): Arg<Readonly<Record<string, unknown>>> {
  return objectArgument(readCost(...fields));
}

const readBenchmark: Reader<string | Readonly<Record<string, number>>> = (value, where) => {
  if (!isPlainObject(value)) return readSecurity(value, where);
  const weights = Object.entries(value).map(([code, weight]): [string, number] => [
    readSecurity(code, where),
    readFinite(weight, where),
  ]);
  if (weights.reduce((sum, [, weight]) => sum + weight, 0) <= 1 + 1e-9) return Object.fromEntries(weights);
  throw badArgument(where, 'the weights must not sum to more than 1.');
};

/** The index the report compares with: a code, or codes with weights. */
export const set_benchmark: (security: string | Readonly<Record<string, number>>) => void = defineApi(
  { name: 'set_benchmark', phases: ANY_PHASE, args: { security: objectArgument(readBenchmark) } },
  (a) => currentHost().setting('set_benchmark', { security: a.security }),
);

/** Records an option of JoinQuant's; a name it does not know is recorded with a warning. */
export const set_option: (name: string, value: unknown) => void = defineApi(
  { name: 'set_option', phases: ANY_PHASE, args: { name: required(readText), value: objectArgument(readAny) } },
  (a) => {
    const host = currentHost();
    host.setting('set_option', { name: a.name, value: a.value });
    if (a.name === 'avoid_future_data') runState(host).avoidFutureData = a.value === true;
    if (OPTIONS.has(a.name) || a.name.startsWith('futures_margin_rate.')) {
      noEffect(`set_option:${a.name}`, `set_option('${a.name}')`);
    } else {
      speak(
        'system',
        'warning',
        `set_option('${a.name}') 不是聚宽的选项，已记录但不起作用。已知选项: ${[...OPTIONS].join(', ')}。`,
      );
    }
  },
);

/** Records the fee model; live, the broker charges its own fees. */
export const set_order_cost: SetOrderCost = defineApi(
  {
    name: 'set_order_cost',
    phases: ANY_PHASE,
    args: {
      cost: costArgument('open_tax', 'min_commission'),
      type: required(nullable(oneOf(COST_TYPES))),
      ref: optional(nullable(readText), null),
    },
  },
  (a) => {
    currentHost().setting('set_order_cost', { cost: a.cost, type: a.type, ref: a.ref });
    noEffect('set_order_cost', 'set_order_cost()');
  },
);

/** Records the slippage model; live, the market decides. */
export const set_slippage: SetSlippage = defineApi(
  {
    name: 'set_slippage',
    phases: ANY_PHASE,
    args: {
      object: costArgument('kind', 'value'),
      type: optional(nullable(oneOf(COST_TYPES)), null),
      ref: optional(nullable(readText), null),
    },
  },
  (a) => {
    currentHost().setting('set_slippage', { object: a.object, type: a.type, ref: a.ref });
    noEffect('set_slippage', 'set_slippage()');
  },
);

/** JoinQuant's old set_order_cost. */
export const set_commission: (object: PerTrade) => void = defineApi(
  { name: 'set_commission', phases: ANY_PHASE, args: { object: costArgument('buy_cost', 'sell_cost') } },
  (a) => {
    currentHost().setting('set_commission', { object: a.object });
    noEffect('set_commission', 'set_commission()');
  },
);

/** What context.universe shows and history() reads by default. */
export const set_universe: (security_list: Iterable<string>) => void = defineApi(
  { name: 'set_universe', phases: ANY_PHASE, args: { security_list: required(readSecurityList) } },
  (a) => {
    const host = currentHost();
    runState(host).universe = Object.freeze([...a.security_list]);
    host.setting('set_universe', { security_list: [...a.security_list] });
  },
);

/** JoinQuant's memory switch. */
export const disable_cache: () => void = defineApi({ name: 'disable_cache', phases: ANY_PHASE, args: {} }, () =>
  noEffect('disable_cache', 'disable_cache()'),
);

/** JoinQuant's profiler, for backtests. */
export const enable_profile: () => void = defineApi({ name: 'enable_profile', phases: ANY_PHASE, args: {} }, () =>
  noEffect('enable_profile', 'enable_profile()'),
);

const readFigures: Reader<Readonly<Record<string, number>>> = (value, where) => {
  if (!isPlainObject(value)) throw badArgument(where, `must be { name: number }, was ${pyRepr(value)}.`);
  return Object.fromEntries(Object.entries(value).map(([name, figure]) => [name, Number(figure)]));
};

/** JoinQuant's chart values: kept out of trading's way, nothing draws them in this version. */
export const record: (values: Readonly<Record<string, number>>) => void = defineApi(
  { name: 'record', phases: ANY_PHASE, args: { values: objectArgument(readFigures) } },
  (a) => {
    noEffect('record', 'record()');
    speak('system', 'debug', `record: ${pyRepr(a.values)}`);
  },
);

function noEffect(key: string, call: string): void {
  speakOnce(`no-effect:${key}`, 'system', 'debug', `${call} 已接受; 实盘中不改变交易。`);
}
