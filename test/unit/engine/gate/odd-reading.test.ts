import { afterEach, describe, expect, it } from 'vitest';
import { FakeBroker } from '../orders/fake-broker.ts';
import { createWorld, type World } from '../orders/world.ts';

let world: World;
afterEach(async () => {
  await world.close();
});

const alarms = (): string[] =>
  world.happened.flatMap((event) =>
    event.kind === 'alarm'
      ? [`! ${event.alarm.code} ${event.alarm.subject ?? ''}`]
      : event.kind === 'all_clear'
        ? [`ok ${event.code} ${event.subject ?? ''}`]
        : [],
  );

describe('a reading that is odd', () => {
  it('one failed read of the account is not a gateway that hangs', async () => {
    world = await createWorld();
    await world.pass(10_000);
    const { broker } = world;
    const read = broker.account.bind(broker);
    let failed = 0;
    broker.account = () => {
      if (failed++ > 0) return read();
      return Promise.reject(new Error('a row is odd'));
    };
    await world.pass(90_000);
    expect([failed > 1, alarms(), world.happened.filter(({ kind }) => kind === 'gate').length]).toEqual([true, [], 1]);
  });

  it('an account that was not believed does not become the instance’s', async () => {
    const broker = new FakeBroker();
    const now = broker.accountNow.bind(broker);
    let reads = 0;
    broker.accountNow = () => {
      reads += 1;
      if (reads > 2) return now();
      return { ...now(), accountId: 'not logged in', availableCash: 0, totalValue: 0, frozenCash: 0 };
    };
    world = await createWorld({ broker });
    expect([world.trading.state.accountId(), world.trading.gate.reason()]).toEqual(['demo', null]);
  });
});
