import { BtError } from '../errors.ts';

export type Exchange = 'XSHG' | 'XSHE' | 'BJSE';

export interface Security {
  /** Canonical spelling: `600000.XSHG`, `000001.XSHE`, `830799.BJ`. */
  readonly security: string;
  /** Six digits. */
  readonly number: string;
  readonly exchange: Exchange;
}

const SUFFIXES: Readonly<Record<string, Exchange>> = {
  XSHG: 'XSHG',
  SH: 'XSHG',
  XSHE: 'XSHE',
  SZ: 'XSHE',
  BJ: 'BJSE',
  XBSE: 'BJSE',
  BJSE: 'BJSE',
};

const CANONICAL_SUFFIX = { XSHG: 'XSHG', XSHE: 'XSHE', BJSE: 'BJ' } as const;
const QMT_SUFFIX = { XSHG: 'SH', XSHE: 'SZ', BJSE: 'BJ' } as const;

/** Reads `000001.XSHE`, `000001.SZ`, `600000.sh`, `830799.BJ`, `830799.XBSE`; BtError BAD_SECURITY for anything else. */
export function parseSecurity(text: string): Security {
  const read = readSecurity(text);
  if (read === null) throw badSecurity(text);
  return read;
}

/** A day's lists name the same few codes ten thousand times. */
const known = new Map<string, Security | null>();
const MOST_KNOWN = 10_000;
const LONGEST_KNOWN = 16;

/** As `parseSecurity`; null for anything else. */
export function readSecurity(text: string): Security | null {
  const before = known.get(text);
  if (before !== undefined) return before;
  const read = readAnew(text);
  if (known.size >= MOST_KNOWN) known.clear();
  if (text.length <= LONGEST_KNOWN) known.set(text, read);
  return read;
}

function readAnew(text: string): Security | null {
  const match = /^(\d{6})\.([A-Z]{2,4})$/.exec(text.trim().toUpperCase());
  const exchange = match === null ? undefined : SUFFIXES[match[2] ?? ''];
  const number = match?.[1];
  return exchange === undefined || number === undefined ? null : security(number, exchange);
}

/** The canonical spelling of a security written in any known way; BtError BAD_SECURITY when it is none. */
export function canonicalSecurity(text: string): string {
  return parseSecurity(text).security;
}

/** Whether it is a security's code in any known spelling: gateways also list what is none. */
export function isSecurity(text: string): boolean {
  return readSecurity(text) !== null;
}

/** QMT's spelling, e.g. `000001.SZ`, `600000.SH`, `830799.BJ`; BtError BAD_SECURITY for a malformed security. */
export function toQmtCode(text: string): string {
  const { number, exchange } = parseSecurity(text);
  return `${number}.${QMT_SUFFIX[exchange]}`;
}

/**
 * JoinQuant's `normalize_code`: `'000001'`, `'SZ000001'`, `'000001SZ'`, `'000001.sz'`, `1` → `'000001.XSHE'`.
 * Without a market the number decides (a stock, fund or bond, never an index). BtError BAD_SECURITY when there is no code in it.
 */
export function normalizeCode(code: string | number): string {
  const text = typeof code === 'number' ? String(code).padStart(6, '0') : code.trim().toUpperCase();
  const match = /^(?:(SH|SZ|BJ)\.?)?(\d{6})(?:\.?(XSHG|XSHE|XBSE|BJSE|SH|SZ|BJ))?$/.exec(text);
  const number = match?.[2];
  if (number === undefined) throw badSecurity(String(code));
  const [before, after] = [match?.[1], match?.[3]].map((s) => (s === undefined ? undefined : SUFFIXES[s]));
  if (before !== undefined && after !== undefined && before !== after) throw badSecurity(String(code));
  return security(number, before ?? after ?? guessExchange(number)).security;
}

function security(number: string, exchange: Exchange): Security {
  return { security: `${number}.${CANONICAL_SUFFIX[exchange]}`, number, exchange };
}

/**
 * JoinQuant takes 500000 and above for Shanghai, everything else for Shenzhen; that misses Beijing (4, 8, 92), Shanghai's
 * convertible bonds (110, 111, 113, 118), exchangeable bonds (132) and repos (204), which no Shenzhen security shares.
 */
function guessExchange(number: string): Exchange {
  if (/^(4|8|92)/.test(number)) return 'BJSE';
  if (/^(5|6|7|9|110|111|113|118|132|204)/.test(number)) return 'XSHG';
  return 'XSHE';
}

// Spellings of JoinQuant, QMT and others for what is not traded on the three exchanges in six digits.
const OTHER_KINDS: readonly (readonly [RegExp, string])[] = [
  [/\.(CCFX|CFFEX|IF|XSGE|SHFE|SF|XDCE|DCE|DF|XZCE|CZCE|ZF|XINE|INE|GFEX|GF)$/, 'a future'],
  [/^\d{8}\.(XSHG|SH|XSHE|SZ|SHO|SZO)$|-[CP]-|[CP]\d{4}M\d{5}/, 'an option'],
  [/^\d{6}\.(OF|OFCN)$/, 'a fund that is not listed'],
  [/\.(NEEQ|NQ)$/, 'a share of the NEEQ (新三板)'],
  [/\.(XHKG|HK|HGT|SGT)$/, 'a Hong Kong share'],
  [/\.(US|O|N)$|^US_/, 'a share of the United States'],
  [/\.(IB|CFETS)$/, 'a bond of the interbank market'],
];

function badSecurity(text: string): BtError {
  const kind = OTHER_KINDS.find(([spelling]) => spelling.test(text.trim().toUpperCase()))?.[1];
  const what = kind === undefined ? 'is not a security' : `is ${kind}, which is not served here`;
  return new BtError(
    'BAD_SECURITY',
    `"${text}" ${what}: write six digits and the market, like 600000.XSHG, 000001.XSHE or 830799.BJ (also .SH, .SZ, .XBSE).`,
    { fault: 'strategy', details: { security: text } },
  );
}
