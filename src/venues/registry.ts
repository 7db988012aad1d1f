import { BtError } from '../domain/errors.ts';
import type { Log } from '../platform/log.ts';
import type { Broker } from './broker.ts';
import type { CapabilityName, Provider } from './provider.ts';

export interface VenueOptions {
  /** Settings as the environment and env files give them; an empty value counts as unset. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
}

/** A venue that is configured but not connected: call `start` on both sides. */
export interface Venue {
  readonly name: string;
  readonly broker: Broker;
  readonly provider: Provider;
  /** Together these say whose orders these are: `host:port`, the account's alias, the sub-account. */
  readonly address: string;
  readonly account: string | null;
  readonly subAccount: string | null;
}

interface VenueEntry {
  readonly name: string;
  /** One line for `--help`. */
  readonly summary: string;
  /** What its provider offers. */
  readonly offers: readonly CapabilityName[];
  /** Throws BtError CONFIG_INVALID. Loads the venue's code only when it is used. */
  open(options: VenueOptions): Promise<Venue>;
}

/** Every venue there is: a new one is a folder and a line here. */
export const VENUES: readonly VenueEntry[] = [
  {
    name: 'qmt-remote',
    summary: 'a QMT gateway over TCP (`bt server`, or a BulletTrade server), set by QMT_SERVER_*',
    offers: ['quotes', 'ticks', 'bars', 'calendar', 'instruments', 'tables'],
    open: async (options) => (await import('./qmt-remote/index.ts')).createQmtRemote(options),
  },
  {
    name: 'qmt-http',
    summary: 'a Sanic wrapper around xtquant, or `bt server --http`, set by QMT_HTTP_*; it has no market data',
    offers: [],
    open: async (options) => (await import('./qmt-http/index.ts')).createQmtHttp(options),
  },
];

/** Throws BtError UNKNOWN_VENUE (naming the known ones), or what the venue's configuration lacks. */
export async function openVenue(name: string, options: VenueOptions): Promise<Venue> {
  const entry = VENUES.find((one) => one.name === name);
  if (entry !== undefined) return entry.open(options);
  const known = VENUES.map((one) => one.name).join(', ');
  throw new BtError('UNKNOWN_VENUE', `There is no broker "${name}". Choose one of: ${known}.`, { fault: 'config' });
}
