import { expect, test } from 'vitest';
import { readGatewayClock } from '../../../src/cli/live-clock.ts';
import { FakeBroker } from '../engine/orders/fake-broker.ts';

test('a gateway without a clock is told what can be done there: a wrapper of QMT has none to give', async () => {
  const told = async (name: string): Promise<string> => {
    const broker = Object.assign(new FakeBroker(), { name });
    const error: unknown = await readGatewayClock(broker).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ code: 'NO_GATEWAY_CLOCK', fault: 'config' });
    return String(error);
  };
  expect(await told('qmt-remote')).toContain('start `bt server` with --at');
  const wrapper = await told('qmt-http');
  expect(wrapper).toContain('Leave out --clock gateway');
  expect(wrapper).not.toContain('--at');
});
