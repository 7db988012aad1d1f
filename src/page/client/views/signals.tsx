import { useMemo } from 'preact/hooks';
import type { DeviationStatus, InstanceStatus, SignalStatus } from '../../../status/types.ts';
import { count, moment, price, timeOn } from '../format.ts';
import { Badge, Card } from '../parts/card.tsx';
import type { Tone } from '../parts/card.tsx';
import { Table } from '../parts/table.tsx';
import type { Column } from '../parts/table.tsx';
import { named, t } from '../words.ts';
import { DayChoice, useDay } from './day-choice.tsx';
import type { ViewProps } from './view-props.ts';

/** What sources have sent on a day and what became of it, and what is held against what they say. */
export function Signals({ doc: live }: ViewProps) {
  const chosen = useDay(live);
  const { day, signals } = chosen.doc;
  const columns = useMemo(() => columnsOf(day), [day]);
  const rows = useMemo(() => signals.toReversed(), [signals]);
  return (
    <div class="grid">
      <Card title={t('signals')} actions={<span class="note">{rows.length}</span>}>
        <div class="filters">
          <DayChoice {...chosen} live={live} />
        </div>
        <Table
          label={t('signals')}
          columns={columns}
          rows={rows}
          keyOf={({ key }) => key}
          none={t(live.follows ? 'signals.none' : 'signals.noFollower')}
        />
      </Card>
      <Deviations doc={live} />
    </div>
  );
}

/** Those that differ first. */
function Deviations({ doc }: { readonly doc: InstanceStatus }) {
  const { deviations } = doc;
  const rows = useMemo(
    () => deviations.toSorted((a, b) => Number(a.why === null) - Number(b.why === null)),
    [deviations],
  );
  return (
    <Card title={t('deviations')}>
      <Table
        label={t('deviations')}
        columns={DEVIATION_COLUMNS}
        rows={rows}
        keyOf={({ strategy, security }) => `${strategy} ${security}`}
        none={t('deviations.none')}
      />
    </Card>
  );
}

function columnsOf(day: string): readonly Column<SignalStatus>[] {
  return [
    { head: 'col.time', cell: ({ at }) => timeOn(at, day) },
    { head: 'col.strategy', cell: ({ strategy }) => strategy },
    { head: 'col.signal', isWide: true, cell: ({ id }) => id },
    { head: 'col.security', isName: true, cell: ({ security }) => security },
    { head: 'col.side', cell: ({ side }) => <span class={`side ${side}`}>{named('side', side)}</span> },
    { head: 'col.amount', isNumber: true, cell: ({ amount }) => count(amount) },
    { head: 'col.price', isNumber: true, isWide: true, cell: (signal) => price(signal.price) },
    { head: 'col.wanted', isNumber: true, cell: ({ wanted }) => count(wanted) },
    { head: 'col.filled', isNumber: true, cell: ({ filled }) => count(filled) },
    { head: 'col.state', cell: (signal) => <Badge {...stateOf(signal)} /> },
    { head: 'col.attempts', isNumber: true, isWide: true, cell: ({ attempts }) => count(attempts) },
    { head: 'col.reason', cell: (signal) => <span class="reason">{whyOf(signal)}</span> },
  ];
}

const DEVIATION_COLUMNS: readonly Column<DeviationStatus>[] = [
  { head: 'col.strategy', cell: ({ strategy }) => strategy },
  { head: 'col.security', isName: true, cell: ({ security }) => security },
  { head: 'col.wanted', isNumber: true, cell: ({ wanted }) => count(wanted) },
  { head: 'col.held', isNumber: true, cell: ({ held }) => count(held) },
  { head: 'col.correction', isNumber: true, cell: ({ correction }) => count(correction) },
  {
    head: 'col.picture',
    isWide: true,
    cell: ({ pictureAt }) => (pictureAt === null ? count(null) : moment(pictureAt)),
  },
  { head: 'col.compared', isWide: true, cell: ({ at }) => moment(at) },
  { head: 'col.reason', cell: ({ why }) => <span class="reason">{why ?? ''}</span> },
];

function stateOf({ phase, end }: SignalStatus): { readonly tone: Tone; readonly text: string } {
  const state = end ?? phase;
  return { tone: toneOf(state), text: named('signal', state) };
}

function toneOf(state: string): Tone {
  switch (state) {
    case 'filled':
      return 'good';
    case 'partly_filled':
      return 'look';
    case 'refused':
      return 'bad';
    case 'waiting':
    case 'ordered':
      return 'busy';
    default:
      return 'quiet';
  }
}

function whyOf({ phase, waitsFor, code, reason }: SignalStatus): string {
  if (phase !== 'done') return waitsFor ?? '';
  return [code, reason].filter((part) => part !== null).join(': ');
}
