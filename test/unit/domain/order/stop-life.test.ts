import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canSendOrder } from '../../../../src/domain/market/session.ts';
import { advance } from '../../../../src/domain/order/life.ts';
import { NEVER_TRIGGERED, type Effect, type Fact, type Life } from '../../../../src/domain/order/life-types.ts';
import { canTrigger, isMet, waitsForPrice } from '../../../../src/domain/order/stop.ts';
import type { StopPrice } from '../../../../src/domain/order/types.ts';
import type { Side } from '../../../../src/domain/trading.ts';
import { chinaInstant, chinaText } from '../../../../src/domain/time.ts';
import { anIntent, anOrderRow, DAY } from '../../engine/orders/rows.ts';
import { aRequest } from './builders.ts';

const at = (time: string, day = DAY): number => chinaInstant(day, time);
const STOP: StopPrice = { mode: 'stop_loss', price: 9.5 };

function newLife(stop: StopPrice = STOP, side: Side = 'sell'): Life {
  const request = aRequest({ style: { kind: 'market', limitPrice: null, stop } });
  return {
    order: anOrderRow({ phase: 'new', request, side, amount: 0, waitMs: 16_000, atEnd: 'cancel' }),
    intents: [],
  };
}

const taken = (side: Side, now: number): Fact => ({
  kind: 'parked',
  side,
  amount: 300,
  costBefore: null,
  quoted: 9.9,
  opensAt: now,
});
const price = (value: number): Fact => ({ kind: 'price', price: value });
const kinds = (effects: readonly Effect[]): string[] =>
  effects.map((effect) => (effect.kind === 'wake' ? `wake ${chinaText(effect.at).slice(11, 19)}` : effect.kind));

function waiting(now = at('10:00:00')): Life {
  return advance(newLife(), [taken('sell', now)], now).life;
}

describe('an order that waits for its price', () => {
  it('is watched in the continuous auction, and looked at again where one begins or ends', () => {
    const looks = (now: number): string[] => kinds(advance(waiting(now), [], now).effects);
    expect(looks(at('09:00:00'))).toEqual(['wake 09:30:00']);
    expect(looks(at('09:30:00'))).toEqual(['watch', 'wake 11:30:00']);
    expect(looks(at('12:00:00'))).toEqual(['wake 13:00:00']);
    expect(looks(at('14:00:00'))).toEqual(['watch', 'wake 14:57:00']);
    expect(looks(at('14:58:00'))).toEqual(['wake 15:00:00']);
  });

  it('says for what it waits, and that the price has come', () => {
    const now = at('10:00:00');
    const entered = advance(newLife(), [taken('sell', now)], now);
    const hit = advance(entered.life, [price(9.49)], now);
    const told = [...entered.effects, ...hit.effects].flatMap((effect) =>
      effect.kind === 'tell' ? [effect.change] : [],
    );
    expect(told.map(({ to, reason }) => [to, reason])).toEqual([
      ['planned', 'waits for stop_loss at 9.5'],
      ['planned', 'goes on, its price has come: stop_loss at 9.5 (it is 9.49)'],
    ]);
    expect(hit.life.order).toMatchObject({ phase: 'parked', triggeredAt: now, triggerPrice: 9.49 });
    expect(kinds(hit.effects)).toEqual(['tell', 'plan', 'wake 15:00:00']);
  });

  it('ends with the close, with a reason of its own; one that was triggered ends as what waits does', () => {
    expect(advance(waiting(), [], at('15:00:00')).life.order).toMatchObject({ phase: 'done', denied: NEVER_TRIGGERED });
    const hit = advance(waiting(), [price(9)], at('14:56:59')).life;
    expect(advance(hit, [], at('15:00:00')).life.order.denied).toContain('before it could be sent');
  });

  it('is cancelled at once, and no price triggers it afterwards', () => {
    const { life } = advance(waiting(), [{ kind: 'cancel', why: 'cancel_order', insists: true }], at('10:00:00'));
    expect(life.order).toMatchObject({ phase: 'done', denied: 'cancelled before it was sent: cancel_order' });
    expect(advance(life, [price(9)], at('10:00:01')).life).toEqual(life);
  });
});

type Command =
  | { readonly kind: 'take' | 'held' | 'restarted' | 'plan' | 'send' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'price'; readonly price: number }
  | { readonly kind: 'pass'; readonly steps: number };

const TIMES = [
  '09:05:00',
  '09:20:00',
  '09:30:00',
  '10:00:00',
  '11:29:59',
  '12:00:00',
  '13:00:00',
  '14:56:59',
  '14:58:00',
  '15:00:00',
].map((time) => at(time));
const MOMENTS = [...TIMES, at('10:00:00', '2026-07-07')];

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('take', 'held', 'restarted', 'plan', 'send') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('price' as const), price: fc.constantFrom(9.48, 9.5, 9.52) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass' as const), steps: fc.integer({ min: 1, max: 2 }) }) },
);

/** A fact as a driver would tell it; null = it would not. */
function factOf(life: Life, what: Command, now: number, side: Side, nth: number): Fact | null {
  const { order, intents } = life;
  switch (what.kind) {
    case 'take':
      return order.phase === 'new' ? taken(side, now) : null;
    case 'plan': {
      // Whoever plans must not be asked before the price has come: here it would be told all the same.
      if (order.phase !== 'parked' || waitsForPrice(order) || !canSendOrder(now)) return null;
      const part = anIntent({ clientId: `c${nth}`, tag: `t${nth}`, side });
      return { kind: 'planned', side, amount: 300, costBefore: null, quoted: 9.9, waitUntil: null, intents: [part] };
    }
    case 'send': {
      const unsent = intents.find(({ state }) => state === 'planned');
      return unsent === undefined
        ? null
        : { kind: 'news', news: { clientId: unsent.clientId, event: 'send', sentAt: now } };
    }
    case 'held':
      return order.phase === 'working' ? { kind: 'held' } : null;
    case 'restarted':
      return order.phase === 'done' ? null : { kind: 'restarted' };
    case 'cancel':
      return { kind: 'cancel', why: 'cancel_order', insists: true };
    case 'price':
      return price(what.price);
    case 'pass':
      return null;
  }
}

interface Step {
  readonly before: Life;
  readonly fact: Fact | null;
  readonly now: number;
  readonly life: Life;
  readonly effects: readonly Effect[];
}

const starts = fc.record({
  from: fc.constantFrom(...TIMES),
  side: fc.constantFrom('buy' as const, 'sell' as const),
  mode: fc.constantFrom('stop_loss' as const, 'take_profit' as const),
});

function walk(
  { from, side, mode }: { from: number; side: Side; mode: StopPrice['mode'] },
  commands: readonly Command[],
): Step[] {
  let life = newLife({ mode, price: 9.5 }, side);
  let now = from;
  return [{ kind: 'take' } as const, ...commands].map((what, nth) => {
    if (what.kind === 'pass') now = MOMENTS.filter((moment) => moment > now)[what.steps - 1] ?? now;
    const before = life;
    const fact = factOf(life, what, now, side, nth);
    const { life: next, effects } = advance(life, fact === null ? [] : [fact], now);
    life = next;
    return { before, fact, now, life, effects };
  });
}

function always(check: (step: Step) => void): void {
  fc.assert(
    fc.property(starts, fc.array(command, { minLength: 3, maxLength: 25, size: 'max' }), (begin, commands) => {
      for (const step of walk(begin, commands)) check(step);
    }),
    { numRuns: 3_000, seed: 1 },
  );
}

describe('in every life of an order with a stop', () => {
  it('it is triggered by a price that meets it, in the continuous auction of its day, and by nothing else', () => {
    let times = 0;
    always(({ before, fact, now, life }) => {
      if (before.order.triggeredAt === life.order.triggeredAt) return;
      times += 1;
      const { stop } = life.order.request.style;
      expect(before.order.triggeredAt).toBeNull();
      expect(fact?.kind).toBe('price');
      expect(stop !== undefined && fact?.kind === 'price' && isMet(stop, life.order.side, fact.price)).toBe(true);
      expect(canTrigger(life.order, now)).toBe(true);
    });
    expect(times).toBeGreaterThan(500);
  });

  it('nothing is planned or sent before that, and the price of an open order is watched until then', () => {
    always(({ now, life, effects }) => {
      const kindsNow = new Set(effects.map(({ kind }) => kind));
      if (waitsForPrice(life.order)) {
        expect([kindsNow.has('plan'), kindsNow.has('place')]).toEqual([false, false]);
        expect(kindsNow.has('watch')).toBe(canTrigger(life.order, now));
        expect(kindsNow.has('wake')).toBe(true);
      } else expect(kindsNow.has('watch')).toBe(false);
      if (life.intents.length > 0) expect(life.order.triggeredAt).not.toBeNull();
    });
  });

  it('what has been sent is never planned again, and a restart does not make it wait for its price again', () => {
    always(({ before, life }) => {
      const sent = before.intents.filter(({ state }) => state !== 'planned').map(({ clientId }) => clientId);
      expect(life.intents.map(({ clientId }) => clientId)).toEqual(expect.arrayContaining(sent));
      if (before.order.triggeredAt !== null) expect(waitsForPrice(life.order)).toBe(false);
    });
  });

  it('nothing of it waits any more when its day has closed', () => {
    always(({ life }) => {
      if (life.order.phase !== 'parked') return;
      expect(advance(life, [], at('15:00:00')).life.order.phase).toBe('done');
    });
  });
});
