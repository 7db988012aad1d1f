import type { SignalRow } from '../../domain/follow/row.ts';
import { amountText, priceText } from '../../domain/number-text.ts';
import type { Events } from '../events.ts';

/** Tells what has become of a signal; null = it has just come. Nothing is told of what merely waits on for the same. */
export function tellSignal(events: Pick<Events, 'emit'>, before: SignalRow | null, row: SignalRow): void {
  const told = lineOf(before, row);
  if (told !== null) events.emit({ kind: 'signal', signal: row, step: before === null ? 'came' : 'goes_on', ...told });
}

function lineOf(
  before: SignalRow | null,
  row: SignalRow,
): { readonly level: 'info' | 'warning'; readonly text: string } | null {
  const name = nameOfSignal(row);
  if (row.phase === 'done') {
    const isGood = row.end === 'filled' || row.end === 'nothing';
    return { level: isGood ? 'info' : 'warning', text: `${name}: ${endText(row)}` };
  }
  if (before === null)
    return {
      level: 'info',
      text: `${name} has come${row.waitsFor === null ? '' : `, and waits for ${row.waitsFor}`}.`,
    };
  if (row.phase === 'ordered' && before.phase === 'waiting')
    return { level: 'info', text: `${name}: ${orderedText(row)}` };
  if (row.phase === 'waiting' && row.waitsFor !== null && row.waitsFor !== before.waitsFor)
    return { level: 'info', text: `${name} waits: ${row.waitsFor}.` };
  return null;
}

/** `signal alpha:20260706-17, buy 300 600000.XSHG at 9.5` */
export function nameOfSignal({ key, side, amount, security, price, origin }: SignalRow): string {
  const what = origin === 'source' ? 'Signal' : 'Correction';
  const at = price === null ? '' : ` at ${priceText(price)}`;
  return `${what} ${key}, ${side} ${amountText(amount)} ${security}${at}`;
}

function orderedText({ attempt, wanted, filled, notes }: SignalRow): string {
  const rest = (wanted ?? 0) - filled;
  const changes = notes.length === 0 || attempt > 1 ? '' : ` (${notes.join('; ')})`;
  return attempt === 1
    ? `${amountText(rest)} are ordered${changes}.`
    : `the rest of ${amountText(rest)} is ordered anew.`;
}

/** How it ended, in words. */
export function endText({ end, filled, asked, code, reason }: SignalRow): string {
  const why = reason === null ? '.' : `: ${reason.replace(/\.$/u, '')}.`;
  switch (end) {
    case 'filled':
      return `filled, ${amountText(filled)} shares${why}`;
    case 'partly_filled':
      return `PARTLY FILLED, ${amountText(filled)} of ${amountText(asked ?? 0)} shares${why}`;
    case 'nothing':
      return `nothing to do${why}`;
    case 'refused':
      return `REFUSED (${code ?? ''})${why}`;
    case null:
      return 'it has not ended.';
  }
}
