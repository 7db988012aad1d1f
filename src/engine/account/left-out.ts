import { isSecurity } from '../../domain/market/symbol.ts';
import type { BrokerPosition } from '../../domain/trading.ts';
import type { Events } from '../events.ts';

/** Holdings that are not shown to a strategy: each is told of once. */
export class LeftOut {
  readonly #told = new Set<string>();

  tell(positions: readonly BrokerPosition[], events: Pick<Events, 'note'>): void {
    for (const { security, amount, unreadable } of positions) {
      const isOdd = unreadable !== undefined || (amount !== 0 && !isSecurity(security));
      if (!isOdd || this.#told.has(security)) continue;
      this.#told.add(security);
      const what =
        unreadable === undefined
          ? `holds ${amount} of '${security}', which is no security's code`
          : `holds '${security}', which is not traded here, and ${unreadable}`;
      const text = `The account ${what}: it is not among the positions, its worth counts in total_value as far as the account counts it. Look at it in the terminal.`;
      events.note('warning', null, text);
    }
  }
}
