import { useState } from 'preact/hooks';
import type { UnknownStatus } from '../../../status/types.ts';
import { count, price } from '../format.ts';
import { CommandDialog } from '../parts/dialog.tsx';
import { named, t } from '../words.ts';
import type { DialogProps } from './view-props.ts';

type Verdict = UnknownStatus['settledBy'][number];

interface Given {
  readonly as: string;
  readonly filled: string;
  readonly price: string;
}

/** A person says what became of an order: the server checks it against the broker's own list. */
export function ResolveDialog({ instance, order, onClose }: DialogProps & { readonly order: UnknownStatus }) {
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [given, setGiven] = useState<Given>({ as: '', filled: '', price: '' });
  const { id, remark, side, security, amount, settledBy } = order;
  return (
    <CommandDialog
      title={t('resolve.title', { remark })}
      text={t('resolve.text', {
        side: named('side', side),
        amount: count(amount),
        security,
        price: price(order.price),
      })}
      verb={t('do.resolve')}
      command={() =>
        verdict === null ? null : { instance, command: 'resolve', values: { id, ...valuesOf(verdict, given) } }
      }
      onClose={onClose}
    >
      {settledBy.map((one) => (
        <label key={one} class="choice">
          <input
            type="radio"
            name="verdict"
            value={one}
            required
            checked={verdict === one}
            onChange={() => setVerdict(one)}
          />
          {t(`resolve.${one}`)}
        </label>
      ))}
      {verdict !== null && <Fields verdict={verdict} onGiven={(more) => setGiven({ ...given, ...more })} />}
    </CommandDialog>
  );
}

function valuesOf(verdict: Verdict, { as, filled, price: paid }: Given): Record<string, string> {
  if (verdict === 'as') return { as: as.trim() };
  if (verdict === 'notPlaced') return { notPlaced: 'yes' };
  return { filled: filled.trim(), ...(paid.trim() === '' ? {} : { price: paid.trim() }) };
}

interface FieldsProps {
  readonly verdict: Verdict;
  readonly onGiven: (more: Partial<Given>) => void;
}

function Fields({ verdict, onGiven }: FieldsProps) {
  if (verdict === 'notPlaced') return null;
  if (verdict === 'as') {
    return (
      <label>
        {t('resolve.asId')}
        <input name="as" required maxLength={64} onInput={(event) => onGiven({ as: event.currentTarget.value })} />
      </label>
    );
  }
  return (
    <>
      <label>
        {t('resolve.shares')}
        <input
          name="filled"
          required
          inputMode="numeric"
          pattern="\d{1,12}"
          onInput={(event) => onGiven({ filled: event.currentTarget.value })}
        />
      </label>
      <label>
        {t('resolve.price')}
        <input
          name="price"
          inputMode="decimal"
          pattern="\d{1,8}(\.\d{1,6})?"
          onInput={(event) => onGiven({ price: event.currentTarget.value })}
        />
      </label>
    </>
  );
}
