import { useState } from 'preact/hooks';
import type { InstanceStatus, PortfolioStatus, PositionStatus } from '../../../status/types.ts';
import { count, money, percent, price, signed, signedPercent, timeOn, trend } from '../format.ts';
import { Card, Empty } from '../parts/card.tsx';
import { Chart } from '../parts/chart.tsx';
import { Table } from '../parts/table.tsx';
import type { Column } from '../parts/table.tsx';
import { t } from '../words.ts';
import { LATEST_COLUMNS, newestFirst } from './order-columns.tsx';
import type { ViewProps } from './view-props.ts';

/** What one looks at all day. */
export function Overview({ doc }: ViewProps) {
  return (
    <div class="grid">
      <Account doc={doc} />
      <Equity doc={doc} />
      <Positions positions={doc.positions} />
      <Card title={t('orders.latest')} actions={<a href="#/orders">{t('orders.all')}</a>}>
        <Table
          label={t('orders.latest')}
          columns={LATEST_COLUMNS}
          rows={newestFirst(doc.orders).slice(0, 8)}
          keyOf={({ orderId }) => orderId}
          none={t('orders.none')}
        />
      </Card>
    </div>
  );
}

function Account({ doc }: { readonly doc: InstanceStatus }) {
  const { portfolio, positions, day } = doc;
  if (portfolio === null) {
    return (
      <Card title={t('account')} class="account">
        <Empty text={t('account.none')} />
      </Card>
    );
  }
  const { asOf, source } = portfolio;
  const time = timeOn(asOf, day);
  const asOfText = t(source === 'engine' ? 'account.asOf' : 'account.ofLedger', { time });
  return (
    <Card title={t('account')} class="account" actions={<span class="note">{asOfText}</span>}>
      <Figures portfolio={portfolio} positions={positions} />
    </Card>
  );
}

interface FiguresProps {
  readonly portfolio: PortfolioStatus;
  readonly positions: readonly PositionStatus[];
}

function Figures({ portfolio, positions }: FiguresProps) {
  const { totalValue, availableCash, lockedCash, dayProfit, dayProfitPercent, totalProfit, totalProfitPercent } =
    portfolio;
  return (
    <dl class="figures">
      <Figure name={t('account.total')} value={money(totalValue)} isLarge />
      <Figure
        name={t('account.day')}
        value={signed(dayProfit)}
        more={signedPercent(dayProfitPercent)}
        trend={trend(dayProfit)}
      />
      <Figure
        name={t('account.since')}
        value={signed(totalProfit)}
        more={signedPercent(totalProfitPercent)}
        trend={trend(totalProfit)}
      />
      <Figure name={t('account.available')} value={money(availableCash)} />
      <Figure name={t('account.locked')} value={money(lockedCash)} />
      <Figure name={t('account.exposure')} value={percent(invested(positions, totalValue))} />
    </dl>
  );
}

/** Per cent of the account; not known as soon as one value is not. */
function invested(positions: readonly PositionStatus[], total: number): number | null {
  if (total <= 0) return null;
  let sum = 0;
  for (const { value, amount } of positions) {
    if (amount === 0) continue;
    if (value === null) return null;
    sum += value;
  }
  return (sum / total) * 100;
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly more?: string;
  readonly trend?: string;
  readonly isLarge?: boolean;
}

function Figure({ name, value, more, trend: tone = '', isLarge = false }: FigureProps) {
  return (
    <div class={isLarge ? 'figure large' : 'figure'}>
      <dt>{name}</dt>
      <dd class={tone}>
        {value}
        {more !== undefined && <small> {more}</small>}
      </dd>
    </div>
  );
}

function Equity({ doc }: { readonly doc: InstanceStatus }) {
  const [isDays, setDays] = useState(false);
  const points = isDays ? doc.equityDays : doc.equity;
  const choice = (
    <span class="switch" role="group" aria-label={t('equity')}>
      <button type="button" aria-pressed={!isDays} onClick={() => setDays(false)}>
        {t('equity.day')}
      </button>
      <button type="button" aria-pressed={isDays} onClick={() => setDays(true)}>
        {t('equity.days')}
      </button>
    </span>
  );
  return (
    <Card title={t('equity')} class="equity" actions={choice}>
      {points.length === 0 ? <Empty text={t('equity.empty')} /> : <Chart points={points} isDays={isDays} />}
    </Card>
  );
}

const POSITION_COLUMNS: readonly Column<PositionStatus>[] = [
  { head: 'col.security', isName: true, cell: ({ security }) => security },
  { head: 'col.name', cell: ({ name }) => name ?? '' },
  { head: 'col.amount', isNumber: true, cell: ({ amount }) => count(amount) },
  { head: 'col.closeable', isNumber: true, isWide: true, cell: ({ closeableAmount }) => count(closeableAmount) },
  { head: 'col.cost', isNumber: true, cell: ({ avgCost }) => price(avgCost) },
  { head: 'col.price', isNumber: true, cell: (position) => price(position.price) },
  { head: 'col.value', isNumber: true, isWide: true, cell: ({ value }) => money(value) },
  {
    head: 'col.profit',
    isNumber: true,
    cell: ({ profit }) => <span class={trend(profit)}>{signed(profit)}</span>,
  },
  {
    head: 'col.profitPercent',
    isNumber: true,
    cell: ({ profitPercent }) => <span class={trend(profitPercent)}>{signedPercent(profitPercent)}</span>,
  },
  { head: 'col.weight', isNumber: true, cell: ({ weight }) => percent(weight) },
];

function Positions({ positions }: { readonly positions: readonly PositionStatus[] }) {
  const held = positions.filter(({ amount }) => amount > 0);
  return (
    <Card title={t('positions')} actions={<span class="note">{held.length}</span>}>
      <Table
        label={t('positions')}
        columns={POSITION_COLUMNS}
        rows={held}
        keyOf={({ security, pindex }) => `${pindex} ${security}`}
        none={t('positions.none')}
      />
    </Card>
  );
}
