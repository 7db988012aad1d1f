import { canonicalSecurity } from '../../domain/market/symbol.ts';
import type { SecurityInfo } from '../../domain/trading.ts';
import type { DataRouter } from './data-router.ts';

/** Requests in flight at once; each security is one. */
const PARALLEL = 16;

/**
 * Master data of securities, asked for once a day: quotes of many gateways have no name, and a strategy reads `name` or `is_st` of each
 * security in a loop. The first one of a list whose quotes were read together brings the others along.
 */
export class Instruments {
  readonly #data: Pick<DataRouter, 'securityInfo'>;
  /** The day that `#answers` is of, `YYYY-MM-DD`. */
  #day = '';
  #answers = new Map<string, Promise<SecurityInfo | null>>();
  #together: readonly string[] = [];

  constructor(data: Pick<DataRouter, 'securityInfo'>) {
    this.#data = data;
  }

  /** Quotes of these were read in one call. */
  readTogether(securities: readonly string[]): void {
    if (securities.length > 1) this.#together = securities;
  }

  /** Null when nobody knows it, which is asked again the next time. A failure is thrown, and asked again as well. */
  info(security: string, day: string): Promise<SecurityInfo | null> {
    if (day !== this.#day) {
      this.#day = day;
      this.#answers = new Map();
    }
    const code = canonicalSecurity(security);
    const known = this.#answers.get(code);
    if (known !== undefined) return known;
    const others = this.#together.includes(code) ? this.#together : [];
    return this.#ask([code, ...others.filter((other) => other !== code && !this.#answers.has(other))]);
  }

  /** The answer about the first; the others' are kept. */
  #ask(codes: readonly string[]): Promise<SecurityInfo | null> {
    const answers = this.#answers;
    const asked = codes.map((code) => ({ code, ...Promise.withResolvers<SecurityInfo | null>() }));
    for (const { code, promise } of asked) {
      answers.set(code, promise);
      const forget = (): void => {
        answers.delete(code);
      };
      promise.then((info) => info ?? forget(), forget);
    }
    const next = asked.values();
    const work = async (): Promise<void> => {
      for (const { code, resolve, reject } of next) await this.#data.securityInfo(code).then(resolve, reject);
    };
    for (let worker = 0; worker < Math.min(PARALLEL, asked.length); worker += 1) void work();
    return asked[0]?.promise ?? Promise.resolve(null);
  }
}
