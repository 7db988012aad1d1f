import pc from 'picocolors';
import { cleanLine } from '../../platform/exit-text.ts';
import { inLanguage } from '../../words/in-language.ts';
import { padText, SCREEN_WIDTH, textWidth, wrapBehind } from '../wrap-text.ts';
import { chinaDay, chinaText } from '../../domain/time.ts';
import type { EngineStatus, InstanceStatus } from '../../status/types.ts';
import { limitName } from '../../status/limit-name.ts';
import { amountText } from '../../domain/number-text.ts';
import { money, signed } from '../tables.ts';
import { ordersTable, positionsTable } from './lists-text.ts';
import { percentText, stopsText, timeText, unknownText } from './status-words.ts';

/** Holdings that the one screen has; bt positions has all. */
const MOST_POSITIONS = 12;
/** The share of a limit from which on it is worth a line. */
const WORTH_TELLING = 0.5;

/** Columns before a line's label, and behind it. */
const MARGIN = 2;

type Row = readonly [label: string, text: string];

/** An instance on one screen. */
export function statusText(status: InstanceStatus, colors: boolean): string {
  const { bold, dim } = pc.createColors(colors);
  const { name, broker, endpoint, account, now, instance } = status;
  const headOf = (title: string): string =>
    `${title} on ${broker} ${cleanLine(endpoint)}${account === null ? '' : `, account ${cleanLine(account)}`}`;
  const [plain, head] = [headOf(cleanLine(name)), headOf(bold(cleanLine(name)))];
  const rows = [...runRows(status), ...moneyRows(status), ...dayRows(status)];
  const width = Math.max(...rows.map(([label]) => textWidth(inLanguage(label))));
  const lines = rows.map(([label, text]) => {
    const said = wrapBehind(width + 2 * MARGIN, inLanguage(cleanLine(text, 500)));
    return `  ${dim(padText(inLanguage(label), width))}  ${said}`;
  });
  const when = `${chinaText(now)}  (${instance})`;
  const isWide = textWidth(inLanguage(plain)) + textWidth(when) + 3 > SCREEN_WIDTH;
  return [`${head}${isWide ? '\n  ' : '   '}${dim(when)}`, ...lines, ...tables(status, colors)].join('\n');
}

function runRows(status: InstanceStatus): Row[] {
  const { engine, risk, unknowns, foreign, day } = status;
  const stops = stopsText(risk);
  const rows: Row[] =
    engine === null
      ? [['engine', restingText(status)]]
      : engineRows(
          engine,
          day,
          risk.stops.some(({ stops: what }) => what === 'all'),
        );
  if (stops !== null) rows.push(['STOPPED', stopsWithWhy(status, stops)]);
  for (const unknown of unknowns) rows.push(['UNKNOWN', unknownText(unknown)]);
  for (const { brokerOrderId, side, amount, security } of foreign)
    rows.push([
      'others',
      `order ${brokerOrderId} (${side ?? '?'} ${amount} ${security}) is not of this instance: bt adopt ${brokerOrderId} takes it`,
    ]);
  return rows;
}

function restingText({ problem, running }: InstanceStatus): string {
  if (problem !== null) return `${running ? 'runs, and ' : ''}${problem}`;
  return 'does not run; what stands below is of the ledger';
}

function stopsWithWhy({ risk, day }: InstanceStatus, names: string): string {
  const why = risk.stops.map(({ text, at }) => `${text.replace(/\.$/u, '')} (since ${timeText(at, day)})`);
  return `${names}${why.length === 0 ? '' : `: ${why.join('; ')}`}. "bt resume --reason ..." lets it go on.`;
}

/** `stopped`: a person, or a limit, lets no order out. */
function engineRows(engine: EngineStatus, day: string, stopped: boolean): Row[] {
  const { startedAt, pid, version, memoryMb, ledgerBytes, gate, ready, stub, quotes, strategy } = engine;
  const since = `since ${timeText(startedAt, day)}, pid ${pid}, bt ${version}, ${memoryMb} MB, ledger ${(ledgerBytes / 1e6).toFixed(1)} MB`;
  const kind = stub === null ? 'not reached yet' : stub ? 'a paper market (stub)' : 'REAL MONEY';
  const alive = quotes.alive === null ? 'not looked at' : quotes.alive ? 'alive' : 'STAND STILL';
  const last = quotes.lastAt === null ? '' : `, the last of ${timeText(quotes.lastAt, day)}`;
  const rows: Row[] = [
    ['engine', `${ready ? 'runs' : 'is starting'} ${since}`],
    ['trading', gate === null ? (stopped ? 'is stopped' : 'goes on') : `WAITS: ${gate}`],
    ['gateway', `${kind}; ${linksText(engine, day)}`],
    ['quotes', `${alive}${last}`],
  ];
  if (strategy !== null) rows.push(['strategy', strategyText(strategy, day)]);
  return rows;
}

function linksText({ links }: EngineStatus, day: string): string {
  const up = links.filter(({ up: isUp }) => isUp).map(({ session }) => session);
  const down = links.filter(({ up: isUp }) => !isUp);
  const words = down.map(({ session, reason, since }) => {
    const from = since === null ? '' : ` since ${timeText(since, day)}`;
    return `${session} is DOWN${from} (${reason ?? '?'})`;
  });
  const alive = up.length === 0 ? [] : [`connected: ${up.join(', ')}`];
  const all = [...alive, ...words];
  return all.length === 0 ? 'no connection has been told of' : all.join('; ');
}

function strategyText({ state, inTask, since }: NonNullable<EngineStatus['strategy']>, day: string): string {
  const from = `since ${timeText(since, day)}`;
  if (state === 'running') return `runs ${inTask ?? '?'} ${from}`;
  if (state === 'halted') return `HALTED ${from}: three errors in a row; bt resume lets it go on`;
  if (state === 'lost') return `LOST ${from}: nothing of it is called any more, its orders are followed`;
  return state === 'starting' ? `starts ${from}` : `idle ${from}`;
}

function moneyRows({ portfolio, now }: InstanceStatus): Row[] {
  if (portfolio === null) return [['account', 'has not been read yet']];
  const { asOf, source, totalValue, availableCash, lockedCash } = portfolio;
  const { dayProfit, dayProfitPercent, totalProfit, totalProfitPercent } = portfolio;
  const when =
    source === 'engine' ? `as of ${timeText(asOf, chinaDay(now))}` : `as it was seen last, ${chinaText(asOf)}`;
  const day = dayProfit === null ? '' : `, day ${signed(dayProfit)} (${percentText(dayProfitPercent)})`;
  const whole =
    totalProfit === null ? '' : `, since its first day ${signed(totalProfit)} (${percentText(totalProfitPercent)})`;
  return [
    ['account', `total ${money(totalValue)}${day}${whole}`],
    ['', `cash ${money(availableCash)}, locked ${money(lockedCash)}; ${when}`],
  ];
}

function dayRows({ orders, trades, triggers, risk, day }: InstanceStatus): Row[] {
  const count = (text: string, number: number): string[] => (number === 0 ? [] : [`${number} ${text}`]);
  const open = orders.filter(({ phase }) => phase !== 'done').length;
  const refused = orders.filter(({ state }) => state === 'rejected' || state === 'not_sent').length;
  const filled = orders.filter(({ filled: shares }) => shares > 0).length;
  const of = [...count('open', open), ...count('with fills', filled), ...count('refused', refused)];
  const rows: Row[] = [
    [
      'orders',
      `${orders.length} on ${day}${of.length === 0 ? '' : `: ${of.join(', ')}`}; ${trades.length} ${trades.length === 1 ? 'fill' : 'fills'}`,
    ],
  ];
  if (triggers.length > 0) rows.push(['tasks', tasksText(triggers, day)]);
  for (const one of risk.limits) {
    const { limit, used, unit, variable } = one;
    if (limit !== null && used !== null && limit > 0 && used >= limit * WORTH_TELLING)
      rows.push([
        'limit',
        `${limitName(one)}: ${amountText(Math.round(used))} of ${amountText(limit)} ${unit} (${variable})`,
      ]);
  }
  return rows;
}

function tasksText(triggers: InstanceStatus['triggers'], day: string): string {
  const counts = [...Map.groupBy(triggers, ({ outcome }) => outcome)].map(
    ([outcome, of]) => `${of.length} ${outcome.replace('_', ' ')}`,
  );
  const last = triggers.at(-1);
  const why = last?.reason == null ? '' : `: ${last.reason}`;
  return `${counts.join(', ')}${last === undefined ? '' : `; last: ${last.task}, due ${timeText(last.due, day)}, ${last.outcome.replace('_', ' ')}${why}`}`;
}

function tables(status: InstanceStatus, colors: boolean): string[] {
  const open = status.orders.filter(({ phase }) => phase !== 'done');
  const largest = status.positions.toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const left = largest.length - MOST_POSITIONS;
  return [
    ...(largest.length === 0 ? [] : [positionsTable(largest.slice(0, MOST_POSITIONS), colors)]),
    ...(left > 0 ? [`… ${left} more: bt positions`] : []),
    ...(open.length === 0 ? [] : [`Open orders\n${ordersTable(open, status.day, colors)}`]),
  ];
}
