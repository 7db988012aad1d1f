import { describe, expect, test } from 'vitest';
import { foreignPage, isOwnHost } from '../../../../src/net/http/same-origin.ts';

const HERE = 'http://127.0.0.1:8787/api/state';

function asked(headers: Readonly<Record<string, string>>, allowed: readonly string[] = []): 'origin' | 'site' | null {
  return foreignPage({ url: HERE, header: (name) => headers[name] }, new Set(allowed));
}

describe('whose page asks', () => {
  test.each<[string, Readonly<Record<string, string>>, 'origin' | 'site' | null]>([
    ['a program', {}, null],
    ['our own page', { origin: 'http://127.0.0.1:8787', 'sec-fetch-site': 'same-origin' }, null],
    ['an address that somebody typed', { 'sec-fetch-site': 'none' }, null],
    ['a page of another port', { origin: 'http://127.0.0.1:8788' }, 'origin'],
    ['our page without TLS, asking with it', { origin: 'https://127.0.0.1:8787' }, 'origin'],
    ['a page in a sandbox', { origin: 'null' }, 'origin'],
    ['a picture on another site', { 'sec-fetch-site': 'cross-site' }, 'site'],
    ['a page of a neighbour', { 'sec-fetch-site': 'same-site' }, 'site'],
  ])('%s', (_, headers, foreign) => {
    expect(asked(headers)).toBe(foreign);
  });

  test('an origin that is allowed by name is none of a stranger', () => {
    expect(asked({ origin: 'https://desk.example' }, ['https://desk.example'])).toBeNull();
  });
});

test.each([
  ['http://127.0.0.1:8787/', true],
  ['http://127.9.8.7/', true],
  ['http://localhost:8787/', true],
  ['http://[::1]:8787/', true],
  ['http://127.0.0.1.evil.example/', false],
  ['http://desk.example/', false],
  ['http://:bad', false],
])('%s leads to this machine only: %s', (url, own) => {
  expect(isOwnHost(url)).toBe(own);
});
