import { roundToTick, tickSize } from '../../../src/domain/market/tick.ts';
import { chinaDay } from '../../../src/domain/time.ts';
import type { Rng } from '../../../src/platform/random.ts';
import { encodeFrame, FrameDecoder } from '../../../src/protocol/frame.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import { isJsonObject } from '../../../src/protocol/json.ts';
import { refusalOf } from '../../../src/protocol/refusals.ts';
import type { KeyedOrder } from '../plan/outside.ts';
import type { FrameLabel } from './frame-label.ts';
import type { Direction, LinkHooks, Verdict } from './link.ts';
import { Network } from './network.ts';
import { Process } from './process.ts';
import type { World } from './world.ts';

const PATIENCE_MS = 4_000;
const AGAIN_MS = 700;
/** Answers of one key that it compares. */
const REPEATS = 3;

/** What it was told of one key: an order, a refusal, or nothing that says either. */
type Told =
  | { readonly kind: 'order'; readonly orderId: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'nothing' };

/** One order under one key, asked for until its answer is known, and then some times more. */
interface Asked {
  readonly remark: string;
  readonly day: string;
  readonly payload: JsonObject;
  told: Told;
  answers: number;
}

/** A client that repeats its keys, over links that die. */
export class KeyedClient {
  readonly network: Network;
  readonly asked: Asked[] = [];
  readonly #world: World;
  readonly #process: Process;
  readonly #rng: Rng;
  #quiet = false;

  constructor(world: World, rng: Rng) {
    this.#world = world;
    this.#rng = rng;
    this.#process = new Process('keyed client', world.time, world.market);
    this.network = new Network(world.time, rng.fork('network'), this.#hooks());
  }

  calm(): void {
    this.#quiet = true;
  }

  /** Begins an order; nothing, while nobody knows a price. */
  begin({ security, side, amount, limit }: KeyedOrder): void {
    const quote = this.#world.gateway.exchange?.tick(security).quote;
    const last = quote?.lastPrice ?? quote?.preClose ?? null;
    if (last === null) return;
    const price = roundToTick(last * (1 + limit), tickSize(security), 'nearest');
    const remark = `keyed:${this.asked.length + 1}`.padEnd(11, '-');
    const payload = {
      security,
      side: side.toUpperCase(),
      amount,
      style: { type: 'limit', price },
      wait_timeout: 0,
      order_remark: remark,
      idempotency_key: remark,
    };
    const asked: Asked = {
      remark,
      day: chinaDay(this.#world.market.now()),
      payload,
      told: { kind: 'nothing' },
      answers: 0,
    };
    this.asked.push(asked);
    this.#world.witness.foreign(security);
    void this.#ask(asked);
  }

  /** What is not as it must be once everything is quiet. */
  problems(): string[] {
    const { gateway, market, witness } = this.#world;
    const today = chinaDay(market.now());
    const orders = [...witness.orders.values()];
    return this.asked.flatMap(({ remark, day, told }) => {
      const own = orders.filter((order) => order.remark === remark);
      if (own.length > 1) return [`${remark} is ${own.length} orders at the exchange`];
      // Of a day that is over a key is not asked for any more.
      if (day !== today) return [];
      const [order] = own;
      if (order === undefined)
        return told.kind === 'order' ? [`${remark} was answered as order ${told.orderId}, which does not exist`] : [];
      if (told.kind === 'order' && told.orderId === order.orderId) return [];
      return gateway.up ? [`${remark} is order ${order.orderId}, and its client was told ${JSON.stringify(told)}`] : [];
    });
  }

  async #ask(asked: Asked): Promise<void> {
    const { market, time } = this.#world;
    if (chinaDay(market.now()) !== asked.day) return;
    const told = await this.#attempt(asked.payload);
    this.#hears(asked, told);
    // A refusal leaves the key free: whoever asks again orders anew.
    if (told.kind === 'refused' || asked.answers >= REPEATS) return;
    time.after(AGAIN_MS * (0.5 + this.#rng.next()), () => void this.#ask(asked));
  }

  #hears(asked: Asked, told: Told): void {
    const { witness } = this.#world;
    if (told.kind === 'nothing') return;
    if (asked.told.kind === 'order' && (told.kind === 'refused' || told.orderId !== asked.told.orderId))
      witness.violate(`${asked.remark} was order ${asked.told.orderId}, and is ${JSON.stringify(told)} now`);
    asked.told = told;
    asked.answers += 1;
  }

  /** One request over a link of its own. */
  #attempt(payload: JsonObject): Promise<Told> {
    return new Promise((resolve) => {
      const decoder = new FrameDecoder();
      const end = (told: Told): void => {
        late.cancel();
        transport.destroy();
        resolve(told);
      };
      const late = this.#process.timers.after(PATIENCE_MS, () => end({ kind: 'nothing' }));
      const transport = this.network.dial(this.#process)(
        { host: 'gateway', port: 1, tlsCaFile: null },
        {
          onOpen: () => transport.write(encodeFrame({ type: 'handshake', token: 'stub' })),
          onData: (chunk) => {
            for (const message of decoder.push(chunk)) {
              if (message['type'] === 'handshake_ack')
                transport.write(encodeFrame({ type: 'request', id: 'k1', action: 'broker.place_order', payload }));
              else if (message['id'] === 'k1') end(toldBy(message));
            }
          },
          onClose: () => end({ kind: 'nothing' }),
        },
      );
    });
  }

  #hooks(): LinkHooks {
    const nothing = (): void => undefined;
    return {
      frame: (direction, label, bytes) => this.#verdict(direction, label, bytes),
      beforeWrite: nothing,
      afterWrite: nothing,
      beforeAnswer: nothing,
      afterAnswer: nothing,
    };
  }

  #verdict(direction: Direction, { action }: FrameLabel, bytes: Buffer): Verdict {
    const cuts = this.#world.plan.outside?.cuts ?? 0;
    if (this.#quiet || action !== 'broker.place_order' || this.#rng.next() >= cuts) return { kind: 'pass' };
    // A request arrives whole or not at all, an answer does not.
    const chunk = direction === 'to-server' && this.#rng.next() < 0.7 ? bytes : Buffer.alloc(0);
    return { kind: 'cut', chunk, how: 'reset' };
  }
}

function toldBy(message: JsonObject): Told {
  const { type, payload, code, message: text } = message;
  if (type === 'response' && isJsonObject(payload) && typeof payload['order_id'] === 'string')
    return { kind: 'order', orderId: payload['order_id'] };
  const isRefusal = typeof code === 'string' && typeof text === 'string' && refusalOf(code, text) !== null;
  return isRefusal ? { kind: 'refused' } : { kind: 'nothing' };
}
