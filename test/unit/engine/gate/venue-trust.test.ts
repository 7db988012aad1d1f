import { afterEach, describe, expect, it, test } from 'vitest';
import { DEFAULT_RISK_LIMITS, NO_RISK_LIMITS } from '../../../../src/domain/order/risk/limits.ts';
import { Events, type EngineEvent } from '../../../../src/engine/events.ts';
import { logEvents } from '../../../../src/engine/events-log.ts';
import type { LogEntry } from '../../../../src/platform/log.ts';
import { collectLog } from '../orders/rows.ts';
import { VenueTrust, type RealMoneyFacts } from '../../../../src/engine/gate/venue-trust.ts';
import type { VenueHealth } from '../../../../src/venues/broker.ts';
import { FakeBroker } from '../orders/fake-broker.ts';
import { createWorld, type World } from '../orders/world.ts';

const REAL: VenueHealth = { stub: false, backendReady: true, detail: 'ready', clock: null };
const STUB: VenueHealth = { ...REAL, stub: true };
const FACTS: RealMoneyFacts = {
  account: null,
  positions: [],
  foreignOrders: [],
  limits: DEFAULT_RISK_LIMITS,
  undecided: true,
};

/** What is kept outlives the trust that kept it. */
class Kept {
  readonly choices = new Map<string, string>();
  account: string | null = '12345678';
  readonly happened: EngineEvent[] = [];

  trust(real: boolean, endpoint = 'desk:58620', events = new Events()): VenueTrust {
    events.on((event) => this.happened.push(event));
    const ledger = {
      setting: (key: string) => this.choices.get(key) ?? null,
      choose: (key: string, value: string) => void this.choices.set(key, value),
    };
    return new VenueTrust({ real, endpoint, events, ledger, state: { accountId: () => this.account } });
  }
}

describe('real money', () => {
  it('is asked for once, and kept', () => {
    const kept = new Kept();
    expect(() => kept.trust(false).decide(REAL, FACTS)).toThrow(expect.objectContaining({ code: 'REAL_UNDECIDED' }));
    kept.trust(true).decide(REAL, FACTS);
    const later = kept.trust(false);
    later.decide(REAL, FACTS);
    expect(later.reason()).toBeNull();
  });

  it('is asked for again when the account, or the gateway, is another one', () => {
    const kept = new Kept();
    kept.trust(true).decide(REAL, FACTS);
    expect(() => kept.trust(false, 'other:58620').decide(REAL, FACTS)).toThrow(/with another account or gateway/u);
    kept.account = '87654321';
    expect(() => kept.trust(false).decide(REAL, FACTS)).toThrow(/account \*{4}4321/u);
  });

  it('shows gateway, account without its number, holdings and the limits that stand, and says what to write', () => {
    const position = { security: '000001.XSHE', name: '平安银行', amount: 300 } as RealMoneyFacts['positions'][number];
    const text = (facts: Partial<RealMoneyFacts>): string => {
      try {
        new Kept().trust(false).decide(REAL, { ...FACTS, ...facts });
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    const full = text({ positions: [position] });
    expect(full).toMatch(/gateway desk:58620 \(ready\)\n {2}account \*{4}5678\n {2}holds 300 000001\.XSHE 平安银行/u);
    expect(full).toMatch(/MAX_ORDER_VALUE=1000000, .*BREAKER_REJECTIONS=3/u);
    expect(full).toMatch(/Start it with --real .*--positions all .*--positions own/u);
    expect(full).not.toContain('12345678');
    expect(text({ limits: NO_RISK_LIMITS })).toMatch(/holds nothing, nothing is open\n {2}limits: none\n/u);
    expect(text({ limits: NO_RISK_LIMITS })).not.toContain('--positions');
  });

  it('is never asked for on a stub; --real there is told, and kept for nothing', () => {
    const kept = new Kept();
    const trust = kept.trust(true);
    trust.decide(STUB, FACTS);
    expect(trust.reason()).toBeNull();
    expect(kept.choices.size).toBe(0);
    expect(kept.happened).toContainEqual(expect.objectContaining({ kind: 'order_note' }));
    // It comes back as something else: nobody has seen what is there.
    trust.judge(REAL);
    expect(trust.reason()).toContain('--real allows it');
  });
});

describe('a first start on a real gateway', () => {
  let world: World;
  afterEach(async () => {
    await world.close();
  });

  it('places nothing before it was allowed, and goes on after a restart without being told again', async () => {
    const broker = new FakeBroker();
    broker.health = () => Promise.resolve(REAL);
    const options = { broker, real: true };
    world = await createWorld(options);
    await world.settle(world.order({ waitTimeout: 0 }));
    expect(broker.placed).toHaveLength(1);
    options.real = false;
    await world.restart();
    await world.settle(world.order({ quantity: 200, waitTimeout: 0 }));
    expect(broker.placed).toHaveLength(2);
  });
});

test('a gateway that rehearses is told as one at the start, and when it comes back as another', () => {
  const events = new Events();
  const lines: LogEntry[] = [];
  logEvents(events, collectLog(lines));
  const trust = new Kept().trust(false, 'desk:58620', events);
  trust.judge(STUB);
  expect(lines).toEqual([]);
  trust.judge({ ...STUB, dryRun: true });
  trust.judge({ ...STUB, dryRun: true });
  trust.judge(STUB);
  expect(lines.map(({ level, text }) => [level, text])).toEqual([
    ['warning', expect.stringMatching(/^DRY RUN: this gateway answers orders as placed and sends none/u)],
    ['warning', 'This gateway is no dry run any more: orders are sent'],
  ]);
});
