import { LEFT_OUT } from './known-keys.ts';
import { bad, countOf, listOf, textOf } from './older-settings.ts';
import type { OlderSettings } from './older-settings.ts';

/** Our configuration, made of the older receiver's files. */
export interface ImportedConfig {
  /** The text of the file, with comments. Holds the passphrase when `解码令牌` was set. */
  readonly text: string;
  /** One line for each name: `taken`, `other` (means something else here) or `left` (out). */
  readonly told: readonly ToldName[];
}

export interface ToldName {
  readonly kind: 'taken' | 'other' | 'left';
  readonly key: string;
  readonly text: string;
}

interface OlderStrategy {
  readonly name: string;
  readonly ratio: number;
}

/** What the older receiver had always: not in its files. */
const ALWAYS = { requoteSeconds: 30, requoteTimes: 5, rate: 60, port: 8888 };
const MOST_TIMES = 100;
const MOST_RATE = 100_000;

/** Makes a configuration of 聚宽跟单设置.json and 分析配置.json. Throws BtError BAD_CONFIG for a value that makes no sense. */
export function importConfig(settings: OlderSettings): ImportedConfig {
  const strategies = strategiesOf(settings);
  const token = textOf(settings, '解码令牌');
  const port = countOf(settings, '端口', 65_535);
  const rate = countOf(settings, '每分钟最大请求数', MOST_RATE);
  const times = countOf(settings, '最大重新下单次数', MOST_TIMES);
  const text = written({
    port: port ?? ALWAYS.port,
    rate: Math.max(1, rate ?? ALWAYS.rate),
    times: times ?? ALWAYS.requoteTimes,
    strategies,
    token,
  });
  return { text, told: [...taken(settings, strategies, token), ...leftOut(settings)] };
}

function strategiesOf(settings: OlderSettings): OlderStrategy[] {
  const names = listOf(settings, '策略名称');
  const ratios = listOf(settings, '策略跟单比例');
  if (names.length === 0)
    throw bad('策略名称', settings.get('策略名称') ?? null, 'the names of the strategies as a list');
  return names.map((name, place) => {
    if (typeof name !== 'string' || name.trim() === '') throw bad('策略名称', name, 'a text for each name');
    const ratio = Number(ratios[place] ?? ratios[0] ?? 1);
    if (!(ratio > 0)) throw bad('策略跟单比例', ratios[place], 'a number above 0 for each strategy');
    return { name: name.trim().replaceAll(/[:/\\]/gu, '-'), ratio };
  });
}

interface Written {
  readonly port: number;
  readonly rate: number;
  readonly times: number;
  readonly strategies: readonly OlderStrategy[];
  readonly token: string | null;
}

function written({ port, rate, times, strategies, token }: Written): string {
  return `{
  // bt follow's configuration; docs/joinquant.md explains every name.
  "http": {
    "host": "127.0.0.1",
    "port": ${port},
    "rateLimitPerKey": ${rate}
  },
  "strategies": [
${strategies.map((strategy, place) => strategyText(strategy, place, times, token, strategies.length > 1)).join(',\n')}
  ]
}
`;
}

function strategyText(
  { name, ratio }: OlderStrategy,
  place: number,
  times: number,
  token: string | null,
  isOneOfSeveral: boolean,
): string {
  const key = place === 0 && token !== null ? JSON.stringify(token) : `{ "env": "${variableOf(place)}" }`;
  const lines = [
    `"name": ${JSON.stringify(name)}`,
    `"passphrase": ${key}`,
    '"legacy": "on"',
    `"mode": "ratio"`,
    `"ratio": ${ratio}`,
    ...(isOneOfSeveral
      ? ['// CNY that this strategy may use: write its part of the account.\n      "cash": null']
      : []),
    '"outsideHours": "refuse"',
    `"requote": { "afterSeconds": ${ALWAYS.requoteSeconds}, "times": ${times} }`,
  ];
  return `    {\n      ${lines.join(',\n      ')}\n    }`;
}

/** Where the key of a strategy is looked for when the files had none for it. */
function variableOf(place: number): string {
  return place === 0 ? 'FOLLOW_PASSPHRASE' : `FOLLOW_PASSPHRASE_${place + 1}`;
}

function taken(settings: OlderSettings, strategies: readonly OlderStrategy[], token: string | null): ToldName[] {
  const others = strategies.length - 1;
  const found: (ToldName | null)[] = [
    told(settings, '端口', 'taken', '"http": "port"'),
    told(settings, '策略名称', others === 0 ? 'taken' : 'other', namesText(others)),
    told(settings, '策略跟单比例', others === 0 ? 'taken' : 'other', ratioText(others)),
    token === null
      ? {
          kind: 'other',
          key: '解码令牌',
          text: `it is empty: write the sender's password as ${variableOf(0)} into .env.local`,
        }
      : { kind: 'taken', key: '解码令牌', text: '"passphrase" of the first strategy, with "legacy": "on"' },
    told(
      settings,
      '最大重新下单次数',
      'taken',
      '"requote": "times" (an order is cancelled first, and its end waited for)',
    ),
    told(
      settings,
      '每分钟最大请求数',
      'other',
      '"rateLimitPerKey": it counts by key, not by address, which a tunnel hides',
    ),
  ];
  return found.filter((each) => each !== null);
}

function namesText(others: number): string {
  return others === 0
    ? '"name"'
    : `"name": there all signals ran as the first; here each of the other ${others} needs a sender with a key of its own (${variableOf(1)} …)`;
}

function ratioText(others: number): string {
  return others === 0
    ? '"ratio"'
    : '"ratio": there all signals ran with the first; here each strategy has its own, and its "cash"';
}

function told(settings: OlderSettings, key: string, kind: ToldName['kind'], text: string): ToldName | null {
  return settings.has(key) ? { kind, key, text } : null;
}

/** What is in the files and not here; of what nobody knows too. */
function leftOut(settings: OlderSettings): ToldName[] {
  const known = new Map(LEFT_OUT.map(({ key, leftOut }) => [key, leftOut]));
  const used = ['端口', '策略名称', '策略跟单比例', '解码令牌', '最大重新下单次数', '每分钟最大请求数'];
  return [...settings.keys()]
    .filter((key) => !used.includes(key))
    .map((key) => ({ kind: 'left', key, text: known.get(key) ?? 'nothing is known of this name' }));
}
