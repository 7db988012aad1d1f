import type { MoveRequest, SubConfig } from '../../../../runtime/host.ts';
import { BtError } from '../../../domain/errors.ts';
import type { Life } from '../../../domain/order/life-types.ts';
import type { Working } from '../../../domain/order/reserves.ts';
import type { OrderRow } from '../../../domain/order/rows.ts';
import { divide } from '../../../domain/order/sub-portfolios.ts';
import { tallySubs, type SubTally, type SubTrade } from '../../../domain/order/sub-tally.ts';
import { pindexOf, type AccountView } from '../../../domain/order/types.ts';
import { chinaDay } from '../../../domain/time.ts';
import type { InstanceState } from '../../../ledger/instance-state.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { CashMove } from '../../../ledger/rows.ts';
import type { Clock } from '../../../platform/clock.ts';
import { newClientId } from '../../../platform/ids.ts';
import type { OrderBook } from '../../orders/book/order-book.ts';
import { readLivesOf } from '../../orders/book/restore.ts';
import { stillUnlisted, type AccountBase } from '../account-base.ts';
import type { AccountProjection } from '../account-projection.ts';
import type { AccountReader } from '../account-reader.ts';
import { checkMove, checkSameMove, grantsOf, planOf, type SubPlan } from './sub-plan.ts';
import { neverListed, tradesOf } from './sub-trades.ts';

export interface SubPortfoliosOptions {
  readonly account: Pick<AccountProjection, 'view' | 'expire' | 'disputed' | 'mayLackRows'>;
  readonly reader: Pick<AccountReader, 'base'>;
  readonly book: OrderBook;
  readonly ledger: Ledger;
  readonly state: InstanceState;
  readonly clock: Pick<Clock, 'now'>;
}

/** Makes a division, or a move of money, durable. Throws LEDGER_WRITE_FAILED: then it was not made. */
export type KeepSubs = (plan: SubPlan | null, moves: readonly CashMove[]) => void;

/**
 * The account divided into sub-portfolios, which nobody but us knows of: each has what it was given, what its own orders (`pindex` of
 * their requests) have made of it, and what was moved since. It holds nothing but what was kept: the rest follows from the ledger.
 */
export class SubPortfolios {
  readonly #options: SubPortfoliosOptions;
  #plan: SubPlan | null;
  readonly #moves: CashMove[];
  #divided: { readonly whole: AccountView; readonly view: AccountView } | null = null;
  /** Trades of earlier days. */
  #earlier: { readonly key: string; readonly trades: readonly SubTrade[] } = { key: '', trades: [] };
  /** How many moves the call that moved last has asked for. */
  #last: { readonly call: string; readonly count: number } = { call: '', count: 0 };

  constructor(options: SubPortfoliosOptions) {
    this.#options = options;
    this.#plan = options.state.kept('subportfolios') as SubPlan | null; // written by this class alone
    this.#moves = options.state.moves();
  }

  /** What a strategy sees of the account; null before it has been read. Computed at most once a change of it. */
  view(): AccountView | null {
    const { account, clock, reader } = this.#options;
    const whole = account.view();
    const base = reader.base();
    if (whole === null || base === null || this.#plan === null) return whole;
    if (this.#divided?.whole === whole) return this.#divided.view;
    const day = chinaDay(clock.now());
    const { grants, aside } = grantsOf(this.#plan, this.#moves);
    const lives = grants.length > 1 ? this.#ownLives() : [];
    const tallies = this.#tallies(lives, base, day);
    const view = divide(whole, { grants, aside, tallies, working: this.#working(lives, base, day), day });
    this.#divided = { whole, view };
    return view;
  }

  disputed(): ReadonlySet<string> {
    return this.#options.account.disputed();
  }

  mayLackRows(): boolean {
    return this.#options.account.mayLackRows();
  }

  /** What the trades of each come to, but of the first; empty when there is none. */
  tallies(): ReadonlyMap<number, SubTally> {
    const base = this.#options.reader.base();
    if (base === null || (this.#plan?.grants.length ?? 0) < 2) return new Map();
    return this.#tallies(this.#ownLives(), base, chinaDay(this.#options.clock.now()));
  }

  /** Of which sub-portfolio an order is: one of an earlier life is what the first has found there. */
  pindexOf({ request, createdAt }: OrderRow): number {
    return this.#plan !== null && createdAt >= this.#plan.at ? pindexOf(request) : 0;
  }

  /** Divides the account, and gives it divided. Throws WRONG_PHASE, BAD_SUBPORTFOLIOS, and what `keep` throws. */
  divide(configs: readonly SubConfig[], keep: KeepSubs): AccountView {
    const { state, clock } = this.#options;
    if (state.hasBegun() || this.#plan !== null) throw tooLate(this.#plan !== null);
    const plan = planOf(configs, this.#requireView(), clock.now());
    keep(plan, []);
    this.#plan = plan;
    this.#changed();
    return this.#requireView();
  }

  /** Moves money at once; `placedIn`: the call that asks for it. Throws NO_SUBPORTFOLIO, NOT_ENOUGH_CASH, and what `keep` throws. */
  move(move: MoveRequest, placedIn: string | null, keep: KeepSubs): void {
    const view = this.#requireView();
    const key = this.#keyOf(placedIn);
    const known = this.#moves.find((each) => each.key === key);
    if (known !== undefined) {
      checkSameMove(known, move);
      return;
    }
    checkMove(move, view);
    const at = this.#options.clock.now();
    // Money can be put aside of an account that is not divided: then it has one sub-portfolio, all of it.
    const plan = this.#plan ?? { at, grants: [{ type: 'stock', cash: view.startingCash }], aside: 0 };
    const row = { ...move, key, at, placedIn };
    keep(this.#plan === null ? plan : null, [row]);
    this.#plan = plan;
    this.#moves.push(row);
    this.#changed();
  }

  #requireView(): AccountView {
    const view = this.view();
    if (view !== null) return view;
    const text = 'The account has not been read yet, or is being read again. Try it in the next task.';
    throw new BtError('ACCOUNT_NOT_READ', text, { fault: 'venue' });
  }

  /** The n-th move of a call has one name, whichever run asks for it. */
  #keyOf(call: string | null): string {
    if (call === null) return newClientId();
    const count = this.#last.call === call ? this.#last.count + 1 : 1;
    this.#last = { call, count };
    return `${call}#${count}`;
  }

  #tallies(lives: readonly Life[], base: AccountBase, day: string): ReadonlyMap<number, SubTally> {
    const { book, state } = this.#options;
    if (this.#plan === null || this.#plan.grants.length < 2) return new Map();
    const unlisted = stillUnlisted(book, base);
    const today = tradesOf(
      lives.filter(({ order }) => order.day >= day),
      (clientId) => book.fillsOfIntent(clientId),
      ({ clientId }) => unlisted.get(clientId) ?? 0,
    );
    const isMoving = lives.some(({ order }) => order.day < day);
    const earlier = this.#earlierTrades(this.#plan, day, isMoving);
    return tallySubs([...earlier, ...today.toSorted(byTime)], state.bonuses(), day);
  }

  /** Of the days before: read once a day, unless an order of one of them is still in the book, where it may change. */
  #earlierTrades({ at }: SubPlan, day: string, isMoving: boolean): readonly SubTrade[] {
    const { book, ledger } = this.#options;
    const key = `${day} ${isMoving ? book.stamp() : ''}`;
    if (this.#earlier.key === key) return this.#earlier.trades;
    const orders = ledger.subs.orders(at).filter((order) => order.day < day);
    const { lives, fills } = readLivesOf(ledger, orders);
    const fillsOf = Map.groupBy(fills, ({ clientId }) => clientId);
    const trades = tradesOf(lives, (clientId) => fillsOf.get(clientId) ?? [], neverListed).toSorted(byTime);
    this.#earlier = { key, trades };
    return trades;
  }

  #working(lives: readonly Life[], base: AccountBase, day: string): ReadonlyMap<number, readonly Working[]> {
    const { book } = this.#options;
    const unlisted = stillUnlisted(book, base);
    const bySub = Map.groupBy(lives, ({ order }) => pindexOf(order.request));
    return new Map(
      [...bySub].map(([pindex, own]) => {
        const ids = new Set(own.map(({ order }) => order.orderId));
        return [pindex, book.working(day, 'all', unlisted, ({ orderId }) => ids.has(orderId))];
      }),
    );
  }

  /** Orders in memory of sub-portfolios other than the first. */
  #ownLives(): Life[] {
    return this.#options.book.lives().filter(({ order }) => this.pindexOf(order) > 0);
  }

  #changed(): void {
    this.#options.account.expire();
  }
}

function byTime(a: SubTrade, b: SubTrade): number {
  return a.time - b.time;
}

function tooLate(isDivided: boolean): BtError {
  const why = isDivided ? 'the account is divided already' : 'it belongs into initialize, which runs once';
  return new BtError(
    'WRONG_PHASE',
    `set_subportfolios: ${why}. Move money with transfer_cash(), or begin a new life of the instance with --fresh.`,
    { fault: 'strategy' },
  );
}
