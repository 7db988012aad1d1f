import { BtError } from '../domain/errors.ts';
import type { Provider } from '../venues/provider.ts';
import { openVenue, VENUES } from '../venues/registry.ts';
import type { Venue, VenueOptions } from '../venues/registry.ts';
import { badValue } from './settings.ts';
import type { Settings } from './settings.ts';

export interface RunVenues {
  /** Where the orders go. */
  readonly venue: Venue;
  /** In the order in which they are asked. */
  readonly providers: readonly Provider[];
}

/** `--data`: a venue whose market data is asked for after the broker's own. Throws BAD_CONFIG for one that has none, or where one is needed. */
export function readData(settings: Settings, broker: string): string | null {
  const given = settings.find({ flag: '--data', variables: ['DATA_SOURCE'] });
  const sources = VENUES.filter(({ offers }) => offers.length > 0).map(({ name }) => name);
  if (given !== null) {
    if (sources.includes(given.value)) return given.value === broker ? null : given.value;
    throw badValue(given, `a source of market data: ${sources.join(', ')}`);
  }
  if (VENUES.every(({ name, offers }) => name !== broker || offers.length > 0)) return null;
  const text = `${broker} has no market data of its own: add --data ${sources[0] ?? ''}, with its settings.`;
  throw new BtError('BAD_CONFIG', text, { fault: 'config' });
}

/** Opens the broker's venue and the one of `--data`; both are closed with `opened`. */
export async function openVenues(
  { broker, data }: { readonly broker: string; readonly data: string | null },
  options: VenueOptions,
  opened: AsyncDisposableStack,
): Promise<RunVenues> {
  const venue = await openVenue(broker, options);
  opened.defer(() => closeVenue(venue));
  if (data === null) return { venue, providers: [venue.provider] };
  const market = await openVenue(data, options);
  opened.defer(() => closeVenue(market));
  return { venue, providers: [venue.provider, market.provider] };
}

async function closeVenue(venue: Venue): Promise<void> {
  await venue.provider.stop();
  await venue.broker.stop();
}
