import { BtError } from '../domain/errors.ts';
import type { SignalRow } from '../domain/follow/row.ts';
import { amountText } from '../domain/number-text.ts';
import { chinaDay, chinaInstant, chinaText, DAY, isDay } from '../domain/time.ts';
import { endText } from '../engine/follow/signal-lines.ts';
import { Ledger } from '../ledger/ledger.ts';
import type { Deviation } from '../ledger/signal-store.ts';
import { callControl } from '../platform/control-socket.ts';
import { writeDocument } from '../platform/terminal.ts';
import { sayDocument } from './say.ts';
import { wallNow } from '../platform/timers.ts';
import { askRunning } from './ask-running.ts';
import { followerFolder } from './followers.ts';
import { timeText } from './look/status-words.ts';
import { notedTable } from './fitted-table.ts';

type Flags = Readonly<Record<string, unknown>>;

/** Runs `bt follow status`: a running follower holds its strategies against their sources first; the rest is the ledger's. */
export async function runFollowStatus(name: string | null, flags: Flags): Promise<void> {
  const folder = followerFolder(name, flags);
  const asked = flags['day'];
  if (asked !== undefined && !(typeof asked === 'string' && isDay(asked)))
    throw new BtError('BAD_CONFIG', '--day needs a day like 2026-07-06.', { fault: 'config' });
  const isRunning = (await callControl(folder, { command: 'follow-reconcile', values: {} })) !== null;
  const ledger = Ledger.read(folder);
  try {
    const deviations = ledger.signals.deviations();
    const latest = Math.max(0, ...deviations.map(({ at }) => at));
    // On simulated time the market's day is not the machine's.
    const day = typeof asked === 'string' ? asked : chinaDay(isRunning && latest > 0 ? latest : wallNow());
    const from = chinaInstant(day, '00:00');
    const signals = ledger.signals.ofDay(day, from, from + DAY);
    const pictures = deviations.map(({ strategy }) => ({ strategy, at: ledger.signals.picture(strategy)?.at ?? null }));
    const shown = { day, isRunning, deviations, pictures, signals: signals.map(({ raw: _raw, ...row }) => row) };
    if (flags['json'] === true) await writeDocument(`${JSON.stringify(shown, null, 2)}\n`);
    else await sayDocument(`${statusText(day, deviations, signals, pictures)}\n`);
  } finally {
    ledger.close();
  }
}

/** Runs `bt follow correct`. */
export async function runFollowCorrect(name: string | null, flags: Flags): Promise<void> {
  const strategy = flags['strategy'];
  const values = {
    ...(typeof strategy === 'string' ? { strategy } : {}),
    ...(flags['yes'] === true ? { yes: 'yes' } : {}),
  };
  const folder = followerFolder(name, flags);
  await askRunning(folder, { command: 'follow-correct', values }, 'start bt follow: orders are given by it alone');
}

/** When a source said last what it holds, epoch ms; null = it has not. */
export interface PictureTime {
  readonly strategy: string;
  readonly at: number | null;
}

/** Both tables. */
export function statusText(
  day: string,
  deviations: readonly Deviation[],
  signals: readonly SignalRow[],
  pictures: readonly PictureTime[],
): string {
  const held = deviations.map((deviation) => {
    const picture = pictures.find(({ strategy }) => strategy === deviation.strategy);
    return heldText(deviation, deviation.rows[0] === undefined ? (picture?.at ?? null) : deviation.rows[0].pictureAt);
  });
  const none = 'No picture of a source has come yet: what is wanted is not known.';
  return [...(held.length === 0 ? [none] : held), signalsText(day, signals)].join('\n');
}

function heldText({ strategy, at, rows }: Deviation, pictureAt: number | null): string {
  const lines = rows.map(({ security, wanted, held, correction, why }) => ({
    cells: [security, shares(wanted), shares(held), correction === null ? '' : shares(correction)],
    note: why,
  }));
  const text = notedTable(['code', 'wanted', 'held', 'to correct'], lines, ['wanted', 'held', 'to correct'], false);
  // What is wanted is as old as the picture, however new the comparison is.
  const of = pictureAt === null ? 'a picture of unknown time' : `its source's picture of ${chinaText(pictureAt)}`;
  return `${strategy}, as of ${chinaText(at)}, wanted by ${of}:\n${text}`;
}

function signalsText(day: string, signals: readonly SignalRow[]): string {
  if (signals.length === 0) return `No signals on ${day}.`;
  const lines = signals.map((row) => ({
    cells: [timeText(row.receivedAt, day), row.key, row.side, shares(row.amount), row.security, shares(row.filled)],
    note: row.phase === 'done' ? endText(row) : (row.waitsFor ?? row.phase),
  }));
  const head = ['came', 'signal', 'side', 'shares', 'code', 'filled'];
  return `Signals of ${day}:\n${notedTable(head, lines, ['shares', 'filled'], false)}`;
}

function shares(amount: number | null): string {
  return amount === null ? '?' : amountText(amount);
}
