import { BtError } from '../domain/errors.ts';
import type { DataRequest } from '../domain/data/datasets.ts';
import type { DataTable } from '../domain/data/table.ts';
import type { FeeSchedule } from '../domain/market/fees.ts';
import { DEFAULT_FEES } from '../domain/market/fees.ts';
import { exchangeCalendar } from '../domain/market/calendar.ts';
import { canCancel } from '../domain/market/session.ts';
import type { Bars, BarsRequest, SecurityInfo } from '../domain/trading.ts';
import { hashText, mix } from '../platform/random.ts';
import { hold, openAccount } from './account.ts';
import { accountRow, positionRows } from './account-rows.ts';
import { historyBars } from './bars.ts';
import type { AccountData, ExchangeData, OrderData } from './data.ts';
import { mills, yuan } from './data.ts';
import type { Steps } from '../domain/steps.ts';
import { answerInSteps, SERVED } from './datasets/index.ts';
import { endDate } from './datasets/securities.ts';
import { checkEntry } from './entry-rules.ts';
import { MORNING_OPEN } from './grid.ts';
import { nameOn } from './instrument.ts';
import { Market } from './market.ts';
import { delay, newOrder, orderId, orderRow, tradeRow } from './orders.ts';
import { prepareMarket } from './prepare.ts';
import { quoteAt } from './quotes.ts';
import { otherwise, readCommands, readState, saveState } from './state.ts';
import { TEXTS } from './texts.ts';
import { Timeline } from './timeline.ts';
import type {
  ExchangeAccount,
  ExchangeCommand,
  ExchangeOptions,
  ExchangeOrder,
  ExchangeOrderRequest,
} from './types.ts';
import type { ExchangePosition, ExchangeState, ExchangeTick, ExchangeTrade, PaperExchange } from './types.ts';

/** The exchange behind `createExchange`: brings its book up to date at each call, then answers from it. */
export class SeededExchange implements PaperExchange {
  readonly datasets = SERVED;
  readonly #clock: ExchangeOptions['clock'];
  readonly #seed: number;
  readonly #fees: FeeSchedule;
  readonly #market: Market;
  readonly #data: ExchangeData;
  readonly #timeline: Timeline;
  readonly #onCommand: (command: ExchangeCommand) => void;
  /** Time of the command that is played again; null = the clock's. */
  #replayed: number | null = null;

  constructor({ clock, seed, accounts, fees = DEFAULT_FEES, state, commands = [], onCommand }: ExchangeOptions) {
    if (!Number.isSafeInteger(seed)) {
      throw new BtError('BAD_SEED', `${seed} is not a seed; give a whole number.`, { fault: 'config' });
    }
    this.#clock = clock;
    this.#seed = seed;
    this.#fees = fees;
    this.#market = new Market(seed);
    const now = Math.floor(clock.now());
    const day = this.#market.days.day(this.#market.moment(now).index);
    this.#data =
      state === undefined
        ? { day, cursor: now, revision: 0, serial: 0, accounts: [], taken: {} }
        : readState(state, seed);
    for (const options of accounts) openAccount(this.#data, options);
    this.#timeline = new Timeline(this.#data, this.#market, fees);
    this.#onCommand = (command) => this.#replayed ?? onCommand?.(command);
    for (const command of readCommands(commands)) this.#replay(command);
    this.#replayed = null;
  }

  accountKeys(): readonly string[] {
    return this.#data.accounts.map(({ key }) => key);
  }

  account(key: string): ExchangeAccount {
    const { now, account } = this.#enter(key);
    return accountRow(account, this.#market, now);
  }

  positions(key: string): readonly ExchangePosition[] {
    const { now, account } = this.#enter(key);
    return positionRows(account, this.#market, now);
  }

  orders(key: string): readonly ExchangeOrder[] {
    const { account, ordinal } = this.#enter(key);
    return account.orders.map((order) => orderRow(order, ordinal));
  }

  trades(key: string): readonly ExchangeTrade[] {
    const { account, ordinal } = this.#enter(key);
    return account.trades.map((trade) => tradeRow(trade, ordinal));
  }

  order(key: string, id: string): ExchangeOrder | null {
    const { account, ordinal } = this.#enter(key);
    const order = account.orders.find((one) => orderId(one) === id);
    return order === undefined ? null : orderRow(order, ordinal);
  }

  place(key: string, request: ExchangeOrderRequest): ExchangeOrder {
    const order = this.#place(key, request);
    const { orderId, status } = order;
    this.#onCommand({ kind: 'place', at: this.#data.cursor, key, request, orderId, status });
    return order;
  }

  #place(key: string, request: ExchangeOrderRequest): ExchangeOrder {
    const { now, account, ordinal } = this.#enter(key);
    const instrument = this.#market.instrument(request.security);
    const moment = this.#market.moment(now);
    const session = this.#market.session(instrument, moment.index);
    const order = this.#newOrder(request, instrument.security, account, now);
    const entry = checkEntry({ request, now, moment, session, account, fees: this.#fees });
    account.orders.push(order);
    this.#data.revision += 1;
    if (entry.kind === 'rejected') {
      order.mode = 'done';
      order.status = 57;
      order.statusText = entry.text;
      return orderRow(order, ordinal);
    }
    order.limit = entry.limit;
    order.price = yuan(entry.limit * instrument.tickMills);
    const { day, midnight } = session.shape;
    const sent = moment.tick === 0 && now < midnight + MORNING_OPEN ? midnight + MORNING_OPEN : now;
    order.waitAt = now + delay(order, 1, 80, 160);
    order.reportAt = Math.max(sent, order.waitAt) + delay(order, 2, 100, 240);
    order.day = day;
    hold(account, order, instrument.tickMills, this.#fees);
    this.#timeline.add(account, order);
    return orderRow(order, ordinal);
  }

  cancel(key: string, id: string): { readonly kind: 'requested' | 'refused'; readonly text: string } {
    const { now, account } = this.#enter(key);
    const order = account.orders.find((one) => orderId(one) === id);
    if (order === undefined) return { kind: 'refused', text: TEXTS.cancelUnknown };
    if (order.mode === 'done') return { kind: 'refused', text: TEXTS.cancelFinal };
    if (order.cancelAt !== null) return { kind: 'requested', text: TEXTS.cancelRequested };
    if (!canCancel(now, order.security)) return { kind: 'refused', text: TEXTS.cancelClosed };
    order.cancelAt = now + delay(order, 4, 200, 400);
    order.statusText = '';
    this.#timeline.touch({ account, order });
    this.#onCommand({ kind: 'cancel', at: now, key, orderId: id });
    return { kind: 'requested', text: TEXTS.cancelRequested };
  }

  transfer(key: string, cny: number): boolean {
    const { now, account } = this.#enter(key);
    if (!Number.isFinite(cny) || -cny > accountRow(account, this.#market, now).transferableCash) return false;
    account.cash += mills(cny);
    this.#data.revision += 1;
    return true;
  }

  tick(security: string): ExchangeTick {
    return quoteAt(this.#market, security, this.#now());
  }

  bars(request: BarsRequest): Bars {
    return historyBars(this.#market, request, this.#now());
  }

  securityInfo(security: string): SecurityInfo {
    const instrument = this.#market.instrument(security);
    const { index } = this.#market.moment(this.#now());
    const { name, type, startDate } = instrument;
    const end = endDate(instrument, this.#market, this.#market.days.day(index));
    return {
      security: instrument.security,
      displayName: nameOn(instrument, index),
      name,
      type,
      startDate,
      endDate: end,
    };
  }

  tradeDays(start: string, end: string): readonly string[] {
    const { from, expires } = exchangeCalendar();
    return exchangeCalendar().between(start < from ? from : start, end > expires ? expires : end);
  }

  table(request: DataRequest, asOf: number): Steps<DataTable> {
    return answerInSteps(this.#market, request, asOf);
  }

  prepare(): Steps<void> {
    return prepareMarket(this.#market, Math.floor(this.#clock.now()));
  }

  revision(): number {
    this.#now();
    return this.#data.revision;
  }

  save(): ExchangeState {
    this.#now();
    return saveState(this.#seed, this.#data);
  }

  /** Market time, with everything up to it done. It never goes back: a clock that does stands still here until it has caught up. */
  #now(): number {
    this.#timeline.advance(Math.floor(this.#replayed ?? this.#clock.now()));
    return this.#data.cursor;
  }

  #replay(command: ExchangeCommand): void {
    this.#replayed = command.at;
    if (command.kind === 'cancel') {
      if (this.cancel(command.key, command.orderId).kind === 'refused') throw otherwise(command.orderId);
      return;
    }
    const { orderId, status } = this.place(command.key, command.request);
    if (orderId !== command.orderId || status !== command.status) throw otherwise(command.orderId);
  }

  #enter(key: string): { readonly now: number; readonly account: AccountData; readonly ordinal: number } {
    const now = this.#now();
    const ordinal = this.#data.accounts.findIndex((one) => one.key === key);
    const account = this.#data.accounts[ordinal];
    if (account === undefined) {
      const known = this.accountKeys().join(', ');
      throw new BtError('UNKNOWN_ACCOUNT', `There is no paper account "${key}"; use one of: ${known}.`, {
        fault: 'config',
      });
    }
    return { now, account, ordinal };
  }

  #newOrder(request: ExchangeOrderRequest, security: string, account: AccountData, now: number): OrderData {
    const data = this.#data;
    data.serial += 1;
    const seq = account.orders.length + 1;
    const key = mix(mix(mix(this.#seed, hashText(account.key)), hashText(data.day)), seq);
    return newOrder({ request, security, seq, serial: data.serial, key, now, day: data.day });
  }
}
