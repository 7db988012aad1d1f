import { describe, expect, it } from 'vitest';
import type { IntentNews } from '../../../../src/domain/order/intent.ts';
import { advance } from '../../../../src/domain/order/life.ts';
import { NOT_SENT_AT_RESTART, type Effect, type Fact, type Life } from '../../../../src/domain/order/life-types.ts';
import type { IntentRow, OrderRow } from '../../../../src/domain/order/rows.ts';
import { chinaInstant, chinaText } from '../../../../src/domain/time.ts';
import { anIntent, anOrderRow, DAY } from '../../engine/orders/rows.ts';

const at = (time: string, day = DAY): number => chinaInstant(day, time);
const TOMORROW = '2026-07-07';

function lifeOf(order: Partial<OrderRow>, ...intents: Partial<IntentRow>[]): Life {
  return {
    order: anOrderRow(order),
    intents: intents.map((change, index) => {
      const id = index + 1;
      return anIntent({ clientId: `c${id}`, tag: `aaaaaaa${id}`, ...change });
    }),
  };
}

const fresh = (change: Partial<OrderRow> = {}): Life => lifeOf({ phase: 'new', ...change });
const parked = (change: Partial<OrderRow> = {}): Life =>
  lifeOf({ phase: 'parked', opensAt: at('13:00:00'), ...change });
const open = { state: 'accepted', brokerOrderId: '7' } as const;

/** Effects in short, without those that tell. */
function short(effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) => {
    switch (effect.kind) {
      case 'plan':
      case 'finish':
      case 'watch':
        return [effect.kind];
      case 'place':
        return [`place ${effect.clientIds.join(' ')}`];
      case 'cancel':
        return [`cancel ${effect.clientId}`];
      case 'wake':
        return [`wake ${chinaText(effect.at).slice(11, 19)}`];
      case 'tell':
        return [];
    }
  });
}

function told(effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) => {
    if (effect.kind !== 'tell') return [];
    const { intent, from, to, reason } = effect.change;
    return [`${intent?.clientId ?? 'order'} ${from ?? '-'} → ${to}${reason === null ? '' : `: ${reason}`}`];
  });
}

const planFact = (change: Partial<Extract<Fact, { kind: 'planned' }>> = {}): Fact => ({
  kind: 'planned',
  side: 'sell',
  amount: 300,
  costBefore: 9.5,
  quoted: 9.9,
  waitUntil: null,
  intents: lifeOf({}, {}, {}).intents,
  ...change,
});
const cancelFact = (insists = true, why = 'cancel_order'): Fact => ({ kind: 'cancel', why, insists });
const newsFact = (clientId: string, event: IntentNews['event'], change: Partial<IntentNews> = {}): Fact => ({
  kind: 'news',
  news: { clientId, event, ...change },
});

function after(life: Life, facts: readonly Fact[], now: number): { life: Life; does: string[]; tells: string[] } {
  const { life: next, effects } = advance(life, facts, now);
  return { life: next, does: short(effects), tells: told(effects) };
}

describe('a new order', () => {
  it.each(['08:00:00', '09:16:00', '10:00:00', '12:00:00', '15:10:00'])('is planned at once, also at %s', (time) => {
    expect(after(fresh(), [], at(time))).toEqual({ life: fresh(), does: ['plan'], tells: [] });
  });

  it('planned becomes what the plan says, and is sent', () => {
    const { life, does, tells } = after(fresh(), [planFact({ waitUntil: at('10:00:16') })], at('10:00:00'));
    expect(life.order).toMatchObject({
      phase: 'working',
      side: 'sell',
      amount: 300,
      costBefore: 9.5,
      waitUntil: at('10:00:16'),
    });
    expect([does, tells]).toEqual([['place c1 c2'], ['c1 - → planned', 'c2 - → planned']]);
  });

  it('planned with an end to its wait is looked at again then', () => {
    const life = fresh({ atEnd: 'cancel', waitMs: 16_000 });
    const { does } = after(life, [planFact({ waitUntil: at('10:00:16') })], at('10:00:00'));
    expect(does).toEqual(['place c1 c2', 'wake 10:00:16']);
  });

  it('parked waits for its window, and says so', () => {
    const fact: Fact = {
      kind: 'parked',
      side: 'buy',
      amount: 300,
      costBefore: null,
      quoted: 9.9,
      opensAt: at('09:15:00'),
    };
    const { life, does, tells } = after(fresh(), [fact], at('09:05:00'));
    expect(life.order).toMatchObject({ phase: 'parked', amount: 300, opensAt: at('09:15:00'), denied: null });
    expect([does, tells]).toEqual([['wake 09:15:00'], ['order - → planned']]);
  });

  it('denied is over', () => {
    const { life, does, tells } = after(fresh(), [{ kind: 'denied', reason: 'no cash' }], at('10:00:00'));
    expect(life.order).toMatchObject({ phase: 'done', denied: 'no cash' });
    expect([does, tells]).toEqual([['finish'], ['order - → not_sent: no cash']]);
  });

  it('cancelled while it is planned is not sent, whatever the plan says then', () => {
    const later: Fact = {
      kind: 'parked',
      side: 'buy',
      amount: 1,
      costBefore: null,
      quoted: 9.9,
      opensAt: at('13:00:00'),
    };
    for (const fact of [planFact(), later]) {
      const { life, does } = after(fresh(), [cancelFact(), fact], at('12:00:00'));
      expect(life).toMatchObject({ order: { phase: 'done' }, intents: [] });
      expect(does).toEqual(['finish']);
    }
  });

  it('planned so late that its day is over is not sent', () => {
    const { life, does } = after(fresh(), [planFact()], at('10:00:00', TOMORROW));
    expect(life).toMatchObject({ order: { phase: 'done' }, intents: [] });
    expect(does).toEqual(['finish']);
  });

  it('whose call died with the process is not sent: nobody would know of it', () => {
    const { life, does, tells } = after(fresh(), [{ kind: 'restarted' }], at('10:00:00'));
    expect(life.order).toMatchObject({ phase: 'done', denied: NOT_SENT_AT_RESTART });
    expect([does, tells]).toEqual([['finish'], [`order - → not_sent: ${NOT_SENT_AT_RESTART}`]]);
  });
});

describe('a parked order', () => {
  it.each([
    ['12:00:00', '13:00:00', 'wake 13:00:00'],
    ['13:00:00', '13:00:00', 'plan, wake 15:00:00'],
    ['14:59:59', '13:00:00', 'plan, wake 15:00:00'],
    ['09:05:00', '09:15:00', 'wake 09:15:00'],
    ['09:15:00', '09:15:00', 'plan, wake 15:00:00'],
    // Trading waited over the end of its window: the next one of the day is as good.
    ['09:27:00', '09:15:00', 'wake 09:30:00'],
    ['11:45:00', '09:15:00', 'wake 13:00:00'],
  ])('at %s with a window from %s: %s', (time, opens, does) => {
    expect(after(parked({ opensAt: at(opens) }), [], at(time)).does.join(', ')).toBe(does);
  });

  it.each([
    ['15:00:00', DAY],
    ['20:00:00', DAY],
    ['08:00:00', TOMORROW],
    ['10:00:00', TOMORROW],
  ])('is over when its day takes no more: %s on %s', (time, day) => {
    const { life, does, tells } = after(parked(), [], at(time, day));
    expect(life.order).toMatchObject({ phase: 'done', denied: 'the trading day ended before it could be sent' });
    expect([does, tells]).toEqual([
      ['finish'],
      ['order planned → not_sent: the trading day ended before it could be sent'],
    ]);
  });

  it('is still parked after a restart', () => {
    expect(after(parked(), [{ kind: 'restarted' }], at('12:00:00'))).toEqual({
      life: parked(),
      does: ['wake 13:00:00'],
      tells: [],
    });
    expect(after(parked(), [{ kind: 'restarted' }], at('13:20:00')).does).toEqual(['plan', 'wake 15:00:00']);
  });

  it('cancelled is never sent', () => {
    const { life, does } = after(parked(), [cancelFact()], at('12:00:00'));
    expect(life.order).toMatchObject({ phase: 'done', denied: 'cancelled before it was sent: cancel_order' });
    expect(does).toEqual(['finish']);
  });

  it('whose plan could not go out because trading waits is parked again, and its plan is thrown away', () => {
    const working = after(parked(), [planFact({ waitUntil: at('13:00:16') })], at('13:00:00')).life;
    const { life, does } = after(working, [{ kind: 'held' }], at('13:00:01'));
    expect(life).toMatchObject({ order: { phase: 'parked', waitUntil: null }, intents: [] });
    expect(does).toEqual(['plan', 'wake 15:00:00']);
  });

  it('of which something has left is not planned anew', () => {
    const working = lifeOf({ opensAt: at('13:00:00') }, { state: 'sending' }, {});
    const { life, does } = after(working, [{ kind: 'held' }], at('13:00:01'));
    expect([life, does]).toEqual([working, ['place c2']]);
  });

  it('an order that never waited is not parked by a gate that closes', () => {
    const working = lifeOf({}, {});
    expect(after(working, [{ kind: 'held' }], at('13:00:01'))).toEqual({
      life: working,
      does: ['place c1'],
      tells: [],
    });
  });
});

describe('a working order', () => {
  const waiting = { atEnd: 'cancel', waitMs: 16_000, waitUntil: at('10:00:16') } as const;

  it('ends when all of it has', () => {
    const life = lifeOf({}, open, { state: 'filled' });
    const { life: next, does, tells } = after(life, [newsFact('c1', 'filled', { filled: 100 })], at('10:00:00'));
    expect(next.order.phase).toBe('done');
    expect([does, tells]).toEqual([['finish'], ['c1 accepted → filled']]);
  });

  it('goes on when the broker shows one that was given up', () => {
    const life = lifeOf({ phase: 'done' }, { state: 'not_placed' });
    const { life: next, tells } = after(life, [newsFact('c1', 'live', { brokerOrderId: '7' })], at('10:00:00'));
    expect(next.order.phase).toBe('working');
    expect(tells).toEqual(['c1 not_placed → accepted']);
  });

  it.each([
    ['10:00:15', [open], ['wake 10:00:16'], null],
    ['10:00:16', [open], ['cancel c1'], 'its wait of 16 s ended'],
    ['14:58:00', [open], [], 'its wait of 16 s ended'],
    ['12:00:00', [open], ['wake 13:00:00'], 'its wait of 16 s ended'],
    // Nothing can be asked of the broker before it has named the order: its news bring the cancel.
    ['10:00:16', [{ state: 'unknown' } as const], [], 'its wait of 16 s ended'],
    ['10:00:16', [{ state: 'filled' } as const], ['finish'], null],
  ])('whose wait ends at 10:00:16, at %s (%#)', (time, intents, does, cancelWhy) => {
    const { life, ...result } = after(lifeOf(waiting, ...intents), [], at(time));
    expect([result.does, life.order.cancelWhy]).toEqual([does, cancelWhy]);
  });

  it('whose wait ends while a part is of unknown fate cancels it as soon as the broker shows it', () => {
    const { life } = after(lifeOf(waiting, { state: 'unknown' }), [], at('10:00:20'));
    const { does } = after(life, [newsFact('c1', 'live', { brokerOrderId: '7' })], at('10:05:00'));
    expect(does).toEqual(['cancel c1']);
  });

  it('given up, and found after its wait has ended, is cancelled at once', () => {
    const life = lifeOf({ ...waiting, phase: 'done' }, { state: 'not_placed' });
    const { does } = after(life, [newsFact('c1', 'live', { brokerOrderId: '7' })], at('10:05:00'));
    expect(does).toEqual(['cancel c1']);
  });

  it('whose wait ends keeps what it keeps', () => {
    const { life, does } = after(lifeOf({ ...waiting, atEnd: 'keep' }, open), [], at('10:00:20'));
    expect([life.order.cancelWhy, does]).toEqual([null, []]);
  });

  it.each([
    ['09:16:00', ['cancel c1']],
    ['09:21:00', ['wake 09:30:00']],
    ['09:27:00', ['wake 09:30:00']],
    ['09:30:00', ['cancel c1']],
    ['11:29:59', ['cancel c1']],
    ['11:30:00', ['wake 13:00:00']],
    ['14:56:59', ['cancel c1']],
    ['14:57:00', []],
    ['15:20:00', []],
  ])('D23: cancelled at %s: %j', (time, does) => {
    const result = after(lifeOf({}, open), [cancelFact()], at(time));
    expect(result.life.order).toMatchObject({ cancelWhy: 'cancel_order', cancelInsists: true, phase: 'working' });
    expect(result.does).toEqual(does);
  });

  it('is not cancelled on another day, when its id may be anybody’s', () => {
    expect(after(lifeOf({}, open), [cancelFact()], at('10:00:00', TOMORROW)).does).toEqual([]);
  });

  it('cancelled in parts: what was not sent is not sent, what nobody has named waits', () => {
    const life = lifeOf({}, open, { state: 'unknown' }, {}, { state: 'filled' });
    const { life: next, does, tells } = after(life, [cancelFact()], at('10:00:00'));
    expect(next.intents.map(({ state }) => state)).toEqual(['accepted', 'unknown', 'not_sent', 'filled']);
    expect(does).toEqual(['cancel c1']);
    expect(tells).toEqual(['c3 planned → not_sent: cancelled before it was sent: cancel_order']);
  });

  it('the first reason to cancel stands, and who insists does so for everybody', () => {
    const first = after(lifeOf({}, open), [cancelFact(false, 'a target')], at('10:00:00')).life;
    expect(first.order).toMatchObject({ cancelWhy: 'a target', cancelInsists: false });
    const second = after(first, [cancelFact(true, 'cancel_order')], at('10:00:00')).life;
    expect(second.order).toMatchObject({ cancelWhy: 'a target', cancelInsists: true });
    expect(after(second, [cancelFact(false, 'x')], at('10:00:00')).life.order.cancelInsists).toBe(true);
  });

  it('a cancel that failed is given up by who does not insist, and kept for who does', () => {
    const [some, all] = [false, true].map((insists) => after(lifeOf({}, open), [cancelFact(insists)], at('10:00:00')));
    expect(after(some?.life ?? fresh(), [{ kind: 'cancel_failed' }], at('10:00:05')).life.order.cancelWhy).toBeNull();
    const kept = after(all?.life ?? fresh(), [{ kind: 'cancel_failed' }], at('11:30:01'));
    expect([kept.life.order.cancelWhy, kept.does]).toEqual(['cancel_order', ['wake 13:00:00']]);
  });

  it('of which nobody insists on the cancel has no wake for it', () => {
    expect(after(lifeOf({}, open), [cancelFact(false)], at('11:45:00')).does).toEqual([]);
  });
});

describe('a working order found by the next process', () => {
  it('closes what was not sent, doubts what was being sent, and counts what was being cancelled as open', () => {
    const life = lifeOf({}, {}, { state: 'sending' }, { state: 'canceling', brokerOrderId: '7' }, open);
    const { life: next, does, tells } = after(life, [{ kind: 'restarted' }], at('10:00:00'));
    expect(next.intents.map(({ state }) => state)).toEqual(['not_sent', 'unknown', 'accepted', 'accepted']);
    expect([does, tells]).toEqual([
      [],
      [
        `c1 planned → not_sent: ${NOT_SENT_AT_RESTART}`,
        'c2 sending → unknown: bt stopped while it was being sent',
        'c3 canceling → accepted: bt stopped while it was being cancelled',
      ],
    ]);
  });

  it('is cancelled when its wait ended while nobody ran', () => {
    const waiting = { atEnd: 'cancel', waitMs: 16_000, waitUntil: at('10:00:16') } as const;
    expect(after(lifeOf(waiting, open), [{ kind: 'restarted' }], at('10:05:00')).does).toEqual(['cancel c1']);
    expect(after(lifeOf(waiting, open), [{ kind: 'restarted' }], at('10:00:10')).does).toEqual(['wake 10:00:16']);
    expect(after(lifeOf(waiting, open), [{ kind: 'restarted' }], at('12:00:00')).does).toEqual(['wake 13:00:00']);
  });

  it('keeps a cancel that somebody insists on, and forgets one that nobody waits for any more', () => {
    const asked = { cancelWhy: 'cancel_order' };
    expect(
      after(lifeOf({ ...asked, cancelInsists: true }, open), [{ kind: 'restarted' }], at('10:00:00')).does,
    ).toEqual(['cancel c1']);
    const other = after(lifeOf({ ...asked, cancelInsists: false }, open), [{ kind: 'restarted' }], at('10:00:00'));
    expect([other.life.order.cancelWhy, other.does]).toEqual([null, []]);
  });
});
