import type { JsonObject } from '../../protocol/json.ts';

/** One request about market data on the data session; it changes nothing, so it is repeated after a broken link. Throws BtError. */
export type Ask = (action: string, payload: JsonObject) => Promise<unknown>;
