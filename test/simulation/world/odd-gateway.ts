import { chinaDay } from '../../../src/domain/time.ts';
import type { ExchangeAccount } from '../../../src/exchange/types.ts';
import { hasOdd, isOdd } from '../plan/odd.ts';
import type { FrameLabel } from './frame-label.ts';
import { COUNTER_LAG_MS, type OddFacts } from './odd-rows.ts';
import type { World } from './world.ts';

/** Virtual ms between two figures of a lagging counter, and how many are kept. */
const FIGURES_MS = 500;
const MOST_FIGURES = 40;
/** Virtual ms between two strikes of one oddity, for the report. */
const STRIKE_MS = 300;
/** Virtual ms after which the engine must have seen what it was shown. */
const SEEN_MS = 1_000;

/** What a gateway with odd rows and figures needs to know, and whether the engine heeds it. */
export class OddGateway {
  readonly #world: World;
  readonly #figures: { readonly at: number; readonly account: ExchangeAccount }[] = [];
  /** Virtual ms at which the engine was first shown another account; null = never. */
  #otherSince: number | null = null;
  /** The engine has been up, and knows which account is its own. */
  #known = false;
  #struckAt = Number.NEGATIVE_INFINITY;

  constructor(world: World) {
    this.#world = world;
  }

  begin(): void {
    if (hasOdd(this.#world.plan, 'lagging-cash')) this.#follow();
  }

  answers({ action }: FrameLabel): void {
    const { time, engine } = this.#world;
    this.#known ||= engine?.ready === true;
    if (action === 'broker.account' && this.#isOther()) this.#otherSince ??= time.now();
  }

  /** Another account than the one the instance has begun on. */
  #isOther(): boolean {
    const { plan, time } = this.#world;
    return this.#known && isOdd(plan, 'other-account', time.now());
  }

  /** The engine has been shown another account, and still is. */
  showsOther(): boolean {
    const since = this.#otherSince;
    return since !== null && this.#world.time.now() - since > SEEN_MS && this.#isOther();
  }

  facts(): OddFacts {
    const { plan, time, market } = this.#world;
    this.#strike();
    const now = market.now();
    // While market time passes quickly nobody takes figures: what is shown is late by that much at most, and no counter by a night.
    const today = this.#figures.filter(({ at }) => chinaDay(at) === chinaDay(now));
    const lagging = today.find(({ at }) => at >= now - COUNTER_LAG_MS) ?? today.at(-1);
    const odd = this.#known ? plan.odd : plan.odd.filter(({ kind }) => kind !== 'other-account');
    return { plan: { odd }, now: time.now(), market: now, lagging: lagging?.account ?? null };
  }

  #follow(): void {
    const { gateway, market, time } = this.#world;
    const { exchange } = gateway;
    if (exchange !== null) this.#figures.push({ at: market.now(), account: exchange.account('default') });
    if (this.#figures.length > MOST_FIGURES) this.#figures.shift();
    time.after(FIGURES_MS, () => this.#follow());
  }

  /** A gateway that is odd for long meets orders in many states. */
  #strike(): void {
    const { plan, time } = this.#world;
    const now = time.now();
    if (now - this.#struckAt < STRIKE_MS) return;
    this.#struckAt = now;
    for (const { kind } of plan.odd) if (isOdd(plan, kind, now)) this.#world.struck(`odd ${kind}`);
  }
}
