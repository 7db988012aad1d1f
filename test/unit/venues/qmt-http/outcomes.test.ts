import { describe, expect, test } from 'vitest';
import { BtError } from '../../../../src/domain/errors.ts';
import { placeOutcomeOf, placeOutcomeOfError } from '../../../../src/venues/qmt-http/outcomes.ts';

describe('what an answer to a place request proves', () => {
  test.each<[string, number, unknown, Readonly<Record<string, unknown>>]>([
    ['an id', 200, { order_id: 12 }, { kind: 'accepted', orderId: '12' }],
    ['an id as text', 200, { order_id: '12' }, { kind: 'accepted', orderId: '12' }],
    [
      'an id with the counter’s refusal',
      200,
      { order_id: 12, message: '资金不足' },
      { kind: 'rejected', orderId: '12' },
    ],
    // The terminal says -1 of what it did not take, and of its own failures.
    ['-1 alone', 200, { order_id: -1 }, { kind: 'unknown', answered: true }],
    ['0', 200, { order_id: 0 }, { kind: 'unknown', answered: true }],
    [
      '-1 with a proof',
      200,
      { order_id: -1, outcome: 'rejected', message: 'x' },
      { kind: 'rejected', code: 'REJECTED' },
    ],
    [
      '-1 that was not handed over',
      200,
      { order_id: -1, outcome: 'not_placed' },
      { kind: 'rejected', code: 'NOT_SENT' },
    ],
    ['a page', 200, undefined, { kind: 'unknown', answered: true }],
    ['a list', 200, [1], { kind: 'unknown' }],
    ['a wrong parameter', 400, { detail: 'price' }, { kind: 'rejected', code: 'HTTP_400', reason: 'price' }],
    ['no login', 409, { detail: 'log in' }, { kind: 'rejected', code: 'HTTP_409' }],
    ['the wrapper’s own failure', 500, undefined, { kind: 'unknown', answered: true }],
    ['a gateway in between that failed', 502, undefined, { kind: 'unknown', answered: false }],
    ['our own that does not know', 502, { outcome: 'unknown' }, { kind: 'unknown', answered: true }],
    ['our own that waited in vain', 504, { outcome: 'unknown' }, { kind: 'unknown', answered: false }],
    ['our own that is stopping', 503, { outcome: 'not_placed' }, { kind: 'rejected', code: 'NOT_SENT' }],
    ['a gateway in between that is busy', 503, undefined, { kind: 'unknown', answered: false }],
    ['a time-out of the request', 408, undefined, { kind: 'unknown', answered: false }],
    ['a redirect', 302, undefined, { kind: 'unknown' }],
  ])('%s', (_, status, body, outcome) => {
    expect(placeOutcomeOf({ status, body })).toMatchObject(outcome);
  });

  test('no answer proves nothing, unless no byte was sent', () => {
    const lost = (sent: boolean): BtError => new BtError('LINK_LOST', 'x', { fault: 'network', details: { sent } });
    expect(placeOutcomeOfError(lost(false))).toMatchObject({ kind: 'rejected', code: 'NOT_SENT' });
    expect(placeOutcomeOfError(lost(true))).toMatchObject({ kind: 'unknown', answered: false });
    expect(placeOutcomeOfError(new TypeError('x'))).toMatchObject({ kind: 'unknown', answered: false });
  });
});
