import { chinaInstant, DAY } from '../../../domain/time.ts';
import { mix } from '../../../platform/random.ts';
import { curve, noise } from '../draws.ts';
import type { EventContext, EventRow } from './event-table.ts';
import { marketKey } from './links.ts';

/** Months are numbered from January of this year. */
const FIRST = 2003;
const MONTHS = 24 * 12;

/** A month of which the figures are known: those of a month are out `after` days of the next one. */
interface Month {
  readonly nth: number;
  readonly text: string;
  readonly key: number;
}

function* monthsKnown({ market, known }: EventContext, after: number, label: number): Generator<Month> {
  const key = mix(marketKey(market), label);
  for (let nth = 12; nth < MONTHS; nth += 1) {
    const next = nth + 1;
    const day = `${FIRST + Math.floor(next / 12)}-${String((next % 12) + 1).padStart(2, '0')}-01`;
    if (chinaInstant(day, '00:00') + (after - 1) * DAY > known) return;
    yield { nth, text: `${FIRST + Math.floor(nth / 12)}-${String((nth % 12) + 1).padStart(2, '0')}`, key };
  }
}

/** Purchasing managers tell on the first day of the next month. 50 = as before. */
export function* MAC_MANUFACTURING_PMI(context: EventContext): Generator<EventRow<'MAC_MANUFACTURING_PMI'>> {
  for (const { nth, text, key } of monthsKnown(context, 1, 1)) {
    const part = (label: number, shift: number): number =>
      tenth(50.3 + shift + 1.6 * curve(key, 1, 18, nth) + 0.6 * noise(key, label, nth));
    const [orders, produced, employed, delivery, stock] = [
      part(2, 0.4),
      part(3, 1),
      part(4, -1.8),
      part(5, -0.3),
      part(6, -2),
    ];
    yield {
      id: nth,
      stat_month: text,
      // The weights that are told for the index.
      pmi: tenth(0.3 * orders + 0.25 * produced + 0.2 * employed + 0.15 * (100 - delivery) + 0.1 * stock),
      produce_idx: produced,
      new_orders_idx: orders,
      new_export_orders_idx: part(7, -1.6),
      in_hand_orders_idx: part(8, -4.5),
      finished_produce_idx: part(9, -2.8),
      purchase_quantity_idx: part(10, 0.2),
      import_idx: part(11, -1.9),
      raw_material_purchase_price_idx: tenth(53 + 5 * curve(key, 12, 9, nth)),
      raw_material_idx: stock,
      employ_idx: employed,
      delivery_time_idx: delivery,
    };
  }
}

/** Consumer prices, told on the tenth of the next month: all three figures are of one level of prices. */
export function* MAC_CPI_MONTH(context: EventContext): Generator<EventRow<'MAC_CPI_MONTH'>> {
  for (const { nth, text, key } of monthsKnown(context, 10, 2)) {
    const level = (at: number): number =>
      Math.exp(0.0017 * at + 0.018 * curve(key, 1, 30, at) + 0.003 * noise(key, 2, at));
    const since = nth - (nth % 12);
    let [now, before] = [0, 0];
    for (let at = since; at <= nth; at += 1) [now, before] = [now + level(at), before + level(at - 12)];
    yield {
      id: nth,
      stat_month: text,
      area_code: '100000',
      area_name: '全国',
      cpi_month: tenth((100 * level(nth)) / level(nth - 1)),
      cpi_same_month: tenth((100 * level(nth)) / level(nth - 12)),
      cpi_acc: tenth((100 * now) / before),
    };
  }
}

/** Money in 亿, told in the middle of the next month; growth is that of the amounts. */
export function* MAC_MONEY_SUPPLY_MONTH(context: EventContext): Generator<EventRow<'MAC_MONEY_SUPPLY_MONTH'>> {
  for (const { nth, text, key } of monthsKnown(context, 15, 3)) {
    const m2 = (at: number): number =>
      Math.round(185_000 * Math.exp(0.0108 * at - 0.0000045 * at * at + 0.01 * curve(key, 1, 24, at)));
    const m1 = (at: number): number => Math.round(m2(at) * (0.34 + 0.03 * curve(key, 2, 36, at)));
    const m0 = (at: number): number => Math.round(m2(at) * (0.045 + 0.006 * noise(key, 3, at % 12)));
    const growth = (of: (at: number) => number): number => tenth((100 * of(nth)) / of(nth - 12) - 100);
    yield {
      id: nth,
      stat_month: text,
      m0: m0(nth),
      m0_yoy: growth(m0),
      m1: m1(nth),
      m1_yoy: growth(m1),
      m2: m2(nth),
      m2_yoy: growth(m2),
    };
  }
}

/** New financing of a month in 亿, told in the middle of the next one: most of it in the first month of a year. */
export function* MAC_SOCIAL_SCALE_FINANCE(context: EventContext): Generator<EventRow<'MAC_SOCIAL_SCALE_FINANCE'>> {
  for (const { nth, text, key } of monthsKnown(context, 15, 4)) {
    const season = nth % 12 === 0 ? 2 : nth % 3 === 2 ? 1.25 : 0.8;
    const total = Math.round(2500 * Math.exp(0.0085 * nth) * season * (1 + 0.2 * noise(key, 1, nth)));
    yield { id: nth, stat_month: text, total, rmb_loan: Math.round(total * (0.65 + 0.12 * noise(key, 2, nth))) };
  }
}

/** Product since January in 亿, told on the eighteenth after the quarter. */
export function* MAC_GDP_QUARTER(context: EventContext): Generator<EventRow<'MAC_GDP_QUARTER'>> {
  let sums: readonly [number, number, number] = [0, 0, 0];
  for (const { nth, text, key } of monthsKnown(context, 18, 5)) {
    if (nth % 3 !== 2) continue;
    const quarter = Math.floor(nth / 3) % 4;
    const all = 32_000 * Math.exp(0.0078 * nth) * (0.88 + 0.08 * quarter) * (1 + 0.01 * noise(key, 1, nth));
    const primary = Math.round(all * (0.045 + 0.025 * quarter));
    const secondary = Math.round(all * 0.41);
    const tertiary = Math.round(all) - primary - secondary;
    const [a, b, c] = quarter === 0 ? [0, 0, 0] : sums;
    sums = [a + primary, b + secondary, c + tertiary];
    const [first, second, third] = sums;
    yield {
      id: nth,
      stat_quarter: text,
      gdp: first + second + third,
      primary: first,
      secondary: second,
      tertiary: third,
    };
  }
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
