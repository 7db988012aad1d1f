import { useMemo } from 'preact/hooks';
import type { TriggerStatus } from '../../../status/types.ts';
import { duration, timeOn } from '../format.ts';
import { Badge, Card } from '../parts/card.tsx';
import type { Tone } from '../parts/card.tsx';
import { Table } from '../parts/table.tsx';
import type { Column } from '../parts/table.tsx';
import { named, t } from '../words.ts';
import { DayChoice, useDay } from './day-choice.tsx';
import type { ViewProps } from './view-props.ts';

/** What was due on a day, and what became of it. */
export function Tasks({ doc: live }: ViewProps) {
  const chosen = useDay(live);
  const { day, triggers } = chosen.doc;
  const columns = useMemo(() => columnsOf(day), [day]);
  const rows = useMemo(() => triggers.toSorted((a, b) => b.due - a.due), [triggers]);
  return (
    <div class="grid">
      <Card title={t('tasks')} actions={<span class="note">{rows.length}</span>}>
        <div class="filters">
          <DayChoice {...chosen} live={live} />
        </div>
        <Table
          label={t('tasks')}
          columns={columns}
          rows={rows}
          keyOf={({ task, due }) => `${due} ${task}`}
          none={t('tasks.none')}
        />
      </Card>
    </div>
  );
}

function columnsOf(day: string): readonly Column<TriggerStatus>[] {
  return [
    { head: 'col.due', cell: ({ due }) => timeOn(due, day) },
    { head: 'col.task', isName: true, cell: ({ task }) => task },
    { head: 'col.outcome', cell: ({ outcome }) => <Badge tone={toneOf(outcome)} text={named('outcome', outcome)} /> },
    { head: 'col.started', isWide: true, cell: ({ startedAt }) => timeOn(startedAt, day) },
    {
      head: 'col.late',
      isNumber: true,
      cell: ({ due, startedAt }) => (startedAt === null ? '—' : duration(Math.max(0, startedAt - due))),
    },
    {
      head: 'col.took',
      isNumber: true,
      isWide: true,
      cell: ({ startedAt, endedAt }) => duration(startedAt === null || endedAt === null ? null : endedAt - startedAt),
    },
    { head: 'col.reason', cell: ({ reason }) => <span class="reason">{reason ?? ''}</span> },
  ];
}

function toneOf(outcome: string): Tone {
  switch (outcome) {
    case 'ran':
      return 'good';
    case 'ran_late':
      return 'look';
    case 'skipped':
    case 'failed':
    case 'interrupted':
      return 'bad';
    case 'started':
    case 'pending':
      return 'busy';
    default:
      return 'quiet';
  }
}
