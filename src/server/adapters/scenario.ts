/** What becomes of an order of the reference market: it is told with the request (`stub_scenario`). */
export interface Scenario {
  /** QMT's word, lower case; a word it does not know stays as it is. */
  readonly status: string;
  /** Shares; null = all of them where the status says so, else none. */
  readonly filled: number | null;
  readonly tradedPrice: number | null;
  readonly commission: number;
  readonly tax: number;
  readonly statusText: string;
  /** Epoch ms; null = now. */
  readonly createdAt: number | null;
  readonly systemId: string | null;
  /** Whether an order that stays open freezes its cash or shares. */
  readonly reserves: boolean;
}

/** An order without a scenario stays open and freezes nothing. */
export const NO_SCENARIO: Scenario = {
  status: 'open',
  filled: null,
  tradedPrice: null,
  commission: 0,
  tax: 0,
  statusText: '',
  createdAt: null,
  systemId: null,
  reserves: false,
};
