import type { Broker, PlaceOutcome, PlaceRequest } from '../../../src/venues/broker.ts';
import { brokerWith } from './broker-with.ts';
import type { Mutant } from './mutant.ts';

/** As the reference client does: an order whose link was lost goes out again, under an id of its own. */
export const RESENDS: Mutant = {
  name: 're-send on disconnect',
  broker: (broker, process) =>
    brokerWith(broker, {
      async place(request: PlaceRequest): Promise<PlaceOutcome> {
        const outcome = await broker.place(request);
        if (outcome.kind !== 'unknown' || outcome.code !== 'LINK_LOST') return outcome;
        await backAgain(broker, (ms, fn) => process.timers.after(ms, fn));
        return broker.place({ ...request, clientId: `${request.clientId}-2` });
      },
    }),
};

/** Resolves when orders may be written again. */
async function backAgain(broker: Broker, after: (ms: number, fn: () => void) => void): Promise<void> {
  while (!broker.canPlace()) await new Promise<void>((resolve) => after(100, resolve));
}
