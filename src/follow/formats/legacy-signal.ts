import type { Signal } from '../../domain/follow/signal.ts';
import { readSecurity } from '../../domain/market/symbol.ts';
import { isDay, parseChinaTime } from '../../domain/time.ts';
import { CLOCK_TOLERANCE_MS, notOfNow } from './reading.ts';
import type { Moment, Reading } from './reading.ts';

/** Names of the older sender's object that are needed; the others (filled, cost, fees, a constant) say nothing that is followed. */
const NEEDED = [
  '状态',
  '订单添加时间',
  '买卖',
  '下单数量',
  '股票代码',
  '订单ID',
  '平均成交价格',
  '多空',
  '时间戳',
] as const;
type Name = (typeof NEEDED)[number] | '已经成交';
type Values = Readonly<Record<Name, string>>;

/** States of a source's order that did nothing, however Python spells them. */
const DEAD = /(?:^|\.)(?:rejected|canceled|cancelled|failed|deleted)$/iu;
const LONGEST_ID = 64;

/** The object that the older sender signed, as a signal; an odd value is refused by its name. */
export function readLegacySignal(plain: Buffer, strategy: string, moment: Moment): Reading {
  const raw = plain.toString('utf8');
  const values = valuesOf(raw);
  const problem = typeof values === 'string' ? values : problemOf(values);
  const unusable = (code: string, reason: string): Reading => ({ kind: 'unusable', strategy, code, reason });
  const sentAt = typeof values === 'string' ? null : stampOf(values.时间戳);
  const old = sentAt === null ? null : notOfNow(sentAt, moment, CLOCK_TOLERANCE_MS);
  if (old !== null) return unusable(old.code, `时间戳: ${old.reason}`);
  if (typeof values === 'string' || sentAt === null || problem !== null)
    return unusable('BAD_SIGNAL', `${problem ?? ''}. Nothing is followed.`);
  return { kind: 'signal', signal: signalOf(values, { strategy, sentAt, receivedAt: moment.now, raw }) };
}

function signalOf(values: Values, rest: Pick<Signal, 'strategy' | 'sentAt' | 'receivedAt' | 'raw'>): Signal {
  return {
    ...rest,
    id: `${values.订单添加时间.slice(0, 10)}:${values.订单ID.trim()}`,
    security: readSecurity(values.股票代码)?.security ?? values.股票代码,
    side: values.买卖 === 'True' ? 'buy' : 'sell',
    amount: Number(values.下单数量),
    price: priceOf(values.平均成交价格),
    isClosing: null,
    picture: null,
  };
}

/** Each name with its text, or what is wrong. */
function valuesOf(raw: string): Values | string {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return 'What was signed is no JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'What was signed is no object';
  const given = new Map<string, unknown>(Object.entries(value));
  for (const name of NEEDED) if (typeof given.get(name) !== 'string') return `${name} is missing, or no text`;
  // All of them were looked at.
  return Object.fromEntries(given) as unknown as Values;
}

function problemOf(values: Values): string | null {
  const wrong = (name: Name, want: string): string =>
    `${name} cannot be ${JSON.stringify(values[name].slice(0, 40))}: ${want}`;
  if (!isDay(values.订单添加时间.slice(0, 10))) return wrong('订单添加时间', 'it begins with a day like 2026-03-02');
  if (values.买卖 !== 'True' && values.买卖 !== 'False')
    return wrong('买卖', 'it is True for a buy and False for a sell');
  if (!/^\d{1,9}(?:\.0+)?$/u.test(values.下单数量) || Number(values.下单数量) === 0)
    return wrong('下单数量', 'it is a whole number of shares above 0');
  if (readSecurity(values.股票代码) === null) return wrong('股票代码', 'it is a code like 000001.XSHE');
  if (values.多空 !== 'long') return wrong('多空', 'only long is followed');
  if (!isId(values.订单ID.trim())) return wrong('订单ID', `it is 1 to ${LONGEST_ID} letters, digits and signs`);
  if (!isPrice(values.平均成交价格)) return wrong('平均成交价格', 'it is a price, or 0 while there is none');
  if (stampOf(values.时间戳) === null) return wrong('时间戳', 'it is a time like 2026-03-02 09:31:00.123456');
  if (DEAD.test(values.状态) && !(Number(values.已经成交) > 0))
    return wrong('状态', "the source's own order came to nothing");
  return null;
}

function isId(text: string): boolean {
  return text.length <= LONGEST_ID && /^[\w.+=-]+$/u.test(text);
}

/** As Python writes a number that may be missing. */
function isPrice(text: string): boolean {
  return /^(?:None|nan|\d{1,7}(?:\.\d*)?(?:e-?\d+)?)$/iu.test(text.trim());
}

/** CNY; what was not filled yet has none. */
function priceOf(text: string): number | null {
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? value : null;
}

/** `str(datetime.now())`, which leaves out microseconds of 0. */
function stampOf(text: string): number | null {
  return /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/u.test(text.trim()) ? parseChinaTime(text) : null;
}
