import type { Notice } from './notice.ts';

/**
 * Tells people of what happens. No call of it throws, waits, or does more than to hand over: whoever trades may call it at any time.
 * `bt live`, `bt server` and whatever follows others' signals use the same one.
 */
export interface Notifier {
  /** True when somebody may hear it: channels are configured, and messages of this run are not off. */
  readonly isOn: boolean;
  /** False when it was dropped: nobody listens, or so many wait that the least urgent have to go. */
  tell(notice: Notice): boolean;
  /** Who speaks, before each title from now on. */
  speakAs(source: string): void;
  /** Waits `graceMs` at most for what can still be delivered. Resolves with the number of messages left for the next start. */
  close(graceMs?: number): Promise<number>;
}

/** Nobody listens. */
export const SILENT: Notifier = {
  isOn: false,
  tell: () => false,
  speakAs: () => undefined,
  close: () => Promise.resolve(0),
};
