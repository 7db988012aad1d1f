/** What `bt server doctor` has found out. Null = it was not looked at, or could not be. */
export interface DoctorFacts {
  /** Now, epoch ms. */
  readonly now: number;
  readonly platform: string;
  readonly node: string;
  /** The Python that was named or is tried. */
  readonly python: string;
  readonly probe: SdkProbe;
  readonly userdata: UserdataFacts | null;
  /** Whether a miniQMT runs; null = this system cannot say. */
  readonly terminalRuns: boolean | null;
  /** Aliases that were configured, those of other terminals apart. */
  readonly accounts: readonly string[];
  /** Terminals whose folder stands with an account of theirs. */
  readonly others: readonly OtherTerminal[];
  readonly listen: ListenFacts;
  /** Seconds that this machine's clock is ahead of a time server; null = none answered. */
  readonly clockAhead: number | null;
  /** Null = none is set. */
  readonly token: string | null;
}

/** A terminal beside the one of `--data-path`. */
export interface OtherTerminal {
  readonly userdata: UserdataFacts;
  readonly accounts: readonly string[];
  readonly probe: SdkProbe;
}

export interface SdkProbe {
  /** The steps that were told, in their order. */
  readonly steps: readonly ProbeStep[];
  /** Why it ended without its last step: it could not be started, took too long, or died. Null = it ended. */
  readonly trouble: string | null;
}

/** A line of `bt_qmt_doctor.py`. */
export interface ProbeStep {
  readonly step: string;
  readonly error?: string | undefined;
  readonly version?: string | null | undefined;
  readonly bits?: number | undefined;
  readonly path?: string | undefined;
  readonly code?: number | null | undefined;
  readonly account?: string | undefined;
  readonly subscribed?: number | null | undefined;
  readonly status?: number | null | undefined;
  readonly symbol?: string | undefined;
  readonly time?: number | string | null | undefined;
}

export interface UserdataFacts {
  readonly path: string;
  readonly exists: boolean;
  /** It holds what a terminal in independent-trade mode makes. */
  readonly hasQueue: boolean;
  readonly writable: boolean;
}

export interface ListenFacts {
  readonly host: string;
  readonly port: number;
  /** `free`, `taken` by something else, a `server` of ours with what it says of itself, or `refused`: it is ours and the token is not. */
  readonly state: 'free' | 'taken' | 'server' | 'refused';
  readonly detail: string;
  /** Whether Windows lets others in; null = not looked at. */
  readonly firewallOpen: boolean | null;
}

/** A line for the desk. */
export interface Finding {
  readonly what: string;
  /** `fix`: the gateway cannot work so. `look`: it may. `skipped`: it was not looked at. */
  readonly kind: 'ok' | 'fix' | 'look' | 'skipped';
  /** What was found, and, unless it is ok, what to do. */
  readonly text: string;
}
