import * as z from 'zod';
import type {
  DepthQuote,
  GatewayAccount,
  GatewayOrder,
  GatewayPosition,
  GatewayTrade,
} from '../../../domain/gateway.ts';
import { toQmtCode } from '../../../domain/market/symbol.ts';
import { chinaDay } from '../../../domain/time.ts';
import type { JsonObject } from '../../../protocol/json.ts';
import type { AccountConfig } from '../../account-types.ts';
import { marketPrice } from '../../fit-order.ts';
import type { MarketRoom } from '../../fit-order.ts';
import { requestFailed } from '../../python.ts';
import type { AccountBroker, CancelReply, NewOrder } from '../gateway.ts';
import type { Reply } from './bridge-link.ts';
import type { OrderErrors } from './order-errors.ts';
import { enteredOrder } from '../entered-order.ts';
import { orderType, priceTerms } from './order-terms.ts';
import type { MarketStyle } from './order-terms.ts';
import { accountOf, orderOf, positionOf, tradeOf } from './rows.ts';
import { ASSET, ORDER, POSITION, TRADE } from './sdk-rows.ts';
import type { TradingBridge } from './trading-bridge.ts';
import { notSent, unavailable, valueOf } from './unavailable.ts';

const QUERY_MS = 15_000;
/** An order or a cancel that is not answered by then is unknown, and the bridge is replaced. */
const CHANGE_MS = 20_000;
/** The counter keeps so many bytes of a remark and says nothing of the rest. */
const REMARK_BYTES = 24;

export interface AccountParts {
  readonly account: AccountConfig;
  readonly trading: TradingBridge;
  readonly errors: OrderErrors;
  readonly marketStyle: MarketStyle;
  /** Names of securities (vendor's codes) where they are known. */
  readonly names: (codes: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** What is known of its security; null where quotes are away, which keeps no order from the counter. */
  readonly quote: (security: string) => Promise<DepthQuote | null>;
  /** Of an order in market style without a price. */
  readonly marketRoom: MarketRoom;
  /** Market time, epoch ms. */
  readonly now: () => number;
}

/** One account at the counter. Its lists are whole or they throw QMT_UNAVAILABLE; what may have reached the counter is never called refused. */
export class QmtAccount implements AccountBroker {
  readonly #parts: AccountParts;
  /** Orders of the day that were seen: then an empty list is none. */
  readonly #seen = new Set<string>();
  #seenOn = '';

  constructor(parts: AccountParts) {
    this.#parts = parts;
  }

  async account(): Promise<GatewayAccount> {
    const value = await this.#query('asset', {});
    if (value === null) throw unavailable('资金查询无应答（返回 None）');
    return accountOf(this.#parts.account.id, read(ASSET, value));
  }

  async positions(): Promise<readonly GatewayPosition[]> {
    const rows = await this.#list('positions', POSITION, ({ marketValue }) => (marketValue ?? 0) > 0);
    const names = await this.#parts.names(rows.map((row) => row.stock_code));
    return rows.map((row) => positionOf(row, names.get(row.stock_code) ?? null));
  }

  async orders(): Promise<readonly GatewayOrder[]> {
    const orders = (await this.#list('orders', ORDER, () => this.#hasSeen())).map(orderOf);
    for (const { orderId } of orders) this.#see(orderId);
    return orders.toSorted((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0));
  }

  async trades(): Promise<readonly GatewayTrade[]> {
    const filled = async (): Promise<boolean> => (await this.orders()).some((order) => order.filled > 0);
    const trades = (await this.#list('trades', TRADE, filled)).map(tradeOf);
    // Pushed or listed twice after a reconnect: one fill is one.
    return [...new Map(trades.map((trade) => [trade.tradeId, trade])).values()];
  }

  async order(orderId: string): Promise<GatewayOrder | null> {
    if (!isId(orderId)) return null;
    const value = await this.#query('order', { order_id: orderId });
    if (value !== null) return orderOf(read(ORDER, value));
    // None stands for a failure too: an order that was there is not gone.
    if (this.#hasSeen(orderId)) throw unavailable(`委托 ${orderId} 的查询无应答（返回 None）`);
    return null;
  }

  async submit(order: NewOrder, entered: (orderId: string) => void): Promise<GatewayOrder> {
    const { account, trading, now } = this.#parts;
    const request = await this.#placeArguments(order);
    const reply = await trading.ask(account, 'place', request, CHANGE_MS, true);
    const orderId = await this.#idOf(reply, order);
    this.#see(orderId);
    entered(orderId);
    return enteredOrder(orderId, order, now(), { status: 'pending', rawStatus: 48, statusText: '' });
  }

  async cancel(orderId: string): Promise<CancelReply> {
    if (!isId(orderId)) return { kind: 'refused', text: '' };
    const { account, trading } = this.#parts;
    const reply = await trading.ask(account, 'cancel', { order_id: orderId }, CHANGE_MS, true);
    if (reply.kind === 'lost' && !reply.begun) throw unavailable(reply.text, { sent: false });
    const value = valueOf(reply);
    if (value === 0) return { kind: 'requested', text: '' };
    if (value === -1) return { kind: 'refused', text: '' };
    throw unavailable(`撤单返回 ${JSON.stringify(value)}，结果未知`);
  }

  async #placeArguments(order: NewOrder): Promise<JsonObject> {
    const { account, trading, marketStyle } = this.#parts;
    const { security, side, amount, style, remark, strategyName } = order;
    const trouble = trading.troubleOf(account);
    if (trouble !== null) throw notSent(trouble);
    if (Buffer.byteLength(remark) > REMARK_BYTES) throw requestFailed(`order_remark 过长（上限 ${REMARK_BYTES} 字符）`);
    const price = await this.#price(order);
    if (price === null) throw requestFailed(`${security} 无法获取有效价格`);
    const terms = priceTerms(security, style, price, marketStyle);
    return {
      code: toQmtCode(security),
      order_type: orderType(order.operation ?? side, side, account.type),
      volume: amount,
      price_type: terms.priceType,
      price: terms.price,
      strategy: strategyName,
      remark,
    };
  }

  /** Refuses what cannot trade today, in the deployed back end's words; a limit stands in for an order in market style. */
  async #price(order: NewOrder): Promise<number | null> {
    const { marketStyle, marketRoom, now } = this.#parts;
    const quote = await this.#parts.quote(order.security);
    if (quote?.paused === true) throw requestFailed(`${order.security} 停牌，无法下单`);
    if (quote !== null && quote.lastPrice === null && quote.highLimit === null && quote.preClose === null)
      throw requestFailed(`${order.security} 无法获取有效价格`);
    const isGiven = order.price !== null && (order.style !== 'market' || marketStyle !== 'limit');
    return isGiven ? order.price : marketPrice(order, { quote, now: now(), room: marketRoom });
  }

  /** The id of an order that was taken; throws a refusal only where it is proved that the counter has none. */
  async #idOf(reply: Reply, { remark }: NewOrder): Promise<string> {
    if (reply.kind === 'lost')
      throw reply.begun ? unavailable(`下单结果未知: ${reply.text}`) : notSent(`QMT 当前不可用: ${reply.text}`);
    if (reply.kind === 'raised')
      throw reply.type === 'Refused' ? notSent(reply.text) : requestFailed(`QMT 下单失败: ${reply.text}`);
    const id = typeof reply.value === 'string' ? reply.value : '';
    if (isId(id)) return id;
    // Both together are proof: the counter says no, and says why of this very order.
    const error = id === '-1' ? await this.#parts.errors.ofRemark(remark) : null;
    if (error !== null) throw requestFailed(`委托被拒绝: ${error.error_msg ?? error.error_id ?? ''}`);
    throw requestFailed(`QMT 下单返回错误码: ${id === '' ? JSON.stringify(reply.value) : id}`);
  }

  async #query(call: string, args: JsonObject): Promise<unknown> {
    const { account, trading } = this.#parts;
    return valueOf(await trading.ask(account, call, args, QUERY_MS));
  }

  /**
   * A whole list. None may stand for an empty one or for a failure: it is believed when the account answers, and `cannotBeEmpty` says
   * that nothing contradicts it.
   */
  async #list<T extends z.ZodType>(
    call: string,
    row: T,
    cannotBeEmpty: (account: GatewayAccount) => boolean | Promise<boolean>,
  ): Promise<z.output<T>[]> {
    const value = await this.#query(call, {});
    if (value !== null) return read(z.array(row), value);
    if (await cannotBeEmpty(await this.account())) throw unavailable(`${call} 查询无应答（返回 None）`);
    return [];
  }

  #see(orderId: string): void {
    this.#today().add(orderId);
  }

  #hasSeen(orderId?: string): boolean {
    const seen = this.#today();
    return orderId === undefined ? seen.size > 0 : seen.has(orderId);
  }

  /** Ids are used again on other days. */
  #today(): Set<string> {
    const day = chinaDay(this.#parts.now());
    if (day !== this.#seenOn) this.#seen.clear();
    this.#seenOn = day;
    return this.#seen;
  }
}

/** The counter's numbers are above 0; what is none cannot be one of its orders. */
function isId(orderId: string): boolean {
  return /^[1-9]\d{0,18}$/.test(orderId);
}

function read<T extends z.ZodType>(shape: T, value: unknown): z.output<T> {
  const { success, data, error } = shape.safeParse(value);
  if (success) return data;
  const at = error.issues[0]?.path.join('.') ?? '';
  throw unavailable(`xtquant 的应答无法识别（${at}）`);
}
