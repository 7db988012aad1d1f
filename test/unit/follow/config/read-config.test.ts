import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { errorCode, errorMessage } from '../../../../src/domain/errors.ts';
import { cleanText } from '../../../../src/platform/exit-text.ts';
import { parseFollowConfig } from '../../../../src/follow/config/index.ts';
import type { FollowConfig } from '../../../../src/follow/config/index.ts';
import { OBJECTS, FollowSchema } from '../../../../src/follow/config/schema.ts';

const KEY = 'a passphrase of chance 1';
const OTHER_KEY = 'a passphrase of chance 2';
const STRATEGY = { name: '小市值', passphrase: KEY };

function read(config: object | string, variables: Readonly<Record<string, string>> = {}): FollowConfig {
  const text = typeof config === 'string' ? config : JSON.stringify(config, null, 1);
  return parseFollowConfig(text, '/desk/follow.jsonc', {
    find: (name) => (name in variables ? { value: variables[name] ?? '' } : null),
  });
}

function problems(config: object | string, variables: Readonly<Record<string, string>> = {}): string[] {
  try {
    read(config, variables);
  } catch (error) {
    expect(errorCode(error)).toBe('BAD_CONFIG');
    return errorMessage(error).split('\n');
  }
  return [];
}

function withStrategy(more: object, http: object = {}): object {
  return { http, strategies: [{ ...STRATEGY, ...more }] };
}

describe('what is left out', () => {
  test('has a value that is written down', () => {
    const config = read({ http: {}, strategies: [STRATEGY] });
    expect(config.http).toEqual({ host: '127.0.0.1', port: 8888, path: '/api/order', tls: null, rateLimitPerKey: 600 });
    expect(config.redis).toBeNull();
    expect(config.files).toBe('/desk/follow-files');
    expect(config.warnings).toEqual([]);
    expect(config.strategies).toEqual([
      {
        sender: { strategy: '小市值', passphrase: KEY, legacy: false },
        rules: {
          name: '小市值',
          mode: 'ratio',
          ratio: 1,
          fixedValue: null,
          cash: null,
          allow: [],
          deny: [],
          sides: 'both',
          maxOrderValue: null,
          maxDayValue: null,
          oddLots: true,
          smallLots: 'skip',
          price: 'signal',
          slippage: 0.003,
          maxAgeSeconds: 60,
          outsideHours: 'refuse',
          rotationSeconds: 1,
          requote: { afterSeconds: 30, times: 5, totalSeconds: 300 },
        },
      },
    ]);
  });

  test('of an object within an object too', () => {
    expect(read(withStrategy({ requote: { times: 0 } })).strategies[0]?.rules.requote).toEqual({
      afterSeconds: 30,
      times: 0,
      totalSeconds: 300,
    });
  });
});

test('comments, trailing commas and a byte order mark are read, paths are of the folder of the file', () => {
  const config = read(`\uFEFF{
    // the way in
    "http": { "tls": { "cert": "a.pem", "key": "/keys/b.pem" }, "host": "0.0.0.0" },
    /* whose signals */
    "strategies": [{ "name": "a", "passphrase": "${KEY}", "allow": ["000001.SZ", "600000"], },],
    "files": "跟单",
  }`);
  expect(config.http?.tls).toEqual({ cert: '/desk/a.pem', key: '/keys/b.pem' });
  expect(config.files).toBe('/desk/跟单');
  expect(config.strategies[0]?.rules.allow).toEqual(['000001.XSHE', '600000.XSHG']);
});

test.each([
  { accounts: ['second'], strategies: [{ name: 'a', passphrase: KEY }] },
  { strategies: [{ name: 'a', passphrase: KEY, account: 'second' }] },
  { strategies: [{ name: 'a', passphrase: KEY, account_key: 'second' }] },
])('an account of one strategy is refused with where it stands, and how a second follower is run: %o', (written) => {
  const refused =
    /means nothing here: a follower trades one account, which "account" names beside "strategies"\. .*another follower /u;
  expect(() => read({ http: {}, ...written })).toThrow(refused);
});

test('the account is an alias of the gateway, that of the settings where none is named', () => {
  const strategies = [{ name: 'a', passphrase: KEY }];
  expect(read({ http: {}, account: 'second', strategies }).account).toBe('second');
  expect(read({ http: {}, strategies }).account).toBeNull();
  for (const account of ['', 'a b', 'main=123456', 1]) {
    expect(() => read({ http: {}, account, strategies })).toThrow(
      /account cannot be .*: write the alias of an account/u,
    );
  }
});

test.each(['joinquant.md', 'joinquant.zh-CN.md'])(
  'two followers as docs/%s has them are read, and share nothing',
  (name) => {
    const text = readFileSync(join(import.meta.dirname, '../../../../docs', name), 'utf8');
    const written = [...text.matchAll(/^ {4}\/\/ (?:main|second)\.jsonc\n((?: {4}.*\n)+)/gmu)].map(
      ([, body = '']) => body,
    );
    expect(written).toHaveLength(2);
    const configs = written.map((body) => read(body, { FOLLOW_PASSPHRASE: KEY }));
    const shared = [
      configs.map(({ http }) => String(http?.port)),
      configs.map(({ files }) => String(files)),
      configs.map(({ account }) => String(account)),
    ];
    for (const values of shared) expect(new Set(values).size).toBe(2);
  },
);

describe('a secret', () => {
  test('may stand in a variable', () => {
    const config = read(
      { redis: { url: { env: 'R' } }, strategies: [{ name: 'a', passphrase: { env: 'P' } }] },
      { P: KEY, R: 'redis://:hidden-word@host/0' },
    );
    expect(config.strategies[0]?.sender.passphrase).toBe(KEY);
    expect(config.redis?.url).toBe('redis://:hidden-word@host/0');
  });

  test('is shown nowhere from then on', () => {
    read({ redis: { url: 'redis://u:hidden%20word@host/0' }, strategies: [{ name: 'a', passphrase: OTHER_KEY }] });
    expect(cleanText(`x ${OTHER_KEY} hidden word`)).toBe('x *** ***');
  });

  test('that is not set is told by the name of its variable and its line', () => {
    const text = `{ "http": {}, "strategies": [{ "name": "a",\n "passphrase": { "env": "NOT_SET" } }] }`;
    expect(problems(text)).toEqual([
      'follow.jsonc line 2: strategies[0].passphrase names the variable NOT_SET, which is not set: write it into .env.local or the environment.',
    ]);
  });

  test('is not repeated where it is wrong', () => {
    expect(problems(withStrategy({ passphrase: ['very-secret'] })).join('\n')).not.toContain('very-secret');
    expect(problems({ redis: { url: 'http://u:very-secret@h' }, strategies: [STRATEGY] }).join('\n')).not.toContain(
      'very-secret',
    );
  });
});

describe('what is wrong is told with its line and what to write', () => {
  test('a misspelt name, with the nearest right one', () => {
    const text = `{\n "http": {},\n "strategies": [\n  { "name": "a", "passphrase": "${KEY}",\n    "ration": 2 }\n ]\n}`;
    expect(problems(text)).toEqual([
      'follow.jsonc line 5: strategies[0].ration means nothing here: the nearest name is ratio.',
    ]);
  });

  test('a name that is near none, with those there are', () => {
    expect(problems({ http: { proxyProtocolVersion: 1 }, strategies: [STRATEGY] })[0]).toContain(
      'http.proxyProtocolVersion means nothing here: known are host, port, path, tls, rateLimitPerKey, legacyOnOpenNetwork.',
    );
  });

  test('every wrong value at once', () => {
    expect(problems(withStrategy({ ratio: '2', sides: 'long', requote: { times: -1 } }, { port: 70_000 }))).toEqual([
      'follow.jsonc line 3: http.port cannot be 70000: write a port from 0 to 65535; 0 = any free one.',
      'follow.jsonc line 9: strategies[0].ratio cannot be "2": write a number above 0, for example 0.5.',
      'follow.jsonc line 10: strategies[0].sides cannot be "long": write "both", "buy" or "sell".',
      'follow.jsonc line 12: strategies[0].requote.times cannot be -1: write how often an order is made anew, 0 to 100; 0 = never.',
    ]);
  });

  test.each([
    ['{ "http": {}, "http": null }', 'line 1: "http" stands twice. Keep one of them.'],
    ['{\n "http": \n}', 'line 3: value expected. Write JSON there; comments (// and /* */) are allowed.'],
    ['{\n "http" {} }', 'line 2: colon expected.'],
    ['', 'line 1: value expected.'],
    ['{ "__proto__": {} }', '"__proto__" means nothing here. Take it out.'],
    ['[]', 'line 1: the file cannot be []: write an object { … }.'],
    ['{ "http": {} }', 'line 1: strategies is missing: write a list of at least one strategy.'],
  ])('%j', (text, told) => {
    expect(problems(text)[0]).toContain(told.slice(0, told.endsWith('expected.') ? -1 : undefined));
  });

  test.each([
    ['no way in', { strategies: [STRATEGY] }, 'the file names no way in'],
    ['a short passphrase', withStrategy({ passphrase: 'short' }), 'is shorter than 16 characters'],
    [
      'a code that is none',
      withStrategy({ allow: ['apple'] }),
      'strategies[0].allow[0] cannot be "apple": write a list of codes',
    ],
    [
      'a code that is both',
      withStrategy({ allow: ['600000'], deny: ['600000.XSHG'] }),
      'names 600000.XSHG, which "allow" names too',
    ],
    ['a fixed value that is missing', withStrategy({ mode: 'fixed' }), 'fixedValue is missing'],
    [
      'a ratio that does nothing',
      withStrategy({ mode: 'fixed', fixedValue: 1, ratio: 2 }),
      'ratio does nothing with "mode": "fixed"',
    ],
    ['a value that does nothing', withStrategy({ fixedValue: 2 }), 'fixedValue does nothing with "mode": "ratio"'],
    [
      'a mirror without a picture',
      withStrategy({ mode: 'mirror', legacy: 'on' }),
      'the older sender does not say what it holds',
    ],
    [
      'the older sender by Redis',
      { redis: { url: 'redis://h' }, strategies: [{ ...STRATEGY, legacy: 'on' }] },
      'speaks HTTP only',
    ],
    [
      'one name twice',
      {
        http: {},
        strategies: [
          { ...STRATEGY, cash: 1 },
          { name: '小市值', passphrase: OTHER_KEY, cash: 1 },
        ],
      },
      'strategies[1].name is the name of another strategy too',
    ],
    [
      'one key twice',
      {
        http: {},
        strategies: [
          { ...STRATEGY, cash: 1 },
          { name: 'b', passphrase: KEY, cash: 1 },
        ],
      },
      'is that of "小市值" too',
    ],
    [
      'two strategies without their parts',
      { http: {}, strategies: [STRATEGY, { name: 'b', passphrase: OTHER_KEY, cash: 1 }] },
      'strategies[0].cash is missing',
    ],
  ])('%s', (_, config, told) => {
    const lines = problems(config);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(told);
    expect(lines[0]).not.toContain(KEY);
  });
});

describe('the older sender', () => {
  const open = { host: '0.0.0.0' };

  test('is off unless it is said', () => {
    expect(read(withStrategy({}, open)).strategies[0]?.sender.legacy).toBe(false);
  });

  test('is refused on an open network', () => {
    expect(problems(withStrategy({ legacy: 'on' }, open))[0]).toMatch(
      /http\.host cannot be "0\.0\.0\.0" without "tls"/u,
    );
  });

  test('is said to give its key away at every start where it is allowed there all the same', () => {
    const { warnings } = read(
      withStrategy({ legacy: 'on', passphrase: 'short' }, { ...open, legacyOnOpenNetwork: true }),
    );
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('whoever overhears one packet has its key');
  });

  test('on this machine alone says what its tunnel must be', () => {
    expect(read(withStrategy({ legacy: 'on' })).warnings[0]).toContain('plain FRP is not');
  });

  test('behind TLS says nothing', () => {
    const tls = { cert: 'a.pem', key: 'b.pem' };
    expect(read(withStrategy({ legacy: 'on' }, { ...open, tls })).warnings).toEqual([]);
  });
});

test('every name of the schema says what to write', () => {
  for (const [place, fields] of Object.entries(OBJECTS))
    for (const [name, { want }] of Object.entries(fields)) expect(want, `${place}.${name}`).not.toBe('');
  expect(Object.keys(FollowSchema.shape)).toEqual(Object.keys(OBJECTS[''] ?? {}));
});
