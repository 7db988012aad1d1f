import { describe, expect, it } from 'vitest';
import type { BrokerOrder } from '../../../../src/domain/trading.ts';
import { decideScope, type ScopeInputs } from '../../../../src/engine/account/scope.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { anOperator } from '../operator/an-operator.ts';
import { FakeBroker } from '../orders/fake-broker.ts';
import { createWorld, type World } from '../orders/world.ts';

function settings(stored: string | null = null): {
  setting(): string | null;
  choose(key: string, value: string): void;
  chosen: string[];
} {
  const chosen: string[] = [];
  return { setting: () => stored, choose: (_key, value) => void chosen.push(value), chosen };
}

const position = {
  security: '000001.XSHE',
  name: '平安银行',
  amount: 1000,
  closeableAmount: 600,
  avgCost: null,
  lastPrice: 10,
  marketValue: 10_000,
};
const order = { orderId: '7', side: 'buy', amount: 100, security: '600000.XSHG' } as BrokerOrder;
const inputs = (change: Partial<ScopeInputs> = {}): ScopeInputs => ({
  asked: null,
  stub: false,
  positions: [position],
  foreignOrders: [],
  ...change,
});

describe('decideScope', () => {
  it('refuses a first start on an account that is not empty, listing what is there', () => {
    expect(() => decideScope(settings(), inputs({ foreignOrders: [order] }))).toThrowError(
      expect.objectContaining({
        code: 'POSITIONS_UNDECIDED',
        message: expect.stringMatching(/1000 000001\.XSHE 平安银行[\s\S]*order 7[\s\S]*--positions/),
      }),
    );
    expect(() => decideScope(settings(), inputs({ positions: [], foreignOrders: [order] }))).toThrowError(/600000/);
  });

  it('takes what was asked for and remembers it', () => {
    const ledger = settings();
    expect(decideScope(ledger, inputs({ asked: 'own' }))).toBe('own');
    expect(ledger.chosen).toEqual(['own']);
    expect(decideScope(settings('own'), inputs())).toBe('own');
    expect(decideScope(settings('own'), inputs({ asked: 'all' }))).toBe('all');
  });

  it('needs no choice on a stub or on an empty account', () => {
    expect(decideScope(settings(), inputs({ stub: true }))).toBe('all');
    expect(decideScope(settings(), inputs({ positions: [{ ...position, amount: 0 }] }))).toBe('all');
  });
});

function alarmsIn({ happened }: World): string[] {
  return happened.flatMap((event) => (event.kind === 'alarm' ? [event.alarm.code] : []));
}

describe('a first start on an account with holdings', () => {
  const crowded = (): FakeBroker => {
    const broker = new FakeBroker();
    broker.held = [position];
    broker.health = () => Promise.resolve({ stub: false, backendReady: true, detail: '', clock: null });
    return broker;
  };

  it('is refused until somebody says whose the holdings are', async () => {
    await expect(createWorld({ broker: crowded(), real: true })).rejects.toMatchObject({
      code: 'POSITIONS_UNDECIDED',
    });
  });

  it('with own sees and sells only what it buys itself, also after a restart without being told again', async () => {
    const world = await createWorld({ broker: crowded(), real: true, positions: 'own' });
    try {
      expect(world.trading.account.view()?.positions).toEqual([]);
      expect(await world.settle(world.order({ quantity: -100 }))).toBeNull();
      const call = world.order({ quantity: 200 });
      await world.pass(500);
      world.broker.fill('1000', 200);
      await world.settle(call);
      expect(world.trading.account.view()?.positions).toMatchObject([{ security: '000001.XSHE', amount: 200 }]);
      await world.restart();
      expect(world.trading.account.view()?.positions).toMatchObject([{ security: '000001.XSHE', amount: 200 }]);
    } finally {
      await world.close();
    }
  });

  it('with own asks for the end of an order that nobody saw, and blocks its security until it is told', async () => {
    const world = await createWorld({ broker: crowded(), real: true, positions: 'own' });
    try {
      await world.settle(world.order({ quantity: 300, waitTimeout: 0 }));
      world.kill();
      world.broker.fill('1000', 200);
      await world.clock.walk(chinaInstant('2026-07-07', '09:00:00'));
      world.broker.book.length = 0;
      world.broker.fills.length = 0;
      await world.restart();
      const [intent] = world.trading.book.intents();
      expect(intent).toMatchObject({ state: 'unknown', reason: 'its day ended before its end was seen' });
      expect(world.lines.filter(({ text }) => text.includes(`bt resolve ${intent?.tag ?? '?'} --filled`))).toHaveLength(
        1,
      );
      expect(world.trading.account.view()).toMatchObject({ positions: [], availableCash: world.broker.cash });
      await world.clock.walk(chinaInstant('2026-07-07', '09:35:00'));
      expect(await world.settle(world.order({ quantity: 100 }))).toBeNull();
      const { trading } = world;
      const answer = anOperator(world).handle({ command: 'resolve', values: { id: intent?.tag ?? '', filled: '200' } });
      const before = trading.account.view();
      expect(await answer).toContain('200 of 300 filled');
      expect(world.happened).toContainEqual(
        expect.objectContaining({ kind: 'all_clear', code: 'ORDER_UNSEEN_END', subject: intent?.remark }),
      );
      // A hook that runs meanwhile goes on seeing what it saw.
      expect(trading.account.view()?.positions).toEqual(before?.positions);
      await world.pass(10_000);
      expect(trading.account.view()?.positions).toMatchObject([{ security: '000001.XSHE', amount: 200 }]);
      expect(trading.book.intents()[0]).toMatchObject({ state: 'canceled', filled: 200 });
      expect(await world.settle(world.order({ quantity: 100, waitTimeout: 0 }))).toMatchObject({ state: 'accepted' });
    } finally {
      await world.close();
    }
  });

  it('with own goes on asking, whatever later days were read to their end, whatever the scope is', async () => {
    const world = await createWorld({ broker: crowded(), real: true, positions: 'own' });
    try {
      await world.settle(world.order({ quantity: 300, waitTimeout: 0 }));
      world.kill();
      world.broker.book.length = 0;
      await world.clock.walk(chinaInstant('2026-07-07', '15:02:00'));
      await world.restart();
      await world.pass(6_000);
      expect(world.ledger.setting('read_to_end 2026-07-07')).toBe('yes');
      for (const day of ['2026-07-08', '2026-07-09']) {
        await world.clock.walk(chinaInstant(day, '08:45:00'));
        await world.pass(10_000);
        expect(world.trading.book.intents()).toMatchObject([{ state: 'unknown' }]);
        await world.restart();
        expect(world.trading.book.intents()).toMatchObject([{ state: 'unknown' }]);
      }
    } finally {
      await world.close();
    }
  });

  it('with own takes no list for the day’s end that does not show the order', async () => {
    const world = await createWorld({ broker: crowded(), real: true, positions: 'own' });
    try {
      await world.settle(world.order({ quantity: 300, waitTimeout: 0 }));
      world.broker.book.length = 0;
      await world.clock.walk(chinaInstant('2026-07-06', '15:02:00'));
      await world.pass(6_000);
      expect(world.ledger.setting('read_to_end 2026-07-06')).toBeNull();
    } finally {
      await world.close();
    }
  });

  it('with own asks nobody when the day was read to its end', async () => {
    const world = await createWorld({ broker: crowded(), real: true, positions: 'own' });
    try {
      await world.settle(world.order({ quantity: 300, waitTimeout: 0 }));
      world.broker.fill('1000', 200);
      await world.clock.walk(chinaInstant('2026-07-06', '15:01:00'));
      await world.pass(6_000);
      world.kill();
      await world.clock.walk(chinaInstant('2026-07-07', '09:00:00'));
      world.broker.book.length = 0;
      world.broker.fills.length = 0;
      await world.restart();
      expect(world.ledger.intentsOnDay('2026-07-06')).toMatchObject([{ state: 'expired', filled: 200 }]);
      expect(alarmsIn(world)).toEqual([]);
      expect(world.trading.account.view()?.positions).toMatchObject([{ security: '000001.XSHE', amount: 200 }]);
    } finally {
      await world.close();
    }
  });

  it('with all sees everything, as at JoinQuant', async () => {
    const world = await createWorld({ broker: crowded(), real: true, positions: 'all' });
    expect(world.trading.account.view()?.positions).toMatchObject([{ amount: 1000, closeableAmount: 600 }]);
    await world.close();
  });
});
