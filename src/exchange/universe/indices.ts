import { shareSteps, sharesOn } from '../company/shares.ts';
import { closesOf, closeTicks } from '../daily-close.ts';
import { payout } from '../ex-rights.ts';
import { isListedOn } from '../instrument.ts';
import type { Instrument } from '../instrument.ts';
import { indexRule } from './index-rows.ts';
import type { IndexRule } from './index-rows.ts';
import { Reviews } from './reviews.ts';
import type { Period, StockList } from './reviews.ts';

/** Days of an index that are computed together. */
const BLOCK = 32;

export interface Weight {
  readonly instrument: Instrument;
  /** Per cent. */
  readonly weight: number;
}

/**
 * Indices as the sums of their members. An index moves from day to day as the value of its members' tradable shares does, what they
 * pay out left aside; its level is that of its listing on the anchor day, chained from there to both sides.
 */
export class Indices {
  readonly #list: StockList;
  readonly #anchor: number;
  readonly #chains = new Map<string, Chain>();
  #reviews: Reviews | null = null;

  /** `anchor`: number of the day on which an index is at its listing's price. */
  constructor(list: StockList, anchor: number) {
    this.#list = list;
    this.#anchor = anchor;
  }

  /** Those in an index on a day, by code; null for what is none of our indices. */
  members(security: string, index: number): readonly Instrument[] | null {
    const rule = indexRule(security);
    if (rule === null) return null;
    const reviews = this.#made();
    const members = reviews.members(rule, reviews.periodOf(index)).filter((one) => isListedOn(one, index));
    return members.toSorted((a, b) => (a.security < b.security ? -1 : 1));
  }

  /** Their weights at the close of a day. */
  weights(security: string, index: number): readonly Weight[] | null {
    const members = this.members(security, index);
    if (members === null) return null;
    const values = members.map((one) => closeTicks(one, index) * one.tickMills * sharesOn(one, index).circulating);
    const whole = values.reduce((sum, value) => sum + value, 0);
    return members.map((instrument, at) => ({ instrument, weight: (100 * (values[at] ?? 0)) / whole }));
  }

  /** The same instrument, its closes made by its members when it is one of our indices. */
  asBasket(instrument: Instrument): Instrument {
    const { security, board, tickMills } = instrument;
    const rule = board === 'index' ? indexRule(security) : null;
    if (rule === null) return instrument;
    const level = (index: number): number => this.#chain(instrument, rule).level(index);
    return { ...instrument, basket: { close: (index) => Math.max(1, Math.round((level(index) * 1000) / tickMills)) } };
  }

  #made(): Reviews {
    this.#reviews ??= new Reviews(this.#list);
    return this.#reviews;
  }

  #chain({ security, anchorPrice }: Instrument, rule: IndexRule): Chain {
    const chain = this.#chains.get(security) ?? new Chain(this.#made(), rule, this.#anchor, anchorPrice);
    this.#chains.set(security, chain);
    return chain;
  }
}

/** Levels of one index on the days that were asked for and all between them and the anchor day. */
class Chain {
  readonly #reviews: Reviews;
  readonly #rule: IndexRule;
  readonly #levels: Float64Array;
  /** Days whose levels are known. */
  #first: number;
  #last: number;

  constructor(reviews: Reviews, rule: IndexRule, anchor: number, level: number) {
    this.#reviews = reviews;
    this.#rule = rule;
    this.#levels = new Float64Array((reviews.periods.at(-1)?.to ?? 0) + 1);
    this.#levels[anchor] = level;
    this.#first = anchor;
    this.#last = anchor;
  }

  level(index: number): number {
    const at = Math.min(Math.max(index, 0), this.#levels.length - 1);
    while (at > this.#last) this.#goOn(at);
    while (at < this.#first) this.#goBack(at);
    return this.#levels[at] ?? Number.NaN;
  }

  #goOn(until: number): void {
    const from = this.#last + 1;
    const period = this.#reviews.periodOf(from);
    const to = Math.min(period.to, Math.max(until, from + BLOCK));
    const ratios = this.#ratios(period, from, to);
    for (let index = from; index <= to; index += 1)
      this.#levels[index] = (this.#levels[index - 1] ?? 0) * (ratios[index - from] ?? 1);
    this.#last = to;
  }

  #goBack(until: number): void {
    const to = this.#first;
    const period = this.#reviews.periodOf(to);
    const from = Math.max(period.from, 1, Math.min(until + 1, to - BLOCK));
    const ratios = this.#ratios(period, from, to);
    for (let index = to; index >= from; index -= 1)
      this.#levels[index - 1] = (this.#levels[index] ?? 0) / (ratios[index - from] ?? 1);
    this.#first = from - 1;
  }

  /** By what the members' value is multiplied on each of the days, which are of one period. */
  #ratios(period: Period, from: number, to: number): Float64Array {
    const [after, before] = [new Float64Array(to - from + 1), new Float64Array(to - from + 1)];
    for (const member of this.#reviews.members(this.#rule, period)) addValues(member, from, to, after, before);
    return after.map((value, at) => (value > 0 ? value / (before[at] ?? value) : 1));
  }
}

/** Adds what a member's tradable shares are worth at the close of each day, and what they were worth before it. */
function addValues(member: Instrument, from: number, to: number, after: Float64Array, before: Float64Array): void {
  const { exRights, tickMills, lastIndex } = member;
  const closes = closesOf(member, from - 1, to);
  const steps = shareSteps(member);
  const end = Math.min(to, lastIndex ?? to);
  let step = steps.findLastIndex(({ index }) => index <= from);
  let right = exRights.findIndex(({ index }) => index >= from);
  for (let index = from; index <= end; index += 1) {
    const at = index - from;
    while ((steps[step + 1]?.index ?? Number.POSITIVE_INFINITY) <= index) step += 1;
    const shares = (steps[step] ?? steps[0])?.circulating ?? 0;
    let base = closes[at] ?? 0;
    const paid = exRights[right];
    if (paid?.index === index) {
      base = payout(paid, base, tickMills).reference;
      right += 1;
    }
    after[at] = (after[at] ?? 0) + shares * (closes[at + 1] ?? 0) * tickMills;
    before[at] = (before[at] ?? 0) + shares * base * tickMills;
  }
}
