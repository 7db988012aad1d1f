import type { RiskRule } from '../../domain/order/risk/rule.ts';
import { chinaDay, chinaText } from '../../domain/time.ts';
import type { Side } from '../../domain/trading.ts';
import type { RiskStop } from '../../ledger/risk-rows.ts';
import type { RiskStore } from '../../ledger/risk-store.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Events } from '../events.ts';

export interface RiskStopsOptions {
  readonly store: RiskStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly events: Events;
}

/** What limits, a pause or a kill have stopped. In the ledger before it counts, and so after every restart. */
export class RiskStops {
  readonly #options: RiskStopsOptions;
  readonly #stops = new Map<RiskRule, RiskStop>();

  constructor(options: RiskStopsOptions) {
    this.#options = options;
    for (const stop of options.store.stops()) this.#stops.set(stop.rule, stop);
  }

  /** Those that hold now, oldest first. */
  all(): readonly RiskStop[] {
    const today = chinaDay(this.#options.clock.now());
    return [...this.#stops.values()].filter(({ day }) => day === null || day >= today);
  }

  has(rule: RiskRule): boolean {
    return this.all().some((stop) => stop.rule === rule);
  }

  /** Why an order of that side may not be sent, with the limit's name; null = it may. */
  reason(side: Side): string | null {
    const stop = this.all().find(({ stops }) => stops === 'all' || side === 'buy');
    return stop === undefined ? null : reasonText(stop);
  }

  /** Stops: durable when it returns. A stop of the same rule stays as it is. Throws LEDGER_WRITE_FAILED. */
  stop(stop: Omit<RiskStop, 'at'>, write = (made: RiskStop): void => this.#options.store.stop(made)): void {
    if (this.has(stop.rule)) return;
    const { clock, events } = this.#options;
    const made = { ...stop, at: clock.now() };
    write(made);
    this.#stops.set(stop.rule, made);
    const text = reasonText(made);
    events.alarm('RISK_STOPPED', stop.rule, `${text.charAt(0).toUpperCase()}${text.slice(1)}`);
  }

  /** Lets everything go on that was stopped; returns what that was. Throws LEDGER_WRITE_FAILED. */
  lift(why: string): readonly RiskStop[] {
    const { store, clock, events } = this.#options;
    const lifted = [...this.#stops.values()];
    const rules = lifted.map(({ rule }) => rule);
    if (rules.length === 0) return [];
    store.lift(rules, clock.now(), why);
    this.#stops.clear();
    for (const rule of rules) {
      const text = `${nameOf(rule)} stops nothing any more: ${why}`;
      events.emit({ kind: 'all_clear', code: 'RISK_STOPPED', subject: rule, text });
    }
    return lifted;
  }
}

function nameOf(rule: RiskRule): string {
  if (rule === 'kill') return 'The kill switch';
  return rule === 'pause' ? 'The pause' : `Limit ${rule}`;
}

function reasonText({ rule, stops, at, day, text }: RiskStop): string {
  const what = stops === 'all' ? 'all orders' : 'buying';
  const until = day === null ? 'until bt resume' : 'for the rest of the day, or until bt resume';
  const name = rule === 'kill' ? 'the kill switch' : rule === 'pause' ? 'a pause' : 'a limit';
  return `${name} stops ${what} since ${chinaText(at).slice(0, 16)}, ${until}: ${text}`;
}
