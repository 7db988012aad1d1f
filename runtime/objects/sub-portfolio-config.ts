import { BtError } from '../../src/domain/errors.ts';
import type { SubType } from '../../src/domain/order/types.ts';
import { badArgument, bindArguments, required } from '../api/arguments.ts';
import type { Reader } from '../api/arguments.ts';
import { readFinite } from '../api/readers.ts';
import { pyRepr } from '../text/python-text.ts';
import { callable } from './guard.ts';

export interface SubPortfolioConfigOptions {
  readonly cash?: number;
  readonly type?: SubType;
}

/** JoinQuant's kinds that no account here can be, with what to do instead. */
const OTHER_TYPES: ReadonlyMap<unknown, string> = new Map([
  ['index_futures', 'futures are not traded here: leave that sub-portfolio out, or use a stock index fund'],
  ['futures', 'futures are not traded here: leave that sub-portfolio out'],
  ['stock_margin', "margin trading is not supported: use type 'stock'"],
  ['open_fund', "funds are traded at the exchanges only: use type 'stock', which holds exchange funds too"],
]);

const readCash: Reader<number> = (value, where) => {
  const cash = readFinite(value, where);
  if (cash >= 0) return cash;
  throw badArgument(where, `must be 0 CNY or more, was ${cash}.`);
};

const readType: Reader<SubType> = (value, where) => {
  if (value === 'stock') return value;
  const advice = OTHER_TYPES.get(value);
  if (advice === undefined) throw badArgument(where, `must be 'stock', was ${pyRepr(value)}.`);
  throw new BtError('UNSUPPORTED', `${where}: '${String(value)}': ${advice}.`, { fault: 'strategy' });
};

const ARGS = { cash: required(readCash), type: required(readType) };

/** What a sub-portfolio begins with: CNY, and what it trades: stocks, funds and convertible bonds. */
class Config {
  readonly cash: number;
  readonly type: SubType;

  constructor(cash: number | SubPortfolioConfigOptions, type?: SubType) {
    const a = bindArguments('SubPortfolioConfig', ARGS, [cash, type]);
    this.cash = a.cash;
    this.type = a.type;
    Object.freeze(this);
  }

  toString(): string {
    return `SubPortfolioConfig(cash=${pyRepr(this.cash)}, type=${pyRepr(this.type)})`;
  }
}

/** `SubPortfolioConfig({ cash: 100000, type: 'stock' })`, or by position. */
export const SubPortfolioConfig = callable(Config);
export type SubPortfolioConfig = Config;
