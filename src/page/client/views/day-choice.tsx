import { useEffect, useState } from 'preact/hooks';
import type { InstanceStatus } from '../../../status/types.ts';
import { statusOfDay } from '../state/requests.ts';
import { t } from '../words.ts';

/** A day that is looked at: today's document follows what happens, an earlier one is asked for once. */
export interface ChosenDay {
  readonly doc: InstanceStatus;
  readonly day: string;
  readonly problem: string | null;
  readonly onChoose: (day: string) => void;
}

export function useDay(live: InstanceStatus): ChosenDay {
  const [wanted, setWanted] = useState<string | null>(null);
  const [found, setFound] = useState<InstanceStatus | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { instance } = live;
  useEffect(() => {
    setProblem(null);
    setFound(null);
    if (wanted === null || wanted === live.day) return;
    let isWanted = true;
    void statusOfDay(instance, wanted).then(
      (doc) => isWanted && setFound(doc),
      (error: unknown) => isWanted && setProblem(error instanceof Error ? error.message : ''),
    );
    return () => {
      isWanted = false;
    };
  }, [wanted, instance]);
  const other = wanted !== null && wanted !== live.day;
  const empty = { ...live, day: wanted ?? live.day, orders: [], trades: [], triggers: [], signals: [] };
  return { doc: other ? (found ?? empty) : live, day: wanted ?? live.day, problem, onChoose: setWanted };
}

export function DayChoice({ day, problem, onChoose, live }: ChosenDay & { readonly live: InstanceStatus }) {
  return (
    <>
      <label>
        {t('orders.day')}
        <input
          type="date"
          value={day}
          max={live.day}
          onChange={(event) => {
            if (event.currentTarget.value !== '') onChoose(event.currentTarget.value);
          }}
        />
      </label>
      {day !== live.day && (
        <button type="button" onClick={() => onChoose(live.day)}>
          {t('orders.today')}
        </button>
      )}
      {problem !== null && <span class="problem">{problem}</span>}
    </>
  );
}
