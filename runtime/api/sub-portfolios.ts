import { currentHost } from '../host.ts';
import type { SubConfig } from '../host.ts';
import { SubPortfolioConfig } from '../objects/sub-portfolio-config.ts';
import { pyRepr } from '../text/python-text.ts';
import { badArgument, optional, required } from './arguments.ts';
import type { Reader } from './arguments.ts';
import { defineApi, RUNNING } from './define-api.ts';
import { isIterable, readFinite, readPindex } from './readers.ts';

const readConfigs: Reader<readonly SubConfig[]> = (value, where) => {
  if (!isIterable(value)) throw badArgument(where, `must be a list of SubPortfolioConfig, was ${pyRepr(value)}.`);
  return Array.from(value, (item, index): SubConfig => {
    if (item instanceof SubPortfolioConfig) return { type: item.type, cash: item.cash };
    throw badArgument(
      `${where}[${index}]`,
      `must be SubPortfolioConfig({ cash: 100000, type: 'stock' }), was ${pyRepr(item)}.`,
    );
  });
};

/**
 * Divides the account into sub-portfolios, in `initialize`, once. They are this program's alone: the broker has one account. Each gets
 * its cash; the first holds also what the account held before, and takes dividends and all that comes from outside. Cash that nobody asks
 * for is put aside: it is not in `context.portfolio`. What the account has not throws BAD_SUBPORTFOLIOS.
 */
export const set_subportfolios: (configs: Iterable<SubPortfolioConfig>) => void = defineApi(
  { name: 'set_subportfolios', phases: RUNNING, args: { configs: required(readConfigs) } },
  ({ configs }) => currentHost().setSubPortfolios(configs),
);

const readMoney: Reader<number> = (value, where) => {
  const cash = readFinite(value, where);
  if (cash >= 0) return cash;
  throw badArgument(where, `must be 0 CNY or more, was ${cash}; swap the two sub-portfolios instead.`);
};

export interface TransferOptions {
  readonly from_pindex?: number;
  readonly to_pindex?: number;
  readonly cash?: number;
}

export interface TransferCash {
  (from_pindex: number, to_pindex: number, cash: number): void;
  (options: TransferOptions): void;
}

/** Moves cash from one sub-portfolio to another, at once and for good. Throws NO_SUBPORTFOLIO and NOT_ENOUGH_CASH: then nothing was moved. */
export const transfer_cash: TransferCash = defineApi(
  {
    name: 'transfer_cash',
    phases: RUNNING,
    args: { from_pindex: required(readPindex), to_pindex: required(readPindex), cash: required(readMoney) },
  },
  ({ from_pindex: from, to_pindex: to, cash }) => {
    if (cash > 0) currentHost().moveCash({ from, to, cash });
  },
);

export interface InoutOptions {
  readonly pindex?: number;
}

/**
 * Takes money out of a sub-portfolio (below 0), or puts it in. bt moves no money into or out of the account: what is taken out is put
 * aside, where the strategy does not trade it, and no more can be put in than is put aside. Throws NOT_ENOUGH_CASH.
 */
export const inout_cash: (cash: number, pindex?: number | InoutOptions) => void = defineApi(
  { name: 'inout_cash', phases: RUNNING, args: { cash: required(readFinite), pindex: optional(readPindex, 0) } },
  ({ cash, pindex }) => {
    if (cash > 0) currentHost().moveCash({ from: null, to: pindex, cash });
    if (cash < 0) currentHost().moveCash({ from: pindex, to: null, cash: -cash });
  },
);
