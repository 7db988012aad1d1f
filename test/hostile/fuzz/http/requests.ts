import type { Rng } from '../../../../src/platform/random.ts';
import { API_ROOT, API_ROUTES } from '../../../../src/server/http/api/routes.ts';
import { SANIC_ROOT, SANIC_ROUTES } from '../../../../src/server/http/sanic/routes.ts';

/** Pieces that have broken servers, parsers and validators before. */
const PIECES: readonly string[] = [
  '__proto__',
  'constructor',
  '%00',
  '%ff',
  '%',
  '%zz',
  '../',
  '..%2f',
  '\\',
  '\r\n',
  '\n',
  '\u0000',
  '\u007f',
  'é',
  '汉',
  '\ud83d\ude00',
  ';',
  '&',
  '=',
  '[]',
  '{}',
  'NaN',
  '1e999',
  '-0',
  '99999999999999999999',
  '0x10',
  ' ',
  '\t',
  ',',
  'x'.repeat(400),
  '?',
  '#',
  '//',
  'http://a',
];

const ORDER = {
  security: '000001.XSHE',
  side: 'buy',
  amount: 100,
  price: 10.1,
  type: 'limit',
  wait_seconds: 0,
  remark: 'r',
};
const QUERIES: Readonly<Record<string, string>> = {
  '/quotes': 'securities=000001.XSHE,510300.SH',
  '/bars': 'security=000001.XSHE&frequency=1d&count=5&adjust=pre',
  '/instruments': 'types=etf&date=2026-07-06',
  '/trading-days': 'start=2026-07-01&end=2026-07-06',
  '/events/ticks': 'securities=000001.XSHE',
  '/place_order': 'stock_code=000001.SZ&direction=buy&volumn=100&price=10.1',
  '/login': 'account_id=demo&account_type=STOCK&session_id=20001&qmt_dir=C%3A%5Cqmt',
  '/cancel_order': 'order_id=1073741825',
  '/query/order': 'order_id=1073741825',
};

interface Parts {
  method: string;
  target: string;
  version: string;
  headers: [string, string][];
  body: string;
}

/** A request of either door as it should be. */
function wholeRequest(rng: Rng): Parts {
  const wrapped = [...SANIC_ROUTES.keys()];
  const at = rng.int(API_ROUTES.length + wrapped.length);
  const route = API_ROUTES[at];
  const path = route === undefined ? (wrapped[at - API_ROUTES.length] ?? '') : route.path;
  const named = path.replaceAll('{order_id}', '1073741825').replaceAll('{security}', '000001.XSHE');
  const query = QUERIES[path];
  const target = `${route === undefined ? SANIC_ROOT : API_ROOT}${named}${query === undefined ? '' : `?${query}`}`;
  const method = route?.method ?? (rng.int(4) === 0 ? 'POST' : 'GET');
  const headers: [string, string][] = [['Host', '127.0.0.1:7800']];
  if (method === 'GET') return { method, target, version: 'HTTP/1.1', headers, body: '' };
  const order = { ...ORDER, idempotency_key: `k${rng.int(1000)}` };
  const body = path === '/orders/batch' ? { orders: [order, order] } : path === '/orders' ? ORDER : {};
  const key = `k${rng.int(1000)}`;
  return {
    method,
    target,
    version: 'HTTP/1.1',
    headers: [...headers, ['Content-Type', 'application/json'], ['Idempotency-Key', key]],
    body: JSON.stringify(body),
  };
}

/** A request that is changed in one to four places, in any of its layers, as bytes. */
export function changedRequest(rng: Rng): Buffer {
  const parts = wholeRequest(rng);
  for (let changes = 1 + rng.int(4); changes > 0; changes -= 1) change(rng, parts);
  const bytes = Buffer.from(written(rng, parts), 'utf8');
  if (bytes.length > 0 && rng.int(6) === 0) bytes[rng.int(bytes.length)] = rng.int(256);
  return rng.int(12) === 0 ? bytes.subarray(0, rng.int(bytes.length + 1)) : bytes;
}

function change(rng: Rng, parts: Parts): void {
  const piece = pick(rng, PIECES);
  switch (rng.int(10)) {
    case 0:
      parts.method = pick(rng, [
        'GET',
        'POST',
        'PUT',
        'HEAD',
        'OPTIONS',
        'DELETE',
        'TRACE',
        'PATCH',
        'QUERY',
        'get',
        'G T',
        '',
      ]);
      return;
    case 1:
    case 2:
      parts.target = spliced(rng, parts.target, piece);
      return;
    case 3:
      parts.target = swapped(rng, parts.target, piece);
      return;
    case 4:
      parts.version = pick(rng, ['HTTP/1.0', 'HTTP/2.0', 'HTTP/1.1 ', 'http/1.1', 'HTTP/9', '']);
      return;
    case 5:
      parts.headers.push(oddHeader(rng, piece));
      return;
    case 6:
      if (parts.headers.length > 0) parts.headers.splice(rng.int(parts.headers.length), 1);
      return;
    case 7:
      parts.body = spliced(rng, parts.body, piece);
      return;
    case 8:
      parts.body = parts.body.slice(0, rng.int(parts.body.length + 1));
      return;
    default:
      parts.body = swapped(
        rng,
        parts.body,
        pick(rng, ['null', '[]', '{}', '1e999', '-1', '"x"', 'true', '"__proto__"', '[[[[', '9'.repeat(400)]),
      );
  }
}

function oddHeader(rng: Rng, piece: string): [string, string] {
  return pick<[string, string]>(rng, [
    ['Host', piece],
    ['Host', 'evil.example'],
    ['Origin', 'https://evil.example'],
    ['Origin', 'null'],
    ['Authorization', `Bearer ${piece}`],
    ['Content-Length', String(rng.int(1000))],
    ['Content-Length', piece],
    ['Transfer-Encoding', 'chunked'],
    ['Transfer-Encoding', 'gzip, chunked'],
    ['Content-Type', piece],
    ['Content-Type', 'application/x-www-form-urlencoded'],
    ['Content-Encoding', 'gzip'],
    ['Expect', '100-continue'],
    ['Expect', piece],
    ['Connection', 'upgrade'],
    ['Connection', 'close'],
    ['Upgrade', 'websocket'],
    ['Idempotency-Key', piece],
    ['Last-Event-ID', piece],
    ['Sec-Fetch-Site', piece],
    ['Access-Control-Request-Method', 'POST'],
    ['Range', 'bytes=0-1'],
    [piece, piece],
    ['X', 'y'.repeat(rng.int(20_000))],
  ]);
}

/** Its length is told unless a change has told one. */
function written(rng: Rng, { method, target, version, headers, body }: Parts): string {
  const named = headers.some(([name]) => /^(?:content-length|transfer-encoding)$/iu.test(name));
  const length = named || body === '' ? [] : [['Content-Length', String(Buffer.byteLength(body))] as const];
  const lines = [...headers, ...length].map(([name, value]) => `${name}: ${value}`);
  const end = rng.int(40) === 0 ? '\n' : '\r\n';
  return `${method} ${target} ${version}${end}${lines.join('\r\n')}\r\n\r\n${body}`;
}

function spliced(rng: Rng, text: string, piece: string): string {
  const at = rng.int(text.length + 1);
  return text.slice(0, at) + piece + text.slice(at + rng.int(4));
}

/** A number, word or text in place of another. */
function swapped(rng: Rng, text: string, by: string): string {
  const found = [...text.matchAll(/-?\d[\d.]*|"[^"]*"|[A-Za-z_]+/gu)];
  const chosen = found[rng.int(Math.max(1, found.length))];
  if (chosen === undefined) return text + by;
  return text.slice(0, chosen.index) + by + text.slice(chosen.index + chosen[0].length);
}

function pick<T>(rng: Rng, items: readonly T[]): T {
  const item = items[rng.int(items.length)];
  if (item === undefined) throw new RangeError('there is nothing to pick from');
  return item;
}
