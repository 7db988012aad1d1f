import { describe, expect, it } from 'vitest';
import { BtError } from '../../../../src/domain/errors.ts';
import { settle } from '../../platform/fake-timers.ts';
import { accountAnswer, Refusal, ScriptedVenue, started } from './scripted-venue.ts';

const health = (subAccounts?: readonly string[]) => () => ({
  dtype: 'dict',
  value: {
    process_alive: true,
    accounts: ['main', 'hedge', 'main'],
    ...(subAccounts === undefined ? {} : { sub_accounts: subAccounts }),
  },
});

/** What the start comes to: `started`, or the error. */
async function start(asked: string, label: string | null, known?: readonly string[]): Promise<string> {
  const scripted = new ScriptedVenue({ QMT_SERVER_SUB_ACCOUNT: asked })
    .on('admin.health', health(known))
    .on('broker.account', () => accountAnswer(label === null ? {} : { sub_account_id: label }));
  let result = 'nothing came of it';
  scripted.broker.start().then(
    () => (result = 'started'),
    (error: unknown) => (result = error instanceof BtError ? `${error.code} ${error.message}` : String(error)),
  );
  await settle();
  await settle();
  return result;
}

describe('a sub-account', () => {
  it.each([
    ['demo', 'demo', undefined],
    ['demo@main', 'demo', undefined],
    ['demo', 'demo', ['demo@main', 'free@hedge']],
    ['demo@main', 'demo', ['demo@main', 'free@hedge']],
  ] as const)('%s that the gateway names in its answer is taken', async (asked, label, known) => {
    expect(await start(asked, label, known)).toBe('started');
  });

  it.each([
    ['nosuch@main', null, undefined, /does not list/],
    ['nosuch', 'demo', undefined, /does not list/],
    ['nosuch@main', null, ['demo@main', 'free@hedge'], /It has demo@main, free@hedge\./],
    // The gateway would trade on the account it has it under, whatever is written.
    ['demo@hedge', 'demo', ['demo@main'], /It has demo@main\./],
  ] as const)('%s (answered as %s, listed %j) is refused at the start, by name', async (asked, label, known, there) => {
    const result = await start(asked, label, known);
    expect(result).toContain(`CONFIG_INVALID QMT_SERVER_SUB_ACCOUNT cannot be "${asked}"`);
    expect(result).toMatch(there);
  });

  it('of a gateway that cannot tell yet is checked with the first reading that comes', async () => {
    const scripted = new ScriptedVenue({ QMT_SERVER_SUB_ACCOUNT: 'nosuch' })
      .on('admin.health', health())
      .on('broker.account', () => new Refusal('REQUEST_FAILED', 'QMT 未就绪'));
    await scripted.broker.start();
    scripted.on('broker.account', () => accountAnswer());
    await expect(scripted.broker.account()).rejects.toThrow('QMT_SERVER_SUB_ACCOUNT cannot be "nosuch"');
  });

  it('that is gone later is an error of the reading, not the account of somebody else', async () => {
    const scripted = await started({ QMT_SERVER_SUB_ACCOUNT: 'demo' });
    expect(await scripted.broker.account()).toMatchObject({ availableCash: 1 });
    scripted.on('broker.account', () => accountAnswer());
    await expect(scripted.broker.account()).rejects.toThrow('cannot be "demo"');
  });
});
