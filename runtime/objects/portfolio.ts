import { BtError } from '../../src/domain/errors.ts';
import type { SubType, SubView } from '../../src/domain/order/types.ts';
import { currentHost } from '../host.ts';
import { pyRepr } from '../text/python-text.ts';
import { createDict } from './dict.ts';
import type { Dict } from './dict.ts';
import { guardGetters } from './guard.ts';
import type { Position } from './position.ts';
import { livePositions } from './positions.ts';
import type { Positions } from './positions.ts';

/** What is shown of an account or a part of it. */
export type Figures = Omit<SubView, 'type'>;

/**
 * Cash and holdings, read anew at every access from the engine's last settled view of the account. CNY.
 * A figure the venue does not tell is NaN.
 */
export class Portfolio {
  readonly #read: () => Figures;
  readonly #positions: Positions;
  readonly #short: Dict<Position> = createDict<Position>([], 'short_positions');

  /** `read`: the figures as they are now. */
  constructor(read: () => Figures, pindex = 0) {
    this.#read = read;
    this.#positions = livePositions(read, pindex);
  }

  get available_cash(): number {
    return this.#read().availableCash;
  }

  /** JoinQuant's old name of available_cash. */
  get cash(): number {
    return this.#read().availableCash;
  }

  /** What may be withdrawn today: without today's sales. */
  get transferable_cash(): number {
    return this.#read().transferableCash ?? Number.NaN;
  }

  /** Frozen by open buy orders. */
  get locked_cash(): number {
    return this.#read().lockedCash;
  }

  get total_value(): number {
    return this.#read().totalValue;
  }

  /** JoinQuant's old name of total_value. */
  get portfolio_value(): number {
    return this.#read().totalValue;
  }

  /** Market value of the holdings; where the price of one is missing, what is no cash of the whole account. */
  get positions_value(): number {
    const sum = this.#positions.values().reduce((total, position) => total + position.value, 0);
    if (Number.isFinite(sum)) return sum;
    const { totalValue, availableCash, lockedCash } = this.#read();
    return Math.round((totalValue - availableCash - lockedCash) * 100) / 100;
  }

  /** Total value at the first start of this strategy instance; of a sub-portfolio, and of all of them, the same as inout_cash. */
  get starting_cash(): number {
    return this.#read().startingCash;
  }

  /** What was put in so far, less what was taken out: at the start, by transfer_cash() and by inout_cash(). */
  get inout_cash(): number {
    return this.#read().startingCash;
  }

  /** Total value against inout_cash, as a fraction. */
  get returns(): number {
    const { startingCash, totalValue } = this.#read();
    return startingCash > 0 ? totalValue / startingCash - 1 : Number.NaN;
  }

  /** Margin used: 100 % for stocks and funds, so their value. */
  get margin(): number {
    return this.positions_value;
  }

  get positions(): Positions {
    return this.#positions;
  }

  get long_positions(): Positions {
    return this.#positions;
  }

  /** Always empty: stocks and funds are held long. */
  get short_positions(): Dict<Position> {
    return this.#short;
  }

  toString(): string {
    const { available_cash, locked_cash, total_value, positions_value, starting_cash, returns, positions } = this;
    const fields = { available_cash, locked_cash, total_value, positions_value, starting_cash, returns, positions };
    return `Portfolio(${pyRepr(fields)})`;
  }
}

/** `context.subportfolios[i]`. Nothing of a stock sub-portfolio is borrowed, so its liabilities are 0. */
export class SubPortfolio extends Portfolio {
  readonly #pindex: number;

  /** Null = the whole. */
  constructor(pindex: number | null) {
    super(() => figuresOf(pindex), pindex ?? 0);
    this.#pindex = pindex ?? 0;
  }

  get type(): SubType {
    return currentHost().account().subs?.[this.#pindex]?.type ?? 'stock';
  }

  get pindex(): number {
    return this.#pindex;
  }

  get total_liability(): number {
    return 0;
  }

  get cash_liability(): number {
    return 0;
  }

  get sec_liability(): number {
    return 0;
  }

  /** Owed for what is borrowed. */
  get interest(): number {
    return 0;
  }

  get net_value(): number {
    return this.total_value;
  }

  /** What may be spent: there is no other margin. */
  get available_margin(): number {
    return this.available_cash;
  }

  /** Assets against liabilities: infinite without any. */
  get maintenance_margin_rate(): number {
    return Number.POSITIVE_INFINITY;
  }

  /** True when the maintenance margin rate is below `rate`: never, without liabilities. */
  is_dangerous(rate: number): boolean {
    return this.maintenance_margin_rate < rate;
  }
}

guardGetters(Portfolio, 'portfolio');
guardGetters(SubPortfolio, 'portfolio');

function figuresOf(pindex: number | null): Figures {
  const account = currentHost().account();
  if (pindex === null) return account;
  const sub = account.subs?.[pindex];
  if (sub !== undefined) return sub;
  throw new BtError('NO_SUBPORTFOLIO', `There is no sub-portfolio ${pindex}: set_subportfolios() makes them.`, {
    fault: 'strategy',
  });
}
