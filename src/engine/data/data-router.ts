import type { DataRequest } from '../../domain/data/datasets.ts';
import type { DataTable } from '../../domain/data/table.ts';
import { BtError } from '../../domain/errors.ts';
import { canonicalSecurity } from '../../domain/market/symbol.ts';
import type { Bars, BarsRequest, Quote, SecurityInfo } from '../../domain/trading.ts';
import type { Capabilities, CapabilityName, Provider, SecurityScope } from '../../venues/provider.ts';
import { holdsDays, holdsSecurity, offerText, servesBars } from './coverage.ts';

/** A source that exists and may not be configured: named when a call finds nobody. */
export interface KnownSource {
  readonly name: string;
  readonly offers: readonly CapabilityName[];
}

type Source<K extends CapabilityName> = NonNullable<Capabilities[K]>;

/**
 * Asks for each call the first of the sources, in their order, that serves it. What that one answers counts, an error too: another
 * source may mean something else by the same question. A call that none serves throws NOT_SERVED. Securities may be spelt in any
 * known way; BtError BAD_SECURITY.
 */
export class DataRouter {
  readonly #providers: readonly Provider[];
  readonly #known: readonly KnownSource[];

  constructor(providers: readonly Provider[], known: readonly KnownSource[] = []) {
    this.#providers = providers;
    this.#known = known;
  }

  async quote(security: string): Promise<Quote | null> {
    const code = canonicalSecurity(security);
    return this.#ofSecurity('quotes', code).quote(code);
  }

  /** Under canonical codes, in the order asked; unknown securities are left out. */
  async quotes(securities: readonly string[]): Promise<ReadonlyMap<string, Quote>> {
    const codes = [...new Set(securities.map((security) => canonicalSecurity(security)))];
    const answers = await Promise.all(this.#grouped('quotes', codes).map(([source, group]) => source.quotes(group)));
    const found = new Map(answers.flatMap((answer) => [...answer]));
    return new Map(
      codes.flatMap((code) => {
        const quote = found.get(code);
        return quote === undefined ? [] : [[code, quote] as const];
      }),
    );
  }

  async bars(request: BarsRequest): Promise<Bars> {
    const asked = { ...request, security: canonicalSecurity(request.security) };
    const { unit, adjust, columns = [] } = asked;
    const what = `${unit} bars of ${asked.security} (${[adjust, ...columns].join(', ')})`;
    return this.#first('bars', (source) => servesBars(source, asked), what).bars(asked);
  }

  /** Exchange trading days in [start, end], `YYYY-MM-DD`, ascending. */
  async tradeDays(start: string, end: string): Promise<readonly string[]> {
    const what = `trading days from ${start} to ${end}`;
    return this.#first('calendar', ({ serves }) => holdsDays(serves.days, start, end), what).tradeDays(start, end);
  }

  async securityInfo(security: string): Promise<SecurityInfo | null> {
    const code = canonicalSecurity(security);
    return this.#ofSecurity('instruments', code).securityInfo(code);
  }

  /** Only what was known at `asOf`, epoch ms. */
  async table(request: DataRequest, asOf: number): Promise<DataTable> {
    const serves = (source: Source<'tables'>): boolean => source.serves.datasets.has(request.dataset);
    return this.#first('tables', serves, `the table ${request.dataset}`).table(request, asOf);
  }

  async subscribe(securities: readonly string[]): Promise<void> {
    const groups = this.#grouped('ticks', securities.map(canonicalSecurity));
    await Promise.all(groups.map(([source, group]) => source.subscribe(group)));
  }

  async unsubscribe(securities: readonly string[]): Promise<void> {
    const groups = this.#grouped('ticks', securities.map(canonicalSecurity));
    await Promise.all(groups.map(([source, group]) => source.unsubscribe(group)));
  }

  /** Ticks of all sources that have some; each security's come from the source that it is subscribed at. Returns the unsubscriber. */
  onTick(listener: (quote: Quote) => void): () => void {
    const leave = this.#sources('ticks').map((source) => source.onTick(listener));
    return () => {
      for (const each of leave) each();
    };
  }

  #sources<K extends CapabilityName>(kind: K): readonly Source<K>[] {
    return this.#providers.flatMap(({ offers }) => {
      const source: Capabilities[K] = offers[kind];
      return source === undefined ? [] : [source];
    });
  }

  #first<K extends CapabilityName>(kind: K, serves: (source: Source<K>) => boolean, what: string): Source<K> {
    const source = this.#sources(kind).find(serves);
    if (source === undefined) throw this.#nobody(kind, what);
    return source;
  }

  #ofSecurity<K extends 'quotes' | 'ticks' | 'instruments'>(kind: K, code: string): Source<K> {
    const holds = ({ serves }: { readonly serves: { readonly securities: SecurityScope } }): boolean =>
      holdsSecurity(serves.securities, code);
    return this.#first(kind, holds, `${kind} of ${code}`);
  }

  /** The securities by who serves them; none is asked when one is not served. */
  #grouped<K extends 'quotes' | 'ticks'>(kind: K, codes: readonly string[]): [Source<K>, string[]][] {
    const groups = new Map<Source<K>, string[]>();
    for (const code of codes) {
      const source = this.#ofSecurity(kind, code);
      const group = groups.get(source) ?? [];
      group.push(code);
      groups.set(source, group);
    }
    return [...groups];
  }

  #nobody(kind: CapabilityName, what: string): BtError {
    const here = this.#providers.map((provider) => `${provider.name}: ${offerText(provider, kind) ?? `no ${kind}`}`);
    const names = new Set(this.#providers.map(({ name }) => name));
    const others = this.#known.filter(({ name, offers }) => !names.has(name) && offers.includes(kind));
    const advice =
      others.length > 0
        ? `Add a source that may: ${others.map(({ name }) => name).join(', ')}.`
        : `No other source of ${kind} is known: ask for what is served.`;
    const served = here.length === 0 ? 'no source is configured' : here.join('; ');
    return new BtError('NOT_SERVED', `Nobody serves ${what} (${served}). ${advice}`, {
      fault: 'config',
      details: { capability: kind },
    });
  }
}
