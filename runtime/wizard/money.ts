import { badArgument, optional, required } from '../api/arguments.ts';
import { oneOf } from '../api/readers.ts';
import { get_money_flow } from '../api/market/money-flow.ts';
import { DATASETS } from '../../src/domain/data/datasets.ts';
import type { Context } from '../objects/context.ts';
import { above, below, between, CONTEXT, NUMBER, RANGE, SECURITY, wizard } from './define.ts';

type Figure = Exclude<keyof (typeof DATASETS)['money_flow']['columns'], 'date' | 'sec_code'>;

const FIGURES = Object.keys(DATASETS.money_flow.columns).filter(
  (name): name is Figure => name !== 'date' && name !== 'sec_code',
);
const FIGURE = required(oneOf(FIGURES));
const WHICH_DAY = optional<'previous'>((value, where) => {
  if (value === 'previous') return value;
  throw badArgument(where, "must be 'previous': the flow of today is known after its close.");
}, 'previous');

/** The day before's figure of get_money_flow; NaN where there is none. */
function figureOf(context: Context, security: string, field: Figure): number {
  const flow = get_money_flow([security], { end_date: context.previous_date, count: 1, fields: [field] });
  return flow.col(field).tolist()[0] ?? Number.NaN;
}

type Flow<V> = (
  context: Context,
  security: string,
  field: Figure,
  value: V,
  which_day?: 'previous' | { readonly which_day?: 'previous' },
) => boolean;

const MAP = { context: CONTEXT, security: SECURITY, field: FIGURE };

function flow(name: string, holds: (figure: number, value: number) => boolean): Flow<number> {
  return wizard(name, { ...MAP, value: NUMBER, which_day: WHICH_DAY }, (a) =>
    holds(figureOf(a.context, a.security, a.field), a.value),
  );
}

/** Yesterday's figure of get_money_flow, like `net_pct_main`, against a number. */
export const money_flow_dayu = flow('money_flow_dayu', above);
export const money_flow_xiaoyu = flow('money_flow_xiaoyu', below);
export const money_flow_qujian: Flow<readonly [number, number]> = wizard(
  'money_flow_qujian',
  { ...MAP, value: RANGE, which_day: WHICH_DAY },
  (a) => between(figureOf(a.context, a.security, a.field), a.value),
);
