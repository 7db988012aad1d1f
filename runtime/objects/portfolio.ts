import type { AccountView } from '../../src/domain/order/types.ts';
import { currentHost } from '../host.ts';
import { pyRepr } from '../text/python-text.ts';
import { createDict } from './dict.ts';
import type { Dict } from './dict.ts';
import { guardGetters } from './guard.ts';
import type { Position } from './position.ts';
import { livePositions } from './positions.ts';
import type { Positions } from './positions.ts';

/**
 * Cash and holdings, read anew at every access from the engine's last settled view of the account. CNY.
 * A figure the venue does not tell is NaN.
 */
export class Portfolio {
  readonly #positions = livePositions();
  readonly #short: Dict<Position> = createDict<Position>([], 'short_positions');

  get available_cash(): number {
    return view().availableCash;
  }

  /** JoinQuant's old name of available_cash. */
  get cash(): number {
    return view().availableCash;
  }

  /** What may be withdrawn today: without today's sales. */
  get transferable_cash(): number {
    return view().transferableCash ?? Number.NaN;
  }

  /** Frozen by open buy orders. */
  get locked_cash(): number {
    return view().lockedCash;
  }

  get total_value(): number {
    return view().totalValue;
  }

  /** JoinQuant's old name of total_value. */
  get portfolio_value(): number {
    return view().totalValue;
  }

  /** Market value of the holdings; where the price of one is missing, what is no cash of the whole account. */
  get positions_value(): number {
    const sum = this.#positions.values().reduce((total, position) => total + position.value, 0);
    if (Number.isFinite(sum)) return sum;
    const { totalValue, availableCash, lockedCash } = view();
    return Math.round((totalValue - availableCash - lockedCash) * 100) / 100;
  }

  /** Total value at the first start of this strategy instance. */
  get starting_cash(): number {
    return view().startingCash;
  }

  /** Deposits so far; the engine knows of none, so this is starting_cash. */
  get inout_cash(): number {
    return view().startingCash;
  }

  /** Total value against inout_cash, as a fraction. */
  get returns(): number {
    const { startingCash, totalValue } = view();
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

/** `context.subportfolios[0]`: the whole account. */
export class SubPortfolio extends Portfolio {
  get type(): 'stock' {
    return 'stock';
  }

  get pindex(): 0 {
    return 0;
  }

  get total_liability(): number {
    return 0;
  }

  get net_value(): number {
    return this.total_value;
  }
}

guardGetters(Portfolio, 'portfolio');
guardGetters(SubPortfolio, 'portfolio');

function view(): AccountView {
  return currentHost().account();
}
