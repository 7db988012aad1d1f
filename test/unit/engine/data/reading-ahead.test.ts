import { expect, test } from 'vitest';
import { BtError } from '../../../../src/domain/errors.ts';
import { readingAhead } from '../../../../src/engine/data/reading-ahead.ts';
import { FakeHost, quote } from '../../runtime/fake-host.ts';

const refused = (): never => {
  throw new BtError('NOT_SERVED', 'Nobody serves it.', { fault: 'config' });
};

function failing(): { readonly host: FakeHost; readonly told: unknown[][] } {
  const host = new FakeHost();
  const told: unknown[][] = [];
  host.dataFailed = (...args: unknown[]) => void told.push(args);
  return { host, told };
}

test('what a call for data throws is told and thrown', () => {
  const { host, told } = failing();
  Object.assign(host, { data: refused, history: refused, securityInfo: refused, tradeDays: refused });
  const ahead = readingAhead(host, () => 0);
  expect(() => ahead.data({ dataset: 'factors', params: {} })).toThrow('Nobody serves it.');
  expect(() => ahead.securityInfo('000001.XSHE')).toThrow();
  expect(() => ahead.tradeDays(null, null, 3)).toThrow();
  expect(told).toEqual(
    ['factors', 'security info', 'trading days'].map((what) => [what, 'NOT_SERVED', 'Nobody serves it.']),
  );
});

test('an error of a request for many, which nobody sees, is not told', () => {
  const { host, told } = failing();
  host.quotes = (codes) => (codes.length > 1 ? refused() : codes.map((code) => quote(code)));
  const ahead = readingAhead(
    host,
    () => 0,
    () => [['000001.XSHE', '600000.XSHG']],
  );
  expect(ahead.quotes(['000001.XSHE'])[0]?.security).toBe('000001.XSHE');
  expect(told).toEqual([]);
  host.quotes = refused;
  expect(() => ahead.quotes(['600519.XSHG'])).toThrow();
  expect(told).toEqual([['quotes', 'NOT_SERVED', 'Nobody serves it.']]);
});
