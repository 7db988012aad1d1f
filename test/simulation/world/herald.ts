import { SimulatedGateway } from '../../../src/server/adapters/simulated.ts';
import { accountEvent } from '../../../src/server/messages.ts';
import { orderRow, tradeRow } from '../../../src/protocol/encode/order-answers.ts';
import { encodeFrame } from '../../../src/protocol/frame.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import type { Clock } from '../../../src/platform/clock.ts';
import type { Rng } from '../../../src/platform/random.ts';
import type { PaperExchange } from '../../../src/exchange/types.ts';
import type { Stream } from '../plan/types.ts';
import { ACCOUNTS } from './first-book.ts';
import { Process } from './process.ts';
import type { World } from './world.ts';

/** Virtual ms between two looks at the book: an answer to a place request takes longer now and then. */
const LOOK_MS = 30;
/** And where nothing changes, over nights above all: each look is a step of the world. */
const LONGEST_LOOK_MS = 2_000;

/**
 * Tells every session of the engine what has changed in the exchange's book, as a gateway with `order_stream` does: each change after a
 * delay of its own, so that an older one may come last; now and then twice, and of an account that is somebody else's.
 */
export class Herald {
  readonly #world: World;
  readonly #rng: Rng;
  readonly #clock: Clock;
  /** What was told of each order and fill of the book that is there. */
  readonly #told = new Map<string, string>();
  #book: PaperExchange | null = null;

  constructor(world: World, rng: Rng) {
    this.#world = world;
    this.#rng = rng;
    this.#clock = new Process('herald', world.time, world.market).clock;
  }

  begin(): void {
    const { stream } = this.#world.plan;
    if (stream !== null) this.#look(stream, LOOK_MS);
  }

  #look(stream: Stream, rest: number): void {
    const next = this.#hasNews(stream) ? LOOK_MS : Math.min(rest * 1.5, LONGEST_LOOK_MS);
    this.#world.time.after(next, () => this.#look(stream, next));
  }

  /** Tells what has changed. */
  #hasNews(stream: Stream): boolean {
    const { exchange } = this.#world.gateway;
    if (exchange === null) return false;
    let hasNews = false;
    // Another life of the gateway begins with what is there.
    const isNew = exchange !== this.#book;
    this.#book = exchange;
    for (const { key, event, row } of rowsOf(exchange, this.#clock)) {
      const text = JSON.stringify(row);
      if (this.#told.get(key) === text) continue;
      this.#told.set(key, text);
      hasNews = true;
      if (!isNew) this.#tell(stream, event, row);
    }
    return hasNews;
  }

  #tell({ latest, twice, others }: Stream, event: 'order' | 'trade', row: JsonObject): void {
    const times = this.#rng.next() < twice ? 2 : 1;
    for (let nth = 0; nth < times; nth += 1) this.#later(latest, event, { account_key: 'default', ...row });
    // Somebody else's numbers may be ours.
    if (this.#rng.next() < others) this.#later(latest, event, { account_key: 'other', ...row, status: 'canceled' });
  }

  #later(latest: number, event: 'order' | 'trade', payload: JsonObject): void {
    const { time, network } = this.#world;
    const frame = encodeFrame(accountEvent(event, payload));
    time.after(this.#rng.next() * latest, () => {
      network.push(frame, (process) => this.#world.isTold(event, payload, process));
    });
  }
}

interface Row {
  readonly key: string;
  readonly event: 'order' | 'trade';
  readonly row: JsonObject;
}

function rowsOf(exchange: PaperExchange, clock: Clock): Row[] {
  const [account] = ACCOUNTS;
  const orders = new SimulatedGateway(exchange, clock).broker(account).ordersNow();
  return [
    ...orders.map((order): Row => ({ key: `order ${order.orderId}`, event: 'order', row: orderRow(order) })),
    ...exchange.trades(account.key).map((trade): Row => ({
      key: `trade ${trade.tradeId}`,
      event: 'trade',
      row: tradeRow(trade),
    })),
  ];
}
