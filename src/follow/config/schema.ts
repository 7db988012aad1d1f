import * as z from 'zod';
import { BtError } from '../../domain/errors.ts';
import { normalizeCode } from '../../domain/market/symbol.ts';
import { field, flag, money, objectOf } from './fields.ts';
import type { Fields } from './fields.ts';

/** A secret as itself, or the variable that holds it. */
const secret = z.union([z.string().min(1), z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/u) })]);
const port = z.number().int().min(0).max(65_535);
const seconds = z.number().finite().positive().max(86_400);
const text = z.string().trim().min(1);

/** A code in any spelling, as JoinQuant's. */
const code = z.string().transform((written, context) => {
  try {
    return normalizeCode(written);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof BtError ? error.message : 'no code' });
    return z.NEVER;
  }
});

const REQUOTE = {
  afterSeconds: field(seconds.default(30), 'seconds above 0, for example 30'),
  times: field(z.number().int().min(0).max(100).default(5), 'how often an order is made anew, 0 to 100; 0 = never'),
  totalSeconds: field(seconds.default(300), 'seconds above 0, for example 300'),
} satisfies Fields;

/** Beyond it a point is missing. */
const MOST_RATIO = 1000;

/** Behind it sells that are under way are waited for, to their end: some time must be left for that. */
const MOST_ROTATION_SECONDS = 10;

const STRATEGY = {
  name: field(
    text.max(40).regex(/^[^\p{C}:/\\]+$/u),
    'the name its signals come under, at most 40 characters, without : / and \\',
  ),
  passphrase: field(secret, 'the passphrase of its sender, or { "env": "NAME" } for a variable that holds it'),
  legacy: field(
    z.enum(['off', 'on']).default('off'),
    '"on" where the signals come from the sender that was there before bt, else "off"',
  ),
  mode: field(
    z.enum(['ratio', 'fixed', 'mirror']).default('ratio'),
    '"ratio" (its shares times ratio), "fixed" (fixedValue CNY a buy) or "mirror" (its weights)',
  ),
  ratio: field(
    z.number().finite().positive().max(MOST_RATIO).nullable().default(null),
    'a number above 0, for example 0.5',
  ),
  fixedValue: field(money.nullable().default(null), 'CNY a buy, for example 20000'),
  cash: field(money.nullable().default(null), 'CNY that this strategy may use, or null for the whole account'),
  allow: field(z.array(code).default([]), 'a list of codes like "000001.XSHE"; [] = all'),
  deny: field(z.array(code).default([]), 'a list of codes like "000001.XSHE"'),
  sides: field(z.enum(['both', 'buy', 'sell']).default('both'), '"both", "buy" or "sell"'),
  maxOrderValue: field(money.nullable().default(null), 'CNY an order, or null for no limit'),
  maxDayValue: field(money.nullable().default(null), 'CNY of buys a day, or null for no limit'),
  oddLots: field(flag.default(true), 'true (odd shares are sold with the rest of a holding) or false'),
  smallLots: field(
    z.enum(['skip', 'roundUp', 'collect']).default('skip'),
    '"skip", "roundUp" (one lot) or "collect" (until it makes one)',
  ),
  price: field(
    z.enum(['signal', 'opponent', 'market']).default('signal'),
    '"signal" (the source\'s price), "opponent" (the best price of the other side) or "market"',
  ),
  slippage: field(z.number().min(0).max(0.1).default(0.003), 'a part of the price from 0 to 0.1: 0.003 is 0.3 %'),
  maxAgeSeconds: field(seconds.default(60), 'seconds above 0, for example 60'),
  outsideHours: field(z.enum(['refuse', 'queue']).default('refuse'), '"refuse" or "queue" (to the next opening)'),
  rotationSeconds: field(
    z.number().min(0).max(MOST_ROTATION_SECONDS).default(1),
    `seconds from 0 to ${MOST_ROTATION_SECONDS} for which a buy waits for sells that come with it; 0 = it does not wait`,
  ),
  requote: field(objectOf(REQUOTE).prefault({}), 'an object with afterSeconds, times and totalSeconds'),
} satisfies Fields;

const TLS = {
  cert: field(text, 'the path of a certificate (PEM)'),
  key: field(text, 'the path of its key (PEM)'),
} satisfies Fields;

const HTTP = {
  host: field(text.default('127.0.0.1'), 'the address to listen on; 127.0.0.1 = this machine only'),
  port: field(port.default(8888), 'a port from 0 to 65535; 0 = any free one'),
  path: field(text.regex(/^\/[\w\-./]*$/u).default('/api/order'), 'a path like /api/order'),
  tls: field(objectOf(TLS).nullable().default(null), 'an object with cert and key, or null for none'),
  rateLimitPerKey: field(
    z.number().int().min(1).max(100_000).default(600),
    'how many signals of one strategy a minute are taken, 1 to 100000',
  ),
  legacyOnOpenNetwork: field(
    flag.default(false),
    'true only if packets of the older sender may cross a network that others can listen to: one of them gives its key away',
  ),
} satisfies Fields;

const REDIS = {
  url: field(
    z.union([z.string().regex(/^rediss?:\/\/\S+$/u), z.strictObject({ env: z.string().min(1) })]),
    'redis://HOST:6379/0 (rediss:// with TLS), or { "env": "NAME" } where the address holds a password',
  ),
  stream: field(text.default('bt-signals'), 'the key of the stream'),
  group: field(text.default('bt-follow'), 'the name of the consumer group'),
  consumer: field(text.default('follower'), 'the name of this follower in its group'),
} satisfies Fields;

const CONFIG = {
  account: field(
    text
      .regex(/^[^\s@=,]+$/u)
      .nullable()
      .default(null),
    'the alias of an account of the gateway, like "main", or null for that of the settings',
  ),
  http: field(objectOf(HTTP).nullable().default(null), 'an object, {} for the defaults, or null for no HTTP'),
  redis: field(objectOf(REDIS).nullable().default(null), 'an object with a url, or null for no Redis'),
  files: field(text.nullable().default('follow-files'), "the folder of the day's files, or null for none"),
  strategies: field(z.array(objectOf(STRATEGY)).min(1), 'a list of at least one strategy'),
} satisfies Fields;

export const FollowSchema = objectOf(CONFIG);

/** The file as it is written down, with what stands for what was left out. */
export type WrittenConfig = z.output<typeof FollowSchema>;
export type WrittenStrategy = WrittenConfig['strategies'][number];

/** Objects by their path, without the places in lists. */
export const OBJECTS: Readonly<Record<string, Fields>> = {
  '': CONFIG,
  http: HTTP,
  'http.tls': TLS,
  redis: REDIS,
  strategies: STRATEGY,
  'strategies.requote': REQUOTE,
  'strategies.passphrase': { env: field(z.string(), 'the name of a variable, for example FOLLOW_PASSPHRASE') },
  'redis.url': { env: field(z.string(), 'the name of a variable, for example FOLLOW_REDIS_URL') },
};
