import { describe, expect, test } from 'vitest';
import { AccountRouter, parseAccounts, parseSubAccounts } from '../../../src/server/accounts.ts';
import type { SessionIdentity } from '../../../src/server/account-types.ts';

const NOBODY = { accountKey: null, subAccountId: null };
const ROUTER = new AccountRouter(
  parseAccounts('main=111:stock,hedge=222:future:/data/path'),
  parseSubAccounts('demo@main:limit=5000,free@hedge,solo'),
);

function keyOf(payload: Record<string, unknown>, identity: SessionIdentity = NOBODY): string {
  return ROUTER.resolve(payload, identity).account.key;
}

describe('reading the options', () => {
  test('accounts', () => {
    expect(
      parseAccounts('main=111:stock, hedge=222:Future:/x ;plain=3;b=4:CREDIT:C:\\国金QMT交易端\\userdata_mini'),
    ).toEqual([
      { key: 'main', id: '111', type: 'stock' },
      { key: 'hedge', id: '222', type: 'future', path: '/x' },
      { key: 'plain', id: '3', type: 'stock' },
      { key: 'b', id: '4', type: 'credit', path: 'C:\\国金QMT交易端\\userdata_mini' },
    ]);
  });

  test('sub-accounts', () => {
    expect(parseSubAccounts('demo@main:limit=5000,free@hedge,solo:limit=0.5')).toEqual([
      { id: 'demo', parent: 'main', limit: 5000 },
      { id: 'free', parent: 'hedge', limit: null },
      { id: 'solo', parent: 'default', limit: 0.5 },
    ]);
  });

  test.each(['main', '=1', 'main=', 'main=:stock', 'main=1:stocks'])('the account %j is an error', (text) => {
    expect(() => parseAccounts(text)).toThrow(expect.objectContaining({ code: 'BAD_ACCOUNTS' }));
  });

  test.each(['@main', 'demo:limit', 'demo:limit=x', 'demo:cap=5'])('the sub-account %j is an error', (text) => {
    expect(() => parseSubAccounts(text)).toThrow(expect.objectContaining({ code: 'BAD_ACCOUNTS' }));
  });

  test('D7: a kind that no counter has is named with those there are', () => {
    expect(() => parseAccounts('main=1:margin')).toThrow(/"main=1:margin" cannot be read.*stock, credit, future/);
  });

  test('a sub-account is of an account that there is, and is given once', () => {
    const router = (subs: string): AccountRouter => new AccountRouter(parseAccounts('main=1'), parseSubAccounts(subs));
    for (const bad of ['demo@mian', 'demo@main,demo@main:limit=5'])
      expect(() => router(bad)).toThrow(expect.objectContaining({ code: 'BAD_ACCOUNTS', fault: 'config' }));
    expect(router('demo@main,solo').subAccountNames()).toEqual(['demo@main', 'solo@default']);
  });

  test('an alias must not be given twice', () => {
    expect(() => new AccountRouter(parseAccounts('a=1,a=2'), [])).toThrow(
      expect.objectContaining({ code: 'BAD_ACCOUNTS' }),
    );
  });
});

describe('finding the account of a request', () => {
  test('the payload wins over the handshake, null falls back to it', () => {
    const hedge = { accountKey: 'hedge', subAccountId: null };
    expect(keyOf({}, hedge)).toBe('hedge');
    expect(keyOf({ account_key: null }, hedge)).toBe('hedge');
    expect(keyOf({ account_key: 'main' }, hedge)).toBe('main');
    expect(keyOf({})).toBe('main');
  });

  test('a configured sub-account knows its parent better than the request', () => {
    const resolved = ROUTER.resolve({ sub_account_id: 'demo@hedge' }, NOBODY);
    expect(resolved.account.key).toBe('main');
    expect(resolved.subAccount).toEqual({ id: 'demo', parent: 'main', limit: 5000 });
    expect(keyOf({ sub_account_id: 'free@main' })).toBe('hedge');
    expect(keyOf({ sub_account_id: 'solo' })).toBe('main');
  });

  test('an unknown sub-account trades without limit and label', () => {
    expect(ROUTER.resolve({ sub_account_id: 'ghost@hedge' }, NOBODY)).toMatchObject({
      account: { key: 'hedge' },
      subAccount: null,
    });
    expect(keyOf({ sub_account_id: '@hedge' })).toBe('hedge');
    expect(keyOf({ sub_account_id: 'ghost', account_key: 'hedge' })).toBe('hedge');
  });

  test('an unknown key is the default account, and is named for the log', () => {
    expect(ROUTER.resolve({ account_key: 'nope' }, NOBODY)).toMatchObject({
      account: { key: 'main' },
      unknownKey: 'nope',
    });
    expect(ROUTER.resolve({}, NOBODY).unknownKey).toBeNull();
  });

  test('who must be served by the account he names is refused any other, with what there is', () => {
    const named = (payload: Record<string, unknown>, identity: SessionIdentity = NOBODY): string =>
      ROUTER.resolveNamed(payload, identity).account.key;
    expect([named({}), named({ account_key: 'hedge' }), named({ sub_account_id: 'free' })]).toEqual([
      'main',
      'hedge',
      'hedge',
    ]);
    const refused = (text: string): unknown => expect.objectContaining({ code: 'REQUEST_FAILED', message: text });
    const noAccount = refused('账户 nope 未配置（已配置: main, hedge）');
    expect(() => named({ account_key: 'nope' })).toThrow(noAccount);
    expect(() => named({}, { accountKey: 'nope', subAccountId: null })).toThrow(noAccount);
    expect(() => named({ sub_account_id: '@nope' })).toThrow(noAccount);
    const noSub = refused('子账户 ghost 未配置（已配置: demo@main, free@hedge, solo@default）');
    expect(() => named({ sub_account_id: 'ghost@hedge' })).toThrow(noSub);
    expect(() => named({}, { accountKey: null, subAccountId: 'ghost' })).toThrow(noSub);
    expect(() => named({ account_key: 'x'.repeat(300) })).toThrow('过长');
  });

  test('health repeats the first account under the default alias', () => {
    expect(ROUTER.healthKeys()).toEqual(['main', 'hedge', 'main']);
    expect(new AccountRouter([], []).healthKeys()).toEqual(['default']);
  });
});
