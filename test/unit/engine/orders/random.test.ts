import { describe, expect, it } from 'vitest';
import { DEFAULT_FEES, orderFees } from '../../../../src/domain/market/fees.ts';
import type { IntentRow } from '../../../../src/domain/order/rows.ts';
import { isFinal } from '../../../../src/domain/order/state.ts';
import type { IntentState, OrderRequest } from '../../../../src/domain/order/types.ts';
import { Rng } from '../../../../src/platform/random.ts';
import { aQuote, aRequest } from '../../domain/order/builders.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';
import { RandomBroker, type Fate } from './random-broker.ts';
import { createWorld, type World } from './world.ts';

/** Each seed is one morning of trouble; a failure names it, and the same seed brings the same morning. */
const SEEDS = Array.from({ length: 10 }, (_, index) => index + 1);
const STEPS = 600;
const STEP_MS = 100;
const SECURITIES = ['000001.XSHE', '518880.XSHG', '600000.XSHG', '511880.XSHG'] as const;

class Morning {
  readonly random: Rng;
  readonly broker: RandomBroker;
  readonly world: World;
  #call: Promise<unknown> | null = null;
  #dead = false;
  #linkDown = false;
  /** Steps since the process began. */
  #lived = 0;

  private constructor(random: Rng, broker: RandomBroker, world: World) {
    this.random = random;
    this.broker = broker;
    this.world = world;
    broker.onCrash = () => {
      this.#dead = true;
      world.kill();
    };
  }

  static async begin(seed: number): Promise<Morning> {
    const timers = new FakeTimers();
    const broker = new RandomBroker(new Rng(seed).fork('broker'), timers);
    broker.cash = 1_000_000;
    broker.step();
    broker.wild = false;
    const world = await createWorld({ broker, timers });
    broker.wild = true;
    for (const security of SECURITIES) world.quotes.set(security, aQuote({ security }));
    return new Morning(new Rng(seed).fork('strategy'), broker, world);
  }

  async run(): Promise<void> {
    for (let step = 0; step < STEPS; step += 1) {
      this.#mishap();
      if (this.#dead) this.#reborn();
      this.#act();
      await this.#step();
      if (this.#lived >= 30_000 / STEP_MS) checkHoldings(this);
    }
    this.broker.wild = false;
    this.#setLink(true);
    for (let step = 0; step < 600; step += 1) {
      if (this.#dead) this.#reborn();
      await this.#step();
    }
  }

  async #step(): Promise<void> {
    this.#lived += 1;
    this.broker.step();
    await this.world.pass(STEP_MS);
  }

  /** A process starts again: its gate waits until it can read, while the market goes on. */
  #reborn(): void {
    this.#dead = false;
    this.#call = null;
    this.#lived = 0;
    // A start that fails (the link is down again) ends the process; somebody starts it anew.
    this.world.begin().catch(() => this.broker.onCrash());
  }

  #mishap(): void {
    if (this.random.next() < 0.004) this.broker.onCrash();
    if (this.random.next() < 0.01) this.#setLink(this.#linkDown);
  }

  #setLink(up: boolean): void {
    if (up !== this.#linkDown) return;
    this.#linkDown = !up;
    this.broker.readsFail = !up;
    this.broker.ready = up;
    this.broker.emit(
      up
        ? { kind: 'connected', session: 'read' }
        : { kind: 'disconnected', session: 'read', reason: 'the link was lost' },
    );
  }

  /** The strategy makes one call at a time. */
  #act(): void {
    if (this.#call !== null || this.world.trading.gate.reason() !== null || this.random.next() > 0.3) return;
    const { desk, book } = this.world.trading;
    const open = book.views().filter((order) => !isFinal(order.state));
    const order = open[this.random.int(open.length)];
    const call =
      order !== undefined && this.random.next() < 0.3
        ? desk.cancel(order.orderId)
        : desk.submit(aRequest(this.#request()));
    this.#call = call;
    void call
      .catch(() => undefined)
      .finally(() => {
        if (this.#call === call) this.#call = null;
      });
  }

  #request(): Partial<OrderRequest> {
    const kind = (['amount', 'target', 'value'] as const)[this.random.int(3)] ?? 'amount';
    const lots = this.random.int(12) - 4;
    const quantity = { amount: lots * 100, target: Math.abs(lots) * 100, value: lots * 1000 }[kind];
    const market = this.random.next() < 0.4;
    return {
      kind,
      security: SECURITIES[this.random.int(SECURITIES.length)] ?? SECURITIES[0],
      quantity,
      style: market ? { kind: 'market', limitPrice: null } : { kind: 'limit', limitPrice: 9.9 },
      waitTimeout: this.random.int(4),
    };
  }
}

/** Orders of ours at the broker, each with the intent whose mark it bears. */
function pairs({ world, broker }: Morning): { order: string; intent: string; there: unknown; here: unknown }[] {
  return broker.book.map((order) => {
    const intent = world.trading.book.intents().find((row) => order.remark.includes(row.remark));
    const fills = broker.fills.filter((fill) => fill.orderId === order.orderId);
    const known = intent === undefined ? [] : world.trading.book.fillsOfIntent(intent.clientId);
    const sum = (rows: readonly { amount: number }[]): number => rows.reduce((total, row) => total + row.amount, 0);
    return {
      order: order.orderId,
      intent: intent?.clientId ?? 'none',
      there: {
        id: order.orderId,
        status: stateOf(order.status),
        filled: order.filled,
        fills: sum(fills),
        n: fills.length,
      },
      here: {
        id: intent?.brokerOrderId,
        status: intent?.state === 'canceling' ? 'accepted' : intent?.state,
        filled: intent?.filled,
        fills: sum(known),
        n: known.length,
      },
    };
  });
}

function stateOf(status: string): string {
  if (status === 'open' || status === 'partly_filled') return 'accepted';
  return status === 'partly_canceled' ? 'canceled' : status;
}

const said = (world: World, part: string): boolean => world.lines.some((line) => line.text.includes(part));

/** How each state may have come about: what the broker did with the request. */
const FATES: Readonly<Partial<Record<IntentState, readonly Fate[]>>> = {
  unknown: ['lost', 'error'],
  not_placed: ['error'],
  not_sent: ['unsent'],
};

function checkFates({ world, broker }: Morning): void {
  for (const intent of world.trading.book.intents()) {
    const fate = broker.outcomes.get(intent.clientId);
    if (intent.sentAt === null) expect([intent.state, fate]).toEqual(['not_sent', undefined]);
    else expect(FATES[intent.state] ?? [fate], `${intent.state} after ${fate}`).toContain(fate);
    // Only an order that the venue had answered with an error may be given up and turn up all the same.
    if (said(world, `given up turns up: ${intent.remark}`)) expect(fate).toBe('error');
  }
}

/** All holdings come from our own trades: a process that has settled in holds what it knows to be filled. */
function checkHoldings({ world }: Morning): void {
  const { account, book } = world.trading;
  const view = account.view();
  if (view === null) return;
  const doubtful = new Set([...book.doubtful(), ...account.disputed()]);
  for (const security of SECURITIES) {
    const traded = book.trades().filter((trade) => trade.security === security);
    const net = traded.reduce((sum, trade) => sum + (trade.side === 'buy' ? trade.amount : -trade.amount), 0);
    const held = view.positions.find((position) => position.security === security)?.amount ?? 0;
    if (!doubtful.has(security)) expect(held, `holding of ${security}`).toBe(net);
  }
}

function checkOrders(morning: Morning): void {
  const { world, broker } = morning;
  const ids = broker.placed.map((request) => request.clientId);
  expect(new Set(ids).size, 'an intent was placed twice').toBe(ids.length);
  const found = pairs(morning);
  expect(new Set(found.map((pair) => pair.intent)).size, 'two orders of one intent').toBe(found.length);
  expect(found.map((pair) => pair.here)).toEqual(found.map((pair) => pair.there));
  for (const intent of world.trading.book.intents()) {
    expect(['planned', 'sending']).not.toContain(intent.state);
    if (intent.state === 'unknown') expect(said(world, `ALARM: The fate of order ${intent.remark}`)).toBe(true);
  }
  const given = found.filter((pair) => world.trading.book.intent(pair.intent).sentAt !== null);
  expect(given).toHaveLength(found.length);
}

/** CNY that a buy of unknown fate may have taken: its money and its fees. */
function reserved({ security, amount, price, day }: IntentRow): number {
  const money = amount * price;
  const { commission, stampDuty, transferFee } = orderFees({ security, side: 'buy', money, day }, DEFAULT_FEES);
  return money + commission + stampDuty + transferFee;
}

/** The broker's figures, less what orders of unknown fate may have taken. */
function checkAccount({ world, broker }: Morning): void {
  const view = world.trading.account.view();
  const doubts = world.trading.book.intents().filter((intent) => intent.state === 'unknown');
  const taken = (side: 'buy' | 'sell', security?: string): number =>
    doubts
      .filter((intent) => intent.side === side && (security === undefined || intent.security === security))
      .reduce((sum, intent) => sum + (side === 'buy' ? reserved(intent) : intent.amount), 0);
  const { availableCash, totalValue } = broker.accountNow();
  expect(view?.availableCash).toBeCloseTo(availableCash - taken('buy'), 1);
  expect(view?.totalValue).toBeCloseTo(totalValue, 1);
  const held = (rows: readonly { security: string; amount: number; closeableAmount: number }[]): unknown =>
    rows
      .map(({ security, amount, closeableAmount }) => ({ security, amount, closeableAmount }))
      .toSorted((a, b) => a.security.localeCompare(b.security));
  const expected = broker.positionsNow().map((position) => ({
    ...position,
    closeableAmount: Math.max(0, position.closeableAmount - taken('sell', position.security)),
  }));
  const real = view?.positions.filter((position) => position.amount !== 0) ?? [];
  expect(held(real)).toEqual(held(expected));
}

describe('a random morning', () => {
  it.each(SEEDS)('seed %i: each intent once, every order and fill known, the account right', async (seed) => {
    const morning = await Morning.begin(seed);
    try {
      await morning.run();
      expect(morning.world.trading.gate.reason()).toBeNull();
      checkOrders(morning);
      checkFates(morning);
      checkAccount(morning);
      expect(said(morning.world, 'LEDGER_WRITE_FAILED')).toBe(false);
      expect(said(morning.world, 'contradicts the ledger')).toBe(false);
    } finally {
      await morning.world.close();
    }
  });
});
