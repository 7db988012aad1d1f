/** Who has to act: the strategy's author, whoever configured the run, the venue, the network, or us. */
export const FAULTS = ['strategy', 'config', 'venue', 'network', 'bug'] as const;
export type Fault = (typeof FAULTS)[number];

export interface BtErrorOptions {
  readonly fault: Fault;
  readonly cause?: unknown;
  /** Structured facts for logs and reports; cloneable, never secret. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

/**
 * The one error class of the project.
 * `code` is stable (SCREAMING_SNAKE, documented); callers branch on it, never on the text or on `instanceof`,
 * because errors cross the border as data. The message ends with what the user can do.
 */
export class BtError extends Error {
  override readonly name = 'BtError';
  readonly code: string;
  readonly fault: Fault;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;

  constructor(code: string, message: string, options: BtErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.fault = options.fault;
    this.details = options.details ?? {};
  }
}

/** The stable code of an error of ours (also one that crossed the border), else null. */
export function errorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** Who has to act on an error of ours (also one that crossed the border); null for anybody else's. */
export function faultOf(error: unknown): Fault | null {
  if (errorCode(error) === null || typeof error !== 'object' || error === null || !('fault' in error)) return null;
  return FAULTS.find((fault) => fault === error.fault) ?? null;
}

/** The message of anything that was thrown, also of what cannot be made a text. */
export function errorMessage(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return 'something that cannot be made a text';
  }
}
