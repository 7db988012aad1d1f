import { useId, useState } from 'preact/hooks';
import type { ForeignOrder, OrderStatus } from '../../../status/types.ts';
import { count, price } from '../format.ts';
import { CommandDialog, Reason } from '../parts/dialog.tsx';
import { named, t } from '../words.ts';
import { ResolveDialog } from './resolve-dialog.tsx';
import type { Asked, DialogProps } from './view-props.ts';

/** The dialog of what was asked for. */
export function AskedDialog({ asked, ...props }: DialogProps & { readonly asked: Asked }) {
  switch (asked.kind) {
    case 'kill':
      return <KillDialog {...props} />;
    case 'pause':
    case 'resume':
      return <ReasonDialog {...props} kind={asked.kind} />;
    case 'resolve':
      return <ResolveDialog {...props} order={asked.order} />;
    case 'adopt':
      return <AdoptDialog {...props} order={asked.order} />;
    case 'cancel':
      return <CancelDialog {...props} order={asked.order} />;
  }
}

type Also = 'only' | 'cancel' | 'flatten';

function KillDialog({ instance, name, onClose }: DialogProps) {
  const [also, setAlso] = useState<Also>('only');
  const [reason, setReason] = useState('');
  const id = useId();
  const values = {
    ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    ...(also === 'only' ? {} : { [also]: 'yes' }),
  };
  return (
    <CommandDialog
      title={t('kill.title', { name })}
      text={t('kill.text')}
      verb={t('do.kill')}
      isGrave
      command={() => ({ instance, command: 'kill', values })}
      onClose={onClose}
    >
      <fieldset>
        <legend>{t('kill.what')}</legend>
        {(['only', 'cancel', 'flatten'] as const).map((one) => (
          <label key={one} class="choice">
            <input type="radio" name="also" value={one} checked={also === one} onChange={() => setAlso(one)} />
            {t(`kill.${one}`)}
          </label>
        ))}
      </fieldset>
      {also === 'flatten' && (
        <label class="choice" for={id}>
          <input id={id} type="checkbox" name="sure" required />
          {t('kill.sure')}
        </label>
      )}
      <Reason isNeeded={false} onInput={setReason} />
    </CommandDialog>
  );
}

function ReasonDialog({ instance, name, kind, onClose }: DialogProps & { readonly kind: 'pause' | 'resume' }) {
  const [reason, setReason] = useState('');
  const given = reason.trim();
  return (
    <CommandDialog
      title={t(`${kind}.title`, { name })}
      text={t(`${kind}.text`)}
      verb={t(`do.${kind}`)}
      command={() => ({ instance, command: kind, values: given === '' ? {} : { reason: given } })}
      onClose={onClose}
    >
      <Reason isNeeded={kind === 'resume'} onInput={setReason} />
    </CommandDialog>
  );
}

function AdoptDialog({ instance, order, onClose }: DialogProps & { readonly order: ForeignOrder }) {
  const { brokerOrderId: id, side, security, amount } = order;
  return (
    <CommandDialog
      title={t('adopt.title', { id })}
      text={t('adopt.text', { side: side === null ? '?' : named('side', side), amount: count(amount), security })}
      verb={t('do.adopt')}
      command={() => ({ instance, command: 'adopt', values: { id } })}
      onClose={onClose}
    />
  );
}

function CancelDialog({ instance, order, onClose }: DialogProps & { readonly order: OrderStatus }) {
  const { orderId, side, security, amount, filled, style } = order;
  const at = style.limitPrice === null ? '' : ` @ ${price(style.limitPrice)}`;
  return (
    <CommandDialog
      title={t('cancel.title', { side: named('side', side), amount: count(amount), security: `${security}${at}` })}
      text={t('cancel.text', { filled: count(filled) })}
      verb={t('orders.cancel')}
      command={() => ({ instance, command: 'cancel', values: { id: orderId } })}
      onClose={onClose}
    />
  );
}
