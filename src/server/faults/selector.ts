import * as z from 'zod';

import { parseChinaTime } from '../../domain/time.ts';
import type { Rng } from '../../platform/random.ts';
import type { JsonObject } from '../../protocol/json.ts';
import { BROKER_ACTIONS } from '../actions/broker.ts';
import { DATA_ACTIONS } from '../actions/data.ts';
import type { Selector, Wanted } from './types.ts';

const KNOWN_ACTIONS: ReadonlySet<string> = new Set([
  '*',
  'admin.*',
  'broker.*',
  'data.*',
  'admin.health',
  'admin.print_account',
  'ping',
  ...[...BROKER_ACTIONS.keys()].map((method) => `broker.${method}`),
  ...[...DATA_ACTIONS.keys()].map((method) => `data.${method}`),
]);

const action = z.string().refine((text) => KNOWN_ACTIONS.has(text), {
  error: 'is no action: write one like broker.place_order, broker.*, data.*, admin.*, *, or ping',
});
const count = z.int().min(1);
const marketTime = z.string().refine((text) => parseChinaTime(text) !== null, {
  error: "is no time: write one of Shanghai like '2026-07-06 09:34:30'",
});
const wanted = z.union([z.string(), z.number(), z.boolean(), z.strictObject({ contains: z.string().min(1) })]);

/** How a plan writes a `Selector`. */
export const SELECTOR = {
  action: z.union([action, z.array(action).min(1)]).optional(),
  match: z.record(z.string(), wanted).optional(),
  from: marketTime.optional(),
  until: marketTime.optional(),
  nth: z.union([count, z.array(count).min(1)]).optional(),
  probability: z.number().gt(0).max(1).optional(),
  times: count.optional(),
} satisfies { readonly [K in keyof Required<Selector>]: z.ZodType<Selector[K]> };

/** Decides request by request; its counters are the only state. */
export class SelectorState {
  readonly #selector: Selector;
  readonly #actions: readonly string[];
  readonly #rng: Rng;
  readonly #from: number;
  readonly #until: number;
  readonly #nth: readonly number[] | null;
  #seen = 0;
  #taken = 0;

  constructor(selector: Selector, defaults: readonly string[], rng: Rng) {
    this.#selector = selector;
    this.#actions = asList(selector.action) ?? defaults;
    this.#rng = rng;
    this.#from = instant(selector.from) ?? Number.NEGATIVE_INFINITY;
    this.#until = instant(selector.until) ?? Number.POSITIVE_INFINITY;
    this.#nth = asList(selector.nth);
  }

  /** Whether this request is befallen; counts it. `now`: market time, epoch ms. */
  takes(action: string, payload: JsonObject, now: number): boolean {
    if (!this.#actions.some((pattern) => fits(pattern, action))) return false;
    if (now < this.#from || now >= this.#until) return false;
    if (!Object.entries(this.#selector.match ?? {}).every(([key, value]) => holds(payload[key], value))) return false;
    this.#seen += 1;
    if (this.#nth !== null && !this.#nth.includes(this.#seen)) return false;
    const { probability, times } = this.#selector;
    // Drawn whether it is still needed or not: so the draws of later requests stay the same.
    if (probability !== undefined && this.#rng.next() >= probability) return false;
    if (times !== undefined && this.#taken >= times) return false;
    this.#taken += 1;
    return true;
  }
}

function fits(pattern: string, action: string): boolean {
  if (pattern === '*') return action !== 'ping';
  return pattern.endsWith('.*') ? action.startsWith(pattern.slice(0, -1)) : pattern === action;
}

function holds(value: unknown, want: Wanted): boolean {
  if (typeof want === 'object') return typeof value === 'string' && value.includes(want.contains);
  return value === want;
}

function asList<T extends string | number>(value: T | readonly T[] | undefined): readonly T[] | null {
  if (value === undefined) return null;
  return typeof value === 'object' ? value : [value];
}

function instant(text: string | undefined): number | null {
  return text === undefined ? null : parseChinaTime(text);
}
