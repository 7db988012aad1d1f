import { talib } from '../indicators/talib/index.ts';
import { attribute_history } from '../api/history.ts';
import type { BarField } from '../objects/bars.ts';
import type { Bound } from '../api/arguments.ts';
import { above, below, between, NUMBER, number, RANGE, SECURITY, whole, wizard } from './define.ts';
import type { More } from './define.ts';

/** The values of a line, oldest first: of bars as many as JoinQuant's wizard reads for it. */
type Line = (security: string, n: number) => Float64Array;

function bars(security: string, count: number, fields: readonly BarField[]): Float64Array[] {
  const table = attribute_history(security, count, { fields, df: false });
  return fields.map((field) => table[field] ?? new Float64Array(0));
}

function ofCloses(
  factor: number,
  run: (close: Float64Array, n: number) => Float64Array,
  field: BarField = 'close',
): Line {
  return (security, n) => run(bars(security, n * factor, [field])[0] ?? new Float64Array(0), n);
}

function ofPrices(run: (high: Float64Array, low: Float64Array, close: Float64Array, n: number) => Float64Array): Line {
  return (security, n) => {
    const none = new Float64Array(0);
    const [high = none, low = none, close = none] = bars(security, n * 2, ['high', 'low', 'close']);
    return run(high, low, close, n);
  };
}

type Period = { readonly timeperiod?: number };
type Against = (security: string, value: number, timeperiod?: number | Period) => boolean;
type Inside = (security: string, value: readonly [number, number], timeperiod?: number | Period) => boolean;

function against(name: string, line: Line, fallback: number, more: More): Against {
  return wizard(name, { security: SECURITY, value: NUMBER, timeperiod: whole(fallback) }, (a) =>
    more(line(a.security, a.timeperiod).at(-1) ?? NaN, a.value),
  );
}

function inside(name: string, line: Line, fallback: number): Inside {
  return wizard(name, { security: SECURITY, value: RANGE, timeperiod: whole(fallback) }, (a) =>
    between(line(a.security, a.timeperiod).at(-1) ?? NaN, a.value),
  );
}

type Pair = (
  security: string,
  ...rest: (number | { readonly short_timeperiod?: number; readonly long_timeperiod?: number })[]
) => boolean;
type Judgement = (now: readonly [number, number], before: readonly [number, number]) => boolean;

const crossedUp: Judgement = ([a, b], [c, d]) => a > b && c < d;
const crossedDown: Judgement = ([a, b], [c, d]) => a < b && c > d;
const over: Judgement = ([a, b]) => a > b;
const under: Judgement = ([a, b]) => a < b;

function last(line: Float64Array, back = 1): number {
  return line.at(-back) ?? NaN;
}

function pair(name: string, line: Line, judge: Judgement): Pair {
  const map = { security: SECURITY, short_timeperiod: whole(5), long_timeperiod: whole(10) };
  return wizard(name, map, (a) => {
    const [short, long] = [line(a.security, a.short_timeperiod), line(a.security, a.long_timeperiod)];
    return judge([last(short), last(long)], [last(short, 2), last(long, 2)]);
  });
}

const ma = ofCloses(2, (x, n) => talib.MA(x, n));
const ema = ofCloses(2, (x, n) => talib.EMA(x, n));
const money = ofCloses(2, (x, n) => talib.MA(x, n), 'money');
const volume = ofCloses(2, (x, n) => talib.MA(x, n), 'volume');
const rsi = ofCloses(20, (x, n) => talib.RSI(x, n));
const cci = ofPrices((high, low, close, n) => talib.CCI(high, low, close, n));
const atr = ofPrices((high, low, close, n) => talib.ATR(high, low, close, n));

export const MA_judge_dayu = against('MA_judge_dayu', ma, 5, above);
export const MA_judge_xiaoyu = against('MA_judge_xiaoyu', ma, 5, below);
export const MA_judge_qujian = inside('MA_judge_qujian', ma, 5);
export const MA_judge_jincha = pair('MA_judge_jincha', ma, crossedUp);
export const MA_judge_sicha = pair('MA_judge_sicha', ma, crossedDown);
export const MA_judge_duotou = pair('MA_judge_duotou', ma, over);
export const MA_judge_kongtou = pair('MA_judge_kongtou', ma, under);

export const EMA_judge_dayu = against('EMA_judge_dayu', ema, 30, above);
export const EMA_judge_xiaoyu = against('EMA_judge_xiaoyu', ema, 30, below);
export const EMA_judge_qujian = inside('EMA_judge_qujian', ema, 30);
export const EMA_judge_jincha = pair('EMA_judge_jincha', ema, crossedUp);
export const EMA_judge_sicha = pair('EMA_judge_sicha', ema, crossedDown);
export const EMA_judge_duotou = pair('EMA_judge_duotou', ema, over);
export const EMA_judge_kongtou = pair('EMA_judge_kongtou', ema, under);

export const MA_MONEY_judge_dayu = against('MA_MONEY_judge_dayu', money, 5, above);
export const MA_MONEY_judge_xiaoyu = against('MA_MONEY_judge_xiaoyu', money, 5, below);
export const MA_MONEY_judge_qujian = inside('MA_MONEY_judge_qujian', money, 5);
export const MA_MONEY_judge_jincha = pair('MA_MONEY_judge_jincha', money, crossedUp);
export const MA_MONEY_judge_sicha = pair('MA_MONEY_judge_sicha', money, crossedDown);
export const MA_MONEY_judge_duotou = pair('MA_MONEY_judge_duotou', money, over);
export const MA_MONEY_judge_kongtou = pair('MA_MONEY_judge_kongtou', money, under);

export const MA_VOLUME_judge_dayu = against('MA_VOLUME_judge_dayu', volume, 5, above);
export const MA_VOLUME_judge_xiaoyu = against('MA_VOLUME_judge_xiaoyu', volume, 5, below);
export const MA_VOLUME_judge_qujian = inside('MA_VOLUME_judge_qujian', volume, 5);
export const MA_VOLUME_judge_jincha = pair('MA_VOLUME_judge_jincha', volume, crossedUp);
export const MA_VOLUME_judge_sicha = pair('MA_VOLUME_judge_sicha', volume, crossedDown);
export const MA_VOLUME_judge_duotou = pair('MA_VOLUME_judge_duotou', volume, over);
export const MA_VOLUME_judge_kongtou = pair('MA_VOLUME_judge_kongtou', volume, under);

export const RSI_judge_dayu = against('RSI_judge_dayu', rsi, 14, above);
export const RSI_judge_xiaoyu = against('RSI_judge_xiaoyu', rsi, 14, below);
export const RSI_judge_qujian = inside('RSI_judge_qujian', rsi, 14);
export const CCI_judge_dayu = against('CCI_judge_dayu', cci, 14, above);
export const CCI_judge_xiaoyu = against('CCI_judge_xiaoyu', cci, 14, below);
export const CCI_judge_qujian = inside('CCI_judge_qujian', cci, 14);
export const ATR_judge_dayu = against('ATR_judge_dayu', atr, 14, above);
export const ATR_judge_xiaoyu = against('ATR_judge_xiaoyu', atr, 14, below);
export const ATR_judge_qujian = inside('ATR_judge_qujian', atr, 14);

type MacdOptions = { readonly fastperiod?: number; readonly slowperiod?: number; readonly signalperiod?: number };
type Macd = (security: string, ...rest: (number | MacdOptions)[]) => boolean;

const MACD_PERIODS = { fastperiod: whole(12), slowperiod: whole(26), signalperiod: whole(9) };

function macd(name: string, judge: Judgement): Macd {
  return wizard(name, { security: SECURITY, ...MACD_PERIODS }, (a) => {
    const [close = new Float64Array(0)] = bars(a.security, a.slowperiod * 2, ['close']);
    const [dif, dea] = talib.MACDEXT(close, a.fastperiod, 1, a.slowperiod, 1, a.signalperiod, 1);
    return judge([last(dif), last(dea)], [last(dif, 2), last(dea, 2)]);
  });
}

/** The fast line of MACD against the slow one. */
export const MACD_judge_jincha = macd('MACD_judge_jincha', crossedUp);
export const MACD_judge_sicha = macd('MACD_judge_sicha', crossedDown);
export const MACD_judge_duotou = macd('MACD_judge_duotou', over);
export const MACD_judge_kongtou = macd('MACD_judge_kongtou', under);

const BANDS = { timeperiod: whole(5), nbdevup: number(2), nbdevdn: number(2) };
type Bands = { readonly timeperiod?: number; readonly nbdevup?: number; readonly nbdevdn?: number };
type Band<V> = (security: string, value: V, ...rest: (number | Bands)[]) => boolean;

/** One of the upper, the middle and the lower band. */
function bandOf(which: 0 | 1 | 2, a: Bound<typeof BANDS> & { readonly security: string }): number {
  const [close = new Float64Array(0)] = bars(a.security, a.timeperiod * 2, ['close']);
  return last(talib.BBANDS(close, a.timeperiod, a.nbdevup, a.nbdevdn)[which]);
}

function band(name: string, which: 0 | 1 | 2, more: More): Band<number> {
  return wizard(name, { security: SECURITY, value: NUMBER, ...BANDS }, (a) => more(bandOf(which, a), a.value));
}

function bandInside(name: string, which: 0 | 1 | 2): Band<readonly [number, number]> {
  return wizard(name, { security: SECURITY, value: RANGE, ...BANDS }, (a) => between(bandOf(which, a), a.value));
}

export const BBands_upperband_judge_dayu = band('BBands_upperband_judge_dayu', 0, above);
export const BBands_upperband_judge_xiaoyu = band('BBands_upperband_judge_xiaoyu', 0, below);
export const BBands_upperband_judge_qujian = bandInside('BBands_upperband_judge_qujian', 0);
export const BBands_middleband_judge_dayu = band('BBands_middleband_judge_dayu', 1, above);
export const BBands_middleband_judge_xiaoyu = band('BBands_middleband_judge_xiaoyu', 1, below);
export const BBands_middleband_judge_qujian = bandInside('BBands_middleband_judge_qujian', 1);
export const BBands_lowerband_judge_dayu = band('BBands_lowerband_judge_dayu', 2, above);
export const BBands_lowerband_judge_xiaoyu = band('BBands_lowerband_judge_xiaoyu', 2, below);
export const BBands_lowerband_judge_qujian = bandInside('BBands_lowerband_judge_qujian', 2);
