/** Whether an order could be sent now. */
export interface Health {
  readonly ready: boolean;
  /** Why not, in words; null = it is ready. */
  readonly reason: string | null;
}

/** The first reason that there is decides. */
export function healthOf(reasons: readonly (string | null)[]): Health {
  const reason = reasons.find((each) => each !== null) ?? null;
  return { ready: reason === null, reason };
}
