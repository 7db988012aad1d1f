import { isRepo } from '../domain/market/repo.ts';
import type { PositionStatus, TriggerStatus } from '../status/types.ts';
import { amount, clock, inPoints, money, percent, price, signed, UNKNOWN } from './figures.ts';
import { piece, type Markup } from './markup.ts';
import { inLanguage } from '../words/in-language.ts';
import { orderState, outcomeWord, ruleWord } from './names.ts';
import { table, type Column } from './table.ts';
import type { DayReport, ReportGroup, ReportLimit, ReportOrder, ReportSlippage } from './types.ts';
import { words } from './words.ts';

/** A figure of profit in its colour. */
export function gain(value: number | null, text = signed(value)): Markup {
  const kind = value === null || value === 0 ? '' : value > 0 ? 'rise' : 'fall';
  return piece`<span class="${kind}">${text}</span>`;
}

/** What was paid more is a loss. */
export function slippageText(slippage: ReportSlippage | null): Markup {
  if (slippage === null) return piece`${UNKNOWN}`;
  return gain(-slippage.money, `${signed(slippage.money)}${inPoints(slippage.basisPoints)}`);
}

export function ordersTable({ orders }: DayReport): Markup {
  if (orders.length === 0) return piece`<p>${words('noOrders')}</p>`;
  const columns: readonly Column<ReportOrder>[] = [
    { head: words('col.time'), cell: ({ at }) => clock(at) },
    { head: words('col.security'), cell: ({ security }) => security },
    { head: words('col.side'), cell: ({ side }) => words(`side.${side}`) },
    { head: words('col.amount'), cell: (order) => amount(order.amount), isNumber: true },
    { head: words('col.filled'), cell: ({ filled }) => amount(filled), isNumber: true },
    { head: words('called'), cell: ({ called }) => price(called), isNumber: true },
    { head: words('col.price'), cell: (order) => price(order.price), isNumber: true },
    {
      head: words('slippage'),
      cell: ({ slippage, filled, security }) => orderSlippage(slippage, filled, security),
      isNumber: true,
    },
    { head: words('fees'), cell: ({ fees, filled }) => (filled === 0 ? '' : money(fees)), isNumber: true },
    {
      head: words('realised'),
      cell: ({ realised, side, filled }) => (side === 'buy' || filled === 0 ? '' : gain(realised)),
      isNumber: true,
    },
    { head: words('col.state'), cell: orderState },
    { head: words('col.task'), cell: ({ task }) => task ?? '' },
    { head: words('col.reason'), cell: ({ reason }) => inLanguage(reason ?? '') },
  ];
  return table(columns, orders);
}

/** Of what was not traded, and of a rate, there is none. */
function orderSlippage(slippage: ReportSlippage | null, filled: number, security: string): Markup | string {
  return filled === 0 || isRepo(security) ? '' : slippageText(slippage);
}

export function groupsTable(head: string, groups: readonly ReportGroup[], withHeld: boolean): Markup {
  const held: readonly Column<ReportGroup>[] = [
    { head: words('held'), cell: (group) => (group.held === null ? '' : money(group.held)), isNumber: true },
    { head: words('unrealised'), cell: (group) => (group.held === null ? '' : gain(group.unrealised)), isNumber: true },
  ];
  const columns: readonly Column<ReportGroup>[] = [
    { head, cell: ({ key, name }) => `${key ?? words('noTask')}${name === null ? '' : ` ${name}`}` },
    { head: words('count'), cell: ({ orders }) => amount(orders), isNumber: true },
    { head: words('bought'), cell: ({ bought }) => money(bought), isNumber: true },
    { head: words('sold'), cell: ({ sold }) => money(sold), isNumber: true },
    { head: words('fees'), cell: ({ fees }) => money(fees), isNumber: true },
    {
      head: words('slippage'),
      cell: ({ slippage, bought, sold }) => (bought + sold === 0 ? '' : slippageText(slippage)),
      isNumber: true,
    },
    { head: words('realised'), cell: ({ realised }) => gain(realised), isNumber: true },
    ...(withHeld ? held : []),
  ];
  return table(columns, groups);
}

export function positionsTable({ positions }: DayReport): Markup {
  if (positions === null) return piece`<p>${words('unknownPositions')}</p>`;
  if (positions.length === 0) return piece`<p>${words('noPositions')}</p>`;
  const columns: readonly Column<PositionStatus>[] = [
    { head: words('col.security'), cell: ({ security }) => security },
    { head: words('col.name'), cell: ({ name }) => name ?? '' },
    { head: words('col.amount'), cell: (position) => amount(position.amount), isNumber: true },
    { head: words('col.cost'), cell: ({ avgCost }) => price(avgCost), isNumber: true },
    { head: words('col.price'), cell: (position) => price(position.price), isNumber: true },
    { head: words('col.value'), cell: ({ value }) => money(value), isNumber: true },
    { head: words('col.profit'), cell: ({ profit }) => gain(profit), isNumber: true },
    { head: '%', cell: ({ profitPercent }) => gain(profitPercent, percent(profitPercent)), isNumber: true },
    {
      head: words('col.weight'),
      cell: ({ weight }) => (weight === null ? UNKNOWN : `${weight.toFixed(1)} %`),
      isNumber: true,
    },
  ];
  return table(columns, positions);
}

export function tasksTable({ triggers }: DayReport): Markup {
  if (triggers.length === 0) return piece`<p>${words('noTasks')}</p>`;
  const columns: readonly Column<TriggerStatus>[] = [
    { head: words('col.due'), cell: ({ due }) => clock(due) },
    { head: words('col.task'), cell: ({ task }) => task },
    { head: words('col.outcome'), cell: ({ outcome }) => outcomeWord(outcome) },
    { head: words('col.started'), cell: ({ startedAt }) => clock(startedAt) },
    {
      head: words('col.took'),
      cell: ({ startedAt, endedAt }) =>
        startedAt === null || endedAt === null ? UNKNOWN : `${((endedAt - startedAt) / 1_000).toFixed(1)} s`,
      isNumber: true,
    },
    { head: words('col.reason'), cell: ({ reason }) => inLanguage(reason ?? '') },
  ];
  return table(columns, triggers);
}

export function limitsTable({ limits }: DayReport): Markup {
  if (limits.length === 0) return piece`<p>${words('noLimits')}</p>`;
  const columns: readonly Column<ReportLimit>[] = [
    { head: words('col.time'), cell: ({ at }) => clock(at) },
    { head: words('col.rule'), cell: ({ rule }) => ruleWord(rule) },
    { head: words('col.outcome'), cell: ({ level }) => words(`risk.${level}`) },
    { head: words('col.text'), cell: ({ text }) => inLanguage(text) },
  ];
  return table(columns, limits);
}

export function differencesList({ differences }: DayReport): Markup {
  if (differences.length === 0) return piece`<p>${words('noDifferences')}</p>`;
  const lines = differences.map(
    ({ at, text }) => piece`<li>${at === null ? '' : `${at.slice(11)} `}${inLanguage(text)}</li> `,
  );
  return piece`<ul class="mark">
    ${lines}
  </ul>`;
}
