import Table from 'cli-table3';
import { BtError } from '../domain/errors.ts';
import type { SignalRow } from '../domain/follow/row.ts';
import { amountText } from '../domain/number-text.ts';
import { chinaDay, chinaInstant, chinaText, DAY, isDay } from '../domain/time.ts';
import { endText } from '../engine/follow/signal-lines.ts';
import { Ledger } from '../ledger/ledger.ts';
import type { Deviation } from '../ledger/signal-store.ts';
import { callControl } from '../platform/control-socket.ts';
import { writeDocument } from '../platform/terminal.ts';
import { wallNow } from '../platform/timers.ts';
import { askRunning } from './ask-running.ts';
import { instanceFolder } from './instances.ts';

type Flags = Readonly<Record<string, unknown>>;

/** Runs `bt follow status`: a running follower holds its strategies against their sources first; the rest is the ledger's. */
export async function runFollowStatus(flags: Flags): Promise<void> {
  const folder = instanceFolder(null, flags);
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
    await writeDocument(
      flags['json'] === true
        ? `${JSON.stringify(shown, null, 2)}\n`
        : `${statusText(day, deviations, signals, pictures)}\n`,
    );
  } finally {
    ledger.close();
  }
}

/** Runs `bt follow correct`. */
export async function runFollowCorrect(flags: Flags): Promise<void> {
  const strategy = flags['strategy'];
  const values = {
    ...(typeof strategy === 'string' ? { strategy } : {}),
    ...(flags['yes'] === true ? { yes: 'yes' } : {}),
  };
  const folder = instanceFolder(null, flags);
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
  const table = new Table({ head: ['code', 'wanted', 'held', 'to correct', 'why'], style: { head: [], border: [] } });
  for (const { security, wanted, held, correction, why } of rows)
    table.push([security, shares(wanted), shares(held), correction === null ? '' : shares(correction), why ?? '']);
  // What is wanted is as old as the picture, however new the comparison is.
  const of = pictureAt === null ? 'a picture of unknown time' : `its source's picture of ${chinaText(pictureAt)}`;
  return `${strategy}, as of ${chinaText(at)}, wanted by ${of}:\n${table.toString()}`;
}

function signalsText(day: string, signals: readonly SignalRow[]): string {
  if (signals.length === 0) return `No signals on ${day}.`;
  const table = new Table({
    head: ['came', 'signal', 'side', 'shares', 'code', 'filled', 'end'],
    style: { head: [], border: [] },
  });
  for (const row of signals) {
    const end = row.phase === 'done' ? endText(row) : (row.waitsFor ?? row.phase);
    table.push([
      chinaText(row.receivedAt),
      row.key,
      row.side,
      shares(row.amount),
      row.security,
      shares(row.filled),
      end,
    ]);
  }
  return `Signals of ${day}:\n${table.toString()}`;
}

function shares(amount: number | null): string {
  return amount === null ? '?' : amountText(amount);
}
