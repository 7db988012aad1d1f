import { useMemo, useState } from 'preact/hooks';
import type { ForeignOrder, InstanceStatus, OrderStatus, TradeStatus } from '../../../status/types.ts';
import { count, money, price, timeOn } from '../format.ts';
import { Card } from '../parts/card.tsx';
import { EngineButton } from '../parts/engine-button.tsx';
import { Table } from '../parts/table.tsx';
import type { Column } from '../parts/table.tsx';
import { named, t } from '../words.ts';
import { isOpen, LATEST_COLUMNS, newestFirst } from './order-columns.tsx';
import { OrderDetails } from './order-details.tsx';
import { DayChoice, useDay } from './day-choice.tsx';
import type { ViewProps } from './view-props.ts';

const FILTERS = ['all', 'open', 'filled', 'ended'] as const;
type Filter = (typeof FILTERS)[number];

/** Orders of a day with all that became of them, fills, and what others have open in the account. */
export function Orders({ doc: live, onAsk }: ViewProps) {
  const chosen = useDay(live);
  const { doc } = chosen;
  return (
    <div class="grid">
      <OrderList doc={doc} isToday={doc === live} onAsk={onAsk} dayChoice={<DayChoice {...chosen} live={live} />} />
      <Card title={t('fills')} actions={<span class="note">{doc.trades.length}</span>}>
        <Table
          label={t('fills')}
          columns={TRADE_COLUMNS}
          rows={useMemo(() => doc.trades.toSorted((a, b) => b.time - a.time), [doc.trades])}
          keyOf={(trade) => [trade.orderId, trade.tradeId, trade.time, trade.price, trade.amount].join(' ')}
          none={t('fills.none')}
        />
      </Card>
      {live.foreign.length > 0 && <Foreign doc={live} onAsk={onAsk} />}
    </div>
  );
}

interface OrderListProps extends Pick<ViewProps, 'onAsk'> {
  readonly doc: InstanceStatus;
  readonly isToday: boolean;
  readonly dayChoice: preact.ComponentChildren;
}

function OrderList({ doc, isToday, onAsk, dayChoice }: OrderListProps) {
  const [filter, setFilter] = useState<Filter>('all');
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string): void => setOpened((before) => before.symmetricDifference(new Set([id])));
  const columns = useMemo(() => [detailsColumn(opened, toggle), ...LATEST_COLUMNS], [opened]);
  const rows = useMemo(
    () => newestFirst(doc.orders).filter((order) => isShown(order, filter, search)),
    [doc.orders, filter, search],
  );
  return (
    <Card title={t('orders')} actions={<span class="note">{`${rows.length} / ${doc.orders.length}`}</span>}>
      <div class="filters">
        {dayChoice}
        <FilterChoice filter={filter} onChoose={setFilter} />
        <label>
          {t('orders.search')}
          <input type="search" value={search} onInput={(event) => setSearch(event.currentTarget.value)} />
        </label>
      </div>
      <Table
        label={t('orders')}
        columns={columns}
        rows={rows}
        keyOf={({ orderId }) => orderId}
        none={t(doc.orders.length === 0 ? 'orders.none' : 'orders.noneMatch')}
        below={(order) =>
          opened.has(order.orderId) ? (
            <OrderDetails order={order} canCancel={isToday && isOpen(order)} isRunning={doc.running} onAsk={onAsk} />
          ) : null
        }
      />
    </Card>
  );
}

function FilterChoice({ filter, onChoose }: { readonly filter: Filter; readonly onChoose: (filter: Filter) => void }) {
  return (
    <label>
      {t('orders.show')}
      <select
        value={filter}
        onChange={(event) => onChoose(FILTERS.find((one) => one === event.currentTarget.value) ?? 'all')}
      >
        {FILTERS.map((one) => (
          <option key={one} value={one}>
            {t(`orders.filter.${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

function isShown(order: OrderStatus, filter: Filter, search: string): boolean {
  const { security, reason, remark, orderId } = { remark: order.parts.map((part) => part.remark).join(' '), ...order };
  const text = `${security} ${orderId} ${remark} ${order.task ?? ''} ${reason ?? ''}`.toLowerCase();
  if (!text.includes(search.trim().toLowerCase())) return false;
  if (filter === 'open') return isOpen(order);
  if (filter === 'filled') return order.filled > 0;
  return filter === 'all' || (!isOpen(order) && order.filled === 0);
}

function detailsColumn(opened: ReadonlySet<string>, toggle: (id: string) => void): Column<OrderStatus> {
  return {
    head: 'orders.historyOf',
    cell: ({ orderId }) => (
      <button
        type="button"
        class="opener"
        aria-expanded={opened.has(orderId)}
        aria-label={t('orders.details', { id: orderId })}
        onClick={() => toggle(orderId)}
      >
        {opened.has(orderId) ? '▾' : '▸'}
      </button>
    ),
  };
}

const TRADE_COLUMNS: readonly Column<TradeStatus>[] = [
  { head: 'col.time', cell: ({ time, day }) => timeOn(time, day) },
  { head: 'col.security', isName: true, cell: ({ security }) => security },
  { head: 'col.side', cell: ({ side }) => <span class={`side ${side}`}>{named('side', side)}</span> },
  { head: 'col.amount', isNumber: true, cell: ({ amount }) => count(amount) },
  { head: 'col.price', isNumber: true, cell: (trade) => price(trade.price) },
  { head: 'col.turnover', isNumber: true, cell: ({ value }) => money(value) },
  { head: 'col.commission', isNumber: true, isWide: true, cell: ({ commission }) => money(commission) },
  { head: 'col.tax', isNumber: true, isWide: true, cell: ({ tax }) => money(tax) },
];

function Foreign({ doc, onAsk }: Pick<ViewProps, 'doc' | 'onAsk'>) {
  const columns: readonly Column<ForeignOrder>[] = [
    { head: 'col.brokerId', cell: ({ brokerOrderId }) => <code>{brokerOrderId}</code> },
    { head: 'col.security', isName: true, cell: ({ security }) => security },
    { head: 'col.side', cell: ({ side }) => (side === null ? '—' : named('side', side)) },
    { head: 'col.amount', isNumber: true, cell: ({ amount }) => count(amount) },
    { head: 'col.filled', isNumber: true, cell: ({ filled }) => count(filled) },
    { head: 'col.price', isNumber: true, cell: (order) => price(order.price) },
    { head: 'col.remark', isWide: true, cell: ({ remark }) => remark },
    {
      head: 'col.actions',
      cell: (order) => (
        <EngineButton
          text={t('foreign.adopt')}
          isRunning={doc.running}
          onClick={() => onAsk({ kind: 'adopt', order })}
        />
      ),
    },
  ];
  return (
    <Card title={t('foreign')}>
      <Table
        label={t('foreign')}
        columns={columns}
        rows={doc.foreign}
        keyOf={({ brokerOrderId }) => brokerOrderId}
        none={t('orders.none')}
      />
    </Card>
  );
}
