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
  /** Of each the newest news that came to a client. */
  readonly #heard = new Map<string, number>();
  #count = 0;
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
    for (const each of rowsOf(exchange, this.#clock)) {
      const text = JSON.stringify(each.row);
      if (this.#told.get(each.key) === text) continue;
      this.#told.set(each.key, text);
      hasNews = true;
      if (!isNew) this.#tell(stream, each);
    }
    return hasNews;
  }

  #tell({ latest, twice, others }: Stream, { key, event, row }: Row): void {
    const news = { key, nth: ++this.#count };
    const ours = { account_key: 'default', ...row };
    const times = this.#rng.next() < twice ? 2 : 1;
    for (let time = 0; time < times; time += 1) this.#later(latest, event, ours, () => this.#befalls(event, news));
    // Somebody else's numbers may be ours.
    if (this.#rng.next() < others) {
      const payload = { account_key: 'other', ...row, status: 'canceled' };
      this.#later(latest, event, payload, () => this.#world.struck('push other-account'));
    }
  }

  /** `befalls`: it came to a client, whichever of its sessions heard it first. */
  #later(latest: number, event: 'order' | 'trade', payload: JsonObject, befalls: () => void): void {
    const { time, network } = this.#world;
    const frame = encodeFrame(accountEvent(event, payload));
    time.after(this.#rng.next() * latest, () => {
      let isHeard = false;
      network.push(frame, (process) => {
        if (!isHeard) befalls();
        isHeard = true;
        this.#world.isTold(event, payload, process);
      });
    });
  }

  /** What such news is to whoever heard other news of this order or fill before. */
  #befalls(event: 'order' | 'trade', { key, nth }: { readonly key: string; readonly nth: number }): void {
    const newest = this.#heard.get(key) ?? 0;
    this.#heard.set(key, Math.max(newest, nth));
    if (nth > newest) this.#world.struck(`push ${event}`);
    else this.#world.struck(nth === newest ? 'push again' : 'push stale');
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
