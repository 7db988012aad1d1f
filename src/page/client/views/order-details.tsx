import type { OrderChangeStatus, OrderPartStatus, OrderStatus } from '../../../status/types.ts';
import { count, exactTimeOn, price, timeOn } from '../format.ts';
import { Badge } from '../parts/card.tsx';
import { EngineButton } from '../parts/engine-button.tsx';
import { named, t } from '../words.ts';
import { toneOf } from './order-columns.tsx';
import type { ViewProps } from './view-props.ts';

interface OrderDetailsProps extends Pick<ViewProps, 'onAsk'> {
  readonly order: OrderStatus;
  readonly canCancel: boolean;
  readonly isRunning: boolean;
}

/** The whole life of an order: each state with its time and reason, and the orders at the exchange that it became. */
export function OrderDetails({ order, canCancel, isRunning, onAsk }: OrderDetailsProps) {
  const { orderId, task, reason, day, history, parts } = order;
  return (
    <div class="details">
      <p class="facts">
        <code>{orderId}</code>
        {task !== null && <span>{`${t('col.task')}: ${task}`}</span>}
        {reason !== null && <span>{`${t('col.reason')}: ${reason}`}</span>}
        {canCancel && (
          <EngineButton
            text={t('orders.cancel')}
            isRunning={isRunning}
            onClick={() => onAsk({ kind: 'cancel', order })}
          />
        )}
      </p>
      <History id={orderId} day={day} history={history} parts={parts} />
      {parts.length > 0 && <Parts day={day} parts={parts} />}
    </div>
  );
}

interface HistoryProps {
  readonly id: string;
  readonly day: string;
  readonly history: readonly OrderChangeStatus[];
  readonly parts: readonly OrderPartStatus[];
}

function History({ id, day, history, parts }: HistoryProps) {
  if (history.length === 0) return <p class="note">{t('orders.noHistory')}</p>;
  return (
    <ol class="history" aria-label={t('orders.history', { id })}>
      {history.map(({ at, state, reason, by, part }, nth) => (
        <li key={`${nth} ${at}`}>
          <time>{exactTimeOn(at, day)}</time> <Badge tone={toneOf(state)} text={named('order', state)} />{' '}
          {part !== null && parts.length > 1 && (
            <code>{parts.find(({ clientId }) => clientId === part)?.id ?? part}</code>
          )}{' '}
          {by !== null && <span class="note">{named('by', by)}</span>} <span>{reason ?? ''}</span>
        </li>
      ))}
    </ol>
  );
}

const PART_HEADS = [
  'col.remark',
  'col.brokerId',
  'col.price',
  'col.amount',
  'col.filled',
  'col.state',
  'col.time',
] as const;
const NUMBERS: ReadonlySet<string> = new Set(['col.price', 'col.amount', 'col.filled']);

function Parts({ day, parts }: Pick<HistoryProps, 'day' | 'parts'>) {
  return (
    <table class="parts">
      <caption>{t('orders.parts')}</caption>
      <thead>
        <tr>
          {PART_HEADS.map((head) => (
            <th key={head} scope="col" class={NUMBERS.has(head) ? 'number' : ''}>
              {t(head)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => (
          <tr key={part.clientId}>
            <th scope="row">
              <code>{part.remark}</code>
            </th>
            <td>{part.brokerOrderId ?? '—'}</td>
            <td class="number">{price(part.price)}</td>
            <td class="number">{count(part.amount)}</td>
            <td class="number">{count(part.filled)}</td>
            <td>
              <Badge tone={toneOf(part.state)} text={named('order', part.state)} />
            </td>
            <td>{timeOn(part.sentAt, day)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
