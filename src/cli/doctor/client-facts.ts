/** What `bt doctor` has found out. Null = it was not looked at, or could not be. */
export interface ClientFacts {
  /** Now, epoch ms. */
  readonly now: number;
  readonly bt: string;
  readonly node: string;
  /** Version and path, or why there is none. */
  readonly python: { readonly found: string } | { readonly missing: string };
  /** The host's time zone. */
  readonly zone: string;
  readonly settings: readonly SettingFact[];
  /** What the files of settings say that means nothing, or should not be in git. */
  readonly warnings: readonly string[];
  readonly gateway: GatewayFact;
  /** The token that the gateway is spoken to with. */
  readonly token: string | null;
  /** Seconds that this machine's clock is ahead of a time server; null = none answered. */
  readonly clockAhead: number | null;
  /** Last day of the table of trading days, `YYYY-MM-DD`. */
  readonly calendarEnds: string;
  /** Whether the market is in continuous trading now. */
  readonly isTrading: boolean;
  readonly instances: readonly InstanceFact[];
  readonly disk: DiskFact;
  /** Names of the channels of messages; a text = their settings cannot be read. */
  readonly channels: readonly string[] | string;
  readonly ports: readonly PortFact[];
  readonly pageToken: string | null;
}

/** A setting that is there; a secret is not shown. */
export interface SettingFact {
  readonly name: string;
  readonly shown: string;
  readonly origin: string;
}

export type GatewayFact =
  /** No broker is named. */
  | { readonly state: 'unset'; readonly text: string }
  /** One is, and its settings are not all there, or cannot be. */
  | { readonly state: 'wrong'; readonly text: string }
  | { readonly state: 'unreachable'; readonly address: string; readonly text: string }
  | {
      readonly state: 'reached';
      readonly address: string;
      /** Wall ms that it took to answer. */
      readonly tookMs: number;
      readonly ready: boolean;
      readonly detail: string;
      readonly stub: boolean;
      readonly dryRun: boolean;
      readonly backend: string | null;
      readonly features: readonly string[];
      /** Its own market clock, epoch ms; null = it has none. */
      readonly clock: number | null;
      /** Seconds since the newest of a few busy quotes; null = there is none. A text = they cannot be had. */
      readonly quoteAge: number | string | null;
    };

export interface InstanceFact {
  readonly name: string;
  readonly running: boolean;
  /** Why its ledger cannot be used; null = it can. */
  readonly trouble: string | null;
  readonly bytes: number;
}

export interface DiskFact {
  readonly path: string;
  readonly freeBytes: number | null;
  readonly writable: boolean;
}

export interface PortFact {
  readonly what: string;
  readonly address: string;
  /** Why it cannot be had; null = it can. */
  readonly taken: string | null;
}
