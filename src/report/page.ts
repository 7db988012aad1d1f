import { createHash } from 'node:crypto';
import { chinaText } from '../domain/time.ts';
import { equityChart } from './chart.ts';
import { money, percent, signed } from './figures.ts';
import { Markup, piece } from './markup.ts';
import { countsText } from './names.ts';
import {
  differencesList,
  gain,
  groupsTable,
  limitsTable,
  ordersTable,
  positionsTable,
  slippageText,
  tasksTable,
} from './sections.ts';
import { STYLE } from './style.ts';
import type { DayReport } from './types.ts';
import { words } from './words.ts';

/** The whole day as one page: nothing of it is loaded from anywhere, and nothing in it runs. */
export function reportPage(report: DayReport): string {
  const { day, name, broker, bySecurity, byTask } = report;
  const title = `${words('title', { day })} · ${words('of', { name, broker })}`;
  const body = piece`<header>
      <h1>${words('title', { day })}</h1>
      <p>
        ${words('of', { name, broker })}
        <span class="faint"
          >${report.endpoint} ${report.account} · ${words(report.running ? 'running' : 'stopped')} ·
          ${words('made', { time: chinaText(report.madeAt) })}</span
        >
      </p>
    </header>
    <main>
      ${summary(report)}
      <h2>${words('differences')}</h2>
      ${differencesList(report)}
      <h2>${words('equity')}</h2>
      ${equityChart(report.equity) ?? piece`<p>${words('noEquity')}</p>`}
      <h2>${words('orders')}</h2>
      ${ordersTable(report)}
      <p class="faint">${words('slippage')}: ${words('slippageText')}</p>
      <h2>${words('bySecurity')}</h2>
      ${groupsTable(words('col.security'), bySecurity, true)}
      <p class="faint">${words('realised')}: ${words('realisedText')}</p>
      <h2>${words('byTask')}</h2>
      ${groupsTable(words('col.task'), byTask, false)}
      <h2>${words('positions')}</h2>
      ${positionsTable(report)}
      <h2>${words('tasks')}</h2>
      ${tasksTable(report)}
      <h2>${words('limits')}</h2>
      ${limitsTable(report)}
    </main>`;
  return `<!doctype html>\n${frame(title, body).text}\n`;
}

function frame(title: string, body: Markup): Markup {
  const policy = `default-src 'none'; style-src '${hashOf(STYLE)}'; base-uri 'none'; form-action 'none'`;
  // The style is ours, and a hash is of its very letters.
  return piece`<html lang="${words('language')}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>${title}</title>${new Markup(`<style>${STYLE}</style>`)}</head>
<body>
${body}
</body></html>`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}

function summary({ portfolio, totals }: DayReport): Markup {
  const card = (name: string, value: Markup | string, small = ''): Markup =>
    piece`<div>
      <dt>${name}</dt>
      <dd>${value}${small === '' ? '' : piece`<small>${small}</small>`}</dd>
    </div> `;
  const worth =
    portfolio === null
      ? [card(words('account'), words('noAccount'))]
      : [
          card(
            words('account.total'),
            money(portfolio.totalValue),
            portfolio.source === 'ledger' ? words('ofLedger', { time: chinaText(portfolio.asOf) }) : '',
          ),
          card(words('account.available'), money(portfolio.availableCash)),
          card(words('dayProfit'), gain(portfolio.dayProfit), percent(portfolio.dayProfitPercent)),
          card(words('totalProfit'), gain(portfolio.totalProfit), percent(portfolio.totalProfitPercent)),
        ];
  const traded = `${words('bought')} ${money(totals.bought)} · ${words('sold')} ${money(totals.sold)}`;
  return piece`<dl>
    ${worth}${card(words('orders'), String(totals.orders), countsText(totals))}${card(words('traded'), money(totals.bought + totals.sold), traded)}${card(words('fees'), money(totals.fees))}${card(words('realised'), gain(totals.realised, signed(totals.realised)))}${card(words('slippage'), slippageText(totals.slippage))}
  </dl>`;
}
