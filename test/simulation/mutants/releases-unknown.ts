import type { UnknownSearch, UnknownSearchOptions } from '../../../src/engine/orders/reading/unknown-search.ts';

/** The search with its patience taken out: the first list without the order settles it. Takes the place of the module's own class. */
export function impatient(real: typeof UnknownSearch): typeof UnknownSearch {
  return class extends real {
    readonly #options: UnknownSearchOptions;

    constructor(options: UnknownSearchOptions) {
      super(options);
      this.#options = options;
    }

    override absent(clientIds: readonly string[]): Promise<void> {
      const { book, clock } = this.#options;
      const reason = 'a list does not show it';
      for (const clientId of clientIds) book.news({ clientId, event: 'not_placed', reason }, clock.now());
      return Promise.resolve();
    }
  };
}
