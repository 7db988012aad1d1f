import type { VenueHealth } from '../../venues/broker.ts';
import type { Events } from '../events.ts';

const REHEARSES = 'DRY RUN: this gateway answers orders as placed and sends none of them; nothing is ever filled';
const REHEARSES_NO_MORE = 'This gateway is no dry run any more: orders are sent';

/** Whether this venue may be sent orders: a stub always, real money when the user has said so. */
export class VenueTrust {
  readonly #events: Events;
  readonly #allowRealOrders: boolean;
  #stub: boolean | null = null;
  #dryRun = false;
  #reason: string | null = 'the venue has not said what it is yet';

  constructor(options: { readonly events: Events; readonly allowRealOrders: boolean }) {
    this.#events = options.events;
    this.#allowRealOrders = options.allowRealOrders;
  }

  /** Why orders are refused on this venue, or null. */
  reason(): string | null {
    return this.#reason;
  }

  /** A gateway that comes back may be another one: what was a stub may trade real money now. */
  judge(health: VenueHealth): void {
    const { stub } = health;
    const dryRun = health.dryRun === true;
    if (dryRun !== this.#dryRun) this.#events.note('warning', null, dryRun ? REHEARSES : REHEARSES_NO_MORE);
    this.#dryRun = dryRun;
    if (stub !== this.#stub) this.#events.emit({ kind: 'venue', stub });
    this.#stub = stub;
    const reason =
      stub || this.#allowRealOrders
        ? null
        : 'this gateway may trade real money (it does not declare itself a stub); to allow orders start with --i-know-what-i-do';
    if (reason !== null && reason !== this.#reason) {
      const text = `Orders will be refused: ${reason}`;
      this.#events.note('warning', null, text);
    }
    this.#reason = reason;
  }
}
