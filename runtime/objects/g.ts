import { shared } from './shared.ts';

declare global {
  /**
   * What `g` holds. Writing needs no declaration; to read with a type, declare it in your strategy:
   * `declare global { interface G { stocks: string[] } }`
   */
  interface G {
    [name: string]: unknown;
  }
}

/** The strategy's own state. A name that was never written reads as undefined. */
export const g: G = shared<G>('g', () => Object.create(Object.prototype)); // a plain object, whatever a strategy declares in G
