import { chinaTimeOfDay } from '../../../src/domain/time.ts';
import type { AccountView, PositionView } from '../../../src/domain/order/types.ts';
import { COUNTS_FEES } from '../plan/axes.ts';
import { hasOdd } from '../plan/odd.ts';
import type { World } from '../world/world.ts';
import { isAbout, isAboutAccount, stoodSince } from './alarms.ts';
import { OTHER_LAG_MS, within } from './truth.ts';

/** The night's changes are known when the account has been reconciled at 08:45. */
const MORNING_SECONDS = 8 * 3600 + 46 * 60;
/** Virtual ms of an engine that is up and has an open gate, before what it shows is judged. */
const OPEN_FOR_MS = 1_000;
/** Virtual ms for which reads may fail to bring it up to date, without an alarm. */
const OLD_MS = 50_000;

/** What a strategy may read now must have been true within the stated lags, or be called doubtful. */
export class ViewLaw {
  readonly #world: World;
  #openSince: number | null = null;
  #oldSince: number | null = null;

  constructor(world: World) {
    this.#world = world;
  }

  look(): void {
    const { engine, gateway, witness, time, market, plan } = this.#world;
    const view = engine?.ready === true ? engine.trading.account.view() : null;
    const open = view !== null && engine?.trading.gate.reason() === null && gateway.exchange !== null;
    this.#openSince = open ? (this.#openSince ?? time.now()) : null;
    // While the gate is closed nobody is shown anything, and a new engine is not as late as the last one was.
    if (!open) this.#oldSince = null;
    if (view === null || this.#openSince === null || time.now() - this.#openSince < OPEN_FOR_MS) return;
    if (!this.#isShown()) return;
    // A stub that makes up rows of its own is not the exchange's book.
    if (plan.stub !== null) return;
    if (witness.forgotten || hasOdd(plan, 'other-account') || chinaTimeOfDay(market.now()) < MORNING_SECONDS) return;
    for (const problem of this.#problems(view)) witness.violate(`the strategy is shown ${problem}`);
  }

  /** A read brings what is shown up to date first; what cannot be brought up to date for long must be told. */
  #isShown(): boolean {
    const { engine, witness, time } = this.#world;
    if (engine?.trading.freshness.isFresh() === true) {
      this.#oldSince = null;
      return true;
    }
    this.#oldSince ??= time.now();
    const recent = witness.alarms.filter((alarm) => stoodSince(alarm, time.now() - OLD_MS));
    if (time.now() - this.#oldSince > OLD_MS && !recent.some(isAboutAccount)) {
      witness.violate(
        'the strategy is shown an account that could not be brought up to date for long, without an alarm',
      );
    }
    return false;
  }

  #problems(view: AccountView): string[] {
    const { witness, time } = this.#world;
    const recent = witness.alarms.filter((alarm) => stoodSince(alarm, time.now() - OTHER_LAG_MS));
    const strange = notFinite(view);
    if (recent.some(isAboutAccount)) return strange;
    const pending = pendingOf(this.#world);
    return [...strange, ...this.#cash(view, pending.cash), ...this.#positions(view, pending.shares)];
  }

  #cash({ availableCash }: AccountView, pending: number): string[] {
    const { truth, time, plan } = this.#world;
    const range = truth.cash(time.now());
    if (range === null) return [];
    const fees = COUNTS_FEES ? 0 : truth.fees;
    // What others hold is the counter's to say.
    const unsaid = hasOdd(plan, 'no-freeze') ? truth.heldByOthers(time.now()) : 0;
    if (within(availableCash, range, pending + fees, fees + unsaid)) return [];
    return [`${availableCash} of cash; the exchange had ${range.low} to ${range.high} (${pending} not there yet)`];
  }

  #positions(view: AccountView, pending: ReadonlyMap<string, number>): string[] {
    const { truth, plan } = this.#world;
    const doubtful = this.#doubtful();
    const shown = new Map(view.positions.map((position) => [position.security, position]));
    const securities = new Set([...truth.securities(), ...shown.keys()]);
    return [...securities].flatMap((security) => {
      if (doubtful.has(security) || (hasOdd(plan, 'unknown-code') && security.startsWith('799999'))) return [];
      return this.#position(security, shown.get(security) ?? null, pending.get(security) ?? 0);
    });
  }

  #position(security: string, shown: PositionView | null, pending: number): string[] {
    const { truth, time, plan } = this.#world;
    const now = time.now();
    const problems: string[] = [];
    const [amount, closeable] = [truth.amount(security, now), truth.closeable(security, now)];
    const own = plan.positions === 'own';
    const [has, free] = [shown?.amount ?? 0, shown?.closeableAmount ?? 0];
    if (!within(has, amount, own ? Number.POSITIVE_INFINITY : 0))
      problems.push(`${has} ${security}; the exchange had ${amount.low} to ${amount.high}`);
    if (!within(free, closeable, own ? Number.POSITIVE_INFINITY : pending))
      problems.push(`${free} ${security} as closeable; ${closeable.low} to ${closeable.high} were`);
    const price = shown?.price ?? null;
    const prices = truth.price(security, now);
    if (price === null || prices === null || hasOdd(plan, 'unpriced-holding')) return problems;
    // A fill of our own is a price too, and may lie off the last one by a few ticks.
    if (!within(price, prices, prices.low * 0.004, prices.high * 0.004))
      problems.push(`${security} at ${price}; its price was ${prices.low} to ${prices.high}`);
    return problems;
  }

  /** Securities about which the engine says that it does not know. */
  #doubtful(): ReadonlySet<string> {
    const { engine, witness, time } = this.#world;
    const recent = witness.alarms.filter(({ at }) => at > time.now() - OTHER_LAG_MS);
    const named = [...this.#world.truth.securities()].filter((code) => recent.some((alarm) => isAbout(alarm, code)));
    const doubtful = engine?.trading.book.doubtful() ?? [];
    return new Set([...named, ...doubtful]);
  }
}

const HOLDING: ReadonlySet<string> = new Set(['planned', 'sending', 'unknown', 'accepted']);

/** What orders of ours that the exchange does not have (yet) hold back in the strategy's eyes. */
function pendingOf({ engine, gateway }: World): {
  readonly cash: number;
  readonly shares: ReadonlyMap<string, number>;
} {
  let cash = 0;
  const shares = new Map<string, number>();
  const open = (engine?.trading.book.intents() ?? []).filter(({ state }) => HOLDING.has(state));
  if (open.length === 0) return { cash, shares };
  const listed = new Set((gateway.exchange?.orders('default') ?? []).map(({ remark }) => remark));
  for (const { remark, state, side, security, amount, price } of open) {
    if (listed.has(remark) && state === 'accepted') continue;
    // With the least fee of an order.
    if (side === 'buy') cash += amount * price * 1.01 + 5;
    else shares.set(security, (shares.get(security) ?? 0) + amount);
  }
  return { cash, shares };
}

/** Figures that are no numbers. */
function notFinite(view: AccountView): string[] {
  const figures: readonly (readonly [string, number | null])[] = [
    ['cash', view.availableCash],
    ['locked cash', view.lockedCash],
    ['total value', view.totalValue],
    ...view.positions.flatMap(({ security, amount, value, price }): (readonly [string, number | null])[] => [
      [`${security} amount`, amount],
      [`${security} value`, value],
      [`${security} price`, price],
    ]),
  ];
  return figures
    .filter(([, value]) => value !== null && !Number.isFinite(value))
    .map(([name, value]) => `${value} as ${name}`);
}
