/** Hears how long something took where no event tells it. Wall milliseconds. It must neither throw nor wait. */
export interface Meter {
  /** The ledger was written: `forced` to the disk, or left to the system. */
  committed(kind: 'forced' | 'unforced', ms: number, ok: boolean): void;
  /** A call of the strategy's was answered; `ok`: with no error. */
  answered(call: string, ms: number, ok: boolean): void;
  /** The bytes of that wire order were handed to its socket. */
  handedOver(clientId: string): void;
}
