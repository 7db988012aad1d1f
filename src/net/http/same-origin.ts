/** What is looked at of a request. */
export interface AskedBy {
  /** The address that was asked for. */
  readonly url: string;
  header(name: string): string | undefined;
}

/**
 * Whether a page of another origin asks, by what browsers say of it: `origin` when they name another one than ours and those allowed,
 * `site` when they say that it is another site. Null: our own page, or a program that is no browser.
 */
export function foreignPage(asked: AskedBy, allowed: ReadonlySet<string>): 'origin' | 'site' | null {
  const origin = asked.header('origin');
  if (origin !== undefined) return allowed.has(origin) || origin === URL.parse(asked.url)?.origin ? null : 'origin';
  const site = asked.header('sec-fetch-site');
  return site === undefined || site === 'same-origin' || site === 'none' ? null : 'site';
}

/** Whether the address that was asked for is one that only leads to this machine, whatever a name server says. */
export function isOwnHost(url: string): boolean {
  const hostname = URL.parse(url)?.hostname ?? '';
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/u.test(hostname);
}
