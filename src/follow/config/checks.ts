import { isIP } from 'node:net';
import type { FollowConfig } from './config.ts';
import type { JsonPath } from './json-document.ts';
import type { WrittenConfig } from './schema.ts';

export interface Problem {
  readonly path: JsonPath;
  readonly problem: string;
}

/** A key is as strong as what it is made of: 16 characters of chance are beyond guessing. */
const SHORTEST_PASSPHRASE = 16;

/** What is wrong between parts that are right by themselves. */
export function problemsOf(config: FollowConfig, written: WrittenConfig): Problem[] {
  return [
    ...waysIn(config),
    ...names(config),
    ...keys(config),
    ...modes(config),
    ...unused(written),
    ...(isLegacyInTheOpen(config) && written.http?.legacyOnOpenNetwork === false ? [legacyInTheOpen(config)] : []),
    ...(written.redis !== null && config.redis?.url !== '' && URL.parse(config.redis?.url ?? '') === null
      ? [{ path: ['redis', 'url'], problem: 'is no address: write redis://HOST:6379/0' }]
      : []),
  ];
}

function waysIn({ http, redis, strategies }: FollowConfig): Problem[] {
  if (http === null && redis === null)
    return [{ path: [], problem: 'names no way in: write "http": {} or "redis": { "url": … }' }];
  const legacy = strategies.findIndex(({ sender }) => sender.legacy);
  if (http !== null || legacy === -1) return [];
  const problem = 'cannot be "on" without "http": the older sender speaks HTTP only';
  return [{ path: ['strategies', legacy, 'legacy'], problem }];
}

function names({ strategies }: FollowConfig): Problem[] {
  return strategies.flatMap(({ rules }, place) =>
    strategies.findIndex((other) => other.rules.name === rules.name) === place
      ? []
      : [{ path: ['strategies', place, 'name'], problem: 'is the name of another strategy too: write another one' }],
  );
}

function keys({ strategies }: FollowConfig): Problem[] {
  return strategies.flatMap(({ sender }, place) => {
    const path = ['strategies', place, 'passphrase'];
    const { passphrase, legacy } = sender;
    // What is not there was told where it was looked for.
    if (passphrase === '') return [];
    if (!legacy && Array.from(passphrase).length < SHORTEST_PASSPHRASE) {
      const problem = `is shorter than ${SHORTEST_PASSPHRASE} characters and can be guessed: write at least as many, by chance`;
      return [{ path, problem }];
    }
    const first = strategies.findIndex((other) => other.sender.passphrase === passphrase);
    if (first === place) return [];
    const whose = strategies[first]?.rules.name ?? '';
    return [
      {
        path,
        problem: `is that of ${JSON.stringify(whose)} too, so that a signal's strategy cannot be told: write another one`,
      },
    ];
  });
}

function modes({ strategies }: FollowConfig): Problem[] {
  return strategies.flatMap(({ rules, sender }, place) => [
    ...(rules.mode === 'fixed' && rules.fixedValue === null
      ? [{ path: ['strategies', place, 'fixedValue'], problem: 'is missing: "mode": "fixed" needs the CNY of a buy' }]
      : []),
    ...(rules.mode === 'mirror' && sender.legacy
      ? [
          {
            path: ['strategies', place, 'mode'],
            problem: 'cannot be "mirror" with "legacy": the older sender does not say what it holds',
          },
        ]
      : []),
    ...(strategies.length > 1 && rules.cash === null
      ? [
          {
            path: ['strategies', place, 'cash'],
            problem: 'is missing: where several strategies share an account each needs its part in CNY',
          },
        ]
      : []),
    ...rules.deny
      .filter((code) => rules.allow.includes(code))
      .map((code) => ({
        path: ['strategies', place, 'deny'],
        problem: `names ${code}, which "allow" names too: keep one`,
      })),
  ]);
}

/** What would be read and do nothing. */
function unused({ strategies }: WrittenConfig): Problem[] {
  return strategies.flatMap(({ mode, ratio, fixedValue }, place) => [
    ...(mode !== 'ratio' && ratio !== null
      ? [
          {
            path: ['strategies', place, 'ratio'],
            problem: `does nothing with "mode": "${mode}": take it out, or write "mode": "ratio"`,
          },
        ]
      : []),
    ...(mode !== 'fixed' && fixedValue !== null
      ? [
          {
            path: ['strategies', place, 'fixedValue'],
            problem: `does nothing with "mode": "${mode}": take it out, or write "mode": "fixed"`,
          },
        ]
      : []),
  ]);
}

function isLegacyInTheOpen({ http, strategies }: FollowConfig): boolean {
  return http !== null && http.tls === null && !isLoopback(http.host) && strategies.some(({ sender }) => sender.legacy);
}

function legacyInTheOpen({ http }: FollowConfig): Problem {
  const problem = `cannot be ${JSON.stringify(http?.host)} without "tls" while a strategy has "legacy": "on": one packet of the older sender that is overheard gives its key away. Listen on 127.0.0.1 behind a tunnel, write "tls", or "legacyOnOpenNetwork": true`;
  return { path: ['http', 'host'], problem };
}

/** What a start says each time. */
export function warningsOf(config: FollowConfig): string[] {
  const legacy = config.strategies.filter(({ sender }) => sender.legacy).map(({ rules }) => rules.name);
  if (legacy.length === 0) return [];
  const whose = legacy.map((name) => JSON.stringify(name)).join(', ');
  if (isLegacyInTheOpen(config))
    return [
      `The signals of ${whose} come by the older sender over an open network (legacyOnOpenNetwork): whoever overhears one packet has its key and can send orders of his own. Use helpers/joinquant/bt_signal.py, TLS or a tunnel.`,
    ];
  return config.http?.tls === null
    ? [
        `The signals of ${whose} come by the older sender: one packet that is overheard gives its key away. A tunnel must be closed to others over its whole way (SSH, or FRP with TLS from the sender on); plain FRP is not.`,
      ]
    : [];
}

/** Whether only this machine's own programs reach it. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1' || host === '[::1]') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}
