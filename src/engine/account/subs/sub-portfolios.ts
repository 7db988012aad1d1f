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
import type { UnlistedShares } from '../../orders/book/unsettled.ts';
import { stillUnlisted } from '../account-base.ts';
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

/** Orders in memory of sub-portfolios other than the first, and what has been made of them as of a trading day. */
interface OwnOrders {
  /** When the account was divided, market time, epoch ms. */
  readonly since: number;
  readonly day: string;
  readonly lives: readonly Life[];
  /** Shares by client id that the account has and no list of trades has shown. */
  readonly unlisted: UnlistedShares;
}

const NO_TALLIES: ReadonlyMap<number, SubTally> = new Map();
const NO_WORKING: ReadonlyMap<number, readonly Working[]> = new Map();

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
    const { account, clock } = this.#options;
    const whole = account.view();
    if (whole === null || this.#plan === null) return whole;
    if (this.#divided?.whole === whole) return this.#divided.view;
    const day = chinaDay(clock.now());
    const own = this.#ownOrders(day);
    const tallies = own === null ? NO_TALLIES : this.#tallies(own);
    const working = own === null ? NO_WORKING : this.#working(own);
    const view = divide(whole, { ...grantsOf(this.#plan, this.#moves, this.#shift()), tallies, working, day });
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
    const own = this.#ownOrders(chinaDay(this.#options.clock.now()));
    return own === null ? NO_TALLIES : this.#tallies(own);
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

  /** Makes more sub-portfolios, without money, until there are `count`. Throws what `keep` throws. */
  extend(count: number, keep: KeepSubs): void {
    const plan = this.#plan ?? this.#undivided();
    const missing = Math.max(0, count - plan.grants.length);
    const grants = [...plan.grants, ...Array.from({ length: missing }, () => ({ type: 'stock' as const, cash: 0 }))];
    const whole = count > 1 ? { ...plan, grants } : this.#plan;
    keep(whole, []);
    this.#plan = whole;
    this.#changed();
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
    const plan = this.#plan ?? this.#undivided();
    const row = { ...move, key, at, placedIn };
    keep(this.#plan === null ? plan : null, [row]);
    this.#plan = plan;
    this.#moves.push(row);
    this.#changed();
  }

  /** All in the first one. */
  #undivided(): SubPlan {
    const cash = this.#requireView().startingCash - this.#shift();
    return { at: this.#options.clock.now(), grants: [{ type: 'stock', cash }], aside: 0 };
  }

  /** What a change of what is seen of the account has added, CNY: it is the first one's. */
  #shift(): number {
    return this.#options.state.seenPart()?.shift ?? 0;
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

  /** Null when there is no sub-portfolio but the first, or the account has not been read. */
  #ownOrders(day: string): OwnOrders | null {
    const { book, reader } = this.#options;
    const [plan, base] = [this.#plan, reader.base()];
    if (base === null || plan === null || plan.grants.length < 2) return null;
    const lives = book.lives().filter(({ order }) => this.pindexOf(order) > 0);
    return { since: plan.at, day, lives, unlisted: stillUnlisted(book, base) };
  }

  #tallies({ since, day, lives, unlisted }: OwnOrders): ReadonlyMap<number, SubTally> {
    const { book, state } = this.#options;
    const today = tradesOf(
      lives.filter(({ order }) => order.day >= day),
      (clientId) => book.fillsOfIntent(clientId),
      ({ clientId }) => unlisted.get(clientId) ?? 0,
    );
    const isMoving = lives.some(({ order }) => order.day < day);
    const earlier = this.#earlierTrades(since, day, isMoving);
    return tallySubs([...earlier, ...today.toSorted(byTime)], state.bonuses(), day);
  }

  /** Of the days before: read once a day, unless an order of one of them is still in the book, where it may change. */
  #earlierTrades(since: number, day: string, isMoving: boolean): readonly SubTrade[] {
    const { book, ledger } = this.#options;
    const key = `${day} ${isMoving ? book.stamp() : ''}`;
    if (this.#earlier.key === key) return this.#earlier.trades;
    const orders = ledger.subs.orders(since).filter((order) => order.day < day);
    const { lives, fills } = readLivesOf(ledger, orders);
    const fillsOf = Map.groupBy(fills, ({ clientId }) => clientId);
    const trades = tradesOf(lives, (clientId) => fillsOf.get(clientId) ?? [], neverListed).toSorted(byTime);
    this.#earlier = { key, trades };
    return trades;
  }

  #working({ day, lives, unlisted }: OwnOrders): ReadonlyMap<number, readonly Working[]> {
    const { book } = this.#options;
    const bySub = Map.groupBy(lives, ({ order }) => pindexOf(order.request));
    return new Map(
      [...bySub].map(([pindex, own]) => {
        const ids = new Set(own.map(({ order }) => order.orderId));
        return [pindex, book.working(day, 'all', unlisted, ({ orderId }) => ids.has(orderId))];
      }),
    );
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
