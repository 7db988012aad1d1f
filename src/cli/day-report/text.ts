import { chinaText } from '../../domain/time.ts';
import { amount, clock, inPoints, money, percent, price, signed, UNKNOWN } from '../../report/figures.ts';
import { otherParts } from '../../report/chart.ts';
import { countsText, orderState, outcomeWord, ruleWord } from '../../report/names.ts';
import type { DayReport, ReportGroup, ReportSlippage } from '../../report/types.ts';
import { words } from '../../report/words.ts';
import { cleanLine } from '../../platform/exit-text.ts';
import { inLanguage } from '../../words/in-language.ts';
import { fittedTable } from '../fitted-table.ts';
import { pairedTable } from '../paired-table.ts';
import { ends, gapCell, shown } from '../tables.ts';
import { SCREEN_WIDTH, wrapLines } from '../wrap-text.ts';

const LONGEST_LINE = 500;

/** The day for a terminal. */
export function reportText(report: DayReport, colors: boolean): string {
  const { bySecurity, byTask } = report;
  return [
    head(report),
    ...summary(report),
    ...otherParts(report.equity),
    section(words('orders'), ordersTable(report, colors), words('noOrders')),
    section(words('bySecurity'), groupsTable(words('col.security'), bySecurity, colors), words('noFills')),
    section(words('byTask'), groupsTable(words('col.task'), byTask, colors), ''),
    section(words('tasks'), tasksTable(report, colors), words('noTasks')),
    section(words('limits'), limits(report), words('noLimits')),
    section(words('differences'), differences(report), words('noDifferences')),
  ]
    .filter((text) => text !== '')
    .map((text) => (text.includes('│') ? text : wrapLines(inLanguage(text), SCREEN_WIDTH)))
    .join('\n');
}

/** `none`: what is said in its place; nothing when that is empty. */
function section(name: string, text: string, none: string): string {
  if (text === '') return none === '' ? '' : `\n${name}\n${none}`;
  return `\n${name}\n${text}`;
}

function head({ day, name, broker, endpoint, account, running, madeAt }: DayReport): string {
  const of = words('of', { name, broker });
  const how = words(running ? 'running' : 'stopped');
  const text = `${words('title', { day })}  ${of} ${endpoint} ${account ?? ''} (${how}, ${chinaText(madeAt)})`;
  return cleanLine(text, LONGEST_LINE);
}

function summary({ portfolio, totals }: DayReport): string[] {
  const traded = `${words('bought')} ${money(totals.bought)}, ${words('sold')} ${money(totals.sold)}, ${words('fees')} ${money(totals.fees)}`;
  const counts = countsText(totals);
  const lines = [
    `${words('orders')}: ${totals.orders}${counts === '' ? '' : ` (${counts})`}`,
    traded,
    `${words('realised')} ${signed(totals.realised)}, ${words('slippage')} ${slippageText(totals.slippage)}`,
  ];
  if (portfolio === null) return [words('noAccount'), ...lines];
  const { totalValue, availableCash, dayProfit, dayProfitPercent, totalProfit, totalProfitPercent } = portfolio;
  const when = portfolio.source === 'ledger' ? ` (${words('ofLedger', { time: chinaText(portfolio.asOf) })})` : '';
  return [
    `${words('account.total')} ${money(totalValue)}, ${words('account.available')} ${money(availableCash)}${when}`,
    `${words('dayProfit')} ${signed(dayProfit)} (${percent(dayProfitPercent)}), ${words('totalProfit')} ${signed(totalProfit)} (${percent(totalProfitPercent)})`,
    ...lines,
  ];
}

function slippageText(slippage: ReportSlippage | null): string {
  if (slippage === null) return UNKNOWN;
  return `${signed(slippage.money)}${inPoints(slippage.basisPoints)}`;
}

function ordersTable({ orders }: DayReport, colors: boolean): string {
  if (orders.length === 0) return '';
  const columns = ['col.time', 'col.side', 'col.security', 'col.amount', 'col.filled', 'called', 'col.price'] as const;
  const head = [...columns.map((word) => words(word)), words('slippage'), words('col.state')];
  const numbers = [words('col.amount'), words('col.filled'), words('called'), words('col.price'), words('slippage')];
  const rows = orders.map((order) => ({
    cells: [
      clock(order.at),
      words(`side.${order.side}`),
      order.security,
      amount(order.amount),
      amount(order.filled),
      price(order.called),
      price(order.price),
      order.filled === 0 ? '' : slippageText(order.slippage),
      orderState(order),
    ],
    note: order.reason,
  }));
  const pairs = [
    [words('col.time'), words('col.side')],
    [words('col.amount'), words('col.filled')],
    [words('called'), words('col.price')],
  ] as const;
  const gap = (left: number) => ({ cells: head.map((_name, column) => gapCell(column, left)), note: null });
  return pairedTable({ head, numbers, pairs }, ends(rows, gap), colors);
}

function groupsTable(first: string, groups: readonly ReportGroup[], colors: boolean): string {
  if (groups.length === 0) return '';
  const numbers = [words('count'), words('bought'), words('sold'), words('fees'), words('slippage'), words('realised')];
  const rows = groups.map(({ key, name, orders, bought, sold, fees, slippage, realised }) => [
    `${key ?? words('noTask')}${name === null ? '' : ` ${name}`}`,
    amount(orders),
    money(bought),
    money(sold),
    money(fees),
    bought + sold === 0 ? '' : slippageText(slippage),
    signed(realised),
  ]);
  const pairs = [
    [words('bought'), words('sold')],
    [words('fees'), words('slippage')],
  ] as const;
  const lines = shown(rows).map((cells) => ({ cells, note: null }));
  return pairedTable({ head: [first, ...numbers], numbers, pairs }, lines, colors);
}

function tasksTable({ triggers }: DayReport, colors: boolean): string {
  if (triggers.length === 0) return '';
  const names = (['col.due', 'col.task', 'col.outcome', 'col.started', 'col.reason'] as const).map((word) =>
    words(word),
  );
  const rows = triggers.map(({ due, task, outcome, startedAt, reason }) => [
    clock(due),
    task,
    outcomeWord(outcome),
    clock(startedAt),
    reason ?? '',
  ]);
  return fittedTable(names, rows, [], colors);
}

function limits({ limits: all }: DayReport): string {
  return all
    .map(({ at, level, rule, text }) => `  ${clock(at)}  ${words(`risk.${level}`)}  ${ruleWord(rule)}: ${text}`)
    .map((line) => cleanLine(line, LONGEST_LINE))
    .join('\n');
}

function differences({ differences: all }: DayReport): string {
  return all
    .map(({ at, text }) => cleanLine(`- ${at === null ? '' : `${at.slice(11)} `}${text}`, LONGEST_LINE))
    .join('\n');
}
