import { nextTurn } from '../../../platform/turn.ts';

/** Questions of one turn asked together: those with the same `kind` become one call. */
export class Batch<V> {
  readonly #ask: (kind: string, keys: readonly string[]) => Promise<ReadonlyMap<string, V>>;
  readonly #most: number;
  readonly #open = new Map<string, { readonly keys: Set<string>; readonly answer: Promise<ReadonlyMap<string, V>> }>();

  constructor(ask: (kind: string, keys: readonly string[]) => Promise<ReadonlyMap<string, V>>, most: number) {
    this.#ask = ask;
    this.#most = most;
  }

  /** The answer for a key; undefined where there is none for it. */
  async of(kind: string, key: string): Promise<V | undefined> {
    let batch = this.#open.get(kind);
    if (batch === undefined || batch.keys.size >= this.#most) batch = this.#begin(kind);
    batch.keys.add(key);
    return (await batch.answer).get(key);
  }

  #begin(kind: string): { readonly keys: Set<string>; readonly answer: Promise<ReadonlyMap<string, V>> } {
    const keys = new Set<string>();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const batch = {
      keys,
      answer: promise.then(() => {
        if (this.#open.get(kind) === batch) this.#open.delete(kind);
        return this.#ask(kind, [...keys]);
      }),
    };
    this.#open.set(kind, batch);
    // After the questions of this turn, and of what they wake.
    void nextTurn().then(() => resolve(undefined));
    return batch;
  }
}
