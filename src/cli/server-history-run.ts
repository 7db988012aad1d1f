import Table from 'cli-table3';
import { BtError } from '../domain/errors.ts';
import { percentText } from '../domain/number-text.ts';
import { chinaDay, chinaInstant, chinaText, parseChinaTime } from '../domain/time.ts';
import { loadEnv } from '../platform/env.ts';
import { cleanLine } from '../platform/exit-text.ts';
import { writeDocument } from '../platform/terminal.ts';
import { sayDocument } from './say.ts';
import { historyAnswer, readHistoryFile } from '../server/index.ts';
import type { History, HistoryAnswer, HistoryQuery } from '../server/index.ts';
import { badValue, Settings } from './settings.ts';
import type { SettingNames } from './settings.ts';

const MOST_ROWS = 100_000;
const LAST = chinaInstant('2200-01-01', '00:00');

/** Runs `bt server history`. Throws BtError: BAD_CONFIG, HISTORY_UNUSABLE. */
export async function runServerHistory(flags: Readonly<Record<string, unknown>>): Promise<void> {
  const envFile = flags['envFile'];
  const settings = new Settings(loadEnv({ envFile: typeof envFile === 'string' ? envFile : null }), flags);
  const path = settings.text({ flag: '--history', variables: ['QMT_SERVER_HISTORY'] });
  if (path === null) throw refusal('--history is missing: name the file that `bt server --history FILE` writes.');
  const history = readHistoryFile(path);
  try {
    const query = readQuery(settings, history);
    const answer = history.read(query);
    if (settings.toggle({ flag: '--json' }) === true) {
      await writeDocument(`${JSON.stringify(historyAnswer(query.account, answer), null, 2)}\n`);
    } else await sayDocument(`${historyText(query, answer, settings.toggle({ flag: '--positions' }) === true)}\n`);
  } finally {
    history.close();
  }
}

function readQuery(settings: Settings, history: History): HistoryQuery {
  const account = readAccount(settings, history.accounts());
  const every = settings.choice({ flag: '--every' }, ['minute', 'day']) ?? 'minute';
  const to = moment(settings, { flag: '--end' }, '23:59:59') ?? LAST;
  return {
    account,
    every,
    to,
    from: moment(settings, { flag: '--start' }, '00:00:00') ?? (every === 'day' ? 0 : lastDay(history, account, to)),
    limit: settings.integer({ flag: '--limit' }, 1, MOST_ROWS) ?? 240,
  };
}

function readAccount(settings: Settings, known: readonly string[]): string {
  const named = settings.text({ flag: '--account' });
  const [only] = known;
  if (only === undefined) throw refusal('The history is empty: nothing was kept yet.');
  if (named !== null && known.includes(named)) return named;
  if (named === null && known.length === 1) return only;
  throw refusal(`--account ${named ?? 'is missing'}: name one of ${known.join(', ')}.`);
}

/** The begin of the last day there is. */
function lastDay(history: History, account: string, to: number): number {
  const [last] = history.read({ account, from: 0, to, every: 'minute', limit: 1 }).accounts;
  return last === undefined ? 0 : chinaInstant(chinaDay(last.at), '00:00');
}

function moment(settings: Settings, names: SettingNames, ofDay: string): number | null {
  const given = settings.find(names);
  if (given === null) return null;
  const read = parseChinaTime(given.value);
  if (read === null) throw badValue(given, "a day or a time of China like '2026-07-06 10:00'");
  return /\d[ T]\d/u.test(given.value) ? read : chinaInstant(chinaDay(read), ofDay);
}

function historyText({ account, every }: HistoryQuery, answer: HistoryAnswer, withHoldings: boolean): string {
  const table = new Table({
    head: ['time', 'total', 'cash', 'in the market', 'profit', 'holdings'],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const row of answer.accounts) {
    table.push([
      chinaText(row.at),
      ...[row.totalValue, row.availableCash, row.marketValue, row.profit].map(money),
      String(row.holdings),
    ]);
  }
  const parts = [`account ${cleanLine(account)}, each ${every}`, table.toString()];
  if (withHoldings && answer.holdings.length > 0) parts.push(holdingsTable(answer));
  if (answer.gaps.length > 0) parts.push(...gapLines(answer));
  return parts.join('\n');
}

function holdingsTable({ holdings }: HistoryAnswer): string {
  const table = new Table({
    head: ['time', 'security', 'name', 'amount', 'closeable', 'cost', 'last', 'value', 'profit', 'rate', 'days held'],
    style: { head: [], border: [] },
  });
  for (const row of holdings) {
    const days = `${row.held.atLeast ? '≥ ' : ''}${row.held.days}`;
    const rate = row.profitRate === null ? '' : percentText(row.profitRate * 100, false);
    table.push([
      chinaText(row.at),
      cleanLine(row.security),
      cleanLine(row.name ?? ''),
      String(row.amount),
      String(row.closeableAmount),
      ...[row.avgCost, row.lastPrice].map((price) => (price === null ? '' : String(price))),
      ...[row.marketValue, row.profit].map(money),
      rate,
      days,
    ]);
  }
  return table.toString();
}

const SHOWN_GAPS = 20;

function gapLines({ gaps }: HistoryAnswer): string[] {
  const lines = gaps.slice(-SHOWN_GAPS).map(({ at, why }) => `missing ${chinaText(at)}: ${cleanLine(why)}`);
  return gaps.length > SHOWN_GAPS ? [`${gaps.length} minutes are missing, the last of them:`, ...lines] : lines;
}

/** An empty cell is what is not known. */
function money(value: number | null): string {
  return value === null ? '' : value.toFixed(2);
}

function refusal(message: string): BtError {
  return new BtError('BAD_CONFIG', message, { fault: 'config' });
}
