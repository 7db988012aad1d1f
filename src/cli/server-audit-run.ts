import { loadEnv } from '../platform/env.ts';
import { cleanLine } from '../platform/exit-text.ts';
import { writeDocument } from '../platform/terminal.ts';
import { sayDocument } from './say.ts';
import type { JsonObject } from '../protocol/json.ts';
import { auditToRead } from './server-files.ts';
import { badValue, Settings } from './settings.ts';

/** Prints the audit, a line an event. Throws BtError BAD_CONFIG, NO_AUDIT or AUDIT_UNREADABLE. */
export async function runServerAudit(flags: Readonly<Record<string, unknown>>): Promise<void> {
  const envFile = flags['envFile'];
  const settings = new Settings(loadEnv({ envFile: typeof envFile === 'string' ? envFile : null }), flags);
  const { readAudit } = await import('../server/audit-file.ts');
  const lines = readAudit(auditToRead(settings)).filter(chosenBy(settings));
  if (settings.toggle({ flag: '--json' }) === true) {
    await writeDocument(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return;
  }
  const answered = new Set(lines.filter(({ event }) => event === 'answered').map(requestOf));
  const shown = lines.filter((line) => line['event'] !== 'asked' || !answered.has(requestOf(line)));
  await sayDocument(
    shown.length === 0 ? 'Nothing is written there of that.\n' : shown.map((line) => `${auditText(line)}\n`).join(''),
  );
}

/** One event as a line for people. */
export function auditText(line: JsonObject): string {
  const part = (name: string, label = ''): string => {
    const value = line[name];
    if (value === undefined || value === null) return '';
    return `${label}${typeof value === 'string' ? value : JSON.stringify(value)}`;
  };
  const order = [
    part('action'),
    part('side'),
    part('operation'),
    part('amount'),
    part('security'),
    part('price', '@'),
    part('orderId', 'order='),
  ];
  const who = [part('account', 'account='), part('subAccount', 'sub='), part('remark', 'remark='), part('key', 'key=')];
  const end =
    line['event'] === 'asked' ? 'NO ANSWER' : [part('outcome'), part('status'), part('text')].filter(isSaid).join(' ');
  const head = line['action'] === undefined ? [part('event')] : order;
  const parts = [
    part('time'),
    ...head,
    ...who,
    isSaid(end) ? `→ ${end}` : '',
    part('ms', 'ms='),
    part('peer', 'from '),
  ];
  return cleanLine([...parts, line['dryRun'] === true ? 'DRY RUN' : ''].filter(isSaid).join(' '), 1_000);
}

function chosenBy(settings: Settings): (line: JsonObject) => boolean {
  const day = settings.find({ flag: '--day' });
  if (day !== null && !/^\d{4}-\d{2}-\d{2}$/u.test(day.value)) throw badValue(day, 'a day like 2026-07-06');
  const account = settings.text({ flag: '--account' });
  const order = settings.text({ flag: '--order' });
  return (line) =>
    (day === null || String(line['time']).startsWith(day.value)) &&
    (account === null || line['account'] === account) &&
    (order === null || String(line['orderId']) === order);
}

function requestOf({ request, peer }: JsonObject): string {
  return `${String(request)} ${String(peer)}`;
}

function isSaid(text: string): boolean {
  return text !== '';
}
