/** Connections that have not authenticated yet; they do not count against the session limit. */
export const MAX_UNAUTHENTICATED = 128;
/** Of these, those of one address: it cannot take the places of all others. */
export const MAX_UNAUTHENTICATED_PER_ADDRESS = 32;
/** Wrong tokens of one address that cost nothing: somebody is setting up. */
export const FREE_GUESSES = 8;
/** Each further one holds one of its address's places for so long: 8 guesses a second at most. Wall ms. */
export const GUESS_COST_MS = 4_000;
/** Wrong tokens are forgotten after so long without another. Wall ms. */
export const GUESS_MEMORY_MS = 600_000;
