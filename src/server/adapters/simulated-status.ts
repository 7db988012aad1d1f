import type { QmtStatus } from '../../exchange/types.ts';

/**
 * The wire's word of each of QMT's codes. Where the deployed back ends differ, the word the Python clients count as open is taken
 * (`filling`, not `partly_filled`).
 */
const WORDS: Readonly<Record<QmtStatus, string>> = {
  48: 'new',
  49: 'new',
  50: 'open',
  51: 'canceling',
  52: 'partly_canceling',
  53: 'partly_canceled',
  54: 'canceled',
  55: 'filling',
  56: 'filled',
  57: 'rejected',
};

const FINAL: ReadonlySet<QmtStatus> = new Set<QmtStatus>([53, 54, 56, 57]);

export function statusWord(status: QmtStatus): string {
  return WORDS[status];
}

export function isFinalStatus(status: QmtStatus): boolean {
  return FINAL.has(status);
}
