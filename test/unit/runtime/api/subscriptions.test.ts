import { beforeEach, describe, expect, test } from 'vitest';
import { subscribe, unsubscribe, unsubscribe_all } from 'jqdata';
import { bindFake, type FakeHost } from '../fake-host.ts';
import { codeOf, untyped } from '../helpers.ts';

const A = '000001.XSHE';
const B = '600000.XSHG';

let host: FakeHost;
beforeEach(() => {
  host = bindFake();
});

describe('subscribe', () => {
  test('takes one security, a list, or names', () => {
    subscribe(A, 'tick');
    subscribe(new Set(['600000.SH', B]), 'tick');
    subscribe({ security: ['300750.XSHE'], frequency: 'tick' });
    expect(host.subscribed).toEqual([A, B, '300750.XSHE']);
  });

  test('unsubscribe and unsubscribe_all end them', () => {
    subscribe([A, B, '300750.XSHE'], 'tick');
    unsubscribe(B, 'tick');
    expect(host.subscribed).toEqual([A, '300750.XSHE']);
    unsubscribe_all();
    expect(host.subscribed).toEqual([]);
  });

  test.each([
    [[A, '1m'], 'BAD_ARGUMENT', /frequency: must be 'tick', was '1m'; for bars use handle_data/u],
    [[A], 'BAD_ARGUMENT', /needs a value for 'frequency'/u],
    [[[], 'tick'], 'BAD_ARGUMENT', /at least one security/u],
    [['SH', 'tick'], 'BAD_SECURITY', /SH/u],
    [['IF9999.CCFX', 'tick'], 'BAD_SECURITY', /IF9999/u],
    [[12, 'tick'], 'BAD_ARGUMENT', /security/u],
  ])('%j is refused', (args, code, message) => {
    for (const call of [subscribe, unsubscribe]) {
      const error = codeOf(() => untyped(call)(...args));
      expect(error.code).toBe(code);
      expect(error.message).toMatch(message);
    }
    expect(host.subscribed).toEqual([]);
  });

  test('not while the strategy loads: nobody knows yet whether it has handle_tick', () => {
    host.context = { ...host.context, phase: 'load' };
    expect(codeOf(() => subscribe(A, 'tick')).code).toBe('WRONG_PHASE');
  });
});
